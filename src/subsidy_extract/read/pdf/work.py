"""What the reading child does with a page: glyphs and rules in, cells with their lines out."""

from __future__ import annotations

from dataclasses import replace

from subsidy_extract.read.pdf.cells import read_page
from subsidy_extract.read.pdf.grid import find_grids, find_rules
from subsidy_extract.read.pdf.nouns import Page, PageRead
from subsidy_extract.read.pdf.turn import page_to_upright


def page_to_read(page: Page) -> PageRead:
    """One page, read; one that runs sideways is turned first."""
    page, quarter = page_to_upright(page)
    read = read_page(page, find_grids(page))
    if quarter:
        read = replace(read, quarter=quarter)
    top = min((g.grid.ys[0] for g in read.grids), default=page.height)
    if not any(line.bbox[1] < top for line in read.prose):
        return read
    return replace(read, rules=find_rules(page, top))  # text above the tables: perhaps the rest of a row of the page before
