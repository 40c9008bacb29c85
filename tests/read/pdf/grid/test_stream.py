"""The order of drawing: rows of tables without rules, drawn cell by cell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subsidy_extract.read.pdf.grid.pieces import Slot, words_to_slots
from subsidy_extract.read.pdf.grid.stream import stream_to_rows
from subsidy_extract.read.pdf.grid.words import glyphs_to_words
from tests.read.pdf.grid.sheet import Sheet, tables, wrap

SIZE, PITCH = 10.0, 13.0
COLUMNS = ((40.0, 110.0), (170.0, 130.0), (320.0, 120.0))  # left edge, width of the text
HEADING = ("事業名", "対象者", "問合せ先")
ROWS = (
    ("緑丘町空き店舗活用補助金", "町内の空き店舗で商いを始める者であって、町税を滞納していないもの", "緑丘町産業課"),
    ("青浜市販路開拓事業", "市内の中小企業者", "青浜市商工振興課販路開拓係（市役所本庁舎三階）"),
    ("白川村特産品開発助成金", "村内の農業者又は加工業者", "白川村役場地域振興課"),
    ("南台市展示会出展支援事業費補助金", "市内に本店を置く法人", "南台市"),
)


def printed(rows, place: str, gap: float, order: str = "cells") -> Sheet:
    """A table without rules. place: top or middle. gap: white between rows, points. order: cells, lines or two passes."""
    sheet = Sheet()
    y = 60.0
    jobs: list[tuple[tuple[int, ...], float, float, str]] = []
    for r, row in enumerate((HEADING, *rows)):
        lines = [wrap(text, SIZE, wide) for text, (_, wide) in zip(row, COLUMNS, strict=True)]
        height = max(map(len, lines)) * PITCH
        for c, cell in enumerate(lines):
            top = y + (height - len(cell) * PITCH) / 2 * (place == "middle")
            for k, text in enumerate(cell):
                rank = {"cells": (r, c, k), "lines": (r, k, c), "passes": (len(cell) > 1, r, c, k)}[order]
                jobs.append((rank, COLUMNS[c][0], top + k * PITCH, text))
        y += height + gap
    for _, x, top, text in sorted(jobs):
        sheet.text(x, top, text)
    return sheet


@pytest.mark.parametrize("order", ["cells", "passes"])
@pytest.mark.parametrize("place", ["top", "middle"])
@pytest.mark.parametrize("gap", [0.0, 2.0, 8.0])
def test_rows_without_rules_come_apart_as_they_were_drawn(place, gap, order):
    (rows,) = tables(printed(ROWS, place, gap, order))
    assert rows == [list(HEADING), *(list(r) for r in ROWS)]


def test_lines_drawn_across_the_page_are_told_by_their_gaps():
    (rows,) = tables(printed(ROWS, "top", 8.0, "lines"))
    assert rows == [list(HEADING), *(list(r) for r in ROWS)]


@given(st.lists(st.tuples(st.integers(12, 30), st.integers(14, 30), st.integers(6, 30)), min_size=3, max_size=8), st.sampled_from(["top", "middle"]))
@settings(max_examples=30, derandomize=True, deadline=None)
def test_any_lengths(lengths, place):
    wanted = [tuple(("甲乙丙丁戊己庚辛壬癸" * 3)[r:][:n] for n in row) for r, row in enumerate(lengths)]
    (rows,) = tables(printed(wanted, place, 3.0))
    assert rows[1:] == [list(r) for r in wanted]


def drawn_down(texts: tuple[str, str]) -> tuple[Slot, ...]:
    """Two columns of eight texts, the first drawn whole before the second."""
    sheet = Sheet()
    for c, x in enumerate((40.0, 170.0)):
        for r in range(8):
            sheet.text(x, 60 + 26 * (r // 2) + PITCH * (r % 2), texts[c])
    glyphs = sheet.page().glyphs
    return words_to_slots(glyphs_to_words(glyphs, glyphs.upright), np.array([150.0]), SIZE)


@pytest.mark.parametrize("texts", [("緑丘町の事業", "産業課"), ("緑丘町の事業", "1,200")])
def test_columns_drawn_from_top_to_bottom_are_no_cells(texts):
    assert stream_to_rows(drawn_down(texts)) is None


def test_the_outer_column_of_a_table_with_long_texts_is_no_column_of_prose():
    sheet = Sheet()
    long = "町内に事業所を有する者であって、町税を滞納していないもののうち、次のいずれかに当たるものが行う取組に要する経費の一部を助成します。"
    for r in range(4):
        y = 60 + 60 * r
        for x, wide, text in ((40.0, 200.0, long), (253.0, 110.0, ROWS[r][0]), (380.0, 110.0, ROWS[r][2])):
            for k, line in enumerate(wrap(text, SIZE, wide)):
                sheet.text(x, y + PITCH * k, line)
    (rows,) = tables(sheet)
    assert rows == [[long, r[0], r[2]] for r in ROWS]


def test_full_cells_side_by_side_are_no_line_of_prose():
    sheet = Sheet()
    long = "町内に事業所を有する者であって町税を滞納していないもの"
    rows = [[long[r:], long, f"{'緑青白南東'[r]}町産業振興課商工係"] for r in range(5)]
    for r, row in enumerate(rows):
        for (x, wide), text in zip(((40.0, 150.0), (196.0, 150.0), (352.0, 80.0)), row, strict=True):
            for k, line in enumerate(wrap(text, SIZE, wide)):
                sheet.text(x, 60 + 34 * r + PITCH * k, line)
    assert tables(sheet) == [rows]


def test_short_last_lines_below_a_heading_in_the_middle_are_no_column():
    sheet = Sheet()
    rows = [["緑丘町販路拡大支援事業費補助金", "町内の事業者", "産業課"], ["青浜市加工品開発支援事業助成", "市内の事業者", "商工課"]]
    for (x, wide), text in zip(((40.0, 120.0), (175.0, 90.0), (290.0, 80.0)), HEADING, strict=True):
        sheet.middle(x + wide / 2, 62, text)
    sheet.across(58, 36, 400)
    for r, row in enumerate(rows):
        sheet.across(78 + 40 * r, 36, 400)
        for (x, wide), text in zip(((40.0, 120.0), (175.0, 90.0), (290.0, 80.0)), row, strict=True):
            for k, line in enumerate(wrap(text, SIZE, wide)):
                sheet.text(x, 83 + 40 * r + PITCH * k, line)
    sheet.across(158, 36, 400)
    assert tables(sheet) == [[list(HEADING), *rows]]


@pytest.mark.parametrize("merged", [False, True])
def test_a_rule_missing_in_one_row_parts_what_was_drawn_apart(merged):
    """Full lines stand too near the missing rule for white to tell; a merged cell's text runs over it."""
    sheet = Sheet()
    xs, text = (36.0, 150.0, 264.0, 378.0), "町内に事業所を有する者であって町税を滞納していないもの"
    wanted = [[text[r:], text, "産業課"] for r in range(4)]
    for r, row in enumerate(wanted):
        y = 60.0 + 45 * r
        sheet.across(y, 36, 378)
        for c, x in enumerate(xs):
            if (r, c) != (2, 1):
                sheet.down(x, y, y + 45)
        if merged and r == 2:
            row[:2] = [text, ""]
        for c, cell in enumerate(row):
            for k, line in enumerate(wrap(cell, SIZE, 220 if merged and r == 2 and c == 0 else 111)):
                if line:
                    sheet.text(xs[c] + 2, y + 3 + PITCH * k, line)
    sheet.across(240, 36, 378)
    assert tables(sheet) == [wanted]


@pytest.mark.parametrize(("place", "rows"), [("middle", 1), ("top", 0)])
def test_the_only_row_of_a_page_set_in_the_middle(place, rows):
    row = ("緑丘町補助金", "町内の空き店舗で商いを始める者であって、町税を滞納していないもの、又はその者が組織する団体", "緑丘町産業課商工振興係、電話番号は町の案内にある")
    sheet = Sheet()
    for (x, wide), text in zip(COLUMNS, row, strict=True):
        cell = wrap(text, SIZE, wide)
        for k, line in enumerate(cell):
            sheet.text(x, 100 + k * PITCH - len(cell) * PITCH / 2 * (place == "middle"), line)
    page = sheet.page()
    slots = words_to_slots(glyphs_to_words(page.glyphs, np.ones(len(page.glyphs), bool)), np.array([160.0, 310.0]), SIZE)
    assert len(stream_to_rows(slots) or ()) == rows
