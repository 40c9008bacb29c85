"""Rules, as drawn (dashed, doubled, in pieces), become long straight edges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf.nouns import Floats, Rules

Ints = NDArray[np.intp]

SAME = 0.4  # of the font size: two parallel rules nearer than this hold no text between them, so they are one
DASH = 0.3  # of the font size: pieces of one rule may be this far apart whatever their length …
LONGEST_GAP = 1.0  # … and up to this when the pieces are as short as the gaps between them (dashes, dots)
SHORT = 0.6  # of the font size: gaps are wider than dashes where these are that short only; among longer ones they are narrower
LONGEST_DASH = 2.0  # of the font size: rules longer than that with white between them are several, as those under spanning headings
MOST = 4_000_000  # pairs of a horizontal and a vertical edge: a page with more is a drawing
WHOLE = 0.8  # of the table's width: a rule at least this long parts rows
COVERED = 0.8  # of the width of a row of shorter rules: there is little white between them
GROUPS = 0.3  # of the table's width: a column that names groups of rows is no wider
SPREAD = 0.2  # of the height of a table, over which rules between groups of rows are spread at least
SHORTEST = 0.8  # of the font size: what is shorter after joining is part of a drawing, not of a table


@dataclass(frozen=True, slots=True)
class Edges:
    """n parallel edges: `at` across, from `lo` to `hi` along; points; sorted by `at`, then `lo`."""

    at: Floats
    lo: Floats
    hi: Floats

    def __len__(self) -> int:
        return len(self.at)

    def take(self, which: NDArray[np.bool_] | Ints) -> Edges:
        return Edges(self.at[which], self.lo[which], self.hi[which])


def edges_together(one: Edges, other: Edges) -> Edges:
    """Both, sorted again."""
    at, lo, hi = (np.concatenate(pair) for pair in ((one.at, other.at), (one.lo, other.lo), (one.hi, other.hi)))
    order = np.lexsort((lo, at))
    return Edges(at[order], lo[order], hi[order])


NO_EDGES = Edges(np.zeros(0), np.zeros(0), np.zeros(0))


def values_to_clusters(values: Floats, tolerance: float) -> tuple[Ints, Floats]:
    """(n,) numbers → the cluster of each (counted from 0, ascending) and the middle of each cluster.

    A cluster is a run in which neighbours differ by at most `tolerance`.
    """
    if not len(values):
        return np.zeros(0, dtype=np.intp), np.zeros(0)
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    new = np.empty(len(values), dtype=bool)
    new[0] = False
    np.greater(np.diff(ranked), tolerance, out=new[1:])
    number = np.cumsum(new)
    which = np.empty(len(values), dtype=np.intp)
    which[order] = number
    first = np.flatnonzero(np.concatenate(([True], new[1:])))
    last = np.concatenate((first[1:], [len(values)])) - 1
    return which, (ranked[first] + ranked[last]) / 2


def pieces_to_edges(at: Floats, lo: Floats, hi: Floats, size: float) -> Edges:
    """Parallel pieces of rules → the edges they form: near-doubles fall together, dashes join. size: font size, points."""
    if not len(at):
        return NO_EDGES
    which, middle = values_to_clusters(at, SAME * size)
    order = np.lexsort((lo, which))
    which, lo, hi = which[order], lo[order], hi[order]
    base = which * (2 * (hi.max() - lo.min()) + 4 * size + 1.0)  # one number line per cluster, one behind the other
    reach = np.maximum.accumulate(hi + base) - base
    long = hi - lo
    gap = lo[1:] - reach[:-1]
    least = np.minimum(long[1:], long[:-1])
    allowed = np.maximum(DASH * size, np.where(least <= LONGEST_DASH * size, np.where(least <= SHORT * size, np.minimum(LONGEST_GAP * size, 1.5 * least), SHORT * least), 0.0))
    new = np.concatenate(([True], (gap > allowed) | (which[1:] != which[:-1])))
    first = np.flatnonzero(new)
    last = np.concatenate((first[1:], [len(lo)])) - 1
    edges = Edges(middle[which[first]], lo[first], reach[last])
    return edges.take(edges.hi - edges.lo >= SHORTEST * size)


def dots_to_pieces(at: Floats, lo: Floats, hi: Floats, size: float) -> tuple[Floats, Floats, Floats]:
    """Dots → the dotted rules they make in one direction: at, lo, hi. Dots of one rule stand exactly in line."""
    which, middle = values_to_clusters(at, 0.02 * size)
    order = np.lexsort((lo, which))
    which, lo, hi = which[order], lo[order], hi[order]
    apart = (which[1:] != which[:-1]) | (lo[1:] - hi[:-1] > LONGEST_GAP * size)
    first = np.flatnonzero(np.concatenate(([True], apart)))
    last = np.concatenate((first[1:], [len(lo)])) - 1
    rule = last - first >= 3
    return middle[which[first]][rule], lo[first][rule], hi[last][rule]


def rules_to_edges(rules: Rules, size: float) -> tuple[Edges, Edges]:
    """Rules → (horizontal edges, vertical edges). Dots about as wide as high make either, by how they stand in line."""
    wide, high = rules.x1 - rules.x0, rules.bottom - rules.top
    x, y = (rules.x0 + rules.x1) / 2, (rules.top + rules.bottom) / 2
    dot = (np.maximum(wide, high) <= SAME * size) & (np.maximum(wide, high) <= 1.6 * np.minimum(wide, high))
    h, v = (wide >= high) & ~dot, (high > wide) & ~dot
    across, down = (y[h], rules.x0[h], rules.x1[h]), (x[v], rules.top[v], rules.bottom[v])
    if dot.sum() >= 4:
        row = dots_to_pieces(y[dot], rules.x0[dot], rules.x1[dot], size)
        col = dots_to_pieces(x[dot], rules.top[dot], rules.bottom[dot], size)
        across = tuple(np.concatenate(pair) for pair in zip(across, row, strict=True))  # type: ignore[assignment]
        down = tuple(np.concatenate(pair) for pair in zip(down, col, strict=True))  # type: ignore[assignment]
    return pieces_to_edges(*across, size), pieces_to_edges(*down, size)


def edges_to_components(h: Edges, v: Edges, near: float) -> list[tuple[Ints, Ints]]:
    """Edges that touch or cross (within `near` points) → groups of (indices of h, indices of v), vertical ones in all."""
    if not len(h) or not len(v) or len(h) * len(v) > MOST:
        return []
    touch = (
        (h.lo[:, None] <= v.at + near) & (h.hi[:, None] >= v.at - near)
        & (v.lo <= h.at[:, None] + near) & (v.hi >= h.at[:, None] - near)
    )  # fmt: skip
    left_h = np.ones(len(h), dtype=bool)
    left_v = np.ones(len(v), dtype=bool)
    found = []
    while left_v.any():
        mine_v = np.zeros(len(v), dtype=bool)
        mine_v[np.argmax(left_v)] = True
        mine_h = np.zeros(len(h), dtype=bool)
        while True:
            more_h = np.asarray(touch[:, mine_v].any(axis=1))
            more_v = np.asarray(touch[more_h].any(axis=0)) | mine_v
            if (more_h == mine_h).all() and (more_v == mine_v).all():
                break
            mine_h, mine_v = more_h, more_v
        left_h &= ~mine_h
        left_v &= ~mine_v
        found.append((np.flatnonzero(mine_h), np.flatnonzero(mine_v)))
    return found


def split_edges(h: Edges, left: float, right: float, top: float, bottom: float) -> tuple[Edges, Edges]:
    """Horizontal edges near a table → those over (nearly) its whole width, and the shorter ones."""
    near = h.take((h.at >= top) & (h.at <= bottom) & (np.minimum(h.hi, right) > np.maximum(h.lo, left)))
    if not len(near):
        return NO_EDGES, NO_EDGES
    slack = (1 - WHOLE) / 2 * (right - left)
    full = (near.lo <= left + slack) & (near.hi >= right - slack)
    long = full
    if full.any() and not full.all():  # rules that leave the first column out, again and again: it is merged over groups of rows
        rest = np.flatnonzero(~full & (near.hi >= right - slack) & (near.lo <= left + GROUPS * (right - left)))
        some = (np.abs(near.lo[rest, None] - near.lo) <= 0.5) & ~full
        reach = np.where(some, near.at, -np.inf).max(axis=1) - np.where(some, near.at, np.inf).min(axis=1)
        groups = (some.sum(axis=1) >= 2) & (reach >= SPREAD * (bottom - top))  # those under headings of levels stand at the top
        long = full.copy()
        long[rest[groups]] = True
    whole, short = near.take(long), near.take(~long)
    return edges_together(whole, side_by_side(short, left + slack, right - slack)), short


def edges_round(h: Edges, left: float, right: float, top: float, bottom: float, size: float) -> tuple[Edges, Edges]:
    """Those near lines of text that begin at top and end at bottom, as `split_edges` gives them; the rule that closes the last
    row stands as far below as that row may be high."""
    whole, short = split_edges(h, left, right, top - 2 * size, bottom + 2 * size)
    if len(whole) < 3 or float(whole.at[-1]) > bottom:
        return whole, short
    far, _ = split_edges(h, left, right, bottom, bottom + float(np.diff(whole.at).max()))
    alike = (np.abs(far.lo - whole.lo[-1]) < size) & (np.abs(far.hi - whole.hi[-1]) < size)
    return (edges_together(whole, far.take(np.flatnonzero(alike)[:1])) if alike.any() else whole), short


def side_by_side(short: Edges, left: float, right: float) -> Edges:
    """Shorter edges at one height that together run from `left` to `right` with little white between them (two halves of
    a table, each under its own rule) → the one edge that each such row of them makes."""
    found = []
    for at in np.unique(np.round(short.at, 1)).tolist():
        row = np.abs(short.at - at) < 0.06
        lo, hi = float(short.lo[row].min()), float(short.hi[row].max())
        if row.sum() >= 2 and lo <= left and hi >= right and float((short.hi[row] - short.lo[row]).sum()) >= COVERED * (hi - lo):
            found.append((at, lo, hi))
    return Edges(*np.array(found).T) if found else NO_EDGES
