"""A draft of a cell → Cell: its lines joined, each piece with its page and its own line breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Cell, Link, Piece, Place
from subsidy_extract.read.join import Break, holds_together, is_letter, join, mid_word, token_at_end, within_word
from subsidy_extract.read.pdf.nouns import Line
from subsidy_extract.read.pdf.stitch.drafts import CellDraft, Part
from subsidy_extract.read.pdf.stitch.habits import SURE, Usage
from subsidy_extract.read.pdf.stitch.wrap import EXTENSION, Room, Verdict, is_packed, judge

APART = compiled(r"(?<![!-~])([A-Za-z]{2,20}) (?=[^\x00-\xff])|(?<=[^\x00-\xff]) ([A-Za-z]{2,20})(?![!-~])")
LABEL_APART = compiled(r"(?:^|[\s（(])([^\x00-\xff\s（(]{1,4}) (?=[!-~（])")
LABEL_AT_END = compiled(r"(?:^|[\s（(])([^\x00-\xff\s（(]{1,4})$")
INNER = compiled(r"(?<=[^\x00-\xff\s]) (?=[^\x00-\xff\s])")
WORD_AT_START = compiled(r"[A-Za-z]{2,20}(?![!-~])")
WORD_AT_END = compiled(r"(?<![!-~])[A-Za-z]{2,20}$")
LATIN = compiled(r"[A-Za-z]")
AFTER_NUMBER = compiled(r"[0-9０-９]\s?[(（]?内線|[^\s0-9０-９][(（]内線")
LABEL_FIRST = compiled(r"([^\s:：]{1,11}[:：])\s*[!-~]")
BESIDE = compiled(r"(?<=[\p{Han}\p{Hiragana}\p{Katakana}])( ?)[A-Za-z]{2,20}(?![!-~])|(?<![!-~])[A-Za-z]{2,20}( ?)(?=[\p{Han}\p{Hiragana}\p{Katakana}])")
NO_SPACE = frozenset("、。，．・：；」』）】〕》〉「『（【〔《〈")  # signs that have white of their own: no space stands beside them
JAPANESE = compiled(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
ENOUGH = 3  # words between Japanese ones from which a habit is told, and one in ten may be otherwise
LISTENED = 4000  # lines with Latin letters: more say nothing new, and cost time


@dataclass(frozen=True, slots=True)
class Pending:
    """A cell with line ends that only the rest of its column explains. verdicts: one fewer than lines. packed: the ends
    between two Latin letters where not one more had room."""

    column: int
    lines: tuple[str, ...]
    spaced: tuple[bool, ...]
    verdicts: tuple[Verdict, ...]
    packed: frozenset[int]
    cell: Cell
    links: tuple[tuple[str, int, int, int], ...]


@dataclass(slots=True)
class Habit:
    """How often a column broke after one label though the next piece would have fitted, and how often it went on."""

    kept: int = 0
    went_on: int = 0


@dataclass(slots=True)
class Typesetter:
    """What is learnt of the columns of one table while its cells are set. ruled: its columns have rules. beside: how often
    Latin words stood beside Japanese ones, without white space and with it. broken: how often a line's end broke an address
    that could have begun on the next line; whole: how often one went over to it though letters of it had room."""

    ruled: bool = True
    rooms: dict[int, Room] = field(default_factory=dict)
    usages: dict[int, Usage] = field(default_factory=dict)
    labels: dict[tuple[int, str], Habit] = field(default_factory=dict)
    inner: bool = False
    apart: set[str] = field(default_factory=set)
    beside: list[int] = field(default_factory=lambda: [0, 0])
    broken: int = 0
    whole: int = 0
    listened: int = 0
    edges: dict[float, float] = field(default_factory=dict)

    def _rounded(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """To a hundredth of a point; an edge that many cells share is one number (7 MB of 2,000 pages)."""
        one = self.edges.setdefault
        x0, top, x1, bottom = round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)
        return (x0 and one(x0, x0), top and one(top, top), x1 and one(x1, x1), bottom and one(bottom, bottom))  # -0.0 stays itself

    def room(self, column: int) -> Room:
        if (found := self.rooms.get(column)) is None:
            found = self.rooms[column] = Room(self.ruled)
        return found

    def usage(self, column: int) -> Usage:
        if (found := self.usages.get(column)) is None:
            found = self.usages[column] = Usage()
        return found

    def label(self, column: int, label: str) -> Habit:
        return self.labels.setdefault((column, label), Habit())

    def learn(self, column: int, draft: CellDraft) -> None:
        """Called for every cell of a page before any of them is set."""
        if draft.col_span > 1:
            return
        for part in draft.parts:
            if part.lines:
                self.room(column).learn(part.bbox, part.lines)
                usage = self.usage(column)
                for line in part.lines:
                    text = line.text
                    usage.line(text)
                    if not text.isascii() and self.listened < LISTENED and LATIN.search(text) is not None:
                        self.listened += 1
                        for m in BESIDE.finditer(text):
                            self.beside[bool(m.group(1) or m.group(2))] += 1
                    if " " in text:
                        self.apart.update(LABEL_APART.findall(text))
                        self.inner = self.inner or INNER.search(text) is not None
                        if LATIN.search(text) is not None:
                            self.apart |= {m.group(1) or m.group(2) for m in APART.finditer(text)}
                    if (":" in text[:12] or "：" in text[:12]) and (m := LABEL_FIRST.match(text)) is not None:
                        self.label(column, m.group(1)).went_on += 1
                    if EXTENSION in text and AFTER_NUMBER.search(text) is not None:
                        self.label(column, EXTENSION).went_on += 1

    def sides(self, column: int, draft: CellDraft, part: Part) -> tuple[float, float]:
        """Where lines of a cell begin and end at most, points."""
        room = self.room(column)
        if draft.col_span > 1:
            room = Room(pad=room.pad)
        return room.sides(part.bbox, part.lines, part.lines[0].size)

    def set(self, column: int, draft: CellDraft) -> Cell | Pending:
        lines = [line for part in draft.parts for line in part.lines]
        pieces = tuple([Piece("\n".join([line.text for line in p.lines]), Place(page=p.page, bbox=self._rounded(p.bbox))) for p in draft.parts if p.lines])
        links: list[tuple[str, int, int, int]] = []
        before = 0
        for p in draft.parts:
            links += [(url, k + before, a, b) for url, k, a, b in p.links]
            before += len(p.lines)
        if len(lines) < 2:  # most cells: nothing to join
            text = lines[0].text if lines else ""
            return Cell(text, pieces, draft.row_span, draft.col_span, _links(text, [0], tuple(links)), draft.doubts)
        verdicts, packed = self._verdicts(column, draft, lines)
        for k, v in enumerate(verdicts):
            if v.sure:
                self.usage(column).end(lines[k].text, lines[k + 1].text, v.kind is Break.KEPT)
                if v.label and v.kind is Break.KEPT:
                    self.label(column, v.label).kept += 1
            elif not v.lean:
                self.usage(column).wraps(lines[k].text, lines[k + 1].text)  # all but a few full lines are merely wrapped
        texts = tuple([line.text for line in lines])
        spaced = tuple([line.spaced for line in lines])
        cell = Cell("", pieces, draft.row_span, draft.col_span, (), draft.doubts)
        waiting = Pending(column, texts, spaced, verdicts, packed, cell, tuple(links))
        return self.settle(waiting) if all([v.sure for v in verdicts]) else waiting

    def settle(self, p: Pending) -> Cell:
        breaks: list[Break] = []
        since = 0  # where the paragraph begins that line k belongs to
        for k, v in enumerate(p.verdicts):
            since = k if k and breaks[-1] is Break.KEPT else since
            kind = v.kind
            habit = self.label(p.column, v.label) if v.label and not v.sure else None
            if habit is not None:
                if habit.kept > habit.went_on or ((v.lean > 0 or v.label == EXTENSION) and not habit.went_on):
                    kind = Break.KEPT
            elif not v.sure and self._odds(p.column, "".join(p.lines[since : k + 1]), p.lines[k + 1]) + v.lean > SURE:
                kind = Break.KEPT
            breaks.append(kind)
        if p.packed and self.broken >= ENOUGH and self.broken >= 9 * self.whole:
            breaks = [Break.WITHIN if b is Break.WRAPPED and k in p.packed and not p.spaced[k] else b for k, b in enumerate(breaks)]
        spaced = [self._spaced(s, a, b) for s, (a, b) in zip(p.spaced, pairwise(p.lines), strict=False)]
        text, starts = join(p.lines, breaks, spaced)
        if len(p.cell.pieces) == 1 and text == p.cell.pieces[0].text:
            text = p.cell.pieces[0].text  # one text in memory, not two
        links = _links(text, starts, p.links)
        c = p.cell
        return Cell(text, c.pieces, c.row_span, c.col_span, links, c.doubts)

    def _spaced(self, drawn: bool, a: str, b: str) -> bool:
        """Whether a space stood at a line's end. Some programs draw one after every line: between Japanese characters it
        counts where the column has spaces inside lines, too. Others draw none: a Latin word, or a label (内線 451), that is set
        apart by spaces elsewhere is here."""
        before, after = is_letter(a[-1]), is_letter(b[0])
        if drawn:
            return self.inner or before or after
        if not before and (after or b[0] in "（(") and (m := LABEL_AT_END.search(a[-6:])) is not None and m.group(1) in self.apart:
            return True
        if before == after:
            return False
        if (a[-1] if after else b[0]) in NO_SPACE:
            return False
        touching, set_apart = self.beside
        usual = set_apart >= max(ENOUGH, 9 * touching)
        m = WORD_AT_START.match(b) if after else WORD_AT_END.search(a)
        return m is not None and (m.group() in self.apart or (usual and JAPANESE.match(a[-1] if after else b[0]) is not None))

    def _odds(self, column: int, before: str, after: str) -> float:
        others = [u for c, u in self.usages.items() if c != column]
        return self.usage(column).odds(before, after, others)

    def _verdicts(self, column: int, draft: CellDraft, lines: Sequence[Line]) -> tuple[tuple[Verdict, ...], frozenset[int]]:
        """What each line's end is but the last one's, and which stand between two Latin letters with no room for one more."""
        found: list[Verdict] = []
        packed: set[int] = set()
        for part in draft.parts:
            count = min(len(part.lines), len(lines) - 1 - len(found))  # line ends of this part
            if count > 0:
                left, right = self.sides(column, draft, part)
                centred = not_left(part)
                for k in range(len(found), len(found) + count):
                    a, b = lines[k], lines[k + 1]
                    found.append(judge(a, b, right, left, centred))
                    if within_word(a.text, b.text):
                        full = is_packed(a, b, right, left, centred)
                        self._hear_end(a.text, b.text, full)
                        if full:
                            packed.add(k)
        return tuple(found), frozenset(packed)

    def _hear_end(self, a: str, b: str, packed: bool) -> None:
        """Whether a page breaks words where its lines are full: an address that began in the middle of a line says it, which
        any program would rather have put on the next one; a word that went over says it does not."""
        if not packed:
            self.whole += 1
        elif holds_together(a, b) and not mid_word(a, b) and len(token_at_end(a)) < len(a):
            self.broken += 1


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
