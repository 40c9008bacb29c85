"""Headings that stand apart from the rules of their table: in a band above them, in shades of one colour, over some columns;
and frames one below the other."""

import itertools

import pytest

from subsidy_extract.read.pdf.grid import find_grids

from .sheet import Sheet, rows_of, tables

XS = (50.0, 130.0, 260.0, 390.0, 520.0)
HEAD = ["町名", "事業名", "対象者", "窓口"]
ROWS = [["入江町", "浜の朝市", "漁をする者", "水産課"], ["峠町", "炭焼小屋", "炭を焼く者", "林業課"], ["湖岸町", "渡し舟", "舟を出す者", "土木課"]]


def rows_between_sides(sheet: Sheet, top: float, high: float = 34.0) -> float:
    """Rows that only rules down the page part, white between them."""
    for k, row in enumerate(ROWS):
        for x, text in zip(XS, row, strict=False):
            sheet.text(x + 4, top + 3 + high * k, text)
            sheet.text(x + 4, top + 15 + high * k, "の続き")
    bottom = top + high * len(ROWS)
    for x in XS:
        sheet.down(x, top, bottom)
    sheet.across(bottom, XS[0], XS[-1])
    return bottom


@pytest.mark.parametrize("band", ["rules", "shade", None])
def test_a_heading_in_a_band_above_rules_down_the_page_joins_them(band):
    sheet = Sheet()
    sheet.text(XS[0], 70, "町の制度の一覧")
    sheet.across(116, XS[0], XS[-1])
    if band == "rules":
        sheet.across(100, XS[0], XS[-1])
    elif band == "shade":
        for a, b in itertools.pairwise(XS):
            sheet.fills.append((a, 100, b, 116, 0.85))
    for x, text in zip(XS, HEAD, strict=False):
        sheet.text(x + 14, 103, text)
    rows_between_sides(sheet, 116)
    page = sheet.page()
    (grid,) = find_grids(page)
    rows = rows_of(page, grid)
    assert rows[1 if band else 0 :] == [[t + "の続き" for t in r] for r in ROWS]
    assert (rows[0] == HEAD) is bool(band)


def rows_with_left_and_lower_rules(sheet: Sheet, top: float) -> None:
    """Cells with a rule on the left and below only: none over the first row, none at the end of the last column."""
    for k, row in enumerate(ROWS):
        for x, text in zip(XS, row, strict=False):
            sheet.text(x + 4, top + 3 + 34 * k, text)
            sheet.text(x + 4, top + 15 + 34 * k, "の続き")
            sheet.down(x, top + 34 * k, top + 34 * (k + 1))
        sheet.across(top + 34 * (k + 1), XS[0], XS[-1])


def test_a_heading_with_each_text_in_the_middle_of_its_column_joins_an_open_top():
    sheet = Sheet()
    sheet.text(XS[0], 70, "町の制度の一覧")
    for a, b, text in zip(XS, XS[1:], HEAD, strict=False):
        sheet.middle((a + b) / 2, 103, text)
    rows_with_left_and_lower_rules(sheet, 116)
    assert tables(sheet) == [[HEAD, *([t + "の続き" for t in r] for r in ROWS)]]


@pytest.mark.parametrize("line", [["町名", "", "対象者", ""], ["町名", "事業名", "1,000", "窓口"]])
def test_texts_over_some_columns_or_values_are_no_heading(line):
    sheet = Sheet()
    for a, b, text in zip(XS, XS[1:], line, strict=False):
        sheet.middle((a + b) / 2, 103, text)
    rows_with_left_and_lower_rules(sheet, 116)
    page = sheet.page()
    assert [rows_of(page, g) for g in find_grids(page) if len(g.ys) > 3] == [[[t + "の続き" for t in r] for r in ROWS]]


@pytest.mark.parametrize("columns", [(1, 2), (2, 3)])
def test_a_text_in_the_middle_over_several_headings_is_their_upper_level(columns):
    a, b = columns
    sheet = Sheet()
    sheet.middle((XS[a] + XS[b + 1]) / 2, 88, "内容")
    for c, text in enumerate(HEAD):
        sheet.middle((XS[c] + XS[c + 1]) / 2, 103 if a <= c <= b else 95.5, text)
    rows_with_left_and_lower_rules(sheet, 116)
    page = sheet.page()
    (grid,) = find_grids(page)
    (over,) = [box for box in grid.boxes if box.row == 0 and box.col_span > 1]
    assert (over.col, over.col_span) == (a, 2)
    above, *rest = rows_of(page, grid)
    assert above == ["内容" if c == a else "" if c == b else text for c, text in enumerate(HEAD)]
    assert rest == [["" if not a <= c <= b else text for c, text in enumerate(HEAD)], *([t + "の続き" for t in r] for r in ROWS)]


