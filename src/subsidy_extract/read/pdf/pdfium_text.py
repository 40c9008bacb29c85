"""The text page of PDFium → glyphs in stream order, and what of them nobody sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.model import Doubt, LeftOut, Place
from subsidy_extract.read.pdf import ffi, objects, visible
from subsidy_extract.read.pdf.charmap import mend_each
from subsidy_extract.read.pdf.display import Display, Floats
from subsidy_extract.read.pdf.nouns import Glyphs

Numbers = NDArray[np.intp]
REASONS = ("", "clipped_duplicate", "invisible", "outside", "fake_bold")


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
    points as displayed; box, clip: (n, 4) in user space; upright: reads left to right on the displayed page."""

    object: list[int]
    address: list[int]
    font: NDArray[np.int32]
    matrix: Floats
    em: Floats
    size: Floats
    rgb: Floats
    hidden: NDArray[np.bool_]
    box: Floats
    clip: Floats
    upright: NDArray[np.bool_]


def glyphs_of(text: int, things: objects.Objects, display: Display, number: int, fonts: Fonts, ink: Ink) -> tuple[Glyphs, tuple[LeftOut, ...], tuple[Doubt, ...]]:
    """(glyphs that are seen, what nobody sees, doubts) of a page."""
    numbers = things.of(ffi.TEXT)
    runs = _runs([things.handle[i] for i in numbers.tolist()], things, numbers, fonts, display)
    n = max(0, ffi.text_count(text))
    chars = _characters(text, n)
    run_of = {h: i for i, h in enumerate(runs.object)}
    run = np.fromiter(map(run_of.get, ffi.gather(ffi.char_object, text, range(n)), repeat(-1)), np.int64, n)
    raw = np.zeros((n, 4), np.float32)  # left, top, right, bottom
    at = raw.ctypes.data
    ffi.each(ffi.char_loose_box, repeat(text), range(n), range(at, at + 16 * n, 16))
    # what PDFium puts into gaps and at line ends, no glyph of the page, has no object or no width
    real = (run >= 0) & ~((raw[:, 0] == raw[:, 2]) & np.fromiter(map(str.isspace, chars), np.bool_, n))
    index = np.flatnonzero(real)
    # PDFium sorts texts of one line by their place; the stream's own order keeps each cell together
    index = index[np.argsort(run[index], kind="stable")]
    run = run[index]
    box = raw[index].astype(np.float64)
    _lay(box, run, runs)
    _spread(box, run, runs)
    unknown = _unknown(text, chars, index, run, runs, fonts)

    x0, top, x1, bottom = display.boxes(box[:, 0], box[:, 3], box[:, 2], box[:, 1])
    said = [chars[i] for i in index.tolist()]
    for i in np.flatnonzero(unknown).tolist():
        said[i] = said[i] if said[i].isprintable() else "\ufffd"  # an unknown character is not lost, it is unknown
    texts = mend_each(said)
    glyphs = Glyphs(np.array(texts, dtype=object), x0, top, x1, bottom, runs.size[run], runs.upright[run], runs.font[run])
    which = np.flatnonzero(unknown)
    doubts = visible.unknown_font(len(which), len(glyphs), number, visible.around(glyphs, which) if len(which) else None)
    glyphs, run = _with_spaces(glyphs, run, runs, display)
    reason = _reasons(glyphs, run, runs, numbers, display, ink)
    left_out = tuple(_left_out(glyphs, run, reason, number))
    kept = (reason == 0) & (glyphs.text != "")
    return glyphs if kept.all() else glyphs.take(kept), left_out, doubts


