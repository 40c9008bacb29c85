"""Where the characters of a value stand: line by line, whichever of several, over two cells and two pages; never a guess."""

from __future__ import annotations

from subsidy_extract.model import Cell, Column, ColumnCell, Piece, Place
from subsidy_extract.report.html.ink import Ink

SIZE = 10.0


def written(*lines: tuple[str, float, float]) -> tuple[list[str], list[float]]:
    """Lines (text, x, y) as glyphs of ten points each, in a mixed-up order of drawing."""
    glyphs = [(c, x + SIZE * i, y) for text, x, y in lines for i, c in enumerate(text)]
    glyphs = glyphs[1::2] + glyphs[0::2]
    return [g[0] for g in glyphs], [v for _, x, y in glyphs for v in (x, y, x + SIZE, y + SIZE)]


def column(text: str, *places: Place) -> Column:
    return Column(text, (ColumnCell("問合せ", Cell(text, tuple(Piece(text, p) for p in places))),), (0,))


CELL = Place(1, (100, 100, 200, 140))


def test_one_line() -> None:
    ink = Ink({1: written(("商工課0993", 100, 100), ("別のセル", 300, 100))})
    assert ink.under(column("商工課0993", CELL), 3, 7) == [[1, 130, 100, 40, 10]]


def test_a_value_that_was_wrapped_has_a_box_a_line() -> None:
    ink = Ink({1: written(("電話09", 100, 100), ("93-23", 100, 115))})
    assert ink.under(column("電話0993-23", CELL), 2, 9) == [[1, 120, 100, 20, 10], [1, 100, 115, 50, 10]]


def test_spaces_of_the_text_are_not_on_the_page() -> None:
    ink = Ink({1: written(("電話099", 100, 100))})
    assert ink.under(column("電話 099", CELL), 3, 6) == [[1, 120, 100, 30, 10]]


def test_which_of_two() -> None:
    ink = Ink({1: written(("50万円と50万円", 100, 100))})
    assert ink.under(column("50万円と50万円", CELL), 5, 9) == [[1, 150, 100, 40, 10]]
    marked = Ink({1: written(("※50万円と50万円", 100, 100))})  # a sign that the text does not have
    assert marked.under(column("50万円と50万円", CELL), 5, 9) == [[1, 160, 100, 40, 10]]


def test_a_cell_over_two_pages() -> None:
    below = Place(2, (100, 20, 200, 40))
    ink = Ink({1: written(("電話09", 100, 100)), 2: written(("93-23", 100, 25))})
    assert ink.under(column("電話0993-23", CELL, below), 2, 9) == [[1, 120, 100, 20, 10], [2, 100, 25, 50, 10]]


def test_what_cannot_be_told_is_not_shown() -> None:
    ink = Ink({1: written(("商工課", 100, 100))})
    assert ink.under(column("農政課", CELL), 0, 3) == []
    assert ink.under(column("商工課", Place(2, (100, 100, 200, 140))), 0, 3) == []
    assert ink.under(column("商工課", Place(line=3)), 0, 3) == []
    assert ink.under(column("商工課", CELL), 1, 1) == []
    assert Ink({1: (["a"], [0.0])}).under(column("a", CELL), 0, 1) == []
