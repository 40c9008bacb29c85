"""Glyphs of a PDFium page of which colours and areas don't tell whether they are seen → whether the drawn page shows them.

White words on a gradient, a picture or a thick stroke are seen, words under a rounded box drawn later are not, and no list of
cases would be whole: the page is drawn without any text, and with their text objects alone. What makes a difference where a
glyph stands is seen.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf.engines import ffi
from subsidy_extract.read.pdf.engines.display import Display, Floats

SCALE = 2.0  # pixels a point: a character of 5 points has ten
LARGEST = 2_500_000  # pixels of the part of the page that is drawn: 20 MB for both drawings
LEAST = 0.5  # pixels a point: less tells nothing
SHOWS, HIDES = 24, 8  # of 255, the greatest difference of a pixel: at least that much is seen, no more than that is not
SPOTS = 3  # pixels that differ
MOST = 4  # drawings: texts that lie over each other are held back one after the other
BGRX = 3


def seen(page: int, display: Display, boxes: Floats, run: NDArray[np.intp], objects: list[int]) -> NDArray[np.int8]:
    """Of each glyph: 1 seen, 0 not, -1 can't be told. boxes: (n, 4) as displayed; run: which of `objects`, PDFium's
    of all text of the page, draws it."""
    out = np.full(len(boxes), -1, np.int8)
    x0, top = np.maximum(boxes[:, :2].min(axis=0), 0)
    x1, bottom = np.minimum(boxes[:, 2:].max(axis=0), (display.width, display.height))
    if x1 <= x0 or bottom <= top:
        return out
    scale = min(SCALE, float(np.sqrt(LARGEST / ((x1 - x0) * (bottom - top)))))
    if scale < LEAST:
        return out
    frame = (float(x0) - 2, float(top) - 2, float(x1) + 2, float(bottom) + 2)
    ffi.each(ffi.object_active, objects, [0] * len(objects))
    try:
        ground = _drawn(page, display, frame, scale)
        for group in _apart(boxes, run):
            ffi.each(ffi.object_active, [objects[r] for r in group], [1] * len(group))
            shown = _drawn(page, display, frame, scale)
            ffi.each(ffi.object_active, [objects[r] for r in group], [0] * len(group))
            if ground is None or shown is None:
                return out
            for i in np.flatnonzero(np.isin(run, group)).tolist():
                out[i] = _differs(ground, shown, (boxes[i] - np.tile(frame[:2], 2)) * scale)
    finally:
        ffi.each(ffi.object_active, objects, [1] * len(objects))
    return out


def _differs(ground: NDArray[np.uint8], shown: NDArray[np.uint8], box: Floats) -> int:
    """1 where two drawings differ in a box (in pixels), 0 where they don't, -1 where it is hardly to be seen."""
    a, b, c, d = box.tolist()
    part = slice(max(0, int(b)), max(0, int(np.ceil(d)))), slice(max(0, int(a)), max(0, int(np.ceil(c))))
    change = np.abs(ground[part].astype(np.int16) - shown[part]).max(axis=2, initial=0)
    if not change.size:
        return -1
    return 1 if (change >= SHOWS).sum() >= SPOTS else 0 if change.max() <= HIDES else -1


def _apart(boxes: Floats, run: NDArray[np.intp]) -> list[list[int]]:
    """The text objects in groups of which no two lie over each other; those that find no place in MOST groups are in none."""
    groups: list[tuple[list[int], list[Floats]]] = []
    for r in np.unique(run).tolist():
        mine = boxes[run == r]
        box = np.concatenate([mine[:, :2].min(axis=0), mine[:, 2:].max(axis=0)])
        for members, places in groups:
            other = np.array(places)
            if not ((other[:, 0] < box[2]) & (other[:, 2] > box[0]) & (other[:, 1] < box[3]) & (other[:, 3] > box[1])).any():
                members.append(r)
                places.append(box)
                break
        else:
            if len(groups) < MOST:
                groups.append(([r], [box]))
    return [members for members, _ in groups]


def _drawn(page: int, display: Display, frame: tuple[float, float, float, float], scale: float) -> NDArray[np.uint8] | None:
    """(height, width, 3): a part of the page as displayed, on white."""
    x0, top, x1, bottom = frame
    width, height = int(np.ceil((x1 - x0) * scale)), int(np.ceil((bottom - top) * scale))
    pixels = np.full((height, width, 4), 255, np.uint8)
    bitmap = ffi.bitmap_create(width, height, BGRX, pixels.ctypes.data, 4 * width)
    if not bitmap:
        return None
    wide, high = round(display.width * scale), round(display.height * scale)
    ffi.render_page(bitmap, page, round(-x0 * scale), round(-top * scale), wide, high, 0, 0)
    ffi.bitmap_destroy(bitmap)
    return pixels[:, :, :3]
