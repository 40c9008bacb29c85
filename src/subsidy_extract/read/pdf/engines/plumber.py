"""pdfplumber's view of a page as glyphs, rules and fills: the reference engine, and the judge between the others."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
from numpy.typing import NDArray
from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage, LTLine, LTRect
from pdfminer.pdftypes import resolve1 as resolved

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Doubt, LeftOut, Place
from subsidy_extract.read.pdf.engines import overprint, visible
from subsidy_extract.read.pdf.engines.charmap import bag_text, mend_each
from subsidy_extract.read.pdf.engines.display import Display, Floats
from subsidy_extract.read.pdf.engines.visible import (
    ABOVE,
    BELOW,
    around,
    boxes_of,
    fills_of,
    picture,
    rules_of,
    unknown_font,
)
from subsidy_extract.read.pdf.nouns import Glyphs, Page, PageLink
from subsidy_extract.read.pdf.shares import within

Box = tuple[float, float, float, float]
ADVANCES = 0.2  # of the size: a glyph that takes so much room and is mapped to no character has ink, it is no mark between characters
THIN = 3.05  # points: as paths.THIN


class Warnings(logging.Handler):
    """Counts what pdfminer complains of, silently: it says "Cannot set gray" on the terminal of a person who can't help it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1

    def __enter__(self) -> Warnings:
        self._logger = logging.getLogger("pdfminer")
        self._before = self._logger.propagate
        self._logger.propagate = False
        self._logger.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.removeHandler(self)
        self._logger.propagate = self._before


def pages(path: Path, numbers: Iterable[int], password: str | None = None) -> Iterator[Page]:
    """The pages of these numbers. ExtractError(UNREADABLE) for what pdfminer can't open, whatever it raises."""
    with Warnings() as warnings:
        try:
            pdf = pdfplumber.open(path, password=password or "")
            count = len(pdf.pages)
        except Exception as error:  # pdfminer raises KeyError, TypeError, RecursionError … on damaged files
            raise ExtractError(Exit.UNREADABLE, f"{path.name}: pdfplumber can't open it ({type(error).__name__})", "Try --engine auto, or give --password") from error
        with pdf:
            for number in within(numbers, count):
                page = pdf.pages[number - 1]
                before = warnings.count
                try:
                    seen = _page(page, number)
                except Exception as error:
                    raise ExtractError(Exit.UNREADABLE, f"page {number} of {path.name} can't be read by pdfplumber ({type(error).__name__})", "Try --engine auto") from error
                finally:
                    page.close()
                said = warnings.count - before
                yield _doubting(seen, Doubt("pdf_warnings", f"{said} warnings of pdfminer on page {number}", (Place(page=number),))) if said else seen


def _doubting(page: Page, doubt: Doubt) -> Page:
    return replace(page, doubts=(*page.doubts, doubt))


