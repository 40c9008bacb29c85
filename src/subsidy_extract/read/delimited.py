"""From delimited text (tabs, commas) to blocks: pages found, titles, notes and section lines told from rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from subsidy_extract.model import Doubt, LeftOut, Place, Row, Witness
from subsidy_extract.read.blocks import NOTE, PATIENCE, Prose, Run, repeated_heading
from subsidy_extract.read.fields import counted, plain_newlines, records
from subsidy_extract.read.mend import Line, cell_of, doubt_at, lines_of, mended, most_common_width


@dataclass(frozen=True, slots=True)
class Delimited:
    """What delimited text became: blocks in order, the witness of each page, how many pages, doubts."""

    blocks: tuple[Prose | Run, ...]
    witness: tuple[Witness, ...]
    pages: int
    doubts: tuple[Doubt, ...]
    left_out: tuple[LeftOut, ...] = ()


def read_delimited(text: str, delimiter: str, quoted: bool = True) -> Delimited:
    """text: decoded. Pages are parted by form feeds; where there are none, by a heading that comes again after a gap."""
    text = plain_newlines(text)
    lines, fed = lines_of(list(records(text, delimiter, quoted)))
    breaks: tuple[int, ...] = ()
    if not fed:
        lines, breaks = paged_by_headings(lines)
    lines, doubts = mended(lines)
    blocks, ragged = _blocks(lines)
    pages = max((p.page for x in lines for f in x.parts for p in f), default=1)
    return Delimited(tuple(blocks), _witness(text, delimiter, quoted, breaks, fed), pages, (*doubts, *ragged))


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


def _blocks(lines: list[Line]) -> tuple[list[Prose | Run], list[Doubt]]:
    """Lone lines above a heading are prose, lone lines between rows are section rows, notes below are prose again."""
    blocks: list[Prose | Run] = []
    doubts: list[Doubt] = []
    width = most_common_width(lines)
    heading: tuple[Row, ...] | None = None
    i = 0
    while i < len(lines):
        j = i  # lone lines, over gaps
        while j < len(lines) and lines[j].filled < 2:
            j += 1
        k = j  # rows up to the next gap
        while k < len(lines) and (k == j or not lines[k].gap):
            k += 1
        lone, body = lines[i:j], lines[j:k]
        i = k
        opens = heading is None or (bool(body) and _opens(body, heading, width))
        kept: list[Line] = []
        for x in lone:
            if opens or not body or _is_note(x) or (heading is not None and not x.leads):
                blocks += _prose(x)
            else:
                kept.append(x)
        if not body:
            continue
        tail: list[Line] = []
        while len(body) > 1 and body[-1].filled < 2 and _is_note(body[-1]):
            tail.insert(0, body.pop())
        rows = [*kept, *body]
        width = most_common_width(body) if opens else width
        page = body[0].page
        run, odd = _run(rows, width, page)
        if opens:
            heading = run.rows[:2]
        blocks.append(run)
        doubts += odd
        for x in tail:
            blocks += _prose(x)
    return blocks, doubts


def _opens(body: list[Line], heading: tuple[Row, ...], width: int) -> bool:
    """Whether rows after a gap begin a table or a page of one: the heading again, a heading that has a word of it, or
    another width."""
    first = row_of(body[0])
    if any(repeated_heading((first,), heading)):
        return True
    if most_common_width(body) != width and len(body) > 1:
        return True
    known = {c.text for c in heading[0].cells if c is not None and c.text}
    return body[0].filled == len(body[0].parts) and any(c is not None and c.text in known for c in first.cells)


def _is_note(line: Line) -> bool:
    text = next((f for f in line.fields if f.strip()), "")
    return NOTE.match(text, timeout=PATIENCE) is not None or text.rstrip().endswith("。")


def _prose(line: Line) -> list[Prose]:
    return [Prose(p.text.strip(), Place(page=p.page, line=p.line)) for f in line.parts for p in f if p.text.strip()]


def _run(lines: list[Line], width: int, page: int) -> tuple[Run, list[Doubt]]:
    """Rows of one width: empty fields at the end that only pad are cut off, too few are filled up, too many are kept."""
    rows: list[Row] = []
    doubts: list[Doubt] = []
    for x in lines:
        row = row_of(x)
        cells = row.cells
        while len(cells) > width and cells[-1] is not None and not cells[-1].text:
            cells = cells[:-1]
        if len(cells) != width and x.filled > 1:
            doubts.append(doubt_at("ragged_row", f"line {x.line} has {len(cells)} cells where the others have {width}", x))
        rows.append(replace(row, cells=cells))
    full = max(width, max(len(r.cells) for r in rows))
    empty = cell_of(())
    return Run(tuple(replace(r, cells=r.cells + (empty,) * (full - len(r.cells))) for r in rows), page), doubts


def _witness(text: str, delimiter: str, quoted: bool, breaks: tuple[int, ...], fed: bool) -> tuple[Witness, ...]:
    pages = text.split("\f") if fed else [text]
    if fed:
        while len(pages) > 1 and not pages[0].strip():
            pages.pop(0)  # a form feed before anything begins no page
        return tuple(Witness(n, "".join(counted(t, delimiter, quoted))) for n, t in enumerate(pages, 1))
    by_line = counted(text, delimiter, quoted)
    cuts = [0, *(b - 1 for b in breaks), len(by_line)]
    return tuple(Witness(n, "".join(by_line[a:b])) for n, (a, b) in enumerate(pairwise(cuts), 1))
