"""Pages as engines read them → the same pages with the text that their annotations draw: form fields, comments, stamps.

No engine's text holds these words, though every viewer shows them. PDFium draws annotations into the page itself when it is
asked to (FPDFPage_Flatten): what the page then has more is theirs, what it has no more is painted out by them (a white box
over a value and a comment with the new one). It is told of each page, for a comment may be no part of the list; a value that
its field does not draw is left out.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.model import BBox, Doubt, LeftOut, Place
from subsidy_extract.read.pdf.engines import ffi, pdfium
from subsidy_extract.read.pdf.engines.charmap import bag, bag_text, mend
from subsidy_extract.read.pdf.engines.display import Display
from subsidy_extract.read.pdf.engines.runs import Fonts
from subsidy_extract.read.pdf.engines.visible import around
from subsidy_extract.read.pdf.nouns import Glyphs, Page

KINDS = {3: ("Contents", "comment"), 13: ("Contents", "stamp"), 20: ("V", "form field")}
"""PDFium's number of a kind of annotation that draws text → where its dictionary tells the text, and what it is called."""
NO_PAINT = (2, 16)  # links, and the windows of comments
UNSHOWN = 0x02 | 0x20  # /F: hidden, no view
SAME = 0.5  # points: a glyph that the page had before
FONTS_APART = 1 << 16  # fonts of annotations are none of the page's


@dataclass(frozen=True, slots=True)
class Annotation:
    """kind: as KINDS calls it. text: what its dictionary says it says. bbox: in points, as displayed."""

    kind: str
    text: str
    bbox: BBox


def with_annotations(pages: Iterable[Page], path: Path, password: str | None) -> Iterator[Page]:
    """The pages, each with what its annotations draw. ExtractError(UNREADABLE) for a file that PDFium can't open."""
    with pdfium.document(path, password) as (handle, _):
        fonts = Fonts()
        for page in pages:
            yield _with(handle, page, fonts)


def _with(handle: int, page: Page, fonts: Fonts) -> Page:
    opened = ffi.load_page(handle, page.number - 1)
    if not opened:
        return page
    try:
        found = shown_on(opened)
        if not found:
            return page
        before = pdfium.read(handle, page.number, fonts).glyphs
        ffi.flatten(opened, 0)
    finally:
        ffi.close_page(opened)
    after = pdfium.read(handle, page.number, fonts).glyphs
    drawn = after.take(np.flatnonzero(~_among(after, before)))
    covered = before.take(np.flatnonzero(~_among(before, after) & _under(before, found)))
    return merged(page, drawn, found, covered)


def merged(page: Page, drawn: Glyphs, found: tuple[Annotation, ...], covered: Glyphs | None = None) -> Page:
    """A page, the glyphs its annotations draw, what these say of themselves, and the glyphs they are painted over → the page
    with the ones and without the others, and a word on it."""
    page, painted = _without(page, covered) if covered is not None and len(covered) else (page, 0)
    said = bag_text(drawn.text)
    left = bag(said)
    unseen = []
    for a in found:
        if (missing := bag(bag_text([a.text])) - left):
            unseen.append(LeftOut("".join(missing.elements()) if len(missing) < len(bag(a.text)) else a.text, Place(page=page.number, bbox=a.bbox), "annotation"))
        left -= bag(bag_text([a.text]))
    if not said and not unseen and not painted:
        return page
    kinds = "、".join(dict.fromkeys(a.kind for a in found))
    parts = ([f"{len(said)} characters stand in annotations ({kinds}) and were read as if they were printed"] if said else []) + (
        [f"{sum(len(bag_text([o.text])) for o in unseen)} that these hold are not drawn and were left out"] if unseen else []
    ) + ([f"{painted} characters under annotations ({kinds}) are painted out and were left out"] if painted else [])
    places = tuple(Place(page=page.number, bbox=a.bbox) for a in found)
    return replace(
        page, glyphs=_together(page.glyphs, drawn), left_out=(*page.left_out, *unseen), witness=page.witness + said + bag_text(o.text for o in unseen),
        doubts=(*page.doubts, Doubt("annotation", "; ".join(parts), places)),
    )  # fmt: skip


