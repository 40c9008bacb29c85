"""PDFs that office programs and a browser made: rows over page breaks are whole, to the letter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from subsidy_extract.model import Document, Table
from subsidy_extract.read import read
from tests.read.bags import conserved

FOLDER = Path(__file__).parents[3] / "fixtures" / "pdf-pages"
WANT: dict[str, list[list[str]]] = json.loads((FOLDER / "rows.json").read_text(encoding="utf8"))


def spread(table: Table) -> list[list[str]]:
    """Every row with what its merged cells say."""
    grid = [[""] * table.width for _ in table.rows]
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            if cell is not None:
                for k in range(r, min(r + cell.row_span, len(grid))):
                    grid[k][c] = cell.text
    return grid


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module", params=sorted(WANT))
def case(request: pytest.FixtureRequest) -> tuple[str, Document]:
    return request.param, read(FOLDER / f"{request.param}.pdf")


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_rows_are_whole_to_the_letter(case: tuple[str, Document]) -> None:
    name, document = case
    (table,) = document.tables
    got = spread(table)[1:]
    assert [[bare(t) for t in row] for row in got] == [[bare(t) for t in row] for row in WANT[name]]
    if name != "writer-three-pages":  # too few rows to learn from there: a full line before a new sentence says nothing
        assert [[one_line(t) for t in row] for row in got] == [[one_line(t) for t in row] for row in WANT[name]]


def test_every_character_has_one_owner(case: tuple[str, Document]) -> None:
    assert conserved(case[1])


def test_a_row_over_a_page_break_has_a_piece_on_each_page(case: tuple[str, Document]) -> None:
    _, document = case
    (table,) = document.tables
    pages = [sorted({p.place.page or 0 for p in c.pieces}) for r in table.rows for c in r.cells if c is not None]
    assert any(len(p) > 1 for p in pages) or any(c.row_span > 1 for r in table.rows for c in r.cells if c is not None)
    assert document.title == "令和8年度支援制度一覧"
