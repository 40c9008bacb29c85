"""Text at the top of a page, in no cell, where the columns of the table begin: said, since it may be the rest of a cut row."""

from __future__ import annotations

import pytest

from subsidy_extract.read.pdf.nouns import Grid, GridBox, GridCell, GridRead, Line, PageRead
from subsidy_extract.read.pdf.stitch import stitch

XS = (0.0, 100.0, 200.0, 300.0)


def line(text: str, x: float, top: float) -> Line:
    return Line(text, (x, top, x + 8.0 * len(text), top + 10), 10.0)


def page(number: int, prose: tuple[Line, ...], table: bool) -> PageRead:
    words = (("事業名", "対象者", "内容"), ("創業補助金", "市内の方", "改装費の一部を"))
    cells = tuple(
        GridCell(GridBox(r, c, 1, 1, (XS[c], 100.0 + 40 * r, XS[c + 1], 140.0 + 40 * r)), (line(text, XS[c] + 3, 110.0 + 40 * r),))
        for r, row in enumerate(words)
        for c, text in enumerate(row)
    )
    grids = (GridRead(Grid(XS, (100.0, 140.0, 180.0), tuple(c.box for c in cells), True), cells),) if table else ()
    return PageRead(number, 300.0, 400.0, grids, prose, (), "", ())


@pytest.mark.parametrize(
    ("above", "said"),
    [
        ((line("補助します。", 203, 20),), True),  # where the third column begins
        ((line("納がない者", 103, 20), line("補助します。", 203, 20)), True),
        ((line("※詳しくは募集要領を御覧ください。", 103, 20),), False),  # a note
        ((line("- 2 -", 140, 20),), False),  # a page number, in no column's place
        ((line("お問い合わせは各課まで。", 3, 20),), False),  # at the margin, where prose begins
        ((), False),
    ],
)
def test_said_where_columns_begin(above: tuple[Line, ...], said: bool) -> None:
    done = stitch([page(1, (), True), page(2, above, False)])
    assert any(d.code == "row_over_page" for d in done.doubts) is said
    assert "".join(o.text for o in done.left_out) == "".join(x.text for x in above), "left out, not lost"
