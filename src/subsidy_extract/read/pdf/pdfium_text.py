"""The text page of PDFium → glyphs in stream order, and what of them nobody sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.model import Doubt, LeftOut, Place
from subsidy_extract.read.pdf import ffi, objects, overprint, visible
from subsidy_extract.read.pdf.charmap import mend_each
from subsidy_extract.read.pdf.display import Display, Floats, finite
from subsidy_extract.read.pdf.nouns import Glyphs

Numbers = NDArray[np.intp]
REASONS = ("", "clipped_duplicate", "invisible", "outside", "fake_bold", "slanted", "watermark")
GUESSED = 0.3  # of the characters of a font beyond ASCII that have no Unicode: the others are read by a code page it does not have
LETTERS_END = 0x2E80  # Japanese begins here
SLANTED, WATERMARK = REASONS.index("slanted"), REASONS.index("watermark")


@dataclass(slots=True)
class Fonts:
    """What is known about the fonts of one document (never of two: PDFium uses an address again)."""

    number: dict[int, int] = field(default_factory=dict)
    unmapped: dict[int, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ink:
    """Opaque areas as displayed, in the order they were drawn."""

    boxes: Floats
    rgb: Floats
    order: Numbers


@dataclass(frozen=True, slots=True)
class _Runs:
    """What holds for all glyphs of a text object, a row for each. object, address: PDFium's of the object and its font;
    font: the font's number in the document; matrix: (n, 6) text space to user space; em: size in text space; size: in
    points as displayed; clip: (n, 4) in user space; upright: reads left to right on the displayed page."""

    object: list[int]
    address: list[int]
    font: NDArray[np.int32]
    matrix: Floats
    em: Floats
    size: Floats
    rgb: Floats
    alpha: Floats
    hidden: NDArray[np.bool_]
    clip: Floats
    upright: NDArray[np.bool_]


STRIDE = 5  # characters from one that is asked for its text object to the next
TURNED_ROUND = 0x0590, 0x08FF  # Hebrew and Arabic: PDFium sorts their characters, an object's may stand apart


def objects_of(text: int, code: NDArray[np.int64]) -> NDArray[np.uint64]:
    """PDFium's address of the text object of each character (code: of all of them); 0 for a character that PDFium made up.

    An object's characters stand together, and what PDFium makes up among them is white space. So each blank is asked for
    and of the rest every fifth; what lies between two of one object is of that object, what lies between two that differ is
    asked for too (a list has thirty characters in an object: asking for each of them was a tenth of the reading)."""
    n = len(code)
    asked = code <= 0x20
    if n < 4 * STRIDE or 4 * int(asked.sum()) > n or bool(((code >= TURNED_ROUND[0]) & (code <= TURNED_ROUND[1])).any()):
        return _asked(text, range(n), n)
    asked[::STRIDE] = asked[-1] = True
    known = np.flatnonzero(asked)
    found = _asked(text, known.tolist(), len(known))
    out = np.repeat(found, np.diff(np.append(known, n)))
    open_ends = (found[:-1] != found[1:]) | (found[:-1] == 0)
    rest = np.flatnonzero(~asked & np.repeat(np.append(open_ends, False), np.diff(np.append(known, n))))
    out[rest] = _asked(text, rest.tolist(), len(rest))
    return out


def _asked(text: int, which: Iterable[int], n: int) -> NDArray[np.uint64]:
    return np.fromiter(map(ffi.char_object, repeat(text), which), np.uint64, n)


def glyphs_of(text: int, code: NDArray[np.int64], owners: NDArray[np.uint64], things: objects.Objects, display: Display, number: int, fonts: Fonts, ink: Ink) -> tuple[Glyphs, tuple[LeftOut, ...], tuple[Doubt, ...]]:
    """(glyphs that are seen, what nobody sees, doubts) of a page."""
    numbers = things.of(ffi.TEXT)
    runs = _runs([things.handle[i] for i in numbers.tolist()], things, numbers, fonts, display)
    n = len(code)
    run_of = {h: i for i, h in enumerate(runs.object)}
    starts = np.flatnonzero(np.diff(owners, prepend=np.uint64(1)))  # an object's characters stand together
    run = np.repeat([run_of.get(o, -1) for o in owners[starts].tolist()], np.diff(np.append(starts, n)))
    run = run.astype(np.int64) if n else np.zeros(0, np.int64)
    raw = np.zeros((n, 4), np.float32)  # left, top, right, bottom
    at = raw.ctypes.data
    ffi.each(ffi.char_loose_box, repeat(text), range(n), range(at, at + 16 * n, 16))
    # what PDFium puts into gaps and at line ends, no glyph of the page, has no object or no width
    real = (run >= 0) & ((raw[:, 0] != raw[:, 2]) | (code > 0x20))
    lean = _beside_spaces(run, code, len(runs.object))
    index = np.flatnonzero(real)
    # PDFium sorts texts of one line by their place; the stream's own order keeps each cell together
    index = index[np.argsort(run[index], kind="stable")]
    run, code = run[index], code[index]
    box = raw[index].astype(np.float64)
    _lay(box, run, runs)
    unknown = _unknown(text, code, index, run, runs, fonts)

    box = finite(box)
    x0, top, x1, bottom = display.boxes(box[:, 0], box[:, 3], box[:, 2], box[:, 1])
    said = list(map(chr, code.tolist()))
    for i in np.flatnonzero(unknown).tolist():
        said[i] = said[i] if said[i].isprintable() or "\ue000" <= said[i] <= "\uf8ff" else "\ufffd"  # an unknown character is not lost, it is unknown
    texts = mend_each(said)
    glyphs = Glyphs(np.array(texts, dtype=object), x0, top, x1, bottom, runs.size[run], runs.upright[run], runs.font[run])
    which = np.flatnonzero(unknown)
    doubts = visible.unknown_font(len(which), len(glyphs), number, visible.around(glyphs, which) if len(which) else None)
    glyphs, run = _with_spaces(glyphs, run, runs, lean, objects.boxes_of(things, numbers[lean], display))
    reason = _reasons(glyphs, run, runs, numbers, display, things, ink)
    left_out = tuple(_left_out(glyphs, run, reason, number))
    if SLANTED in reason:
        doubts = (*doubts, *overprint.slanted_doubt(glyphs, reason == SLANTED, number))
    kept = (reason == 0) & (glyphs.text != "")
    return glyphs if kept.all() else glyphs.take(kept), left_out, doubts


def codes_of(text: int) -> NDArray[np.int64]:
    """The code point of each character of the text page."""
    n = max(0, ffi.text_count(text))
    buffer = np.zeros(n + 1, np.uint16)
    if ffi.text_get(text, 0, n, buffer.ctypes.data) == n + 1:  # one unit each: no characters beyond U+FFFF, none left away
        code = buffer[:n].astype(np.int64)
        if not ((code >= 0xD800) & (code < 0xE000)).any():
            return code
    code = np.fromiter(map(ffi.char_unicode, repeat(text), range(n)), np.int64, n)
    code[code == 0x02] = 0xFFFE  # the hyphen at a line's end, as the other way tells it
    code[(code > 0x10FFFF) | ((code >= 0xD800) & (code < 0xE000))] = 0xFFFD
    return code


def _runs(handles: list[int], things: objects.Objects, numbers: Numbers, fonts: Fonts, display: Display) -> _Runs:
    n = len(handles)
    form = things.form[numbers]
    matrix = objects.matrices_to_page(objects.matrices_of(handles), form, things.matrices)
    em = np.zeros(n, np.float32)
    ffi.each(ffi.text_size, handles, range(em.ctypes.data, em.ctypes.data + 4 * n, 4))
    mode = np.fromiter(map(ffi.text_mode, handles), np.int32, n)
    font = list(map(ffi.text_font, handles))
    rgb, alpha = objects.colours(handles)
    outlined = np.flatnonzero((mode == 1) | (mode == 5))
    if len(outlined):
        rgb[outlined], alpha[outlined] = objects.colours([handles[i] for i in outlined.tolist()], stroke=True)
    known = fonts.number
    return _Runs(
        handles, font, np.array([known.setdefault(f, len(known)) for f in font], np.int32), matrix, em.astype(np.float64),
        finite(np.abs(em) * np.hypot(matrix[:, 2], matrix[:, 3])), rgb, alpha, (mode == 3) | (mode == 7) | (alpha < 0.02),
        objects.to_page(objects.clips(handles), form, things.matrices),
        display.reads_right(matrix[:, 0], matrix[:, 1]),
    )  # fmt: skip


def _lay(box: Floats, run: Numbers, runs: _Runs) -> None:
    """Every glyph as high as its font is large, from 0.12 below the baseline to 0.88 above it, whatever the font says of
    itself: so letters of two fonts on one line stand in one band. Left as they are: slanted and vertical writing."""
    a, b, c, d, e, f = runs.matrix.T
    lying = (np.abs(b) <= 1e-3 * np.abs(a)) & (np.abs(c) <= 1e-3 * np.abs(d))
    standing = (np.abs(a) <= 1e-3 * np.abs(b)) & (np.abs(d) <= 1e-3 * np.abs(c))
    # a font for vertical writing hangs its glyphs under the point where others stand on it
    above, leftmost = np.full(len(a), -np.inf), np.full(len(a), np.inf)
    first = np.flatnonzero(np.diff(run, prepend=-1))  # run is ascending
    if len(first):
        above[run[first]] = np.maximum.reduceat(box[:, 1], first)
        leftmost[run[first]] = np.minimum.reduceat(box[:, 0], first)
    lying &= ~((above <= f + 0.1 * runs.size) & (leftmost < e - 0.2 * runs.size))
    here = np.flatnonzero(lying[run])
    of = run[here]
    low, high = f[of] + visible.BELOW * runs.em[of] * d[of], f[of] + visible.ABOVE * runs.em[of] * d[of]
    box[here, 3], box[here, 1] = np.minimum(low, high), np.maximum(low, high)
    ahead = a[of] * runs.em[of] > 0  # nothing begins before its pen stood there: ink that hangs over is no place
    box[here[ahead], 0] = np.maximum(box[here[ahead], 0], e[of[ahead]])
    # … and ends before the next begins
    follows = np.flatnonzero((np.diff(run) == 0) & lying[run[1:]] & (box[1:, 0] > box[:-1, 0]) & (box[1:, 0] < box[:-1, 2]))
    box[follows, 2] = box[follows + 1, 0]
    here = np.flatnonzero(standing[run])
    of = run[here]
    low, high = e[of] + visible.BELOW * runs.em[of] * c[of], e[of] + visible.ABOVE * runs.em[of] * c[of]
    box[here, 0], box[here, 2] = np.minimum(low, high), np.maximum(low, high)


def _beside_spaces(run: Numbers, code: NDArray[np.int64], n: int) -> Numbers:
    """Text objects that may have lost a space: they stand next to a space in PDFium's text, or have no glyph in it."""
    blank = np.flatnonzero((code == 0x20) | (code == 0x3000) | (code == 0xA0))
    near = np.concatenate([blank - 1, blank, blank + 1])
    near = run[near[(near >= 0) & (near < len(run))]]
    wanted = np.ones(n, np.bool_)
    wanted[run[run >= 0]] = False
    wanted[near[near >= 0]] = True
    return np.flatnonzero(wanted)


