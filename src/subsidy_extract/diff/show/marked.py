"""A change with its marks goes in, the old and the new text cut into same and changed stretches come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..model import Change, Mark

AROUND = 14  # characters kept on both sides of a changed stretch in a short view


@dataclass(frozen=True, slots=True)
class Stretch:
    text: str
    changed: bool


def stretches(text: str | None, spans: Iterable[tuple[int, int]]) -> tuple[Stretch, ...]:
    """A text cut at the given spans."""
    text = text or ""
    out: list[Stretch] = []
    at = 0
    for start, end in sorted(set(spans)):
        start, end = max(start, at), min(end, len(text))
        if end <= start:
            continue
        if start > at:
            out.append(Stretch(text[at:start], False))
        if out and out[-1].changed and start == at:
            out[-1] = Stretch(out[-1].text + text[start:end], True)
        else:
            out.append(Stretch(text[start:end], True))
        at = end
    if at < len(text):
        out.append(Stretch(text[at:], False))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Sides:
    """The cell of one field then and now, every change in it marked; the changes themselves."""

    field: str
    old: tuple[Stretch, ...]
    new: tuple[Stretch, ...]
    changes: tuple[Change, ...]


def by_field(changes: Iterable[Change]) -> tuple[Sides, ...]:
    """Changes gathered by the field (and part) they stand in."""
    groups: dict[tuple[str, str | None], list[Change]] = {}
    for c in changes:
        groups.setdefault((c.field, c.part), []).append(c)
    return tuple(_sides(field, found) for (field, _), found in groups.items())


def _sides(field: str, found: list[Change]) -> Sides:
    old = next((c.old_text for c in found if c.old_text is not None), None)
    new = next((c.new_text for c in found if c.new_text is not None), None)
    marks = [m for c in found for m in c.marks]
    return Sides(
        field,
        stretches(old, ((m.old_start, m.old_end) for m in marks)),
        stretches(new, ((m.new_start, m.new_end) for m in marks)),
        tuple(found),
    )


def snippet(change: Change, left: str = "[-", mid: str = "-]", opening: str = "{+", right: str = "+}") -> str:
    """The changed words of a text in a line: …10人…[-10人-]{+5人+}以上の団体…"""
    old, new = change.old_text or "", change.new_text or ""
    parts: list[str] = []
    last = 0
    for m in sorted(set(change.marks), key=lambda m: (m.new_start, m.old_start)):
        gap = new[last : m.new_start]
        parts.append(gap if len(gap) <= 2 * AROUND else (gap[:AROUND] if parts else "") + "…" + gap[-AROUND:])
        parts.append(_mark(m, old, new, left, mid, opening, right))
        last = m.new_end
    tail = new[last:]
    parts.append(tail if len(tail) <= AROUND else tail[:AROUND] + "…")
    return "".join(parts)


def _mark(m: Mark, old: str, new: str, left: str, mid: str, opening: str, right: str) -> str:
    a, b = old[m.old_start : m.old_end], new[m.new_start : m.new_end]
    return (left + a + mid if a else "") + (opening + b + right if b else "")
