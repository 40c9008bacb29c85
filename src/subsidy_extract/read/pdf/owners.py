"""Glyphs and grids → which cell each glyph belongs to: by its place, and by the order of the stream where text overflows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf.nouns import Floats, Glyphs, Grid, GridBox

Ints = NDArray[np.intp]

TOUCHING = 0.25  # em: glyphs nearer than this are one run
STEADY = 0.06  # em: text drawn at one go keeps its gaps to this; the text of the next cell does not fall into step
EXACT = 0.02  # em: lines of one column begin as near to one edge
BEGIN = 3  # of them at least do, if any
HANGING = frozenset("、。，．）)」』】〕〉》］｝ー々ッャュョっゃゅょ")  # may not begin a line: programs let them hang over the edge
SAME_LINE = 0.3  # em: middles of glyphs nearer than this stand on one line


@dataclass(frozen=True, slots=True)
class Slots:
    """Every box of every grid of a page, numbered through. grid: the grid of each. first: number of each grid's first box."""

    boxes: tuple[GridBox, ...]
    grid: tuple[int, ...]
    ruled: tuple[bool, ...]


def grids_to_slots(grids: Sequence[Grid]) -> Slots:
    return Slots(
        tuple(b for g in grids for b in g.boxes),
        tuple(k for k, g in enumerate(grids) for _ in g.boxes),
        tuple(g.ruled for g in grids for _ in g.boxes),
    )


def points_to_slots(x: Floats, y: Floats, grids: Sequence[Grid]) -> Ints:
    """For each point the number of the box it lies in, -1 for none."""
    owner = np.full(len(x), -1, dtype=np.intp)
    first = 0
    for grid in grids:
        label = np.full((len(grid.ys) - 1, len(grid.xs) - 1), -1, dtype=np.intp)
        for k, b in enumerate(grid.boxes):
            label[b.row : b.row + b.row_span, b.col : b.col + b.col_span] = first + k
        col = np.searchsorted(grid.xs, x, side="right") - 1
        row = np.searchsorted(grid.ys, y, side="right") - 1
        inside = (col >= 0) & (col < label.shape[1]) & (row >= 0) & (row < label.shape[0]) & (owner < 0)
        owner[inside] = label[row[inside], col[inside]]
        first += len(grid.boxes)
    return owner


def glyphs_to_runs(g: Glyphs) -> Ints:
    """Where each run begins: glyphs that follow each other in the stream, side by side on one line (or one below the
    other for glyphs that do not stand upright)."""
    n = len(g)
    if n == 0:
        return np.zeros(0, dtype=np.intp)
    em = np.maximum(np.maximum(g.size[1:], g.size[:-1]), 0.1)
    y, x = (g.top + g.bottom) / 2, (g.x0 + g.x1) / 2
    level = np.abs(y[1:] - y[:-1]) < SAME_LINE * em
    gap = g.x0[1:] - g.x1[:-1]
    beside = level & (gap < TOUCHING * em) & (gap > -0.5 * em) & (x[1:] > x[:-1])
    turned = ~g.upright[1:] & ~g.upright[:-1]
    if turned.any():
        down, up = g.top[1:] - g.bottom[:-1], g.top[:-1] - g.bottom[1:]
        column = np.abs(x[1:] - x[:-1]) < SAME_LINE * em
        near = np.where(y[1:] > y[:-1], down, up)
        beside = np.where(turned, column & (near < TOUCHING * em) & (near > -0.5 * em), beside)
    linked = beside & (g.upright[1:] == g.upright[:-1])
    return np.concatenate(([0], np.flatnonzero(~linked) + 1)).astype(np.intp)


def settle_runs(g: Glyphs, ink: NDArray[np.bool_], starts: Ints, owner: Ints, slots: Slots) -> tuple[Ints, Ints]:
    """Runs over several cells → (starts, owner): cut where the cells part them, or given whole to the cell they overflow
    from. owner is per glyph; white space belongs where its neighbours do."""
    n = len(g)
    ends = np.append(starts[1:], n)
    lowest = np.where(ink, owner, np.iinfo(np.intp).max)
    highest = np.where(ink, owner, -2)
    several = np.minimum.reduceat(lowest, starts) < np.maximum.reduceat(highest, starts)
    owner = owner.copy()
    more: list[int] = []
    for k in np.flatnonzero(several).tolist():
        more += _settle(g, ink, int(starts[k]), int(ends[k]), owner, slots)
    starts = np.unique(np.concatenate((starts, np.array(more, dtype=np.intp)))) if more else starts
    # a run has one owner now: its first ink tells, white space follows
    first_ink = np.minimum.reduceat(np.where(ink, np.arange(n), n), starts)
    spaces_only = first_ink >= n
    of_run = np.where(spaces_only, -1, owner[np.minimum(first_ink, n - 1)])
    return starts, np.repeat(of_run, np.diff(np.append(starts, n)))


