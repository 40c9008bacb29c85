"""A first column merged over groups of rows, where nothing but the rules of the other columns tells."""

from __future__ import annotations

import numpy as np
import pytest

from subsidy_extract.read.pdf.grid import find_grids
from subsidy_extract.read.pdf.grid.alignment.body import begins_anew
from subsidy_extract.read.pdf.grid.edges import Edges
from subsidy_extract.read.pdf.grid.lattice.ruled import Lattice, with_bare_columns
from subsidy_extract.read.pdf.grid.pieces import Piece, Slot

from .sheet import Sheet, wrap

XS = (40.0, 90.0, 190.0, 310.0, 470.0)
ROWS = [
    ("星見町", "朝市出店補助金", "町内に住所を置く商店主で市に出る者", "机や天幕を借りる費用の二分の一"),
    ("", "湯治場改修事業", "旅館を営む者で計画に沿い改める者", "客室や浴場を改める費用の一部を補う"),
    ("", "渡し舟助成金", "船主", "舟を直す費用を補う"),
    ("湖畔村", "学び舎支援", "学校法人で村内に校舎を置くもの", "教材を買う費用"),
    ("", "林道整備補助", "森林組合", "道を直す費用の三分の一を補助する"),
]


def sheet_of(rows: list[tuple[str, ...]], cut: int = 0) -> Sheet:
    """Horizontal rules only; those within a group leave its first column out. cut: lines of the first row that stand on the page before."""
    sheet = Sheet()
    y = 60.0
    for r, row in enumerate(rows):
        laid = [wrap(t, 9.0, XS[c + 1] - XS[c] - 8) if t else [] for c, t in enumerate(row)]
        if not r:
            laid = [lines[cut:] for lines in laid]
        for c, lines in enumerate(laid):
            for k, line in enumerate(lines):
                sheet.text(XS[c] + 3, y + 3 + 11 * k, line, 9.0)
        y += 11 * max(map(len, laid)) + 6
        group = r + 1 < len(rows) and not rows[r + 1][0]
        sheet.across(y, XS[1] if group else XS[0], XS[-1])
    return sheet


def spans(sheet: Sheet) -> list[tuple[int, int, int]]:
    """(row, column, rows) of the cells over several rows, and the number of columns."""
    (grid,) = find_grids(sheet.page())
    assert len(grid.xs) == 5
    assert {b.col_span for b in grid.boxes} == {1}
    return [(b.row, b.col, b.row_span) for b in grid.boxes if b.row_span > 1]


def test_groups() -> None:
    assert spans(sheet_of(ROWS)) == [(0, 0, 3), (3, 0, 2)]


def test_a_cut_row_at_the_top_is_no_heading_of_levels() -> None:
    assert spans(sheet_of([("", *ROWS[1][1:]), *ROWS[2:]], 1)) == [(0, 0, 2), (2, 0, 2)]


def test_one_name_on_a_page_is_a_column_where_rules_begin_right_of_it() -> None:
    assert spans(sheet_of([ROWS[3], ("", *ROWS[0][1:]), ("", *ROWS[1][1:]), ("", *ROWS[2][1:])])) == [(0, 0, 4)]


def lattice() -> Lattice:
    whole = np.ones(2, bool)
    return Lattice(np.array([90.0, 190.0, 310.0]), np.array([50.0, 80.0, 120.0]), np.ones((2, 1), bool), np.ones((1, 2), bool), whole, whole, whole, whole)


def edge(at: float, lo: float, hi: float) -> Edges:
    return Edges(np.array([at]), np.array([lo]), np.array([hi]))


def test_a_cell_over_a_whole_page_has_no_rule_but_at_its_side() -> None:
    found = with_bare_columns(lattice(), edge(40.0, 50.0, 120.0), 4.0)
    assert found.xs.tolist() == [40.0, 90.0, 190.0, 310.0]
    assert found.right[:, 0].all()
    assert not found.below[:, 0].any()
    assert with_bare_columns(lattice(), edge(380.0, 50.0, 120.0), 4.0).xs.tolist() == [90.0, 190.0, 310.0, 380.0]


@pytest.mark.parametrize("lone", [edge(40.0, 20.0, 120.0), edge(40.0, 50.0, 90.0), edge(150.0, 50.0, 120.0)])
def test_other_rules_beside_a_table(lone: Edges) -> None:
    assert len(with_bare_columns(lattice(), lone, 4.0).xs) == 3


def slot(top: float, label: str) -> Slot:
    def piece(col: int, text: str) -> Piece:
        return Piece(col, col, 40.0 + 100 * col, 90.0 + 100 * col, top, top + 9, 9.0, text, 9.0, False, 0)

    return Slot(top + 4.5, top, top + 9, (*((piece(0, label),) if label else ()), piece(1, "朝市出店補助金")))


@pytest.mark.parametrize(
    ("labels", "want"),
    [
        (("星見町", "", "", "湖畔村"), True),
        (("星見町", "", "", ""), False),
        (("観光・交", "流の部", "ほかに", "ある"), False),  # one label, wrapped
        (("", "星見町", "", "湖畔村"), False),  # labels stand in the middle of their groups
    ],
)
def test_a_label_on_the_first_line_of_its_row_begins_a_group(labels: tuple[str, ...], want: bool) -> None:
    slots = [slot(60.0 + 12 * k, label) for k, label in enumerate(labels)]
    assert begins_anew(slots, 0, 3, 9.0) is want
