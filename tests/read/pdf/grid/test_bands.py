"""The colours rows are painted with."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from subsidy_extract.read.pdf.grid.shades import grid_with_bands, in_painted_rows
from subsidy_extract.read.pdf.nouns import Fills, Grid
from tests.read.pdf.grid.sheet import Sheet, tables

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


@pytest.mark.parametrize("closed", [True, False])
def test_a_shaded_row_is_no_frame_of_the_row_below_it(closed: bool) -> None:
    """A Word table style: rules round the heading, every other row shaded; of this page's two rows the first."""
    sheet = Sheet()
    rows = [("補助金名", "対象者", "補助率", "問合せ先"), ("緑丘町販路拡大支援補助金", "町内の中小企業者等", "二分の一", "商工係"), ("青葉町空き店舗活用補助金", "町内に住所を有する方", "三分の二", "観光係")]
    for y, row in zip((60, 82, 202), rows, strict=True):
        for x, text in zip((40, 180, 320, 440), row, strict=True):
            for k in range(0, len(text), 2 if y > 60 else 9):
                sheet.text(x, y + 6 * k, text[k : k + (2 if y > 60 else 9)])
    sheet.across(56, 36, 560)
    sheet.across(76, 36, 560)
    sheet.fills.append((36, 76, 560, 196, 0.75))
    if closed:
        sheet.across(280, 36, 560)
    (read,) = tables(sheet)
    assert [row[0][:3] for row in read] == ["補助金", "緑丘町", "青葉町"]


ROWS = [("補助金名", "対象者", "上限額", "問合せ先"), ("緑丘町販路拡大支援補助金", "町内の中小企業者等で創業後三年未満の者", "50万円", "商工係"), ("青葉町空き店舗活用補助金", "町内に住所を有する方", "30万円", "観光係")]
EDGES = (36.0, 170.0, 310.0, 430.0, 560.0)


def open_sheet() -> Sheet:
    """Two rows with white between their columns and no rule."""
    sheet = Sheet()
    for y, row in zip((60, 86, 206), ROWS, strict=True):
        for x, text in zip((40, 180, 320, 440), row, strict=True):
            for k in range(0, len(text), 2 if y > 60 else 9):
                sheet.text(x, y + 12 * (k // 2), text[k : k + (2 if y > 60 else 9)])
    return sheet


@pytest.mark.parametrize(
    "marked",
    [
        [(170, 80, 310, 200)],
        [(170, 80, 310, 200), (430, 80, 560, 200)],
        [(170, 80, 310, 200), (310, 80, 430, 200)],
        [(36, 80, 170, 200), (310, 202, 430, 290)],
    ],
)
def test_a_marked_cell_says_nothing_of_the_columns_beside_it(marked: list[tuple[float, float, float, float]]) -> None:
    sheet = open_sheet()
    plain = tables(sheet)
    assert len(plain[0][0]) == 4
    sheet.fills += [(*box, 0.9) for box in marked]
    assert tables(sheet) == plain


def test_the_sides_of_a_painted_heading_part_columns() -> None:
    """The white between two columns may be too narrow to tell, the colour of their headings tells."""
    near = np.array([(a, 56, b - 2, 74) for a, b in itertools.pairwise(EDGES)], float)
    assert in_painted_rows(near, 10.0).all()
    assert not in_painted_rows(near[:2], 10.0).any()
    assert not in_painted_rows(near[[0, 2, 3]], 10.0).any()  # far apart
    assert not in_painted_rows(np.array([near[0], near[0], near[0]]), 10.0).any()  # painted again
