"""From a PDF to tables: engines see glyphs and rules, geometry finds grids, stitch makes rows whole over pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from subsidy_extract.model import Document
    from subsidy_extract.settings import Options


def read(path: Path, options: Options | None = None) -> Document:
    """A PDF, read. ExtractError: UNREADABLE, LIMIT, NO_TABLE where no page has a table (or none has text)."""
    from subsidy_extract.read.pdf import document  # the child that reads imports this room without the parent's part

    return document.read(path, options)
