"""The heading of a ruled table whose columns no rule parts: one text over each group of columns and the same below each
become two rows."""

from __future__ import annotations

import numpy as np

from subsidy_extract.read.pdf.grid.lattice.refine import APART, Labels, labels_to_finer_columns, renumbered
from subsidy_extract.read.pdf.grid.words import Words

MIDDLE = 1.0  # of the font size: a text stands so near the middle of its group
GROUPS = 2  # at least


def labels_to_finer_levels(grid: Labels, words: Words, size: float) -> Labels:
    """A lattice with its columns parted where rules are missing, and its first row too where that holds two lines: above,
    one text in the middle of each ruled column so parted (2007, 2008), over the line between its parts or, below, in all of
    them the same (cases, cost)."""
    first = np.flatnonzero((words.y > grid.ys[0]) & (words.y < grid.ys[1]))
    if len(first) and words.line[first[0]] != words.line[first[-1]]:
        fine = labels_to_finer_columns(grid, words.take(words.line != words.line[first[0]]), size)
        if fine.label.shape[1] > grid.label.shape[1] and (told := _with_levels(grid, fine, words, size)) is not None:
            return told
    return labels_to_finer_columns(grid, words, size)


def _with_levels(grid: Labels, fine: Labels, words: Words, size: float) -> Labels | None:
    n = fine.label.shape[1]
    if len(np.unique(fine.label[0])) < n or (len(fine.label) > 1 and np.isin(fine.label[0], fine.label[1]).any()):
        return None
    groups = [np.flatnonzero((fine.xs[:-1] >= a - 0.01) & (fine.xs[1:] <= b + 0.01)) for a, b in zip(grid.xs, grid.xs[1:], strict=False)]
    groups = [g for g in groups if len(g) > 1]
    if len(groups) < GROUPS:
        return None
    head = np.flatnonzero((words.y > fine.ys[0]) & (words.y < fine.ys[1]))
    column = np.searchsorted(fine.xs, (words.x0[head] + words.x1[head]) / 2) - 1
    over = head[np.isin(column, np.concatenate(groups))]
    levels = np.unique(words.line[over])
    if len(levels) != 2:
        return None
    said, sure = set(), True  # a text over the line between two columns is that of both
    for g in groups:
        lo, hi = float(fine.xs[g[0]]), float(fine.xs[g[-1] + 1])
        mine = head[np.isin(column, g)]
        upper = mine[words.line[mine] == levels[0]]
        if not len(upper) or (words.x0[upper[1:]] - words.x1[upper[:-1]] >= APART * size).any() or abs(words.x0[upper].min() + words.x1[upper].max() - lo - hi) / 2 > MIDDLE * size:
            return None
        lower = [" ".join(words.text[k] for k in head[(column == c) & (words.line[head] == levels[1])].tolist()) for c in g.tolist()]
        if not all(lower):
            return None
        inner = fine.xs[g[1:]]
        sure &= bool(((words.x0[upper].min() < inner - APART * size) & (words.x1[upper].max() > inner + APART * size)).any())
        said.add(tuple(lower))
    (only, *more) = said
    if not sure and (more or len(set(only)) < len(only)):
        return None
    top = fine.label[:1].copy()
    below = top + fine.label.max() + 1
    for g in groups:
        top[0, g] = top[0, g[0]]
    for c in set(range(n)) - {c for g in groups for c in g.tolist()}:
        below[0, c] = top[0, c]
    upper, lower_words = over[words.line[over] == levels[0]], over[words.line[over] == levels[1]]
    y = (float(words.bottom[upper].max()) + float(words.top[lower_words].min())) / 2
    return Labels(renumbered(np.vstack((top, below, fine.label[1:]))), fine.xs, np.insert(fine.ys, 1, y))
