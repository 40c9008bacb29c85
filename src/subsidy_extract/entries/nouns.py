"""What the readers of tables give each other: headings understood, records in the raw, and the list as it was understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from subsidy_extract.model import Cell, Document, Doubt, Entry, LeftOut, Place


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one heading means. keys: of columns.COLUMNS, empty for an unknown one. how: exact (the table has it), close
    (after taking away 補助, 主な, 欄 …), guessed (by its head noun or a word in it), mapped (by hand), continued (of the
    table before), unknown. candidates: other keys it could be. parts: the cells hold two things one after the other, the
    second in brackets ("bracket", 助成金名称（実施団体）) or on its own lines ("line", 事業名／説明)."""

    keys: tuple[str, ...]
    how: str = "exact"
    candidates: tuple[str, ...] = ()
    unit: str | None = None
    area_code: str | None = None
    parts: str = ""


@dataclass(frozen=True, slots=True)
class HeadingSeen:
    """A heading of a table and how it was understood. table, column: count from 0. heading: as published, one line, the
    levels of a two-level heading joined by ／."""

    table: int
    column: int
    heading: str
    keys: tuple[str, ...]
    unit: str | None = None
    area_code: str | None = None
    candidates: tuple[str, ...] = ()
    how: str = "exact"
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """A printed total: 全46件, 合計（18事業）. says: the number of programmes it prints, None when it prints none. counted:
    the programmes read in what it covers (the table for a row of the table, the document for a line of prose).
    values: (heading, text) of its other cells."""

    text: str
    says: int | None
    counted: int
    places: tuple[Place, ...] = ()
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A document as a list of programmes.

    left_out: cells of its tables that are no programme's: heading, section, title, total, note, ditto (the mark itself),
    other_table. titles: title rows that stand inside the tables. notes: note rows that stand inside the tables.
    taken: indices in Document.left_out of the lines that are programmes after all (boxes without a frame).
    """

    entries: tuple[Entry, ...]
    headings: tuple[HeadingSeen, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    totals: tuple[Total, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    taken: frozenset[int] = frozenset()

    def all_left_out(self, document: Document) -> tuple[LeftOut, ...]:
        """What of the whole document is in no programme."""
        return (*(out for i, out in enumerate(document.left_out) if i not in self.taken), *self.left_out)


@dataclass(frozen=True, slots=True)
class Head:
    """A heading over one column. text: as published, one line. fold: what ditto marks and comparisons know it by.
    was: the published heading that the column had before, when a later page prints another."""

    text: str
    fold: str
    meaning: Meaning
    cells: tuple[Cell, ...] = ()
    was: str | None = None


@dataclass(slots=True)
class Raw:
    """One record before its marks are resolved: cells under headings, in the order of the columns.

    slots: (heading, cell, covered): covered when a merged cell of a row before reaches down here.
    """

    table: int
    slots: list[tuple[Head, Cell, bool]]
    section: str | None = None
    doubts: list[Doubt] = field(default_factory=list)
