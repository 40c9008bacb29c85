"""Two headings of a page read as one: said, where no column has both."""

from __future__ import annotations

import pytest
from hand_made_tables import document, table

from subsidy_extract.entries import entries
from subsidy_extract.model import Cell, Piece, Place


def on_page(text: str) -> Cell:
    return Cell(text, (Piece(text, Place(page=1, bbox=(10.0, 10.0, 200.0, 20.0))),))


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("事業概要 補助率", True),
        ("事業概要　補助率", True),
        ("補助率 上限額", False),  # one column often has both
        ("担当課 電話番号", False),
        ("事業概要・補助率", False),
        ("事業概要\n補助率", False),  # on two lines: one cell
        ("事 業 概 要", False),
    ],
)
def test_two_headings_side_by_side_over_one_column_are_said(heading: str, said: bool) -> None:
    u = entries(document(table(("事業名", "対象者", on_page(heading), "備考"), ("雪あかり創業補助金", "創業する者", "店を開く 1/2", ""))))
    assert ("headings_joined" in [d.code for d in u.doubts]) is said
