"""Glyphs of PDFium's text objects + the areas of the page → what of them nobody sees, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.model import LeftOut, Place
from subsidy_extract.read.pdf.engines import eye, ffi, objects, overprint, pasted, visible
from subsidy_extract.read.pdf.engines.display import Display, Floats
from subsidy_extract.read.pdf.engines.runs import Numbers, Runs
from subsidy_extract.read.pdf.nouns import Glyphs

REASONS = ("", "clipped_duplicate", "invisible", "outside", "fake_bold", "slanted", "watermark")
TINY = 0.5  # points: a sixth of a millimetre, high and wide
DRAWING = 500  # polygons over text: a chart, a map
SLANTED, WATERMARK, INVISIBLE = (REASONS.index(r) for r in ("slanted", "watermark", "invisible"))


@dataclass(frozen=True, slots=True)
class Ink:
    """Opaque areas as displayed, in the order they were drawn; the numbers of the paths that are no plain ones (odd);
    PDFium's document and page, for what its pictures hide; moved: by how much at most a page that lies askew was set straight."""

    boxes: Floats
    rgb: Floats
    order: Numbers
    odd: Numbers
    document: int
    page: int
    moved: float = 0.0


def reasons(glyphs: Glyphs, run: Numbers, runs: Runs, numbers: Numbers, display: Display, things: objects.Objects, ink: Ink) -> tuple[NDArray[np.int8], list[int]]:
    """(per glyph: 0 seen, or the number of the reason in REASONS why nobody sees it; the runs that are seen in a second copy,
    a little aside, while the first is not: PDFium told the words once, other engines see both)."""
    reason = np.zeros(len(glyphs), np.int8)
    if not len(glyphs):
        return reason, []
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    if len(large := overprint.large_ones(glyphs)):
        under = visible.paper(x[large], y[large], numbers[run[large]], ink.boxes, ink.rgb, ink.order)
        solid = runs.alpha[run[large], None]
        faint = overprint.pale(runs.rgb[run[large]] * solid + under * (1 - solid), under)
        reason[overprint.printed_across(glyphs, large, faint)] = WATERMARK
    reason[overprint.askew(runs.matrix[run, 0], runs.matrix[run, 1])] = SLANTED
    c0, c1, c2, c3 = display.boxes(runs.clip[:, 0], runs.clip[:, 1], runs.clip[:, 2], runs.clip[:, 3])
    clipped = (x < c0[run]) | (x > c2[run]) | (y < c1[run]) | (y > c3[run])
    if clipped.any():  # an object cut in two is a text too long for its cell; one cut off whole may stand elsewhere
        half = np.bincount(run[~clipped], minlength=len(runs.object)) > 0
        reason[clipped] = np.where(half[run[clipped]], INVISIBLE, REASONS.index("clipped_duplicate"))
    faint = visible.may_vanish(runs.rgb, ink.rgb)
    by_colour = np.zeros(0, np.intp)
    if faint.any():
        here = np.flatnonzero(faint[run])
        under = visible.paper(x[here], y[here], numbers[run[here]], ink.boxes, ink.rgb, ink.order)
        by_colour = here[visible.alike(runs.rgb[run[here]], under)]
        reason[by_colour] = INVISIBLE
    reason[runs.hidden[run] | ((runs.size[run] < TINY) & (glyphs.x1 - glyphs.x0 < TINY))] = INVISIBLE
    echoes = _show_again(reason, glyphs, run, runs, numbers, display, ink)
    covered = _cover(reason, glyphs, run, runs, numbers, things, ink)
    _paste(reason, glyphs, run, runs, numbers, things, display, ink)
    _look(reason, by_colour, covered, glyphs, run, runs, numbers, display, things, ink)
    if visible.twins(*_places(glyphs, run, len(runs.object), reason)).any():
        reason[visible.twins(*_places(glyphs, run, len(runs.object), reason, whole=True))[run]] = REASONS.index("fake_bold")
        _bold_by_glyph(reason, glyphs)
    reason[(x < -ink.moved) | (y < -ink.moved) | (x > display.width + ink.moved) | (y > display.height + ink.moved)] = REASONS.index("outside")
    return reason, echoes


