"""The last row of a page and the first of the next → whether they are one row that the page break cut."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from subsidy_extract.compiled import compiled
from subsidy_extract.patience import patience
from subsidy_extract.read.join import Break, goes_on, holds_together, site_follows, value_follows
from subsidy_extract.read.pdf.stitch.drafts import CellDraft, RowDraft
from subsidy_extract.read.pdf.stitch.text import Typesetter, not_left
from subsidy_extract.read.pdf.stitch.wrap import judge, label_of

NEVER = -6.0
PRIOR_CLOSED = -1.0  # rules close both halves: most tables are never cut
PRIOR_OPEN = 4.0  # no rule under the last row, or none above the first
ONE_COLOUR = 4.0  # both halves are painted alike, in a table whose rows are painted in turn
UNSURE = 1.5
REGULAR = 5  # rows from which the number of lines of a column's cells is known
SHORT = 8  # characters of a text that may stand in many cells
FIGURE = compiled(r"[△▲+−-]?[¥￥]?(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+|[0-9０-９]{1,9})(?:[.．][0-9０-９]+)?[円%％]?")


@dataclass(slots=True)
class ColumnSeen:
    """What cells of one column were like so far. begins: the first two characters of each. whole: short texts of one line.
    lines: how often a cell had so many."""

    rows: int = 0
    empty: int = 0
    stops: int = 0
    full: int = 0
    begins: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    lines: Counter[int] = field(default_factory=Counter)

    def share(self, count: int) -> float:
        return min(0.95, max(0.05, (count + 0.5) / (self.rows - self.empty + 1)))

    def depth(self) -> tuple[int, int]:
        """Lines of its cells, least and most. The shortest of all is perhaps a heading, and does not count."""
        if self.lines.total() < REGULAR:
            return 0, 0
        counts = sorted(self.lines)
        return counts[self.lines[counts[0]] == 1 and len(counts) > 1], counts[-1]


@dataclass(slots=True)
class Seen:
    """What rows of a table were like so far."""

    columns: dict[int, ColumnSeen] = field(default_factory=dict)
    shade: int | None = None
    painted: int = 0
    turned: int = 0

    @property
    def alternates(self) -> bool:
        """Whether nearly every row is painted otherwise than the one above it."""
        return self.painted >= REGULAR and self.turned >= 0.9 * self.painted

    def of(self, column: int) -> ColumnSeen:
        if (found := self.columns.get(column)) is None:
            found = self.columns[column] = ColumnSeen()
        return found

    def learn(self, row: RowDraft, setter: Typesetter) -> None:
        """A whole row, its heading not."""
        if row.shade is not None and self.shade is not None:
            self.painted += 1
            self.turned += row.shade != self.shade
        self.shade = row.shade
        for col, cell in enumerate(row.cells):
            if cell is None or cell.col_span > 1:
                continue
            seen = self.of(col)
            seen.rows += 1
            parts = [p for p in cell.parts if p.lines]
            if not parts:
                seen.empty += 1
                continue
            part = parts[-1]
            last, first = part.lines[-1], parts[0].lines[0]
            if cell.row_span == 1:
                seen.lines[min(99, sum([len(p.lines) for p in parts]))] += 1
            seen.stops += last.text.endswith("。")
            left, right = setter.sides(col, cell, part)
            reach = last.bbox[2] if not not_left(part) else left + last.bbox[2] - last.bbox[0]  # figures set to the right are not full
            seen.full += reach > right - 1.2 * last.size
            if len(seen.begins) < 500:
                seen.begins[first.text[:2]] += 1
            if last is first and len(last.text) <= SHORT and len(seen.whole) < 100:
                seen.whole[last.text] += 1


def weigh(last: RowDraft, first: RowDraft, seen: Seen, setter: Typesetter, opened: bool) -> float:
    """Greater than 0: one row. last: the last row so far; first: the first row of the next page after a repeated
    heading; opened: no rule closes the one or the other."""
    score = PRIOR_OPEN if opened else PRIOR_CLOSED
    if seen.alternates and last.shade is not None and first.shade is not None:
        if last.shade != first.shade:
            return NEVER
        score += ONE_COLOUR
    low = max((line.bbox[3] for c in last.cells if c is not None for p in c.parts if p.page == last.page for line in p.lines), default=last.bottom)
    for col, b in enumerate(first.cells):
        a = last.cells[col]
        if a is None or b is None:
            continue
        if a.col_span != b.col_span and not (a.empty or b.empty):
            return NEVER
        known = seen.of(col)
        if b.empty:
            if not a.empty:
                new = (known.empty + 0.25) / (known.rows + 2)
                score += log(0.6 / max(new, 0.03))
            continue
        score += _from_text(a, b, low, last, col, seen, setter)
    if not opened:
        score += _from_depth(last, first, seen)
    return score


def completes(begun: RowDraft, first: RowDraft, seen: Seen, setter: Typesetter) -> bool:
    """Whether a row at the top of a page has what a row begun at the foot of the page before lacks: its first cell, and
    nothing where that one has text, unless it goes on."""
    name = first.cells[0]
    if name is None or name.empty:
        return False
    low = max((line.bbox[3] for c in begun.cells if c is not None for p in c.parts for line in p.lines), default=begun.bottom)
    for col, a in enumerate(begun.cells):
        b = first.cells[col]
        if a is not None and not a.empty and b is not None and not b.empty and _from_text(a, b, low, begun, col, seen, setter) <= 1.0:
            return False
    return weigh(begun, first, seen, setter, False) > UNSURE


def _from_text(a: CellDraft, b: CellDraft, low: float, row: RowDraft, col: int, seen: Seen, setter: Typesetter) -> float:
    """What one column says whose cell on the next page has text."""
    known = seen.of(col)
    first = b.first
    last = a.last
    assert first is not None
    if not col and a.text.isdecimal() and b.text.isdecimal() and int(b.text) == int(a.text) + 1:
        return NEVER  # numbered rows
    if FIGURE.fullmatch(a.text, timeout=patience(a.text)) and FIGURE.fullmatch(b.text, timeout=patience(b.text)):
        return -2.0  # a figure each
    if last is None:  # set in the middle of its height, a short text stands on one side of the break
        new = (known.empty + 0.5) / (known.rows + 2)
        return max(-2.5, log(0.2 / max(new, 0.03))) if known.rows >= 3 else -2.5
    score = -0.5
    part = next(p for p in reversed(a.parts) if p.lines)
    if last.bbox[3] < low and part.page == row.page and not last.vertical:
        pitch = max(last.size, _pitch(a))
        short = (low - last.bbox[3]) / pitch
        score += 0.0 if short < 0.6 else -1.0 if short < 1.6 else -2.0 if short < 2.6 else NEVER
    if last is a.first and known.whole[last.text] > 1 and known.whole[b.text] > 1:
        return NEVER  # both are texts that cells of this column have
    left, right = setter.sides(col, a, part)
    verdict = judge(last, first, right, left, not_left(part))
    if goes_on(last.text, first.text):
        score += 4.0
    elif label_of(last.text) or value_follows(last.text, first.text) or (holds_together(last.text, first.text) and verdict.kind is Break.WRAPPED):
        score += 3.0
    full = known.share(known.full) if known.rows - known.empty >= 4 else 0.15
    if verdict.kind is Break.WRAPPED:
        score += log(0.65 / full)
    elif not site_follows(last.text, first.text):  # an address on a line of its own begins no row
        score += min(0.0, log(0.35 / (1 - full)))
    if known.rows - known.empty >= 3:
        stops = known.share(known.stops)
        score += log(0.2 / stops) if last.text.endswith("。") else log(0.8 / (1 - stops))
        begins, count = known.begins.most_common(1)[0] if known.begins else ("", 0)
        usual = known.share(count)
        if usual > 0.5:
            score += log(0.1 / usual) if first.text.startswith(begins) else log(0.9 / (1 - usual))
    return score


def _from_depth(last: RowDraft, first: RowDraft, seen: Seen) -> float:
    """What the number of lines says where all cells of a column have about as many (an office, its phone, its mail): a
    piece with fewer than any of them is no whole cell. The columns don't speak independently, so they are not all heard."""
    short = whole = 0.0
    for col, (a, b) in enumerate(zip(last.cells, first.cells, strict=True)):
        known = seen.of(col)
        if a is None or b is None or a.empty or b.empty or (depth := known.depth())[0] < 2:
            continue
        above, below = (sum([len(p.lines) for p in c.parts]) for c in (a, b))
        if above < depth[0] or below < depth[0]:
            short += 2.0 if above + below <= depth[1] + 1 else 1.0
        elif above + below > depth[1]:
            whole += 1.0
    return min(short, 4.0) - min(whole, 1.5)


def _pitch(cell: CellDraft) -> float:
    lines = cell.parts[-1].lines
    steps = sorted(b.bbox[3] - a.bbox[3] for a, b in pairwise(lines))
    return steps[len(steps) // 2] if steps else lines[-1].size * 1.3
