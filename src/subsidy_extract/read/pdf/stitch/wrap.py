"""Lines of a cell and the room of its column → for each line's end whether the page wrapped it or somebody broke it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from subsidy_extract.model import BBox
from subsidy_extract.read.join import (
    CLOSING,
    OPENING,
    SMALL,
    Break,
    extension_follows,
    goes_on,
    holds_together,
    inseparable,
    is_letter,
    mid_word,
    starts_anew,
    unfinished,
    unit,
)
from subsidy_extract.read.pdf.nouns import Line

GAP = 1.5  # em: half of the white that parts two columns without rules is seldom wider
EXTENSION = "内線"  # the label of what goes on with a number, wherever the column lets it stand
FARTHEST = 0.6  # em: no letters are set further apart (both sides of one)
SPREAD = 1.03  # em: characters further apart on average are spread, or set with white between all of them
HANGING = CLOSING | SMALL - frozenset("‐－-～〜~")  # may not begin a line
MANY = 10  # lines of a column that tell its room better than its padding does


@dataclass(slots=True)
class Room:
    """The room lines of one column have, learnt from page to page. pad: from the rule to the text, points (least seen).
    reach: how far to the right of the column's left edge lines of wrapped or broken texts went; span: the same
    from where their text begins (columns without rules have no edges to count from). full: reach of lines that end with a
    Japanese character (the ink of a Latin letter may hang over where its line ends). wide: from where their text begins to the
    column's right edge, where that is least."""

    ruled: bool = True
    pad: float = 1e9
    reach: float = 0.0
    full: float = 0.0
    span: float = 0.0
    wide: float = 1e9
    lines: int = 0

    def learn(self, box: BBox, lines: Sequence[Line]) -> None:
        left = min((line.bbox[0] for line in lines if not line.vertical), default=box[0])
        self.wide = min(self.wide, box[2] - left)
        if -0.5 < left - box[0] < self.pad:  # some programs cut the white before a bracket that begins a line
            text = min((line.bbox[0] for line in lines if not line.vertical and line.text[0] not in OPENING), default=1e9)
            self.pad = min(self.pad, max(text - box[0], 0.0))
        for line in lines if len(lines) > 1 else ():
            if line.vertical or line.bbox[2] > box[2] + 0.5 * line.size:
                continue
            self.lines += 1
            right = end_of(line)
            self.reach = max(self.reach, right - box[0])
            if not is_letter(line.text[-1]):
                self.full = max(self.full, right - box[0])
            self.span = max(self.span, right - left)

    def sides(self, part_box: BBox, lines: Sequence[Line], size: float) -> tuple[float, float]:
        """Where lines of a cell of this column begin and end at most, points; from top to bottom for 縦書き."""
        if lines and lines[0].vertical:
            return part_box[1] + 0.2 * size, part_box[3] - 0.2 * size
        left = min((line.bbox[0] for line in lines), default=part_box[0])
        if not self.ruled and self.lines:
            # far from the next column there is more room than the longest line shows
            return left, left + max(self.span, self.wide - GAP * size)
        width = part_box[2] - part_box[0]
        pad = min(self.pad, 0.25 * width) if self.pad < 1e8 else 0.0
        inner = width - pad
        if self.lines >= MANY and self.reach < inner - 0.3 * size:
            inner = max(self.reach, inner - 2.5 * size)
        return part_box[0] + pad, part_box[0] + max(inner, min(self.full, width))


