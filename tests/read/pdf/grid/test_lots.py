"""Reports: a table over two columns of prose, rules between groups of columns only, columns and headings outside the rules."""

import itertools

from .sheet import Sheet, tables, wrap

WORDS = "the plans of all towns were looked at again and most of them had been kept while some few were given up later "


def test_a_table_over_the_whole_width_above_two_columns_of_prose():
    sheet = Sheet()
    xs = (160, 240, 335, 430, 540)
    rows = [["Works", "Sites", "Staff", "Funds", "Visits", "Cost"], ["Parks", "90", "773", "28,440", "5,425", "33.48"], ["Lakes", "50", "94", "82,307", "3,427", "5.97"], ["Roads", "70", "716", "46,697", "4,487", "55.84"]]
    for r, row in enumerate(rows):
        sheet.text(40, 60 + 14 * r, row[0])
        for x, text in zip(xs, row[1:], strict=True):
            sheet.right(x, 60 + 14 * r, text)
    for y in (58, 72, 116):
        sheet.across(y, 40, 545)
    for x in (40, 310):
        for k, line in enumerate(wrap(WORDS * 8, 10, 240)[:14]):
            sheet.text(x, 130 + 12 * k, line)
    assert tables(sheet) == [rows]


def test_rules_between_groups_of_columns_leave_their_columns_to_alignment():
    sheet = Sheet()
    rows = [["Court", "2007", "2008", "2009", "2007", "2008", "2009"], *([name, *(str(100 + 37 * r + 11 * c) for c in range(6))] for r, name in enumerate(("North", "South", "East", "West", "Isles", "Hills", "Coast", "Lakes")))]
    xs = (140, 190, 240, 310, 360, 410)
    sheet.middle(170, 60, "Cases filed")
    sheet.middle(340, 60, "Cases closed")
    for r, row in enumerate(rows):
        sheet.text(40, 74 + 14 * r, row[0])
        for x, text in zip(xs, row[1:], strict=True):
            sheet.right(x, 74 + 14 * r, text)
    sheet.across(72, 100, 420)
    sheet.across(87, 36, 420)
    for x in (100, 265):
        sheet.down(x, 56, 200)
    (got,) = tables(sheet)
    assert got == [["Court", "Casesfiled", "", "", "Casesclosed", "", ""], ["", *rows[0][1:]], *rows[1:]]


def test_numbers_with_their_errors_stand_one_to_a_row():
    sheet = Sheet()
    rows = [["Matter", "Inlet", "Outlet"], *([name, f"{k}4.{k} ± 2.{k}", f"{k}7.{k} ± 1.{k}"] for k, name in enumerate(("Tar", "aniline", "Soot", "Lime"), 1))]
    for r, row in enumerate(rows):
        for x, text in zip((40, 100, 170), row, strict=True):
            sheet.text(x, 60 + 12 * r, text)
    for y in (58, 71, 121):
        sheet.across(y, 38, 225)
    assert tables(sheet) == [[[t.replace(" ", "") for t in row] for row in rows]]


def boxed(sheet: Sheet, rows: list[list[str]], xs: tuple[float, ...], top: float) -> None:
    for r, row in enumerate(rows):
        for x, text in zip(xs, row, strict=False):
            sheet.text(x + 4, top + 3 + 16 * r, text)
    for k in range(len(rows) + 1):
        sheet.across(top + 16 * k, xs[0], xs[-1])
    for x in xs:
        sheet.down(x, top, top + 16 * len(rows))


ROWS = [["Alder", "wells", "open"], ["Birch", "springs", "shut"], ["Cedar", "lakes", "open"], ["Elm", "wells", "dry"]]


def test_a_heading_above_the_rules_over_columns_of_words():
    sheet = Sheet()
    xs = (40.0, 140.0, 240.0, 340.0)
    sheet.text(40, 60, "Table 4. What was found in the towns of the north")
    for x, text in zip(xs, ("Town", "Kind", "State"), strict=False):
        sheet.text(x + 4, 86, text)
    boxed(sheet, ROWS, xs, 99)
    assert tables(sheet) == [[["Town", "Kind", "State"], *ROWS]]


