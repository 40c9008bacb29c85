"""A document → its programmes: which tables are lists, which are cards, and what each record says once its marks are resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from subsidy_extract.compiled import compiled
from subsidy_extract.entries.blanks import fill_blanks
from subsidy_extract.entries.boxes import box_of, lines_of, read_boxes
from subsidy_extract.entries.cards import holds_cards, may_hold_cards, read_cards
from subsidy_extract.entries.decks import one_deck
from subsidy_extract.entries.fold import fold, one_line
from subsidy_extract.entries.grid import GridRow, grid_of, places
from subsidy_extract.entries.heads import Headings, changed, find_headings, heads_of
from subsidy_extract.entries.joined import joined_headings
from subsidy_extract.entries.kinds import is_note, total_in
from subsidy_extract.entries.lists import read_list
from subsidy_extract.entries.meaning import meaning_of
from subsidy_extract.entries.nouns import Head, HeadingSeen, Raw, Total, Understood
from subsidy_extract.entries.prose import boxes_in
from subsidy_extract.entries.reading import Reading
from subsidy_extract.entries.units import units_of
from subsidy_extract.entries.values import Marks, entry_of
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Cell, Document, Doubt, Entry, LeftOut, Piece, Place, Row, Table

CONTENT = frozenset({"eligibility", "summary", "eligible_costs", "rate_text", "amount_text", "period_text", "contact", "site", "remarks", "budget", "loan"})
"""A list says at least one of these of its programmes; a table of contents does not."""


def _folded(mapping: Mapping[str, str] | None) -> dict[str, str] | None:
    return {fold(k): v for k, v in mapping.items()} if mapping else None


_NO_SECTION = frozenset(map(fold, ("目次", "もくじ", "はじめに", "凡例", "目録", "索引", "表紙")))


def _section(table: Table, document: Document) -> str | None:
    """The title above a table, unless it is the title of the whole document."""
    title = one_line(table.title) if table.title else None
    if title is None or fold(title) in _NO_SECTION or (document.title and fold(title) == fold(document.title)):
        return None
    return title


def entries(document: Document, mapping: Mapping[str, str] | None = None) -> Understood:
    """The programmes of a document, numbered through all its tables.

    mapping: headings set by hand, published heading → key of columns.COLUMNS (several joined by a comma; `extra` for
    none). Raises ExtractError NO_NAME_COLUMN, naming the headings seen, when no table names programmes.
    """
    told = _folded(mapping)
    grids: list[Sequence[GridRow]] = []
    found: list[Headings | None] = []
    for t in document.tables:
        rows, heading_rows = one_deck(grid_of(t), t.heading_rows, told)
        grids.append(rows)
        found.append(find_headings(rows, heading_rows, told))
    cards_in = {i for i, rows in enumerate(grids) if rows and holds_cards(rows, told)}
    found = [None if i in cards_in else h for i, h in enumerate(found)]
    lists = _lists(found) - _indexes(found, grids)
    lines = _title_lines(document)
    names: set[int] = set()
    framed: set[str] = set()  # the keys of boxes in frames
    readings: list[tuple[int, Reading]] = []
    doubts: list[Doubt] = []
    before: Headings | None = None
    section: str | None = None
    last: Raw | None = None
    inside = _titles_inside(document, grids, found, lists)
    aside: list[tuple[Sequence[GridRow], Sequence[Head | None]]] = []
    banner: str | None = None  # a section that stands in a grid of its own
    for i, (table, rows) in enumerate(zip(document.tables, grids, strict=True)):
        headings = found[i]
        title = _section(table, document) or banner or inside.get(i)
        goes_on = title is None and before is not None
        if i in lists and headings is not None:
            more: list[Doubt] = []
            heads = headings.heads
            if before is not None and title is None:
                heads, changes = changed(before.heads, headings.heads)
                more = [_change(a, b) for _, a, b in changes]
                goes_on = bool(changes) or _same(before.heads, headings.heads)
            section = section if goes_on else title
            before = Headings(heads, headings.first, headings.end)
            below = _cards_below(rows, headings, told)
            reading = read_list(i, rows[:below], before, section, told, last if goes_on else None)
            reading.doubts[:0] = more
            if below < len(rows) and (cards := read_cards(i, rows[below:], section, None, told)) is not None:
                readings.append((i, reading))
                reading, before = cards, None
        elif (cards := _cards(i, rows, section, _title_cell(title, lines.get(i), document), told)) is not None:
            reading, before = cards, None
            framed.update(h.fold for _, h in cards.heads)
            if cards.named_above and lines.get(i) is not None:
                names.add(lines[i])
        elif headings is None and before is not None and rows and len(rows[0].cells) == len(before.heads) and table.width > 1:
            before = Headings(before.heads, 0, 0)
            reading = read_list(i, rows, before, title or section, told, last if goes_on else None)
            reading.doubts.insert(0, Doubt("no_heading", "a table without headings continues the one before", _first_places(rows)))
        else:
            reading, banner = _aside(rows, banner)
            if any(out.reason == "other_table" for out in reading.left) and not _contents(rows):
                doubts.append(Doubt("table_left_out", _sample(rows), _first_places(rows)))
                aside.append((rows, headings.heads if headings is not None else _top(rows, told)))
            readings.append((i, reading))
            continue
        banner = None
        if reading.raws:
            section, last = reading.raws[-1].section, reading.raws[-1]
        readings.append((i, reading))
    doubts.extend(_columns_apart(aside, readings))
    doubts.extend(d for _, r in readings for d in joined_headings(r.heads, told))
    readings, taken = _with_boxes(document, readings, told, frozenset(framed))
    doubts.extend(fill_blanks([raw for _, r in readings for raw in r.raws]))
    if not any(r.raws for _, r in readings):
        raise _no_names(document, grids, found)
    return _understood(document, readings, doubts, taken | names)


def _columns_apart(aside: Sequence[tuple[Sequence[GridRow], Sequence[Head | None]]], readings: Sequence[tuple[int, Reading]]) -> Iterable[Doubt]:
    """Tables without names that say what the lists do not say of their programmes at all: they seem to be more columns of
    these, on pages of their own. aside: their rows and headings."""
    said = {key for _, r in readings for _, head in r.heads for key in head.meaning.keys}
    found = [(rows, [h for h in heads if h and CONTENT & set(h.meaning.keys)]) for rows, heads in aside if len(rows) > 3]
    apart = [(rows, heads) for rows, heads in found if heads and not any(said & set(h.meaning.keys) for h in heads)]
    if apart and "name" in said:
        names = "、".join(dict.fromkeys(h.text for _, heads in apart for h in heads))
        detail = f"a table without names has what the list does not say: {names}; its columns seem to be the list's, printed on pages of their own, and were not put beside the others"
        yield Doubt("columns_apart", detail, tuple(p for rows, _ in apart for p in _first_places(rows)[:1]))


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


def _cards_below(rows: Sequence[GridRow], headings: Headings, told: Mapping[str, str] | None) -> int:
    """Where cards begin below the list in one grid (a sheet has them under each other), with the lone line above them;
    len(rows) where there are none."""
    may = may_hold_cards(rows, told)
    for r in range(headings.end + 1, len(rows) - 2):
        cell = rows[r].cells[0]
        if may[r] and cell is not None and 0 < len(cell.text) <= 30 and "name" in meaning_of((cell.text,), told).keys and holds_cards(rows[r:], told):
            return r - 1 if len(rows[r - 1].standing()) == 1 and r - 1 > headings.end else r
    return len(rows)


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


def _with_boxes(
    document: Document, readings: list[tuple[int, Reading]], told: Mapping[str, str] | None, framed: frozenset[str]
) -> tuple[list[tuple[int, Reading]], frozenset[int]]:
    """The readings of the tables with those of boxes that only lines of prose make, each where it stands; and which lines these are."""
    boxes = boxes_in(document.left_out, told, framed)
    if not boxes:
        return readings, frozenset()
    placed = [(_stands(document.tables[i].rows), (i, reading)) for i, reading in readings]
    taken: set[int] = set()
    section: str | None = None
    for box in boxes:
        first = document.left_out[box.lines[0]].place
        here = (first.page or 1, first.bbox[1] if first.bbox else float(first.line or 0))
        at = next((k for k, (there, _) in enumerate(placed) if there > here), len(placed))
        above = one_line(document.left_out[box.section].text) if box.section is not None else None
        if above is not None and not (document.title and fold(above) == fold(document.title)):
            section = above
        elif section is None:
            section = next((r.raws[-1].section for _, (_, r) in reversed(placed[:at]) if r.raws), None)
        reading = Reading()
        raw = box_of(-1, lines_of([box.cell(document.left_out)], told), section, told, reading)
        if raw is not None:
            reading.raws.append(raw)
            taken.update(box.lines)
            placed.insert(at, (here, (-1, reading)))
    return [r for _, r in placed], frozenset(taken)


def _stands(rows: Sequence[Row]) -> tuple[int, float]:
    """Page and height (or line) of the first cell of a table."""
    place = next((p.place for row in rows for cell in row.cells if cell for p in cell.pieces), Place())
    return (place.page or 1, place.bbox[1] if place.bbox else float(place.line or 0))


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


def _cards(i: int, rows: Sequence[GridRow], section: str | None, title: Cell | None, told: Mapping[str, str] | None) -> Reading | None:
    """The key/value boxes of a table, ruled or of lines of text."""
    return read_cards(i, rows, section, title, told) or read_boxes(i, rows, title.text if title is not None else section, told)


def _same(old: Sequence[Head | None], new: Sequence[Head | None]) -> bool:
    return [h and h.fold for h in old] == [h and h.fold for h in new]


def _change(before: Head, now: Head) -> Doubt:
    return Doubt("heading_changed", f"{before.text} → {now.text}", tuple(p for c in now.cells for p in places(c)), (before.meaning.keys or ("extra",))[0])


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


def _first_places(rows: Sequence[GridRow]) -> tuple:  # type: ignore[type-arg]
    return tuple(p for row in rows[:1] for _, cell in row.standing() for p in places(cell))[:4]


def _sample(rows: Iterable[GridRow]) -> str:
    return " | ".join(one_line(cell.text)[:20] for row in rows for _, cell in row.standing())[:120]


def _no_names(document: Document, grids: Sequence[Sequence[GridRow]], found: Sequence[Headings | None]) -> ExtractError:
    seen = [h.text for f in found if f for h in f.heads if h] or [h.text[:20] for rows in grids for h in _top(rows, None) if h]
    if not grids:
        return ExtractError(Exit.NO_TABLE, f"no table found{unreadable(document)}", "Give the list itself, or its pages with --pages")
    shown = "、".join(dict.fromkeys(seen[:24])) or "none"
    why = unreadable(document)
    return ExtractError(
        Exit.NO_NAME_COLUMN,
        f"no heading names the programmes{why}; the headings seen are: {shown}",
        "Get another version of the file, or run OCR over it first" if why
        else "Map one to name in a .toml beside the source or with --columns (see: subsidy-extract fields --source FILE)",
    )  # fmt: skip


def unreadable(document: Document) -> str:
    """Which pages have no text that can be read, and why; empty where all have."""
    said = []
    for code, one, many in (
        ("unknown_font", "the fonts of page {} do not say which characters they draw", "the fonts of pages {} do not say which characters they draw"),
        ("picture_page", "page {} is a picture", "pages {} are pictures"),
    ):
        pages = sorted({p.page for d in document.doubts if d.code == code for p in d.places if p.page})
        if pages:
            said.append((many if len(pages) > 1 else one).format(", ".join(map(str, pages[:12])) + (" …" if len(pages) > 12 else "")))
    return f" ({'; '.join(said)})" if said else ""


def _heading_doubts(reading: Reading) -> Iterable[Doubt]:
    for _, head in reading.heads:
        where = tuple(p for c in head.cells for p in places(c))
        if head.meaning.how == "unknown":
            yield Doubt("unknown_heading", head.text, where, "extra")
        elif head.meaning.how == "guessed":
            yield Doubt("guessed_heading", f"{head.text} → {', '.join(head.meaning.keys)}", where, head.meaning.keys[0])


def _understood(document: Document, readings: Sequence[tuple[int, Reading]], doubts: list[Doubt], taken: frozenset[int]) -> Understood:
    marks = Marks()
    left: list[LeftOut] = []
    made: list[Entry] = []
    headings: list[HeadingSeen] = []
    totals: list[Total] = []
    told: set[Doubt] = set()
    prose = [out.text for out in document.left_out if out.reason in ("note", "prose")]
    for i, reading in readings:
        around = [*(document.tables[i].above if i >= 0 else ()), *reading.titles, *reading.notes]
        units = units_of((h for _, h in reading.heads), around, [*around, *prose])
        for raw in reading.raws:
            made.append(entry_of(len(made) + 1, raw, marks, units))
        headings.extend(_seen(i, c, head) for c, head in reading.heads)
        for d in (*reading.doubts, *_heading_doubts(reading)):
            if d not in told:
                told.add(d)
                doubts.append(d)
        # a total in a box of its own counts all programmes before it
        totals.extend(replace(t, counted=len(made)) if t.counted < 0 else t for t in reading.totals)
        left.extend(reading.left)
    left.extend(marks.left)
    for out in document.left_out:
        ok, says = total_in(one_line(out.text))
        if ok and says is not None:
            totals.append(Total(one_line(out.text), says, len(made), (out.place,)))
    return Understood(
        tuple(made), tuple(headings), tuple(left), tuple(totals), tuple(doubts),
        tuple(t for _, r in readings for t in r.titles), tuple(n for _, r in readings for n in r.notes), taken,
    )  # fmt: skip


def headings(document: Document, mapping: Mapping[str, str] | None = None) -> tuple[HeadingSeen, ...]:
    """How each heading of a document is understood, in lists, cards and the tables left out; never raises for want of names."""
    try:
        seen = list(entries(document, mapping).headings)
    except ExtractError:
        seen = []
    known = {h.table for h in seen}
    for i, table in enumerate(document.tables):
        found = find_headings(grid_of(table), table.heading_rows, _folded(mapping)) if i not in known else None
        heads = found.heads if found else () if i in known else _top(grid_of(table), _folded(mapping))
        seen.extend(_seen(i, c, h) for c, h in enumerate(heads) if h is not None)
    return tuple(sorted(seen, key=lambda h: h.table))


def _top(rows: Sequence[GridRow], mapping: Mapping[str, str] | None) -> tuple[Head | None, ...]:
    """The first row with several cells as headings, where nobody knows the headings of a table."""
    first = next((r for r, row in enumerate(rows) if len(row.standing()) > 1), None)
    return () if first is None else heads_of(rows, first, first + 1, mapping)


def _seen(table: int, column: int, head: Head) -> HeadingSeen:
    m = head.meaning
    return HeadingSeen(table, column, head.text, m.keys, m.unit, m.area_code, m.candidates, m.how, tuple(p for cell in head.cells for p in places(cell)))


__all__ = ["entries", "headings"]
