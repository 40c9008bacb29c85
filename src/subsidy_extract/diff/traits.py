"""The programmes of two lists go in, what can be told alike or apart about them comes out: weighted word pieces and shared tokens."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import regex
from scipy import sparse

from subsidy_extract.model import Email, Phone, Url

from .fold import fold, name_key, without_years
from .model import Programme

Floats = npt.NDArray[np.float32]

GENERIC = (
    "支援事業費補助金", "促進事業費補助金", "推進事業費補助金", "対策事業費補助金", "支援事業補助金", "事業費補助金", "費補助金", "事業補助金", "事業助成金", "助成事業費",
    "補助金", "助成金", "支援金", "交付金", "奨励金", "給付金", "補助事業", "支援事業", "助成事業", "促進事業", "推進事業", "対策事業",
    "事業費補助", "事業費", "費補助", "補助", "助成", "支援", "事業", "制度", "促進", "推進", "中小企業", "小規模", "事業者", "企業", "経費",
    "費用", "一部", "対象", "県内", "市内", "町内", "村内", "区内", "等に", "する", "します", "について", "交付", "実施", "取組", "以内", "上限",
)  # fmt: skip
"""Words of every list of subsidies: sharing them says little, however few programmes the two lists have."""

_BACKGROUND = 40.0  # programmes of lists never seen that stand behind the counts; keeps a list of three from calling 補助金 rare
_DIGITS = regex.compile(r"\d[\d,.]*")
_HIRAGANA = regex.compile(r"[\p{Hiragana}\p{P}\p{S}]+")
_WHOLE = regex.compile(r"[\p{Katakana}-]{3,}|[a-z]{2,}")


def pieces(text: str) -> set[str]:
    """Word pieces of running text: two characters at a time within runs of kanji, katakana and letters, loanwords whole.
    Digits are all alike, so that a raised cap or a new year does not make a text another one."""
    text = _DIGITS.sub("0", without_years(text))
    found = set(_WHOLE.findall(text))
    for run in _HIRAGANA.split(text):
        found.update((run,) if len(run) == 1 else (run[i : i + 2] for i in range(len(run) - 1)))
    found.discard("")
    return found


def name_pieces(key: str) -> set[str]:
    """Word pieces of a name key: two characters at a time, the loanwords whole."""
    found = {key[i : i + 2] for i in range(len(key) - 1)} or {key}
    found.update(_WHOLE.findall(key))
    return found


def _generic(piece: str) -> bool:
    return any(piece in word for word in GENERIC)


@dataclass(frozen=True, slots=True)
class Pieces:
    """One field of both lists: rows are programmes, columns word pieces, `weight` how rare each is (0 to 1).

    old_sum, new_sum: the weight of all pieces of a programme; 0 where it has no text.
    """

    old: Any  # csr matrix of float32, already weighted
    new: Any  # csr matrix of ones
    old_sum: Floats
    new_sum: Floats
    weight: dict[str, float]

    def common(self, rows: slice | npt.NDArray[np.intp], columns: npt.NDArray[np.intp] | None = None) -> Floats:
        """Weight of the pieces that programmes share: rows × all of the new list (or × `columns`)."""
        new = self.new if columns is None else self.new[columns]
        out: Floats = (self.old[rows] @ new.T).toarray()
        return out

    def common_of(self, i: npt.NDArray[np.intp], j: npt.NDArray[np.intp]) -> Floats:
        """Weight of the shared pieces of the pairs (i[k], j[k])."""
        out: Floats = np.asarray(self.old[i].multiply(self.new[j]).sum(axis=1), dtype=np.float32).ravel()
        return out


def weigh(old: Sequence[AbstractSet[str]], new: Sequence[AbstractSet[str]], common_share: float = 1.0) -> Pieces:
    """Word pieces → weighted matrices. A piece weighs log(rows / rows with it), 1 for one that is in one row of each list.

    Pieces that more than `common_share` of all rows have are left away: they weigh next to nothing and cost most.
    """
    count: dict[str, int] = {}
    for row in (*old, *new):
        for piece in row:
            count[piece] = count.get(piece, 0) + 1
    rows = len(old) + len(new)
    top = math.log((rows + _BACKGROUND) / 2.0)
    kept = {}
    weights: list[float] = []
    most = max(60.0, common_share * rows)
    for piece, n in sorted(count.items()):
        if n > most:
            continue
        behind = _BACKGROUND * 0.3 if _generic(piece) else 0.0
        rarity = math.log((rows + _BACKGROUND) / (max(n, 2) + behind)) / top
        if rarity > 0.02:
            kept[piece] = len(weights)
            weights.append(rarity)
    rare = np.array(weights, dtype=np.float32)
    a, b = _matrix(old, kept, rare), _matrix(new, kept, None)
    new_sum = np.asarray(b @ rare, dtype=np.float32).ravel() if len(rare) else np.zeros(len(new), np.float32)
    old_sum = np.asarray(a.sum(axis=1), dtype=np.float32).ravel()
    return Pieces(a, b, old_sum, new_sum, dict(zip(kept, weights, strict=True)))


def _matrix(rows: Sequence[AbstractSet[str]], index: dict[str, int], weight: Floats | None) -> Any:
    indptr = [0]
    indices: list[int] = []
    for row in rows:
        indices.extend(sorted(index[p] for p in row if p in index))
        indptr.append(len(indices))
    at = np.array(indices, dtype=np.int32)
    data = np.ones(len(at), dtype=np.float32) if weight is None else weight[at]
    return sparse.csr_matrix((data, at, np.array(indptr, dtype=np.int32)), shape=(len(rows), len(index)))


# ── tokens two programmes share or not: numbers, addresses, pages ───────────────────────────────
def phones_of(p: Programme) -> set[str]:
    return {f"{v.value.e164 or v.value.number}/{v.value.extension or ''}" for v in p.values if isinstance(v.value, Phone)}


def mails_of(p: Programme) -> set[str]:
    return {v.value.address.casefold() for v in p.values if isinstance(v.value, Email)}


def pages_of(p: Programme) -> set[str]:
    return {page(v.value.url) for v in p.values if isinstance(v.value, Url)}


def page(url: str) -> str:
    """A URL as an address of a page: host without www, path, query and fragment; scheme and a final slash say nothing."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    host = parts.netloc.casefold().removeprefix("www.")
    tail = parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    return host + tail


