"""The bytes of a PDF → whether it may have layers or annotations with text, in the time it takes to look through them once."""

from __future__ import annotations

import mmap
import re
import zlib
from pathlib import Path

LAYERS = (b"/OCProperties",)  # in the catalog of every document that has layers
ANNOTATIONS = (b"/Widget", b"/FreeText", b"/Stamp")  # form fields, comments, stamps
PACKED = b"/ObjStm"  # objects, the catalog perhaps among them, packed into a stream
STREAM = re.compile(rb"stream\r?\n")
MOST = 8_000_000  # bytes unpacked of one stream; many more are made to do harm
ALL = 64_000_000


def may_have(path: Path, signs: tuple[bytes, ...]) -> bool:
    """False: none of the signs is in the file (nor packed away in it). True: one is, or that can't be told so."""
    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if any(data.find(sign) >= 0 for sign in signs):
            return True
        at = data.find(PACKED)
        if at >= 0 and data.find(b"/Encrypt") >= 0:
            return True
        unpacked = 0
        while at >= 0:
            start = STREAM.search(data, at)
            if start is None or unpacked > ALL:
                return True
            try:
                found = zlib.decompressobj().decompress(data[start.end() : start.end() + MOST], MOST)
            except zlib.error:
                return True
            if any(sign in found for sign in signs):
                return True
            unpacked += len(found)
            at = data.find(PACKED, start.end())
        return False
