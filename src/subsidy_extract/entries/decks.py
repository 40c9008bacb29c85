"""The rows of a table whose records take two rows or three under as many rows of headings → one row a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from subsidy_extract.entries.grid import FROM_ABOVE, STANDS, GridRow
from subsidy_extract.entries.heads import LOOK, heading_share
from subsidy_extract.model import Cell

DECKS = (2, 3)
Starts = tuple[int, ...]


def one_deck(rows: Sequence[GridRow], told: int | None, mapping: Mapping[str, str] | None) -> tuple[Sequence[GridRow], int | None]:
    """(rows, heading rows told by the reader) of a table, each record in one row with the columns of its lower rows to the
    right of the others; the same rows where it has one row a record.

    Such a table has under its headings (番号, 事業名, 補助率 …) a row with a wide one over several of their columns
    (事業内容), which is no level of them, and below every row of a programme one of that form.
    """
    for first in range(min(LOOK, len(rows) - 3)):
        if not _wide_below(rows[first], rows[first + 1]):
            continue
        for decks in DECKS:
            if (made := _folded(rows, first, decks, mapping)) is not None:
                fewer = told if told is None or told <= first else max(first + 1, told - decks + 1)
                return made, fewer
    return rows, told


def _starts(row: GridRow) -> Starts:
    return tuple(c for c, cell in enumerate(row.cells) if cell is not None and row.how[c] == STANDS)


def _wide_below(upper: GridRow, row: GridRow) -> bool:
    """Whether a text of a row runs under two texts or more that stand in the row above."""
    return any(
        cell.col_span >= 2 and sum(upper.how[k] == STANDS and (u := upper.cells[k]) is not None and bool(u.text.strip()) for k in range(c, min(c + cell.col_span, len(upper.cells)))) >= 2
        for c, cell in row.standing()
    )


def _folded(rows: Sequence[GridRow], first: int, decks: int, mapping: Mapping[str, str] | None) -> list[GridRow] | None:
    """The rows with `decks` of them made one from row `first` on; None when the headings or the rows have another form."""
    heading = rows[first : first + decks]
    shares = [heading_share(row, mapping) for row in heading]
    if len(heading) < decks or any(not total or known * 3 < total * 2 for known, total, _ in shares) or not shares[0][2] or any(names for *_, names in shares[1:]):
        return None
    forms = [_starts(row) for row in heading]
    if forms[0] in forms[1:] or any(not _wide_below(rows[first], row) for row in heading[1:]):
        return None
    out = list(rows[:first])
    at, records = first, 0
    while at < len(rows):
        block = rows[at : at + decks]
        if [_starts(row) for row in block] == forms:
            out.append(_joined(block, forms))
            at += decks
            records += 1
        elif len(rows[at].standing()) <= 1:
            row = rows[at]
            more = sum(map(len, forms[1:]))
            out.append(GridRow((*row.cells, *[None] * more), (*row.how, *[STANDS] * more), row.marked))
            at += 1
        else:
            return None
    return _as_wide(out, first) if records >= 3 else None


def _joined(block: Sequence[GridRow], forms: Sequence[Starts]) -> GridRow:
    """One row of several: what reaches from the first down to the last of them stands in one row now."""
    down = len(block) - 1
    cells: list[Cell | None] = []
    for c, cell in enumerate(block[0].cells):
        whole = cell is not None and block[0].how[c] == STANDS and cell.row_span > 1 and all(row.how[c] == FROM_ABOVE for row in block[1:])
        cells.append(replace(cell, row_span=cell.row_span - down) if whole and cell is not None else cell)
    lower = [replace(cell, col_span=1) if (cell := row.cells[c]) is not None else None for row, form in zip(block[1:], forms[1:], strict=True) for c in form]
    return GridRow((*cells, *lower), (*block[0].how, *[STANDS] * len(lower)), any(row.marked for row in block))


def _as_wide(rows: list[GridRow], first: int) -> list[GridRow]:
    """All rows as wide as the records; those above the headings are titles and have nothing in the new columns."""
    width = len(rows[first].cells)
    return [row if len(row.cells) == width else GridRow((*row.cells, *[None] * (width - len(row.cells))), (*row.how, *[STANDS] * (width - len(row.cells))), row.marked) for row in rows]


__all__ = ["one_deck"]
