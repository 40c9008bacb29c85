"""The nouns of a comparison: two years' lists come in as YearList, what became of them goes out as Diff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as member
from typing import Literal

from subsidy_extract.model import Amount, Email, Period, Phone, Rate, Url

Typed = Amount | Rate | Period | Phone | Email | Url
Scalar = str | int | float | None

Status = Literal["same", "changed", "renamed", "possible_rename", "split", "merged", "added", "removed"]
STATUSES: tuple[Status, ...] = (
    "changed", "renamed", "possible_rename", "split", "merged", "added", "removed", "same",
)  # fmt: skip
"""Every status, those a reader looks at first in front."""

Kind = Literal["amount", "rate", "date", "year_roll", "phone", "email", "url", "office", "text", "format_only"]
KINDS: tuple[Kind, ...] = ("amount", "rate", "date", "text", "office", "phone", "email", "url", "year_roll", "format_only")
"""Every kind of change, the weightiest first."""


@dataclass(frozen=True, slots=True)
class Value:
    """One typed value of a programme and where it was read: `texts[column][start:end] == text`.

    kind: amount, rate, period, phone, email, url. column is None where the list does not say it.
    """

    kind: str
    value: Typed
    column: str | None = None
    start: int = 0
    end: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme of one year as the comparison sees it.

    texts: published text by column key (`name`, `summary`, …; a column nobody knows is `extra:` and its heading).
    cap_yen in yen, rate as a share of 1: the published summary fields.
    """

    id: str
    number: int
    name: str
    texts: Mapping[str, str]
    values: tuple[Value, ...] = ()
    office: str | None = None
    issuer: str | None = None
    cap_yen: int | None = None
    rate: float | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a list: its key and the heading it stands under."""

    column: str
    heading: str


@dataclass(frozen=True, slots=True)
class YearList:
    """One year's list. heads: its columns from left to right, empty where the source does not tell."""

    label: str
    programmes: tuple[Programme, ...]
    fiscal_year: int | None = None
    issuer: str | None = None
    title: str | None = None
    source: str | None = None
    sha256: str | None = None
    heads: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """What a person decided of two programmes. decision: same, different, split, merge."""

    old: str
    new: str
    decision: str


@dataclass(frozen=True, slots=True)
class Bond:
    """Which programmes of the old list (by position) became which of the new one, how sure that is (0 to 1), and why.

    A bond of several old ones is a merge, of several new ones a split. how: exact, id, likeness, decision.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    score: float
    evidence: Mapping[str, float]
    how: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A changed stretch: characters start to end of the old text became start to end of the new one (either may be empty)."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed in one field.

    old, new: yen (amount), a fraction as text (rate), an ISO date or the words (date, year_roll), a number, an address or
    the text. delta in yen, as a share (rate) or in days (date); percent of the old amount or rate. old_text, new_text: the words of
    the cells; marks: what changed within them. about: role, per, scope and the like, where the value has them.
    part: the id of the programme a split or merge is compared with.
    """

    field: str
    kind: Kind
    old: Scalar
    new: Scalar
    delta: float | int | None = None
    percent: float | None = None
    old_text: str | None = None
    new_text: str | None = None
    marks: tuple[Mark, ...] = ()
    about: Mapping[str, str] = member(default_factory=dict)
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one programme (or of several that were split or merged). format_only: fields that only look otherwise."""

    status: Status
    old: tuple[Programme, ...]
    new: tuple[Programme, ...]
    score: float | None = None
    evidence: Mapping[str, float] = member(default_factory=dict)
    how: str = ""
    changes: tuple[Change, ...] = ()
    format_only: int = 0

    @property
    def key(self) -> str:
        """What this programme is called by in groups: the id of the new list, else of the old one."""
        return (self.new or self.old)[0].id

    @property
    def name(self) -> str:
        return (self.new or self.old)[0].name


@dataclass(frozen=True, slots=True)
class Event:
    """The same change in several programmes: one event. programs: their keys, in the order of the list."""

    kind: Kind
    old: Scalar
    new: Scalar
    programs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column that is the same under another heading."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that became of the programmes of one list in another."""

    old: YearList
    new: YearList
    fates: tuple[Fate, ...]
    events: tuple[Event, ...] = ()
    fields_added: tuple[str, ...] = ()
    fields_removed: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    order_changed: bool = False
    unused_links: tuple[Link, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many programmes (entries of `fates`) have each status; every status is there."""
        found: dict[str, int] = dict.fromkeys(STATUSES, 0)
        for fate in self.fates:
            found[fate.status] += 1
        return found

    @property
    def kinds(self) -> dict[str, int]:
        """How many changes there are of each kind; every kind is there."""
        found: dict[str, int] = dict.fromkeys(KINDS, 0)
        for fate in self.fates:
            for change in fate.changes:
                found[change.kind] += 1
            found["format_only"] += fate.format_only
        return found

    @property
    def changed(self) -> bool:
        """Whether there is anything to tell (what `diff --exit-code` answers); a flipped width is nothing."""
        return any(f.status != "same" for f in self.fates) or bool(self.fields_added or self.fields_removed)
