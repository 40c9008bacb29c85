"""A draft of a cell → Cell: its lines joined, each piece with its page and its own line breaks."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from subsidy_extract.model import Cell, Link, Piece, Place
from subsidy_extract.read.join import Break, join
from subsidy_extract.read.pdf.nouns import Line
from subsidy_extract.read.pdf.stitch.drafts import CellDraft, Part
from subsidy_extract.read.pdf.wrap import Habits, Room, Verdict, judge

LABEL_FIRST = regex.compile(r"([^\s:：]{1,11}\s?[:：])\s*[!-~]")


@dataclass(frozen=True, slots=True)
class Pending:
    """A cell with line ends that only the rest of its column explains. verdicts: one fewer than lines."""

    column: int
    lines: tuple[str, ...]
    spaced: tuple[bool, ...]
    verdicts: tuple[Verdict, ...]
    cell: Cell
    links: tuple[tuple[str, int, int, int], ...]


@dataclass(slots=True)
class Typesetter:
    """What is learnt of the columns of one table while its cells are set."""

    rooms: dict[int, Room] = field(default_factory=dict)
    habits: Habits = field(default_factory=Habits)

    def room(self, column: int) -> Room:
        return self.rooms.setdefault(column, Room())

    def learn(self, column: int, draft: CellDraft) -> None:
        """Called for every cell of a page before any of them is set."""
        if draft.col_span > 1:
            return
        for part in draft.parts:
            if part.lines:
                self.room(column).learn(part.bbox, part.lines)
                for line in part.lines:
                    if (m := LABEL_FIRST.match(line.text)) is not None:
                        self.habits.of(column, _label(m.group(1))).went_on += 1

    def set(self, column: int, draft: CellDraft) -> Cell | Pending:
        lines = [(line, part) for part in draft.parts for line in part.lines]
        pieces = tuple(
            Piece("\n".join(line.text for line in p.lines), Place(page=p.page, bbox=_rounded(p.bbox))) for p in draft.parts if p.lines
        )
        links: list[tuple[str, int, int, int]] = []
        before = 0
        for p in draft.parts:
            links += [(url, k + before, a, b) for url, k, a, b in p.links]
            before += len(p.lines)
        cell = Cell("", pieces, draft.row_span, draft.col_span, (), draft.doubts)
        verdicts = tuple(self._verdict(column, draft, lines[k], lines[k + 1]) for k in range(len(lines) - 1))
        for v in verdicts:
            if v.label and v.sure and v.kind is Break.KEPT:
                self.habits.of(column, v.label).kept += 1
        texts = tuple(line.text for line, _ in lines)
        spaced = tuple(line.spaced for line, _ in lines)
        waiting = Pending(column, texts, spaced, verdicts, cell, tuple(links))
        return waiting if any(v.label and not v.sure for v in verdicts) else self.settle(waiting)

    def settle(self, p: Pending) -> Cell:
        breaks = []
        for v in p.verdicts:
            kind = v.kind
            if v.label and not v.sure:
                habit = self.habits.of(p.column, v.label)
                kind = Break.KEPT if habit.kept > habit.went_on else kind
            breaks.append(kind)
        text, starts = join(p.lines, breaks, p.spaced)
        links = _links(text, starts, p.links)
        c = p.cell
        return Cell(text, c.pieces, c.row_span, c.col_span, links, c.doubts)

    def _verdict(self, column: int, draft: CellDraft, a: tuple[Line, Part], b: tuple[Line, Part]) -> Verdict:
        room = self.room(column) if draft.col_span == 1 else Room(pad=self.room(column).pad)
        box = a[1].bbox
        left = box[0] + (room.pad if room.pad < 1e8 else 0.0)
        return judge(a[0], b[0], room.right(box, a[0].size), left, not_left(a[1]))


def not_left(part: Part) -> bool:
    """Whether the lines of a cell are centred or set to the right."""
    lines = [line for line in part.lines if not line.vertical]
    if not lines:
        return False
    em = max(line.size for line in lines)
    starts = [line.bbox[0] for line in lines]
    middles = [(line.bbox[0] + line.bbox[2]) / 2 for line in lines]
    ends = [line.bbox[2] for line in lines]
    spread = max(starts) - min(starts)
    middle = (part.bbox[0] + part.bbox[2]) / 2
    if len(lines) == 1:
        return starts[0] - part.bbox[0] > 3 * em
    if spread < 0.6 * em:
        return min(starts) - part.bbox[0] > 3 * em
    if max(middles) - min(middles) < 0.3 * spread and abs(middles[0] - middle) < em:
        return True
    return max(ends) - min(ends) < 0.2 * em and spread > 1.5 * em


def _links(text: str, starts: list[int], links: tuple[tuple[str, int, int, int], ...]) -> tuple[Link, ...]:
    """Parts of lines under a link → parts of the text; what goes on on the next line is one link."""
    out: list[Link] = []
    for url, k, a, b in sorted(links, key=lambda x: (x[1], x[2])):
        start, end = starts[k] + a, min(starts[k] + b, len(text))
        if out and out[-1].url == url and not text[out[-1].end : start].strip():
            out[-1] = Link(url, out[-1].start, end)
        else:
            out.append(Link(url, start, end))
    return tuple(out)


def _label(text: str) -> str:
    return text.strip()[:-1].strip().lower()


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))
