"""Who sees what: colours, areas, twins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsidy_extract.read.pdf.engines import visible
from subsidy_extract.read.pdf.engines.display import Display

WHITE, BLACK, NAVY = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0), (0.0, 0.0, 0.4)


def test_the_colour_under_a_point_is_that_of_the_last_area_drawn_before_it() -> None:
    boxes = np.array([[0, 0, 100, 20], [50, 0, 100, 20]], float)
    rgb = np.array([NAVY, WHITE])
    drawn = np.array([1, 5])
    x, y = np.array([10.0, 60.0, 60.0, 200.0]), np.full(4, 10.0)
    under = visible.paper(x, y, np.array([3, 3, 9, 9]), boxes, rgb, drawn)
    assert under.tolist() == [list(NAVY), list(NAVY), list(WHITE), list(WHITE)]


def test_a_white_line_is_seen_between_shades_and_not_on_paper() -> None:
    areas = np.array([[0, 0, 100, 40]], float)
    grey = np.array([[0.8, 0.8, 0.8]])
    rules = np.array([[0, 19.5, 100, 20.5], [0, 99.5, 100, 100.5], [0, 60, 100, 60.5]], float)
    rgb = np.array([WHITE, WHITE, BLACK])
    seen = visible.seen_rules(rules, rgb, np.array([9, 9, 9]), areas, grey, np.array([1]))
    assert seen.tolist() == [True, False, True]


def test_patterns_look_like_nothing() -> None:
    assert not visible.alike(np.array([[np.nan] * 3]), np.array([[np.nan] * 3])).any()


def test_twins() -> None:
    # 補 twice 0.3 pt apart; two digits 1 beside each other; the same word in the next row
    number = np.array([1, 1, 2, 2, 1])
    x = np.array([50.0, 50.3, 80.0, 82.5, 50.0])
    y = np.array([10.0, 10.0, 10.0, 10.0, 24.0])
    assert visible.twins(number, x, y, np.full(5, 10.0)).tolist() == [False, True, False, False, False]


def test_twins_on_both_sides_of_a_square_are_found() -> None:
    rng = np.random.default_rng(7)
    x, y = rng.uniform(0, 500, 300), rng.uniform(0, 500, 300)
    number = np.arange(300)
    found = visible.twins(np.tile(number, 2), np.concatenate([x, x + 0.4]), np.concatenate([y, y - 0.4]), np.full(600, 9.0))
    assert found.sum() == 300
    assert found[300:].all()


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 60), st.integers(-30, 30)), max_size=60))
def test_twins_are_those_that_a_look_at_each_pair_finds(things: list[tuple[int, int, int]]) -> None:
    number, x, y = (np.array([t[k] for t in things], dtype=np.intp) for k in range(3))
    kept: list[tuple[int, int, int]] = []
    for n, a, b in things:
        if not any(n == m and abs(a - c) <= 2 and abs(b - d) <= 2 for m, c, d in kept):
            kept.append((n, a, b))
    found = visible.twins(number, x.astype(float), y.astype(float), np.full(len(things), 16.0))
    assert [t for t, again in zip(things, found, strict=True) if not again] == kept


PAGE = Display(0, 0, 100, 100, 0)


@pytest.mark.parametrize(
    ("glyphs", "picture", "outlines", "codes"),
    [
        (0, (0, 0, 100, 50), 0, ["picture_page"]),
        (12, (0, 0, 100, 60), 0, ["picture_page"]),
        (12, (0, 0, 10, 10), 400, ["picture_page"]),  # a page number below outlined text
        (12, (0, 0, 10, 10), 40, []),  # a logo of curves
        (400, (0, 60, 100, 100), 0, ["picture_beside"]),
        (400, (0, 0, 100, 100), 0, []),  # the ground of the page
        (400, (0, 0, 30, 30), 0, []),
    ],
)
def test_a_picture_where_words_would_be(glyphs: int, picture: tuple[float, ...], outlines: int, codes: list[str]) -> None:
    assert [d.code for d in visible.picture(1, PAGE, glyphs, np.array([picture], float), 3, outlines)] == codes
