"""Valleys that part no columns but one text: white that meets at the ends of its lines, or between the words of a few."""

from __future__ import annotations

import numpy as np

from subsidy_extract.read.pdf.grid.edges import Ints
from subsidy_extract.read.pdf.grid.valley import APART, Valley
from subsidy_extract.read.pdf.grid.values import is_value
from subsidy_extract.read.pdf.grid.words import BETWEEN, Bools, Words


def drop_torn(words: Words, body: Bools, valleys: list[Valley], size: float) -> list[Valley]:
    """Valleys without those right of short last lines: most of what stands left of them was drawn right after a line that
    crosses, or goes on right of them after a space, so it is part of such texts and no column. Nor is one whose few
    words all go on after a space: HACCP 等 in one line, where more lines run over that space."""
    kept = []
    left = -np.inf
    long = np.fromiter(map(len, words.text), dtype=np.intp, count=len(words))
    follows = words.line[1:] == words.line[:-1]
    gap = words.x0[1:] - words.x1[:-1]
    drawn = words.order[1:] - words.order[:-1]
    on = np.concatenate(([False], follows & (gap > 0) & (gap < size) & (drawn >= long[:-1]) & (drawn <= long[:-1] + BETWEEN)))
    to_the_next = np.append(follows & (gap > 0) & (gap < size) & (drawn > 0) & (drawn <= long[:-1] + BETWEEN), False)
    next_end = np.append(words.x1[1:], -np.inf)
    middle = [*((v.lo + v.hi) / 2 for v in valleys), np.inf]
    for v, at, end in zip(valleys, middle, middle[1:], strict=False):
        crossing = np.flatnonzero(body & (words.x0 < at) & (words.x1 > at) & (words.x1 > left))
        inside = np.flatnonzero(body & (words.x0 >= at) & (words.x1 <= end))
        if 0 < len(inside) <= len(crossing) and on[inside].all():
            continue
        beside = np.flatnonzero(body & (words.x1 <= at) & (words.x0 >= left))
        tails = _drawn_after(words.order[beside], words.order[crossing] + long[crossing])
        goes_on = int((to_the_next[beside] & (next_end[beside] > at)).sum())
        if tails and tails + goes_on >= 0.5 * len(beside):
            continue
        kept.append(v)
        left = at
    return kept


def _drawn_after(order: Ints, ends: Ints) -> int:
    """How many of the words that were drawn at `order` followed one of the texts that ended at `ends`."""
    if not len(ends):
        return 0
    ends = np.sort(ends)
    last = np.searchsorted(ends, order, side="right") - 1  # the latest text that ended before
    return int(((last >= 0) & (order - ends[last] <= BETWEEN)).sum())


def drop_tails(words: Words, chunk: Ints, body: Bools, valleys: list[Valley], size: float) -> list[Valley]:
    """Valleys without those before words that all go on in a text begun left of them, on fewer than half of the lines of
    that text's column: the white between the words of a few lines set to the full width meets by chance."""
    rank = np.argsort(words.order, kind="stable")
    place = np.argsort(rank, kind="stable")
    k = 0
    while k < len(valleys):
        at = np.array([(v.lo + v.hi) / 2 for v in valleys])
        rows = np.flatnonzero(body)
        column = np.searchsorted(at, (words.x0[rows] + words.x1[rows]) / 2)
        right, left = rows[column == k + 1], rows[column == k]
        first = right[np.flatnonzero(np.concatenate(([True], np.diff(words.line[right]) > 0)))] if len(right) else right
        if (
            0 < len(first) < 0.5 * len(np.unique(words.line[left]))
            and (
                all(i and chunk[i - 1] == chunk[i] and words.x0[i] - words.x1[i - 1] > 0 and not (is_value(words.text[i]) and is_value(words.text[i - 1])) for i in first.tolist())
                or all(_drawn_within(words, i, set(left.tolist()), rank, place, size) for i in right.tolist())
            )
        ):  # fmt: skip
            valleys = valleys[:k] + valleys[k + 1 :]
        else:
            k += 1
    return valleys


def _drawn_within(words: Words, i: int, left: set[int], rank: Ints, place: Ints, size: float) -> bool:
    """Whether word i, the end of a full line, was drawn between the words of one text: right after the one before it, and
    before a word on a line further down in the column left of it. rank: words as they were drawn; place: of each there."""
    if not i or words.line[i - 1] != words.line[i] or place[i] + 1 == len(rank) or words.order[i - 1] < 0:
        return False
    after, between = int(rank[place[i] + 1]), int(words.order[i] - words.order[i - 1]) - len(words.text[i - 1])
    return 0 <= between <= BETWEEN and 0 < words.x0[i] - words.x1[i - 1] <= APART * size and after in left and bool(words.line[after] > words.line[i])
