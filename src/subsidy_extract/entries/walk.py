"""The tables of a document, one after the other → their readings: lists, cards and the rest, and what goes on from one table to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from subsidy_extract.compiled import compiled
from subsidy_extract.entries.boxes import read_boxes
from subsidy_extract.entries.cards import holds_cards, may_hold_cards, read_cards
from subsidy_extract.entries.fold import fold, one_line
from subsidy_extract.entries.grid import GridRow, places
from subsidy_extract.entries.heads import Headings, changed, heads_of
from subsidy_extract.entries.kinds import is_note, total_in
from subsidy_extract.entries.lists import read_list
from subsidy_extract.entries.meaning import meaning_of
from subsidy_extract.entries.nouns import Head, Raw, Total
from subsidy_extract.entries.reading import Reading
from subsidy_extract.model import Cell, Document, Doubt, Piece, Place, Table

CONTENT = frozenset({"eligibility", "summary", "eligible_costs", "rate_text", "amount_text", "period_text", "contact", "site", "remarks", "budget", "loan"})
"""A list says at least one of these of its programmes; a table of contents does not."""


class Walk:
    """The tables of a document from the first to the last: what each is, and what it hands on to those after it."""

    def __init__(
        self, document: Document, told: Mapping[str, str] | None, grids: Sequence[Sequence[GridRow]], found: Sequence[Headings | None]
    ) -> None:
        self.document, self.told, self.grids, self.found = document, told, grids, found
        self.lists = _lists(found) - _indexes(found, grids)
        self.inside = _titles_inside(document, grids, found, self.lists)
        self.lines = _title_lines(document)
        # what comes of the tables
        self.readings: list[tuple[int, Reading]] = []
        self.doubts: list[Doubt] = []
        self.names: set[int] = set()  # title lines that are the name of a card
        self.framed: set[str] = set()  # the keys of boxes in frames
        self.aside: list[tuple[Sequence[GridRow], Sequence[Head | None]]] = []  # rows and headings of what is no list
        # what goes on from table to table
        self.before: Headings | None = None
        self.section: str | None = None
        self.last: Raw | None = None
        self.banner: str | None = None  # a section that stands in a grid of its own

    def take(self, i: int, table: Table) -> None:
        """One table: a list, cards, the rest of the list before it, or none of these."""
        rows, headings = self.grids[i], self.found[i]
        title = _section(table, self.document) or self.banner or self.inside.get(i)
        if i in self.lists and headings is not None:
            reading = self._list(i, rows, headings, title)
        elif (cards := self._cards(i, rows, title)) is not None:
            reading = cards
        elif headings is None and self.before is not None and rows and len(rows[0].cells) == len(self.before.heads) and table.width > 1:
            self.before = Headings(self.before.heads, 0, 0)
            reading = read_list(i, rows, self.before, title or self.section, self.told, self.last if title is None else None)
            reading.doubts.insert(0, Doubt("no_heading", "a table without headings continues the one before", first_places(rows)))
        else:
            self._put_aside(i, rows, headings)
            return
        self.banner = None
        if reading.raws:
            self.section, self.last = reading.raws[-1].section, reading.raws[-1]
        self.readings.append((i, reading))

    def _list(self, i: int, rows: Sequence[GridRow], headings: Headings, title: str | None) -> Reading:
        """A list; it goes on with the one before it when it has no title and their headings agree. Cards may stand below it."""
        heads, goes_on, more = headings.heads, False, list[Doubt]()
        if self.before is not None and title is None:
            heads, changes = changed(self.before.heads, headings.heads)
            more = [_change(a, b) for _, a, b in changes]
            goes_on = bool(changes) or _same(self.before.heads, headings.heads)
        self.section = self.section if goes_on else title
        self.before = Headings(heads, headings.first, headings.end)
        below = _cards_below(rows, headings, self.told)
        reading = read_list(i, rows[:below], self.before, self.section, self.told, self.last if goes_on else None)
        reading.doubts[:0] = more
        if below < len(rows) and (cards := read_cards(i, rows[below:], self.section, None, self.told)) is not None:
            self.readings.append((i, reading))
            self.before = None
            return cards
        return reading

    def _cards(self, i: int, rows: Sequence[GridRow], title: str | None) -> Reading | None:
        """The key/value boxes of a table, ruled or of lines of text."""
        line = self.lines.get(i)
        cell = _title_cell(title, line, self.document)
        reading = read_cards(i, rows, self.section, cell, self.told) or read_boxes(i, rows, cell.text if cell is not None else self.section, self.told)
        if reading is not None:
            self.before = None
            self.framed.update(h.fold for _, h in reading.heads)
            if reading.named_above and line is not None:
                self.names.add(line)
        return reading

    def _put_aside(self, i: int, rows: Sequence[GridRow], headings: Headings | None) -> None:
        reading, self.banner = _aside(rows, self.banner)
        if any(out.reason == "other_table" for out in reading.left) and not _contents(rows):
            self.doubts.append(Doubt("table_left_out", _sample(rows), first_places(rows)))
            self.aside.append((rows, headings.heads if headings is not None else top(rows, self.told)))
        self.readings.append((i, reading))


def _same(old: Sequence[Head | None], new: Sequence[Head | None]) -> bool:
    return [h and h.fold for h in old] == [h and h.fold for h in new]


def _change(before: Head, now: Head) -> Doubt:
    return Doubt("heading_changed", f"{before.text} → {now.text}", tuple(p for c in now.cells for p in places(c)), (before.meaning.keys or ("extra",))[0])


def _cards_below(rows: Sequence[GridRow], headings: Headings, told: Mapping[str, str] | None) -> int:
    """Where cards begin below the list in one grid (a sheet has them under each other), with the lone line above them;
    len(rows) where there are none."""
    may = may_hold_cards(rows, told)
    for r in range(headings.end + 1, len(rows) - 2):
        cell = rows[r].cells[0]
        if may[r] and cell is not None and 0 < len(cell.text) <= 30 and "name" in meaning_of((cell.text,), told).keys and holds_cards(rows[r:], told):
            return r - 1 if len(rows[r - 1].standing()) == 1 and r - 1 > headings.end else r
    return len(rows)


# ── which tables are lists ───────────────────────────────────────────────────────────────────────
def _lists(found: Sequence[Headings | None]) -> set[int]:
    """The tables that are lists of programmes: names and something about them; names alone where nothing else is there."""
    named = {i for i, h in enumerate(found) if h is not None and "name" in h.known()}
    full = {i for i in named if (h := found[i]) is not None and h.known() & CONTENT}
    return full or named


_PAGE = frozenset(map(fold, ("ページ", "頁", "掲載頁", "該当頁", "掲載ページ", "該当ページ", "ページ番号", "P")))


def _indexes(found: Sequence[Headings | None], grids: Sequence[Sequence[GridRow]]) -> set[int]:
    """Indexes of the lists that follow: a column of pages, and most of their names stand in another table."""
    names: dict[int, set[str]] = {}
    for i, h in enumerate(found):
        column = next((c for c, head in enumerate(h.heads) if head and "name" in head.meaning.keys), None) if h else None
        if h is not None and column is not None:
            names[i] = {fold(cell.text) for row in grids[i][h.end :] if (cell := row.cells[column]) is not None and cell.text.strip()}
    out: set[int] = set()
    for i, mine in names.items():
        h = found[i]
        if h is not None and mine and any(head and head.fold in _PAGE for head in h.heads):
            others = set().union(*(theirs for k, theirs in names.items() if k != i))
            if len(mine & others) * 2 > len(mine):
                out.add(i)
    return out


# ── titles and sections ──────────────────────────────────────────────────────────────────────────
_NO_SECTION = frozenset(map(fold, ("目次", "もくじ", "はじめに", "凡例", "目録", "索引", "表紙")))


def _section(table: Table, document: Document) -> str | None:
    """The title above a table, unless it is the title of the whole document."""
    title = one_line(table.title) if table.title else None
    if title is None or fold(title) in _NO_SECTION or (document.title and fold(title) == fold(document.title)):
        return None
    return title


def _title_lines(document: Document) -> dict[int, int]:
    """Table → the line left out that is its title (index in document.left_out), each line for one table, in their order."""
    at = [k for k, out in enumerate(document.left_out) if out.reason == "title"]
    lines: dict[int, int] = {}
    for i, table in enumerate(document.tables):
        line = next((k for k in at if table.title and fold(document.left_out[k].text) == fold(table.title)), None)
        if line is not None:
            lines[i] = line
            at.remove(line)
    return lines


def _title_cell(title: str | None, line: int | None, document: Document) -> Cell | None:
    """The title above a table with its place, where it stands in the source as a line of its own."""
    if title is None:
        return None
    out = document.left_out[line] if line is not None else None
    return Cell(title, (Piece(out.text, out.place),) if out is not None and fold(out.text) == fold(title) else ())


def _titles_inside(document: Document, grids: Sequence[Sequence[GridRow]], found: Sequence[Headings | None], lists: set[int]) -> dict[int, str]:
    """The title rows over the headings inside the tables, where several lists of a document have titles of their own."""
    titles: dict[int, str] = {}
    for i in lists:
        h = found[i]
        for row in grids[i][: h.first] if h is not None else ():
            text = " ".join(one_line(cell.text) for _, cell in row.standing())
            if text and len(text) <= 60 and not is_note(text):
                titles[i] = text
    often = Counter(fold(t) for t in titles.values())
    whole = fold(document.title) if document.title else ""
    return {i: t for i, t in titles.items() if len(lists) > 1 and often[fold(t)] == 1 and fold(t) != whole and (whole or i != min(lists))}


# ── what is no list ──────────────────────────────────────────────────────────────────────────────
def _aside(rows: Sequence[GridRow], banner: str | None) -> tuple[Reading, str | None]:
    """A table that is no list: one or two lines in boxes are a note, a printed total or the section of what follows."""
    reading = Reading()
    standing = [cell for row in rows for _, cell in row.standing()]
    few = len(standing) <= 2 and all(len(row.standing()) <= 1 for row in rows)
    for cell in standing:
        text = one_line(cell.text)
        if few and total_in(text)[0]:
            reading.totals.append(Total(text, total_in(text)[1], -1, places(cell)))
            reading.out([cell], "total")
        elif few and is_note(text):
            reading.notes.append(text)
            reading.out([cell], "note")
        elif few and len(text) <= 40:
            banner = text
            reading.out([cell], "section")
        else:
            reading.out([cell], "other_table")
    return reading, banner


_LEADER = compiled(r"[…･・.．‥]{3,}|\.{4,}")


def _contents(rows: Sequence[GridRow]) -> bool:
    """A table of contents: leaders (……) in most of its rows."""
    dotted = sum(any(_LEADER.search(cell.text) for _, cell in row.standing()) for row in rows)
    return dotted * 2 > len(rows)


def first_places(rows: Sequence[GridRow]) -> tuple[Place, ...]:
    """Where the first row of a table stands: at most four of its cells."""
    return tuple(p for row in rows[:1] for _, cell in row.standing() for p in places(cell))[:4]


def _sample(rows: Iterable[GridRow]) -> str:
    return " | ".join(one_line(cell.text)[:20] for row in rows for _, cell in row.standing())[:120]


def top(rows: Sequence[GridRow], mapping: Mapping[str, str] | None) -> tuple[Head | None, ...]:
    """The first row with several cells as headings, where nobody knows the headings of a table."""
    first = next((r for r, row in enumerate(rows) if len(row.standing()) > 1), None)
    return () if first is None else heads_of(rows, first, first + 1, mapping)
