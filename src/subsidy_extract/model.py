"""The nouns of the house: every stage takes some of these and gives some of these; none holds its parent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

BBox = tuple[float, float, float, float]
"""x0, top, x1, bottom in PDF points on the page as displayed (/Rotate applied, origin top left of the CropBox)."""

T_co = TypeVar("T_co", covariant=True)


# ── what was read ────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of text stands: page and bbox (PDF), page and line (text), sheet and cell (Excel). All count from 1."""

    page: int | None = None
    bbox: BBox | None = None
    line: int | None = None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a cell that stands in one place; `text` keeps the line breaks of the page."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Link:
    """A link the source draws behind `Cell.text[start:end]`."""

    url: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of one table cell. In `text` lines that were merely wrapped are joined and "\\n" is a break made on purpose.

    `pieces` are the same characters as they stand on the page(s), in order: one per page for a cell cut by a page break.
    A spanning cell stands in its first row and column.
    """

    text: str
    pieces: tuple[Piece, ...] = ()
    row_span: int = 1
    col_span: int = 1
    links: tuple[Link, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `len(cells)` is the table's number of columns; None where the span of another cell covers the place.

    `heading`: the reader saw this row repeat the heading of an earlier page, but with other words in it (a heading
    repeated to the letter is removed and listed as left out).
    """

    cells: tuple[Cell | None, ...]
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table, its rows whole again across page breaks; its headings are not understood yet.

    heading_rows: how many rows at the top the reader knows to be the heading (they came again on a later page, or are
    <th>); None when it does not know. title: the line above the table that names it. above: every line of prose
    between the table before (or the start of the document) and this one, page furniture left away.
    """

    rows: tuple[Row, ...]
    pages: tuple[int, ...] = ()
    heading_rows: int | None = None
    title: str | None = None
    above: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return max((len(r.cells) for r in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Characters of the source that are in no cell, and why: title, heading, section, page_number, note, prose,
    clipped_duplicate, fake_bold, invisible, outside, furniture, slanted (a stamp across the page), watermark (large words
    printed over or under the text)."""

    text: str
    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a stage noticed and does not settle: a code that `check` turns into an Issue, with what it is about."""

    code: str
    detail: str = ""
    places: tuple[Place, ...] = ()
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """The characters of one page (white space aside, after the fixed character map) as another engine than the reader
    saw them: what the proof that nothing was lost is held against."""

    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read. reader: pdf, text, csv, xlsx, xls, docx, html. pages: 1 where the format has none."""

    name: str
    sha256: str
    bytes: int
    reader: str
    pages: int
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source, read. `title` is the title of the whole document when it has one."""

    source: Source
    tables: tuple[Table, ...]
    title: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    witness: tuple[Witness, ...] = ()
    doubts: tuple[Doubt, ...] = ()


# ── what an entry is ─────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class ColumnCell:
    """A cell of the source under a column of an entry. inherited: a merged or ditto cell that speaks for several."""

    heading: str
    cell: Cell
    inherited: bool = False
    unit: str | None = None
    area_code: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """What an entry has in one column: the published text (one line) and the cells it was put together from.

    `starts[i]` is where the text of `cells[i]` begins in `text`.
    """

    text: str
    cells: tuple[ColumnCell, ...] = ()
    starts: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One programme, its columns named by the keys of columns.py, merged and ditto cells resolved."""

    number: int
    columns: Mapping[str, Column]
    extra: tuple[tuple[str, Column], ...] = ()
    section: str | None = None
    summary_heading: str | None = None
    page_first: int | None = None
    page_last: int | None = None
    doubts: tuple[Doubt, ...] = ()
    table: int = 0
    """Index of its table in Document.tables."""


# ── what a normaliser reads ──────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Context:
    """What a normaliser must know beyond the text.

    fiscal_year: of the list, 2026 for 令和8年度. unit: of the heading, as 千円 in 補助上限額（千円）. area_code: 0985, from
    the heading or a note. heading: the heading of the column, as published. column: its key in columns.py. notes: prose
    of the document that may explain a sign (★を@に置き換えてください).
    """

    fiscal_year: int | None = None
    unit: str | None = None
    area_code: str | None = None
    heading: str | None = None
    column: str | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """One value a normaliser read: `source[start:end] == text`, always. doubt: None or a code."""

    value: T_co
    text: str
    start: int
    end: int
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Phone:
    """kind: tel, fax. number: as dialled inside Japan, 099-226-9156. type: fixed_line, mobile, toll_free, voip, special, unknown."""

    kind: str
    number: str
    e164: str | None
    extension: str | None
    type: str
    valid: bool


