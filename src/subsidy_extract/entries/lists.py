"""A table with headings on top → its programmes in the raw, and every cell that is none of theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.entries.blanks import carry_merged
from subsidy_extract.entries.fold import one_line
from subsidy_extract.entries.grid import FROM_ABOVE, STANDS, GridRow, places
from subsidy_extract.entries.heads import (
    Headings,
    blocks_of,
    changed,
    first_above,
    heading_share,
    heads_of,
    same_heading,
)
from subsidy_extract.entries.kinds import is_note, is_programme_like, is_section_like, is_sentence, total_in
from subsidy_extract.entries.nouns import Head, Meaning, Raw, Total
from subsidy_extract.entries.reading import Reading, State
from subsidy_extract.entries.rows import take_row
from subsidy_extract.entries.sections import numbered_section, torn_section
from subsidy_extract.model import Cell, Doubt, LeftOut

_DIGITS = compiled(r"[\s（(]*[0-9０-９]{1,4}(?:[-－―‐.．][0-9０-９]{1,3})*[\s）).．]*")


def _single(row: GridRow, standing: list[tuple[int, Cell]], state: State, within: bool) -> str:
    """What a row with text in one place is: total, note, section, guessed_section, data. within: rows of programmes follow."""
    column, cell = standing[0]
    text = one_line(cell.text)
    if total_in(text)[0]:
        return "total"
    width = len(row.cells)
    covered = any(how == FROM_ABOVE for how in row.how)
    wide = cell.col_span >= max(2, width - 1) or (width > 3 and cell.col_span * 3 >= width * 2)
    named = next((c for c, h in enumerate(state.heads) if h and "name" in h.meaning.keys), 0)
    if is_note(text) and (wide or column == 0 or not (covered or (column > named and (within or is_sentence(text))))):
        return "note"
    if wide and width > 1:
        return "section"
    if covered or width == 1:
        return "data"
    head = state.heads[column] if column < len(state.heads) else None
    keys = head.meaning.keys if head else ()
    first = next((c for c, h in enumerate(state.heads) if h is not None), 0)
    if column > max(first, named):
        return "data"
    if _DIGITS.fullmatch(text):
        return "data"
    if "name" in keys and is_programme_like(text) and not is_section_like(text):
        return "data"
    return "section" if is_section_like(text) or "name" not in keys else "guessed_section"


def _is_total(standing: list[tuple[int, Cell]], heads: Sequence[Head | None]) -> bool:
    """合計 in the first cells of a row (its first column, or one of numbers, groups, offices or names), amounts or nothing in the others."""
    for c, cell in standing[:2]:
        head = heads[c] if c < len(heads) else None
        if c and head is not None and not {"list_number", "category", "name", "municipality", "organization", "contact"} & set(head.meaning.keys):
            return False
        if total_in(cell.text)[0]:
            return True
    return False


def _total(reading: Reading, state: State, standing: list[tuple[int, Cell]]) -> None:
    where = next((k for k, (_, cell) in enumerate(standing) if total_in(cell.text)[0]), 0)
    text = one_line(standing[where][1].text)
    says = total_in(text)[1]
    if says is None:  # 合計 in one cell, 18事業 in the next
        says = next((n for _, cell in standing for ok, n in [total_in("計" + one_line(cell.text))] if ok and n is not None), None)
    values = tuple((h.text if (h := state.heads[c]) else "", one_line(cell.text)) for k, (c, cell) in enumerate(standing) if k != where)
    part = "小" in text[:4]
    counted = len(reading.raws) - (state.since if part else 0)
    state.since = len(reading.raws) if part else state.since
    reading.totals.append(Total(text, says, counted, tuple(p for _, cell in standing for p in places(cell)), values))
    reading.out([cell for _, cell in standing], "total")


def _end_sections(state: State, reading: Reading) -> None:
    """Full-width rows that no programme follows are notes."""
    for text, cell in state.pending:
        reading.notes.append(text)
        for k, out in enumerate(reading.left):
            if out.reason == "section" and any(out.place == p.place and out.text == p.text for p in cell.pieces):
                reading.left[k] = LeftOut(out.text, out.place, "note")
    state.pending.clear()


def read_list(
    table: int, rows: Sequence[GridRow], found: Headings, section: str | None, mapping: Mapping[str, str] | None, last: Raw | None = None
) -> Reading:
    """Walk down the rows under the headings `found`; `section` is what the programmes stand under until a row says otherwise.

    last: the last programme of the table before, when this one continues it: rows above the first name belong to it, and
    a merged cell of it that the page cut speaks on over blanks.
    """
    reading = Reading()
    above = first_above(rows, found)
    for row in rows[:above]:
        cells = [cell for _, cell in row.standing()]
        text = " ".join(one_line(cell.text) for cell in cells)
        note = is_note(text)
        if text:
            (reading.notes if note else reading.titles).append(text)
        reading.out(cells, "note" if note else "title")
    for row in rows[found.first : found.end]:
        reading.out([cell for _, cell in row.standing()], "heading")
    reading.heads.extend((c, h) for c, h in enumerate(found.heads) if h)
    body = [*range(above, found.first), *range(found.end, len(rows))]
    if above < found.first:
        reading.doubts.append(Doubt("no_heading", "rows that stand above the heading of their table", tuple(p for _, cell in rows[above].standing() for p in places(cell))))
    heads = _numbered(found.heads, rows, body)
    state = State(heads, blocks_of(heads), section, table, last=last)
    if len(state.blocks) > 1 and _down_first(rows, body, state):
        for block in state.blocks:
            _walk(rows, body, [block], state, reading, mapping)
    else:
        _walk(rows, body, state.blocks, state, reading, mapping)
    _end_sections(state, reading)
    if last is not None:
        reading.doubts.extend(carry_merged(reading.raws, last))
    return reading


def _numbered(heads: tuple[Head | None, ...], rows: Sequence[GridRow], body: Sequence[int]) -> tuple[Head | None, ...]:
    """A column of numbers without a heading, left of the names, is the list's own number."""
    names = next((c for c, h in enumerate(heads) if h and "name" in h.meaning.keys), 0)
    if any(h and "list_number" in h.meaning.keys for h in heads):
        return heads
    for c in range(names):
        if heads[c] is None:
            texts = [cell.text for r in body if (cell := rows[r].cells[c]) is not None and rows[r].how[c] == STANDS and cell.col_span == 1 and cell.text.strip()]
            if len(texts) >= 2 and sum(_DIGITS.fullmatch(t) is not None for t in texts) * 10 >= len(texts) * 9:
                number = Head("", "#number", Meaning(("list_number",), "guessed"))
                return tuple(number if k == c else h for k, h in enumerate(heads))
    return heads


