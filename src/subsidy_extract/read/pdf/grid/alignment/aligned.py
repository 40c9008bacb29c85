"""Words of one region, and what rules and shades it has, become the grid of a table that is told by alignment."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from subsidy_extract.read.pdf.grid.alignment.body import (
    bands_of_one_label,
    begins_anew,
    body_to_labels,
    merged_first,
    partly_ruled,
    widen_groups,
)
from subsidy_extract.read.pdf.grid.alignment.cuts import words_to_cuts
from subsidy_extract.read.pdf.grid.alignment.depth import (
    another_heading,
    first_body_slot,
    whole_heading,
    without_first_row,
)
from subsidy_extract.read.pdf.grid.alignment.ends import between_rules, trim
from subsidy_extract.read.pdf.grid.alignment.heading import (
    Ink,
    counts_below,
    heading_to_spanners,
    slots_to_ink,
    spanners_to_labels,
    split_phrases,
    units_below,
    with_counts,
    with_long_texts,
    with_units,
)
from subsidy_extract.read.pdf.grid.alignment.judge import is_table
from subsidy_extract.read.pdf.grid.alignment.labels import labels_to_rows
from subsidy_extract.read.pdf.grid.alignment.lonely import headings_to_cuts, without_halves
from subsidy_extract.read.pdf.grid.alignment.rows import slots_to_rows
from subsidy_extract.read.pdf.grid.alignment.upended import (
    Stack,
    beside_stacks,
    rows_between,
    stacks_to_rows,
    without,
    words_to_stacks,
)
from subsidy_extract.read.pdf.grid.edges import Edges, Ints, edges_round
from subsidy_extract.read.pdf.grid.pieces import Piece, Slot, words_to_slots
from subsidy_extract.read.pdf.grid.spans import labels_to_spans, spans_to_boxes
from subsidy_extract.read.pdf.grid.words import Words
from subsidy_extract.read.pdf.nouns import Floats, Grid, GridBox


def words_to_grids(words: Words, h: Edges, v: Edges, size: float) -> list[Grid]:
    """The tables that the words of a region make, from top to bottom: several where the heading comes again. h, v: edges
    of rules and shades on the page; size: font size, points."""
    grid, again = words_to_grid(words, h, v, size)
    if again is None:
        return [] if grid is None else [grid]
    upper, lower = words.take(words.y < again), words.take(words.y >= again)
    return [*words_to_grids(upper, h, v, size), *words_to_grids(lower, h, v, size)]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a table without the titles above and the notes below it. at: where its columns are parted, points; slots: the
    lines, each text in its columns; stacks: the texts in vertical writing left of all others, which `words` has no more."""

    words: Words
    stacks: Sequence[Stack]
    at: Floats
    slots: Sequence[Slot]


@dataclass(frozen=True, slots=True)
class Body(Lines):
    """Lines of which is known how many are the heading (first). cards: the lines at which rows begin, counted in those below the heading,
    where labels in the first column tell. left, right: the sides of the text, points; whole, partial: rules over all of the width
    and over a part of it; hard: between which lines and the next a whole rule runs."""

    first: int
    cards: Sequence[int] | None
    left: float
    right: float
    whole: Edges
    partial: Edges
    hard: Sequence[bool]

    @property
    def columns(self) -> int:
        return len(self.at) + 1


@dataclass(frozen=True, slots=True)
class Rows:
    """starts: the line at which each row of the body begins; going: columns in which a cell goes on over that line; ink: where
    each column has text, points."""

    starts: Sequence[int]
    going: Mapping[int, Sequence[int]]
    ink: Ink


def words_to_grid(words: Words, h: Edges, v: Edges, size: float) -> tuple[Grid | None, float | None]:
    """The table that the words of a region make, or None; and above which y (points) its heading comes again, if it does."""
    lines = words_to_lines(words, h, v, size)
    if lines is None:
        return None, None
    body = lines_to_body(lines, h, size)
    rows = body_to_rows(body)
    slots, first, starts = body.slots, body.first, rows.starts
    texts = [slots[a:b] for a, b in zip([0, *starts] if first else starts, [*starts[not first :], len(slots)], strict=True)]
    if not is_table(slots, texts, body.columns, len(np.unique(np.searchsorted([s.y for s in slots], body.whole.at)))):  # rules below all of it say nothing
        return None, None
    if (again := heading_again(slots, first) or another_heading(slots, body.hard, first)) is not None:
        return None, (slots[again - 1].y + slots[again].y) / 2
    return rows_to_grid(body, rows, v, size), None


