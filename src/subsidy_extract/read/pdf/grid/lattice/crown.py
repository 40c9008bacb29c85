"""A heading that stands right above the rules of its table joins it: a text over each column, none across a rule."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from subsidy_extract.model import BBox
from subsidy_extract.read.pdf.grid.alignment.depth import YEARS
from subsidy_extract.read.pdf.grid.edges import Edges
from subsidy_extract.read.pdf.grid.shades import PAPER
from subsidy_extract.read.pdf.grid.values import is_value
from subsidy_extract.read.pdf.grid.words import Words, words_to_chunks
from subsidy_extract.read.pdf.nouns import Fills, Grid, GridBox

NEAR = 0.8  # of the font size: white between the heading and the first rule, and between lines of the heading
LINES = 3  # of such a heading
MOST = 0.75  # of the columns have a heading
COLUMNS = 3  # at least: over two, any two texts may stand by chance
APART = 1.0  # of the font size: texts over two columns
IN_LINE = 0.15  # of the font size: two texts begin in one place
IN_MIDDLE = 0.4  # of the font size: a text stands in the middle of its column, which ends at a rule or at the longest text
WIDE = 0.9  # of the width of the table: a rule or a shade over the heading runs over so much of it


@dataclass(frozen=True)
class _Text:
    """A text of the heading over `span` columns from `col` on; points."""

    col: int
    span: int
    x0: float
    top: float
    x1: float
    bottom: float


def grid_with_heading_above(grid: Grid, free: Words, inner: Words, h: Edges, fills: Fills, size: float) -> Grid:
    """A ruled grid, the words outside every table and those in this one, the horizontal rules and the shades of the page →
    the grid with a row more on top (two where a text stands over several headings), where headings stand right above it:
    over a first row of figures, or of texts that begin where those above them do, or each in the middle of its column, or in
    a band of their own between two rules or in one shade (rules down the page that begin below the heading)."""
    n = len(grid.xs) - 1
    above = free.take((free.bottom <= grid.ys[0] + 0.3 * size) & (free.top > grid.ys[0] - (LINES + 1) * 1.5 * size))
    if n < COLUMNS or not len(above):
        return grid
    texts = _texts_above(grid, above, size)
    if not (_begins_with_figures(grid, inner) or _stand_in_line(grid, texts, inner, size)):
        if (band := _band_above(grid, h, fills, size)) is None:
            return grid
        texts = _texts_above(grid, above.take(above.y > band), size)
    own = [t for t in texts if t.span == 1]
    lowest = [t for t in own if t.bottom > max(u.bottom for u in own) - IN_LINE * size]
    if len({t.col for t in own}) < max(COLUMNS - 1, MOST * n) or len({t.col for t in lowest}) < 2:
        return grid
    top = min(t.top for t in texts) - 0.1 * size
    over = {c: t for t in texts for c in range(t.col, t.col + t.span) if t.span > 1}
    ys = (top, _between_levels(own, over), grid.ys[0]) if over else (top, grid.ys[0])
    added = [GridBox(0, t.col, 1, t.span, (grid.xs[t.col], top, grid.xs[t.col + t.span], ys[1])) for t in texts if t.span > 1]
    for c in range(n):
        row = 1 if c in over else 0
        added.append(GridBox(row, c, len(ys) - 1 - row, 1, (grid.xs[c], ys[row], grid.xs[c + 1], grid.ys[0])))
    boxes = (*sorted(added, key=lambda b: (b.row, b.col)), *(replace(b, row=b.row + len(ys) - 1) for b in grid.boxes))
    return replace(grid, ys=(*ys[:-1], *grid.ys), boxes=boxes, open_top=False)


def _texts_above(grid: Grid, free: Words, size: float) -> list[_Text]:
    """The texts of the lines right above the grid, those of the nearest line first; none where they are prose, figures or
    more than a heading."""
    top = grid.ys[0]
    texts: list[_Text] = []
    chunk = words_to_chunks(free, APART * size)
    for number, line in enumerate(np.unique(free.line)[::-1].tolist()):
        mine = np.flatnonzero(free.line == line)
        if float(free.bottom[mine].max()) < top - NEAR * size:
            break
        if number == LINES or any(is_value(free.text[k]) and not YEARS.fullmatch(free.text[k]) for k in mine.tolist()):
            return []
        for k in np.unique(chunk[mine]).tolist():
            of = mine[chunk[mine] == k]
            text = _placed(grid, (float(free.x0[of].min()), float(free.top[of].min()), float(free.x1[of].max()), float(free.bottom[of].max())), texts, size)
            if text is None:
                return []
            texts.append(text)
        top = min(top, float(free.top[mine].min()))
    return texts


def _placed(grid: Grid, bbox: BBox, below: list[_Text], size: float) -> _Text | None:
    """A text as one of the heading: in one column, or in the middle over several that all have a text below it; else None."""
    x0, _, x1, bottom = bbox
    xs, slack = grid.xs, 0.3 * size
    middle = (x0 + x1) / 2
    col = int(np.searchsorted(xs, middle)) - 1
    within = 0 <= col < len(xs) - 1 and x0 >= xs[col] - slack and x1 <= xs[col + 1] + slack
    under = {t.col for t in below if t.span == 1 and t.top >= bottom - slack}
    if within and (col not in under or abs(middle - (xs[col] + xs[col + 1]) / 2) <= size):
        return _Text(col, 1, *bbox)
    spans = [
        (abs(middle - (xs[a] + xs[b]) / 2), a, b) for a in range(len(xs) - 2) for b in range(a + 2, len(xs))
        if xs[a] - slack <= x0 and x1 <= xs[b] + slack and under.issuperset(range(a, b))
    ]  # fmt: skip
    off, a, b = min(spans, default=(np.inf, 0, 0))
    if off <= size:
        return _Text(a, b - a, *bbox)
    return _Text(col, 1, *bbox) if within else None


def _between_levels(own: list[_Text], over: dict[int, _Text]) -> float:
    """Where the texts that stand over several columns part from those of one column below them."""
    return (max(t.bottom for t in over.values()) + min(t.top for t in own if t.col in over)) / 2


def _band_above(grid: Grid, h: Edges, fills: Fills, size: float) -> float | None:
    """Where the band that stands on a table begins: at the next rule above it, as wide as the table, or at the upper edge of
    shades that are so wide together; None where nothing bounds it or it is higher than a heading."""
    x0, x1, bottom = grid.xs[0], grid.xs[-1], grid.ys[0]
    highest = bottom - LINES * 1.5 * size
    over = (h.at < bottom - 0.8 * size) & (h.at > highest)
    tops = [(float(at), float(lo), float(hi)) for at, lo, hi in zip(h.at[over], h.lo[over], h.hi[over], strict=True)]
    on = (np.abs(fills.bottom - bottom) < 0.3 * size) & (fills.top < bottom - 0.8 * size) & (fills.top > highest) & (fills.rgb.min(axis=1, initial=1.0) < PAPER)
    tops += zip(fills.top[on].tolist(), fills.x0[on].tolist(), fills.x1[on].tolist(), strict=True)
    for top, *_ in sorted(tops, reverse=True):
        wide = sum(max(0.0, min(hi, x1) - max(lo, x0)) for at, lo, hi in tops if abs(at - top) < 0.15 * size)
        if wide >= WIDE * (x1 - x0):
            return top
    return None


def _begins_with_figures(grid: Grid, inner: Words) -> bool:
    """Whether a box of one column in the first row has nothing but a number, other than a year."""
    first = (inner.y > grid.ys[0]) & (inner.y < grid.ys[1])
    column = np.searchsorted(grid.xs, (inner.x0 + inner.x1) / 2) - 1
    for b in grid.boxes:
        texts = [inner.text[k] for k in np.flatnonzero(first & (column == b.col)).tolist()] if not b.row and b.col_span == 1 == b.row_span else []
        if texts and all(is_value(t) and t[:1].isdigit() and not YEARS.fullmatch(t) for t in texts):
            return True
    return False


def _stand_in_line(grid: Grid, texts: list[_Text], inner: Words, size: float) -> bool:
    """Whether each column has a text, and it begins where the first row's text in it begins, or each stands in the middle of
    its column."""
    heads = {t.col: t for t in reversed(texts) if t.span == 1}
    if len(heads) < len(grid.xs) - 1:
        return False
    first = np.flatnonzero((inner.y > grid.ys[0]) & (inner.y < grid.ys[1]))
    begins = np.full(len(heads), np.inf)
    column = np.clip(np.searchsorted(grid.xs, (inner.x0[first] + inner.x1[first]) / 2) - 1, 0, len(begins) - 1)
    np.minimum.at(begins, column, inner.x0[first])
    in_line = sum(abs(t.x0 - float(begins[c])) <= IN_LINE * size for c, t in heads.items())
    in_middle = sum(abs(t.x0 + t.x1 - grid.xs[c] - grid.xs[c + 1]) / 2 <= IN_MIDDLE * size for c, t in heads.items())
    return max(in_line, in_middle) >= len(heads) - 1
