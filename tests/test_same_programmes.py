"""One list in several formats → the same programmes, field by field; only where they stand differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from subsidy_extract.frame import program_rows
from subsidy_extract.pipeline import extract

FIXTURES = Path(__file__).parents[1] / "fixtures"
WHERE = ("source", "source_sha256", "page_first", "page_last")
PAIRS = [
    (case.name, first.name, other.name)
    for case in (FIXTURES / "many-shapes", FIXTURES / "one-list")
    for first in (case / "source.html",)
    for other in sorted(case.glob("source.*"))
    if other != first
]


def programmes(case: str, name: str) -> list[dict[str, Any]]:
    rows = []
    for row in program_rows(extract(FIXTURES / case / name)):
        row = {k: v for k, v in row.items() if k not in WHERE}
        row["section"] = " ".join((row["section"] or "").split()) or None  # a title's wide space is a narrow one in print
        rows.append(row)
    return rows


@pytest.fixture(scope="module")
def first() -> dict[str, list[dict[str, Any]]]:
    return {case: programmes(case, name) for case, name, _ in PAIRS}


@pytest.mark.parametrize(("case", "name", "other"), PAIRS, ids=lambda x: x)
def test_same_programmes(case: str, name: str, other: str, first: dict[str, list[dict[str, Any]]]) -> None:
    want, got = first[case], programmes(case, other)
    assert [p["name"] for p in got] == [p["name"] for p in want]
    for a, b in zip(got, want, strict=True):
        assert a == b


def test_many_shapes_is_right(first: dict[str, list[dict[str, Any]]]) -> None:
    """What the others are held to."""
    p = first["many-shapes"]
    assert [x["name"] for x in p] == ["流星創業補助金", "空き店舗灯り助成", "省エネ設備更新事業", "天文台連携ものづくり補助金", "再出発助成金", "再出発助成金", "夜学び助成金", "銀河マルシェ出店補助", "彗星便輸送費支援"]
    assert [x["phone"] for x in p] == ["0176-51-6701", "0176-51-6701", "0176-51-6702", "0176-51-6701", "0176-51-6710", "0176-51-6710", None, "0176-51-6720", "0176-51-6720"]
    assert [x["extension"] for x in p] == ["210", "211", None, "212", None, None, None, None, None]
    assert [x["cap_yen"] for x in p] == [1_000_000, 800_000, 3_000_000, 3_000_000, 600_000, None, None, None, 400_000]
    assert [x["organization"] for x in p][4:7] == ["星見労働協会", "星見労働協会", "星見学び財団"]
    assert [len(x["periods"]) for x in p] == [1, 1, 1, 1, 0, 0, 0, 2, 1]
    assert [(str(x["periods"][0]["start"]), str(x["periods"][0]["end"])) for x in p[:1]] == [("2026-04-01", "2026-06-30")]
    assert [a["scope"] for a in p[5]["amounts"]] == ["中小企業", "左記以外"]
