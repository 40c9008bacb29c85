"""Pages read one by one → whole tables: rows over page breaks, headings once, titles, and all that is in no table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from subsidy_extract.model import Doubt, LeftOut, Place, Table, Witness
from subsidy_extract.patience import PATIENCE
from subsidy_extract.read.blocks import NOTE, Prose, folded, titular
from subsidy_extract.read.pdf.nouns import GridRead, PageRead
from subsidy_extract.read.pdf.stitch.across import (
    apart,
    beside,
    captioned,
    page_with_column,
    pages_abreast,
    tables_beside,
)
from subsidy_extract.read.pdf.stitch.columns import Fit, identity
from subsidy_extract.read.pdf.stitch.foot import Foot, page_to_foot
from subsidy_extract.read.pdf.stitch.groups import Clipped
from subsidy_extract.read.pdf.stitch.growing import Growing
from subsidy_extract.read.pdf.stitch.margins import without_furniture
from subsidy_extract.read.pdf.stitch.parted import parted
from subsidy_extract.read.pdf.stitch.prose import Talk, lines_to_prose
from subsidy_extract.read.pdf.stitch.recut import recut
from subsidy_extract.read.pdf.stitch.rest import page_with_rest, read_to_known

__all__ = ["Stitched", "stitch"]


LINES = 3  # in two columns, below a table …
CLOSE = 6.0  # … and no further from it, in points, than lines of one cell from each other: they may be of its last row
FULL = 0.7  # of the height of a page: a row that the page cut reaches at least so far down


@dataclass(frozen=True, slots=True)
class Stitched:
    """What all pages became. pages: how many came."""

    tables: tuple[Table, ...]
    title: str | None
    left_out: tuple[LeftOut, ...]
    witness: tuple[Witness, ...]
    doubts: tuple[Doubt, ...]
    pages: int


def stitch(pages: Iterable[PageRead], abreast: bool = True) -> Stitched:
    """Pages in order, two of them held at a time. abreast: Options.abreast."""
    work = _Stitcher(abreast)
    clean = without_furniture(pages)
    for page in pages_abreast(clean) if abreast else clean:
        work.add(page)
    return work.done()


@dataclass(slots=True)
class _Stitcher:
    abreast: bool = True
    talk: Talk = field(default_factory=Talk)
    open: Growing | None = None
    stacked: list[int] = field(default_factory=list)
    open_rows: int = 0
    height: float = 0.0
    foot: Foot | None = None
    perhaps: Doubt | None = None
    tables: list[Table] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    clipped: Clipped = ((), ())
    witness: list[Witness] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    pages: int = 0
    right: int | None = None
    left: list[tuple[float, ...]] = field(default_factory=list)

    def add(self, page: PageRead) -> None:
        self.pages += 1
        self.witness.append(Witness(page.number, page.witness))
        self.left_out += page.left_out
        self.clipped = self.clipped[1], tuple(x for x in page.left_out if x.reason == "clipped_duplicate")
        self.talk.gone([x.text for x in page.left_out if x.reason == "furniture"])
        self.doubts += page.doubts
        before = self.open
        if before is not None:
            before = self._learnt(before, page)
            page = self._with_columns(before, self._with_column(before, page))
        prose = lines_to_prose(page)
        if before is not None and prose:
            whole = self._with_rest(before, page, [p for _, p in prose])
            if whole is not page:
                page, prose = whole, lines_to_prose(whole)
        self.talk.page([p for _, p in prose])
        self.height = page.height
        if before is not None and page.number not in before.pages:
            grids = [g.grid for g in page.filled]
            if not grids or (len(grids[0].xs) == len(before.xs) and max(abs(a - b) for a, b in zip(grids[0].xs, before.xs, strict=True)) < 3):
                top = min((g.ys[0] for g in grids), default=page.height)
                self.doubts += self._perhaps_a_rest(before, page, [p for _, p in prose if p.place.bbox and p.place.bbox[3] <= top + 2])
        blocks: list[tuple[float, int, Prose | GridRead]] = [(y, 0, p) for y, p in prose]
        blocks += [(g.grid.ys[0], 1, g) for g in page.filled]
        first = True
        said = self.perhaps
        for _, _, block in sorted(blocks, key=lambda b: (b[0], b[1])):
            if isinstance(block, Prose):
                self.talk.waiting.append(block)
                continue
            self._grid(block, page.number, first)
            first = False
        if said is not None and self.perhaps is said:
            self.doubts.append(said)
        self.foot = self._foot_of(page, [p for _, p in prose])
        self.perhaps = self._perhaps_rows(page, [p for _, p in prose])

    def _foot_of(self, page: PageRead, prose: Sequence[Prose]) -> Foot | None:
        table = self.open
        if table is None or table.ruled or table.before is None or table.pages[-1] != page.number:
            return None
        bottom = max((g.grid.ys[-1] for g in page.grids), default=0.0)
        below = [p for p in prose if p.place.bbox and p.place.bbox[1] > bottom - 2 and not self.talk.repeated(p)]
        return page_to_foot(page, table.xs, read_to_known(*table.before, table.xs), below, table.titles_column) if below else None

    def _with_column(self, before: Growing, page: PageRead) -> PageRead:
        """The page, a column alone as its grid where its rows are those of the page of the table that it goes on beside."""
        if page.grids or not self.abreast or not before.ruled or page.number in before.pages:
            return page
        edges = before.edges[:1]
        if self.right is not None and len(before.edges) < len(self.left):
            edges = [*edges, self.left[len(before.edges)]]
        for ys in edges:
            if (made := page_with_column(page, ys)) is not page:
                return made
        return page

    def _with_columns(self, before: Growing, page: PageRead) -> PageRead:
        """The page, its first grid in the columns of the table before where it shows fewer of them."""
        first = min(page.filled, key=lambda g: g.grid.ys[0], default=None)
        if first is None or first.grid.ruled != before.ruled or before.before is None or len(first.grid.xs) >= len(before.xs):
            return page
        if before.ruled:
            fit = before.fits(first, page.number)
            if fit is None or not fit.plain or before.repeats(first, page.number, fit):
                return page
            again = parted(first, before.xs, fit)
            return page if again is first else replace(page, grids=tuple(again if g is first else g for g in page.grids))
        known = read_to_known(*before.before, before.xs)
        again = recut(first, before.xs, known.inks, before.titles_column)
        return page if again is first else replace(page, grids=tuple(again if g is first else g for g in page.grids))

    def _learnt(self, before: Growing, page: PageRead) -> Growing:
        """The table, its first page in the columns that the next page shows, where that shows more of them."""
        first = min(page.filled, key=lambda g: g.grid.ys[0], default=None)
        start = before.start
        if first is None or start is None or self.foot is not None or len(before.pages) != 1 or page.number != before.pages[0] + 1:
            return before
        if first.grid.ruled != before.ruled or len(first.grid.xs) <= len(before.xs) or (fit := before.fits(first, page.number)) is None:
            return before
        if fit.new != identity(len(first.grid.xs) - 1):
            return before
        if before.ruled:
            again = parted(start, fit.xs, Fit(fit.new, fit.old, fit.xs))
        else:
            heads = {folded(line.text) for c in first.cells if c.box.row < (first.grid.heading_rows or 1) for line in c.lines}
            again = recut(start, fit.xs, read_to_known(first, fit.new, fit.xs).inks, heads.__contains__)
        if again is start:
            return before
        self.open = Growing(again.grid.xs, again.grid.ruled, before.title, before.above, uncut=before.uncut)
        self.open.begin(again, before.pages[0])
        return self.open

    def _with_rest(self, before: Growing, page: PageRead, prose: Sequence[Prose]) -> PageRead:
        """The page, its text in the columns of the table before taken from the prose into a grid."""
        if before.before is None or not before.pages or page.number != before.pages[-1] + 1 or before.bottom < FULL * self.height:
            return page
        grids = sorted(page.filled, key=lambda g: g.grid.ys[0])
        first, end = None, None
        if grids:
            fit = before.fits(grids[0], page.number)
            if fit is None or not fit.plain or before.repeats(grids[0], page.number, fit):
                end = grids[0].grid.ys[0]  # another table begins there
            else:
                first = grids[0], fit
        furniture = [p.place.bbox for p in prose if p.place.bbox and self.talk.known(p)]
        known = read_to_known(*before.before, before.xs)
        return page_with_rest(page, before.xs, known, first, furniture, before.titles_column, before.goes_on_with, end)

    def _perhaps_a_rest(self, before: Growing, page: PageRead, above: Sequence[Prose]) -> list[Doubt]:
        """Lines at the top of a page, under columns like those of the table before, that begin where its columns begin
        and are no title: perhaps the rest of a cut row. They are left out as prose; that they may be a row's is said."""
        spoken = self._spoken(above)
        begun = [p for p in spoken if begins(p, before.xs[1:-1], page)]
        if not begun or all(titular(p.text) and p.rank > 0 for p in spoken):
            return []
        return [Doubt("row_over_page", f"the text at the top of page {page.number} is in no cell; it may be the rest of the row before it", tuple(p.place for p in begun))]

    def _spoken(self, prose: Sequence[Prose]) -> list[Prose]:
        """Lines that are no furniture and no notes."""
        return [p for p in prose if not self.talk.repeated(p) and NOTE.match(p.text, timeout=PATIENCE) is None]

    def _perhaps_rows(self, page: PageRead, prose: Sequence[Prose]) -> Doubt | None:
        """Lines below the last table of a page that begin where several of its columns begin: perhaps rows of it. Said, unless
        the next page shows whose they are."""
        table = self.open
        if table is None or table.pages[-1] != page.number or not page.grids:
            return None
        bottom = max(g.grid.ys[-1] for g in page.grids)
        begun: dict[int, list[Place]] = {}
        for p in self._spoken([p for p in prose if p.place.bbox and p.place.bbox[1] > bottom - 2]):
            for k in begins(p, table.xs[:-1], page):
                begun.setdefault(k, []).append(p.place)
        bare = bool(table.drafts) and table.drafts[-1].page != page.number  # the page has only the heading again
        if not begun or (not bare and len(begun) < max(3, len(table.xs) / 3) and not right_below(page, bottom, table.xs)):
            return None
        return Doubt("row_over_page", f"lines below the table of page {page.number} begin where its columns begin, and are in no cell; they may be rows", tuple(x for found in begun.values() for x in found))

    def _grid(self, read: GridRead, page: int, first: bool) -> None:
        rows = len(read.grid.ys) - 1
        apart_already = not self.abreast or not first or captioned([p.text for p in self.talk.waiting])
        again = None if apart_already or self.open is None or self.open.start is None else beside(self.open.start, read)
        again = again if again is not None and again.sure else None
        fit = self.open.fits(read, page) if self.open is not None else None
        if self.open is not None and fit is not None and first and again is None:
            if self.foot is not None and self.open.completes(self.foot.read, self.foot.page, read, page, fit):
                taken = {id(p) for p in self.foot.prose}
                self.talk.waiting = [p for p in self.talk.waiting if id(p) not in taken]
                self.open.add(self.foot.read, self.foot.page)
                self.perhaps = None
            loose = [p for p in self.talk.waiting if p.place.page == page and self.open.heads(folded(p.text))]
            words = "".join(folded(p.text) for p in loose)
            if self._goes_on(self.open, read, page, fit, words, loose):
                self.talk.passed({id(p) for p in loose})
                self.open.go_on(read, page, fit, words, self.clipped)
                self.open_rows += rows
                return
        if fit is not None and not first and not self.talk.speaking() and self.open_rows:
            self.stacked.append(self.open_rows)  # tables of one form below each other, with nothing between: cards
        elif fit is None:
            self.stacked = []
        edges = self.open.edges if self.open is not None else []
        self._close()
        self.right, self.left = (again.same, edges) if again is not None else (None, [])
        title, above = self.talk.open_table()
        self.open = Growing(read.grid.xs, read.grid.ruled, title, above, uncut=again is not None)
        self.open.begin(read, page)
        self.open_rows = rows

    def _goes_on(self, table: Growing, read: GridRead, page: int, fit: Fit, words: str, loose: Sequence[Prose]) -> bool:
        """Whether the first grid of a page goes on with the last table of the page before."""
        if table.pages and page != table.pages[-1] + 1:
            return False
        heads = {id(p) for p in loose}
        speaking = [p for p in self.talk.speaking() if id(p) not in heads and NOTE.match(p.text, timeout=PATIENCE) is None]
        repeats = table.repeats(read, page, fit, words)
        if speaking:
            return repeats and not any(titular(p.text) for p in speaking)
        if self.stacked and self.open_rows in self.stacked:
            return False
        return repeats or not loose

    def _close(self) -> None:
        if self.open is None:
            return
        table = self.open.table()
        if self.talk.title is None and not self.tables:
            self.talk.title = table.title
        if self.right is not None:  # its rows are those of the table before
            whole = tables_beside(self.tables[-1], table, self.right)
            if whole is not None:
                table = whole[0]
                self.left_out += whole[1]
                del self.tables[-1]
            elif self.open.start is not None:
                self.doubts.append(apart((self.tables[-1].pages[0], table.pages[0]), self.open.start.grid))
        self.tables.append(table)
        self.left_out += self.open.left_out
        self.doubts += self.open.doubts
        self.open = None

    def done(self) -> Stitched:
        self._close()
        if self.perhaps is not None:
            self.doubts.append(self.perhaps)
        left_out = (*self.left_out, *self.talk.done())
        order = sorted(range(len(left_out)), key=lambda k: (left_out[k].place.page or 0, k))
        return Stitched(
            tuple(self.tables), self.talk.title, tuple(left_out[k] for k in order), tuple(self.witness), tuple(self.doubts), self.pages
        )


def right_below(page: PageRead, bottom: float, xs: Sequence[float]) -> bool:
    """Whether lines go on right below a table that ends at `bottom`, in two of its columns, each where its column begins."""
    columns: set[int] = set()
    lines = 0
    for x in sorted((x for x in page.prose if x.bbox[1] > bottom - 2), key=lambda x: x.bbox[1]):
        if x.bbox[1] - bottom >= CLOSE or NOTE.match(x.text, timeout=PATIENCE):
            break
        bottom, lines = max(bottom, x.bbox[3]), lines + 1
        columns |= {*columns_at(x.bbox[0], xs[:-1], x.size)}
    return len(columns) >= 2 and lines >= LINES


def begins(line: Prose, xs: Sequence[float], page: PageRead) -> list[int]:
    """Which of some column edges a line of a page begins at."""
    size = max((x.size for x in page.prose), default=10.0)
    return columns_at(line.place.bbox[0], xs, size) if line.place.bbox else []


def columns_at(x: float, xs: Sequence[float], size: float) -> list[int]:
    """Which of some column edges a text of this font size begins at."""
    return [k for k, left in enumerate(xs) if -0.5 * size <= x - left <= 1.5 * size]
