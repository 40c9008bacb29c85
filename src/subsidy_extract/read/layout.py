"""From text whose columns are held apart by spaces (pdftotext -layout, mails, old printouts) to blocks, page by page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from subsidy_extract.model import Cell, Doubt, Piece, Place, Row, Witness
from subsidy_extract.patience import PATIENCE
from subsidy_extract.read.blocks import DATED, LEADERS, NOTE, PAGE_NUMBER, Prose, Run, matches
from subsidy_extract.read.delimited import Delimited
from subsidy_extract.read.join import goes_on, starts_anew
from subsidy_extract.read.layoutrows import grouped, is_full, limit_of
from subsidy_extract.read.mend import glued
from subsidy_extract.read.positions import Line, Word, boundaries, columned, cuts_by_line, lines_of, unspaced, wide

SECTION = re.compile(r"\s*(?:[■◆●○◎□◇▼▶★☆【〔《［\[(（第]|[0-9０-９一二三四五六七八九十Ⅰ-Ⅻ]+[\s.．、）)章節部　])")


RULE = re.compile(r"[\s\-=_+*~|─━│┃┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬－＝―]*[\-=_─━═－＝―]{4}[\s\-=_+*~|─━│┃┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬－＝―]*")
"""A line drawn with letters."""
MOST_SPANNED = 5  # columns under one heading of the upper level
OFF_CENTRE = 2.5  # places by which a heading may miss the middle of what it stands over


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that has a table. top: lines above it, heading: lines of its heading, body: its lines, foot: what is below."""

    number: int
    top: tuple[Line, ...]
    heading: tuple[Line, ...]
    body: tuple[Line, ...]
    foot: tuple[Line, ...]
    cuts: tuple[float, ...]


def is_layout(text: str) -> bool:
    """Whether several lines of the text have three words or more with wide gaps between them."""
    lines = [x for x in text.split("\n") if x.strip()]
    spaced = [x for x in lines if len(re.findall(r"\S(?: {2,}|\u3000{2,})(?=\S)", x)) >= 2 and not matches(LEADERS, x)]
    return len(spaced) >= 3 and len(spaced) * 6 >= len(lines)


def read_layout(text: str) -> Delimited:
    """text: decoded, plain newlines. Columns are told by the white that runs down through the lines of a page, rows by
    which lines belong together; both are inference, and a doubt says so."""
    pages = text.split("\f")
    width = wide(text)
    blocks: list[Prose | Run] = []
    first = 1
    laid: list[tuple[int, list[Line]]] = []
    for n, page in enumerate(pages, 1):
        drawn = [(k, x) for k, x in enumerate(page.split("\n"), first) if RULE.fullmatch(x)]
        blocks += [Prose(x.strip(), Place(page=n, line=k), fixed="furniture") for k, x in drawn]
        laid.append((n, lines_of("\n".join("" if RULE.fullmatch(x) else x for x in page.split("\n")), n, first, width)))
        first += page.count("\n")
    headings = _repeated([lines for _, lines in laid])
    for n, lines in laid:
        page_ = _paged(n, lines, headings)
        if page_ is None:
            blocks += [p for x in lines for p in _prose(x)]
            continue
        blocks += [p for x in page_.top for p in _prose(x)]
        before = next((b for b in reversed(blocks) if isinstance(b, Run)), None)
        read, tail = _run(page_)
        run = _completed(blocks, read, before)
        if run is not None:
            blocks.append(run)
        blocks += [p for x in (*tail, *page_.foot) for p in _prose(x)]
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    witness = tuple(Witness(n, "".join(p.split())) for n, p in enumerate(pages, 1))
    doubts = [Doubt("columns_by_spaces", "the columns and rows were told by white space alone; the PDF or the sheet would be surer")]
    return Delimited(tuple(blocks), witness, len(pages), tuple(doubts))


