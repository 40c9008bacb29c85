"""One table while pages are added to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from subsidy_extract.model import Cell, Doubt, LeftOut, Place, Row, Table
from subsidy_extract.read.blocks import titular
from subsidy_extract.read.pdf.nouns import GridRead
from subsidy_extract.read.pdf.stitch import columns
from subsidy_extract.read.pdf.stitch.cut import UNSURE, Seen, completes, weigh
from subsidy_extract.read.pdf.stitch.drafts import (
    CellDraft,
    RowDraft,
    folded,
    grid_to_rows,
    said_again,
    says,
    spanning,
    widen,
)
from subsidy_extract.read.pdf.stitch.groups import (
    Clipped,
    columns_merged,
    drawn_again,
    join_clipped,
    join_spans,
    one_group,
)
from subsidy_extract.read.pdf.stitch.heading import Repeat, glued, numbering_again, repeated
from subsidy_extract.read.pdf.stitch.spread import spread
from subsidy_extract.read.pdf.stitch.text import Pending, Typesetter


@dataclass(slots=True)
class Growing:
    """rows: done ones, then `drafts`: those that may still grow (the last one, and what spans down to it). start: its first
    grid; edges: of the rows, page by page. uncut: no page break cuts a row of it."""

    xs: tuple[float, ...]
    ruled: bool
    title: str | None
    above: tuple[str, ...]
    rows: list[Row | tuple[RowDraft, list[Cell | Pending | None]]] = field(default_factory=list)
    drafts: list[RowDraft] = field(default_factory=list)
    first: list[RowDraft] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    heading_rows: int | None = None
    titles: int = 0
    finer: list[RowDraft] | None = None
    depth: int | None = None
    open_bottom: bool = False
    start: GridRead | None = None
    uncut: bool = False
    edges: list[tuple[float, ...]] = field(default_factory=list)
    before: tuple[GridRead, columns.Spans] | None = None
    setter: Typesetter = field(default_factory=Typesetter)
    seen: Seen = field(default_factory=Seen)
    merged: set[int] = field(default_factory=set)
    left_out: list[LeftOut] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    compared: tuple[GridRead, tuple[columns.Spans, int, str], list[RowDraft], Repeat] | None = None

    @property
    def width(self) -> int:
        return len(self.xs) - 1

    @property
    def bottom(self) -> float:
        """Where the last row ends on its page, points."""
        return self.drafts[-1].bottom if self.drafts else 0.0

    # ── pages ────────────────────────────────────────────────────────────────────────────────────
    def begin(self, read: GridRead, page: int) -> None:
        self.setter.ruled = self.ruled
        self.start = read
        rows = grid_to_rows(read, page, columns.identity(self.width), self.width)
        self.first = rows[:6]
        self.depth = self._depth(read, rows)
        self.heading_rows = None
        self._take(rows, page)
        self.merged = columns_merged(rows[self.depth or 0 :])  # levels of a heading are no groups
        self._close(read, columns.identity(self.width))

    def fits(self, read: GridRead, page: int) -> columns.Fit | None:
        """How the columns of a grid on a later page lie in those of the table; None when it is another table."""
        found = columns.fit(self.xs, read.grid.xs, self.ruled)
        if found is not None:
            return found
        found = columns.same_number(self.xs, read.grid.xs)
        if found is not None and self._compared(read, page, found, "")[1].count:
            return found
        return None

    def repeats(self, read: GridRead, page: int, fit: columns.Fit, loose: str = "") -> bool:
        """Whether the top of the grid repeats the heading (perhaps with other words in some cells). loose: words that
        stand above the grid."""
        if not fit.plain:
            return False
        repeat = self._compared(read, page, fit, loose)[1]
        return repeat.count > 0 or repeat.changed

    def heads(self, text: str) -> bool:
        """Whether a text is one of the cells of the first rows: a piece of the heading that lies outside a later grid."""
        return says(self.first[:3], text)

    def titles_column(self, text: str) -> bool:
        """Whether a text is a cell of the heading, or a line of one."""
        return says(self.first[self.titles : max(self.heading_rows or 0, self.titles + (self.depth or 1))], text)

    def _compared(self, read: GridRead, page: int, fit: columns.Fit, loose: str) -> tuple[list[RowDraft], Repeat]:
        """The rows of a grid in the columns of the table, and how they repeat its heading. It is asked three times a page
        (does it fit, does it go on, add it); the table changes only after the last."""
        given = (fit.new, fit.width, loose)
        if self.compared is None or self.compared[0] is not read or self.compared[1] != given:
            rows = grid_to_rows(read, page, fit.new, fit.width)
            depth = self.depth if read.grid.heading_rows in (None, self.depth) else None
            self.compared = read, given, rows, repeated(rows, self.first, depth, loose)
        return self.compared[2:]

    def go_on(self, read: GridRead, page: int, fit: columns.Fit, loose: str = "", clipped: Clipped = ((), ())) -> None:
        """A grid of the next page is added. clipped: what was clipped away on the page before and on this one."""
        if not fit.plain:
            self._widen(fit)
            self.compared = None
        rows, repeat = self._compared(read, page, fit, loose)
        self.compared = None  # its rows are the table's from here on
        opened = read.grid.open_top and not repeat.count  # over a heading that comes again no rule is missed
        if not repeat.count and rows and len(self.first) > self.titles and (parted := glued(rows[0], self.first[self.titles])) is not None:
            rows[:1] = parted
            repeat, opened = Repeat(1, False, self.titles, self.titles + 1), True
        count, changed = repeat.count, repeat.changed
        if count:
            count += numbering_again(rows[count:], self.first[repeat.end :])
        if self.finer is None and repeat.count > repeat.end - repeat.begin:
            self.finer = rows[: repeat.count]
            self._leave_rows(rows[repeat.count : count])
        else:
            self._leave_rows(rows[:count])
        if count or changed:
            self.heading_rows = max(self.heading_rows or 0, repeat.end)
            self.titles = max(self.titles, repeat.begin)
        rows = rows[count:]
        if changed and rows:
            rows[0].heading = True
        self._learn(rows)
        rest = rows[int(changed) :]
        if len(rest) > 1 and not changed and not read.grid.ruled:
            one_group(rest, self.merged)
        if rest and self.rows and self.drafts and self.drafts[-1].hollow:
            self.drafts.pop()
        if rest and not changed:
            rest = self._join_first(rest, opened)
        if rest and self.drafts and not changed:
            if self.ruled and clipped != ((), ()):
                join_clipped(self.drafts[-1], rest[0], self.merged, clipped)
            for twice in join_spans(self.drafts, rest[0], self.merged, self._group):
                self._leave(twice, "clipped_duplicate")
        self._take([*rows[: int(changed)], *rest], page, learnt=True)
        self._close(read, fit.new)

    def _close(self, read: GridRead, spans: columns.Spans) -> None:
        self.pages += read.also
        if read.grid.ruled:
            self.edges.append(read.grid.ys)
        if read.also:  # where text stands on several pages at once is no measure of the next
            self.before = None
        elif self.before is None or len(read.grid.ys) > 3 or len(self.before[0].grid.ys) <= 3:
            self.before = read, spans
        self.open_bottom = read.grid.open_bottom

    def _depth(self, read: GridRead, rows: Sequence[RowDraft]) -> int | None:
        """How many rows the heading has, where spans of its first row or the shading of the page say so."""
        if read.grid.heading_rows:
            return read.grid.heading_rows
        cells = [c for c in rows[0].cells if c is not None] if rows else []
        deep = max((c.row_span for c in cells), default=1)
        levels = deep > 1 and deep < len(rows) and all(c.row_span == deep or c.col_span > 1 for c in cells)
        return deep if levels and any(c.row_span < deep for c in cells) else None

    def _take(self, rows: list[RowDraft], page: int, learnt: bool = False) -> None:
        if page not in self.pages:
            self.pages.append(page)
        if not learnt:
            self._learn(rows)
        self.merged |= columns_merged(rows)
        self.drafts += rows
        self._finish_done()

    def _learn(self, rows: Sequence[RowDraft]) -> None:
        """Rows with a cell or two (titles, sections) say nothing of the columns."""
        for row in rows:
            if row.filled * 3 > len(row.cells):
                for col, cell in enumerate(row.cells):
                    if cell is not None:
                        self.setter.learn(col, cell)

    # ── over the page break ──────────────────────────────────────────────────────────────────────
    def _join_first(self, rows: list[RowDraft], open_top: bool) -> list[RowDraft]:
        """The first row of a page goes on with the last of the page before, or not."""
        if not self.drafts or self._in_heading() or self.uncut:
            return rows
        last, first = self.drafts[-1], rows[0]
        score = weigh(last, first, self.seen, self.setter, self.open_bottom or open_top)
        if abs(score) < UNSURE:
            what = "was read as the rest of the last row of the page before" if score > 0 else "was read as a row of its own"
            self.doubts.append(Doubt("row_over_page", f"the first row of page {first.page} {what}", (_place(first), _place(last))))
        if score <= 0:
            return rows
        below, spans = rows[1:], self._spans_down()
        for col, b in enumerate(first.cells):
            if b is None:
                continue
            a = last.cells[col]
            if a is None:
                a = spans.get(col)
            if a is None:
                last.cells[col] = b
                continue
            if (twice := drawn_again(a, b)) is not None:
                self._leave(twice, "clipped_duplicate")
            else:
                a.parts += [p for p in b.parts if p.lines]
            if b.row_span > 1:
                a.row_span += b.row_span - 1
            a.doubts += tuple(d for d in b.doubts if d not in a.doubts)
        last.page, last.top, last.bottom = first.page, first.top, first.bottom
        if not below:
            self._drop_empty_parts(last)
        return below

    def _spans_down(self) -> dict[int, CellDraft]:
        """Cells of earlier rows that reach down to the last one, by column."""
        last = self.drafts[-1]
        return {
            col: found[1]
            for col in range(self.width)
            if last.cells[col] is None and (found := spanning(self.drafts, col)) is not None
        }

    def goes_on_with(self, first: RowDraft, open_top: bool) -> bool:
        """Whether a row at the top of the next page is the rest of the last row."""
        if not self.drafts or self._in_heading():
            return False
        return weigh(self.drafts[-1], first, self.seen, self.setter, self.open_bottom or open_top) > 0

    def completes(self, foot: GridRead, foot_page: int, read: GridRead, page: int, fit: columns.Fit) -> bool:
        """Whether a row at the top of a page has what a row begun at the foot of the page before lacks."""
        if not fit.plain or page != foot_page + 1:
            return False
        rows, repeat = self._compared(read, page, fit, "")
        rows = rows[repeat.count :]
        (begun,) = grid_to_rows(foot, foot_page, columns.identity(self.width), self.width)
        return bool(rows) and completes(begun, rows[0], self.seen, self.setter)

    def add(self, foot: GridRead, page: int) -> None:
        """A row begun at the foot of a page."""
        self._take(grid_to_rows(foot, page, columns.identity(self.width), self.width), page)

    def _drop_empty_parts(self, row: RowDraft) -> None:
        for cell in row.cells:
            if cell is not None and len(cell.parts) > 1:
                cell.parts = [p for p in cell.parts if p.lines] or cell.parts[:1]

    def _group(self, col: int) -> bool:
        """Whether empty cells of a column always belong to the cell above them: it never had an empty one of its own."""
        return self.seen.of(col).empty == 0

    def _in_heading(self) -> bool:
        """Whether nothing but the heading stands so far."""
        return not self.rows and len(self.drafts) <= (self.depth or 1) and (self.depth or 1) == len(self.first)

    def _leave_rows(self, rows: Sequence[RowDraft]) -> None:
        for row in rows:
            for cell in row.cells:
                if cell is not None:
                    self._leave(cell, "heading")

    def _leave(self, cell: CellDraft, reason: str) -> None:
        for p in cell.parts:
            if p.lines:
                self.left_out.append(LeftOut("\n".join(line.text for line in p.lines), Place(page=p.page, bbox=p.bbox), reason))

    # ── done ─────────────────────────────────────────────────────────────────────────────────────
    def _finish_done(self, everything: bool = False) -> None:
        """Rows that can't grow any more are set; the last one, and those that span down to it, wait."""
        keep = len(self.drafts)
        if not everything:
            keep = max(0, len(self.drafts) - 1)
            for k, row in enumerate(self.drafts):
                if any(c is not None and c.row_span > 1 and k + c.row_span >= len(self.drafts) for c in row.cells):
                    keep = min(keep, k)
                    break
        for row in self.drafts[:keep]:
            if not row.heading and not (not self.rows and self.depth is not None and len(self.rows) < self.depth):
                self.seen.learn(row, self.setter)
            made: list[Cell | Pending | None] = [None if c is None else self.setter.set(k, c) for k, c in enumerate(row.cells)]
            if any(isinstance(c, Pending) for c in made):
                self.rows.append((RowDraft([], row.heading), made))
            else:
                self.rows.append(Row(tuple(c for c in made if not isinstance(c, Pending)), row.heading))
        del self.drafts[:keep]

    def _once(self, rows: list[Row]) -> list[Row]:
        """Without the heading where it comes again in the middle of a page."""
        head = _words(rows[self.titles])
        out = rows[: self.titles + 1]
        for row in rows[self.titles + 1 :]:
            if not row.heading and len([t for t in head if t]) > 1 and _words(row) == head:
                self.left_out += said_again(row)
            else:
                out.append(row)
        return out

    def _cell(self, column: int, draft: CellDraft) -> Cell:
        made = self.setter.set(column, draft)
        return self.setter.settle(made) if isinstance(made, Pending) else made

    def _widen(self, fit: columns.Fit) -> None:
        self.xs = fit.xs
        for row in {id(r): r for r in (*self.drafts, *self.first, *(self.finer or ()))}.values():
            widen(row, fit.old, fit.width)
        for k, done in enumerate(self.rows):
            if isinstance(done, Row):
                self.rows[k] = Row(tuple(spread(done.cells, fit)), done.heading)
            else:
                self.rows[k] = (done[0], spread(done[1], fit))
        self.merged = {fit.old[c][0] for c in self.merged}
        self.setter.usages = {fit.old[c][0]: u for c, u in self.setter.usages.items()}
        self.setter.labels = {(fit.old[c][0], label): h for (c, label), h in self.setter.labels.items()}
        self.setter.rooms = {fit.old[c][0]: r for c, r in self.setter.rooms.items() if fit.old[c][1] - fit.old[c][0] == 1}
        self.seen.columns = {fit.old[c][0]: s for c, s in self.seen.columns.items()}
        if self.before is not None:
            self.before = self.before[0], tuple((fit.old[a][0], fit.old[b - 1][1]) for a, b in self.before[1])

    def _settled(self, rows: Sequence[Row | tuple[RowDraft, list[Cell | Pending | None]]]) -> list[Row]:
        out: list[Row] = []
        for done in rows:
            if isinstance(done, Row):
                out.append(done)
            else:
                cells = tuple(self.setter.settle(c) if isinstance(c, Pending) else c for c in done[1])
                out.append(Row(cells, done[0].heading))
        return out

    def table(self) -> Table:
        self._finish_done(everything=True)
        rows = self._settled(self.rows)
        if self.finer is not None and self.heading_rows is not None:  # the heading as the page has it that shows its levels
            self._leave_rows(self.first[self.titles : self.heading_rows])
            finer = [Row(tuple(None if c is None else self._cell(k, c) for k, c in enumerate(r.cells))) for r in self.finer]
            rows[self.titles : self.heading_rows] = finer
            self.heading_rows = self.titles + len(finer)
        if self.heading_rows is not None and self.heading_rows - self.titles == 1:
            rows = self._once(rows)
        known = self.heading_rows if self.heading_rows is not None else self.depth
        title, above = self.title, list(self.above)
        for row in rows[: self.titles]:  # rows above the heading that later pages do not have name the table
            for cell in row.cells:
                for p in cell.pieces if cell is not None else ():
                    name = " ".join(p.text.split("\n"))
                    able = title is None and titular(name)
                    title = name if able else title
                    above.append(name)
                    self.left_out.append(LeftOut(p.text, p.place, "title" if able else "prose"))
        known = known - self.titles if known is not None else None
        return Table(tuple(rows[self.titles :]), tuple(self.pages), known, title, tuple(above))


def _words(row: Row) -> tuple[str | None, ...]:
    return tuple(None if c is None else folded(c.text) for c in row.cells)


def _place(row: RowDraft) -> Place:
    boxes = [p.bbox for c in row.cells if c is not None for p in c.parts if p.page == row.page and p.bbox[2] > p.bbox[0]]
    if not boxes:
        return Place(page=row.page)
    return Place(page=row.page, bbox=(min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)))
