"""The text page of PDFium → glyphs in stream order, and what of them nobody sees."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.model import Doubt, LeftOut
from subsidy_extract.read.pdf.engines import anew, ffi, objects, overprint, straight, told, unseen, visible
from subsidy_extract.read.pdf.engines.charmap import TABLE, mend_each
from subsidy_extract.read.pdf.engines.display import Display, Floats, finite
from subsidy_extract.read.pdf.engines.runs import Fonts, Numbers, Runs, heights, runs_of
from subsidy_extract.read.pdf.nouns import Glyphs

GUESSED = 0.3  # of the characters of a font beyond ASCII that have no Unicode: the others are read by a code page it does not have
LETTERS_END = 0x2E80  # Japanese begins here
NOTHING = 0x2060  # a character of no text, in charmap's table
HYPHEN = 0xFFFE
BLANK = (0x20, 0xA0, 0x115F, 0x1160, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x2800, 0x3000, 0x3164, 0xFFA0)
IS_BLANK = np.isin(np.arange(0x10000), BLANK)
INK = 0.08  # of the size, wide and high: PDFium gives what has no ink a hair's breadth
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


def glyphs_of(text: int, code: NDArray[np.int64], owners: NDArray[np.uint64], things: objects.Objects, display: Display, number: int, fonts: Fonts, ink: unseen.Ink) -> tuple[Glyphs, tuple[LeftOut, ...], tuple[Doubt, ...]]:
    """(glyphs that are seen, what nobody sees, doubts) of a page."""
    numbers = things.of(ffi.TEXT)
    runs = runs_of([things.handle[i] for i in numbers.tolist()], things, numbers, fonts, display)
    n = len(code)
    run_of = {h: i for i, h in enumerate(runs.object)}
    starts = np.flatnonzero(np.diff(owners, prepend=np.uint64(1)))  # an object's characters stand together
    run = np.repeat([run_of.get(o, -1) for o in owners[starts].tolist()], np.diff(np.append(starts, n)))
    run = run.astype(np.int64) if n else np.zeros(0, np.int64)
    raw = np.zeros((n, 4), np.float32)  # left, top, right, bottom
    at = raw.ctypes.data
    ffi.each(ffi.char_loose_box, repeat(text), range(n), range(at, at + 16 * n, 16))
    if things.back is not None:
        straight.moved(raw, things.back)
    # what PDFium puts into gaps and at line ends, no glyph of the page, has no object or no width
    real = (run >= 0) & ((raw[:, 0] != raw[:, 2]) | (code > 0x20))
    lean = _beside_spaces(run, code, len(runs.object))
    index = np.flatnonzero(real)
    # PDFium sorts texts of one line by their place; the stream's own order keeps each cell together
    index = index[np.argsort(run[index], kind="stable")]
    run, code = run[index], code[index]
    box = raw[index].astype(np.float64)
    _lay(box, run, runs)
    told.lay_told(box, run, code, runs, things, numbers)
    unknown = _unknown(text, code, index, run, runs, fonts)

    box = finite(box)
    x0, top, x1, bottom = display.boxes(box[:, 0], box[:, 3], box[:, 2], box[:, 1])
    said = list(map(chr, code.tolist()))
    for i in np.flatnonzero(unknown).tolist():
        said[i] = said[i] if (said[i].isprintable() and TABLE.get(ord(said[i])) != "" and ord(said[i]) not in BLANK) or "\ue000" <= said[i] <= "\uf8ff" else "\ufffd"  # an unknown character is not lost, it is unknown
    texts = mend_each(said)
    glyphs = Glyphs(np.array(texts, dtype=object), x0, top, x1, bottom, runs.size[run], runs.upright[run], runs.font[run])
    which = np.flatnonzero(unknown)
    doubts = visible.unknown_font(len(which), len(glyphs), number, visible.around(glyphs, which) if len(which) else None)
    glyphs, run, added = _with_spaces(glyphs, run, runs, lean, objects.boxes_of(things, numbers[lean], display))
    reason, echoes = unseen.reasons(glyphs, run, runs, numbers, display, things, ink)
    left_out = tuple(unseen.left_out(glyphs, run, reason, number, echoes))
    painted = np.flatnonzero(reason == unseen.INVISIBLE)
    if len(painted) and (again := anew.written_anew(painted, (reason == 0) & ~added, glyphs, run, runs, numbers, things, display)):
        glyphs, run, had, blanks = anew.moved(glyphs, run, again, added)
        reason = reason[had]
        reason[np.isin(had, [i for i, _ in again])] = 0
        reason[blanks] = unseen.INVISIBLE
    if unseen.SLANTED in reason:
        doubts = (*doubts, *overprint.slanted_doubt(glyphs, reason == unseen.SLANTED, number))
    kept = (reason == 0) & (glyphs.text != "")
    doubts = (*doubts, *overprint.doubled(glyphs, run, kept, number))
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
    pairs = np.flatnonzero((code[:-1] >= 0xD800) & (code[:-1] < 0xDC00) & (code[1:] >= 0xDC00) & (code[1:] < 0xE000))
    # a glyph that stands for several characters gives the halves of those beyond U+FFFF one by one
    code[pairs] = 0x10000 + ((code[pairs] - 0xD800) << 10) + (code[pairs + 1] - 0xDC00)
    code[pairs + 1] = NOTHING
    code[code == 0x02] = HYPHEN  # the hyphen at a line's end, as the other way tells it
    code[(code > 0x10FFFF) | ((code >= 0xD800) & (code < 0xE000))] = 0xFFFD
    return code


def _lay(box: Floats, run: Numbers, runs: Runs) -> None:
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
    box[here, 3], box[here, 1] = heights(runs, of)
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


def _with_spaces(glyphs: Glyphs, run: Numbers, runs: Runs, lean: Numbers, boxes: Floats) -> tuple[Glyphs, Numbers, NDArray[np.bool_]]:
    """PDFium keeps one of several spaces in a row, and often its own instead of the page's: the ones that are missing
    show in the boxes of the text objects, which begin before or end after their first and last glyph.
    lean, boxes: the objects that may have lost one, and their boxes as displayed. → (the glyphs, their runs, which were added)."""
    if not len(lean):
        return glyphs, run, np.zeros(len(run), np.bool_)
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
        if told.is_rest(runs, int(lean[k])):
            continue
        x0, top, x1, bottom = (float(v) for v in boxes[k])
        if wide[k] < 0.1 * size[k]:  # nothing that has ink: PDFium gives such an object no room and no character
            x1, top, bottom = x0 + float(size[k]) / 4, bottom - visible.ABOVE * float(size[k]), bottom - visible.BELOW * float(size[k])
        y, room = (top + bottom) / 2, x1 - x0
        # the next bracket may be set half over a space: one of its halves is free
        parts = (0.25, 0.75) if room <= 1.2 * size[k] else (0.5,)
        level = (glyphs.top < y) & (glyphs.bottom > y)
        if not all((level & (glyphs.x0 < x0 + part * room) & (glyphs.x1 > x0 + part * room)).any() for part in parts):
            new.append((int(lean[k]), 0, x0, top, x1, bottom))
    if not new:
        return glyphs, run, np.zeros(len(run), np.bool_)
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
    return both.take(order), all_runs[order], order >= len(glyphs)


def _has_ink(text: int, index: int) -> bool:
    """Whether anything is drawn where a character stands."""
    (size,) = _ink(text, [index])
    return bool((size > 0.01).all())


def _ink(text: int, index: list[int]) -> Floats:
    """(n, 2): how wide and high is what is drawn of each character."""
    sides = np.zeros((len(index), 4))  # left, right, bottom, top
    at = sides.ctypes.data
    ffi.each(ffi.char_box, repeat(text), index, *(range(at + k, at + k + 32 * len(index), 32) for k in (0, 8, 16, 24)))
    return sides[:, 1::2] - sides[:, ::2]


def _blank_with_ink(text: int, code: NDArray[np.int64], index: Numbers, run: Numbers, runs: Runs) -> Numbers:
    """The glyphs that are mapped to white space and draw something: their font does not tell what. PDFium spreads what
    /ActualText tells over the ink of it all, white space too."""
    here = np.flatnonzero(IS_BLANK[np.minimum(code, 0xFFFF)])
    if not len(here):
        return here
    of = run[here]
    a, b, c, d = np.abs(runs.matrix[of, :4].T)
    straight = ((b <= 1e-3 * a) & (c <= 1e-3 * d)) | ((a <= 1e-3 * b) & (d <= 1e-3 * c))  # the box of a slanted nothing has room
    inked = here[straight & (_ink(text, index[here].tolist()) > INK * runs.size[of, None]).all(axis=1)]
    unsaid = [_has_outlines(runs.address[r]) and not told.mark_of(runs.object[r]) for r in run[inked].tolist()]
    return np.asarray(inked[np.array(unsaid, np.bool_)], np.intp)


def _has_outlines(font: int) -> bool:
    """Whether the file holds the font: another's glyphs stand for one that is not there, drawings of a Type 3 are no letters."""
    size = ctypes.c_size_t()
    return bool(ffi.font_embedded(font) and ffi.font_data(font, None, 0, ctypes.addressof(size)) and size.value)


