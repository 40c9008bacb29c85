"""Columns with nothing but a heading, or nothing but texts: two that only their headings tell apart are parted, a heading and its own texts are one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from subsidy_extract.read.pdf.grid.pieces import Slot
from subsidy_extract.read.pdf.grid.words import Bools, Words
from subsidy_extract.read.pdf.nouns import Floats

APART = 1.5  # of the font size: two headings on one line are at least this far apart
CLEAR = 0.3  # of the font size: the text of the one column stays clear of the heading of the other by this
LEAST = 2  # characters: single ones far apart are one heading spread over its column (備　考)


def headings_to_cuts(words: Words, head_end: float, at: Floats, size: float) -> Floats:
    """Where columns of a table without rules are parted by their headings alone: two stand over one column found, and the
    text below keeps to the one. at: the parts known, points; head_end: below it the body begins. Only where every column
    has its heading; none else."""
    column = np.searchsorted(at, (words.x0 + words.x1) / 2)
    head = words.y < head_end
    one = np.searchsorted(at, words.x0) == np.searchsorted(at, words.x1)  # others speak for several columns
    if len(at) < 2 or len(np.unique(column[head])) < len(at) + 1:
        return np.zeros(0)
    cuts = []
    for c in range(len(at) + 1):
        mine, body = np.flatnonzero(head & one & (column == c)), np.flatnonzero(~head & (column == c))
        if len(mine) < 2 or not len(body):
            continue
        lo, hi = float(words.x0[body].min()), float(words.x1[body].max())
        for a, b in itertools.pairwise(_phrases(words, mine[np.argsort(words.x0[mine])].tolist(), size)):
            if b[0] - a[1] < APART * size or min(a[2], b[2]) < LEAST or over_both(words, head, a, b, size):
                continue
            if hi <= b[0] - CLEAR * size:
                cuts.append((max(a[1], hi) + b[0]) / 2)
            elif lo >= a[1] + CLEAR * size:
                cuts.append((a[1] + min(b[0], lo)) / 2)
    return np.array(cuts)


def without_halves(at: Floats, slots: Sequence[Slot], first: int) -> Floats:
    """The cuts `at` without those between a column that is a heading alone and a neighbour that is texts alone: they are one column
    whose heading is set in its middle over texts set to one side. first: how many of the slots are heading."""
    heads = {c for s in slots[:first] for p in s.pieces for c in range(p.col, p.last + 1)}
    texts = {p.col for s in slots[first:] for p in s.pieces if p.col == p.last}
    keep = np.ones(len(at), bool)
    for k in range(len(at)):
        if {k, k + 1} & heads in ({k}, {k + 1}) and texts & {k, k + 1} == {k, k + 1} - heads and keep[k - 1 : k].all():
            keep[k] = False
    return at[keep]


def over_both(words: Words, head: Bools, a: tuple[float, float, int], b: tuple[float, float, int], size: float) -> bool:
    """Whether the right one of two headings is one over two columns: it stands on a higher line, in the middle between the
    left one and the next one to the right of it, and on the line of these nothing else is between them."""
    left = np.flatnonzero(head & (words.x0 >= a[0]) & (words.x1 <= a[1]))
    upper = np.flatnonzero(head & (words.x0 >= b[0]) & (words.x1 <= b[1]))
    beside = np.flatnonzero(head & (words.x0 > b[1]) & (words.line == words.line[left].max()))
    if not len(beside) or words.line[upper].max() >= words.line[left].max():
        return False
    end = float(words.x1[beside[0]])
    return abs(a[0] + end - b[0] - b[1]) / 2 <= size


def _phrases(words: Words, mine: list[int], size: float) -> list[tuple[float, float, int]]:
    """Words from left to right → (from, to, characters) of what stands together, one line above the other too."""
    out: list[tuple[float, float, int]] = []
    for k in mine:
        x0, x1, n = float(words.x0[k]), float(words.x1[k]), len(words.text[k])
        if out and x0 - out[-1][1] < APART * size:
            out[-1] = (out[-1][0], max(out[-1][1], x1), out[-1][2] + n)
        else:
            out.append((x0, x1, n))
    return out
