"""From the bytes of a file to what the dataset says of it."""

from __future__ import annotations

import hashlib

from subsidy_extract.model import Source


def source_of(data: bytes, name: str, reader: str, pages: int = 1, encoding: str | None = None) -> Source:
    """name: the file's name without its folder."""
    return Source(name, hashlib.sha256(data).hexdigest(), len(data), reader, pages, encoding)
