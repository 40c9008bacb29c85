"""A document → its programmes: which tables are lists, which are cards, and what each record says once its marks are resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from subsidy_extract.entries.blanks import fill_blanks
from subsidy_extract.entries.boxes import box_of, lines_of
from subsidy_extract.entries.cards import holds_cards
from subsidy_extract.entries.decks import one_deck
from subsidy_extract.entries.fold import fold, one_line
from subsidy_extract.entries.grid import GridRow, grid_of, places
from subsidy_extract.entries.heads import Headings, find_headings
from subsidy_extract.entries.joined import joined_headings
from subsidy_extract.entries.kinds import total_in
from subsidy_extract.entries.nouns import Head, HeadingSeen, Total, Understood
from subsidy_extract.entries.prose import boxes_in
from subsidy_extract.entries.reading import Reading
from subsidy_extract.entries.units import units_of
from subsidy_extract.entries.values import Marks, entry_of
from subsidy_extract.entries.walk import CONTENT, Walk, first_places, top
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Document, Doubt, Entry, LeftOut, Place, Row


def _folded(mapping: Mapping[str, str] | None) -> dict[str, str] | None:
    return {fold(k): v for k, v in mapping.items()} if mapping else None


def entries(document: Document, mapping: Mapping[str, str] | None = None) -> Understood:
    """The programmes of a document, numbered through all its tables.

    mapping: headings set by hand, published heading → key of columns.COLUMNS (several joined by a comma; `extra` for
    none). Raises ExtractError NO_NAME_COLUMN, naming the headings seen, when no table names programmes.
    """
    told = _folded(mapping)
    grids, found = _grids(document, told)
    walk = Walk(document, told, grids, found)
    for i, table in enumerate(document.tables):
        walk.take(i, table)
    readings, doubts = walk.readings, walk.doubts
    doubts.extend(_columns_apart(walk.aside, readings))
    doubts.extend(d for _, r in readings for d in joined_headings(r.heads, told))
    readings, taken = _with_boxes(document, readings, told, frozenset(walk.framed))
    doubts.extend(fill_blanks([raw for _, r in readings for raw in r.raws]))
    if not any(r.raws for _, r in readings):
        raise _no_names(document, grids, found)
    return _understood(document, readings, doubts, taken | walk.names)


def _grids(document: Document, told: Mapping[str, str] | None) -> tuple[list[Sequence[GridRow]], list[Headings | None]]:
    """The rows of each table and its headings; a table of cards has none."""
    grids: list[Sequence[GridRow]] = []
    found: list[Headings | None] = []
    for table in document.tables:
        rows, heading_rows = one_deck(grid_of(table), table.heading_rows, told)
        grids.append(rows)
        found.append(None if rows and holds_cards(rows, told) else find_headings(rows, heading_rows, told))
    return grids, found


def _columns_apart(aside: Sequence[tuple[Sequence[GridRow], Sequence[Head | None]]], readings: Sequence[tuple[int, Reading]]) -> Iterable[Doubt]:
    """Tables without names that say what the lists do not say of their programmes at all: they seem to be more columns of
    these, on pages of their own. aside: their rows and headings."""
    said = {key for _, r in readings for _, head in r.heads for key in head.meaning.keys}
    found = [(rows, [h for h in heads if h and CONTENT & set(h.meaning.keys)]) for rows, heads in aside if len(rows) > 3]
    apart = [(rows, heads) for rows, heads in found if heads and not any(said & set(h.meaning.keys) for h in heads)]
    if apart and "name" in said:
        names = "、".join(dict.fromkeys(h.text for _, heads in apart for h in heads))
        detail = f"a table without names has what the list does not say: {names}; its columns seem to be the list's, printed on pages of their own, and were not put beside the others"
        yield Doubt("columns_apart", detail, tuple(p for rows, _ in apart for p in first_places(rows)[:1]))


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


def _no_names(document: Document, grids: Sequence[Sequence[GridRow]], found: Sequence[Headings | None]) -> ExtractError:
    seen = [h.text for f in found if f for h in f.heads if h] or [h.text[:20] for rows in grids for h in top(rows, None) if h]
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
        heads = found.heads if found else () if i in known else top(grid_of(table), _folded(mapping))
        seen.extend(_seen(i, c, h) for c, h in enumerate(heads) if h is not None)
    return tuple(sorted(seen, key=lambda h: h.table))


def _seen(table: int, column: int, head: Head) -> HeadingSeen:
    m = head.meaning
    return HeadingSeen(table, column, head.text, m.keys, m.unit, m.area_code, m.candidates, m.how, tuple(p for cell in head.cells for p in places(cell)))


__all__ = ["entries", "headings"]
