"""From records to lines on pages: a record that a line break or a page break cut is put together again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Cell, Doubt, Piece, Place
from subsidy_extract.patience import PATIENCE
from subsidy_extract.read.blocks import NOTE, PAGE_NUMBER, SECTION_MARK, matches
from subsidy_extract.read.fields import Record
from subsidy_extract.read.join import glue

CONTACT = compiled(r"@|[0-9]{2,4}[-－(（][0-9]{2,4}[-－)）][0-9]{3,4}")
NUMBER = compiled(r"[0-9０-９,.，．]+")


@dataclass(frozen=True, slots=True)
class Part:
    """Text of a field as it stands from one line of the file on."""

    text: str
    line: int
    page: int


@dataclass(frozen=True, slots=True)
class Line:
    """A record that says something. gap: a blank record or a page break stands before it."""

    parts: tuple[tuple[Part, ...], ...]
    page: int
    gap: bool

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple("\n".join(p.text for p in f) for f in self.parts)

    @property
    def filled(self) -> int:
        return sum(1 for f in self.parts if any(p.text.strip() for p in f))

    @property
    def line(self) -> int:
        return self.parts[0][0].line

    def on_page(self, page: int) -> Line:
        return replace(self, page=page, parts=tuple(tuple(replace(p, page=page) for p in f) for f in self.parts))


def lines_of(found: list[Record]) -> tuple[list[Line], bool]:
    """Records that say something, on the pages that form feeds part; and whether there are any form feeds."""
    out: list[Line] = []
    page, gap = 1, True
    for r in found:
        if r.cut and out:
            page += 1
            gap = True
        if r.blank:
            gap = True
            continue
        out.append(Line(tuple((Part(f, n, page),) for f, n in zip(r.fields, r.lines, strict=True)), page, gap))
        gap = False
    return out, any(r.cut for r in found)


def cell_of(parts: tuple[Part, ...]) -> Cell:
    """One cell: a line that goes on below is a break, a page break is none. One piece a page."""
    pieces: list[Piece] = []
    text = ""
    for p in parts:
        bare = p.text.strip()
        if not bare:
            continue
        if pieces and pieces[-1].place.page == p.page:
            pieces[-1] = replace(pieces[-1], text=f"{pieces[-1].text}\n{bare}")
            text += f"\n{bare}"
        else:
            text = glued(text, bare)
            pieces.append(Piece(bare, Place(page=p.page, line=p.line)))
    return Cell(text, tuple(pieces))


def glued(a: str, b: str) -> str:
    """Two halves that only the line or the page parted: a space only between two Latin words."""
    return f"{a}{glue(a, b, False)}{b}"


def doubt_at(code: str, detail: str, line: Line) -> Doubt:
    return Doubt(code, detail, (Place(page=line.page, line=line.line),))


def most_common_width(lines: list[Line]) -> int:
    """The number of fields of most lines that have several; the greater of two as common."""
    widths = Counter(len(x.parts) for x in lines if len(x.parts) > 1)
    return max(widths, key=lambda w: (widths[w], w)) if widths else 1


def mended(lines: list[Line]) -> tuple[list[Line], list[Doubt]]:
    """Records with too few fields joined with those that follow them, where the counts then fit."""
    widths = _widths(lines)
    heading = next((x.fields for x in lines if x.filled > 1), ())
    again = [k for k, x in enumerate(lines) if x.gap and x.fields == heading]
    out: list[Line] = []
    doubts: list[Doubt] = []
    i = 0
    while i < len(lines):
        line, width = lines[i], widths[i]
        i += 1
        if len(line.parts) == 1 and out and _goes_on(out[-1], line, width):
            out[-1] = _joined(out[-1], line)
            doubts.append(doubt_at("joined_lines", f"line {line.line} was read as a part of the last cell of the row before it", line))
            continue
        if not 1 < len(line.parts) < width:
            out.append(line)
            continue
        whole, used, between, second = line, i, [], line
        while used < len(lines) and len(whole.parts) < width:
            nxt = lines[used]
            if nxt.gap and used in again:  # the heading of the next page stands in the middle of the row
                between.append(nxt)
                used += 1
                continue
            parted = nxt.gap and not between and nxt.page == whole.page
            if parted or len(whole.parts) + len(nxt.parts) - 1 > width or _opens_section(nxt):
                break
            second = nxt if whole is line else second
            whole = _joined(whole, nxt)
            used += 1
        if len(whole.parts) == width and not _two_rows(line, second, [x for x in lines if len(x.parts) == width]):
            doubts.append(doubt_at("joined_lines", f"lines {line.line} to {lines[used - 1].line} were read as one row", line))
            out += [whole, *between]
            i = used
        else:
            out.append(line)
    return out, doubts


def _widths(lines: list[Line]) -> list[int]:
    """For each line the number of fields that its table has. Tables are parted by gaps; one with a width of its own is
    believed where it comes first, or below a line that stands alone, as a title does, and all its lines agree."""
    whole = most_common_width(lines)
    out: list[int] = []
    while len(out) < len(lines):
        k = len(out) + 1
        while k < len(lines) and not lines[k].gap:
            k += 1
        part = lines[len(out) : k]
        own = {len(x.parts) for x in part if len(x.parts) > 1}
        titled = not out or part[0].filled < 2
        out += [own.pop() if len(own) == 1 and titled and sum(len(x.parts) > 1 for x in part) > 1 else whole] * len(part)
    return out


def ragged(lines: list[Line]) -> list[Doubt]:
    """A doubt for each row with more or fewer fields than its table has."""
    out: list[Doubt] = []
    for x, width in zip(lines, _widths(lines), strict=True):
        count = len(x.parts)
        while count > width and not any(p.text.strip() for p in x.parts[count - 1]):
            count -= 1
        if x.filled > 1 and count != width:
            out.append(doubt_at("ragged_row", f"line {x.line} has {count} cells where the others have {width}", x))
    return out


def _opens_section(line: Line) -> bool:
    return len(line.parts) == 1 and SECTION_MARK.match(line.fields[0], timeout=PATIENCE) is not None


def _goes_on(before: Line, line: Line, width: int) -> bool:
    """Whether a line without any delimiter goes on with the last cell of the row before it."""
    if line.gap or width < 2 or len(before.parts) != width or before.filled < 2 or not before.fields[-1].strip():
        return False
    text = line.fields[0].strip()
    return not _opens_section(line) and not matches(PAGE_NUMBER, text) and NOTE.match(text, timeout=PATIENCE) is None


def _joined(a: Line, b: Line) -> Line:
    """b's first field goes on with a's last."""
    return replace(a, parts=(*a.parts[:-1], (*a.parts[-1], *b.parts[0]), *b.parts[1:]))


def _two_rows(a: Line, b: Line, whole: list[Line]) -> bool:
    """Whether two short records are rather two rows whose empty last fields an editor cut off than one broken row.

    Their fields are held against the shapes (number, link, telephone, short, long) that whole rows have in each column.
    """
    if len(b.parts) < 2 or not whole:
        return False
    width = len(whole[0].parts)
    shapes = [Counter(_shape(x.fields[k]) for x in whole) for k in range(width)]

    def fit(fields: tuple[str, ...], at: int) -> float:
        return sum(shapes[at + k][_shape(f)] for k, f in enumerate(fields) if at + k < width) / len(whole)

    return fit(b.fields, 0) > fit(b.fields, len(a.parts) - 1)


def _shape(text: str) -> str:
    t = text.strip()
    if not t:
        return "empty"
    if "://" in t or "www." in t:
        return "link"
    if CONTACT.search(t, timeout=PATIENCE) is not None:
        return "contact"
    if NUMBER.fullmatch(t, timeout=PATIENCE) is not None:
        return "number"
    return "short" if len(t) < 16 else "long"
