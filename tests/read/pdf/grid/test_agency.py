"""Tables of agencies, laid out as their programs do: open tariffs, titles side by side, headings that run over their columns,
texts set to the full width, charts whose axes begin in line."""

from __future__ import annotations

import numpy as np
import pytest

from subsidy_extract.read.pdf.grid.edges import pieces_to_edges
from subsidy_extract.read.pdf.grid.values import is_value

from .sheet import Sheet, tables

PITCH = 14.0
TOWNS = ("Ashford", "Birkdale", "Coldwell", "Dunmere", "Elmstead", "Fenwick")


def figure(k: int, j: int) -> str:
    return str(100 + (37 * k * k + 13 * k * j * j) % 800)


def test_two_tables_under_numbered_titles_on_one_line():
    sheet = Sheet()
    for x, title, heads, rows in ((40, "Table 3. Calls", ("Port", "Calls"), 6), (330, "Table 4. Cargo", ("Cargo", "Tons"), 4)):
        sheet.text(x, 60, title)
        sheet.text(x, 80, heads[0])
        sheet.right(x + 200, 80, heads[1])
        sheet.across(93, x, x + 200)
        for k in range(rows):
            sheet.text(x, 96 + k * PITCH, TOWNS[k])
            sheet.right(x + 200, 96 + k * PITCH, figure(7 - k, 1))
    left, right = tables(sheet)
    assert left == [["Port", "Calls"], *([TOWNS[k], figure(7 - k, 1)] for k in range(6))]
    assert right == [["Cargo", "Tons"], *([TOWNS[k], figure(7 - k, 1)] for k in range(4))]


def test_a_title_above_the_first_rule_does_not_take_a_heading_along():
    sheet = Sheet()
    sheet.text(40, 60, "Distances by road from town to town")
    sheet.across(78, 40, 420)
    for c in range(5):
        sheet.middle(185 + 55 * c, 82, TOWNS[c])
    sheet.across(96, 40, 420)
    for k in range(1, 6):
        sheet.text(44, 85 + k * PITCH, TOWNS[k])
        for c in range(k):
            sheet.right(205 + 55 * c, 85 + k * PITCH, figure(k, c))
    sheet.across(172, 40, 420)
    assert tables(sheet) == [
        [["", *TOWNS[:5]], *([TOWNS[k], *(figure(k, c) for c in range(k)), *[""] * (5 - k)] for k in range(1, 6))],
    ]


def test_lines_set_to_the_full_width_are_no_columns():
    sheet = Sheet()
    texts = [
        ("Species", "Closed season", "Limit"),
        ("Trout, all waters but|listed in|the appendix", "May 1 to|the|last|Sunday|in|June", "5"),
        ("Bass, of either mouth", "None", "6"),
        ("Sturgeon, every kind", "All year", "0"),
        ("Whitefish, in lakes of|more than|fifty acres", "December", "12"),
    ]
    top = 60.0
    for row in texts:
        for x, text in zip((40.0, 280.0, 520.0), row, strict=True):
            at = x
            for k, part in enumerate(text.split("|")):  # two pieces of a line stand 8 points apart, a third goes on below
                if x == 40.0 and k == 2:
                    sheet.text(x, top + 12, part)
                else:
                    at = sheet.text(at, top, part) + 8
        top += 30
    assert tables(sheet) == [[["".join(t.replace("|", "").split()) for t in row] for row in texts]]


def test_a_heading_under_one_over_both_stands_over_its_own_column():
    sheet = Sheet()
    groups = (("Domestic", 200), ("Abroad", 300), ("Charter", 400))
    sheet.across(58, 40, 460)
    for name, x in groups:
        sheet.middle(x, 62, name)
        sheet.across(76, x - 45, x + 45)
        sheet.middle(x - 25, 80, "Dep.")
        sheet.middle(x + 25, 80, "Arr.")
    sheet.text(40, 80, "State")
    sheet.across(94, 40, 460)
    for k, town in enumerate(TOWNS):
        sheet.text(40, 98 + k * PITCH, town)
        for j, (_, x) in enumerate(groups):
            sheet.right(x - 5, 98 + k * PITCH, figure(k, j)[:2])
            sheet.right(x + 45, 98 + k * PITCH, figure(k, j + 3)[:2])
    sheet.across(98 + 6 * PITCH, 40, 460)
    (table,) = tables(sheet)
    assert table[1] == ["", *["Dep.", "Arr."] * 3]