def _with_spaces(glyphs: Glyphs, run: Numbers, runs: _Runs, lean: Numbers, boxes: Floats) -> tuple[Glyphs, Numbers]:
    """PDFium keeps one of several spaces in a row, and often its own instead of the page's: the ones that are missing
    show in the boxes of the text objects, which begin before or end after their first and last glyph.
    lean, boxes: the objects that may have lost one, and their boxes as displayed."""
    if not len(lean):
        return glyphs, run
    count = np.bincount(run, minlength=len(runs.object))
    first = np.cumsum(count) - count
    new: list[tuple[int, int, float, float, float, float]] = []  # run, before (-1) or after (1), box
    size, many, upright = runs.size[lean], count[lean], runs.upright[lean]
    some = np.flatnonzero((many > 0) & upright & (size > 0.1))
    start, end = first[lean[some]], first[lean[some]] + many[some] - 1
    ahead, behind = glyphs.x0[start] - boxes[some, 0], boxes[some, 2] - glyphs.x1[end]
    least, most = 0.15 * size[some], 40 * size[some]
    for k in np.flatnonzero((ahead > least) & (ahead < most)).tolist():
        i = start[k]
        new.append((int(lean[some[k]]), -1, float(boxes[some[k], 0]), float(glyphs.top[i]), float(glyphs.x0[i]), float(glyphs.bottom[i])))
    for k in np.flatnonzero((behind > least) & (behind < most)).tolist():
        i, j = start[k], end[k]
        gaps = glyphs.x0[i + 1 : j + 1] - glyphs.x1[i:j]
        if len(gaps) and behind[k] < least[k] + max(0.0, float(np.median(gaps))):
            continue  # letters set apart, the last one too
        new.append((int(lean[some[k]]), 1, float(glyphs.x1[j]), float(glyphs.top[j]), float(boxes[some[k], 2]), float(glyphs.bottom[j])))
    wide = boxes[:, 2] - boxes[:, 0]
    for k in np.flatnonzero((many == 0) & upright & (size > 0.1) & (wide < 40 * size)).tolist():
        if objects.says_otherwise(runs.object[lean[k]]):
            continue  # the rest of an /ActualText, told with its first object
        x0, top, x1, bottom = (float(v) for v in boxes[k])
        if wide[k] < 0.1 * size[k]:  # nothing that has ink: PDFium gives such an object no room and no character
            x1, top, bottom = x0 + float(size[k]) / 4, bottom - visible.ABOVE * float(size[k]), bottom - visible.BELOW * float(size[k])
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if not ((glyphs.x0 < x) & (glyphs.x1 > x) & (glyphs.top < y) & (glyphs.bottom > y)).any():
            new.append((int(lean[k]), 0, x0, top, x1, bottom))
    if not new:
        return glyphs, run
    of = np.array([s[0] for s in new])
    added = np.array([s[2:] for s in new])
    text = np.array([" "] * len(new), dtype=object)
    both = Glyphs(
        np.concatenate([glyphs.text, text]),
        np.concatenate([glyphs.x0, added[:, 0]]), np.concatenate([glyphs.top, added[:, 1]]),
        np.concatenate([glyphs.x1, added[:, 2]]), np.concatenate([glyphs.bottom, added[:, 3]]),
        np.concatenate([glyphs.size, runs.size[of]]), np.concatenate([glyphs.upright, runs.upright[of]]),
        np.concatenate([glyphs.font, runs.font[of]]),
    )  # fmt: skip
    within = np.concatenate([np.zeros(len(glyphs)), [s[1] for s in new]])
    all_runs = np.concatenate([run, of])
    order = np.lexsort((within, all_runs))  # stable: glyphs of a run keep their order
    return both.take(order), all_runs[order]


