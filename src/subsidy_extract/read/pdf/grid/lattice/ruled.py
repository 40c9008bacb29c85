"""A group of edges that touch becomes a lattice, and the lattice the boxes of a grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf.grid.edges import Edges, Ints, values_to_clusters
from subsidy_extract.read.pdf.nouns import Floats

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Where a group of edges has rules. xs: n+1, ys: m+1 positions, ascending, points.

    right[r, c]: a rule stands between column c and c+1 of row r, shape (m, n-1); below[r, c]: between row r and r+1 of
    column c, shape (m-1, n). closed_*: the outer side of each row or column has a rule.
    """

    xs: Floats
    ys: Floats
    right: Bools
    below: Bools
    closed_left: Bools
    closed_right: Bools
    closed_top: Bools
    closed_bottom: Bools


def edges_to_cover(edges: Edges, which: Ints, count: int, marks: Floats) -> Bools:
    """Is position i of `count` covered between marks k and k+1? edges lie on positions `which`. → (count, len(marks)-1)."""
    middle = (marks[:-1] + marks[1:]) / 2
    first = np.searchsorted(middle, edges.lo)
    last = np.searchsorted(middle, edges.hi, side="right")
    step = np.zeros((count, len(middle) + 1), dtype=np.int32)
    np.add.at(step, (which, first), 1)
    np.add.at(step, (which, last), -1)
    return np.cumsum(step, axis=1)[:, :-1] > 0


def edges_to_lattice(h: Edges, v: Edges, near: float) -> Lattice | None:
    """Edges of one group → its lattice; ends of rules that overhang by more than `near` points are positions too
    (a table without an outer rule). None when there is no row or no column."""
    if not len(h) or not len(v):
        return None
    x_of, xs = values_to_clusters(v.at, near)
    y_of, ys = values_to_clusters(h.at, near)
    if h.lo.min() < xs[0] - near:
        xs, x_of = np.concatenate(([h.lo.min()], xs)), x_of + 1
    if h.hi.max() > xs[-1] + near:
        xs = np.concatenate((xs, [h.hi.max()]))
    if v.lo.min() < ys[0] - near:
        ys, y_of = np.concatenate(([v.lo.min()], ys)), y_of + 1
    if v.hi.max() > ys[-1] + near:
        ys = np.concatenate((ys, [v.hi.max()]))
    if len(xs) < 2 or len(ys) < 2:
        return None
    across = edges_to_cover(v, x_of, len(xs), ys).T
    down = edges_to_cover(h, y_of, len(ys), xs)
    return Lattice(
        xs, ys, across[:, 1:-1], down[1:-1], across[:, 0], across[:, -1], down[0], down[-1]
    )  # fmt: skip


def with_bare_columns(lattice: Lattice, lone: Edges, near: float) -> Lattice:
    """A lattice with the column at its side that a vertical rule as long as it encloses, though no horizontal rule reaches
    that far: a cell over all rows that a page break cut above and below. lone: vertical edges that no horizontal one
    touches; near: points."""
    top, bottom = float(lattice.ys[0]), float(lattice.ys[-1])
    same = (np.abs(lone.lo - top) <= near) & (np.abs(lone.hi - bottom) <= near)
    m = len(lattice.ys) - 1
    whole, none, edge = np.ones((m, 1), bool), np.zeros((m - 1, 1), bool), np.zeros(1, bool)
    left, right = lone.at[same & (lone.at < lattice.xs[0] - near)], lone.at[same & (lone.at > lattice.xs[-1] + near)]
    if len(left) and lattice.closed_left.all():
        lattice = Lattice(
            np.concatenate((left[-1:], lattice.xs)), lattice.ys, np.hstack((whole, lattice.right)), np.hstack((none, lattice.below)),
            whole[:, 0], lattice.closed_right, np.concatenate((edge, lattice.closed_top)), np.concatenate((edge, lattice.closed_bottom)),
        )  # fmt: skip
    if len(right) and lattice.closed_right.all():
        lattice = Lattice(
            np.concatenate((lattice.xs, right[:1])), lattice.ys, np.hstack((lattice.right, whole)), np.hstack((lattice.below, none)),
            lattice.closed_left, whole[:, 0], np.concatenate((lattice.closed_top, edge)), np.concatenate((lattice.closed_bottom, edge)),
        )  # fmt: skip
    return lattice


def lattice_to_labels(right: Bools, below: Bools) -> Ints:
    """Which places of the lattice belong together because no rule parts them: (m, n) labels, the least index of each. A rule
    that ends inside such a place ends at the side of a column whose own rule is missing (a group beside its rows)."""
    label = _together(right, below)
    inner = below & (label[1:] == label[:-1])
    if right.shape[1] and (ends := inner[:, 1:] != inner[:, :-1]).any():
        same = (label[1:, 1:] == label[1:, :-1]) & (label[1:, 1:] == label[:-1, 1:]) & (label[:-1, 1:] == label[:-1, :-1])
        row, col = np.nonzero(ends & same)
        if len(row):
            cut = np.zeros_like(right)
            for k, c in set(zip(label[row, col].tolist(), col.tolist(), strict=True)):
                cut[:, c] |= (label[:, c] == k) & (label[:, c + 1] == k)
            return _together(right | cut, below)
    return label


def _together(right: Bools, below: Bools) -> Ints:
    m, n = right.shape[0], below.shape[1]
    label = np.arange(m * n, dtype=np.intp).reshape(m, n)
    joined_right, joined_below = ~right, ~below
    if not joined_right.any() and not joined_below.any():
        return label
    while True:
        before = label.copy()
        if n > 1:
            least = np.minimum(label[:, 1:], label[:, :-1])
            label[:, 1:] = np.where(joined_right, least, label[:, 1:])
            least = np.minimum(label[:, 1:], label[:, :-1])
            label[:, :-1] = np.where(joined_right, least, label[:, :-1])
        if m > 1:
            least = np.minimum(label[1:], label[:-1])
            label[1:] = np.where(joined_below, least, label[1:])
            least = np.minimum(label[1:], label[:-1])
            label[:-1] = np.where(joined_below, least, label[:-1])
        label = label.ravel()[label]  # jump: the label of my label
        if (label == before).all():
            return label
