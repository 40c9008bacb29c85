"""Lines of a table become rows: which lines are the wrapped text of one row, and where the next row begins."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from subsidy_extract.read.pdf.grid.pieces import Piece, Slot
from subsidy_extract.read.pdf.grid.stream import stream_to_rows
from subsidy_extract.read.pdf.grid.values import is_value

NEAR = 1.35  # of the line pitch: lines of one cell are no further apart
SINGLE = 0.6  # of the bands between rules that hold one line: the rules part rows
SMALL = 0.1  # of the texts of a column begin with a small letter (or with none): wrapped texts begin now so, now so
FIGURE = re.compile(r"[<>≤≥~±+\-−–$€£¥]? ?\d")
AIRY = 2.2  # font sizes from one line to the next: no text is set so wide
FILLED = 0.9  # of the fields of a table whose lines are its rows
FEW = 3  # lines with figures below figures: fewer say nothing
PARTED = 0.4  # of the lines with figures: wide steps that part fewer of them are not those between rows
WORDS = 6  # single words of a column, at least
WORD = re.compile(r"[^\W_]+[\w'’]*\W?")
HANGING = 0.15  # of the font size: a wrapped label is set in by more than this


@dataclass(frozen=True, slots=True)
class Pitch:
    """line: the step between two lines of one cell, points. row: a step wider than this parts rows (points); None where
    steps do not tell."""

    line: float
    row: float | None


@dataclass(frozen=True, slots=True)
class Limits:
    """right: where the text of each column may reach, points. single: columns of abbreviations and codes, or of single
    words of one kind, one on a line: none of them is the rest of another."""

    right: tuple[float, ...]
    single: frozenset[int] = frozenset()


def slots_to_limits(slots: Sequence[Slot], columns: int) -> Limits:
    """How far right the text of each column reaches: where a longer line would have been wrapped."""
    right = [0.0] * columns
    texts: list[list[str]] = [[] for _ in range(columns)]
    for slot in slots:
        for p in slot.pieces:
            if p.col == p.last:
                right[p.col] = max(right[p.col], p.x1)
                texts[p.col].append(p.text)
    return Limits(tuple(right), frozenset(c for c in range(columns) if _are_single(texts[c])))


def _are_single(texts: Sequence[str]) -> bool:
    """Whether each line of a column is a code (A, BY) or a number, or a single word, all of which begin alike: where a text is
    wrapped to single words, a line has two now and then, some begin in small letters, and some are parts of one word."""
    if len(texts) < 3 or any(" " in t or _is_wide(t[:1]) for t in texts):
        return False
    if all(t == t.upper() for t in texts):
        return True
    words = [t for t in texts if t[:1].isalpha() and not is_value(t)]
    small = sum(t[:1].islower() for t in words[1:])  # the first may be a heading
    return len(words) >= WORDS and small in (0, len(words) - 1) and all(WORD.fullmatch(t) or is_value(t) for t in texts)


def is_full(upper: Piece, lower: Piece, limits: Limits) -> bool:
    """Would the first word of the lower line not have fitted on the upper one? Then the break is a mere wrap."""
    space = 0.0 if _is_wide(upper.text[-1:]) or _is_wide(lower.text[:1]) else 0.25 * upper.size
    lead = min(lower.lead, lower.size) if _is_wide(lower.text[:1]) else lower.lead
    return upper.x1 + space + lead > limits.right[upper.col] + 0.05 * upper.size


def _is_wide(char: str) -> bool:
    return char >= "\u2e80"


def slots_to_steps(slots: Sequence[Slot]) -> list[float]:
    """From the middle of each slot to that of the next, points. Texts set in the middle of one row stand on lines between
    each other's, so no step inside a row is wider than that between two lines of one cell."""
    return [below.y - above.y for above, below in itertools.pairwise(slots)]


