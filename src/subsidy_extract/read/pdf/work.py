"""What the reading child does with a page: glyphs and rules in, cells with their lines out."""

from __future__ import annotations

from subsidy_extract.read.pdf.cells import read_page
from subsidy_extract.read.pdf.grid import find_grids
from subsidy_extract.read.pdf.nouns import Page, PageRead


def page_to_read(page: Page) -> PageRead:
    """One page, read."""
    return read_page(page, find_grids(page))
