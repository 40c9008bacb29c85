"""Words painted out and written anew → the characters of the new ones that PDFium does not tell.

PDFium's text leaves out a character that one of the seven before it repeats in the same place: of 99万円 over a painted-out
30万円 it tells 99. The object's ink still has room for the rest, and the old ones stand there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf.engines import objects
from subsidy_extract.read.pdf.engines.display import Display, Floats
from subsidy_extract.read.pdf.engines.runs import Numbers, Runs
from subsidy_extract.read.pdf.nouns import Glyphs

BEFORE = 16  # glyphs: PDFium looks at seven, the page's own spaces not counted
SAME_LINE = 0.125  # of the size


def written_anew(hidden: Numbers, seen: NDArray[np.bool_], glyphs: Glyphs, run: Numbers, runs: Runs, numbers: Numbers, things: objects.Objects, display: Display) -> list[tuple[int, int]]:
    """(glyph nobody sees, the text object that draws it again). hidden: glyphs that are painted out, ascending; seen: of each
    glyph, whether it is seen; run: ascending, of each glyph which of `runs` draws it, numbers: of the objects of these."""
    out: list[tuple[int, int]] = []
    for r in np.unique(run[hidden]).tolist():
        mine = hidden[run[hidden] == r]
        if not runs.upright[r]:
            continue
        for q in np.unique(run[mine[-1] + 1 : mine[-1] + 1 + BEFORE]).tolist():
            if q == r or runs.font[q] != runs.font[r] or abs(runs.size[q] - runs.size[r]) > 0.01 * runs.size[r]:
                continue
            (box,) = objects.boxes_of(things, numbers[[q]], display)
            own = np.flatnonzero((run == q) & seen)
            ink = own[glyphs.text[own] != " "]
            if not len(ink) or abs(float(glyphs.bottom[ink[0]] - glyphs.bottom[mine[0]])) > SAME_LINE * runs.size[r]:
                continue
            out += [(i, q) for i in mine.tolist() if _has_room(glyphs, i, own if glyphs.text[i] == " " else ink, box)]
    return out


def _has_room(glyphs: Glyphs, i: int, told: Numbers, box: Floats) -> bool:
    """Whether glyph i stands in the ink of a text object that tells no glyph there. told: the glyphs it tells."""
    x = (glyphs.x0[i] + glyphs.x1[i]) / 2
    return bool(box[0] < x < box[2]) and not ((glyphs.x0[told] < x) & (glyphs.x1[told] > x)).any()


def moved(glyphs: Glyphs, run: Numbers, anew: list[tuple[int, int]]) -> tuple[Glyphs, Numbers, Numbers, Numbers]:
    """(the glyphs, each that is written anew in its place among those of its new object, their runs, the indices that they
    had, the indices of blanks that stood in their room)."""
    run = run.copy()
    after = np.arange(len(run), dtype=np.float64)
    blank: list[int] = []
    for i, q in anew:
        here = np.flatnonzero(run == q)
        blank += [k for k in here.tolist() if glyphs.text[k] == " " and glyphs.x0[k] < glyphs.x1[i] and glyphs.x1[k] > glyphs.x0[i]]
        before = here[glyphs.x0[here] <= glyphs.x0[i]]
        after[i] = (after[before].max() if len(before) else here[0] - 1) + 0.5 + i / (4 * len(run))
    for i, q in anew:
        run[i] = q
    order = np.lexsort((after, run))
    return glyphs.take(order), run[order], order, np.flatnonzero(np.isin(order, blank))
