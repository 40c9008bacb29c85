"""A group beside its rows: the rules of the rows end at its side, where no rule runs; and notes below the frame of a table."""

import numpy as np

from subsidy_extract.read.pdf.grid.lattice.ruled import lattice_to_labels
from subsidy_extract.read.pdf.grid.spans import labels_to_spans

from .sheet import Sheet, tables


def test_rules_that_end_inside_a_place_part_its_columns() -> None:
    """Three rows beside a group without a rule at its side: it is no cell over both columns."""
    right = np.array([[False, True], [False, True], [False, True]])
    below = np.array([[False, True, True], [False, True, True]])
    assert labels_to_spans(lattice_to_labels(right, below)) == [(0, 0, 3, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)]


def test_a_group_whose_rule_is_there_in_its_first_row_only() -> None:
    right = np.array([[True], [False], [False]])
    below = np.array([[False, True], [False, True]])
    assert labels_to_spans(lattice_to_labels(right, below)) == [(0, 0, 3, 1), (0, 1, 1, 1), (1, 1, 1, 1), (2, 1, 1, 1)]


def test_merged_cells_stay_merged() -> None:
    right = np.array([[False, True], [False, True], [True, True]])
    below = np.array([[False, False, True], [True, True, True]])
    assert labels_to_spans(lattice_to_labels(right, below))[0] == (0, 0, 2, 2)


def test_notes_below_a_frame_are_no_row() -> None:
    """Rules across and a frame, but none between the columns; numbered notes below stand in its columns."""
    sheet = Sheet()
    for x, text in ((50.0, "No."), (90.0, "事業名"), (260.0, "対象者")):
        sheet.text(x, 104.0, text)
    y = 120.0
    for k in range(6):
        for x, text in ((50.0, str(k + 1)), (90.0, f"第{k}灯台補助金"), (260.0, "町内の商店主")):
            sheet.text(x, y + 4, text)
            if x > 50:
                sheet.text(x, y + 16, "その他の者")
        y += 40
    for k in range(8):
        sheet.across(100.0 if not k else 80.0 + 40 * k, 46.0, 400.0)
    for x in (46.0, 400.0):
        sheet.down(x, 100.0, y)
    sheet.text(50.0, y + 8, "1")
    sheet.text(90.0, y + 8, "金額は税込です。")
    sheet.text(50.0, y + 22, "2")
    sheet.text(90.0, y + 22, "変更となる場合があります。")
    (rows,) = tables(sheet)
    assert [row[0] for row in rows] == ["No.", *map(str, range(1, 7))]
    assert "税込" not in "".join(map("".join, rows))