@dataclass(frozen=True, slots=True)
class _Mute:
    """Text objects without a character: PDFium tells the same words near by but once, with the first of them. index: ascending;
    wide, high: of their ink, in their own coordinates."""

    runs: Runs
    index: Numbers
    wide: Floats
    high: Floats

    def again(self, r: int) -> Numbers:
        """Those that may repeat the words of object r: as near as PDFium takes them for the same, in the same font, as wide."""
        runs, mute = self.runs, self.index
        at = np.abs(runs.matrix[mute, 4:] - runs.matrix[r, 4:])
        near = (at <= runs.size[r] / 8).all(axis=1)
        wide, high = _ink([runs.object[r]])
        longest = max(float(wide[0]), float(high[0]), float(runs.size[r]))
        alike = (np.abs(self.wide - wide[0]) <= SAME_WIDTH * runs.em[r]) & (runs.font[mute] == runs.font[r]) & (runs.em[mute] == runs.em[r])
        near |= alike & (self.wide > SAME_WIDTH * runs.em[r]) & (at[:, 0] <= 0.9 * longest) & (at[:, 1] <= min(longest / 8, 0.9 * float(runs.size[r])))
        return mute[np.asarray(near & (mute > r), np.bool_)]


SAME_WIDTH = 0.02  # of the size: one text drawn twice


def _mute(glyphs: Glyphs, run: Numbers, runs: Runs) -> _Mute:
    index = np.flatnonzero(np.bincount(run[glyphs.text != " "], minlength=len(runs.object)) == 0)
    return _Mute(runs, index, *_ink([runs.object[i] for i in index.tolist()]))


def _ink(handles: list[int]) -> tuple[Floats, Floats]:
    box = objects.bounds(handles)
    return box[:, 2] - box[:, 0], box[:, 3] - box[:, 1]


def _show_again(reason: NDArray[np.int8], glyphs: Glyphs, run: Numbers, runs: Runs, numbers: Numbers, display: Display, ink: Ink) -> list[int]:
    """Words that nobody sees and that are drawn again in the same place for all to see (over a white halo, over a hidden
    layer) are seen. Which of them have their copy further aside than boldness would."""
    echoes: list[int] = []
    unseen = (reason == INVISIBLE) | (reason == REASONS.index("clipped_duplicate"))
    if not unseen.any() or not len((mute := _mute(glyphs, run, runs)).index):
        return echoes
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    for r in np.unique(run[unseen]).tolist():
        for again in mute.again(r).tolist():
            if runs.hidden[again]:
                continue
            here = np.flatnonzero(unseen & (run == r))
            clip = runs.clip[again : again + 1].T
            c0, c1, c2, c3 = display.boxes(clip[0], clip[1], clip[2], clip[3])
            under = visible.paper(x[here], y[here], np.full(len(here), numbers[again]), ink.boxes, ink.rgb, ink.order)
            shows = (x[here] >= c0) & (x[here] <= c2) & (y[here] >= c1) & (y[here] <= c3)
            found = here[shows & ~visible.alike(runs.rgb[again : again + 1], under)]
            reason[found] = 0
            if len(found) and (np.abs(runs.matrix[again, 4:] - runs.matrix[r, 4:]) > runs.size[r] / 8).any():
                echoes.append(r)
                break
    return echoes


