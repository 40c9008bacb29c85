"""What every check is given, and how it makes an issue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from subsidy_extract.check.rules import RULES
from subsidy_extract.corrections import Applied
from subsidy_extract.entries import Understood
from subsidy_extract.model import Column, Document, Found, Issue, PageCoverage, Place, Previous, Record


@dataclass(frozen=True, slots=True)
class Facts:
    """A list, read and understood: what the checks look at."""

    document: Document
    understood: Understood
    records: tuple[Record, ...]
    coverage: tuple[PageCoverage, ...] = ()
    fiscal_year: int | None = None
    applied: tuple[Applied, ...] = ()
    previous: Previous | None = None


def issue(
    rule: str,
    record: Record | None = None,
    *,
    field: str | None = None,
    value: str = "",
    suggestion: str | None = None,
    detail: str = "",
    detail_ja: str | None = None,
    places: Iterable[Place] = (),
) -> Issue:
    """An occurrence of a rule, its words taken from the table of rules; detail_ja: the detail where it is no figure or name."""
    of = RULES[rule]
    words = {"value": value, "suggestion": suggestion or "", "detail": detail}
    words_ja = words | {"detail": detail if detail_ja is None else detail_ja}
    return Issue(
        rule, of.severity, of.message.format(**words), of.message_ja.format(**words_ja),
        number=record.entry.number if record else None, id=record.id if record else None,
        field=field, value=value or None, suggestion=suggestion, places=tuple(dict.fromkeys(places)),
    )  # fmt: skip


def places_of(column: Column, start: int | None = None, end: int | None = None) -> tuple[Place, ...]:
    """Where the cells stand that `column.text[start:end]` was put together from; all of them without a span."""
    bounds = [*column.starts, len(column.text) + 1]
    return tuple(
        piece.place
        for i, at in enumerate(column.cells)
        if start is None or end is None or (start < bounds[i + 1] and end > bounds[i])
        for piece in at.cell.pieces
    )


def where(record: Record, key: str, found: Found[object]) -> tuple[Place, ...]:
    """Where a found value stands in the source."""
    return places_of(record.entry.columns[key], found.start, found.end)