def _down_first(rows: Sequence[GridRow], body: Sequence[int], state: State) -> bool:
    """Whether the records of a grid with several in a row are numbered down the left half first."""
    numbers: list[list[int]] = []
    for block in state.blocks:
        column = next((c for c in block if (h := state.heads[c]) and "list_number" in h.meaning.keys), None)
        if column is None:
            tails = [max((r for r in body if any(rows[r].cells[c] and (rows[r].cells[c] or Cell("")).text.strip() for c in b)), default=0) for b in state.blocks]
            return tails[0] - tails[-1] > 1
        numbers.append([int(m[0]) for r in body if (cell := rows[r].cells[column]) and (m := regex.search(r"[0-9]+", cell.text))])
    down = sum(b - a == 1 for ns in numbers for a, b in pairwise(ns))
    across = sum(b - a == 1 for a, b in zip(numbers[0], numbers[1], strict=False))
    return down > across


def _walk(
    rows: Sequence[GridRow], body: Sequence[int], blocks: Sequence[Sequence[int]], state: State, reading: Reading, mapping: Mapping[str, str] | None
) -> None:
    held = {c for block in blocks for c in block}
    everything = len(held) == len(state.heads)
    skip, end = -1, max((r for r in body if len(rows[r].standing()) > 1), default=-1)
    for r in body:
        row = rows[r]
        if r <= skip:
            continue
        standing = row.standing()
        if not everything:
            standing = [(c, cell) for c, cell in standing if c in held]
        if not standing:
            continue
        if row.marked or (len(standing) > 1 and _is_heading(row, standing, state, mapping)):
            if everything:
                skip = _take_heading(rows, r, state, reading, mapping)
                blocks = state.blocks
            else:
                reading.out([cell for _, cell in standing], "heading")
            continue
        if len(standing) == 1:
            kind = _single(row, standing, state, r < end)
            cell = standing[0][1]
            text = one_line(cell.text)
            if kind == "note":
                reading.notes.append(text)
                reading.out([cell], "note")
                continue
            if kind in ("section", "guessed_section"):
                state.section = text
                state.pending.append((text, cell))
                reading.out([cell], "section")
                if kind == "guessed_section":
                    reading.doubts.append(Doubt("guessed_section", text, places(cell)))
                continue
            if kind == "total":
                _total(reading, state, standing)
                continue
        elif len(standing) == 2 and (numbered_section(row, standing) or torn_section(rows, r, standing, state.heads, _last_number(reading, state))):
            state.section = " ".join(one_line(cell.text) for _, cell in standing)
            state.pending.extend((one_line(cell.text), cell) for _, cell in standing)
            reading.out([cell for _, cell in standing], "section")
            continue
        elif _is_total(standing, state.heads):
            _total(reading, state, standing)
            continue
        for block in blocks:
            take_row(row, block, state, reading)


