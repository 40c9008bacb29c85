"""A rule that is missing over the whole width: two rows stay two, one row of paragraphs stays one."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subsidy_extract.read.pdf.grid.lattice.missed import labels_to_missed_rows
from subsidy_extract.read.pdf.grid.lattice.refine import Labels
from subsidy_extract.read.pdf.grid.words import glyphs_to_words

from .sheet import Sheet, tables, wrap

XS = (40.0, 150.0, 300.0, 440.0, 560.0)
PAD, STEP = 4.0, 13.0
ROWS = [
    ("事業名", "対象者", "補助の内容", "問合せ先"),
    ("青葉町創業支援補助金", "町内で新たに創業する個人又は法人", "創業に要する経費の2分の1以内を補助します。", "商工係\nTEL：01-23"),
    ("販路開拓助成", "中小企業者", "展示会への出展に要する経費の一部を助成します。", "観光係\nTEL：01-24"),
    ("緑野市新商品開発促進事業費補助金", "市内に事業所を有し市税を滞納していない者", "上限50万円", "商工課\nTEL：02-11"),
    ("省エネ改修奨励金", "町内の事業者", "空調設備の更新に要する経費について、その一部を補助します。", "環境課\nTEL：03-19"),
    ("人材育成補助金", "商店街団体", "研修の受講料", "産業課"),
]


def laid(rows, missing=(), by_line=False):
    """A page: rows one below another between rules, but for the rules whose number is in `missing`. by_line: drawn line
    by line over all columns instead of cell by cell."""
    sheet = Sheet()
    y, ys = 100.0, [100.0]
    for row in rows:
        cells = [[line for part in text.split("\n") for line in (wrap(part, 10, b - a - 2 * PAD) if part else [""])] for text, (a, b) in zip(row, itertools.pairwise(XS), strict=True)]
        at = [(k, c) for c, lines in enumerate(cells) for k in range(len(lines))]
        for k, c in sorted(at) if by_line else at:
            sheet.text(XS[c] + PAD, y + PAD + k * STEP, cells[c][k])
        y += max(map(len, cells)) * STEP + 2 * PAD
        ys.append(y)
    for k, at_y in enumerate(ys):
        if k not in missing:
            sheet.across(at_y, XS[0], XS[-1])
    for x in XS:
        sheet.down(x, ys[0], ys[-1])
    return sheet


def bare(rows):
    return [["".join(t.split()) for t in row] for row in rows]


@given(missing=st.sets(st.integers(1, len(ROWS) - 1), max_size=5))
@settings(max_examples=25, deadline=None)
def test_whatever_rules_are_missing_the_rows_are_the_same(missing):
    assert tables(laid(ROWS, missing)) == [bare(ROWS)]


@pytest.mark.parametrize("missing", [2, 3, 4])
def test_drawn_line_by_line_the_columns_that_begin_anew_tell(missing):
    assert tables(laid([*ROWS, *ROWS[1:]], {missing}, by_line=True)) == [bare([*ROWS, *ROWS[1:]])]


PARAGRAPHS = ("市民活動支援金\n\nCivic grant", "市民\n\nCitizens", "活動費\n\nCosts", "協働課\n\nTEL")


@pytest.mark.parametrize("by_line", [False, True])
def test_a_table_of_paragraphs_keeps_its_rows(by_line):
    rows = [ROWS[0], PARAGRAPHS, PARAGRAPHS, PARAGRAPHS]
    assert tables(laid(rows, by_line=by_line)) == [bare(rows)]


def test_one_row_of_paragraphs_drawn_cell_by_cell_is_one():
    rows = [*ROWS[:3], PARAGRAPHS, *ROWS[3:]]
    assert tables(laid(rows)) == [bare(rows)]


def test_a_section_over_a_row_is_not_parted_without_a_rule():
    rows = [*ROWS[:3], ("国の制度", "", "", ""), *ROWS[3:]]
    assert len(tables(laid(rows, {4}))[0]) == len(rows) - 1


def test_a_cell_merged_over_both_rows_stays_one():
    sheet = Sheet()
    for c, row, text in ((0, 0, "窓口"), (1, 0, "一つ目の補助金"), (2, 0, "町民の方"), (1, 1, "二つ目の補助金"), (2, 1, "市民の方"), (1, 2, "三つ目の補助金"), (2, 2, "村民の方")):
        for k, line in enumerate((text, "の詳細")):
            sheet.text(XS[c] + PAD, 100 + 34 * row + PAD + k * STEP, line)
    words = glyphs_to_words(sheet.page().glyphs, np.ones(len(sheet.glyphs), dtype=bool))
    label = np.array([[0, 1, 2], [0, 4, 5]])
    made = labels_to_missed_rows(Labels(label, np.array(XS[:4]), np.array([100.0, 168.0, 202.0])), words, 10.0)
    assert len(made.ys) == 4
    assert made.ys[1] == pytest.approx(134.0, abs=4.0)
    assert len(set(made.label[:, 0].tolist())) == 1
    assert len(set(made.label[:, 1:].ravel().tolist())) == 6


@pytest.mark.parametrize(("left", "right"), [(("川内港利用事業者",), ("港の船を利用した貨物の", "輸出入を支援します。")), (("輸送を行う事業者で港と", "湾を結ぶ者"), ("運賃の", "一部")), (("創業補助",), ("町民",))])
def test_a_rule_down_missing_in_one_row_only(left, right):
    """The text right of it begins where that column's texts begin."""
    sheet = laid(ROWS)
    at = max(y for x0, y0, x1, y in sheet.rules if x1 - x0 < 1)
    for k, text in enumerate(left):
        sheet.text(XS[1] + PAD, at + PAD + k * STEP, text)
    for k, text in enumerate(right):
        sheet.text(XS[2] + PAD, at + PAD + k * STEP, text)
    sheet.text(XS[0] + PAD, at + PAD, "港湾補助金")
    sheet.text(XS[3] + PAD, at + PAD, "港湾課")
    sheet.across(at + 40, XS[0], XS[-1])
    for x in (XS[0], XS[1], XS[3], XS[4]):
        sheet.down(x, at, at + 40)
    assert tables(sheet)[0][-1] == ["港湾補助金", "".join(left), "".join(right), "港湾課"]


