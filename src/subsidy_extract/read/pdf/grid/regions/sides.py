"""Tables side by side are told apart: rules at the same heights on both sides, or two numbered titles on one line, and no
rule over the white between them."""

from __future__ import annotations

import itertools

import numpy as np

from subsidy_extract.read.pdf.captions import is_caption
from subsidy_extract.read.pdf.grid.edges import Edges, Ints
from subsidy_extract.read.pdf.grid.values import is_value
from subsidy_extract.read.pdf.grid.words import Words

ROW = 0.6  # of the font size: a row begins no further below an edge
LEVELS = 3  # heights with a rule on either side: above, under the heading, below; fewer are rules under single headings
Gap = tuple[float, float, float, float, bool]
"""White between two tables from … to, its top and bottom (points), and whether numbered titles name both."""

APART = 1.2  # of the font size: the white between two tables is at least so wide


def words_to_sides(words: Words, h: Edges, size: float) -> list[Ints]:
    """Words that are read together → the indices of those of each of several tables side by side, and of the rest. h:
    horizontal edges on the page."""
    everything = np.arange(len(words))
    for gap in (edges_to_gap(h, size), captions_to_gap(words, h, size)):
        if gap is not None and (parts := _parted(words, gap, size)) is not None:
            *others, right = parts
            return [*(p for p in others if len(p)), *(right[r] for r in words_to_sides(words.take(right), h, size))]
    return [everything]


def _parted(words: Words, gap: Gap, size: float) -> list[Ints] | None:
    """The words left of a gap, above it, below it, and last those right of it; None where it parts no tables."""
    lo, hi, top, bottom, named = gap
    below = (words.y > bottom) & (words.top < bottom + ROW * size)
    if not (below & (words.x1 > lo + 0.5 * size) & (words.x0 < hi - 0.5 * size)).any():
        bottom = float(words.bottom[below].max(initial=bottom))  # a last row, without a rule or a shade
    inside = (words.y > top) & (words.y < bottom)
    left, right = inside & (words.x1 <= lo + 0.5 * size), inside & (words.x0 >= hi - 0.5 * size)
    if (inside & ~left & ~right).any() or not left.any() or not right.any() or not (named or _begins_with_labels(words, np.flatnonzero(right))):
        return None
    return [np.flatnonzero(left), np.flatnonzero(words.y <= top), np.flatnonzero(words.y >= bottom), np.flatnonzero(right)]


def edges_to_gap(h: Edges, size: float) -> Gap | None:
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
            return a, b, top, bottom, False
    return None


def captions_to_gap(words: Words, h: Edges, size: float) -> Gap | None:
    """The white between two tables side by side (from, to) whose numbered titles stand on one line, with (top, bottom) of
    where no word and no rule is in it; None where no line has two such titles."""
    named = [k for k in range(len(words) - 1) if words.line[k] == words.line[k + 1] and is_caption(words.text[k], words.text[k + 1])]
    for k, j in itertools.pairwise(named):
        if words.line[k] != words.line[j] or words.x0[j] - words.x1[j - 1] < APART * size:
            continue
        begin = float(words.x0[j]) - 0.5 * size
        below = words.line >= words.line[k]
        over = below & (words.x0 < begin) & (words.x1 > begin + 0.1 * size)
        bottom = float(words.top[over].min()) if over.any() else float(words.bottom.max()) + 1.0
        top = float(words.top[k])
        inside = (words.y > top) & (words.y < bottom) & (words.x1 <= begin + 0.1 * size)
        ruled = (h.at > top) & (h.at < bottom) & (h.lo < begin) & (h.hi > begin)
        if not ruled.any() and bottom - top > 4 * size:
            return min(float(words.x1[inside].max()), begin), begin + 0.5 * size, top, bottom, True
    return None


def _begins_with_labels(words: Words, mine: Ints) -> bool:
    """Whether the first texts on the lines are labels, not numbers: a table of its own begins there."""
    line = words.line[mine]
    first = mine[np.flatnonzero(np.concatenate(([True], line[1:] != line[:-1])))]
    return sum(not is_value(words.text[k]) for k in first.tolist()) >= 0.7 * len(first)
