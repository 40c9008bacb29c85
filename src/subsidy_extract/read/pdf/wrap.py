"""Lines of a cell and the room of its column → for each line's end whether the page wrapped it or somebody broke it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from subsidy_extract.model import BBox
from subsidy_extract.read.join import SMALL, CLOSING, Break, goes_on, holds_together, starts_anew, unit
from subsidy_extract.read.pdf.nouns import Line

MANY = 10  # lines of a column that tell its room better than its padding does


@dataclass(slots=True)
class Room:
    """The room lines of one column have, learnt from page to page. pad: from the rule to the text, points (least seen).
    reach: how far to the right of the column's left edge lines went that are followed by another one."""

    pad: float = 1e9
    reach: float = 0.0
    lines: int = 0

    def learn(self, box: BBox, lines: Sequence[Line]) -> None:
        for line in lines:
            if line.vertical:
                continue
            pad = line.bbox[0] - box[0]
            if -0.5 < pad:
                self.pad = min(self.pad, max(pad, 0.0))
        for line in lines[:-1]:
            if line.vertical or line.bbox[2] > box[2] + 0.5 * line.size:
                continue
            self.lines += 1
            self.reach = max(self.reach, line.bbox[2] - box[0])

    def right(self, box: BBox, size: float) -> float:
        """Where lines of a box of this column end at most, points."""
        width = box[2] - box[0]
        pad = min(self.pad, 0.25 * width) if self.pad < 1e8 else 0.0
        inner = width - pad
        if self.lines >= MANY and self.reach < inner - 0.3 * size:
            inner = max(self.reach, inner - 2.5 * size)
        return box[0] + max(inner, min(self.reach, width))


@dataclass(slots=True)
class Habit:
    """How often a column broke after the same label though the next piece would have fitted, and how often it did not."""

    kept: int = 0
    went_on: int = 0


@dataclass(slots=True)
class Habits:
    """By column and label (HP：, E-mail:): whether the list breaks after it."""

    seen: dict[tuple[int, str], Habit] = field(default_factory=dict)

    def of(self, column: int, label: str) -> Habit:
        return self.seen.setdefault((column, label), Habit())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line's end is; sure: geometry says so. label: words with a colon at the line's end, which other cells may explain."""

    kind: Break
    sure: bool
    label: str = ""


def label_of(text: str) -> str:
    """HP： of a line that is nothing but a label; empty for any other line."""
    bare = text.strip()
    return bare[:-1].strip().lower() if len(bare) <= 12 and bare[-1:] in (":", "：") else ""


def judge(a: Line, b: Line, right: float, left: float, centred: bool) -> Verdict:
    """The end of line a, followed by b. right, left: the room of the column on a's page, points. Positions of b count
    relative to b only, so b may stand on the next page."""
    label = label_of(a.text)
    em = max(a.size, b.size) or 1.0
    if a.vertical or b.vertical:
        return Verdict(Break.WRAPPED, True)
    width = a.bbox[2] - a.bbox[0]
    free = right - left - width if centred else right - a.bbox[2]
    if a.spaced and b.text[:1] and b.text[0] < "\u2000":
        free -= 0.25 * em
    least, most = unit(b.text)
    need_least = b.edges[least - 1] if 0 < least <= len(b.edges) else least * em
    need_most = b.edges[most - 1] if 0 < most <= len(b.edges) else most * em
    while least > 1 and b.text[least - 1] in CLOSING:  # hanging or squeezed punctuation
        least -= 1
        need_least -= 0.5 * em
    if goes_on(a.text, b.text):
        return Verdict(Break.WRAPPED, True)
    if free >= need_most + 0.1 * em:
        return Verdict(Break.KEPT, True, label)
    if starts_anew(a.text, b.text):
        return Verdict(Break.KEPT, False, label)
    if free < need_least - 0.1 * em:
        return Verdict(Break.WRAPPED, not label, label)
    return Verdict(_by_words(a.text, b.text, free, need_least, em), False, label)


def _by_words(a: str, b: str, free: float, need: float, em: float) -> Break:
    """Neither full nor clearly short."""
    if holds_together(a, b):
        return Break.WRAPPED
    if free >= need + 0.15 * em and not (b[0] in SMALL or (len(b) > 1 and b[1] in SMALL)):
        return Break.KEPT
    return Break.WRAPPED
