"""The colours rows are painted with."""

from __future__ import annotations

import numpy as np
import pytest

from subsidy_extract.read.pdf.grid.shades import grid_with_bands
from subsidy_extract.read.pdf.nouns import Fills, Grid

GRID = Grid((0.0, 100.0, 200.0), (0.0, 20.0, 40.0, 60.0, 80.0), (), True)


def fills(*boxes: tuple[float, float, float, float, float]) -> Fills:
    made = np.array(boxes, float).reshape(-1, 5)
    return Fills(*made[:, :4].T, np.repeat(made[:, 4:], 3, axis=1))


def colours(painted: Fills) -> list[bool]:
    return [bool(colour) for _, _, colour in grid_with_bands(GRID, painted).bands]


@pytest.mark.parametrize(
    ("painted", "want"),
    [
        (fills(), []),
        (fills((0, 0, 200, 20, 0.8)), []),  # the heading alone
        (fills((0, 20, 200, 40, 0.9), (0, 60, 200, 80, 0.9)), [False, True, False, True]),
        (fills((0, 20, 100, 40, 0.9), (100, 20, 200, 40, 0.9)), [False, True, False, False]),  # cell by cell
        (fills((0, 20, 60, 40, 0.9)), [False, False, False, False]),  # one cell
        (fills((0, 0, 200, 80, 0.9), (0, 20, 200, 40, 1.0)), [True, False, True, True]),  # white over it
    ],
)
def test_what_rows_are_painted_with(painted: Fills, want: list[bool]) -> None:
    assert colours(painted) == want
