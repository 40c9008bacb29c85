"""What a person may set: limits of the reading child, and how a file is read."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of each child that reads a PDF (a large one has two). memory: bytes of address space; cpu_page, cpu: seconds of
    processor time for one page and for the document; wall: seconds; pages: how many at most."""

    memory: int = 4 << 30
    cpu_page: float = 30.0
    cpu: float = 600.0
    wall: float = 1200.0
    pages: int = 5000


@dataclass(frozen=True, slots=True)
class Options:
    """How a source is read. engine: auto, oxide, pdfium, pdfplumber (PDF). first, last: pages, from 1, both included. abreast:
    whether the right columns of a list too wide for its paper, printed on pages of their own, are put beside the others."""

    engine: str = "auto"
    password: str | None = None
    first: int = 1
    last: int | None = None
    limits: Limits = field(default_factory=Limits)
    abreast: bool = True
