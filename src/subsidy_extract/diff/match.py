"""Two lists and what a person decided go in, who is who comes out: exact names, then the best whole, then splits and merges."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from .fold import full_key, name_key
from .likeness import (
    PRIOR,
    Ints,
    Pairs,
    Traits,
    beside,
    chance,
    named_apart,
    nearest,
    other_frame,
    promising,
    reworded_alike,
    traits,
    weigh_pairs,
)
from .model import Bond, Link, YearList
from .parts import parts

SURE = 0.5  # log-odds from which a pair is taken for one programme …
DOUBT = -1.4  # … and from which a person should decide (a chance of about one in five)
STRANGER = -1.6  # an exact name of which everything else speaks this much against is another town's programme
FAMILY = 0.0  # log-odds from which a settled programme is a sibling of this one …
RIVAL = 2.5  # … and this close to a pair, what the sibling shares of it is no evidence
ASK = -1.0  # what a pair of one family is worth that is alike in all but the word that tells its members apart …
ALIKE = 5.5  # … if name and texts speak so much for it
KIN = 7.0  # this close, it is of the family at all
AHEAD = 0.7  # standing between the same neighbours, in lists that keep their order


Total = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(slots=True)
class _Work:
    """What is still to be settled. done_old, done_new: position → position of the other list."""

    t: Traits
    bonds: list[Bond]
    done_old: dict[int, int]
    done_new: dict[int, int]
    apart: set[tuple[int, int]]

    def add(self, i: int, j: int, bond: Bond) -> None:
        self.bonds.append(bond)
        self.done_old[i], self.done_new[j] = j, i

    def left_old(self) -> Ints:
        return np.array([i for i in range(len(self.t.old)) if i not in self.done_old], dtype=np.intp)

    def left_new(self) -> Ints:
        return np.array([j for j in range(len(self.t.new)) if j not in self.done_new], dtype=np.intp)


def match(old: YearList, new: YearList, links: Sequence[Link] = ()) -> tuple[Bond, ...]:
    """Who is who. Programmes in no bond are gone or new; every programme is in one bond at most (of a split or merge: one).

    Decisions first; then carried ids and exact names; then what is most alike, one to one, for the best whole; then
    splits and merges among what is left; what stays doubtful is a bond marked so.
    """
    t = traits(old.programmes, new.programmes)
    work = _Work(t, [], {}, {}, set())
    decided = _decided(work, links)
    _carried(work)
    _exact(work)
    likely = _likely(work)
    bonds = parts(t, [*work.bonds, *likely], work.apart, frozenset(decided))
    bonds = [*bonds, *_doubtful(work, bonds)]
    return tuple(sorted(bonds, key=lambda b: (b.new or (len(t.new),), b.old)))


def _decided(work: _Work, links: Sequence[Link]) -> list[int]:
    """What a person decided; gives the positions (in bonds) nobody may touch any more."""
    old_at = {p.id: i for i, p in enumerate(work.t.old)}
    new_at = {p.id: j for j, p in enumerate(work.t.new)}
    splits: dict[int, list[int]] = {}
    merges: dict[int, list[int]] = {}
    for link in links:
        i, j = old_at.get(link.old), new_at.get(link.new)
        if i is None or j is None:
            continue
        if link.decision == "different":
            work.apart.add((i, j))
        elif link.decision == "split":
            splits.setdefault(i, []).append(j)
        elif link.decision == "merge":
            merges.setdefault(j, []).append(i)
        elif i not in work.done_old and j not in work.done_new:
            work.add(i, j, _bond((i,), (j,), work.t, "decision"))
    for i, into in splits.items():
        free = tuple(sorted({j for j in into if j not in work.done_new}))
        if free and i not in work.done_old:
            work.add(i, free[0], _bond((i,), free, work.t, "decision"))
            work.done_new.update(dict.fromkeys(free, i))
    for j, of in merges.items():
        free = tuple(sorted({i for i in of if i not in work.done_old}))
        if free and j not in work.done_new:
            work.add(free[0], j, _bond(free, (j,), work.t, "decision"))
            work.done_old.update(dict.fromkeys(free, j))
    return list(range(len(work.bonds)))


def _bond(i: tuple[int, ...], j: tuple[int, ...], t: Traits, how: str) -> Bond:
    pairs = weigh_pairs(t, np.array([a for a in i for _ in j], dtype=np.intp), np.array([b for _ in i for b in j], dtype=np.intp))
    return Bond(i, j, 1.0 if how in ("decision", "id") else chance(float(pairs.total.max())), pairs.evidence(0), how)


def _carried(work: _Work) -> None:
    """The same id under another name: `--previous` carried it, or a person did."""
    new_at = {p.id: j for j, p in enumerate(work.t.new)}
    for i, p in enumerate(work.t.old):
        j = new_at.get(p.id)
        if j is None or p.id.startswith("#") or i in work.done_old or j in work.done_new or (i, j) in work.apart:
            continue
        if name_key(p.name) != name_key(work.t.new[j].name):
            work.add(i, j, _bond((i,), (j,), work.t, "id"))


def _exact(work: _Work) -> None:
    """The same name, with its notes or without: one to one, and by all other evidence where a name stands several times."""
    for key in (full_key, name_key):
        groups: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
        issuers = len({p.issuer for p in (*work.t.old, *work.t.new)}) > 1
        for side, left in enumerate((work.left_old(), work.left_new())):
            for at in left.tolist():
                p = (work.t.old, work.t.new)[side][at]
                if p.name:
                    groups.setdefault((key(p.name), (p.issuer or "") if issuers else ""), ([], []))[side].append(at)
        todo = [(a, b) for a, b in groups.values() if a and b]
        i = np.array([x for a, b in todo for x in a for _ in b], dtype=np.intp)
        j = np.array([y for a, b in todo for _ in a for y in b], dtype=np.intp)
        if not len(i):
            continue
        pairs = weigh_pairs(work.t, i, j)
        at = 0
        for a, b in todo:
            end = at + len(a) * len(b)
            table = pairs.total[at:end].reshape(len(a), len(b)).astype(float)
            for x, y in zip(*linear_sum_assignment(-table), strict=True):
                k = at + int(x) * len(b) + int(y)
                if _stranger(pairs, k, alone=len(a) == len(b) == 1) or (a[x], b[y]) in work.apart:
                    continue
                score = chance(float(pairs.total[k]))
                work.add(a[x], b[y], Bond((a[x],), (b[y],), score, pairs.evidence(k), "exact"))
            at = end


def _stranger(pairs: Pairs, k: int, alone: bool) -> bool:
    """Whether an equal name is all there is: everything that could speak for it speaks against it."""
    if pairs.contact[k] > 0 or pairs.page[k] > 0:
        return False
    besides = float(pairs.total[k] - pairs.content[k])
    what = float(np.nan_to_num(pairs.what[k], nan=0.5))
    return bool(pairs.elsewhere[k]) or (what < 0.3 and besides < PRIOR + (STRANGER if alone else STRANGER / 2))


def _likely(work: _Work) -> list[Bond]:
    """What is most alike among the rest, one to one, for the best whole."""
    pairs, total = _weighed(work)
    bonds = []
    for k in _assigned(pairs, total, SURE):
        i, j = int(pairs.i[k]), int(pairs.j[k])
        bonds.append(Bond((i,), (j,), chance(float(total[k])), pairs.evidence(k), "likeness"))
        work.done_old[i], work.done_new[j] = j, i
    return bonds


def _weighed(work: _Work) -> tuple[Pairs, Total]:
    """Every promising pair of what is left, its likeness less what siblings explain, and a little for its place in the list."""
    rows, columns = work.left_old(), work.left_new()
    i, j = promising(work.t, rows, columns, DOUBT - 3.0)
    pairs = weigh_pairs(work.t, i, j)
    total = pairs.total.astype(np.float64)
    if not len(total):
        return pairs, total
    total = _without_family(work, pairs, total)
    total += AHEAD * _in_place(work, i, j)
    if work.apart:
        total[[(a, b) in work.apart for a, b in zip(i.tolist(), j.tolist(), strict=True)]] = -30.0
    return pairs, total


def _without_family(work: _Work, pairs: Pairs, total: Total) -> Total:
    """Log-odds less what only a family has in common: programmes of one office, page and target, told apart by a word or two.

    Beside a sibling that has its own counterpart, what the sibling says as well is no evidence. And where both names
    have words of their own beside any sibling, and not the same ones, they are two members of the family: gone and
    new, or (when all else is the same) something to ask a person.
    """
    t = work.t
    rows, columns = np.unique(pairs.i), np.unique(pairs.j)
    everyone_old, everyone_new = (np.arange(len(side), dtype=np.intp) for side in (t.old, t.new))
    near = (
        dict(zip(columns.tolist(), nearest(t, everyone_old, columns, 0), strict=True)),
        dict(zip(rows.tolist(), nearest(t, rows, everyone_new, 1), strict=True)),
    )
    settled = (work.done_old, work.done_new)
    out = total.copy()
    for k, (i, j) in enumerate(zip(pairs.i.tolist(), pairs.j.tolist(), strict=True)):
        if total[k] < DOUBT:
            continue
        if other_frame(t.old[i].name, t.new[j].name):
            out[k] = min(out[k], ASK if pairs.content[k] >= ALIKE else -30.0)
            continue
        siblings = [
            (side, at, close)
            for side, (one, own) in enumerate(((j, i), (i, j)))
            for at, close in near[side][one]
            if at != own and close >= max(FAMILY, total[k] - KIN)
        ]
        if siblings and (reworded_alike(t, i, j) or any(named_apart(t, i, j, (side, at)) for side, at, _ in siblings)):
            out[k] = min(out[k], ASK if pairs.content[k] >= ALIKE else -30.0)
            continue
        for side, at, close in siblings:
            if at in settled[side] and close >= total[k] - RIVAL:
                out[k] = min(out[k], total[k] + beside(t, i, j, (side, at)) - float(pairs.content[k]))
                break
    return out


def _in_place(work: _Work, i: Ints, j: Ints) -> Total:
    """1 where both stand between the same settled neighbours; all 0 when the lists do not keep their order."""
    anchors = sorted((b.old[0], b.new[0]) for b in work.bonds if len(b.old) == len(b.new) == 1)
    old_at, new_at = [a for a, _ in anchors], [b for _, b in anchors]
    if len(anchors) < 4 or _rising(new_at) < 0.9 * len(anchors):
        return np.zeros(len(i))
    where = {b: k for k, b in enumerate(sorted(new_at))}
    ranked = sorted(new_at)
    steps = {a: where[b] for a, b in anchors}
    out = []
    for a, b in zip(i.tolist(), j.tolist(), strict=True):
        before = bisect_left(old_at, a)
        expected = (steps[old_at[before - 1]] + 1) if before else 0
        out.append(1.0 if bisect_left(ranked, b) == expected else 0.0)
    return np.array(out)


def _rising(values: Sequence[int]) -> int:
    """Length of the longest rising run of values, gaps allowed."""
    tails: list[int] = []
    for v in values:
        k = bisect_left(tails, v)
        tails[k : k + 1] = [v]
    return len(tails)


def _assigned(pairs: Pairs, total: Total, floor: float) -> list[int]:
    """The pairs (positions in `pairs`) that together give the greatest sum of log-odds over `floor`, one to one.

    Solved within each connected block of the graph of pairs over the floor: no assignment crosses blocks, so the
    best of each block is the best of all.
    """
    good = np.nonzero(total > floor)[0]
    if not len(good):
        return []
    rows, r = np.unique(pairs.i[good], return_inverse=True)
    columns, c = np.unique(pairs.j[good], return_inverse=True)
    n = len(rows)
    graph = coo_matrix((np.ones(len(good)), (r, c + n)), shape=(n + len(columns), n + len(columns)))
    _, label = connected_components(graph, directed=False)
    blocks: dict[int, list[int]] = {}
    for k, block in zip(range(len(good)), label[r].tolist(), strict=True):
        blocks.setdefault(block, []).append(k)
    taken = []
    for members in blocks.values():
        a, x = np.unique(r[members], return_inverse=True)
        b, y = np.unique(c[members], return_inverse=True)
        gain = np.zeros((len(a), len(b)))
        which = np.full((len(a), len(b)), -1)
        gain[x, y] = total[good[members]] - floor
        which[x, y] = good[members]
        for p, q in zip(*linear_sum_assignment(-gain), strict=True):
            if which[p, q] >= 0:
                taken.append(int(which[p, q]))
    return sorted(taken)


def _doubtful(work: _Work, bonds: Sequence[Bond]) -> list[Bond]:
    """Pairs among the rest that a person should decide on."""
    for bond in bonds:
        for i in bond.old:
            work.done_old.setdefault(i, bond.new[0])
        for j in bond.new:
            work.done_new.setdefault(j, bond.old[0])
    pairs, total = _weighed(work)
    return [
        replace(
            Bond((int(pairs.i[k]),), (int(pairs.j[k]),), chance(float(total[k])), pairs.evidence(k), "likeness"), doubtful=True
        )
        for k in _assigned(pairs, total, DOUBT)
    ]
