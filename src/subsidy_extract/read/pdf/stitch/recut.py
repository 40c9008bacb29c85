"""A grid by alignment that shows fewer columns than the table it goes on with → the same rows in the table's columns:
on a page of a few long rows white between two columns may be too narrow to be seen, or a column empty."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from subsidy_extract.read.pdf.nouns import GridBox, GridCell, GridRead, Line
from subsidy_extract.read.pdf.stitch.rest import Ink, begins_well, column_of, line_to_parts


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of a line in a column of the table. links: (url, start, end) in it. heading: its text is a word of the
    heading. doubts: those of its cell."""

    column: int
    line: Line
    links: tuple[tuple[str, int, int], ...]
    heading: bool
    doubts: tuple[str, ...]

    @property
    def y(self) -> float:
        return (self.line.bbox[1] + self.line.bbox[3]) / 2


def recut(read: GridRead, xs: Sequence[float], inks: Sequence[Ink], heads: Callable[[str], bool]) -> GridRead:
    """xs: column edges of the table. inks: where its text stands. heads: whether a text is a word of its heading. The grid
    itself unless every line of it, cut in the white before each column, stands in one column of the table."""
    found: list[Placed] = []
    for cell in read.cells:
        if cell.lines and (cell.box.row_span > 1 or any(line.vertical for line in cell.lines)):
            return read
        for k, line in enumerate(cell.lines):
            links = [(url, a, b) for url, at, a, b in cell.links if at == k]
            start = 0
            for part in line_to_parts(line, inks):
                column, heading = column_of(part, inks), heads("".join(part.text.split()))
                if column is None and heading:  # set in the middle of its column, or in the margin above it
                    column = min(range(len(inks)), key=lambda c: abs(inks[c].lo + inks[c].hi - part.bbox[0] - part.bbox[2]))
                if column is None or not (heading or begins_well(part, inks[column])):
                    return read
                start = line.text.index(part.text, start)
                end = start + len(part.text)
                behind = tuple((url, max(a, start) - start, min(b, end) - start) for url, a, b in links if a < end and b > start)
                found.append(Placed(column, part, behind, heading, cell.doubts))
                start = end
    ys = rows_apart(found, list(read.grid.ys))
    placed: list[list[list[Placed]]] = [[[] for _ in inks] for _ in range(len(ys) - 1)]
    for p in found:
        placed[bisect(ys, p.y, 1, len(ys) - 1) - 1][p.column].append(p)
    boxes, cells = [], []
    for r, row in enumerate(placed):
        for c, lines in enumerate(row):
            lines.sort(key=lambda p: (p.y, p.line.bbox[0]))
            box = GridBox(r, c, 1, 1, (xs[c], ys[r], xs[c + 1], ys[r + 1]))
            boxes.append(box)
            under = tuple((url, k, a, b) for k, p in enumerate(lines) for url, a, b in p.links)
            doubts = tuple(dict.fromkeys(d for p in lines for d in p.doubts))
            cells.append(GridCell(box, tuple(p.line for p in lines), under, doubts))
    return GridRead(replace(read.grid, xs=tuple(xs), ys=tuple(ys), boxes=tuple(boxes), heading_rows=None), tuple(cells))


def rows_apart(found: Sequence[Placed], ys: list[float]) -> list[float]:
    """Row edges without those that lines stand across: with columns taken for one, their lines look like rows that are
    none. What of the heading is then in one row with others has an edge below it."""
    out = [ys[0]]
    for y in ys[1:-1]:
        above = [p.line.bbox[3] for p in found if p.y < y]
        below = [p.line.bbox[1] for p in found if p.y >= y]
        if above and below and max(above) <= min(below) + 0.1:
            out.append(y)
    first = [p for p in found if p.y < (out[1] if len(out) > 1 else ys[-1])]
    head, rest = [p.line.bbox[3] for p in first if p.heading], [p.line.bbox[1] for p in first if not p.heading]
    if len(out) < len(ys) - 1 and head and rest and max(head) <= min(rest):
        out.insert(1, (max(head) + min(rest)) / 2)
    return [*out, ys[-1]]
