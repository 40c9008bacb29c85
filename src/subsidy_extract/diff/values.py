"""Typed values of two years go in, what changed of each comes out: yen, fractions, dates, numbers and addresses, not strings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from subsidy_extract.model import Amount, Email, Phone, Rate, Url

from .fold import fold
from .model import Change, Kind, Mark, Scalar, Typed, Value
from .traits import page
from .words import Token, When

_FIGURES = re.compile(r"\d+")
FIELDS = {"amount": "amounts", "rate": "rates", "phone": "phones", "email": "emails", "url": "urls", "period": "periods"}
"""Kind of value → the published field, for values that stand in no column."""


def fraction(rate: Rate) -> Fraction | None:
    """A rate as an exact fraction: 2/3, 50% is 1/2; None where the denominator is 0."""
    den = Fraction(str(rate.denominator))
    return Fraction(str(rate.numerator)) / den if den else None


def said(value: Typed) -> Scalar:
    """A typed value as it stands in the answer: yen, a fraction, a number, an address."""
    match value:
        case Amount():
            return value.yen
        case Rate():
            exact = fraction(value)
            return str(exact) if exact is not None else None
        case Phone():
            return value.number + (f" 内線{value.extension}" if value.extension else "")
        case Email():
            return value.address
        case Url():
            return value.url
        case _:
            return " / ".join(str(x) for x in (value.start, value.end, value.status) if x) or None


def same(a: Typed, b: Typed) -> bool:
    """Whether two values mean the same. Scope is words of the text: it is compared there."""
    match a, b:
        case Amount(), Amount():
            return a.yen == b.yen and _unit(a.per) == _unit(b.per) and (a.role == b.role or "stated" in (a.role, b.role))
        case Rate(), Rate():
            return fraction(a) == fraction(b) and a.bound == b.bound
        case Phone(), Phone():
            return (a.e164 or a.number, a.extension, a.kind) == (b.e164 or b.number, b.extension, b.kind)
        case Email(), Email():
            return a.address.casefold() == b.address.casefold()
        case Url(), Url():
            return a.url == b.url or (page(a.url) == page(b.url) and a.url.split(":")[0] == b.url.split(":")[0])
        case _:
            return a == b


def _unit(per: str | None) -> str:
    return fold(per or "")


def about(value: Typed) -> dict[str, str]:
    match value:
        case Amount():
            told = {"role": value.role, "per": value.per, "scope": value.scope}
        case Rate():
            told = {"bound": value.bound, "scope": value.scope}
        case Phone():
            told = {"type": value.kind}
        case _:
            told = {}
    return {k: v for k, v in told.items() if v}


def change(kind: str, old: Value | None, new: Value | None, texts: tuple[str | None, str | None]) -> Change:
    """The change of one value; None where it came or went. texts: the words of the cell it stands in, then and now."""
    a, b = old.value if old else None, new.value if new else None
    delta: float | int | None = None
    percent: float | None = None
    if isinstance(a, Amount) and isinstance(b, Amount):
        delta = b.yen - a.yen
        percent = round(100 * delta / a.yen, 1) if a.yen else None
    elif isinstance(a, Rate) and isinstance(b, Rate):
        x, y = fraction(a), fraction(b)
        if x is not None and y is not None:
            delta = round(float(y - x), 6)
            percent = round(float(100 * (y - x) / x), 1) if x else None
    told = about(b) if b is not None else about(a) if a is not None else {}
    if a is not None and b is not None:
        before = about(a)
        told |= {f"{k}_before": v for k, v in before.items() if _bare(told.get(k)) != _bare(v)}
    field = (new and new.column) or (old and old.column) or FIELDS[kind]
    marks = (_mark(old if old and old.column else None, new if new and new.column else None),)
    return Change(
        field, kind, said(a) if a is not None else None, said(b) if b is not None else None,  # type: ignore[arg-type]
        delta, percent, texts[0], texts[1], marks if any(texts) else (), told,
    )  # fmt: skip


def _bare(words: str | None) -> str:
    """Words without their figures: a scope whose year went on is the same scope."""
    return _FIGURES.sub("", fold(words))


def _mark(old: Value | None, new: Value | None) -> Mark:
    return Mark(old.start if old else 0, old.end if old else 0, new.start if new else 0, new.end if new else 0)


def date_change(field: str, old: Token, new: Token, years: int, texts: tuple[str, str]) -> Change:
    """A date inside a text that is another one now: `year_roll` when it is the same day `years` later, else `date`."""
    a, b = old.value, new.value
    assert isinstance(a, When)
    assert isinstance(b, When)
    kind: Kind = "year_roll" if a.rolled(b, years) else "date"
    x, y = a.iso(), b.iso()
    delta = (date.fromisoformat(y) - date.fromisoformat(x)).days if x and y else None
    words = texts[0][old.start : old.end], texts[1][new.start : new.end]
    return Change(
        field, kind, (x if x and y else words[0]), (y if x and y else words[1]), delta, None, *texts,
        (Mark(old.start, old.end, new.start, new.end),),
    )  # fmt: skip


def paired(old: Sequence[Value], new: Sequence[Value]) -> list[tuple[Value | None, Value | None]]:
    """Values of one kind that stand in no common place: equal ones cancel out, the rest are paired by what they are for."""
    left, right = list(old), list(new)
    out: list[tuple[Value | None, Value | None]] = []
    for alike in _RULES:
        for a in list(left):
            b = next((x for x in right if alike(a.value, x.value)), None)
            if b is not None:
                left.remove(a)
                right.remove(b)
                if not same(a.value, b.value):
                    out.append((a, b))
    return [*out, *((a, None) for a in left), *((None, b) for b in right)]


def _told(*names: str) -> Callable[[Typed, Typed], bool]:
    return lambda a, b: type(a) is type(b) and all(getattr(a, n, None) == getattr(b, n, None) for n in names)


_RULES: tuple[Callable[[Typed, Typed], bool], ...] = (
    same,
    lambda a, b: isinstance(a, Amount) and isinstance(b, Amount) and a.yen == b.yen and _unit(a.per) == _unit(b.per),
    _told("role", "per", "scope", "kind", "bound"),
    lambda a, b: isinstance(a, Amount) and isinstance(b, Amount) and a.role == b.role and a.per == b.per and a.scope is b.scope is None,
    _told("kind"),
)
"""From surely the same value to what may stand for it: each rule pairs what the ones before left. The last one pairs a
number with a number of its kind, an address with an address, an amount with an amount."""