def test_a_heading_between_two_columns_and_above_their_headings_is_no_column():
    sheet = Sheet()
    sheet.middle(330, 60, "Amount")
    sheet.middle(266, 72, "1998")
    sheet.middle(395, 72, "1999")
    sheet.right(540, 60, "Percent")
    sheet.right(540, 72, "share")
    sheet.text(60, 66, "Source")
    sheet.across(85, 40, 545)
    for k, town in enumerate(TOWNS):
        sheet.text(40, 90 + k * PITCH, town)
        sheet.right(280, 90 + k * PITCH, figure(k, 1) + ".2")
        sheet.right(406, 90 + k * PITCH, figure(k, 2) + ".9")
        sheet.right(536, 90 + k * PITCH, figure(k, 3)[:2] + ".5")
    (table,) = tables(sheet)
    assert {len(row) for row in table} == {4}
    assert [[text for text in row if text] for row in table[:2]] == [["Source", "Amount", "Percentshare"], ["1998", "1999"]]


def test_a_frame_open_below_its_heading_is_cut_where_its_figures_stand():
    sheet = Sheet()
    rows = [
        ("Code", "Goods", "Rate", "Unit"), ("0301", "Live fish", "3", "8"), ("0301 01", "- Ornamental", "7", "-"), ("0301 10", "- Of fresh water", "7.5", "12"),
        ("0301 90", "- Of salt water", "Free", "-"), ("0302 11", "- Trout with heads and gills on", "12", "40"), ("0302 12", "- Salmon", "2", "-"),
        ("0302 19", "- Other", "8", "15"),
    ]  # fmt: skip
    for k, row in enumerate(rows):
        for x, text in zip((44, 124, 324, 404), row, strict=True):
            sheet.text(x, 62 + k * PITCH, text)
    for y in (60, 74, 62 + 8 * PITCH):
        sheet.across(y, 40, 480)
    for x in (120, 320, 400):
        sheet.down(x, 60, 62 + 8 * PITCH)
    assert tables(sheet) == [[["".join(t.split()) for t in row] for row in rows]]


def test_a_chart_whose_axis_begins_in_line_is_no_table():
    sheet = Sheet()
    for k in range(6):
        sheet.text(60, 155 + 24 * k, str(100 - 20 * k))
        sheet.across(160 + 24 * k, 76, 300, 0.3)
    for k, y in enumerate((217, 209, 203, 211, 219, 206)):
        sheet.middle(95 + 32 * k, y, str(44 + 3 * k))
        sheet.middle(95 + 32 * k, 282, str(2002 + k))
    assert tables(sheet) == []


@pytest.mark.parametrize(("text", "value"), [("(s)", True), ("(NA)", True), ("(X)", True), ("(D)", True), ("(a)", False), ("(see", False)])
def test_marks_that_stand_for_a_number(text: str, value: bool):
    assert is_value(text) is value


def test_a_raised_line_of_a_heading_keeps_its_texts():
    sheet = Sheet()
    sheet.text(72, 60, "31, 2001 and 2002 in all the courts of the land and beyond it")
    sheet.across(76, 40, 480)
    for x, top, text in ((230, 80, "Filed"), (350, 80, "Closed"), (440, 83, "Pending")):
        sheet.middle(x, top, text)
    sheet.across(93, 190, 390)
    for x in (200, 260, 320, 380):
        sheet.middle(x, 97, "2001" if x in (200, 320) else "2002")
    sheet.text(40, 97, "Court")
    sheet.across(111, 40, 480)
    for k, town in enumerate(TOWNS):
        sheet.text(40, 115 + k * PITCH, town)
        for j, x in enumerate((214, 274, 334, 394, 460)):
            sheet.right(x, 115 + k * PITCH, figure(k, j))
    (table,) = tables(sheet)
    assert [[text for text in row if text] for row in table[:2]] == [["Court", "Filed", "Closed", "Pending"], ["2001", "2002", "2001", "2002"]]


LOTS = [("1", "Desks and chairs", "36", "33614"), ("2", "Steel cupboards", "3", "78486"), ("3", "Lamps", "26", "19370")]


