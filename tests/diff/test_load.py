"""A list from a folder, a Parquet or a JSON file is the same list; what is no list is said so."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from subsidy_extract.diff import diff, load
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.frame import cells_schema, programs_schema, table
from subsidy_extract.model import Period

from .lists import HARBOUR, row


def rows() -> list[dict]:  # type: ignore[type-arg]
    found = []
    for n, p in enumerate(HARBOUR, 1):
        r = row(2026, n, **p, period_text="R8.4.1～R8.6.30", extra={"件数": "10件"})
        r["periods"] = [
            {"role": "application", "round": 1, "start": "2026-04-01", "end": "2026-06-30", "precision": "day", "start_event": None, "status": None,
             "column": "period_text", "span_start": 0, "span_end": 15, "text": "R8.4.1～R8.6.30", "doubt": None}
        ]  # fmt: skip
        found.append(r)
    return found


def folder(path: Path) -> Path:
    """An output folder as extract writes it."""
    import pyarrow.parquet as pq

    path.mkdir()
    names = programs_schema().names
    typed = [{k: v for k, v in r.items() if k in names} for r in rows()]
    for r in typed:
        r["periods"] = [{**p, "start": date.fromisoformat(p["start"]), "end": date.fromisoformat(p["end"])} for p in r["periods"]]
    pq.write_table(table(typed, programs_schema()), path / "programs.parquet")
    cells = [
        {"number": 1, "column": c, "heading": h, "page": 1, "x0": x, "text": "…", "inherited": False}
        for c, h, x in (("summary", "事業概要", 200.0), ("name", "事業名", 50.0), ("extra", "件数", 300.0))
    ]
    pq.write_table(table(cells, cells_schema()), path / "cells.parquet")
    (path / "report.json").write_text(json.dumps({"title": "令和8年度一覧", "fiscal_year": 2026}), encoding="utf8")
    (path / "programs.json").write_text(json.dumps(rows(), ensure_ascii=False), encoding="utf8")
    return path


def test_folder_parquet_and_json_are_one_list(tmp_path: Path) -> None:
    out = folder(tmp_path / "r8")
    whole, parquet, text = load(out), load(out / "programs.parquet"), load(out / "programs.json")
    assert whole == parquet == text
    assert whole.label == "r8"
    assert whole.title == "令和8年度一覧"
    assert whole.fiscal_year == 2026
    assert [(h.column, h.heading) for h in whole.heads] == [("name", "事業名"), ("summary", "事業概要"), ("extra:件数", "件数")]
    period = next(v.value for v in whole.programmes[0].values if v.kind == "period")
    assert isinstance(period, Period)
    assert (period.start, period.end) == (date(2026, 4, 1), date(2026, 6, 30))
    assert whole.programmes[0].texts["extra:件数"] == "10件"
    assert not diff(whole, text).changed


def test_values_stand_where_they_say(tmp_path: Path) -> None:
    for p in load(folder(tmp_path / "r8")).programmes:
        assert p.values
        for v in p.values:
            assert v.column
            assert p.texts[v.column][v.start : v.end] == v.text


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("nothing", None, Exit.UNREADABLE),
        ("programs.parquet", b"PAR1 this is none", Exit.UNREADABLE),
        ("programs.json", b'{"not": "a list"}', Exit.UNREADABLE),
        ("programs.json", b'[{"name": 1, "phones": [{}]}]', Exit.UNREADABLE),
        ("programs.json", b"\xff\xfe", Exit.UNREADABLE),
        ("list.docx", b"PK", Exit.UNKNOWN_FORMAT),
    ],
)
def test_what_is_no_list(tmp_path: Path, name: str, content: bytes | None, code: Exit) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ExtractError) as stop:
        load(path)
    assert stop.value.code == code
    assert "\n" not in str(stop.value)


def test_a_folder_without_programmes(tmp_path: Path) -> None:
    with pytest.raises(ExtractError) as stop:
        load(tmp_path)
    assert stop.value.code == Exit.UNREADABLE
