"""Boxes over several columns, held against their words: where a vertical rule is missing, and where cells are merged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from subsidy_extract.read.pdf.grid.edges import Ints
from subsidy_extract.read.pdf.grid.lattice.refine import APART, Labels
from subsidy_extract.read.pdf.grid.words import BETWEEN, Bools, Words
from subsidy_extract.read.pdf.nouns import Floats

FULL = 1.5  # of the font size: a line that was wrapped ends no further from the edge of its column
OFF = 0.5  # of the font size: text in the middle of its box is no further from it
LEAST = 2  # boxes without their rule: then it is missing here and there


@dataclass(frozen=True, slots=True)
class Line:
    """The line between column k-1 and k where boxes span it, by how the text of each lies about it (boxes by their label).

    sure, apart: on both sides; across; left, right: on one side only. alone: of these, the ones whose text shows that it
    was set in that one column."""

    k: int
    sure: list[int]
    apart: list[int]
    across: list[int]
    left: list[int]
    right: list[int]
    alone: list[int]

    @property
    def missing(self) -> bool:
        """Whether boxes with text on both sides show that its rule is missing."""
        return len(self.apart) + 2 * len(self.sure) >= 2 and len(self.apart) + len(self.sure) > 2 * len(self.across)


def labels_to_parted(grid: Labels, words: Words, size: float) -> Labels:
    """A box that spans columns is parted where its text keeps clear of the line between them, when several boxes do so, or
    where it stands in one of the columns as the text of that column does: then the rule is missing, not the cell merged."""
    label, xs, ys = grid.label, grid.xs, grid.ys
    same = label[:, 1:] == label[:, :-1]
    if not same.any():
        return grid
    x, y = (words.x0 + words.x1) / 2, words.y
    r, c = np.searchsorted(ys, y) - 1, np.searchsorted(xs, x) - 1
    inside = (r >= 0) & (r < label.shape[0]) & (c >= 0) & (c < label.shape[1])
    of = np.full(len(words), -1, dtype=np.intp)
    of[inside] = label[r[inside], c[inside]]
    lines = [_line(k, label, xs, words, of, np.flatnonzero(inside & (c == k)), size) for k in range(1, label.shape[1]) if same[:, k - 1].any()]
    head = set(label[0].tolist())
    for line in lines:  # the rule is there in most rows, and text runs over it in few
        if int((~same[:, line.k - 1]).sum()) < max(2, 2 * len(line.across)):
            line.alone.clear()
        line.alone[:] = [b for b in line.alone if b not in head]
    bare = unruled_headings(lines, label[0])
    often = sum(len(line.alone) + (len(line.sure) if line.missing else 0) for line in lines) >= LEAST
    out = label.copy()
    for line in lines:
        parted = [*line.sure, *line.apart, *line.right] if line.missing else []
        parted += [*line.alone, *(b for b in bare if label[0, line.k] == label[0, line.k - 1] == b)]
        if often and label.shape[1] > 3:
            parted += [b for b in (*line.left, *line.right) if b not in head and _aside(label == b, words, np.flatnonzero(of == b), xs, size)]
        for b in dict.fromkeys(parted):
            k = line.k
            part = (out[:, k:] == out[np.nonzero(label == b)[0][0], k]) & (label[:, k:] == b)
            rows, cols = np.nonzero(part)
            if len(rows):
                out[:, k:][part] = (int(rows[0]) * label.shape[1]) + k + int(cols[0])
    return Labels(out, xs, ys)


def unruled_headings(lines: list[Line], first: Ints) -> set[int]:
    """Boxes of the first row over three columns and more with a text in each, none across a line between two of these: it
    is the heading, without rules of its own. first: the labels of that row."""
    states = {b: [line for line in lines if first[line.k] == first[line.k - 1] == b] for b in set(first.tolist())}
    return {b for b, mine in states.items() if len(mine) >= LEAST and all(b in line.sure or b in line.apart for line in mine)}


def _line(k: int, label: Ints, xs: Floats, words: Words, of: Ints, right: Ints, size: float) -> Line:
    line = Line(k, [], [], [], [], [], [])
    at = float(xs[k])
    begin = _usual_begin(words, right, of, size)
    for b in np.unique(label[:, k][label[:, k] == label[:, k - 1]]).tolist():
        mine = np.flatnonzero(of == b)
        if not len(mine):
            continue
        state = _at_line(words, mine, at, begin, float(xs[k + 1]), size)
        {"sure": line.sure, "apart": line.apart, "across": line.across, "left": line.left, "right": line.right}[state].append(b)
        before = state == "left" and _set_before(words, mine, float(xs[k - 1]), at, size)
        if before or (state == "right" and _set_after(words, mine, begin, _middle(label == b, xs), (at, float(xs[k + 1])), size)):
            line.alone.append(b)
    return line


def _middle(box: Bools, xs: Floats) -> float:
    cols = np.flatnonzero(box.any(axis=0))
    return float(xs[cols[0]] + xs[cols[-1] + 1]) / 2


def _set_before(words: Words, mine: Ints, x0: float, x1: float, size: float) -> bool:
    """Whether the text of a box was set in the column from x0 to x1 at its left: half of its lines end where they had to
    be wrapped there, or one that was wrapped within a word; or it stands in its middle."""
    lo, hi, line = words.x0[mine], words.x1[mine], words.line[mine]
    if float(lo.min()) < x0 - 0.1 * size:
        return False
    first = np.flatnonzero(np.concatenate(([True], np.diff(line) > 0)))
    ends = np.maximum.reduceat(hi, first)
    if len(ends) > 1:
        full = np.flatnonzero(x1 - ends[:-1] < FULL * size)
        after = [words.text[i][0] for i in mine[first[1:]].tolist()]
        before = [words.text[i][-1] for i in mine[first[1:] - 1].tolist()]
        return len(full) > 0 and (2 * len(full) >= len(ends) - 1 or any(before[i].isascii() and before[i].isalnum() and after[i].isascii() and after[i].isalnum() for i in full.tolist()))
    return _in_middle(float(lo.min()), float(hi.max()), x0, x1, size)


def _set_after(words: Words, mine: Ints, begin: float, middle: float, column: tuple[float, float], size: float) -> bool:
    """Whether the text of a box was set in its second column: it begins where that column's lines begin, or stands in the
    middle of it, and in any case not in the middle of the box. begin: NaN if not known."""
    lo, hi = float(words.x0[mine].min()), float(words.x1[mine].max())
    if abs((lo + hi) / 2 - middle) <= OFF * size or hi > column[1] + 0.1 * size:
        return False
    return abs(lo - begin) <= 0.15 * size or (begin != begin and _in_middle(lo, hi, *column, size))


def _in_middle(lo: float, hi: float, x0: float, x1: float, size: float) -> bool:
    """Whether a text from lo to hi was centred between x0 and x1; one that fills it does not tell."""
    return lo - x0 > FULL * size and abs(lo + hi - x0 - x1) / 2 <= OFF * size


def _aside(box: Bools, words: Words, mine: Ints, xs: Floats, size: float) -> bool:
    """Whether a box is two columns wide and its text does not stand in its middle."""
    cols = np.flatnonzero(box.any(axis=0))
    return len(cols) == 2 and abs(float(words.x0[mine].min() + words.x1[mine].max()) / 2 - _middle(box, xs)) > OFF * size


def _usual_begin(words: Words, mine: Ints, of: Ints, size: float) -> float:
    """Where the lines of one column begin, points: most of them. mine: its words; of: the box of each word of all. NaN
    where they do not begin in one place."""
    first = mine[np.concatenate(([True], (words.line[mine[1:]] != words.line[mine[:-1]]) | (of[mine[1:]] != of[mine[:-1]])))] if len(mine) else mine
    if len(first) < 4:
        return float("nan")
    at, often = np.unique(np.round(words.x0[first] / (0.1 * size)), return_counts=True)
    best = int(np.argmax(often))
    return float(at[best]) * 0.1 * size if often[best] >= 0.5 * len(first) else float("nan")


def _at_line(words: Words, mine: Ints, at: float, begin: float, until: float, size: float) -> str:
    """How the text of a box lies about a line: apart (on both sides; sure: and drawn one side after the other, or with all
    that stands in the column right of it where the column's texts begin), across it, left or right of it. begin: NaN if
    not known; until: where that column ends."""
    x0, x1, line = words.x0[mine], words.x1[mine], words.line[mine]
    if ((x0 < at - 0.1 * size) & (x1 > at + 0.1 * size)).any():
        return "across"
    left, right = x1 <= at + 0.1 * size, x0 >= at - 0.1 * size
    if not left.any():
        return "right"
    if not right.any():
        return "left"
    both = np.intersect1d(line[left], line[right])
    beside = right & (x0 < until)
    firsts = [float(x0[beside & (line == k)].min()) for k in np.unique(line[beside]).tolist()] or [until]
    if all(abs(x - begin) <= 0.15 * size for x in firsts) and (len(firsts) > 1 or not len(both) or begin - float(x1[left & np.isin(line, both)].max()) >= APART * size):
        return "sure"
    order, end = words.order[mine], words.order[mine] + np.fromiter((len(words.text[i]) for i in mine.tolist()), dtype=np.intp, count=len(mine))
    sure = len(both) > 0
    for k in both.tolist():
        a, b = np.flatnonzero(left & (line == k)), np.flatnonzero(right & (line == k))
        i, j = int(a[np.argmax(x1[a])]), int(b[np.argmin(x0[b])])
        if 0 <= order[j] - end[i] <= BETWEEN:  # drawn as one line
            sure = False
            if x0[j] - x1[i] < APART * size:
                return "across"
    return "sure" if sure else "apart"
