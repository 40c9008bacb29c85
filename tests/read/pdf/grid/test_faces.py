"""A face cut into many fonts: which font a character is in says nothing of where the heading ends."""

import numpy as np
import pytest

from subsidy_extract.read.pdf.grid import find_grids
from subsidy_extract.read.pdf.grid.words import faces

from .sheet import Sheet, rows_of

HEAD = ("部局名", "事業名", "対象者", "補助率")
XS = (40.0, 110.0, 260.0, 420.0)


def sheet() -> Sheet:
    """Columns told by alignment; each cell is set in a font of its own, as a browser does that draws characters."""
    page = Sheet()
    for x, text in zip(XS, HEAD, strict=True):
        page.text(x + 9, 100, text, font=len(text))
    y, font = 124.0, 3
    for k in range(8):
        row = ("商工部\nの内" if k in (0, 5) else "", f"第{k}灯台補助金\nその他の枠", "町内の商店主\n又は漁師", f"{k + 1}割")
        for x, text in zip(XS, row, strict=True):
            for i, line in enumerate(text.split("\n") if text else ()):
                font = font + 1 if (x, k) > (40.0, 0) or i == 0 else font
                page.text(x, y + 13 * i, line, font=font % 37 + 3)
        y += 42
    return page


def test_the_heading_ends_where_its_look_ends() -> None:
    page = sheet().page()
    (grid,) = find_grids(page)
    assert grid.heading_rows == 1
    assert ["".join(c) for c in rows_of(page, grid)[:2]] == ["".join(HEAD), "商工部の内第0灯台補助金その他の枠町内の商店主又は漁師1割"]


@pytest.mark.parametrize(
    ("fonts", "kept"),
    [([0] * 30 + [1] * 4, True), (list(range(12)) * 5, False), (list(range(12)) + [3] * 40, True), ([0, 1, 2] * 9, True)],
)
def test_which_fonts_tell_faces(fonts: list[int], kept: bool) -> None:
    assert (len(set(faces(np.array(fonts, dtype=np.int32)).tolist())) > 1) is kept
