"""A row with text in two places → whether it is the heading of a section whose mark stands in a cell of its own."""

from __future__ import annotations

from collections.abc import Sequence

from subsidy_extract.compiled import compiled
from subsidy_extract.entries.fold import one_line
from subsidy_extract.entries.grid import STANDS, GridRow
from subsidy_extract.entries.kinds import is_note
from subsidy_extract.entries.nouns import Head
from subsidy_extract.model import Cell

_MARK = compiled(r"[\s■□◆◇●○◎★☆▼▽▲△▶▷►❖◼▪◾❏]+")
_NUMBER = compiled(r"[\s（(【第]*(?P<n>[0-9０-９]{1,4})[\s）)】．.、章部節編]*")
_LETTER = compiled(r"[\s（(]*(?:[一二三四五六七八九十]{1,3}|[Ⅰ-Ⅻⅰ-ⅻ]|[A-ZＡ-Ｚア-ン])[\s）)．.、]*")
_WIDE = 4
"""Columns a table has at least whose programmes say more than a number and a name."""


def numbered_section(row: GridRow, standing: Sequence[tuple[int, Cell]]) -> bool:
    """A sign or number in the first cell and a text over all the others: 1 | 創業の支援."""
    (_, mark), (_, text) = standing
    return len(row.cells) >= _WIDE and mark.col_span == 1 and len(mark.text.strip()) <= 4 and text.col_span >= len(row.cells) - 2 and mark.col_span + text.col_span == len(row.cells) and not is_note(one_line(text.text))


def torn_section(rows: Sequence[GridRow], r: int, standing: Sequence[tuple[int, Cell]], heads: Sequence[Head | None], before: Cell | None) -> bool:
    """Where no cell shows that a section runs over all columns, its mark stands in the column of the numbers and its text in
    the next: ■ | 事業者向け. A number is the mark of a section where the programmes count on without it. before: the number
    of the programme above."""
    (at, mark), (beside, text) = standing
    if len(rows[r].cells) < _WIDE or beside != at + 1 or any(heads[:at]) or mark.col_span > 1 or is_note(one_line(text.text)):
        return False
    if _MARK.fullmatch(mark.text) is not None:
        return True
    head = heads[at] if at < len(heads) else None
    if head is None or "list_number" not in head.meaning.keys:
        return False
    after = next((n for row in rows[r + 1 : r + 4] if len(row.standing()) > 2 and (n := number_in(_standing(row, at))) is not None), None)
    if after is None:
        return False
    own, last = number_in(mark), number_in(before) or 0
    if own is None:
        return _LETTER.fullmatch(mark.text) is not None and after in (1, last + 1)
    return (after == 1 and own > 0) or (after == last + 1 != own)


def number_in(cell: Cell | None) -> int | None:
    """The number that a cell is; a narrow one breaks it over lines."""
    found = None if cell is None else _NUMBER.fullmatch("".join(cell.text.split()))
    return None if found is None else int(found["n"])


def _standing(row: GridRow, column: int) -> Cell | None:
    return row.cells[column] if row.how[column] == STANDS else None
