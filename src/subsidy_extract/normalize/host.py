"""Hosts: the names of computers go in; whether two are one office, or one the slip of the other, comes out. No network, no list of towns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from subsidy_extract.compiled import compiled

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


class Host(NamedTuple):
    """www.city.makurazaki.lg.jp: subdomain www.city, domain makurazaki, suffix lg.jp ('' when the list of public suffixes has none)."""

    subdomain: str
    domain: str
    suffix: str

    @property
    def registrable(self) -> str:
        return f"{self.domain}.{self.suffix}" if self.domain and self.suffix else ""


@lru_cache(maxsize=64)
def _suffixes(top: str) -> PublicSuffixList:
    """The public suffixes under one top-level domain: a list needs three of the 1,400, and taking in all costs 0.15 s."""
    # the list comes with the package, which is renewed with it: no download, no cache folder
    from publicsuffixlist import PSLFILE, PublicSuffixList

    lines = Path(PSLFILE).read_text("utf-8").split("// ===END ICANN DOMAINS===")[0].splitlines()
    # what is written in another script is in the list as it is read, and in a host often as it is sent (xn--…)
    wanted = lines if top.startswith("xn--") else [line for line in lines if line == top or line.endswith("." + top)]
    return PublicSuffixList(wanted, accept_unknown=False)


@lru_cache(maxsize=4096)
def split_host(host: str) -> Host:
    """A host as subdomain, domain and public suffix, by the public suffix list (publicsuffix.org)."""
    plain = host.rstrip(".").lower()
    suffix = _suffixes(plain.rpartition(".")[2]).publicsuffix(plain) if len(plain) <= 253 and ".." not in plain else None
    if not suffix:
        return Host("", host, "")
    labels = plain.split(".")
    own = labels[: len(labels) - suffix.count(".") - 1]
    return Host(".".join(own[:-1]), own[-1] if own else "", suffix)


def public(host: str) -> bool:
    """Whether a host ends in a public suffix and has a name of its own before it."""
    parts = split_host(host)
    return bool(parts.suffix and parts.domain) and _HOSTNAME.fullmatch(host) is not None


_HOSTNAME = compiled(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W_][\w-]*")
_DIGITS = compiled(r"[0-9]+")
_CORE = compiled(r"(?:lg|go|or|co|ne|ac)?jp$")
_WWW = compiled(r"^(?:www\d?|web|mail)\.")


_KINDS = frozenset({"pref", "city", "town", "vill", "metro"})
PREFECTURES = frozenset(
    ["hokkaido", "aomori", "iwate", "miyagi", "akita", "yamagata", "fukushima", "ibaraki", "tochigi", "gunma", "saitama", "chiba", "tokyo", "kanagawa", "niigata", "toyama", "ishikawa", "fukui", "yamanashi", "nagano", "gifu", "shizuoka", "aichi", "mie", "shiga", "kyoto", "osaka", "hyogo", "nara", "wakayama", "tottori", "shimane", "okayama", "hiroshima", "yamaguchi", "tokushima", "kagawa", "ehime", "kochi", "fukuoka", "saga", "nagasaki", "kumamoto", "oita", "miyazaki", "kagoshima", "okinawa"]
)
"""The second-level names that .jp sets aside for prefectures (JPRS, geographic type names)."""


@lru_cache(maxsize=4096)
def office_of(host: str) -> str:
    """What stays the same of an office whatever its domain: www.pref.kagoshima.jp and pref.kagoshima.lg.jp → pref:kagoshima;
    city.hioki.kagoshima.jp and city.hioki.lg.jp → city:hioki; elsewhere the registrable domain."""
    host = host.lower().rstrip(".")
    labels = host.split(".")
    if labels[-1:] == ["jp"]:
        labels = labels[:-1]
        if labels[-1:] == ["lg"]:
            labels = labels[:-1]
        for at in range(len(labels) - 1):
            if labels[at] in _KINDS:
                name = labels[at + 1]
                rest = labels[at + 2 :]
                if not rest or (len(rest) == 1 and rest[0] in PREFECTURES):
                    return f"{labels[at]}:{name}"
    return split_host(host).registrable or host


def same_office(host_a: str, host_b: str) -> bool:
    """Whether two hosts are of one office: the same registrable domain, or the two ways a local government is named
    (pref.X.jp and pref.X.lg.jp; city.X.PREF.jp and city.X.lg.jp; town and vill alike)."""
    if not host_a or not host_b:
        return False
    return office_of(host_a) == office_of(host_b)


def _squeezed(name: str) -> str:
    return name.replace("-", "").replace("_", "").replace(".", "")


def _distance(a: str, b: str) -> int:
    from rapidfuzz.distance import OSA

    return int(OSA.distance(a, b, score_cutoff=3))


def _slip(a: str, b: str) -> bool:
    """Two names one of which is likely a slip of the other: a hyphen elsewhere, two letters exchanged, one or two wrong."""
    if a == b:
        return False
    x, y = _squeezed(a), _squeezed(b)
    if x == y:
        return True
    if min(len(x), len(y)) < 5 or _DIGITS.sub("", x) == _DIGITS.sub("", y):
        return False
    return _distance(x, y) <= (1 if min(len(x), len(y)) < 9 else 2)


def near_miss(host_a: str, host_b: str) -> bool:
    """Whether one host looks like a slip of the other (town.kago-shimaosaki.lg.jp, town.kagoshima-osaki.lg.jp): other
    offices by their names, yet a letter or a hyphen apart. Two short or plainly different names never are."""
    a, b = host_a.lower().rstrip("."), host_b.lower().rstrip(".")
    if not a or not b or same_office(a, b):
        return False
    x, y = office_of(a), office_of(b)
    kind_a, _, name_a = x.rpartition(":")
    kind_b, _, name_b = y.rpartition(":")
    if kind_a or kind_b:
        return kind_a == kind_b and _slip(name_a, name_b)
    p, q = split_host(a), split_host(b)
    if p.suffix and q.suffix and p.suffix == q.suffix:
        return _slip(p.domain, q.domain)
    if p.domain == q.domain and p.domain and min(len(p.domain), len(q.domain)) >= 4:
        return False  # example.com and example.co.jp: two registrations, both may be theirs
    return _slip(x, y)


_REPAIRS = (
    (compiled(r"[,、。，]"), "."),
    (compiled(r"\.{2,}"), "."),
    (compiled(r"\.[1Il|]g\.jp$"), ".lg.jp"),
    (compiled(r"\.lg\.?jp$|(?<=[a-z0-9])[.,]lgjp$"), ".lg.jp"),
    (compiled(r"\.(lg|go|co|or|ne|ac|ed|gr)[.,]?jp$"), r".\1.jp"),
    (compiled(r"\.(lg|go|co|or|ne|ac|ed|gr)\.(?:ip|jo|jpp|jq|j)$"), r".\1.jp"),
    (compiled(r"(?<=[a-z0-9])(lg|go|co|or|ne|ac)\.jp$"), r".\1.jp"),
    (compiled(r"\.(?:con|comm|cim)$"), ".com"),
)


@lru_cache(maxsize=1024)
def evident_repair(domain: str) -> str | None:
    """The repair a broken domain shows by itself (pref.mie.1g.jp, city.x.lg,jp, a..co.jp); None when it needs a witness."""
    broken = domain.lower()
    mended = broken.strip(".,")
    for pattern, by in _REPAIRS[:6] + _REPAIRS[7:]:
        mended = pattern.sub(by, mended)
    if mended == broken or not public(mended):
        return None
    return mended


def suggest_domain(domain: str, witnesses: Sequence[str]) -> str | None:
    """The repair of a mail or web domain that the hosts beside it (witnesses: hosts of the same row, then of its siblings)
    make evident: city.ibusukijp beside www.city.ibusuki.lg.jp → city.ibusuki.lg.jp; None when they make none evident.

    A suggestion keeps the subdomain of the broken domain where the witness only says www.
    """
    broken = domain.lower().rstrip(".")
    best: tuple[int, str] | None = None
    for witness in witnesses:
        host = witness.lower().rstrip(".")
        if not public(host):
            continue
        target = _WWW.sub("", host)
        if target == broken or (public(broken) and same_office(broken, target)):
            return None
        if (score := _repair_score(broken, target)) is not None and (best is None or score < best[0]):
            best = (score, target)
    if best:
        return best[1]
    return evident_repair(domain)


def _repair_score(broken: str, target: str) -> int | None:
    """How far a broken domain is from a good one, 0 best; None when they are simply two domains."""
    x, y = _squeezed(broken), _squeezed(target)
    if x == y:
        return 0
    # a missing .lg, .go …: city.ibusukijp and city.ibusuki.jp beside city.ibusuki.lg.jp
    core = _CORE.sub("", x)
    if core != x and core == _CORE.sub("", y):
        return 1
    if public(broken):
        return 2 if near_miss(broken, target) else None
    if min(len(x), len(y)) < 6:
        return None
    distance = _distance(x, y)
    return 2 + distance if distance <= 2 else None
