"""The top rows of a table → its headings, one for each column, and what a heading printed later changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from subsidy_extract.compiled import compiled
from subsidy_extract.entries.fold import fold, one_line, without_brackets
from subsidy_extract.entries.grid import FROM_ABOVE, FROM_LEFT, STANDS, GridRow
from subsidy_extract.entries.kinds import is_empty, is_note, is_programme_like
from subsidy_extract.entries.meaning import YIELDS, meaning_of
from subsidy_extract.entries.nouns import Head, Meaning
from subsidy_extract.model import Cell

SURE = ("exact", "close", "mapped")
PROSE = frozenset({"summary", "eligibility", "eligible_costs", "remarks"})
"""Columns of running text: one may change its heading and stay what it is. A rate that becomes an amount does not."""
LONG = 15  # characters: no heading of an upper level has more
LOOK = 30
"""Rows at the top among which the heading is looked for (title, date, notes and a contents list may stand above it)."""
_LETTER = compiled(r"\p{L}")
_COLUMN_NUMBER = compiled(r"[（(]?(?:[0-9０-９]{1,2}|[①-⑳]|[A-ZＡ-Ｚア-ン])[）)]?")


@dataclass(frozen=True, slots=True)
class Headings:
    """heads: one for each column of the table (None: no heading and nothing known). first, end: the heading rows are
    rows[first:end]; rows before are titles."""

    heads: tuple[Head | None, ...]
    first: int
    end: int

    def known(self) -> set[str]:
        return {k for h in self.heads if h for k in h.meaning.keys}


def _means(text: str, mapping: Mapping[str, str] | None) -> Meaning:
    return meaning_of((text,), mapping)


def heading_share(row: GridRow, mapping: Mapping[str, str] | None) -> tuple[int, int, bool]:
    """How many of the cells that stand in a row are known headings, how many cells stand there, whether one names programmes."""
    known = total = 0
    names = False
    for _, cell in row.standing():
        total += 1
        if len(cell.text) <= 60:
            meaning = _means(cell.text, mapping)
            if meaning.how in SURE:
                known += 1
                names = names or "name" in meaning.keys
    return known, total, names


def _lower_level(upper: GridRow, row: GridRow, mapping: Mapping[str, str] | None) -> bool:
    """Whether a row is the second level of the headings above it: every cell stands under a wide heading, or under a blank
    to the right of one, and is a heading itself."""
    standing = row.standing()
    if not standing:
        return False
    spans = 0
    for c, cell in standing:
        above = upper.cells[c]
        wide = above is not None and (upper.how[c] == FROM_LEFT or above.col_span > 1)
        nothing = above is None or not above.text.strip()
        if wide or nothing:
            spans += 1
        elif not _begins_blank(upper, row, c):
            return False
        if len(cell.text) > 40:
            return False
    known, total, names = heading_share(row, mapping)
    if names and total == len(row.cells):
        return False
    return spans > 0 and (known * 2 >= total or _parts_a_heading(upper, standing, mapping))


def _begins_blank(upper: GridRow, row: GridRow, c: int) -> bool:
    """Whether the heading over column c goes on over the next one: that is blank in the upper row and not in the lower."""
    if c + 1 >= len(upper.cells):
        return False
    right, below = upper.cells[c + 1], row.cells[c + 1]
    return below is not None and bool(below.text.strip()) and (right is None or not right.text.strip())


def _upper_level(row: GridRow, lower: GridRow, mapping: Mapping[str, str] | None) -> bool:
    """Whether a row over the headings is their upper level, though nobody knows its words (事業, 補助, 担当): three short
    cells or more, one of which reaches down into the headings or stands over a blank of them."""
    standing = row.standing()
    if len(standing) < 3 or any(len(cell.text.strip()) > 12 or is_empty(cell.text) for _, cell in standing):
        return False
    down = any(lower.how[c] == FROM_ABOVE or lower.cells[c] is None or not (lower.cells[c] or cell).text.strip() for c, cell in standing)
    return down and _lower_level(row, lower, mapping)


def _parts_a_heading(upper: GridRow, standing: list[tuple[int, Cell]], mapping: Mapping[str, str] | None) -> bool:
    """Whether short words nobody knows (中小企業, 大企業) part a wide heading: nothing stands under the name of the programmes."""
    texts = [cell.text.strip() for _, cell in standing]
    if len(texts) < 2 or len(set(texts)) < len(texts) or any(len(t) > 20 or is_empty(t) or not _LETTER.search(t) for t in texts):
        return False
    under = {c for c, _ in standing}
    names = [c for c, cell in enumerate(upper.cells) if cell is not None and cell.col_span == 1 and "name" in _means(cell.text, mapping).keys]
    return bool(names) and not under & set(names)


def _column_numbers(row: GridRow) -> bool:
    """A row of (1) (2) (3) or ア イ ウ under the headings."""
    texts = [cell.text.strip() for _, cell in row.standing()]
    return len(texts) >= 3 and len(texts) >= len(row.cells) - 1 and all(_COLUMN_NUMBER.fullmatch(t) for t in texts) and len(set(texts)) == len(texts)


def _end_of(rows: Sequence[GridRow], first: int, told: int | None, mapping: Mapping[str, str] | None) -> int:
    """The row after the headings that begin at `first`."""
    end = max(told or 0, first + min(4, max((cell.row_span for _, cell in rows[first].standing()), default=1)))
    while end < len(rows) and end < first + 4 and _lower_level(rows[end - 1], rows[end], mapping):
        end += 1  # only the first of two heading rows may be marked as one
    if end < len(rows) and _column_numbers(rows[end]):
        end += 1
    return min(end, len(rows))


def _levels(rows: Sequence[GridRow], first: int, end: int, column: int) -> tuple[list[str], list[Cell]]:
    """The texts above one column from the top level down; a blank beside a heading that has a lower level continues it."""
    texts: list[str] = []
    cells: list[Cell] = []
    for r in range(first, end):
        cell = rows[r].cells[column]
        if cell is None or not cell.text.strip():
            under = rows[r + 1] if r + 1 < end else None
            if under is None or (below := under.cells[column]) is None or under.how[column] != STANDS or not below.text.strip():
                continue
            left = column - 1
            while left >= 0 and ((beside := rows[r].cells[left]) is None or not beside.text.strip()) and under.how[left] == STANDS and under.cells[left]:
                left -= 1
            if left < 0 or (cell := rows[r].cells[left]) is None or under.how[left] != STANDS or not (under.cells[left] or cell).text.strip() or under.cells[left] is None:
                continue
        if cell not in cells:
            cells.append(cell)
            if not is_empty(cell.text):
                texts.append(cell.text)
    return texts, cells


def heads_of(rows: Sequence[GridRow], first: int, end: int, mapping: Mapping[str, str] | None) -> tuple[Head | None, ...]:
    """One heading for each column of rows[first:end]."""
    numbers = end if end - first < 2 or not _column_numbers(rows[end - 1]) else end - 1
    heads: list[Head | None] = []
    for c in range(len(rows[first].cells)):
        texts, cells = _levels(rows, first, numbers, c)
        if not texts:
            heads.append(None)
            continue
        text = "／".join(one_line(t) for t in texts)
        heads.append(Head(text, "／".join(fold(t) for t in texts), meaning_of(tuple(texts), mapping), tuple(cells)))
    return settle(heads)


def settle(heads: Sequence[Head | None]) -> tuple[Head | None, ...]:
    """Headings that could be two things take the one no other column has; a guess yields to a heading the table knows.

    Equal headings are told apart by their order, for the marks below them.
    """
    sure = Counter(k for h in heads if h and h.meaning.how in SURE and fold(without_brackets(h.text)[0]) not in YIELDS for k in h.meaning.keys)
    taken = Counter(k for h in heads if h for k in h.meaning.keys)
    out: list[Head | None] = []
    seen: Counter[str] = Counter()
    for h in heads:
        if h is None:
            out.append(None)
            continue
        m = h.meaning
        if m.how in ("exact", "close") and len(m.keys) == 1 and (others := YIELDS.get(fold(without_brackets(h.text)[0]))) and sure[m.keys[0]]:
            free = next((k for k in others if k != m.keys[0] and not taken[k]), None)
            if free is not None:
                taken[free] += 1
                m = replace(m, keys=(free,), candidates=m.keys)
        elif m.how == "guessed" and m.keys and m.keys[0] in ("name", "list_number", "municipality") and sure[m.keys[0]]:
            m = replace(m, keys=(), how="unknown", candidates=(*m.keys, *m.candidates))
        seen[h.fold] += 1
        out.append(replace(h, meaning=m, fold=h.fold if seen[h.fold] == 1 else f"{h.fold}#{seen[h.fold]}"))
    return tuple(out)


def find_headings(rows: Sequence[GridRow], told: int | None, mapping: Mapping[str, str] | None = None) -> Headings | None:
    """The headings of a list: the first rows most of whose cells are known headings, one of which names programmes.

    told: how many rows at the top the reader knows to be heading. None when no row qualifies.
    """
    best: Headings | None = None
    best_known = 0
    named: Headings | None = None
    for i in range(min(LOOK, len(rows))):
        if named is not None and i > named.first + 3:
            break
        known, total, names = heading_share(rows[i], mapping)
        by_reader = told is not None and i < told
        if not total or not (
            (known >= 2 and known * 2 >= total and (known * 5 >= total * 3 or names))
            or (by_reader and known and total >= 2)
            or (names and known == total == len(rows[i].cells))
        ):
            continue
        if named is not None and (i < named.end or known <= 2 * best_known):
            continue
        first = i - 1 if i and _upper_level(rows[i - 1], rows[i], mapping) else i
        end = _end_of(rows, first, told if by_reader else None, mapping)
        found = Headings(heads_of(rows, first, end, mapping), first, end)
        if any("name" in h.meaning.keys and (h.meaning.how in SURE or (known >= 3 and known * 10 >= total * 7)) for h in found.heads if h):
            named, best_known = found, known  # a title in two cells may look like one: a fuller row just below is the heading
        elif best is None:
            best = found
    return named or best


def first_above(rows: Sequence[GridRow], found: Headings) -> int:
    """The first row above the headings that is no title: a page without its heading, then one with it. It fills most columns
    that have a heading, and that of the names, and not with short words alone, as an upper level of headings does."""
    held = [c for c, h in enumerate(found.heads) if h is not None]
    names = {c for c in held if (h := found.heads[c]) is not None and "name" in h.meaning.keys}
    for k, row in enumerate(rows[: found.first]):
        texts = {c: cell.text for c, cell in row.standing() if c in held}
        said = [text for c, text in texts.items() if c in names]
        if len(texts) >= max(3, 0.6 * len(held)) and said and not any(map(is_note, said)) and max(map(len, texts.values())) > LONG:
            one = k + 1 == found.first and not any(map(is_programme_like, said))  # prose beside the title, more likely
            return k if not one and _stands_alone(rows[k : found.first], found.heads) else found.first
    return found.first


def _stands_alone(rows: Sequence[GridRow], heads: Sequence[Head | None]) -> bool:
    """Whether rows above a heading have no heading of their own, and no cell that reaches down into it."""
    reach = all(cell.row_span <= len(rows) - k for k, row in enumerate(rows) for _, cell in row.standing())
    return reach and not any(row.marked or same_heading(row, heads) for row in rows)


def same_heading(row: GridRow, heads: Sequence[Head | None]) -> bool:
    """Whether a row repeats the headings above it, to the letter or nearly so."""
    standing = row.standing()
    if len(standing) < 2 and len(heads) > 1:
        return False
    if not any(len(cell.text) <= 60 and (h := heads[c] if c < len(heads) else None) is not None and cell.text[:1] in h.text for c, cell in standing[:3]):
        return False
    same = sum(1 for c, cell in standing if len(cell.text) <= 60 and (h := heads[c] if c < len(heads) else None) is not None and fold(cell.text) in h.fold.split("#")[0].split("／"))
    return same * 2 > len(standing)


def changed(old: Sequence[Head | None], new: Sequence[Head | None]) -> tuple[tuple[Head | None, ...], list[tuple[int, Head, Head]]]:
    """The headings that hold from a later heading row on, and (column, before, now) for each that reads otherwise.

    Where most columns keep their headings, a column whose old meaning nowhere else returns stays what it was and only
    its published heading changes: Kagoshima's last page prints 対象経費 over the column of the 事業概要.
    """
    if len(old) != len(new):
        return tuple(new), []
    pairs = [(a, b) for a, b in zip(old, new, strict=True) if a and b]
    same = sum(a.fold == b.fold for a, b in pairs)
    if not pairs or same * 2 < len(pairs):
        return tuple(new), []
    new_keys = Counter(k for b in new if b for k in b.meaning.keys)
    old_keys = Counter(k for a in old if a for k in a.meaning.keys)
    out: list[Head | None] = []
    told: list[tuple[int, Head, Head]] = []
    for c, (a, b) in enumerate(zip(old, new, strict=True)):
        if a is None or b is None or a.fold == b.fold:
            out.append(replace(a, text=b.text, cells=b.cells) if a and b and a.was is None else (a or b))
            continue
        told.append((c, a, b))
        moved = set(a.meaning.keys) & set(new_keys) or set(b.meaning.keys) & set(old_keys) - set(a.meaning.keys)
        other = b.meaning.how in SURE and not {*a.meaning.keys, *b.meaning.keys} <= PROSE
        if (moved or other) and set(a.meaning.keys) != set(b.meaning.keys):
            out.append(b)
        else:
            out.append(replace(b, fold=a.fold, meaning=replace(b.meaning, keys=a.meaning.keys, how="continued", candidates=b.meaning.keys), was=a.text))
    return tuple(out), told


def blocks_of(heads: Sequence[Head | None]) -> list[list[int]]:
    """The columns of each record in a row: one block, or several where the headings repeat (事業名 上限額 | 事業名 上限額)."""
    held = [c for c, h in enumerate(heads) if h is not None]
    folds = [heads[c].fold.split("#")[0] for c in held]  # type: ignore[union-attr]
    n = len(folds)
    for size in range(1, n // 2 + 1):
        if n % size == 0 and folds == folds[:size] * (n // size) and any("name" in (heads[held[k]].meaning.keys) for k in range(size)):  # type: ignore[union-attr]
            starts = [held[k] for k in range(0, n, size)]
            bounds = [0, *starts[1:], len(heads)]
            return [list(range(bounds[k], bounds[k + 1])) for k in range(len(starts))]
    return [list(range(len(heads)))]

