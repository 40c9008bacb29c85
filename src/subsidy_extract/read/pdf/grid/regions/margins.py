"""Words and horizontal edges of a page → the parts that its page rules set apart: running heads are no rows of a table."""

from __future__ import annotations

import numpy as np

from subsidy_extract.read.pdf.grid.edges import Edges, Ints
from subsidy_extract.read.pdf.grid.words import Words

OUT = 0.4  # of the font size: a page rule sticks out of the table's rules by more, on both sides


def words_to_bodies(words: Words, h: Edges, size: float) -> list[tuple[Ints, Edges]]:
    """→ (indices of words, edges to read them by) from top to bottom: what lies between page rules, and what beyond them.

    A page rule sticks out on both sides of the rules of the table it stands over or under (two or more of one extent),
    and nothing between it and them sticks out of these.
    """
    everything = [(np.arange(len(words), dtype=np.intp), h)]
    if len(h) < 3 or not len(words):
        return everything
    for of in _alike(h, size):
        if len(of) < 2:
            continue
        lo, hi = float(h.lo[of].min()), float(h.hi[of].max())
        top, bottom = float(h.at[of].min()), float(h.at[of].max())
        outer = (h.lo < lo - OUT * size) & (h.hi > hi + OUT * size)
        above, below = h.at[outer & (h.at < top)], h.at[outer & (h.at > bottom)]
        if not len(above) and not len(below):
            continue
        upper = float(above.max()) if len(above) else -np.inf
        lower = float(below.min()) if len(below) else np.inf
        if _within(words, h, upper, lower, lo, hi, size):
            return _parted(words, h, upper, lower)
    return everything


def _alike(h: Edges, size: float) -> list[Ints]:
    """Edges of one extent, the widest first."""
    ends = np.round(np.column_stack((h.lo, h.hi)) / (0.5 * size)).astype(np.int64)
    _, group = np.unique(ends, axis=0, return_inverse=True)
    groups = [np.flatnonzero(group == k) for k in range(int(group.max()) + 1)]
    return sorted(groups, key=lambda of: float(h.lo[of[0]] - h.hi[of[0]]))


def _within(words: Words, h: Edges, upper: float, lower: float, lo: float, hi: float, size: float) -> bool:
    """Whether all words and edges between two heights lie in the extent of the table's rules, and some words do."""
    here = (words.y > upper) & (words.y < lower)
    edges = (h.at > upper) & (h.at < lower)
    slack = OUT * size
    return bool(
        here.any()
        and (words.x0[here] > lo - slack).all() and (words.x1[here] < hi + slack).all()
        and (h.lo[edges] > lo - slack).all() and (h.hi[edges] < hi + slack).all()
    )  # fmt: skip


def _parted(words: Words, h: Edges, upper: float, lower: float) -> list[tuple[Ints, Edges]]:
    out = []
    for a, b in ((-np.inf, upper), (upper, lower), (lower, np.inf)):
        rows = np.flatnonzero((words.y > a) & (words.y <= b))
        if len(rows):
            inside = (h.at > a) & (h.at < b)
            out.append((rows, h.take(np.asarray(inside, bool))))
    return out