def _reasons(glyphs: Glyphs, run: Numbers, runs: _Runs, numbers: Numbers, display: Display, things: objects.Objects, ink: Ink) -> NDArray[np.int8]:
    """Per glyph: 0 seen, or the number of the reason in REASONS why nobody sees it."""
    reason = np.zeros(len(glyphs), np.int8)
    if not len(glyphs):
        return reason
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
        reason[clipped] = np.where(half[run[clipped]], REASONS.index("invisible"), REASONS.index("clipped_duplicate"))
    faint = visible.may_vanish(runs.rgb, ink.rgb)
    if faint.any():
        here = np.flatnonzero(faint[run])
        under = visible.paper(x[here], y[here], numbers[run[here]], ink.boxes, ink.rgb, ink.order)
        reason[here[visible.alike(runs.rgb[run[here]], under)]] = REASONS.index("invisible")
    reason[runs.hidden[run]] = REASONS.index("invisible")
    _show_again(reason, glyphs, run, runs, numbers, display, ink)
    _cover(reason, glyphs, run, runs, numbers, things, ink)
    again = visible.twins(*_places(glyphs, run, len(runs.object), reason))
    if again.any() and (again := visible.twins(*_places(glyphs, run, len(runs.object), reason, whole=True))).any():
        reason[again[run]] = REASONS.index("fake_bold")
    reason[(x < 0) | (y < 0) | (x > display.width) | (y > display.height)] = REASONS.index("outside")
    return reason


