"""A box over several columns and its lines → whether nothing but a rule that is not there says that it is one cell."""

from __future__ import annotations

from collections.abc import Sequence

from subsidy_extract.read.pdf.nouns import Grid, GridBox, Line

MERGED = "merged_columns"
OFF = 0.5  # em: a text in the middle of its cell is no further from it


def is_merged_in_doubt(box: GridBox, lines: Sequence[Line], grid: Grid) -> bool:
    """Its text stands in the first or the last of the columns only, and not in the middle of them all: the cell may be
    merged, or a rule missing beside an empty one. A row that is one cell names a section, and is none of these."""
    if box.col_span > 1 and not grid.ruled:
        return _is_glued(box, lines, grid)
    if box.col_span == 1 or not lines or box.col_span == len(grid.xs) - 1 or any(line.vertical for line in lines):
        return False
    x0, x1 = min(line.bbox[0] for line in lines), max(line.bbox[2] for line in lines)
    near = 0.1 * lines[0].size
    if x1 > grid.xs[box.col + 1] + near and x0 < grid.xs[box.col + box.col_span - 1] - near:
        return False
    return abs(x0 + x1 - box.bbox[0] - box.bbox[2]) / 2 > OFF * lines[0].size


def _is_glued(box: GridBox, lines: Sequence[Line], grid: Grid) -> bool:
    """Where columns are told by alignment, a text below the heading that begins with its column and runs into the next, whose own text
    goes on in the same line: perhaps one text over both, perhaps two with no white between them."""
    if box.row < (grid.heading_rows or 1) or box.col_span == len(grid.xs) - 1 or not lines or any(line.vertical for line in lines):
        return False
    return any(line.bbox[0] < grid.xs[box.col + 1] < line.bbox[2] for line in lines)
