"""The same list in every format: the same cells, the same programmes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from subsidy_extract.frame import program_rows
from subsidy_extract.pipeline import extract
from subsidy_extract.read import read
from tests.read.bags import conserved

CASE = Path(__file__).parents[2] / "fixtures" / "one-list"
WANT = json.loads((CASE / "expected.json").read_text(encoding="utf8"))
FILES = ["utf8.tsv", "cp932.txt", "euc_jp.txt", "iso2022_jp.txt", "source.csv", "source.xlsx", "source.xls", "source.docx", "source.html"]
LOSSY = {"cp932.txt", "euc_jp.txt", "iso2022_jp.txt"}  # they have no ½


def same(text: str) -> str:
    """One dash and one tilde: the old encodings have but one of each."""
    return text.replace("−", "－").replace("〜", "～").replace("½", "1/2")


@pytest.mark.parametrize("name", FILES)
def test_cells(name: str) -> None:
    d = read(CASE / name)
    assert conserved(d)
    assert d.title == WANT["title"]
    (table,) = d.tables
    assert [c.text if c else None for c in table.rows[0].cells if c and c.text] == [h for h in WANT["heading"][0] if h]
    assert [c.text for c in table.rows[1].cells if c and c.text] == [h for h in WANT["heading"][1] if h]
    want: list[list[str]] = []
    for n, row in enumerate(WANT["rows"], 1):
        if str(n) in WANT["sections"]:
            want.append([WANT["sections"][str(n)]])
        want.append(row)
    assert len(table.rows) == len(want) + 2
    above = ""
    for row, expected in zip(table.rows[2:], want, strict=True):
        if len(expected) == 1:
            assert [c.text for c in row.cells if c and c.text] == expected
            continue
        above = row.cells[1].text if row.cells[1] is not None else above  # 区分 is merged where the format has merges
        got = [above if k == 1 else c.text if c else "" for k, c in enumerate(row.cells)]
        assert [same(x) for x in got] == [same(x) for x in expected]
    assert [x.text for x in d.left_out if x.reason == "note"] == WANT["notes"]
    if name in ("source.xlsx", "source.xls", "source.docx", "source.html"):
        assert sum(len(c.links) for r in table.rows for c in r.cells if c) == 5


def programmes(name: str) -> list[dict[str, Any]]:
    where = ("id", "source", "source_sha256", "page_first", "page_last", "issues")
    return [{k: v for k, v in row.items() if k not in where} for row in program_rows(extract(CASE / name))]


@pytest.fixture(scope="module")
def reference() -> list[dict[str, Any]]:
    return programmes("source.csv")


def test_the_reference_is_right(reference: list[dict[str, Any]]) -> None:
    assert [r["name"] for r in reference] == [row[2] for row in WANT["rows"]]
    assert [r["phone"] for r in reference] == ["0770-00-1101", "0770-00-1101", "0770-00-1140", "0770-00-1102", "0770-00-1155", "0770-00-1156"]


@pytest.mark.parametrize("name", [f for f in FILES if f != "source.csv"])
def test_programmes(name: str, reference: list[dict[str, Any]]) -> None:
    got = programmes(name)
    assert len(got) == len(reference)
    for a, b in zip(got, reference, strict=True):
        if name in LOSSY:
            assert same(json.dumps([a["name"], a["rate_text"], a["contact"], a["site"]], ensure_ascii=False)) == same(
                json.dumps([b["name"], b["rate_text"], b["contact"], b["site"]], ensure_ascii=False)
            )
        else:
            assert a == b
