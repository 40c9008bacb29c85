"""Boxes from rules: however they are drawn, and where some are missing."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subsidy_extract.read.pdf.grid import find_grids
from subsidy_extract.read.pdf.grid.edges import (
    Edges,
    edges_to_components,
    pieces_to_edges,
    rules_to_edges,
    values_to_clusters,
)
from subsidy_extract.read.pdf.grid.lattice.ruled import edges_to_lattice, lattice_to_labels
from subsidy_extract.read.pdf.grid.spans import labels_to_spans
from subsidy_extract.read.pdf.nouns import Rules

from .sheet import Sheet, rows_of, tables

XS = (50.0, 150.0, 300.0, 450.0)
YS = (100.0, 120.0, 160.0, 200.0)
WORDS = [
    ["事業名", "対象者", "補助額"],
    ["海外販路開拓事業", "町内の中小企業者", "50万円"],
    ["創業支援事業", "町内で創業する者", "30万円"],
]


def filled(words=WORDS):
    sheet = Sheet()
    for r, row in enumerate(words):
        for c, text in enumerate(row):
            sheet.text(XS[c] + 4, YS[r] + 4, text)
    return sheet


def solid(sheet, y, x0, x1):
    sheet.across(y, x0, x1)


def dashed(sheet, y, x0, x1):
    for x in np.arange(x0, x1, 5.0):
        sheet.across(y, x, min(x + 3, x1))


def dotted(sheet, y, x0, x1):
    for x in np.arange(x0, x1, 1.5):
        sheet.across(y, x, x + 0.75, thick=0.75)


def doubled(sheet, y, x0, x1):
    sheet.across(y - 0.8, x0, x1)
    sheet.across(y + 0.8, x0, x1)


def by_cell(sheet, y, x0, x1):
    for a, b in itertools.pairwise(XS):
        sheet.across(y, a, b, thick=2.0)


@pytest.mark.parametrize("draw", [solid, dashed, dotted, doubled, by_cell])
def test_every_way_to_draw_a_rule_makes_the_same_table(draw):
    sheet = filled()
    for y in YS:
        draw(sheet, y, XS[0], XS[-1])
    for x in XS:
        sheet.down(x, YS[0], YS[-1])
    assert tables(sheet) == [WORDS]


def test_a_rule_missing_in_one_row_is_a_merged_cell():
    sheet = filled([WORDS[0], ["募集は終わりました", "", "50万円"], WORDS[2]])
    for y in YS:
        sheet.across(y, XS[0], XS[-1])
    for x in (XS[0], XS[2], XS[3]):
        sheet.down(x, YS[0], YS[-1])
    sheet.down(XS[1], YS[0], YS[1])
    sheet.down(XS[1], YS[2], YS[3])
    (grid,) = find_grids(sheet.page())
    assert [(b.row, b.col, b.row_span, b.col_span) for b in grid.boxes if b.col_span > 1] == [(1, 0, 1, 2)]


def test_a_cell_merged_over_rows():
    sheet = Sheet()
    for c, row in ((0, 1), (1, 0), (1, 1), (1, 2)):
        sheet.text(XS[c] + 4, YS[row] + 4, f"欄{c}{row}")
    for y in (YS[0], YS[3]):
        sheet.across(y, XS[0], XS[2])
    for y in YS[1:3]:
        sheet.across(y, XS[1], XS[2])
    for x in XS[:3]:
        sheet.down(x, YS[0], YS[-1])
    (grid,) = find_grids(sheet.page())
    assert sorted((b.row, b.col, b.row_span) for b in grid.boxes) == [(0, 0, 3), (0, 1, 1), (1, 1, 1), (2, 1, 1)]


def test_a_rule_missing_in_every_row_is_told_by_alignment():
    sheet = Sheet()
    for k in range(6):
        y = 100 + 20.0 * k
        sheet.across(y, 50, 450)
        for x, text in (
            (54, "事業名" if not k else f"第{k}号事業"),
            (154, "対象" if not k else "町民"),
            (254, "電話" if not k else f"0990-22-110{k}"),
        ):
            sheet.text(x, y + 5, text)
    sheet.across(220, 50, 450)
    for x in (50, 150, 450):
        sheet.down(x, 100, 220)
    (rows,) = tables(sheet)
    assert rows[0] == ["事業名", "対象", "電話"]
    assert rows[3] == ["第3号事業", "町民", "0990-22-1103"]


def test_rules_down_only_in_the_heading_part_the_rows_below():
    sheet = Sheet()
    for k in range(5):
        sheet.across(100 + 20.0 * k, 50, 350)
        for x, text in ((55, "国"), (155, "輸入"), (255, "輸出")):
            sheet.text(x, 105 + 20.0 * k, text if not k else f"{text}{k}")
    sheet.across(200, 50, 350)
    for x in (50, 350):
        sheet.down(x, 100, 200)
    for x in (150, 250):
        sheet.down(x, 100, 120)
    (rows,) = tables(sheet)
    assert rows[2] == ["国2", "輸入2", "輸出2"]


def test_a_row_cut_by_the_page_is_open_below():
    sheet = filled()
    for y in YS[:-1]:
        sheet.across(y, XS[0], XS[-1])
    for x in XS:
        sheet.down(x, YS[0], YS[-1])
    (grid,) = find_grids(sheet.page())
    assert grid.open_bottom
    assert not grid.open_top
    assert rows_of(sheet.page(), grid) == WORDS


def test_a_table_without_its_outer_rules():
    sheet = filled()
    for y in YS:
        sheet.across(y, XS[0], XS[-1])
    for x in XS[1:-1]:
        sheet.down(x, YS[0], YS[-1])
    assert tables(sheet) == [WORDS]


def test_rules_round_groups_of_rows():
    sheet = Sheet()
    top = 100.0
    for group in range(3):
        sheet.across(top, 50, 350)
        for k in range(3):
            sheet.text(55, top + 4 + 12 * k, f"品目{group}{k}")
            sheet.right(240, top + 4 + 12 * k, f"{group}{k},500")
            sheet.right(340, top + 4 + 12 * k, f"{k}.{group}")
        top += 42
    sheet.across(top, 50, 350)
    for x in (50, 150, 250, 350):
        sheet.down(x, 100, top)
    (rows,) = tables(sheet)
    assert len(rows) == 9
    assert rows[4] == ["品目11", "11,500", "1.1"]


def test_lines_of_one_cell_are_no_rows():
    sheet = Sheet()
    for k in range(4):
        y = 100 + 50.0 * k
        sheet.across(y, 50, 450)
        for line, text in enumerate(("補助率2分の1", "上限50万円")):
            sheet.text(255, y + 5 + 12 * line, text)
        sheet.text(55, y + 5, f"事業{k}")
        sheet.text(55, y + 17, "（一般枠）")
    sheet.across(300, 50, 450)
    for x in (50, 250, 450):
        sheet.down(x, 100, 300)
    (rows,) = tables(sheet)
    assert len(rows) == 4


def test_the_lattice_of_a_chart_is_no_table():
    sheet = Sheet()
    for k in range(11):
        sheet.across(100 + 20 * k, 100, 400)
        sheet.down(100 + 30 * k, 100, 300)
    for k in range(4):
        sheet.text(120 + 60 * k, 265 - 40 * k, str(10 + k))
    assert tables(sheet) == []


def test_a_frame_round_a_table_is_none():
    sheet = filled()
    for y in YS:
        sheet.across(y, XS[0], XS[-1])
    for x in XS:
        sheet.down(x, YS[0], YS[-1])
    for y in (20, 800):
        sheet.across(y, 20, 575)
    for x in (20, 540, 575):
        sheet.down(x, 20, 800)
    sheet.text(60, 60, "令和8年度の制度")
    assert tables(sheet) == [WORDS]


def test_tables_stacked_in_one_frame_are_two():
    sheet = Sheet()
    for k in range(3):
        for c, x in enumerate((50, 150, 250)):
            sheet.text(x + 4, 104 + 20 * k, f"上{k}{c}")
        for c, x in enumerate((50, 110, 210)):
            sheet.text(x + 4, 164 + 20 * k, f"下{k}{c}")
    for y in range(100, 221, 20):
        sheet.across(y, 50, 350)
    for x in (50, 350):
        sheet.down(x, 100, 220)
    for x in (150, 250):
        sheet.down(x, 100, 160)
    for x in (110, 210):
        sheet.down(x, 160, 220)
    above, below = tables(sheet)
    assert above[0] == ["上00", "上01", "上02"]
    assert below[2] == ["下20", "下21", "下22"]


def test_values_to_clusters():
    which, middle = values_to_clusters(np.array([10.0, 1.0, 10.4, 5.0]), 0.5)
    assert which.tolist() == [2, 0, 2, 1]
    assert middle.tolist() == [1.0, 5.0, 10.2]


@pytest.mark.parametrize(
    ("gap", "edges"),
    [(2.0, 1), (12.0, 2)],
)
def test_pieces_join_over_small_gaps_only(gap, edges):
    got = pieces_to_edges(np.array([5.0, 5.0]), np.array([0.0, 50.0 + gap]), np.array([50.0, 100.0]), 10.0)
    assert len(got) == edges


def test_pieces_of_drawings_are_no_edges():
    assert len(pieces_to_edges(np.array([5.0]), np.array([0.0]), np.array([4.0]), 10.0)) == 0


def test_components_are_apart_when_nothing_touches():
    h = Edges(np.array([0.0, 10.0, 0.0, 10.0]), np.array([0.0, 0, 50, 50]), np.array([20.0, 20, 70, 70]))
    v = Edges(np.array([0.0, 20, 50, 70]), np.zeros(4), np.full(4, 10.0))
    assert [(a.tolist(), b.tolist()) for a, b in edges_to_components(h, v, 1.0)] == [([0, 1], [0, 1]), ([2, 3], [2, 3])]


def test_very_many_rules_do_not_hang():
    n = 300
    at = np.arange(n) * 2.5
    x, y = (a.ravel() for a in np.meshgrid(at, at))
    h, v = rules_to_edges(Rules(x, y, x + 1.8, y + 0.2), 1.0)
    edges_to_components(h, v, 0.4)


@st.composite
def spans(draw):
    """A random tiling of a small lattice by rectangles."""
    m, n = draw(st.integers(1, 6)), draw(st.integers(2, 6))
    label = np.full((m, n), -1)
    for r in range(m):
        for c in range(n):
            if label[r, c] >= 0:
                continue
            wide = 1
            while c + wide < n and label[r, c + wide] < 0 and wide < 3 and draw(st.booleans()):
                wide += 1
            high = 1
            while r + high < m and (label[r + high, c : c + wide] < 0).all() and high < 3 and draw(st.booleans()):
                high += 1
            label[r : r + high, c : c + wide] = r * n + c
    return label


@settings(max_examples=150, deadline=None)
@given(spans())
def test_boxes_drawn_as_rules_come_back(label):
    _m, _n = label.shape
    rules = []
    for k in np.unique(label):
        rows, cols = np.nonzero(label == k)
        x0, x1 = 50 + 40.0 * cols.min(), 90 + 40.0 * cols.max()
        y0, y1 = 50 + 30.0 * rows.min(), 80 + 30.0 * rows.max()
        rules += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
    r = np.array(rules)
    h, v = rules_to_edges(Rules(r[:, 0], r[:, 1], r[:, 2], r[:, 3]), 10.0)
    ((of_h, of_v),) = edges_to_components(h, v, 4.0)
    lattice = edges_to_lattice(h.take(of_h), v.take(of_v), 4.0)
    assert lattice is not None
    got = {
        (round(float(lattice.xs[c])), round(float(lattice.ys[r])), round(float(lattice.xs[c + w])), round(float(lattice.ys[r + d])))
        for r, c, d, w in labels_to_spans(lattice_to_labels(lattice.right, lattice.below))
    }  # fmt: skip
    want = set()
    for k in np.unique(label):
        rows, cols = np.nonzero(label == k)
        want.add(
            (50 + 40 * int(cols.min()), 50 + 30 * int(rows.min()), 90 + 40 * int(cols.max()), 80 + 30 * int(rows.max()))
        )
    assert got == want


def test_a_drawing_of_half_a_million_strokes_is_no_table():
    sheet = filled()
    page = sheet.page()
    n = 500_000
    rng = np.random.default_rng(3)
    x, y = rng.uniform(0, 595, n), rng.uniform(0, 842, n)
    wide = rng.random(n) < 0.5
    big = Rules(x, y, x + np.where(wide, 9.0, 0.3), y + np.where(wide, 0.3, 9.0))
    find_grids(replace(page, rules=big))


def outer_table(step):
    sheet = Sheet()
    for k in range(6):
        y = 100 + 16.0 * k
        sheet.across(y, 150, 350)
        sheet.text(60, 103 + step * k, f"County {'abcdef'[k]}")
        sheet.right(240, y + 3, f"{k * k + 3},100")
        sheet.right(340, y + 3, f"{7 * k}.{k}")
    sheet.across(196, 150, 350)
    for x in (150, 250, 350):
        sheet.down(x, 100, 196)
    return sheet


def test_a_column_outside_the_outermost_rule():
    (rows,) = tables(outer_table(16.0))
    assert rows[2] == ["Countyc", "7,100", "14.2"]


def test_text_beside_a_table_that_keeps_its_own_lines_stays_out():
    (rows,) = tables(outer_table(13.0))
    assert rows[2] == ["7,100", "14.2"]


@pytest.mark.parametrize(("shaded", "rows"), [(2, 2), (1, 3), (0, 3), (3, 3)])
def test_a_title_in_the_shade_of_the_heading_is_no_row(shaded, rows):
    sheet = Sheet()
    sheet.middle(250, 104, "令和8年度の制度")
    for k, words in enumerate((WORDS[0], WORDS[1])):
        for c, text in enumerate(words):
            sheet.text(XS[c] + 4, 124 + 20 * k, text)
    for y in (100, 120, 140, 160):
        sheet.across(y, XS[0], XS[-1])
    for x in XS:
        sheet.down(x, 100 if x in (XS[0], XS[-1]) else 120, 160)
    for k in range(shaded):
        sheet.fills.append((XS[0], 100 + 20 * k, XS[-1], 120 + 20 * k, 0.85))
    (got,) = tables(sheet)
    assert len(got) == rows
