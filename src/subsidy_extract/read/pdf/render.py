"""A page → its picture, drawn by PDFium: PNG without any imaging library, or small WebP beside the glyphs on it."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.read.pdf.engines import ffi, pdfium, switched_off
from subsidy_extract.read.pdf.engines.runs import Fonts

LARGEST = 40_000_000  # pixels
LONGEST = 2400  # pixels of the longer side of a picture that is kept: a poster is no larger in a report than a page


Size = tuple[int, int]
Points = tuple[float, float]
Drawn = tuple[int, bytes, Points, tuple[str, ...], tuple[float, ...]]


def picture(path: Path, page: int, scale: float, password: str | None = None) -> tuple[bytes, Size]:
    """(PNG, (width, height) in pixels), annotations included, `scale` pixels a point. To be called in the child."""
    with pdfium.document(path, password) as (document, count):
        pixels, _ = drawn(document, count, page, scale, path.name)
    return png(pixels), (pixels.shape[1], pixels.shape[0])


def pictures(path: Path, pages: Iterable[int], scale: float, quality: int, password: str | None = None) -> Iterator[Drawn]:
    """Each of the pages as WebP with the glyphs that stand on it; the document is opened once. To be called in the child.

    Yields (page, WebP, (width, height) in points, texts of the glyphs, their boxes x0, top, x1, bottom one after the other).
    """
    from PIL import Image

    with pdfium.document(path, password) as (document, count):
        fonts, layers = Fonts(), switched_off(path, password)
        for page in pages:
            pixels, points = drawn(document, count, page, scale, path.name, LONGEST)
            out = io.BytesIO()
            Image.fromarray(pixels).save(out, "WEBP", quality=quality, method=0)  # twice as quick as the next, a tenth larger
            glyphs = pdfium.read(document, page, fonts, layers).glyphs
            boxes = np.column_stack([glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom]).round(2).ravel().tolist()
            yield page, out.getvalue(), points, tuple(map(str, glyphs.text)), tuple(boxes)


def drawn(document: int, count: int, page: int, scale: float, name: str, longest: int | None = None) -> tuple[NDArray[np.uint8], Points]:
    """((height, width, 3), (width, height) in points) of a page of an open document; a page whose longer side would have
    more than `longest` pixels is drawn smaller. ExtractError: no such page, damaged, too large."""
    if not count:
        raise ExtractError(Exit.UNREADABLE, f"{name} has no pages", "It is damaged; download it again")
    if not 1 <= page <= count:
        raise ExtractError(Exit.USAGE, f"{name} has {count} pages, none of them is page {page}", "Choose another with --page")
    handle = ffi.load_page(document, page - 1)
    if not handle:
        raise ExtractError(Exit.UNREADABLE, f"page {page} of {name} is damaged", "Download the file again")
    try:
        points = float(ffi.page_width(handle)), float(ffi.page_height(handle))
        if longest:
            scale = min(scale, longest / max(*points, 1.0))
        width, height = (max(1, round(side * scale)) for side in points)
        if width * height > LARGEST:
            raise ExtractError(Exit.LIMIT, f"page {page} of {name} would be a picture of {width} × {height} pixels", "Choose a smaller scale")
        pixels = np.full((height, width, 4), 255, np.uint8)
        bitmap = ffi.bitmap_create(width, height, 4, pixels.ctypes.data, width * 4)
        if not bitmap:
            raise MemoryError
        ffi.render_page(bitmap, handle, 0, 0, width, height, 0, 0x01 | 0x10)  # annotations; red, green, blue in that order
        ffi.bitmap_destroy(bitmap)
    finally:
        ffi.close_page(handle)
    return np.ascontiguousarray(pixels[:, :, :3]), points


def png(pixels: NDArray[np.uint8]) -> bytes:
    """(height, width, 3) → the bytes of a PNG file."""
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + width * 3), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = pixels.reshape(height, -1)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows.tobytes(), 6)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
