"""What passes between the rooms of the PDF reader: engines → Page → grids → PageRead → stitch."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.model import BBox, Doubt, LeftOut

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """n glyphs as columns, in the order of the content stream (white space glyphs too: they separate words).

    text: n strings after the fixed character map (a ligature has several characters). x0, top, x1, bottom: points, on
    the page as displayed. size: font size in points. upright: reads left to right on the displayed page.
    font: a number per font (bold headings differ from it), -1 unknown.
    """

    text: NDArray[np.object_]
    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    size: Floats
    upright: NDArray[np.bool_]
    font: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.text)

    def take(self, which: NDArray[np.intp] | NDArray[np.bool_]) -> Glyphs:
        """The chosen glyphs, order kept for a mask, as given for indices."""
        return Glyphs(
            self.text[which], self.x0[which], self.top[which], self.x1[which], self.bottom[which],
            self.size[which], self.upright[which], self.font[which],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rules:
    """m straight strokes and thin filled rectangles (at most 3 points thick) as boxes; each is horizontal or vertical by
    its longer side. Points, on the page as displayed. Strokes drawn in the colour of the paper are not among them."""

    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats


@dataclass(frozen=True, slots=True)
class Fills:
    """k filled rectangles with an area (shaded headings, zebra rows); rgb: (k, 3), 0 to 1. White ones are among them."""

    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    rgb: Floats


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link annotation."""

    url: str
    bbox: BBox


@dataclass(frozen=True, slots=True)
class Page:
    """One page as an engine saw it, after everything invisible was taken to `left_out`.

    witness: the characters another engine saw (white space aside, after the character map). images: boxes of pictures.
    """

    number: int
    width: float
    height: float
    glyphs: Glyphs
    rules: Rules
    fills: Fills
    links: tuple[PageLink, ...] = ()
    images: tuple[BBox, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    witness: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class GridBox:
    """One cell of a grid, spans and all, no text yet. row, col count from 0."""

    row: int
    col: int
    row_span: int
    col_span: int
    bbox: BBox


@dataclass(frozen=True, slots=True)
class Grid:
    """One table's skeleton on one page: geometry only.

    xs: column edges (n+1), ys: row edges (m+1), points, ascending; boxes tile the grid. ruled: columns come from rules.
    open_top, open_bottom: no rule closes the first / the last row (a browser cut the row there). heading_rows: rows at
    the top that look like a heading by shading or rules (None: can't tell). bands: (top, bottom, number of the colour, 0 for
    paper) of its rows, where the page paints rows.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[GridBox, ...]
    ruled: bool
    open_top: bool = False
    open_bottom: bool = False
    heading_rows: int | None = None
    bands: tuple[tuple[float, float, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in a cell or in prose. text: without the white space at its ends; spaced: a space glyph stood at
    its end (or at the start of the next), so that a word ended there. size: of its characters in points. vertical: 縦書き.
    edges: the far edge of each character of `text` along the line, points from the line's start."""

    text: str
    bbox: BBox
    size: float
    spaced: bool = False
    vertical: bool = False
    edges: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid with its lines from top to bottom. links: (url, line index, start, end) behind its words. page: where
    it stands, when that is not the page of its grid."""

    box: GridBox
    lines: tuple[Line, ...]
    links: tuple[tuple[str, int, int, int], ...] = ()
    doubts: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class GridRead:
    """A grid with its cells read. also: the other pages that some of them come from."""

    grid: Grid
    cells: tuple[GridCell, ...]
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PageRead:
    """What the reading child answers for one page: grids from top to bottom, lines in none of them, what was left out.
    rules: (y, from x, to x) of the horizontal rules and edges of shades above the first grid, points. quarter: how many
    quarters clockwise a page that runs sideways was turned to be read; everything is placed on the page so turned."""

    number: int
    width: float
    height: float
    grids: tuple[GridRead, ...]
    prose: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]
    witness: str
    doubts: tuple[Doubt, ...] = field(default=())
    rules: tuple[tuple[float, float, float], ...] = ()
    quarter: int = 0

    @property
    def filled(self) -> tuple[GridRead, ...]:
        """The grids that hold text."""
        return tuple([g for g in self.grids if any(c.lines for c in g.cells)])
