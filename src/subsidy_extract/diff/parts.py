"""Bonds of one and one go in, the same with splits and merges found among what is left come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import regex

from .likeness import NAME, PLACE, WHAT, Pairs, Traits, bent, chance, core, other_frame, promising, weigh_pairs
from .model import Bond
from .traits import GENERIC

Scores = np.ndarray[tuple[int], np.dtype[np.float64]]
PART = 1.0  # log-odds from which something is a part of the whole, what it holds of it taken for likeness
OWN = 0.5  # a part comes from the whole with at least this share of its own words …
GAIN = 0.08  # … and brings at least this share of the whole that the other part does not
_TAIL = regex.compile(rf"(?:{'|'.join(sorted(map(regex.escape, GENERIC), key=len, reverse=True))}|費|金)+$")
LOST = 0.2  # where one keeps its name, this share of it must have gone over


@dataclass(frozen=True, slots=True)
class _Side:
    """One way to look at the lists: wholes (old for a split, new for a merge) and the parts they have in the other list."""

    t: Traits
    split: bool

    def words(self, whole: bool, at: int) -> frozenset[str]:
        side = 0 if whole == self.split else 1
        return self.t.names[side][at] | self.t.whats[side][at]

    def name(self, whole: bool, at: int) -> str:
        return (self.t.old_keys if whole == self.split else self.t.new_keys)[at]

    def wholes(self, bond: Bond) -> tuple[int, ...]:
        return bond.old if self.split else bond.new

    def parts(self, bond: Bond) -> tuple[int, ...]:
        return bond.new if self.split else bond.old

    def bond(self, whole: int, parts: tuple[int, ...], score: float, evidence: dict[str, float]) -> Bond:
        old, new = ((whole,), parts) if self.split else (parts, (whole,))
        return Bond(old, new, score, evidence, "likeness")


def parts(t: Traits, bonds: Sequence[Bond], apart: set[tuple[int, int]], fixed: frozenset[int]) -> list[Bond]:
    """Bonds with a programme that nothing is left for joined to the one it was split from or merged into.

    apart: pairs a person told apart. fixed: positions of bonds a person decided. Splits are looked for before merges.
    """
    found = list(bonds)
    held = {id(found[k]) for k in fixed}
    for split in (True, False):
        found = _grown(_Side(t, split), found, apart, held)
    return found


def _grown(side: _Side, bonds: list[Bond], apart: set[tuple[int, int]], held: set[int]) -> list[Bond]:
    t = side.t
    taken = {p for b in bonds for p in side.parts(b)}
    left = np.array([p for p in range(len(t.new if side.split else t.old)) if p not in taken], dtype=np.intp)
    everyone = np.arange(len(t.old if side.split else t.new), dtype=np.intp)
    i, j = promising(t, everyone, left, -3.5) if side.split else promising(t, left, everyone, -3.5)
    if not len(i):
        return bonds
    pairs = weigh_pairs(t, i, j)
    score = _as_part(side, pairs)
    wants: dict[int, list[tuple[float, int]]] = {}
    best: dict[int, float] = {}
    for k in np.argsort(-score, kind="stable").tolist():
        whole, part = (int(i[k]), int(j[k])) if side.split else (int(j[k]), int(i[k]))
        if score[k] < PART or (int(i[k]), int(j[k])) in apart or part in best or other_frame(t.old[int(i[k])].name, t.new[int(j[k])].name):
            continue  # a part belongs to the whole it has most of
        best[part] = float(score[k])
        wants.setdefault(whole, []).append((float(score[k]), part))
    at = {w: b for b in bonds for w in side.wholes(b)}
    for whole, offers in wants.items():
        known = at.get(whole)
        if known is not None and (id(known) in held or len(known.old) + len(known.new) > 2):
            continue
        bond = _whole_of(side, whole, known, offers)
        if bond is not None:
            if known is not None:
                bonds = [b for b in bonds if b is not known]
            bonds.append(bond)
    return bonds


def _as_part(side: _Side, pairs: Pairs) -> Scores:
    """Log-odds of each pair, likeness taken as the share of the part that is in the whole (a whole is longer than its parts)."""
    t = side.t
    own, other = (t.what.new_sum[pairs.j], t.what.old_sum[pairs.i]) if side.split else (t.what.old_sum[pairs.i], t.what.new_sum[pairs.j])
    what = np.where((own > 0) & (other > 0), t.what.common_of(pairs.i, pairs.j) / np.where(own > 0, own, 1), np.nan)
    wholes, halves = (pairs.i, pairs.j) if side.split else (pairs.j, pairs.i)
    within = np.array([_within(side, w, p) for w, p in zip(wholes.tolist(), halves.tolist(), strict=True)], dtype=np.bool_)
    name = np.maximum(pairs.name, np.where(within, np.float32(0.85), np.float32(0.0)))
    out: Scores = pairs.total.astype(np.float64) - pairs.content + bent(name, NAME) + np.nan_to_num(bent(np.minimum(what, 1.0), WHAT))
    return out


def _within(side: _Side, whole: int, part: int) -> bool:
    """Whether the shorter name stands in the longer one, the words of every list aside: 出展 in 出展（国内枠）, 販路 in 販路・創業."""
    a, b = sorted((_bare(core(side.name(True, whole))), _bare(core(side.name(False, part)))), key=len)
    return len(a) >= 2 and a in b


def _bare(name: str) -> str:
    """A name without the town in front of it."""
    found = PLACE.match(name, timeout=5)
    return name[found.end() :] if found and len(name) - found.end() >= 2 else name


def _whole_of(side: _Side, whole: int, known: Bond | None, offers: list[tuple[float, int]]) -> Bond | None:
    """The split or merge a whole and what is offered to it make, if it is one."""
    if known is None:
        chosen = [p for _, p in offers]
        firm = [p for p in chosen if _shares(side, whole, p, [q for q in chosen if q != p])]
        if len(firm) < 2:
            return None
        return _made(side, whole, firm, offers)
    first = side.parts(known)[0]
    if side.name(True, whole) == side.name(False, first):
        firm = [p for _, p in offers if _went_over(side, whole, first, p)]
    elif not known.doubtful:
        firm = [p for _, p in offers if _shares(side, whole, p, [first]) and _shares(side, whole, first, [p])]
    else:
        firm = []
    return _made(side, whole, [first, *firm], offers, known) if firm else None


def _made(side: _Side, whole: int, chosen: list[int], offers: list[tuple[float, int]], known: Bond | None = None) -> Bond:
    scores = [chance(s) for s, p in offers if p in chosen] + ([known.score] if known else [])
    i = np.array([whole if side.split else chosen[0]], dtype=np.intp)
    j = np.array([chosen[0] if side.split else whole], dtype=np.intp)
    evidence = dict(known.evidence) if known else weigh_pairs(side.t, i, j).evidence(0)
    return side.bond(whole, tuple(sorted(chosen)), min(scores), evidence)


def _weight(side: _Side, words: frozenset[str] | set[str]) -> float:
    names, whats = side.t.name.weight, side.t.what.weight
    return sum(max(names.get(w, 0.0), whats.get(w, 0.0)) for w in words)


def _shares(side: _Side, whole: int, part: int, others: list[int]) -> bool:
    """Whether `part` is one of several parts: its words are those of the whole, and it either carries the name of the
    whole on (as every other part does) or brings words of it that no other part brings."""
    words, mine = side.words(True, whole), side.words(False, part)
    if not mine or _weight(side, mine & words) < OWN * _weight(side, mine):
        return False
    if not others:
        return False
    if _carries(side, whole, part) and all(_carries(side, whole, o) for o in others):
        return True
    rest = frozenset().union(*(side.words(False, o) for o in others))
    return _weight(side, (mine & words) - rest) >= GAIN * _weight(side, words)


def _carries(side: _Side, whole: int, part: int) -> bool:
    """Whether a name goes on in a longer one."""
    a, b = side.name(True, whole), side.name(False, part)
    stem = _TAIL.sub("", a)
    return a != b and (a in b or (stem in b and len(stem) >= 3))


def _went_over(side: _Side, whole: int, stayed: int, part: int) -> bool:
    """Whether a good deal of what a programme was stands in another one now, and no longer in the one that kept its name."""
    words = side.words(True, whole)
    lost = words - side.words(False, stayed)
    gone = lost & side.words(False, part)
    return _weight(side, gone) >= LOST * _weight(side, words) and _weight(side, gone) >= 0.5 * _weight(side, lost)
