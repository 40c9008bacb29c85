"""Merged cells on both sides of a page break → one that spans the rows of both pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from subsidy_extract.model import LeftOut
from subsidy_extract.read.pdf.stitch.drafts import CellDraft, RowDraft, folded, spanning

Clipped = tuple[Sequence[LeftOut], Sequence[LeftOut]]
"""What was clipped away on the page before a break, and on the one behind it."""

EDGE = 0.5  # of the font size: a text that a break cuts stands as near to it on both pages
FEWEST = 2  # lines in common: one alone may be the office of two groups
LOW = 1.0  # of the font size below the middle of a cell: no text set in its middle stands there


def columns_merged(rows: Sequence[RowDraft]) -> set[int]:
    """Columns in which a cell spans rows."""
    return {col for row in rows for col, cell in enumerate(row.cells) if cell is not None and cell.row_span > 1}


def join_spans(drafts: Sequence[RowDraft], first: RowDraft, merged: set[int], grouped: Callable[[int], bool]) -> list[CellDraft]:
    """Merged cells that the page break cut speak for the rows on both pages; what was drawn again on the second is left
    over. Where one does, an empty box beside it, in a column that is merged elsewhere, is the upper half of what stands on
    the next page (the name of two courses).

    drafts: the rows so far that may grow; first: the first row of the next page, whose cells go; merged: the columns in which
    cells span rows, which grows; grouped: whether empty cells of a column belong to the cell above them.
    """
    again: list[CellDraft] = []
    halves = {
        col: (a, b) for col, (a, b) in enumerate(zip(drafts[-1].cells, first.cells, strict=True))
        if a is not None and b is not None and a.empty and not b.empty and a.col_span == b.col_span == a.row_span == b.row_span == 1 and col in merged and grouped(col)
    }  # fmt: skip
    joined = False
    for col, b in enumerate(first.cells):
        found = spanning(drafts, col)
        if b is None or found is None:
            continue
        at, a = found
        if a.col_span != b.col_span or a.row_span + at != len(drafts):
            continue
        tall = a.row_span > 1 or b.row_span > 1
        if cut_through(a, drafts[-1], b, first):
            a.parts += b.parts
            a.row_span += b.row_span
            merged.add(col)
            first.cells[col] = None
            joined = True
            continue
        if not tall and not (b.empty and not a.empty and grouped(col) and (col in merged or hangs(a, drafts[-1]))):
            continue
        if (twice := drawn_again(a, b)) is not None:
            again.append(twice)
        elif b.empty:
            pass
        elif a.empty and (a.row_span > 1 or col in merged):
            a.parts = b.parts
        else:
            continue
        joined = True
        a.row_span += b.row_span
        merged.add(col)
        first.cells[col] = None
    for col, (a, b) in halves.items() if joined else ():
        a.parts, a.row_span, first.cells[col] = b.parts, 2, None
    return again


def join_clipped(last: RowDraft, first: RowDraft, merged: set[int], clipped: Clipped) -> None:
    """A text in the middle of a merged cell that a page break cuts is printed on one of its pages alone; on the other a spreadsheet
    clips it away, and the cell seems empty. Its words there tell.

    last, first: the rows at the break; their cells, and merged, change.
    """
    below, above = clipped
    for col, (a, b) in enumerate(zip(last.cells, first.cells, strict=True)):
        if a is None or b is None or a.empty == b.empty or a.col_span != b.col_span:
            continue
        (x0, top, x1, _), (_, _, _, bottom) = a.parts[-1].bbox, b.parts[0].bbox
        hidden = [o for o in (below if a.empty else above) if o.place.bbox is not None and x0 - 1 <= o.place.bbox[0] and o.place.bbox[2] <= x1 + 1]
        gone = folded("".join(o.text for o in hidden if o.place.bbox and (o.place.bbox[1] > top if a.empty else o.place.bbox[3] < bottom)))
        if gone and gone == (b if a.empty else a).text:
            a.parts = b.parts if a.empty else a.parts
            a.row_span += b.row_span
            merged.add(col)
            first.cells[col] = None


def drawn_again(a: CellDraft, b: CellDraft) -> CellDraft | None:
    """What a merged cell that a page break cut has once more on the other page, the same or the part of it that fits there;
    the upper cell keeps the whole. None where each has a text of its own."""
    if a.empty or b.empty or max(a.row_span, b.row_span) == 1:
        return None
    if a.text == b.text:
        return b
    if (whole := drawn_in_part(a, b)) is None:
        return None
    twice = b if whole is a else CellDraft(a.parts)
    a.parts = whole.parts
    return twice


def drawn_in_part(a: CellDraft, b: CellDraft) -> CellDraft | None:
    """Of two cells, one above the other over a page break, that with the whole text, where the other has the part of it that
    fits on its page: its first lines, or with 縦書き what stands at the break."""
    upside, downside = ([line.text for p in c.parts for line in p.lines] for c in (a, b))
    if min(len(upside), len(downside)) >= FEWEST and all(one == other for one, other in zip(upside, downside, strict=False)):
        return a if len(upside) > len(downside) else b
    if a.empty or b.empty or not all(line.vertical or len(line.text) == 1 for c in (a, b) for p in c.parts for line in p.lines):
        return None
    upper, lower = a.parts[-1], b.parts[0]
    if not upper.lines or not lower.lines:
        return None
    size = max(upper.lines[-1].size, lower.lines[0].size)
    if b.text in a.text and lower.lines[0].bbox[1] - lower.bbox[1] < size:
        return a
    return b if a.text in b.text and upper.bbox[3] - upper.lines[-1].bbox[3] < size else None


def cut_through(a: CellDraft, last: RowDraft, b: CellDraft, first: RowDraft) -> bool:
    """Whether a page break cuts a merged cell through its text: the text above stands at the foot of its cell and the one below at
    the top of its own, where all others stand in the middle of theirs."""
    if a.empty or b.empty or not (hangs(a, last) and hangs(b, first, -1)):
        return False
    upper, lower = next(p for p in reversed(a.parts) if p.lines), next(p for p in b.parts if p.lines)
    size = upper.lines[-1].size
    return upper.bbox[3] - upper.lines[-1].bbox[3] < EDGE * size and lower.lines[0].bbox[1] - lower.bbox[1] < EDGE * size


def hangs(cell: CellDraft, row: RowDraft, way: int = 1) -> bool:
    """Whether a text stands low in its cell (way -1: high) where the others of the row stand in the middle of theirs: it stands in
    the middle of a merged cell whose lower (upper) part is on the next page (the one before)."""
    low, size = _lower(cell)
    others = [_lower(c)[0] for c in row.cells if c is not None and c is not cell and c.row_span == 1 and not c.empty and len(c.parts) == 1]
    return low * way > LOW * size and len(others) >= 2 and all(abs(x) < 0.5 * size for x in others)


def _lower(cell: CellDraft) -> tuple[float, float]:
    """How far below the middle of its cell a text stands, and its font size, points."""
    part = next(p for p in reversed(cell.parts) if p.lines)
    top, bottom = part.lines[0].bbox[1], part.lines[-1].bbox[3]
    return (top + bottom - part.bbox[1] - part.bbox[3]) / 2, part.lines[0].size


def one_group(rows: Sequence[RowDraft], merged: set[int]) -> None:
    """A column of groups without a word on a page, for all its rows are of the group of the page before: one cell. Groups
    stand left of what they group."""
    for col in merged:
        cells = [row.cells[col] for row in rows]
        if all(c in merged for c in range(col)) and all(c is not None and c.empty and c.row_span == c.col_span == 1 for c in cells) and (first := cells[0]):
            first.row_span = len(rows)
            for row in rows[1:]:
                row.cells[col] = None
