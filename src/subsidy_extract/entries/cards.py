"""Key/value boxes → programmes: a key beside its value, keys down the side of several programmes, keys over their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from subsidy_extract.columns import TITLES
from subsidy_extract.compiled import compiled
from subsidy_extract.entries.fold import fold, one_line
from subsidy_extract.entries.grid import FROM_ABOVE, FROM_LEFT, STANDS, GridRow, places
from subsidy_extract.entries.heads import SURE
from subsidy_extract.entries.kinds import is_empty, is_note, total_in
from subsidy_extract.entries.meaning import meaning_of
from subsidy_extract.entries.nouns import Head, Meaning, Raw
from subsidy_extract.entries.reading import Reading
from subsidy_extract.entries.slices import slice_cell
from subsidy_extract.model import Cell, Doubt

NUMBERED = compiled(
    r"^\s*(?P<n>(?:No\.?|Ｎｏ[.．]?|№)?\s*[（(【\[]?(?:[0-9０-９]{1,3}(?:[-－‐][0-9０-９]{1,3})?|[①-⑳])[）)】\]]?)(?:[\s.．、:：]+|(?<=[）)】\]①-⑳]))(?P<name>\S.*)$",
    regex.DOTALL,
)
"""The number before the name in a card's title line."""
_MARK = compiled(r"^\s*([■□◆◇●○◎▼▽▶►▷◼▪•☆★])(?!\1)(?=\s*[\w（(「『])")
"""The mark that sets a title line off: ■創業補助金. ○○補助金 begins with none."""


def head_for(texts: Sequence[str], mapping: Mapping[str, str] | None, cells: tuple[Cell, ...] = ()) -> Head:
    """The heading that one or several key cells (upper level first) make."""
    return Head("／".join(one_line(t) for t in texts), "／".join(fold(t) for t in texts), meaning_of(tuple(texts), mapping), cells)


def known_head(key: str) -> Head:
    """The heading of a value that the source prints without one."""
    return Head(TITLES[key], fold(TITLES[key]), Meaning((key,)))


def title_slots(cell: Cell) -> tuple[list[tuple[Head, Cell, bool]], list[Cell]]:
    """The title line of a card: its name, and the number before it; and what only sets it off: the mark (■) before both,
    the point after the number."""
    marked = _MARK.match(cell.text, timeout=2.0)
    rest = [] if marked is None else [slice_cell(cell, 0, marked.end())]
    if marked is not None:
        cell = slice_cell(cell, marked.end(), len(cell.text))
    m = NUMBERED.match(cell.text, timeout=2.0)
    if m is None:
        return [(known_head("name"), cell, False)], rest
    point = slice_cell(cell, m.end("n"), m.start("name"))
    return [
        (known_head("list_number"), slice_cell(cell, m.start("n"), m.end("n")), False),
        (known_head("name"), slice_cell(cell, m.start("name"), len(cell.text)), False),
    ], rest + [point] * bool(point.text)


def _is_key(cell: Cell, mapping: Mapping[str, str] | None) -> bool:
    return len(cell.text) <= 30 and meaning_of((cell.text,), mapping).how in SURE


def key_columns(rows: Sequence[GridRow], mapping: Mapping[str, str] | None) -> list[int]:
    """The columns whose cells are keys: at least two different ones, and most of what stands there in one column."""
    width = len(rows[0].cells) if rows else 0
    columns: list[int] = []
    for c in range(width - 1):
        standing = [cell for row in rows if row.how[c] == STANDS and (cell := row.cells[c]) is not None and cell.text.strip() and cell.col_span < max(2, width)]
        inner = [cell for cell in standing if cell.col_span * 2 <= width or cell.col_span == 1]
        keys = [cell for cell in inner if _is_key(cell, mapping)]
        if len({fold(cell.text) for cell in keys}) >= (2 if not columns else 1) and len(keys) * 2 >= len(inner):
            columns.append(c)
    return columns


def _left(row: GridRow) -> Cell | None:
    """What stands at the left side of a row and is not the whole row."""
    cell = row.cells[0]
    return cell if row.how[0] == STANDS and cell is not None and cell.text.strip() and cell.col_span < max(2, len(row.cells)) else None


def may_hold_cards(rows: Sequence[GridRow], mapping: Mapping[str, str] | None) -> list[bool]:
    """For each row whether `holds_cards` could be true from there to the end: told for all rows in one pass from below,
    so that a list of thousands of rows is not gone through again from each of them."""
    may: list[bool] = []
    left = keys = 0
    for row in reversed(rows):
        if (cell := _left(row)) is not None:
            left += 1
            keys += _is_key(cell, mapping)
        may.append(keys >= 3 and keys * 5 >= left * 4)
    return may[::-1]


