"""Tables whose cells and rows are painted: the colours part what the rules leave together."""

import itertools

import numpy as np

from subsidy_extract.read.pdf.grid.lattice.painted import has_bands, labels_to_banded, labels_to_painted
from subsidy_extract.read.pdf.grid.lattice.refine import Labels
from subsidy_extract.read.pdf.grid.words import glyphs_to_words
from subsidy_extract.read.pdf.nouns import Fills

from .sheet import Sheet, tables


def fills(*boxes):
    b = np.array([x[:4] for x in boxes], dtype=float).reshape(-1, 4)
    return Fills(b[:, 0], b[:, 1], b[:, 2], b[:, 3], np.array([[x[4]] * 3 for x in boxes], dtype=float).reshape(-1, 3))


XS, YS = np.array([0.0, 100.0, 200.0]), np.array([0.0, 20.0, 40.0, 60.0])
LABEL = np.array([[0, 1], [0, 3], [0, 5]])


def test_a_box_painted_in_two_colours_is_two():
    out = labels_to_painted(Labels(LABEL, XS, YS), fills((0, 0, 100, 20, 0.2)), 10.0)
    assert out.label.tolist() == [[0, 1], [2, 3], [2, 5]]


def test_a_box_of_one_colour_is_one():
    grid = Labels(LABEL, XS, YS)
    for painted in (fills(), fills((0, 0, 100, 60, 0.2)), fills((0, 0, 100, 20, 1.0)), fills((0, 0, 200, 60, 0.5), (100, 20, 200, 40, 0.9)), fills((30, 22, 70, 38, 0.3))):
        assert labels_to_painted(grid, painted, 10.0).label.tolist() == LABEL.tolist()


def test_a_painted_heading_is_a_row_without_its_rule():
    """The rule below it is missing; what is painted stands on rules elsewhere, or over a part of the width, parts nothing."""
    grid = Labels(np.arange(4).reshape(2, 2), XS, np.array([0.0, 40.0, 60.0]))
    sheet = Sheet()
    for y in (4, 24, 44):
        sheet.text(4, y, "事業")
        sheet.text(104, y, "対象")
    glyphs = sheet.page().glyphs
    words = glyphs_to_words(glyphs, np.ones(len(glyphs), dtype=bool))
    for painted in (fills((0, 0, 200, 20, 0.8)), fills((0, 0, 100, 20, 0.8), (100, 0, 200, 20, 0.7))):
        out = labels_to_banded(grid, painted, words, 10.0)
        assert out.ys.tolist() == [0.0, 20.0, 40.0, 60.0]
        assert out.label.tolist() == [[0, 1], [2, 3], [4, 5]]
    for painted in (fills(), fills((0, 0, 200, 20, 1.0)), fills((0, 0, 100, 20, 0.8)), fills((0, 0, 200, 40, 0.8)), fills((0, 0, 200, 9, 0.8)), fills((0, 0, 200, 20, 0.8), (0, 20, 200, 40, 0.9))):
        assert labels_to_banded(grid, painted, words, 10.0) is grid


def test_bands_in_a_lattice_without_rules_between_rows_are_no_missing_rules():
    grid = Labels(np.arange(4).reshape(2, 2), XS, np.array([0.0, 20.0, 140.0]))
    sheet = Sheet()
    for y in range(4, 140, 20):
        sheet.text(4, y, "事業")
        sheet.text(104, y, "対象")
    glyphs = sheet.page().glyphs
    words = glyphs_to_words(glyphs, np.ones(len(glyphs), dtype=bool))
    assert labels_to_banded(grid, fills((0, 40, 200, 60, 0.8), (0, 80, 200, 100, 0.8)), words, 10.0) is grid


def test_bands_of_a_box():
    box = (0.0, 0.0, 200.0, 100.0)
    zebra = [(0, 20, 100, 40, 0.8), (100, 20, 200, 40, 0.8), (0, 60, 200, 80, 0.8)]
    assert has_bands(box, fills(*zebra), 10.0)
    assert not has_bands(box, fills(), 10.0)
    assert not has_bands(box, fills((0, 0, 200, 100, 0.8)), 10.0)
    assert not has_bands(box, fills((10, 20, 60, 40, 0.8), (10, 60, 60, 80, 0.8)), 10.0)  # words painted over
    assert not has_bands(box, fills(*[(*b[:4], 1.0) for b in zebra]), 10.0)


