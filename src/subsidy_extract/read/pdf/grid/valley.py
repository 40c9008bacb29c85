"""White between words that may part two columns."""

from __future__ import annotations

from dataclasses import dataclass

APART = 1.5  # of the font size: headings of two columns are at least this far apart


@dataclass(frozen=True, slots=True)
class Valley:
    """White from `lo` to `hi` (points) through `lines` lines with text on both sides; gap: their typical gap there."""

    lo: float
    hi: float
    lines: int
    gap: float
