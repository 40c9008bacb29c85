"""Columns that have a heading and, on this page, nothing else."""

from __future__ import annotations

import pytest

from tests.read.pdf.grid.sheet import Sheet, tables, wrap

LEFT = (40.0, 170.0, 330.0, 470.0)
WIDE = (110.0, 140.0, 120.0, 100.0)
HEADING = ("事業名", "対象者", "問合せ・申込先", "ホームページ")


def page(rows, heading=HEADING) -> Sheet:
    """Rules across, headings in the middle of their columns."""
    sheet = Sheet()
    sheet.across(58, 36, 572)
    for x, wide, text in zip(LEFT, WIDE, heading, strict=True):
        sheet.middle(x + wide / 2, 62, text)
    y = 78.0
    for row in rows:
        sheet.across(y, 36, 572)
        lines = [wrap(text, 10, wide) for text, wide in zip(row, WIDE, strict=True)]
        for x, cell in zip(LEFT, lines, strict=True):
            for k, line in enumerate(cell):
                if line:
                    sheet.text(x, y + 5 + 13 * k, line)
        y += max(map(len, lines)) * 13 + 10
    sheet.across(y, 36, 572)
    return sheet


ROW = ("緑丘町販路拡大支援事業補助金", "町内に主たる事業所を有する者", "緑丘町役場産業振興課", "")


def test_the_column_is_there_and_its_neighbour_keeps_its_text():
    (rows,) = tables(page([ROW]))
    assert rows == [list(HEADING), list(ROW)]


@pytest.mark.parametrize("empty", [1, 2, 3])
def test_any_column(empty):
    row = [text if k != empty else "" for k, text in enumerate((*ROW[:3], "https://town.example/"))]
    (rows,) = tables(page([row]))
    assert rows == [list(HEADING), row]


def test_a_heading_spread_over_its_column_is_one():
    heading = ("事業名", "対象者", "問合せ・申込先", "備　　　考")
    row = (*ROW[:3], "随時")
    (rows,) = tables(page([row, row], heading))
    assert len(rows[0]) == 4


def test_a_heading_in_the_middle_over_few_short_texts_is_theirs() -> None:
    sheet = Sheet()
    for x, text in ((40, "事業名"), (250, "補助率"), (345, "上限額"), (430, "問合せ先")):
        sheet.text(x, 62, text)
    for y in (58, 78, 114, 144):
        sheet.across(y, 36, 572)
    for k, name in enumerate(("緑丘町販路拡大支援事業補助金", "青浜市空き店舗活用補助金")):
        for x, text in ((40, name), (250, "定額"), (310, "1"), (430, "緑丘町役場産業振興課")):
            sheet.text(x, 90 + 30 * k, text)
    (rows,) = tables(sheet)
    assert rows[0] == ["事業名", "補助率", "上限額", "問合せ先"]
    assert [row[2] for row in rows[1:]] == ["1", "1"]