def test_a_column_far_outside_the_rules_with_a_text_in_each_row():
    for missing in (False, True):
        sheet = Sheet()
        xs = (40.0, 140.0, 240.0, 340.0)
        boxed(sheet, ROWS, xs, 99)
        for r in range(4 - missing):
            sheet.text(450, 102 + 16 * r, str(r + 1))
        assert (tables(sheet)[0] == [[*row, str(k)] for k, row in enumerate(ROWS, 1)]) is not missing


def test_sentences_between_two_tables_part_them():
    sheet = Sheet()
    y = itertools.count(60, 12)

    def line(first: str, *texts: str) -> None:
        at = next(y)
        sheet.text(40, at, first)
        for x, text in zip((300, 370), texts, strict=False):
            sheet.right(x, at, text)

    upper = [["Goods", "2005", "2006"], ["Tin", "12", "14"], ["Zinc", "8", "9"], ["Lead", "31", "30"]]
    lower = [["", "2006", "2007e"], ["Alder", "787", "141"], ["Birch", "85", "405"], ["Cedar", "626", "92"], ["Elm", "18", "77"]]
    for row in upper:
        line(*row)
    for text in ("Stockpile: none.", "World production:"):
        next(y)
        line(text)
    for row in lower:
        line(*row)
    assert tables(sheet) == [upper, lower]


def test_two_levels_of_headings_in_one_ruled_row():
    for lower in (("2007", "Rate"), ("Gold", "Cash")):
        sheet = Sheet()
        xs = ((130, 190), (250, 310))
        sheet.text(44, 66, "Town")
        for x, text, under in zip((160, 280), ("Payments", "Receipts"), (("2007", "Rate"), lower), strict=True):
            sheet.middle(x, 60, text)
            for at, t in zip((x - 30, x + 30), under, strict=True):
                sheet.middle(at, 73, t)
        body = [["Alder", "412", "4.1", "300", "2.2"], ["Birch", "218", "3.8", "107", "9.1"], ["Cedar", "770", "1.9", "555", "4.4"], ["Elm", "630", "2.6", "201", "7.0"]]
        for r, row in enumerate(body):
            sheet.text(44, 91 + 16 * r, row[0])
            for x, text in zip(itertools.chain(*xs), row[1:], strict=True):
                sheet.middle(x, 91 + 16 * r, text)
        for y in (56, 88, 104, 120, 136, 152):
            sheet.across(y, 40, 340)
        for x in (40, 100, 220, 340):
            sheet.down(x, 56, 152)
        (rows,) = tables(sheet)
        assert rows == [["Town", "Payments", "", "Receipts", ""], ["", "2007", "Rate", *lower], *body]


def test_a_chart_of_lines_with_names_below_its_axis_is_beside_the_table():
    sheet = Sheet()
    rows = [["Quarter", "Exports", "Imports"], *([f"Q{k}", str(20 + 7 * k * k % 31), str(31 + 5 * k * k % 17)] for k in range(1, 7))]
    for r, row in enumerate(rows):
        sheet.text(40, 60 + 14 * r, row[0])
        for x, text in zip((160, 230), row[1:], strict=True):
            sheet.right(x, 60 + 14 * r, text)
    sheet.text(340, 48, "Balance of trade")
    for k, text in enumerate(("10", "8", "6", "4", "2", "0")):
        sheet.right(310, 69 + 20 * k, text)
    for k in range(5):
        sheet.text(325 + 40 * k, 180, f"Q{k + 1}")
    assert tables(sheet) == [rows]


def test_two_lines_in_the_middle_of_the_whole_table_are_its_title():
    sheet = Sheet()
    rows = [["Account", "FY 2002", "FY 2003", "FY 2004"], ["Offices", "85,190", "67,865", "39,830"], ["Lakes", "69,841", "53,131", "89,372"], ["Grants", "84,713", "23,468", "36,567"]]
    sheet.middle(220, 60, "SUMMARY OF THE REQUEST")
    sheet.middle(220, 72, "(crowns in thousands)")
    for r, row in enumerate(rows):
        sheet.text(40, 86 + 13 * r, row[0])
        for x, text in zip((240, 320, 400), row[1:], strict=True):
            sheet.right(x, 86 + 13 * r, text)
    sheet.across(98, 40, 400)
    assert tables(sheet) == [[[t.replace(" ", "") for t in row] for row in rows]]
