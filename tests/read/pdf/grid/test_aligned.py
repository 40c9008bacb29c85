"""Tables told by alignment, shades or rules across only; and what looks like one and is none."""

import numpy as np
import pytest

from subsidy_extract.read.pdf.grid import find_grids
from subsidy_extract.read.pdf.grid.edges import NO_EDGES
from subsidy_extract.read.pdf.grid.regions.gutter import words_to_flows
from subsidy_extract.read.pdf.grid.torn import drop_tails, drop_torn
from subsidy_extract.read.pdf.grid.valley import Valley
from subsidy_extract.read.pdf.grid.words import glyphs_to_words, words_to_chunks

from .sheet import Sheet, rows_of, tables, wrap

HEAD = ["事業名", "対象者", "事業の概要", "問合せ先"]
WIDE = [90.0, 100.0, 160.0, 110.0]
LEFT = 40.0
LIST = [
    ["海外展開支援事業補助金", "町内に事業所を有する中小企業者", "海外で開く展示会への出展に要する経費の一部を補助します。補助率は2分の1以内、上限は50万円です。", "南浜町商工課\nTEL 0990-22-1101"],
    ["創業支援補助金", "町内で新たに創業しようとする個人", "店舗の改装に要する経費を補助します。", "南浜町商工課\nTEL 0990-22-1102\nshoko@town.minamihama.lg.jp"],
    ["空き家改修事業", "空き家を買った者又は借りた者であって、改修の後5年以上住む見込みのもの", "改修に要する経費の3分の1を補助します。", "南浜町住まい課"],
    ["木質ストーブ設置補助", "町民", "一台につき5万円を定額で補助します。台数に限りがあります。予算の額に達した日に受付を終わります。", "南浜町環境課\nTEL 0990-22-1177"],
    ["農産物輸出促進費補助金", "農業者の団体", "輸出に要する運賃、通関の費用などを補助します。", "南浜町農林水産課\nTEL 0990-22-1180"],
]  # fmt: skip


def draw_list(pad=4.0, middle=False, rules=False, zebra=False, size=9.0, pitch=12.0, head=True):
    """The list as a printer sets it: wrapped cells, rows as high as their highest cell."""
    sheet = Sheet(width=560)
    y = 60.0
    right = LEFT + sum(WIDE)
    for k, row in enumerate(([HEAD] if head else []) + LIST):
        lines = [wrap(text, size, wide - 10) for text, wide in zip(row, WIDE, strict=False)]
        high = max(map(len, lines)) * pitch + 2 * pad
        if zebra and k % 2:
            sheet.fills.append((LEFT, y, right, y + high, 0.9))
        if rules:
            sheet.across(y, LEFT, right)
        x = LEFT
        for cell, wide in zip(lines, WIDE, strict=False):
            top = y + (high - len(cell) * pitch) / 2 if middle else y + pad
            for i, text in enumerate(cell):
                if head and not k:
                    sheet.middle(x + wide / 2, top + i * pitch, text, size)
                else:
                    sheet.text(x + 5, top + i * pitch, text, size)
            x += wide
        y += high
    if rules:
        sheet.across(y, LEFT, right)
    return sheet


def plain(rows):
    return [["".join(text.split()) for text in row] for row in rows]


@pytest.mark.parametrize(
    "how",
    [
        {"rules": True},
        {"rules": True, "middle": True},
        {"rules": True, "pad": 1.0},
        {"zebra": True},
        {"zebra": True, "middle": True},
        {},
        {"pad": 1.5},
        {"pad": 8.0},
        {"middle": True},
        {"pad": 0.0},
    ],
    ids=str,
)
def test_a_list_of_wrapped_cells(how):
    assert tables(draw_list(**how)) == [plain([HEAD, *LIST])]


def test_a_page_without_the_heading():
    assert tables(draw_list(head=False)) == [plain(LIST)]


STATES = ["United counties", "Northern", "Ashford", "Bexley", "Southern", "Crowley", "Dunmore and the isles"]


def draw_statistics(rules=True):
    sheet = Sheet()
    sheet.text(50, 60, "Table 7. Pupils and teachers by county: school years 2019 to 2021", 11)
    for x, text in ((180, "Pupils"), (360, "Teachers")):
        sheet.middle(x + 50, 90, text)
    if rules:
        sheet.across(86, 50, 480)
        sheet.across(103, 160, 290)
        sheet.across(103, 340, 470)
        sheet.across(120, 50, 480)
    sheet.text(50, 106, "County")
    for x, text in ((210, "Public"), (290, "Private"), (390, "Public"), (470, "Private")):
        sheet.right(x, 106, text)
    y = 126.0
    for k, state in enumerate(STATES):
        sheet.text(50 if k in (0, 1, 4) else 58, y, state)
        if k not in (1, 4):
            for i, x in enumerate((210, 290, 390, 470)):
                sheet.right(x, y, f"{(k + 1) * (i + 3) * 371:,}")
        y += 13
    if rules:
        sheet.across(y, 50, 480)
    sheet.text(
        50, y + 6, "NOTE: Details may not add to totals because the figures were rounded to the nearest unit.", 8
    )
    sheet.text(50, y + 17, "SOURCE: County school boards, survey of pupils and of teachers.", 8)
    return sheet