def _page(page: Any, number: int) -> Page:
    raw = [resolved(page.page_obj.mediabox), resolved(page.page_obj.cropbox)]
    media, crop = ((min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3])) for b in raw)
    crop = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    if crop[2] <= crop[0] or crop[3] <= crop[1]:
        crop = media
    turned = Display(*media, page.rotation // 90 % 4)
    left, above, right, below = (float(v) for v in turned.boxes(*crop))
    # pdfminer's coordinates: the MediaBox as displayed, y from its lower left
    frame = Display(left, turned.height - below, right, turned.height - above, 0)
    seen = _Seen()
    _walk(page.layout, seen)
    area_boxes = np.column_stack(frame.boxes(*np.array([a[0] for a in seen.areas]).reshape(-1, 4).T))
    area_rgb, area_order = np.array([a[1] for a in seen.areas]).reshape(-1, 3), np.array([a[2] for a in seen.areas], np.intp)
    boxes = np.column_stack(frame.boxes(*np.array([r[0] for r in seen.rules]).reshape(-1, 4).T))
    rgb, order = np.array([r[1] for r in seen.rules]).reshape(-1, 3), np.array([r[2] for r in seen.rules], np.intp)
    boxes = boxes[visible.seen_rules(boxes, rgb, order, area_boxes, area_rgb, area_order)]
    pictures = np.column_stack(frame.boxes(*np.array(seen.images).reshape(-1, 4).T))
    glyphs, left_out = _glyphs(seen, frame, number, area_boxes, area_rgb, area_order)
    return Page(
        number, frame.width, frame.height, glyphs, rules_of(boxes), fills_of(area_boxes, area_rgb),
        links=_links(page, turned, (left, above)), images=boxes_of(pictures), left_out=left_out,
        witness=bag_text([*glyphs.text, *(o.text for o in left_out)]),
        doubts=(*unknown_font(seen.unknown, len(seen.chars), number, (0.0, 0.0, frame.width, frame.height)), *picture(number, frame, len(glyphs), pictures, seen.count)),
    )  # fmt: skip


def _links(page: Any, turned: Display, origin: tuple[float, float]) -> tuple[PageLink, ...]:
    out = []
    for note in resolved(page.page_obj.annots) or ():
        note = resolved(note)
        action = resolved(note.get("A")) if isinstance(note, dict) else None
        url = resolved(action.get("URI")) if isinstance(action, dict) else None
        rect = resolved(note.get("Rect")) if isinstance(note, dict) else None
        if isinstance(url, bytes) and rect and len(rect) == 4:
            x0, top, x1, bottom = (float(v) for v in turned.boxes(*map(float, rect)))
            out.append(PageLink(url.decode("utf-8", "replace"), (x0 - origin[0], top - origin[1], x1 - origin[0], bottom - origin[1])))
    return tuple(out)


@dataclass(slots=True)
class _Seen:
    """Objects of a layout in stream order: boxes in pdfminer's coordinates, colours, the moment each was drawn."""

    chars: list[tuple[Any, int]] = field(default_factory=list)
    rules: list[tuple[Box, tuple[float, ...], int]] = field(default_factory=list)
    areas: list[tuple[Box, tuple[float, ...], int]] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    count: int = 0
    unknown: int = 0


def _walk(layout: Any, seen: _Seen) -> None:
    for o in layout:
        seen.count += 1
        if isinstance(o, LTChar):
            seen.chars.append((o, seen.count))
        elif isinstance(o, LTImage):
            seen.images.append(o.bbox)
        elif isinstance(o, LTCurve):
            _shape(o, seen)
        elif isinstance(o, LTFigure):
            _walk(o, seen)


def _shape(o: Any, seen: _Seen) -> None:
    x0, y0, x1, y1 = o.bbox
    thin = min(x1 - x0, y1 - y0) <= THIN
    if o.fill and not isinstance(o, LTLine):
        (seen.rules if thin else seen.areas).append((o.bbox, _rgb(o.non_stroking_color), seen.count))
    if not o.stroke or any(step[0] in "cvy" for step in o.original_path or ()):
        return
    half = float(o.linewidth or 0) / 2
    points = o.pts if not isinstance(o, LTRect) else [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
    sides = [o.bbox] if isinstance(o, LTRect) and thin else list(_steps(points))
    for a, b, c, d in sides:
        lying = c - a >= d - b
        seen.rules.append(((a, b - half, c, d + half) if lying else (a - half, b, c + half, d), _rgb(o.stroking_color), seen.count))


def _steps(points: Sequence[tuple[float, float]]) -> Iterator[Box]:
    """The straight steps of a polyline along the axes."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x0 - x1) < 0.1 or abs(y0 - y1) < 0.1:
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _glyphs(seen: _Seen, frame: Display, number: int, area_boxes: Floats, area_rgb: Floats, area_order: NDArray[np.intp]) -> tuple[Glyphs, tuple[LeftOut, ...]]:
    chars = [c for c, _ in seen.chars]
    n = len(chars)
    if not n:
        nothing = np.zeros(0)
        return Glyphs(np.zeros(0, object), nothing, nothing, nothing, nothing, nothing, np.zeros(0, np.bool_), np.zeros(0, np.int32)), ()
    box = np.array([c.bbox for c in chars], np.float64)
    matrix = np.array([c.matrix for c in chars], np.float64)
    standing = (np.abs(matrix[:, 0]) < 1e-3) & (np.abs(matrix[:, 3]) < 1e-3)
    size = np.where(standing, box[:, 2] - box[:, 0], np.fromiter((c.size for c in chars), np.float64, n))
    # one band for all fonts of a line, as the other engines lay it, from the baseline; vertical writing hangs under its point
    hanging = (box[:, 3] <= matrix[:, 5] + 0.1 * size) & (box[:, 0] < matrix[:, 4] - 0.2 * size)
    lying = (np.abs(matrix[:, 1]) < 1e-3) & (np.abs(matrix[:, 2]) < 1e-3) & (matrix[:, 3] > 0) & ~hanging
    box[lying, 1], box[lying, 3] = (matrix[:, 5] + BELOW * size)[lying], (matrix[:, 5] + ABOVE * size)[lying]
    across = np.sign(matrix[:, 2])
    low, high = matrix[:, 4] + across * BELOW * size, matrix[:, 4] + across * ABOVE * size
    box[standing, 0], box[standing, 2] = np.minimum(low, high)[standing], np.maximum(low, high)[standing]
    x0, top, x1, bottom = frame.boxes(*box.T)
    text = np.array(mend_each([c.get_text() for c in chars]), dtype=object)
    nameless = np.fromiter((t.startswith("(cid:") for t in text), np.bool_, n)
    nameless |= (text == "") & (np.maximum(x1 - x0, bottom - top) > 0) & (np.abs([c.adv for c in chars]) > ADVANCES * size)
    text[nameless] = "\ufffd"
    seen.unknown = int((text == "\ufffd").sum())
    fonts: dict[str, int] = {}
    font = np.array([fonts.setdefault(str(c.fontname), len(fonts)) for c in chars], np.int32)
    glyphs = Glyphs(text, x0, top, x1, bottom, size, frame.reads_right(matrix[:, 0], matrix[:, 1]), font)

    reason = np.full(n, "", dtype=object)
    rgb = np.array([_rgb(c.graphicstate.ncolor, getattr(c.ncs, "name", "")) for c in chars])
    order = np.array([k for _, k in seen.chars], np.intp)
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    if len(large := overprint.large_ones(glyphs)):
        under = visible.paper(x[large], y[large], order[large], area_boxes, area_rgb, area_order)
        reason[overprint.printed_across(glyphs, large, overprint.pale(rgb[large], under))] = "watermark"
    reason[overprint.askew(matrix[:, 0], matrix[:, 1])] = "slanted"
    here = np.flatnonzero(visible.may_vanish(rgb, area_rgb))
    under = visible.paper(x[here], y[here], order[here], area_boxes, area_rgb, area_order)
    reason[here[visible.alike(rgb[here], under)]] = "invisible"
    numbers: dict[str, int] = {}
    code = np.array([numbers.setdefault(t, len(numbers)) for t in text.tolist()])
    spaces = np.fromiter(map(str.isspace, text.tolist()), np.bool_, n)
    reason[visible.twins(code, x0, top, size) & ~spaces] = "fake_bold"
    reason[(x < 0) | (y < 0) | (x > frame.width) | (y > frame.height)] = "outside"
    left_out = tuple(_left_out(glyphs, reason, number))
    keep = (reason == "") & (text != "")
    return glyphs if keep.all() else glyphs.take(keep), left_out


def _left_out(glyphs: Glyphs, reason: NDArray[np.object_], number: int) -> Iterator[LeftOut]:
    out = np.flatnonzero(reason != "")
    if not len(out):
        return
    breaks = np.flatnonzero((np.diff(out) != 1) | (reason[out][1:] != reason[out][:-1])) + 1
    for piece in np.split(out, breaks):
        words = "".join(glyphs.text[piece].tolist())
        if words.strip():
            yield LeftOut(words, Place(page=number, bbox=around(glyphs, piece)), str(reason[piece[0]]))


def _rgb(colour: Any, space: str = "") -> tuple[float, ...]:
    """Grey, RGB and CMYK → RGB. NaN, which looks like nothing else, for patterns and for tints of a named ink (a tint of
    1 is the full ink, a grey of 1 is white, and pdfminer does not say of a path which of them it is)."""
    values = [v for v in (colour if isinstance(colour, (tuple, list)) else (colour,)) if isinstance(v, (int, float))]
    if colour is None:
        return (0.0, 0.0, 0.0)
    if len(values) == 1 and space in ("", "DeviceGray", "CalGray", "ICCBased"):
        return (float(values[0]),) * 3 if space or values[0] < 1 else (float("nan"),) * 3
    if len(values) == 3 and space in ("", "DeviceRGB", "CalRGB", "ICCBased"):
        return tuple(map(float, values))
    if len(values) == 4 and space in ("", "DeviceCMYK", "ICCBased"):
        return tuple(1 - min(1.0, float(v) + float(values[3])) for v in values[:3])
    return (float("nan"),) * 3
