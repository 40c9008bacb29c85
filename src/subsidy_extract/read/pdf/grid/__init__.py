"""Page → Grids: rules where there are rules, alignment where there are none, both where a table has only some."""

from __future__ import annotations

import numpy as np

from subsidy_extract.read.pdf.grid.aligned import words_to_grid
from subsidy_extract.read.pdf.grid.edges import SAME, edges_to_components, edges_together, rules_to_edges
from subsidy_extract.read.pdf.grid.gutter import words_to_flows
from subsidy_extract.read.pdf.grid.judge import is_empty_lattice
from subsidy_extract.read.pdf.grid.refine import Labels, labels_to_finer_columns, labels_to_finer_rows, labels_to_parted
from subsidy_extract.read.pdf.grid.regions import words_to_regions
from subsidy_extract.read.pdf.grid.ruled import edges_to_lattice, labels_to_spans, lattice_to_labels, spans_to_boxes
from subsidy_extract.read.pdf.grid.shades import fills_to_edges
from subsidy_extract.read.pdf.grid.words import Words, glyphs_to_words
from subsidy_extract.read.pdf.nouns import Grid, GridBox, Page

__all__ = ["find_grids"]


def holds_table(boxes: tuple[GridBox, ...], words: Words) -> bool:
    """Is there more in the boxes of a lattice than the labels of a chart?"""
    x, y = (words.x0 + words.x1) / 2, words.y
    edges = np.array([b.bbox for b in boxes])
    inside = (x[:, None] >= edges[:, 0]) & (y[:, None] >= edges[:, 1]) & (x[:, None] < edges[:, 2]) & (y[:, None] < edges[:, 3])
    used = np.flatnonzero(inside.any(axis=0))
    letters = sum(map(len, words.text)) / max(1, len(used))
    rows, columns = max(b.row + b.row_span for b in boxes), max(b.col + b.col_span for b in boxes)
    return not is_empty_lattice([(boxes[k].row, boxes[k].col) for k in used.tolist()], letters, rows, columns)


def find_grids(page: Page) -> tuple[Grid, ...]:
    """The skeletons of the tables of a page, from top to bottom. Decides from the page alone how to read it."""
    g = page.glyphs
    if not len(g):
        return ()
    size = float(np.median(g.size))
    near = SAME * size
    h, v = rules_to_edges(page.rules, size)
    grids: list[Grid] = []
    free = g.upright & ~np.fromiter((t.isspace() for t in g.text), dtype=bool, count=len(g))
    x, y = (g.x0 + g.x1) / 2, (g.top + g.bottom) / 2
    for of_h, of_v in edges_to_components(h, v, near):
        lattice = edges_to_lattice(h.take(of_h), v.take(of_v), near)
        if lattice is None or len(lattice.xs) < 3:
            continue
        inside = free & (x >= lattice.xs[0]) & (x <= lattice.xs[-1]) & (y >= lattice.ys[0]) & (y <= lattice.ys[-1])
        words = glyphs_to_words(g, inside)
        labels = Labels(lattice_to_labels(lattice.right, lattice.below), lattice.xs, lattice.ys)
        for finer in (labels_to_parted, labels_to_finer_columns, labels_to_finer_rows):
            labels = finer(labels, words, size)
        boxes = spans_to_boxes(labels_to_spans(labels.label), labels.xs, labels.ys)
        if len(boxes) < 2 or not holds_table(boxes, words):
            continue
        grids.append(
            Grid(
                tuple(labels.xs.tolist()), tuple(labels.ys.tolist()), boxes, ruled=True,
                open_top=not lattice.closed_top.any(), open_bottom=not lattice.closed_bottom.any(),
            )
        )  # fmt: skip
        free &= ~inside
    words = glyphs_to_words(g, free)
    if not len(words):
        return tuple(sorted(grids, key=lambda g: (g.ys[0], g.xs[0])))
    shade_h, shade_v = fills_to_edges(page.fills, page.width, page.height, size)
    h, v = edges_together(h, shade_h), edges_together(v, shade_v)
    for flow in words_to_flows(words, size):
        part = words.take(flow)
        for rows in words_to_regions(part, h, size):
            grid = words_to_grid(part.take(rows), h, v, size)
            if grid is not None:
                grids.append(grid)
    return tuple(sorted(grids, key=lambda g: (g.ys[0], g.xs[0])))