def end_of(line: Line) -> float:
    """Where a line ends, without the 、。）ー that some programs let hang over the edge: they may not begin the next."""
    k = len(line.text)
    while k > 1 and line.text[k - 1] in HANGING:
        k -= 1
    if k == len(line.text) or k > len(line.edges):
        return line.bbox[2]
    return line.bbox[0] + line.edges[k - 1]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line's end is; sure: geometry or the words say so. label: words with a colon that are the whole line, whose
    other cells may explain it. lean: how far geometry speaks for a break put there on purpose (log odds)."""

    kind: Break
    sure: bool
    label: str = ""
    lean: float = 0.0


# what most line ends are: one object each, as a list of 2,000 pages has 200,000
WRAPPED, KEPT = Verdict(Break.WRAPPED, True), Verdict(Break.KEPT, True)
UNSURE = {lean: Verdict(Break.WRAPPED, False, "", lean) for lean in (0.0, 1.0, 2.0, 3.0)}


def label_of(text: str) -> str:
    """HP： of a line that is nothing but a label; empty for any other line."""
    bare = text.strip()
    return bare if len(bare) <= 12 and bare[-1:] in (":", "：") else ""


def judge(a: Line, b: Line, right: float, left: float, centred: bool) -> Verdict:
    """The end of line a, followed by b. right, left: the room of the column on a's page, points
    (bottom and top for 縦書き). Positions of b count
    relative to b only, so b may stand on the next page."""
    extension = extension_follows(a.text, b.text)
    label = EXTENSION if extension else label_of(a.text)
    kept = Verdict(Break.KEPT, True, label) if label else KEPT
    em = max(a.size, b.size) or 1.0
    if a.vertical != b.vertical:
        return WRAPPED
    free = free_after(a, right, left, centred)
    least, most = unit(b.text)
    need_least = b.edges[least - 1] if 0 < least <= len(b.edges) else least * em
    need_most = b.edges[most - 1] if 0 < most <= len(b.edges) else most * em
    if a.edges and a.edges[-1] > SPREAD * em * len(a.text) and _is_spread(a, b, em):
        pitch = em + min(spacing(a, em), spacing(b, em))  # letters may be set apart besides
        free = right - left - pitch * len(a.text)  # spread over the width (均等割付): its characters alone take less
        need_least, need_most = min(need_least, pitch * least), min(need_most, pitch * most)
    if a.spaced or is_letter(a.text[-1]) != is_letter(b.text[0]):  # programs set Latin words apart by a quarter em
        need_most += 0.25 * em
    if goes_on(a.text, b.text) or mid_word(a.text, b.text) or unfinished(a.text, b.text):
        return WRAPPED
    if free >= need_most + 0.1 * em and (free >= need_most + FARTHEST * em or free >= need_most + 0.1 * em + 2 * spacing(b, em)):
        return kept
    if extension:
        return Verdict(Break.WRAPPED, False, label)
    if starts_anew(a.text, b.text):
        return kept
    if inseparable(a.text, b.text) and free > b.edges[_closed(b.text) - 1] + 0.3 * em:
        return kept  # no line is broken inside a number or an address before it is full
    if holds_together(a.text, b.text) and not label:
        return WRAPPED
    if free >= need_most - 0.001 * em and _even(a, em) and _even(b, em):
        return kept  # characters of one width: one more has room or has not
    lean = 3.0 if free >= need_most else 2.0 if free >= need_least else 1.0 if free >= need_least - 0.02 * em else 0.0
    return Verdict(Break.WRAPPED, False, label, lean) if label else UNSURE[lean]


def free_after(a: Line, right: float, left: float, centred: bool) -> float:
    """The room that a line leaves, points."""
    if a.vertical:
        return right - left - (a.bbox[3] - a.bbox[1])
    return right - left - (a.bbox[2] - a.bbox[0]) if centred else right - a.bbox[2]


def is_packed(a: Line, b: Line, right: float, left: float, centred: bool) -> bool:
    """Whether not one more letter would have fitted on line a: as where a page breaks words anywhere (word-break: break-all)."""
    return free_after(a, right, left, centred) < b.edges[0] + 0.05 * max(a.size, b.size)


def spacing(line: Line, em: float) -> float:
    """The white that a program puts after each character (letter-spacing), points. It stands behind the last one of a line
    too."""
    wide = _white(line, em) or 0.0
    return wide if 0.02 * em < wide < FARTHEST / 2 * em else 0.0


def _white(line: Line, em: float) -> float | None:
    """The white between characters, points: ideographs, which are one em wide, tell. None: no two of them are neighbours."""
    steps = [
        line.edges[k] - line.edges[k - 1]
        for k in range(1, min(len(line.text), len(line.edges)))
        if "\u4e00" <= line.text[k] <= "\u9fff" and "\u4e00" <= line.text[k - 1] <= "\u9fff"
    ]
    return min(steps) - em if steps else None


def _is_spread(a: Line, b: Line, em: float) -> bool:
    """Whether a line that is wider than its characters was spread over the width; where all lines have the same white
    between characters (letter-spacing), none was."""
    one, two = _white(a, em), _white(b, em)
    if one is None or two is None:
        return a.edges[-1] > 1.2 * em * len(a.text)
    return abs(one - two) > 0.015 * em


def _closed(text: str) -> int:
    """How many characters the first one takes with it: what closes after it may not begin a line."""
    k = 1
    while k < len(text) and text[k] in CLOSING:
        k += 1
    return k


def _even(line: Line, em: float) -> bool:
    """Whether every character is one em or half of one wide."""
    return all(abs(2 * e / em - round(2 * e / em)) < 0.01 for e in line.edges)
