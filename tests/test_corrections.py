"""Corrections that survive: applied, told, stale when the text has changed, and never guessed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from subsidy_extract.corrections import read_corrections, sha256, source_text
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.frame import program_rows
from subsidy_extract.model import Dataset
from subsidy_extract.pipeline import Wanted, extract

from .conftest import REAL


def corrected(tmp_path: Path, *lines: dict[str, Any]) -> Dataset:
    file = tmp_path / "corrections.jsonl"
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf8")
    return extract(REAL, Wanted(corrections=read_corrections(file)))


def line(data: Dataset, number: int, field: str, new: Any, **more: Any) -> dict[str, Any]:
    record = data.records[number - 1]
    text = source_text(record.entry, field.partition("[")[0])
    return {"id": record.id, "field": field, "source_text_sha256": sha256(text), "old": "x", "new": new, "by": "me", "at": "2026-05-01", "reason": "asked", **more}


def rows(data: Dataset) -> list[dict[str, Any]]:
    return list(program_rows(data))


def test_a_mail_is_corrected(real: Dataset, tmp_path: Path) -> None:
    data = corrected(tmp_path, line(real, 24, "emails[0]", "shoko@city.ibusuki.lg.jp"))
    row = rows(data)[23]
    assert row["email"] == row["emails"][0]["address"] == "shoko@city.ibusuki.lg.jp"
    assert (row["emails"][0]["valid"], row["emails"][0]["doubt"]) == (True, "corrected")
    assert row["emails"][0]["text"] in row["contact"], "the origin stays what was published"
    by_rule = Counter(i.rule for i in data.issues)
    assert by_rule["invalid_email"] == 0
    assert by_rule["corrected"] == 1
    assert "corrected" in row["issues"]


def test_a_text_is_corrected_and_read_again(real: Dataset, tmp_path: Path) -> None:
    before = rows(real)[21]
    data = corrected(tmp_path, line(real, 22, "summary", "補助対象経費の3分の2以内の額を補助、上限40万円"))
    row = rows(data)[21]
    assert row["cap_yen"] == 400_000
    assert row["id"] == before["id"]
    for value in [*row["rates"], *row["amounts"]]:
        assert row[value["column"]][value["span_start"] : value["span_end"]] == value["text"]
    assert sum(p.unaccounted for p in data.coverage) == 0


def test_a_name_is_corrected_and_keeps_its_id(real: Dataset, tmp_path: Path) -> None:
    data = corrected(tmp_path, line(real, 1, "name", "別の名前"))
    assert rows(data)[0]["name"] == "別の名前"
    assert [r.id for r in data.records] == [r.id for r in real.records]


def test_a_flat_field_and_a_member(real: Dataset, tmp_path: Path) -> None:
    data = corrected(tmp_path, line(real, 15, "cap_yen", 750_000), line(real, 1, "amounts[0].role", "fixed"), line(real, 3, "office", "貿易センター"))
    assert rows(data)[14]["cap_yen"] == 750_000
    assert rows(data)[0]["amounts"][0]["role"] == "fixed"
    assert rows(data)[2]["office"] == "貿易センター"


def test_stale_unknown_and_comment(real: Dataset, tmp_path: Path) -> None:
    stale = line(real, 1, "cap_yen", 1) | {"source_text_sha256": "0" * 64}
    lines = [
        stale,
        line(real, 1, "cap_yen", 1) | {"id": "000000000000"},
        line(real, 1, "no_such_field", 1),
        line(real, 1, "emails[7]", "a@b.jp"),
        line(real, 1, "emails[0]", "no mail at all"),
        line(real, 1, "amounts[0].nonsense", 1),
        line(real, 2, "summary", None, old=None),
    ]
    data = corrected(tmp_path, *lines)
    assert rows(data)[0]["cap_yen"] == 5_000_000
    by_rule = Counter(i.rule for i in data.issues)
    assert (by_rule["stale_correction"], by_rule["unknown_correction"], by_rule["corrected"]) == (1, 5, 0)


def test_file_beside_the_source(real: Dataset, tmp_path: Path) -> None:
    from subsidy_extract.pipeline import corrections_beside

    source = tmp_path / "list.txt"
    source.write_bytes(REAL.read_bytes())
    assert corrections_beside(source) == ()
    (tmp_path / "list.corrections.jsonl").write_text(json.dumps(line(real, 24, "emails[0]", "a@b.jp")) + "\n")
    assert len(corrections_beside(source)) == 1


@pytest.mark.parametrize("bad", ["not json", "[]", '{"id": "x"}'])
def test_a_line_that_cannot_be_read(tmp_path: Path, bad: str) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text(f"\n{bad}\n")
    with pytest.raises(ExtractError) as stop:
        read_corrections(file)
    assert stop.value.code == Exit.USAGE
    assert "line 2" in stop.value.message
