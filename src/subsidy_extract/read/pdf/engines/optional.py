"""The bytes of a PDF → whether it may have layers or annotations with text, in the time it takes to look through them once."""

from __future__ import annotations

import mmap
import re
import zlib
from functools import lru_cache
from pathlib import Path

LAYERS = (b"/OCProperties",)  # in the catalog of every document that has layers
ANNOTATIONS = (b"/Widget", b"/FreeText", b"/Stamp", b"/AP ", b"/AP<", b"/AP\r", b"/AP\n")  # form fields, comments, stamps, and what else has a look (/AP)
SIGNS = frozenset(LAYERS + ANNOTATIONS)
PACKED = b"/ObjStm"  # objects, the catalog perhaps among them, packed into a stream
STREAM = re.compile(rb"stream\r?\n")
MOST = 8_000_000  # bytes unpacked of one stream; many more are made to do harm
ALL = 64_000_000


def may_have(path: Path, signs: tuple[bytes, ...]) -> bool:
    """False: none of the signs is in the file (nor packed away in it). True: one is, or that can't be told so."""
    known = path.stat()
    return not _signs_in(path, known.st_size, known.st_mtime_ns).isdisjoint(signs)


@lru_cache(maxsize=1)
def _signs_in(path: Path, size: int, _changed: int) -> frozenset[bytes]:
    """Those of SIGNS that are in a file, all where that can't be told: looked for once, whoever asks."""
    if not size:
        return frozenset()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        found = {sign for sign in SIGNS if data.find(sign) >= 0}
        at = data.find(PACKED)
        if at >= 0 and data.find(b"/Encrypt") >= 0:
            return SIGNS
        unpacked = 0
        while at >= 0:
            start = STREAM.search(data, at)
            if start is None or unpacked > ALL:
                return SIGNS
            try:
                inner = zlib.decompressobj().decompress(data[start.end() : start.end() + MOST], MOST)
            except zlib.error:
                return SIGNS
            found |= {sign for sign in SIGNS if sign in inner}
            unpacked += len(inner)
            at = data.find(PACKED, start.end())
        return frozenset(found)