def slots_to_pitch(slots: Sequence[Slot], columns: int, limits: Limits) -> Pitch:
    """The step between lines of one cell, and from where a step is one between rows."""
    within: list[float] = []
    last: dict[int, Slot] = {}
    for slot in slots:
        for p in slot.pieces:
            if p.col in last and slot.y > last[p.col].y:
                within.append(slot.y - last[p.col].y)
            last[p.col] = slot
    if not within:
        return Pitch(float("inf"), None)
    ordered = np.sort(within)
    line = float(ordered[len(ordered) // 10])
    steps = slots_to_steps(slots)
    like = [_looks_new(slots[k], slots[k + 1], limits, columns) for k in range(len(steps))]
    near = sorted({round(s / line, 3) for s in steps if s >= 0.7 * line})
    best: tuple[float, float | None] = (0.0, None)
    for lower, upper in itertools.pairwise(near):
        if upper - lower < 0.05 or lower > NEAR:
            continue
        limit = (lower + upper) / 2 * line
        # what stands close below a lone label may be the rest of its row
        small = [new and not _is_lone_label(above) for above, s, new in zip(slots, steps, like, strict=False) if s <= limit]
        wide = [new for s, new in zip(steps, like, strict=True) if s > limit]
        # steps tell when lines look like new rows after wide ones, and like the rest of a cell after small ones;
        # or when what they part looks like rows (texts set in the middle of their rows begin on different lines)
        if not small or not wide or _figures_parted(slots, steps, limit) < PARTED:
            continue
        told = _looks_like_rows(slots, steps, limit, line, columns)
        if sum(wide) >= 0.6 * len(wide):
            told = max(told, sum(wide) / len(wide) - sum(small) / len(small))
        if sum(small) <= 0.35 * len(small) and told > best[0]:
            best = (told, limit)
    return Pitch(line, best[1] if best[0] >= 0.25 else None)


def _figures_parted(slots: Sequence[Slot], steps: Sequence[float], limit: float) -> float:
    """How many of the lines with a label, and a figure below one of such a line before, are parted from that by a wide step; all
    where they are too few to tell (the end of an address looks like a figure)."""
    pairs = parted = since = 0
    above: set[int] = set()
    for k, slot in enumerate(slots):
        if slot.at(0) is not None and (figures := {p.col for p in slot.pieces if p.value and p.col > 0}):
            if figures & above:
                pairs += 1
                parted += max(steps[since:k]) > limit
            above, since = figures, k
    return parted / pairs if pairs >= FEW else 1.0


def _looks_like_rows(slots: Sequence[Slot], steps: Sequence[float], limit: float, line: float, columns: int) -> float:
    """How many of the parts between wide steps look like rows: text in most columns, each in one block of lines."""
    ends = [*(k + 1 for k, step in enumerate(steps) if step > limit), len(slots)]
    parts = [slots[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    if len(parts) < 3:
        return 0.0
    filled = [{p.col for s in part for p in s.pieces} for part in parts]
    usual = [c for c in range(columns) if sum(c in f for f in filled) >= 0.6 * len(filled)]
    rows = 0
    for part, f in zip(parts, filled, strict=True):
        blocks = all(
            b.y - a.y <= NEAR * line
            for c in f
            for a, b in _pairs([s for s in part if s.at(c) is not None])
        )
        rows += blocks and sum(c in f for c in usual) >= 0.7 * len(usual)
    return rows / len(parts) if len(usual) >= 2 and rows >= 0.8 * len(parts) else 0.0


def _pairs(slots: Sequence[Slot]) -> Iterable[tuple[Slot, Slot]]:
    return itertools.pairwise(slots)


def _is_lone_label(slot: Slot) -> bool:
    return len(slot.pieces) == 1 and slot.pieces[0].col == slot.pieces[0].last == 0


def _looks_new(above: Slot, below: Slot, limits: Limits, columns: int) -> bool:
    """Does a line look like the first of a row: values under values, or a text in the first column and most others
    that does not go on from the line above?"""
    if any(p.value and p.col > 0 and (q := above.at(p.col)) is not None and q.value for p in below.pieces):
        return True
    if _single_below_single(above.pieces, below, limits):
        return True
    key = below.at(0)
    if key is None or len(below.pieces) < 0.6 * columns:
        return False
    pairs = [(above.at(p.col), p) for p in below.pieces]
    return not any(q is not None and is_full(q, p, limits) for q, p in pairs)


def _single_below_single(above: Iterable[Piece], below: Slot, limits: Limits) -> bool:
    """Single words or codes below such in two columns, and a label in the first: no text goes on so."""
    single = limits.single & {p.col for p in above} - {0}
    return below.at(0) is not None and len(single & {p.col for p in below.pieces}) >= 2


def slots_to_rows(slots: Sequence[Slot], columns: int, hard: Sequence[bool]) -> list[int]:
    """The index of the first slot of each row.

    hard[k]: a rule or the edge of a shade stands between slot k and k+1. Where these alone part most rows, only they do.
    """
    if lines_are_rows(slots, columns):
        return list(range(len(slots)))
    bands = [0, *(k + 1 for k, rule in enumerate(hard) if rule)]
    free = _seen_rows(slots, columns, hard, bands)
    told = stream_to_rows(slots)
    if told is None:
        return [k for k in free if k in bands or not _closes_bracket(slots[k - 1], slots[k])]
    return sorted({*bands, *(r.first for r in told), *(k for r in told if not r.sure for k in free if r.first < k <= r.last)})


def _closes_bracket(above: Slot, below: Slot) -> bool:
    """Whether a text below closes what is left open above it: 2.0 (0.7– and 5.3)."""
    return any(
        0 <= p.text.find(")") < p.text.find("(") % (len(p.text) + 1) and (q := above.at(p.col)) is not None and q.text.count("(") > q.text.count(")")
        for p in below.pieces
    )


def lines_are_rows(slots: Sequence[Slot], columns: int) -> bool:
    """Whether each line has a text in the first and (nearly) every other one of three columns or more (a lone label may be a
    part of one), and no column has now
    and then a text that goes on in small letters: cells that are wrapped all to as many lines as each other are none. Lines so
    far apart as no text is set are rows in any case."""
    if columns < 3 or not slots or sum(len(s.pieces) for s in slots) < FILLED * columns * len(slots):
        return False
    if any(s.at(0) is None or _is_lone_label(s) for s in slots) or any(p.col < p.last for s in slots for p in s.pieces):
        return False
    if len(slots) > 2 and all(below.y - above.y > AIRY * below.pieces[0].size for above, below in itertools.pairwise(slots)):
        return True
    if any(_is_wide(p.text[:1]) for s in slots for p in s.pieces):
        return False
    if sum(all((p := s.at(c)) is not None and FIGURE.match(p.text) for s in slots) for c in range(1, columns)) >= 2:
        return True  # a number stands at the beginning of each (14.4 ± 2.4)
    texts = [[p.text for s in slots[1:] for p in s.pieces if p.col == c] for c in range(columns)]
    small = [sum(t[:1].islower() for t in mine) / max(1, len(mine)) for mine in texts]
    return all(part <= SMALL or part >= 1 - SMALL for part in small) and min(small) <= SMALL


def _seen_rows(slots: Sequence[Slot], columns: int, hard: Sequence[bool], bands: list[int]) -> list[int]:
    free = _starts(slots, columns, hard)
    if len(bands) >= 3:
        several = [(a, b) for a, b in zip(bands, [*bands[1:], len(slots)], strict=True) if b - a > 1]
        cut = sum(any(a < k < b for k in free) for a, b in several)
        if cut < 0.6 * len(several) or (len(bands) - len(several) >= SINGLE * len(bands) and not _part_rows(slots, several, free)):
            return bands
    return free


def _part_rows(slots: Sequence[Slot], bands: Sequence[tuple[int, int]], free: Sequence[int]) -> bool:
    """Whether the rows that lines alone tell stand for rows within bands between rules: most bands then part into rows
    with texts in two columns or more. A single wrapped text has lines of its own, above and below the others' middle."""
    like = 0
    for a, b in bands:
        cuts = [a, *(k for k in free if a < k < b), b]
        like += all(len({p.col for s in slots[x:y] for p in s.pieces}) >= 2 for x, y in itertools.pairwise(cuts))
    return like >= 0.5 * len(bands)


def _starts(slots: Sequence[Slot], columns: int, hard: Sequence[bool]) -> list[int]:
    limits = slots_to_limits(slots, columns)
    pitch = slots_to_pitch(slots, columns, limits)
    starts = [0]
    if pitch.row is not None:
        figures: dict[int, float] = {}
        for k, s in enumerate(slots):
            # a wrapped label has lines between those of its figures: these are as far apart as rows all the same
            below = any(p.value and p.col in figures and s.y - figures[p.col] > pitch.row for p in s.pieces)
            if k and (below or s.y - slots[k - 1].y > pitch.row or hard[k - 1] or _heads_group(slots[k - 1], s)):
                starts.append(k)
                figures = {}
            figures |= {p.col: s.y if p.value else math.inf for p in s.pieces if p.col > 0}  # words between two figures: one text
        return _whole_rows(slots, starts, columns, hard)
    seen: dict[int, tuple[Slot, Piece]] = {}
    for k in range(len(slots)):
        if k and (hard[k - 1] or _is_new_row(slots, k, seen, limits, pitch, columns)):
            starts.append(k)
            seen = {}
        for p in slots[k].pieces:
            seen[p.col] = (slots[k], p)
    return starts


def _heads_group(above: Slot, below: Slot) -> bool:
    """A lone label in another font, not set in further than the label above it."""
    p, q = below.at(0), above.at(0)
    return p is not None and q is not None and len(below.pieces) == 1 and p.font != q.font and p.x0 < q.x0 - HANGING * p.size


def _whole_rows(slots: Sequence[Slot], starts: list[int], columns: int, hard: Sequence[bool]) -> list[int]:
    """Rows parted by wide steps, without the steps that part paragraphs of one cell: what follows those has no text in
    the columns that (nearly) every row fills."""
    ends = [*starts[1:], len(slots)]
    filled = [{p.col for s in slots[a:b] for p in s.pieces} for a, b in zip(starts, ends, strict=True)]
    always = {c for c in range(columns) if sum(c in f for f in filled) >= 0.65 * len(filled)}
    if len(always) < 2:
        return starts
    return [
        k for i, (k, f) in enumerate(zip(starts, filled, strict=True))
        if i == 0 or hard[k - 1] or f & always or _heads_group(slots[k - 1], slots[k]) or any(p.col < p.last for p in slots[k].pieces)
    ]  # fmt: skip


def _is_new_row(
    slots: Sequence[Slot], k: int, seen: dict[int, tuple[Slot, Piece]], limits: Limits, pitch: Pitch, columns: int
) -> bool:
    slot, before = slots[k], slots[k - 1]
    if any(p.col < p.last for p in slot.pieces) or any(p.col < p.last and p.col == 0 for p in before.pieces):
        return True  # what crosses columns stands for itself
    valued = [p for p in slot.pieces if p.value and p.col > 0]
    had_value = any(p.value and c > 0 for c, (_, p) in seen.items())
    if any(p.col in seen and seen[p.col][1].value for p in valued):
        return True
    if len(valued) >= 2 and len(valued) == len(slot.pieces) - 1 and slot.at(0) is not None and all(p.col in seen for p in valued):
        return True  # figures below words (yes  no), in column after column: no text goes on so
    if _single_below_single((p for _, p in seen.values()), slot, limits):
        return True
    only_label = len(slot.pieces) == 1 and slot.pieces[0].col == 0
    was_only_label = all(c == 0 for c in seen)
    if only_label or (was_only_label and (valued or not any(c != 0 for c in seen))):
        return _is_new_label(slot, seen, had_value, limits)
    far = slot.y - before.y > 1.6 * pitch.line  # no text that was wrapped goes on that far below
    score = 1.5 if far else 0.0
    restarts = 0
    for p in slot.pieces:
        if p.col not in seen:
            continue
        above, q = seen[p.col]
        if slot.y - above.y > NEAR * pitch.line and above is not before:
            restarts += 1
        elif far or not is_full(q, p, limits):
            score += 0.8
        elif p.col not in limits.single:
            score -= 2.0 if not p.text[:1].islower() else 3.0
    score += 2.0 * min(restarts, 2)
    key = slot.at(0)
    if key is None:
        score -= 2.0
    elif 0 in limits.single:
        score += 3.0
    elif 0 not in seen or not is_full(seen[0][1], key, limits):
        score += 1.0
    if len(slot.pieces) >= 0.8 * columns:
        score += 1.0
    return score > 1.5


def _is_new_label(slot: Slot, seen: dict[int, tuple[Slot, Piece]], had_value: bool, limits: Limits) -> bool:
    """A line with text in the first column only, or the first line with values after such: wrapped label or new row?"""
    key = slot.at(0)
    if key is None:  # values beside a label that was set a little higher
        return False
    if 0 not in seen:
        return True
    _, q = seen[0]
    if not is_full(q, key, limits):
        return not key.text[:1].islower() or key.font != q.font
    if key.text[:1].islower() or q.text.endswith((",", "-", "–", "/", "(", " and", " or", " of", " the", " for", " in", " to", "&")):
        return False
    if key.font != q.font:
        return True
    if had_value or len(slot.pieces) > 1:
        return True  # after a label without values one with: a group and its first member
    return key.x0 - q.x0 > 2.0 * key.size or key.x0 < q.x0 - HANGING * key.size