def test_a_frame_with_a_rest_below_the_heading():
    rows = [ROWS[0], ("", "", "その一部を補助します。", ""), ROWS[1], ROWS[2]]
    assert tables(laid(rows, {1, 2, 3})) == [bare(rows)]


def stacked(cells, x, y, sheet, middle=None):
    """Lines of one cell from y down, or round a middle."""
    y = y if middle is None else middle - len(cells) * STEP / 2
    for k, line in enumerate(cells):
        sheet.text(x + PAD, y + k * STEP, line)


def by_line(sheet):
    """The same page, drawn line by line over all columns: the order of drawing says nothing of rows."""
    sheet.glyphs.sort(key=lambda g: (g[2], g[1]))
    return sheet


def test_a_row_without_white_below_it_ends_where_the_columns_begin_anew():
    """Cells without padding: the longest text of the upper row ends right above the lower one, the other columns ended before."""
    sheet, y, ys = Sheet(), 100.0, [100.0]
    for name, target, what, office in ROWS:
        lines = [wrap(t, 10, b - a - 2 * PAD) for t, (a, b) in zip((name, target, what, office), itertools.pairwise(XS), strict=True)]
        lines[2] += ["なお、", "先着順", "とする。"]
        for c, cell in enumerate(lines):
            stacked(cell, XS[c], y, sheet)
        y += max(map(len, lines)) * STEP
        ys.append(y)
    for k, at in enumerate(ys):
        if k != 3:
            sheet.across(at, XS[0], XS[-1])
    for x in XS:
        sheet.down(x, ys[0], ys[-1])
    got = tables(by_line(sheet))
    assert len(got) == 1
    assert [row[0] for row in got[0]] == [row[0] for row in bare(ROWS)]