def _cover(reason: NDArray[np.int8], glyphs: Glyphs, run: Numbers, runs: Runs, numbers: Numbers, things: objects.Objects, ink: Ink) -> Numbers:
    """Marks what an opaque rectangle was drawn over later: the words that somebody painted out and wrote anew. Which of them
    one hides that may be a pattern."""
    patterned: list[Numbers] = []
    order = numbers[run]
    begin = np.flatnonzero(np.diff(order, prepend=-1))
    end = np.append(begin[1:], len(order)) - 1
    if not len(begin) or not len(ink.order) or ink.order.max() < order[0]:
        return np.zeros(0, np.intp)
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    middles = np.column_stack([x, y])
    found = visible.covering(middles[begin], middles[end], order[begin], ink.boxes, ink.order)
    if not len(found):
        return found
    mute = _mute(glyphs, run, runs)
    for k in found.tolist():
        box, when = ink.boxes[k], int(ink.order[k])
        if np.isnan(ink.rgb[k]).any() or not objects.is_plain_box(things.handle[when]):
            continue
        lies = visible.LYING_OUT * glyphs.size
        under = (x > box[0]) & (x < box[2]) & (glyphs.top + lies > box[1]) & (glyphs.bottom - lies < box[3]) & (order < when)
        hid = _never_again(under, when, run, numbers, mute)
        reason[hid] = INVISIBLE
        if visible.may_be_pattern(ink.rgb[k]):
            patterned.append(np.flatnonzero(hid))
    return np.unique(np.concatenate(patterned)) if patterned else np.zeros(0, np.intp)


def _look(
    reason: NDArray[np.int8], by_colour: Numbers, covered: Numbers, glyphs: Glyphs, run: Numbers, runs: Runs, numbers: Numbers,
    display: Display, things: objects.Objects, ink: Ink,
) -> None:  # fmt: skip
    """Has the drawn page tell what can't be reckoned: texts in the colour of the paper (there may be a picture, a gradient
    under them, or in them), under what may be a pattern, with something over them that is no plain rectangle, or veiled.

    by_colour, covered: what was marked for its colour and for an area over it that may be a pattern."""
    order = numbers[run]
    late = np.union1d(ink.odd, things.of(ffi.SHADING))
    late = late[late > order[0]]
    veiled = np.flatnonzero(runs.veiled[run] & (reason == 0) & (glyphs.text != " ")) if runs.veiled.any() else late[:0]
    if ink.moved or not (len(late) or len(by_colour) or len(covered) or len(veiled)):  # askew: it is drawn elsewhere than it is read
        return
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    over = np.full(len(x), -1, np.intp)
    if len(late):
        over = _drawn_over(x, y, order, objects.boxes_of(things, late, display), late, float(np.median(glyphs.size)))
    over[(reason != 0) | (glyphs.text == " ")] = -1
    over[veiled] = np.maximum(over[veiled], order[veiled])
    for r in np.unique(run[over >= 0]).tolist():
        _, high = _ink([runs.object[r]])
        if not high[0] > 0:  # a font that is not in the file, and none here has its characters: nothing is drawn of them
            over[run == r] = -1
    by_colour = by_colour[(reason[by_colour] == INVISIBLE) & ~runs.hidden[run[by_colour]]]
    doubtful = np.union1d(covered, by_colour)
    asked = np.union1d(doubtful, np.flatnonzero(over >= 0))
    if not len(asked):
        return
    boxes = np.column_stack([glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom])[asked]
    told = eye.seen(ink.page, display, boxes, run[asked], runs.object)
    back = asked[(told == 1) & np.isin(asked, doubtful)]
    reason[back] = 0
    gone = asked[(told == 0) & (over[asked] >= 0)]
    if len(gone):
        mute = _mute(glyphs, run, runs)
        shown = set(run[asked[told == 1]].tolist())
        for r in np.unique(run[gone]).tolist():
            if r in shown and not ffi.font_embedded(runs.address[r]):  # here is no font that has all its characters
                continue
            hid = np.zeros(len(run), np.bool_)
            hid[gone[run[gone] == r]] = True
            reason[_never_again(hid, int(over[hid].max()), run, numbers, mute)] = INVISIBLE


