"""Words of a page set in columns become the words of each column, read one by one; tables over the whole width stay whole."""

from __future__ import annotations

import itertools

import numpy as np

from subsidy_extract.read.pdf.grid.columns import words_to_valleys
from subsidy_extract.read.pdf.grid.edges import Edges, Ints
from subsidy_extract.read.pdf.grid.words import Bools, Words, words_to_chunks
from subsidy_extract.read.pdf.nouns import Floats

LEAST = 6  # lines: fewer are no column of prose
FULL = 0.85  # of the width of a column: so long are most lines of prose
TURNS = 2  # times the drawing goes back up to the other side: columns of prose are drawn one after the other, once
ROWS = 0.8  # of the lines, on which the drawing goes over to the other side
OVER = (1, 2)  # words that may stand over the white between columns of prose though others do not: a page number, a title …
TABLE = 0.2  # … or so many (of the lines): a column of a table over the whole width above or below them
FIGURES = 0.5  # of the words of a column with figures in them: prose has fewer
WIDTH = 12.0  # font sizes: a column of prose is at least so wide


def words_to_flows(words: Words, h: Edges, size: float) -> list[Ints]:
    """Words of a page → the indices of the words that are read together: one flow, or one for each column of prose. h:
    horizontal edges on the page."""
    everything = np.arange(len(words))
    if len(words) < 3 * LEAST:
        return [everything]
    lines = int(words.line.max()) + 1
    # a table above or below columns of prose is looked for where nothing plainer parts the page
    return _parted(words, h, size, OVER) or _parted(words, h, size, (int(TABLE * lines),)) or [everything]


