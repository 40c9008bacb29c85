"""縦書き in the first column of a table without vertical rules: characters one below the other are the text of one cell
beside several rows."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from subsidy_extract.read.pdf.grid.edges import values_to_clusters
from subsidy_extract.read.pdf.grid.words import SAME_LINE, Bools, Words, is_wide

LEAST = 3  # characters one below the other; two may be a cell that is one character wide
DRAWN = 3  # glyphs at most from one character to the next in the order of drawing
STEP = (0.5, 2.2)  # font sizes from one character to the next below it (one between may lie on its side)
USUAL = 1.6  # font sizes: the usual step is no wider; rows of single characters are further apart
IN_LINE = 0.3  # of the font size: characters of one vertical line
BESIDE = 2.5  # font sizes: vertical lines of one cell are no further apart
OFF = 1.0  # of the font size: the middle of a text from the middle of the rows it speaks for
TOP = 1.5  # of the font size: a text at the top of its row is no further from it
MOST = 200  # ways to part the rows of a page: with as many, nothing is told


@dataclass(frozen=True, slots=True)
class Stack:
    """A text in vertical writing: where it stands, points."""

    x0: float
    top: float
    x1: float
    bottom: float


def words_to_stacks(words: Words, size: float) -> tuple[list[Stack], Bools]:
    """Words of a region → the texts in vertical writing left of all others, from top to bottom, and which words they are
    made of. Nothing where other text stands in the same band between them: then it is a column of single characters."""
    mine = np.zeros(len(words), dtype=bool)
    found: list[Stack] = []
    for run in _runs(words):
        if len(run) > 1 and float(np.median(np.diff(words.y[run]))) > USUAL * size:
            continue
        box = Stack(float(words.x0[run].min()), float(words.top[run].min()), float(words.x1[run].max()), float(words.bottom[run].max()))
        if len(run) >= LEAST or (found and box.x0 < found[-1].x1 + BESIDE * size and box.bottom > found[-1].top and box.top < found[-1].bottom):
            found.append(box)
            mine[run] = True
    left = min((s.x0 for s in found), default=0.0)
    found = [s for s in found if s.x0 < left + BESIDE * size]
    found = _cells(found, size)
    if not found:
        return [], np.zeros(len(words), dtype=bool)
    right, top, bottom = max(s.x1 for s in found), found[0].top, found[-1].bottom
    mine &= words.x1 <= right + 0.01 * size
    if (~mine & (words.x0 < right) & (words.bottom > top) & (words.top < bottom)).any() or mine.all():
        return [], np.zeros(len(words), dtype=bool)
    return found, mine


def _runs(words: Words) -> list[list[int]]:
    """Single characters drawn one after the other, each below the one before."""
    runs: list[list[int]] = []
    for k in np.argsort(words.order, kind="stable").tolist():
        if len(words.text[k]) != 1 or not is_wide(words.text[k]):
            continue
        if runs:
            a, em = runs[-1][-1], float(words.size[k])
            aside = abs(float(words.x0[k] + words.x1[k] - words.x0[a] - words.x1[a])) / 2
            if (
                words.order[k] - words.order[a] <= DRAWN and aside < IN_LINE * em
                and STEP[0] * em < float(words.y[k] - words.y[a]) < STEP[1] * em
            ):  # fmt: skip
                runs[-1].append(k)
                continue
        runs.append([k])
    return runs


def _cells(stacks: Sequence[Stack], size: float) -> list[Stack]:
    """Vertical lines side by side are one text."""
    out: list[Stack] = []
    for s in sorted(stacks, key=lambda s: s.top):
        if out and s.top < out[-1].bottom:
            t = out[-1]
            out[-1] = Stack(min(s.x0, t.x0), t.top, max(s.x1, t.x1), max(s.bottom, t.bottom))
        else:
            out.append(s)
    return out


def without(words: Words, mine: Bools) -> Words:
    """The words that are not of vertical writing, on lines found without it."""
    rest = words.take(~mine)
    line = values_to_clusters(rest.y, SAME_LINE * float(np.median(rest.size)))[0]
    order = np.lexsort((rest.x0, line))
    return replace(rest.take(order), line=line[order])


def beside_stacks(stacks: Sequence[Stack], rest: Words, size: float) -> tuple[float, Bools]:
    """Where the column of vertical writing ends (points), and which of the other words stand right of it (the heading over
    it does not). The next column is the leftmost place where several texts begin."""
    right = max(s.x1 for s in stacks)
    begins, often = np.unique(np.round(rest.x0[rest.x0 >= right - 0.01] / (IN_LINE * size)), return_counts=True)
    if not len(begins):
        return right, rest.x0 > right
    usual = begins[often >= min(LEAST, int(often.max()))][0]
    begin = float(rest.x0[np.round(rest.x0 / (IN_LINE * size)) == usual].min())
    over = rest.x1[rest.x1 <= begin]
    return (max(right, float(over.max()) if len(over) else right) + begin) / 2, rest.x1 > begin


def stacks_to_rows(stacks: Sequence[Stack], ys: Sequence[float], own: Collection[int], ruled: bool, size: float) -> list[tuple[int, int]]:
    """For each text the rows (from, to; counted in) it stands beside. ys: where the rows begin, and the last ends.
    own: rows with another text in the first column.

    ruled: rules part the rows; then they tell how far a text speaks. Else a text stands in the middle of the rows it speaks
    for, and where the one group ends the next begins; the first may have begun on the page before, and the last may go on
    on the next. Several ways to part the rows tell what they have in common.
    """
    beside = []
    for s in stacks:
        inside = [r for r in range(len(ys) - 1) if min(s.bottom, ys[r + 1]) - max(s.top, ys[r]) > 0.5 * size]
        beside.append((inside[0], inside[-1]) if inside else (-1, -1))
    if ruled or any(a < 0 for a, _ in beside) or any(b >= c for (_, b), (c, _) in itertools.pairwise(beside)):
        return beside
    ways: list[list[tuple[int, int]]] = [[]]
    last = len(ys) - 2
    for i, (s, (a, b)) in enumerate(zip(stacks, beside, strict=True)):
        low = beside[i - 1][1] + 1 if i else 0
        high = beside[i + 1][0] - 1 if i + 1 < len(beside) else last
        low = max([low, *(r + 1 for r in own if r < a)])
        high = min([high, *(r - 1 for r in own if r > b)])
        fits = []
        for lo, hi in itertools.product(range(low, a + 1), range(b, high + 1)):
            off = (s.top + s.bottom - ys[lo] - ys[hi + 1]) / 2
            if abs(off) <= OFF * size or (hi == last and off > 0) or (lo == 0 and off < 0):
                fits.append((lo, hi))
        ways = [[*way, f] for way in ways for f in fits if not way or way[-1][1] + 1 == f[0] or f[0] - 1 in own][:MOST]
    if not ways or len(ways) == MOST:
        return beside
    return [(max(lo for lo, _ in group), min(hi for _, hi in group)) for group in zip(*ways, strict=True)]


def rows_between(stacks: Sequence[Stack], beside: Sequence[tuple[int, int]], ys: Sequence[float], size: float) -> list[int]:
    """The rows at which no cell of the first column goes on, for a text of another begins there: the first row of each text
    that stands at the top of it; else all rows after the text before, for nothing says where the one ends. beside: the
    rows of each text, as stacks_to_rows gives them; ys: where the rows begin."""
    out: list[int] = []
    for k, ((a, _), s) in enumerate(zip(beside, stacks, strict=True)):
        if a > 0 and s.top - ys[a] <= TOP * size:
            out.append(a)
        elif k:
            out += range(beside[k - 1][1] + 1, a + 1)
    return out
