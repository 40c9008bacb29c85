"""A grid that was read → rows of drafts in the columns of its table: cells that may still go on on the next page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from subsidy_extract.model import BBox, LeftOut, Row
from subsidy_extract.read.pdf.merged import MERGED
from subsidy_extract.read.pdf.nouns import GridRead, Line
from subsidy_extract.read.pdf.stitch.columns import Spans


@dataclass(slots=True)
class Part:
    """What a cell has on one page."""

    page: int
    bbox: BBox
    lines: tuple[Line, ...]
    links: tuple[tuple[str, int, int, int], ...] = ()


@dataclass(slots=True)
class CellDraft:
    """A cell while it may grow. parts: one a page, only those with text, but for the first."""

    parts: list[Part]
    row_span: int = 1
    col_span: int = 1
    doubts: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not any([p.lines for p in self.parts])

    @property
    def text(self) -> str:
        """All lines run together, white space away: for comparing."""
        return folded("".join([line.text for p in self.parts for line in p.lines]))

    @property
    def last(self) -> Line | None:
        return next((p.lines[-1] for p in reversed(self.parts) if p.lines), None)

    @property
    def first(self) -> Line | None:
        return next((p.lines[0] for p in self.parts if p.lines), None)


@dataclass(slots=True)
class RowDraft:
    """A row while it may grow. cells: as many as the table has columns; None under the span of another. shade: the number of
    the colour it is painted with, 0 for paper; None: not known."""

    cells: list[CellDraft | None]
    heading: bool = False
    page: int = 1
    top: float = 0.0
    bottom: float = 0.0
    places: dict[int, BBox] = field(default_factory=dict)
    shade: int | None = None

    @property
    def filled(self) -> int:
        return sum(1 for c in self.cells if c is not None and not c.empty)

    @property
    def hollow(self) -> bool:
        """Whether it is one empty cell over all columns: what a frame round the rows leaves between the last one and the page's end."""
        return self.cells[0] is not None and self.cells[0].empty and self.cells[0].col_span == len(self.cells) > 1

    def texts(self) -> tuple[str | None, ...]:
        return tuple(None if c is None else c.text for c in self.cells)


def folded(text: str) -> str:
    """Without white space: 補 助 率 and 補助率 are one heading."""
    return "".join(text.split())


def says(rows: Sequence[RowDraft], text: str) -> bool:
    """Whether a text without white space is a cell of the rows, or a line of one."""
    return any(c is not None and text and text in (c.text, *(folded(x.text) for p in c.parts for x in p.lines)) for r in rows for c in r.cells)


def grid_to_rows(read: GridRead, page: int, spans: Spans, width: int) -> list[RowDraft]:
    """spans: where each column of the grid stands among the `width` columns of the table."""
    ys = read.grid.ys
    rows = [RowDraft([None] * width, page=page, top=ys[k], bottom=ys[k + 1]) for k in range(len(ys) - 1)]
    if read.grid.bands:
        for row in rows:
            middle = (row.top + row.bottom) / 2
            row.shade = next((colour for top, bottom, colour in read.grid.bands if top <= middle <= bottom), None)
    taken: list[set[int]] = [set() for _ in rows]
    for cell in read.cells:
        box = cell.box
        first, last = spans[box.col][0], spans[box.col + box.col_span - 1][1]
        doubts = cell.doubts
        if last - first > box.col_span == 1 and cell.lines and MERGED not in doubts:  # the table has columns here that the page does not show
            doubts = (*doubts, MERGED)
        part = Part(cell.page or page, box.bbox, cell.lines, cell.links)
        rows[box.row].cells[first] = CellDraft([part], box.row_span, last - first, doubts)
        for r in range(box.row, box.row + box.row_span):
            taken[r].update(range(first, last))
    for row, have in zip(rows, taken, strict=True):
        for col in range(width):
            if col not in have:  # a column that this page does not have
                row.cells[col] = CellDraft([Part(page, (0.0, row.top, 0.0, row.bottom), ())])
    return rows


def widen(row: RowDraft, spans: Spans, width: int) -> None:
    """The row in more columns than before, in place."""
    cells: list[CellDraft | None] = [None] * width
    for col, cell in enumerate(row.cells):
        if cell is None:
            continue
        first, last = spans[col][0], spans[min(col + cell.col_span, len(spans)) - 1][1]
        if last - first > cell.col_span == 1 and not cell.empty and MERGED not in cell.doubts:
            cell.doubts = (*cell.doubts, MERGED)
        cell.col_span = last - first
        cells[first] = cell
    covered = {k for a, b in spans for k in range(a, b)}
    for col in range(width):
        if col not in covered:
            cells[col] = CellDraft([Part(row.page, (0.0, row.top, 0.0, row.bottom), ())])
    row.cells = cells


def said_again(row: Row) -> list[LeftOut]:
    """The texts of a heading, or of a row, that were read before."""
    return [LeftOut(p.text, p.place, "heading") for c in row.cells if c is not None for p in c.pieces]


def spanning(rows: Sequence[RowDraft], col: int) -> tuple[int, CellDraft] | None:
    """The cell that stands in, or spans, column `col` of the last row: its row and itself."""
    for k in range(len(rows) - 1, -1, -1):
        for c in range(col, -1, -1):
            cell = rows[k].cells[c]
            if cell is None:
                continue
            if c + cell.col_span > col and k + cell.row_span >= len(rows):
                return k, cell
            break
    return None
