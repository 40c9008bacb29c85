"""From a page of text to words with their places on the line, and from these to the cuts between columns."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

WORD = re.compile(r"[^ \t]+")
SHIFT = 12  # places a group of lines may be moved against the rest of its page
NEAR = 4  # places from a cut within which a single space may part two columns


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a space between them; start, end: places on the line; at: index of its first letter."""

    text: str
    start: int
    end: int
    at: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something. gap: blank lines before it. chunks: its words joined where one space parts them."""

    text: str
    page: int
    line: int
    gap: int
    words: tuple[Word, ...]
    chunks: tuple[Word, ...]

    @property
    def folded(self) -> str:
        return "".join(self.text.split())

    def said(self, words: Sequence[Word]) -> str:
        """The words with one space where some stand: their number only keeps the columns apart."""
        return " ".join(w.text for w in words)


def breadth(ch: str) -> int:
    return 2 if unicodedata.east_asian_width(ch) in "WFA" else 1


def wide(text: str) -> bool:
    """Whether a full-width letter takes two places: so it is in what people align by hand; pdftotext counts one for each.

    The way in which more words begin at the same place is the right one.
    """
    def concentrated(double: bool) -> float:
        starts: Counter[int] = Counter()
        for line in text.split("\n")[:600]:
            for m in re.finditer(r"(?<=  )\S", line):
                starts[sum(breadth(c) for c in line[: m.start()]) if double else m.start()] += 1
        total = sum(starts.values())
        return sum(n * n for n in starts.values()) / total if total else 0.0

    return concentrated(True) > concentrated(False)


def lines_of(page: str, number: int, first: int, double: bool) -> list[Line]:
    """first: the line of the file on which the page begins."""
    out: list[Line] = []
    gap = 0
    for k, raw in enumerate(page.split("\n")):
        text = raw.replace("\u00a0", " ").expandtabs(8)
        if not text.strip():
            gap += 1
            continue
        words: list[Word] = []
        place = at = 0
        for m in WORD.finditer(text):
            place += sum(breadth(c) for c in text[at : m.start()]) if double else m.start() - at
            size = sum(breadth(c) for c in m.group()) if double else len(m.group())
            words.append(Word(m.group(), place, place + size, m.start()))
            place += size
            at = m.end()
        words = [w for w in words if w.text.strip()]
        if words:
            out.append(Line(text, number, first + k, gap if out else 0, tuple(words), _chunks(text, words)))
            gap = 0
    return out


def _chunks(text: str, words: Sequence[Word]) -> tuple[Word, ...]:
    out: list[Word] = []
    for w in words:
        if out and w.start - out[-1].end < 2:
            last = out[-1]
            out[-1] = Word(text[last.at : w.at + len(w.text)], last.start, w.end, last.at)
        else:
            out.append(w)
    return tuple(out)


def unspaced(line: Line) -> Line:
    """A line of a heading whose letters were set apart (備　　考) with each such word as one chunk."""
    out: list[Word] = []
    for w in line.chunks:
        last = out[-1] if out else None
        if last is not None and len(w.text) == 1 and w.text.isalpha() and all(len(t) == 1 and t.isalpha() for t in last.text.split()) and w.start - last.end < 12:
            out[-1] = Word(f"{last.text} {w.text}", last.start, w.end, last.at)
        else:
            out.append(w)
    return replace(line, chunks=tuple(out))


def boundaries(body: Sequence[Line], heading: Sequence[Line]) -> list[float]:
    """The cuts between columns: places that hardly a line covers, with words beginning after them and ending before."""
    rows = [x for x in body if len(x.chunks) > 2 or (len(x.chunks) == 2 and x.chunks[1].start - x.chunks[0].end > 5)]
    if not rows:
        rows = list(heading)
    size = max((x.words[-1].end for x in (*rows, *heading)), default=0) + 1
    cover = [0] * (size + 1)
    for x in rows:
        for w in x.words:  # not chunks: where a long text leaves but one space before the next column, that is its gutter
            for p in range(w.start, w.end):
                cover[p] += 1
    few = max(int(len(rows) > 11), int(0.08 * len(rows)))  # lines that may cross it
    cuts: list[float] = []
    p = 0
    while p < size:
        if cover[p] > few:
            p += 1
            continue
        q = p
        while q < size and cover[q] <= few:
            q += 1
        if p > 0 and q < size and _is_gutter(rows, p, q):
            # nearer to what follows: texts mostly begin at one place and end at many
            cuts.append((p + q) / 2)
        p = q
    return _thinned(cuts, rows, heading)


def _is_gutter(rows: Sequence[Line], lo: int, hi: int) -> bool:
    """White that at least two lines have text on both sides of, and that is wider than a space in most of them."""
    gaps = []
    for x in rows:
        before = max((w.end for w in x.words if w.end <= lo + 1), default=None)
        after = min((w.start for w in x.words if w.start >= hi - 1), default=None)
        if before is not None and after is not None:
            gaps.append(after - before)
    return len(gaps) >= min(2, len(rows)) and (hi - lo > 1 or sum(g >= 2 for g in gaps) * 2 > len(gaps))


def _thinned(cuts: list[float], rows: Sequence[Line], heading: Sequence[Line]) -> list[float]:
    """Without the cuts that part no column. A strip without a heading (without a heading at all: one that is never filled
    together with its neighbour) belongs to the neighbour it is filled together with least often."""
    kept = list(cuts)
    while kept:
        edges = [-1.0, *kept, 1e9]
        filled = [[any(a < w.start + 0.5 < b for w in x.words) for x in rows] for a, b in pairwise(edges)]
        both = [sum(p and q for p, q in zip(x, y, strict=True)) / max(1, min(sum(x), sum(y))) for x, y in pairwise(filled)]
        bare = [not any(a < (w.start + w.end) / 2 < b for x in heading for w in x.chunks) for a, b in pairwise(edges)]
        loose = [both[k] for k in range(len(kept))]
        # a cut may go when a strip beside it has no heading; without a heading, when its sides are never filled together
        able = [k for k in range(len(kept)) if ((bare[k] or bare[k + 1]) if heading else loose[k] < 0.15)]
        if not able:
            break
        kept.pop(min(able, key=lambda k: loose[k]))
    return kept


def cuts_by_line(body: Sequence[Line], cuts: Sequence[float]) -> dict[int, Sequence[float]]:
    """For each line of a page (by its line in the file) the cuts that hold for it.

    pdftotext moves the columns of a group of lines to make room. A group (lines without a blank one between) whose own
    white gives a cut near every cut of the page is parted there instead.
    """
    out: dict[int, Sequence[float]] = {}
    at = 0
    while at < len(body):
        k = at + 1
        while k < len(body) and not body[k].gap:
            k += 1
        group = body[at:k]
        rows = [x for x in group if len(x.chunks) > 2]
        own = _own_cuts(rows, cuts) if rows else cuts
        out.update({x.line: own for x in group})
        at = k
    return out


def _own_cuts(group: Sequence[Line], cuts: Sequence[float]) -> Sequence[float]:
    size = max(x.words[-1].end for x in group) + 1
    cover = [0] * (size + 1)
    for x in group:
        for w in x.words:
            for p in range(w.start, w.end):
                cover[p] += 1
    gutters: list[tuple[int, int]] = []
    p = 0
    while p < size:
        q = p
        while q < size and not cover[q]:
            q += 1
        if q > p:
            gutters.append((p, q))
        p = max(q, p + 1)
    made: list[float] = []
    last = -1.0
    for cut in cuts:
        crossed = any(w.start < cut < w.end for x in group for w in x.words)
        if not crossed and cut > last:
            made.append(cut)
            last = cut
            continue
        near = [(lo + hi) / 2 for lo, hi in gutters if lo > last and abs((lo + hi) / 2 - cut) <= SHIFT and lo > 0 and hi < size]
        if not near:
            return cuts
        made.append(min(near, key=lambda g: abs(g - cut)))
        last = made[-1]
    return made


def columned(line: Line, cuts: Sequence[float], whole: bool = False) -> tuple[tuple[Word, ...], ...]:
    """The words of a line by column. A chunk that lies across a cut is parted at a space near it, else goes where it
    begins. whole: a chunk goes where its middle is (headings are centred)."""
    out: list[list[Word]] = [[] for _ in range(len(cuts) + 1)]
    for chunk in line.chunks:
        words = [w for w in line.words if chunk.start <= w.start < chunk.end]
        if whole:
            out[sum(c < (chunk.start + chunk.end) / 2 for c in cuts)] += words
            continue
        part: list[Word] = []
        for w in words:
            if part:
                between = (part[-1].end + w.start) / 2
                if any(abs(between - c) <= NEAR for c in cuts) and _column(part, cuts) != _column([w], cuts):
                    out[_column(part, cuts)] += part
                    part = []
            part.append(w)
        out[_column(part, cuts)] += part
    return tuple(tuple(x) for x in out)


def _column(words: Sequence[Word], cuts: Sequence[float]) -> int:
    """Where most of the words lie."""
    edges = [-1.0, *cuts, 1e9]
    covers = [max(0.0, min(words[-1].end, b) - max(words[0].start, a)) for a, b in pairwise(edges)]
    return covers.index(max(covers))
