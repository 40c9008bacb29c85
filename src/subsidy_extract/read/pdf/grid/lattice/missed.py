"""A ruled row in which two rows stand, because the rule between them is missing over the whole width, is cut in two."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from subsidy_extract.read.pdf.grid.alignment.rows import slots_to_rows
from subsidy_extract.read.pdf.grid.edges import Ints
from subsidy_extract.read.pdf.grid.lattice.refine import Labels, own_places, renumbered
from subsidy_extract.read.pdf.grid.pieces import Slot, words_to_slots
from subsidy_extract.read.pdf.grid.stream import Row, Visit, slots_to_visits, stream_to_rows
from subsidy_extract.read.pdf.grid.words import Bools, Words
from subsidy_extract.read.pdf.nouns import Floats

WHITE = 0.3  # of the font size: less white than this over the whole width parts no rows
PADS = 0.6  # of the least white that rules of the table stand in: so much stands where one is missing
MOST = 0.6  # of the columns that the table fills: a row has text in as many
LIKE = 0.7  # of the rows of a table without rules between them have that
EMPTY = 0.8  # of the font size: so much white between two lines of a column, an empty line stands there
NEAR = 0.3  # of the font size: texts that begin on one line differ by less
FEW = 0.34  # of the rows: where more look like two, they are rows of another kind (each in two languages)


def labels_to_missed_rows(grid: Labels, words: Words, size: float) -> Labels:
    """A lattice, its rows cut where the order of drawing says that a program went back to the first column for another
    row, and white runs through. Where it says nothing, all columns must begin anew together, in few of the rows."""
    m, n = grid.label.shape
    if n < 2 or not len(words):
        return grid
    row = np.searchsorted(grid.ys, words.y) - 1
    col = np.clip(np.searchsorted(grid.xs, (words.x0 + words.x1) / 2) - 1, 0, n - 1)
    own = own_places(grid.label)
    held = np.flatnonzero((row >= 0) & (row < m))
    held = held[own[row[held], col[held]]]
    whites = _whites(words, held, row[held], m, size)
    white = {k: tuple(found) for k, found in whites.items()}
    for k, step in _steps(words, held, row[held] * n + col[held], n, size):
        whites[k] = sorted([*whites.get(k, ()), step])
    few = m <= 2  # no rule between rows at all: nothing to compare with
    if not whites and not few:
        return grid
    filled = np.zeros((m, n), dtype=bool)
    filled[row[held], col[held]] = True
    used = filled.sum(axis=0) > 0.5 * max(1, int(filled.any(axis=1).sum()))
    told: dict[int, list[float]] = {}
    seen: dict[int, list[float]] = {}
    groups = False
    if not few:
        whites = _with_rows_below(whites, words, held, row[held], grid.xs, used & own)
    for k in range(m) if few else whites:
        slots = words_to_slots(words.take(held[row[held] == k]), grid.xs[1:-1], size)
        drawn = slots_to_visits(slots)
        if few and drawn and (rows := stream_to_rows(slots)) is not None and _like_rows(rows, used & own[k]):
            starts = slots_to_rows(slots, n, [False] * (len(slots) - 1))
            told[k] = [(slots[a - 1].bottom + slots[a].top) / 2 for a in starts[1:]]
            continue
        cuts = stream_cuts(slots, used & own[k]) if drawn else []
        cuts = cuts or begin_cuts(slots, used & own[k], drawn)
        if not cuts and drawn and not few and group_rows(slots, used & own[k]):
            groups = True
            continue
        cuts = [y for y in cuts if any(a <= y <= b for a, b in whites.get(k, ()))]
        if cuts:
            (told if drawn else seen)[k] = cuts
    if groups:  # the table rules off its groups alone: where one has rows of less white, the order of drawing tells as well
        for k in set(range(m)) - told.keys():
            slots = words_to_slots(words.take(held[row[held] == k]), grid.xs[1:-1], size)
            if cuts := group_cuts(slots, used & own[k]) or white_cuts(slots, used & own[k], white.get(k, ())):
                told[k] = cuts
                own[k, int((used & own[k]).argmax())] = False  # the label stays one cell over them
    if len(seen) > FEW * (m + sum(map(len, told.values()))):
        seen = {}
    return _cut(grid, own, {**told, **seen}, words, size) if told or seen else grid


def _whites(words: Words, held: Ints, row: Ints, m: int, size: float) -> dict[int, list[tuple[float, float]]]:
    """Row → where white runs through it, at least as high as that round the rules of the table: (from, to) in points.
    held: the words in cells of one row; row: that of each."""
    top, bottom = np.full(m, np.inf), np.full(m, -np.inf)
    np.minimum.at(top, row, words.top[held])
    np.maximum.at(bottom, row, words.bottom[held])
    round_rules = top[1:] - bottom[:-1]
    round_rules = round_rules[np.isfinite(round_rules) & (round_rules > 0)]
    least = float(np.quantile(round_rules, 0.1)) if len(round_rules) else 0.0
    found: dict[int, list[tuple[float, float]]] = {}
    for k, white in _gaps(words.top[held], words.bottom[held], row, max(WHITE * size, PADS * least)):
        found.setdefault(k, []).append(white)
    return found


def _steps(words: Words, held: Ints, place: Ints, n: int, size: float) -> list[tuple[int, tuple[float, float]]]:
    """Where two columns of a row or more begin anew on one line, after an empty one: (row, (from, to)). place: row * n + column
    of the words in `held`."""
    anew: dict[tuple[int, int], set[int]] = {}
    for at, (_, to) in _gaps(words.top[held], words.bottom[held], place, EMPTY * size):
        anew.setdefault((at // n, round(to / (NEAR * size))), set()).add(at % n)
    return [(k, ((y - 1) * NEAR * size - EMPTY * size, (y + 1) * NEAR * size)) for (k, y), cols in anew.items() if len(cols) >= 2]


def _with_rows_below(whites: dict[int, list[tuple[float, float]]], words: Words, held: Ints, row: Ints, xs: Floats, used: Bools) -> dict[int, list[tuple[float, float]]]:
    """Those rows whose words below the first white reach into as many columns as a row has: a quick look that leaves out most.
    used: (m, n), the columns in use that stand alone in each row."""
    first = np.searchsorted(xs[1:-1], words.x0[held])
    last = np.searchsorted(xs[1:-1], words.x1[held])
    kept = {}
    for k, found in whites.items():
        below = (row == k) & (words.y[held] > found[0][0])
        reached = np.zeros(used.shape[1] + 1, np.intp)
        np.add.at(reached, first[below], 1)
        np.add.at(reached, last[below] + 1, -1)
        leads = np.flatnonzero(usual := used[k])[:2]  # the first column, or the one beside it where that names a group
        if len(leads) and (into := reached[:-1].cumsum() > 0)[leads].any() and (into & usual).sum() >= MOST * usual.sum():
            kept[k] = found
    return kept


def _gaps(top: Floats, bottom: Floats, row: Ints, least: float) -> list[tuple[int, tuple[float, float]]]:
    """White of at least this height between one line of a row and the next: (row, (from, to))."""
    base = row * 1e6  # one row behind the other
    order = np.argsort(base + top)
    top, bottom, of, base = top[order], bottom[order], row[order], base[order]
    reach = np.maximum.accumulate(bottom + base) - base
    at = np.flatnonzero((of[1:] == of[:-1]) & (top[1:] - reach[:-1] >= least))
    return [(int(of[i]), (float(reach[i]), float(top[i + 1]))) for i in at.tolist()]


def _like_rows(rows: Sequence[Row], used: Bools) -> bool:
    """Whether most rows below the first have text in the first of the columns in use and in most of them. One may not:
    the rest of a row below a heading that comes again."""
    usual = set(np.flatnonzero(used).tolist())
    like = [min(usual) in r.columns and len(r.columns & usual) >= MOST * len(usual) for r in rows[1:]] if usual else []
    return bool(like) and sum(like) >= LIKE * max(1, len(like) - 1)


def stream_cuts(slots: Sequence[Slot], used: Bools) -> list[float]:
    """Where the order of drawing parts a band into rows: each but the first has text in the first of the columns in use
    and in most of them."""
    rows = stream_to_rows(slots)
    if rows is None or not used.any() or not all(r.sure for r in rows):
        return []
    if not all(_like_rows([r, r], used) for r in rows[1:]):
        return []
    return [(slots[b.first - 1].bottom + slots[b.first].top) / 2 for b in rows[1:]]


def group_rows(slots: Sequence[Slot], used: Bools) -> list[Row]:
    """The rows that the order of drawing tells in the band of a group: one text of the first column in use speaks for all of
    them, the second column and most others have text in each. Empty where it tells none; the first may be unsure."""
    usual = np.flatnonzero(used)
    if len(usual) < 4 or (rows := stream_to_rows(slots)) is None or len(rows) < 2 or not all(r.sure for r in rows[1:]):
        return []
    first, rest = int(usual[0]), set(usual[1:].tolist())
    if sum(first in r.columns for r in rows) > 1 or not all(int(usual[1]) in r.columns and len(r.columns & rest) >= MOST * len(rest) for r in rows):
        return []
    return rows


def group_cuts(slots: Sequence[Slot], used: Bools) -> list[float]:
    """Where these rows part, when all of them are sure."""
    rows = group_rows(slots, used)
    return [(slots[b.first - 1].bottom + slots[b.first].top) / 2 for b in rows[1:]] if all(r.sure for r in rows) else []


def white_cuts(slots: Sequence[Slot], used: Bools, whites: Sequence[tuple[float, float]]) -> list[float]:
    """Where white parts the band of a group into rows as group_rows knows them: a spreadsheet draws some texts of one line first, and
    the order tells nothing."""
    usual = np.flatnonzero(used)
    cuts = [(a + b) / 2 for a, b in whites]
    parts: list[set[int]] = [set() for _ in range(len(cuts) + 1)]
    for slot in slots:
        parts[sum(y < slot.y for y in cuts)] |= _reached(slot)
    if len(usual) < 4 or sum(int(usual[0]) in part for part in parts) > 1:
        return []
    rest = set(usual[1:].tolist())
    return cuts if all(int(usual[1]) in part and len(part & rest) >= MOST * len(rest) for part in parts) else []


def begin_cuts(slots: Sequence[Slot], used: Bools, visits: Sequence[Visit] = ()) -> list[float]:
    """Where the columns in use begin anew on one line, as they do at the top of the band: all of them, or most, and the
    others have text above it and below (it is set in the middle of each row). White runs through above that line, or the
    first column and most others had ended before. visits: no text drawn in one go goes on across."""
    usual = set(np.flatnonzero(used).tolist())
    if len(usual) < 3:
        return []
    top, first = _reached(slots[0]) & usual, min(usual)
    ended: dict[int, float] = {}
    cuts = []
    for k, (a, b) in enumerate(itertools.pairwise(slots), 1):
        ended |= {p.col: a.bottom for p in a.pieces}
        size, here = b.pieces[0].size, _reached(b) & usual
        if len(here & top) < max(3, MOST * len(usual)) or any(v.first < k <= v.last for v in visits):
            continue
        below = {c for s in slots[k:] for c in _reached(s)}
        if first not in below or not usual - here <= ended.keys() & below:
            continue
        anew = {c for c in here if b.top - ended.get(c, b.top) > EMPTY * size}
        if b.top - a.bottom > WHITE * size or (here == usual and first in anew and 2 * len(anew) > len(usual)):
            cuts.append((a.bottom + b.top) / 2)
    return cuts


def _reached(slot: Slot) -> set[int]:
    """The columns that the texts of a line stand in."""
    return {c for p in slot.pieces for c in range(p.col, p.last + 1)}


def _cut(grid: Labels, own: Bools, cuts: dict[int, list[float]], words: Words, size: float) -> Labels:
    label, n = grid.label, grid.label.shape[1]
    rows, ys = [], [float(grid.ys[0])]
    fresh = int(label.max()) + 1
    apart: list[tuple[int, int]] = []
    for k in range(len(label)):
        rows.append(label[k])
        for y in cuts.get(k, []):
            apart += [(len(rows), int(b)) for b in np.unique(label[k][~own[k]]) if two_texts(grid, int(b), y, words, size)]
            ys.append(y)
            # a text over several columns stays one
            _, same = np.unique(label[k], return_inverse=True)
            rows.append(np.where(own[k], fresh + same, label[k]))
            fresh += n
        ys.append(float(grid.ys[k + 1]))
    out = np.vstack(rows)
    for first, b in apart:
        below = (out == b) & (np.arange(len(out)) >= first)[:, None]
        out[below] = fresh
        fresh += 1
    return Labels(renumbered(out), grid.xs, np.array(ys))


def two_texts(grid: Labels, b: int, y: float, words: Words, size: float) -> bool:
    """Whether a cell over several rows holds a text above y and another below it, each at the top or in the middle of its part."""
    rows, cols = np.nonzero(grid.label == b)
    left, right = float(grid.xs[cols.min()]), float(grid.xs[cols.max() + 1])
    ends = float(grid.ys[rows.min()]), y, float(grid.ys[rows.max() + 1])
    middle = (words.x0 + words.x1) / 2
    mine = (middle > left) & (middle < right) & (words.y > ends[0]) & (words.y < ends[2])
    parts = [mine & (words.y < y), mine & (words.y > y)]
    if not all(part.any() for part in parts):
        return False
    spans = [(float(words.top[part].min()), float(words.bottom[part].max())) for part in parts]
    if spans[1][0] - spans[0][1] < EMPTY * size:
        return False
    return all(
        low - top <= size or abs(low + high - top - bottom) <= 2 * size
        for (low, high), (top, bottom) in zip(spans, itertools.pairwise(ends), strict=True)
    )