def _unknown(text: int, code: NDArray[np.int64], index: Numbers, run: Numbers, runs: Runs, fonts: Fonts) -> NDArray[np.bool_]:
    """Which glyphs have no Unicode: the font maps them to none, to a private or a replacement character, or to one that has no
    ink while the glyph has. Those of a font that knows few of its characters become U+FFFD in `code`."""
    key = runs.font[run].astype(np.int64) * 0x110000 + code
    known = fonts.unmapped
    bad = []
    for k in np.unique(key).tolist():
        if k not in known:
            c = k % 0x110000
            asked = int(index[np.argmax(key == k)])
            known[k] = bool(ffi.char_unmapped(text, asked)) or c == 0xFFFD or (0xE000 <= c <= 0xF8FF and c != 0xF0B7) or (TABLE.get(c) == "" and c != NOTHING and _has_ink(text, asked))
        if known[k]:
            bad.append(k)
    unknown = np.isin(key, bad) if bad else np.zeros(len(key), np.bool_)
    for i in np.flatnonzero(code == HYPHEN).tolist():  # PDFium's sign for a hyphen at a line's end, and for a glyph that is mapped to U+0000
        unknown[i] = unknown[i] or not ffi.is_hyphen(text, int(index[i]))
    unknown[_blank_with_ink(text, code, index, run, runs)] = True
    for font in np.unique(key[unknown] // 0x110000).tolist():
        guessed = (key // 0x110000 == font) & ((code >= 0x80) | unknown)
        told = guessed & ~unknown
        if told.any() and int(code[told].max()) < LETTERS_END and unknown[guessed].sum() >= GUESSED * guessed.sum():
            code[told], unknown[told] = 0xFFFD, True  # glyphs numbered by the subset: the letters they seem to be are those of a code page
    return unknown
