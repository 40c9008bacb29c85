"""Columns of Japanese texts that fill their width, with very little white between them."""

from __future__ import annotations

import pytest

from tests.read.pdf.grid.sheet import Sheet, tables

NAMES = ("緑丘町販路拡大支援補助金", "青葉町空き店舗活用補助金", "白浜町創業支援事業補助金", "若松町設備更新支援補助金", "千草町人材育成支援補助金")
WHOSE = ("町内に主たる事業所を有する者", "町内に住所を有する個人の方に", "市税等を滞納していない者に限る", "商工会又は会議所の会員である者", "創業して五年を経過しない者に限")


def page(white: float) -> Sheet:
    """Two columns of six characters, `white` points between them, horizontal rules, and a column of sums far to the right."""
    sheet, y = Sheet(), 60.0
    second = 40 + 60 + white
    for name, whose in zip(NAMES, WHOSE, strict=True):
        sheet.across(y - 4, 36, 560)
        for k in range(2):
            sheet.text(40, y + 13 * k, name[6 * k : 6 * k + 6])
            sheet.text(second, y + 13 * k, whose[6 * k : 6 * k + 6])
        sheet.text(400, y, "上限五十万円")
        y += 34
    sheet.across(y - 4, 36, 560)
    return sheet


@pytest.mark.parametrize("white", [4.0, 8.0])
def test_a_third_of_a_character_parts_columns(white):
    (read,) = tables(page(white))
    assert [[cell.replace("\n", "") for cell in row] for row in read] == [[n, w[:12], "上限五十万円"] for n, w in zip(NAMES, WHOSE, strict=True)]


def test_set_apart_characters_are_no_columns():
    sheet = Sheet()
    for k, name in enumerate(NAMES * 2):
        for i, char in enumerate(name):
            sheet.text(40 + 13.2 * i, 60 + 20 * k, char)
        sheet.text(400, 60 + 20 * k, "上限五十万円")
    assert all(len(row) <= 2 for read in tables(sheet) for row in read)
