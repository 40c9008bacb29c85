"""A ruled lattice that is open below its heading: the one row that holds nearly all lines is cut into the rows its figures
tell."""

from __future__ import annotations

import numpy as np

from subsidy_extract.read.pdf.grid.alignment.rows import slots_to_rows
from subsidy_extract.read.pdf.grid.lattice.refine import Labels, renumbered
from subsidy_extract.read.pdf.grid.pieces import Slot, words_to_slots
from subsidy_extract.read.pdf.grid.words import Words

MOST = 4  # rows of a lattice whose rules part its heading alone
HIGH = 0.6  # of the height of the lattice: the open row has more
LINES = 6  # at least, of the open row
FIGURES = 0.6  # of the texts of a column of figures: others are words such as: free, none
EACH = 4  # texts of a column of figures, at least
TOGETHER = 0.8  # of the lines with a figure in one such column there is one in the other


def labels_to_unruled_rows(grid: Labels, words: Words, size: float) -> Labels:
    """A lattice of few rows, the one that holds nearly all of it cut where texts begin: two columns of figures stand on the
    same lines, and a label on each of these."""
    m, n = grid.label.shape
    height = np.diff(grid.ys)
    k = int(np.argmax(height))
    if m > MOST or n < 3 or height[k] < HIGH * height.sum() or len(np.unique(grid.label[k])) < n:
        return grid
    if sum(int(np.isin(grid.label[r], grid.label[k]).any()) for r in range(m)) > 1:
        return grid
    slots = words_to_slots(words.take((words.y > grid.ys[k]) & (words.y < grid.ys[k + 1])), grid.xs[1:-1], size)
    if len(slots) < LINES or not figures_tell(slots, n):
        return grid
    starts = slots_to_rows(slots, n, [False] * (len(slots) - 1))
    cuts = [(slots[s - 1].bottom + slots[s].top) / 2 for s in starts[1:]]
    fresh = grid.label.max() + 1 + np.arange(len(cuts) * n, dtype=np.intp).reshape(len(cuts), n)
    label = np.vstack((grid.label[: k + 1], fresh, grid.label[k + 1 :]))
    return Labels(renumbered(label), grid.xs, np.sort(np.concatenate((grid.ys, cuts))))


def figures_tell(slots: tuple[Slot, ...], columns: int) -> bool:
    """Whether two columns of figures stand on the same lines, with a label on each of these in one of the first two."""
    lines: list[set[int]] = []
    labels = [{k for k, s in enumerate(slots) if s.at(0) is not None}]
    for c in range(1, columns):
        mine = [(k, p) for k, s in enumerate(slots) for p in s.pieces if p.col == c]
        if len(mine) >= EACH and sum(p.value for _, p in mine) >= FIGURES * len(mine) and all(p.last == c for _, p in mine):
            lines.append({k for k, _ in mine})
        elif c == 1:
            labels.append({k for k, _ in mine})
    return any(
        len(a & b) >= TOGETHER * max(len(a), len(b)) and any(len(a & of) >= TOGETHER * len(a) for of in labels)
        for i, a in enumerate(lines) for b in lines[i + 1 :]
    )  # fmt: skip
