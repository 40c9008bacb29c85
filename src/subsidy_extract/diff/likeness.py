"""Two lists go in, for every pair of programmes that could be one comes out how much speaks for it, field by field."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import regex
from rapidfuzz.distance import Indel

from .fold import fold, name_key
from .model import Programme
from .traits import (
    GENERIC,
    Floats,
    Pieces,
    Tokens,
    hosts_of,
    key_of,
    mails_of,
    name_pieces,
    office_of,
    pages_of,
    phones_of,
    pieces,
    tokens,
    weigh,
    what_of,
)

Ints = npt.NDArray[np.intp]

# Evidence in natural log-odds: what a field adds to "these two are one programme", at no likeness, at the likeness
# that says nothing, and at full likeness. Set by what each is in real lists (Kagoshima's seven 川内港 programmes, its
# rewordings of 令和8年度) and held by bench/diff.py over lists with several habits of rewording.
PRIOR = -3.2  # two programmes taken from two lists are rarely one
NAME = (-2.6, 0.28, 5.0)
WHAT = (-2.0, 0.25, 4.5)
WHO = (-0.5, 0.2, 1.2)
PAGE = 2.5  # the same page, of which no other programme speaks
PAGE_OTHER = -0.3
CONTACT = 1.4  # the same number, address or office, which no other programme has
HOUSE_OTHER = -1.5  # mails and pages of another house altogether
TOWN_OTHER = -12.0  # a programme does not move to another town …
TOWN_NAMED_OTHERWISE = -1.0  # … where number, address and page are other ones too
TOWN_SAME = 0.3
MONEY_SAME = 0.5
APART = 0.34  # 木材輸出 and 製材輸出 still have 材輸 in common
_GENERIC = regex.compile("|".join(sorted(map(regex.escape, GENERIC), key=len, reverse=True)))


def core(key: str) -> str:
    """A name key without the words of every list, to compare letter by letter."""
    return _GENERIC.sub("", key) or key


def bent(likeness: Floats | np.float32, bend: tuple[float, float, float]) -> Floats:
    """Likeness (0 to 1) → log-odds, straight from the lowest to nothing and from nothing to the highest."""
    low, zero, high = bend
    out: Floats = np.where(
        likeness < zero, low * (1 - likeness / zero), high * (likeness - zero) / (1 - zero)
    ).astype(np.float32)
    return out


@dataclass(frozen=True, slots=True)
class Traits:
    """Everything that is weighed of two lists."""

    old: Sequence[Programme]
    new: Sequence[Programme]
    old_keys: tuple[str, ...]
    new_keys: tuple[str, ...]
    name: Pieces
    what: Pieces
    who: Pieces
    page: Tokens
    phone: Tokens
    mail: Tokens
    office: Tokens
    house: Tokens
    town: Tokens
    money: Tokens
    names: tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]  # word pieces of the names, old and new
    whats: tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]  # word pieces of what they do


PLACE = regex.compile(
    r"^\(?(?!市町|町村)(?:[\p{Han}々ノヶケ]|\p{Hiragana}|\p{Katakana}){1,7}?(?:(?<!都|地|農)(?:市|町|村)|県|府)(?=$|[\p{Han}\p{Hiragana}\p{Katakana}\p{Latin}(])(?![街民場営内外道立政])"
)


def place(p: Programme) -> set[str]:
    """The municipality or prefecture a programme is of: its own column, else the place its office begins with."""
    if own := p.texts.get("municipality"):
        return {fold(own)}
    office = fold(p.office or p.texts.get("organization"))
    found = PLACE.match(office, timeout=5)
    return {found.group().lstrip("(")} if found else set()


def _money(p: Programme) -> set[str]:
    return {f"{p.cap_yen}/{p.rate}"} if p.cap_yen is not None or p.rate is not None else set()


def traits(old: Sequence[Programme], new: Sequence[Programme]) -> Traits:
    """Reads every programme of both lists once."""
    keys = tuple(map(key_of, old)), tuple(map(key_of, new))
    names = tuple(frozenset(name_pieces(k)) for k in keys[0]), tuple(frozenset(name_pieces(k)) for k in keys[1])
    whats = tuple(frozenset(pieces(what_of(p))) for p in old), tuple(frozenset(pieces(what_of(p))) for p in new)
    who = [[pieces(p.texts.get("eligibility", "")) for p in side] for side in (old, new)]
    return Traits(
        old, new, *keys,
        name=weigh(names[0], names[1], 0.3), what=weigh(whats[0], whats[1], 0.1), who=weigh(who[0], who[1], 0.1),
        page=tokens(old, new, pages_of), phone=tokens(old, new, phones_of), mail=tokens(old, new, mails_of),
        office=tokens(old, new, office_of), house=tokens(old, new, hosts_of, rare=False),
        town=tokens(old, new, place, rare=False), money=tokens(old, new, _money, rare=False),
        names=names, whats=whats,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs (i[k], j[k]) and what speaks for each: likenesses 0 to 1 (nan where a side is silent), log-odds at the end.

    content: what name and texts alone say; total: everything.
    """

    i: Ints
    j: Ints
    name: Floats
    what: Floats
    who: Floats
    page: Floats
    contact: Floats
    content: Floats
    total: Floats
    elsewhere: npt.NDArray[np.bool_]  # of two different towns, and no number, address or page in common

    def take(self, keep: npt.NDArray[np.bool_] | Ints) -> Pairs:
        return Pairs(*(getattr(self, n)[keep] for n in self.__slots__))

    def evidence(self, k: int) -> dict[str, float]:
        """Likeness by field of one pair, as it is published."""
        fields = {"name": self.name, "summary": self.what, "eligibility": self.who, "url": self.page, "contact": self.contact}
        return {f: round(float(v[k]), 3) for f, v in fields.items() if not np.isnan(v[k])}