def _mute(glyphs: Glyphs, run: Numbers, runs: _Runs) -> Numbers:
    """Text objects without a character: PDFium tells the same words in the same place but once, with the first of them."""
    return np.flatnonzero(np.bincount(run[glyphs.text != " "], minlength=len(runs.object)) == 0)


def _repeats(runs: _Runs, r: int, mute: Numbers) -> Numbers:
    """Those of the objects without a character that may repeat the words of object r."""
    near = np.asarray(np.abs(runs.matrix[mute, 4:] - runs.matrix[r, 4:]) <= runs.size[r] / 8).all(axis=1)
    return mute[np.asarray(near & (mute > r), np.bool_)]


def _show_again(reason: NDArray[np.int8], glyphs: Glyphs, run: Numbers, runs: _Runs, numbers: Numbers, display: Display, ink: Ink) -> None:
    """Words that nobody sees and that are drawn again in the same place for all to see (over a white halo, over a hidden
    layer) are seen."""
    unseen = (reason == REASONS.index("invisible")) | (reason == REASONS.index("clipped_duplicate"))
    if not unseen.any() or not len(mute := _mute(glyphs, run, runs)):
        return
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    for r in np.unique(run[unseen]).tolist():
        for again in _repeats(runs, r, mute).tolist():
            if runs.hidden[again]:
                continue
            here = np.flatnonzero(unseen & (run == r))
            clip = runs.clip[again : again + 1].T
            c0, c1, c2, c3 = display.boxes(clip[0], clip[1], clip[2], clip[3])
            under = visible.paper(x[here], y[here], np.full(len(here), numbers[again]), ink.boxes, ink.rgb, ink.order)
            shows = (x[here] >= c0) & (x[here] <= c2) & (y[here] >= c1) & (y[here] <= c3)
            reason[here[shows & ~visible.alike(runs.rgb[again : again + 1], under)]] = 0


