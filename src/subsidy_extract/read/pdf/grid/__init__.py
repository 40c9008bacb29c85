"""Page → Grids: rules where there are rules, alignment where there are none, both where a table has only some."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from subsidy_extract.read.pdf.grid.alignment.aligned import words_to_grids
from subsidy_extract.read.pdf.grid.alignment.framed import grids_in_frames, words_beside_frames
from subsidy_extract.read.pdf.grid.edges import Edges, Ints, edges_together, rules_to_edges
from subsidy_extract.read.pdf.grid.lattice.decide import edges_to_grids
from subsidy_extract.read.pdf.grid.regions.charts import without_charts, words_beside_bars
from subsidy_extract.read.pdf.grid.regions.gutter import words_to_flows
from subsidy_extract.read.pdf.grid.regions.margins import words_to_bodies
from subsidy_extract.read.pdf.grid.regions.runs import words_to_regions
from subsidy_extract.read.pdf.grid.regions.sides import words_to_sides
from subsidy_extract.read.pdf.grid.shades import fills_to_edges, grid_with_bands, grid_without_caption
from subsidy_extract.read.pdf.grid.underline import rules_to_table_rules
from subsidy_extract.read.pdf.grid.words import Bools, Words, glyphs_to_words, typed_rules, words_to_ink
from subsidy_extract.read.pdf.nouns import Fills, Grid, Page, Rules

__all__ = ["find_grids", "find_rules"]


def find_grids(page: Page) -> tuple[Grid, ...]:
    """The skeletons of the tables of a page, from top to bottom. Decides from the page alone how to read it."""
    g = page.glyphs
    if not len(g):
        return ()
    size = float(np.median(g.size))
    shown = g.upright & ~np.fromiter(map(str.isspace, g.text), dtype=bool, count=len(g))
    h, v = rules_to_edges(rules_to_table_rules(page.rules, g, shown), size)
    ruled, in_doubt, free = edges_to_grids(h, v, g, shown, size, page.fills)
    ruled = tuple(grid_without_caption(grid, page.fills) for grid in ruled)
    found = [*ruled, *_aligned(page, free, h, v, size, ruled)]
    found += [grid for grid in in_doubt if not any(_meet(grid, other) for other in found)]
    grids = sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))
    return tuple(grid_with_bands(grid, page.fills) for grid in grids)


def find_rules(page: Page, bottom: float) -> tuple[tuple[float, float, float], ...]:
    """(y, from x, to x) of the horizontal rules and edges of shades above `bottom`, all in points, from top to bottom."""
    size = float(np.median(page.glyphs.size)) if len(page.glyphs) else 10.0
    r, f = page.rules, page.fills
    near, shaded = r.top < bottom + size, f.top < bottom + size
    h, _ = rules_to_edges(Rules(r.x0[near], r.top[near], r.x1[near], r.bottom[near]), size)
    shades, _ = fills_to_edges(Fills(f.x0[shaded], f.top[shaded], f.x1[shaded], f.bottom[shaded], f.rgb[shaded]), page.width, page.height, size)
    h = edges_together(h, shades)
    h = h.take((h.at < bottom + 0.5 * size) & (h.hi - h.lo > 2 * size))
    return tuple(zip(h.at.tolist(), h.lo.tolist(), h.hi.tolist(), strict=True))


def _meet(a: Grid, b: Grid) -> bool:
    return a.xs[0] < b.xs[-1] and b.xs[0] < a.xs[-1] and a.ys[0] < b.ys[-1] and b.ys[0] < a.ys[-1]


def words_between(words: Words, ruled: Sequence[Grid]) -> list[Ints]:
    """Which words stand together above, between and below ruled grids: no table runs over another."""
    low, high = float(words.x0.min(initial=np.inf)), float(words.x1.max(initial=-np.inf))
    bottoms = np.sort([g.ys[-1] for g in ruled if g.xs[0] < high and g.xs[-1] > low])
    of = np.searchsorted(bottoms, words.y)
    return [np.flatnonzero(of == k) for k in np.unique(of).tolist()]


def _aligned(page: Page, free: Bools, h: Edges, v: Edges, size: float, ruled: Sequence[Grid]) -> list[Grid]:
    """The tables among the glyphs that no rules enclose."""
    words = glyphs_to_words(page.glyphs, free)
    if len(words) < 4:
        return []
    if len(page.fills.x0) and (bars := words_beside_bars(words, page.fills, size)).any():
        words = words.take(~bars)
        if len(words) < 4:
            return []
    typed = typed_rules(words)
    h = edges_together(h, Edges(words.y[typed], words.x0[typed], words.x1[typed]))
    words = words.take(~typed)
    framed = words_beside_frames(words, h, v, size)
    shade_h, shade_v = fills_to_edges(page.fills, page.width, page.height, size)
    h, v = edges_together(h, shade_h), edges_together(v, shade_v)
    found = []
    for flow in [own[k] for own in framed for k in words_to_flows(words.take(own), h, size)] if len(framed) > 1 else words_to_flows(words, h, size):
        side = words.take(flow)
        for one in words_to_sides(side, h, size):
            part = side.take(one)
            bodies = [(body[k], edges) for body, edges in words_to_bodies(part, h, size) for k in words_between(part.take(body), ruled)]
            for body, edges in bodies:
                inner = part.take(body)
                grids: list[Grid] = []
                for rows in words_to_regions(inner, edges, size):
                    region = inner.take(rows)
                    if (shown := without_charts(region, size)) is not None:
                        grids += words_to_grids(words_to_ink(region if len(shown) == len(region) else region.take(shown)), edges, v, size)
                found += grids_in_frames(grids, inner, edges, v, size)
    return found