def holds_cards(rows: Sequence[GridRow], mapping: Mapping[str, str] | None) -> bool:
    """Whether keys run down the left side of a table, one of them for the name: then its first row is no row of headings."""
    left = [cell for row in rows if (cell := _left(row)) is not None]
    keys: list[Cell] = []
    for k, cell in enumerate(left):
        if _is_key(cell, mapping):
            keys.append(cell)
        elif (k + 1 - len(keys)) * 5 > len(left):  # most lists say so long before their end
            return False
    if len({fold(cell.text) for cell in keys}) < 3:
        return False
    columns = key_columns(rows, mapping)
    return columns[:1] == [0] and any(
        "name" in meaning_of((cell.text,), mapping).keys for row in rows for c in columns if row.how[c] == STANDS and (cell := row.cells[c]) is not None
    )


def _pairs(row: GridRow, keys: Sequence[int], mapping: Mapping[str, str] | None) -> tuple[list[tuple[list[Cell], list[Cell]]], list[Cell]]:
    """(key cells from the upper level down, value cells) along one row, and cells under no key."""
    pairs: list[tuple[list[Cell], list[Cell]]] = []
    loose: list[Cell] = []
    current: tuple[list[Cell], list[Cell]] | None = None
    for c, cell in enumerate(row.cells):
        if row.how[c] == FROM_LEFT:
            continue
        if c in keys and cell is not None and cell.text.strip() and (row.how[c] == FROM_ABOVE or c == keys[0] or _is_key(cell, mapping) or current is None or current[1]):
            if current is not None and not current[1]:
                current[0].append(cell)
            else:
                current = ([cell], [])
                pairs.append(current)
        elif cell is None or row.how[c] == FROM_ABOVE:
            if current is not None and not current[1]:
                current = _blank(pairs, None)
        elif cell.text.strip():
            if current is None:
                loose.append(cell)
            else:
                current[1].append(cell)
        elif current is not None:
            current = _blank(pairs, cell)
    return pairs, loose


def _blank(pairs: list[tuple[list[Cell], list[Cell]]], cell: Cell | None) -> tuple[list[Cell], list[Cell]] | None:
    """An empty value (it may hold a picture) closes a key, so that the next key is not its lower level."""
    if pairs and not pairs[-1][1]:
        pairs[-1][1].append(cell or Cell(""))
    return pairs[-1] if pairs else None


