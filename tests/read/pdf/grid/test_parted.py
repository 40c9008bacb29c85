"""Boxes over several columns: merged cells, and vertical rules that are missing beside an empty cell."""

from __future__ import annotations

import pytest

from subsidy_extract.read.pdf.cells import read_page
from subsidy_extract.read.pdf.grid import find_grids

from .sheet import Sheet, wrap

XS = (50.0, 150.0, 300.0, 400.0, 520.0)
YS = (100.0, 120.0, 170.0, 220.0, 270.0, 320.0)
BODY = [
    ["事業名", "対象者", "期間", "窓口"],
    ["海辺の朝市", "町内の商店主で市に出る者とその家族", "五月", "商工課"],
    ["山の湯治場", "湯治場を営む者", "通年", "観光課"],
    ["川の渡し舟", "渡し舟を出す者", "夏", "土木課"],
    ["森の学び舎", "学び舎を開く者", "秋", "農林課"],
]
LONG = "町内に住む者が町内で新たに始める事業に使う費用"
Row = list[str]


def sheet_of(rows: list[Row], missing: set[tuple[int, int]], middle: bool = False) -> Sheet:
    """missing: (row, k) of the pieces of vertical rules that are not drawn; rule k stands left of column k. middle: texts
    stand in the middle of their columns."""
    sheet = Sheet()
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            for n, line in enumerate(wrap(text, 10.0, XS[c + 1] - XS[c] - 8) if text else ()):
                if middle:
                    sheet.middle((XS[c] + XS[c + 1]) / 2, YS[r] + 4 + 13 * n, line)
                else:
                    sheet.text(XS[c] + 4, YS[r] + 4 + 13 * n, line)
        for k, x in enumerate(XS):
            if (r, k) not in missing:
                sheet.down(x, YS[r], YS[r + 1])
    for y in YS:
        sheet.across(y, XS[0], XS[-1])
    return sheet


def merged(sheet: Sheet) -> list[tuple[str, int, tuple[str, ...]]]:
    """(text, columns, doubts) of each cell over several columns."""
    page = sheet.page()
    (read,) = read_page(page, find_grids(page)).grids
    return [("".join(x.text for x in c.lines), c.box.col_span, c.doubts) for c in read.cells if c.box.col_span > 1]


def where(sheet: Sheet, text: str) -> int:
    page = sheet.page()
    (read,) = read_page(page, find_grids(page)).grids
    return next(c.box.col for c in read.cells if "".join(x.text for x in c.lines) == text)


def body(row: Row) -> list[Row]:
    return [BODY[0], row, *BODY[2:]]


@pytest.mark.parametrize(
    ("row", "k", "middle"),
    [
        ([LONG, "", "五月", "商工課"], 1, False),  # wrapped where its column ends
        (["海辺の朝市", "町内の商店主\nURL:https://umi.example.jp/mark\net/", "", "商工課"], 2, False),  # wrapped within a word
        (["海辺の朝市", "", "五月", "商工課"], 2, False),  # begins where its column's lines begin
        (["海辺の朝市", "", "五月", "商工課"], 2, True),  # stands in the middle of its column
        (["海辺の朝市", "町内の者", "", "商工課"], 2, True),
    ],
)
def test_text_set_in_one_column_tells_of_a_missing_rule(row: Row, k: int, middle: bool) -> None:
    sheet = sheet_of(body(row), {(1, k)}, middle)
    assert merged(sheet) == []
    filled = row[k] or row[k - 1]
    assert where(sheet, filled.replace("\n", "")) == (k if row[k] else k - 1)


def test_a_short_text_that_could_be_both_stays_and_is_said() -> None:
    assert merged(sheet_of(body(["海辺の朝市", "町内の者", "", "商工課"]), {(1, 2)})) == [("町内の者", 2, ("merged_columns",))]


def test_where_rules_are_missing_here_and_there_a_short_text_has_one_column() -> None:
    rows = [BODY[0], ["海辺の朝市", "町内の者", "", "商工課"], [LONG, "", "通年", "観光課"], ["川の渡し舟", "", "夏", "土木課"], BODY[4]]
    assert merged(sheet_of(rows, {(1, 2), (2, 1), (3, 2)})) == []


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("湯治場を営む者は年間を通じていつでも願い出る", None),  # over the missing rule
        ("通年", (XS[1] + XS[3]) / 2),  # in the middle of both
    ],
)
def test_a_merged_cell_is_one(text: str, at: float | None) -> None:
    sheet = sheet_of([*BODY[:2], ["山の湯治場", "", "", "観光課"], *BODY[3:]], {(2, 2)})
    if at is None:
        sheet.text(XS[1] + 4, YS[2] + 4, text)
    else:
        sheet.middle(at, YS[2] + 4, text)
    assert merged(sheet) == [(text, 2, ())]


def test_levels_of_a_heading_and_rows_over_the_whole_width_are_none_of_these() -> None:
    rows = [["制度", "", "連絡", ""], *BODY[:3], ["一　創業の支援", "", "", ""]]
    sheet = sheet_of(rows, {(0, 1), (0, 3), (4, 1), (4, 2), (4, 3)})
    assert [(t, n) for t, n, _ in merged(sheet)] == [("制度", 2), ("連絡", 2), ("一　創業の支援", 4)]