def test_spanning_headings_over_figures():
    (rows,) = tables(draw_statistics())
    assert rows[0] == ["", "Pupils", "", "Teachers", ""] or rows[0] == ["County", "Pupils", "", "Teachers", ""]
    assert [r for r in rows if r[0] == "Bexley"] == [["Bexley", *(f"{4 * (i + 3) * 371:,}" for i in range(4))]]
    assert [r[0] for r in rows[-7:]] == ["".join(s.split()) for s in STATES]
    assert rows[-1][0] == "Dunmoreandtheisles"  # the notes stay out


def test_a_heading_spans_its_columns():
    page = draw_statistics().page()
    (grid,) = find_grids(page)
    spans = sorted((b.col, b.col_span) for b in grid.boxes if b.col_span > 1 and b.row == 0)
    assert spans == [(1, 2), (3, 2)]
    assert grid.heading_rows == 2


def test_figures_without_any_rule():
    (rows,) = tables(draw_statistics(rules=False))
    assert ["Ashford", *(f"{3 * (i + 3) * 371:,}" for i in range(4))] in rows


def test_a_wrapped_label_is_one_row():
    sheet = Sheet()
    y = 100.0
    for label, value in (
        ("Engineering, mathematics and", None),
        ("  sciences", "1,204"),
        ("Education", "880"),
        ("Humanities and social studies", "1,377"),
        ("Other", "92"),
    ):
        sheet.text(50, y, label)
        if value:
            sheet.right(280, y, value)
            sheet.right(350, y, f"{len(value)}.{value[-1]}")
        y += 12
    (rows,) = tables(sheet)
    assert [r[0] for r in rows] == [
        "Engineering,mathematicsandsciences",
        "Education",
        "Humanitiesandsocialstudies",
        "Other",
    ]


def test_dots_lead_to_values():
    sheet = Sheet()
    for k, (label, value) in enumerate(
        (("Abc", "1,200"), ("A longer label", "33"), ("Defg", "415"), ("Hi", "9"), ("Jklm", "71"))
    ):
        x = sheet.text(50, 100 + 12 * k, label)
        while x < 205:
            x = sheet.text(x, 100 + 12 * k, ".")
        sheet.right(240, 100 + 12 * k, value)
        sheet.right(300, 100 + 12 * k, str(k * 7 + 2))
    (grid,) = find_grids(sheet.page())
    assert len(grid.xs) == 4
    assert len(grid.ys) == 6


PROSE = "The board met again in the spring and heard what the counties had to say about the matter before it came to any end of it at all and "


def prose_lines(width, count):
    words, lines, at = (PROSE * 60).split(), [], 0
    while len(lines) < count:
        line = words[at]
        while len(line) + 1 + len(words[at + 1]) <= width:
            at += 1
            line += " " + words[at]
        at += 1
        lines.append(line)
    return lines


def test_prose_is_no_table():
    sheet = Sheet()
    for k, line in enumerate(prose_lines(90, 40)):
        sheet.text(50, 80 + 13 * k, line)
    assert tables(sheet) == []


def test_prose_in_two_columns_is_no_table():
    sheet = Sheet()
    lines = prose_lines(44, 80)
    for k in range(40):
        sheet.text(50, 80 + 13 * k, lines[k])
        sheet.text(310, 80 + 13 * k, lines[40 + k])
    assert tables(sheet) == []


def test_a_table_in_a_column_of_a_page_of_prose():
    sheet = Sheet()
    lines = prose_lines(44, 80)
    for k in range(40):
        if not 12 <= k < 22:
            sheet.text(50, 80 + 13 * k, lines[k])
        sheet.text(310, 80 + 13 * k, lines[40 + k])
    for k in range(6):
        sheet.text(50, 250 + 14 * k, f"Item {'abcdef'[k]}")
        sheet.right(180, 250 + 14 * k, f"{k * k * 31 + 7},00{k}")
        sheet.right(260, 250 + 14 * k, f"{k}.{k}")
    (rows,) = tables(sheet)
    assert rows[0] == ["Itema", "7,000", "0.0"]
    assert len(rows) == 6


