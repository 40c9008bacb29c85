"""Page and grids → PageRead: every glyph in one cell, in one line of prose, or left out."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from subsidy_extract.model import LeftOut, Place
from subsidy_extract.read.pdf.cutoff import cells_cut, cut_ends, runs_ended
from subsidy_extract.read.pdf.lines import RunTable, box_to_lines, prose_to_lines
from subsidy_extract.read.pdf.merged import MERGED, is_merged_in_doubt
from subsidy_extract.read.pdf.nouns import Grid, GridCell, GridRead, Line, Page, PageRead
from subsidy_extract.read.pdf.overrun import overprints_to_overruns
from subsidy_extract.read.pdf.owners import Ints, glyphs_to_runs, grids_to_slots, points_to_slots, settle_runs

LEAST = 6  # dashes of a rule
TYPED = re.compile(rf"[-=_─━―‐–—]{{{LEAST},}}")
BLANK = frozenset(["", *(c for c in map(chr, range(0x3001)) if c.isspace())])


def read_page(page: Page, grids: Sequence[Grid]) -> PageRead:
    """One page with its cells read. Grids may not overlap: the first has the glyph."""
    page = without_typed_rules(page, grids)
    g = page.glyphs
    if not len(g):
        empty = tuple(GridRead(x, tuple(GridCell(b, ()) for b in x.boxes)) for x in grids)
        return PageRead(page.number, page.width, page.height, empty, (), page.left_out, page.witness, page.doubts)
    chars: list[str] = g.text.tolist()
    ink = ~np.fromiter(map(BLANK.__contains__, chars), np.bool_, len(chars))
    slots = grids_to_slots(grids)
    owner = points_to_slots((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2, grids)
    ends = cut_ends(g, page.left_out)
    starts, owner = settle_runs(g, ink, runs_ended(glyphs_to_runs(g), ends, len(g)), owner, slots)
    runs = RunTable.of(g, chars, ink, starts, owner[starts], not bool((owner[~ink] >= 0).any()))
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
    lines, left_out = reclaim(lines, page.left_out)
    links = links_to_words(page, spots) if page.links else {}
    cut = cells_cut(slots.boxes, lines, left_out, ends, owner)
    cells = [GridCell(b, lines[k], tuple(links.get(k, ())), ("cut_text",) if k in cut else ()) for k, b in enumerate(slots.boxes)]
    reads, first = [], 0
    for grid in grids:
        held = tuple(cells[first : first + len(grid.boxes)])
        if len(held) < (len(grid.xs) - 1) * (len(grid.ys) - 1):
            held = tuple(replace(c, doubts=(*c.doubts, MERGED)) if is_merged_in_doubt(c.box, c.lines, grid) else c for c in held)
        reads.append(GridRead(grid, held))
        first += len(grid.boxes)
    prose = prose_to_lines(runs, by_owner.get(-1, []))
    return PageRead(page.number, page.width, page.height, tuple(reads), prose, left_out, page.witness, overprints_to_overruns(page.doubts, g, owner))


def without_typed_rules(page: Page, grids: Sequence[Grid]) -> Page:
    """Rules that were typed (----------) inside a table without drawn ones are rules, and in no cell."""
    g = page.glyphs
    text = "".join(g.text)
    if len(text) != len(g) or not (found := [m.span() for m in TYPED.finditer(text)]):
        return page
    owner = points_to_slots((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2, [x for x in grids if not x.ruled])
    keep = np.ones(len(g), dtype=bool)
    out = []
    # the dashes for a number that is missing, at the end of the line above, are none of a rule
    line = [0, *(np.flatnonzero(np.abs(np.diff(g.top)) > 0.3 * g.size[1:]) + 1).tolist(), len(g)]
    parts = [(max(a, c), min(b, d)) for a, b in found for c, d in itertools.pairwise(line[bisect_right(line, a) - 1 : bisect_left(line, b) + 1])]
    for a, b in (p for p in parts if p[1] - p[0] >= LEAST):
        if (owner[a:b] >= 0).any():
            keep[a:b] = False
            box = (float(g.x0[a:b].min()), float(g.top[a:b].min()), float(g.x1[a:b].max()), float(g.bottom[a:b].max()))
            out.append(LeftOut(text[a:b], Place(page=page.number, bbox=box), "furniture"))
    return replace(page, glyphs=g.take(keep), left_out=(*page.left_out, *out)) if out else page


def reclaim(lines: list[tuple[Line, ...]], left_out: tuple[LeftOut, ...]) -> tuple[list[tuple[Line, ...]], tuple[LeftOut, ...]]:
    """縦書き too long for its cell: a spreadsheet clips the first and last characters away one by one, but the word is the
    whole column. Single clipped characters in step with a column go back to it."""
    able = [o for o in left_out if o.reason == "clipped_duplicate" and len(o.text) == 1 and o.place.bbox is not None]
    if not able:
        return lines, left_out
    taken: set[int] = set()
    out = list(lines)
    for k, cell in enumerate(lines):
        if any(line.vertical and len(line.text) > 1 for line in cell):
            out[k] = tuple(_grown(line, able, taken) if line.vertical and len(line.text) > 1 else line for line in cell)
    return out, tuple(o for o in left_out if id(o) not in taken)


def _grown(line: Line, able: list[LeftOut], taken: set[int]) -> Line:
    pitch = (line.bbox[3] - line.bbox[1]) / len(line.text)
    again = True
    while again:
        again = False
        for o in able:
            box = o.place.bbox
            if id(o) in taken or box is None or abs(box[0] + box[2] - line.bbox[0] - line.bbox[2]) > 0.6 * pitch:
                continue
            x0, x1 = min(line.bbox[0], box[0]), max(line.bbox[2], box[2])
            if abs(box[3] - line.bbox[1]) < 0.25 * pitch:
                edges = (box[3] - box[1], *(e + line.bbox[1] - box[1] for e in line.edges))
                line = replace(line, text=o.text + line.text, bbox=(x0, box[1], x1, line.bbox[3]), edges=edges)
            elif abs(box[1] - line.bbox[3]) < 0.25 * pitch:
                edges = (*line.edges, box[3] - line.bbox[1])
                line = replace(line, text=line.text + o.text, bbox=(x0, line.bbox[1], x1, box[3]), edges=edges)
            else:
                continue
            taken.add(id(o))
            again = True
    return line


def links_to_words(page: Page, spots: dict[int, tuple[int, int, int]]) -> dict[int, list[tuple[str, int, int, int]]]:
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
