"""Texts set in the middle of their rows, without rules: columns that share no line."""

from __future__ import annotations

import pytest

from tests.read.pdf.grid.sheet import Sheet, tables

NAMES = ("緑丘町販路拡大支援補助金", "青葉町空き店舗活用補助金", "白浜町創業支援補助金", "若松町設備更新補助金", "千草町人材育成補助金")


def rows_of(cut: int | None = None) -> tuple[Sheet, list[list[str]]]:
    """Rows of three lines, the third column of two; of the last row only the lines before `cut` stand on the page."""
    sheet, rows = Sheet(), []
    y = 60.0
    for k, name in enumerate(NAMES):
        texts = [(name[:6], name[6:9], name[9:]), ("町内に住所がある", "者で税を滞納して", "いないもの"), (f"https://town{k}.lg.jp/", f"hojo/{k}.html")]
        lines = [3, 3, 2] if cut is None or k + 1 < len(NAMES) else [cut, cut, 1]
        middle = y + 18 if lines[0] == 3 else y + 6 * lines[0]
        for x, cell, n in zip((40, 160, 290), texts, lines, strict=True):
            for line in range(n):
                sheet.text(x, (middle - 6 * len(cell) if lines[0] == 3 else y) + 12 * line, cell[line])
        rows.append(["".join(cell[:n]) for cell, n in zip(texts, lines, strict=True)])
        y += 60
    return sheet, rows


@pytest.mark.parametrize("cut", [None, 2])
def test_columns_of_odd_and_even_lines(cut):
    sheet, rows = rows_of(cut)
    (read,) = tables(sheet)
    assert [["".join(cell.split()) for cell in row] for row in read] == rows

