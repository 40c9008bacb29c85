from __future__ import annotations

import pytest

from subsidy_extract.model import Document
from subsidy_extract.read.positions import wide
from subsidy_extract.read.text import read_text
from tests.read.bags import codes, conserved, texts

WIDTHS = (6, 22, 26, 16, 12, 16)
HEADING = [["", "", "", "", "     問合せ先", ""], ["No.", "事   業   名", "対象者", "上限額（千円）", "", ""], ["", "", "", "", "担当課", "電話番号"]]
ROWS = [
    ["1", "省力化設備導入補助金", "町内に事業所を有する者\n（従業員20人以下）", "3,000", "商工振興課", "0770-00-1101"],
    ["2", "空き店舗改修事業", "空き店舗に出店する者", "改装費：1,000", "〃", "〃"],
    ["3", "再生可能エネルギー設備補助金", "町内の法人", "500", "環境課", "0770-00-1140\n（内線215）"],
    ["4", "見本市等出展補助金", "町内の事業者", "国内：200\n国外：400", "観光交流課", "0770-00-1155"],
    ["5", "特産品開発支援事業", "特産品を開発する者", "1,500", "〃", "0770-00-1156"],
    ["6", "専門家派遣事業", "町内の中小企業者\n創業して五年未満の者\nその他町長が認める者で未納のない者", "１回30", "観光交流課", "0770-00-1157"],
]


def printed(row: list[str], middle: bool = True) -> list[str]:
    """The lines of one row as pdftotext prints them: one place for each letter, whatever its width."""
    cells = [c.split("\n") for c in row]
    tall = max(len(c) for c in cells)
    lines = []
    for k in range(tall):
        line = ""
        for c, width in zip(cells, WIDTHS, strict=True):
            at = k - ((tall - len(c)) // 2 if middle else 0)
            line += (c[at] if 0 <= at < len(c) else "").ljust(width)
        lines.append(line.rstrip())
    return lines


def page(rows: list[list[str]], number: int, middle: bool) -> str:
    body = [x for h in HEADING for x in printed(h)]
    for row in rows:
        body += [row[0]] if len(row) == 1 else printed(row, middle)
    return "\n".join([*body, "", f"{'':60}- {number} -", ""])


def read(text: str) -> Document:
    document = read_text(text.encode(), "list.txt")
    assert conserved(document)
    return document


@pytest.mark.parametrize("middle", [True, False])
def test_a_sheet_as_pdftotext_prints_it(middle: bool) -> None:
    first, second = ["１   設備をととのえる"], ["２   販路をひろげる"]
    text = "令和８年度   みさき町支援制度一覧\n\n" + "\f".join([page([first, *ROWS[:3], second, ROWS[3]], 1, middle), page(ROWS[4:], 2, middle), ""])
    d = read(text.replace("２   販路", "\n２   販路"))
    assert (d.title, d.source.pages, len(d.tables)) == ("令和８年度 みさき町支援制度一覧", 2, 1)
    table = d.tables[0]
    assert table.heading_rows == 2
    assert texts(table) == [
        ["No.", "事 業 名", "対象者", "上限額（千円）", "問合せ先", None],
        [None, None, None, None, "担当課", "電話番号"],
        ["１ 設備をととのえる", *[None] * 5], *ROWS[:3], ["２ 販路をひろげる", *[None] * 5], *ROWS[3:],
    ]  # fmt: skip
    assert (table.rows[0].cells[4].col_span, table.rows[0].cells[0].row_span) == (2, 2)  # type: ignore[union-attr]
    assert {p.place.page for c in table.rows[-1].cells if c for p in c.pieces} == {2}
    assert [x.reason for x in d.left_out if x.reason != "heading"] == ["title", "page_number", "page_number"]
    assert "columns_by_spaces" in codes(d)


# aligned by hand in a fixed-width type: a full-width letter takes two places; cells wrap, set at the top, no rules
WIDE = """\
みさき町の補助金（令和8年度）

事業名              対象者                    上限        窓口
------------------  ------------------------  ----------  ------------
省力化補助金        町内に事業所を有する      3,000千円   商工振興課
                    中小企業者又は個人で
                    事業を営む方
空き店舗改修        店舗を開く方              500千円     商工振興課
見本市等出展        町内の事業者であって      200千円     観光交流課
補助金              町税の滞納がない方
"""


def test_columns_aligned_by_hand() -> None:
    assert wide(WIDE)
    assert not wide(page(ROWS, 1, True))
    rows = texts(read(WIDE).tables[0])
    assert [r for r in rows if r[0] and "-" not in r[0]] == [
        ["事業名", "対象者", "上限", "窓口"],
        ["省力化補助金", "町内に事業所を有する中小企業者又は個人で事業を営む方", "3,000千円", "商工振興課"],
        ["空き店舗改修", "店舗を開く方", "500千円", "商工振興課"],
        ["見本市等出展\n補助金", "町内の事業者であって町税の滞納がない方", "200千円", "観光交流課"],
    ]
