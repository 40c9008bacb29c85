"""A ruled lattice and the colours its page is painted in → the lattice with boxes and rows parted that are painted in several: a
cell has one colour; and whether bands of colour part the rows of a box."""

from __future__ import annotations

import numpy as np

from subsidy_extract.model import BBox
from subsidy_extract.read.pdf.grid.edges import Ints
from subsidy_extract.read.pdf.grid.lattice.refine import Labels, own_places, renumbered
from subsidy_extract.read.pdf.grid.shades import PAPER
from subsidy_extract.read.pdf.grid.words import Words
from subsidy_extract.read.pdf.nouns import Fills

SIDE = 0.4  # of the font size: so far from the sides of a place its colour is looked at; a word may be painted over
BANDS = 2  # edges of colour across a box part it into rows
OVER = 0.6  # of the width of a box: an edge runs over so much of it
ALL = 0.9  # of the width of a lattice: an edge over so much of it parts rows
CLEAR = 0.4  # of the font size: an edge further from a rule is none of its cells' sides; a word may reach so far over it
MOST_OF = 0.8  # of the columns of a heading have text in the row below it
MOST = 5_000  # rectangles: a page with more of them is a picture, not a table


def labels_to_painted(grid: Labels, fills: Fills, size: float) -> Labels:
    """Boxes over several rows are parted between two rows where the colour changes over the whole width of the box."""
    label = grid.label
    if not 0 < len(fills.x0) <= MOST or not (label[1:] == label[:-1]).any():
        return grid
    colour = _colours(grid, fills, size)
    out = label.copy()
    for r in range(1, len(label)):
        for b in np.unique(label[r][label[r] == label[r - 1]]).tolist():
            cols = np.flatnonzero((label[r] == b) & (label[r - 1] == b))
            above, below = set(colour[r - 1, cols].tolist()), set(colour[r, cols].tolist())
            if len(above) == len(below) == 1 and above != below:
                part = (label == b) & (np.arange(len(label)) >= r)[:, None]
                out[part] = r * label.shape[1] + int(cols[0])
    return Labels(out, grid.xs, grid.ys)


def labels_to_banded(grid: Labels, fills: Fills, words: Words, size: float) -> Labels:
    """A lattice, its rows parted where the edge of a painted area runs over the whole width and no word stands on it: the
    rule below a painted heading is missing. What stands in fewer columns than that is the rest of a row that the page cut:
    no rule stands over it, and which heading it follows is told by its words."""
    if not 0 < len(fills.x0) <= MOST:
        return grid
    dark = fills.rgb.min(axis=1, initial=1.0) < PAPER
    left, right = float(grid.xs[0]), float(grid.xs[-1])
    wide = np.minimum(fills.x1, right) - np.maximum(fills.x0, left)
    dark &= wide > size
    ends, over = np.concatenate((fills.top[dark], fills.bottom[dark])), np.concatenate((wide[dark], wide[dark]))
    if not len(ends):
        return grid
    off = (np.abs(ends[:, None] - grid.ys).min(axis=1, initial=np.inf) > CLEAR * size) & (ends > grid.ys[0]) & (ends < grid.ys[-1])
    if not off.any():
        return grid
    cuts = []
    for y in np.unique(np.round(ends[off], 1)).tolist():
        side = [((np.abs(e - y) < 0.1) & off[k * len(ends) // 2 : (k + 1) * len(ends) // 2]) @ w for k, (e, w) in enumerate(zip(np.split(ends, 2), np.split(over, 2), strict=True))]
        # painted on one side of the edge: on both the colour need not change
        if max(side) >= ALL * (right - left) > 2 * min(side) and not ((words.top < y - CLEAR * size) & (words.bottom > y + CLEAR * size) & (words.x1 > left) & (words.x0 < right)).any():
            k = int(np.searchsorted(grid.ys, y))
            reached = [len(np.unique(np.searchsorted(grid.xs, words.x0[(words.y > a) & (words.y < b)]))) for a, b in ((grid.ys[k - 1], y), (y, grid.ys[k]))]
            if reached[1] >= MOST_OF * reached[0]:
                cuts.append(y)
    if not 0 < len(cuts) < len(grid.ys) - 1:  # where bands part more rows than rules do, they are the rows: alignment reads them
        return grid
    label, ys = grid.label, grid.ys
    for y in cuts:
        k = int(np.searchsorted(ys, y)) - 1
        lower = np.where(own_places(label)[k], label.max() + 1 + np.unique(label[k], return_inverse=True)[1], label[k])
        label, ys = np.vstack((label[: k + 1], lower, label[k + 1 :])), np.insert(ys, k + 1, y)
    return Labels(renumbered(label), grid.xs, ys)


def _colours(grid: Labels, fills: Fills, size: float) -> Ints:
    """The colour of each place, as a number; 0 for paper."""
    y0, y1 = grid.ys[:-1], grid.ys[1:]
    x = grid.xs[:-1] + np.minimum(SIDE * size, (grid.xs[1:] - grid.xs[:-1]) / 4)
    out = np.zeros(grid.label.shape, dtype=np.intp)
    number = np.where(fills.rgb.min(axis=1, initial=1.0) >= PAPER, 0, 1 + np.round(fills.rgb * 50).astype(np.intp) @ np.array([2601, 51, 1]))
    for r in range(len(y0)):
        over = (fills.top <= (y0[r] + y1[r]) / 2) & (fills.bottom >= (y0[r] + y1[r]) / 2)
        for k in np.flatnonzero(over).tolist():  # the last one painted shows
            out[r, (x > fills.x0[k]) & (x < fills.x1[k])] = number[k]
    return out


def has_bands(box: BBox, fills: Fills, size: float) -> bool:
    """Whether edges of painted areas run across a box and part it into bands, each a line of text high at least."""
    x0, top, x1, bottom = box
    if not 0 < len(fills.x0) <= MOST:
        return False
    inside = (fills.x0 < x1 - size) & (fills.x1 > x0 + size) & (fills.rgb.min(axis=1, initial=1.0) < PAPER)
    wide = np.minimum(fills.x1, x1) - np.maximum(fills.x0, x0)
    ends = np.concatenate((fills.top[inside], fills.bottom[inside]))
    over = np.concatenate((wide[inside], wide[inside]))
    within = (ends > top + size) & (ends < bottom - size)
    found: dict[int, float] = {}
    for y, w in zip(np.round(ends[within] / size).astype(int).tolist(), over[within].tolist(), strict=True):
        found[y] = found.get(y, 0.0) + w
    return sum(w >= OVER * (x1 - x0) for w in found.values()) >= BANDS