def _cover(reason: NDArray[np.int8], glyphs: Glyphs, run: Numbers, runs: _Runs, numbers: Numbers, things: objects.Objects, ink: Ink) -> None:
    """Marks what an opaque rectangle was drawn over later: the words that somebody painted out and wrote anew."""
    order = numbers[run]
    begin = np.flatnonzero(np.diff(order, prepend=-1))
    end = np.append(begin[1:], len(order)) - 1
    if not len(begin) or not len(ink.order) or ink.order.max() < order[0]:
        return
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    middles = np.column_stack([x, y])
    found = visible.covering(middles[begin], middles[end], order[begin], ink.boxes, ink.order)
    if not len(found):
        return
    mute = _mute(glyphs, run, runs)
    for k in found.tolist():
        box, when = ink.boxes[k], int(ink.order[k])
        if np.isnan(ink.rgb[k]).any() or not objects.is_plain_box(things.handle[when]):
            continue
        lies = visible.LYING_OUT * glyphs.size
        under = (x > box[0]) & (x < box[2]) & (glyphs.top + lies > box[1]) & (glyphs.bottom - lies < box[3]) & (order < when)
        for r in np.unique(run[under]).tolist() if len(mute) else ():
            if (numbers[_repeats(runs, r, mute)] > when).any():
                under &= run != r
        reason[under] = REASONS.index("invisible")


