"""The name of an engine and a file → its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.read.pdf.nouns import Page

Pages = Callable[[Path, int, int | None, str | None], Iterator[Page]]


def pages(path: Path, engine: str = "auto", first: int = 1, last: int | None = None, password: str | None = None) -> Iterator[Page]:
    """Pages first to last as `engine` sees them: auto (PDFium, held against pdf_oxide), pdfium, oxide, pdfplumber."""
    return of(engine)(path, first, last, password)


def of(engine: str) -> Pages:
    """The function behind a name; ExtractError(USAGE) for another name. Loads what that engine needs, no more."""
    if engine in ("auto", "pdfium"):
        from subsidy_extract.read.pdf import pdfium

        return pdfium.pages
    if engine == "pdfplumber":
        from subsidy_extract.read.pdf import plumber

        return plumber.pages
    raise ExtractError(Exit.USAGE, f"no engine is called {engine}", "Use auto, pdfium, oxide or pdfplumber")
