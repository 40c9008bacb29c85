"""Page and grids → PageRead: every glyph in one cell, in one line of prose, or left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from subsidy_extract.read.pdf.lines import RunTable, box_to_lines, prose_to_lines
from subsidy_extract.read.pdf.nouns import Grid, GridCell, GridRead, Line, Page, PageRead
from subsidy_extract.read.pdf.owners import Ints, glyphs_to_runs, grids_to_slots, points_to_slots, settle_runs


def read_page(page: Page, grids: Sequence[Grid]) -> PageRead:
    """One page with its cells read. Grids may not overlap: the first has the glyph."""
    g = page.glyphs
    if not len(g):
        empty = tuple(GridRead(x, tuple(GridCell(b, ()) for b in x.boxes)) for x in grids)
        return PageRead(page.number, page.width, page.height, empty, (), page.left_out, page.witness, page.doubts)
    chars: list[str] = g.text.tolist()
    ink = np.fromiter((bool(c) and not c.isspace() for c in chars), dtype=bool, count=len(chars))
    slots = grids_to_slots(grids)
    owner = points_to_slots((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2, grids)
    starts, owner = settle_runs(g, ink, glyphs_to_runs(g), owner, slots)
    runs = RunTable.of(g, chars, ink, starts, owner[starts])
    lines: list[tuple[Line, ...]] = [()] * len(slots.boxes)
    spots: dict[int, tuple[int, int, int]] = {}  # glyph → box, line, place in the line's text
    by_owner = runs.by_owner()
    for box, mine in by_owner.items():
        if box >= 0:
            made = box_to_lines(runs, mine, slots.boxes[box].bbox)
            lines[box] = tuple(m.line for m in made)
            if page.links:
                for k, m in enumerate(made):
                    spots.update((glyph, (box, k, at)) for glyph, at in m.places())
    links = links_to_words(page, spots, len(slots.boxes)) if page.links else {}
    cells = [GridCell(b, lines[k], tuple(links.get(k, ()))) for k, b in enumerate(slots.boxes)]
    reads, first = [], 0
    for grid in grids:
        reads.append(GridRead(grid, tuple(cells[first : first + len(grid.boxes)])))
        first += len(grid.boxes)
    prose = prose_to_lines(runs, by_owner.get(-1, []))
    return PageRead(page.number, page.width, page.height, tuple(reads), prose, page.left_out, page.witness, page.doubts)


def links_to_words(page: Page, spots: dict[int, tuple[int, int, int]], boxes: int) -> dict[int, list[tuple[str, int, int, int]]]:
    """Link annotations → by box: (url, line, start, end) of the words under each."""
    g = page.glyphs
    x, y = (g.x0 + g.x1) / 2, (g.top + g.bottom) / 2
    found: dict[int, list[tuple[str, int, int, int]]] = {}
    for link in page.links:
        x0, top, x1, bottom = link.bbox
        under: Ints = np.flatnonzero((x >= x0) & (x <= x1) & (y >= top) & (y <= bottom))
        reach: dict[tuple[int, int], list[int]] = {}
        for glyph in under.tolist():
            if (spot := spots.get(glyph)) is not None:
                reach.setdefault(spot[:2], []).append(spot[2])
        for (box, line), at in sorted(reach.items()):
            part = (link.url, line, min(at), max(at) + 1)
            if part not in found.setdefault(box, []):
                found[box].append(part)
    return found
