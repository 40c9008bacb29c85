"""Lines in no table → titles, notes, page furniture: with a reason each, held against the pages before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from subsidy_extract.compiled import compiled
from subsidy_extract.model import LeftOut, Place
from subsidy_extract.patience import PATIENCE
from subsidy_extract.read.blocks import (
    PAGE_NUMBER,
    Prose,
    folded,
    folded_line,
    matches,
    own_title,
    pick_title,
    titular,
)
from subsidy_extract.read.join import Break, join
from subsidy_extract.read.pdf.nouns import Line, PageRead
from subsidy_extract.read.pdf.stitch.wrap import judge

DIGITS = compiled(r"[0-9０-９]+")
NOTE = compiled(r"\s*(?:※|＊|\*|[（(]?注|備考\s*[:：]|[（(※]|・|→|全\s*[0-9０-９]+\s*(?:件|事業|制度))")
LARGE = 1.15  # of the size of most text: a line set larger is dressed as a title


@dataclass(slots=True)
class Talk:
    """What stands outside the tables, in order, while pages come. seen: how often each line (figures aside) stood on
    another page."""

    waiting: list[Prose] = field(default_factory=list)
    left_out: list[tuple[Prose, str]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    titles: set[str] = field(default_factory=set)
    title: str | None = None
    tables: int = 0
    pages: int = 0

    def page(self, lines: Sequence[Prose]) -> None:
        """All prose of the next page, before any of it is taken."""
        self.pages += 1
        for key in {key_of(p.text) for p in lines}:
            self.seen[key] += 1

    def gone(self, furniture: Sequence[str]) -> None:
        """Lines of the next page that were left out as furniture before: it has them all the same."""
        for key in {key_of(text) for text in furniture}:
            self.seen[key] += 1

    def known(self, p: Prose) -> bool:
        """Whether a line of a page that is not counted yet is page furniture."""
        return self._numbers_page(p, 0) or self.seen[key_of(p.text)] > 0 or self._said(p.text)

    def repeated(self, p: Prose) -> bool:
        """Whether a line is page furniture: a page number, or the same on several pages."""
        return self._numbers_page(p) or self.seen[key_of(p.text)] > 1 or self._said(p.text)

    def _numbers_page(self, p: Prose, counted: int = 1) -> bool:
        """Whether a line is the number of its page. counted: how often the page itself is in `seen`. 10/10 alone at the foot
        of page 18, where no page before had the like, is the rate of a row that the page cut."""
        if not matches(PAGE_NUMBER, p.text.strip()):
            return False
        page = p.place.page or 1
        numbers = [int(n) for n in DIGITS.findall(p.text)]
        return len(numbers) != 2 or page == 1 or numbers[0] == page or self.seen[key_of(p.text)] > counted

    def _said(self, text: str) -> bool:
        return any(folded(text).startswith(t) and len(folded(text)) <= len(t) + 5 for t in self.titles)

    def speaking(self) -> list[Prose]:
        return [p for p in self.waiting if not self.repeated(p)]

    def open_table(self) -> tuple[str | None, tuple[str, ...]]:
        """(title, lines above) of a table that begins here."""
        speaking = self.speaking() if self.tables else [p for p in self.waiting if not self._numbers_page(p)]
        document = pick_title(speaking) if self.title is None and not self.tables else None
        if document is not None:
            self.title = folded_line(document.text)
        # what stands on pages before (目次, the foreword) is no title of this table
        here = max((p.place.page or 0 for p in speaking), default=0)
        own = own_title([p for p in speaking if p is not document and (p.place.page or 0) == here], first=not self.tables)
        self.titles |= {folded(p.text) for p in (document, own) if p is not None}
        self._leave(self.waiting, {id(p) for p in (document, own) if p is not None})
        self.waiting = []
        self.tables += 1
        return (folded_line(own.text) if own is not None else None), tuple(folded_line(p.text) for p in speaking)

    def passed(self, headings: Set[int] = frozenset()) -> None:
        """The table goes on: what was waiting stands between its pages. headings: by id, those that repeat its heading."""
        self.left_out += [(p, "heading" if id(p) in headings else "") for p in self.waiting]
        self.waiting = []

    def _leave(self, lines: Sequence[Prose], titles: set[int]) -> None:
        self.left_out += [(p, "title" if id(p) in titles else "") for p in lines]

    def done(self) -> tuple[LeftOut, ...]:
        if self.title is None and not self.tables:
            best = pick_title(self.waiting)
            self.title = folded_line(best.text) if best is not None else None
        self.passed()
        return tuple(LeftOut(p.text, p.place, p.fixed or reason or self._why(p)) for p, reason in self.left_out)

    def _why(self, p: Prose) -> str:
        if self._numbers_page(p):
            return "page_number"
        if NOTE.match(p.text, timeout=PATIENCE) is not None:
            return "note"
        if self.repeated(p):
            return "furniture"
        return "prose"


def key_of(text: str) -> str:
    """A line without its figures and white space: 1／3 and 2／3 are one line of furniture."""
    key: str = DIGITS.sub("0", folded(text), timeout=PATIENCE)
    return key


def lines_to_prose(page: PageRead) -> list[tuple[float, Prose]]:
    """(where it begins, Prose) of the lines of a page in no grid; a paragraph's wrapped lines are one."""
    sizes = sorted(line.size for g in page.grids for c in g.cells for line in c.lines) or sorted(line.size for line in page.prose)
    usual = sizes[len(sizes) // 2] if sizes else 1.0
    out: list[tuple[float, Prose]] = []
    for paragraph in _paragraphs(page.prose, page.width):
        text, _ = join([x.text for x in paragraph], [Break.WRAPPED] * (len(paragraph) - 1), [x.spaced for x in paragraph])
        box = (
            min(x.bbox[0] for x in paragraph), min(x.bbox[1] for x in paragraph),
            max(x.bbox[2] for x in paragraph), max(x.bbox[3] for x in paragraph),
        )  # fmt: skip
        size = max(x.size for x in paragraph)
        rank = size / usual if size > LARGE * usual and len(paragraph) == 1 else 0.0
        place = Place(page=page.number, bbox=(round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)))
        out.append((box[1], Prose(text, place, rank)))
    return out


def _paragraphs(lines: Sequence[Line], width: float) -> list[list[Line]]:
    right = max((x.bbox[2] for x in lines if not x.vertical), default=width)
    out: list[list[Line]] = []
    for line in lines:
        before = out[-1][-1] if out else None
        if before is not None and _wrapped(before, line, right):
            out[-1].append(line)
        else:
            out.append([line])
    return out


def _wrapped(a: Line, b: Line, right: float) -> bool:
    if a.vertical or b.vertical or abs(a.size - b.size) > 0.05 * a.size:
        return False
    step = b.bbox[1] - a.bbox[1]
    if not 0.8 * a.size < step < 2.2 * a.size or b.bbox[0] > a.bbox[0] + 0.5 * a.size:
        return False
    if right - a.bbox[2] > 2.5 * a.size or (titular(b.text) and len(a.text) < 20):
        return False
    return judge(a, b, right, 0.0, False).kind is Break.WRAPPED


