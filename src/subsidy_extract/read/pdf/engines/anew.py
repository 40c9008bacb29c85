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
OVER = 0.25  # of its width: neighbours reach into a character's place by less
SAME_LINE = 0.125  # of the size


def written_anew(hidden: Numbers, seen: NDArray[np.bool_], glyphs: Glyphs, run: Numbers, runs: Runs, numbers: Numbers, things: objects.Objects, display: Display) -> list[tuple[int, int]]:
    """(glyph nobody sees, the text object that draws it again). hidden: glyphs that are painted out, ascending; seen: of each
    glyph, whether it is seen and PDFium's; run: ascending, of each glyph which of `runs` draws it, numbers: of the objects of these."""
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
            if not len(own) or abs(float(glyphs.bottom[own[0]] - glyphs.bottom[mine[0]])) > SAME_LINE * runs.size[r]:
                continue
            level = np.abs(glyphs.bottom - glyphs.bottom[mine[0]]) < 0.5 * runs.size[r]
            beside = np.flatnonzero(seen & level & (glyphs.text != " "))
            out += [(i, q) for i in mine.tolist() if _has_room(glyphs, i, np.union1d(own, beside), box)]
    return out


def _has_room(glyphs: Glyphs, i: int, told: Numbers, box: Floats) -> bool:
    """Whether glyph i stands in the ink of a text object, and none is told there. told: glyphs on its line."""
    x0, x1 = float(glyphs.x0[i]), float(glyphs.x1[i])
    over = np.minimum(glyphs.x1[told], x1) - np.maximum(glyphs.x0[told], x0)
    return bool(box[0] < (x0 + x1) / 2 < box[2] and over.max(initial=0.0) < OVER * (x1 - x0))


def moved(glyphs: Glyphs, run: Numbers, anew: list[tuple[int, int]], added: NDArray[np.bool_]) -> tuple[Glyphs, Numbers, Numbers, Numbers]:
    """(the glyphs, each that is written anew in its place among those of its new object, their runs, the indices that they
    had, the indices of blanks that stood in their room). added: which blanks are none of PDFium's."""
    run = run.copy()
    after = np.arange(len(run), dtype=np.float64)
    blank: list[int] = []
    for i, q in anew:
        here = np.flatnonzero(run == q)
        blank += [k for k in here.tolist() if added[k] and glyphs.x0[k] < glyphs.x1[i] and glyphs.x1[k] > glyphs.x0[i]]
        before = here[glyphs.x0[here] <= glyphs.x0[i]]
        after[i] = (after[before].max() if len(before) else here[0] - 1) + 0.5 + i / (4 * len(run))
    for i, q in anew:
        run[i] = q
    order = np.lexsort((after, run))
    return glyphs.take(order), run[order], order, np.flatnonzero(np.isin(order, blank))
