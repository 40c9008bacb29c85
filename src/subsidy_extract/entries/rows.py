"""One row of a table under its headings → a new programme in the raw, or more of the one before."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from subsidy_extract.entries.fold import one_line
from subsidy_extract.entries.grid import FROM_ABOVE, FROM_LEFT, STANDS, GridRow, places
from subsidy_extract.entries.kinds import is_empty, is_note
from subsidy_extract.entries.nouns import Head, Meaning, Raw
from subsidy_extract.entries.reading import Reading, State
from subsidy_extract.model import Cell, Doubt, Place

Slot = tuple[Head, Cell, bool]
"""As in Raw.slots."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What the cells of one row say. slots: as Raw's; own: those of them that begin in this row. named, numbered: a name, a
    number of its own stands here. reached: a merged name of a row before reaches down here. silent: pictures where text
    would be."""

    slots: list[Slot]
    own: list[Slot]
    named: bool
    numbered: bool
    reached: bool
    silent: list[Doubt]


def take_row(row: GridRow, block: Sequence[int], state: State, reading: Reading) -> None:
    """One record of one row: a new programme, or more of the one before."""
    said = _said(row, block, state.heads, reading.spent)
    if not said.own:
        return
    if said.named:
        _begin(said.slots, said.silent, state, reading)
        return
    what = tuple(p for _, cell, _ in said.own for p in places(cell))
    before = reading.raws[-1] if reading.raws else state.last
    if said.reached and (said.numbered or _speaks_for_itself(row, block, state, said.own)):
        _begin(said.slots, [_over_rows(said.slots, what)], state, reading)
    elif before is None or said.numbered:
        if all(is_empty(cell.text) or is_note(one_line(cell.text)) for _, cell, _ in said.own):
            reading.out([cell for _, cell, _ in said.own], "note")
        else:
            _begin(said.slots, [Doubt("no_name", "a row without a name", what, "name")], state, reading)
    elif said.reached:
        before.slots.extend(said.own)
    elif (name := _named_above(said.own, before, state)) is not None:
        _begin([name, *said.slots], [_over_rows([name], what)], state, reading)
    else:
        _go_on(before.slots, said.own)
        if not any(d.code == "row_joined" for d in before.doubts):
            before.doubts.append(Doubt("row_joined", " / ".join(one_line(cell.text)[:40] for _, cell, _ in said.own), what))


def _said(row: GridRow, block: Sequence[int], heads: Sequence[Head | None], spent: Set[int]) -> _Said:
    slots: list[Slot] = []
    silent: list[Doubt] = []
    named = numbered = reached = False
    for c in block:
        cell, how, head = row.cells[c], row.how[c], heads[c]
        if cell is None:
            continue
        if not cell.text.strip():
            if cell.doubts and how == STANDS and head is not None:
                silent.extend(Doubt(code, head.text, places(cell), (head.meaning.keys or ("extra",))[0]) for code in cell.doubts)
            continue
        if how == FROM_ABOVE and id(cell) in spent:
            continue
        if how == FROM_LEFT and (head is None or any(x is cell and h.meaning.keys == head.meaning.keys for h, x, _ in slots)):
            continue  # a wide cell speaks where it stands: again only under a heading that asks for something else
        head = head or _nameless(c)
        slots.append((head, cell, how != STANDS))
        if "name" in head.meaning.keys and not is_empty(cell.text):
            named = named or how == STANDS
            reached = reached or how == FROM_ABOVE
        elif "list_number" in head.meaning.keys and how == STANDS and not is_empty(cell.text):
            numbered = True
    return _Said(slots, [slot for slot in slots if not slot[2]], named, numbered, reached, silent)


def _begin(slots: list[Slot], doubts: list[Doubt], state: State, reading: Reading) -> None:
    """A new programme; the sections above it are sections."""
    reading.raws.append(Raw(state.table, slots, state.section, doubts))
    state.pending.clear()


def _over_rows(slots: Sequence[Slot], what: tuple[Place, ...]) -> Doubt:
    return Doubt("name_over_rows", one_line(next(cell.text for h, cell, _ in slots if "name" in h.meaning.keys)), what, "name")


def _go_on(slots: list[Slot], own: Sequence[Slot]) -> None:
    """Cells that go on: each after the last one under its heading, so that two headings of one meaning (担当課, 電話) stay apart."""
    for slot in own:
        at = next((k for k in range(len(slots) - 1, -1, -1) if slots[k][0].fold == slot[0].fold), len(slots) - 1)
        slots.insert(at + 1, slot)


def _named_above(own: Sequence[Slot], before: Raw, state: State) -> Slot | None:
    """The name of the programme above, for a row that leaves it blank and names another course of it: its category stands
    right of the name and reads otherwise, and it says two things more."""
    name = next(((h, cell) for h, cell, _ in before.slots if "name" in h.meaning.keys), None)
    course = next(((h, cell) for h, cell, _ in own if h.meaning.keys == ("category",) and not is_empty(cell.text)), None)
    if name is None or course is None or before.table != state.table or before.section != state.section:
        return None
    above = next((cell for h, cell, _ in before.slots if h.fold == course[0].fold), None)
    held = [h.fold if h else "" for h in state.heads]
    if above is None or is_empty(above.text) or above.text == course[1].text:
        return None
    if name[0].fold not in held or held.index(course[0].fold) < held.index(name[0].fold):  # a heading between them has no such name
        return None
    says = {h.meaning.keys for h, cell, _ in own if not is_empty(cell.text)} - {("category",)}
    return (name[0], name[1], True) if len(says) >= 2 else None


def _speaks_for_itself(row: GridRow, block: Sequence[int], state: State, own: Sequence[Slot]) -> bool:
    """Whether a row that a merged name reaches is a programme of its own: it says two things or more, one of them no
    contact, and no merged number counts it with the row above."""
    for c in block:
        head = state.heads[c]
        if head is not None and "list_number" in head.meaning.keys and row.cells[c] is not None and row.how[c] == FROM_ABOVE:
            return False
    keys = {head.meaning.keys for head, cell, _ in own if not is_empty(cell.text)}
    return len(keys) >= 2 and any(not set(k) <= {"contact", "site", "remarks"} for k in keys)


def _nameless(column: int) -> Head:
    return Head("", f"#{column}", Meaning((), "unknown"))