def framed_lots(sheet: Sheet) -> list[list[str]]:
    """Draws LOTS into a frame whose upper edge is at 75; answers its rows without spaces."""
    for k, row in enumerate(LOTS):
        for x, text in zip((44, 84, 284, 364), row, strict=True):
            sheet.text(x, 78 + 16 * k, text)
    for k in range(4):
        sheet.across(75 + 16 * k, 40, 440)
    for x in (40, 80, 280, 360, 440):
        sheet.down(x, 75, 123)
    return [["".join(t.split()) for t in row] for row in LOTS]


def test_a_heading_right_above_a_frame_of_figures_joins_it():
    sheet = Sheet()
    heading = ["Lot", "Goods", "Pieces", "Price"]
    for x, text in zip((44, 84, 284, 364), heading, strict=True):
        sheet.text(x, 62, text, font=True)
    rows = framed_lots(sheet)
    assert tables(sheet) == [[heading, *rows]]


def test_prose_right_above_a_frame_stays_out():
    sheet = Sheet()
    sheet.text(40, 62, "The lots are offered in three parts and may be had one by one.")
    rows = framed_lots(sheet)
    assert tables(sheet) == [rows]


def test_a_rule_between_two_halves_of_a_table_encloses_no_cells():
    sheet = Sheet()
    rows = [("Rank", "Airport", "Calls", "Rank", "Airport", "Calls"), *((str(k + 1), TOWNS[k], figure(k + 1, 2), str(k + 4), TOWNS[k + 3], figure(k + 4, 2)) for k in range(3))]
    for k, row in enumerate(rows):
        for x, text in zip((44, 104, 204, 284, 344, 444), row, strict=True):
            sheet.text(x, 62 + 14 * k, text)
    for y in (60, 74, 118):
        sheet.across(y, 40, 500)
    sheet.down(270, 60, 118)
    assert tables(sheet) == [[list(row) for row in rows]]


def test_the_bars_of_a_chart_are_no_column():
    sheet = Sheet()
    for k, (name, wide) in enumerate((("Transport", 180), ("Energy", 120), ("Health", 60), ("Water", 44))):
        sheet.text(40, 60 + 16 * k, name)
        sheet.fills.append((130, 60 + 16 * k, 130 + wide, 70 + 16 * k, 0.2))
        sheet.text(340, 60 + 16 * k, str(wide))
    assert tables(sheet) == []
    sheet.fills.clear()
    assert len(tables(sheet)) == 1


def test_the_title_of_the_next_table_is_no_row_of_the_one_above_it():
    sheet = Sheet()
    sheet.across(58, 40, 400)
    for row, top in ((("Region", "Schools", "Pupils"), 62), *(((("North", "South", "Islands")[k], figure(k, 1)[:2], figure(k, 3)), 80 + 14 * k) for k in range(3))):
        sheet.text(40, top, row[0])
        sheet.middle(200, top, row[1]) if top == 62 else sheet.right(235, top, row[1])
        sheet.right(360, top, row[2])
    sheet.across(76, 40, 400)
    sheet.across(124, 40, 400)
    sheet.text(40, 130, "Pupils by the type of their school, 2008")
    found = tables(sheet)
    assert [len(table) for table in found] == [4]
    assert {len(row) for row in found[0]} == {3}


def test_words_over_figures_are_a_heading_without_a_rule():
    sheet = Sheet()
    rows = [("Region", "District", "Firms", "Staff"), *((("North", "", "South", "")[k], f"District {'ABAB'[k]}", figure(k + 1, 1), figure(k + 1, 3)) for k in range(4))]
    for k, row in enumerate(rows):
        sheet.text(40, 60 + 15 * k, row[0])
        sheet.text(148, 60 + 15 * k, row[1])
        for x, text in zip((333, 441), row[2:], strict=True):
            sheet.right(x, 60 + 15 * k, text) if k else sheet.middle(x - 20, 60, text)
    assert tables(sheet) == [[["".join(t.split()) for t in row] for row in rows]]


def test_headings_that_come_again_are_shared_out_among_those_above():
    sheet = Sheet()
    for text, x in (("Sector", 60), ("Public", 237), ("Private", 415)):
        sheet.middle(x, 60, text)
    for k, x in enumerate((232, 319, 405, 491)):
        sheet.right(x, 75, "Number" if k % 2 == 0 else "Share")
        for j, town in enumerate(TOWNS):
            sheet.text(40, 90 + 15 * j, town)
            sheet.right(x, 90 + 15 * j, figure(j + 1, k))
    (table,) = tables(sheet)
    assert table[:2] == [["Sector", "Public", "", "Private", ""], ["", *["Number", "Share"] * 2]]


