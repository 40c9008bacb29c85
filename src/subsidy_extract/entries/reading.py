"""What the walk down a table carries: what the table gave so far, and where the walk stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from subsidy_extract.entries.grid import left_out
from subsidy_extract.entries.nouns import Head, Raw, Total
from subsidy_extract.model import Cell, Doubt, LeftOut


@dataclass(slots=True)
class Reading:
    """What a table gives: programmes in order, and its other cells. titles: rows above the headings."""

    raws: list[Raw] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    heads: list[tuple[int, Head]] = field(default_factory=list)
    """Every heading that stood over a column, later ones too."""
    named_above: bool = False
    """The line above the table is the name of its last programme."""
    spent: set[int] = field(default_factory=set)
    """Cells left out that reach down over several rows: in the rows below they say nothing."""

    def out(self, cells: Sequence[Cell], reason: str) -> None:
        for cell in cells:
            if cell.row_span > 1:
                self.spent.add(id(cell))
            self.left.extend(left_out(cell, reason))


@dataclass(slots=True)
class State:
    """Where the walk down a table stands."""

    heads: tuple[Head | None, ...]
    blocks: list[list[int]]
    section: str | None
    table: int
    pending: list[tuple[str, Cell]] = field(default_factory=list)
    """Sections that no programme followed yet."""
    last: Raw | None = None
    """The last programme of the table that this one continues."""
    since: int = 0
