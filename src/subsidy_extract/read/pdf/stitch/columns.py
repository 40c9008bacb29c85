"""Column edges of a table and of a grid on the next page → which column is which, or that they are two tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

SAME = 3.0  # points: edges of one column on two pages differ by less (Word moves them with the first cell's padding)
SHARE = 0.5  # of the narrower of two columns without rules that must overlap to be one

Spans = tuple[tuple[int, int], ...]
"""For each column where it begins and ends (exclusive) among the columns of both together."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How two sets of columns lie in one: old, new: spans of each; xs: the edges of the union, points."""

    old: Spans
    new: Spans
    xs: tuple[float, ...]

    @property
    def width(self) -> int:
        return len(self.xs) - 1

    @property
    def plain(self) -> bool:
        """Whether the old columns stay as they are."""
        return self.old == identity(len(self.old)) and len(self.old) == self.width


def identity(n: int) -> Spans:
    return tuple((k, k + 1) for k in range(n))


def fit(old: Sequence[float], new: Sequence[float], ruled: bool) -> Fit | None:
    """old, new: ascending edges, points. ruled: the table has rules. None when they are no columns of one table."""
    if len(old) < 2 or len(new) < 2:
        return None
    for moved in _moved(old, new):
        found = _by_edges(old, moved)
        if found is not None:
            return found
    if ruled:
        return None
    return _by_overlap(old, new)


def same_number(old: Sequence[float], new: Sequence[float]) -> Fit | None:
    """Column by column, when only the headings say that it is one table."""
    return Fit(identity(len(old) - 1), identity(len(new) - 1), tuple(old)) if len(old) == len(new) else None


def _moved(old: Sequence[float], new: Sequence[float]) -> list[list[float]]:
    """The new edges as they are, moved to the old left edge, and stretched to the old width (when little is needed)."""
    shift = old[0] - new[0]
    out = [list(new), [x + shift for x in new]]
    scale = (old[-1] - old[0]) / max(new[-1] - new[0], 1e-9)
    if len(old) == len(new) and 0.6 < scale < 1.67:
        out.append([old[0] + (x - new[0]) * scale for x in new])
    return out


def _by_edges(old: Sequence[float], new: Sequence[float]) -> Fit | None:
    """One set of edges holds the other (a column merged all over one page has one edge fewer)."""
    tolerance = max(SAME, 0.006 * (old[-1] - old[0]))
    if abs(old[0] - new[0]) > tolerance or abs(old[-1] - new[-1]) > tolerance:
        return None
    if len(old) >= len(new):
        place = _places(old, new, tolerance)
        if place is None:
            return None
        return Fit(identity(len(old) - 1), tuple(pairwise(place)), tuple(old))
    place = _places(new, old, tolerance)
    if place is None:
        return None
    return Fit(tuple(pairwise(place)), identity(len(new) - 1), tuple(new))


def _places(many: Sequence[float], few: Sequence[float], tolerance: float) -> list[int] | None:
    out: list[int] = []
    for x in few:
        k = min(range(len(many)), key=lambda k: abs(many[k] - x))
        if abs(many[k] - x) > tolerance or (out and k <= out[-1]):
            return None
        out.append(k)
    return out


def _by_overlap(old: Sequence[float], new: Sequence[float]) -> Fit | None:
    """Columns found by alignment alone: edges lie anywhere in the white between, and an empty column has none."""
    if len(old) >= len(new):
        place = _overlaps(old, new)
        return None if place is None else Fit(identity(len(old) - 1), tuple((p, p + 1) for p in place), tuple(old))
    place = _overlaps(new, old)
    return None if place is None else Fit(tuple((p, p + 1) for p in place), identity(len(new) - 1), tuple(new))


def _overlaps(many: Sequence[float], few: Sequence[float]) -> list[int] | None:
    out: list[int] = []
    for a, b in pairwise(few):
        shared = [min(b, d) - max(a, c) for c, d in pairwise(many)]
        k = max(range(len(shared)), key=shared.__getitem__)
        if shared[k] < SHARE * min(b - a, many[k + 1] - many[k]) or (out and k <= out[-1]):
            return None
        out.append(k)
    return out
