"""A heading that stands right above the rules of its table joins it: a text over each column, none across a rule."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from subsidy_extract.read.pdf.grid.alignment.depth import YEARS
from subsidy_extract.read.pdf.grid.edges import Edges, Ints
from subsidy_extract.read.pdf.grid.shades import PAPER
from subsidy_extract.read.pdf.grid.values import is_value
from subsidy_extract.read.pdf.grid.words import Words, words_to_chunks
from subsidy_extract.read.pdf.nouns import Fills, Grid, GridBox

NEAR = 0.8  # of the font size: white between the heading and the first rule, and between lines of the heading
LINES = 3  # of such a heading
MOST = 0.75  # of the columns have a heading
COLUMNS = 3  # at least: over two, any two texts may stand by chance
APART = 1.0  # of the font size: texts over two columns
IN_LINE = 0.15  # of the font size: two texts begin in one place
WIDE = 0.9  # of the width of the table: a rule or a shade over the heading runs over so much of it


def grid_with_heading_above(grid: Grid, free: Words, inner: Words, h: Edges, fills: Fills, size: float) -> Grid:
    """A ruled grid, the words outside every table and those in this one, the horizontal rules and the shades of the page →
    the grid with a row more on top, where headings stand right above it: over a first row of figures, or of texts that
    begin where those above them do, or in a band of their own between two rules or in one shade (rules down the page that
    begin below the heading)."""
    n = len(grid.xs) - 1
    above = (free.bottom <= grid.ys[0] + 0.3 * size) & (free.top > grid.ys[0] - (LINES + 1) * 1.5 * size)
    if n < COLUMNS or not above.any():
        return grid
    if not (_begins_with_figures(grid, inner) or _stands_in_line(grid, free, inner, above, size)):
        if (band := _band_above(grid, h, fills, size)) is None:
            return grid
        free, above = free.take(free.y > band), above[free.y > band]
    column = np.searchsorted(grid.xs, (free.x0 + free.x1) / 2) - 1
    bounds = np.array(grid.xs)
    held = (column >= 0) & (column < n)
    held[held] &= (free.x0[held] >= bounds[column[held]] - 0.3 * size) & (free.x1[held] <= bounds[column[held] + 1] + 0.3 * size)
    chunk = words_to_chunks(free, APART * size)
    top = grid.ys[0]
    lines: list[Ints] = []
    for line in np.unique(free.line[above])[::-1].tolist():
        mine = np.flatnonzero(free.line == line)
        if float(free.bottom[mine].max()) < top - NEAR * size:
            break
        apart = column[mine[1:]] != column[mine[:-1]]
        joined = bool((apart & (chunk[mine[1:]] == chunk[mine[:-1]])).any())
        if not held[mine].all() or joined or len(lines) == LINES or any(is_value(free.text[k]) and not YEARS.fullmatch(free.text[k]) for k in mine.tolist()):
            return grid  # prose, or more than a heading
        lines.append(mine)
        top = float(free.top[mine].min())
    if not lines or len(np.unique(column[np.concatenate(lines)])) < max(COLUMNS - 1, MOST * n) or len(np.unique(column[lines[0]])) < 2:
        return grid
    added = [GridBox(0, c, 1, 1, (grid.xs[c], top - 0.1 * size, grid.xs[c + 1], grid.ys[0])) for c in range(n)]
    boxes = (*added, *(replace(b, row=b.row + 1) for b in grid.boxes))
    return replace(grid, ys=(top - 0.1 * size, *grid.ys), boxes=boxes, open_top=False)


def _band_above(grid: Grid, h: Edges, fills: Fills, size: float) -> float | None:
    """Where the band that stands on a table begins: at the next rule above it, as wide as the table, or at the upper edge of
    shades that are so wide together; None where nothing bounds it or it is higher than a heading."""
    x0, x1, bottom = grid.xs[0], grid.xs[-1], grid.ys[0]
    highest = bottom - LINES * 1.5 * size
    over = (h.at < bottom - 0.8 * size) & (h.at > highest)
    tops = [(float(at), float(lo), float(hi)) for at, lo, hi in zip(h.at[over], h.lo[over], h.hi[over], strict=True)]
    on = (np.abs(fills.bottom - bottom) < 0.3 * size) & (fills.top < bottom - 0.8 * size) & (fills.top > highest) & (fills.rgb.min(axis=1, initial=1.0) < PAPER)
    tops += zip(fills.top[on].tolist(), fills.x0[on].tolist(), fills.x1[on].tolist(), strict=True)
    for top, *_ in sorted(tops, reverse=True):
        wide = sum(max(0.0, min(hi, x1) - max(lo, x0)) for at, lo, hi in tops if abs(at - top) < 0.15 * size)
        if wide >= WIDE * (x1 - x0):
            return top
    return None


def _begins_with_figures(grid: Grid, inner: Words) -> bool:
    """Whether a box of one column in the first row has nothing but a number, other than a year."""
    first = (inner.y > grid.ys[0]) & (inner.y < grid.ys[1])
    column = np.searchsorted(grid.xs, (inner.x0 + inner.x1) / 2) - 1
    for b in grid.boxes:
        texts = [inner.text[k] for k in np.flatnonzero(first & (column == b.col)).tolist()] if not b.row and b.col_span == 1 == b.row_span else []
        if texts and all(is_value(t) and t[:1].isdigit() and not YEARS.fullmatch(t) for t in texts):
            return True
    return False


def _stands_in_line(grid: Grid, free: Words, inner: Words, above: np.ndarray[tuple[int], np.dtype[np.bool_]], size: float) -> bool:
    """Whether the nearest line above has one text in each column, and it begins where the first row's text in it begins."""
    line = np.flatnonzero(free.line == free.line[np.flatnonzero(above)[-1]])
    first = np.flatnonzero((inner.y > grid.ys[0]) & (inner.y < grid.ys[1]))
    heads, texts = (_begins(grid, words, rows) for words, rows in ((free, line), (inner, first)))
    return bool(np.isfinite(heads).all()) and int((np.abs(heads - texts) <= IN_LINE * size).sum()) >= len(heads) - 1


def _begins(grid: Grid, words: Words, rows: Ints) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Where the text in each column begins; infinite where it has none."""
    out = np.full(len(grid.xs) - 1, np.inf)
    column = np.clip(np.searchsorted(grid.xs, (words.x0[rows] + words.x1[rows]) / 2) - 1, 0, len(out) - 1)
    np.minimum.at(out, column, words.x0[rows])
    return out