def _last_number(reading: Reading, state: State) -> Cell | None:
    """The number of the programme above, in a table whose programmes are numbered."""
    above = reading.raws[-1] if reading.raws else state.last
    return None if above is None else next((cell for h, cell, _ in above.slots if "list_number" in h.meaning.keys), None)


def _is_heading(row: GridRow, standing: list[tuple[int, Cell]], state: State, mapping: Mapping[str, str] | None) -> bool:
    """Whether a row between the programmes is a heading again: its cells are the headings, or known headings of most columns."""
    short = sum(len(cell.text) <= 30 for _, cell in standing)
    if short < len(standing):
        return False
    if same_heading(row, state.heads):
        return True
    column = next((c for c, h in enumerate(state.heads) if h and "name" in h.meaning.keys), None)
    if column is None or (cell := row.cells[column]) is None or is_programme_like(cell.text) or len(cell.text) > 20:
        return False
    known, total, names = heading_share(row, mapping)
    return names and total >= 3 and known * 5 >= total * 4


def _take_heading(rows: Sequence[GridRow], r: int, state: State, reading: Reading, mapping: Mapping[str, str] | None) -> int:
    """A heading row between programmes: it holds from here on. Answers the last row it takes."""
    end = r + min(4, max((cell.row_span for _, cell in rows[r].standing()), default=1))
    while end < len(rows) and rows[end].marked:
        end += 1
    end = min(end, len(rows))
    for row in rows[r:end]:
        reading.out([cell for _, cell in row.standing()], "heading")
    new = heads_of(rows, r, end, mapping)
    if all(h is None or any(o is not None and h.fold.split("#")[0] in o.fold for o in state.heads) for h in new):
        return end - 1  # the same again (one level of two will do)
    take_heads(new, state, reading)
    return end - 1


def take_heads(new: Sequence[Head | None], state: State, reading: Reading) -> None:
    """Let new headings hold from here on; what reads otherwise is told."""
    heads, told = changed(state.heads, new)
    if told:
        for c, before, now in told:
            reading.doubts.append(
                Doubt("heading_changed", f"{before.text} → {now.text}", tuple(p for cell in now.cells for p in places(cell)), (before.meaning.keys or ("extra",))[0])
            )
            if (h := heads[c]) is not None:
                reading.heads.append((c, h))
    else:
        reading.heads.extend((c, h) for c, h in enumerate(heads) if h)
    state.heads = heads
    state.blocks = blocks_of(heads)
