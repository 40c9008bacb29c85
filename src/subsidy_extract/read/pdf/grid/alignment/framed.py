"""Grids told by alignment, and the rules of one extent they stand between → the grids with the rows of these rules that the
lines of the page were not seen to be part of a table in: texts in the middle of their rows' heights stand on no common lines.
Frames one below the other hold tables of their own."""

from __future__ import annotations

import numpy as np

from subsidy_extract.read.pdf.grid.alignment.aligned import words_to_grids
from subsidy_extract.read.pdf.grid.edges import SAME, Edges, Ints
from subsidy_extract.read.pdf.grid.regions.runs import edges_to_frames
from subsidy_extract.read.pdf.grid.words import Words, words_to_chunks
from subsidy_extract.read.pdf.nouns import Floats, Grid

ABOVE = 1.5  # of the font size: a heading stands no further above the first rule
SIDE = 3.0  # font sizes: the side of a frame is longer
MOVED = 1.5  # of the font size: columns of one table are told in the same places


def words_beside_frames(words: Words, h: Edges, v: Edges, size: float) -> list[Ints]:
    """Words, and the rules of the page (no shades) → the indices of those that stand together: what stands between the
    bottom of one frame and the top of the next is part of neither. A frame has a rule over its whole width where its two
    sides end, or begin."""
    sides = v.take(v.hi - v.lo > SIDE * size)
    if len(sides) < 4 or len(h) < 2:
        return [np.arange(len(words), dtype=np.intp)]

    def ends(at: float, lo: float, hi: float, end: Floats) -> bool:
        there = np.abs(end - at) <= SAME * size
        return bool((there & (np.abs(sides.at - lo) <= SAME * size)).any() and (there & (np.abs(sides.at - hi) <= SAME * size)).any())

    wide = [(float(a), float(b), float(c)) for a, b, c in zip(h.at, h.lo, h.hi, strict=True) if c - b > 2 * SIDE * size]
    tops = sorted(e[0] for e in wide if ends(*e, sides.lo))
    cuts: list[float] = []
    for bottom in sorted({e[0] for e in wide if tops and ends(*e, sides.hi)}):
        top = next((t for t in tops if t > bottom + size), None)
        if top is not None and not ((sides.lo < top - size) & (sides.hi > bottom + size)).any():
            cuts += (bottom, top)
    of = np.searchsorted(np.array(cuts), words.y)
    return [np.flatnonzero(of == k) for k in np.unique(of).tolist()]


def grids_in_frames(grids: list[Grid], words: Words, h: Edges, v: Edges, size: float) -> list[Grid]:
    """grids: those found among `words`; h, v: the edges to read them by. Where a grid has the width of rules that
    go on above or below it, round more words, or a line of headings stands on them, all of it is read again; that holds
    where it gives the columns that the grid has."""
    if not grids:
        return grids
    for top, bottom, lo, hi in edges_to_frames(h, size):
        mine = [g for g in grids if g.ys[0] < bottom and g.ys[-1] > top]
        wide = max(mine, key=lambda g: g.ys[-1] - g.ys[0], default=None)
        if wide is None or wide.ruled or abs(wide.xs[0] - lo) > size or abs(wide.xs[-1] - hi) > size:
            continue
        begin, heading = heading_above(words, top, wide, size)
        among = (words.y > top) & (words.y < bottom) & ((words.y < wide.ys[0]) | (words.y > wide.ys[-1]))
        if not (among.any() or (heading and wide.ys[0] > begin + 0.5 * size)) or run_across(words.take(among), wide, size):
            continue
        inside = (words.y > min(begin, *(g.ys[0] for g in mine))) & (words.y < max(bottom, *(g.ys[-1] for g in mine)))
        inside |= np.isin(words.line, np.unique(words.line[inside]))
        again = words_to_grids(words.take(inside), h, v, size)
        if len(again) == 1 and not ((words.y > again[0].ys[-1]) & (words.y < bottom - size)).any() and again[0].ys[0] < (begin if heading else top) + size and same_columns(again[0], wide, size):
            grids = [*(g for g in grids if g not in mine), again[0]]
    return grids


def heading_above(words: Words, top: float, grid: Grid, size: float) -> tuple[float, bool]:
    """Where the line right above the first rule begins, points, and whether its texts stand in several of the columns."""
    near = (words.bottom <= top) & (words.bottom > top - ABOVE * size)
    if not near.any():
        return top, False
    near = words.line == words.line[near].max()
    column = np.searchsorted(grid.xs[1:-1], (words.x0[near] + words.x1[near]) / 2)
    inner = np.array(grid.xs[1:-1])
    across = ((words.x0[near][:, None] < inner) & (words.x1[near][:, None] > inner)).any()
    return float(words.top[near].min()), bool(not across and len(np.unique(column)) > 1)


def run_across(words: Words, grid: Grid, size: float) -> bool:
    """Whether most of these texts run over the white between columns: prose, between a rule under a title and the table's."""
    if not len(words):
        return False
    first = np.flatnonzero(np.diff(words_to_chunks(words, size), prepend=-1))
    x0, x1, inner = words.x0[first], np.maximum.reduceat(words.x1, first), np.array(grid.xs[1:-1])
    across = ((x0[:, None] < inner) & (x1[:, None] > inner)).any(axis=1)
    return 2 * int(across.sum()) > len(first)


def same_columns(a: Grid, b: Grid, size: float) -> bool:
    return len(a.xs) == len(b.xs) and all(abs(p - q) <= MOVED * size for p, q in zip(a.xs, b.xs, strict=True))
