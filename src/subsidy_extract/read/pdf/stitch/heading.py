"""The first rows of a table and of its next page → how many of them repeat the heading."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from subsidy_extract.read.pdf.stitch.drafts import CellDraft, Part, RowDraft, folded

MANY = 5  # columns of a heading: with one of them cut off it is the same
DEEPEST = 4  # levels of a heading
TITLES = 2  # rows above it that only name the table


@dataclass(frozen=True, slots=True)
class Repeat:
    """count: rows at the top of a page that repeat the heading to the letter. changed: the first row repeats it with other
    words in some cells (count is 0 then). begin, end: the rows of the table's first page that are the heading."""

    count: int = 0
    changed: bool = False
    begin: int = 0
    end: int = 0


def repeated(rows: Sequence[RowDraft], first: Sequence[RowDraft], known: int | None, loose: str = "") -> Repeat:
    """known: how deep the heading is where that is sure. loose: heading words that stand above the grid on this page.
    Levels may be cut otherwise on another page: each column is compared from top to bottom."""
    if not rows or not first:
        return Repeat()
    texts, texts_of_first = [words(r) for r in rows[:DEEPEST]], [words(r) for r in first[: TITLES + DEEPEST]]
    windows = [
        (begin, end, down(texts_of_first[begin:end]))
        for begin in range(min(TITLES + 1, len(first)))
        if not begin or all(r.filled <= 2 for r in first[:begin])
        for end in range(begin + 1, min(begin + DEEPEST, len(first)) + 1)
    ]
    for k in range(min(DEEPEST, known or DEEPEST, len(rows)), 0, -1):
        now = down(texts[:k])
        if sum(1 for t in now if t) < min(2, len(now)):
            continue
        for begin, end, before in windows:
            if _same(now, before, loose) and _believed(rows[:k], first[begin:end], known):
                return Repeat(k, False, begin, end)
    if first[0].filled < 2 or levels(first[0]) or rows[0].filled < 2:
        return Repeat()
    same = sum(1 for x, y in zip(rows[0].texts(), first[0].texts(), strict=False) if x and x == y)
    changed = same >= 2 and same * 2 > max(rows[0].filled, first[0].filled)
    return Repeat(0, changed, 0, int(changed))


def numbering_again(rows: Sequence[RowDraft], first: Sequence[RowDraft]) -> int:
    """How many rows below a repeated heading, 0 or 1, come again as they stood below it on the first page and only number
    the columns or say their units: (1) (2) (3), （円） （人）."""
    if not rows or not first or rows[0].filled < 3 or rows[0].texts() != first[0].texts():
        return 0
    texts = [t for t in rows[0].texts() if t]
    return int(_count(texts) or all(t[0] in "(（[［〔" and t[-1] in ")）]］〕" for t in texts))


def _count(texts: Sequence[str]) -> bool:
    """Whether texts are numbers one after another, in brackets, circles or bare."""
    plain = ["".join(c for c in unicodedata.normalize("NFKC", t) if c.isalnum()) for t in texts]
    return all(p.isdecimal() and len(p) < 4 for p in plain) and all(int(b) == int(a) + 1 for a, b in pairwise(plain))


def words(row: RowDraft) -> list[str]:
    """The text of each column of a row, a spanning cell in its first column."""
    return ["" if c is None else c.text for c in row.cells]


def down(texts: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The text of each column over several rows."""
    return tuple(map("".join, zip(*texts, strict=True)))


def _same(a: Sequence[str], b: Sequence[str], loose: str) -> bool:
    """The same letters in all, and in most columns: text over several columns may stand in another of them. Of one of many
    columns the page may cut off the end: a heading that comes again is drawn no higher than the rows of it need at least."""
    if len(a) != len(b):
        return False
    other = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    alike = len(a) - len(other)
    if len(other) == 1 and sum(map(bool, a)) >= MANY and all(other[0]) and other[0][1].startswith(other[0][0]):
        return True
    return alike == len(a) or (alike * 2 >= len(a) and sorted("".join(a) + loose) == sorted("".join(b)))


def _believed(rows: Sequence[RowDraft], first: Sequence[RowDraft], known: int | None) -> bool:
    """A second level only where the first has gaps or spans, as it must: rows of a list may well resemble each other."""
    if known is not None or (len(rows) == 1 and len(first) == 1):
        return True
    return all(levels(r) for r in rows[:-1]) and all(levels(r) for r in first[:-1])


def levels(row: RowDraft) -> bool:
    """Whether a row of a heading has another level below it: it has spans, or gaps."""
    return any(c is None or c.col_span > 1 or c.row_span > 1 or c.empty for c in row.cells)


def glued(row: RowDraft, heading: RowDraft) -> tuple[RowDraft, RowDraft] | None:
    """A row whose cells all begin with the words of the heading, no rule between: (heading, the rest of the row)."""
    top: list[CellDraft | None] = []
    rest: list[CellDraft | None] = []
    more = False
    for cell, head in zip(row.cells, heading.cells, strict=True):
        if cell is None or head is None or len(cell.parts) != 1:
            return None
        part, words, k = cell.parts[0], "", 0
        while k < len(part.lines) and len(words) < len(head.text):
            words += folded(part.lines[k].text)
            k += 1
        if words != head.text:
            return None
        cut = part.lines[k - 1].bbox[3] if k else part.bbox[1]
        top.append(CellDraft([replace(part, lines=part.lines[:k], links=(), bbox=(*part.bbox[:3], cut))], 1, cell.col_span))
        links = tuple((url, n - k, a, b) for url, n, a, b in part.links if n >= k)
        rest.append(CellDraft([Part(part.page, (part.bbox[0], cut, *part.bbox[2:]), part.lines[k:], links)], cell.row_span, cell.col_span, cell.doubts))
        more = more or k < len(part.lines)
    if not more or heading.filled < 2:
        return None
    edge = max(c.parts[0].bbox[3] for c in top if c is not None)
    return replace(row, cells=top, bottom=edge), replace(row, cells=rest, top=edge)
