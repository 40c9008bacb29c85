"""Rows of a body: what in them is one cell over several columns or rows."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from subsidy_extract.read.pdf.grid.alignment.depth import YEARS
from subsidy_extract.read.pdf.grid.alignment.heading import Ink
from subsidy_extract.read.pdf.grid.edges import Edges, Ints
from subsidy_extract.read.pdf.grid.pieces import Slot
from subsidy_extract.read.pdf.nouns import Floats

MIDDLE = 1.5  # of the font size: a heading of a group stands so near the middle of the table
LABELLED = 4  # lines, each with a text in the first column: none of these is merged over rows
NUMBERS = 0.6  # of the texts of a column: then a lone text in words there is none of them


def widen_groups(slots: Sequence[Slot], columns: int) -> list[Slot]:
    """Lines of a body, with a text alone on its line, in the middle of the table and over columns of numbers, as what it
    is: the heading of a group over all columns."""
    left = min((p.x0 for s in slots for p in s.pieces), default=0.0)
    right = max((p.x1 for s in slots for p in s.pieces), default=0.0)
    values = [[p.value for s in slots for p in s.pieces if p.col == c == p.last and len(s.pieces) > 1] for c in range(columns)]
    numbers = [sum(v) > NUMBERS * len(v) for v in values]
    out = []
    for s in slots:
        p = s.pieces[0]
        if in_the_middle(s, left, right) and p.col > 0 and all(numbers[p.col : p.last + 1]):
            s = replace(s, pieces=(replace(p, col=0, last=columns - 1),))
        out.append(s)
    return out


def in_the_middle(s: Slot, left: float, right: float) -> bool:
    """Whether a line has one text, no figure other than a year, in the middle between left and right (points)."""
    p = s.pieces[0]
    return len(s.pieces) == 1 and (not p.value or bool(YEARS.fullmatch(p.text))) and abs(p.x0 + p.x1 - left - right) / 2 <= MIDDLE * p.size


def partly_ruled(slots: Sequence[Slot], partial: Edges, ink: Ink, hard: Sequence[bool]) -> tuple[dict[int, list[int]], set[int]]:
    """Rules between lines that part some columns, the last among them, and leave the first ones whole: slot below the rule
    → the columns that go on; and the slots that stand across such a rule (the label of two rows, in their middle). hard:
    where a rule over the whole width stands between a slot and the next."""
    if len(slots) >= LABELLED and all(s.at(0) is not None for s in slots):
        return {}, set()  # each line has its own label
    found: dict[int, list[int]] = {}
    across: set[int] = set()
    since = 0  # where the cell in the first column begins
    for k, (above, below) in enumerate(itertools.pairwise(slots)):
        if hard[k]:
            since = k + 1
        between = np.flatnonzero((partial.at > above.y) & (partial.at < below.y))
        if hard[k] or not len(between):
            continue
        ruled = {c for c, (lo, hi) in enumerate(ink) if any(partial.lo[e] <= (lo + hi) / 2 <= partial.hi[e] for e in between.tolist())}
        going = [c for c in range(len(ink)) if c not in ruled]
        if not going or len(ink) - 1 not in ruled or 2 * len(ruled) < len(ink) or going != list(range(len(going))):
            continue
        label, before = below.at(0), above.at(0)
        wrapped = label is not None and before is not None and before.x1 + 0.25 * before.size + label.lead > ink[0][1] + 0.05 * label.size
        if slots[since].at(0) is not None and label is not None and not (wrapped or label.text[:1].islower()):
            since = k + 1  # texts begin on the first line of each
            continue
        at = partial.at[between]
        alone = [
            j for j in (k, k + 1) if 0 < j < len(slots) - 1 and all(p.last in going for p in slots[j].pieces)
            and ((at > slots[j].top) & (at < slots[j].bottom)).any()
        ]  # fmt: skip
        if alone:
            across.add(alone[0])
            found[max(alone[0], k) + 1] = going
        elif sum(hard) >= 2 or not any(above.at(c) and below.at(c) for c in going):
            found[k + 1] = going
    return found, across


def merged_first(above: Slot, below: Slot, whole: Edges, at: Floats, size: float) -> list[int]:
    """The first columns that a long rule between two rows does not reach, though others do: one cell over both rows (the
    narrow column of a group). at: where columns part."""
    between = np.flatnonzero((whole.at > above.y) & (whole.at < below.y))
    begin = float(whole.lo[between].min()) if len(between) else 0.0
    if not len(between) or begin < float(whole.lo.min()) + size:
        return []
    return list(range(int((at < begin + size).sum())))


def bands_of_one_label(slots: Sequence[Slot], hard: Sequence[bool]) -> set[int]:
    """Slots that go on with the label of the slot above: rules part the body into bands of two lines and more, and in each
    the second column says the same again (Count, Percentage). The first column then has one text for each band, set on as
    many lines as it takes."""
    starts = [0, *(k + 1 for k, rule in enumerate(hard) if rule)]
    bands = [range(a, b) for a, b in itertools.pairwise([*starts, len(slots)])]
    if len(bands) < 2 or len(bands[0]) < 2 or any(s.at(0) and s.pieces[0].last for s in slots):
        return set()
    said = {tuple(p.text if (p := slots[k].at(1)) else "" for k in band) for band in bands}
    only = next(iter(said))
    if len(said) > 1 or len(set(only)) < len(only) or not all(only) or any(p.value for k in bands[0] if (p := slots[k].at(1))):
        return set()
    return {k for band in bands for k in band[1:]} if all(slots[band[0]].at(0) for band in bands) else set()


def begins_anew(slots: Sequence[Slot], since: int, k: int, size: float) -> bool:
    """Whether a row has a label of its own, on its first line (slot k) as the group that began at slot `since` has, and
    with more than a line's white below the last line of that."""
    if slots[k].at(0) is None or slots[since].at(0) is None:
        return False
    return slots[k].top - max(s.bottom for s in slots[since:k] if s.at(0) is not None) > size


def body_to_labels(slots: Sequence[Slot], starts: Sequence[int], columns: int, going: Mapping[int, Sequence[int]]) -> Ints:
    """Rows of the body → labels (rows, columns), as of a lattice: a text over several columns joins them. going: columns
    that a rule over the others leaves whole, by the slot below it."""
    label = np.arange(len(starts) * columns, dtype=np.intp).reshape(len(starts), columns)
    ends = [*starts[1:], len(slots)]
    for r, (a, b) in enumerate(zip(starts, ends, strict=True)):
        for p in (p for s in slots[a:b] for p in s.pieces if p.col < p.last):
            others = [q for s in slots[a:b] for q in s.pieces if q is not p and q.last >= p.col and q.col <= p.last]
            if not others:
                label[r, p.col : p.last + 1] = label[r, p.col]
        if r:
            for c in going.get(a, ()):
                label[r, c] = label[r - 1, c]
    return label
