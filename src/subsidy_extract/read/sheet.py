"""From the shown cells of one sheet (Excel's of any age) to blocks: hidden rows and columns away, regions parted at gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from subsidy_extract.model import Cell, Doubt, LeftOut, Link, Piece, Place, Row
from subsidy_extract.read.blocks import Prose, Run
from subsidy_extract.read.strips import Strip, blocks_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as a person sees it. row, col count from 1; text may be empty. rank: size of its type above the body's."""

    row: int
    col: int
    text: str
    link: str | None = None
    rank: float = 0.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """merged: (first row, first column, last row, last column), inclusive. hidden: numbers of hidden rows and columns.
    repeated_rows: those the sheet prints again on each page. pictures: cells under the corner of a picture."""

    name: str
    cells: tuple[Shown, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    repeated_rows: range = range(0)
    pictures: frozenset[tuple[int, int]] = frozenset()


def blocks_of_sheet(sheet: Sheet) -> tuple[list[Prose | Run], list[LeftOut], list[Doubt]]:
    """Blocks in reading order, what is hidden, and a doubt that says so."""
    spans = _spans(sheet)
    left_out: list[LeftOut] = []
    seen: dict[tuple[int, int], Shown] = {}
    for c in sheet.cells:
        if not c.text.strip():
            continue
        at, _ = spans.get((c.row, c.col), ((c.row, c.col), (1, 1)))
        covered = (c.row, c.col) in spans and spans[(c.row, c.col)][1] == (0, 0)
        if at[0] in sheet.hidden_rows or at[1] in sheet.hidden_cols or covered:
            left_out.append(LeftOut(c.text, Place(sheet=sheet.name, cell=ref(c.row, c.col)), "invisible"))
        else:
            seen[at] = c
    doubts = []
    if left_out:
        places = tuple(x.place for x in left_out)
        doubts.append(Doubt("hidden", f"sheet {sheet.name} has {len(left_out)} cells with text in hidden rows, columns or under merged cells", places))
    blocks: list[Prose | Run] = []
    for rows, cols in _regions(seen, {at: span for at, span in spans.values() if span != (0, 0)}):
        blocks += blocks_of(_strips(rows, cols, seen, spans, sheet))
    return blocks, left_out, doubts


def ref(row: int, col: int) -> str:
    """1, 28 → AB1."""
    letters = ""
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


Spans = dict[tuple[int, int], tuple[tuple[int, int], tuple[int, int]]]
"""Cell → (where its merged area is anchored, rows and columns of it that show); (0, 0) for a cell that it covers."""


def _spans(sheet: Sheet) -> Spans:
    out: Spans = {}
    for r0, c0, r1, c1 in sheet.merged:
        rows = [r for r in range(r0, min(r1, r0 + 5000) + 1) if r not in sheet.hidden_rows]
        cols = [c for c in range(c0, min(c1, c0 + 500) + 1) if c not in sheet.hidden_cols]
        if not rows or not cols:
            continue
        anchor = (rows[0], cols[0])  # a merged cell shows its text as long as a part of it is to be seen
        for r in rows:
            for c in cols:
                out[(r, c)] = (anchor, (0, 0))
        out[(r0, c0)] = (anchor, (len(rows), len(cols)))
        out[anchor] = (anchor, (len(rows), len(cols)))
    return out


def _regions(seen: dict[tuple[int, int], Shown], merged: dict[tuple[int, int], tuple[int, int]]) -> Iterable[tuple[list[int], list[int]]]:
    """Rows and columns with text of each table region: the whole sheet, but tables side by side apart."""
    used: set[tuple[int, int]] = set(seen)
    for (r, c), (height, width) in merged.items():
        if (r, c) in seen:
            used |= {(r + i, c + k) for i in range(height) for k in range(width)}
    rows = sorted({r for r, _ in used})
    bands: list[list[int]] = []
    for r in rows:
        if bands and r == bands[-1][-1] + 1:
            bands[-1].append(r)
        else:
            bands.append([r])
    everything: list[int] = []
    for band in bands:
        halves = _side_by_side(band, seen, used)
        if not halves:
            everything += band
            continue
        if everything:
            yield everything, _columns(everything, used)
            everything = []
        for cols in halves:
            yield [r for r in band if any((r, c) in used for c in cols)], cols
    if everything:
        yield everything, _columns(everything, used)


def _columns(rows: list[int], used: set[tuple[int, int]]) -> list[int]:
    inside = set(rows)
    return sorted({c for r, c in used if r in inside})


def _side_by_side(band: list[int], seen: dict[tuple[int, int], Shown], used: set[tuple[int, int]]) -> list[list[int]]:
    """Columns of each of two or more tables that an empty column parts, or [] for one table.

    An empty column may as well be a spacer inside one table: they are two where they end in different rows, or where
    a word of the one's first row comes again in the other's.
    """
    cols = _columns(band, used)
    parts: list[list[int]] = []
    for c in cols:
        if parts and c == parts[-1][-1] + 1:
            parts[-1].append(c)
        else:
            parts.append([c])
    if len(parts) < 2 or any(len(p) < 2 for p in parts):
        return []
    extents = []
    heads = []
    for p in parts:
        own = [r for r in band if sum((r, c) in seen for c in p) > 1]
        if len(own) < 2:
            return []
        extents.append((own[0], own[-1]))
        heads.append({"".join(seen[own[0], c].text.split()) for c in p if (own[0], c) in seen})
    shared = set.intersection(*heads)
    return parts if shared or len({e[1] for e in extents}) > 1 else []


def _strips(rows: list[int], cols: list[int], seen: dict[tuple[int, int], Shown], spans: Spans, sheet: Sheet) -> list[Strip]:
    out: list[Strip] = []
    before: int | None = None
    where = {c: k for k, c in enumerate(cols)}
    shown_rows = {r: k for k, r in enumerate(rows)}
    for r in rows:
        cells: list[Cell | None] = []
        rank = 0.0
        for c in cols:
            span = spans.get((r, c))
            if span is not None and span[0] != (r, c) and span[0][0] in shown_rows and span[0][1] in where:
                cells.append(None)
                continue
            at = seen.get((r, c))
            height = width = 1
            if span is not None and span[1] != (0, 0):
                height = sum(1 for x in range(r, r + span[1][0] + len(sheet.hidden_rows)) if x in shown_rows and spans.get((x, c), ((0, 0),))[0] == span[0])
                width = sum(1 for x in range(c, c + span[1][1] + len(sheet.hidden_cols)) if x in where and spans.get((r, x), ((0, 0),))[0] == span[0])
            cells.append(_cell(at, max(1, height), max(1, width), sheet, (r, c)))
            rank = max(rank, at.rank if at else 0.0)
        gap = before is None or any(x not in sheet.hidden_rows for x in range(before + 1, r))
        out.append(Strip(Row(tuple(cells)), 1, gap, rank, r in sheet.repeated_rows))
        before = r
    return out


def _cell(at: Shown | None, row_span: int, col_span: int, sheet: Sheet, where: tuple[int, int]) -> Cell:
    if at is None:
        return Cell("", row_span=row_span, col_span=col_span, doubts=("picture",) if where in sheet.pictures else ())
    text = at.text.strip()
    links = (Link(at.link, 0, len(text)),) if at.link and text else ()
    return Cell(text, (Piece(text, Place(sheet=sheet.name, cell=ref(at.row, at.col))),), row_span, col_span, links)