def words_to_lines(words: Words, h: Edges, v: Edges, size: float) -> Lines | None:
    """The lines of the table in a region; None where fewer than two stand in columns."""
    words = between_rules(words, h, size)
    stacks, mine = words_to_stacks(words, size)
    if stacks:
        words = without(words, mine)
        cut, beside = beside_stacks(stacks, words, size)
        at = np.concatenate(([cut], words_to_cuts(words.take(beside), h, v, size))) if beside.any() else np.zeros(0)
    else:
        at = words_to_cuts(words, h, v, size)
    lines = words_to_slots(words, at, size) if len(at) else ()
    slots: Sequence[Slot] = trim(lines, h, v, size, len(at) + 1) if lines else ()
    if len(slots) < 2:
        return None
    # titles and notes have gone: what is left says better where the columns are
    inside = np.isin(words.line, np.unique(words.line)[lines.index(slots[0]) : lines.index(slots[-1]) + 1])
    if not inside.all():
        words = words.take(inside)
        if not stacks:
            at = words_to_cuts(words, h, v, size)
        slots = trim(words_to_slots(words, at, size), h, v, size, len(at) + 1) if len(at) else ()
    return Lines(words, stacks, at, slots) if len(slots) > 1 and len(at) else None


def cut_anew(slots: Sequence[Slot], words: Words, at: Floats, size: float) -> Sequence[Slot]:
    """The same lines with their texts in the columns that `at` parts."""
    return [s for s in words_to_slots(words, at, size) if slots[0].y <= s.y <= slots[-1].y]


def lines_to_body(lines: Lines, h: Edges, size: float) -> Body:
    """How many lines are the heading; the columns that only the body shows are parted, and texts that run over several are one."""
    words, at, slots = lines.words, lines.at, lines.slots
    left = min([*(p.x0 for s in slots for p in s.pieces), *(s.x0 for s in lines.stacks)])
    right = max(p.x1 for s in slots for p in s.pieces)
    whole, partial = edges_round(h, left, right, slots[0].top, slots[-1].bottom, size)
    hard = slots_to_hard(slots, whole)
    cards = labels_to_rows(slots, len(at) + 1)
    first = whole_heading(slots, hard, without_first_row(slots, partial, first_body_slot(slots, hard, len(at) + 1))) if cards is None else 0
    if first and (slots[0].at(0) is None or slots[first].at(0) is None) and merged_first(slots[first - 1], slots[first], whole, at, size):
        first = 0  # a cell of the first column goes on below the rule: no heading does
    if cards is None and len(lonely := headings_to_cuts(words, (slots[max(first, 1) - 1].y + slots[max(first, 1)].y) / 2, at, size)):
        at = np.sort(np.concatenate((at, lonely)))
        slots = cut_anew(slots, words, at, size)
    if first and not lines.stacks and len(less := without_halves(at, slots, first)) < len(at) > 2:
        at = less
        slots = cut_anew(slots, words, at, size)
    if first:
        slots = [*split_phrases(slots[:first], size), *slots[first:]]
    slots = [*slots[:first], *widen_groups(slots[first:], len(at) + 1)]
    return Body(words, lines.stacks, at, slots, first, cards, left, right, whole, partial, hard)


def body_to_rows(body: Body) -> Rows:
    """Where rows begin: at rules, at labels of the first column, at what alignment tells."""
    first, columns, hard = body.first, body.columns, body.hard[body.first :]
    below = body.slots[first:]
    ink = slots_to_ink(body.slots[max(first, 1) - 1 :], columns)
    partly, across = partly_ruled(below, body.partial, ink, hard)
    same = bands_of_one_label(below, hard) if columns > 2 else set()
    free = slots_to_rows(below, columns, hard) if body.cards is None else body.cards
    starts = sorted(first + k for k in {*free, *partly, *same} - across)
    return Rows(starts, {first + k: c for k, c in partly.items()} | {first + k: [0] for k in same}, ink)


