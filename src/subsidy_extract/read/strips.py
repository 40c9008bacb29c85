"""From the rows of a sheet or a delimited text, titles and notes still among them, to blocks of prose and runs of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from subsidy_extract.model import Cell, Row
from subsidy_extract.patience import PATIENCE
from subsidy_extract.read.blocks import NOTE, PAGE_NUMBER, Prose, Run, filled, matches, repeated_heading


@dataclass(frozen=True, slots=True)
class Strip:
    """One row as the source has it. gap: a blank row or a page break stands before it. rank: how much its dress is that
    of a title (Prose.rank). repeats: the source says that it is printed again on each page, as headings are."""

    row: Row
    page: int = 1
    gap: bool = False
    rank: float = 0.0
    repeats: bool = False

    @property
    def filled(self) -> int:
        return filled(self.row)

    @property
    def lone(self) -> bool:
        """One cell speaks: a title, a note, a section, or a value alone."""
        return self.filled < 2

    @property
    def leads(self) -> bool:
        """The first text stands in one of the first two cells, as a section's title does."""
        return any(c is not None and c.text for c in self.row.cells[:2])

    @property
    def text(self) -> str:
        return next((c.text for c in self.row.cells if c is not None and c.text), "")


def common_width(strips: Sequence[Strip]) -> int:
    """The number of cells of most rows that have several; the greater of two as common."""
    widths = Counter(len(s.row.cells) for s in strips if len(s.row.cells) > 1)
    return max(widths, key=lambda w: (widths[w], w)) if widths else 1


def blocks_of(strips: Sequence[Strip]) -> list[Prose | Run]:
    """Lone rows above a heading are prose, lone rows between rows are section rows, notes below are prose again."""
    blocks: list[Prose | Run] = []
    spoken: list[Strip] = []
    gap = False
    for x in strips:
        if _is_page_number(x):
            blocks += [replace(p, fixed="page_number") for p in _prose(x)]
            gap = gap or x.gap
        else:
            spoken.append(replace(x, gap=x.gap or gap))
            gap = False
    strips = spoken
    width = common_width(strips)
    heading: tuple[Row, ...] | None = None
    i = 0
    while i < len(strips):
        j = i  # lone rows, over gaps
        while j < len(strips) and strips[j].lone:
            j += 1
        k = j  # rows up to the next gap
        while k < len(strips) and (k == j or not strips[k].gap):
            k += 1
        alone, body = strips[i:j], list(strips[j:k])
        i = k
        opens = heading is None or (bool(body) and _opens(body, heading, width))
        kept: list[Strip] = []
        for x in alone:
            if opens or not body or _is_note(x) or not x.leads:
                blocks += _prose(x)
            else:
                kept.append(x)
        if not body:
            continue
        tail: list[Strip] = []
        while len(body) > 1 and body[-1].lone and _is_note(body[-1]):
            tail.insert(0, body.pop())
        width = common_width(body) if opens else width
        told = next((n for n, x in enumerate(body) if not x.repeats), len(body)) if opens else 0
        run = Run(evened([x.row for x in (*kept, *body)], width), body[0].page, told or None)
        if opens:
            heading = run.rows[:2]
        blocks.append(run)
        for x in tail:
            blocks += _prose(x)
    return blocks


def evened(rows: Sequence[Row], width: int) -> tuple[Row, ...]:
    """Rows of one width: empty cells at the end that only pad are cut off, too few are filled up, too many are kept."""
    cut: list[Row] = []
    for row in rows:
        cells = row.cells
        while len(cells) > width and cells[-1] is not None and not cells[-1].text and cells[-1].col_span == 1:
            cells = cells[:-1]
        cut.append(replace(row, cells=cells))
    full = max(width, max(len(r.cells) for r in cut))
    return tuple(replace(r, cells=r.cells + (Cell(""),) * (full - len(r.cells))) for r in cut)


def _opens(body: Sequence[Strip], heading: tuple[Row, ...], width: int) -> bool:
    """Whether rows after a gap begin a table or a page of one: the heading again, a heading that has a word of it, or
    another width."""
    first = body[0].row
    if any(repeated_heading((first,), heading)):
        return True
    if common_width(body) != width and len(body) > 1:
        return True
    known = {c.text for c in heading[0].cells if c is not None and c.text}
    return all(c is None or c.text for c in first.cells) and any(c is not None and c.text in known for c in first.cells)


def _is_note(strip: Strip) -> bool:
    return NOTE.match(strip.text, timeout=PATIENCE) is not None or strip.text.rstrip().endswith("。")


def _is_page_number(strip: Strip) -> bool:
    """A bare number may be the number of a row; on a line of its own, or between dashes, it is that of the page."""
    return strip.lone and matches(PAGE_NUMBER, strip.text) and (len(strip.row.cells) == 1 or not strip.text.strip().isdigit())


def _prose(strip: Strip) -> list[Prose]:
    return [Prose(p.text, p.place, strip.rank) for c in strip.row.cells if c is not None for p in c.pieces]