def _drawn_over(x: Floats, y: Floats, order: Numbers, boxes: Floats, drawn: Numbers, size: float) -> Numbers:
    """Of n points the last of the areas drawn later that they lie in, -1 for none. What is smaller than half the size of a
    character, or drawn with more others than somebody who paints words out would, hides none."""
    out = np.full(len(x), -1, np.intp)
    large = np.flatnonzero((boxes[:, 2:] - boxes[:, :2]).min(axis=1) > size / 2)
    for box, when in zip(boxes[large], drawn[large].tolist(), strict=True) if len(large) <= DRAWING else ():
        hit = (x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3]) & (order < when)
        out[hit] = np.maximum(out[hit], when)
    return out


def _paste(reason: NDArray[np.int8], glyphs: Glyphs, run: Numbers, runs: Runs, numbers: Numbers, things: objects.Objects, display: Display, ink: Ink) -> None:
    """Marks what a picture was pasted over later, and that was not written again after it."""
    boxes = np.column_stack([glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom])
    found = pasted.covered(boxes, numbers[run], things, display, ink.document, ink.page)
    if not found:
        return
    mute = _mute(glyphs, run, runs)
    for number, hid in found:
        reason[_never_again(hid, number, run, numbers, mute)] = INVISIBLE


def _never_again(hid: NDArray[np.bool_], when: int, run: Numbers, numbers: Numbers, mute: _Mute) -> NDArray[np.bool_]:
    """Of the glyphs that object `when` hides those whose text is not drawn again after it."""
    for r in np.unique(run[hid]).tolist() if len(mute.index) else ():
        if (numbers[mute.again(r)] > when).any():
            hid = hid & (run != r)
    return hid


def _bold_by_glyph(reason: NDArray[np.int8], glyphs: Glyphs) -> None:
    """Marks the second copy of words that is cut into other text objects than the first (a browser draws the outline of bold
    letters one by one, in fonts of their own)."""
    here = np.flatnonzero((reason == 0) & (glyphs.text != ""))
    number = np.fromiter(map(hash, glyphs.text[here]), np.int64, len(here))
    again = visible.twins(number, glyphs.x0[here], glyphs.top[here], glyphs.size[here])
    reason[here[again]] = REASONS.index("fake_bold")


def _places(glyphs: Glyphs, run: Numbers, n: int, reason: NDArray[np.int8], whole: bool = False) -> tuple[Numbers, Floats, Floats, Floats]:
    """Of each text object: a number for its words (for the first character alone, unless whole), its place and its size
    (PDFium drops a repeat only near by). What nobody sees is repeated by nothing: a white halo, words painted out and written
    again."""
    number = -1 - np.arange(n)  # an object without glyphs is like no other
    x, y, size = np.zeros(n), np.zeros(n), np.ones(n)
    first = np.flatnonzero(np.diff(run, prepend=-1))
    end = np.append(first[1:], len(run))
    seen = reason[first] != INVISIBLE
    first, end = first[seen], end[seen]
    if len(first):
        of = run[first]
        text = glyphs.text
        if whole:
            number[of] = [hash("".join(text[a:b])) for a, b in zip(first.tolist(), end.tolist(), strict=True)]
        else:
            number[of] = list(map(hash, text[first]))
        x[of], y[of], size[of] = glyphs.x0[first], glyphs.top[first], glyphs.size[first]
    return number, x, y, size


def left_out(glyphs: Glyphs, run: Numbers, reason: NDArray[np.int8], number: int, echoes: list[int]) -> Iterator[LeftOut]:
    """What nobody sees, a piece for each text object and reason; white space alone is no loss."""
    for r in echoes:
        here = np.flatnonzero(run == r)
        yield LeftOut("".join(glyphs.text[here].tolist()), Place(page=number, bbox=visible.around(glyphs, here)), "invisible")
    out = np.flatnonzero(reason)
    if not len(out):
        return
    breaks = np.flatnonzero((np.diff(run[out]) != 0) | (np.diff(reason[out]) != 0)) + 1
    for piece in np.split(out, breaks):
        words = "".join(glyphs.text[piece].tolist())
        if words.strip():
            yield LeftOut(words, Place(page=number, bbox=visible.around(glyphs, piece)), REASONS[int(reason[piece[0]])])
