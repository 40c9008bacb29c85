"""Columns whose texts never share a line, because each is set in the middle of its row: white between them that no line shows."""

from __future__ import annotations

import itertools

import numpy as np

from subsidy_extract.read.pdf.grid.edges import Ints
from subsidy_extract.read.pdf.grid.valley import Valley
from subsidy_extract.read.pdf.grid.words import Words
from subsidy_extract.read.pdf.nouns import Floats

BESIDE = (0.25, 0.8)  # of the font size: so far above or below, a line overlaps another and can't be the next one of its text
WHITE = 0.45  # of the font size: less white than this parts no columns
OFTEN = 3  # times at least
LIKE = 0.8  # of the other text's size: marks set higher are smaller


def columns_beside(words: Words, valleys: list[Valley], size: float) -> list[Valley]:
    """The valleys of a table, and one more wherever two texts within a column stand beside each other on lines that overlap:
    the texts of one column stand one below the other, so these are two (a cell of two lines beside one of three)."""
    if not valleys or not _some_overlap(words, size):
        return valleys
    at = [-np.inf, *((v.lo + v.hi) / 2 for v in valleys), np.inf]
    more: list[Valley] = []
    for low, high in itertools.pairwise(at):
        mine = np.flatnonzero((words.x0 >= low) & (words.x1 <= high))
        for lo, hi in _whites(words.x0[mine], words.x1[mine], WHITE * size):
            left, right = mine[words.x1[mine] <= lo], mine[words.x0[mine] >= hi]
            if (often := _times_beside(words, left, right, size)) >= OFTEN:
                more.append(Valley(lo, hi, often, hi - lo))
    return sorted([*valleys, *more], key=lambda v: v.lo)


def _some_overlap(words: Words, size: float) -> bool:
    """Whether the page has lines that overlap at all."""
    first = np.flatnonzero(np.diff(words.line, prepend=-1))
    steps = np.diff(np.sort(words.y[first]))
    return int(((steps > BESIDE[0] * size) & (steps < BESIDE[1] * size)).sum()) >= OFTEN


def _whites(x0: Floats, x1: Floats, least: float) -> list[tuple[float, float]]:
    """Where no word stands at all, from left to right."""
    order = np.argsort(x0)
    reach = np.maximum.accumulate(x1[order])
    free = np.flatnonzero(x0[order][1:] - reach[:-1] >= least)
    return [(float(reach[k]), float(x0[order[k + 1]])) for k in free.tolist()]


def _times_beside(words: Words, left: Ints, right: Ints, size: float) -> int:
    """How many lines right of a white overlap one left of it; 0 where most don't, or are those of small marks."""
    if not len(left) or not len(right) or not LIKE < np.median(words.size[right]) / np.median(words.size[left]) < 1 / LIKE:
        return 0
    ys = np.unique(words.y[left])
    each = right[np.flatnonzero(np.diff(words.line[right], prepend=-1))]
    after = np.clip(np.searchsorted(ys, words.y[each]), 1, len(ys) - 1) if len(ys) > 1 else np.zeros(len(each), np.intp)
    off = np.minimum(np.abs(words.y[each] - ys[after]), np.abs(words.y[each] - ys[after - 1]))
    beside = int(((off > BESIDE[0] * size) & (off < BESIDE[1] * size)).sum())
    return beside if 2 * beside >= len(each) else 0
