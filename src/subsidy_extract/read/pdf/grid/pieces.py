"""Words on lines and the columns between valleys become pieces: what one line prints in one column."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass

import numpy as np

from subsidy_extract.read.pdf.grid.columns import words_to_space
from subsidy_extract.read.pdf.grid.values import MARK, is_value
from subsidy_extract.read.pdf.grid.words import Words, drawn_on, median
from subsidy_extract.read.pdf.nouns import Floats

BRACKET = 0.8  # of the font size: words of one bracket are no further apart
FIGURES = 3  # numbers of a column, at least
PHRASE = 1.4  # usual spaces: words nearer than this belong to one phrase even across a valley


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line in columns `col` to `last` (both counted in). lead: width of its first word, points. parts: what
    of it stands in each column, when no word of it stands across two. order: of its first glyph in the drawing (-1 unknown)."""

    col: int
    last: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    text: str
    lead: float
    value: bool
    font: int
    parts: tuple[Piece, ...] = ()
    order: int = -1


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of a table: its pieces from left to right."""

    y: float
    top: float
    bottom: float
    pieces: tuple[Piece, ...]

    def at(self, col: int) -> Piece | None:
        """The piece that begins in a column."""
        return next((p for p in self.pieces if p.col == col), None)


def words_to_slots(words: Words, at: Floats, size: float) -> tuple[Slot, ...]:
    """Words and the positions of the valleys → one slot for each line. A phrase stays whole where it crosses a valley."""
    if not len(words):
        return ()
    column = np.searchsorted(at, (words.x0 + words.x1) / 2).tolist()
    left = np.searchsorted(at, words.x0 + 0.1 * size).tolist()
    right = np.searchsorted(at, words.x1 - 0.1 * size).tolist()
    x0, x1, line = words.x0.tolist(), words.x1.tolist(), words.line.tolist()
    top, bottom, y = words.top.tolist(), words.bottom.tolist(), words.y.tolist()
    height, font, text, order = words.size.tolist(), words.font.tolist(), words.text, words.order.tolist()
    value = [is_value(t) for t in text]
    mark = [bool(MARK.fullmatch(t)) for t in text]  # $ 1,234
    space = words_to_space(words, size)
    on = drawn_on(words).tolist()
    ends = _ends_of_values(x1, column, value)
    figures = Counter(c for c, is_number in zip(column, value, strict=True) if is_number)
    slots: list[Slot] = []
    groups: list[list[int]] = []

    def piece(g: list[int], first: int, last: int, parts: tuple[Piece, ...] = ()) -> Piece:
        return Piece(
            first, last, x0[g[0]], max(x1[i] if text[i] else x1[i] + height[i] for i in g), min(top[i] for i in g), max(bottom[i] for i in g),
            max(height[i] for i in g), " ".join(text[i] for i in g if text[i]), x1[g[0]] - x0[g[0]],
            all(value[i] or mark[i] for i in g) and any(value[i] for i in g), font[g[0]], parts, min(order[i] for i in g),
        )  # fmt: skip

    def close() -> None:
        pieces = []
        for g, after in itertools.zip_longest(groups, groups[1:]):
            covers = [i for i in g if left[i] < right[i] and not (len(g) == 1 and value[i] and abs(x1[i] - ends[column[i]]) < 0.3 * size)]
            first = min([column[i] for i in g] + [left[i] for i in covers])
            last = max([column[i] for i in g] + [right[i] for i in covers])
            if after is not None and first < column[after[0]] <= last:
                last = column[after[0]] - 1
            parts: tuple[Piece, ...] = ()
            if first < last and not covers:
                parts = tuple(piece([i for i in g if column[i] == c], c, c) for c in sorted({column[i] for i in g}))
            pieces.append(piece(g, first, last, parts))
        every = [i for g in groups for i in g]
        slots.append(Slot(median([y[i] for i in every]), min(top[i] for i in every), max(bottom[i] for i in every), tuple(pieces)))

    for i in range(len(words)):
        if i and line[i] != line[i - 1]:
            close()
            groups = []
        if groups:
            j = groups[-1][-1]
            gap = x0[i] - x1[j]
            # a number that ends where the numbers of its column end stands in that column, however near the label before
            apart = value[i] and (value[j] or abs(x1[i] - ends[column[i]]) < 0.3 * size)
            near = PHRASE * space * (2 if left[i] < column[i] else 1)
            if not apart and text[groups[-1][0]][:1] in "(（[" and text[j][-1:] not in ")）]":
                near = max(near, BRACKET * size)  # what a bracket opens goes on until it closes
            # a label so long that it reaches into the column of a number, with which the text ends
            over = apart and not value[j] and figures[column[i]] >= FIGURES and column[groups[-1][0]] < column[i] and not (i + 1 < len(words) and line[i + 1] == line[i] and x0[i + 1] - x1[i] <= near)
            if (column[i] == column[j] and not over) or (not apart and on[i - 1] and -size < gap <= near):
                groups[-1].append(i)
                continue
        groups.append([i])
    close()
    return tuple(slots)


def _ends_of_values(x1: list[float], column: list[int], value: list[bool]) -> dict[int, float]:
    """Column → where its numbers end (the median); only of columns that have some."""
    ends: dict[int, list[float]] = {}
    for end, c, is_number in zip(x1, column, value, strict=True):
        if is_number:
            ends.setdefault(c, []).append(end)
    return {c: median(found) for c, found in ends.items()}