def rows_to_grid(body: Body, rows: Rows, v: Edges, size: float) -> Grid:
    """The rows between their boundaries, the heading above them."""
    at, slots, whole, starts = body.at, body.slots, body.whole, rows.starts
    above, below = whole.at[whole.at < slots[0].y], whole.at[whole.at > slots[-1].y]
    top = float(above.max()) if len(above) else slots[0].top - 0.2 * size
    bottom = float(below.min()) if len(below) else slots[-1].bottom + 0.2 * size
    if body.stacks:
        bottom = max(bottom, body.stacks[-1].bottom + 0.2 * size)
    label, levels = heading_to_labels(body, rows.ink, top, v, size)
    ys = [*levels, *(boundary(slots[k - 1], slots[k], whole) for k in starts[1:]), bottom]
    going = cells_that_go_on(body, rows, size)
    if body.stacks:
        going = beside_writing(body, starts, going, ys[len(levels) - 1 :], size)
    labels = body_to_labels(slots, starts, body.columns, going)
    if label is not None:
        labels = np.vstack((label, labels + label.size))
    xs = np.concatenate(([min(body.left, whole.lo.min() if len(whole) else body.left) - 0.1 * size], at, [max(body.right, whole.hi.max() if len(whole) else body.right) + 0.1 * size]))
    boxes = fit_boxes(spans_to_boxes(labels_to_spans(labels), xs, np.array(ys)), slots, ys)
    # where every row has its rule, a last row without one goes on on the next page
    each = sum(body.hard) >= 2 and sum(body.hard) >= 0.8 * (len(starts) - 1)
    return Grid(
        tuple(xs.tolist()), tuple(ys), boxes, ruled=False, heading_rows=None if label is None else len(label),
        open_top=each and not len(above), open_bottom=each and not len(below),
    )  # fmt: skip


def heading_to_labels(body: Body, ink: Ink, top: float, v: Edges, size: float) -> tuple[Ints | None, list[float]]:
    """The heading as labels (levels, columns), None without one; and where its levels part, points: the first at `top`, the last
    where the body begins."""
    first, slots, partial = body.first, body.slots[: body.first], body.partial
    if not first:
        return None, [top]
    head_end = boundary(slots[-1], body.slots[first], body.whole)
    cells = tuple(itertools.pairwise([body.left, *body.at.tolist(), body.right]))
    units = units_below(slots, ink, cells, partial, size)
    counts = not units and counts_below(slots)
    last = first - (bool(units) or counts)
    above = int(last > 1 and counts_below(slots[:last], 0))
    end = head_end if last == first else boundary(slots[last - 1], slots[last], partial)
    begin = boundary(slots[0], slots[1], partial) if above else top
    label, levels = spanners_to_labels(heading_to_spanners(slots[above:last], ink, cells, partial, v, size), body.columns, begin, end, size)
    label = with_long_texts(label, slots[:last])
    if units:
        label, levels = with_units(label, units), np.append(levels, head_end)
    elif counts:
        label, levels = with_counts(label), np.append(levels, head_end)
    if above:
        label, levels = np.vstack((with_counts(label)[-1:], label)), np.concatenate(([top], levels))
    return label, levels.tolist()


def cells_that_go_on(body: Body, rows: Rows, size: float) -> dict[int, Sequence[int]]:
    """`Rows.going`, with the cells of the first column that are merged over rows."""
    slots, going = body.slots, dict(rows.going)
    since = rows.starts[0]
    for before, k in itertools.pairwise(rows.starts):
        each = slots[before].at(0) is not None and slots[k].at(0) is not None  # each row has its own label
        if k not in going and not each and not begins_anew(slots, since, k, size) and (cols := merged_first(slots[k - 1], slots[k], body.whole, body.at, size)):
            going[k] = cols
        since = since if k in going else k
    return going