TEXTS = [
    ("Training", ["Courses for farmers who", "take over a holding for", "the first time."], "Agency"),
    ("Advice", ["Visits to firms that have", "been refused a loan."], "Regions"),
    ("Broadband", ["Lines to districts without", "any, with their upkeep for", "five years."], "Ministry"),
]


def test_bands_beside_labels_that_are_not_painted():
    """A rule under the heading, one behind the first column, and every other row painted, the first column not."""
    sheet, y, want = Sheet(), 118.0, []
    for x, text in zip((54, 154, 344), ("Measure", "Description", "Lead"), strict=True):
        sheet.text(x, 103, text)
    want.append(["Measure", "Description", "Lead"])
    for k, (label, lines, lead) in enumerate(TEXTS):
        bottom = y + 12 * len(lines) + 2
        if k % 2 == 0:
            sheet.fills += [(150.0, y, 340.0, bottom, 0.85), (340.0, y, 440.0, bottom, 0.85)]
        sheet.text(54, y + 1, label)
        sheet.text(344, y + 1, lead)
        for i, text in enumerate(lines):
            sheet.text(154, y + 1 + 12 * i, text)
        want.append([label, "".join("".join(lines).split()), lead])
        y = bottom
    sheet.across(117, 50, 440, 2.0)
    sheet.across(y, 150, 440)
    for x in (150, 440):
        sheet.down(x, 117, y)
    assert tables(sheet) == [want]


def test_no_table_runs_over_another():
    """A line of headings above a ruled table, prose below it, and a table in the same columns after that."""
    sheet = Sheet()
    rows = [["North", "12", "34"], ["South", "56", "78"], ["Islands", "90", "11"]]
    ys = [100.0, 116.0, 132.0, 148.0]
    for r, row in enumerate(rows):
        for x, text in zip((54, 204, 304), row, strict=True):
            sheet.text(x, ys[r] + 3, text)
    for y in ys:
        sheet.across(y, 50, 400)
    for x in (50, 200, 300, 400):
        sheet.down(x, 100, 148)
    for x, text in zip((54, 204, 304), ("Region", "Firms", "Staff"), strict=True):
        sheet.text(x, 80, text)
    lower = [["Sector", "Firms", "Staff"], ["Mining", "3", "4"], ["Trade", "5", "6"], ["Other", "7", "8"]]
    for r, row in enumerate(lower):
        for x, text in zip((54, 204, 304), row, strict=True):
            sheet.text(x, 200 + 14 * r, text)
    for y in (197, 212, 256):
        sheet.across(y, 50, 400)
    found = tables(sheet)
    assert rows in found
    assert lower in found


def test_the_first_row_below_a_heading_of_two_levels_is_no_heading():
    """The lower level is painted over the figures' columns; a rule over all columns comes only below the first row."""
    sheet = Sheet()
    ends = (200.0, 270.0, 340.0, 410.0)
    sheet.across(99, 50, 412)
    sheet.text(52, 101, "Sector", 9)
    sheet.middle(220, 101, "Public", 9)
    sheet.middle(360, 101, "Private", 9)
    sheet.across(111, 150, 412)
    body = [["Education", "6,106", "37.2", "8,324", "10.7"], ["Health", "67", "43.7", "6,802", "54.5"], ["Transport", "5,820", "40.7", "5,799", "11.5"], ["Energy", "6,002", "46.5", "4,282", "17.2"], ["Other", "9,783", "28.3", "2,833", "14.2"]]
    for x, text in zip(ends, ("Number", "Share", "Number", "Share"), strict=True):
        sheet.right(x - 2, 113, text, 9)
    edges = (160.0, 204.0, 274.0, 344.0, 412.0)
    sheet.fills += [(a, 111.0, b, 123.0, 0.85) for a, b in itertools.pairwise(edges)]
    for k, row in enumerate(body):
        y = 125 + 12 * k
        if k % 2:
            sheet.fills.append((50.0, y - 2.0, 412.0, y + 10.0, 0.85))
        sheet.text(52, y, row[0], 9)
        for x, text in zip(ends, row[1:], strict=True):
            sheet.right(x - 2, y, text, 9)
    sheet.across(183, 50, 412)
    (rows,) = tables(sheet)
    assert rows[-5:] == body
    assert [t for row in rows[:-5] for t in row if t] == ["Sector", "Public", "Private", "Number", "Share", "Number", "Share"]
