"""Tables made by hand, as readers give them."""

from __future__ import annotations

from subsidy_extract.model import Cell, Document, LeftOut, Piece, Place, Row, Source, Table

SOURCE = Source("list.xlsx", "0" * 64, 1, "xlsx", 1)


def cell(text: str, page: int = 1, line: int = 1, rows: int = 1, cols: int = 1) -> Cell:
    return Cell(text, (Piece(text, Place(page=page, line=line)),) if text.strip() else (), rows, cols)


def row(*cells: str | Cell | None, page: int = 1, heading: bool = False) -> Row:
    return Row(tuple(cell(c, page) if isinstance(c, str) else c for c in cells), heading)


def table(*rows: Row | tuple[str | Cell | None, ...], heading_rows: int | None = None, title: str | None = None) -> Table:
    return Table(tuple(r if isinstance(r, Row) else row(*r) for r in rows), (1,), heading_rows, title)


def document(*tables: Table, title: str | None = None, left_out: tuple[LeftOut, ...] = ()) -> Document:
    return Document(SOURCE, tables, title, left_out)
