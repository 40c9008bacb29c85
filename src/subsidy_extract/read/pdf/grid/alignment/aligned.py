"""Words of one region, and what rules and shades it has, become the grid of a table that is told by alignment."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from subsidy_extract.read.pdf.grid.alignment.body import (
    bands_of_one_label,
    begins_anew,
    body_to_labels,
    merged_first,
    partly_ruled,
    widen_groups,
)
from subsidy_extract.read.pdf.grid.alignment.depth import (
    YEARS,
    another_heading,
    first_body_slot,
    whole_heading,
    without_first_row,
)
from subsidy_extract.read.pdf.grid.alignment.ends import trim
from subsidy_extract.read.pdf.grid.alignment.heading import (
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
from subsidy_extract.read.pdf.grid.alignment.lonely import headings_to_cuts
from subsidy_extract.read.pdf.grid.alignment.rows import slots_to_rows
from subsidy_extract.read.pdf.grid.alignment.upended import (
    beside_stacks,
    rows_between,
    stacks_to_rows,
    without,
    words_to_stacks,
)
from subsidy_extract.read.pdf.grid.columns import SPACE, cover, words_to_columns, words_to_space
from subsidy_extract.read.pdf.grid.edges import Edges, Ints, edges_round, split_edges, values_to_clusters
from subsidy_extract.read.pdf.grid.offset import columns_beside
from subsidy_extract.read.pdf.grid.pieces import Piece, Slot, words_to_slots
from subsidy_extract.read.pdf.grid.spans import labels_to_spans, spans_to_boxes
from subsidy_extract.read.pdf.grid.valley import Valley
from subsidy_extract.read.pdf.grid.values import is_value
from subsidy_extract.read.pdf.grid.words import Words, drawn_on, words_to_chunks
from subsidy_extract.read.pdf.nouns import Floats, Grid, GridBox

HEADINGS_APART = 1.5  # of the font size: headings of two columns are at least this far apart
SEVERAL = 2  # columns for each that is drawn: what is drawn are groups of columns
CHUNK = 1.0  # of the font size: words nearer than this belong together until the columns are known


def words_to_grids(words: Words, h: Edges, v: Edges, size: float) -> list[Grid]:
    """The tables that the words of a region make, from top to bottom: several where the heading comes again. h, v: edges
    of rules and shades on the page; size: font size, points."""
    grid, again = words_to_grid(words, h, v, size)
    if again is None:
        return [] if grid is None else [grid]
    upper, lower = words.take(words.y < again), words.take(words.y >= again)
    return [*words_to_grids(upper, h, v, size), *words_to_grids(lower, h, v, size)]


def words_to_grid(words: Words, h: Edges, v: Edges, size: float) -> tuple[Grid | None, float | None]:
    """The table that the words of a region make, or None; and above which y (points) its heading comes again, if it does."""
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
        return None, None
    # titles and notes have gone: what is left says better where the columns are
    inside = np.isin(words.line, np.unique(words.line)[lines.index(slots[0]) : lines.index(slots[-1]) + 1])
    if not inside.all():
        words = words.take(inside)
        if not stacks:
            at = words_to_cuts(words, h, v, size)
        slots = trim(words_to_slots(words, at, size), h, v, size, len(at) + 1) if len(at) else ()
    if slots and (bare := {*range(len(at) + 1)} - {p.col for s in slots for p in s.pieces if p.col == p.last}):
        at = without_columns(at, bare, slots)
        slots = [s for s in words_to_slots(words, at, size) if slots[0].y <= s.y <= slots[-1].y]
    if len(slots) < 2 or not len(at):
        return None, None
    columns = len(at) + 1
    left = min(p.x0 for s in slots for p in s.pieces)
    right = max(p.x1 for s in slots for p in s.pieces)
    whole, partial = edges_round(h, left, right, slots[0].top, slots[-1].bottom, size)
    hard = slots_to_hard(slots, whole)
    cards = labels_to_rows(slots, columns)
    first = whole_heading(slots, hard, without_first_row(slots, partial, first_body_slot(slots, hard, columns))) if cards is None else 0
    if first and (slots[0].at(0) is None or slots[first].at(0) is None) and merged_first(slots[first - 1], slots[first], whole, at, size):
        first = 0  # a cell of the first column goes on below the rule: no heading does
    if cards is None and len(lonely := headings_to_cuts(words, (slots[max(first, 1) - 1].y + slots[max(first, 1)].y) / 2, at, size)):
        at = np.sort(np.concatenate((at, lonely)))
        columns = len(at) + 1
        slots = [s for s in words_to_slots(words, at, size) if slots[0].y <= s.y <= slots[-1].y]
    if first:
        slots = [*split_phrases(slots[:first], size), *slots[first:]]
    slots = [*slots[:first], *widen_groups(slots[first:], columns)]
    ink = slots_to_ink(slots[max(first, 1) - 1 :], columns)
    partly, across = partly_ruled(slots[first:], partial, ink, hard[first:])
    going = {first + k: c for k, c in partly.items()}
    same = bands_of_one_label(slots[first:], hard[first:]) if columns > 2 else set()
    free = slots_to_rows(slots[first:], columns, hard[first:]) if cards is None else cards
    starts = sorted(first + k for k in {*free, *partly, *same} - across)
    going |= {first + k: [0] for k in same}
    rows = [slots[a:b] for a, b in zip([0, *starts] if first else starts, [*starts[not first :], len(slots)], strict=True)]
    if not is_table(slots, rows, columns, len(np.unique(np.searchsorted([s.y for s in slots], whole.at)))):  # rules below all of it say nothing
        return None, None
    if (again := heading_again(slots, first) or another_heading(slots, first)) is not None:
        return None, (slots[again - 1].y + slots[again].y) / 2
    tops = [boundary(slots[k - 1], slots[k], whole) for k in starts[1:]]
    head_end = boundary(slots[first - 1], slots[first], whole) if first else 0.0
    above = whole.at[whole.at < slots[0].y]
    below = whole.at[whole.at > slots[-1].y]
    top = float(above.max()) if len(above) else slots[0].top - 0.2 * size
    bottom = float(below.min()) if len(below) else slots[-1].bottom + 0.2 * size
    labels = []
    ys: list[float] = [top]
    if first:
        cells = tuple(itertools.pairwise([left, *at.tolist(), right]))
        units = units_below(slots[:first], ink, cells, partial, size)
        counts = not units and counts_below(slots[:first])
        last = first - (bool(units) or counts)
        end = head_end if last == first else boundary(slots[last - 1], slots[last], partial)
        label, levels = spanners_to_labels(heading_to_spanners(slots[:last], ink, cells, partial, size), columns, top, end, size)
        label = with_long_texts(label, slots[:last])
        if units:
            label, levels = with_units(label, units), np.append(levels, head_end)
        elif counts:
            label, levels = with_counts(label), np.append(levels, head_end)
        labels.append(label)
        ys = levels.tolist()
    since = starts[0]
    for before, k in itertools.pairwise(starts):
        each = slots[before].at(0) is not None and slots[k].at(0) is not None  # each row has its own label
        if k not in going and not each and not begins_anew(slots, since, k, size) and (cols := merged_first(slots[k - 1], slots[k], whole, at, size)):
            going[k] = cols
        since = since if k in going else k
    if stacks:
        bottom = max(bottom, stacks[-1].bottom + 0.2 * size)
        own = [r for r, row in enumerate(rows[first > 0 :]) if any(s.at(0) is not None for s in row)]
        speak = stacks_to_rows(stacks, [ys[-1], *tops, bottom], own, any(hard[first:]), size)
        for r in rows_between(stacks, speak, [ys[-1], *tops], size):
            going[starts[r]] = [c for c in going.get(starts[r], ()) if c]
        for a, b in speak:
            going |= {starts[r]: sorted({0, *going.get(starts[r], ())}) for r in range(a + 1, b + 1)}
    labels.append(body_to_labels(slots, starts, columns, going))
    ys += [*tops, bottom]
    xs = np.concatenate(([min(left, whole.lo.min() if len(whole) else left) - 0.1 * size], at, [max(right, whole.hi.max() if len(whole) else right) + 0.1 * size]))
    offset = 0
    stacked = []
    for label in labels:
        stacked.append(label + offset)
        offset += label.size
    heading_rows = len(labels[0]) if first else None
    boxes = fit_boxes(spans_to_boxes(labels_to_spans(np.vstack(stacked)), xs, np.array(ys)), slots, ys)
    # where every row has its rule, a last row without one goes on on the next page
    each = sum(hard) >= 2 and sum(hard) >= 0.8 * (len(starts) - 1)
    return (
        Grid(
            tuple(xs.tolist()), tuple(ys), boxes, ruled=False, heading_rows=heading_rows,
            open_top=each and not len(above), open_bottom=each and not len(below),
        ),
        None,
    )  # fmt: skip


def without_columns(at: Floats, bare: Collection[int], slots: Sequence[Slot]) -> Floats:
    """The cuts `at` without one for each column in which no text stands alone: that which more texts run over."""
    over = [sum(p.col <= k < p.last for s in slots for p in s.pieces) for k in range(len(at))]
    gone = {max((k for k in (c - 1, c) if 0 <= k < len(at)), key=lambda k: over[k]) for c in bare}
    return at[[k for k in range(len(at)) if k not in gone]]


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


def heading_again(slots: Sequence[Slot], first: int) -> int | None:
    """Where the heading begins again in a table: its last line has the same label over the first column. first: how many
    lines the heading has."""
    label = slots[first - 1].at(0) if first else None
    if label is None or label.value or len(slots[first - 1].pieces) < 3:
        return None
    for k in range(first + 2, len(slots) - 2):
        p = slots[k].at(0)
        if p is not None and p.text == label.text and len(slots[k].pieces) >= 0.8 * len(slots[first - 1].pieces):
            start = k
            while start > k - first + 1 and slots[start - 1].at(0) is None:
                start -= 1
            return start
    return None


def words_to_cuts(words: Words, h: Edges, v: Edges, size: float) -> Floats:
    """Words of a region → where its columns are parted: by what is drawn, else by the white that runs through."""
    chunk = words_to_chunks(words, CHUNK * size)
    valleys, _ = words_to_columns(words, chunk, size, ruled_depth(words, chunk, h))
    valleys = columns_beside(words, valleys, size)
    at = valleys_to_cuts(valleys, words, size)
    drawn, high = edges_to_cuts(v, words, size)
    white = np.ones(len(valleys), dtype=bool)
    if len(drawn):
        # where columns are drawn, the drawing decides; a single line may be one of several columns, and so may a single shade
        white = np.array([not any(val.lo - size < d < val.hi + size for d in drawn.tolist()) for val in valleys], dtype=bool)
        groups = not high and white.sum() >= SEVERAL * len(drawn)  # edges in the heading alone, between texts over several columns
        if (len(drawn) > 1 or len(valleys) < 2) and not groups:
            white &= np.array([headings_and_figures_apart(words, a, drawn, size) for a in at.tolist()], dtype=bool)
    cuts = np.sort(np.concatenate((drawn, at[white])))
    begin = rules_to_begin(h, words, size)
    if begin is None or (np.abs(drawn - begin) < size).any() or any(val.lo - size < begin < val.hi + size for val, w in zip(valleys, white.tolist(), strict=True) if w):
        return cuts
    return np.sort(np.append(cuts, begin))


def headings_and_figures_apart(words: Words, at: float, drawn: Floats, size: float) -> bool:
    """Whether within one drawn column white parts figures on most lines, and two texts over them."""
    k = int(np.searchsorted(drawn, at))
    low, high = float(drawn[k - 1]) if k else -np.inf, float(drawn[k]) if k < len(drawn) else np.inf
    middle = (words.x0 + words.x1) / 2
    left, right = np.flatnonzero((middle > low) & (words.x1 <= at)), np.flatnonzero((middle < high) & (words.x0 >= at))
    both = np.intersect1d(words.line[left], words.line[right])
    if len(both) < 4:
        return False
    apart, figures, heads = 0, 0, 0
    for line in both.tolist():
        i, j = int(left[words.line[left] == line][-1]), int(right[words.line[right] == line][0])
        apart += float(words.x0[j] - words.x1[i]) >= HEADINGS_APART * size
        years = not figures and YEARS.fullmatch(words.text[i]) and YEARS.fullmatch(words.text[j])
        values = 0 if years else is_value(words.text[i]) + is_value(words.text[j])
        figures += values == 2
        heads += not figures and not values
    lines = len(np.unique(words.line[(middle > low) & (middle < high)]))
    return heads > 0 and apart == len(both) and figures >= 3 and figures + heads >= 0.8 * lines


def rules_to_begin(h: Edges, words: Words, size: float) -> float | None:
    """Where the second column of a table begins, when several of its rules begin there and others left of it: they leave a
    cell of the first column whole. None where a word runs over that place."""
    whole, _ = split_edges(h, float(words.x0.min()), float(words.x1.max()), float(words.top.min()) - 2 * size, float(words.bottom.max()) + 2 * size)
    if len(whole) < 3:
        return None
    short = whole.lo[whole.lo > whole.lo.min() + size]
    if len(short) < 2 or float(np.ptp(short)) > 0.5 * size:
        return None
    begin = float(short.min()) - 0.1 * size
    left, across = words.x0 < begin - 0.1 * size, words.x1 > begin + 0.2 * size
    return begin if left.any() and not (left & across).any() else None


def ruled_depth(words: Words, chunk: Ints, h: Edges) -> int:
    """How many lines of a region stand over the first rule that has two texts side by side above it and more lines below
    it than above; 0 where there is none."""
    whole, _ = split_edges(h, float(words.x0.min()), float(words.x1.max()), float(words.top.min()), float(words.bottom.max()))
    if not len(whole):
        return 0
    first = np.flatnonzero(np.concatenate(([True], words.line[1:] != words.line[:-1])))
    last = np.concatenate((first[1:], [len(words)])) - 1
    beside = np.flatnonzero(chunk[last] > chunk[first])
    for depth in np.searchsorted(words.y[first], np.sort(whole.at)).tolist():
        if len(beside) and beside[0] < depth:
            return int(depth) if 2 * depth < len(first) + 1 else 0
    return 0


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


def words_to_reach(words: Words, size: float) -> Floats:
    """Where each word ends, with the space to the next word of its phrase: the first column does not end there."""
    reach = words.x1.copy()
    gap = words.x0[1:] - words.x1[:-1]
    near = (words.line[1:] == words.line[:-1]) & (gap > 0) & (gap <= SPACE * words_to_space(words, size)) & drawn_on(words)
    for k in np.flatnonzero(near).tolist():
        if not is_value(words.text[k]) and not is_value(words.text[k + 1]):
            reach[k] = words.x0[k + 1]
    return reach


def valleys_to_cuts(valleys: Sequence[Valley], words: Words, size: float) -> Floats:
    """Where in each valley the columns are parted: the middle of a part that the fewest words cover; of several parts that
    with the most lines that have text in both columns (a heading in the valley goes to the column that has none on its
    line), then the widest."""
    cuts: list[float] = []
    middle_of = (words.x0 + words.x1) / 2
    chunk = words_to_chunks(words, CHUNK * size)
    for k, v in enumerate(valleys):
        reach = words.x1 if k else words_to_reach(words, size)  # a long label runs over the white, headings stand side by side
        before = cuts[-1] if k else -np.inf
        after = (valleys[k + 1].lo + valleys[k + 1].hi) / 2 if k + 1 < len(valleys) else np.inf
        near = (middle_of > before) & (middle_of < after)
        told = np.ones(len(words), dtype=bool)
        if k:  # a heading alone over both columns does not tell where they part
            pairs = np.unique(np.column_stack((words.line, chunk))[near], axis=0)
            lines, texts = np.unique(pairs[:, 0], return_counts=True)
            told = ~(near & np.isin(words.line, lines[texts == 1]))
        points = np.unique(np.clip(np.concatenate((words.x0[told], reach[told], [v.lo, v.hi])), v.lo, v.hi))
        middle = (points[1:] + points[:-1]) / 2
        held = cover(words.x0[told], reach[told], middle)
        runs = np.flatnonzero(np.diff(np.concatenate(([0], (held == held.min()).astype(np.int8), [0]))))
        ends = [(float(points[a]), float(points[b])) for a, b in zip(runs[::2], runs[1::2], strict=True)]
        if len(ends) > 1:
            both = [
                len(np.intersect1d(words.line[near & (middle_of < lo + 0.01)], words.line[near & (middle_of > lo)])) for lo, _ in ends
            ]
            ends = [e for e, n in zip(ends, both, strict=True) if n == max(both)]
        lo, hi = max(ends, key=lambda pq: pq[1] - pq[0])
        cuts.append((lo + hi) / 2)
    return np.array(cuts)


def edges_to_cuts(v: Edges, words: Words, size: float) -> tuple[Floats, bool]:
    """Vertical edges → the positions inside a region where columns are drawn apart: by a rule over half its height or
    more, or by the sides of shaded areas that (nearly) no word crosses; and whether any of them is so high."""
    top, bottom, left, right = words.top.min(), words.bottom.max(), words.x0.min(), words.x1.max()
    near = v.take((v.lo < bottom) & (v.hi > top) & (v.at > left) & (v.at < right))
    if not len(near):
        return np.zeros(0), False
    which, at = values_to_clusters(near.at, 0.4 * size)
    long = np.zeros(len(at))
    np.add.at(long, which, np.minimum(near.hi, bottom) - np.maximum(near.lo, top))
    begin = np.full(len(at), np.inf)
    np.minimum.at(begin, which, near.lo)  # a text above it is one over both columns
    crossed = ((words.x0[:, None] < at - 0.2 * size) & (words.x1[:, None] > at + 0.2 * size) & (words.y[:, None] > begin)).sum(axis=0)
    beside = np.array([((words.x1 < a).any() and (words.x0 > a).any()) for a in at], dtype=bool)
    lines = int(words.line.max()) + 1
    drawn = beside & (crossed <= 0.05 * lines) & (long >= min(1.2 * size, 0.5 * (bottom - top)))
    cuts: Floats = at[drawn]
    return cuts, bool((long[drawn] >= 0.5 * (bottom - top)).any())


def slots_to_hard(slots: Sequence[Slot], whole: Edges) -> list[bool]:
    """Between which slots and the next a rule runs."""
    return [bool(((whole.at > a.y) & (whole.at < b.y)).any()) for a, b in itertools.pairwise(slots)]


def boundary(above: Slot, below: Slot, whole: Edges) -> float:
    """Where two rows part: at the rule between them, else halfway between their text."""
    between = whole.at[(whole.at > above.y) & (whole.at < below.y)]
    return float(between[0]) if len(between) else (above.bottom + below.top) / 2
