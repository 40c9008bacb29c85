"""A page made by hand: text, rules and fills in, a Page out; and its grids read back as plain rows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from subsidy_extract.read.pdf.grid import find_grids
from subsidy_extract.read.pdf.nouns import Fills, Glyphs, Grid, Page, Rules


def width(char: str, size: float) -> float:
    return size if char >= "\u2e80" else size / 2


def wrap(text: str, size: float, wide: float) -> list[str]:
    """Text broken where the next character would not fit, and at every newline."""
    lines = [""]
    for char in text:
        if char == "\n":
            lines.append("")
            continue
        if sum(width(c, size) for c in lines[-1]) + width(char, size) > wide:
            lines.append("")
        lines[-1] += char
    return lines


@dataclass
class Sheet:
    """Points, origin top left."""

    width: float = 595.0
    height: float = 842.0
    glyphs: list[tuple[str, float, float, float, float, float, int]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    fills: list[tuple[float, float, float, float, float]] = field(default_factory=list)

    def text(self, x: float, top: float, text: str, size: float = 10.0, font: int = 0) -> float:
        """One line; answers where it ends."""
        for char in text:
            wide = width(char, size)
            self.glyphs.append((char, x, top, x + wide, top + size, size, font))
            x += wide
        return x

    def right(self, x: float, top: float, text: str, size: float = 10.0, font: int = 0) -> None:
        self.text(x - sum(width(c, size) for c in text), top, text, size, font)

    def middle(self, x: float, top: float, text: str, size: float = 10.0, font: int = 0) -> None:
        self.text(x - sum(width(c, size) for c in text) / 2, top, text, size, font)

    def across(self, y: float, x0: float, x1: float, thick: float = 0.5) -> None:
        self.rules.append((x0, y - thick / 2, x1, y + thick / 2))

    def down(self, x: float, y0: float, y1: float, thick: float = 0.5) -> None:
        self.rules.append((x - thick / 2, y0, x + thick / 2, y1))

    def page(self, scale: float = 1.0, dx: float = 0.0, dy: float = 0.0) -> Page:
        g = self.glyphs
        box = np.array([row[1:6] for row in g], dtype=float).reshape(-1, 5) * scale
        r = np.array(self.rules, dtype=float).reshape(-1, 4) * scale
        f = np.array(self.fills, dtype=float).reshape(-1, 5)
        fb = f[:, :4] * scale
        return Page(
            1, self.width * scale, self.height * scale,
            Glyphs(
                np.array([row[0] for row in g], dtype=object), box[:, 0] + dx, box[:, 1] + dy, box[:, 2] + dx, box[:, 3] + dy,
                box[:, 4], np.ones(len(g), dtype=bool), np.array([row[6] for row in g], dtype=np.int32),
            ),
            Rules(r[:, 0] + dx, r[:, 1] + dy, r[:, 2] + dx, r[:, 3] + dy),
            Fills(fb[:, 0] + dx, fb[:, 1] + dy, fb[:, 2] + dx, fb[:, 3] + dy, np.repeat(f[:, 4:], 3, axis=1)),
        )  # fmt: skip


def rows_of(page: Page, grid: Grid) -> list[list[str]]:
    """The text of each box where it begins, glyph by glyph; lines joined, white space away."""
    g = page.glyphs
    x, y = (g.x0 + g.x1) / 2, (g.top + g.bottom) / 2
    rows = [[""] * (len(grid.xs) - 1) for _ in range(len(grid.ys) - 1)]
    for box in grid.boxes:
        x0, top, x1, bottom = box.bbox
        mine = np.flatnonzero((x >= x0) & (x < x1) & (y >= top) & (y < bottom))
        order = mine[np.lexsort((g.x0[mine], np.round(g.top[mine], 1)))]
        rows[box.row][box.col] = "".join("".join(g.text[i] for i in order).split())
    return [row for row in rows if any(row)]


def tables(sheet: Sheet) -> list[list[list[str]]]:
    page = sheet.page()
    return [rows_of(page, grid) for grid in find_grids(page)]
