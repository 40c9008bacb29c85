"""Text objects whose words /ActualText tells → where each of the characters told stands.

PDFium tells the words with the first object of the marked content, spread evenly over its ink, and tells the others nothing.
"""

from __future__ import annotations

import ctypes
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf.engines import ffi, objects
from subsidy_extract.read.pdf.engines.display import Floats
from subsidy_extract.read.pdf.engines.runs import Numbers, Runs, heights

OFF_THE_PEN = 0.004  # of the size: other glyphs begin where the pen stands, told ones where the ink does
IDEOGRAPHS = 0x3400, 0x9FFF  # one em wide in every font
HANGING = 0.6  # of the size: the white behind the ink of the last character (a closing bracket)


def mark_of(handle: int) -> int:
    """PDFium's address of the mark with /ActualText that an object stands in; 0 for none."""
    for k in range(max(0, ffi.count_marks(handle))):
        mark: int | None = ffi.get_mark(handle, k)
        if mark and ffi.mark_value_type(mark, b"ActualText"):
            return mark
    return 0


def is_rest(runs: Runs, r: int) -> bool:
    """Whether an object without a character is part of what a neighbour's /ActualText tells."""
    mark = mark_of(runs.object[r])
    beside = (k for k in (r - 1, r + 1) if 0 <= k < len(runs.object))
    return bool(mark) and any(mark_of(runs.object[k]) == mark for k in beside)


def lay_told(box: Floats, run: Numbers, code: NDArray[np.int64], runs: Runs, things: objects.Objects, numbers: Numbers) -> None:
    """Moves the characters that /ActualText tells to where they are drawn: from pen to pen, over all objects of the mark, on
    the line of each. box: (n, 4) left, top, right, bottom in user space, changed in place."""
    first = np.flatnonzero(np.diff(run, prepend=-1))  # run is ascending
    if not len(first):
        return
    of = run[first]
    a, b, c, d, e, _ = runs.matrix[of].T
    count = np.bincount(run, minlength=len(runs.object) + 1)
    off = (box[first, 0] - e > OFF_THE_PEN * runs.size[of]) | (count[of + 1] == 0)
    off &= (np.abs(b) <= 1e-3 * np.abs(a)) & (np.abs(c) <= 1e-3 * np.abs(d)) & (a > 0)
    if not off.any():
        return
    alone: list[tuple[int, int]] = []  # browsers mark one character after the other: (its place, its object)
    for k in np.flatnonzero(off).tolist():
        r = int(of[k])
        if not (mark := mark_of(runs.object[r])):
            continue
        mine = [r]
        while (j := mine[-1] + 1) < len(runs.object) and not count[j] and mark_of(runs.object[j]) == mark:
            mine.append(j)
        if len(mine) == 1 and count[r] == 1:
            alone.append((int(first[k]), r))
            continue
        _lay(box, int(first[k]), int(first[k] + count[r]), code, runs, mine, objects.boxes_of(things, numbers[mine], None))


    if alone:
        at, which = np.array(alone, np.intp).T
        _lay_alone(box, at, which, code, runs, objects.boxes_of(things, numbers[which], None))


def _lay_alone(box: Floats, at: Numbers, of: Numbers, code: NDArray[np.int64], runs: Runs, ink: Floats) -> None:
    """Characters, each the only one of its object, as `_lay` does: from the pen as far as the ink, or as an ideograph is wide."""
    pen, size = runs.matrix[of, 4], runs.size[of]
    end = np.maximum(pen, ink[:, 2])
    room = end > pen
    for i in np.flatnonzero(room & (code[at] >= IDEOGRAPHS[0]) & (code[at] <= IDEOGRAPHS[1])).tolist():
        wide, _ = _width(int(code[at[i]]), runs, [int(of[i])])
        if -0.1 * size[i] <= pen[i] + wide - end[i] <= HANGING * size[i]:
            end[i] = pen[i] + wide
    at, of, pen, end = at[room], of[room], pen[room], end[room]
    low, top = heights(runs, of)
    box[at] = np.column_stack([pen, top, end, low])


def _lay(box: Floats, start: int, end: int, code: NDArray[np.int64], runs: Runs, mine: list[int], ink: Floats) -> None:
    """The characters start to end over the objects `mine`, whose ink is given."""
    told = [_width(int(c), runs, mine) for c in code[start:end].tolist()]
    wide = [w for w, _ in told]
    # a mark around one character is there because the font calls it another: its width is not told by its name
    sure = [(known and end - start > 1) or IDEOGRAPHS[0] <= c <= IDEOGRAPHS[1] for (_, known), c in zip(told, code[start:end].tolist(), strict=True)]
    pen, size = runs.matrix[mine, 4], runs.size[mine]
    last = pen + np.maximum(ink[:, 2] - pen, 0.0)  # to where each object goes: to the next on its line, or as far as its ink
    ends = np.ones(len(mine), np.bool_)
    ends[:-1] = (np.abs(np.diff(runs.matrix[mine, 5])) > 0.1 * size[:-1]) | (pen[1:] < last[:-1] - 0.1 * size[:-1]) | (pen[1:] > last[:-1] + size[:-1])
    last[:-1][~ends[:-1]] = pen[1:][~ends[:-1]]
    room = last - pen
    if not room.sum() or not sum(wide):
        return
    whole = float(room.sum())
    middles = np.cumsum(wide) - np.array(wide) / 2
    if not -0.1 * size[-1] <= sum(wide) - whole <= HANGING * size[-1]:
        middles *= whole / sum(wide)
    part = np.minimum(np.searchsorted(np.cumsum(room), middles, side="right"), len(mine) - 1)
    low, top = heights(runs, np.array(mine))
    for k in range(len(mine)):
        here = np.flatnonzero(part == k)
        if not len(here):
            continue
        steps = np.array([0.0, *accumulate(wide[i] for i in here.tolist())])
        over = pen[k] + steps[-1] - last[k]
        if not all(sure[i] for i in here.tolist()) or not -0.1 * size[k] <= over <= (HANGING if ends[k] else 0.1) * size[k]:
            steps *= room[k] / steps[-1]
        at = start + here
        box[at, 0], box[at, 2] = pen[k] + steps[:-1], pen[k] + steps[1:]
        box[at, 3], box[at, 1] = low[k], top[k]


def _width(code: int, runs: Runs, mine: list[int]) -> tuple[float, bool]:
    """(how far the pen goes for a character, in user space; whether a font of the objects knows it). One em or half of one
    where none does."""
    out = ctypes.c_float(0.0)
    em = float(runs.em[mine[0]])
    known = any(ffi.glyph_width(font, code, em, ctypes.addressof(out)) and out.value > 0 for font in dict.fromkeys(runs.address[r] for r in mine))
    wide = out.value if known else em * (0.5 if code < 0x2000 else 1.0)
    return float(runs.matrix[mine[0], 0]) * wide, known
