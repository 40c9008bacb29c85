"""Tables of words, tables of few rows, labels wrapped closer than rows: what shown pages with other content in them told."""

from __future__ import annotations

from tests.read.pdf.grid.sheet import Sheet, tables

WORDS = [
    ["North", "", "", ""],
    ["Ashford", "partly", "county", "better"],
    ["Brindlemoor and", "always", "states", "poorer"],
    ["Cray", "seldom", "county", "poorer"],
    ["South", "", "", ""],
    ["Dunmere Parishes", "always", "estate", "better"],
    ["Eastholm", "partly", "states", "steady"],
    ["Fenwick and Lyng", "seldom", "", "steady"],
    ["Garth Hollow", "seldom", "estate", "better"],
    ["Hale", "always", "states", "poorer"],
]
HEADING = ["Place", "Inspected", "Funding", "Outcome"]


def plain(rows: list[list[str]]) -> list[list[str]]:
    """As `tables` writes them: without white space."""
    return [["".join(cell.split()) for cell in row] for row in rows]


def line(sheet: Sheet, y: float, row: list[str]) -> None:
    for x, text in zip((60, 160, 215, 260), row, strict=True):
        sheet.text(x, y, text)


def test_single_words_below_single_words_are_rows():
    sheet = Sheet()
    sheet.across(58, 56, 320)
    line(sheet, 60, HEADING)
    sheet.across(73, 56, 320)
    for k, row in enumerate(WORDS):
        line(sheet, 76 + 11.5 * k, row)
    assert tables(sheet) == [plain([HEADING, *WORDS])]


def test_single_words_are_rows_below_a_heading_that_looks_like_them():
    sheet = Sheet()
    for k, row in enumerate([HEADING, *WORDS]):
        line(sheet, 60 + 11.5 * k, ["n/a" if text == "partly" else text for text in row])
    assert tables(sheet) == [[["n/a" if text == "partly" else text for text in row] for row in plain([HEADING, *WORDS])]]


def test_single_words_are_rows_where_groups_stand_apart():
    sheet, y = Sheet(), 76.0
    sheet.across(58, 56, 320)
    line(sheet, 60, HEADING)
    sheet.across(73, 56, 320)
    for k, row in enumerate(WORDS):
        line(sheet, y, row)
        y += 11.5 if k not in (3, 7) else 19.0
    assert tables(sheet) == [plain([HEADING, *WORDS])]


def test_a_title_and_a_note_in_the_frame_of_one_row():
    sheet = Sheet()
    for y in (58, 90, 110, 130, 150):
        sheet.across(y, 56, 320)
    for x in (56, 320):
        sheet.down(x, 58, 150)
    for x in (150, 230):
        sheet.down(x, 90, 130)
    sheet.middle(188, 68, "Exhibit 7. Harbours by size")
    for x, head, cell in ((60, "Harbour", "Cray"), (160, "Berths", "14"), (240, "Quays", "3")):
        sheet.text(x, 95, head)
        sheet.text(x, 115, cell)
    sheet.text(60, 135, "Note: without private ones.")
    assert tables(sheet) == [[["Harbour", "Berths", "Quays"], ["Cray", "14", "3"]]]


def test_a_few_labels_wrapped_closer_than_the_rows():
    """Most steps are those from figure to figure, one is wider: neither is the one between the lines of a label."""
    sheet, y = Sheet(), 76.0
    xs = tuple(range(170, 530, 40))
    want = [["Group", *(f"Sum {c}" for c in "ABCDEFGHI")]]
    for x, text in zip((60, *xs), want[0], strict=True):
        sheet.text(x, 60, text)
    for g, group in enumerate(("Sex", "Origin", "Region", "Income")):
        sheet.text(60, y, group)
        want.append([group, *[""] * 9])
        for k, label in enumerate(("Black,\nother persons", "White,\nother persons", "Ashford")):
            y += 12.8
            figures = [str((7 * g + 5 * k + c * c) * 13 % 97) for c in range(9)]
            for x, text in zip(xs, figures, strict=True):
                sheet.text(x, y, text)
            for n, part in enumerate(label.split("\n")):
                y += 9.0 * n
                sheet.text(60, y, part)
            want.append([label, *figures])
        y += 12.8
    for x, text in zip((60, *xs), ["Total", *["99"] * 9], strict=True):
        sheet.text(x, y + 3, text)
    want.append(["Total", *["99"] * 9])
    assert tables(sheet) == [plain(want)]
