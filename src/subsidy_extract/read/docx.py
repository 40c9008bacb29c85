"""From a Word file (.docx) to a Document: its tables, spans and all, and the paragraphs between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Cell, Document, Doubt, LeftOut, Link, Piece, Place, Row
from subsidy_extract.read.blocks import Prose, Run, assemble
from subsidy_extract.read.cards import carded
from subsidy_extract.read.docxparts import Numbering, Styles, attr, local, on, other_parts, val, witnessed
from subsidy_extract.read.package import Package, damaged
from subsidy_extract.read.sheet import ref
from subsidy_extract.read.source import source_of

WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "Choice", "AlternateContent", "dir", "bdo")
GONE = ("del", "moveFrom")  # tracked changes: deleted, moved away
MOST_COLUMNS = 1000


def read_docx(data: bytes, name: str) -> Document:
    """data: the bytes of the file. Raises ExtractError: UNREADABLE, NO_TABLE, LIMIT."""
    package = Package(data, name)
    main = next((t for kind, t, _ in package.targets("").values() if kind == "officeDocument"), "word/document.xml")
    root = package.xml(main)
    body = None if root is None else next((x for x in root if local(x) == "body"), None)
    if body is None:
        raise damaged(name)
    reader = _Reader(package, main)
    blocks = carded(list(reader.blocks(body)))
    done = assemble(blocks)
    if not done.tables:
        raise ExtractError(Exit.NO_TABLE, f"{name} has no table", "Give the list as PDF or Excel")
    left_out = (*done.left_out, *reader.left_out, *other_parts(package, main))
    witness = witnessed(package, main, "".join(reader.numbers))
    doubts = [Doubt("hidden", f"{len(reader.left_out)} pieces of text are hidden, deleted or covered", ())] if any(x.reason == "invisible" for x in reader.left_out) else []
    return Document(source_of(data, name, "docx"), done.tables, done.title, left_out, (witness,), tuple(doubts))


@dataclass(slots=True)
class _Words:
    """Text while it is gathered: lines of a cell or a paragraph, with links and hidden parts."""

    text: str = ""
    links: list[Link] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)  # paragraphs of text boxes anchored here

    def add(self, other: _Words, between: str) -> None:
        at = len(self.text) + len(between) if self.text else 0
        self.text = f"{self.text}{between}{other.text}" if self.text else other.text
        self.links += [Link(k.url, k.start + at, k.end + at) for k in other.links]
        self.boxes += other.boxes


class _Reader:
    def __init__(self, package: Package, main: str) -> None:
        folder = main.rpartition("/")[0]
        self.targets = package.targets(main)
        self.styles = Styles(package.xml(f"{folder}/styles.xml"))
        self.numbering = Numbering(package.xml(f"{folder}/numbering.xml"), self.styles)
        self.left_out: list[LeftOut] = []
        self.numbers: list[str] = []
        self.tables = 0

    # ── blocks ───────────────────────────────────────────────────────────────────────────────────
    def blocks(self, parent: Any) -> Iterator[Prose | Run]:
        for x in parent:
            kind = local(x)
            if kind == "p":
                yield from self.prose(x)
            elif kind == "tbl":
                yield from self.table(x)
            elif kind in WRAPPERS:
                yield from self.blocks(x)
            elif kind in GONE:
                self.hide(x, Place())

    def prose(self, paragraph: Any) -> Iterator[Prose]:
        words = self.words(paragraph, Place())
        rank = self.styles.rank(paragraph)
        if words.text.strip():
            yield Prose(words.text.strip(), Place(), rank)
        for box in words.boxes:
            for block in self.blocks(box):
                if isinstance(block, Prose):
                    yield block
                else:
                    yield from _flat(block)

    def table(self, tbl: Any) -> Iterator[Prose | Run]:
        rows = list(_rows(tbl))
        cells = [list(_cells(r)) for r in rows]
        inner = sum(len(_said(t)) for r in cells for c in r for t in c.iter() if local(t) == "tbl")
        if inner * 2 > len(_said(tbl)) or (len(rows) == 1 and len(cells[0]) == 1):
            for r in cells:  # a frame for the page, or one box around lines
                for c in r:
                    yield from self.blocks(c)
            return
        self.tables += 1
        yield self.run(rows, f"table {self.tables}")

    def run(self, rows: list[Any], name: str) -> Run:
        grid: list[list[Cell | None]] = []
        open_at: dict[int, tuple[int, int]] = {}  # column → (row, column) of the merged cell that reaches down here
        heading = 0
        for tr in rows:
            props = _child(tr, "trPr")
            if props is not None and any(local(x) in ("del", "hidden") and on(x) for x in props):
                self.hide(tr, Place(sheet=name))
                continue
            if heading == len(grid) and props is not None and any(local(x) == "tblHeader" and on(x) for x in props):
                heading += 1
            line: list[Cell | None] = [Cell("")] * min(_number(props, "gridBefore"), MOST_COLUMNS)
            for tc in _cells(tr):
                if len(line) > MOST_COLUMNS:
                    raise ExtractError(Exit.LIMIT, f"{name} has more than {MOST_COLUMNS} columns", "Give the list alone")
                self.place(tc, grid, line, open_at, name)
            grid.append(line)
        width = max((len(x) for x in grid), default=0)
        full = tuple(Row(tuple(x) + (Cell(""),) * (width - len(x))) for x in grid)
        return Run(full, 1, heading or None, whole=True)

    def place(self, tc: Any, grid: list[list[Cell | None]], line: list[Cell | None], open_at: dict[int, tuple[int, int]], name: str) -> None:
        """Adds a cell to the line of its row; one that goes on with a merged cell makes that one larger."""
        props = _child(tc, "tcPr")
        r, col = len(grid), len(line)
        span = max(1, min(_number(props, "gridSpan"), MOST_COLUMNS))
        down, along = _merge(props, "vMerge"), _merge(props, "hMerge")
        place = Place(sheet=name, cell=ref(r + 1, col + 1))
        if down == "continue" and col in open_at:
            top, left = open_at[col]
            owner = grid[top][left]
            if owner is not None and left == col:
                grid[top][left] = replace(owner, row_span=r - top + 1)
        elif along == "continue" and line:
            k = next((i for i in range(col - 1, -1, -1) if line[i] is not None), None)
            owner = line[k] if k is not None else None
            if owner is not None and k is not None:
                line[k] = replace(owner, col_span=col + span - k)
        else:
            for c in range(col, col + span):
                open_at.pop(c, None)
            if down == "restart":
                open_at.update(dict.fromkeys(range(col, col + span), (r, col)))
            line += [self.cell(tc, place, span), *[None] * (span - 1)]
            return
        self.hide(tc, place)
        line += [None] * span

    # ── text ─────────────────────────────────────────────────────────────────────────────────────
    def cell(self, tc: Any, place: Place, span: int) -> Cell:
        words = self.inside(tc, place)
        text = words.text
        pictured = not text.strip() and any(local(x) in ("pic", "imagedata") for x in tc.iter())
        lead = len(text) - len(text.lstrip())
        bare = text.strip()
        links = tuple(Link(k.url, max(0, k.start - lead), min(len(bare), k.end - lead)) for k in words.links if k.start - lead < len(bare) and k.end > lead)
        return Cell(bare, (Piece(bare, place),) if bare else (), 1, span, links, ("picture",) if pictured else ())

    def inside(self, parent: Any, place: Place) -> _Words:
        """All lines of a cell: paragraphs, text boxes and the rows of tables inside it."""
        out = _Words()
        for x in parent:
            kind = local(x)
            got = _Words()
            if kind == "p":
                got = self.words(x, place)
                for box in got.boxes:
                    got.add(self.inside(box, place), "\n")
                got.boxes = []
            elif kind == "tbl":
                for tr in _rows(x):
                    row = _Words()
                    for tc in _cells(tr):
                        row.add(self.inside(tc, place), " ")
                    got.add(row, "\n")
            elif kind in WRAPPERS:
                got = self.inside(x, place)
            elif kind in GONE:
                self.hide(x, place)
            if got.text.strip():
                out.add(got, "\n")
        return out

    def words(self, paragraph: Any, place: Place) -> _Words:
        out = _Words()
        number = self.numbering.next(paragraph)
        if number:
            self.numbers.append(number)
            out.text = f"{number} "
        fields: list[list[str]] = []  # complex fields that are open: [instruction, "result" once it has begun, start]
        self.gather(paragraph, out, place, fields, self.styles.hides(paragraph))
        return out

    def gather(self, parent: Any, out: _Words, place: Place, fields: list[list[str]], hidden: bool) -> None:
        for x in parent:
            kind = local(x)
            if kind == "t":
                if hidden:
                    self.left_out.append(LeftOut(x.text or "", place, "invisible"))
                else:
                    out.text += x.text or ""
            elif kind in ("br", "cr"):
                out.text += "" if hidden else "\n"
            elif kind in ("tab", "ptab") and parent.tag.endswith("}r"):
                out.text += "" if hidden else "\t"
            elif kind == "noBreakHyphen":
                self.numbers.append("" if hidden else "-")
                out.text += "" if hidden else "-"
            elif kind == "r":
                self.gather(x, out, place, fields, hidden or self.styles.hides(x))
            elif kind == "hyperlink":
                start = len(out.text)
                self.gather(x, out, place, fields, hidden)
                rid = attr(x, "id")
                _, target, outside = self.targets.get(rid or "", ("", "", False))
                if outside and out.text[start:].strip():
                    out.links.append(Link(target + (f"#{attr(x, 'anchor')}" if attr(x, "anchor") else ""), start, len(out.text)))
            elif kind == "fldSimple":
                start = len(out.text)
                self.gather(x, out, place, fields, hidden)
                _link(out, attr(x, "instr") or "", start)
            elif kind == "fldChar":
                self.turn(attr(x, "fldCharType") or "", out, fields)
            elif kind == "instrText" and fields:
                fields[-1][0] += x.text or ""
            elif kind == "ruby":
                self.ruby(x, out, place, fields, hidden)
            elif kind in GONE:
                self.hide(x, place)
            elif kind == "txbxContent":
                out.boxes.append(x)
            elif kind not in ("Fallback", "rPr", "pPr", "instrText", "delText"):
                self.gather(x, out, place, fields, hidden)

    def ruby(self, x: Any, out: _Words, place: Place, fields: list[list[str]], hidden: bool) -> None:
        """The word; how it is read (furigana) is left out."""
        for part in x:
            if local(part) == "rt":
                self.left_out.append(LeftOut(_said(part), place, "furniture"))
            elif local(part) == "rubyBase":
                self.gather(part, out, place, fields, hidden)

    def turn(self, kind: str, out: _Words, fields: list[list[str]]) -> None:
        if kind == "begin":
            fields.append(["", str(len(out.text))])
        elif kind == "separate" and fields:
            fields[-1][1] = str(len(out.text))
        elif kind == "end" and fields:
            instruction, start = fields.pop()
            _link(out, instruction, int(start))

    def hide(self, x: Any, place: Place) -> None:
        text = _said(x)
        if text.strip():
            self.left_out.append(LeftOut(text, place, "invisible"))


def _link(out: _Words, instruction: str, start: int) -> None:
    parts = instruction.split('"')
    if parts[0].strip().upper() == "HYPERLINK" and len(parts) > 1 and out.text[start:].strip():
        out.links.append(Link(parts[1], start, len(out.text)))


def _flat(run: Run) -> list[Prose]:
    return [Prose(p.text, p.place) for r in run.rows for c in r.cells if c is not None for p in c.pieces]


def _rows(tbl: Any) -> Iterator[Any]:
    for x in tbl:
        if local(x) == "tr":
            yield x
        elif local(x) in WRAPPERS:
            yield from _rows(x)


def _cells(tr: Any) -> Iterator[Any]:
    for x in tr:
        if local(x) == "tc":
            yield x
        elif local(x) in WRAPPERS:
            yield from _cells(x)


def _said(x: Any) -> str:
    """Every <w:t> below, but those a newer drawing has a double of."""
    return "".join(t.text or "" for t in x.iter() if local(t) == "t" and not any(local(a) == "Fallback" for a in t.iterancestors()))


def _number(props: Any, name: str) -> int:
    text = next((val(x) or "" for x in ([] if props is None else props) if local(x) == name), "")
    return int(text) if text.isdigit() else 0


def _child(parent: Any, name: str) -> Any:
    return next((x for x in parent if local(x) == name), None)


def _merge(props: Any, name: str) -> str | None:
    """restart, continue, or None for a cell that is not merged that way."""
    return next((val(x) or "continue" for x in ([] if props is None else props) if local(x) == name), None)