def office_of(p: Programme) -> set[str]:
    return {fold(p.office)} if p.office else set()


def hosts_of(p: Programme) -> set[str]:
    """Hosts of mails and pages: the house an office belongs to."""
    found = {m.rsplit("@", 1)[-1] for m in mails_of(p) if "@" in m}
    found |= {u.split("/", 1)[0].split("?", 1)[0] for u in pages_of(p)}
    return {h.removeprefix("www.") for h in found if "." in h}


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of both lists. What two programmes share counts 1 when no other has it, and the less the more have it."""

    old: Any
    new: Any
    old_has: npt.NDArray[np.bool_]
    new_has: npt.NDArray[np.bool_]

    def shared(self, rows: slice | npt.NDArray[np.intp], columns: npt.NDArray[np.intp] | None = None) -> Floats:
        new = self.new if columns is None else self.new[columns]
        out: Floats = np.minimum((self.old[rows] @ new.T).toarray(), 1.0)
        return out

    def shared_of(self, i: npt.NDArray[np.intp], j: npt.NDArray[np.intp]) -> Floats:
        out = np.asarray(self.old[i].multiply(self.new[j]).sum(axis=1), dtype=np.float32).ravel()
        return np.minimum(out, np.float32(1.0))


def tokens(old: Sequence[Programme], new: Sequence[Programme], of: Callable[[Programme], Iterable[str]], rare: bool = True) -> Tokens:
    """rare: a token counts 1 / (how many programmes of the one list that has it most often); else always 1."""
    a, b = [set(of(p)) for p in old], [set(of(p)) for p in new]
    counts: list[dict[str, int]] = [{}, {}]
    for side, rows in enumerate((a, b)):
        for row in rows:
            for t in row:
                counts[side][t] = counts[side].get(t, 0) + 1
    index = {t: k for k, t in enumerate(sorted({*counts[0], *counts[1]}))}
    weight = np.array([1.0 / max(counts[0].get(t, 0), counts[1].get(t, 0)) if rare else 1.0 for t in index], dtype=np.float32)
    return Tokens(
        _matrix(a, index, weight), _matrix(b, index, None),
        np.array([bool(r) for r in a], dtype=np.bool_), np.array([bool(r) for r in b], dtype=np.bool_),
    )  # fmt: skip


def what_of(p: Programme) -> str:
    """What a programme does, in its own words."""
    return " ".join(p.texts[k] for k in ("summary", "eligible_costs", "remarks") if k in p.texts)


def key_of(p: Programme) -> str:
    return name_key(p.name)
