"""Lines that stand in no table → boxes of 「■対象者：…」 lines, which no rule or frame holds together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from subsidy_extract.compiled import compiled
from subsidy_extract.entries.boxes import BULLETS, Line, line_of
from subsidy_extract.entries.cards import NUMBERED
from subsidy_extract.entries.fold import fold, one_line
from subsidy_extract.entries.kinds import is_note, is_programme_like
from subsidy_extract.entries.meaning import meaning_of
from subsidy_extract.model import Cell, LeftOut, Piece

LINES = frozenset({"prose", "title", "note", "furniture"})
_TELLS = frozenset({"eligibility", "eligible_costs", "rate_text", "amount_text", "period_text", "summary"})
_INNER = compiled(rf"(?<=\S)(?=[{BULLETS}]\s*[^:：\n{BULLETS}]{{1,16}}[:：])")


@dataclass(slots=True)
class Box:
    """One box: which lines (indices in left_out), as one cell, and the line above that names its section."""

    lines: list[int] = field(default_factory=list)
    section: int | None = None
    labels: set[str] = field(default_factory=set)

    def cell(self, left_out: Sequence[LeftOut]) -> Cell:
        """Each line on its own, and a key in the middle of a line too."""
        text = "\n".join(_INNER.sub("\n", left_out[i].text) for i in self.lines)
        return Cell(text, tuple(Piece(left_out[i].text, left_out[i].place) for i in self.lines))


def _apart(before: LeftOut, now: LeftOut) -> bool:
    """Whether more white than between lines, a blank line or a page lies between two lines."""
    a, b = before.place, now.place
    if a.page != b.page:
        return True
    if a.bbox and b.bbox:
        return b.bbox[1] - a.bbox[3] > 0.9 * (b.bbox[3] - b.bbox[1]) or b.bbox[1] < a.bbox[1]
    return a.line is not None and b.line is not None and b.line - a.line > 1


def _label(lines: Sequence[Line], style: str) -> str | None:
    """The folded label a line begins with, in the style labels have here."""
    line = lines[0]
    if line.label is None or line.style != style or not (line.colon or style) or not (line.known or style):
        return None
    return fold(line.label)


def boxes_in(left_out: Sequence[LeftOut], mapping: Mapping[str, str] | None, seen: frozenset[str] = frozenset()) -> list[Box]:
    """The boxes, two or more of three known keys each; an empty list where there are none. seen: folded keys of the boxes
    that stand in frames; beside these one alone is a box too."""
    at = [i for i, out in enumerate(left_out) if out.reason in LINES]
    read = {i: [line_of(Cell(t), 0, len(t), mapping) for t in _INNER.sub("\n", left_out[i].text).split("\n")] for i in at}
    keys: dict[str, Counter[str]] = {}
    for lines in read.values():
        for line in lines:
            if line.known and line.label and line.colon:
                keys.setdefault(line.style, Counter())[fold(line.label)] += 1
    ripe = {s: sum(c.values()) for s, c in keys.items() if sum(n > 1 or key in seen for key, n in c.items()) >= 3}
    if not ripe:
        return []
    style = max(ripe, key=lambda s: (ripe[s], s))
    found: list[Box] = []
    box: Box | None = None
    tail: list[int] = []
    for i in at:
        out = left_out[i]
        label = _label(read[i], style)
        if label is None:
            if out.reason == "furniture" and (box is None or tail or _apart(left_out[box.lines[-1]], out)):
                continue  # directly below a line of the box it is a line that several boxes have: 第２期：9月1日～10月30日
            if box is not None and not tail and not _apart(left_out[box.lines[-1]], out) and not is_note(one_line(out.text)[:20]):
                box.lines.append(i)
            else:
                tail.append(i)
            continue
        new = {fold(line.label) for line in read[i] if line.label and line.style == style}
        if box is None or label in box.labels:
            box = _begun(box, tail, left_out, i)
            found.append(box)
        else:
            box.lines.extend(tail)
            box.lines.append(i)
        tail = []
        box.labels |= new
    good = [b for b in found if len({k for x in b.labels for k in meaning_of((x,), mapping).keys}) >= 3 and _tells(b, mapping)]
    return good if len(good) >= 2 or (good and seen) else []


def _tells(box: Box, mapping: Mapping[str, str] | None) -> bool:
    return bool({k for x in box.labels for k in meaning_of((x,), mapping).keys} & _TELLS)


def _begun(before: Box | None, tail: list[int], left_out: Sequence[LeftOut], first: int) -> Box:
    """A box that begins with the label line `first`: the line above is its title, a short line of other indent above that its section."""
    if not tail and before is not None and len(before.lines) > 1:
        last = before.lines[-1]
        text = one_line(left_out[last].text)
        if NUMBERED.match(text) or is_programme_like(text):  # no white told the title from the value above it
            tail = [before.lines.pop()]
    if not tail:
        return Box([first])
    box = Box([tail[-1], first])
    if len(tail) > 1:
        above = left_out[tail[-2]]
        if len(above.text.strip()) <= 30 and not is_note(one_line(above.text)):
            box.section = tail[-2]
    return box
