"""Page → the page with its glyphs in the order they are read, where the stream draws the letters of its words in none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from subsidy_extract.read.pdf.nouns import Glyphs, Page
from subsidy_extract.read.pdf.owners import SAME_LINE, Ints

FORWARD = 0.5  # of the steps of the stream: that many go on to the right in all pages but those drawn in no order, and tables of figures
NEAR = 3.0  # em: a step that goes on in a line, letters set apart and all
TOUCHING = 0.15  # em between two letters of a word
LEVEL = 0.05  # em between letters of one line
SCATTERED = 0.3  # of the letters that touch are not drawn one after the other: no order


def in_reading_order(page: Page) -> Page:
    """The page with its glyphs sorted by line and place, if the stream scatters the letters of its words; the same page else."""
    g = page.glyphs
    if len(g) < 2 or not bool(g.upright.all()):
        return page
    em = np.maximum(np.maximum(g.size[1:], g.size[:-1]), 0.1)
    y, step = (g.top + g.bottom) / 2, g.x0[1:] - g.x0[:-1]
    forward = (np.abs(np.diff(y)) < SAME_LINE * em) & (step > 0) & (step < NEAR * em)
    if int(forward.sum()) >= FORWARD * len(forward):
        return page
    order = _read(g)
    x1, x0, m = g.x1[order], g.x0[order], y[order]
    beside = (np.abs(m[1:] - m[:-1]) < SAME_LINE * g.size[order][1:]) & (np.abs(x0[1:] - x1[:-1]) < TOUCHING * g.size[order][1:])
    scattered = beside & (np.diff(order) != 1)
    if int(scattered.sum()) <= SCATTERED * int(beside.sum()):
        return page
    return replace(page, glyphs=g.take(order))


def _read(g: Glyphs) -> Ints:
    """The numbers of the glyphs by line from top to bottom, each from left to right. Letters of one size on one baseline are a
    line: those of the next column, a little higher or lower, are none of it."""
    y = (g.top + g.bottom) / 2
    down = np.argsort(y, kind="stable")
    far = np.diff(y[down]) > LEVEL * np.minimum(g.size[down][1:], g.size[down][:-1])
    line = np.empty(len(g), np.intp)
    line[down] = np.concatenate(([0], np.cumsum(far)))
    return np.lexsort((g.x0, line)).astype(np.intp)