def _characters(text: int, n: int) -> list[str]:
    """One string per character of the text page."""
    buffer = np.zeros(n + 1, np.uint16)
    if ffi.text_get(text, 0, n, buffer.ctypes.data) == n + 1:
        units = buffer[:n]
        if not ((units >= 0xD800) & (units < 0xE000)).any():
            return list(units.tobytes().decode("utf-16-le"))
    return [chr(c) if c < 0x110000 and not 0xD800 <= c < 0xE000 else "\ufffd" for c in ffi.gather(ffi.char_unicode, text, range(n))]


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
        np.abs(em) * np.hypot(matrix[:, 2], matrix[:, 3]), rgb, (mode == 3) | (mode == 7) | (alpha < 0.02),
        objects.to_page(objects.bounds(handles), form, things.matrices),
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
    above = np.full(len(a), -np.inf)
    leftmost = np.full(len(a), np.inf)
    np.maximum.at(above, run, box[:, 1])
    np.minimum.at(leftmost, run, box[:, 0])
    lying &= ~((above <= f + 0.1 * runs.size) & (leftmost < e - 0.2 * runs.size))
    here = np.flatnonzero(lying[run])
    of = run[here]
    low, high = f[of] + visible.BELOW * runs.em[of] * d[of], f[of] + visible.ABOVE * runs.em[of] * d[of]
    box[here, 3], box[here, 1] = np.minimum(low, high), np.maximum(low, high)
    ahead = a[of] * runs.em[of] > 0  # nothing begins before its pen stood there: ink that hangs over is no place
    box[here[ahead], 0] = np.maximum(box[here[ahead], 0], e[of[ahead]])
    here = np.flatnonzero(standing[run])
    of = run[here]
    low, high = e[of] + visible.BELOW * runs.em[of] * c[of], e[of] + visible.ABOVE * runs.em[of] * c[of]
    box[here, 0], box[here, 2] = np.minimum(low, high), np.maximum(low, high)


def _spread(box: Floats, run: Numbers, runs: _Runs) -> None:
    """/ActualText of several characters stands on one place of its text object: laid out evenly over the object."""
    if len(run) < 2:
        return
    stacked = (np.diff(run) == 0) & (np.abs(np.diff(box[:, 0])) < 0.01) & (np.abs(np.diff(box[:, 3])) < 0.01)
    for number in np.unique(run[1:][stacked]).tolist():
        here = np.flatnonzero(run == number)
        left, _, right, _ = runs.box[number]
        if not runs.upright[number] or abs(runs.matrix[number, 1]) > 1e-3 or np.ptp(box[here, 0]) > 0.01:
            continue
        edges = np.linspace(left, right, len(here) + 1)
        box[here, 0], box[here, 2] = edges[:-1], edges[1:]


def _with_spaces(glyphs: Glyphs, run: Numbers, runs: _Runs, display: Display) -> tuple[Glyphs, Numbers]:
    """PDFium keeps one of several spaces in a row, and often its own instead of the page's: the ones that are missing
    show in the boxes of the text objects, which begin before or end after their first and last glyph."""
    if not len(runs.object):
        return glyphs, run
    b0, b1, b2, b3 = display.boxes(runs.box[:, 0], runs.box[:, 1], runs.box[:, 2], runs.box[:, 3])
    count = np.bincount(run, minlength=len(runs.object))
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    last = first + count - 1
    some = np.flatnonzero((count > 0) & runs.upright & (runs.size > 0.1))
    size = runs.size[some]
    ahead = glyphs.x0[first[some]] - b0[some]
    behind = b2[some] - glyphs.x1[last[some]]
    new: list[tuple[int, int, float, float, float, float]] = []  # run, before (-1) or after (1), box
    for k in np.flatnonzero((ahead > 0.15 * size) & (ahead < 40 * size)).tolist():
        i = first[some[k]]
        new.append((int(some[k]), -1, float(b0[some[k]]), float(glyphs.top[i]), float(glyphs.x0[i]), float(glyphs.bottom[i])))
    for k in np.flatnonzero((behind > 0.15 * size) & (behind < 40 * size)).tolist():
        r, i = some[k], last[some[k]]
        gaps = glyphs.x0[first[r] + 1 : i + 1] - glyphs.x1[first[r] : i]
        if len(gaps) and behind[k] < 0.15 * size[k] + max(0.0, float(np.median(gaps))):
            continue  # letters set apart, the last one too
        new.append((int(r), 1, float(glyphs.x1[i]), float(glyphs.top[i]), float(b2[r]), float(glyphs.bottom[i])))
    for r in np.flatnonzero((count == 0) & runs.upright & (b2 - b0 > 0.1 * runs.size) & (b2 - b0 < 40 * runs.size)).tolist():
        if objects.says_otherwise(runs.object[r]):
            continue  # the rest of an /ActualText, told with its first object
        x, y = (b0[r] + b2[r]) / 2, (b1[r] + b3[r]) / 2
        if not ((glyphs.x0 < x) & (glyphs.x1 > x) & (glyphs.top < y) & (glyphs.bottom > y)).any():
            new.append((r, 0, float(b0[r]), float(b1[r]), float(b2[r]), float(b3[r])))
    if not new:
        return glyphs, run
    of = np.array([s[0] for s in new])
    boxes = np.array([s[2:] for s in new])
    text = np.array([" "] * len(new), dtype=object)
    both = Glyphs(
        np.concatenate([glyphs.text, text]),
        np.concatenate([glyphs.x0, boxes[:, 0]]), np.concatenate([glyphs.top, boxes[:, 1]]),
        np.concatenate([glyphs.x1, boxes[:, 2]]), np.concatenate([glyphs.bottom, boxes[:, 3]]),
        np.concatenate([glyphs.size, runs.size[of]]), np.concatenate([glyphs.upright, runs.upright[of]]),
        np.concatenate([glyphs.font, runs.font[of]]),
    )  # fmt: skip
    within = np.concatenate([np.zeros(len(glyphs)), [s[1] for s in new]])
    all_runs = np.concatenate([run, of])
    order = np.lexsort((within, all_runs))  # stable: glyphs of a run keep their order
    return both.take(order), all_runs[order]


