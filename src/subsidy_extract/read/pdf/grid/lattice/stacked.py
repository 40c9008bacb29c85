"""Tables stacked in one frame are told apart: their columns have nothing in common, or the second has a heading of its own."""

from __future__ import annotations

import numpy as np

from subsidy_extract.read.pdf.grid.edges import Ints
from subsidy_extract.read.pdf.grid.lattice.refine import Labels
from subsidy_extract.read.pdf.grid.values import is_value
from subsidy_extract.read.pdf.grid.words import Words

LEAST = 3  # rows with the same columns, on both sides: fewer may be one form with rows of several kinds
Lines = frozenset[int]


def labels_to_tables(grid: Labels, words: Words) -> list[Labels]:
    """A lattice → the tables stacked in it. They part below a row that no box runs across, where the columns above and
    below have no inner line in common (a row over the full width belongs to the table under it), or where others begin
    under texts in the font that is the first row's alone."""
    label = grid.label
    m, n = label.shape
    if n < 3 or m < 2 * LEAST:
        return [grid]
    lines = label[:, 1:] != label[:, :-1]
    if (lines == lines[0]).all():
        return [grid]
    kinds = [frozenset(np.flatnonzero(row).tolist()) for row in lines]
    closed = [not (label[r] == label[r - 1]).any() for r in range(1, m)]
    cuts: list[int] = []
    start = 0
    fonts: list[set[int]] | None = None
    for r in range(1, m):
        above = [k for k in kinds[start:r] if k]
        below = [k for k in kinds[r:] if k]
        if not above or not below or not closed[r - 1] or not kinds[r - 1]:
            continue
        # the next table's own rows: as long as they share a line with its first
        run = 0
        for k in below:
            if not k & below[0]:
                break
            run += 1
        last = set().union(*above)
        apart = run >= LEAST and not last & set().union(*below[:run]) and max(map(len, (last, below[0]))) >= 2
        if len(above) >= LEAST and not apart and _other_rows(kinds, start, r):
            fonts = fonts or _fonts_of_rows(grid, words)
            apart = _has_heading(grid, words, fonts, start, r)
        if len(above) >= LEAST and apart:
            cuts.append(r)
            start = r
    if not cuts:
        return [grid]
    parts = []
    for a, b in zip([0, *cuts], [*cuts, m], strict=True):
        used = sorted({0, n, *(c + 1 for k in kinds[a:b] for c in k)})
        parts.append(Labels(label[a:b][:, used[:-1]], grid.xs[used], grid.ys[a : b + 1]))
    return parts


def _other_rows(kinds: list[Lines], start: int, r: int) -> bool:
    """Whether rows of one kind end above row r, and with it begin rows of another kind, LEAST at least of each."""
    below = kinds[r : r + LEAST]
    return len(kinds[r]) >= 1 and kinds[r] != kinds[r - 1] and len(set(kinds[start:r])) == 1 and len(below) == LEAST and set(below) == {kinds[r]}


def _row_of(grid: Labels, words: Words) -> Ints:
    return np.searchsorted(grid.ys, words.y) - 1


def _fonts_of_rows(grid: Labels, words: Words) -> list[set[int]]:
    row = _row_of(grid, words)
    return [set(words.font[row == r].tolist()) for r in range(len(grid.label))]


def _has_heading(grid: Labels, words: Words, fonts: list[set[int]], start: int, r: int) -> bool:
    """Whether row r is a heading as row `start` is: a text without figures in each of its boxes, in one font that no other row near
    it has."""
    head = fonts[start]
    rest = set().union(*fonts[start + 1 : r], *fonts[r + 1 : r + LEAST])
    if len(head) != 1 or fonts[r] != head or head & rest:
        return False
    mine = np.flatnonzero(_row_of(grid, words) == r)
    if any(is_value(words.text[i]) for i in mine.tolist()):
        return False
    column = np.clip(np.searchsorted(grid.xs, (words.x0[mine] + words.x1[mine]) / 2) - 1, 0, grid.label.shape[1] - 1)
    return set(grid.label[r].tolist()) == set(grid.label[r, column].tolist())
