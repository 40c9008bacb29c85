"""The path of a source → the names it goes by: one that people can read, and that of the folder it becomes."""

from __future__ import annotations

import re
from pathlib import Path

# a name with bytes that are no UTF-8, as Python keeps them; all of it: its other bytes may be UTF-8 by chance
NO_UTF8 = re.compile("[^/\\s:]*[\udc80-\udcff][^/\\s:]*")


def readable(text: str) -> str:
    """Text that came as bytes (a file name, an argument) and is no UTF-8, read as CP932, in which archives of Japanese
    Windows keep names; bytes that are not that either stand as U+FFFD."""
    return NO_UTF8.sub(lambda piece: _as_cp932(piece[0]), text)


def _as_cp932(name: str) -> str:
    try:
        data = name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # it never was bytes
        return name
    said = data.decode("cp932", "replace")
    return said if said.isprintable() and "\ufffd" not in said else data.decode("utf-8", "replace")


def name_of(path: Path) -> str:
    """The file's name without its folder."""
    return _as_cp932(path.name) if NO_UTF8.search(path.name) else path.name


def stem_of(path: Path) -> str:
    """The name of the folder that a source becomes, in its own bytes: without the suffix, unless nothing but dots is left
    (`...pdf` would be the folder above)."""
    return path.stem if path.stem.strip(".") else path.name
