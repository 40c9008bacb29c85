"""Words of a region, and what rules and shades it has → where its columns are parted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from subsidy_extract.read.pdf.grid.alignment.depth import YEARS
from subsidy_extract.read.pdf.grid.columns import SPACE, cover, values_of, words_to_columns, words_to_space
from subsidy_extract.read.pdf.grid.edges import Edges, Ints, split_edges, values_to_clusters
from subsidy_extract.read.pdf.grid.offset import columns_beside
from subsidy_extract.read.pdf.grid.valley import Valley
from subsidy_extract.read.pdf.grid.values import is_value
from subsidy_extract.read.pdf.grid.words import CHUNK, Bools, Words, drawn_on, words_to_chunks
from subsidy_extract.read.pdf.nouns import Floats

HEADINGS_APART = 1.5  # of the font size: headings of two columns are at least this far apart
FIGURES_APART = 1.0  # figures of two columns
MANY, HEADINGS_NEAR = 12, 0.6  # where so many lines have a text on both sides, headings may be nearer: wider than a space
SEVERAL = 2  # columns for each that is drawn: what is drawn are groups of columns


def words_to_cuts(words: Words, h: Edges, v: Edges, size: float) -> Floats:
    """Words of a region → where its columns are parted: by what is drawn, else by the white that runs through."""
    chunk = words_to_chunks(words, CHUNK * size)
    valleys, _ = words_to_columns(words, chunk, size, ruled_depth(words, chunk, h))
    valleys = columns_beside(words, valleys, size)
    at = valleys_to_cuts(valleys, words, size)
    drawn, high = edges_to_cuts(v, words, size)
    white = np.ones(len(valleys), dtype=bool)
    if len(drawn):
        # where columns are drawn, the drawing decides; a single line may be one of several columns, and so may a single shade
        white = np.array([not any(val.lo - size < d < val.hi + size for d in drawn.tolist()) for val in valleys], dtype=bool)
        groups = not high and white.sum() >= SEVERAL * len(drawn)  # edges in the heading alone, between texts over several columns
        if (len(drawn) > 1 or len(valleys) < 2) and not groups:
            white &= np.array([headings_and_figures_apart(words, a, drawn, size) for a in at.tolist()], dtype=bool)
    cuts = np.sort(np.concatenate((drawn, at[white])))
    begin = rules_to_begin(h, words, size)
    if begin is None or (np.abs(drawn - begin) < size).any() or any(val.lo - size < begin < val.hi + size for val, w in zip(valleys, white.tolist(), strict=True) if w):
        return cuts
    return np.sort(np.append(cuts, begin))


def headings_and_figures_apart(words: Words, at: float, drawn: Floats, size: float) -> bool:
    """Whether within one drawn column white parts figures on most lines, and two texts over them."""
    k = int(np.searchsorted(drawn, at))
    low, high = float(drawn[k - 1]) if k else -np.inf, float(drawn[k]) if k < len(drawn) else np.inf
    middle = (words.x0 + words.x1) / 2
    left, right = np.flatnonzero((middle > low) & (words.x1 <= at)), np.flatnonzero((middle < high) & (words.x0 >= at))
    both = np.intersect1d(words.line[left], words.line[right])
    if len(both) < 4:
        return False
    value = values_of(words, size) & ~in_phrases(words, size)
    apart, figures, heads = 0, 0, 0
    for line in both.tolist():
        i, j = int(left[words.line[left] == line][-1]), int(right[words.line[right] == line][0])
        gap = float(words.x0[j] - words.x1[i])
        years = not figures and YEARS.fullmatch(words.text[i]) and YEARS.fullmatch(words.text[j])
        values = 0 if years else int(value[i]) + int(value[j])
        figures += values == 2
        heads += not figures and not values
        apart += gap >= (FIGURES_APART if values == 2 else HEADINGS_NEAR if len(both) >= MANY else HEADINGS_APART) * size
    lines = len(np.unique(words.line[(middle > low) & (middle < high)]))
    return heads > 0 and apart == len(both) and figures >= 3 and figures + heads >= 0.8 * lines


def in_phrases(words: Words, size: float) -> Bools:
    """(n,): which words have one that is no figure a space away: the 18 of `18 years` counts nothing."""
    near = (words.line[1:] == words.line[:-1]) & (words.x0[1:] - words.x1[:-1] <= SPACE * words_to_space(words, size))
    word = ~values_of(words, size)
    out: Bools = np.append(False, near & word[:-1]) | np.append(near & word[1:], False)
    return out


def rules_to_begin(h: Edges, words: Words, size: float) -> float | None:
    """Where the second column of a table begins, when several of its rules begin there and others left of it: they leave a
    cell of the first column whole. None where a word runs over that place."""
    whole, _ = split_edges(h, float(words.x0.min()), float(words.x1.max()), float(words.top.min()) - 2 * size, float(words.bottom.max()) + 2 * size)
    if len(whole) < 3:
        return None
    short = whole.lo[whole.lo > whole.lo.min() + size]
    if len(short) < 2 or float(np.ptp(short)) > 0.5 * size:
        return None
    begin = float(short.min()) - 0.1 * size
    left, across = words.x0 < begin - 0.1 * size, words.x1 > begin + 0.2 * size
    return begin if left.any() and not (left & across).any() else None


def ruled_depth(words: Words, chunk: Ints, h: Edges) -> int:
    """How many lines of a region stand over the first rule that has two texts side by side above it and more lines below
    it than above; 0 where there is none."""
    whole, _ = split_edges(h, float(words.x0.min()), float(words.x1.max()), float(words.top.min()), float(words.bottom.max()))
    if not len(whole):
        return 0
    first = np.flatnonzero(np.concatenate(([True], words.line[1:] != words.line[:-1])))
    last = np.concatenate((first[1:], [len(words)])) - 1
    beside = np.flatnonzero(chunk[last] > chunk[first])
    for depth in np.searchsorted(words.y[first], np.sort(whole.at)).tolist():
        if len(beside) and beside[0] < depth:
            return int(depth) if 2 * depth < len(first) + 1 else 0
    return 0


def words_to_reach(words: Words, size: float) -> Floats:
    """Where each word ends, with the space to the next word of its phrase: the first column does not end there."""
    reach = words.x1.copy()
    gap = words.x0[1:] - words.x1[:-1]
    near = (words.line[1:] == words.line[:-1]) & (gap > 0) & (gap <= SPACE * words_to_space(words, size)) & drawn_on(words)
    for k in np.flatnonzero(near).tolist():
        if not is_value(words.text[k]) and not is_value(words.text[k + 1]):
            reach[k] = words.x0[k + 1]
    return reach


def valleys_to_cuts(valleys: Sequence[Valley], words: Words, size: float) -> Floats:
    """Where in each valley the columns are parted: the middle of a part that the fewest words cover; of several parts that
    with the most lines that have text in both columns (a heading in the valley goes to the column that has none on its
    line), then the widest."""
    cuts: list[float] = []
    middle_of = (words.x0 + words.x1) / 2
    chunk = words_to_chunks(words, CHUNK * size)
    for k, v in enumerate(valleys):
        reach = words.x1 if k else words_to_reach(words, size)  # a long label runs over the white, headings stand side by side
        before = cuts[-1] if k else -np.inf
        after = (valleys[k + 1].lo + valleys[k + 1].hi) / 2 if k + 1 < len(valleys) else np.inf
        near = (middle_of > before) & (middle_of < after)
        told = np.ones(len(words), dtype=bool)
        if k:  # a heading alone over both columns does not tell where they part
            pairs = np.unique(np.column_stack((words.line, chunk))[near], axis=0)
            lines, texts = np.unique(pairs[:, 0], return_counts=True)
            told = ~(near & np.isin(words.line, lines[texts == 1]))
        points = np.unique(np.clip(np.concatenate((words.x0[told], reach[told], [v.lo, v.hi])), v.lo, v.hi))
        middle = (points[1:] + points[:-1]) / 2
        held = cover(words.x0[told], reach[told], middle)
        runs = np.flatnonzero(np.diff(np.concatenate(([0], (held == held.min()).astype(np.int8), [0]))))
        ends = [(float(points[a]), float(points[b])) for a, b in zip(runs[::2], runs[1::2], strict=True)]
        if len(ends) > 1:
            both = [
                len(np.intersect1d(words.line[near & (middle_of < lo + 0.01)], words.line[near & (middle_of > lo)])) for lo, _ in ends
            ]
            ends = [e for e, n in zip(ends, both, strict=True) if n == max(both)]
        lo, hi = max(ends, key=lambda pq: pq[1] - pq[0])
        cuts.append((lo + hi) / 2)
    return np.array(cuts)


def edges_to_cuts(v: Edges, words: Words, size: float) -> tuple[Floats, bool]:
    """Vertical edges → the positions inside a region where columns are drawn apart: by a rule over half its height or
    more, or by the sides of shaded areas that (nearly) no word crosses; and whether any of them is so high."""
    top, bottom, left, right = words.top.min(), words.bottom.max(), words.x0.min(), words.x1.max()
    near = v.take((v.lo < bottom) & (v.hi > top) & (v.at > left) & (v.at < right))
    if not len(near):
        return np.zeros(0), False
    which, at = values_to_clusters(near.at, 0.4 * size)
    long = np.zeros(len(at))
    np.add.at(long, which, np.minimum(near.hi, bottom) - np.maximum(near.lo, top))
    begin = np.full(len(at), np.inf)
    np.minimum.at(begin, which, near.lo)  # a text above it is one over both columns
    crossed = ((words.x0[:, None] < at - 0.2 * size) & (words.x1[:, None] > at + 0.2 * size) & (words.y[:, None] > begin)).sum(axis=0)
    beside = np.array([((words.x1 < a).any() and (words.x0 > a).any()) for a in at], dtype=bool)
    lines = int(words.line.max()) + 1
    drawn = beside & (crossed <= 0.05 * lines) & (long >= min(1.2 * size, 0.5 * (bottom - top)))
    cuts: Floats = at[drawn]
    return cuts, bool((long[drawn] >= 0.5 * (bottom - top)).any())
