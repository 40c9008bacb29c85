"""Rules that touch become the ruled grids of a page; frames round other tables and the lattices of charts are none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from subsidy_extract.model import BBox
from subsidy_extract.read.pdf.grid.alignment.judge import is_empty_lattice
from subsidy_extract.read.pdf.grid.edges import SAME, Edges, edges_to_components
from subsidy_extract.read.pdf.grid.lattice.captions import labels_without_captions
from subsidy_extract.read.pdf.grid.lattice.crown import grid_with_heading_above
from subsidy_extract.read.pdf.grid.lattice.levels import labels_to_finer_levels
from subsidy_extract.read.pdf.grid.lattice.missed import labels_to_missed_rows
from subsidy_extract.read.pdf.grid.lattice.openrows import holds_rows
from subsidy_extract.read.pdf.grid.lattice.outer import grid_with_outer_columns
from subsidy_extract.read.pdf.grid.lattice.painted import has_bands, labels_to_banded, labels_to_painted
from subsidy_extract.read.pdf.grid.lattice.parted import labels_to_parted
from subsidy_extract.read.pdf.grid.lattice.refine import (
    Labels,
    labels_to_centred,
    labels_to_finer_rows,
)
from subsidy_extract.read.pdf.grid.lattice.ruled import Lattice, edges_to_lattice, lattice_to_labels, with_bare_columns
from subsidy_extract.read.pdf.grid.lattice.stacked import labels_to_tables
from subsidy_extract.read.pdf.grid.lattice.striped import with_bare_rows
from subsidy_extract.read.pdf.grid.lattice.unmerged import labels_to_unmerged
from subsidy_extract.read.pdf.grid.lattice.unruled import labels_to_unruled_rows
from subsidy_extract.read.pdf.grid.spans import labels_to_spans, spans_to_boxes
from subsidy_extract.read.pdf.grid.values import is_value
from subsidy_extract.read.pdf.grid.words import Bools, Words, glyphs_to_words
from subsidy_extract.read.pdf.nouns import Fills, Floats, Glyphs, Grid, GridBox

NO_CHART = 4  # a frame parted in more columns than three holds no chart
GROUPED = 5  # lines with several figures in one box
BENEATH = 5.0  # font sizes below a boxed heading in which its rows begin, if it has any


@dataclass(frozen=True, slots=True)
class Ruled:
    """What rules enclose: the grids in it (several where tables share a frame), the whole they fill, and where its rows are
    parted by rules (ys, points)."""

    grids: tuple[Grid, ...]
    bbox: BBox
    filled: int
    ys: tuple[float, ...] = ()


def edges_to_grids(
    h: Edges, v: Edges, glyphs: Glyphs, free: Bools, size: float, fills: Fills
) -> tuple[tuple[Grid, ...], tuple[Grid, ...], Bools]:
    """Edges and the glyphs that show → the ruled grids, those whose rules part too little (to be taken where alignment finds
    no table in their place), and which glyphs are left for alignment to tell."""
    near = SAME * size
    found = []
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    components = edges_to_components(h, v, near)
    if (striped := with_bare_rows(h, v, components, glyphs, free, near)) is not None:
        h, v = striped
        components = edges_to_components(h, v, near)
    alone = [of_v for of_h, of_v in components if not len(of_h)]
    lone = v.take(np.sort(np.concatenate(alone))) if alone else None
    for of_h, of_v in components:
        lattice = edges_to_lattice(h.take(of_h), v.take(of_v), near)
        if lattice is not None and lone is not None:
            lattice = with_bare_columns(lattice, lone, near)
        if lattice is not None and len(lattice.xs) > 2:
            ruled = lattice_to_ruled(lattice, glyphs, free & inside_of(x, y, _bbox(lattice)), size, fills)
            if ruled is not None:
                found.append(ruled)
    kept: list[Ruled] = []
    open_rows: list[Grid] = []
    for ruled in drop_nested(found):
        if encloses_open_rows(ruled, glyphs, free, x, y, size, fills):
            open_rows += (g for g in ruled.grids if len(g.xs) > NO_CHART)
        elif not heads_open_body(ruled, glyphs, free, x, y, size):
            kept.append(ruled)
    held = free
    for ruled in kept:
        free = free & ~inside_of(x, y, ruled.bbox)
    grids = [g for ruled in kept for g in ruled.grids]
    if grids and free.any():
        grids, free = _with_outer_columns(grids, glyphs, held, free, h, fills, size)
    return tuple(grids), tuple(open_rows), free


def heads_open_body(ruled: Ruled, glyphs: Glyphs, free: Bools, x: Floats, y: Floats, size: float) -> bool:
    """Is all that rules enclose the heading of a table whose rows below have none? One or two rows without numbers, and
    close below them lines with texts in their columns, none across a line between two of these."""
    (grid, *more) = ruled.grids
    if more or len(grid.ys) > 5 or len(grid.xs) < 3:
        return False
    x0, _, x1, bottom = ruled.bbox
    beneath = free & (y > bottom) & (y < bottom + BENEATH * size)
    if not beneath.any() or (beneath & ((x < x0 - size) | (x > x1 + size))).any():
        return False
    head = glyphs_to_words(glyphs, free & inside_of(x, y, ruled.bbox))
    words = glyphs_to_words(glyphs, beneath)
    if any(is_value(text) for text in head.text) or float(words.top.min()) - bottom > 1.2 * size or int(words.line.max()) < 1:
        return False
    inner = np.array(grid.xs[1:-1])
    column = np.searchsorted(inner, (words.x0 + words.x1) / 2)
    crossing = (words.x0[:, None] < inner - 0.1 * size) & (words.x1[:, None] > inner + 0.1 * size)
    of = [np.unique(column[words.line == k]) for k in range(int(words.line.max()) + 1)]
    return not crossing.any() and sum(len(c) >= 2 for c in of) >= max(2, 0.7 * len(of)) and len(np.unique(column)) >= 0.7 * (len(inner) + 1)


def encloses_open_rows(ruled: Ruled, glyphs: Glyphs, free: Bools, x: Floats, y: Floats, size: float, fills: Fills) -> bool:
    """Do rules part little more than the heading and the first column of a table? Two or three rows and columns, and in
    one of their boxes most lines have several figures far apart, or bands of colour are its rows."""
    (grid, *more) = ruled.grids
    if not more and len(ruled.ys) <= 4 < len(grid.xs):
        return groups_of_figures(ruled, glyphs_to_words(glyphs, free & inside_of(x, y, ruled.bbox)), size)
    if more or len(grid.xs) > 4 or (len(grid.ys) > 4 and not has_bands(ruled.bbox, fills, size)):
        return False
    if len(grid.ys) <= 3 and any(has_bands(b.bbox, fills, size) for b in grid.boxes):
        return True
    words = glyphs_to_words(glyphs, free & inside_of(x, y, ruled.bbox))
    value = np.fromiter(map(is_value, words.text), dtype=bool, count=len(words))
    row, column = np.searchsorted(grid.ys, words.y), np.searchsorted(grid.xs, (words.x0 + words.x1) / 2)
    apart = (words.line[1:] == words.line[:-1]) & (column[1:] == column[:-1]) & (words.x0[1:] - words.x1[:-1] >= size)
    head = row[1:] == row.min(initial=len(grid.ys))
    headed = np.isin(column[1:], column[1:][apart & head]) & ~head  # two headings over one column
    beside = apart & ((value[1:] & value[:-1]) | ((value[1:] | value[:-1]) & headed))
    if len(grid.ys) > 4:  # rows that are painted, not ruled
        row = np.minimum(row, 2)
    for k, c in {(int(row[i]), int(column[i])) for i in np.flatnonzero(beside).tolist()}:
        here = (row == k) & (column == c)
        lines = len(np.unique(words.line[row == k]))
        if lines >= 3 and len(np.unique(words.line[1:][beside & here[1:]])) >= 0.6 * lines:
            return True
    return False


def groups_of_figures(ruled: Ruled, words: Words, size: float) -> bool:
    """Do rules part groups of columns only? Two or three rows are ruled, and in the last most lines have several figures far
    apart in one of the boxes. words: those between the rules."""
    (grid,) = ruled.grids
    words = words.take(words.y > ruled.ys[-2])
    if not len(words):
        return False
    value = np.fromiter(map(is_value, words.text), dtype=bool, count=len(words))
    column = np.searchsorted(grid.xs, (words.x0 + words.x1) / 2)
    apart = (words.line[1:] == words.line[:-1]) & (column[1:] == column[:-1]) & (words.x0[1:] - words.x1[:-1] >= size) & value[1:] & value[:-1]
    least = max(GROUPED, 0.6 * len(np.unique(words.line)))
    return any(len(np.unique(words.line[1:][apart & (column[1:] == k)])) >= least for k in range(2, len(grid.xs)))


def _with_outer_columns(grids: list[Grid], glyphs: Glyphs, held: Bools, free: Bools, h: Edges, fills: Fills, size: float) -> tuple[list[Grid], Bools]:
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    out = []
    for grid in grids:
        near = free & (y > grid.ys[0]) & (y < grid.ys[-1])
        if near.sum() >= 4:
            bbox = (grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
            inner = glyphs_to_words(glyphs, held & inside_of(x, y, bbox))
            grid = grid_with_outer_columns(grid, glyphs_to_words(glyphs, near), inner, size)
            free = free & ~inside_of(x, y, (grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]))
        over = free & (y < grid.ys[0]) & (y > grid.ys[0] - 2 * size)
        if over.sum() >= 4:
            bbox = (grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[1])
            inner = glyphs_to_words(glyphs, held & inside_of(x, y, bbox))
            grid = grid_with_heading_above(grid, glyphs_to_words(glyphs, free & (y < grid.ys[0]) & (y > grid.ys[0] - 6 * size)), inner, h, fills, size)
            free = free & ~inside_of(x, y, (grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]))
        out.append(grid)
    return out, free


def inside_of(x: Floats, y: Floats, bbox: BBox) -> Bools:
    return (x >= bbox[0]) & (y >= bbox[1]) & (x <= bbox[2]) & (y <= bbox[3])


def _bbox(lattice: Lattice) -> BBox:
    return float(lattice.xs[0]), float(lattice.ys[0]), float(lattice.xs[-1]), float(lattice.ys[-1])


def lattice_to_ruled(lattice: Lattice, glyphs: Glyphs, mine: Bools, size: float, fills: Fills) -> Ruled | None:
    """A lattice and the glyphs in it → its grids; None when it holds no table."""
    words = glyphs_to_words(glyphs, mine)
    drawn = Labels(lattice_to_labels(lattice.right, lattice.below), lattice.xs, lattice.ys)
    if holds_rows(drawn, words, size):
        return None
    stacks = labels_to_tables(labels_to_banded(labels_to_painted(drawn, fills, size), fills, words, size), words)
    tables = []
    for part in stacks:
        inner = words if len(stacks) == 1 else words.take((words.y > part.ys[0]) & (words.y < part.ys[-1]))
        for finer in (labels_to_missed_rows, labels_to_unruled_rows, labels_to_unmerged, labels_to_parted, labels_to_centred, labels_to_finer_levels, labels_to_finer_rows):
            part = finer(part, inner, size)
        tables += labels_to_tables(part, inner) if len(stacks) == 1 else [part]
    tables = [labels_without_captions(part, words) for part in tables]
    boxes = [spans_to_boxes(labels_to_spans(part.label), part.xs, part.ys) for part in tables]
    filled = [boxes_with_words(b, words) for b in boxes]
    count = sum(map(len, filled))
    letters = sum(map(len, words.text)) / max(1, count)
    if sum(map(len, boxes)) < 2 or all(is_empty_lattice([(b.row, b.col) for b in f], letters, *part.label.shape) for f, part in zip(filled, tables, strict=True)):
        return None
    grids = []
    # rows that no rule parts are open for no reason
    (top, second), (before, bottom) = lattice.ys[:2], lattice.ys[-2:]
    first, last = (int(((t.ys > a + 0.5) & (t.ys < b - 0.5)).sum()) for t, a, b in ((tables[0], top, second), (tables[-1], before, bottom)))
    for k, (part, cells) in enumerate(zip(tables, boxes, strict=True)):
        grids.append(
            Grid(
                tuple(part.xs.tolist()), tuple(part.ys.tolist()), cells, ruled=True,
                open_top=not k and not first and not lattice.closed_top.any(),
                open_bottom=k == len(tables) - 1 and not last and not lattice.closed_bottom.any(),
            )
        )  # fmt: skip
    return Ruled(tuple(grids), _bbox(lattice), count, tuple(lattice.ys.tolist()))


def boxes_with_words(boxes: tuple[GridBox, ...], words: Words) -> list[GridBox]:
    """The boxes in which a word has its middle."""
    if not len(words):
        return []
    x, y = (words.x0 + words.x1) / 2, words.y
    edges = np.array([b.bbox for b in boxes])
    held = (x[:, None] >= edges[:, 0]) & (y[:, None] >= edges[:, 1]) & (x[:, None] < edges[:, 2]) & (y[:, None] < edges[:, 3])
    return [boxes[k] for k in np.flatnonzero(held.any(axis=0)).tolist()]


def drop_nested(found: list[Ruled]) -> list[Ruled]:
    """Of two tables one in a box of the other, the outer one when it is a table besides that box, else the inner one."""
    kept: list[Ruled] = []
    for outer in sorted(found, key=lambda r: (r.bbox[2] - r.bbox[0]) * (r.bbox[3] - r.bbox[1])):
        x0, top, x1, bottom = outer.bbox
        within = [r for r in kept if r.bbox[0] >= x0 and r.bbox[1] >= top and r.bbox[2] <= x1 and r.bbox[3] <= bottom]
        if within and outer.filled < 6:
            continue  # a frame
        kept = [r for r in kept if r not in within] + [outer]
    return kept