def _dice(common: Floats, a: Floats, b: Floats) -> Floats:
    """Share of what two texts hold that both hold; nan where one is silent."""
    both = a + b
    out: Floats = np.where((a > 0) & (b > 0), 2 * common / np.where(both > 0, both, 1), np.nan).astype(np.float32)
    return np.minimum(out, 1.0)


def weigh_pairs(t: Traits, i: Ints, j: Ints) -> Pairs:
    """Everything that speaks for or against the given pairs."""
    name = _dice(t.name.common_of(i, j), t.name.old_sum[i], t.name.new_sum[j])
    old_core, new_core = [core(k) for k in t.old_keys], [core(k) for k in t.new_keys]
    letters = np.array(
        [Indel.normalized_similarity(old_core[a], new_core[b]) for a, b in zip(i.tolist(), j.tolist(), strict=True)], dtype=np.float32
    ).reshape(len(i))
    name = ((np.nan_to_num(name) + letters) / 2).astype(np.float32)
    what = _dice(t.what.common_of(i, j), t.what.old_sum[i], t.what.new_sum[j])
    who = _dice(t.who.common_of(i, j), t.who.old_sum[i], t.who.new_sum[j])
    contact = np.maximum.reduce([x.shared_of(i, j) for x in (t.phone, t.mail, t.office)])
    return _pairs(
        i, j, name, what, who,
        _known(t.page.shared_of(i, j), t.page, i, j), _known_any(contact, (t.phone, t.mail, t.office), i, j),
        _both(t.house, i, j), t.house.shared_of(i, j), _both(t.town, i, j), t.town.shared_of(i, j), t.money.shared_of(i, j),
    )  # fmt: skip


def _both(t: Tokens, i: Ints, j: Ints) -> npt.NDArray[np.bool_]:
    out: npt.NDArray[np.bool_] = t.old_has[i] & t.new_has[j]
    return out


def _known(shared: Floats, t: Tokens, i: Ints, j: Ints) -> Floats:
    out: Floats = np.where(_both(t, i, j), shared, np.float32(np.nan)).astype(np.float32)
    return out


def _known_any(shared: Floats, ts: Sequence[Tokens], i: Ints, j: Ints) -> Floats:
    known = np.logical_or.reduce([_both(t, i, j) for t in ts])
    out: Floats = np.where(known, shared, np.float32(np.nan)).astype(np.float32)
    return out


