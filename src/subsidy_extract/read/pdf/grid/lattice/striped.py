"""Rows ruled one by one, with bare ones between them, become one lattice: a table in stripes, its rules in the colour of paper."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from subsidy_extract.read.pdf.grid.edges import Edges, Ints, edges_together, values_to_clusters
from subsidy_extract.read.pdf.grid.words import Bools, glyphs_to_words
from subsidy_extract.read.pdf.nouns import Floats, Glyphs

LEAST = 3  # stripes: two tables of one row each have one form by chance
WHITE = 2.5  # usual heights of a stripe: a bare row between two is no higher
COLUMNS = 2  # at least


def with_bare_rows(h: Edges, v: Edges, components: Sequence[tuple[Ints, Ints]], glyphs: Glyphs, free: Bools, near: float) -> tuple[Edges, Edges] | None:
    """Edges with those that carry the columns of stripes through the bare rows between them, and through one below the last;
    None where there are none. Stripes: groups of touching edges (components) with rules in the same places across, one close
    below another, and in the white between them texts that keep to these columns."""
    if len(components) < LEAST:
        return None
    found = None
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    for run in _runs(h, v, components, near):
        xs, between = run[0][2], np.zeros(len(x), dtype=bool)
        for (_, end, _), (begin, _, _) in itertools.pairwise(run):
            between |= (y > end) & (y < begin)
        if not _in_columns(between, xs, glyphs, free & (x > xs[0]) & (x < xs[-1]), near):
            continue
        top, bottom = run[0][0], run[-1][1]
        below = (y > bottom) & (y < bottom + run[-1][1] - run[-1][0])
        if (glyphs.bottom[below] <= bottom + 1.2 * (run[-1][1] - run[-1][0])).all() and _in_columns(below, xs, glyphs, free, near, len(xs) // 2):
            bottom = float(glyphs.bottom[below & free].max()) + near / 2
            h = edges_together(h, Edges(np.array([bottom]), xs[:1], xs[-1:]))
        v = edges_together(v, Edges(xs, np.full(len(xs), top), np.full(len(xs), bottom)))
        found = (h, v)
    return found


def _runs(h: Edges, v: Edges, components: Sequence[tuple[Ints, Ints]], near: float) -> list[list[tuple[float, float, Floats]]]:
    """Stripes of one table, from top to bottom: (from, to, where their vertical rules stand)."""
    stripes = []
    for of_h, of_v in components:
        if len(of_h) >= 2 and len(of_v) > COLUMNS:
            xs = values_to_clusters(v.at[of_v], near)[1]
            if len(xs) > COLUMNS:
                stripes.append((float(h.at[of_h].min()), float(h.at[of_h].max()), xs))
    runs: list[list[tuple[float, float, Floats]]] = []
    for s in sorted(stripes, key=lambda s: s[0]):
        run = next((r for r in runs if len(r[-1][2]) == len(s[2]) and np.abs(r[-1][2] - s[2]).max() <= near), None)
        if run is not None and 0 < s[0] - run[-1][1] <= WHITE * min(b - a for a, b, _ in (*run, s)):
            run.append(s)
        else:
            runs.insert(0, [s])
    return [r for r in runs if len(r) >= LEAST]


def _in_columns(here: Bools, xs: Floats, glyphs: Glyphs, free: Bools, near: float, least: int = 1) -> bool:
    """Whether texts stand here, in `least` columns or more, and none runs over a line between two, or beside them all."""
    words = glyphs_to_words(glyphs, here & free)
    if len(words) < least or len(np.unique(np.searchsorted(xs, words.x0))) < least or float(words.x0.min()) < xs[0] - near or float(words.x1.max()) > xs[-1] + near:
        return False
    return not bool(((words.x0[:, None] < xs[1:-1] - near) & (words.x1[:, None] > xs[1:-1] + near)).any())
