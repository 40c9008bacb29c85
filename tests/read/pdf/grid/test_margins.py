"""Running heads over a page rule, and rows that much white parts."""

from __future__ import annotations

import numpy as np
import pytest

from subsidy_extract.read.pdf.grid import find_grids
from subsidy_extract.read.pdf.grid.edges import NO_EDGES
from subsidy_extract.read.pdf.grid.regions.gutter import words_to_flows
from subsidy_extract.read.pdf.grid.words import glyphs_to_words
from tests.read.pdf.grid.sheet import Sheet, tables

LEFT = (40.0, 170.0, 330.0, 470.0)
HEADING = ["事業名", "対象者", "事業概要", "問合せ先"]
ROWS = [
    ["緑丘町創業支援補助金", "町内で創業する者", "経費の一部を補助します", "産業課"],
    ["緑丘町販路開拓補助金", "町内の中小企業者", "展示会の出展料を補助します", "商工観光課"],
    ["緑丘町省エネ改修奨励金", "町内の事業者", "改修費を補助します", "環境課"],
]


def ruled_across(out: float, bottom: bool = True, head: bool = True) -> Sheet:
    """Rules across under every row; over them a running head with a rule that sticks out by `out` points."""
    sheet = Sheet()
    if head:
        sheet.text(40 - out, 20, "緑丘町商工労働課")
        sheet.right(572 + out, 20, "令和8年4月現在")
        sheet.across(32, 36 - out, 572 + out)
    y = 44.0
    for k, row in enumerate([HEADING, *ROWS]):
        if bottom or k:
            sheet.across(y, 36, 572)
        for x, text in zip(LEFT, row, strict=True):
            sheet.text(x, y + 5, text)
        y += 20
    if bottom:
        sheet.across(y, 36, 572)
    sheet.across(800, 36 - out, 572 + out)
    return sheet


@pytest.mark.parametrize("out", [6.0, 12.0, 20.0])
def test_a_running_head_over_its_rule_is_no_row(out: float) -> None:
    (rows,) = tables(ruled_across(out))
    assert rows == [HEADING, *ROWS]


def test_wide_rules_of_the_table_itself_part_nothing() -> None:
    # the first and the last rule of a table are longer than those under some columns of its heading
    sheet = Sheet()
    sheet.across(40, 36, 572)
    for x, text in zip(LEFT, HEADING, strict=True):
        sheet.text(x, 48, text)
    sheet.across(63, 168, 450)
    sheet.across(68, 168, 450)
    y = 74.0
    for row in ROWS:
        for x, text in zip(LEFT, row, strict=True):
            sheet.text(x, y, text)
            sheet.text(x, y + 12, "次の行も")
        y += 36
    sheet.across(y + 4, 36, 572)
    (rows,) = tables(sheet)
    assert [r[0].removesuffix("次の行も") for r in rows] == [r[0] for r in (HEADING, *ROWS)]


@pytest.mark.parametrize("white", [20.0, 60.0, 90.0])
def test_rows_of_one_table_may_stand_far_apart(white: float) -> None:
    sheet = Sheet(height=1400)
    y = 40.0
    for row in (HEADING, *ROWS):
        for k, (x, text) in enumerate(zip(LEFT, row, strict=True)):
            sheet.text(x, y, text)
            if k and row is not HEADING:
                sheet.text(x, y + 13, "次の行も")
        y += 13 if row is HEADING else 26 + white
    (rows,) = tables(sheet)
    assert [r[0] for r in rows] == [r[0] for r in (HEADING, *ROWS)]


@pytest.mark.parametrize("white", [34.0, 70.0])
def test_a_heading_in_the_middle_of_its_columns_stands_some_way_above_its_rows(white: float) -> None:
    sheet = Sheet()
    for x, wide, text in zip(LEFT, (120.0, 150.0, 130.0, 90.0), HEADING, strict=True):
        sheet.middle(x + wide / 2, 40, text)
    y = 50.0 + white
    for row in ROWS:
        for x, text in zip(LEFT, row, strict=True):
            sheet.text(x, y, text)
        y += 24
    (rows,) = tables(sheet)
    assert rows == [HEADING, *ROWS]


def test_a_title_far_below_a_table_begins_something_else() -> None:
    sheet = Sheet(height=1400)
    for y in (40.0, 400.0):
        for k, row in enumerate((HEADING, *ROWS)):
            for x, text in zip(LEFT, row, strict=True):
                sheet.text(x, y + 16 * k, text)
    sheet.text(40, 380, "市の制度")
    assert len(tables(sheet)) == 2


def test_rows_of_one_line_are_drawn_from_side_to_side() -> None:
    size = 10.0
    by_row, by_column = Sheet(), Sheet()
    for k in range(12):
        for x, text in ((40.0, "緑丘町創業支援補助金"), (300.0, f"緑丘町商工課（0988-11-{k + 1000}）")):
            by_row.text(x, 40 + 20 * k, text)
    for x in (40.0, 300.0):
        for k in range(12):
            by_column.text(x, 40 + 20 * k, "県は中小企業者の創業を支援します")
    found = []
    for sheet in (by_row, by_column):
        words = glyphs_to_words(sheet.page().glyphs, np.ones(len(sheet.glyphs), dtype=bool))
        found.append(len(words_to_flows(words, NO_EDGES, size)))
    assert found == [1, 2]


def test_a_narrow_first_column_that_rules_do_not_reach_is_merged_over_its_rows() -> None:
    sheet = Sheet()
    y = 44.0
    sheet.across(y - 4, 36, 572)
    groups = ["町", "市", ""]
    for k, row in enumerate([HEADING, *ROWS, *ROWS]):
        first = "区分" if not k else groups[0] if k == 1 else groups[1] if k == 4 else ""
        sheet.text(40, y, first)
        for x, text in zip((80.0, 200.0, 340.0, 480.0), row, strict=True):
            sheet.text(x, y, text)
        y += 20
        sheet.across(y - 4, 36 if k in (0, 3, 6) else 76, 572)
    page = sheet.page()
    (grid,) = find_grids(page)
    assert [(b.row, b.row_span) for b in grid.boxes if b.col == 0] == [(0, 1), (1, 3), (4, 3)]


def test_rows_drawn_over_to_the_last_column_on_one_line_are_no_columns_of_prose():
    """The column before the last has one line a row: the drawing goes on to the last on the same line, never back up."""
    sheet = Sheet(width=620)
    for y in (60.0, 120.0, 180.0, 240.0):
        for x, lines, text in ((40, 1, "創業支援補助金"), (160, 3, "創業に要する経費の一部"), (290, 1, "五十万円"), (430, 3, "商工課振興係にお尋ねください")):
            for line in range(lines):
                sheet.text(x, y + 12 * line, text)
    words = glyphs_to_words(sheet.page().glyphs, np.ones(len(sheet.glyphs), dtype=bool))
    assert len(words_to_flows(words, NO_EDGES, 10.0)) == 1