def _pairs(
    i: Ints, j: Ints, name: Floats, what: Floats, who: Floats, page: Floats, contact: Floats,
    house_both: npt.NDArray[np.bool_], house: Floats, town_both: npt.NDArray[np.bool_], town: Floats, money: Floats,
) -> Pairs:  # fmt: skip
    content = bent(name, NAME) + np.nan_to_num(bent(what, WHAT))
    elsewhere = town_both & (town == 0) & ~(contact > 0) & ~(page > 0)
    total = (
        PRIOR
        + content
        + np.nan_to_num(bent(who, WHO))
        + np.nan_to_num(np.where(page > 0, PAGE * page, PAGE_OTHER), nan=0.0) * ~np.isnan(page)
        + CONTACT * np.sqrt(np.nan_to_num(contact))
        + HOUSE_OTHER * (house_both & (house == 0))
        + np.where(town_both, np.where(town > 0, TOWN_SAME, np.where(elsewhere, TOWN_OTHER, TOWN_NAMED_OTHERWISE)), 0.0)
        + MONEY_SAME * (money > 0)
    )
    return Pairs(i, j, name, what, who, page, contact, content.astype(np.float32), total.astype(np.float32), elsewhere)


def promising(t: Traits, rows: Ints, columns: Ints, floor: float, top: int = 12) -> tuple[Ints, Ints]:
    """Pairs of rows × columns worth weighing closely: the `top` of each programme whose rough log-odds reach `floor`.

    Rough: the same evidence, names compared by pieces only. Rows are taken in blocks, so memory stays at a few dozen MB.
    """
    if not len(rows) or not len(columns):
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    found: list[tuple[Ints, Ints, Floats]] = []
    for start in range(0, len(rows), 400):
        block = rows[start : start + 400]
        rough = _rough(t, block, columns)
        k = min(top, len(columns))
        best = np.argpartition(-rough, k - 1, axis=1)[:, :k]
        keep = np.zeros(rough.shape, dtype=np.bool_)
        np.put_along_axis(keep, best, True, axis=1)
        # a column's best may stand in another block: everything good is kept until all rows were seen
        keep &= rough >= floor
        keep |= rough >= max(floor, 2.0)
        a, b = np.nonzero(keep)
        found.append((block[a], columns[b], rough[a, b]))
        down = np.argpartition(-rough, min(3, len(block)) - 1, axis=0)[: min(3, len(block))]
        for line in down:
            ok = rough[line, np.arange(len(columns))] >= floor
            found.append((block[line[ok]], columns[ok], rough[line[ok], np.nonzero(ok)[0]]))
    i, j = np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])
    both = np.unique(i.astype(np.int64) * (len(t.new) + 1) + j)
    return (both // (len(t.new) + 1)).astype(np.intp), (both % (len(t.new) + 1)).astype(np.intp)


def _rough(t: Traits, rows: Ints, columns: Ints) -> Floats:
    def dice(p: Pieces) -> Floats:
        return _dice(p.common(rows, columns), p.old_sum[rows][:, None], p.new_sum[columns][None, :])

    def both(x: Tokens) -> npt.NDArray[np.bool_]:
        out: npt.NDArray[np.bool_] = x.old_has[rows][:, None] & x.new_has[columns][None, :]
        return out

    rough = PRIOR + bent(np.nan_to_num(dice(t.name)), NAME)
    rough += np.nan_to_num(bent(dice(t.what), WHAT))
    rough += np.nan_to_num(bent(dice(t.who), WHO))
    page, contact = t.page.shared(rows, columns), np.maximum.reduce([x.shared(rows, columns) for x in (t.phone, t.mail, t.office)])
    rough += PAGE * page + CONTACT * np.sqrt(contact)
    rough += HOUSE_OTHER * (both(t.house) & (t.house.shared(rows, columns) == 0))
    other = np.where((page > 0) | (contact > 0), TOWN_NAMED_OTHERWISE, TOWN_OTHER)
    rough += np.where(both(t.town), np.where(t.town.shared(rows, columns) > 0, TOWN_SAME, other), 0.0)
    out: Floats = rough.astype(np.float32)
    return out


def nearest(t: Traits, rows: Ints, columns: Ints, axis: int, top: int = 5) -> list[list[tuple[int, float]]]:
    """The likeliest of the columns for each row (axis 1), or of the rows for each column (axis 0), each with its rough
    log-odds, likeliest first."""
    of = rows if axis == 1 else columns
    found: list[list[tuple[int, float]]] = []
    for start in range(0, len(of), 400):
        block = of[start : start + 400]
        rough = _rough(t, block, columns) if axis == 1 else _rough(t, rows, block).T
        k = min(top, rough.shape[1])
        best = np.argpartition(-rough, k - 1, axis=1)[:, :k]
        others = columns if axis == 1 else rows
        for line, at in zip(rough, best, strict=True):
            found.append(sorted(((int(others[a]), float(line[a])) for a in at), key=lambda x: -x[1]))
    return found


def beside(t: Traits, i: int, j: int, sibling: tuple[int, int]) -> float:
    """What name and texts of a pair say once everything a sibling says as well is taken away.

    sibling: (0, position in the old list) or (1, position in the new one). Of X（海外枠） and X（団体枠） beside X（通常枠）
    nothing common is left; a text that is the same in the whole family says nothing for or against.
    """
    said = 0.0
    side, at = sibling
    for pieces_of, bend in ((t.names, NAME), (t.whats, WHAT)):
        a, b = pieces_of[0][i] - pieces_of[side][at], pieces_of[1][j] - pieces_of[side][at]
        if not a or not b:
            continue  # a text the sibling has as well tells nothing of another one
        said += float(bent(np.float32(2 * len(a & b) / (len(a) + len(b))), bend))
    return said


def named_apart(t: Traits, i: int, j: int, sibling: tuple[int, int]) -> bool:
    """Whether both names have words of their own beside a sibling's, and hardly any in common: 木材 and 製材 beside 農産品."""
    side, at = sibling
    letters = set((t.old_keys, t.new_keys)[side][at])  # a piece of the sibling's letters only is a seam, not a word
    x, y = ({p for p in of - t.names[side][at] if not set(p) <= letters} for of in (t.names[0][i], t.names[1][j]))
    return bool(x) and bool(y) and len(x & y) <= APART * min(len(x), len(y))  # the shorter one: a longer new ending is no other programme


_FRAME = regex.compile(r"^(.+)\(([^()]+)\)$")


def other_frame(old: str, new: str) -> bool:
    """Whether two names are one but for the frame in brackets at the end, and the frames have nothing in common: 補助金（若者枠）
    and 補助金（海外枠）. One may be the other's new name or not: nobody can tell from the lists."""
    a, b = _FRAME.match(fold(old), timeout=5), _FRAME.match(fold(new), timeout=5)
    if not a or not b or name_key(a.group(1)) != name_key(b.group(1)):
        return False
    return not name_pieces(_key_of(a.group(2))) & name_pieces(_key_of(b.group(2)))


def _key_of(frame: str) -> str:
    return frame.removesuffix("枠").removesuffix("型").removesuffix("コ-ス") or frame


def reworded_alike(t: Traits, i: int, j: int) -> bool:
    """Whether the word that changed in the name changed in the text as well: 木材 to 製材 in both is another member of the
    family, not another name for the same."""
    a, b = t.old_keys[i], t.new_keys[j]
    left, come = t.whats[0][i] - t.whats[1][j], t.whats[1][j] - t.whats[0][i]
    if not left or not come:
        return False
    ops = Indel.opcodes(a, b)
    added = {at: b[op.dest_start : op.dest_end] for op in ops if op.tag == "insert" for at in (op.src_start,)}
    for op in ops:
        if op.tag != "delete":
            continue
        gone, here = a[op.src_start : op.src_end], added.get(op.src_start) or added.get(op.src_end)
        if here and any(gone in w for w in left) and any(here in w for w in come):
            return True
    return False


def chance(log_odds: float) -> float:
    """Log-odds → 0 to 1."""
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds)))), 4)