@pytest.mark.parametrize("mark", ["・", "•", "(1)", "①"])
def test_a_list_with_bullets_is_no_table(mark):
    sheet = Sheet()
    for k in range(6):
        sheet.text(50, 100 + 28 * k, mark)
        sheet.text(80, 100 + 28 * k, "町内に事業所を有する者であって、町税を滞納していないもののうち次の")
        sheet.text(80, 113 + 28 * k, "いずれかに当たるもの")
    assert tables(sheet) == []


def test_a_table_of_contents_is_no_table():
    sheet = Sheet()
    for k in range(8):
        x = sheet.text(50, 100 + 16 * k, f"{k + 1}. {prose_lines(24 + 3 * k, k + 2)[-1]}")
        while x < 440:
            x = sheet.text(x, 100 + 16 * k, ".")
        sheet.right(480, 100 + 16 * k, str(3 + 9 * k))
    assert tables(sheet) == []


def test_the_axes_of_charts_are_no_table():
    sheet = Sheet()
    for k in range(10):
        sheet.right(90, 100 + 20 * k, str(450 - 50 * k))
        sheet.right(340, 100 + 20 * k, str(450 - 50 * k))
    assert tables(sheet) == []


def test_an_empty_page_and_a_line_alone():
    assert find_grids(Sheet().page()) == ()
    sheet = Sheet()
    sheet.text(250, 800, "- 3 -")
    assert find_grids(sheet.page()) == ()


@pytest.mark.parametrize(("scale", "dx", "dy"), [(1.0, 313.7, -41.2), (0.37, 0.0, 0.0), (2.9, 10.0, 7.5)])
@pytest.mark.parametrize(
    "make", [draw_list, draw_statistics, lambda: draw_list(rules=True), lambda: draw_list(zebra=True, middle=True)]
)
def test_moving_and_scaling_a_page_changes_nothing(make, scale, dx, dy):
    sheet = make()
    before, after = find_grids(sheet.page()), find_grids(sheet.page(scale, dx, dy))
    assert [[(b.row, b.col, b.row_span, b.col_span) for b in g.boxes] for g in before] == [
        [(b.row, b.col, b.row_span, b.col_span) for b in g.boxes] for g in after
    ]
    for a, b in zip(before, after, strict=False):
        assert np.allclose(np.array(a.xs) * scale + dx, b.xs)
        assert np.allclose(np.array(a.ys) * scale + dy, b.ys)
        assert rows_of(sheet.page(), a) == rows_of(sheet.page(scale, dx, dy), b)


def test_two_long_rows_are_no_columns_of_prose():
    """A cell of many full lines beside short ones, drawn cell by cell: the page is read over its whole width."""
    sheet = Sheet()
    for x, head in ((50, "事業名"), (130, "対象者"), (330, "概要"), (480, "問合せ先")):
        sheet.text(x, 80, head)
    y = 104.0
    for name, who, what, where in (("創業補助", 9, 4, 3), ("改修補助", 12, 5, 2)):
        middle = y + who * 6
        sheet.text(50, middle - 3, name)
        for k in range(who):
            sheet.text(130, y + 12 * k, "町内に事業所を有する者であって" if k < who - 1 else "掲げるもの")
        for x, lines, text in ((330, what, "経費の一部を補助する制"), (480, where, "商工課の係")):
            for k in range(lines):
                sheet.text(x, middle - lines * 6 + 12 * k, text)
        y += who * 12 + 14
    words = glyphs_to_words(sheet.page().glyphs, np.ones(len(sheet.glyphs), dtype=bool))
    assert len(words_to_flows(words, NO_EDGES, 10.0)) == 1


@pytest.mark.parametrize("two", [{2}, {1, 4, 5}, {0, 9}])
def test_rules_between_rows_of_one_line_part_rows_that_wrap_too(two):
    """One name of two lines, the other texts of its row in their middle."""
    sheet, rows = Sheet(), [["番号", "事業者名", "所在地", "実績額"]]
    y = 60.0
    for k in range(-1, 10):
        wraps = k in two
        row = [str(k + 1), "独立行政法人地域推進機構南第一" + ("診療所" if wraps else "")[:3], "千歳浜町栄町222-7", f"{(k + 3) * 4321:,}"] if k >= 0 else rows[0]
        high = 26.0 if wraps else 15.0
        sheet.across(y, 40, 500)
        for i, text in enumerate(wrap(row[1], 9, 136)):
            sheet.text(70, y + 3 + 11.5 * i, text, 9)
        middle = y + (high - 9) / 2
        sheet.text(42, middle, row[0], 9)
        sheet.text(230, middle, row[2], 9)
        sheet.right(498, middle, row[3], 9)
        if k >= 0:
            rows.append(row)
        y += high
    sheet.across(y, 40, 500)
    assert tables(sheet) == [rows]


