"""How many lines at the top of a table are its heading: told by rules, by values, by another look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from subsidy_extract.read.pdf.grid.alignment.heading import slots_to_ink
from subsidy_extract.read.pdf.grid.edges import Edges
from subsidy_extract.read.pdf.grid.pieces import Slot
from subsidy_extract.read.pdf.grid.stream import stream_to_rows

PARTED = 0.6  # of the font size: more white than between two rows
HEADING = 3  # lines of a heading that nothing but the figures below it tells
YEARS = re.compile(r"(?:FY ?)?(?:19|20)\d\d(?:[-–/](?:(?:19|20)?\d\d))?[a-z*]?")  # 2007e: estimated


def is_data(s: Slot) -> bool:
    """A line with a label and values, which are no years."""
    values = [p for p in s.pieces if p.col > 0]
    return s.at(0) is not None and bool(values) and all(p.value for p in values) and not _are_years(s)


def _are_years(s: Slot) -> bool:
    """A line with years over two columns or more, and nothing else there."""
    values = [p for p in s.pieces if p.col > 0]
    return len(values) > 1 and all(YEARS.fullmatch(p.text) for p in values)


def without_first_row(slots: Sequence[Slot], partial: Edges, first: int) -> int:
    """How many of `first` slots are heading: not the last one, if it has a label and values as the one below it has and
    an edge over all of these parts it from texts that are none."""
    if first < 2 or first >= len(slots) or not (is_data(slots[first - 1]) and is_data(slots[first])) or is_data(slots[first - 2]):
        return first
    last = slots[first - 1]
    between = partial.take((partial.at > slots[first - 2].y) & (partial.at < last.y))
    over = [bool(((between.lo < (p.x0 + p.x1) / 2) & (between.hi > (p.x0 + p.x1) / 2)).any()) for p in last.pieces if p.col > 0]
    return first - 1 if all(over) else first


def first_body_slot(slots: Sequence[Slot], hard: Sequence[bool], columns: int) -> int:
    """How many slots at the top are heading: up to the first rule, else up to the first line with a label and values."""
    data = [is_data(s) or (k > 0 and _below_years(slots[k - 1], s)) for k, s in enumerate(slots)]
    look = heading_by_look(slots, columns)
    for k, rule in enumerate(hard):
        if rule and 0 < look <= k:
            return look  # the rule is that of the first row
        if rule and k + 1 < len(slots) and sum(data[: k + 1]) <= 1 and k < max(12, len(slots) // 2):
            return k + 1
    if sum(data) < 0.4 * len(slots):
        return look or heading_over_figures(slots, columns)
    first = data.index(True)
    if all(len(s.pieces) == 1 for s in slots[:first]):
        return 0
    years = next((k for k in range(first) if _are_years(slots[k])), first)
    if years + 1 < first and slots[years + 1].at(0) is not None:
        return years + 1  # a label below the years is a row's, whatever signs its figures have
    while first > 1 and len(slots[first - 1].pieces) == 1 and slots[first - 1].at(0) is not None and any(len(s.pieces) > 1 for s in slots[: first - 1]):
        first -= 1
    return first


def heading_over_figures(slots: Sequence[Slot], columns: int) -> int:
    """How many lines at the top have words over two columns or more that hold nothing but figures below; 0 where any of
    these columns has none."""
    figures = []
    for c in range(1, columns):
        mine = [p for s in slots for p in s.pieces if p.col == c == p.last]
        at = next((k for k, p in enumerate(mine) if p.value), len(mine))
        if 0 < at <= HEADING and len(mine) - at >= 3 and all(p.value for p in mine[at:]):
            figures.append(c)
    if len(figures) < 2:
        return 0
    first = next(k for k, s in enumerate(slots) if sum(p.value and p.col in figures for p in s.pieces) >= 2)
    above = {p.col for s in slots[:first] for p in s.pieces if not p.value}
    return first if first <= HEADING and above.issuperset(figures) and slots[first].at(0) is not None else 0


def whole_heading(slots: Sequence[Slot], hard: Sequence[bool], first: int) -> int:
    """How many slots at the top are heading, when the order of drawing says that this many would cut a row."""
    if not first or hard[first - 1]:
        return first
    for n, row in enumerate(stream_to_rows(slots) or ()):
        if row.sure and row.first < first <= row.last:
            return row.first if n else row.last + 1
    return first


def drawn_within(below: Slot, above: Slot) -> bool:
    """Was a lone text in the first column drawn between the texts of the line above it? Then it is the rest of its cell."""
    first = above.at(0)
    return first is not None and 0 <= first.order < below.pieces[0].order < max(p.order for p in above.pieces)


def heading_by_look(slots: Sequence[Slot], columns: int) -> int:
    """How many lines at the top look otherwise than the rest: set in another font, or in the middle of columns whose text
    begins at their left."""
    ink = slots_to_ink(slots[1:], columns)
    fonts = Counter(p.font for s in slots[1:] for p in s.pieces)
    left = set()  # the columns whose text begins at their left
    for c in range(columns):
        begins = [p.x0 - ink[c][0] < 0.5 * p.size for s in slots[1:] for p in s.pieces if p.col == c]
        if sum(begins) >= 0.7 * len(begins):
            left.add(c)
    count = 0
    for s in slots[:4]:
        if len(s.pieces) < max(2, 0.6 * columns) and not count:
            break
        if count and len(s.pieces) == 1 and s.at(0) is not None:
            if not drawn_within(s, slots[count - 1]):
                break  # a label alone heads the first group
            count += 1  # the rest of the first column's heading
            continue
        other = sum(fonts[p.font] <= 0.1 * fonts.total() for p in s.pieces)
        middle = sum(
            p.x0 - ink[p.col][0] > 0.8 * p.size and p.x1 < ink[p.col][1] + p.size and p.col in left for p in s.pieces
        )
        if max(other, middle) < 0.6 * len(s.pieces):
            break
        count += 1
    return count if count < min(4, len(slots)) else 0


def _below_years(above: Slot, s: Slot) -> bool:
    """A line with a label, and values under years: the years were the last line of the heading, whatever else it says."""
    years = {p.col for p in above.pieces if YEARS.fullmatch(p.text)}
    return s.at(0) is not None and len(years) > 1 and all((p := s.at(c)) is not None and p.value and not YEARS.fullmatch(p.text) for c in years)


def _labels_a_value(s: Slot) -> bool:
    return s.at(0) is not None and any(p.value for p in s.pieces if p.col > 0)


def another_heading(slots: Sequence[Slot], hard: Sequence[bool], first: int) -> int | None:
    """The line with which another table begins below `first` lines of heading and some of data: a text alone that begins in
    the first column (its title, or a sentence) after more white than parts rows, then a heading of its own, and lines of
    data. Its heading has nothing in the first column, or a rule below it as there is one below the first, and nowhere between."""
    for k in range(first + 2, len(slots) - 3):
        j = k
        while j < len(slots) - 2 and len(slots[j].pieces) == 1 and slots[j].pieces[0].col == 0:
            j += 1
        if j == k or slots[k].top - slots[k - 1].bottom < PARTED * slots[k].pieces[0].size or not _labels_a_value(slots[k - 1]):
            continue
        body = next((n for n in range(j, min(j + HEADING + 1, len(slots))) if slots[n].at(0) is not None), None)
        if body == j and first and hard[first - 1] and not any(hard[first:j]):
            body = next((n + 1 for n in range(j, min(j + HEADING, len(slots) - 1)) if hard[n]), None)
        heads = [p for s in slots[j:body] for p in s.pieces]
        if body is not None and body > j and _labels_a_value(slots[body]) and len(heads) > 1 and all(not p.value or YEARS.fullmatch(p.text) for p in heads):
            return k
    return None