def _places(glyphs: Glyphs, run: Numbers, n: int, reason: NDArray[np.int8], whole: bool = False) -> tuple[Numbers, Floats, Floats, Floats]:
    """Of each text object: a number for its words (for the first, the last and how many there are, unless whole), its place
    and its size (PDFium drops a repeat only near by). What nobody sees is repeated by nothing: a white halo, words painted
    out and written again."""
    number = -1 - np.arange(n)  # an object without glyphs is like no other
    x, y, size = np.zeros(n), np.zeros(n), np.ones(n)
    first = np.flatnonzero(np.diff(run, prepend=-1))
    end = np.append(first[1:], len(run))
    seen = reason[first] != REASONS.index("invisible")
    first, end = first[seen], end[seen]
    if len(first):
        of = run[first]
        text = glyphs.text
        if whole:
            number[of] = [hash("".join(text[a:b])) for a, b in zip(first.tolist(), end.tolist(), strict=True)]
        else:
            number[of] = [hash((a, b, c)) for a, b, c in zip(text[first].tolist(), text[end - 1].tolist(), (end - first).tolist(), strict=True)]
        x[of], y[of], size[of] = glyphs.x0[first], glyphs.top[first], glyphs.size[first]
    return number, x, y, size


def _left_out(glyphs: Glyphs, run: Numbers, reason: NDArray[np.int8], number: int) -> Iterator[LeftOut]:
    """What nobody sees, a piece for each text object and reason; white space alone is no loss."""
    out = np.flatnonzero(reason)
    if not len(out):
        return
    breaks = np.flatnonzero((np.diff(run[out]) != 0) | (np.diff(reason[out]) != 0)) + 1
    for piece in np.split(out, breaks):
        words = "".join(glyphs.text[piece].tolist())
        if words.strip():
            yield LeftOut(words, Place(page=number, bbox=visible.around(glyphs, piece)), REASONS[int(reason[piece[0]])])


def _unknown(text: int, code: NDArray[np.int64], index: Numbers, run: Numbers, runs: _Runs, fonts: Fonts) -> NDArray[np.bool_]:
    """Which glyphs have no Unicode: the font maps them to none, or to a private or a replacement character. Those of a
    font that knows few of its characters become U+FFFD in `code`."""
    key = runs.font[run].astype(np.int64) * 0x110000 + code
    known = fonts.unmapped
    bad = []
    for k in np.unique(key).tolist():
        if k not in known:
            c = k % 0x110000
            asked = int(index[np.argmax(key == k)])
            known[k] = bool(ffi.char_unmapped(text, asked)) or c == 0xFFFD or (0xE000 <= c <= 0xF8FF and c != 0xF0B7)
        if known[k]:
            bad.append(k)
    unknown = np.isin(key, bad) if bad else np.zeros(len(key), np.bool_)
    for font in np.unique(key[unknown] // 0x110000).tolist():
        guessed = (key // 0x110000 == font) & ((code >= 0x80) | unknown)
        told = guessed & ~unknown
        if told.any() and int(code[told].max()) < LETTERS_END and unknown[guessed].sum() >= GUESSED * guessed.sum():
            code[told], unknown[told] = 0xFFFD, True  # glyphs numbered by the subset: the letters they seem to be are those of a code page
    return unknown