def shown_on(page: int) -> tuple[Annotation, ...]:
    """Those of an open page that may draw and are shown."""
    out = []
    display = pdfium.display_of(page)
    for k in range(ffi.annot_count(page)):
        handle = ffi.annot(page, k)
        if not handle:
            continue
        try:
            number = ffi.annot_kind(handle)
            key, kind = KINDS.get(number, ("", "drawing"))
            if number not in NO_PAINT and not ffi.annot_flags(handle) & UNSHOWN:
                out.append(Annotation(kind, mend(_string(handle, key)) if key else "", _box(handle, display)))
        finally:
            ffi.close_annot(handle)
    return tuple(out)


def _string(handle: int, key: str) -> str:
    name = key.encode()
    size = ffi.annot_string(handle, name, None, 0)
    buffer = ctypes.create_string_buffer(size + 2)
    ffi.annot_string(handle, name, ctypes.addressof(buffer), size)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace")


def _box(handle: int, display: Display) -> BBox:
    rect = (ctypes.c_float * 4)()  # left, top, right, bottom
    ffi.annot_rect(handle, ctypes.addressof(rect))
    x0, top, x1, bottom = (float(v) for v in display.boxes(rect[0], rect[3], rect[2], rect[1]))
    return x0, top, x1, bottom


def _among(these: Glyphs, others: Glyphs) -> NDArray[np.bool_]:
    """Which glyphs are also among the others, in the same place."""
    places: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    for t, x, y in zip(others.text, others.x0.tolist(), others.top.tolist(), strict=True):
        places.setdefault((t, round(x), round(y)), []).append((x, y))

    def there(t: str, x: float, y: float) -> bool:
        squares = ((t, round(x) + i, round(y) + j) for i in (-1, 0, 1) for j in (-1, 0, 1))
        return any(abs(x - a) <= SAME and abs(y - b) <= SAME for square in squares for a, b in places.get(square, ()))

    return np.fromiter(map(there, these.text, these.x0.tolist(), these.top.tolist()), np.bool_, len(these))


def _under(g: Glyphs, found: tuple[Annotation, ...]) -> NDArray[np.bool_]:
    """Which glyphs stand where an annotation does."""
    x, y = (g.x0 + g.x1) / 2, (g.top + g.bottom) / 2
    out = np.zeros(len(g), np.bool_)
    for a in found:
        out |= (x > a.bbox[0]) & (x < a.bbox[2]) & (y > a.bbox[1]) & (y < a.bbox[3])
    return out


def _without(page: Page, covered: Glyphs) -> tuple[Page, int]:
    """(the page without these glyphs, which it leaves out, a piece for each line; how many characters these are)."""
    gone = np.flatnonzero(_among(page.glyphs, covered))
    if not len(gone):
        return page, 0
    g = page.glyphs.take(gone)
    breaks = np.flatnonzero((np.diff(gone) != 1) | (np.abs(np.diff(g.top)) > SAME)) + 1
    pieces = [(bag_text(g.text[piece]), Place(page=page.number, bbox=around(g, piece))) for piece in np.split(np.arange(len(g)), breaks)]
    left = tuple(LeftOut(said, place, "invisible") for said, place in pieces if said)
    keep = np.ones(len(page.glyphs), np.bool_)
    keep[gone] = False
    return replace(page, glyphs=page.glyphs.take(keep), left_out=(*page.left_out, *left)), sum(len(o.text) for o in left)


def _together(a: Glyphs, b: Glyphs) -> Glyphs:
    return Glyphs(
        np.concatenate([a.text, b.text]), np.concatenate([a.x0, b.x0]), np.concatenate([a.top, b.top]), np.concatenate([a.x1, b.x1]),
        np.concatenate([a.bottom, b.bottom]), np.concatenate([a.size, b.size]), np.concatenate([a.upright, b.upright]), np.concatenate([a.font, b.font + FONTS_APART]),
    )  # fmt: skip
