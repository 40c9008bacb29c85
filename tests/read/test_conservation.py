"""Any table written in any format comes back cell for cell, and nothing is counted but what is owned."""

from __future__ import annotations

import csv
import html
import io
from contextlib import suppress

import docx
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from subsidy_extract.errors import ExtractError
from subsidy_extract.model import Document
from subsidy_extract.read.docx import read_docx
from subsidy_extract.read.html import read_html
from subsidy_extract.read.text import read_text
from subsidy_extract.read.xlsx import read_xlsx
from tests.read.bags import conserved, texts

LETTERS = "補助金事業対象者町市あいうカキ１２３abcXYZ019,，.・「」（）/-：〜％\"'<&> 　"
WORD = st.text(LETTERS, min_size=1, max_size=12).map(lambda s: " ".join(s.split())).filter(lambda s: s.strip('" ') != "" and not s.startswith('"'))
LINES = st.lists(WORD, min_size=1, max_size=3).map("\n".join)


@st.composite
def grids(draw: st.DrawFn) -> list[list[str]]:
    """A heading and rows of two cells or more, none of them like the heading."""
    width = draw(st.integers(3, 5))
    heading = [f"見出し{k}" for k in range(width)]
    rows = draw(st.lists(st.lists(LINES, min_size=width, max_size=width), min_size=2, max_size=6))
    return [heading, *rows]


def come_back(document: Document, grid: list[list[str]]) -> None:
    assert conserved(document)
    got = [[" ".join((c or "").split()) for c in r] for t in document.tables for r in texts(t)]
    assert got == [[" ".join(c.split()) for c in r] for r in grid]


@given(grids(), st.sampled_from(["\t", ","]), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@settings(max_examples=60, deadline=None)
def test_delimited(grid: list[list[str]], delimiter: str, newline: str, encoding: str) -> None:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL).writerows(grid)
    come_back(read_text(made.getvalue().encode(encoding), "list.csv"), grid)


@given(st.sampled_from(["", "名\t額\n甲\t乙\n", "名,額\n甲,乙\n"]), st.text("補助金\t\n\f\",;ab 1.-", max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text_is_conserved_or_refused(head: str, text: str) -> None:
    with suppress(ExtractError):
        assert conserved(read_text((head + text).encode(), "list.txt"))


@given(grids())
@settings(max_examples=15, deadline=None)
def test_excel(grid: list[list[str]]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for r, row in enumerate(grid, 1):
        for k, text in enumerate(row, 1):
            sheet.cell(r, k).value = text
            sheet.cell(r, k).data_type = "s"
    made = io.BytesIO()
    book.save(made)
    come_back(read_xlsx(made.getvalue(), "list.xlsx"), grid)


@given(grids())
@settings(max_examples=15, deadline=None)
def test_word(grid: list[list[str]]) -> None:
    document = docx.Document()
    table = document.add_table(rows=len(grid), cols=len(grid[0]))
    for cells, row in zip((r.cells for r in table.rows), grid, strict=True):
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    made = io.BytesIO()
    document.save(made)
    come_back(read_docx(made.getvalue(), "list.docx"), grid)


@given(grids())
@settings(max_examples=40, deadline=None)
def test_web_page(grid: list[list[str]]) -> None:
    cells = [["<td>" + html.escape(c).replace("\n", "<br>") + "</td>" for c in r] for r in grid]
    rows = "".join("<tr>" + "".join(r) + "</tr>" for r in cells)
    come_back(read_html(f"<meta charset=utf-8><table>{rows}</table>".encode(), "list.html"), grid)
