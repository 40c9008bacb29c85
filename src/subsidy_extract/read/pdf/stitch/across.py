"""Two neighbouring pages with the same rows under other headings → a doubt: the right columns of a list too wide for its
paper are printed on pages of their own, with the columns that name the rows in front of them again."""

from __future__ import annotations

from dataclasses import dataclass

from subsidy_extract.model import BBox, Doubt, Place
from subsidy_extract.read.pdf.nouns import PageRead
from subsidy_extract.read.pdf.stitch.drafts import folded

SAME = 1.0  # points: rows printed in one go have the same edges on both pages, give or take this
LEAST = 3  # rows with a name tell


@dataclass(frozen=True, slots=True)
class Face:
    """The first grid of a page. ys: its row edges, points. columns: the text of each cell from top to bottom, by column."""

    page: int
    ys: tuple[float, ...]
    columns: tuple[tuple[str, ...], ...]
    bbox: BBox


def page_to_face(page: PageRead) -> Face | None:
    read = min(page.filled, key=lambda g: g.grid.ys[0], default=None)
    if read is None or len(read.grid.xs) < 3 or len(read.grid.ys) < LEAST + 2:
        return None
    xs, ys = read.grid.xs, read.grid.ys
    texts = [[""] * (len(ys) - 1) for _ in range(len(xs) - 1)]
    for c in read.cells:
        texts[c.box.col][c.box.row] = folded("".join([line.text for line in c.lines]))
    return Face(page.number, ys, tuple(map(tuple, texts)), (round(xs[0], 2), round(ys[0], 2), round(xs[-1], 2), round(ys[-1], 2)))


def columns_apart(before: Face | None, face: Face | None) -> Doubt | None:
    """Both pages begin with the same columns, row for row at the same height, and no heading of the others is on both."""
    if before is None or face is None or face.page != before.page + 1 or len(before.ys) != len(face.ys):
        return None
    if any(abs(a - b) > SAME for a, b in zip(before.ys, face.ys, strict=True)):
        return None
    same = 0
    while same < min(len(before.columns), len(face.columns)) and before.columns[same] == face.columns[same]:
        same += 1
    if not any(len({t for t in column[1:] if t}) >= LEAST for column in before.columns[:same]):
        return None
    left, right = ({c[0] for c in f.columns[same:] if c[0]} for f in (before, face))
    if not left or not right or left & right:
        return None
    detail = f"pages {before.page} and {face.page} have the same rows under other headings: the list's right columns seem to be printed on pages of their own, and its programmes stand twice"
    return Doubt("columns_apart", detail, (Place(page=before.page, bbox=before.bbox), Place(page=face.page, bbox=face.bbox)))
