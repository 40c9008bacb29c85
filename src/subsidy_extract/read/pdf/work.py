"""What the reading child does with a page: glyphs and rules in, cells with their lines out, or what a person is shown of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from subsidy_extract.model import BBox
from subsidy_extract.read.pdf.cells import read_page
from subsidy_extract.read.pdf.grid import find_grids, find_rules
from subsidy_extract.read.pdf.grid.words import Words, glyphs_to_words
from subsidy_extract.read.pdf.nouns import Page, PageRead, Rules
from subsidy_extract.read.pdf.order import in_reading_order
from subsidy_extract.read.pdf.readings import without_readings
from subsidy_extract.read.pdf.turn import page_to_upright


def page_to_read(page: Page) -> PageRead:
    """One page, read; one that runs sideways is turned first."""
    page, quarter = page_to_upright(page)
    page = in_reading_order(without_readings(page))
    read = read_page(page, find_grids(page))
    if quarter:
        read = replace(read, quarter=quarter)
    top = min((g.grid.ys[0] for g in read.grids), default=page.height)
    if not any(line.bbox[1] < top for line in read.prose):
        return read
    return replace(read, rules=find_rules(page, top))  # text above the tables: perhaps the rest of a row of the page before


def page_to_seen(page: Page) -> tuple[PageRead, tuple[BBox, ...], tuple[BBox, ...]]:
    """(one page, read; the boxes of its words; those of its rules, thin or wide), the boxes in points as displayed."""
    inked = page.glyphs.upright & ~np.fromiter(map(str.isspace, page.glyphs.text), dtype=bool, count=len(page.glyphs))
    words = glyphs_to_words(page.glyphs, inked)
    return page_to_read(page), _boxes(words), _boxes(page.rules)


def _boxes(things: Words | Rules) -> tuple[BBox, ...]:
    return tuple(zip(things.x0.tolist(), things.top.tolist(), things.x1.tolist(), things.bottom.tolist(), strict=True))
