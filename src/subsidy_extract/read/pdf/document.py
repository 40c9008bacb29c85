"""A PDF → Document: pages read in the child, tables stitched here, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.read.name import name_of
from subsidy_extract.read.pdf.sandbox import Child, preflight, read_pages
from subsidy_extract.read.reading import Reading
from subsidy_extract.settings import Options

if TYPE_CHECKING:  # the child is started before anything is loaded that only its answers need
    from subsidy_extract.model import Document
    from subsidy_extract.read.pdf.nouns import PageRead

WORK = "subsidy_extract.read.pdf.work:page_to_read"  # by name: only the child imports it


def begin(path: Path, options: Options) -> Reading:
    """Starts the child that reads; what is returned waits for its pages. Raises ExtractError: UNREADABLE, LIMIT, and
    NO_TABLE where no page has text."""
    o = options
    preflight(path)
    child = Child()
    answers: Iterator[PageRead] = read_pages(
        path, work=WORK, engine=o.engine, password=o.password, first=o.first, last=o.last, limits=o.limits, child=child
    )
    return Reading(lambda: _stitched(path, answers, o.abreast), child)


def _stitched(path: Path, answers: Iterator[PageRead], abreast: bool) -> Document:
    from subsidy_extract.model import Document
    from subsidy_extract.read.pdf.stitch import stitch
    from subsidy_extract.read.source import source_of

    turned: dict[int, tuple[int, float, float]] = {}

    def noted() -> Iterator[PageRead]:
        for read in answers:
            if read.quarter:
                turned[read.number] = (read.quarter, read.width, read.height)
            yield read

    done = stitch(noted(), abreast)
    # without a table, its lines may be boxes of keys and values yet: entries say NO_TABLE when they are not
    if not done.tables and not any(w.text for w in done.witness):
        raise ExtractError(Exit.NO_TABLE, f"no page of {name_of(path)} has text: its pages are pictures, or empty", "Ask for the file they were printed from")
    source = source_of(path.read_bytes(), name_of(path), "pdf", done.pages)
    document = Document(source, done.tables, done.title, done.left_out, done.witness, done.doubts)
    if not turned:
        return document
    from subsidy_extract.read.pdf.turn import places_back  # pages that run sideways are few

    return places_back(document, turned)
