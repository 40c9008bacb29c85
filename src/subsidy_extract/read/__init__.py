"""From a file to Document: one room per kind of source, all ending in model.Table; READERS says which."""

from __future__ import annotations

import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.read.name import name_of
from subsidy_extract.read.reading import Reading
from subsidy_extract.read.sniff import kind_of
from subsidy_extract.settings import Options

if TYPE_CHECKING:
    from subsidy_extract.model import Document

BIGGEST = 200 * 1024 * 1024  # bytes; the greatest list seen has 3 MB
BIGGEST_TEXT = 20 * 1024 * 1024  # of what is read letter by letter: LETTERS
LETTERS = frozenset({".txt", ".tsv", ".csv", ".html", ".htm"})


def _text(path: Path, data: bytes, options: Options) -> Reading:
    from subsidy_extract.read.text import read_text

    return Reading(partial(read_text, data, name_of(path)))


def _xlsx(path: Path, data: bytes, options: Options) -> Reading:
    from subsidy_extract.read.xlsx import read_xlsx

    return Reading(partial(read_xlsx, data, name_of(path)))


def _xls(path: Path, data: bytes, options: Options) -> Reading:
    from subsidy_extract.read.xls import read_xls

    return Reading(partial(read_xls, data, name_of(path)))


def _docx(path: Path, data: bytes, options: Options) -> Reading:
    from subsidy_extract.read.docx import read_docx

    return Reading(partial(read_docx, data, name_of(path)))


def _html(path: Path, data: bytes, options: Options) -> Reading:
    from subsidy_extract.read.html import read_html

    return Reading(partial(read_html, data, name_of(path)))


def _pdf(path: Path, data: bytes, options: Options) -> Reading:
    from subsidy_extract.read.pdf.document import begin

    return begin(path, options)


READERS: dict[str, Callable[[Path, bytes, Options], Reading]] = {
    ".pdf": _pdf,
    ".txt": _text,
    ".tsv": _text,
    ".csv": _text,
    ".xlsx": _xlsx,
    ".xls": _xls,
    ".docx": _docx,
    ".html": _html,
    ".htm": _html,
}
"""Suffix → reader. A new format is one room and one line here."""


def begin(path: Path, options: Options | None = None) -> Reading:
    """A source, about to be read: the child that reads a PDF is at work from here on, other formats wait to be asked.

    options: engine, password, pages and limits of a PDF; other formats have none. Raises ExtractError: UNREADABLE,
    UNKNOWN_FORMAT, LIMIT; the reading itself also NO_TABLE.
    """
    try:
        what = path.stat()
        size = what.st_size
        if stat.S_ISDIR(what.st_mode):
            raise ExtractError(Exit.UNREADABLE, f"{path} is a folder", "Give a file")
        if not stat.S_ISREG(what.st_mode):  # a pipe has no end that can be told, and a PDF is read more than once
            raise ExtractError(Exit.UNREADABLE, f"{path} is no file", "Save it as one first")
        if size > BIGGEST:
            raise ExtractError(Exit.LIMIT, f"{name_of(path)} has {size:,} bytes, more than {BIGGEST:,}", "Give the list alone")
        with path.open("rb") as file:
            data = file.read(BIGGEST + 1)  # it may grow meanwhile
    except FileNotFoundError as e:
        raise ExtractError(Exit.UNREADABLE, f"{path} does not exist", "Check the name") from e
    except OSError as e:
        raise ExtractError(Exit.UNREADABLE, f"{path} can't be read: {e.strerror}", "Check its permissions") from e
    kind = kind_of(data, name_of(path), frozenset(READERS))
    if kind in LETTERS and size > BIGGEST_TEXT:
        raise ExtractError(Exit.LIMIT, f"{name_of(path)} has {size:,} bytes, more than {BIGGEST_TEXT:,} of text", "Give the list alone")
    return READERS[kind](path, data, options or Options())


def read(path: Path, options: Options | None = None) -> Document:
    """A source, read. Raises ExtractError: UNREADABLE, UNKNOWN_FORMAT, NO_TABLE, LIMIT."""
    return begin(path, options)()