def test_names_in_the_middle_of_their_rows_are_two():
    sheet = Sheet()
    rows = [("事業名", "対象者", "補助の内容", "問合せ先"), *ROWS[1:]]
    for k, (name, *others) in enumerate(rows):
        stacked(wrap(name, 10, 100), XS[0], 0, sheet, middle=100 + 60 * k + 30)
        for c, text in enumerate(others, 1):
            stacked(wrap(text, 10, XS[c + 1] - XS[c] - 2 * PAD)[:3], XS[c], 100 + 60 * k + PAD, sheet)
        if k != 3:
            sheet.across(100 + 60 * k, XS[0], XS[-1])
    sheet.across(100 + 60 * len(rows), XS[0], XS[-1])
    for x in XS:
        sheet.down(x, 100, 100 + 60 * len(rows))
    assert [row[0] for row in tables(by_line(sheet))[0]] == [row[0] for row in bare(rows)]


def test_a_group_ends_where_its_row_does():
    """The rule between two groups is missing, over the column that names them too."""
    sheet = Sheet()
    rows = [("区分", "事業名", "対象者", "補助の内容"), *[("", f"補助金その{k}", "中小企業者", "上限十万円") for k in range(4)]]
    for k, row in enumerate(rows):
        for c, text in enumerate(row):
            sheet.text(XS[c] + PAD, 100 + 40 * k + 4, text)
        if k != 3:
            sheet.across(100 + 40 * k, XS[0] if k < 2 else XS[1], XS[-1])
    sheet.across(300, XS[0], XS[-1])
    sheet.text(XS[0] + PAD, 170, "商業")
    sheet.text(XS[0] + PAD, 250, "農業")
    for x in XS:
        sheet.down(x, 100, 300)
    got = tables(sheet)[0]
    assert [row[1] for row in got] == [row[1] for row in rows]
    assert [row[0] for row in got] == ["区分", "商業", "", "農業", ""]


GROUPS = {
    "商工": [("創業支援", "個人又は法人", "町が行う創業塾の修了者に、店舗の改修費と広告費の一部を助成する。", "商工係\nTEL：01-23\nFAX：01-24"), ("販路開拓助成", "中小企業者", "出展料", "観光係\nTEL：01-25")],
    "環境": [("省エネ改修", "町内の事業者", "空調設備の更新に要する経費について、その一部を補助します。", "環境課\nTEL：03-19"), ("緑化", "自治会", "苗木の購入費、土の購入費、植える道具の購入費", "環境課\nTEL：03-20"), ("雨水タンク", "町民の方", "一基5万円まで", "下水道課")],
    "農林": [("棚田保全", "地区の組織", "草刈り及び水路の手入れに要する経費を、面積に応じて助成する。", "農林課\nTEL：04-11")],
}


def grouped(singles_first=False):
    """Rules between the groups alone, texts set in the middle of their rows, the label in the middle of its group. singles_first: in
    the last group of several, texts of one line are drawn before the others."""
    xs = (40.0, 90.0, 180.0, 280.0, 440.0, 560.0)
    sheet, y = Sheet(), 100.0
    sheet.across(y, xs[0], xs[-1])
    for group, rows in {"分野": [("事業名", "対象者", "補助の内容", "問合せ先")], **GROUPS}.items():
        drawn, top = [], y
        for row in rows:
            cells = [[line for part in text.split("\n") for line in wrap(part, 10, b - a - 2 * PAD)] for text, (a, b) in zip(row, itertools.pairwise(xs[1:]), strict=True)]
            high = max(map(len, cells)) * STEP + 2 * PAD
            drawn += [(xs[c + 1], cell, y + high / 2) for c, cell in enumerate(cells)]
            y += high
        drawn.insert(0, (xs[0], [group], (top + y) / 2))
        if singles_first and group == "環境":
            drawn.sort(key=lambda d: len(d[1]) > 1)
        for x, cell, middle in drawn:
            stacked(cell, x, 0, sheet, middle)
        sheet.across(y, xs[0], xs[-1])
    for x in xs:
        sheet.down(x, 100.0, y)
    return sheet


@pytest.mark.parametrize("singles_first", [False, True])
def test_rows_of_groups_that_alone_have_rules(singles_first):
    names = [row[1] for row in tables(grouped(singles_first))[0]]
    assert names == ["事業名", *(name for rows in GROUPS.values() for name, *_ in rows)]
