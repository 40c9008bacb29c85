"""A box over several rows whose rows each hold a text of their own, because a rule is missing in one column, is cut in rows."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf.grid.lattice.refine import Labels, own_places, renumbered
from subsidy_extract.read.pdf.grid.words import Words
from subsidy_extract.read.pdf.nouns import Floats

WHITE = 1.0  # of the font size: more than stands between two lines of one text
MORE = 0.25  # of the font size: so much more than between its own lines, where it begins exactly with the others of its row
EXACT = 0.05  # of the font size: two texts that begin at one height, drawn by one program
BESIDE = 2  # texts of other cells at least tell where those of a row begin
LEVEL = 0.35  # of the font size: two texts that begin on one line differ no more


def labels_to_unmerged(grid: Labels, words: Words, size: float) -> Labels:
    """A merged text stands in one piece. Where each row of the box has a piece of its own that begins on the line on which
    the other cells of that row begin (or in the middle of the row's height), with more than a line's white between them,
    the cell is not merged: a rule is missing. Rows filled to the edge leave less white, but then begin at one height."""
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
        least = min(below[0] - above[1] for above, below in itertools.pairwise(span))
        if least < WHITE * size and least < _inner(words, mine) + MORE * size:
            continue
        others = held & own[np.clip(row, 0, len(label) - 1), col]
        begins = [words.top[others & (row == k)] for k in range(a, z)]
        if least < WHITE * size:
            apart = _level(span, begins, size, EXACT) and min(len(tops) for tops in begins) >= BESIDE
        else:
            apart = _level(span, begins, size) or _in_the_middle(span, ys[a : z + 1], size)
        if apart:
            out[a:z, cols.min() : cols.max() + 1] = int(out.max()) + 1 + np.arange(z - a)[:, None]
    return Labels(renumbered(out), xs, ys)


def _inner(words: Words, mine: NDArray[np.bool_]) -> float:
    """The white between two lines of a box where it is least, points."""
    tops, bottoms = np.unique(words.top[mine]), np.unique(words.bottom[mine])
    return float((tops[1:] - bottoms[:-1]).min()) if len(tops) == len(bottoms) > 1 else np.inf


def _level(span: list[tuple[float, float]], begins: list[Floats], size: float, slack: float = LEVEL) -> bool:
    """Whether each piece begins on the first line of its row."""
    return all(len(tops) > 0 and abs(top - float(tops.min())) < slack * size for (top, _), tops in zip(span, begins, strict=True))


def _in_the_middle(span: list[tuple[float, float]], ys: Floats, size: float) -> bool:
    """Whether each piece stands in the middle of its row."""
    return all(abs(top + bottom - ys[k] - ys[k + 1]) < 2 * LEVEL * size for k, (top, bottom) in enumerate(span))