def test_where_each_line_has_its_label_no_label_is_merged_over_two():
    sheet = Sheet()
    sheet.across(57, 40, 400)
    labels = ("Item", "Taxes", "Fees and charges", "Grants", "Rents", "Fees of other kinds", "Gifts")
    for k, label in enumerate(labels):
        sheet.text(40, 60 + 14 * k, label)
        for x, text in zip((260, 390), (figure(k, 1), figure(k, 2)) if k else ("Plan", "Actual"), strict=True):
            sheet.right(x, 60 + 14 * k, text)
        sheet.across(72 + 14 * k, 40 if k in (0, 6) else 160, 400)
    assert [row[0] for row in tables(sheet)[0]] == ["".join(label.split()) for label in labels]


@pytest.mark.parametrize(("lines", "joined"), [(((0, 11), (20.5, 45)), False), (((0, 8), (11, 19), (22, 30)), True), (((0, 4), (9, 13), (18, 22)), True)])
def test_pieces_of_a_rule_as_long_as_the_white_between_them_are_several(lines: tuple[tuple[float, float], ...], joined: bool):
    lo, hi = np.array(lines, dtype=float).T
    assert (len(pieces_to_edges(np.full(len(lo), 5.0), lo, hi, 10.0)) == 1) is joined


def test_the_dash_between_two_dates_parts_no_columns():
    sheet = Sheet()
    for k, label in enumerate(("2006 - Q1 2010", "2009 - Q4 2009", "2009", "2010", "2011")):
        at = 40.0
        for word in label.split():
            at = sheet.text(at, 75 + 15 * k, word) + 3
        for j in range(4):
            sheet.right(240 + 60 * j, 75 + 15 * k, figure(k + 1, j))
    for j in range(4):
        sheet.middle(230 + 60 * j, 60, TOWNS[j])
    sheet.text(40, 60, "Difference to the first")
    sheet.across(72, 40, 430)
    assert {len(row) for table in tables(sheet) for row in table} == {5}


def test_bullets_before_prose_with_wide_spaces_are_no_table():
    sheet = Sheet()
    for k, mark in enumerate("xx x x".replace(" ", "-")):
        if mark == "x":
            sheet.text(40, 60 + 14 * k, "\u2022")
        sheet.text(60, 60 + 14 * k, "launched the new communities of"[: 31 - k])
        sheet.text(260, 60 + 14 * k, "towns are able to share the data"[: 32 - k])
    assert tables(sheet) == []


def test_the_last_line_of_prose_is_no_part_of_the_heading_below_it():
    sheet = Sheet()
    for k, line in enumerate(("Compared cases energy rates in programme from services during the year", "with the health energy units in estimates, two units reported, which has", "between rates")):
        sheet.text(40, 40 + 12 * k, line)
    rows = [("Code", "Office", "Code", "Office"), *((f"0{k + 1}", TOWNS[k], f"0{k + 4}", TOWNS[k + 3]) for k in range(3))]
    for k, row in enumerate(rows):
        for x, text in zip((40, 120, 220, 300), row, strict=True):
            sheet.text(x, 82 + 14 * k, text)
    sheet.across(94, 40, 390)
    assert tables(sheet) == [[list(row) for row in rows]]


def test_painted_rows_between_two_rules_down_the_page_keep_their_columns():
    sheet = Sheet()
    for x, year in ((220, "2009"), (370, "2010")):
        sheet.middle(x, 62, year)
    for k in range(6):
        sheet.right(180 + 50 * k, 76, ("Oct", "Nov", "Dec", "Jan", "Feb", "Mar")[k])
    sheet.text(40, 76, "Product")
    for j in range(4):
        sheet.text(40, 92 + 14 * j, TOWNS[j])
        if j % 2:
            sheet.fills.append((38, 90 + 14 * j, 440, 104 + 14 * j, 0.9))
        for k in range(6):
            sheet.right(180 + 50 * k, 92 + 14 * j, figure(j + 1, k))
    for y in (60, 90, 146):
        sheet.across(y, 38, 440)
    for x in (140, 292):
        sheet.down(x, 60, 146)
    (table,) = tables(sheet)
    assert table[-4:] == [[TOWNS[j], *(figure(j + 1, k) for k in range(6))] for j in range(4)]
