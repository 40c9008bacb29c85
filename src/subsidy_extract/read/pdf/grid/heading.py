"""The lines of a heading become its levels: which text spans several columns, and what stands under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from subsidy_extract.read.pdf.grid.edges import Edges, Ints, values_to_clusters
from subsidy_extract.read.pdf.grid.pieces import Piece, Slot
from subsidy_extract.read.pdf.nouns import Floats

Ink = tuple[tuple[float, float], ...]
"""For each column from where to where its text reaches, points."""


@dataclass(frozen=True, slots=True)
class Spanner:
    """Heading text over columns `col` to `last` (both counted in), cut from what stands under it at `cut`."""

    col: int
    last: int
    cut: float


def heading_to_spanners(slots: Sequence[Slot], ink: Ink, partial: Edges, end: float, size: float) -> list[Spanner]:
    """Slots of a heading → the texts in it that span columns. partial: rules inside it that do not run over the whole
    table. end: where the heading ends, points."""
    found: list[Spanner] = []
    for k, slot in enumerate(slots[:-1] if len(slots) > 1 else []):
        below = [q for s in slots[k + 1 :] for q in s.pieces]
        following = slots[k + 1]
        for p in slot.pieces:
            rule = _rule_below(p, slot, slots[k + 1 :], partial)
            under = [c for c, (lo, hi) in enumerate(ink) if rule is not None and rule[0] < (lo + hi) / 2 < rule[1]]
            if rule is not None and len(under) >= 2:
                if not any(q is not p and rule[0] <= (q.x0 + q.x1) / 2 <= rule[1] for q in slot.pieces):
                    found.append(Spanner(under[0], under[-1], rule[2]))
                    continue
                col, last = _reach(p, slot, below, ink, size, under[0], under[-1])
            else:
                col, last = _reach(p, slot, below, ink, size, 1, len(ink) - 1)
            if col == last or not any(col <= q.col and q.last <= last for q in below):
                continue
            if rule is not None and len(under) >= 2:
                found.append(Spanner(col, last, rule[2]))
                continue
            # text that goes on below over the same columns is a further line of the same heading
            if any(q.col < q.last and q.col <= last and q.last >= col for q in following.pieces):
                continue
            found.append(Spanner(col, last, (slot.bottom + following.top) / 2))
    return [s for i, s in enumerate(found) if s not in found[:i]]


def _rule_below(p: Piece, slot: Slot, below: Sequence[Slot], partial: Edges) -> tuple[float, float, float] | None:
    """The nearest partial rule under a piece, before other text of its columns comes: (lo, hi, y)."""
    under = [(q.top + q.bottom) / 2 for s in below for q in s.pieces if q.x0 < p.x1 and q.x1 > p.x0]
    limit = min(under, default=float("inf"))
    middle = (p.x0 + p.x1) / 2
    fits = (partial.at > slot.y) & (partial.at < limit) & (partial.lo < middle) & (partial.hi > middle)
    if not fits.any():
        return None
    k = int(np.flatnonzero(fits)[np.argmin(partial.at[fits])])
    return float(partial.lo[k]), float(partial.hi[k]), float(partial.at[k])


def _reach(
    p: Piece, slot: Slot, below: Sequence[Piece], ink: Ink, size: float, least: int, most: int
) -> tuple[int, int]:
    """The columns a piece of a heading speaks for: those it covers, widened over columns (least to most) where its line
    has nothing else until its middle is the middle of them."""
    covered = [
        c for c in range(p.col, p.last + 1)
        if min(p.x1, ink[c][1]) - max(p.x0, ink[c][0]) > 0.35 * min(p.x1 - p.x0, max(ink[c][1] - ink[c][0], 1e-9))
    ]  # fmt: skip
    if not covered:
        return p.col, p.col
    col, last = covered[0], covered[-1]
    own = [q for q in below if q.col == col and q.last == last]
    middle = (p.x0 + p.x1) / 2
    if col == last:
        aligned = any(
            min(abs(middle - (q.x0 + q.x1) / 2), abs(p.x0 - q.x0), abs(p.x1 - q.x1)) <= 0.75 * size for q in own
        )
        if aligned or not own:
            return col, last
    taken = {c for q in slot.pieces if q is not p for c in range(q.col, q.last + 1)}
    low = col
    while low - 1 >= least and low - 1 not in taken:
        low -= 1
    high = last
    while high + 1 <= most and high + 1 not in taken:
        high += 1
    best = (abs((ink[col][0] + ink[last][1]) / 2 - middle) - 0.3 * size, col, last)
    for a in range(low, col + 1):
        for b in range(last, high + 1):
            off = abs((ink[a][0] + ink[b][1]) / 2 - middle)
            if off < best[0]:
                best = (off, a, b)
    return best[1], best[2]


def spanners_to_labels(spanners: Sequence[Spanner], columns: int, top: float, end: float, size: float) -> tuple[Ints, Floats]:
    """Spanners → labels (levels, columns) of the heading, as of a lattice, and the positions of its levels (levels+1)."""
    if not spanners:
        return np.arange(columns, dtype=np.intp).reshape(1, columns), np.array([top, end])
    which, cuts = values_to_clusters(np.array([s.cut for s in spanners]), 0.5 * size)
    levels = len(cuts) + 1
    label = np.zeros((levels, columns), dtype=np.intp)
    for c in range(columns):
        mine = sorted(int(w) for w, s in zip(which, spanners, strict=True) if s.col <= c <= s.last)
        since = 0
        for w in [*mine, levels - 1]:
            label[since : w + 1, c] = since * columns + c
            since = w + 1
    for w, s in sorted(zip(which.tolist(), spanners, strict=True), key=lambda ws: ws[0]):
        part = label[: w + 1, s.col : s.last + 1]
        since = max(int(label[w, c]) // columns for c in range(s.col, s.last + 1))
        part[since : w + 1] = since * columns + s.col
    return label, np.concatenate(([top], cuts, [end]))
