"""The first rows of a table and of its next page → how many of them repeat the heading."""

from __future__ import annotations

from collections.abc import Sequence

from subsidy_extract.read.pdf.stitch.drafts import RowDraft

DEEPEST = 4  # levels of a heading


def repeated(rows: Sequence[RowDraft], first: Sequence[RowDraft], known: int | None) -> tuple[int, bool]:
    """(rows at the top of `rows` that repeat `first[:k]` to the letter, whether the first row repeats it with other words
    in some cells; then the count is 0). known: how deep the heading is where that is sure."""
    if not rows or not first or first[0].filled < 2:
        return 0, False
    deepest = known if known is not None else DEEPEST
    count = 0
    for a, b in zip(rows[:deepest], first, strict=False):
        if a.texts() != b.texts() or not b.filled:
            break
        # a second level is believed only where the first has gaps or spans, as it must: rows may resemble each other
        if known is None and count and not any(levels(r) for r in first[:count]):
            break
        count += 1
    if count:
        return count, False
    if levels(first[0]) or rows[0].filled < 2:
        return 0, False
    now, before = rows[0].texts(), first[0].texts()
    same = sum(1 for x, y in zip(now, before, strict=False) if x and x == y)
    return 0, same >= 2 and same * 2 > max(rows[0].filled, first[0].filled)


def levels(row: RowDraft) -> bool:
    """Whether a row of a heading has another level below it: it has spans, or gaps."""
    return any(c is None or c.col_span > 1 or c.empty for c in row.cells)
