"""A 。 that hangs over the end of its column closes no white between two columns; a text with none left is said."""

import pytest

from subsidy_extract.read.pdf.cells import read_page
from subsidy_extract.read.pdf.grid import find_grids
from subsidy_extract.read.pdf.merged import MERGED

from .sheet import Sheet, tables

ROWS = ("岬町灯台補助金", "湖町桟橋補助金", "峠町茶屋補助金", "里町水車補助金", "浜町倉庫補助金", "森町林道補助金")


def sheet(ends: dict[int, str]) -> Sheet:
    """Three columns between rules that run across, the second full in every row; `ends` says what hangs over its end in some."""
    page = Sheet()
    for x, text in ((40.0, "事業名"), (160.0, "事業概要"), (273.0, "補助率")):
        page.text(x, 100.0, text)
    page.across(96.0, 38.0, 330.0)
    for k, name in enumerate(ROWS):  # 270 is where the second ends with one character more
        y = 120.0 + 24 * k
        page.text(40.0, y, name)
        page.text(160.0, y, "費用の一部を補助しま" + ends.get(k, ""))
        page.text(270.0 if ends.get(k) == "す" else 273.0, y, f"{k + 1}割")
        page.across(y - 6, 38.0, 330.0)
    page.across(120.0 + 24 * len(ROWS) - 6, 38.0, 330.0)
    return page


def test_a_stop_that_hangs_over_the_end_of_its_column() -> None:
    (rows,) = tables(sheet(dict.fromkeys((0, 1, 2, 4), "。")))
    assert [row[2] for row in rows] == ["補助率", *(f"{k + 1}割" for k in range(6))]


@pytest.mark.parametrize("glued", [0, 3])
def test_a_text_without_white_to_the_next_is_said(glued: int) -> None:
    page = sheet({glued: "す"}).page()
    (grid,) = read_page(page, find_grids(page)).grids
    assert [c.box.row for c in grid.cells if MERGED in c.doubts] == [glued + 1]
