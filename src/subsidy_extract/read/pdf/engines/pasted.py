"""Pictures of a PDFium page + its glyphs → which glyphs a picture was pasted over."""

from __future__ import annotations

import ctypes

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf.engines import ffi, objects
from subsidy_extract.read.pdf.engines.display import Display, Floats
from subsidy_extract.read.pdf.engines.runs import Numbers

MOST = 16  # pictures over text on one page that are looked into
SOLID = 250  # of 255: what lets nothing under it show
BGRA = 4
PLACES = (0.2, 0.35, 0.5, 0.65, 0.8)  # of a glyph's box, across and down: where it must be hidden


def covered(boxes: Floats, order: Numbers, things: objects.Objects, display: Display, document: int, page: int) -> list[tuple[int, NDArray[np.bool_]]]:
    """(number of a picture, the glyphs that were drawn before it and that it lets nothing be seen of), for each such picture.

    boxes: (n, 4) of the glyphs as displayed, order: the numbers of their objects, ascending. A picture that is turned or blended
    hides nothing, one that is partly transparent (a seal) what lies whole under its solid parts.
    """
    pictures = things.of(ffi.IMAGE)
    late = pictures[pictures > order[0]] if len(order) else pictures[:0]
    if not len(late):
        return []
    frames = np.column_stack(display.boxes(*objects.boxes_of(things, late, None).T))
    handles = [things.handle[i] for i in late.tolist()]
    clip = objects.to_page(objects.clips(handles), things.form[late], things.matrices)
    c0, c1, c2, c3 = display.boxes(*clip.T)
    out: list[tuple[int, NDArray[np.bool_]]] = []
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    for k, number in enumerate(late.tolist()):
        x0, top, x1, bottom = frames[k]
        under = (x > max(x0, c0[k])) & (x < min(x1, c2[k])) & (y > max(top, c1[k])) & (y < min(bottom, c3[k])) & (order < number)
        if not under.any():
            continue
        if len(out) == MOST:
            break
        alpha = _alpha(handles[k], display, document, page)
        if alpha is None:
            continue
        here = np.flatnonzero(under)
        hid = np.ones(len(here), np.bool_)
        for across in PLACES:
            column = ((boxes[here, 0] * (1 - across) + boxes[here, 2] * across - x0) / (x1 - x0) * alpha.shape[1]).astype(np.intp)
            for down in PLACES:
                row = ((boxes[here, 1] * (1 - down) + boxes[here, 3] * down - top) / (bottom - top) * alpha.shape[0]).astype(np.intp)
                hid &= alpha[np.clip(row, 0, alpha.shape[0] - 1), np.clip(column, 0, alpha.shape[1] - 1)] >= SOLID
        under[here] = hid
        if under.any():
            out.append((number, under))
    return out


def _alpha(handle: int, display: Display, document: int, page: int) -> NDArray[np.uint8] | None:
    """How solid a picture is, pixel by pixel as it is drawn; None: it hides nothing, or that can't be told."""
    a, b, c, d, _, _ = objects.matrix_of(handle)
    upright = abs(b) < 1e-3 * abs(a) and abs(c) < 1e-3 * abs(d) and a > 0 and d > 0
    if not upright or display.quarter or ffi.object_transparent(handle):
        return None
    bitmap = ffi.picture_drawn(document, page, handle)
    if not bitmap:
        return None
    try:
        width, height, stride = ffi.bitmap_width(bitmap), ffi.bitmap_height(bitmap), ffi.bitmap_stride(bitmap)
        if width < 1 or height < 1:
            return None
        if ffi.bitmap_format(bitmap) != BGRA:
            return np.full((1, 1), 255, np.uint8)
        pixels = np.ctypeslib.as_array((ctypes.c_ubyte * (stride * height)).from_address(ffi.bitmap_buffer(bitmap)))
        return pixels.reshape(height, stride)[:, 3 : 4 * width : 4].copy()
    finally:
        ffi.bitmap_destroy(bitmap)
