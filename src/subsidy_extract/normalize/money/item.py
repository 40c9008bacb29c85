"""Item: what is known of one figure while the words around it are read, and what holds at its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from subsidy_extract.normalize.money.figure import Figure


@dataclass(slots=True)
class Item:
    """One figure, read. how: where its role comes from (word, suffix, bracket, carry, group, range; empty when nothing gave it one).

    prefix: the words before the figure, which `amount` and `rate` judge it by. tail: where the words behind it end. pair: the left end of the range this one closes. either: the one before 又は.
    """

    figure: Figure
    prefix: str = ""
    role: str | None = None
    how: str = ""
    per: str | None = None
    scope: str | None = None
    tail: int = 0
    pair: Item | None = None
    either: Item | None = None
    parent: Item | None = None
    bare: bool = False
    dropped: str | None = None
    label: str | None = None
    marked: bool = False
    own_scope: str | None = None


@dataclass(slots=True)
class State:
    """What holds for the figures that come: inherited from the bracket's owner, changed by labels and separators."""

    scope: str | None = None
    role: str | None = None
    kind: str | None = None
    per: str | None = None
    plus: bool = False
    marked: bool = False


@dataclass(slots=True)
class Level:
    """What the words of one bracket level have said so far."""

    outer: State
    label: str | None = None
    mark: str | None = None
    role: str | None = None
    kind: str | None = None
    per: str | None = None
    scope: str | None = None
    lead: str | None = None
    lead_per: str | None = None
    lead_sign: str = ""
    role_per: bool = False
    pending: str = ""
    last: Item | None = None
    recent: list[Item] = field(default_factory=list)
