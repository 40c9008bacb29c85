"""Words of one region, and what rules and shades it has, become the grid of a table that is told by alignment."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from subsidy_extract.read.pdf.grid.columns import Valley, cover, words_to_columns
from subsidy_extract.read.pdf.grid.edges import NO_EDGES, Edges, Ints, values_to_clusters
from subsidy_extract.read.pdf.grid.heading import Ink, heading_to_spanners, spanners_to_labels, split_phrases
from subsidy_extract.read.pdf.grid.judge import is_table
from subsidy_extract.read.pdf.grid.lonely import headings_to_cuts
from subsidy_extract.read.pdf.grid.pieces import Piece, Slot, words_to_slots
from subsidy_extract.read.pdf.grid.rows import slots_to_rows
from subsidy_extract.read.pdf.grid.ruled import labels_to_spans, spans_to_boxes
from subsidy_extract.read.pdf.grid.stream import stream_to_rows
from subsidy_extract.read.pdf.grid.words import Words, is_wide, words_to_chunks
from subsidy_extract.read.pdf.nouns import Floats, Grid, GridBox

CHUNK = 1.0  # of the font size: words nearer than this belong together until the columns are known
YEARS = re.compile(r"(?:FY ?)?(?:19|20)\d\d(?:[-–/](?:(?:19|20)?\d\d))?")
WIDEST = 2.4  # of the font size: lines of one cell are no further apart
WHOLE = 0.8  # of the table's width: a rule at least this long parts rows


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
    at = words_to_cuts(words, v, size)
    slots: Sequence[Slot] = trim(words_to_slots(words, at, size), h, size, len(at) + 1) if len(at) else ()
    if len(slots) < 2:
        return None, None
    # titles and notes have gone: what is left says better where the columns are
    inside = (words.y >= slots[0].y - 0.01 * size) & (words.y <= slots[-1].y + 0.01 * size)
    if not inside.all():
        words = words.take(inside)
        at = words_to_cuts(words, v, size)
        slots = trim(words_to_slots(words, at, size), h, size, len(at) + 1) if len(at) else ()
    if len(slots) < 2:
        return None, None
    columns = len(at) + 1
    left = min(p.x0 for s in slots for p in s.pieces)
    right = max(p.x1 for s in slots for p in s.pieces)
    whole, partial = split_edges(h, left, right, slots[0].top - 2 * size, slots[-1].bottom + 2 * size)
    hard = slots_to_hard(slots, whole)
    first = whole_heading(slots, hard, first_body_slot(slots, hard, columns))
    if len(lonely := headings_to_cuts(words, (slots[max(first, 1) - 1].y + slots[max(first, 1)].y) / 2, at, size)):
        at = np.sort(np.concatenate((at, lonely)))
        columns = len(at) + 1
        slots = [s for s in words_to_slots(words, at, size) if slots[0].y <= s.y <= slots[-1].y]
    if first:
        slots = [*split_phrases(slots[:first], size), *slots[first:]]
    starts = slots_to_rows(slots[first:], columns, hard[first:])
    starts = [first + k for k in starts]
    rows = [slots[a:b] for a, b in zip([0, *starts] if first else starts, [*starts[not first :], len(slots)], strict=True)]
    if not is_table(slots, rows, columns, len(whole)):
        return None, None
    if (again := heading_again(slots, first)) is not None:
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
        ink = slots_to_ink(slots[first - 1 :], columns)
        outer = [left, *at.tolist(), right]
        spanners = heading_to_spanners(slots[:first], ink, tuple(itertools.pairwise(outer)), partial, size)
        label, levels = spanners_to_labels(spanners, columns, top, head_end, size)
        labels.append(label)
        ys = levels.tolist()
    labels.append(body_to_labels(slots, starts, columns))
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


def words_to_cuts(words: Words, v: Edges, size: float) -> Floats:
    """Words of a region → where its columns are parted: by what is drawn, else by the white that runs through."""
    valleys, _ = words_to_columns(words, words_to_chunks(words, CHUNK * size), size)
    at = valleys_to_cuts(valleys, words)
    drawn = edges_to_cuts(v, words, size)
    if not len(drawn):
        return at
    inside = [any(val.lo - size < d < val.hi + size for d in drawn.tolist()) for val in valleys]
    # where columns are drawn, the drawing decides; a single line may be one of several columns
    keep = at[[not i for i in inside]] if len(drawn) < 2 and len(valleys) > 1 else at[:0]
    return np.sort(np.concatenate((drawn, keep)))


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


def valleys_to_cuts(valleys: Sequence[Valley], words: Words) -> Floats:
    """Where in each valley the columns are parted: the middle of its widest part that the fewest words cover."""
    cuts = []
    for v in valleys:
        points = np.unique(np.clip(np.concatenate((words.x0, words.x1, [v.lo, v.hi])), v.lo, v.hi))
        middle = (points[1:] + points[:-1]) / 2
        held = cover(words.x0, words.x1, middle)
        runs = np.flatnonzero(np.diff(np.concatenate(([0], (held == held.min()).astype(np.int8), [0]))))
        ends = ((float(points[a]), float(points[b])) for a, b in zip(runs[::2], runs[1::2], strict=True))
        lo, hi = max(ends, key=lambda pq: pq[1] - pq[0])
        cuts.append((lo + hi) / 2)
    return np.array(cuts)


def edges_to_cuts(v: Edges, words: Words, size: float) -> Floats:
    """Vertical edges → the positions inside a region where columns are drawn apart: by a rule over half its height or
    more, or by the sides of shaded areas that (nearly) no word crosses."""
    top, bottom, left, right = words.top.min(), words.bottom.max(), words.x0.min(), words.x1.max()
    near = v.take((v.lo < bottom) & (v.hi > top) & (v.at > left) & (v.at < right))
    if not len(near):
        return np.zeros(0)
    which, at = values_to_clusters(near.at, 0.4 * size)
    long = np.zeros(len(at))
    np.add.at(long, which, np.minimum(near.hi, bottom) - np.maximum(near.lo, top))
    crossed = ((words.x0[:, None] < at - 0.2 * size) & (words.x1[:, None] > at + 0.2 * size)).sum(axis=0)
    beside = np.array([((words.x1 < a).any() and (words.x0 > a).any()) for a in at], dtype=bool)
    lines = int(words.line.max()) + 1
    cuts: Floats = at[beside & (crossed <= 0.05 * lines) & ((long >= 0.5 * (bottom - top)) | (long >= 1.2 * size))]
    return cuts


def split_edges(h: Edges, left: float, right: float, top: float, bottom: float) -> tuple[Edges, Edges]:
    """Horizontal edges near a table → those over (nearly) its whole width, and the shorter ones."""
    near = h.take((h.at >= top) & (h.at <= bottom) & (np.minimum(h.hi, right) > np.maximum(h.lo, left)))
    if not len(near):
        return NO_EDGES, NO_EDGES
    slack = (1 - WHOLE) / 2 * (right - left)
    long = (near.lo <= left + slack) & (near.hi >= right - slack)
    return near.take(long), near.take(~long)


def slots_to_hard(slots: Sequence[Slot], whole: Edges) -> list[bool]:
    """Between which slots and the next a rule runs."""
    return [bool(((whole.at > a.y) & (whole.at < b.y)).any()) for a, b in itertools.pairwise(slots)]


def boundary(above: Slot, below: Slot, whole: Edges) -> float:
    """Where two rows part: at the rule between them, else halfway between their text."""
    between = whole.at[(whole.at > above.y) & (whole.at < below.y)]
    return float(between[0]) if len(between) else (above.bottom + below.top) / 2


def slots_to_ink(slots: Sequence[Slot], columns: int) -> Ink:
    """From where to where the text of each column reaches."""
    lo, hi = [float("inf")] * columns, [-float("inf")] * columns
    for slot in slots:
        for p in slot.pieces:
            if p.col == p.last:
                lo[p.col], hi[p.col] = min(lo[p.col], p.x0), max(hi[p.col], p.x1)
    return tuple((a, b) if a <= b else (0.0, 0.0) for a, b in zip(lo, hi, strict=True))


def trim(slots: Sequence[Slot], h: Edges, size: float, columns: int) -> Sequence[Slot]:
    """Slots without the titles above and the notes below the table."""
    good = [len(s.pieces) >= 2 and not any(p.col == 0 and p.last > 0 for p in s.pieces) for s in slots]
    if sum(good) < 2:
        return ()
    first, last = good.index(True), len(good) - 1 - good[::-1].index(True)
    left = min(p.x0 for s, g in zip(slots, good, strict=True) if g for p in s.pieces)
    right = max(p.x1 for s, g in zip(slots, good, strict=True) if g for p in s.pieces)
    whole, _ = split_edges(h, left, right, slots[0].top - 2 * size, slots[-1].bottom + 2 * size)
    # heading lines above the first line with two texts: they do not begin in the first column
    start = first
    while start > 0:
        s = slots[start - 1]
        ruled = ((whole.at > s.y) & (whole.at < slots[start].y)).any()
        title = len(s.pieces) == 1 and s.pieces[0].size > 1.15 * size
        label = any(p.col == 0 for p in s.pieces) and not (len(s.pieces) == 1 and _goes_before(s, slots[start : last + 1]))
        if title or label or ruled or slots[start].y - s.y > 2.2 * size:
            break
        start -= 1
    # a title set beside its number: it runs over the columns from where it begins
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
    # a rule with text above and text between it and the next rule: what is above does not belong to the heading
    rules = [k for k in range(start, last) if ((whole.at > slots[k].y) & (whole.at < slots[k + 1].y)).any()]
    for k in rules:
        if k + 1 < len(slots) and not any(good[start : k + 1]):
            start = k + 1
    end = last
    while end + 1 < len(slots):
        s = slots[end + 1]
        ruled = ((whole.at > slots[end].y) & (whole.at < s.y)).any()
        closed = (whole.at > s.y).any()
        if any(p.col < p.last for p in s.pieces) or ruled:
            break
        if not closed and not _goes_on(slots[: end + 1], s):
            break
        end += 1
    return slots[start : end + 1]


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
    return q is not None and p.font == q.font and abs(p.size - q.size) <= 0.1 * p.size and p.x1 > most - p.size


def first_body_slot(slots: Sequence[Slot], hard: Sequence[bool], columns: int) -> int:
    """How many slots at the top are heading: up to the first rule, else up to the first line with a label and values."""
    def is_data(s: Slot) -> bool:
        values = [p for p in s.pieces if p.col > 0]
        years = len(values) > 1 and all(YEARS.fullmatch(p.text) for p in values)
        return s.at(0) is not None and bool(values) and all(p.value for p in values) and not years

    data = [is_data(s) for s in slots]
    look = heading_by_look(slots, columns)
    for k, rule in enumerate(hard):
        if rule and 0 < look <= k:
            return look  # the rule is that of the first row
        if rule and k + 1 < len(slots) and sum(data[: k + 1]) <= 1 and k < max(12, len(slots) // 2):
            return k + 1
    if sum(data) < 0.4 * len(slots):
        return look
    first = data.index(True)
    if all(len(s.pieces) == 1 for s in slots[:first]):
        return 0
    while first > 1 and len(slots[first - 1].pieces) == 1 and slots[first - 1].at(0) is not None and any(len(s.pieces) > 1 for s in slots[: first - 1]):
        first -= 1
    return first


def whole_heading(slots: Sequence[Slot], hard: Sequence[bool], first: int) -> int:
    """How many slots at the top are heading, when the order of drawing says that this many would cut a row."""
    if not first or hard[first - 1]:
        return first
    for n, row in enumerate(stream_to_rows(slots) or ()):
        if row.sure and row.first < first <= row.last:
            return row.first if n else row.last + 1
    return first


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
        other = sum(fonts[p.font] <= 0.1 * fonts.total() for p in s.pieces)
        middle = sum(
            p.x0 - ink[p.col][0] > 0.8 * p.size and p.x1 < ink[p.col][1] + p.size and p.col in left for p in s.pieces
        )
        if max(other, middle) < 0.6 * len(s.pieces):
            break
        count += 1
    return count if count < min(4, len(slots)) else 0


def body_to_labels(slots: Sequence[Slot], starts: Sequence[int], columns: int) -> Ints:
    """Rows of the body → labels (rows, columns), as of a lattice: a text over several columns joins them."""
    label = np.arange(len(starts) * columns, dtype=np.intp).reshape(len(starts), columns)
    ends = [*starts[1:], len(slots)]
    for r, (a, b) in enumerate(zip(starts, ends, strict=True)):
        for p in (p for s in slots[a:b] for p in s.pieces if p.col < p.last):
            others = [q for s in slots[a:b] for q in s.pieces if q is not p and q.last >= p.col and q.col <= p.last]
            if not others:
                label[r, p.col : p.last + 1] = label[r, p.col]
    return label
