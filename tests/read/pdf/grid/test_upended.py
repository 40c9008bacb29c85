"""縦書き in the first column of a list without vertical rules: one cell beside the rows it speaks for."""

import numpy as np
import pytest

from subsidy_extract.read.pdf.grid import find_grids
from subsidy_extract.read.pdf.grid.alignment.upended import Stack, rows_between, stacks_to_rows, words_to_stacks
from subsidy_extract.read.pdf.grid.words import glyphs_to_words

from .sheet import Sheet, rows_of

HEAD = ["機関", "事業名", "対象者", "事業の概要"]
AT = [40.0, 66.0, 200.0, 320.0]
RIGHT = 540.0
ROWS = [
    ("南浜町役場", ["海外展開支援事業補助金", "町内に事業所を有する者", "展示会への出展に要する経費の一部を補助"]),
    ("南浜町役場", ["創業支援補助金", "町内で創業する個人", "店舗の改装に要する経費を補助"]),
    ("南浜町役場", ["空き家改修事業", "空き家を買った者", "改修に要する経費の3分の1を補助"]),
    ("商工会", ["木質ストーブ設置補助", "町民", "一台につき5万円を定額で補助"]),
    ("農業団体", ["農産物輸出促進費補助金", "農業者の団体", "輸出に要する運賃などを補助"]),
    ("農業団体", ["茶園若返り事業", "茶を作る者", "植替えに要する経費を補助"]),
]  # fmt: skip
HIGH = 31.0
TOP = 90.0


def draw(rules: bool) -> Sheet:
    sheet = Sheet(width=580)
    for x, text in zip(AT, HEAD, strict=True):
        sheet.text(x + 2, TOP - 20, text, 9.0)
    for k, (_, cells) in enumerate(ROWS):
        group = [j for j, r in enumerate(ROWS) if r[0] == ROWS[k][0]]
        if k == group[0]:
            middle = TOP + HIGH * (group[0] + group[-1] + 1) / 2
            label = ROWS[k][0]
            for i, char in enumerate(label):
                sheet.text(AT[0] + 5, middle - len(label) * 4.5 + 9.0 * i, char, 9.0)
            if rules:
                sheet.across(TOP + HIGH * group[0], AT[0], RIGHT)
        elif rules:
            sheet.across(TOP + HIGH * k, AT[1], RIGHT)
        for x, text in zip(AT[1:], cells, strict=True):
            sheet.text(x + 2, TOP + HIGH * k + 5, text[:11], 9.0)
            sheet.text(x + 2, TOP + HIGH * k + 17, text[11:], 9.0)
    if rules:
        sheet.across(TOP + HIGH * len(ROWS), AT[0], RIGHT)
    return sheet


@pytest.mark.parametrize("rules", [True, False])
def test_vertical_writing_speaks_for_the_rows_beside_it(rules):
    page = draw(rules).page()
    (grid,) = find_grids(page)
    assert [row[1:] for row in rows_of(page, grid)] == [HEAD[1:], *(r[1] for r in ROWS)]
    assert [(b.row - 1, b.row_span) for b in grid.boxes if b.col == 0 and b.row] == [(0, 3), (3, 1), (4, 2)]


def stack(middle: float, high: float = 40.0) -> Stack:
    return Stack(40.0, middle - high / 2, 49.0, middle + high / 2)


@pytest.mark.parametrize(
    ("middles", "ys", "own", "ruled", "rows"),
    [
        ([75, 175, 225], [0, 50, 100, 150, 200, 250], [], False, [(0, 2), (3, 3), (4, 4)]),
        ([75, 175, 225], [0, 50, 100, 150, 200, 250], [], True, [(1, 1), (3, 3), (4, 4)]),  # the rules tell
        ([75, 175], [0, 50, 100, 150, 200], [], False, [(1, 1), (3, 3)]),  # the second may go on on the next page
        ([130], [0, 50, 100, 150, 200], [], False, [(2, 2)]),
        ([25, 65, 225], [0, 50, 100, 150, 200, 250], [], False, [(0, 0), (1, 1), (4, 4)]),  # no way
        ([110, 225], [0, 20, 100, 200, 250], [0], False, [(1, 2), (3, 3)]),
    ],
)  # fmt: skip
def test_rows_of_vertical_writing(middles, ys, own, ruled, rows):
    assert stacks_to_rows([stack(m, 30) for m in middles], ys, own, ruled, 9.0) == rows


def test_a_column_of_single_characters_is_no_vertical_writing():
    sheet = Sheet(width=580)
    for k, mark in enumerate("可可否可可否"):
        sheet.text(AT[0] + 5, TOP + 18 * k, mark, 9.0)
    for k, (_, cells) in enumerate(ROWS):
        for x, text in zip(AT[1:], cells, strict=True):
            sheet.text(x + 2, TOP + 18 * k, text[:8], 9.0)
    glyphs = sheet.page().glyphs
    words = glyphs_to_words(glyphs, np.ones(len(glyphs), dtype=bool))
    assert words_to_stacks(words, 9.0)[0] == []


def test_the_second_line_of_a_heading_alone_on_its_line_is_told_by_the_order_of_drawing():
    sheet = Sheet(width=580)
    for x, text in zip(AT, ["実施", *HEAD[1:]], strict=True):
        sheet.middle(x + 50 if x > AT[0] else x + 10, TOP - 30, text, 9.0, font=1)
        if x == AT[0]:
            sheet.middle(x + 10, TOP - 18, "機関", 9.0, font=1)
    for k, (_, cells) in enumerate(ROWS):
        for x, text in zip(AT, ["町", *cells], strict=True):
            sheet.text(x + 2, TOP + 31 * k, text[:11], 9.0)
            sheet.text(x + 2, TOP + 31 * k + 12, text[11:], 9.0)
    page = sheet.page()
    (grid,) = find_grids(page)
    assert grid.heading_rows == 1
    assert rows_of(page, grid)[0] == ["実施機関", *HEAD[1:]]


def test_texts_at_the_top_of_their_rows_end_where_the_next_begins():
    """Else nothing says which of the rows between two texts belong to the upper one."""
    ys = [100.0, 130.0, 160.0, 190.0, 220.0]
    top = [Stack(40.0, ys[0] + 3, 49.0, ys[1] - 4), Stack(40.0, ys[3] + 3, 49.0, ys[4] - 4)]
    assert rows_between(top, [(0, 0), (3, 3)], ys, 9.0) == [3]
    assert rows_between([stack(115.0, 20.0), Stack(40.0, ys[3] + 20, 49.0, ys[4] + 20)], [(0, 0), (3, 4)], ys, 9.0) == [1, 2, 3]
    assert rows_between(top[1:], [(3, 3)], ys, 9.0) == [3]
