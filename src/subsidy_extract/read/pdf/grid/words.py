"""Glyphs become words, and words the lines they stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf.grid.edges import Ints, values_to_clusters
from subsidy_extract.read.pdf.nouns import Floats, Glyphs

Bools = NDArray[np.bool_]

WORD_GAP = 0.18  # of the font size: glyphs nearer than this are one word
DOTS = frozenset(".…‥・·．")
SCATTERED = 8  # fonts of one table
STOPS = frozenset("。、，．")
FOUR_DOTS = re.compile("[.…‥・·．]{4}")
CHUNK = 1.0  # of the font size: words nearer than this belong together until the columns are known
BETWEEN = 4  # glyphs of white space at most between two words of one phrase, in the order of drawing
SAME_LINE = 0.35  # of the font size: words whose middles are nearer than this stand on one line


@dataclass(frozen=True, slots=True, eq=False)  # by identity: what is told of all words is kept while they are read
class Words:
    """n words, sorted by line, then from left to right.

    text: n strings. x0, top, x1, bottom, y (middle of its largest glyphs), size: points. line: the line each stands on,
    counted from 0. font: of its first glyph. order: the number of its first glyph in the order of drawing.
    """

    text: tuple[str, ...]
    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    y: Floats
    size: Floats
    font: NDArray[np.int32]
    line: Ints
    order: Ints

    def __len__(self) -> int:
        return len(self.x0)

    def take(self, which: Bools | Ints) -> Words:
        """The chosen words; lines are counted anew."""
        rows = np.flatnonzero(which) if which.dtype == bool else which
        line = self.line[rows]
        return Words(
            tuple(self.text[i] for i in rows.tolist()), self.x0[rows], self.top[rows], self.x1[rows], self.bottom[rows],
            self.y[rows], self.size[rows], self.font[rows], np.unique(line, return_inverse=True)[1], self.order[rows],
        )  # fmt: skip


def glyphs_to_words(glyphs: Glyphs, which: Bools) -> Words:
    """The chosen glyphs (white space not among them, upright ones) → words on lines."""
    rows = np.flatnonzero(which)
    leads = leaders(glyphs.take(rows)) if len(rows) else np.zeros(0, dtype=bool)
    if not len(rows):
        none = np.zeros(0)
        return Words((), none, none, none, none, none, none, np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp))
    g = glyphs.take(rows)
    less = np.minimum(g.size[1:], g.size[:-1])
    gap = g.x0[1:] - g.x1[:-1]
    shared = np.minimum(g.bottom[1:], g.bottom[:-1]) - np.maximum(g.top[1:], g.top[:-1])
    new = (gap > WORD_GAP * less) | (gap < -0.8 * less) | (shared < 0.3 * less) | (leads[1:] != leads[:-1])
    first = np.concatenate(([0], np.flatnonzero(new) + 1))
    last = np.concatenate((first[1:], [len(rows)]))
    weight = g.size**4  # the middle of a word is that of its largest glyphs, not of its superscripts
    y = np.add.reduceat((g.top + g.bottom) / 2 * weight, first) / np.add.reduceat(weight, first)
    size = np.maximum.reduceat(g.size, first)
    x0 = np.minimum.reduceat(g.x0, first)
    line = values_to_clusters(y, SAME_LINE * float(np.median(g.size)))[0]
    # dots that lead to a value belong to its label, and end well before the value
    x1 = np.maximum.reduceat(g.x1, first)
    x1 = np.where(leads[first], np.maximum(x0, x1 - size), x1)
    order = np.lexsort((x0, line))
    for k in np.flatnonzero(leads[first][order]).tolist():
        if k and line[order[k]] == line[order[k - 1]]:
            x0[order[k]] = min(x0[order[k]], x1[order[k - 1]])
    text = np.where(leads, "", g.text).tolist()
    start, end = first.tolist(), last.tolist()
    return Words(
        tuple("".join(text[start[i] : end[i]]) for i in order.tolist()),
        x0[order], np.minimum.reduceat(g.top, first)[order], x1[order],
        np.maximum.reduceat(g.bottom, first)[order], y[order], size[order], faces(g.font)[first][order], line[order], rows[first][order],
    )  # fmt: skip


def faces(font: NDArray[np.int32]) -> NDArray[np.int32]:
    """The fonts of the glyphs as they tell faces apart: a browser cuts one face into dozens of fonts, a few characters in
    each. Where no font has much of the text, none says anything."""
    often = np.bincount(font) if font.min() >= 0 else np.zeros(1)
    return np.zeros_like(font) if np.count_nonzero(often) >= SCATTERED and 2 * often.max() < len(font) else font


def words_to_ink(words: Words) -> Words:
    """The words, their right ends where the ink is: the right half of a 。 or 、 is white, and may hang over the end of a
    column (ぶら下げ)."""
    stops = np.fromiter((t[-1:] in STOPS for t in words.text), dtype=bool, count=len(words))
    return replace(words, x1=np.where(stops, np.maximum(words.x0, words.x1 - 0.5 * words.size), words.x1)) if stops.any() else words


def median(values: list[float]) -> float:
    """The median of a few numbers: numpy takes five times as long for a column of ten."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def leaders(g: Glyphs) -> Bools:
    """Which glyphs are dots that only lead the eye from a label to its value (….........): four or more on one line, in
    even steps. g: n glyphs in the order they are read, white space not among them."""
    if not FOUR_DOTS.search("".join(g.text)):
        return np.zeros(len(g), dtype=bool)
    dot = np.fromiter((t in DOTS for t in g.text), dtype=bool, count=len(g))
    step = np.diff((g.x0 + g.x1) / 2)
    on = (step > 0) & (step < 1.5 * g.size[1:]) & (np.abs(g.bottom[1:] - g.bottom[:-1]) < 0.2 * g.size[1:]) & dot[1:] & dot[:-1]
    even = on.copy()  # what stands further off than its neighbours is a dot of another text (.. for a missing number)
    even[1:] &= ~on[:-1] | (step[1:] < step[:-1] + 0.3 * g.size[2:])
    even[:-1] &= ~on[1:] | (step[:-1] < step[1:] + 0.3 * g.size[1:-1])
    change = np.flatnonzero(np.diff(np.concatenate(([0], even.astype(np.int8), [0]))))
    start, end = change[::2], change[1::2] + 1
    out = np.zeros(len(g), dtype=bool)
    for a, b in zip(start.tolist(), end.tolist(), strict=True):
        out[a:b] = b - a >= 4
    return out


