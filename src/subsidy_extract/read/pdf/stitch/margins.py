"""Pages with running heads that a grid without vertical rules took in → the same pages with these out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from subsidy_extract.model import LeftOut, Place
from subsidy_extract.patience import PATIENCE
from subsidy_extract.read.blocks import titular
from subsidy_extract.read.pdf.nouns import GridCell, GridRead, Line, PageRead
from subsidy_extract.read.pdf.stitch.prose import DIGITS, key_of

SAME = 1.0  # points: furniture stands at the same height on every page, give or take this
HEAD = 0.2  # of the height of a page: furniture stands above
WHITE = 0.8  # em: white between furniture and the table
OVERLAP = 0.3  # em: lines that share at least so much height stand beside each other


@dataclass(frozen=True, slots=True)
class Spot:
    """A line and where it stands. column: in the grid that took it in; None outside of it."""

    line: Line
    column: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """A line of furniture. text: its words; with another figure on each page, its key."""

    text: str
    counted: bool
    top: float
    bottom: float

    def __contains__(self, line: Line) -> bool:
        same = key_of(line.text) == self.text if self.counted else line.text == self.text
        return same and abs(line.bbox[1] - self.top) <= SAME and abs(line.bbox[3] - self.bottom) <= SAME


@dataclass(slots=True)
class Margins:
    """The running heads found so far. begun: the number of the first page with a grid."""

    heads: list[Known] = field(default_factory=list)
    begun: int | None = None

    def compare(self, page: PageRead, after: PageRead) -> None:
        """What two neighbouring pages share at the top is learnt."""
        if not any(g.grid.ruled is False for p in (page, after) for g in p.grids):
            return
        if self.begun is None:
            self.begun = page.number if page.grids else after.number
        tops, others = top_slots(page), top_slots(after)
        for k in range(min(len(tops), len(others)) - 1):
            if known(tops[k], self.heads) and known(others[k], self.heads):
                continue
            found = shared(page, tops[k], after, others[k])
            if found is None or not self._head(page, after, tops[k:], others[k:]):
                break
            self.heads += [x for x in found if x not in self.heads]

    def _head(self, page: PageRead, after: PageRead, mine: Sequence[list[Spot]], other: Sequence[list[Spot]]) -> bool:
        """Whether what two pages begin with is no heading: it stands free of the heading, which is lower
        on one of them; or it is set at both ends of a line, apart from what is below."""
        if not all(all(s.column is None for s in x[0]) or (_apart(x[0], x[1]) and _bottom(x[0]) < HEAD * p.height) for p, x in ((page, mine), (after, other))):
            return False
        if all(s.column is None for s in (*mine[0], *other[0])):
            return True
        moved = shared(page, mine[1], after, other[1]) is None
        words = _words(other[1])
        again = len(words) > 1 and any(_words(x) == words for x in mine[2:])
        few = _at_ends(mine[0], page) and _at_ends(other[0], after)
        if moved:
            return again or (few and self.begun == page.number)
        return few and any(len({s.column for s in x[0]} - {None}) > 1 for x in (mine, other))

    def bare(self, page: PageRead) -> PageRead:
        """The page without known heads in its first grid: they go to its prose; over the title of the first table, if the
        grid has it, to what is left out."""
        first = _first(page)
        if first is None or not self.heads:
            return page
        taken = taken_in(top_slots(page), self.heads)
        if not taken:
            return page
        bare = without_lines(first, {id(x) for x in taken})
        kept = {id(line) for c in bare.cells for line in c.lines}
        heads = tuple(x for x in taken if id(x) not in kept)
        grids = tuple(bare if g is first else g for g in page.grids)
        if page.number == self.begun and _titled(bare):
            return replace(page, grids=grids, left_out=(*page.left_out, *(LeftOut(x.text, _place(page, x), "furniture") for x in heads)))
        return replace(page, grids=grids, prose=(*heads, *page.prose))


def without_furniture(pages: Iterable[PageRead]) -> Iterator[PageRead]:
    """Pages in order, each one page late: furniture is what the page before or the next has, too."""
    margins, held = Margins(), None
    for page in pages:
        if held is not None:
            margins.compare(held, page)
            yield margins.bare(held)
        held = page
    if held is not None:
        yield margins.bare(held)


# ── what stands at the top ───────────────────────────────────────────────────────────────────────
def top_slots(page: PageRead) -> list[list[Spot]]:
    """Lines that stand beside each other, from the top of the page down to the first rows of its first grid."""
    first = _first(page)
    end = first.grid.ys[min(4, len(first.grid.ys) - 1)] if first is not None else page.height
    spots = [Spot(x, None) for x in page.prose if x.bbox[3] < end]
    if first is not None:
        spots += [Spot(x, c.box.col) for c in first.cells if c.box.row < 4 for x in c.lines]
    return _slots(spots)


def _first(page: PageRead) -> GridRead | None:
    read = min(page.grids, key=lambda g: g.grid.ys[0], default=None)
    return read if read is not None and not read.grid.ruled else None


def _slots(spots: Sequence[Spot]) -> list[list[Spot]]:
    out: list[list[Spot]] = []
    bottom = 0.0
    for s in sorted(spots, key=lambda s: s.line.bbox[1]):
        if out and s.line.bbox[1] < bottom - OVERLAP * s.line.size:
            out[-1].append(s)
            bottom = max(bottom, s.line.bbox[3])
        else:
            out.append([s])
            bottom = s.line.bbox[3]
    return out


def shared(page: PageRead, mine: Sequence[Spot], after: PageRead, other: Sequence[Spot]) -> list[Known] | None:
    """The lines of a slot, if the next page has the same ones at the same height, but for figures that count the pages."""
    if len(mine) != len(other):
        return None
    left, found = [s.line for s in other], []
    for s in mine:
        same = next((x for x in left if _same(s.line, x, after.number - page.number) is not None), None)
        if same is None or s.line.vertical:
            return None
        left = [x for x in left if x is not same]
        counted = bool(_same(s.line, same, after.number - page.number))
        found.append(Known(key_of(s.line.text) if counted else s.line.text, counted, s.line.bbox[1], s.line.bbox[3]))
    return found


def _same(a: Line, b: Line, pages: int) -> bool | None:
    """Whether one figure of a line counts the pages; None when the two are different lines."""
    if abs(a.bbox[1] - b.bbox[1]) > SAME or abs(a.bbox[3] - b.bbox[3]) > SAME:
        return None
    if a.text == b.text:
        return False
    if key_of(a.text) != key_of(b.text):
        return None
    ours, theirs = DIGITS.findall(a.text, timeout=PATIENCE), DIGITS.findall(b.text, timeout=PATIENCE)
    steps = [(x, y) for x, y in zip(ours, theirs, strict=True) if x != y]
    return True if len(steps) == 1 and max(map(len, steps[0])) < 6 and int(steps[0][1]) - int(steps[0][0]) == pages else None


def _bottom(slot: Sequence[Spot]) -> float:
    return max(s.line.bbox[3] for s in slot)


def _apart(upper: Sequence[Spot], lower: Sequence[Spot]) -> bool:
    size = max(s.line.size for s in (*upper, *lower))
    return min(s.line.bbox[1] for s in lower) - _bottom(upper) > WHITE * size


def _few(slot: Sequence[Spot], read: GridRead | None) -> bool:
    """Whether a slot leaves at least half of the columns empty."""
    return read is None or 2 * len({s.column for s in slot} - {None}) <= len(read.grid.xs) - 1


def _at_ends(slot: Sequence[Spot], page: PageRead) -> bool:
    """Whether a slot is one text, or one in the first and one in the last column with most columns empty."""
    read = _first(page)
    columns = {s.column for s in slot} - {None}
    return read is None or (_few(slot, read) and (len(slot) == 1 or columns <= {0, len(read.grid.xs) - 2}))


def _titled(read: GridRead) -> bool:
    """Whether the first row is one text that reads like a title."""
    cells = [c for c in read.cells if c.lines and c.box.row == 0]
    return len(cells) == 1 and len(read.grid.xs) > 3 and titular("".join(x.text for x in cells[0].lines))


def _words(slot: Sequence[Spot]) -> list[str]:
    return sorted(s.line.text for s in slot)


def known(slot: Sequence[Spot], furniture: Sequence[Known]) -> bool:
    """Whether all of a slot is furniture."""
    return all(any(s.line in k for k in furniture) for s in slot)


def taken_in(slots: Sequence[list[Spot]], furniture: Sequence[Known]) -> list[Line]:
    """The lines that a grid took in of the first slots that are furniture."""
    out: list[Line] = []
    for slot in slots:
        if not known(slot, furniture):
            break
        out += [s.line for s in slot if s.column is not None]
    return out


def _place(page: PageRead, line: Line) -> Place:
    x0, top, x1, bottom = line.bbox
    return Place(page=page.number, bbox=(round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)))


# ── the grid without them ────────────────────────────────────────────────────────────────────────
def without_lines(read: GridRead, gone: set[int]) -> GridRead:
    """The grid without lines (by id), and without the rows at its top that held nothing else; the grid itself
    where nothing would be left or a cell spans out of such a row."""
    rows = len(read.grid.ys) - 1
    cells = [_cell_without(c, gone) if any(id(x) in gone for x in c.lines) else c for c in read.cells]
    full = {r for c in cells if c.lines for r in range(c.box.row, c.box.row + c.box.row_span)}
    held = {c.box.row for c in read.cells if any(id(x) in gone for x in c.lines)}
    begin = 0
    while begin in held and begin not in full:
        begin += 1
    if begin == rows or any(c.box.row < begin < c.box.row + c.box.row_span for c in cells):
        return read
    kept = tuple(replace(c, box=replace(c.box, row=c.box.row - begin)) for c in cells if c.box.row >= begin)
    heading = read.grid.heading_rows
    if heading is not None and begin:
        heading = heading - begin if heading > begin else None
    grid = replace(read.grid, ys=read.grid.ys[begin:], boxes=tuple(c.box for c in kept), heading_rows=heading, open_top=read.grid.open_top and not begin)
    return GridRead(grid, kept)


def _cell_without(cell: GridCell, gone: set[int]) -> GridCell:
    at = [k for k, x in enumerate(cell.lines) if id(x) not in gone]
    links = tuple((url, at.index(k), a, b) for url, k, a, b in cell.links if k in at)
    return replace(cell, lines=tuple(cell.lines[k] for k in at), links=links)
