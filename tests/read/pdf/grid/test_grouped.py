"""Rules that part groups of columns, in the heading and down the body: within each group the figures tell the columns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from subsidy_extract.read.pdf.grid.alignment.cuts import in_phrases
from subsidy_extract.read.pdf.grid.words import glyphs_to_words
from tests.read.pdf.grid.sheet import Sheet, tables

TOWNS = ["Total", "Arden", "Brook", "Crest", "Dale", "Elm", "Fern", "Glen", "Heath", "Isle", "Jay", "Kiln", "Lark", "Moor"]
EDGES = [40.0, 120.0, 250.0, 380.0, 510.0]


def close(sheet: Sheet, x: float, top: float, text: str) -> None:
    """A line that ends at x, its words as near as those of a proportional font."""
    for word in reversed(text.split()):
        sheet.right(x, top, word)
        x -= 5 * len(word) + 2.8


def figure(k: int, r: int, c: int) -> str:
    """Nothing that counts in even steps: that were a chart."""
    return f"{k + 1}{(37 * r * r + 41 * c + 7 * k) % 90 + 10}.5"


def grouped(towns: list[str] = TOWNS, figure: Callable[[int, int, int], str] = figure) -> Sheet:
    """A heading of two levels in boxes; below it one box for each group of two columns, its figures flush right."""
    sheet = Sheet()
    bottom = 140 + 13 * len(towns)
    for y in (100, 113, 138, bottom):
        sheet.across(y, EDGES[0] if y != 113 else EDGES[1], EDGES[-1])
    for x in EDGES[1:]:
        sheet.down(x, 100, bottom)
    sheet.text(45, 120, "Town")
    for k, name in enumerate(("Men", "Women", "Both")):
        left = EDGES[k + 1]
        sheet.middle(left + 65, 102, name)
        close(sheet, left + 75, 115, "Under 18")
        close(sheet, left + 75, 126, "years")
        close(sheet, left + 122, 115, "18 years")
        close(sheet, left + 122, 126, "and over")
    for r, town in enumerate(towns):
        sheet.text(45, 141 + 13 * r, town)
        for k in range(3):
            for c in range(2):
                sheet.right(EDGES[k + 1] + 75 + 47 * c, 141 + 13 * r, figure(k, r, c))
    return sheet


def test_figures_part_the_columns_of_a_group_that_rules_enclose() -> None:
    (found,) = tables(grouped())
    assert found[1][1:] == ["Under18years", "18yearsandover"] * 3
    assert found[2:] == [[town, *(figure(k, r, c) for k in range(3) for c in range(2))] for r, town in enumerate(TOWNS)]


def test_the_number_of_a_phrase_is_no_figure() -> None:
    sheet = Sheet()
    for k, (label, figure) in enumerate((("18 years", "18"), ("and over", "20"), ("Elm Moor", "22"))):
        sheet.text(45, 100 + 13 * k, label)
        sheet.text(145, 100 + 13 * k, figure)
    page = sheet.page()
    words = glyphs_to_words(page.glyphs, np.array([not t.isspace() for t in page.glyphs.text]))
    inside = in_phrases(words, 10.0)
    assert [t for t, told in zip(words.text, inside, strict=True) if t.isdigit() and told] == ["18"]


def test_where_alignment_sees_a_chart_the_rules_are_the_table() -> None:
    """Figures that count in even steps are the scale of a chart, where no rules stand around them."""
    found = tables(grouped(TOWNS[:8], lambda k, r, c: str(10 * (r + 1))))
    assert [(found[0][0], len(grid)) for grid in found] == [(["Town", "Men", "Women", "Both"], 10)]
