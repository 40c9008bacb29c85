"""From the prose and the runs of rows that a reader found, in order, to tables, the title, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Cell, LeftOut, Place, Row, Table
from subsidy_extract.patience import PATIENCE

TITLE_LENGTH = 60  # characters; a longer line is prose
PAGE_NUMBER = compiled(r"[\s\-‐－―–—ー(（\[pP.Ｐ]*(?:page|ページ)?\s*[0-9０-９]{1,4}(?:\s*[/／]\s*[0-9０-９]{1,4})?[\s\-‐－―–—ー)）\]]*(?:ページ|頁)?\s*", regex.I)
NOTE = compiled(r"\s*(?:※|＊|\*|[（(]?注|[（(]参考|備考\s*[:：]|→|全\s*[0-9０-９]+\s*(?:件|事業|制度))")
DATED = compiled(r"[\s（(]*(?:令和|平成|昭和|[RHS]|[12][0-9]{3}|[１２][０-９]{3})?[\s0-9０-９元]*[年.．/／][\s0-9０-９]+[月.．/／](?:[\s0-9０-９]+日?)?\s*(?:現在|時点|更新|作成|改訂|改正|版|公表|発行)?[\s）)]*")
ATTACHMENT = compiled(r"\s*[（(【［\[]?(?:別紙|別添|別表|資料|参考|様式)\s*[0-9０-９一二三四五六七八九十\-－]*(?:資料)?[）)】］\]]?\s*")
LEADERS = compiled(r".*(?:…|‥|・{3}|\.{3}|．{3}|･{3}).*[0-9０-９]*\s*")
SECTION_MARK = compiled(r"\s*(?:[■◆●○◎□◇▼▶★☆【〔《［\[]|第?[0-9０-９一二三四五六七八九十]+[\s.．、）)章節部　]|[IVXⅠ-Ⅻ]+[\s.．])")
"""How a line begins that opens a section rather than goes on with the cell before it."""
TITLE_WORDS = compiled(r"一覧|年度|制度|補助|助成|支援|交付|奨励|メニュー|ガイド|リスト|事業")


@dataclass(frozen=True, slots=True)
class Prose:
    """A line outside every table. rank: how much it looks like a heading by its dress (h1, style, size), 0 for body text.
    fixed: the reason it is left out when the reader already knows it."""

    text: str
    place: Place
    rank: float = 0.0
    fixed: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that stand together without a gap: the whole table or its part on one page.

    heading_rows: known from the markup. title: its caption. fallback: its title when no line above it names it. whole: the format says that this is one table (HTML, Word):
    it is never continued by the next but where the heading comes again to the letter.
    """

    rows: tuple[Row, ...]
    page: int = 1
    heading_rows: int | None = None
    title: str | None = None
    fallback: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Assembled:
    tables: tuple[Table, ...]
    title: str | None
    left_out: tuple[LeftOut, ...]


def matches(pattern: regex.Pattern[str], text: str) -> bool:
    """Whether the whole text is of the pattern."""
    return pattern.fullmatch(text, timeout=PATIENCE) is not None


def folded(text: str) -> str:
    """Text without white space: 補 助 率 and 補助率 are one heading."""
    return "".join(text.split())


def filled(row: Row) -> int:
    return sum(1 for c in row.cells if c is not None and c.text.strip())


def texts(row: Row) -> tuple[str | None, ...]:
    return tuple(None if c is None else folded(c.text) for c in row.cells)


def repeated_heading(rows: tuple[Row, ...], first: tuple[Row, ...]) -> tuple[int, bool]:
    """How many rows at the top of `rows` repeat the heading `first[:k]` to the letter, and whether the first row repeats
    it with other words in some cells (then the count is 0).

    A second heading row is believed only where one of the two has a gap, as two levels always have: the first programme
    of a page may well resemble the first programme of the list.
    """
    if not rows or not first or filled(first[0]) < 2:
        return 0, False
    count = 0
    for a, b in zip(rows, first, strict=False):
        if texts(a) != texts(b) or filled(a) < 2:
            break
        if count and not (_gappy(b) or _gappy(first[0])):
            break
        count += 1
    if count:
        return count, False
    now, before = texts(rows[0]), texts(first[0])
    if len(now) != len(before):
        return 0, False
    same = sum(1 for x, y in zip(now, before, strict=True) if x and x == y)
    return 0, same >= 2 and same * 2 > max(filled(rows[0]), filled(first[0]))


def _cards(a: tuple[Row, ...], b: tuple[Row, ...]) -> bool:
    """Whether two tables are cards of one form: the words down their first columns are the same."""
    first = [{folded(r.cells[0].text) for r in t if r.cells and r.cells[0] is not None and r.cells[0].text} for t in (a[1:], b[1:])]
    return bool(first[0]) and len(first[0] & first[1]) * 2 >= min(len(first[0]), len(first[1]))


def _gappy(row: Row) -> bool:
    return any(c is None or not c.text.strip() for c in row.cells)


def left_out_row(row: Row, reason: str) -> list[LeftOut]:
    return [LeftOut(p.text, p.place, reason) for c in row.cells if c is not None for p in c.pieces]


