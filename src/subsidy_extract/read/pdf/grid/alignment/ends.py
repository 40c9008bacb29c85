"""Lines of a region → those of the table alone: without the titles above and the notes below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from subsidy_extract.read.pdf.grid.edges import Edges, edges_round, split_edges
from subsidy_extract.read.pdf.grid.pieces import Slot
from subsidy_extract.read.pdf.grid.words import CHUNK, Words, is_wide, words_to_chunks

WIDEST = 2.4  # of the font size: lines of one cell are no further apart
LARGE = 1.3  # of the font size below: headings of columns are seldom set in letters that much larger
LONG = 6.0  # font sizes: a title is longer
MIDDLE = 1.0  # of the font size: a title stands so near the middle of its table
ENOUGH = 5  # texts of a column tell where they begin
MOST = 0.8  # of them begin in one line; its heading does not
UNIT = re.compile(r"[(（\[].{4,}[)）\]]")


def trim(slots: Sequence[Slot], h: Edges, v: Edges, size: float, columns: int) -> Sequence[Slot]:
    """Slots without the titles above and the notes below the table."""
    good = _in_columns(slots)
    if sum(good) < 2:
        return ()
    first, last = good.index(True), len(good) - 1 - good[::-1].index(True)
    left = min(p.x0 for s, g in zip(slots, good, strict=True) if g for p in s.pieces)
    right = max(p.x1 for s, g in zip(slots, good, strict=True) if g for p in s.pieces)
    whole, _ = edges_round(h, left, right, slots[0].top, slots[-1].bottom, size)
    start = first
    while start > 0 and not _ends_above(slots[: last + 1], start, first, h, v, whole, (left, right), size):
        start -= 1
    start = _below_numbered_title(slots, start, last, size, columns)
    if start < last and _is_centred_title(slots[start], slots[start + 1], left, right):
        start += 1
    start = _below_ruled_title(slots, start, last, whole, good, columns)
    end = last
    while end + 1 < len(slots) and _has_below(slots, end, whole):
        end += 1
    kept = slots[start : end + 1]
    foot = _frame_foot(kept, v, whole, left, right, size, columns)
    above = kept if foot is None else [s for s in kept if s.y < foot]
    return above if len(above) > 1 else kept


def _in_columns(slots: Sequence[Slot]) -> list[bool]:
    """Which lines have texts of two columns and are neither a title of several words far apart (令和８年度　支援制度一覧) nor the
    number of the page."""
    good = [_stands_in_columns(s) for s in slots]
    for k in range(len(slots) - 1):
        if not _is_title(slots[k], slots[k + 1]):
            break
        good[k] = False
    if good and good[-1] and _is_page_number(slots[-1]):
        good[-1] = False
    return good


def _ends_above(slots: Sequence[Slot], start: int, first: int, h: Edges, v: Edges, whole: Edges, sides: tuple[float, float], size: float) -> bool:
    """Is the line above `start` no line of the heading? Those above `first`, the first with two texts, do not begin in the first column."""
    s = slots[start - 1]
    (p, *more) = s.pieces
    if (not more and p.size > 1.15 * size) or _is_title(s, slots[start]) or _is_over_all(s, slots[first:], *sides):
        return True
    if any(q.col == 0 for q in s.pieces) and (more or not (_goes_before(s, slots[start:]) or _is_stub(slots, start, h))):
        return True
    ruled = ((whole.at > s.y) & (whole.at < slots[start].y)).any()
    return _is_unit(slots, start) or bool(ruled) or slots[start].y - s.y > 2.2 * size or _is_over_columns(slots, start, v) or _is_set_right(s, slots[start:], sides[1])


def _below_numbered_title(slots: Sequence[Slot], start: int, last: int, size: float, columns: int) -> int:
    """The line below a title set beside its number: it runs over the columns from where it begins."""
    begin: float | None = None
    while start < last:
        s = slots[start]
        long = next((p for p in s.pieces if p.last - p.col >= max(1, columns / 2 - 1) and len(p.text) >= 40), None)
        beside = s.at(0)
        if long is not None and beside is not None and long is not beside and long.x0 - beside.x1 < 4 * size:
            begin = long.x0
        elif begin is None or not any(abs(p.x0 - begin) < 0.3 * size for p in s.pieces) or s.at(0) is not None or len(s.pieces) > 1:
            break
        start += 1
    return start


def _below_ruled_title(slots: Sequence[Slot], start: int, last: int, whole: Edges, good: Sequence[bool], columns: int) -> int:
    """The line below a rule with text above and text between it and the next rule: what is above does not belong to the heading."""
    rules = [k for k in range(start, last) if ((whole.at > slots[k].y) & (whole.at < slots[k + 1].y)).any()]
    if len(rules) > 1 and rules[0] == start and _is_running_head(slots[start], slots[start + 1 : rules[1] + 1], columns):
        start += 1
    for k in rules:
        if not any(good[start : k + 1]):
            start = k + 1
    return start


def _has_below(slots: Sequence[Slot], end: int, whole: Edges) -> bool:
    """Is the line below `end` one of the table: a lone text of one column which a rule closes below, or which goes on in a cell above?"""
    s = slots[end + 1]
    ruled = ((whole.at > slots[end].y) & (whole.at < s.y)).any()
    if any(p.col < p.last for p in s.pieces) or ruled:
        return False
    return bool((whole.at > s.y).any()) or _goes_on(slots[: end + 1], s)


def between_rules(words: Words, h: Edges, size: float) -> Words:
    """Words without the lines of one text each that a rule over the whole width parts from all others: titles above the
    first such rule, notes and the title of another table below the last. What they run over are no columns."""
    line = np.unique(words.line)
    chunk = words_to_chunks(words, CHUNK * size)
    several = [k for k in range(len(line)) if len(np.unique(chunk[words.line == line[k]])) > 1]
    if len(several) < 2 or (several[0] == 0 and several[-1] == len(line) - 1):
        return words
    first, last = line[several[0]], line[several[-1]]
    inner = (words.line >= first) & (words.line <= last)
    whole, _ = split_edges(h, float(words.x0[inner].min()), float(words.x1[inner].max()), float(words.top.min()) - 2 * size, float(words.bottom.max()) + 2 * size)
    if not len(whole):
        return words
    keep = np.ones(len(words), dtype=bool)
    above, below = words.line < first, words.line > last
    if above.any() and float(words.y[above].max()) < float(whole.at.min()) < float(words.y[words.line == first].min()):
        keep &= ~above
    if below.any() and len(whole) > 1 and float(words.y[words.line == last].max()) < float(whole.at.max()) < float(words.y[below].min()):
        keep &= ~below | (words.x0[below].min() > whole.lo.min() + size)
    return words if keep.all() else words.take(keep)


def _stands_in_columns(slot: Slot) -> bool:
    """Has a line texts of two columns? One that runs over from the first column is a label only before two others."""
    label, *rest = slot.pieces
    return bool(rest) and all(p.col > 0 for p in rest) and (label.col > 0 or label.last == 0 or (len(rest) >= 2 and all(p.col == p.last for p in rest)))


def _frame_foot(slots: Sequence[Slot], v: Edges, whole: Edges, left: float, right: float, size: float, columns: int) -> float | None:
    """Where the rules at both sides of a table end on a rule under it, with lines below: these are notes. Not where another
    rule closes those lines too, or they stand in most columns: the sides are those of a shaded row."""
    sides = [v.take(near) for near in (v.at < left + size, v.at > right - size)]
    if not all(len(side) for side in sides):
        return None
    foot, other = (float(side.hi.max()) for side in sides)
    if abs(foot - other) > 0.5 * size or not slots or slots[-1].y < foot or foot - slots[0].y < 0.5 * (slots[-1].y - slots[0].y):
        return None
    below = {p.col for s in slots if s.y > foot for p in s.pieces if p.col == p.last}
    if (whole.at > slots[-1].y).any() or len(below) >= max(3, 0.6 * columns):
        return None
    tall = all(float((side.hi - side.lo).sum()) > 0.9 * (foot - slots[0].y) for side in sides)  # bands of every other row have sides, too
    return foot if tall and bool((abs(whole.at - foot) < 0.5 * size).any()) else None


def _is_title(above: Slot, below: Slot) -> bool:
    """Is a line of large letters over a line with more texts in it, which begins further left, no heading of columns?"""
    small = max(p.size for p in below.pieces)
    return all(p.size > LARGE * small for p in above.pieces) and len(above.pieces) + 1 < len(below.pieces) and above.at(0) is None


def _is_page_number(slot: Slot) -> bool:
    """Is a line the number of the page, its figures in two columns (1 /  3)?"""
    text = "".join(p.text for p in slot.pieces)
    if not (1 < len(slot.pieces) < 4 and "/" in text):
        return False
    from subsidy_extract.read.blocks import PAGE_NUMBER, matches  # the patterns, which few pages ask for

    return matches(PAGE_NUMBER, text)


def _goes_on(above: Sequence[Slot], below: Slot) -> bool:
    """Is a lone text at the foot of a table a further line of the cell above it?"""
    p = below.pieces[0]
    mine = [s for s in above[-8:] if s.at(p.col) is not None]
    step = mine[-1].y - mine[-2].y if len(mine) > 1 else 0.0
    far = max(1.75, min(1.1 * step / p.size, WIDEST)) * p.size  # lines set wide apart are lines of one cell all the same
    q = next((q for s in reversed(above[-4:]) if below.y - s.y <= far for q in s.pieces if q.col == p.col), None)
    return q is not None and abs(p.size - q.size) <= 0.1 * p.size and (p.col > 0 or p.text[:1].islower() or is_wide(q.text[-1]))


def _goes_before(above: Slot, below: Sequence[Slot]) -> bool:
    """Is a lone text over a table the full first line of a cell in its first column?"""
    p = above.pieces[0]
    q = next((q for s in below[:3] if s.y - above.y <= 1.75 * p.size for q in s.pieces if q.col == p.col == q.last), None)
    most = max((q.x1 for s in below for q in s.pieces if q.col == p.col == q.last), default=0.0)
    return q is not None and p.col == p.last and p.font == q.font and abs(p.size - q.size) <= 0.1 * p.size and p.x1 > most - p.size


def _is_over_all(s: Slot, below: Sequence[Slot], left: float, right: float) -> bool:
    """Is a lone text in the middle of the whole table, its first column too, a title? A heading of several columns stands in
    the middle of the others."""
    p = s.pieces[0]
    middle = abs(p.x0 + p.x1 - left - right) / 2 <= 0.5 * p.size
    others = min((q.x0 for t in below for q in t.pieces if q.col > 0), default=left)
    return len(s.pieces) == 1 and p.col > 0 and middle and p.x1 - p.x0 > LONG * p.size and others - left > 4 * MIDDLE * p.size


def _is_set_right(s: Slot, below: Sequence[Slot], right: float) -> bool:
    """Is a lone text that ends where the table does, over a last column whose texts begin in one line, the date of the table? A
    heading begins where they do, or stands in their middle."""
    p = s.pieces[0]
    mine = [q for t in below for q in t.pieces if q.col == q.last == p.last]
    if len(s.pieces) > 1 or p.col == 0 or p.x1 < right - 0.5 * p.size or len(mine) < ENOUGH:
        return False
    left, end = min(q.x0 for q in mine), max(q.x1 for q in mine)
    in_line = sum(q.x0 - left < 0.3 * p.size for q in mine) >= MOST * len(mine)
    return in_line and p.x0 - left > 2 * MIDDLE * p.size and p.x0 + p.x1 - left - end > 2 * MIDDLE * p.size


def _is_centred_title(first: Slot, second: Slot, left: float, right: float) -> bool:
    """Is a lone text over the first line of a heading a title: in the middle of the whole table and in another font than
    all of that line, which begins in the first column?"""
    p = first.pieces[0]
    middle = abs(p.x0 + p.x1 - left - right) / 2 <= MIDDLE * p.size
    others = [q.font for q in second.pieces]
    return len(first.pieces) == 1 and middle and len(others) > 1 and second.at(0) is not None and p.font not in others


def _is_running_head(first: Slot, heading: Sequence[Slot], columns: int) -> bool:
    """Are the texts above the first rule those of a running head: at both ends of the line, with columns between them that
    have a heading below, and well above it?"""
    at = [(p.col, p.last) for p in first.pieces]
    return (
        columns > 3 and at == [(0, 0), (columns - 1, columns - 1)] and max(len(s.pieces) for s in heading) > 2
        and heading[0].top - first.bottom > 0.8 * first.pieces[0].size
    )  # fmt: skip


def _is_unit(slots: Sequence[Slot], start: int) -> bool:
    """Is the line above the heading a unit that stands for the whole table: (in thousands)?"""
    (p, *more) = slots[start - 1].pieces
    if more or not UNIT.fullmatch(p.text):
        return False
    above = slots[start - 2] if start > 1 else None
    near = above is not None and slots[start - 1].y - above.y < 1.6 * p.size
    return not (near and above is not None and any(q.col > 0 and q.x0 < p.x1 and q.x1 > p.x0 for q in above.pieces))


def _is_over_columns(slots: Sequence[Slot], start: int, v: Edges) -> bool:
    """Is a lone text of the first column above the rules between columns, all of which begin below it?"""
    s, t = slots[start - 1], slots[start]
    if len(s.pieces) > 1 or s.pieces[0].col or not len(v):
        return False
    near = (v.lo < t.y) & (v.hi > t.y) & (v.at > t.pieces[0].x0) & (v.at < t.pieces[-1].x1)
    return int(near.sum()) >= 2 and bool((v.lo[near] > s.y).all())


def _is_stub(slots: Sequence[Slot], start: int, h: Edges) -> bool:
    """Is a lone text over the first line of a heading the upper line of the heading of the first column? A rule runs above
    it, or the headings of other columns begin higher."""
    s, p = slots[start - 1], slots[start - 1].pieces[0]
    q = slots[start].at(0)
    if q is None or q.col < q.last or p.col < p.last or all(o.value for o in slots[start].pieces if o.col > 0):
        return False
    in_line = min(abs(p.x0 - q.x0), abs(p.x0 + p.x1 - q.x0 - q.x1) / 2) < 0.3 * p.size
    if not in_line or p.font != q.font or abs(p.size - q.size) > 0.1 * p.size or slots[start].y - s.y > 1.45 * p.size:
        return False
    higher = start > 1 and s.y - slots[start - 2].y < 1.8 * p.size and all(o.col > 0 for o in slots[start - 2].pieces)
    ruled = (h.at < s.top + 0.3 * p.size) & (h.at > s.top - 1.2 * p.size) & (h.lo < p.x0 + p.size) & (h.hi > slots[start].pieces[-1].x0)
    return higher or bool(ruled.any())
