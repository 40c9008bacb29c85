"""Tables side by side are told apart: rules at the same heights on both sides, and none over the white between them."""

from __future__ import annotations

import numpy as np

from subsidy_extract.read.pdf.grid.columns import is_value
from subsidy_extract.read.pdf.grid.edges import Edges, Ints
from subsidy_extract.read.pdf.grid.words import Words

LEVELS = 3  # heights with a rule on either side: above, under the heading, below; fewer are rules under single headings
APART = 1.2  # of the font size: the white between two tables is at least so wide


def words_to_sides(words: Words, h: Edges, size: float) -> list[Ints]:
    """Words that are read together → the indices of those of each of several tables side by side, and of the rest. h:
    horizontal edges on the page."""
    everything = np.arange(len(words))
    gap = edges_to_gap(h, size)
    if gap is None:
        return [everything]
    lo, hi, top, bottom = gap
    inside = (words.y > top) & (words.y < bottom)
    left, right = inside & (words.x1 <= lo + 0.5 * size), inside & (words.x0 >= hi - 0.5 * size)
    if (inside & ~left & ~right).any() or not left.any() or not right.any() or not _begins_with_labels(words, np.flatnonzero(right)):
        return [everything]
    parts = [np.flatnonzero(left), np.flatnonzero(words.y <= top), np.flatnonzero(words.y >= bottom)]
    rest = np.flatnonzero(right)
    return [*(p for p in parts if len(p)), *(rest[r] for r in words_to_sides(words.take(rest), h, size))]


def edges_to_gap(h: Edges, size: float) -> tuple[float, float, float, float] | None:
    """The widest white (from, to) that rules leave at three heights or more, with (top, bottom) of these; None where there
    is none or a rule runs over it."""
    found: list[tuple[float, float, float]] = []
    order = np.lexsort((h.lo, np.round(h.at / (0.3 * size))))
    at, lo, hi = h.at[order], h.lo[order], h.hi[order]
    for k in np.flatnonzero((np.abs(np.diff(at)) < 0.4 * size) & (lo[1:] - hi[:-1] > APART * size)).tolist():
        found.append((float(hi[k]), float(lo[k + 1]), float(at[k])))
    for a, b, _ in sorted(found, key=lambda f: f[0] - f[1]):
        levels = [y for p, q, y in found if abs(p - a) < size and abs(q - b) < size]
        if len(levels) < LEVELS:
            continue
        top, bottom = min(levels), max(levels)
        middle = (a + b) / 2
        over = (h.at > top - size) & (h.at < bottom + size) & (h.lo < middle) & (h.hi > middle)
        if not over.any() and bottom - top > 2 * size:
            return a, b, top, bottom
    return None


def _begins_with_labels(words: Words, mine: Ints) -> bool:
    """Whether the first texts on the lines are labels, not numbers: a table of its own begins there."""
    line = words.line[mine]
    first = mine[np.flatnonzero(np.concatenate(([True], line[1:] != line[:-1])))]
    return sum(not is_value(words.text[k]) for k in first.tolist()) >= 0.7 * len(first)
