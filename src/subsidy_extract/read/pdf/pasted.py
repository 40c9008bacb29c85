"""Pictures of a PDFium page + its glyphs → which glyphs a picture was pasted over."""

from __future__ import annotations

import ctypes

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf import ffi, objects
from subsidy_extract.read.pdf.display import Display, Floats
from subsidy_extract.read.pdf.runs import Numbers

MOST = 16  # pictures over text on one page that are looked into
SOLID = 250  # of 255: what lets nothing under it show
BGRA = 4


def covered(x: Floats, y: Floats, order: Numbers, things: objects.Objects, display: Display, document: int, page: int) -> list[tuple[int, NDArray[np.bool_]]]:
    """(number of a picture, the glyphs that were drawn before it and that it lets nothing be seen of), for each such picture.

    x, y: the middles of the glyphs as displayed, order: the numbers of their objects, ascending. A picture that is turned,
    blended or partly transparent (a seal) hides only what lies under its solid parts, or nothing.
    """
    pictures = things.of(ffi.IMAGE)
    late = pictures[pictures > order[0]] if len(order) else pictures[:0]
    if not len(late):
        return []
    boxes = np.column_stack(display.boxes(*objects.boxes_of(things, late, None).T))
    handles = [things.handle[i] for i in late.tolist()]
    clip = objects.to_page(objects.clips(handles), things.form[late], things.matrices)
    c0, c1, c2, c3 = display.boxes(*clip.T)
    out: list[tuple[int, NDArray[np.bool_]]] = []
    for k, number in enumerate(late.tolist()):
        x0, top, x1, bottom = boxes[k]
        under = (x > max(x0, c0[k])) & (x < min(x1, c2[k])) & (y > max(top, c1[k])) & (y < min(bottom, c3[k])) & (order < number)
        if not under.any():
            continue
        if len(out) == MOST:
            break
        alpha = _alpha(handles[k], display, document, page)
        if alpha is None:
            continue
        here = np.flatnonzero(under)
        column = np.clip(((x[here] - x0) / (x1 - x0) * alpha.shape[1]).astype(np.intp), 0, alpha.shape[1] - 1)
        row = np.clip(((y[here] - top) / (bottom - top) * alpha.shape[0]).astype(np.intp), 0, alpha.shape[0] - 1)
        under[here] = alpha[row, column] >= SOLID
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