def beside_writing(body: Body, starts: Sequence[int], going: Mapping[int, Sequence[int]], ys: Sequence[float], size: float) -> dict[int, Sequence[int]]:
    """`going`, with the rows over which each text in vertical writing is merged. ys: where the rows begin and the last ends, points."""
    out = dict(going)
    own = [r for r, (a, b) in enumerate(itertools.pairwise([*starts, len(body.slots)])) if any(s.at(0) is not None for s in body.slots[a:b])]
    speak = stacks_to_rows(body.stacks, ys, own, any(body.hard[body.first :]), size)
    for r in rows_between(body.stacks, speak, ys[:-1], size):
        out[starts[r]] = [c for c in out.get(starts[r], ()) if c]
    for a, b in speak:
        out |= {starts[r]: sorted({0, *out.get(starts[r], ())}) for r in range(a + 1, b + 1)}
    return out


def heading_again(slots: Sequence[Slot], first: int) -> int | None:
    """Where the heading begins again in a table: its last line has the same label over the first column, or, without one, the
    same texts throughout. first: how many lines the heading has."""
    last = slots[first - 1] if first else None
    label = last.at(0) if last else None
    if last is None or len(last.pieces) < 3 or (label is not None and label.value) or all(p.value for p in last.pieces):
        return None
    for k in range(first + 2, len(slots) - 2):
        p, q = slots[k].at(0), slots[k].pieces
        if (
            (p is not None and label is not None and p.text == label.text and len(q) >= 0.8 * len(last.pieces))
            or (p is None and label is None and [t.text for t in q] == [t.text for t in last.pieces])
        ):  # fmt: skip
            start = k
            while start > k - first + 1 and slots[start - 1].at(0) is None:
                start -= 1
            return start
    return None


def fit_boxes(boxes: tuple[GridBox, ...], slots: Sequence[Slot], ys: Sequence[float]) -> tuple[GridBox, ...]:
    """Boxes whose text would overrun the line between two columns, and their neighbours, part where the white is in
    their own row."""
    of = np.searchsorted(ys, [s.y for s in slots], side="right") - 1
    rows: dict[int, list[Piece]] = {}
    for r, s in zip(of.tolist(), slots, strict=True):
        rows.setdefault(r, []).extend(s.pieces)
    out = []
    for b in boxes:
        x0, top, x1, bottom = b.bbox
        near = [p for r in range(b.row, b.row + b.row_span) for p in rows.get(r, [])]
        mine = [p for p in near if b.col <= p.col and p.last < b.col + b.col_span]
        before = [p for p in near if p.last < b.col]
        after = [p for p in near if p.col >= b.col + b.col_span]
        lo, hi = max((p.x1 for p in before), default=-np.inf), min((p.x0 for p in after), default=np.inf)
        first, last = min((p.x0 for p in mine), default=np.inf), max((p.x1 for p in mine), default=-np.inf)
        left = (lo + first) / 2 if np.isfinite(lo + first) and lo < first and not lo <= x0 <= first else x0
        if mine and left == x0 and not np.isfinite(lo) and first < x0:
            left = first
        right = (hi + last) / 2 if np.isfinite(hi + last) and last < hi and not last <= x1 <= hi else x1
        if mine and right == x1 and not np.isfinite(hi) and last > x1:
            right = last
        if not mine:  # an empty field gives way
            left, right = max(x0, min(lo, x1)), min(x1, max(hi, x0))
        out.append(b if (left, right) == (x0, x1) else replace(b, bbox=(float(left), top, float(max(left, right)), bottom)))
    return tuple(out)


def slots_to_hard(slots: Sequence[Slot], whole: Edges) -> list[bool]:
    """Between which slots and the next a rule runs."""
    return [bool(((whole.at > a.y) & (whole.at < b.y)).any()) for a, b in itertools.pairwise(slots)]


def boundary(above: Slot, below: Slot, whole: Edges) -> float:
    """Where two rows part: at the rule between them, else halfway between their text."""
    between = whole.at[(whole.at > above.y) & (whole.at < below.y)]
    return float(between[0]) if len(between) else (above.bottom + below.top) / 2