def two_levels(sheet: Sheet, columns: tuple[int, int]) -> None:
    """A heading in one shade: 内容 over two columns, the others in the middle of its height."""
    a, b = columns
    sheet.fills.append((XS[a], 100, XS[b + 1], 116, 0.85))
    for c, text in enumerate(HEAD):
        inside = a <= c <= b
        sheet.fills.append((XS[c], 116 if inside else 100, XS[c + 1], 132, 0.85))
        sheet.middle((XS[c] + XS[c + 1]) / 2, 119 if inside else 111, text)
    sheet.middle((XS[a] + XS[b + 1]) / 2, 103, "内容")


@pytest.mark.parametrize("columns", [(1, 2), (2, 3)])
def test_shades_of_one_colour_leave_the_levels_of_a_heading(columns):
    sheet = Sheet()
    two_levels(sheet, columns)
    for k, row in enumerate(ROWS):
        for x, text in zip(XS, row, strict=False):
            sheet.text(x + 4, 136 + 40 * k, text)
            sheet.text(x + 4, 148 + 40 * k, "の続き")
    page = sheet.page()
    (grid,) = find_grids(page)
    (over,) = [b for b in grid.boxes if b.row == 0 and b.col_span > 1]
    assert (over.col, over.col_span) == (columns[0], 2)
    assert rows_of(page, grid)[0][columns[0]] == "内容" and grid.heading_rows == 2


def test_frames_one_below_the_other_are_tables_of_their_own():
    sheet, y = Sheet(), 100.0
    for title in ("一　海の制度", "二　山の制度のうち、町が行うものを次に掲げる。受付は窓口で行う。詳しくは各課へ"):
        sheet.text(XS[0], y, title)
        y += 16
        top = y
        for x, text in zip(XS, HEAD, strict=False):
            sheet.text(x + 4, y + 3, text)
        for row in ROWS:
            y += 26
            for x, text in zip(XS, row, strict=False):
                sheet.text(x + 4, y + 3, text)
        y += 20
        for at in (top, y):
            sheet.across(at, XS[0], XS[-1])
        for x in (XS[0], XS[-1]):
            sheet.down(x, top, y)
        y += 10
    assert tables(sheet) == [[HEAD, *ROWS], [HEAD, *ROWS]]


def test_one_line_with_both_columns_shows_that_a_rule_is_missing():
    """Though other lines of the left text are as long as its column."""
    sheet = Sheet()
    for r, row in enumerate([HEAD, *ROWS, ["野原町", "野の花", "花を育てる者", "農業課"]]):
        y = 100 + 30 * r
        for c, (x, text) in enumerate(zip(XS, row, strict=False)):
            sheet.text(x + 4, y + 3, text)
            if (r, c) == (2, 1):
                sheet.text(x + 4, y + 15, "を建てて守り継ぐこと、を")
        for k, x in enumerate(XS):
            if (r, k) != (2, 2):
                sheet.down(x, y, y + 30)
        sheet.across(y, XS[0], XS[-1])
    sheet.across(250, XS[0], XS[-1])
    page = sheet.page()
    (grid,) = find_grids(page)
    assert rows_of(page, grid)[2] == ["峠町", "炭焼小屋を建てて守り継ぐこと、を", "炭を焼く者", "林業課"]


def test_two_headings_on_the_last_line_are_no_unit_of_both_columns():
    """The rule under the text over the first two columns says which columns these are."""
    sheet = Sheet()
    sheet.middle((XS[0] + XS[2]) / 2, 103, "制度")
    sheet.across(100, XS[0], XS[-1])
    sheet.across(116, XS[0] + 2, XS[2] - 2)
    sheet.across(134, XS[0], XS[-1])
    for c, text in enumerate(HEAD):
        sheet.middle((XS[c] + XS[c + 1]) / 2, 120 if c < 2 else 108, text)
    for k, row in enumerate(ROWS):
        for x, text in zip(XS, row, strict=False):
            sheet.text(x + 4, 138 + 40 * k, text + ("" if x == XS[0] else "など、町の者"))
            sheet.text(x + 4, 150 + 40 * k, "の続き")
    page = sheet.page()
    (grid,) = find_grids(page)
    assert list(rows_of(page, grid)[:2]) == [["制度", "", "対象者", "窓口"], ["町名", "事業名", "", ""]]