class _Cards:
    """The cards of one table as they are put together from top to bottom."""

    def __init__(self, table: int, section: str | None, mapping: Mapping[str, str] | None, above: Cell | None = None, before: str | None = None) -> None:
        """above: the line above the table, the name of the first card that has none inside; the section is then `before`."""
        self.table, self.section, self.mapping = table, section, mapping
        self.above, self.before = above, before
        self.reading = Reading()
        self.title: Cell | None = None
        self.slots: list[tuple[Head, Cell, bool]] = []
        self.keys: set[str] = set()
        self.seen: set[int] = set()  # ids of cells told already: a merged one stands in several rows

    def close(self) -> None:
        """End the card at hand; the name is its 事業名, else its title line, else the line above its table."""
        if not self.slots:
            if self.title is not None:
                self.section = one_line(self.title.text)
                self.reading.out([self.title], "section")
            self.title = None
            return
        slots, doubts = list(self.slots), []
        if "name" in self.keys:
            if self.title is not None:
                self.section = one_line(self.title.text)
                self.reading.out([self.title], "section")
        elif self.title is not None:
            slots[:0] = self._titled(self.title)
        elif self.above is not None and not self.reading.raws:
            slots[:0] = self._titled(self.above)
            doubts.append(Doubt("name_above", one_line(self.above.text), places(self.above), "name"))
            self.section = self.before
            self.reading.named_above = True
        else:
            doubts.append(Doubt("no_name", "a card without a name", tuple(p for _, c, _ in slots[:2] for p in places(c)), "name"))
        self.reading.raws.append(Raw(self.table, slots, self.section, doubts))
        self.title, self.slots, self.keys = None, [], set()

    def _titled(self, title: Cell) -> list[tuple[Head, Cell, bool]]:
        slots, rest = title_slots(title)
        self.reading.out(rest, "heading")
        return slots

    def take_line(self, row: GridRow, keys: Sequence[int]) -> bool:
        """Whether a row is one cell that is no key, and then what it is: a total, a note or the title of the next card."""
        standing = row.standing()
        first, cell = standing[0]
        if len(standing) > 1 or (first in keys and _is_key(cell, self.mapping)) or any(row.how[c] == FROM_ABOVE for c in keys):
            return False
        text = one_line(cell.text)
        total = total_in(text)[0]
        if total or (is_note(text) and not self.slots):
            self.reading.out([cell], "total" if total else "note")
        elif first == keys[0] or cell.col_span > 1:
            self.close()
            self.title = cell
        else:
            return False
        self.seen.add(id(cell))
        return True

    def take_row(self, row: GridRow, keys: Sequence[int], pairs: Sequence[tuple[list[Cell], list[Cell]]], loose: Sequence[Cell]) -> None:
        """The keys and values of a row; a second name begins the next card."""
        names = any("name" in head_for([k.text for k in ks], self.mapping).meaning.keys for ks, _ in pairs)
        if names and "name" in self.keys and any(row.how[c] == STANDS for c in keys):
            self.close()
        for key_cells, values in pairs:
            for k in key_cells:
                if id(k) not in self.seen:
                    self.seen.add(id(k))
                    self.reading.out([k], "heading")
            for value in values:
                if value.text.strip():
                    self.add(key_cells, value, id(value) in self.seen)
                    self.seen.add(id(value))
            if not any(v.text.strip() for v in values):
                self.add(key_cells, Cell("", doubts=tuple(d for v in values for d in v.doubts)))
        for value in loose:
            self.seen.add(id(value))
            self.slots.append((Head("", "#", Meaning((), "unknown")), value, False))

    def add(self, key_cells: Sequence[Cell], value: Cell, reaches: bool = False) -> None:
        head = head_for([k.text for k in key_cells], self.mapping, tuple(key_cells))
        if not any(h.text == head.text for _, h in self.reading.heads):
            self.reading.heads.append((0, head))
        self.slots.append((head, value, reaches))
        self.keys.update(head.meaning.keys)


def read_cards(
    table: int, rows: Sequence[GridRow], section: str | None, title: Cell | None, mapping: Mapping[str, str] | None
) -> Reading | None:
    """The cards of a table; None when it holds none. title: the line above it: the section of its cards, or the name of
    the last one when nothing inside is its name."""
    keys = key_columns(rows, mapping)
    if not keys or keys[0] > 1:
        return None
    above = one_line(title.text) if title is not None else section
    if keys == [0] and (across := _transposed(table, rows, above, mapping)) is not None:
        return across
    cards = _Cards(table, above, mapping, title, section)
    filled = paired = 0
    for row in rows:
        if not row.standing() or cards.take_line(row, keys):
            continue
        pairs, loose = _pairs(row, keys, mapping)
        filled += 1
        paired += bool(pairs)
        cards.take_row(row, keys, pairs, loose)
    cards.close()
    if not cards.reading.raws or paired * 2 < filled or not any(_named(raw) for raw in cards.reading.raws):
        return None
    return cards.reading


def _named(raw: Raw) -> bool:
    return any("name" in h.meaning.keys and not is_empty(c.text) for h, c, _ in raw.slots)


def _transposed(table: int, rows: Sequence[GridRow], section: str | None, mapping: Mapping[str, str] | None) -> Reading | None:
    """Keys down the left side, a programme in each column to the right; None unless two of them have names of their own."""
    named = None
    for row in rows:
        cell = row.cells[0]
        if cell is not None and row.how[0] == STANDS and "name" in meaning_of((cell.text,), mapping).keys:
            named = row
            break
    if named is None:
        return None
    columns = [c for c, cell in enumerate(named.cells) if c and cell is not None and named.how[c] == STANDS and cell.text.strip()]
    if len(columns) < 2:
        return None
    reading = Reading()
    raws = {c: Raw(table, [], section) for c in columns}
    for row in rows:
        key = row.cells[0]
        if key is None:
            continue
        head = head_for([key.text], mapping, (key,))
        if row.how[0] == STANDS:
            reading.out([key], "heading")
            reading.heads.append((0, head))
        for c, cell in enumerate(row.cells):
            if c == 0 or cell is None or not cell.text.strip() or row.how[c] == FROM_ABOVE:
                continue
            owner = max((x for x in columns if x <= c), default=columns[0])
            if c in raws or row.how[c] == STANDS:
                raws[owner].slots.append((head, cell, row.how[c] == FROM_LEFT))
    reading.raws.extend(raws[c] for c in columns)
    return reading
