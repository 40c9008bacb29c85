"""Tables of reports: figures under headings of several levels, few rules or none, notes and units around them, charts and
forms beside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from subsidy_extract.read.pdf.grid.alignment.body import body_to_labels, partly_ruled
from subsidy_extract.read.pdf.grid.edges import Edges
from subsidy_extract.read.pdf.grid.pieces import Piece, Slot

from .sheet import Sheet, tables

STUB, FIRST, STEP, PITCH = 40.0, 220.0, 70.0, 14.0
TOWNS = ("Ashford", "Birkdale", "Coldwell", "Dunmere", "Elmstead")


def figures(sheet: Sheet, top: float, rows: Sequence[Sequence[str]], first: float = FIRST, step: float = STEP) -> float:
    """Labels at the left, figures at the right of their columns; answers where the next line begins."""
    for row in rows:
        sheet.text(STUB, top, row[0])
        for k, text in enumerate(row[1:]):
            if text:
                sheet.right(first + k * step, top, text)
        top += PITCH
    return top


def count(n: int, towns: Sequence[str] = TOWNS) -> list[list[str]]:
    return [[town, *(str(100 + (37 * k * k + 13 * k * j * j) % 800) for j in range(1, n + 1))] for k, town in enumerate(towns, 1)]


def bare(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [["".join(text.split()) for text in row] for row in rows]


def test_two_dots_for_a_missing_number_are_no_leader():
    sheet = Sheet()
    rows = [*count(3), ["Fenwick", "..", "..", "7"], ["Garton", "1", "..", ".."]]
    figures(sheet, 60, [["Town", "2001", "2002", "2003"], *rows], step=40)
    assert tables(sheet) == [bare([["Town", "2001", "2002", "2003"], *rows])]


def test_leaders_belong_to_no_column():
    sheet = Sheet()
    for k, (town, a, b) in enumerate(count(2)):
        sheet.text(STUB, 60 + k * PITCH, town + "." * (20 - len(town)))
        sheet.right(FIRST, 60 + k * PITCH, a)
        sheet.right(FIRST + STEP, 60 + k * PITCH, b)
    (rows,) = tables(sheet)
    assert [[row[0].rstrip("."), *row[1:]] for row in rows] == count(2)


def test_a_sign_before_the_first_and_the_last_sum_only():
    rows = [["Grants", "$ 4,500", "$ 4,610"], ["Research", "310", "320"], ["Advice", "88", "90"], ["Total", "$ 4,898", "$ 5,020"]]
    sheet = Sheet()
    figures(sheet, 60, rows)
    assert tables(sheet) == [bare(rows)]


def test_columns_of_figures_one_space_apart():
    rows = [["Town", "Men", "Wmn"], *([t, f"{k * k}.{k}", f"{7 * k % 9}7.2"] for k, t in enumerate(TOWNS, 1))]
    sheet = Sheet()
    figures(sheet, 60, rows, step=26)
    assert tables(sheet) == [rows]


def test_a_table_of_two_by_two_figures():
    rows = [["", "Yes", "No"], ["Treated", "30", "17"], ["Untreated", "42", "33"]]
    sheet = Sheet()
    end = figures(sheet, 60, rows, first=110, step=18)
    for y in (58, 73, end):
        sheet.across(y, STUB - 2, 135)
    assert tables(sheet) == [rows]


def test_headings_in_the_middle_of_wide_columns_and_figures_at_their_right():
    sheet = Sheet()
    heads = ["Substance", "Tonnes", "Sites", "Fines"]
    sheet.text(STUB, 60, heads[0])
    for k, text in enumerate(heads[1:]):
        sheet.middle(160 + 100 * k, 60, text)
    sheet.across(72, 38, 412)
    rows = [["Lead", "12", "3", "7"], ["Zinc", "70", "9", "1"], ["Tin", "8", "8", "2"], ["Iron", "31", "1", "5"]]
    figures(sheet, 75, rows, first=205, step=100)
    assert tables(sheet) == [[heads, *rows]]


def test_a_unit_above_the_headings_is_not_one_of_them():
    sheet = Sheet()
    sheet.right(FIRST + 2 * STEP, 60, "(in thousands)")
    head = ["Town", "2001", "2002", "2003"]
    figures(sheet, 76, [head, *count(3)])
    assert tables(sheet) == [[head, *count(3)]]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_unit_below_the_headings_speaks_for_all_of_them(ruled: bool):
    sheet = Sheet()
    figures(sheet, 60, [["", "Revenue", "Spending"]])
    sheet.text(STUB, 74, "Town")
    sheet.middle(FIRST + 15, 74, "mln.crowns")
    for y in (58, 88):
        sheet.across(y, STUB - 2, FIRST + STEP + 4)
    if ruled:
        sheet.across(72, 160, FIRST + STEP + 4)
    end = figures(sheet, 92, count(2))
    sheet.across(end, STUB - 2, FIRST + STEP + 4)
    (rows,) = tables(sheet)
    assert rows == bare([["Town", "Revenue", "Spending"], ["", "mln.crowns", ""], *count(2)])


def test_the_heading_of_the_first_column_in_two_lines():
    sheet = Sheet()
    sheet.middle(FIRST + STEP - 10, 60, "Standard error of")
    sheet.text(STUB, 74, "Size of")
    figures(sheet, 86, [["sample", "1 or 9", "2 or 8", "5"]])
    sheet.across(99, STUB - 2, FIRST + 2 * STEP)
    figures(sheet, 104, count(3))
    (rows,) = tables(sheet)
    assert rows[0][0] == "Sizeofsample"
    assert rows[1][1:] == ["1or9", "2or8", "5"]
    assert rows[2:] == count(3)


def test_a_label_alone_below_the_headings_heads_a_group():
    sheet = Sheet()
    for k, text in enumerate(("2001", "2002")):
        sheet.right(FIRST + k * STEP, 60, text, font=1)
    sheet.text(STUB, 74, "Revenue", font=1)
    end = figures(sheet, 88, count(2, TOWNS[:3]))
    sheet.across(end, STUB, FIRST + STEP)
    figures(sheet, end + 4, [["Total", "1", "2"]])
    assert tables(sheet) == [[["", "2001", "2002"], ["Revenue", "", ""], *count(2, TOWNS[:3]), ["Total", "1", "2"]]]


def test_a_text_in_the_middle_over_columns_of_figures_heads_a_group():
    sheet = Sheet()
    head = ["Fuel", "2000", "2005", "2010"]
    figures(sheet, 60, [head])
    top = 76.0
    for case in ("Low price case", "High price case"):
        sheet.middle((STUB + FIRST + 2 * STEP) / 2, top, case)
        top = figures(sheet, top + PITCH, count(3, TOWNS[:4]))
    for y in (58, 73, top):
        sheet.across(y, STUB, FIRST + 2 * STEP)
    group = [*count(3, TOWNS[:4])]
    assert tables(sheet) == [[head, ["Lowpricecase", "", "", ""], *group, ["Highpricecase", "", "", ""], *group]]


def test_a_label_in_the_middle_of_its_rows_when_the_rule_leaves_it_whole():
    def line(y: float, *pieces: Piece) -> Slot:
        return Slot(y, y - 5, y + 5, pieces)

    def piece(col: int, text: str) -> Piece:
        x = 40.0 + 100 * col
        return Piece(col, col, x, x + 30, 0, 0, 10, text, 10, text.isdigit(), 0)

    slots = [line(10, piece(1, "1"), piece(2, "2")), line(17, piece(0, "Water")), line(25, piece(1, "3"), piece(2, "4")), line(40, piece(0, "Air"), piece(1, "5"), piece(2, "6"))]
    rule = Edges(np.array([18.0]), np.array([130.0]), np.array([300.0]))
    ink = ((40.0, 70.0), (140.0, 170.0), (240.0, 270.0))
    going, across = partly_ruled(slots, rule, ink, [False, False, True])
    assert (going, across) == ({2: [0]}, {1})
    assert body_to_labels(slots, [0, 2, 3], 3, going).tolist() == [[0, 1, 2], [0, 4, 5], [6, 7, 8]]


def test_a_rule_under_the_figures_alone_does_not_join_two_labels():
    labelled = [Slot(y, y - 5, y + 5, tuple(Piece(c, c, 40.0 + 100 * c, 70.0 + 100 * c, 0, 0, 10, "x", 10, c > 0, 0) for c in range(3))) for y in (10, 25)]
    rule = Edges(np.array([18.0]), np.array([130.0]), np.array([300.0]))
    assert partly_ruled(labelled, rule, ((40.0, 70.0), (140.0, 170.0), (240.0, 270.0)), [False]) == ({}, set())


def test_two_tables_side_by_side():
    sheet = Sheet()
    for left, name in ((40.0, "Item"), (260.0, "Month")):
        for k, (label, value) in enumerate([(name, "Sum"), *((f"{name} {x}", str(k)) for k, x in enumerate("abcde", 11))]):
            sheet.text(left, 60 + k * PITCH, label)
            sheet.right(left + 150, 60 + k * PITCH, value)
        for y in (58, 72.5, 145):
            sheet.across(y, left - 2, left + 152)
    assert [t[0] for t in tables(sheet)] == [["Item", "Sum"], ["Month", "Sum"]]


def test_rules_under_single_headings_do_not_part_a_table():
    sheet = Sheet()
    head = ["Town", "2001", "2002"]
    end = figures(sheet, 60, [head, *count(2)])
    for left, right in ((STUB, 120), (180, FIRST), (250, FIRST + STEP)):
        sheet.across(73, left, right)
        sheet.across(end, left, right)
    assert tables(sheet) == [[head, *count(2)]]


WORDS = ["the", "share", "of", "households", "that", "were", "asked", "again", "in", "the", "second", "year", "of", "the", "survey", "and", "gave", "an", "answer"]


def prose(sheet: Sheet, left: float, top: float, wide: float, lines: int, start: int = 0) -> float:
    """Lines of prose about `wide` points long; answers where the next begins."""
    k = start
    for _ in range(lines):
        text = WORDS[k % len(WORDS)]
        while len(text) * 5 + 5 + len(WORDS[(k + 1) % len(WORDS)]) * 5 <= wide:
            k += 1
            text += " " + WORDS[k % len(WORDS)]
        k += 1
        sheet.text(left, top, text)
        top += 12
    return top


def test_terms_and_what_they_mean_are_a_table_between_rules():
    sheet = Sheet()
    sheet.text(STUB, 60, "Term")
    sheet.text(140, 60, "Meaning")
    top = 76.0
    for k, term in enumerate(TOWNS):
        sheet.text(STUB, top, term)
        top = prose(sheet, 140, top, 340, 3, 5 * k) + 3
    for y in (58, 73, top):
        sheet.across(y, STUB - 2, 490)
    found = tables(sheet)
    assert [row[0] for row in found[0]] == ["Term", *TOWNS]


def test_prose_in_two_columns_is_no_table_even_between_rules():
    sheet = Sheet()
    prose(sheet, 40, 60, 230, 14)
    prose(sheet, 300, 60, 230, 14, 7)
    for y in (56, 235):
        sheet.across(y, 38, 535)
    assert tables(sheet) == []


def test_a_chart_over_a_table_is_left_away():
    sheet = Sheet()
    for k in range(7):
        y = 60 + 20.0 * k
        sheet.right(70, y, str(60 - 10 * k))
        sheet.across(y + 5, 76, 400)
    for x, y, text in ((120, 66, "55"), (200, 66, "54"), (280, 158, "9"), (360, 170, "7")):
        sheet.text(x, y, text)
    for x, text in ((115, "North"), (195, "South"), (275, "East"), (355, "West")):
        sheet.text(x, 190, text)
    rows = [["Region", "Share"], ["North", "25.6%"], ["South", "67.8%"], ["East", "67.7%"], ["West", "84.1%"]]
    end = figures(sheet, 216, rows, first=130)
    for y in (214, 229, end):
        sheet.across(y, STUB - 2, 132)
    assert tables(sheet) == [rows]


def test_what_a_form_asks_for_is_no_table():
    sheet = Sheet()
    for k, (a, b) in enumerate((("Name:", "Born:"), ("Street:", "Town:"), ("Telephone:", "E-mail:"), ("Project:", "Sum:"))):
        sheet.text(40, 60 + 20 * k, a)
        sheet.text(300, 60 + 20 * k, b)
    assert tables(sheet) == []


def test_signs_in_a_column_of_their_own_belong_to_the_figures():
    sheet = Sheet()
    figures(sheet, 60, [["", "2001", "2002"], *count(2)])
    for k in (0, 4):
        for x in (FIRST - 34, FIRST + STEP - 34):
            sheet.text(x, 74 + PITCH * k, "$")
    (rows,) = tables(sheet)
    assert rows[1] == ["Ashford", *("$" + text for text in count(2)[0][1:])]
    assert rows[2] == count(2)[1]


def test_a_caption_over_two_columns_is_none_of_their_headings():
    sheet = Sheet()
    sheet.text(STUB, 60, "Contributions received in the year before", font=1)
    figures(sheet, 75, [["Town", "Crowns"], *count(1)], first=340)
    assert tables(sheet) == [[["Town", "Crowns"], *count(1)]]


def test_addresses_set_in_two_columns_are_no_table():
    sheet = Sheet()
    for x, names in ((40, ("Ann Baker", "Carl Dunn", "Eve Frost")), (300, ("Gil Hart", "Ida Jones", "Kim Lowe"))):
        for k, name in enumerate(names):
            for j, text in enumerate((name, "University of the North", "Springfield")):
                sheet.text(x, 60 + 42 * k + 12 * j, text)
    assert tables(sheet) == []


def test_a_boxed_heading_and_rows_without_rules_are_one_table():
    sheet = Sheet()
    head = ["Group", "Size", "Share"]
    figures(sheet, 60, [head])
    for y in (57, 74):
        sheet.across(y, STUB - 4, 300)
    for x in (STUB - 4, 160, 230, 300):
        sheet.down(x, 57, 74)
    figures(sheet, 78, count(2))
    assert tables(sheet) == [[head, *count(2)]]


def test_a_box_and_a_text_below_it_are_none():
    sheet = Sheet()
    figures(sheet, 60, [["Group", "Size", "Share"]])
    for y in (57, 74):
        sheet.across(y, STUB - 4, 300)
    for x in (STUB - 4, 160, 230, 300):
        sheet.down(x, 57, 74)
    prose(sheet, STUB, 78, 400, 6)
    assert tables(sheet) == [[["Group", "Size", "Share"]]]


def test_rows_between_rules_down_only_with_a_column_of_words():
    sheet = Sheet()
    rows = [[*row, word] for row, word in zip(count(2), ("Yes", "No", "No", "Yes", "No"), strict=True)]
    head = ["Town", "Size", "Start", "Open"]
    figures(sheet, 60, [head])
    end = figures(sheet, 78, rows)
    for y in (57, 74, end):
        sheet.across(y, STUB - 4, 370)
    for x in (160, 230, 300):
        sheet.down(x, 57, end)
    assert tables(sheet) == [[head, *rows]]


def test_abbreviations_and_what_they_stand_for_have_a_row_a_line():
    rows = [["CAP", "Common Agricultural Policy"], ["EAFRD", "European Agricultural Fund for Rural Development"], ["ERDF", "European Regional Development Fund"], ["OP", "Operational programme"]]
    sheet = Sheet()
    for k, (short, long) in enumerate(rows):
        sheet.text(STUB, 60 + PITCH * k, short)
        sheet.text(140, 60 + PITCH * k, long)
    assert tables(sheet) == [bare(rows)]


def test_a_table_over_both_columns_of_a_page():
    sheet = Sheet()
    for x in (40, 300):
        prose(sheet, x, 60, 235, 9, int(x))
        prose(sheet, x, 300, 235, 9, int(x) + 3)
    head = ["Fund", "2007", "2008", "2009"]
    figures(sheet, 190, [head, *count(3)], first=270, step=130)
    for y in (187, 203, 280):
        sheet.across(y, 38, 536)
    assert [head, *count(3)] in tables(sheet)
