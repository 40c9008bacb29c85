"""Titles and notes inside the frame of a table are no rows of it."""

import pytest

from subsidy_extract.read.pdf.grid.lattice.captions import CAPTION, NOTE

from .sheet import Sheet, tables

BODY = [["City", "NO2", "PM10"], ["Alderton", "12.5", "30.1"], ["Birchley", "8.0", "22.4"], ["Coldham", "9.9", "18.0"]]
XS = (50.0, 200.0, 300.0, 400.0)


def framed(*rows):
    """Rows of one text run over the whole width."""
    sheet = Sheet()
    for k, row in enumerate(rows):
        top = 100.0 + 18 * k
        edges = XS if len(row) > 1 else (XS[0], XS[-1])
        for x, text in zip(XS, row, strict=False):
            sheet.text(x + 4, top + 4, text)
        for x in edges:
            sheet.down(x, top, top + 18)
        sheet.across(top, XS[0], XS[-1])
    sheet.across(100.0 + 18 * len(rows), XS[0], XS[-1])
    return sheet


@pytest.mark.parametrize(
    ("above", "below", "rows"),
    [
        ([["Exhibit 19 Air quality"]], [["Source: monitoring network."]], BODY),
        ([["Table 2. Air quality"]], [["Notes: provisional."], ["Source: network."]], BODY),
        ([["表１　大気の状況"]], [["※速報値である。"]], BODY),
        ([], [["注１）速報値である。"]], BODY),
        ([["Air quality in cities"]], [], [["Airqualityincities"], *BODY]),
        ([], [["Total of 3 cities"]], [*BODY, ["Totalof3cities"]]),
    ],
)
def test_titles_and_notes_in_the_frame(above, below, rows):
    (found,) = tables(framed(*above, *BODY, *below))
    assert [[t for t in row if t] for row in found] == [[*row] for row in rows]


def test_remarks_under_each_entry_stay():
    rows = [BODY[0], BODY[1], ["※月曜定休"], BODY[2], ["※要予約"]]
    (found,) = tables(framed(*rows))
    assert [[t for t in row if t] for row in found] == rows


@pytest.mark.parametrize("text", ["Table 1", "Exhibit 20 Perceived", "TABLE A-10", "第3表", "別表１", "Tableau 4", "Fig. 2"])
def test_what_begins_as_a_numbered_title(text):
    assert CAPTION.match(text)


@pytest.mark.parametrize("text", ["Tables", "Chartered accountants", "表示", "第3次計画", "Figures in euro"])
def test_what_does_not(text):
    assert not CAPTION.match(text)


@pytest.mark.parametrize("text", ["NOTE: Detail", "Source: OECD", "Exhibit reads: Sixty", "※１", "（注）", "注1）", "資料：農林水産省"])
def test_what_begins_as_a_note(text):
    assert NOTE.match(text)


@pytest.mark.parametrize("text", ["Notebook", "Sources of income", "注文住宅", "資料室", "Noted"])
def test_what_is_no_note(text):
    assert not NOTE.match(text)
