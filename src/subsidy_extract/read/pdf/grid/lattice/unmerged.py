"""A box over several rows whose rows each hold a text of their own, because a rule is missing in one column, is cut in rows."""

from __future__ import annotations

import itertools

import numpy as np

from subsidy_extract.read.pdf.grid.lattice.refine import Labels, own_places, renumbered
from subsidy_extract.read.pdf.grid.words import Words
from subsidy_extract.read.pdf.nouns import Floats

WHITE = 1.0  # of the font size: more than stands between two lines of one text
LEVEL = 0.35  # of the font size: two texts that begin on one line differ no more


def labels_to_unmerged(grid: Labels, words: Words, size: float) -> Labels:
    """A merged text stands in one piece. Where each row of the box has a piece of its own that begins on the line on which
    the other cells of that row begin (or in the middle of the row's height), with more than a line's white between them,
    the cell is not merged: a rule is missing."""
    label, xs, ys = grid.label, grid.xs, grid.ys
    down = label[1:] == label[:-1]
    if not down.any() or not len(words):
        return grid
    row = np.searchsorted(ys, words.y) - 1
    col = np.clip(np.searchsorted(xs, (words.x0 + words.x1) / 2) - 1, 0, label.shape[1] - 1)
    own = own_places(label)
    held = (row >= 0) & (row < len(label))
    out = label.copy()
    for b in np.unique(label[1:][down]).tolist():
        rows, cols = np.nonzero(label == b)
        a, z = int(rows.min()), int(rows.max()) + 1
        mine = held & (label[np.clip(row, 0, len(label) - 1), col] == b)
        if len(np.unique(row[mine])) != z - a:
            continue
        span = [(float(words.top[mine & (row == k)].min()), float(words.bottom[mine & (row == k)].max())) for k in range(a, z)]
        if any(below[0] - above[1] < WHITE * size for above, below in itertools.pairwise(span)):
            continue
        others = held & own[np.clip(row, 0, len(label) - 1), col]
        begins = [words.top[others & (row == k)] for k in range(a, z)]
        if _level(span, begins, size) or _in_the_middle(span, ys[a : z + 1], size):
            out[a:z, cols.min() : cols.max() + 1] = int(out.max()) + 1 + np.arange(z - a)[:, None]
    return Labels(renumbered(out), xs, ys)


def _level(span: list[tuple[float, float]], begins: list[Floats], size: float) -> bool:
    """Whether each piece begins on the first line of its row."""
    return all(len(tops) > 0 and abs(top - float(tops.min())) < LEVEL * size for (top, _), tops in zip(span, begins, strict=True))


def _in_the_middle(span: list[tuple[float, float]], ys: Floats, size: float) -> bool:
    """Whether each piece stands in the middle of its row."""
    return all(abs(top + bottom - ys[k] - ys[k + 1]) < 2 * LEVEL * size for k, (top, bottom) in enumerate(span))
