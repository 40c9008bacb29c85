"""The bytes of a PDF → how many of its packed parts can't be unpacked to their end.

PDFium reads such a part as far as it goes and says nothing: the rows after the break are missing, and no second engine has
them either.
"""

from __future__ import annotations

import mmap
import re
import zlib
from pathlib import Path

import numpy as np

BEGINS = re.compile(rb"(?<!end)stream\r?\n")
NO_TEXT = re.compile(rb"/Subtype\s*/Image|/EmbeddedFile|/ASCIIHex|/Crypt|/AHx")  # pictures, attachments; packed in what zlib does not know
ASCII85 = re.compile(rb"\[\s*/(?:ASCII85Decode|A85)\s*/(?:FlateDecode|Fl)\s*\]")
BLANKS = b" \t\r\n\f\0"
BEFORE = 2048  # bytes before a part in which its dictionary stands
BITE = 1 << 16  # bytes unpacked from at once
MOST = 32 << 20  # bytes of one part: many more are made to do harm, which its reader's limits are for
ALL = 256 << 20


def broken_parts(path: Path) -> int:
    """How many. 0 for an encrypted file, of which that can't be told so."""
    if not path.stat().st_size:
        return 0
    found, unpacked = 0, 0
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find(b"/Encrypt") >= 0:
            return 0
        for begin in BEGINS.finditer(data):
            head = data[max(0, begin.start() - BEFORE) : begin.start()]
            head = head[head.rfind(b"obj") + 3 :]
            if b"/FlateDecode" not in head or NO_TEXT.search(head):
                continue
            if b"/ASCII85" in head or b"/A85" in head:
                if ASCII85.search(head) is None:
                    continue
                whole, size = _unpacked_text(data, begin.end())
            else:
                whole, size = _unpacked(data, begin.end())
            found += not whole
            unpacked += size
            if unpacked > ALL:
                break
    return found


def _unpacked(data: mmap.mmap, start: int) -> tuple[bool, int]:
    """(whether the part that begins there ends as it should, how many bytes it has)."""
    if _is_end(data[start : start + 16]):
        return True, 0
    ended, size, _ = _inflated(data, start, zlib.MAX_WBITS)
    if ended is None:  # some producers leave away the checksum at its end, and nothing else
        bare, _, behind = _inflated(data, start + 2, -zlib.MAX_WBITS)
        return bool(bare) and _is_end(behind), size
    return ended or size >= MOST, size


def _unpacked_text(data: mmap.mmap, start: int) -> tuple[bool, int]:
    """As `_unpacked`, of a part that was written in letters and signs after it was packed."""
    end = data.find(b"endstream", start, start + 2 * MOST)
    text, mark, _ = data[start:end].translate(None, BLANKS).partition(b"~>")
    if end < 0 or not mark:
        return end < 0, 0
    packed = _of_ascii85(text)
    unpacker = zlib.decompressobj()
    try:
        size = len(unpacker.decompress(packed, MOST))
    except zlib.error:
        return False, 0
    return unpacker.eof or size >= MOST or not packed, size


def _of_ascii85(text: bytes) -> bytes:
    """The bytes that five signs each stand for, four by four; a sign that is none of them ends it."""
    text = text.replace(b"z", b"!!!!!")
    short = -len(text) % 5
    digits = np.frombuffer(text + b"u" * short, np.uint8).astype(np.int64) - 33
    bad = np.flatnonzero((digits < 0) | (digits > 84))
    if len(bad):
        digits, short = digits[: bad[0] // 5 * 5], 0
    out: bytes = (digits.reshape(-1, 5) @ (85 ** np.arange(4, -1, -1))).astype(">u4").tobytes()
    return out[: len(out) - short] if short else out


def _inflated(data: mmap.mmap, start: int, wbits: int) -> tuple[bool | None, int, bytes]:
    """(whether what is packed there came to its end, None where it is damaged; its bytes, MOST or the end of the file being
    enough; what stands behind it). wbits: as zlib has them, below 0 without head and checksum."""
    unpacker, size, at = zlib.decompressobj(wbits), 0, start
    try:
        while not unpacker.eof and size < MOST and at < len(data):
            size += len(unpacker.decompress(data[at : at + BITE]))
            at += BITE
    except zlib.error:
        return None, size, b""
    return unpacker.eof, size, unpacker.unused_data[:16] or data[at : at + 16]


def _is_end(data: bytes) -> bool:
    return data.lstrip().startswith(b"endstream")
