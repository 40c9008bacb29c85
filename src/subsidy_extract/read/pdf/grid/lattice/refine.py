"""The boxes of a ruled lattice, held against the words in them: what the rules left out is told by alignment."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from subsidy_extract.read.pdf.grid.alignment.rows import NEAR, slots_to_limits, slots_to_pitch, slots_to_rows
from subsidy_extract.read.pdf.grid.columns import words_to_valleys
from subsidy_extract.read.pdf.grid.edges import Ints
from subsidy_extract.read.pdf.grid.pieces import Slot, words_to_slots
from subsidy_extract.read.pdf.grid.valley import Valley
from subsidy_extract.read.pdf.grid.words import Bools, Words, words_to_chunks
from subsidy_extract.read.pdf.nouns import Floats

APART = 0.8  # of the font size: texts of two columns without a rule between them are at least this far apart
HEADINGS_APART = 1.5  # of the font size: and their headings this far
LEVELS = 3  # of headings, the last of which falls apart where a rule is missing


@dataclass(frozen=True, slots=True)
class Labels:
    """A lattice whose places carry labels: (m, n) and its positions xs (n+1), ys (m+1), points."""

    label: Ints
    xs: Floats
    ys: Floats


def renumbered(label: Ints) -> Ints:
    """The same labels, each the number of the first place that carries it."""
    _, first, which = np.unique(label, return_index=True, return_inverse=True)
    return first[which].reshape(label.shape)


def own_places(label: Ints) -> Bools:
    """The places that no cell over several rows fills, (m, n)."""
    own = np.ones(label.shape, dtype=bool)
    own[1:] &= label[1:] != label[:-1]
    own[:-1] &= label[:-1] != label[1:]
    return own


def labels_to_centred(grid: Labels, words: Words, size: float) -> Labels:
    """A box over several columns with several texts far apart on one line, each in the middle or at the left of some of the columns,
    is several headings whose rules are missing."""
    label, xs, ys = grid.label, grid.xs, grid.ys
    if not (label[:, 1:] == label[:, :-1]).any():
        return grid
    out = label.copy()
    for b in np.unique(label[:, 1:][label[:, 1:] == label[:, :-1]]).tolist():
        rows, cols = np.nonzero(label == b)
        a, z = int(cols.min()), int(cols.max()) + 1
        mine = (words.x0 >= xs[a]) & (words.x1 <= xs[z]) & (words.y > ys[rows.min()]) & (words.y < ys[rows.max() + 1])
        part = words.take(mine) if mine.any() else None
        if part is None or int(part.line.max()) > 0:
            continue
        chunk = words_to_chunks(part, HEADINGS_APART * size)
        first = np.flatnonzero(np.concatenate(([True], np.diff(chunk) > 0)))
        lo, hi = part.x0[first], np.maximum.reduceat(part.x1, first)
        if len(first) < 2:
            continue
        cuts = [a]
        for k in range(len(first) - 1):
            between = [c for c in range(cuts[-1] + 1, z) if hi[k] < xs[c] < lo[k + 1]]
            cuts.append(min(between, key=lambda c: abs(xs[cuts[-1]] + xs[c] - lo[k] - hi[k])) if between else -1)
            if cuts[-1] < 0:
                break
        cuts.append(z)
        if -1 in cuts:
            continue
        off = [abs(xs[p] + xs[q] - begin - end) / 2 for p, q, begin, end in zip(cuts, cuts[1:], lo, hi, strict=False)]
        indent = [begin - xs[p] for p, begin in zip(cuts, lo, strict=False)]
        if max(off) <= 1.0 * size or max(indent) <= 1.2 * size:
            fresh = int(out.max()) + 1
            for k, (p, q) in enumerate(itertools.pairwise(cuts)):
                out[rows.min() : rows.max() + 1, p:q] = fresh + k
    return Labels(out, xs, ys)


def labels_to_finer_columns(grid: Labels, words: Words, size: float) -> Labels:
    """A ruled column is parted where white runs through all its rows, its heading too: there a rule is missing everywhere.
    One heading over it all may stand above (cases closed, below it years)."""
    label, xs, ys = grid.label, grid.xs, grid.ys
    r = np.searchsorted(ys, words.y) - 1
    col = np.searchsorted(xs, (words.x0 + words.x1) / 2) - 1
    held = (r >= 0) & (r < label.shape[0]) & (col >= 0) & (col < label.shape[1])
    if not held.any():
        return grid
    cuts: dict[tuple[int, float], int] = {}
    near = (words.line[1:] == words.line[:-1]) & (col[1:] == col[:-1])
    gap = words.x0[1:] - words.x1[:-1]
    for depth, head in enumerate(np.unique(r[held])[:LEVELS].tolist()):
        # only a column whose heading falls apart is looked at
        for c in np.unique(col[:-1][near & held[:-1] & (r[:-1] == head) & (gap >= HEADINGS_APART * size)]).tolist():
            if any(k == c for k, _ in cuts) or (depth and not _is_one_heading(words, near & (col[:-1] == c) & (r[:-1] < head), gap, col, r, c, head, size)):
                continue
            mine = (words.x0 + words.x1 > 2 * xs[c]) & (words.x0 + words.x1 < 2 * xs[c + 1]) & (r >= head) & (r < label.shape[0])
            alone = np.ones(len(words), dtype=bool)
            for other in (c - 1, c + 1):
                if 0 <= other < label.shape[1]:
                    merged = label[:, c] == label[:, other]
                    alone[mine] &= ~merged[r[mine]]
            mine &= alone
            if mine.sum() < 6:
                continue
            part = words.take(mine)
            rows = r[mine]
            for v in words_to_valleys(part, np.ones(len(part), dtype=bool), 0, size):
                if _is_missing_rule(v, part, rows, size):
                    cuts[c, (v.lo + v.hi) / 2] = head
    for (c, at), head in sorted(cuts.items(), reverse=True):
        label = np.hstack((label[:, : c + 1], label[:, c:]))
        fresh = label.max() + 1 + np.arange(label.shape[0])
        split = np.arange(label.shape[0]) >= head
        if c + 2 < label.shape[1]:
            split &= label[:, c + 1] != label[:, c + 2]
        same = np.concatenate(([False], label[1:, c] == label[:-1, c]))
        number = fresh.copy()
        for k in range(1, len(number)):
            if same[k]:
                number[k] = number[k - 1]
        label[:, c + 1] = np.where(split, number, label[:, c + 1])
        xs = np.insert(xs, c + 1, at)
    return Labels(label, xs, ys)


def _is_one_heading(words: Words, pairs: Bools, gap: Floats, col: Ints, row: Ints, c: int, head: int, size: float) -> bool:
    """Whether what stands in column c above row `head` is one text on each line. pairs: (n-1,), neighbours there."""
    return bool(((col == c) & (row >= 0) & (row < head)).any()) and not bool((gap[pairs] >= APART * size).any())


def _is_missing_rule(v: Valley, words: Words, rows: Ints, size: float) -> bool:
    if v.hi - v.lo < APART * size:
        return False
    at = (v.lo + v.hi) / 2
    left, right = words.x1 <= at, words.x0 >= at
    in_left, in_right = set(rows[left].tolist()), set(rows[right].tolist())
    every = in_left | in_right
    both = in_left & in_right
    head = min(every)
    if head not in both or len(both) < 3 or len(both) < 0.6 * len(every):
        return False
    heading = rows == head
    return float(words.x0[heading & right].min() - words.x1[heading & left].max()) >= HEADINGS_APART * size


def labels_to_finer_rows(grid: Labels, words: Words, size: float) -> Labels:
    """A ruled row that holds several rows is cut into them: columns of numbers, one below another, on the same lines, or
    texts that begin anew together after a gap. Only where most rows of the table are such: rules round groups of rows."""
    label, xs, ys = grid.label, grid.xs, grid.ys
    m, n = label.shape
    if n < 2:
        return grid
    r = np.searchsorted(ys, words.y) - 1
    bands, hopeful = bands_that_may_part(words, r, np.searchsorted(xs, (words.x0 + words.x1) / 2) - 1, (m, n), size)
    if len(hopeful) < 0.5 * (bands - 1):
        return grid
    cuts: dict[int, list[float]] = {}
    once: set[int] = set()
    for k in hopeful:
        slots = words_to_slots(words.take(r == k), xs[1:-1], size)
        found = band_to_cuts(slots, n)
        if found:
            cuts[k] = found
            if all(s.at(0) is None for s in slots if s.y > found[0]):
                once.add(k)
    if not cuts or len(cuts) < 0.5 * (bands - 1):
        return grid
    parts, positions = [], [float(ys[0])]
    offset = 0
    for k in range(m):
        pieces = 1 + len(cuts.get(k, []))
        for i in range(pieces):
            row = label[k].copy()
            if i:  # the new rows are cut where the band stood alone, and go on where it was merged downwards
                row = row + (m * n + n) * (offset + i)
                if k in once:  # a label for all of them
                    row[0] = label[k, 0]
            parts.append(row)
        offset += pieces
        positions += [*cuts.get(k, []), float(ys[k + 1])]
    return Labels(np.vstack(parts), xs, np.array(positions))


def bands_that_may_part(words: Words, row: Ints, col: Ints, shape: tuple[int, int], size: float) -> tuple[int, list[int]]:
    """How many bands have text, and which of them may hold several rows: two columns of figures over several lines, or
    white over the whole band with text of two columns above and below it. A quick look that leaves out most."""
    m, n = shape
    keep = np.flatnonzero((row >= 0) & (row < m) & (col >= 0) & (col < n))
    row, col, line = row[keep], col[keep], words.line[keep]
    if not len(keep):
        return 0, []
    bands = len(np.unique(row))
    place = row * n + col
    figure = np.fromiter((words.text[i][-1:].isdigit() or len(words.text[i]) == 1 or words.text[i][-1:] in "%)]％" for i in keep.tolist()), dtype=bool, count=len(keep))
    other = np.bincount(place[~figure], minlength=m * n) > 0
    low = np.full(m * n, np.iinfo(np.int64).max)
    high = np.full(m * n, -1)
    np.minimum.at(low, place, line)
    np.maximum.at(high, place, line)
    figures = ((high > low) & ~other).reshape(m, n).sum(axis=1) >= 2
    # white between one line and the next of a band
    order = np.lexsort((words.top[keep], row))
    top, bottom, of = words.top[keep][order], words.bottom[keep][order], row[order]
    reach = np.maximum.accumulate(bottom + of * 1e6) - of * 1e6
    white = np.flatnonzero((of[1:] == of[:-1]) & (top[1:] - reach[:-1] > 0.5 * size))
    columns_of: dict[int, set[int]] = {}
    if len(white):
        for at, c in zip(line.tolist(), col.tolist(), strict=True):
            columns_of.setdefault(at, set()).add(c)
    anew = {int(of[k]) for k in white.tolist() if len(columns_of[int(line[order[k + 1]])]) >= 2}
    return bands, [k for k in range(m) if figures[k] or k in anew]


def band_to_cuts(slots: Sequence[Slot], columns: int) -> list[float]:
    """Where a band between two rules parts into rows; nothing when it is one row."""
    numbers: dict[int, int] = {}
    for c in range(1, columns):
        mine = [p for s in slots for p in s.pieces if p.col == c]
        if len(mine) >= 2 and all(p.value and p.last == c for p in mine):
            numbers[c] = len(mine)
    limits = slots_to_limits(slots, columns)
    pitch = slots_to_pitch(slots, columns, limits)
    valued = [s for s in slots if any(p.col in numbers for p in s.pieces)]
    filled = {p.col for s in slots for p in s.pieces}
    # the first column has a label on each line of figures, or the next one has, and the first one for them all
    labelled = max([sum(s.at(c) is not None for s in valued) for c in (0, 1) if c not in numbers and (not c or _labels_all(slots, valued))], default=0)
    # a column of words beside the figures has a text on each of their lines and nowhere else (Yes, No, Yes …)
    words = [c for c in filled - {0} - numbers.keys() if [k for k, s in enumerate(slots) if s.at(c)] != [k for k, s in enumerate(slots) if s in valued]]
    anew = 0
    if len(numbers) < 2 or words or labelled < len(valued):
        # texts that begin anew together, each time
        last: dict[int, float] = {}
        for above, s in zip([None, *slots], slots, strict=False):
            begins = [p.col for p in s.pieces if p.col in last and s.y - last[p.col] > NEAR * pitch.line]
            if above is not None and s.top - above.bottom > 0.5 * pitch.line and len(begins) >= 2 and len(s.pieces) >= len(filled):
                anew += 1
            for p in s.pieces:
                last[p.col] = s.y
        if not anew or len(filled) < 2:
            return []
    starts = slots_to_rows(slots, columns, [False] * (len(slots) - 1))
    return [(slots[k - 1].bottom + slots[k].top) / 2 for k in starts[1:]]


def _labels_all(slots: Sequence[Slot], valued: Sequence[Slot]) -> bool:
    """Whether the first column of a band has one label, begun on its first line, for several lines of figures."""
    mine = [s for s in slots if s.at(0) is not None]
    return not mine or (mine[0] is slots[0] and len(mine) < len(valued) and len(valued) == len(slots))
