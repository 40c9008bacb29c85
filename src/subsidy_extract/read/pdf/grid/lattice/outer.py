"""A column outside the outermost rule joins its table: its texts stand on the lines of the rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from subsidy_extract.read.pdf.grid.words import Words
from subsidy_extract.read.pdf.nouns import Grid, GridBox

BESIDE = 6.0  # font sizes: no further from the rule …
FAR = 15.0  # … or so far, where each row has a text there
MOST_ROWS = 0.7  # of the rows have a text there
LEAST = 4  # rows: in fewer, texts stand on one line by chance


def grid_with_outer_columns(grid: Grid, free: Words, inner: Words, size: float) -> Grid:
    """A ruled grid, the words outside every table and those in this one → the grid with the columns that stand on its
    left or right, told by their texts: one for nearly each row, on the line of the row's own text, in line with each
    other."""
    for side in (-1, 1):
        edge = grid.xs[0] if side < 0 else grid.xs[-1]
        mine = (free.y > grid.ys[0]) & (free.y < grid.ys[-1])
        mine &= (free.x1 <= edge + 0.3 * size) if side < 0 else (free.x0 >= edge - 0.3 * size)
        if mine.sum() < LEAST:
            continue
        reach = _column_beside(grid, free, np.flatnonzero(mine), inner, edge, side, size)
        if reach is not None:
            grid = _widened(grid, reach, side)
    return grid


def _column_beside(
    grid: Grid, free: Words, mine: np.ndarray[tuple[int], np.dtype[np.intp]], inner: Words, edge: float, side: int, size: float
) -> float | None:
    """Where a column beside the table ends, or None when there is none."""
    rows = np.searchsorted(grid.ys, free.y[mine]) - 1
    own = np.searchsorted(grid.ys, inner.y) - 1
    inside = (inner.x0 >= grid.xs[0]) & (inner.x1 <= grid.xs[-1])
    begins, ends, nearest, good = [], [], [], 0
    filled = set(own[inside & (own >= 0) & (own < len(grid.ys) - 1)].tolist())
    for row in np.unique(rows).tolist():
        words = mine[rows == row]
        lines = inner.y[inside & (own == row)]
        x0, x1 = float(free.x0[words].min()), float(free.x1[words].max())
        alone = float(np.ptp(free.y[words])) < 0.3 * size
        if alone and len(lines) and float(np.abs(lines - free.y[words][0]).min()) < 0.25 * size:
            good += 1
            begins.append(x0)
            ends.append(x1)
            nearest.append(edge - x1 if side < 0 else x0 - edge)
    if good < LEAST or good < MOST_ROWS * len(filled) or good < 0.9 * len(np.unique(rows)) or min(nearest) > (FAR if good == len(filled) == len(np.unique(rows)) else BESIDE) * size:
        return None
    in_line = max(
        float(np.mean(np.abs(np.array(at) - np.median(at)) < 0.4 * size)) for at in (begins, ends)
    )
    if in_line < MOST_ROWS:
        return None
    return min(begins) - 0.2 * size if side < 0 else max(ends) + 0.2 * size


def _widened(grid: Grid, reach: float, side: int) -> Grid:
    columns = len(grid.xs) - 1
    shift = 1 if side < 0 else 0
    x0, x1 = (reach, grid.xs[0]) if side < 0 else (grid.xs[-1], reach)
    added = [
        GridBox(r, 0 if side < 0 else columns, 1, 1, (x0, top, x1, bottom))
        for r, (top, bottom) in enumerate(zip(grid.ys, grid.ys[1:], strict=False))
    ]
    boxes = [replace(b, col=b.col + shift) for b in grid.boxes] + added
    xs = (reach, *grid.xs) if side < 0 else (*grid.xs, reach)
    return replace(grid, xs=xs, boxes=tuple(sorted(boxes, key=lambda b: (b.row, b.col))))
