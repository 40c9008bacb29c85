"""The rows of a Table → for each place the cell that speaks there, and whether it stands there or reaches there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from subsidy_extract.model import Cell, LeftOut, Place, Table

STANDS, FROM_ABOVE, FROM_LEFT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row. cells[c] speaks at column c (None: nothing does); how[c]: it stands there, or a span brings it there from
    above or from the left. marked: the reader knows the row as a heading."""

    cells: tuple[Cell | None, ...]
    how: tuple[int, ...]
    marked: bool = False

    def standing(self) -> list[tuple[int, Cell]]:
        """(column, cell) of what stands in this row and has text."""
        return [(c, cell) for c, cell in enumerate(self.cells) if cell is not None and self.how[c] == STANDS and cell.text.strip()]


def grid_of(table: Table) -> list[GridRow]:
    """Every row as wide as the table. A place that a span covers is None in the table; an empty cell there is the same."""
    width = table.width
    reach: list[tuple[Cell, int] | None] = [None] * width
    rows: list[GridRow] = []
    for row in table.rows:
        cells: list[Cell | None] = []
        how: list[int] = []
        across: Cell | None = None
        across_end = 0
        for c in range(width):
            cell = row.cells[c] if c < len(row.cells) else None
            above = reach[c]
            covered = c < across_end or above is not None
            if cell is not None and (cell.text or not covered):
                across, across_end = cell, c + cell.col_span
                cells.append(cell)
                how.append(STANDS)
                left = cell.row_span
            elif above is not None:
                cells.append(above[0])
                how.append(FROM_ABOVE)
                reach[c] = (above[0], above[1] - 1) if above[1] > 1 else None
                continue
            elif across is not None and c < across_end:
                cells.append(across)
                how.append(FROM_LEFT)
                left = across.row_span
                cell = across
            else:
                cells.append(None)
                how.append(STANDS)
                continue
            reach[c] = (cell, left - 1) if left > 1 else None
        rows.append(GridRow(tuple(cells), tuple(how), row.heading))
    return rows


def places(cell: Cell) -> tuple[Place, ...]:
    return tuple(p.place for p in cell.pieces)


def left_out(cell: Cell, reason: str) -> Iterator[LeftOut]:
    """The pieces of a cell that is no programme's."""
    if cell.pieces:
        for piece in cell.pieces:
            if piece.text.strip():
                yield LeftOut(piece.text, piece.place, reason)
    elif cell.text.strip():
        yield LeftOut(cell.text, Place(), reason)
