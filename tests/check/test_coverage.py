"""The proof that nothing was lost: a cell thrown away on purpose is reported, with its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from subsidy_extract.check.coverage import coverage
from subsidy_extract.model import Column, Dataset, LeftOut, Place, Witness


def test_everything_is_owned(real: Dataset) -> None:
    pages = coverage(real.document.witness, real.records, real.left_out)
    assert sum(p.unaccounted + p.excess for p in pages) == 0
    assert sum(p.characters for p in pages) > 10_000


@pytest.mark.parametrize("key", ["name", "summary", "contact"])
@pytest.mark.parametrize("number", [1, 20, 46])
def test_a_cell_thrown_away_is_reported(real: Dataset, key: str, number: int) -> None:
    record = real.records[number - 1]
    columns: Mapping[str, Column] = {k: c for k, c in record.entry.columns.items() if k != key}
    records = [*real.records]
    records[number - 1] = replace(record, entry=replace(record.entry, columns=columns))
    pages = coverage(real.document.witness, records, real.left_out)
    lost = len("".join(record.entry.columns[key].text.split()))
    assert {p.page: p.unaccounted for p in pages if p.unaccounted} == {record.entry.page_first: lost}


def test_a_cell_that_says_something_else_than_its_place_is_reported(real: Dataset) -> None:
    record = real.records[0]
    column = record.entry.columns["name"]
    (at,) = column.cells
    other = replace(column, cells=(replace(at, cell=replace(at.cell, text="別" + at.cell.text[1:])),))
    records = [replace(record, entry=replace(record.entry, columns={**record.entry.columns, "name": other})), *real.records[1:]]
    pages = coverage(real.document.witness, records, real.left_out)
    assert [(p.page, p.missing, p.excess) for p in pages if p.unaccounted or p.excess] == [(1, at.cell.text[0], 1)]


def test_a_heading_thrown_away_is_reported(real: Dataset) -> None:
    pages = coverage(real.document.witness, real.records, [out for out in real.left_out if out.reason != "heading"])
    assert all(p.unaccounted for p in pages)


def test_a_programme_told_twice_is_excess(real: Dataset) -> None:
    pages = coverage([Witness(1, "あい")], [], [LeftOut("あいう", Place(page=1), "note")])
    assert (pages[0].unaccounted, pages[0].excess) == (0, 1)


def test_sheets_without_pages_are_one(real: Dataset) -> None:
    pages = coverage([Witness(1, "あ"), Witness(2, "い")], [], [LeftOut("あい", Place(sheet="a", cell="A1"), "note")])
    assert [(p.characters, p.unaccounted, p.excess) for p in pages] == [(2, 0, 0)]