def test_a_title_of_several_words_is_no_heading():
    """令和８年度　支援制度一覧 in large letters right over the heading: its words stand over other columns by chance."""
    sheet = draw_list(rules=False, zebra=False)
    sheet.text(150, 42, "令和８年度", 15)
    sheet.text(255, 42, "中小企業者等支援制度一覧", 15)
    sheet.across(74, LEFT, LEFT + sum(WIDE))
    (rows,) = tables(sheet)
    assert rows[0] == HEAD


def test_a_word_that_goes_on_after_a_space_where_other_lines_run_over_it_is_no_column() -> None:
    sheet = Sheet()
    for k, (name, who) in enumerate([("食品産業の輸出向け HACCP 等", "県内の食品製造業者等"), ("稼ぐ杉材の輸出促進強化事業の", "製材業者"), ("港の輸出入促進トライアルをする", "輸出入を行う者")]):
        sheet.text(50, 100 + 30 * k, name)
        sheet.text(230, 100 + 30 * k, who)
    g = sheet.page().glyphs
    words = glyphs_to_words(g, np.array([not c.isspace() for c in g.text]))
    assert words.text[:3] == ("食品産業の輸出向け", "HACCP", "等")
    torn, true = Valley(words.x1[1], words.x0[2], 3, 4.0), Valley(205.0, 230.0, 3, 25.0)
    assert drop_torn(words, np.ones(len(words), dtype=bool), [torn, true], 10.0) == [true]


@pytest.mark.parametrize("within", [True, False])
def test_the_ends_of_a_few_full_lines_are_no_column(within):
    """青嶺市産業支援 商 over 工振興係: where 商 was drawn between the words of its cell it is no column of its own."""
    sheet, late = Sheet(), []
    for k in range(8):
        y = 60 + 40 * k
        end = sheet.text(40, y, "青嶺市産業支援")
        if k in (2, 5, 7):
            late.append((end + 12, y))
            if within:
                sheet.text(*late[-1], "商")
        sheet.text(40, y + 13, "工振興係")
    for place in () if within else late:
        sheet.text(*place, "商")
    g = sheet.page().glyphs
    words = glyphs_to_words(g, np.ones(len(g), dtype=bool))
    valley = Valley(110.0, 122.0, 3, 12.0)
    found = drop_tails(words, words_to_chunks(words, 8.0), np.ones(len(words), dtype=bool), [valley], 10.0)
    assert found == ([] if within else [valley])


def test_the_rule_below_a_high_last_row_closes_it():
    """Rules across only, rows of one height: the name of the last one is set in its middle, below where its other cells end."""
    sheet = Sheet()
    rows = [("補助金名", "対象者", "問合せ先"), ("販路開拓助成", "中小企業者", "商工係"), ("創業支援補助金", "個人又は法人", "観光係")]
    for x, text in zip((40, 200, 380), rows[0], strict=True):
        sheet.text(x, 104, text)
    for k, row in enumerate(rows[1:] * 2):
        top = 120 + 100 * k
        for x, text in zip((200, 380), row[1:], strict=True):
            for line, part in enumerate((text, "その他の", "者を含む")):
                sheet.text(x, top + 4 + 12 * line, part)
        for line, part in enumerate((row[0], "一般枠その", "二（市内）")):
            sheet.text(40, top + 28 + 12 * line, part)
    for y in (100, *range(120, 521, 100)):
        sheet.across(y, 36, 500)
    (got,) = tables(sheet)
    assert [r[0] for r in got] == ["補助金名", *[f"{r[0]}一般枠その二（市内）" for r in rows[1:] * 2]]


def test_a_last_column_of_single_lines_as_long_as_each_other_is_no_column_of_prose():
    """Offices beside rows of two lines, drawn row by row: one side looks like prose, the other does not."""
    sheet = Sheet(width=620)
    for x, head in ((30, "番号"), (80, "事業名"), (200, "事業概要"), (360, "上限額"), (430, "問合せ先")):
        sheet.text(x, 60, head)
    for k in range(8):
        y = 84.0 + 28 * k
        sheet.text(30, y, str(k + 1))
        sheet.text(80, y, f"創業支援事業{k + 1}号")
        sheet.text(200, y, "販路開拓に要する経費を")
        sheet.text(200, y + 12, "補助します")
        sheet.text(360, y, f"{k + 1}0万円")
        sheet.text(430, y, "商工課振興係にお尋ねください")
    words = glyphs_to_words(sheet.page().glyphs, np.ones(len(sheet.glyphs), dtype=bool))
    assert len(words_to_flows(words, NO_EDGES, 10.0)) == 1
