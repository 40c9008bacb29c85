"""Lists made for measuring: ruled tables of invented programmes, any number of pages, drawn by reportlab."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

HEADS = ("補助・助成事業名", "補助・助成対象者", "事業概要", "問合せ・申込先", "問合せ先サイト")
EDGES = (30.0, 170.0, 330.0, 540.0, 690.0, 812.0)
TOWNS = ("汐見市", "若葉町", "青嶺市", "千早町", "白根市", "美里町", "高森市", "長浜町")
KINDS = ("販路開拓", "創業", "設備投資", "空き店舗活用", "省エネルギー設備導入", "人材育成", "輸出促進", "観光振興", "事業承継", "デジタル化")
FONT = "HeiseiKakuGo-W5"
SIZE, LEAD, ROWS = 7.5, 9.4, 9


def programme(n: int) -> tuple[str, str, str, str, str]:
    """The n-th invented programme, its five cells."""
    town, kind = TOWNS[n % 8], KINDS[n // 8 % 10]
    host = f"town{n % 8}"
    return (
        f"{town}{kind}支援事業補助金（第{n + 1}号）",
        "市内に主たる事業所を有する中小企業者等で、市税を滞納していないもの ※みなし大企業は除く",
        f"{kind}に要する経費（令和8年4月1日から令和9年1月29日までに支払うもの）の{n % 3 + 1}/{n % 3 + 2}以内（上限額：{(n % 9 + 1) * 50}万円）を補助します。"
        "国内外で開催される展示会への出展料、旅費、通訳費、翻訳費、広告宣伝費などが対象となります。",
        f"{town}商工観光課 商工振興係 TEL：099-222-{n % 9000 + 1000} E-mail：shoko{n % 50}@city.{host}.lg.jp",
        f"https://www.city.{host}.lg.jp/shoko/hojo/{10000 + n}.html",
    )


def wrapped(text: str, width: float) -> list[str]:
    """Lines as a spreadsheet would wrap them: by width in points, Latin words broken anywhere."""
    lines, line, used = [], "", 0.0
    for c in text:
        w = pdfmetrics.stringWidth(c, FONT, SIZE)
        if used + w > width:
            lines.append(line)
            line, used = "", 0.0
        line += c
        used += w
    return [*lines, line]


def ruled_list(path: Path, pages: int) -> int:
    """Write a ruled list of that many pages; the number of its programmes."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), pagesize=landscape(A4), pageCompression=1)
    number = count()
    made = 0
    for page in range(pages):
        canvas.setFont(FONT, SIZE)
        y = 560.0
        if page == 0:
            canvas.drawString(30, 572, "令和8年度 補助・助成制度一覧")
        rows = [HEADS, *(programme(next(number)) for _ in range(ROWS))]
        made += ROWS
        tops = [y]
        for cells in rows:
            lines = [wrapped(c, b - a - 6) for c, a, b in zip(cells, EDGES, EDGES[1:], strict=False)]
            height = max(map(len, lines)) * LEAD + 5
            for texts, x in zip(lines, EDGES, strict=False):
                for i, text in enumerate(texts):
                    canvas.drawString(x + 3, y - (i + 1) * LEAD, text)
            y -= height
            tops.append(y)
        for at in tops:
            canvas.line(EDGES[0], at, EDGES[-1], at)
        for x in EDGES:
            canvas.line(x, tops[0], x, tops[-1])
        canvas.drawCentredString(421, 20, f"- {page + 1} -")
        canvas.showPage()
    canvas.save()
    return made


if __name__ == "__main__":
    print(ruled_list(Path(sys.argv[1]), int(sys.argv[2])), "programmes")
