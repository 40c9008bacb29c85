"""Glyphs of the pages → where the characters of a value stand: the boxes of its lines inside its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.model import BBox, Column, Place

SLACK = 1.5  # points: a glyph may stand out of its cell by so much


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph on a page; line: the number of its line from the top of its cell."""

    text: str
    page: int
    line: int
    box: BBox


class Ink:
    """What stands on the pages that have a picture: page → (texts of the glyphs, their boxes one after the other)."""

    def __init__(self, pages: Mapping[int, tuple[Sequence[str], Sequence[float]]]) -> None:
        self._pages = {
            page: (texts, np.asarray(boxes, float).reshape(-1, 4)) for page, (texts, boxes) in pages.items() if len(boxes) == 4 * len(texts) > 0
        }
        self._in: dict[Place, tuple[Glyph, ...]] = {}

    def under(self, column: Column, start: int, end: int) -> list[list[float]]:
        """[page, x, y, width, height] of each line of `column.text[start:end]`; nothing where that can't be told."""
        places = [p.place for at in column.cells for p in at.cell.pieces]
        if not places or any(p.page not in self._pages or p.bbox is None for p in places):
            return []
        glyphs = [g for place in dict.fromkeys(places) for g in self._glyphs(place)]
        chars = [(c, g) for g in glyphs for c in g.text if not c.isspace()]
        seen = "".join(c for c, _ in chars)
        whole, before, wanted = (_bare(t) for t in (column.text, column.text[:start], column.text[start:end]))
        at = len(before) if seen == whole else _nth(seen, wanted, whole[: len(before) + len(wanted)].count(wanted) if wanted else 0)
        return _lines(g for _, g in chars[at : at + len(wanted)]) if wanted and at >= 0 else []

    def _glyphs(self, place: Place) -> tuple[Glyph, ...]:
        """The glyphs of a cell, line by line."""
        if place not in self._in:
            assert place.page is not None
            assert place.bbox is not None
            texts, boxes = self._pages[place.page]
            x0, top, x1, bottom = place.bbox
            x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
            inside = np.flatnonzero((x > x0 - SLACK) & (x < x1 + SLACK) & (y > top - SLACK) & (y < bottom + SLACK))
            lines = _line_numbers(boxes[inside])
            order = sorted(range(len(inside)), key=lambda i: (lines[i], boxes[inside[i], 0]))
            self._in[place] = tuple(Glyph(texts[inside[i]], place.page, lines[i], _box(boxes[inside[i]])) for i in order)
        return self._in[place]


def _box(row: NDArray[np.float64]) -> BBox:
    return float(row[0]), float(row[1]), float(row[2]), float(row[3])


def _bare(text: str) -> str:
    return "".join(text.split())


def _line_numbers(boxes: NDArray[np.float64]) -> list[int]:
    """The line of each glyph: a new one begins where the middle of a glyph lies below the foot of those before."""
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    lines = [0] * len(boxes)
    line, foot = -1, float("-inf")
    for i in np.argsort(middle, kind="stable"):
        if middle[i] > foot:
            line, foot = line + 1, float(boxes[i, 3])
        lines[i] = line
    return lines


def _nth(text: str, wanted: str, n: int) -> int:
    """Where `wanted` stands for the n-th time; -1 when it stands there fewer times."""
    at = -1
    for _ in range(max(n, 1)):
        at = text.find(wanted, at + 1)
        if at < 0:
            return -1
    return at


def _lines(glyphs: Iterable[Glyph]) -> list[list[float]]:
    """One box a line."""
    boxes: dict[tuple[int, int, float], list[float]] = {}
    last: tuple[int, int, float] | None = None
    for glyph in glyphs:
        x0, top, x1, bottom = glyph.box
        same = last is not None and last[:2] == (glyph.page, glyph.line) and x0 >= boxes[last][0]
        if not same or last is None:
            last = (glyph.page, glyph.line, top)
            boxes[last] = [x0, top, x1, bottom]
        else:
            box = boxes[last]
            boxes[last] = [min(box[0], x0), min(box[1], top), max(box[2], x1), max(box[3], bottom)]
    return [[page, round(x0, 1), round(top, 1), round(x1 - x0, 1), round(bottom - top, 1)] for (page, _, _), (x0, top, x1, bottom) in boxes.items()]
