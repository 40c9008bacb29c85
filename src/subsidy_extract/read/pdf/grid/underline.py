"""Rules and glyphs → the rules that are no underlines: a link's underline is drawn like a rule and would cut its cell in two."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf.nouns import Glyphs, Rules

FLAT = 0.2  # of the size of the text: an underline is thinner
ENDS = 0.1  # of the size of the text: how far its ends may stand from the first and the last glyph
MOST = 4000  # rules looked at one by one: a page with more is a drawing
UNDER = (-0.12, 0.2)  # of the size: how far below the band of the glyphs it may lie (the band ends 0.12 under the baseline)


def rules_to_table_rules(rules: Rules, glyphs: Glyphs, shown: NDArray[np.bool_]) -> Rules:
    """The rules without those that run from the first to the last glyph of a line, close under it.

    shown: which glyphs are upright and no white space. A rule of a table goes to the edges of its cell, and ends exactly
    with the words only by chance.
    """
    if not shown.any():
        return rules
    x0, x1, bottom, size = (a[shown] for a in (glyphs.x0, glyphs.x1, glyphs.bottom, glyphs.size))
    thin = FLAT * float(size.max())
    flat = np.flatnonzero((rules.bottom - rules.top <= thin) & (rules.x1 - rules.x0 > 2 * thin))
    if not 0 < len(flat) <= MOST:
        return rules
    order = np.argsort(bottom, kind="stable")
    ends = bottom[order]
    most = float(size.max())
    keep = np.ones(len(rules.x0), bool)
    for r in flat:
        y = float(rules.top[r] + rules.bottom[r]) / 2
        near = order[np.searchsorted(ends, y - UNDER[1] * most) : np.searchsorted(ends, y - UNDER[0] * most, "right")]
        if not len(near):
            continue
        below = (y - bottom[near]) / size[near]
        inside = (x0[near] >= rules.x0[r] - 0.5 * size[near]) & (x1[near] <= rules.x1[r] + 0.5 * size[near])
        line = near[(below >= UNDER[0]) & (below <= UNDER[1]) & inside]
        if not len(line):
            continue
        slack = ENDS * float(size[line].max())
        left, right = float(x0[line].min()), float(x1[line].max())
        covered = float((x1[line] - x0[line]).sum()) >= 0.8 * (right - left)
        half = 0.5 * float(size[line].max())  # a bracket at the end of a line has half of its white cut off by some programs
        off_left, off_right = float(rules.x0[r]) - left, right - float(rules.x1[r])
        keep[r] = not (covered and min(abs(off_left), abs(off_left - half)) <= slack and min(abs(off_right), abs(off_right - half)) <= slack)
    if keep.all():
        return rules
    return Rules(rules.x0[keep], rules.top[keep], rules.x1[keep], rules.bottom[keep])