def _settle(g: Glyphs, ink: NDArray[np.bool_], start: int, end: int, owner: Ints, slots: Slots) -> list[int]:
    """One run over several cells; owner is changed in place; where it must be cut."""
    inked, mine = ink[start:end].tolist(), owner[start:end].tolist()
    x0, x1 = g.x0[start:end].tolist(), g.x1[start:end].tolist()
    where = [i for i, shows in enumerate(inked) if shows]
    em = float(g.size[start]) or 1.0
    gaps = sorted([b - a for a, b in zip(x1, x0[1:], strict=False)])
    usual = (gaps[(len(gaps) - 1) // 2] + gaps[len(gaps) // 2]) / 2 if gaps else 0.0
    out: list[int] = []
    part = 0
    for before, cut in pairwise(where):
        a, b = mine[before], mine[cut]
        if a == b:
            continue
        if g.text[start + cut] in HANGING and cut + 1 < end - start and b >= 0 and slots.ruled[b] and _begins_here(g, start + cut + 1, owner, b, slots):
            mine[cut] = a  # the sign hangs over the edge
            continue
        ruled = (a < 0 or slots.ruled[a]) and (b < 0 or slots.ruled[b])
        gap = x0[cut] - x1[cut - 1]
        spaces = cut - 1 - before
        steady = abs(gap - usual) <= STEADY * em and spaces < 2
        if steady and ruled and len(where) == 2 and a >= 0 and b >= 0:
            # two characters have no step to keep: the last of a text spread over its cell (均等割付), and the first of the next
            left, right = slots.boxes[a].bbox, slots.boxes[b].bbox
            steady = x1[before] > left[2] + 0.05 * em or x0[cut] < right[0] - 0.05 * em or x0[before] - left[0] < 1.5 * em
        if steady and ruled and a >= 0 and b >= 0 and _begins_here(g, start + cut, owner, b, slots):
            steady = False
        if not ruled:  # columns by alignment run through white space: a word is never in two
            steady = spaces == 0 and gap <= 0.15 * em
        if not steady:
            _give(g, ink, start + part, start + cut, owner, slots)
            out.append(start + cut)
            part = cut
    _give(g, ink, start + part, end, owner, slots)
    return out


def _begins_here(g: Glyphs, cut: int, owner: Ints, box: int, slots: Slots) -> bool:
    """Whether a glyph after a sign that may hang over the edge of its cell (、。）) stands where lines of the next column begin: they
    begin there, what overflows comes to stand anywhere."""
    if g.text[cut - 1] not in HANGING or owner[cut] != box:
        return False
    mine = (slots.grid[box], slots.boxes[box].col)
    column = np.array([(slots.grid[k], b.col) == mine for k, b in enumerate(slots.boxes)])
    here = np.flatnonzero((np.abs(g.x0 - g.x0[cut]) < EXACT * float(g.size[cut])) & (owner >= 0) & column[owner])
    before = np.maximum(here - 1, 0)
    return int(((owner[before] != owner[here]) | (g.x0[before] > g.x0[here])).sum()) > BEGIN


def _give(g: Glyphs, ink: NDArray[np.bool_], start: int, end: int, owner: Ints, slots: Slots) -> None:
    """Text in one piece over several cells: to the cell whose left edge, middle or right edge it keeps to."""
    mine = Counter(owner[start:end][ink[start:end]].tolist())
    if len(mine) < 2:
        return
    able = sorted(b for b in mine if b >= 0)
    if not all(slots.ruled[b] for b in able):
        owner[start:end] = min(mine, key=lambda b: (-mine[b], b))
        return
    x0, x1 = float(g.x0[start]), float(g.x1[end - 1])
    em = float(g.size[start]) or 1.0

    def off(b: int) -> float:
        box = slots.boxes[b].bbox
        left = x0 - box[0]
        return min(
            left if left > -0.1 * em else 1e9,
            abs((x0 + x1) - (box[0] + box[2])) / 2 + 0.2 * em,
            box[2] - x1 + 0.1 * em if box[2] - x1 > -0.1 * em else 1e9,
        )

    owner[start:end] = min(able, key=off)
