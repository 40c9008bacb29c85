"""A page whose text runs sideways or upside down → the page turned so that it reads left to right; and places found on it → as
displayed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import numpy as np

from subsidy_extract.model import BBox, LeftOut, Place
from subsidy_extract.read.pdf.nouns import Fills, Floats, Glyphs, Line, Page, PageRead, Rules

Boxes = tuple[Floats, Floats, Floats, Floats]
T = TypeVar("T")

LEAST = 40  # characters: fewer are a mark at the margin
MOST_OF = 0.6  # of the characters of the page: a running head and a page number may stand upright
STEADY = 0.9  # of the steps from character to character: they go one way


def page_to_upright(page: Page) -> tuple[Page, int]:
    """(page turned, how many quarters clockwise it was turned); the page as it is, and 0, where it reads left to right or
    has no one direction."""
    quarter = _quarter(page.glyphs)
    if not quarter:
        return page, 0
    g, r, f = page.glyphs, page.rules, page.fills
    size = (page.width, page.height)
    x0, top, x1, bottom = turned((g.x0, g.top, g.x1, g.bottom), quarter, *size)
    glyphs = Glyphs(g.text, x0, top, x1, bottom, g.size, ~g.upright, g.font)
    fx0, ftop, fx1, fbottom = turned((f.x0, f.top, f.x1, f.bottom), quarter, *size)
    width, height = size if quarter == 2 else size[::-1]
    return Page(
        page.number, width, height, glyphs, Rules(*turned((r.x0, r.top, r.x1, r.bottom), quarter, *size)),
        Fills(fx0, ftop, fx1, fbottom, f.rgb),
        tuple(replace(link, bbox=box_turned(link.bbox, quarter, *size)) for link in page.links),
        tuple(box_turned(box, quarter, *size) for box in page.images),
        tuple(_out_turned(out, quarter, *size) for out in page.left_out), page.witness, page.doubts,
    ), quarter  # fmt: skip


def _quarter(g: Glyphs) -> int:
    """1: it reads upward, a quarter clockwise brings it upright; 2: upside down; 3: it reads downward; 0: as it should."""
    aside = np.flatnonzero(~g.upright)
    if len(aside) < LEAST or len(aside) < MOST_OF * len(g):
        return 0
    dx = np.diff((g.x0 + g.x1)[aside]) / 2
    dy = np.diff((g.top + g.bottom)[aside]) / 2
    near = np.hypot(dx, dy) < 1.5 * g.size[aside][1:]
    dx, dy = dx[near], dy[near]
    if len(dx) < LEAST // 2:
        return 0
    level = np.abs(dx) > np.abs(dy)
    for quarter, share in ((1, ~level & (dy < 0)), (2, level & (dx < 0)), (3, ~level & (dy > 0))):
        if share.mean() >= STEADY:
            return quarter
    return 0


def turned(boxes: Boxes, quarter: int, width: float, height: float) -> Boxes:
    """Boxes (x0, top, x1, bottom) of a page of `width` and `height` points → on the page turned clockwise by quarters."""
    x0, top, x1, bottom = boxes
    if quarter == 1:
        return height - bottom, x0, height - top, x1
    if quarter == 2:
        return width - x1, height - bottom, width - x0, height - top
    if quarter == 3:
        return top, width - x1, bottom, width - x0
    return boxes


def box_turned(box: BBox, quarter: int, width: float, height: float) -> BBox:
    """One box, as `turned`."""
    x0, top, x1, bottom = (float(v[0]) for v in turned(tuple(np.array([v]) for v in box), quarter, width, height))  # type: ignore[arg-type]
    return round(x0, 4), round(top, 4), round(x1, 4), round(bottom, 4)


def _out_turned(out: LeftOut, quarter: int, width: float, height: float) -> LeftOut:
    box = out.place.bbox
    return out if box is None else replace(out, place=replace(out.place, bbox=box_turned(box, quarter, width, height)))


def places_back(value: T, pages: Mapping[int, tuple[int, float, float]]) -> T:
    """Anything made of the nouns → the same with the places of turned pages as displayed. pages: page → (quarters
    clockwise it was turned, its width and height as turned)."""
    found: Any = value
    if isinstance(found, Place):
        if found.page is not None and found.page in pages and found.bbox is not None:
            quarter, width, height = pages[found.page]
            found = replace(found, bbox=box_turned(found.bbox, 4 - quarter, width, height))
    elif isinstance(found, tuple):
        found = tuple(places_back(v, pages) for v in found)
    elif is_dataclass(found) and not isinstance(found, type):
        now = {f.name: getattr(found, f.name) for f in fields(found)}
        new = {k: places_back(v, pages) for k, v in now.items() if isinstance(v, tuple) or is_dataclass(v)}
        found = replace(found, **{k: v for k, v in new.items() if v != now[k]})
    return found  # type: ignore[no-any-return]


def read_back(read: PageRead) -> PageRead:
    """A page read turned, with its cells and lines where they are displayed (to draw them on its picture)."""
    if not read.quarter:
        return read
    how = (4 - read.quarter, read.width, read.height)

    def line(one: Line) -> Line:
        return replace(one, bbox=box_turned(one.bbox, *how))

    grids = tuple(
        replace(g, cells=tuple(replace(c, box=replace(c.box, bbox=box_turned(c.box.bbox, *how)), lines=tuple(map(line, c.lines))) for c in g.cells))
        for g in read.grids
    )
    width, height = (read.width, read.height) if read.quarter == 2 else (read.height, read.width)
    return replace(
        read, width=width, height=height, grids=grids, prose=tuple(map(line, read.prose)),
        left_out=tuple(_out_turned(out, *how) for out in read.left_out), quarter=0,
    )  # fmt: skip
