"""From delimited text (tabs, commas) to blocks: pages found, titles, notes and section lines told from rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from subsidy_extract.model import Doubt, Row, Witness
from subsidy_extract.read.blocks import Prose, Run, repeated_heading
from subsidy_extract.read.fields import counted, plain_newlines, records
from subsidy_extract.read.mend import Line, cell_of, lines_of, mended, ragged
from subsidy_extract.read.strips import Strip, blocks_of


@dataclass(frozen=True, slots=True)
class Delimited:
    """What delimited text became: blocks in order, the witness of each page, how many pages, doubts."""

    blocks: tuple[Prose | Run, ...]
    witness: tuple[Witness, ...]
    pages: int
    doubts: tuple[Doubt, ...]


def read_delimited(text: str, delimiter: str, quoted: bool = True) -> Delimited:
    """text: decoded. Pages are parted by form feeds; where there are none, by a heading that comes again after a gap."""
    text = plain_newlines(text)
    lines, fed = lines_of(list(records(text, delimiter, quoted)))
    breaks: tuple[int, ...] = ()
    if not fed:
        lines, breaks = paged_by_headings(lines)
    lines, doubts = mended(lines)
    blocks = blocks_of([Strip(row_of(x), x.page, x.gap) for x in lines])
    pages = max((p.page for x in lines for f in x.parts for p in f), default=1)
    return Delimited(tuple(blocks), _witness(text, delimiter, quoted, breaks, fed), pages, (*doubts, *ragged(lines)))


def paged_by_headings(lines: list[Line]) -> tuple[list[Line], tuple[int, ...]]:
    """The lines on their pages, and the line of the file on which each page but the first begins.

    A page begins where the first heading comes again after a gap; lone lines right above it are its title.
    """
    first = next((k for k, x in enumerate(lines) if x.filled > 1), None)
    if first is None:
        return lines, ()
    heading = (row_of(lines[first]),)
    begins: list[int] = []
    for k in range(first + 1, len(lines)):
        if lines[k].filled < 2 or len(lines[k].parts) < 2:
            continue
        top = k
        while not lines[top].gap and top > first + 1 and lines[top - 1].filled < 2:
            top -= 1
        if lines[top].gap and any(repeated_heading((row_of(lines[k]),), heading)):
            begins.append(top)
    page, out = 1, []
    for k, x in enumerate(lines):
        page += k in begins
        out.append(x.on_page(page))
    return out, tuple(lines[k].line for k in begins)


def row_of(line: Line) -> Row:
    return Row(tuple(cell_of(parts) for parts in line.parts))


def _witness(text: str, delimiter: str, quoted: bool, breaks: tuple[int, ...], fed: bool) -> tuple[Witness, ...]:
    pages = text.split("\f") if fed else [text]
    if fed:
        while len(pages) > 1 and not pages[0].strip():
            pages.pop(0)  # a form feed before anything begins no page
        return tuple(Witness(n, "".join(counted(t, delimiter, quoted))) for n, t in enumerate(pages, 1))
    by_line = counted(text, delimiter, quoted)
    cuts = [0, *(b - 1 for b in breaks), len(by_line)]
    return tuple(Witness(n, "".join(by_line[a:b])) for n, (a, b) in enumerate(pairwise(cuts), 1))
