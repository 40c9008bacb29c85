"""One programme of two years goes in, what changed comes out: typed values as values, dates as dates, texts word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from subsidy_extract.model import Amount

from .columns import Columns
from .fold import fold, name_key, without_years
from .model import Change, Kind, Mark, Programme, Value
from .values import change, date_change, paired, same
from .words import Aligned, When, align, cut

TYPED = ("amount", "rate", "phone", "email", "url")
"""Values compared as values. Periods are not: what changes of them are dates in their text, and those are read there."""

VALUE_COLUMNS = ("rate_text", "amount_text", "site")
OFFICE_COLUMNS = ("contact", "organization")
_LABEL = regex.compile(
    r"(?:tel|fax|e?-?mail|メ-ル(?:アドレス)?|電話(?:番号)?|ファックス|ファクス|ファクシミリ|hp|url|ホ-ムペ-ジ(?:アドレス)?|ウェブサイト|サイト|内線|直通|代表)"
)
_NUMBERING = regex.compile(r"^[(第]*\d+[)部章節]*[.:・]*")


@dataclass(slots=True)
class _Pool:
    """Typed values that found no counterpart in the same place of the same column."""

    old: list[Value]
    new: list[Value]


def compare(old: Programme, new: Programme, columns: Columns, years: int, renamed: bool) -> tuple[tuple[Change, ...], int]:
    """What changed in one programme, in the order of the columns, and how many fields only look otherwise.

    years: how many years lie between the lists. renamed: the names are told by the status, not as a change.
    """
    changes: list[Change] = []
    format_only = 0
    pool = _Pool([], [])
    seen: set[tuple[str, str]] = set()
    pairs = [*columns.common, *((k, k) for k in columns.added), *((k, k) for k in columns.removed)]
    for before, after in pairs:
        x = old.texts.get(before, "") if before not in columns.added else ""
        y = new.texts.get(after, "") if after not in columns.removed else ""
        a, b = _values(old, before), _values(new, after)
        if before in columns.added or after in columns.removed:
            pool.old += a
            pool.new += b
            continue
        if (x, y) in seen and x:  # one column with two meanings (補助率・上限額) is told once
            continue
        seen.add((x, y))
        if (renamed and before == "name") or (before == "section" and _section(x) == _section(y)):
            continue
        if x == y or fold(x) == fold(y):
            format_only += x.split() != y.split()
            changes += _other_unit(a, b, (x, y))
            continue
        found = _column(after, (old, new), (x, y), (a, b), years, pool)
        format_only += found is None
        changes += found or ()
    lone = {*columns.added, *columns.removed}
    for a_, b_ in _unplaced(pool):
        one = a_ or b_
        if one is None or ((a_ is None or b_ is None) and (one.column in lone or _stands(one, new if a_ else old))):
            continue
        changes.append(change(one.kind, a_, b_, (_text(old, a_), _text(new, b_))))
    return _once(changes), format_only


def _stands(value: Value, p: Programme) -> bool:
    """Whether the very words of a value stand in the other year's cell, and only nobody read them there: no change of the list."""
    words = fold(value.text)
    return bool(words) and regex.search(rf"(?<![\d.,]){regex.escape(words)}(?!\d)", fold(p.texts.get(value.column or "")), timeout=5) is not None


def _text(p: Programme, value: Value | None) -> str | None:
    return p.texts.get(value.column) if value and value.column else None


def _values(p: Programme, column: str) -> list[Value]:
    return [v for v in p.values if v.column == column and v.kind in TYPED]


def _section(text: str) -> str:
    return str(_NUMBERING.sub("", without_years(text)))


def _unplaced(pool: _Pool) -> list[tuple[Value | None, Value | None]]:
    out = []
    for kind in TYPED:
        out += paired([v for v in pool.old if v.kind == kind], [v for v in pool.new if v.kind == kind])
    return out


def _once(changes: Sequence[Change]) -> tuple[Change, ...]:
    """A date printed three times that changed three times alike is one change."""
    kept: dict[tuple[object, ...], Change] = {}
    for c in changes:
        key = (c.field, c.kind, c.old, c.new, tuple(sorted(c.about.items())), c.kind in ("text", "office") and c.marks)
        if key in kept:
            first = kept[key]
            kept[key] = Change(
                c.field, c.kind, c.old, c.new, c.delta, c.percent, first.old_text, first.new_text,
                tuple(dict.fromkeys((*first.marks, *c.marks))), c.about,
            )  # fmt: skip
        else:
            kept[key] = c
    return tuple(kept.values())


