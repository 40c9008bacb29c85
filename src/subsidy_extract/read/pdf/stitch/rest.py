"""Text above the first grid of a page that stands in the columns of the table before becomes rows of a grid: the rest of
a row that the page cut, where no heading comes again and no rule tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from subsidy_extract.model import BBox
from subsidy_extract.read.blocks import PAGE_NUMBER, matches
from subsidy_extract.read.pdf.nouns import Grid, GridBox, GridCell, GridRead, Line, PageRead
from subsidy_extract.read.pdf.stitch.columns import Fit, Spans
from subsidy_extract.read.pdf.stitch.drafts import RowDraft, grid_to_rows

NEAR = 0.4  # em: a line of a column begins where its column begins, give or take this
INDENT = 2.5  # em: lines set in further are no lines of the column
SLOT = 0.35  # em: middles nearer than this stand on one line
WIDE = 2.0  # em: white wider than this (and than that between rows), with no rule in it, ends a table
OVER = 0.8  # of the width of the table: a rule at least this long parts rows
MOST = 0.6  # of the columns: rows that go on with nothing have text in as many
APART = 0.3  # em: white before a column's text that no letter-spacing leaves
FOLLOW = 3.0  # em: the rest of a row stands no further above the next row


@dataclass(frozen=True, slots=True)
class Ink:
    """Where the text of one column stands, points. left: where its lines begin, None where they are centred or it has
    none; lo, hi: its reach."""

    left: float | None
    lo: float
    hi: float


@dataclass(frozen=True, slots=True)
class Known:
    """What the page before tells of a table. limit: white between two lines that is wider than this parts rows, points;
    None where the white does not tell. far: so much white stands between rows at most, points."""

    inks: tuple[Ink, ...]
    size: float
    limit: float | None
    far: float = 0.0


@dataclass(frozen=True, slots=True)
class Slot:
    """Pieces that stand on one line, each with its column. heading: all of them are words of the heading."""

    pieces: tuple[tuple[int, Line], ...]
    heading: bool

    @property
    def top(self) -> float:
        return min(line.bbox[1] for _, line in self.pieces)

    @property
    def bottom(self) -> float:
        return max(line.bbox[3] for _, line in self.pieces)


@dataclass(frozen=True, slots=True)
class Rest:
    """Rows made of prose: the slots of each, where they part (one more than rows), and whether no rule closes the first."""

    rows: tuple[tuple[Slot, ...], ...]
    ys: tuple[float, ...]
    opened: bool


def page_with_rest(
    page: PageRead,
    xs: Sequence[float],
    known: Known,
    grid: tuple[GridRead, Fit] | None,
    furniture: Sequence[BBox],
    heads: Callable[[str], bool],
    joins: Callable[[RowDraft, bool], bool],
    end: float | None = None,
) -> PageRead:
    """The page with such rows in its first grid, or in a grid of their own; the page itself where there are none.

    xs: column edges of the table before. grid: the first grid of the page and how it lies in the table. furniture:
    where running heads and page numbers stand. heads: whether a text is a word of the heading. joins: whether a row goes on with the last one
    of the page before (row, whether no rule closes it). end: where another table begins; above it a rest is told by the heading that
    comes again in every column."""
    top = grid[0].grid.ys[0] if grid else page.height if end is None else end
    lines = lines_spoken([x for x in page.prose if x.bbox[3] <= top + 0.25 * x.size], furniture)
    if not lines or any(x.vertical for x in lines):
        return page
    slots = lines_to_slots(lines, known, heads)
    rules = rules_over(page.rules, xs[0], xs[-1])
    run = lower_run(slots, top) if grid else upper_run(slots, rules, known)
    headed = not grid and bool(run) and run[0].heading and {c for c, _ in run[0].pieces} == set(range(len(xs) - 1))
    if end is not None and not headed:
        return page
    rest = slots_to_rest(run, rules, known, top if grid else None)
    if rest is None:
        return page
    read = rest_to_read(rest, xs)
    rows = grid_to_rows(read, page.number, tuple((k, k + 1) for k in range(len(xs) - 1)), len(xs) - 1)
    first = next((k for k, r in enumerate(rest.rows) if not r[0].heading), None)
    if first is None:
        return page
    columns = {c for row in rest.rows for slot in row if not slot.heading for c, _ in slot.pieces}
    told = columns != {0} or rest.opened  # at the margin prose begins, too
    if not headed and not (told and joins(rows[first], rest.opened and not first)) and not (0 in columns and len(columns) >= max(3, MOST * (len(xs) - 1))):
        return page
    taken = {id(line) for slot in run for line in slot_lines(slot, lines)}
    prose = tuple(x for x in page.prose if id(x) not in taken)
    if grid is None:
        return replace(page, grids=(read, *page.grids), prose=prose)
    grids = tuple(on_top(read, *grid) if g is grid[0] else g for g in page.grids)
    return replace(page, grids=grids, prose=prose)


# ── what is known ────────────────────────────────────────────────────────────────────────────────
def read_to_known(read: GridRead, spans: Spans, xs: Sequence[float]) -> Known:
    """The grid of the page before, its columns as `spans` of the table's → where text stands in each."""
    width = len(xs) - 1
    begins: list[list[Line]] = [[] for _ in range(width)]
    tops: dict[int, float] = {}
    bottoms: dict[int, float] = {}
    within: list[float] = []
    sizes = [line.size for c in read.cells for line in c.lines]
    size = sorted(sizes)[len(sizes) // 2] if sizes else 10.0
    for cell in read.cells:
        lines = [line for line in cell.lines if not line.vertical]
        if not lines:
            continue
        b = cell.box
        tops[b.row] = min([tops.get(b.row, 1e9), *(x.bbox[1] for x in lines)])
        last = b.row + b.row_span - 1
        bottoms[last] = max([bottoms.get(last, 0.0), *(x.bbox[3] for x in lines)])
        within += [below.bbox[1] - above.bbox[3] for above, below in pairwise(lines)]
        if b.col_span == 1 and spans[b.col][1] - spans[b.col][0] == 1:
            begins[spans[b.col][0]] += lines
    between = [tops[r] - bottoms[r - 1] for r in tops if r - 1 in bottoms]
    limit = None
    if within and between:
        usual, least = sorted(within)[int(0.9 * (len(within) - 1))], sorted(between)[int(0.1 * (len(between) - 1))]
        limit = (usual + least) / 2 if least > usual + 0.15 * size else None
    far = sorted(between)[int(0.9 * (len(between) - 1))] if between else 0.0
    return Known(tuple(lines_to_ink(lines, xs[k], xs[k + 1], size) for k, lines in enumerate(begins)), size, limit, far)


def lines_to_ink(lines: Sequence[Line], x0: float, x1: float, size: float) -> Ink:
    if not lines:
        return Ink(None, x0, x1)
    left, often = Counter(round(x.bbox[0] * 2) / 2 for x in lines).most_common(1)[0]
    lo, hi = min(x.bbox[0] for x in lines), max(x.bbox[2] for x in lines)
    if often < 0.4 * len(lines):
        return Ink(None, lo, hi)
    return Ink(left, min(left, lo) if left - lo < NEAR * size else left, hi)


def rules_over(rules: Sequence[tuple[float, float, float]], left: float, right: float) -> list[float]:
    """Where rules run over (nearly) the whole width from left to right, in however many pieces: their y."""
    found: list[float] = []
    for y in sorted({round(r[0], 1) for r in rules}):
        covered = sum(max(0.0, min(hi, right) - max(lo, left)) for at, lo, hi in rules if abs(at - y) <= 0.6)
        if covered >= OVER * (right - left) and not (found and y - found[-1] < 2.0):
            found.append(y)
    return found


# ── lines ────────────────────────────────────────────────────────────────────────────────────────
def lines_spoken(lines: Sequence[Line], furniture: Sequence[BBox]) -> list[Line]:
    """Lines without the furniture. What looks like a page number but stands in line with the line above or below it is
    the wrapped end of a text (…内線 | 451）)."""
    known = {id(x) for x in lines if any(b[0] <= (x.bbox[0] + x.bbox[2]) / 2 <= b[2] and b[1] <= (x.bbox[1] + x.bbox[3]) / 2 <= b[3] for b in furniture)}
    spoken = [x for x in lines if id(x) not in known]
    return [x for x in lines if id(x) not in known or (matches(PAGE_NUMBER, x.text) and any(in_line(x, y) for y in spoken))]


def in_line(a: Line, b: Line) -> bool:
    white = max(a.bbox[1], b.bbox[1]) - min(a.bbox[3], b.bbox[3])
    return abs(a.bbox[0] - b.bbox[0]) < 0.1 * a.size and abs(a.size - b.size) < 0.05 * a.size and white < 0.8 * a.size


def lines_to_slots(lines: Sequence[Line], known: Known, heads: Callable[[str], bool]) -> list[tuple[float, Slot | None]]:
    """Lines → (y, what stands there) from top to bottom; None where a text stands in no column."""
    out: list[tuple[float, Slot | None]] = []
    group: list[Line] = []
    for line in [*sorted(lines, key=lambda x: x.bbox[1] + x.bbox[3]), None]:
        if line is None or (group and line.bbox[1] + line.bbox[3] - group[0].bbox[1] - group[0].bbox[3] > 2 * SLOT * known.size):
            out.append(((group[0].bbox[1] + group[0].bbox[3]) / 2, _slot(group, known, heads)))
            group = []
        if line is not None:
            group.append(line)
    return out


def _slot(lines: Sequence[Line], known: Known, heads: Callable[[str], bool]) -> Slot | None:
    pieces: list[tuple[int, Line]] = []
    for line in lines:
        if abs(line.size - known.size) > 0.1 * known.size:
            return None
        for part in line_to_parts(line, known.inks):
            column = column_of(part, known.inks)
            if column is None:
                return None
            pieces.append((column, part))
    heading = all(heads("".join(p.text.split())) for _, p in pieces)
    if not heading and any(not begins_well(p, known.inks[c]) for c, p in pieces):
        return None
    return Slot(tuple(sorted(pieces, key=lambda p: p[1].bbox[0])), heading)


def begins_well(line: Line, ink: Ink) -> bool:
    return ink.left is None or -NEAR * line.size <= line.bbox[0] - ink.left <= INDENT * line.size


def line_to_parts(line: Line, inks: Sequence[Ink]) -> list[Line]:
    """A line, cut in the white before each column's text."""
    edges, text = line.edges, line.text
    if len(edges) != len(text):
        return [line]
    cuts: list[tuple[int, int, float, bool]] = []  # end of the one, start of the next, where that stands, a space between
    for k in range(1, len(text)):
        white, far = text[k - 1].isspace(), edges[k] - edges[k - 1] > 1.3 * line.size
        if text[k].isspace():
            continue
        if not (white or far):
            if text[k - 1] >= "\u2e80" > text[k] and (at := _begins_column(line, k, inks)) is not None:
                cuts.append((k, k, at, False))
            continue
        end = k
        while end and text[end - 1].isspace():
            end -= 1
        begin = edges[k] - line.size if far else edges[k - 1]  # a space that was no glyph reaches to the next character
        left, right = line.bbox[0] + (edges[end - 1] if end else 0.0), line.bbox[0] + begin
        if any(left <= ink.lo + 0.1 * line.size and right >= ink.lo - NEAR * line.size for ink in inks[1:]):
            cuts.append((end, k, begin, white and far))
    parts: list[Line] = []
    start, at = 0, 0.0
    for end, begin, x, spaced in [*cuts, (len(text), len(text), 0.0, line.spaced)]:
        x0, x1 = line.bbox[0] + at, line.bbox[0] + edges[end - 1]
        parts.append(Line(text[start:end], (x0, line.bbox[1], x1, line.bbox[3]), line.size, spaced, edges=tuple(e - at for e in edges[start:end])))
        start, at = begin, x
    return parts if len(parts) > 1 else [line]


def _begins_column(line: Line, k: int, inks: Sequence[Ink]) -> float | None:
    """Where in a line its character k stands (points from the line's beginning), when that is just where the text of a column
    begins, and white between it and a Japanese one: a Latin letter is too narrow to show how much."""
    end, right = line.bbox[0] + line.edges[k - 1], line.bbox[0] + line.edges[k]
    for ink in inks[1:]:
        if ink.left is not None and end <= ink.left - APART * line.size and 0.1 * line.size <= right - ink.left <= 1.05 * line.size:
            return ink.left - line.bbox[0]
    return None


def column_of(line: Line, inks: Sequence[Ink]) -> int | None:
    """The one column a text stands in; None when it reaches into the next, or stands left of all."""
    able = [k for k, ink in enumerate(inks) if ink.lo - NEAR * line.size <= line.bbox[0]]
    if not able:
        return None
    k = able[-1]
    right = inks[k + 1].lo - 0.05 * line.size if k + 1 < len(inks) else inks[k].hi + 2 * line.size
    return k if line.bbox[2] <= right else None


def slot_lines(slot: Slot, lines: Sequence[Line]) -> list[Line]:
    """The lines that a slot is made of."""
    boxes = [p.bbox for _, p in slot.pieces]
    return [x for x in lines if any(b[1] == x.bbox[1] and b[3] == x.bbox[3] and x.bbox[0] <= b[0] and b[2] <= x.bbox[2] for b in boxes)]


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────
def lower_run(slots: Sequence[tuple[float, Slot | None]], top: float) -> list[Slot]:
    """The slots right above a grid that begins at `top`."""
    run: list[Slot] = []
    edge = top
    for _, slot in reversed(slots):
        if slot is None or edge - slot.bottom > FOLLOW * slot.pieces[0][1].size:
            break
        run.insert(0, slot)
        edge = slot.top
    return run


def upper_run(slots: Sequence[tuple[float, Slot | None]], rules: Sequence[float], known: Known) -> list[Slot]:
    """The first slots of a page without a grid that stand together."""
    run: list[Slot] = []
    for _, slot in slots:
        if slot is None:
            if run:
                break
            continue
        if run and slot.top - run[-1].bottom > max(WIDE * known.size, 1.2 * known.far) and not any(run[-1].bottom <= y <= slot.top for y in rules):
            break
        run.append(slot)
    return run


def slots_to_rest(run: Sequence[Slot], rules: Sequence[float], known: Known, end: float | None) -> Rest | None:
    """Slots → rows: parted by rules where there are some, else by the white between rows. end: where they end, where
    that is known. None where a column has no line that begins where its lines begin."""
    begun: dict[int, list[Line]] = {}
    for slot in run:
        for c, p in slot.pieces:
            if not slot.heading:
                begun.setdefault(c, []).append(p)
    for c, mine in begun.items():
        left = known.inks[c].left
        if left is not None and min(abs(p.bbox[0] - left) for p in mine) > NEAR * known.size:
            return None
    if not begun:
        return None
    rows: list[list[Slot]] = [[run[0]]]
    above = [y for y in rules if run[0].top - 2 * known.size < y < run[0].top + 1]
    ys = [above[-1] if above else run[0].top - 0.2 * known.size]
    for a, b in pairwise(run):
        middle, between = (a.bottom + b.top) / 2, [y for y in rules if a.top < y < b.bottom and a.bottom - 1 <= y <= b.top + 1]
        first = any(c == 0 for c, _ in b.pieces)
        wide = not rules and known.limit is not None and b.top - a.bottom > known.limit and first
        if between or wide or a.heading != b.heading:
            rows.append([])
            ys.append(between[0] if between else middle)
        rows[-1].append(b)
    below = [y for y in rules if run[-1].bottom - 1 < y < run[-1].bottom + 2 * known.size]
    ys.append(end if end is not None else below[0] if below else run[-1].bottom + 0.2 * known.size)
    return Rest(tuple(map(tuple, rows)), tuple(ys), bool(rules) and not above)


def rest_to_read(rest: Rest, xs: Sequence[float]) -> GridRead:
    boxes, cells = [], []
    for r, row in enumerate(rest.rows):
        for c in range(len(xs) - 1):
            box = GridBox(r, c, 1, 1, (xs[c], rest.ys[r], xs[c + 1], rest.ys[r + 1]))
            boxes.append(box)
            cells.append(GridCell(box, tuple(p for slot in row for k, p in slot.pieces if k == c)))
    return GridRead(Grid(tuple(xs), rest.ys, tuple(boxes), False, rest.opened), tuple(cells))


def on_top(rest: GridRead, read: GridRead, fit: Fit) -> GridRead:
    """Both as one grid, in the columns of the table."""
    rows = len(rest.grid.ys) - 1
    xs = read.grid.xs if len(read.grid.xs) == len(rest.grid.xs) else rest.grid.xs
    boxes: list[GridBox] = []
    cells: list[GridCell] = []
    for cell in rest.cells:
        b = replace(cell.box, bbox=(xs[cell.box.col], cell.box.bbox[1], xs[cell.box.col + 1], cell.box.bbox[3]))
        boxes.append(b)
        cells.append(replace(cell, box=b))
    for cell in read.cells:
        first, last = fit.new[cell.box.col][0], fit.new[cell.box.col + cell.box.col_span - 1][1]
        b = replace(cell.box, row=cell.box.row + rows, col=first, col_span=last - first)
        boxes.append(b)
        cells.append(replace(cell, box=b))
    grid = replace(read.grid, xs=xs, ys=(*rest.grid.ys[:-1], *read.grid.ys), boxes=tuple(boxes), open_top=rest.grid.open_top, heading_rows=None)
    return GridRead(grid, tuple(cells))
