"""PDFium's view of a page as glyphs, rules and fills in the order of the content stream: the engine that reads."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Doubt, Place
from subsidy_extract.read.pdf.engines import ffi, objects, paths, straight, visible
from subsidy_extract.read.pdf.engines.charmap import bag_text
from subsidy_extract.read.pdf.engines.display import Display, Floats, Matrix, finite
from subsidy_extract.read.pdf.engines.pdfium_text import codes_of, glyphs_of, objects_of
from subsidy_extract.read.pdf.engines.runs import Fonts
from subsidy_extract.read.pdf.engines.unseen import Ink
from subsidy_extract.read.pdf.nouns import Page, PageLink
from subsidy_extract.read.pdf.shares import within

if TYPE_CHECKING:  # pdfminer is loaded for documents that have layers
    from subsidy_extract.read.pdf.engines.layers import Layers

_ERRORS = {
    2: (Exit.UNREADABLE, "the file can't be opened", "Check that it is there and may be read"),
    3: (Exit.UNREADABLE, "the file is damaged or no PDF", "Download it again"),
    4: (Exit.UNREADABLE, "the PDF is encrypted and asks for a password", "Give it with --password"),
    5: (Exit.UNREADABLE, "the PDF is encrypted in a way that is not supported", "Save it without protection"),
}


@contextmanager
def document(path: Path, password: str | None = None) -> Iterator[tuple[int, int]]:
    """(PDFium's address of the document, number of its pages), open while it is used. ExtractError(UNREADABLE)."""
    ffi.start()
    handle = ffi.load_document(os.fsencode(path), password.encode("utf-8", "surrogateescape") if password else None)
    if not handle:
        code, message, hint = _ERRORS.get(ffi.last_error(), _ERRORS[3])
        if password and code == Exit.UNREADABLE and "password" in message:
            message, hint = "the password does not open the PDF", "Check --password"
        elif message == _ERRORS[3][1] and not _ends(path):
            message, hint = "the PDF is cut off: its end is missing", "Download it again"
        raise ExtractError(code, f"{path.name}: {message}", hint)
    try:
        yield handle, ffi.page_count(handle)
    finally:
        ffi.close_document(handle)


def is_whole(handle: int, path: Path) -> bool:
    """Whether the table of the file's parts is as it was written; False where PDFium rebuilt it. ExtractError(UNREADABLE) for
    a file whose end is missing: PDFium finds some pages in it and is silent about the rest."""
    whole = bool(ffi.cross_reference_valid(handle))
    if not whole and not _ends(path):
        raise ExtractError(Exit.UNREADABLE, f"{path.name}: the PDF is cut off: its end is missing", "Download it again")
    return whole


def _ends(path: Path) -> bool:
    """Whether the file has the mark of its end, however much rubbish follows."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 65536))
        return b"%%EOF" in file.read()


def pages(path: Path, numbers: Iterable[int], password: str | None = None, layers: Callable[[], Layers | None] = lambda: None) -> Iterator[Page]:
    """The pages of these numbers, each closed before the next. layers: those that are switched off, if any.
    ExtractError(UNREADABLE) for what PDFium can't open."""
    with document(path, password) as (handle, count):
        fonts = Fonts()
        off = layers()
        for number in within(numbers, count):
            yield read(handle, number, fonts, off)


def read(handle: int, number: int, fonts: Fonts, layers: Layers | None = None) -> Page:
    """One page of an open document."""
    page = ffi.load_page(handle, number - 1)
    if not page:
        raise ExtractError(Exit.UNREADABLE, f"page {number} is damaged", "Read the others with --pages, or download the file again")
    try:
        return _page(handle, page, number, fonts, layers)
    finally:
        ffi.close_page(page)


def display_of(page: int) -> Display:
    box = (ctypes.c_float * 4)()  # left, top, right, bottom
    ffi.page_box(page, ctypes.addressof(box))
    return Display(box[0], box[3], box[2], box[1], ffi.page_rotation(page))


def _page(handle: int, page: int, number: int, fonts: Fonts, layers: Layers | None) -> Page:
    display = display_of(page)
    text = ffi.text_load(page)
    try:
        return _seen(handle, page, text, display, number, fonts, layers)
    finally:
        ffi.text_close(text)


def _seen(handle: int, page: int, text: int, display: Display, number: int, fonts: Fonts, layers: Layers | None) -> Page:
    code = codes_of(text)
    owners = objects_of(text, code)
    content = layers.content(number) if layers else None
    things = objects.unfold(page, set(np.unique(owners).tolist()), content)
    if tilt := straight.tilt_of(things):
        things = straight.set_straight(things, tilt, display)
    rules, areas, odd = paths.shapes(things)
    rule_boxes = _shown(display, rules.boxes)
    area_boxes = _shown(display, areas.boxes)
    opaque = areas.alpha > 0.98
    seen = visible.seen_rules(rule_boxes, rules.rgb, rules.order, area_boxes[opaque], areas.rgb[opaque], areas.order[opaque])
    pictures = _shown(display, paths.images(things))
    ink = Ink(area_boxes[opaque], areas.rgb[opaque], areas.order[opaque], np.union1d(odd, areas.order[~opaque]), handle, page, straight.reach(tilt, display) if tilt else 0.0)
    glyphs, left_out, doubts = glyphs_of(text, code, owners, things, display, number, fonts, ink)
    if tilt:
        doubts = (*doubts, straight.said(tilt, number))
    if layers:
        doubts = (*doubts, *_layers_doubted(layers, things.unsure or content is None, bool(things.off), number, display))
    return Page(
        number, display.width, display.height, glyphs,
        visible.rules_of(rule_boxes[seen]), visible.fills_of(area_boxes, areas.rgb),
        links=_links(handle, page, display, things.back), images=visible.boxes_of(pictures), left_out=left_out,
        witness=bag_text([*glyphs.text.tolist(), *(o.text for o in left_out)]),
        doubts=(*doubts, *visible.picture(number, display, len(glyphs), pictures, len(things.handle), paths.outlines(things) if len(glyphs) < visible.FEW else 0)),
    )  # fmt: skip


def _layers_doubted(layers: Layers, unsure: bool, off: bool, number: int, display: Display) -> tuple[Doubt, ...]:
    """hidden: text of layers that are switched off was left out. layer_unsure: it could not be told from the rest."""
    names = "、".join(sorted({n for n in layers.off.values() if n}))[:60]
    place = (Place(page=number, bbox=(0.0, 0.0, display.width, display.height)),)
    told = (Doubt("hidden", f"page {number} has text on a layer that is switched off ({names})", place),) if off else ()
    return (*told, Doubt("layer_unsure", f"layers are switched off ({names}), and what of page {number} is on them can't be told", place)) if unsure else told


def _links(document: int, page: int, display: Display, back: Matrix | None) -> tuple[PageLink, ...]:
    position, link = ctypes.c_int(0), ctypes.c_void_p()
    rect = (ctypes.c_float * 4)()  # left, top, right, bottom
    out = []
    while ffi.link_enumerate(page, ctypes.addressof(position), ctypes.addressof(link)):
        action = ffi.link_action(link)
        if not action or ffi.action_type(action) != 3 or not ffi.link_rect(link, ctypes.addressof(rect)):
            continue
        size = ffi.action_uri(document, action, None, 0)
        buffer = ctypes.create_string_buffer(size + 1)
        ffi.action_uri(document, action, ctypes.addressof(buffer), size)
        url = buffer.value.decode("utf-8", "replace")
        if back is not None:
            lying = np.array(rect[:4], np.float64).reshape(1, 4)
            straight.moved(lying, back)
            rect[:] = lying[0].tolist()
        x0, top, x1, bottom = (float(v) for v in display.boxes(rect[0], rect[3], rect[2], rect[1]))
        if url:
            out.append(PageLink(url, (x0, top, x1, bottom)))
    return tuple(out)


def _shown(display: Display, boxes: Floats) -> Floats:
    """(n, 4) left, bottom, right, top in user space → x0, top, x1, bottom as displayed."""
    return finite(np.column_stack(display.boxes(boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]))) if len(boxes) else np.zeros((0, 4))
