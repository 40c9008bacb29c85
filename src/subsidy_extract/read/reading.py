"""A source that is about to be read → its Document, when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from subsidy_extract.model import Document
    from subsidy_extract.read.pdf.sandbox import Child


@dataclass(frozen=True, slots=True)
class Reading:
    """Called, it gives the Document or raises ExtractError. child: the process at work on a PDF, which can draw its pages
    afterwards; it is gone with the reading."""

    read: Callable[[], Document]
    child: Child | None = None

    def __call__(self) -> Document:
        return self.read()