def _reasons(glyphs: Glyphs, run: Numbers, runs: _Runs, numbers: Numbers, display: Display, ink: Ink) -> NDArray[np.int8]:
    """Per glyph: 0 seen, or the number of the reason in REASONS why nobody sees it."""
    reason = np.zeros(len(glyphs), np.int8)
    if not len(glyphs):
        return reason
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    c0, c1, c2, c3 = display.boxes(runs.clip[:, 0], runs.clip[:, 1], runs.clip[:, 2], runs.clip[:, 3])
    clipped = (x < c0[run]) | (x > c2[run]) | (y < c1[run]) | (y > c3[run])
    if clipped.any():  # only now every point of these clips is worth asking for
        cut = np.unique(run[clipped])
        exact = objects.clips([runs.object[i] for i in cut.tolist()], quick=False)
        grown = np.any(np.abs(exact - objects.clips([runs.object[i] for i in cut.tolist()])) > 0.01, axis=1)
        clipped &= ~np.isin(run, cut[grown])
    reason[clipped] = REASONS.index("clipped_duplicate")
    faint = visible.may_vanish(runs.rgb, ink.rgb)
    if faint.any():
        here = np.flatnonzero(faint[run])
        under = visible.paper(x[here], y[here], numbers[run[here]], ink.boxes, ink.rgb, ink.order)
        reason[here[visible.alike(runs.rgb[run[here]], under)]] = REASONS.index("invisible")
    reason[runs.hidden[run]] = REASONS.index("invisible")
    again = visible.twins(*_places(glyphs, run, len(runs.object)))
    if again.any():
        reason[again[run]] = REASONS.index("fake_bold")
    reason[(x < 0) | (y < 0) | (x > display.width) | (y > display.height)] = REASONS.index("outside")
    return reason


def _places(glyphs: Glyphs, run: Numbers, n: int) -> tuple[Numbers, Floats, Floats, Floats]:
    """Of each text object: a number for its words, its place and its size (PDFium drops a repeat only near by)."""
    words: dict[str, int] = {}
    number = np.arange(n) + 1_000_000_000  # an object without glyphs is like no other
    x, y, size = np.zeros(n), np.zeros(n), np.ones(n)
    starts = np.flatnonzero(np.diff(run, prepend=-1))
    ends = np.append(starts[1:], len(run))
    for start, end, r in zip(starts.tolist(), ends.tolist(), run[starts].tolist(), strict=True):
        number[r] = words.setdefault("".join(glyphs.text[start:end].tolist()), len(words))
    of = run[starts]
    x[of], y[of], size[of] = glyphs.x0[starts], glyphs.top[starts], glyphs.size[starts]
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


def _unknown(text: int, chars: list[str], index: Numbers, run: Numbers, runs: _Runs, fonts: Fonts) -> NDArray[np.bool_]:
    """Which glyphs have no Unicode: the font maps them to none, or to a private or a replacement character."""
    if not len(index):
        return np.zeros(0, np.bool_)
    code = np.fromiter(map(ord, map(chars.__getitem__, index.tolist())), np.int64, len(index))
    key = runs.font[run].astype(np.int64) * 0x110000 + code
    keys, where, back = np.unique(key, return_index=True, return_inverse=True)
    known = fonts.unmapped
    for k, w in zip(keys.tolist(), where.tolist(), strict=True):
        if k not in known:
            c = k % 0x110000
            known[k] = bool(ffi.char_unmapped(text, int(index[w]))) or c == 0xFFFD or (0xE000 <= c <= 0xF8FF and c != 0xF0B7)
    return np.array([known[k] for k in keys.tolist()])[back]
