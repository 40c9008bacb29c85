"""A PDF → Document: pages read in the child, tables stitched here, page by page."""

from __future__ import annotations

from pathlib import Path

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Document
from subsidy_extract.read.pdf.sandbox import read_pages
from subsidy_extract.read.pdf.work import page_to_read
from subsidy_extract.read.source import source_of
from subsidy_extract.settings import Options


def read(path: Path, options: Options | None = None) -> Document:
    """Raises ExtractError: UNREADABLE, LIMIT, and NO_TABLE where no page has a table (or none has text)."""
    o = options or Options()
    answers = read_pages(
        path, work=page_to_read, engine=o.engine, password=o.password, first=o.first, last=o.last, limits=o.limits
    )
    from subsidy_extract.read.pdf.stitch import stitch  # while the child starts

    done = stitch(answers)
    if not done.tables:
        if not any(w.text for w in done.witness):
            raise ExtractError(Exit.NO_TABLE, f"no page of {path.name} has text: its pages are pictures", "Ask for the file they were printed from")
        raise ExtractError(Exit.NO_TABLE, f"{path.name} has no table", "Give the list itself, or its pages with --pages")
    source = source_of(path.read_bytes(), path.name, "pdf", done.pages)
    return Document(source, done.tables, done.title, done.left_out, done.witness, done.doubts)
