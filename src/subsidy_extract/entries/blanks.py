"""Programmes in the raw → the same, with what a group column prints only once said of all it speaks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from subsidy_extract.entries.kinds import is_empty
from subsidy_extract.entries.nouns import Head, Raw
from subsidy_extract.model import Cell, Doubt

GROUPING = ("municipality", "category")


def carry_merged(raws: Sequence[Raw], last: Raw) -> Iterator[Doubt]:
    """区分, 市町村 or 実施機関 merged over rows of the page before and blank at the top of this one: the merged cell goes on."""
    for head, cell, covered in list(last.slots):
        keys = head.meaning.keys
        if len(keys) != 1 or keys[0] not in (*GROUPING, "organization") or not (covered or cell.row_span > 1) or is_empty(cell.text):
            continue
        filled = 0
        for raw in raws:
            if raw.section != last.section or any(h.fold == head.fold for h, _, _ in raw.slots):
                break
            raw.slots.insert(0, (head, cell, True))
            filled += 1
        if filled:
            yield Doubt("blank_inherited", f"{head.text}: {filled}", (), keys[0])


def _speaking(raws: Sequence[Raw]) -> dict[str, Head]:
    """The columns that may be printed once over several programmes, by the fold of their heading."""
    led = {h.fold for raw in raws for k, (h, _, _) in enumerate(raw.slots) if any(g.meaning.keys != ("list_number",) for g, _, _ in raw.slots[:k])}
    heads = [h for raw in raws for h, _, _ in raw.slots if len(h.meaning.keys) == 1]
    return {h.fold: h for h in heads if h.meaning.keys[0] in GROUPING or (h.meaning.keys[0] == "organization" and h.fold not in led)}


def fill_blanks(raws: Sequence[Raw]) -> Iterator[Doubt]:
    """A 市町村 or 区分 that is printed once over the programmes it speaks for, without merged cells; raws: of all tables.
    An 実施機関 where it is the first column: after the name of the programme a blank one is not known.

    Only where no value of the column is printed again below itself and most are followed by blanks; never over a section
    or into another table. It is told, once a column.
    """
    for fold_, head in _speaking(raws).items():
        mine = [raw for raw in raws if raw.table in {r.table for r in raws if any(h.fold == fold_ for h, _, _ in r.slots)}]
        cells = [next(((x, over) for h, x, over in raw.slots if h.fold == fold_), None) for raw in mine]
        held = [(raw.table, x[0].text.strip()) for raw, x in zip(mine, cells, strict=True) if x is not None]
        blanks = len(cells) - len(held)
        if blanks < 2 or cells[0] is None or len(held) < 2 or any(a == b for a, b in pairwise(held)) or any(x is not None and x[1] for x in cells) or blanks < len(held) // 2:
            continue
        last: Cell | None = None
        section: tuple[int, str | None] | None = None
        filled = 0
        for raw, at in zip(mine, cells, strict=True):
            if at is not None or (raw.table, raw.section) != section:
                last, section = (at[0] if at is not None else None), (raw.table, raw.section)
            elif last is not None and not is_empty(last.text):
                raw.slots.insert(0, (head, last, True))
                filled += 1
        if filled:
            yield Doubt("blank_inherited", f"{head.text}: {filled}", (), head.meaning.keys[0])
