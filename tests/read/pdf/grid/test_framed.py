"""Rows between rules of one extent, their texts in the middle of the rows' heights, are rows of one table."""

from __future__ import annotations

from .sheet import Sheet, tables, width

XS = (40.0, 160.0, 300.0, 520.0)
HEAD = ["事業名", "対象者", "事業概要"]
TALL = [
    ["朝市出店補助金", "町内に住所を置く者で市に店を出すも\nのただし前年に助成を受けた者を除き\nまた町税を納めていない者を除くもの", "市に店を出すために要する費用のうち机椅子天幕その他\nの備品を借りる費用を補う"],
    ["湯治場改修事業", "旅館を営む者で町の観光の計画に沿い\n客室や浴場を改める者また同じく計画\nに沿い送迎の車を改める者をいうもの\nこの者には組合を含む", "改修に要する費用のうち町長が認める額の二分の一以内\nで補う"],
]
SHORT = [["渡し舟助成金", "船主", "渡し舟の費用を補う"], ["学び舎支援", "学校法人", "教材の費用を補う"], ["林道整備補助", "森林組合", "工事の費用を補う"]]


def sheet_of(rows: list[list[str]]) -> Sheet:
    sheet = Sheet()
    for c, text in enumerate(HEAD):
        sheet.text((XS[c] + XS[c + 1]) / 2 - sum(width(x, 8) for x in text) / 2, 50, text, 8)
    y = 62.0
    sheet.across(y, XS[0], XS[-1])
    for row in rows:
        high = 10.0 * max(len(t.split("\n")) for t in row) + 8
        for c, text in enumerate(row):
            lines = text.split("\n")
            for k, line in enumerate(lines):
                sheet.text(XS[c] + 2, y + (high - 10 * len(lines)) / 2 + 10 * k, line, 8)
        y += high
        sheet.across(y, XS[0], XS[-1])
    return sheet


def test_tall_rows_above_short_ones() -> None:
    assert tables(sheet_of([*TALL, *SHORT])) == [[HEAD, *([t.replace("\n", "") for t in row] for row in [*TALL, *SHORT])]]
