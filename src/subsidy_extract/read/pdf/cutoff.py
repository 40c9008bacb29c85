"""What a page cuts off at the edges of its cells → where a run of glyphs ends, and which cells lack the rest of their text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.model import BBox, LeftOut
from subsidy_extract.read.pdf.nouns import Glyphs, GridBox, Line

NEXT = 0.25  # em: what is cut off begins that near to the last character that is seen
UNDER = 1.0  # em of white at most between two lines of a cell
EDGE = 1.2  # em: less room at the end of a line, padding and all, than one character takes
MOST = 2000  # pieces nobody sees: a page with more of them is a drawing
CUT = ("invisible", "clipped_duplicate", "outside")


def cut_ends(g: Glyphs, left_out: Sequence[LeftOut]) -> list[tuple[int, LeftOut]]:
    """(glyph, what goes on after it on its line and is not seen), for each glyph that is the last one seen."""
    pieces = [(o, o.place.bbox) for o in left_out if o.reason in CUT]
    if not pieces or not len(g) or len(pieces) > MOST:
        return []
    out = []
    y = (g.top + g.bottom) / 2
    for o, box in pieces:
        if box is None:
            continue
        here = np.flatnonzero((np.abs(g.x1 - box[0]) < NEXT * g.size) & (y > box[1]) & (y < box[3]) & g.upright)
        out += [(int(i), o) for i in here.tolist()]
    return out


def runs_ended(starts: NDArray[np.intp], ends: Sequence[tuple[int, LeftOut]], n: int) -> NDArray[np.intp]:
    """Starts of runs, with one more after each glyph whose text is cut off there: what follows is of another cell."""
    more = [i + 1 for i, _ in ends if i + 1 < n]
    return np.union1d(starts, np.array(more, np.intp)).astype(np.intp) if more else starts


def cells_cut(boxes: Sequence[GridBox], lines: Sequence[tuple[Line, ...]], left_out: Sequence[LeftOut], ends: Sequence[tuple[int, LeftOut]], owner: NDArray[np.intp]) -> set[int]:
    """The numbers of the boxes whose text goes on where nobody sees it: on a line of theirs, or on a line more above or
    below, outside the box. What stands in full on the page before or after (a merged cell drawn twice) is no loss."""
    cut = {int(owner[i]) for i, o in ends if o.reason in ("invisible", "outside") and owner[i] >= 0}
    foot = max((b.bbox[3] for b in boxes), default=0.0) - 1
    cut |= {k for k, (box, mine) in enumerate(zip(boxes, lines, strict=True)) if len(mine) == 1 and box.bbox[3] < foot and _breaks_off(box.bbox, mine[0])}
    pieces = [(o.place.bbox, o.reason == "invisible") for o in left_out if o.reason in CUT and o.place.bbox is not None]
    if not pieces or len(pieces) > MOST:
        return cut
    for k, (box, mine) in enumerate(zip(boxes, lines, strict=True)):
        if k in cut or not mine:
            continue
        if any(_beside(box.bbox, mine, piece) if mine[-1].vertical else invisible and _beyond(box.bbox, mine, piece) for piece, invisible in pieces):
            cut.add(k)
    return cut


def _breaks_off(box: BBox, line: Line) -> bool:
    """Does the one line of a cell end at its edge inside a bracket? Some spreadsheets print only the characters that fit. Not asked
    at the foot of a page, where the next one may have the rest."""
    text = line.text
    if line.vertical or ("（" not in text and "(" not in text) or line.bbox[2] < box[2] - EDGE * line.size:
        return False
    return sum(map(text.count, "（(")) > sum(map(text.count, "）)"))


def _beside(box: BBox, lines: Sequence[Line], piece: BBox) -> bool:
    """Does 縦書き go on there, on the line to the left of its last, over the edge of its cell?"""
    last = lines[-1]
    return box[1] < (piece[1] + piece[3]) / 2 < box[3] and piece[0] < box[0] and abs(piece[2] - last.bbox[0]) < NEXT * last.size


def _beyond(box: BBox, lines: Sequence[Line], piece: BBox) -> bool:
    middle = (piece[1] + piece[3]) / 2
    if box[1] < middle < box[3] or piece[0] < box[0] - 1 or piece[0] > box[2]:
        return False
    first, last = lines[0], lines[-1]
    if first.vertical:
        return False
    near = UNDER * first.size
    return (middle < box[1] and abs(first.bbox[1] - piece[3]) < near) or (middle > box[3] and abs(piece[1] - last.bbox[3]) < near)
