"""Filled rectangles become the edges of shaded areas: zebra rows, shaded headings, painted cells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf.grid.edges import NO_EDGES, SAME, Edges
from subsidy_extract.read.pdf.nouns import Fills, Floats, Grid, GridBox

Ints64 = NDArray[np.int64]
Bools = NDArray[np.bool_]

PAPER = 0.975  # a colour whose every part is at least this is paper
ABUT = 0.08  # of the font size: rectangles of one colour nearer than this are one area
BESIDE = 1.0  # of the font size: cells of a painted row are no further apart
SEVERAL = 3  # cells painted side by side are a row; one or two may be marked
PLACES = 5  # across a row, where its colour is looked at
MOST_NEAR = 2_000  # rectangles in a table: those of a chart or a picture of thousands say nothing of rows
MOST_ALIKE = 800  # rectangles of one colour: with more, which of them lie in others is not asked
MOST = 20_000  # rectangles: a page with more of them is a picture, not a table


def fills_to_edges(fills: Fills, width: float, height: float, size: float) -> tuple[Edges, Edges]:
    """Fills → (horizontal edges, vertical edges) of the areas they make; where two of one colour abut side by side there
    is a vertical edge, where one stands on the other there is none (a cell is often painted line by line). Vertical edges
    are those of painted rows: a cell or two that were marked part no columns."""
    wide, high = fills.x1 - fills.x0, fills.bottom - fills.top
    use = (fills.rgb.min(axis=1, initial=1.0) < PAPER) & (wide > size) & (high > 0.5 * size) & (wide * high < 0.7 * width * height)
    if not use.any() or use.sum() > MOST:
        return NO_EDGES, NO_EDGES
    rows = np.flatnonzero(use)
    boxes = np.column_stack((fills.x0, fills.top, fills.x1, fills.bottom))[rows]
    colour = _numbers(fills.rgb[rows])
    near = ABUT * size
    seen = ~_within(boxes, colour, near)
    boxes, colour = boxes[seen], colour[seen]
    rowed = in_painted_rows(boxes, size)
    h, v = _sides(boxes, colour, near)
    if not rowed.all():
        v = _sides(boxes[rowed], colour[rowed], near)[1] if rowed.any() else NO_EDGES
    return h, v


def in_painted_rows(boxes: Floats, size: float) -> Bools:
    """Which painted areas, (n, 4), stand in a row of several side by side with little white between them: they begin on
    one height, or end on one (cells of a heading of two levels do the one or the other)."""
    return _side_by_side(boxes, 1, size) | _side_by_side(boxes, 3, size)


def _side_by_side(boxes: Floats, end: int, size: float) -> Bools:
    step = SAME * size
    level = np.round(boxes[:, end] / step)
    order = np.lexsort((boxes[:, 0], level))
    b, at = boxes[order], level[order]
    gap = b[1:, 0] - b[:-1, 2]
    another = np.concatenate(([True], (at[1:] != at[:-1]) | (gap > BESIDE * size)))
    run = np.cumsum(another) - 1
    fresh = np.concatenate(([True], gap > -step)) | another  # not painted twice
    out = np.empty(len(boxes), dtype=bool)
    out[order] = np.bincount(run, weights=fresh)[run] >= SEVERAL
    return out


def _sides(boxes: Floats, colour: Ints64, near: float) -> tuple[Edges, Edges]:
    inner, boxes, colour = _joined(boxes, colour, 0, near)
    _, boxes, _ = _joined(boxes, colour, 1, near)
    h = np.vstack((boxes[:, [1, 0, 2]], boxes[:, [3, 0, 2]]))
    v = np.vstack((boxes[:, [0, 1, 3]], boxes[:, [2, 1, 3]], inner))
    return _edges(h), _edges(v)


def _within(boxes: Floats, colour: Ints64, near: float) -> Bools:
    """Which boxes lie wholly in an earlier one of their colour: a cell is painted, and each line of its text once more; their
    sides are not seen. `near` points as a tolerance."""
    order = np.argsort(colour, kind="stable")
    out = np.zeros(len(boxes), dtype=bool)
    for mine in np.split(order, np.flatnonzero(np.diff(colour[order])) + 1):
        if not 1 < len(mine) <= MOST_ALIKE:
            continue
        x0, top, x1, bottom = boxes[mine].T
        holds = (x0[:, None] <= x0 + near) & (x1[:, None] >= x1 - near) & (top[:, None] <= top + near) & (bottom[:, None] >= bottom - near)
        out[mine] = (holds & (mine[:, None] < mine)).any(axis=0)
    return out


def _numbers(rgb: Floats) -> Ints64:
    """A number for each colour, to a hundredth of its parts."""
    return np.asarray(np.round(rgb * 100).astype(np.int64) @ np.array([10_201, 101, 1]), np.int64)


def _edges(rows: Floats) -> Edges:
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    return Edges(rows[:, 0], rows[:, 1], rows[:, 2])


def _joined(boxes: Floats, colour: Ints64, axis: int, near: float) -> tuple[Floats, Floats, Ints64]:
    """Boxes of one colour and one extent across that abut along `axis` become one; also where they met: (at, lo, hi)."""
    along, across = axis, 1 - axis
    lo = np.round(boxes[:, across] / near)
    hi = np.round(boxes[:, across + 2] / near)
    order = np.lexsort((boxes[:, along], hi, lo, colour))
    b, k = boxes[order], np.column_stack((colour[order], lo[order], hi[order]))
    same = (k[1:] == k[:-1]).all(axis=1)
    reach = np.maximum.accumulate(b[:, along + 2])
    gap = b[1:, along] - b[:-1, along + 2]
    meets = same & (np.abs(gap) <= near)
    inside = same & (gap < -near)  # painted twice
    first = np.flatnonzero(np.concatenate(([True], ~(meets | inside))))
    met = np.column_stack((b[1:][meets][:, along], b[1:][meets][:, across], b[1:][meets][:, across + 2]))
    out = b[first].copy()
    del reach
    out[:, along + 2] = np.maximum.reduceat(b[:, along + 2], first)
    return met, out, colour[order][first]


def grid_with_bands(grid: Grid, fills: Fills) -> Grid:
    """The grid and the colour of each of its rows, where the page paints any but the first (the heading): what most of five
    places in it were last painted."""
    ys = np.array(grid.ys)
    dark = fills.rgb.min(axis=1, initial=1.0) < PAPER
    if not (dark & (fills.bottom > ys[min(1, len(ys) - 2)] + 1.0) & (fills.top < ys[-1])).any():
        return grid
    x = (grid.xs[0] + (grid.xs[-1] - grid.xs[0]) * (np.arange(PLACES) + 0.5) / PLACES)[:, None]
    near = np.flatnonzero((fills.bottom > ys[0]) & (fills.top < ys[-1]))[-MOST_NEAR:]
    y = ((ys[1:] + ys[:-1]) / 2)[:, None, None]
    over = (fills.x0[near] <= x) & (fills.x1[near] >= x) & (fills.top[near] <= y) & (fills.bottom[near] >= y)
    colour = np.where(dark[near], _numbers(fills.rgb[near]), 0)
    last = len(near) - 1 - over[:, :, ::-1].argmax(axis=2)
    bands = []
    for k, seen in enumerate(np.where(over.any(axis=2), colour[last], 0).tolist()):
        most = max(seen, key=seen.count)
        if seen.count(most) > PLACES // 2:
            bands.append((grid.ys[k], grid.ys[k + 1], int(most)))
    return replace(grid, bands=tuple(bands))


def grid_without_caption(grid: Grid, fills: Fills) -> Grid:
    """A ruled grid without its first row when that is a title set inside the frame: one box over the whole width, in the
    same shade as the heading below it, which the rows of the body do not have."""
    rows = [[b for b in grid.boxes if b.row == r] for r in range(3)]
    if len(grid.ys) < 4 or len(rows[0]) != 1 or rows[0][0].row_span != 1 or len(rows[1]) < 2 or not rows[2]:
        return grid
    shades = [{_shade_at(fills, b) for b in row} for row in rows]
    if len(shades[0]) != 1 or None in shades[0] or shades[1] != shades[0] or shades[0] & shades[2]:
        return grid
    boxes = tuple(replace(b, row=b.row - 1) for b in grid.boxes if b.row)
    return replace(grid, ys=grid.ys[1:], boxes=boxes)


def _shade_at(fills: Fills, box: GridBox) -> tuple[float, ...] | None:
    """The colour last painted behind the middle of a box; None for paper."""
    x, y = (box.bbox[0] + box.bbox[2]) / 2, (box.bbox[1] + box.bbox[3]) / 2
    over = np.flatnonzero((fills.x0 <= x) & (fills.x1 >= x) & (fills.top <= y) & (fills.bottom >= y))
    colour = tuple(np.round(fills.rgb[over[-1]], 2).tolist()) if len(over) else (1.0,)
    return None if min(colour) >= PAPER else colour
