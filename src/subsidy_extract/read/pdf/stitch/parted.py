"""A ruled grid on which columns look merged, for the heading that parts them stands on an earlier page only → the same
grid with its texts in the columns of the table, where they keep clear of the lines between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from subsidy_extract.read.pdf.nouns import GridBox, GridCell, GridRead, Line
from subsidy_extract.read.pdf.stitch.columns import Fit
from subsidy_extract.read.pdf.stitch.rest import Ink, column_of, line_to_parts

IN_LINE = 0.2  # em: texts of one column begin, or end, as near to each other
MOST = 0.5  # of the cells of a column that looks merged are told apart, if it is several


def parted(read: GridRead, xs: Sequence[float], fit: Fit) -> GridRead:
    """xs: column edges of the table. fit: how the grid lies in it, all columns of the table as they were. The grid itself
    where it shows the table's columns, or its texts do not tell of them."""
    wide = {c: span for c, span in enumerate(fit.new) if span[1] - span[0] > 1}
    if not wide:
        return read
    placed: dict[int, dict[int, list[Line]]] = {}
    for col, (first, last) in wide.items():
        mine = [(at, c) for at, c in enumerate(read.cells) if c.lines and c.box.col <= col < c.box.col + c.box.col_span]
        inks = [Ink(None, xs[k], xs[k + 1]) for k in range(first, last)]
        told: dict[int, dict[int, list[Line]]] = {}
        for at, cell in mine:
            found = cell_to_columns(cell, inks) if cell.box.col_span == 1 else None
            if found is None:
                return read
            if set(found) != {0}:
                told[at] = {first + k: lines for k, lines in found.items()}
        if len(told) < 2 or len(told) < MOST * len(mine) or not _in_line(list(told.values()), first + 1, last):
            return read
        placed |= told
    cells: list[GridCell] = []
    for at, cell in enumerate(read.cells):
        b = cell.box
        begin, end = fit.new[b.col][0], fit.new[b.col + b.col_span - 1][1]
        if at not in placed:
            cells.append(replace(cell, box=replace(b, col=begin, col_span=end - begin)))
            continue
        for k in range(begin, end):
            lines = tuple(placed[at].get(k, ()))
            box = GridBox(b.row, k, b.row_span, 1, (xs[k], b.bbox[1], xs[k + 1], b.bbox[3]))
            cells.append(GridCell(box, lines, cell.links if lines and len(placed[at]) == 1 else (), cell.doubts if lines else ()))
    grid = replace(read.grid, xs=tuple(xs), boxes=tuple(c.box for c in cells), heading_rows=None)
    return GridRead(grid, tuple(cells))


def cell_to_columns(cell: GridCell, inks: Sequence[Ink]) -> dict[int, list[Line]] | None:
    """The lines of a cell by column (0 the first). A lone text that begins in the first may reach over the next ones. None
    where a text stands across a line between two columns otherwise, or a link is parted."""
    out: dict[int, list[Line]] = {}
    for line in cell.lines:
        if line.vertical:
            return None
        parts = line_to_parts(line, inks)
        for p in parts:
            column = column_of(p, inks)
            if column is None and len(parts) == 1 and p.bbox[0] < inks[1].lo:
                column = 0
            if column is None:
                return None
            out.setdefault(column, []).append(p)
    return None if cell.links and len(out) > 1 else out


def _in_line(told: Sequence[dict[int, list[Line]]], first: int, last: int) -> bool:
    """Whether the texts of each column but the first begin in one line, or end in one."""
    for k in range(first, last):
        lines = [line for cell in told for line in cell.get(k, ())]
        ends = [[line.bbox[side] for line in lines] for side in (0, 2)]
        if lines and all(max(e) - min(e) > IN_LINE * lines[0].size for e in ends):
            return False
    return True