def _parted(words: Words, h: Edges, size: float, over: tuple[int, ...]) -> list[Ints]:
    """The flows of a page in columns of prose; none where it has no such columns. over: how many words may stand over the white
    between these though others do not."""
    lines = int(words.line.max()) + 1
    left, right = float(words.x0.min()), float(words.x1.max())
    found = words_to_valleys(words, np.ones(len(words), dtype=bool), lines // 2, size, over, 0.8 * size)
    found = [v for v in found if left + 0.2 * (right - left) < (v.lo + v.hi) / 2 < right - 0.2 * (right - left)]
    others = np.sort([(v.lo + v.hi) / 2 for v in found])
    for valley in sorted(found, key=lambda v: v.lo - v.hi):
        at = (valley.lo + valley.hi) / 2
        bands = _bands(words, at, ruled := _ruled_lines(words, h, at, size))
        if ruled.any() and not any(_is_prose_on_both_sides(words, b, at, others, size) for b in bands):
            bands = _bands(words, at, np.zeros_like(ruled))  # no page in two columns
        flows: list[Ints] = []
        whole = np.zeros(len(words), dtype=bool)
        for band in bands:
            sides = [band[words.x1[band] <= at + 0.1 * size], band[words.x0[band] >= at - 0.1 * size]]
            if len(sides[0]) + len(sides[1]) == len(band) and not _in_turn(words, sides, size) and not _are_terms(words, sides, h, size) and not _row_by_row(words, sides, size) and any(_is_column_of_prose(words, s, size) for s in sides) and all(len(s) for s in sides):
                flows += sides
            else:
                whole[band] = True
        if flows:
            return [f for f in (*_runs(words, whole), *flows) if len(f)]
    return []


def _ruled_lines(words: Words, h: Edges, at: float, size: float) -> Bools:
    """Which lines stand between rules of a table that run over `at`: three or more of one extent, and neither side of it
    prose there."""
    ruled: Bools = np.zeros(int(words.line.max()) + 1, dtype=bool)
    over = np.flatnonzero((h.lo < at - 3 * size) & (h.hi > at + 3 * size))
    if len(over) < 3:
        return ruled
    ends = np.round(np.column_stack((h.lo[over], h.hi[over])) / (0.5 * size)).astype(np.int64)
    _, group, count = np.unique(ends, axis=0, return_inverse=True, return_counts=True)
    for g in np.flatnonzero(count >= 3).tolist():
        ys = np.sort(h.at[over[group.ravel() == g]])
        for top, bottom in itertools.pairwise(ys.tolist()):
            inside = np.flatnonzero((words.y > top) & (words.y < bottom))
            sides = [inside[words.x1[inside] <= at], inside[words.x0[inside] >= at]]
            if len(inside) and all(map(len, sides)) and not any(_is_column_of_prose(words, s, size) for s in sides):
                ruled[words.line[inside]] = True
    return ruled


def _is_prose_on_both_sides(words: Words, band: Ints, at: float, others: Floats, size: float) -> bool:
    """Whether a column of prose ends at `at` and one begins there, or several, which other whites (`others`) part."""

    def is_prose(side: Ints) -> bool:
        column = np.searchsorted(others, (words.x0[side] + words.x1[side]) / 2)
        return _is_column_of_prose(words, side, size) or all(_is_column_of_prose(words, side[column == c], size) for c in np.unique(column).tolist())

    sides = band[words.x1[band] <= at], band[words.x0[band] >= at]
    return all(len(side) and is_prose(side) for side in sides)


def _bands(words: Words, at: float, ruled: Bools) -> list[Ints]:
    """Lines that keep clear of `at`, and those that do not, in turn: the indices of their words. ruled: lines that do not,
    whatever their words do."""
    crossing = ruled.copy()
    crossing[words.line[(words.x0 < at) & (words.x1 > at)]] = True
    number = np.concatenate(([0], np.cumsum(crossing[1:] != crossing[:-1])))[words.line]
    return [np.flatnonzero(number == k) for k in range(int(number.max()) + 1)]


def _runs(words: Words, whole: Bools) -> list[Ints]:
    """Words that stay whole, parted where columns stand between them."""
    rows = np.flatnonzero(whole)
    if not len(rows):
        return []
    apart = np.flatnonzero(np.diff(words.line[rows]) > 1) + 1
    return np.split(rows, apart)


def _in_turn(words: Words, sides: list[Ints], size: float) -> bool:
    """Whether a page draws a cell on one side and goes back up for one on the other, again and again, as it does with a
    table whose outer column holds long texts; or goes over to it on nearly every line."""
    both = np.concatenate(sides)
    if not all(map(len, sides)):
        return False
    order = np.argsort(words.order[both], kind="stable")
    side = np.repeat(np.arange(len(sides)), [len(s) for s in sides])[order]
    y = words.y[both][order]
    beside = (side[1:] > side[:-1]) & (np.abs(y[1:] - y[:-1]) < 0.3 * size)
    if beside.sum() >= ROWS * len(np.unique(words.line[both])):
        return True  # each line is drawn over to the other side: rows of one line each
    beside_other = y[1:] > max(float(words.y[s].min()) for s in sides) - size  # a title above the one side is drawn when it will
    back = (side[1:] != side[:-1]) & (y[1:] < y[:-1] - 0.5 * size) & beside_other
    onward = side[1:] > side[:-1]
    if back.sum() >= TURNS or (onward & (back | beside)).sum() < TURNS:
        return bool(back.sum() >= TURNS)
    # or it stays on the line, from a cell of one line over to one of several
    ends = np.append(np.flatnonzero(side[1:] != side[:-1]), len(side) - 1)
    over = np.flatnonzero(beside)
    several = y[ends[np.searchsorted(ends, over + 1)]] > y[over + 1] + 0.5 * size
    return int((back & onward).sum()) + int(several.sum()) >= TURNS


def _row_by_row(words: Words, sides: list[Ints], size: float) -> bool:
    """Whether texts of one side stand each on a line of the other and are drawn line by line with it, and one of the two is no
    prose: rows of a table, in one of whose columns all lines are about as long."""
    if not all(map(len, sides)) or sum(_is_column_of_prose(words, s, size) for s in sides) != 1:
        return False
    both = np.concatenate(sides)
    side = np.isin(both, sides[0])[np.argsort(words.order[both], kind="stable")]
    turns = int((side[1:] != side[:-1]).sum())
    lines = [np.unique(words.line[s]) for s in sides]
    return any(turns >= 1.5 * len(a) >= 2 * TURNS and np.isin(a, b).mean() >= 0.9 for a, b in (lines, lines[::-1]))


def _are_terms(words: Words, sides: list[Ints], h: Edges, size: float) -> bool:
    """Whether rules above and below hold both sides together and each text on the one side, drawn between texts of the
    other, begins a text there: terms and what they mean."""
    few, many = sorted(sides, key=lambda s: len(np.unique(words.line[s])))
    lines = np.unique(words.line[few])
    both = np.concatenate(sides)
    if not len(few) or len(lines) > 0.7 * len(np.unique(words.line[many])) or np.isin(lines, words.line[many]).mean() < 0.8:
        return False
    over = (h.lo <= words.x0[both].min() + size) & (h.hi >= words.x1[both].max() - size)
    near = h.at[over & (h.at > words.top[both].min() - 2 * size) & (h.at < words.bottom[both].max() + 2 * size)]
    if not len(near) or np.ptp(near) < 0.5 * (words.bottom[both].max() - words.top[both].min()):
        return False
    side = np.isin(both, few)[np.argsort(words.order[both], kind="stable")]
    return int((side[1:] != side[:-1]).sum()) >= 2 * TURNS


def _is_column_of_prose(words: Words, side: Ints, size: float) -> bool:
    if len(np.unique(words.line[side])) < LEAST:
        return False
    part = words.take(side)
    first = np.flatnonzero(np.concatenate(([True], part.line[1:] != part.line[:-1])))
    last = np.concatenate((first[1:], [len(part)])) - 1
    wide = np.maximum.reduceat(part.x1, first) - part.x0[first]
    chunk = words_to_chunks(part, 1.5 * size)
    led = np.fromiter((not part.text[k] for k in last.tolist()), dtype=bool, count=len(last))  # dots lead to a value: a label
    single = (chunk[last] == chunk[first]) & ~led
    width = float(np.quantile(wide, 0.9))
    if width < WIDTH * size or float((single & (wide >= FULL * width)).mean()) < 0.6:
        return False
    return sum(any(c.isdigit() for c in text) for text in part.text) <= FIGURES * len(part)