# ── the parts of a page ──────────────────────────────────────────────────────────────────────────
def _repeated(pages: Sequence[Sequence[Line]]) -> Counter[str]:
    """Lines that come again on other pages to the letter: those of the heading, and page furniture."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({x.folded for x in lines if not any(ch.isdigit() for ch in x.folded)})
    return Counter({text: n for text, n in seen.items() if n > 1})


def _paged(number: int, lines: list[Line], headings: Counter[str]) -> _Page | None:
    spaced = [k for k, x in enumerate(lines) if len(x.chunks) > 2 and not matches(LEADERS, x.text)]
    if len(spaced) < 2:
        return None
    known = next((k for k in spaced[:4] if lines[k].folded in headings and len(lines[k].chunks) > 2), None)
    dense = next((k for k in spaced if sum(n in spaced for n in range(k, k + 4)) > 1), spaced[0])
    start, last = dense if known is None else known, spaced[-1]
    told = any(x.folded in headings for x in lines[start : start + 4])  # other pages say which lines are heading
    while start > 0 and lines[start].gap == 0 and _over(lines[start - 1], lines[start]) and (not told or lines[start - 1].folded in headings):
        start -= 1  # the upper level of a heading has fewer words
    end = last + 1
    while end < len(lines) and not _is_foot(lines[end]) and (lines[end].gap == 0 or len(lines[end].chunks) > 1):
        end += 1
    while end < len(lines) and SECTION.match(lines[end].text) and not _is_foot(lines[end]) and len(lines[end].text.strip()) < 40:
        end += 1  # the title of a section whose rows begin on the next page
    table = lines[start:end]
    depth = _heading_depth(number, table, headings)
    body = table[depth:]
    heading = tuple(unspaced(x) for x in table[:depth])
    cuts = boundaries([x for x in body if len(x.chunks) > 1], heading)
    while number > 1 and not depth and start and cuts and lines[start - 1].chunks[0].start > cuts[0] - 2 and not _is_foot(lines[start - 1]):
        start -= 1  # the page begins in the middle of a cell
        body = [lines[start], *body]
    return _Page(number, tuple(lines[:start]), heading, tuple(body), tuple(lines[end:]), tuple(cuts))


def _over(upper: Line, lower: Line) -> bool:
    """Whether a line stands over the columns of the next rather than being the title: it begins well inside of it."""
    text = upper.said(upper.words)
    return upper.chunks[0].start > lower.chunks[0].end + 4 and not matches(PAGE_NUMBER, text) and not matches(DATED, text) and len(text) < 25


def _is_foot(line: Line) -> bool:
    text = line.text.strip()
    return (matches(PAGE_NUMBER, text) and not text.isdigit()) or NOTE.match(text, timeout=PATIENCE) is not None


def _heading_depth(number: int, table: Sequence[Line], headings: Counter[str]) -> int:
    """How many lines at the top are heading: those that come again on other pages, else those up to the first gap,
    section or number, six at most."""
    again = 0
    while again < min(8, len(table)) and table[again].folded in headings:
        again += 1
    if again or (number > 1 and len(headings) > 0):
        return again
    if table and not any(w.text[:1].isdigit() for w in table[0].words):
        depth = 1
        while depth < min(6, len(table)):
            x = table[depth]
            if x.gap or SECTION.match(x.text) or any(ch.isdigit() for ch in x.text) or len(x.chunks) * 2 > len(table[0].chunks) > 2:
                break
            depth += 1
        return depth
    return 0


# ── cells ────────────────────────────────────────────────────────────────────────────────────────
def _run(page: _Page) -> tuple[Run, list[Line]]:
    """The table of a page; lines at its end that turn out to be notes."""
    body = list(page.body)
    tail: list[Line] = []
    while body and (_is_foot(body[-1]) or (len(body[-1].chunks) == 1 and body[-1].text.rstrip().endswith("。"))):
        tail.insert(0, body.pop())
    count = len(page.cuts) + 1
    rows = _heading(page.heading, page.cuts) if page.heading else []
    depth = len(rows)
    lined: list[tuple[Line, tuple[tuple[Word, ...], ...]]] = []
    left = min((x.words[0].start for x in body), default=0)
    rest = sorted(x.words[0].start for x in body if len(x.chunks) > 2)
    inner = rest[len(rest) // 2] if rest else 0
    shifted = cuts_by_line(body, page.cuts)
    for x in body:
        if _is_section(x, page.cuts, left, inner):
            rows += _rows(lined, count, page.number)
            lined = []
            text = x.said(x.words)
            rows.append(Row((Cell(text, (Piece(text, Place(page=page.number, line=x.line)),), 1, count), *[None] * (count - 1))))
        else:
            lined.append((x, columned(x, shifted[x.line])))
    rows += _rows(lined, count, page.number)
    return Run(tuple(rows), page.number, depth or None), tail


def _is_section(line: Line, cuts: Sequence[float], left: int, inner: int) -> bool:
    """A lone text, no mere number, that begins where the table begins: it crosses a column, or is marked as a title and
    stands further left than the rows. left, inner: where the leftmost line and most rows begin."""
    chunks = line.chunks
    if len(chunks) == 2 and chunks[1].start - chunks[0].end < 6 and SECTION.match(f"{chunks[0].text} "):
        chunks = (Word(line.said(line.words), chunks[0].start, chunks[1].end, chunks[0].at),)  # １　設備
    if len(chunks) > 1 or not cuts or chunks[0].start >= cuts[0] or chunks[0].start > left + 1:
        return False
    text = chunks[0].text
    if not text.strip("0123456789０１２３４５６７８９-－.()（） "):
        return False
    marked = SECTION.match(text) is not None
    return (chunks[0].end > cuts[0] + 2 and (marked or len(line.chunks) == 1)) or (marked and chunks[0].start < inner)


def _rows(lined: list[tuple[Line, tuple[tuple[Word, ...], ...]]], count: int, page: int) -> list[Row]:
    if not lined:
        return []
    limits = [limit_of([words[c] for _, words in lined if words[c]]) for c in range(count)]
    out: list[Row] = []
    for a, b in grouped([words for _, words in lined], [x.gap for x, _ in lined], limits):
        out.append(Row(tuple(_cell([(x, words[c]) for x, words in lined[a:b] if words[c]], limits[c], page) for c in range(count))))
    return out


def _cell(parts: list[tuple[Line, tuple[Word, ...]]], limit: int | None, page: int) -> Cell:
    """Lines of one cell: one that fills its column was wrapped, one that does not was broken on purpose."""
    text = ""
    for k, (line, words) in enumerate(parts):
        said = line.said(words)
        wrapped = k > 0 and (goes_on(text, said) or (is_full(parts[k - 1][1], words, limit) and not starts_anew(text, said)))
        text = said if not k else glued(text, said) if wrapped else f"{text}\n{said}"
    return Cell(text, (Piece(text, Place(page=page, line=parts[0][0].line)),)) if text else Cell("")


def _heading(lines: Sequence[Line], cuts: Sequence[float]) -> list[Row]:
    """One row, or two where a text stands over several columns that have texts of their own below it."""
    count = len(cuts) + 1
    page = lines[0].page
    over: list[tuple[int, int, Line, tuple[Word, ...]]] = []  # first column, last column, text
    own: list[list[tuple[Line, tuple[Word, ...]]]] = [[] for _ in range(count)]
    placed = [columned(x, cuts, whole=True) for x in lines]
    for n, x in enumerate(lines):
        for c in range(count):
            words = placed[n][c]
            if not words:
                continue
            reach = _reach(c, words, placed, n)
            if reach is not None:
                over.append((*reach, x, words))
            else:
                own[c].append((x, words))
    taken: set[int] = set()
    spans: dict[int, tuple[int, Line, tuple[Word, ...]]] = {}
    for lo, hi, x, words in over:
        if taken & set(range(lo, hi + 1)):
            own[lo].append((x, words))
        else:
            taken |= set(range(lo, hi + 1))
            spans[lo] = (hi, x, words)
    top: list[Cell | None] = []
    below: list[Cell | None] = []
    c = 0
    while c < count:
        parts = sorted(own[c], key=lambda part: part[0].line)
        if c in spans:
            hi, x, words = spans[c]
            top += [_with_span(_cell([(x, words)], None, page), 1, hi - c + 1), *[None] * (hi - c)]
            below += [_cell(sorted(own[k], key=lambda part: part[0].line), None, page) for k in range(c, hi + 1)]
            c = hi + 1
        else:
            top.append(_with_span(_cell(parts, None, page), 2 if spans else 1, 1))
            below.append(None)
            c += 1
    return [Row(tuple(top)), Row(tuple(below))] if spans else [Row(tuple(top))]


def _with_span(cell: Cell, rows: int, cols: int) -> Cell:
    return Cell(cell.text, cell.pieces, rows, cols)


def _reach(c: int, words: tuple[Word, ...], placed: Sequence[tuple[tuple[Word, ...], ...]], n: int) -> tuple[int, int] | None:
    """The columns a heading text stands over: those whose texts below it have their middle where it has its own, with no
    neighbour on its line; None when that is its own column alone."""
    under = [[w for p in placed[n + 1 :] for w in p[k]] for k in range(len(placed[n]))]
    if not under[c]:
        return None
    middle = (words[0].start + words[-1].end) / 2
    for extent in range(MOST_SPANNED):
        for lo in range(max(0, c - extent), c + 1):
            reach = range(lo, lo + extent + 1)
            if reach[-1] >= len(under) or any(not under[k] or (k != c and placed[n][k]) for k in reach):
                continue
            if abs((min(w.start for w in under[lo]) + max(w.end for w in under[reach[-1]])) / 2 - middle) <= OFF_CENTRE:
                return (lo, reach[-1]) if extent else None
    return None


def _prose(line: Line) -> list[Prose]:
    return [Prose(line.said(line.words), Place(page=line.page, line=line.line))]


def _completed(blocks: list[Prose | Run], run: Run, before: Run | None) -> Run | None:
    """A first row of a page without the texts that every row has is the rest of the last row of the page before."""
    first = next((k for k, r in enumerate(run.rows) if k >= (run.heading_rows or 0)), None)
    if before is None or first is None or len(run.rows[first].cells) != len(before.rows[-1].cells):
        return run
    body = [r for r in (*before.rows[before.heading_rows or 0 :], *run.rows[first + 1 :]) if sum(c is not None and bool(c.text) for c in r.cells) > 1]
    always = [k for k in range(len(run.rows[first].cells)) if len(body) > 2 and sum((c := r.cells[k]) is not None and bool(c.text) for r in body) >= 0.9 * len(body)]
    rest, last = run.rows[first], before.rows[-1]
    if len(always) < 2 or any((c := rest.cells[k]) is None or c.text for k in always[:2]):
        return run
    cells = tuple(_joined(a, b) for a, b in zip(last.cells, rest.cells, strict=True))
    at = max(k for k, b in enumerate(blocks) if b is before)
    blocks[at] = Run((*before.rows[:-1], Row(cells)), before.page, before.heading_rows)
    return Run((*run.rows[:first], *run.rows[first + 1 :]), run.page, run.heading_rows) if len(run.rows) > 1 else None


def _joined(a: Cell | None, b: Cell | None) -> Cell | None:
    if a is None or b is None or not b.text:
        return a
    return Cell(glued(a.text, b.text), (*a.pieces, *b.pieces), a.row_span, a.col_span)
