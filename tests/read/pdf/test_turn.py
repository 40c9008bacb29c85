"""A page that runs sideways or upside down is read as if it did not, and its places are where it shows them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from subsidy_extract.model import Cell, LeftOut, Piece, Place, Row, Table
from subsidy_extract.read.pdf.nouns import Fills, Glyphs, Page, PageLink, PageRead, Rules
from subsidy_extract.read.pdf.turn import page_to_upright, places_back, read_back, turned
from subsidy_extract.read.pdf.work import page_to_read
from tests.read.pdf.grid.sheet import Sheet

ROWS = [["事業名", "対象者", "問合せ先"], *([f"緑野市補助金その{k}", "市内の事業者", f"商工課{k}係"] for k in "一二三四五")]


def upright() -> Page:
    sheet = Sheet()
    for k, row in enumerate(ROWS):
        sheet.across(60 + 20 * k, 40, 460)
        for c, text in enumerate(row):
            sheet.text(45 + 140 * c, 65 + 20 * k, text)
    sheet.across(60 + 20 * len(ROWS), 40, 460)
    for x in (40, 180, 320, 460):
        sheet.down(x, 60, 60 + 20 * len(ROWS))
    sheet.text(40, 30, "令和８年度の補助金")
    sheet.fills.append((40, 60, 460, 80, 0.9))
    return replace(sheet.page(), links=(PageLink("https://example.jp/", (45, 85, 100, 95)),))


def shown_turned(page: Page, quarter: int) -> Page:
    """The page as it is displayed when somebody turned it clockwise by quarters."""
    g, r, f, size = page.glyphs, page.rules, page.fills, (page.width, page.height)
    fills = turned((f.x0, f.top, f.x1, f.bottom), quarter, *size)
    width, height = size if quarter == 2 else size[::-1]
    x0, top, x1, bottom = turned((g.x0, g.top, g.x1, g.bottom), quarter, *size)
    glyphs = Glyphs(g.text, x0, top, x1, bottom, g.size, ~g.upright, g.font)
    links = tuple(PageLink(k.url, tuple(float(v[0]) for v in turned(tuple(np.array([b]) for b in k.bbox), quarter, *size))) for k in page.links)
    return Page(page.number, width, height, glyphs, Rules(*turned((r.x0, r.top, r.x1, r.bottom), quarter, *size)), Fills(*fills, f.rgb), links)


def said(read: PageRead) -> list[list[str]]:
    return [["".join(line.text for line in c.lines) for c in g.cells if c.box.row == r] for g in read.grids for r in range(len(g.grid.ys) - 1)]


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_it_is_read_as_if_it_stood_upright(quarter: int) -> None:
    page = shown_turned(upright(), quarter)
    assert page_to_upright(page)[1] == 4 - quarter
    read = page_to_read(page)
    assert said(read) == ROWS
    assert [c.links[0][0] for c in read.grids[0].cells if c.links] == ["https://example.jp/"]
    assert [line.text for line in read.prose] == ["令和８年度の補助金"]


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_it_is_placed_where_it_is_shown(quarter: int) -> None:
    page = shown_turned(upright(), quarter)
    read = page_to_read(page)
    back = read_back(read)
    assert (back.width, back.height, back.quarter) == (page.width, page.height, 0)
    g = page.glyphs
    x, y = (g.x0 + g.x1) / 2, (g.top + g.bottom) / 2
    for before, cell in zip(read.grids[0].cells, back.grids[0].cells, strict=True):
        x0, top, x1, bottom = cell.box.bbox
        inside = (x > x0) & (x < x1) & (y > top) & (y < bottom)
        assert sorted("".join(g.text[inside])) == sorted("".join(line.text for line in before.lines))
    piece = Piece("x", Place(page=1, bbox=read.grids[0].cells[0].box.bbox))
    table = Table((Row((Cell("x", (piece,)), None)),), (1,))
    pages = {1: (read.quarter, read.width, read.height)}
    (placed,) = places_back((table, LeftOut("y", Place(page=2, bbox=(0, 0, 1, 1)), "note")), pages)[0].rows[0].cells[0].pieces  # type: ignore[union-attr]
    assert placed.place.bbox == pytest.approx(back.grids[0].cells[0].box.bbox)


def test_a_mark_at_the_margin_and_a_column_of_vertical_writing_turn_nothing() -> None:
    sheet = Sheet()
    for k in range(30):
        sheet.text(40, 60 + 14 * k, "市内の事業者の設備の更新に要する経費")
    for k, c in enumerate("補助金のてびき"):
        sheet.text(500, 60 + 10 * k, c)
    page = sheet.page()
    mark = np.arange(len(page.glyphs)) >= len(page.glyphs) - 7
    page = replace(page, glyphs=replace(page.glyphs, upright=~mark))
    assert page_to_upright(page) == (page, 0)