@dataclass(frozen=True, slots=True)
class Email:
    address: str
    valid: bool
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Url:
    url: str
    valid: bool
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """3分の2以内 → 2, 3, up_to. Numerator and denominator exactly as published (16.7％ → 16.7, 100)."""

    numerator: float
    denominator: float
    bound: str
    scope: str | None = None

    @property
    def value(self) -> float:
        return self.numerator / self.denominator


@dataclass(frozen=True, slots=True)
class Amount:
    """role: cap, floor, fixed, addition, stated. per: the unit it is paid for (人・月). scope: for whom or what (輸出)."""

    role: str
    yen: int
    per: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """role: application, eligible_cost, completion, programme, other. precision: day, month, year.

    status: rolling (随時), year_round (通年), until_budget, yearly, closed.
    """

    role: str
    round: int | None = None
    start: date | None = None
    end: date | None = None
    precision: str | None = None
    start_event: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """An entry and what was found in it. `found` by published field (phones, rates …): (column key, Found) pairs.

    corrected: what a person decided, by field or value (`summary`, `emails[0]`); flat fields are published from it.
    doubts: (column key, code and place) of what stands in an own column and was not read as a value.
    """

    id: str
    entry: Entry
    found: Mapping[str, tuple[tuple[str, Found[object]], ...]]
    items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    office: str | None = None
    corrected: Mapping[str, object] = field(default_factory=dict)
    doubts: tuple[tuple[str, Found[str]], ...] = ()


# ── what a person should look at, and the whole ──────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Issue:
    """Something a person should look at. severity: error, warning, info. Data, never raised."""

    rule: str
    severity: str
    message: str
    message_ja: str
    number: int | None = None
    id: str | None = None
    field: str | None = None
    value: str | None = None
    suggestion: str | None = None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule found: how many things it looked at, and an issue for each that failed."""

    rule: str
    checked: int
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class PageCoverage:
    """Characters of one page, white space aside: seen by the witness, in cells, left out, owned by nobody (`missing`
    begins with them); `excess` are characters in cells or left out that the witness did not see."""

    page: int
    characters: int
    in_cells: int
    left_out: int
    unaccounted: int
    excess: int
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a document does not say of itself: from sources.toml or an option."""

    url: str | None = None
    retrieved: date | None = None
    issuer: str | None = None
    fiscal_year: int | None = None


@dataclass(frozen=True, slots=True)
class RowCount:
    """What became of the rows of the tables: read is the sum of of_programs, headings, sections, titles, totals, notes,
    other_tables, empty and other. joined_over_pages: rows that a page break had cut. headings_repeated: headings of later
    pages, which are no rows any more. programs: what came out."""

    read: int = 0
    of_programs: int = 0
    headings: int = 0
    sections: int = 0
    titles: int = 0
    totals: int = 0
    notes: int = 0
    other_tables: int = 0
    empty: int = 0
    other: int = 0
    joined_over_pages: int = 0
    headings_repeated: int = 0
    programs: int = 0


@dataclass(frozen=True, slots=True)
class Previous:
    """Last year's output. filled: in how many of its programmes each field has something. carried: programmes of this
    year that have an id of last year's."""

    name: str
    title: str | None
    fiscal_year: int | None
    programs: int
    filled: Mapping[str, int]
    carried: int = 0


@dataclass(frozen=True, slots=True)
class Dataset:
    """What one list became. left_out: all that is in no programme, of the reader and of the tables."""

    document: Document
    fiscal_year: int | None
    issuer: str | None
    origin: Origin
    records: tuple[Record, ...]
    left_out: tuple[LeftOut, ...]
    coverage: tuple[PageCoverage, ...]
    outcomes: tuple[Outcome, ...]
    rows: RowCount = RowCount()
    previous: Previous | None = None

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Every issue, in the order of the rules."""
        return tuple(issue for outcome in self.outcomes for issue in outcome.issues)
