"""The order in which a page draws its texts tells its rows: a program that draws cell by cell comes back to a column only
for the next row."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from subsidy_extract.read.pdf.grid.pieces import Piece, Slot

BACK = 2  # times the drawing goes back up, from the last line of a cell to the first of the next: cell by cell, no doubt
WIDE = 1.3  # usual steps from line to line of a cell: what follows a wider one may be another cell
TORN = 0.2  # of the visits of several lines: with more that have white between the lines, a visit is no cell
FIGURES = 0.3  # of the lines beside the first column: a table of figures has more
MIDDLES = 3  # cells at least, one of them by as many lines higher than another
UNSURE = 0.3  # of the rows: with more that come out in conflict the order of drawing is something else


@dataclass(frozen=True, slots=True)
class Visit:
    """Lines of one column drawn one after the other, downwards. slots: of its lines; columns: those it covers; figures:
    how many of the lines are numbers; after: it goes on, after some white, where the visit before it ended."""

    columns: frozenset[int]
    slots: tuple[int, ...]
    figures: int
    after: bool = False

    @property
    def first(self) -> int:
        return self.slots[0]

    @property
    def last(self) -> int:
        return self.slots[-1]


@dataclass(slots=True)
class Row:
    """Visits that belong to one row. first, last: slots. sure: no column was come back to."""

    columns: frozenset[int]
    first: int
    last: int
    after: bool = False
    sure: bool = True


def stream_to_rows(slots: Sequence[Slot]) -> list[Row] | None:
    """The rows, from top to bottom, as the order of drawing tells them; None where it tells nothing: lines drawn across
    the page, a column drawn from top to bottom, cells one line high, or too many rows that contradict themselves."""
    visits = slots_to_visits(slots)
    if not visits:
        return None
    usual = usual_step(visits, slots)
    if not are_cells(visits, slots, usual):
        return None
    parts = [p for v in visits for p in visit_to_parts(v, slots, usual)]
    rows = blocks_to_rows(visits_to_blocks(parts))
    unsure = sum(not r.sure for r in rows)
    if len(rows) == 1:
        return rows if rows[0].sure and in_one_middle(visits, slots) else None
    return rows if unsure <= UNSURE * len(rows) else None


def slots_to_visits(slots: Sequence[Slot]) -> list[Visit]:
    """Visits in the order of drawing; none where the page is not drawn cell by cell."""
    drawn = sorted(((p.order, k, p) for k, s in enumerate(slots) for p in s.pieces), key=lambda d: d[:2])
    if not drawn or drawn[0][0] < 0 or sum(b[1] < a[1] for a, b in itertools.pairwise(drawn)) < BACK:
        return []
    groups: list[list[tuple[int, Piece]]] = []
    for _, k, p in drawn:
        if groups and k >= groups[-1][-1][0] and (p.col, p.last) == (groups[-1][-1][1].col, groups[-1][-1][1].last):
            groups[-1].append((k, p))
        else:
            groups.append([(k, p)])
    return [
        Visit(frozenset(range(g[0][1].col, g[0][1].last + 1)), tuple(k for k, _ in g), sum(p.value for _, p in g)) for g in groups
    ]


def in_one_middle(visits: Sequence[Visit], slots: Sequence[Slot]) -> bool:
    """Whether cells of one line and of many are all set about one height: the only row of a page. Columns of several rows begin at
    one."""
    high = [len(v.slots) for v in visits]
    if len(visits) < MIDDLES or max(high) - min(high) < MIDDLES:
        return False
    middles = [slots[v.first].y + slots[v.last].y for v in visits]
    return max(middles) - min(middles) < slots[0].pieces[0].size


def steps_of(v: Visit, slots: Sequence[Slot]) -> list[float]:
    """From line to line, points."""
    return [slots[b].y - slots[a].y for a, b in itertools.pairwise(v.slots)]


def usual_step(visits: Sequence[Visit], slots: Sequence[Slot]) -> float:
    """From line to line of a cell, points; 0 where no cell has two lines."""
    steps = sorted(step for v in visits for step in steps_of(v, slots))
    return steps[len(steps) // 2] if steps else 0.0


def are_cells(visits: Sequence[Visit], slots: Sequence[Slot], usual: float) -> bool:
    """Whether a visit is one cell: its lines stand one below the other with nothing between, and are no numbers. Else the
    columns were drawn from top to bottom, several cells at a time; and a table of figures has a row on each line anyway."""
    several = [v for v in visits if len(v.slots) > 1]
    torn = sum(max(steps_of(v, slots)) > WIDE * usual for v in several)
    beside = [v for v in visits if 0 not in v.columns]
    figures, lines = sum(v.figures for v in beside), sum(len(v.slots) for v in beside)
    return bool(several) and torn <= TORN * len(several) and figures <= FIGURES * lines and not any(v.figures >= 2 for v in several)


def visit_to_parts(v: Visit, slots: Sequence[Slot], usual: float) -> list[Visit]:
    """A visit, parted where its lines stand wide apart."""
    ends = [*(k + 1 for k, step in enumerate(steps_of(v, slots)) if step > WIDE * usual), len(v.slots)]
    return [Visit(v.columns, v.slots[a:b], 0, a > 0) for a, b in zip([0, *ends], ends, strict=False)]


def visits_to_blocks(visits: Sequence[Visit]) -> list[Row]:
    """Consecutive visits to columns further on, none below all of the others. A drawing that goes back over the block
    before begins another pass over the table (a spreadsheet draws texts of one line first)."""
    steps = [min(b.columns) - min(a.columns) for a, b in itertools.pairwise(visits)]
    onward = 1 if sum(s > 0 for s in steps) >= sum(s < 0 for s in steps) else -1
    blocks: list[Row] = []
    for k, v in enumerate(visits):
        if (
            not blocks or blocks[-1].columns & v.columns or steps[k - 1] * onward < 0 or v.first > blocks[-1].last
            or (len(blocks) > 1 and v.last < blocks[-2].last)
        ):  # fmt: skip
            blocks.append(Row(v.columns, v.first, v.last, v.after))
            continue
        b = blocks[-1]
        b.columns |= v.columns
        b.first, b.last, b.after = min(b.first, v.first), max(b.last, v.last), False
    return blocks


def blocks_to_rows(blocks: Sequence[Row]) -> list[Row]:
    """Blocks that share lines are one row, and so is what goes on below it in one column alone."""
    rows: list[Row] = []
    for b in sorted(blocks, key=lambda b: (b.first, b.last)):
        if not rows or b.first > rows[-1].last:
            rows.append(Row(b.columns, b.first, b.last, b.after))
            continue
        row = rows[-1]
        row.sure &= b.after or row.after or not row.columns & b.columns
        row.columns |= b.columns
        row.last, row.after = max(row.last, b.last), row.after and b.after
    whole: list[Row] = []
    for row in rows:
        if row.after and whole:
            whole[-1].last = row.last
        else:
            whole.append(row)
    return whole
