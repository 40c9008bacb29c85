"""A page → its picture, drawn by PDFium: PNG without any imaging library."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.read.pdf import ffi, pdfium

LARGEST = 40_000_000  # pixels


def picture(path: Path, page: int, scale: float, password: str | None = None) -> tuple[bytes, tuple[int, int]]:
    """(PNG, (width, height) in pixels), annotations included, `scale` pixels a point. To be called in the child."""
    with pdfium.document(path, password) as (document, count):
        if not 1 <= page <= count:
            raise ExtractError(Exit.USAGE, f"{path.name} has {count} pages, none of them is page {page}", "Choose another with --page")
        handle = ffi.load_page(document, page - 1)
        if not handle:
            raise ExtractError(Exit.UNREADABLE, f"page {page} of {path.name} is damaged", "Download the file again")
        try:
            width = max(1, round(ffi.page_width(handle) * scale))
            height = max(1, round(ffi.page_height(handle) * scale))
            if width * height > LARGEST:
                raise ExtractError(Exit.LIMIT, f"page {page} of {path.name} would be a picture of {width} × {height} pixels", "Choose a smaller scale")
            pixels = np.full((height, width, 4), 255, np.uint8)
            bitmap = ffi.bitmap_create(width, height, 4, pixels.ctypes.data, width * 4)
            if not bitmap:
                raise MemoryError
            ffi.render_page(bitmap, handle, 0, 0, width, height, 0, 0x01 | 0x10)  # annotations; red, green, blue in that order
            ffi.bitmap_destroy(bitmap)
        finally:
            ffi.close_page(handle)
    return png(pixels[:, :, :3]), (width, height)


def png(pixels: NDArray[np.uint8]) -> bytes:
    """(height, width, 3) → the bytes of a PNG file."""
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + width * 3), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = pixels.reshape(height, -1)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows.tobytes(), 6)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
