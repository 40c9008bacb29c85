"""Lines between two rules of a lattice → whether they are rows of their own that no rule parts: figures on the lines of labels,
or texts that begin anew in most columns below white that runs through."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from subsidy_extract.read.pdf.grid.alignment.rows import slots_to_rows
from subsidy_extract.read.pdf.grid.lattice.refine import Labels
from subsidy_extract.read.pdf.grid.pieces import Slot, words_to_slots
from subsidy_extract.read.pdf.grid.stream import stream_to_rows
from subsidy_extract.read.pdf.grid.values import is_value
from subsidy_extract.read.pdf.grid.words import Words

MOST = 4  # rows of a lattice whose rules part its heading alone
HIGH = 0.5  # of the height of the lattice: the open row has more
FIGURES = 0.6  # of the texts of a column of figures: others are words such as: free, none
LEAST = 3  # lines with a figure in each of two columns …
ALONE = 5  # … or in the one column of figures that there is
TOGETHER = 0.8  # of the lines with a figure in the one column there is one in the other, and a label
ROWS = 3  # rows of texts, at least
FILLED = 0.6  # of the columns: a row of texts has one in as many
WIDER = 0.15  # of the font size: white between rows is so much wider than any between the lines of one


def holds_rows(grid: Labels, words: Words, size: float) -> bool:
    """Whether one row of a lattice is high and holds several rows, while rules above it part no more than the heading. words:
    those in the lattice. Where the order of drawing tells the rows of texts, it is asked elsewhere."""
    m, n = grid.label.shape
    height = np.diff(grid.ys)
    k = int(np.argmax(height))
    if m > MOST or n < 2 or height[k] < HIGH * height.sum() or len(np.unique(grid.label[k])) < n or np.isin(np.delete(grid.label, k, 0), grid.label[k]).any():
        return False
    row = np.searchsorted(grid.ys, words.y) - 1
    if any(len(np.unique(words.line[row == r])) > 1 for r in range(k + 1, m)):
        return False
    inner = words.take(row == k)
    column = np.searchsorted(grid.xs, (inner.x0 + inner.x1) / 2)
    beside = (inner.line[1:] == inner.line[:-1]) & (column[1:] == column[:-1]) & (inner.x0[1:] - inner.x1[:-1] >= size)
    if any(is_value(inner.text[i]) and is_value(inner.text[i + 1]) for i in np.flatnonzero(beside).tolist()):
        return False  # columns without rules between them, too: the lattice tells groups of them
    slots = words_to_slots(inner, grid.xs[1:-1], size)
    return len(slots) >= LEAST and (figures_are_rows(slots, n) or (stream_to_rows(slots) is None and texts_are_rows(slots, n, size)))


def figures_are_rows(slots: Sequence[Slot], columns: int) -> bool:
    """Whether figures of two columns, or the many of one, stand on the same lines, with a label on each of these in
    one of the first two columns."""
    first, second = ({k for k, s in enumerate(slots) if s.at(c) is not None} for c in (0, 1))
    labels = second if columns > 2 and len(second) > len(first) else first  # a label for each, and one for several of them before
    found: list[set[int]] = []
    for c in range(1, columns):
        mine = [(k, p) for k, s in enumerate(slots) for p in s.pieces if p.col <= c <= p.last]
        begin = min((k for k, p in mine if p.value and k in labels), default=len(slots))  # above it stands the heading
        mine = [(k, p) for k, p in mine if k >= begin]
        lines = {k for k, p in mine if p.value and p.col == p.last}
        if len(lines) >= max(LEAST, FIGURES * len(mine)) and len(lines & labels) >= TOGETHER * len(lines):
            found.append(lines)
    return any(len(of) >= ALONE for of in found) or any(len(a & b) >= TOGETHER * max(len(a), len(b)) for a, b in itertools.combinations(found, 2))


def texts_are_rows(slots: Sequence[Slot], columns: int, size: float) -> bool:
    """Whether the lines part into rows with a text in the first and most other columns, each below wider white than there is
    between lines of one row."""
    starts = slots_to_rows(slots, columns, [False] * (len(slots) - 1))
    if len(starts) < ROWS:
        return False
    filled = [{p.col for s in slots[a:b] for p in s.pieces} for a, b in zip(starts, [*starts[1:], len(slots)], strict=True)]
    white = {k: below.top - max(s.bottom for s in slots[:k]) for k, below in enumerate(slots) if k}
    within = max((w for k, w in white.items() if k not in starts), default=0.0)
    return all(0 in f and len(f) >= FILLED * columns for f in filled) and min(white[k] for k in starts[1:]) >= within + WIDER * size
