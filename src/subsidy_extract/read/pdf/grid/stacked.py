"""Tables stacked in one frame are told apart: their columns have nothing in common."""

from __future__ import annotations

import numpy as np

from subsidy_extract.read.pdf.grid.refine import Labels

LEAST = 3  # rows with the same columns, on both sides: fewer may be one form with rows of several kinds


def labels_to_tables(grid: Labels) -> list[Labels]:
    """A lattice → the tables stacked in it. They part below a row that no box runs across, where the columns above and
    below have no inner line in common; a row over the full width belongs to the table under it."""
    label = grid.label
    m, n = label.shape
    if n < 3 or m < 2 * LEAST:
        return [grid]
    lines = label[:, 1:] != label[:, :-1]
    kinds = [frozenset(np.flatnonzero(row).tolist()) for row in lines]
    closed = [not (label[r] == label[r - 1]).any() for r in range(1, m)]
    cuts: list[int] = []
    start = 0
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
        if len(above) >= LEAST and run >= LEAST and not last & set().union(*below[:run]) and max(map(len, (last, below[0]))) >= 2:
            cuts.append(r)
            start = r
    if not cuts:
        return [grid]
    parts = []
    for a, b in zip([0, *cuts], [*cuts, m], strict=True):
        used = sorted({0, n, *(c + 1 for k in kinds[a:b] for c in k)})
        parts.append(Labels(label[a:b][:, used[:-1]], grid.xs[used], grid.ys[a : b + 1]))
    return parts
