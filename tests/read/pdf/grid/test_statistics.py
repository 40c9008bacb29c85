"""Statistics tables as agencies print them: counted columns, captions, running heads, spanning headings, marks and signs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from subsidy_extract.read.pdf.captions import is_caption
from subsidy_extract.read.pdf.grid.alignment.heading import counts_below
from subsidy_extract.read.pdf.grid.alignment.judge import is_chart
from subsidy_extract.read.pdf.grid.alignment.rows import lines_are_rows
from subsidy_extract.read.pdf.grid.edges import NO_EDGES, Edges, rules_to_edges, split_edges
from subsidy_extract.read.pdf.grid.pieces import Piece, Slot
from subsidy_extract.read.pdf.grid.regions.gutter import words_to_flows
from subsidy_extract.read.pdf.grid.values import is_value
from subsidy_extract.read.pdf.grid.words import glyphs_to_words
from subsidy_extract.read.pdf.nouns import Rules

from .sheet import Sheet, tables

STUB, FIRST, STEP, PITCH = 40.0, 220.0, 70.0, 14.0
TOWNS = ("Ashford", "Birkdale", "Coldwell", "Dunmere", "Elmstead", "Fenwick")


def count(n: int, towns: Sequence[str] = TOWNS) -> list[list[str]]:
    return [[town, *(str(100 + (37 * k * k + 13 * k * j * j) % 800) for j in range(1, n + 1))] for k, town in enumerate(towns, 1)]


def figures(sheet: Sheet, top: float, rows: Sequence[Sequence[str]], first: float = FIRST, step: float = STEP, stub: float = STUB) -> float:
    for row in rows:
        sheet.text(stub, top, row[0])
        for k, text in enumerate(row[1:]):
            if text:
                sheet.right(first + k * step, top, text)
        top += PITCH
    return top


def bare(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [["".join(text.split()) for text in row] for row in rows]


def piece(col: int, text: str, last: int | None = None) -> Piece:
    return Piece(col, col if last is None else last, 50.0 * col, 50.0 * col + 20, 0.0, 10.0, 10.0, text, 20.0, text.isdigit(), 0)


def slot(*texts: str, first: int = 1) -> Slot:
    return Slot(0.0, 0.0, 10.0, tuple(piece(c, t) for c, t in enumerate(texts, first)))


@pytest.mark.parametrize(
    ("texts", "counted"),
    [
        (("(1)", "(2)", "(3)"), True), (("1", "2", "3", "4"), True), (("A", "B", "C"), True), (("2", "3", "4"), True),
        (("1", "2"), False), (("1", "3", "5"), False), (("2008", "2009", "2010"), False), (("(1)", "(2)", "Total"), False), (("7", "8", "9"), False),
    ],
)  # fmt: skip
def test_a_line_that_counts_the_columns(texts: tuple[str, ...], counted: bool) -> None:
    assert counts_below([slot("Grants", "Loans"), slot(*texts)]) is counted
    assert not counts_below([slot(*texts)])


def test_counted_columns_are_a_row_of_their_own():
    sheet = Sheet()
    sheet.across(58, STUB, 370)
    heading = [["Town", "Grants", "Loans", "Advice"], ["", "(1)", "(2)", "(3)"]]
    bottom = figures(sheet, 60, heading)
    sheet.across(bottom, STUB, 370)
    rows = count(3)
    figures(sheet, bottom + 4, rows)
    assert tables(sheet) == [bare([*heading, *rows])]


@pytest.mark.parametrize(
    ("first", "second", "caption"),
    [
        ("Table", "12.", True), ("TABLE", "B-1", True), ("Tableau", "3", True), ("Figure", "2.1:", True), ("Table", "IV", True), ("Abb.", "3a", True),
        ("Table", "wines", False), ("Tables", "and", False), ("Total", "12", False), ("Table", "–", False), ("Chart", "A", False),
    ],
)  # fmt: skip
def test_how_a_caption_begins(first: str, second: str, caption: bool) -> None:
    assert is_caption(first, second) is caption


def test_a_caption_begins_another_table():
    sheet = Sheet()
    rows = [["Town", "2001", "2002", "2003"], *count(3)]
    bottom = figures(sheet, 60, rows)
    sheet.text(STUB, bottom + 8, "Table 7. Towns")
    figures(sheet, bottom + 24, rows, first=FIRST - 30, step=60)
    assert tables(sheet) == [bare(rows), bare(rows)]


def test_a_page_number_between_columns_of_prose_keeps_them_apart():
    sheet = Sheet()
    lines = [f"some words of prose as long as the column {k % 9}" for k in range(14)]
    for k, line in enumerate(lines):
        sheet.text(40, 60 + 13 * k, line)
    for k, line in enumerate(lines):
        sheet.text(276, 60 + 13 * k, line)
    sheet.text(263, 60 + 13 * 15, "38")
    words = glyphs_to_words(sheet.page().glyphs, np.array([g[0] != " " for g in sheet.glyphs]))
    flows = words_to_flows(words, NO_EDGES, 10.0)
    assert not any((words.x1[f] < 262).any() and (words.x0[f] > 275).any() for f in flows)
    assert tables(sheet) == []


def test_labels_with_leaders_are_no_column_of_prose():
    sheet = Sheet()
    rows = [[f"{'1234567'[k]}00,000", *r[1:]] for k, r in enumerate(count(4))]
    for k, row in enumerate(rows):
        sheet.text(STUB, 60 + PITCH * k, row[0] + "." * (28 - len(row[0])))
        for j, text in enumerate(row[1:]):
            sheet.right(FIRST + 40 * j, 60 + PITCH * k, text)
    sheet.text(STUB + 90, 60 + PITCH * 7, "12")
    (got, *_) = tables(sheet)
    assert [[r[0].rstrip("."), *r[1:]] for r in got][: len(rows)] == bare(rows)


def test_rules_side_by_side_are_one_over_the_table():
    h = Edges(np.array([10.0, 10.0, 30.0, 30.0]), np.array([0.0, 105.0, 110.0, 160.0]), np.array([100.0, 200.0, 150.0, 200.0]))
    whole, short = split_edges(h, 0.0, 200.0, 0.0, 50.0)
    assert (whole.at.tolist(), whole.lo.tolist(), whole.hi.tolist()) == ([10.0], [0.0], [200.0])
    assert len(short) == 4  # the halves still tell what they stand under


def test_long_rules_near_each_other_are_two():
    rules = Rules(np.array([0.0, 54.0]), np.array([9.8, 9.8]), np.array([50.0, 100.0]), np.array([10.2, 10.2]))
    h, _ = rules_to_edges(rules, 10.0)
    assert h.lo.tolist() == [0.0, 54.0]
    dashes = np.arange(0.0, 100.0, 5.0)
    h, _ = rules_to_edges(Rules(dashes, np.full(20, 9.8), dashes + 2.5, np.full(20, 10.2)), 10.0)
    assert len(h) == 1


def test_lines_that_fill_every_column_are_rows():
    full = [Slot(14.0 * k, 0.0, 0.0, tuple(piece(c, f"Word {c}") for c in range(3))) for k in range(5)]
    assert lines_are_rows(full, 3)
    assert not lines_are_rows(full, 4)
    assert not lines_are_rows([Slot(s.y, 0.0, 0.0, tuple(piece(c, f"word {c}") for c in range(3))) for s in full], 3)
    assert not lines_are_rows([Slot(14.0 * k, 0.0, 0.0, tuple(piece(c, "wW"[(k + c) % 2] + "ord") for c in range(3))) for k in range(5)], 3)
    assert lines_are_rows([Slot(s.y, 0.0, 0.0, (*s.pieces[:2], piece(2, "hour"))) for s in full], 3)
    assert not lines_are_rows([Slot(s.y, 0.0, 0.0, tuple(piece(c, "町内") for c in range(3))) for s in full], 3)


def test_equal_lines_of_texts_and_measures_are_rows():
    sheet = Sheet()
    rows = [
        ["Instrument", "Range", "Uncertainty"], ["Thermocouple, type K", "0 to 400 °C", "±1.5 °C"], ["Turbine flow meter", "0.1 to 3 kg/s", "±0.5%"],
        ["Pressure transducer", "0 to 10 bar", "±0.25%"], ["Humidity probe", "5 to 95% RH", "±2% RH"],
    ]  # fmt: skip
    for k, row in enumerate(rows):
        for x, text in zip((40, 180, 290), row, strict=True):
            sheet.text(x, 60 + PITCH * k, text)
    sheet.across(58, 40, 370)
    sheet.across(72, 40, 370)
    sheet.across(60 + PITCH * 5, 40, 370)
    assert tables(sheet) == [bare(rows)]


def test_marks_of_notes_and_minus_signs_set_apart_are_no_columns():
    sheet = Sheet()
    for k, row in enumerate([["Year", "Stocks", "Change", "Price"], *count(3, ("1998/99", "1999/00", "2000/01", "2001/02", "2002/03"))]):
        end = sheet.text(STUB, 60 + PITCH * k, row[0])
        if k in (4, 5):
            sheet.text(end + 5, 60 + PITCH * k, f"{k - 3}/")
        for j, text in enumerate(row[1:]):
            sheet.right(160 + 70 * j, 60 + PITCH * k, text)
        if k in (1, 3):
            sheet.text(230 - 15 - 13, 60 + PITCH * k, "–")
    (rows,) = tables(sheet)
    assert [r[0] for r in rows] == ["Year", "1998/99", "1999/00", "2000/01", "2001/021/", "2002/032/"]
    assert [r[2][:1] for r in rows] == ["C", "–", rows[2][2][0], "–", rows[4][2][0], rows[5][2][0]] and {len(r) for r in rows} == {4}


def test_a_running_head_over_the_top_rule_is_no_row():
    sheet = Sheet()
    sheet.text(STUB, 40, "Office of Harbours")
    sheet.right(440, 40, "Annual Report")
    rows = [["Port", "Ships", "Boats", "Ferries", "Rank"], *count(4)]
    sheet.across(64, STUB, 440)
    sheet.across(80, STUB, 440)
    figures(sheet, 66, rows[:1], first=230)
    bottom = figures(sheet, 84, rows[1:], first=230)
    sheet.across(bottom, STUB, 440)
    assert tables(sheet) == [bare(rows)]


def test_a_title_in_the_middle_of_the_table_in_another_font_is_no_heading():
    sheet = Sheet()
    rows = [["Item", "Unit", "Cost"], ["New vaccine", "dose", "$4.10"], ["Syringe of glass", "piece", "$0.15"], ["First visit by day", "hour", "$21.00"]]
    sheet.middle((STUB + FIRST + STEP) / 2, 60, "Cost of treatment", font=1)
    figures(sheet, 60 + PITCH, rows)
    assert tables(sheet) == [bare(rows)]


def test_a_heading_in_the_middle_of_a_column_right_of_its_numbers_belongs_to_it():
    sheet = Sheet()
    rows = [["Country", "2008", "2009e", "Reserves"], *count(3)]
    for x, text in ((110, "2008"), (174, "2009e"), (258, "Reserves")):
        sheet.middle(x, 60 + PITCH, text)
    sheet.middle(150, 60, "Production")
    sheet.text(STUB, 60 + PITCH, "Country")
    for k, row in enumerate(rows[1:]):
        sheet.text(STUB, 60 + PITCH * (k + 2), row[0])
        for x, text in zip((124, 200, 280), row[1:], strict=True):
            sheet.right(x, 60 + PITCH * (k + 2), text)
    (got,) = tables(sheet)
    assert got == bare([["Country", "Production", "", "Reserves"], ["", "2008", "2009e", ""], *rows[1:]])


def test_one_long_label_among_short_ones_leaves_its_column():
    sheet = Sheet()
    rows = [["Region", "1998", "2002", "2007"], *count(3, ("Total", "Central city", "Rural or small town", "Northeast"))]
    rows += [["Eligible for free or reduced-price", "", "", ""], ["lunch", "", "", ""], *count(3, ("Eligible", "Not eligible", "Not available"))]
    figures(sheet, 60, rows)
    (got,) = tables(sheet)
    assert [r[1:] for r in got if r[1]] == [r[1:] for r in rows if r[1]]


def test_a_spanning_heading_above_a_gap_speaks_for_its_columns():
    sheet = Sheet()
    for x, y, text in ((230, 60, "Supply"), (410, 60, "Use")):
        sheet.middle(x, y, text)
    sheet.text(STUB, 60, "Year")
    sheet.text(STUB, 60 + PITCH, "beginning")
    heading = ["June 1", "Stocks", "Output", "Imports", "Crush", "Exports", "Total"]
    xs = [170, 230, 290, 350, 410, 470]
    sheet.text(STUB, 60 + 2 * PITCH, heading[0])
    for x, text in zip(xs, heading[1:], strict=True):
        sheet.middle(x, 60 + 2 * PITCH, text)
    sheet.across(60 + 3 * PITCH - 1, STUB, 490)
    rows = count(6)
    for k, row in enumerate(rows):
        sheet.text(STUB, 60 + PITCH * (k + 3) + 2, row[0])
        for x, text in zip(xs, row[1:], strict=True):
            sheet.middle(x, 60 + PITCH * (k + 3) + 2, text)
    (got,) = tables(sheet)
    assert got[0] == ["YearbeginningJune1", "Supply", "", "", "Use", "", ""]
    assert got[1] == ["", *heading[1:]]


@pytest.mark.parametrize(("numbers", "axis"), [(("40", "30", "20", "10"), True), (("33", "11", "16", "21"), False), (("50", "40", "30", "20", "0"), True)])
def test_two_equal_steps_among_four_numbers_are_no_axis(numbers: tuple[str, ...], axis: bool) -> None:
    assert is_chart([slot(n) for n in numbers], 2) is axis


@pytest.mark.parametrize("text", [".28", ".74**", "-.05", "(.12)"])
def test_a_number_without_its_zero_is_a_number(text: str) -> None:
    assert is_value(text)


def test_rules_under_two_levels_of_headings_are_none_between_groups_of_rows():
    at, lo, hi = np.array([10.0, 24.0, 38.0, 52.0, 240.0]), np.array([0.0, 60.0, 60.0, 0.0, 0.0]), np.array([300.0] * 5)
    whole, short = split_edges(Edges(at, lo, hi), 0.0, 300.0, 0.0, 250.0)
    assert (whole.at.tolist(), short.at.tolist()) == ([10.0, 52.0, 240.0], [24.0, 38.0])
    whole, short = split_edges(Edges(at * [1, 3, 5, 4.2, 1], lo, hi), 0.0, 300.0, 0.0, 250.0)
    assert len(whole) == 5 and not len(short)
