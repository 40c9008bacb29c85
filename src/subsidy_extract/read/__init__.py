"""From a file to Document: one room per kind of source, all ending in model.Table; READERS says which."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Document
from subsidy_extract.read.sniff import kind_of
from subsidy_extract.settings import Options

BIGGEST = 200 * 1024 * 1024  # bytes; the greatest list seen has 3 MB


def _text(path: Path, data: bytes) -> Document:
    from subsidy_extract.read.text import read_text

    return read_text(data, path.name)


def _xlsx(path: Path, data: bytes) -> Document:
    from subsidy_extract.read.xlsx import read_xlsx

    return read_xlsx(data, path.name)


def _xls(path: Path, data: bytes) -> Document:
    from subsidy_extract.read.xls import read_xls

    return read_xls(data, path.name)


def _docx(path: Path, data: bytes) -> Document:
    from subsidy_extract.read.docx import read_docx

    return read_docx(data, path.name)


def _html(path: Path, data: bytes) -> Document:
    from subsidy_extract.read.html import read_html

    return read_html(data, path.name)


def _pdf(path: Path, data: bytes) -> Document:
    from importlib import import_module

    document: Document = import_module("subsidy_extract.read.pdf").read(path)
    return document


READERS: dict[str, Callable[[Path, bytes], Document]] = {
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


def read(path: Path, options: Options | None = None) -> Document:
    """A source, read. options: engine, password, pages and limits of a PDF; other formats have none. Raises ExtractError: UNREADABLE, UNKNOWN_FORMAT, NO_TABLE, LIMIT."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise ExtractError(Exit.UNREADABLE, f"{path} is a folder", "Give a file")
        if size > BIGGEST:
            raise ExtractError(Exit.LIMIT, f"{path.name} has {size:,} bytes, more than {BIGGEST:,}", "Give the list alone")
        data = path.read_bytes()
    except FileNotFoundError as e:
        raise ExtractError(Exit.UNREADABLE, f"{path} does not exist", "Check the name") from e
    except OSError as e:
        raise ExtractError(Exit.UNREADABLE, f"{path} can't be read: {e.strerror}", "Check its permissions") from e
    reader = READERS[kind_of(data, path.name, frozenset(READERS))]
    if reader is _pdf and options is not None:  # read with what the person set (lead: kept small while rooms are built)
        from importlib import import_module

        document: Document = import_module("subsidy_extract.read.pdf").read(path, options)
        return document
    return reader(path, data)
