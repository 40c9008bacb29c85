"""What became of each programme goes in, the changes that many programmes share come out as one event each."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import regex

from .fold import fold
from .model import Change, Event, Fate, Kind, Scalar

SHARED: frozenset[Kind] = frozenset({"office", "phone", "email", "url", "year_roll", "date", "text"})
"""Kinds that can be one event. A cap that rises by the same sum in two programmes is two decisions."""

_UNIT = regex.compile(r".*?(?:部|局|課|室|係|班|所|センター|センタ-|グループ|グル-プ|チーム|チ-ム|協議会|振興会|協会|機構|公社|会議所|事務局|支所|振興局)(?![\p{Han}])|.+")


def events(fates: Sequence[Fate]) -> tuple[Event, ...]:
    """One event for each change that two or more programmes share, the one with most programmes first.

    An office is compared by the part of its name that changed (農政課 → 農業振興課, whatever 係 stands behind it), an
    address or a page by its host when only that changed.
    """
    found: dict[tuple[Kind, str, str], tuple[Scalar, Scalar, dict[str, None]]] = {}
    for fate in fates:
        if fate.status in ("added", "removed", "same", "possible_rename"):
            continue
        for c in fate.changes:
            if c.kind not in SHARED or c.old is None or c.new is None:
                continue
            old, new = essence(c)
            key = (c.kind, fold(str(old)), fold(str(new)))
            found.setdefault(key, (old, new, {}))[2][fate.key] = None
    shared = [Event(k[0], v[0], v[1], tuple(v[2])) for k, v in found.items() if len(v[2]) >= 2]
    return tuple(sorted(shared, key=lambda e: -len(e.programs)))


def essence(change: Change) -> tuple[Scalar, Scalar]:
    """What of a change other programmes can share."""
    old, new = str(change.old), str(change.new)
    if change.kind == "office":
        return _office(old, new)
    if change.kind == "email" and old.split("@")[0].casefold() == new.split("@")[0].casefold():
        return "@" + old.rsplit("@", 1)[-1], "@" + new.rsplit("@", 1)[-1]
    if change.kind == "url":
        a, b = urlsplit(old), urlsplit(new)
        if a.netloc != b.netloc and (a.path, a.query) == (b.path, b.query) and a.path.strip("/"):
            return f"{a.scheme}://{a.netloc}/", f"{b.scheme}://{b.netloc}/"
    if change.kind == "text":
        return _words(change)
    return change.old, change.new


def _units(office: str) -> list[str]:
    return [u for part in office.split() for u in _UNIT.findall(part, timeout=5) if u]


def _office(old: str, new: str) -> tuple[str, str]:
    """The units that changed, those both years have at the front and at the back left away."""
    a, b = _units(old), _units(new)
    while a and b and fold(a[0]) == fold(b[0]):
        a, b = a[1:], b[1:]
    while a and b and fold(a[-1]) == fold(b[-1]):
        a, b = a[:-1], b[:-1]
    return (" ".join(a), " ".join(b)) if a and b else (old, new)


def _words(change: Change) -> tuple[str, str]:
    """The changed words alone, when they stand together and are more than a letter."""
    old, new = str(change.old), str(change.new)
    if len(change.marks) != 1:
        return old, new
    mark = change.marks[0]
    a, b = old[mark.old_start : mark.old_end], new[mark.new_start : mark.new_end]
    return (a, b) if len(a) >= 2 and len(b) >= 2 else (old, new)
