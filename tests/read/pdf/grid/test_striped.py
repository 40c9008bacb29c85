"""Stripes, each ruled for itself in the colour of the paper; headings of a ruled body without rules of their own."""

import pytest

from .sheet import Sheet, tables

XS = (40.0, 140.0, 210.0, 280.0)
ROWS = [["Town", "Wells", "Depth"], ["Alder", "12", "140"], ["Birch", "7", "88"], ["Cedar", "31", "205"], ["Elm", "4", "64"], ["Fir", "19", "90"]]


def striped(step: float, texts: list[list[str]] = ROWS) -> Sheet:
    sheet = Sheet()
    for r, row in enumerate(texts):
        top = 100 + step * r
        if r % 2 == 0:
            for y in (top, top + 16):
                sheet.across(y, XS[0], XS[-1])
            for x in XS:
                sheet.down(x, top, top + 16)
        for x, text in zip(XS, row, strict=False):
            sheet.text(x + 4, top + 3, text)
    return sheet


def test_stripes_ruled_one_by_one_are_one_table():
    assert tables(striped(16)) == [ROWS]


def test_the_last_row_may_be_bare_or_not():
    assert tables(striped(16, ROWS[:-1])) == [ROWS[:-1]]


def test_rows_ruled_far_apart_are_no_stripes():
    assert len(tables(striped(60))) != 1


@pytest.mark.parametrize("across", [False, True])
def test_a_heading_without_rules_over_a_ruled_body(across: bool):
    sheet = Sheet()
    head = ["Goal", "Measure", "FY 2006"] if not across else ["Results of the whole year", "", ""]
    for y in (100, 128, 144, 160, 176):
        sheet.across(y, XS[0], XS[-1])
    for x in XS:
        sheet.down(x, 100 if x in (XS[0], XS[-1]) else 128, 176)
    sheet.text(XS[0] + 4, 109, head[0])
    sheet.text(XS[1] + 4, 109, head[1])
    if not across:
        sheet.text(XS[2] + 4, 102, "FY")
        sheet.text(XS[2] + 4, 114, "2006")
    for r, row in enumerate(ROWS[1:4]):
        for x, text in zip(XS, row, strict=False):
            sheet.text(x + 4, 131 + 16 * r, text)
    (rows,) = tables(sheet)
    assert rows == [[t.replace(" ", "") for t in head], *ROWS[1:4]]


def test_a_unit_for_several_columns_beside_one_of_its_own():
    sheet = Sheet()
    for x, text in zip((200, 270, 340, 410, 480), ("Crops", "Imports", "Exports", "Stocks", "Share"), strict=True):
        sheet.middle(x, 60, text)
    sheet.middle(305, 74, "(thousand tonnes)")
    sheet.middle(480, 74, "(%)")
    sheet.across(56, 40, 510)
    sheet.across(88, 40, 510)
    body = [["Wheat", "310", "41", "12", "7", "40"], ["Barley", "120", "24", "19", "8", "22"], ["Oats", "77", "11", "8", "1", "31"], ["Rye", "52", "3", "1", "0", "9"]]
    for r, row in enumerate(body):
        sheet.text(40, 92 + 12 * r, row[0])
        for x, text in zip((210, 280, 350, 420, 488), row[1:], strict=True):
            sheet.right(x, 92 + 12 * r, text)
    sheet.across(142, 40, 510)
    (rows,) = tables(sheet)
    assert rows == [["", "Crops", "Imports", "Exports", "Stocks", "Share"], ["", "(thousandtonnes)", "", "", "", "(%)"], *body]


def test_a_label_in_two_lines_beside_a_band_of_two_rows():
    sheet = Sheet()
    heads = ("Answer", "", "Yes", "No")
    xs = (40, 100, 200, 250)
    for x, text in zip(xs, heads, strict=True):
        sheet.text(x, 60, text)
    for y in (56, 72):
        sheet.across(y, 38, 290)
    labels = [("Staff were", "helpful"), ("Easy to", "find"), ("Fees are", "fair")]
    for k, (one, two) in enumerate(labels):
        for j, (label, kind) in enumerate(((one, "Count"), (two, "Share"))):
            y = 76 + 24 * k + 12 * j
            sheet.text(40, y, label)
            sheet.text(100, y, kind)
            sheet.right(220, y, str(10 + 7 * k + j))
            sheet.right(270, y, str(31 + 5 * k + j))
        sheet.across(99 + 24 * k, 96, 290)
    (rows,) = tables(sheet)
    assert [r[0] for r in rows[1:]] == ["Staffwerehelpful", "", "Easytofind", "", "Feesarefair", ""]
    assert [r[1] for r in rows[1:]] == ["Count", "Share"] * 3