def typed_rules(words: Words) -> Bools:
    """Which words are rules that were typed (----------)."""
    return np.fromiter((len(t) >= 6 and not t.strip("-=_─━―‐–—") for t in words.text), dtype=bool, count=len(words))


def is_wide(char: str) -> bool:
    """Full-width: no space stands between such characters."""
    return char >= "\u2e80"


def drawn_on(words: Words) -> Bools:
    """(n-1,): whether each word but the first was drawn right after the one before it, white space aside."""
    length = np.fromiter(map(len, words.text), dtype=np.intp, count=len(words))
    step = words.order[1:] - words.order[:-1]
    return np.asarray((step > 0) & (step <= length[:-1] + BETWEEN))


def words_to_chunks(words: Words, gap: float) -> Ints:
    """Words → for each the number of its chunk: words of one line nearer than `gap` points are one chunk. Beside a
    full-width character half of that parts: there are no spaces in such text. Words drawn apart are never one chunk."""
    if not len(words):
        return np.zeros(0, dtype=np.intp)
    wide = np.fromiter((is_wide(b[:1]) or is_wide(a[-1:]) for a, b in zip(words.text, words.text[1:], strict=False)), dtype=bool, count=len(words) - 1)
    apart = (words.x0[1:] - words.x1[:-1] > np.where(wide, gap / 2, gap)) | (words.line[1:] != words.line[:-1]) | ~drawn_on(words)
    return np.concatenate(([0], np.cumsum(apart)))
