"""A list whose right columns stand on pages of their own, behind its first column again, is said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from subsidy_extract.read.pdf.stitch import stitch
from tests.read.pdf.paper import HEAD, ROWS, lines_of, page

OTHER = ("事業名", "補助率", "上限額", "受付期間")
RATES = [(r[0], "2分の1", f"{k}0万円", "通年") for k, r in enumerate(ROWS, 1)]


def doubts(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]], lower: float = 0.0) -> list[str]:
    laid = [lines_of(r) for r in first], [lines_of(r) for r in second]
    deep = [[max(max(map(len, a)), max(map(len, b))) for a, b in zip(*laid, strict=False)]]
    pages = []
    for number, rows in enumerate(laid, 1):
        even = [[[*c, *["―"] * (deep[0][k] - len(c))] if j == 1 and k < len(deep[0]) else c for j, c in enumerate(row)] for k, row in enumerate(rows)]
        pages.append(page(number, even, top=60.0 + lower * (number - 1)))
    return [d.code for d in stitch(pages).doubts]


def test_it_is_said() -> None:
    assert "columns_apart" in doubts([HEAD, *ROWS], [OTHER, *RATES])


@pytest.mark.parametrize(
    ("first", "second", "lower"),
    [
        ([HEAD, *ROWS], [HEAD, *ROWS], 0.0),  # a page printed twice: the same headings
        ([HEAD, *ROWS], [OTHER, *RATES], 5.0),  # not printed in one go
        ([HEAD, *ROWS], [OTHER, *RATES[::-1]], 0.0),  # other rows
        ([HEAD, *ROWS], [(*OTHER[:3], HEAD[3]), *RATES], 0.0),  # a heading is on both
        ([HEAD, *ROWS[:2]], [OTHER, *RATES[:2]], 0.0),  # too few to tell
    ],
)
def test_other_pages(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]], lower: float) -> None:
    assert "columns_apart" not in doubts(first, second, lower)
