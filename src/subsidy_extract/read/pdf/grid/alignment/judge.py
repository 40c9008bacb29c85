"""Lines in columns are judged: a table, or prose in columns, a list with bullets, the axes of a chart?"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from subsidy_extract.read.pdf.grid.alignment.rows import is_full, slots_to_limits
from subsidy_extract.read.pdf.grid.pieces import Slot
from subsidy_extract.read.pdf.grid.values import to_number

BULLET = re.compile(r"[^\w]{1,2}|[\uf000-\uf0ff]|\(cid:\d+\)|o")
ROUND = re.compile(r"[•‣▪◦·\uf000-\uf0ff]")  # nothing else is meant by these
NUMBERING = re.compile(r"[(（]?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4}|[ア-ンｱ-ﾝ])[).．）]|[①-⑳⑴-⒇]")


def is_prose(slots: Sequence[Slot], columns: int) -> bool:
    """Text set in columns: every column goes on from line to line, each line as long as it can be."""
    limits = slots_to_limits(slots, columns)
    for col in range(columns):
        mine = [(s, p) for s in slots for p in s.pieces if p.col == col and p.last == col]
        pairs = [(a, b) for (s, a), (t, b) in itertools.pairwise(mine) if t.y - s.y <= 2.0 * a.size]
        if len(pairs) < 2 or len(mine) < 0.4 * len(slots):
            return False
        full = sum(is_full(a, b, limits) and not (a.value and b.value) for a, b in pairs)
        letters = sum(_breadth(p.text) for _, p in mine) / len(mine)
        if full < 0.6 * len(pairs) or letters < 22:
            return False
    return True


def _breadth(text: str) -> int:
    """Letters, full-width ones counted twice."""
    return sum(2 if c >= "\u2e80" else 1 for c in text)


def is_list(slots: Sequence[Slot], columns: int) -> bool:
    """Bullets or numbers before prose."""
    marks = [p.text for s in slots for p in s.pieces if p.col == 0 and p.last == 0]
    if columns != 2:  # texts with a space as wide as a column
        return bool(marks) and all(ROUND.fullmatch(t) for t in marks) and not any(p.value for s in slots for p in s.pieces if p.col)
    return sum(bool(BULLET.fullmatch(t) or NUMBERING.fullmatch(t)) for t in marks) >= 0.8 * len(marks)


def is_set_in_columns(slots: Sequence[Slot], columns: int) -> bool:
    """Texts without numbers, two columns of them, the one drawn after the other: a list set in columns."""
    sides = [[p for s in slots for p in s.pieces if p.col == c == p.last] for c in (0, 1)]
    if columns != 2 or not all(sides) or any(p.value for p in sides[1]) or any(p.order < 0 for side in sides for p in side):
        return False
    return max(p.order for p in sides[0]) < min(p.order for p in sides[1])


def is_form(slots: Sequence[Slot]) -> bool:
    """What a form asks for: nearly every text ends with a colon, and nothing stands after it."""
    texts = [p.text for s in slots for p in s.pieces]
    return sum(t.rstrip("_ .…").endswith((":", "：")) for t in texts) >= 0.8 * len(texts)


def is_contents(slots: Sequence[Slot], columns: int) -> bool:
    """A table of contents: its last column holds page numbers that never fall."""
    pages = [p.text for s in slots for p in s.pieces if p.col == columns - 1 and p.col == p.last]
    numbers = [int(t) for t in pages if re.fullmatch(r"\d{1,4}", t)]
    return columns <= 3 and len(numbers) >= 3 and len(numbers) >= 0.8 * len(pages) and numbers == sorted(numbers) and numbers[0] < numbers[-1] and all(
        not p.value for s in slots for p in s.pieces if p.col == columns - 2
    )


def is_sparse(rows: Sequence[Sequence[Slot]], columns: int, ruled: bool) -> bool:
    """Too few of the fields are filled: the scattered labels of a chart or a drawing."""
    filled = [{c for s in row for p in s.pieces for c in range(p.col, p.last + 1)} for row in rows]
    many = [f for f in filled if len(f) >= 2]
    if len(many) < 2:
        return True
    # rows with a label alone head a group; they say nothing
    share = sum(len(f) for f in many) / (len(many) * columns)
    thin = sum(sum(c in f for f in many) <= max(1, 0.15 * len(many)) for c in range(columns)) if len(many) >= 4 else 0
    return share < (0.3 if ruled else 0.45 if len(many) > 3 else 0.6) or thin > columns / 2


def is_empty_lattice(filled: Sequence[tuple[int, int]], letters: float, rows: int, columns: int) -> bool:
    """The grid of a chart: hardly a field filled, no row half full, and only with labels. filled: (row, column) of the
    boxes with text; letters: how many they have on the average."""
    if rows < 3 or not filled:
        return not filled
    by_row = Counter(r for r, _ in filled)
    return max(by_row.values()) <= 0.5 * columns and len(filled) < 0.35 * columns * len(by_row) + (0.15 * rows * columns) * (columns < 4) and letters <= 30


def is_chart(slots: Sequence[Slot], columns: int) -> bool:
    """The numbers beside a chart: every column of numbers counts in equal steps (not one by one, as years and ranks do)."""
    axes = 0
    for c in range(columns):
        numbers = [to_number(p.text) for s in slots for p in s.pieces if p.col == c and p.value]
        known = [n for n in numbers if n is not None]
        if len(known) < 4:
            continue
        steps = {round(b - a, 6) for a, b in itertools.pairwise(known)}
        usual = max(steps, key=lambda d: sum(abs(b - a - d) < 1e-6 for a, b in itertools.pairwise(known)))
        even = sum(abs(b - a - usual) < 1e-6 for a, b in itertools.pairwise(known))
        if even < max(3, 0.6 * (len(known) - 1)) or abs(usual) == 1 or usual == 0:
            return False
        axes += 1
    return axes > 0


def is_table(slots: Sequence[Slot], rows: Sequence[Sequence[Slot]], columns: int, rules: int) -> bool:
    """Do these lines make a table? rules: how many horizontal rules over its whole width it has."""
    if is_list(slots, columns) or is_form(slots) or is_chart(slots, columns) or is_sparse(rows, columns, rules >= 2):
        return False
    if rules < 2:
        if len(slots) < 4 and not any(p.value and p.col > 0 for p in slots[-1].pieces):
            return False
        if is_prose(slots, columns) or is_set_in_columns(slots, columns) or is_contents(slots, columns):
            return False
        full = [r for r in rows if len({p.col for s in r for p in s.pieces}) >= 2]
        if len(full) < 2 + (columns == 2):
            return False
    return True
