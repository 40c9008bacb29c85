"""Words of a page lose those of charts: the numbers of an axis fall in equal steps to 0, at equal heights."""

from __future__ import annotations

import numpy as np

from subsidy_extract.read.pdf.grid.edges import Ints
from subsidy_extract.read.pdf.grid.values import is_value, to_number
from subsidy_extract.read.pdf.grid.words import Bools, Words, words_to_chunks
from subsidy_extract.read.pdf.nouns import Fills, Floats

ZERO = frozenset({"0", "0%", "0.0", "0,0", "0.00", "$0", "€0", "0％", "０"})
LEAST = 4  # numbers of an axis
TITLE = 3  # steps of the axis: so far above it a line of words names the chart
NAMES = 3  # words below the other axis, where nothing else is in the chart
BARS = 3  # of a chart of bars
MOST_FILLS = 5_000  # rectangles: a page with more of them is a picture
MOST = 12  # words for each number of an axis: a chart has few, a table beside a column of numbers many


def without_charts(words: Words, size: float) -> Ints | None:
    """Words of a region → the indices of those that are in no chart; None when nothing but captions is left of it."""
    keep = np.ones(len(words), dtype=bool)
    for k, text in enumerate(words.text):
        if text in ZERO and keep[k]:
            for ends in (words.x1, words.x0):  # the numbers of an axis end in one place, or begin there
                chart = _chart_over(words, k, ends, size)
                if chart is not None:
                    keep &= ~chart
                    break
    rest = np.flatnonzero(keep)
    if len(rest) == len(words):
        return rest
    left = words.take(rest)
    chunk = words_to_chunks(left, size)
    texts = {c for c, text in zip(chunk.tolist(), left.text, strict=True) if not is_value(text)}
    return rest if len(set(chunk.tolist()) - texts) >= LEAST else None


def words_beside_bars(words: Words, fills: Fills, size: float) -> Bools:
    """Which words only name or count the bars of a chart: painted areas of one height that begin in one place, end in
    several and hold no text, each on a line of at most two texts."""
    out = np.zeros(len(words), dtype=bool)
    high = fills.bottom - fills.top
    bar = (high > 0.3 * size) & (high < 2.5 * size) & (fills.x1 - fills.x0 > 0.5 * size)
    if bar.sum() < BARS or len(bar) > MOST_FILLS:
        return out
    chunk = words_to_chunks(words, size)
    begin = np.round(fills.x0 / (0.1 * size))
    for x in np.unique(begin[bar]).tolist():
        mine = np.flatnonzero(bar & (begin == x))
        ends = np.unique(np.round(fills.x1[mine] / (0.3 * size)))
        if len(mine) < BARS or len(ends) < 0.7 * len(mine) or np.ptp(high[mine]) > 0.1 * size:
            continue
        on = (words.y[:, None] > fills.top[mine] - 0.3 * size) & (words.y[:, None] < fills.bottom[mine] + 0.3 * size)
        within = on & (words.x0[:, None] < fills.x1[mine] - 0.1 * size) & (words.x1[:, None] > fills.x0[mine] + 0.1 * size)
        if within.any() or not (on.sum(axis=0) > 0).all():
            continue
        beside = on.any(axis=1)
        if all(len(np.unique(chunk[words.line == k])) <= 2 for k in np.unique(words.line[beside]).tolist()):
            out |= beside
    return out


def _chart_over(words: Words, zero: int, ends: Floats, size: float) -> Bools | None:
    """Which words belong to the chart whose axis begins with this 0; None when there is no axis over it.
    ends: where each word ends, or where each begins, points."""
    in_line = np.flatnonzero((np.abs(ends - ends[zero]) < 0.35 * size) & (words.y < words.y[zero] - 0.3 * size))
    axis = [zero]
    step = rise = 0.0
    for k in in_line[np.argsort(-words.y[in_line], kind="stable")].tolist():
        value = to_number(words.text[k])
        up = float(words.y[axis[-1]] - words.y[k])
        if value is None:
            break
        if len(axis) == 1:
            step, rise = value, up
        if value <= 0 or abs(value - step * len(axis)) > 0.01 * step or abs(up - rise) > 0.2 * size:
            break
        axis.append(k)
    if len(axis) < LEAST or rise < size:
        return None
    top, bottom = float(words.y[axis[-1]]), float(words.y[zero])
    beside = (words.x0 > words.x1[axis].max()) & (words.y > top - rise) & (words.y < bottom + 0.3 * size)
    below = words.y[np.abs(ends - ends[zero]) < 0.35 * size]
    while (np.abs(below - bottom - rise) < 0.2 * size).any():  # and on below 0
        bottom += rise
    # a chart has its texts at any height, or none but the names below its other axis; a table on the lines of its numbers
    named = (words.x0 > words.x1[axis].min()) & (words.y > bottom + 0.3 * size) & (words.y < bottom + 1.8 * size)
    off = np.abs(words.y[beside][:, None] - words.y[axis]).min(axis=1, initial=np.inf) > 0.3 * size
    if not (off.any() or (not beside.any() and named.sum() >= NAMES)) or beside.sum() > MOST * len(axis):
        return None
    x0 = min(words.x0[axis])
    over = (words.x0 >= x0 - 0.1 * size) & (words.y < bottom + 1.8 * size)
    inside: Bools = over & (words.y > top - 0.5 * rise)
    title = over & ~inside & (words.y > top - TITLE * rise)
    figures = [is_value(words.text[k]) for k in np.flatnonzero(title).tolist()]
    if figures and sum(figures) <= 1 and len(np.unique(words.line[title])) <= 1 + any(figures):  # the last number of the axis may be set off
        inside |= title
    return inside
