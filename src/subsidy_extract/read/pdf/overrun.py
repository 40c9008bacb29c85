"""Doubts about texts printed over each other, and the owners of the glyphs, go in; where each text has a cell of its own they come out as overruns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from subsidy_extract.model import BBox, Doubt
from subsidy_extract.read.pdf.nouns import Floats, Glyphs
from subsidy_extract.read.pdf.owners import Ints

OVER = 0.5  # of the narrower, and of the lower, of two characters: they stand in one place


def overprints_to_overruns(doubts: tuple[Doubt, ...], g: Glyphs, owner: Ints) -> tuple[Doubt, ...]:
    """overrun instead of overprinted: a text runs over the rule into the next cell (spreadsheets print that). The order of drawing
    has parted the two, but nobody can see there whether it is right. owner: of each glyph its box, below 0 for none."""
    if not any(d.code == "overprinted" for d in doubts):
        return doubts
    return tuple(replace(d, code="overrun") if d.code == "overprinted" and d.places[0].bbox and _parted(d.places[0].bbox, g, owner) else d for d in doubts)


def _parted(bbox: BBox, g: Glyphs, owner: Ints) -> bool:
    """Do the glyphs in the box belong to several cells, and does none of them stand over another of its own cell?"""
    x, y = (g.x0 + g.x1) / 2, (g.top + g.bottom) / 2
    here = np.flatnonzero((x >= bbox[0]) & (x <= bbox[2]) & (y >= bbox[1]) & (y <= bbox[3]))
    cells = set(owner[here].tolist())
    return len(cells) > 1 and min(cells) >= 0 and not any(_stand_over(g, here[owner[here] == cell]) for cell in cells)


def _stand_over(g: Glyphs, some: Ints) -> bool:
    across, down = _shared(g.x0[some], g.x1[some]), _shared(g.top[some], g.bottom[some])
    return bool(np.triu((across > OVER) & (down > OVER), 1).any())


def _shared(low: Floats, high: Floats) -> Floats:
    """(n, n): what each two spans share, as a part of the shorter."""
    both = np.minimum(high[:, None], high) - np.maximum(low[:, None], low)
    return np.asarray(both / np.maximum(np.minimum((high - low)[:, None], high - low), 0.01), np.float64)
