"""The lines of a heading become its levels: which text spans several columns, and what stands under it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from subsidy_extract.read.pdf.grid.edges import Edges, Ints, values_to_clusters
from subsidy_extract.read.pdf.grid.pieces import Piece, Slot
from subsidy_extract.read.pdf.nouns import Floats

Ink = tuple[tuple[float, float], ...]
"""For each column from where to where its text reaches, points."""

LEVEL = 0.3  # of the font size: a text stands in the middle between two lines, give or take this
CENTRED = 0.75  # of the font size: a text stands in the middle of its columns, give or take this
SHARED = 1.5  # the same where a rule below says which columns there are: sides of cells are not drawn, texts are set to the right


@dataclass(frozen=True, slots=True)
class Spanner:
    """Heading text over columns `col` to `last` (both counted in), cut from what stands under it at `cut`."""

    col: int
    last: int
    cut: float


def slots_to_ink(slots: Sequence[Slot], columns: int) -> Ink:
    """From where to where the text of each column reaches."""
    lo, hi = [float("inf")] * columns, [-float("inf")] * columns
    for slot in slots:
        for p in slot.pieces:
            if p.col == p.last:
                lo[p.col], hi[p.col] = min(lo[p.col], p.x0), max(hi[p.col], p.x1)
    return tuple((a, b) if a <= b else (0.0, 0.0) for a, b in zip(lo, hi, strict=True))


LONE = 2.0  # a text over one column, with white below it, is as likely as one so much (font sizes) off the middle of several


ENDS: tuple[Callable[[Piece], float], ...] = (lambda p: p.x0, lambda p: p.x1, lambda p: (p.x0 + p.x1) / 2)


def split_phrases(slots: Sequence[Slot], size: float) -> list[Slot]:
    """Headings of neighbouring columns that stand so near that they read as one phrase are parted again: each part stands
    in line with what is above or below it in its own column."""
    out = []
    for k, slot in enumerate(slots):
        near = [q for s in slots[max(0, k - 1) : k + 2] if s is not slot and abs(s.y - slot.y) < 1.7 * size for q in s.pieces if q.col == q.last]
        pieces: list[Piece] = []
        for p in slot.pieces:
            split = len(p.parts) > 1 and any(
                all(any(q.col == t.col and abs(end(q) - end(t)) <= 0.2 * size for q in near) for t in p.parts) for end in ENDS
            )
            pieces += p.parts if split else [p]
        out.append(replace(slot, pieces=tuple(pieces)))
    return out


def _in_line(p: Piece, q: Piece, slack: float) -> bool:
    return min(abs(p.x0 - q.x0), abs(p.x1 - q.x1), abs(p.x0 + p.x1 - q.x0 - q.x1) / 2) <= slack


def heading_to_spanners(slots: Sequence[Slot], ink: Ink, cells: Ink, partial: Edges, v: Edges, size: float) -> list[Spanner]:
    """Slots of a heading → the texts in it that span columns.

    ink: where the text of each column reaches; cells: from cut to cut. partial: rules inside the heading that do not run
    over the whole table. v: rules down the page: where they part texts of a heading, they part the rule below these.
    """
    found: list[Spanner] = []
    ruled: set[float] = set()
    for k, slot in enumerate(slots[:-1] if len(slots) > 1 else []):
        below = [q for s in slots[k + 1 :] for q in s.pieces]
        following = slots[k + 1]
        rules = [_rule_below(p, slot, slots[k + 1 :], partial, v) for p in slot.pieces]
        under = [_columns_of(r, ink) for r in rules]
        if len({tuple(u) for u in under if u}) <= (len(under) > 1) and (groups := next((g for s in slots[k + 1 :] if (g := _repeated(slot, s))), [])):
            under = groups
        reach = _reaches(slot, slots[k + 1 :], under, found, ink, cells, _over_all(slots[k:], size), size)
        for _p, rule, (col, last) in zip(slot.pieces, rules, reach, strict=True):
            if col == last or not any(col <= q.col and q.last <= last for q in below):
                continue
            if k and slot.top - slots[k - 1].bottom < LEVEL * size:  # a short last line of such a heading stands over one of its columns only
                found = [s for s in found if (s.col, s.last) != (col, last) or s.cut in ruled or s.cut < slots[k - 1].y]
            if rule is not None and len(_columns_of(rule, ink)) >= 2:
                ruled.add(rule[2])
                found.append(Spanner(col, last, rule[2]))
                continue
            # text that goes on below over the same columns is a further line of the same heading
            if any(q.col < q.last and q.col <= last and q.last >= col for q in following.pieces) and following.y - slot.y < 1.4 * size:
                continue
            found.append(Spanner(col, last, (slot.bottom + following.top) / 2))
    return [s for i, s in enumerate(found) if s not in found[:i]]


def _repeated(slot: Slot, below: Slot) -> list[list[int]]:
    """For each text of a heading line the columns it speaks for, where the line below says the same again and again
    (Number  Share  Number  Share), once for each of these texts; empty where it does not."""
    mine = [p for p in slot.pieces if p.col > 0]
    texts = [q for q in below.pieces if q.col > 0]
    n = len(texts) // max(1, len(mine))
    if len(mine) < 2 or n < 2 or n * len(mine) != len(texts) or len({q.text for q in texts[:n]}) < n or any(q.col < q.last for q in texts):
        return []
    groups = [texts[k * n : (k + 1) * n] for k in range(len(mine))]
    if any([q.text for q in g] != [q.text for q in groups[0]] for g in groups):
        return []
    if any(not g[0].x0 - p.size < (p.x0 + p.x1) / 2 < g[-1].x1 + p.size for p, g in zip(mine, groups, strict=True)):
        return []
    if any(_in_line(p, q, 0.75 * p.size) and abs(p.x0 + p.x1 - g[0].x0 - g[-1].x1) / 2 > p.size for p, g in zip(mine, groups, strict=True) for q in g):
        return []  # an upper line of one of these headings
    columns = [[q.col for q in g] for g in groups]
    return [columns[mine.index(p)] if p in mine else [] for p in slot.pieces]


def _columns_of(rule: tuple[float, float, float] | None, ink: Ink) -> list[int]:
    return [] if rule is None else [c for c, (lo, hi) in enumerate(ink) if rule[0] < (lo + hi) / 2 < rule[1]]


def _rule_below(p: Piece, slot: Slot, below: Sequence[Slot], partial: Edges, v: Edges) -> tuple[float, float, float] | None:
    """The nearest partial rule under a piece, before other text of its columns comes: (lo, hi, y), as far as it runs between
    the rules down the page on both sides of the piece. What lies below the last
    line of the heading (the lower edge of its shade) parts no levels."""
    under = [(q.top + q.bottom) / 2 for s in below for q in s.pieces if q.x0 < p.x1 and q.x1 > p.x0]
    limit = min(under, default=max(s.y for s in below))
    middle = (p.x0 + p.x1) / 2
    fits = (partial.at > slot.y) & (partial.at < limit) & (partial.lo < middle) & (partial.hi > middle)
    if not fits.any():
        return None
    k = int(np.flatnonzero(fits)[np.argmin(partial.at[fits])])
    at = v.at[(v.lo < slot.y) & (v.hi > slot.y)]
    return max([float(partial.lo[k]), *at[at < middle].tolist()]), min([float(partial.hi[k]), *at[at > middle].tolist()]), float(partial.at[k])


def _over_all(slots: Sequence[Slot], size: float) -> set[int]:
    """The columns whose heading stands in the middle between the first and the last of these lines, a line apart from both:
    it goes over all levels, and under no other."""
    middle = (slots[0].y + slots[-1].y) / 2
    if middle - slots[0].y < size:
        return set()
    at: dict[int, list[float]] = {}
    for s in slots:
        for p in s.pieces:
            if p.col == p.last:
                at.setdefault(p.col, []).append(s.y)
    return {c for c, ys in at.items() if abs(ys[0] + ys[-1] - 2 * middle) / 2 <= LEVEL * size and slots[0].y < ys[0] and ys[-1] < slots[-1].y}


def _reaches(
    slot: Slot, below: Sequence[Slot], under: Sequence[Sequence[int]], above: Sequence[Spanner], ink: Ink, cells: Ink, over: Collection[int], size: float
) -> list[tuple[int, int]]:
    """For each piece of a heading line the columns it speaks for: groups of neighbouring columns, one for each piece, as
    many columns as there can be with every text in the middle (or at the left) of its group.

    under: the columns over which the rule below each piece runs. over: columns that nothing else heads. above: the texts of the lines above: what stands under
    one of them spans no more than it does.
    """
    pieces = slot.pieces
    least, most = 0 if any(p.col == 0 and p.last > 0 for p in pieces) else 1, len(ink) - 1
    choices: list[list[tuple[float, int, int]]] = []
    for p, columns in zip(pieces, under, strict=True):
        covered = [
            c for c in range(p.col, p.last + 1)
            if min(p.x1, ink[c][1]) - max(p.x0, ink[c][0]) > 0.35 * min(p.x1 - p.x0, max(ink[c][1] - ink[c][0], 1e-9))
            or min(p.x1, cells[c][1]) - max(p.x0, cells[c][0]) > 0.35 * (p.x1 - p.x0)
        ] or [p.col]  # fmt: skip
        a0, b0 = covered[0], covered[-1]
        own: list[tuple[float, int, int]] = [(0.0, a0, b0)]
        if len(columns) < 2 and a0 == b0 and (a0 < least or _stands_on(p, slot, below, size)):
            choices.append(own)
            continue
        if a0 == b0:
            own = [(LONE * size, a0, b0)]
        low, high = (columns[0], columns[-1]) if len(columns) >= 2 else (least, most)
        if len(columns) >= 2 and sum(list(columns) == list(u) for u in under) == 1:
            choices.append([(0.0, low, high)])  # a rule of its own
            continue
        middle = (p.x0 + p.x1) / 2
        # texts over one rule share its columns out among them, none is left over
        slack = SHARED if len(columns) > 2 and sum(list(columns) == list(u) for u in under) > 1 else CENTRED
        for a in range(min(low, a0), a0 + 1):
            for b in range(b0, max(high, b0) + 1):
                off = min(abs(x[a][0] + x[b][1] - 2 * middle) / 2 for x in (ink, cells))
                if off <= slack * size and b > a and not any(a <= c <= b for c in over) and all((s.col <= a and b <= s.last) or b < s.col or a > s.last for s in above):
                    own.append((off, a, b))
        choices.append(own)
    best: tuple[float, list[tuple[int, int]]] = (-1.0, [(c[0][1], c[0][2]) for c in choices])
    # from left to right: the best score that ends before each column
    ends: dict[int, tuple[float, list[tuple[int, int]]]] = {-1: (0.0, [])}
    for own in choices:
        nexts: dict[int, tuple[float, list[tuple[int, int]]]] = {}
        for off, a, b in own:
            for end, (score, chosen) in ends.items():
                if end < a:
                    total = score + (b - a + 1) - 0.3 * off / size
                    if b not in nexts or total > nexts[b][0]:
                        nexts[b] = (total, [*chosen, (a, b)])
        ends = nexts
        if not ends:
            return best[1]
    return max(ends.values(), key=lambda e: e[0])[1]


def _stands_on(p: Piece, slot: Slot, below: Sequence[Slot], size: float) -> bool:
    """Is a text the upper line of a heading of one column?"""
    for s in below:
        q = s.at(p.col)
        if q is not None:
            return q.col == q.last and _in_line(p, q, 0.75 * size) and s.y - slot.y <= 1.4 * size
    return True


def spanners_to_labels(spanners: Sequence[Spanner], columns: int, top: float, end: float, size: float) -> tuple[Ints, Floats]:
    """Spanners → labels (levels, columns) of the heading, as of a lattice, and the positions of its levels (levels+1)."""
    if not spanners:
        return np.arange(columns, dtype=np.intp).reshape(1, columns), np.array([top, end])
    which, cuts = values_to_clusters(np.array([s.cut for s in spanners]), 0.5 * size)
    levels = len(cuts) + 1
    label = np.zeros((levels, columns), dtype=np.intp)
    for c in range(columns):
        mine = sorted(int(w) for w, s in zip(which, spanners, strict=True) if s.col <= c <= s.last)
        since = 0
        for w in [*mine, levels - 1]:
            label[since : w + 1, c] = since * columns + c
            since = w + 1
    for w, s in sorted(zip(which.tolist(), spanners, strict=True), key=lambda ws: ws[0]):
        part = label[: w + 1, s.col : s.last + 1]
        since = max(int(label[w, c]) // columns for c in range(s.col, s.last + 1))
        part[since : w + 1] = since * columns + s.col
    return label, np.concatenate(([top], cuts, [end]))


def with_long_texts(label: Ints, slots: Sequence[Slot]) -> Ints:
    """Labels of a heading, a text of its last line that runs over several columns joined over them where no other heading
    stands in these."""
    for p in slots[-1].pieces:
        mine = label[:, p.col : p.last + 1]
        alone = not any(q is not p and q.col <= p.last and q.last >= p.col for s in slots for q in s.pieces)
        if p.col < p.last and alone and ((mine == mine[-1]) == (mine == mine[-1])[:, :1]).all():
            label = np.where(np.isin(label, mine[-1]), mine[-1, 0], label)
    return label


def units_below(slots: Sequence[Slot], ink: Ink, cells: Ink, partial: Edges, size: float) -> list[tuple[int, int]]:
    """From where to where each text in the last line of a heading speaks, when one of them is for several columns whose
    headings stand above it (Revenue  Spending  Balance, below them: million euro). A rule parts it from them, or it runs
    over several. Empty where none does."""
    rest = [p for p in slots[-1].pieces if p.col > 0]
    if not rest or len(slots) < 2 or len(ink) < 3 or any(p.col == 0 and p.last > 0 for p in slots[-1].pieces):
        return []
    reach = zip([1, *(p.last + 1 for p in rest[:-1])], [*(p.col for p in rest[1:]), len(ink)], strict=True)  # up to its neighbours
    found = [_unit(p, range(*r), slots, ink, cells, partial, size) for p, r in zip(rest, reach, strict=True)]
    spans = [u for u in found if u is not None]
    if len(spans) < len(found) or not any(a < b for a, b in spans) or any(b >= c for (_, b), (c, _) in itertools.pairwise(spans)):
        return []
    return spans


def _unit(p: Piece, reach: range, slots: Sequence[Slot], ink: Ink, cells: Ink, partial: Edges, size: float) -> tuple[int, int] | None:
    middle = (p.x0 + p.x1) / 2
    above = {q.col: (q.x0, q.x1) for q in slots[-2].pieces}
    fits = [
        (a, b) for a in range(reach.start, p.col + 1) for b in range(p.last, reach.stop)
        if b > a and a in above and b in above
        and min(abs(x[a][0] + x[b][1] - 2 * middle) / 2 for x in (ink, cells, above)) <= size
    ]  # fmt: skip
    over = (partial.at > slots[-2].y) & (partial.at < slots[-1].y) & (partial.lo < p.x0) & (partial.hi > p.x1)
    ruled = [_columns_of((float(partial.lo[k]), float(partial.hi[k]), 0.0), ink) for k in np.flatnonzero(over).tolist()]
    ruled = [c for c in ruled if len(c) >= 2 and all(q is p or q.col not in c for q in slots[-1].pieces)]
    if ruled:
        return ruled[0][0], ruled[0][-1]
    if p.col == p.last:
        return (p.col, p.col) if len(reach) < len(ink) - 1 and p.col in above else None  # alone it is the rest of a heading
    if not fits or any(q.col < q.last for q in slots[-2].pieces):
        return None
    a, b = max(fits, key=lambda ab: ab[1] - ab[0])
    return (a, b) if all(c in above for c in range(a, b + 1)) else None


COUNT = re.compile(r"[(\[]?(\d{1,2}|[A-Za-z])[)\]]?")


def counts_below(slots: Sequence[Slot], k: int = -1) -> bool:
    """Whether the last line of a heading (line k) counts the columns: (1) (2) (3), 1 2 3, a b c. They stand for themselves."""
    marks = [COUNT.fullmatch(p.text) for p in slots[k].pieces if p.col > 0] if len(slots) > 1 else []
    texts = [m[1] for m in marks if m]
    if len(texts) < 3 or len(texts) < len(marks) or any(p.col < p.last for p in slots[k].pieces):
        return False
    at = [int(t) if t.isdigit() else ord(t) for t in texts]
    return all(b == a + 1 for a, b in itertools.pairwise(at)) and at[0] in (1, 2, 65, 66, 97, 98)


def with_counts(label: Ints) -> Ints:
    """Labels of a heading with a level more below, in which each column has its own."""
    return np.vstack((label, label.size + np.arange(label.shape[1], dtype=np.intp)))


def with_units(label: Ints, units: Sequence[tuple[int, int]]) -> Ints:
    """Labels of a heading with a level more below, in which each text speaks for its columns (both counted in)."""
    below = label[-1].copy()
    for k, (a, b) in enumerate(units):
        below[a : b + 1] = label.size + k
    return np.vstack((label, below))