def assemble(blocks: Iterable[Prose | Run]) -> Assembled:
    """Tables in order: a run is a table, or goes on with the one before when nothing but page furniture stands between
    and its heading comes again, or it has none and is as wide."""
    tables: list[_Growing] = []
    left_out: list[LeftOut] = []
    waiting: list[Prose] = []
    title: str | None = None
    seen_titles: set[str] = set()
    for block in blocks:
        if isinstance(block, Prose):
            if block.text.strip():
                waiting.append(block)
            continue
        if not block.rows:
            continue
        speaking = [p for p in waiting if p.fixed is None and not _furniture(p.text, seen_titles)]
        grown = tables[-1] if tables else None
        if grown is not None and not speaking and block.title is None and block.fallback is None and grown.goes_on(block):
            left_out += [LeftOut(p.text, p.place, p.fixed or _why(p.text, seen_titles)) for p in waiting]
            left_out += grown.add(block)
            waiting = []
            continue
        doc_title = pick_title(speaking) if title is None and not tables else None
        if doc_title is not None:
            title = folded_line(doc_title.text)
        own = own_title([p for p in speaking if p is not doc_title], first=not tables)
        left_out += _reasons(waiting, (doc_title, own), seen_titles)
        seen_titles |= {folded(p.text) for p in (doc_title, own) if p is not None}
        caption = block.title or (folded_line(own.text) if own is not None else block.fallback)
        if caption is None and grown is not None and not speaking:
            caption = grown.title  # several under one title
        tables.append(_Growing(block, caption, tuple(folded_line(p.text) for p in speaking)))
        waiting = []
    left_out += [LeftOut(p.text, p.place, p.fixed or _last_reason(p.text, seen_titles)) for p in waiting]
    return Assembled(tuple(t.table() for t in tables), title, tuple(left_out))


class _Growing:
    """A table while runs are added to it."""

    def __init__(self, run: Run, title: str | None, above: tuple[str, ...]) -> None:
        self.rows = list(run.rows)
        self.first = run.rows
        self.pages = [run.page]
        self.heading_rows = run.heading_rows
        self.title, self.above, self.whole = title, above, run.whole

    def goes_on(self, run: Run) -> bool:
        count, changed = repeated_heading(run.rows, self.first)
        if self.whole or run.whole:
            return count > 0 and not _cards(run.rows, self.first)
        return count > 0 or changed or max(len(r.cells) for r in run.rows) == max(len(r.cells) for r in self.rows)

    def add(self, run: Run) -> list[LeftOut]:
        count, changed = repeated_heading(run.rows, self.first)
        rows = list(run.rows[count:])
        if changed:
            rows[0] = replace(rows[0], heading=True)
        if count or changed:
            self.heading_rows = max(self.heading_rows or 0, count or 1)
        self.rows += rows
        if run.page not in self.pages:
            self.pages.append(run.page)
        return [x for r in run.rows[:count] for x in left_out_row(r, "heading")]

    def table(self) -> Table:
        width = max(len(r.cells) for r in self.rows)
        rows = tuple(r if len(r.cells) == width else replace(r, cells=r.cells + (Cell(""),) * (width - len(r.cells))) for r in self.rows)
        return Table(rows, tuple(self.pages), self.heading_rows, self.title, self.above)


def folded_line(text: str) -> str:
    """A title on one line, as published otherwise."""
    return " ".join(text.split("\n")).strip()


def pick_title(lines: list[Prose]) -> Prose | None:
    """The title of the document: the line that dresses and reads most like one, the earliest of equals; where a title
    page comes first, one of that page (a part's title before its table may be set larger)."""
    able = [p for p in lines if titular(p.text)]
    if not able:
        return None
    opening = next((p.place.page for p in able if p.rank > 0 or _title_words(p.text)), None)
    able = [p for p in able if opening is None or p.place.page == opening]
    return max(able, key=lambda p: (p.rank, _title_words(p.text), -able.index(p)))


def _title_words(text: str) -> int:
    return min(3, len(set(TITLE_WORDS.findall(text, timeout=PATIENCE))))


def titular(text: str) -> bool:
    """Whether a line can be a title: short, no sentence, no note, not only a date, a page number or 別紙１."""
    line = text.strip()
    if not line or len(line) > TITLE_LENGTH or line.endswith(("。", "、")) or "://" in line or "@" in line:
        return False
    if NOTE.match(line, timeout=PATIENCE) is not None:
        return False
    return not any(matches(p, line) for p in (PAGE_NUMBER, DATED, ATTACHMENT, LEADERS))


def own_title(lines: Sequence[Prose], first: bool) -> Prose | None:
    """The title of one table: the nearest line that is dressed as one, else the nearest that reads like one.

    Without a dress, a lone line between two tables does; of several, and above the first table, only one with a
    section's number or a title's words, since a date and the name of an office stand there too.
    """
    able = [p for p in lines if titular(p.text)]
    dressed = [p for p in able if p.rank > 0]
    if dressed:
        return dressed[-1]
    if len(able) == 1 and not first:
        return able[0]
    worded = [p for p in able if SECTION_MARK.match(p.text, timeout=PATIENCE) is not None or _title_words(p.text)]
    return worded[-1] if worded else None


def _furniture(text: str, titles: set[str]) -> bool:
    return _why(text, titles) in ("page_number", "furniture")


def _why(text: str, titles: set[str]) -> str:
    if matches(PAGE_NUMBER, text.strip()):
        return "page_number"
    if any(folded(text).startswith(t) and len(folded(text)) <= len(t) + 5 for t in titles):
        return "furniture"  # the title again at the top of the next page, perhaps with （続き）
    if NOTE.match(text, timeout=PATIENCE) is not None:
        return "note"
    return "prose"


def _reasons(lines: list[Prose], titles: tuple[Prose | None, ...], seen: set[str]) -> list[LeftOut]:
    return [LeftOut(p.text, p.place, p.fixed or ("title" if any(p is t for t in titles) else _why(p.text, seen))) for p in lines]


def _last_reason(text: str, titles: set[str]) -> str:
    why = _why(text, titles)
    return "note" if why == "prose" else why  # below the last table everything comments on it
