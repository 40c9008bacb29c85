"""A record in the raw → an Entry: ditto marks resolved, cells put together to the published text of each column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from subsidy_extract.columns import EXTRA_KEYS
from subsidy_extract.compiled import compiled
from subsidy_extract.entries.grid import left_out, places
from subsidy_extract.entries.kinds import has_ditto, is_ditto, is_empty
from subsidy_extract.entries.nouns import Head, Raw
from subsidy_extract.entries.slices import slice_cell
from subsidy_extract.model import Cell, Column, ColumnCell, Doubt, Entry, LeftOut, Link, Piece

_LAST_BRACKET = compiled(r"\s*[（(【〔［\[<＜]([^（(【〔［\[<＜]*(?:[（(][^（()）]*[)）][^（()）]*)*)[)）】〕］\]>＞]\s*$")
_LEFT = compiled(r"\s*[（(]?(?:同\s*左|左\s*に\s*同じ|左記に?同じ|←)[）)]?\s*")
_TWIG = compiled(r"(?:枠|型|コース|事業|タイプ|メニュー|分|向け|編|区分|類|期|次|年度|部門)$")


class Marks:
    """What a ditto mark stands for, column by column, as the list is walked down; and the marks themselves."""

    def __init__(self) -> None:
        self.last: dict[str, Cell] = {}
        self.left: list[LeftOut] = []
        self._said: dict[int, Cell] = {}

    def resolve(self, head: Head, cell: Cell, covered: bool, doubts: list[Doubt]) -> tuple[Cell, bool]:
        """The cell a slot speaks with, and whether that is inherited. A mark without a source stays what it is."""
        text = cell.text
        if not is_ditto(text.strip()):
            self.last[head.fold] = cell
            if "#" in head.fold:
                self.last[head.fold.split("#")[0]] = cell
            if not covered and has_ditto(text):
                doubts.append(Doubt("ditto_inside", text.strip(), places(cell), _key(head)))
            return cell, covered
        before = self._said.get(id(cell))
        if before is not None:  # one mark over several rows, or under two headings, says the same in each
            return before, covered or before is not cell
        source = self.last.get(head.fold) or self.last.get(head.fold.split("#")[0])
        if source is None:
            doubts.append(Doubt("ditto_without_source", text.strip(), places(cell), _key(head)))
            self._said[id(cell)] = cell
            return cell, covered
        return self.say(cell, source), True

    def say(self, mark: Cell, source: Cell) -> Cell:
        """What a mark stands for, at the place of the mark; the mark itself is left out."""
        self.left.extend(left_out(mark, "ditto"))
        said = Cell(source.text, tuple(Piece(source.text, p.place) for p in mark.pieces), links=source.links)
        self._said[id(mark)] = said
        return said


def _key(head: Head) -> str:
    return head.meaning.keys[0] if head.meaning.keys else "extra"


def flat(text: str) -> str:
    """One line: a break made on purpose and any run of white space is one space."""
    line = " ".join(text.split())
    return text if line == text else line  # one text in memory, not two


def _moved(cell: Cell, text: str, shift: int) -> list[Link]:
    """The links of a cell where their words stand in its one-line text, moved right by `shift`."""
    raw = cell.text
    at: list[int] = []  # position in raw of each character of text
    space = True
    for i, ch in enumerate(raw):
        if ch.isspace():
            if not space:
                at.append(i)
            space = True
        else:
            at.append(i)
            space = False
    at = at[: len(text)]
    out = []
    for link in cell.links:
        start, end = bisect_right(at, link.start - 1), bisect_right(at, link.end - 1)
        if end > start:
            out.append(Link(link.url, start + shift, end + shift))
    return out


def column_of(cells: list[ColumnCell]) -> Column:
    """Cells under one key joined by a space in their order; － and the like say nothing but are kept among the cells."""
    if len(cells) == 1 and not cells[0].cell.links:
        cell = cells[0].cell
        return Column("" if is_empty(cell.text) else flat(cell.text), (cells[0],), (0,))
    text = ""
    starts: list[int] = []
    links: list[Link] = []
    for at in cells:
        begin = len(text) + 1 if text else 0
        starts.append(begin)
        if is_empty(at.cell.text):
            continue
        said = flat(at.cell.text)
        text = f"{text} {said}" if text else said
        if at.cell.links:
            links.extend(_moved(at.cell, said, begin))
    return Column(text, tuple(cells), tuple(starts), tuple(links))


def split_cell(cell: Cell, bracket: bool) -> tuple[Cell, Cell] | None:
    """A name and what follows it, 創業助成金（創業財団）: the bracket goes with the second, its text without brackets; or the
    first line and the rest. None where the cell has no second part, or its bracket names a variant (…枠)."""
    m = _LAST_BRACKET.search(cell.text, timeout=2.0) if bracket else None
    if m is None or m.start() == 0 or _TWIG.search(m[1]):
        cut = cell.text.find("\n")
        if cut < 0 or not cell.text[:cut].strip() or not cell.text[cut:].strip():
            return None
        return slice_cell(cell, 0, cut), slice_cell(cell, cut, len(cell.text))
    inside = slice_cell(cell, m.start(), len(cell.text))
    return slice_cell(cell, 0, m.start()), replace(inside, text=m[1].strip(), links=())


def entry_of(number: int, raw: Raw, marks: Marks, units: Mapping[str, str]) -> Entry:
    """One programme. units: heading → unit of its bare numbers, where a note and not the heading gives it."""
    doubts = list(raw.doubts)
    keyed: dict[str, list[ColumnCell]] = {}
    extra: dict[str, list[ColumnCell]] = {}
    summary_heading: str | None = None
    left: Cell | None = None
    merged: Cell | None = None  # the cell of the slot before, when this one may stand in it too
    for head, published, covered in raw.slots:
        if left is not None and not covered and _LEFT.fullmatch(published.text):
            cell, inherited = marks.say(published, left), True
        else:
            cell, inherited = marks.resolve(head, published, covered, doubts)
        left = cell
        if published is merged and "merged_columns" in cell.doubts:
            doubts.append(Doubt("merged_columns", f"{head.text}: {flat(cell.text)[:60]}", places(cell), _key(head)))
        if not covered:  # what a merged cell is doubted for is told once
            doubts.extend(Doubt(code, flat(cell.text)[:60] or head.text, places(cell), _key(head)) for code in cell.doubts if code != "merged_columns")
        merged = published if not covered or published is merged else None
        keys = [k for k in head.meaning.keys if k not in EXTRA_KEYS]
        at = ColumnCell(head.text, cell, inherited, head.meaning.unit or units.get(head.text), head.meaning.area_code)
        if keys:
            for key, said in _by_key(keys, head.meaning.parts, at):
                keyed.setdefault(key, []).append(said)
                if key == "summary" and said is at:  # not where a heading of two things only gives it a part
                    summary_heading = summary_heading or head.text
        else:
            extra.setdefault(head.text, []).append(at)
    first, last = _pages(raw)
    return Entry(
        number, {key: column_of(cells) for key, cells in keyed.items()}, tuple((h, column_of(cells)) for h, cells in extra.items()),
        raw.section, summary_heading, first, last, tuple(doubts), raw.table,
    )  # fmt: skip


def _by_key(keys: Sequence[str], parts: str, at: ColumnCell) -> Iterable[tuple[str, ColumnCell]]:
    """A cell under each key of its heading: cut in two where the heading names two parts, else whole."""
    halves = split_cell(at.cell, parts == "bracket") if parts else None
    if halves is not None:
        return [(key, replace(at, cell=half)) for key, half in zip(keys, halves, strict=False)]
    return [(key, at) for key in (keys[:1] if parts == "bracket" else keys)]


def _pages(raw: Raw) -> tuple[int | None, int | None]:
    """The first and the last page of the cells in the programme's own rows; of merged ones it shares where it has no others."""
    own: list[int] = []
    shared: list[int] = []
    for _, cell, covered in raw.slots:
        if not covered:
            (own if cell.row_span == 1 else shared).extend(p.place.page for p in cell.pieces if p.place.page is not None)
    pages = own or shared
    return (min(pages), max(pages)) if pages else (None, None)
