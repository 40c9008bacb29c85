"""Two lists and who is who go in, which columns are the same comes out: under other headings, in another order, new or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from .fold import fold
from .load import EXTRA, TEXTS
from .model import Bond, Heading, YearList


@dataclass(frozen=True, slots=True)
class Columns:
    """common: (key in the old list, key in the new one). added, removed: keys only one list has."""

    common: tuple[tuple[str, str], ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    headings: tuple[Heading, ...]
    order_changed: bool


def columns(old: YearList, new: YearList, bonds: Sequence[Bond]) -> Columns:
    """A column is one that any programme has text in. Known columns go by their key, unknown ones by heading, and what is
    left of both by content: a column that says the same of the same programmes is the same column."""
    had, has = _present(old), _present(new)
    by_heading = {fold(k): k for k in has}
    common = {k: by_heading[fold(k)] for k in had if fold(k) in by_heading}
    gone = [k for k in had if k not in common]
    come = [k for k in has if k not in common.values()]
    if not old.programmes or not new.programmes:
        gone, come = [], []
    for score, a, b in sorted(((_alike(old, new, bonds, a, b), a, b) for a in gone for b in come), reverse=True):
        if score >= 0.6 and a not in common and b not in common.values():
            common[a] = b
    order = [(a, common[a]) for a in had if a in common]
    return Columns(
        tuple(order),
        tuple(k for k in come if k not in common.values()),
        tuple(k for k in gone if k not in common),
        _headings(old, new, common),
        _reordered(old, new, common),
    )


def _present(side: YearList) -> list[str]:
    found = dict.fromkeys(k for p in side.programmes for k in p.texts)
    known = [k for k in TEXTS if k in found]
    return [*known, *(k for k in found if k not in TEXTS)]


def _alike(old: YearList, new: YearList, bonds: Sequence[Bond], a: str, b: str) -> float:
    """Share of programmes of which both columns say about the same; 0 with fewer than three of them."""
    seen = []
    for bond in bonds:
        if len(bond.old) == len(bond.new) == 1 and not bond.doubtful:
            x, y = old.programmes[bond.old[0]].texts.get(a), new.programmes[bond.new[0]].texts.get(b)
            if x or y:
                seen.append(fuzz.ratio(fold(x), fold(y)) >= 80 if x and y else False)
    return sum(seen) / len(seen) if len(seen) >= 3 else 0.0


def _headings(old: YearList, new: YearList, common: dict[str, str]) -> tuple[Heading, ...]:
    before, after = ({h.column: h.heading for h in side.heads} for side in (old, new))
    found = []
    for a, b in common.items():
        x = before.get(a) or (a.removeprefix(EXTRA) if a.startswith(EXTRA) else None)
        y = after.get(b) or (b.removeprefix(EXTRA) if b.startswith(EXTRA) else None)
        if x and y and fold(x) != fold(y):
            found.append(Heading(b, x, y))
    return tuple(found)


def _reordered(old: YearList, new: YearList, common: dict[str, str]) -> bool:
    kept = {h.column for h in new.heads}
    before = [common[h.column] for h in old.heads if h.column in common and common[h.column] in kept]
    after = [h.column for h in new.heads if h.column in before]
    return before != after
