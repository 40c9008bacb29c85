"""A list too wide for its paper, its right columns on pages of their own → the same pages with these columns beside the
others again: the rows that a spreadsheet prints in one go have the same edges on both pages."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from subsidy_extract.model import Cell, Doubt, LeftOut, Place, Row, Table
from subsidy_extract.read.pdf.captions import is_caption
from subsidy_extract.read.pdf.nouns import Grid, GridBox, GridCell, GridRead, Line, PageRead
from subsidy_extract.read.pdf.stitch.drafts import folded, said_again

SAME = 1.0  # points: rows printed in one go have the same edges on both pages, give or take this
MOVED = 3.0  # points: columns that lie further off are other columns
LEAST = 3  # rows with a name tell; and so many different heights of rows, which no other page happens to have
ALIKE = 0.1  # of the cells of a page: one form filled in on every page has more cells of one text


@dataclass(frozen=True, slots=True)
class Beside:
    """How a grid goes on to the right of another. same: so many columns of it are those of the other again. sure: names or
    the heights of the rows show that they are one; else only that the other columns of the list lay so."""

    same: int
    sure: bool


def beside(left: GridRead, right: GridRead, known: Callable[[int], bool] = lambda same: False) -> Beside | None:
    """Whether two grids have the same rows under other headings; None where they are not. known: whether columns of the
    list lay so before, with so many of them repeated."""
    a, b = left.grid, right.grid
    if a.ruled != b.ruled or not same_rows(a, b):
        return None
    mine, other = texts_of(left), texts_of(right)
    same = 0
    while same < min(len(mine), len(other)) and mine[same] == other[same]:
        same += 1
    if same == len(other) or same == len(mine):
        return None  # a page printed twice
    named = any(len({t for t in column[1:] if t}) >= LEAST for column in mine[:same])
    same = same if named else 0
    if {c[0] for c in mine[same:] if c[0]} & {c[0] for c in other[same:] if c[0]}:
        return None  # the same heading over both
    widths, others = ([q - p for p, q in pairwise(g.xs[same:])] for g in (a, b))
    alike = len(widths) == len(others) and (not a.ruled or all(abs(p - q) <= MOVED for p, q in zip(widths, others, strict=True)))
    if alike:
        filled = [(x, y) for c, d in zip(mine, other, strict=False) for x, y in zip(c, d, strict=True) if x or y]
        if same or sum(x == y for x, y in filled) > ALIKE * len(filled):
            return None  # a form that is filled in on every page
    heights: list[float] = []
    for p, q in pairwise(a.ys):
        if all(abs(q - p - h) > SAME for h in heights):
            heights.append(q - p)
    sure = named or known(same) or (len(heights) >= LEAST and len(a.ys) > LEAST + 2)
    return Beside(same, sure) if sure or not alike else None  # rows of one height in the same columns: the next page of any list


def same_rows(a: Grid, b: Grid) -> bool:
    """Whether the rows of two grids have the same edges; where no rule closes one of them its outer edge does not tell."""
    if len(a.ys) != len(b.ys) or len(a.ys) < 3:
        return False
    first, last = int(a.open_top or b.open_top), len(a.ys) - int(a.open_bottom or b.open_bottom)
    return all(abs(y - z) <= SAME for y, z in zip(a.ys[first:last], b.ys[first:last], strict=True))


def texts_of(read: GridRead) -> list[tuple[str, ...]]:
    """The text of each cell from top to bottom, by column."""
    texts = [[""] * (len(read.grid.ys) - 1) for _ in range(len(read.grid.xs) - 1)]
    for c in read.cells:
        texts[c.box.col][c.box.row] = folded("".join([line.text for line in c.lines]))
    return [tuple(t) for t in texts]


# ── printed over, then down ──────────────────────────────────────────────────────────────────────
def pages_abreast(pages: Iterable[PageRead]) -> Iterator[PageRead]:
    """Pages in order, one held back; where the next has the right columns of its rows, they are joined to its grid and
    that page has no grid any more. What looks like such a page and does not fit is a doubt of that page."""
    held: PageRead | None = None
    rest: list[PageRead] = []
    shapes: set[tuple[int, tuple[int, ...], tuple[int, ...]]] = set()
    group = 1  # pages that the rows of the last such page took
    for page in pages:
        left = None if held is None else only_grid(held)
        if held is not None and left is not None and page.number == max((held.number, *left.also)) + 1:
            page = page_with_column(page, left.grid.ys) if left.grid.ruled else page
            right = None if captioned([line.text for line in page.prose]) else only_grid(page)
            found = None
            if right is not None:
                ends = shape(left), shape(right)
                found = beside(left, right, lambda same, ends=ends: (same, *ends) in shapes)  # type: ignore[misc]
                if found is not None and found.sure:
                    shapes.add((found.same, *ends))
                    group = max(group, 2 + len(left.also))
                    held, bare = joined(held, page, left, right, found.same)
                    rest.append(bare)
                    continue
            if found is not None or (len(left.also) + 1 < group and (right is None or len(right.grid.xs) != len(left.grid.xs))):
                page = replace(page, doubts=(*page.doubts, apart((held.number, page.number), left.grid)))
        if held is not None:
            yield held
            yield from rest
        held, rest = page, []
    if held is not None:
        yield held
        yield from rest


def page_with_column(page: PageRead, ys: Sequence[float]) -> PageRead:
    """A page without a grid, its text between rules of one length that stand as far down as those of the page before:
    one column alone, which makes no table by itself. The page itself where it is none."""
    if page.grids or len(page.rules) < len(ys) or len(ys) < LEAST:
        return page
    rules = [r for r in page.rules if r[2] - r[1] == max(q[2] - q[1] for q in page.rules)]
    x0, x1 = rules[0][1:]
    long = sorted(y for y, a, b in page.rules if abs(a - x0) <= MOVED and abs(b - x1) <= MOVED)
    mine = [y for k, y in enumerate(long) if not k or y - long[k - 1] > SAME]  # a rule drawn twice is one
    if len(mine) != len(ys) or any(abs(y - z) > SAME for y, z in zip(mine, ys, strict=True)):
        return page
    held: list[list[Line]] = [[] for _ in mine[1:]]
    out: list[Line] = []
    for line in page.prose:
        middle = (line.bbox[1] + line.bbox[3]) / 2
        if mine[0] < middle < mine[-1] and line.bbox[0] > x0 - 1 and line.bbox[2] < x1 + 0.5 * line.size:
            held[bisect(mine, middle) - 1].append(line)
        else:
            out.append(line)
    boxes = tuple(GridBox(k, 0, 1, 1, (x0, p, x1, q)) for k, (p, q) in enumerate(pairwise(mine)))
    read = GridRead(Grid((x0, x1), tuple(mine), boxes, True), tuple(GridCell(b, tuple(lines)) for b, lines in zip(boxes, held, strict=True)))
    return replace(page, grids=(read,), prose=tuple(out))


def captioned(lines: Iterable[str]) -> bool:
    """Whether a line names its table (Table 14. ... Continued): then that stands for itself, whatever its rows."""
    words = [line.split(maxsplit=2) for line in lines]
    return any(len(w) > 1 and is_caption(w[0], w[1]) for w in words)


def only_grid(page: PageRead) -> GridRead | None:
    """The one grid of a page that has text; None where it has none, or several."""
    if not page.grids:
        return None
    filled = page.filled
    return filled[0] if len(filled) == 1 else None


def shape(read: GridRead) -> tuple[int, ...]:
    """The columns of a grid: where they are, when rules tell, else how many."""
    return tuple(round(x) for x in read.grid.xs) if read.grid.ruled else (len(read.grid.xs),)


def apart(pages: tuple[int, int], grid: Grid) -> Doubt:
    """pages: of the rows, and of what seems to be more of them. grid: of the first."""
    box = (round(grid.xs[0], 2), round(grid.ys[0], 2), round(grid.xs[-1], 2), round(grid.ys[-1], 2))
    detail = f"pages {pages[0]} and {pages[1]} seem to have the same rows under other headings: right columns of the list, printed on pages of their own, were not put beside the others"
    return Doubt("columns_apart", detail, (Place(page=pages[0], bbox=box), Place(page=pages[1])))


def joined(page: PageRead, after: PageRead, left: GridRead, right: GridRead, same: int) -> tuple[PageRead, PageRead]:
    """The page with the columns of the grid on the page after it, but for the first `same` of them; and that page without
    its grid."""
    a, b, width = left.grid, right.grid, len(left.grid.xs) - 1
    xs = (*a.xs, *(a.xs[-1] + x - b.xs[same] for x in b.xs[same + 1 :]))
    cells, again = list(left.cells), []
    for cell in right.cells:
        if cell.box.col < same:
            again.append(cell)
            continue
        cells.append(replace(cell, box=replace(cell.box, col=cell.box.col - same + width), page=after.number))
    grid = replace(a, xs=xs, boxes=tuple(c.box for c in cells), heading_rows=a.heading_rows if a.heading_rows == b.heading_rows else None)
    whole = GridRead(grid, tuple(cells), (*left.also, after.number))
    out = [LeftOut("\n".join(x.text for x in c.lines), Place(page=after.number, bbox=c.box.bbox), "heading") for c in again if c.lines]
    # a title over all columns goes on at the same height
    over = [x for x in after.prose if x.bbox[3] < b.ys[0] + SAME and any(abs(x.bbox[1] - y.bbox[1]) <= SAME and abs(x.size - y.size) <= SAME for y in page.prose)]
    out += [LeftOut(x.text, Place(page=after.number, bbox=x.bbox), "title") for x in over]
    return (
        replace(page, grids=tuple(whole if g is left else g for g in page.grids)),
        replace(after, grids=tuple(g for g in after.grids if g is not right), prose=tuple(x for x in after.prose if x not in over), left_out=(*after.left_out, *out)),
    )


# ── printed down, then over ──────────────────────────────────────────────────────────────────────
def tables_beside(left: Table, right: Table, same: int) -> tuple[Table, tuple[LeftOut, ...]] | None:
    """Two tables, one with the right columns of the other's rows → one, and what of the second was there already (its first
    `same` columns). None where a row of the second has no row of the first at its height."""
    offset = right.pages[0] - left.pages[0]
    head = words_of(right.rows[0])
    again: list[LeftOut] = []
    at: dict[tuple[int, int], int] = {}
    for k, row in enumerate(left.rows):
        for page, top in tops(row):
            for near in (-1, 0, 1):
                at.setdefault((page, round(top) + near), k)
    rows: dict[int, Row] = {}
    last = -1
    for row in right.rows:
        found = {at.get((page - offset, round(top)), -1) for page, top in tops(row)}
        if not found:
            if any(c is None for c in row.cells):
                rows[last + 1] = row  # under a cell that spans rows
                last += 1
            continue
        if found == {-1} and words_of(row) == head:  # a column alone whose heading comes again
            again += said_again(row)
            continue
        (k, *more) = sorted(found)
        if more or k <= last or k >= len(left.rows):
            return None
        rows[k] = row
        last = k
    if last >= len(left.rows) or 2 * len(rows) < len(left.rows):
        return None
    width, wide = left.width, right.width - same
    blank = Row((Cell(""),) * (same + wide))
    made = []
    for k, row in enumerate(left.rows):
        more_cells = rows.get(k, blank)
        made.append(Row((*row.cells, *(None,) * (width - len(row.cells)), *more_cells.cells[same:]), row.heading or more_cells.heading))
        again += said_again(Row(more_cells.cells[:same]))
    table = replace(left, rows=tuple(made), pages=(*left.pages, *right.pages), above=(*left.above, *right.above))
    return table, tuple(again)


def words_of(row: Row) -> list[str]:
    return [folded(c.text) if c is not None else "" for c in row.cells]


def tops(row: Row) -> set[tuple[int, float]]:
    """Page and upper edge of every piece of a row."""
    places = [p.place for c in row.cells if c is not None for p in c.pieces]
    return {(p.page, p.bbox[1]) for p in places if p.page is not None and p.bbox is not None}