def _other_unit(old: Sequence[Value], new: Sequence[Value], texts: tuple[str, str]) -> list[Change]:
    """The same figures under another unit (千円, 円) are other amounts."""
    a, b = ([v for v in side if isinstance(v.value, Amount)] for side in (old, new))
    if len(a) != len(b):
        return []
    return [
        change("amount", x, y, texts)
        for x, y in zip(a, b, strict=True)
        if isinstance(x.value, Amount) and isinstance(y.value, Amount) and x.value.yen != y.value.yen
    ]


def _column(
    field: str, programmes: tuple[Programme, Programme], texts: tuple[str, str], values: tuple[list[Value], list[Value]], years: int, pool: _Pool
) -> list[Change] | None:
    """What changed in one column; None when it only looks otherwise."""
    # a kind of value is one word only where both years have it: else its words are compared as words
    both = frozenset(k for k in TYPED if all(any(v.kind == k for v in side) for side in values))
    found = align(cut(texts[0], values[0], both), cut(texts[1], values[1], both))
    changes: list[Change] = []
    for a, b in found.pairs:
        if isinstance(a.value, When) and isinstance(b.value, When):
            if a.value != b.value:
                changes.append(date_change(field, a, b, years, texts))
        elif isinstance(a.value, Value) and isinstance(b.value, Value) and not same(a.value.value, b.value.value):
            changes.append(change(a.value.kind, a.value, b.value, texts))
    loose_old, loose_new = found.loose()
    one_sided = [[v for v in side if v.kind not in both] for side in values]
    pool.old += [t.value for t in loose_old if isinstance(t.value, Value)] + one_sided[0]
    pool.new += [t.value for t in loose_new if isinstance(t.value, Value)] + one_sided[1]
    told = bool(changes or loose_old or loose_new or one_sided[0] or one_sided[1])
    words = _words(field, programmes, texts, values, found, told)
    if words is not None:
        changes.append(words)
    if changes or loose_old or loose_new or any(one_sided):
        return changes
    return None


def _words(
    field: str, programmes: tuple[Programme, Programme], texts: tuple[str, str], values: tuple[list[Value], list[Value]], found: Aligned, told: bool
) -> Change | None:
    """What changed in the words of a column, the typed values aside."""
    meant = found.meant()
    if not meant:
        return None
    marks = tuple(found.mark(e) for e in meant)
    if field in OFFICE_COLUMNS or field == "site":
        x, y = (_bare(t, v) for t, v in zip(texts, values, strict=True))
        if x == y:
            return None  # only labels, or the order of number and address
        if field in OFFICE_COLUMNS:
            return _office(field, programmes, texts, marks)
    if field in VALUE_COLUMNS and told:
        return None  # the values say it, and the whole cell is shown beside them
    kind: Kind = "date" if field == "period_text" else "text"
    if field == "name" and name_key(texts[0]) == name_key(texts[1]) and fold(texts[0]) == fold(texts[1]):
        return None
    return _whole(field, kind, texts, marks)


def _whole(field: str, kind: Kind, texts: tuple[str, str], marks: tuple[Mark, ...]) -> Change:
    return Change(field, kind, texts[0] or None, texts[1] or None, None, None, texts[0] or None, texts[1] or None, marks)


def _bare(text: str, values: Sequence[Value]) -> str:
    """A contact without its numbers, addresses and labels."""
    for v in sorted(values, key=lambda v: -v.start):
        if v.kind in ("phone", "email", "url") and v.start < v.end:
            text = text[: v.start] + " " + text[v.end :]
    return str(_LABEL.sub("", fold(text))).translate(_DROP)


_DROP = str.maketrans("", "", ".,・:;()「」!?*-~/")


def _office(field: str, programmes: tuple[Programme, Programme], texts: tuple[str, str], marks: tuple[Mark, ...]) -> Change:
    """Another office; what else changed in a contact (an address, a note) is text."""
    old, new = (p.office for p in programmes) if field == "contact" else texts
    if fold(old) == fold(new) and field == "contact":
        return _whole(field, "text", texts, marks)
    return Change(field, "office", old or None, new or None, None, None, texts[0] or None, texts[1] or None, marks)
