"""From the lines of a table, each in its columns, to rows: the parting that asks for the fewest odd things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from subsidy_extract.read.positions import Word, breadth

Cells = tuple[tuple[Word, ...], ...]
"""The words of one line by column."""

NUMBER = re.compile(r"(?:No\.?|第)?[(（]?[0-9０-９]{1,4}(?:[-－][0-9０-９]{1,3})?[)）.．]?")
TALLEST = 40  # lines of one row
HOPELESS = 15.0  # cost of a row that no parting would take
# what an odd thing costs; taught by pdftotext's print of ruled lists with cells set in the middle, at the top and mixed
HOLE, BLANK, LOOSE, SPLIT_WRAP, TILT, MISSING, NUMBERS, GAP_WON, ROW, LEAN, LOW = 1.0, 0.5, 0.3, 0.9, 0.45, 1.0, 6.0, 0.6, 0.2, 0.06, 0.01


def grouped(lines: Sequence[Cells], gaps: Sequence[int], limits: Sequence[int | None]) -> list[tuple[int, int]]:
    """(first, last + 1) of each row. gaps: blank lines before each line. limits: `limit_of` each column.

    Tried with cells set at the top and in the middle; of each with what the columns turned out to hold, twice.
    """
    best: tuple[float, list[tuple[int, int]]] | None = None
    numbered = _number_column(lines)
    for middle in (True, False):
        share = [1.0 if c < 2 else 0.4 for c in range(len(limits))]
        cost, rows = 0.0, [(0, len(lines))]
        for _ in range(3):
            cost, rows = _parted(lines, gaps, limits, share, numbered, middle)
            share = [sum(any(lines[k][c] for k in range(a, b)) for a, b in rows) / len(rows) for c in range(len(limits))]
        if best is None or cost < best[0]:
            best = (cost, rows)
    assert best is not None
    return best[1]


def _number_column(lines: Sequence[Cells]) -> int | None:
    """The column that numbers the rows: nothing but numbers that rise one by one."""
    for c in range(min(2, len(lines[0]))):
        said = [x[c][0].text for x in lines if len(x[c]) == 1]
        every = sum(bool(x[c]) for x in lines)
        if every < 2 or len(said) != every or not all(NUMBER.fullmatch(s) for s in said):
            continue
        values = [int("".join(ch for ch in s if ch.isdigit())) for s in said]
        if sum(b > a for a, b in pairwise(values)) >= 0.9 * (len(values) - 1):
            return c
    return None


def _parted(
    lines: Sequence[Cells], gaps: Sequence[int], limits: Sequence[int | None], share: Sequence[float], numbered: int | None, middle: bool
) -> tuple[float, list[tuple[int, int]]]:
    """The cheapest parting: dynamic programming over where the last row begins."""
    n = len(lines)
    cost = [0.0] + [float("inf")] * n
    came = [0] * (n + 1)
    for b in range(1, n + 1):
        for a in range(b - 1, max(-1, b - 1 - TALLEST), -1):
            inner = _row_cost(lines[a:b], gaps[a:b], limits, share, numbered, middle)
            if inner > HOPELESS and a < b - 1:
                break  # a longer row only costs more
            edge = 0.0
            if a:
                edge = -GAP_WON if gaps[a] else sum(SPLIT_WRAP for c in range(len(limits)) if lines[a - 1][c] and lines[a][c] and is_full(lines[a - 1][c], lines[a][c], limits[c]))
            total = cost[a] + edge + inner
            if total <= cost[b]:
                cost[b], came[b] = total, a
    rows: list[tuple[int, int]] = []
    b = n
    while b:
        rows.append((came[b], b))
        b = came[b]
    return cost[n], rows[::-1]


def limit_of(texts: Sequence[Sequence[Word]]) -> int | None:
    """How broad the text of a column gets (full-width letters count two), where several lines get as broad: only then was
    it wrapped at all."""
    sizes = [_breadth(t) for t in texts]
    limit = max(sizes, default=0)
    return limit if limit > 13 and sum(s >= limit - 2 for s in sizes) > 2 else None


def _breadth(words: Sequence[Word]) -> int:
    return sum(breadth(ch) for w in words for ch in w.text) + len(words) - 1


def is_full(upper: Sequence[Word], lower: Sequence[Word], limit: int | None) -> bool:
    """Whether the first letter below would not have fitted above, so that the line above was merely wrapped."""
    return limit is not None and _breadth(upper) + breadth(lower[0].text[0]) > limit


def _row_cost(
    lines: Sequence[Cells], gaps: Sequence[int], limits: Sequence[int | None], share: Sequence[float], numbered: int | None, middle: bool
) -> float:
    height = len(lines)
    cost = ROW + BLANK * sum(gaps[1:])
    for c, limit in enumerate(limits):
        at = [k for k in range(height) if lines[k][c]]
        if c == numbered:
            cost += NUMBERS * abs(len(at) - 1)
        if not at:
            cost += MISSING * share[c] ** 2
            continue
        cost += HOLE * (at[-1] - at[0] + 1 - len(at))
        off = abs((at[0] + at[-1]) / 2 - (height - 1) / 2) if middle or c == numbered else float(at[0])
        spare = 0.5 if middle or c == numbered else 0.0  # a line in the middle of two stands on one of them
        cost += TILT * max(0.0, min(off, 4.0) - spare) + LEAN * min(off, 0.5) + LOW * at[0]
        if c != numbered:
            cost += sum(LOOSE for i, k in pairwise(at) if not is_full(lines[i][c], lines[k][c], limit))
    return cost
