"""Lines of a table become rows: which lines are the wrapped text of one row, and where the next row begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from subsidy_extract.read.pdf.grid.pieces import Piece, Slot

NEAR = 1.35  # of the line pitch: lines of one cell are no further apart
WIDER = 1.18  # of the line pitch: from here a step between lines is a step between rows, where both kinds occur
HANGING = 0.15  # of the font size: a wrapped label is set in by more than this


@dataclass(frozen=True, slots=True)
class Pitch:
    """line: the step between two lines of one cell, points. told: steps between rows are wider, so the step tells."""

    line: float
    told: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """right: where the text of each column may reach, points; set: the columns whose text is wrapped at all."""

    right: tuple[float, ...]


def slots_to_limits(slots: Sequence[Slot], columns: int) -> Limits:
    """How far right the text of each column reaches: where a longer line would have been wrapped."""
    right = [0.0] * columns
    for slot in slots:
        for p in slot.pieces:
            if p.col == p.last:
                right[p.col] = max(right[p.col], p.x1)
    return Limits(tuple(right))


def is_full(upper: Piece, lower: Piece, limits: Limits) -> bool:
    """Would the first word of the lower line not have fitted on the upper one? Then the break is a mere wrap."""
    space = 0.0 if _is_wide(upper.text[-1:]) or _is_wide(lower.text[:1]) else 0.25 * upper.size
    lead = min(lower.lead, lower.size) if _is_wide(lower.text[:1]) else lower.lead
    return upper.x1 + space + lead > limits.right[upper.col] + 0.05 * upper.size


def _is_wide(char: str) -> bool:
    return char >= "\u2e80"


def slots_to_pitch(slots: Sequence[Slot], columns: int, limits: Limits) -> Pitch:
    """The step between lines of one cell, and whether the step between rows is another one."""
    steps: list[float] = []
    last: dict[int, Slot] = {}
    for slot in slots:
        for p in slot.pieces:
            if p.col in last:
                steps.append((slot.y - last[p.col].y) / max(p.size, 1e-9))
            last[p.col] = slot
    if not steps:
        return Pitch(float("inf"), False)
    size = float(np.median([p.size for s in slots for p in s.pieces]))
    ordered = np.sort(steps)
    line = float(ordered[len(ordered) // 10]) * size
    between = np.sort([(b.y - a.y) for a, b in zip(slots, slots[1:], strict=False)])
    between = between[between > 0.5 * line]
    small = between <= WIDER * line
    # lines of the small step must be wrapped text now and then, or the small step is that of the rows
    pairs = full = 0
    for upper, lower in zip(slots, slots[1:], strict=False):
        if lower.y - upper.y > WIDER * line:
            continue
        for p in lower.pieces:
            q = upper.at(p.col)
            if q is not None and p.col == p.last and q.col == q.last:
                pairs += 1
                full += is_full(q, p, limits) and not (p.value and q.value)
    return Pitch(line, bool((~small).any() and small.any() and full >= max(1, 0.2 * pairs)))


def slots_to_rows(slots: Sequence[Slot], columns: int, hard: Sequence[bool], closed: bool) -> list[int]:
    """The index of the first slot of each row.

    hard[k]: a rule or the edge of a shade stands between slot k and k+1. closed: every row is closed by one, so nothing
    else parts rows.
    """
    limits = slots_to_limits(slots, columns)
    pitch = slots_to_pitch(slots, columns, limits)
    starts = [0]
    seen: dict[int, tuple[Slot, Piece]] = {}
    for k in range(len(slots)):
        if k and (hard[k - 1] or (not closed and _is_new_row(slots, k, starts[-1], seen, limits, pitch, columns))):
            starts.append(k)
            seen = {}
        for p in slots[k].pieces:
            seen[p.col] = (slots[k], p)
    return starts


def _is_new_row(
    slots: Sequence[Slot], k: int, start: int, seen: dict[int, tuple[Slot, Piece]], limits: Limits, pitch: Pitch, columns: int
) -> bool:
    slot, before = slots[k], slots[k - 1]
    if any(p.col < p.last for p in slot.pieces) or any(p.col < p.last and p.col == 0 for p in before.pieces):
        return True  # what crosses columns stands for itself
    valued = [p for p in slot.pieces if p.value and p.col > 0]
    had_value = any(p.value and c > 0 for c, (_, p) in seen.items())
    if any(p.col in seen and seen[p.col][1].value for p in valued):
        return True
    only_label = len(slot.pieces) == 1 and slot.pieces[0].col == 0
    was_only_label = all(c == 0 for c in seen)
    if only_label or (was_only_label and (valued or not any(c != 0 for c in seen))):
        below = slots[k + 1] if k + 1 < len(slots) else None
        return _is_new_label(slot, before, seen, had_value, limits, pitch, below)
    score = 0.0
    step = slot.y - before.y
    if pitch.told:
        score += 2.5 if step > WIDER * pitch.line else -2.5
    elif step > 1.6 * pitch.line:
        score += 1.5
    restarts = 0
    for p in slot.pieces:
        if p.col not in seen:
            continue
        above, q = seen[p.col]
        if slot.y - above.y > NEAR * pitch.line and above is not before:
            restarts += 1
        elif not is_full(q, p, limits):
            score += 0.8
        else:
            score -= 2.0 if not p.text[:1].islower() else 3.0
    score += 2.0 * min(restarts, 2)
    key = slot.at(0)
    if key is None:
        score -= 2.0
    elif 0 not in seen or not is_full(seen[0][1], key, limits):
        score += 1.0
    if len(slot.pieces) >= 0.8 * columns:
        score += 1.0
    return score > 1.5


def _is_new_label(
    slot: Slot, before: Slot, seen: dict[int, tuple[Slot, Piece]], had_value: bool, limits: Limits, pitch: Pitch, below: Slot | None
) -> bool:
    """A line with text in the first column only, or the first line with values after such: wrapped label or new row?"""
    key = slot.at(0)
    if key is None:  # values beside a label that was set a little higher
        return False
    if 0 not in seen:
        return True
    above, q = seen[0]
    step = slot.y - above.y
    if above is not before and slot.y - before.y > NEAR * pitch.line:
        return True
    if pitch.told and step > WIDER * pitch.line:
        return True
    if step > 1.6 * max(key.size, q.size) and step > NEAR * pitch.line:
        return True
    if not is_full(q, key, limits):
        return not key.text[:1].islower() or key.font != q.font
    if pitch.told and had_value and len(slot.pieces) == 1:
        return False
    if key.text[:1].islower() or q.text.endswith((",", "-", "–", "/", "(", " and", " or", " of", " the", " for", " in", " to", "&")):
        return False
    if key.font != q.font:
        return True
    if had_value and len(slot.pieces) == 1:
        return key.x0 - q.x0 <= HANGING * key.size  # set in below a label with values: the rest of that label
    if had_value:
        return True
    if len(slot.pieces) > 1:
        return True  # a label without values, then one with: a group and its first member
    return key.x0 - q.x0 > 2.0 * key.size or key.x0 < q.x0 - HANGING * key.size
