"""Rows of the tables → what became of each: of a programme, a heading, a section, left out; none without an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from subsidy_extract.entries import Understood
from subsidy_extract.frame import columns_of
from subsidy_extract.model import Document, LeftOut, Place, Record, Row, RowCount

# why a row is in no programme → the member of RowCount that counts it
REASONS = {"heading": "headings", "section": "sections", "title": "titles", "total": "totals", "note": "notes", "other_table": "other_tables"}


def count_rows(document: Document, understood: Understood, records: Iterable[Record]) -> RowCount:
    """Every row of every table, once."""
    records = tuple(records)
    cells, places = _owned(records)
    why = {(out.place, out.text): REASONS.get(out.reason, "other") for out in understood.left_out}
    rows = [row for table in document.tables for row in table.rows]
    counts = Counter(_what(row, cells, places, why) for row in rows)
    return RowCount(
        read=len(rows), joined_over_pages=sum(_pages(row) > 1 for row in rows), headings_repeated=_repeated(document.left_out),
        programs=len(records), **counts,
    )  # fmt: skip


def _owned(records: Iterable[Record]) -> tuple[set[int], set[Place]]:
    """The cells of the programmes, and where they stand (a cell that was taken apart is another cell in the same place)."""
    cells: set[int] = set()
    places: set[Place] = set()
    for record in records:
        for _, column in columns_of(record.entry):
            for at in column.cells:
                cells.add(id(at.cell))
                places.update(p.place for p in at.cell.pieces)
    return cells, places - {Place()}  # Word and HTML have no places


def _what(row: Row, cells: set[int], places: set[Place], why: dict[tuple[Place, str], str]) -> str:
    own = [c for c in row.cells if c is not None]
    if any(id(c) in cells for c in own):
        return "of_programs"
    written = [c for c in own if c.text.strip()]
    if not written:
        return "empty" if own else "of_programs"  # all of it lies under merged cells of the row above
    pieces = [(p.place, p.text) for c in written for p in c.pieces]
    reasons = Counter(why[p] for p in pieces if p in why)
    if reasons:
        return reasons.most_common(1)[0][0]
    return "of_programs" if any(place in places for place, _ in pieces) else "other"


def _pages(row: Row) -> int:
    """On how many pages a row stands; a merged cell reaches further than its row."""
    return len({p.place.page for c in row.cells if c is not None and c.row_span == 1 for p in c.pieces if p.place.page})


def _repeated(left_out: Iterable[LeftOut]) -> int:
    """Headings that came again on a later page and were taken away: lines of text, or bands of a page."""
    lines: set[tuple[int | None, int]] = set()
    bands: dict[int, list[tuple[float, float]]] = {}
    for out in left_out:
        if out.reason != "heading":
            continue
        if out.place.line:
            lines.add((out.place.page, out.place.line))
        elif out.place.bbox and out.place.page:
            bands.setdefault(out.place.page, []).append((out.place.bbox[1], out.place.bbox[3]))
    count = len(lines)
    for spans in bands.values():
        reach = float("-inf")
        for top, bottom in sorted(spans):
            count += top >= reach
            reach = max(reach, bottom)
    return count
