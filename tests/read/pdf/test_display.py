"""User space → the page as displayed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsidy_extract.read.pdf.engines.display import IDENTITY, Display, extent, then

CROP = (10.0, 20.0, 110.0, 220.0)  # 100 wide, 200 high
# the lower left corner of the page, as displayed: x from the left, y from the top
LOWER_LEFT = {0: (0, 200), 1: (0, 0), 2: (100, 0), 3: (200, 100)}


@pytest.mark.parametrize(("quarter", "shown"), LOWER_LEFT.items())
def test_where_the_lower_left_corner_goes(quarter: int, shown: tuple[int, int]) -> None:
    display = Display(*CROP, quarter)
    x, y = display.points(10, 20)
    assert (float(x), float(y)) == shown
    assert (display.width, display.height) == ((100, 200) if quarter % 2 == 0 else (200, 100))


@pytest.mark.parametrize("quarter", range(4))
def test_the_whole_page_covers_the_whole_display(quarter: int) -> None:
    display = Display(*CROP, quarter)
    assert [float(v) for v in display.boxes(*CROP)] == [0, 0, display.width, display.height]


@pytest.mark.parametrize(("quarter", "advance"), [(0, (1, 0)), (1, (0, 1)), (2, (-1, 0)), (3, (0, -1))])
def test_text_that_reads_right_on_a_turned_page(quarter: int, advance: tuple[int, int]) -> None:
    display = Display(*CROP, quarter)
    a, b = advance
    assert display.reads_right(a, b)
    assert not display.reads_right(-a, -b)
    assert not display.reads_right(b, a)


@given(st.integers(0, 3), st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500)), min_size=1, max_size=5))
def test_distances_survive(quarter: int, points: list[tuple[float, float]]) -> None:
    xs, ys = np.array(points).T
    x, y = Display(*CROP, quarter).points(xs, ys)
    before = np.hypot(xs - xs[0], ys - ys[0])
    assert np.allclose(np.hypot(x - x[0], y - y[0]), before)


def test_matrices() -> None:
    move, double = (1.0, 0.0, 0.0, 1.0, 5.0, 7.0), (2.0, 0.0, 0.0, 2.0, 0.0, 0.0)
    assert then(move, double) == (2, 0, 0, 2, 10, 14)
    assert then(IDENTITY, move) == move
    assert extent((0.0, 1.0, -1.0, 0.0, 0.0, 0.0), 0, 0, 3, 1) == (-1, 0, 0, 3)
