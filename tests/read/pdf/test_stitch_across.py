"""A list whose right columns stand on pages of their own is put together where the rows show it; else it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from subsidy_extract.model import Table
from subsidy_extract.read.pdf.nouns import Grid, GridBox, GridCell, GridRead, Line, PageRead
from subsidy_extract.read.pdf.stitch import Stitched, stitch
from subsidy_extract.read.pdf.stitch.across import beside, page_with_column

HEAD = ("事業名", "対象者")
NAMES = [("朝市出店補助金", "商店主"), ("湯治場改修事業", "旅館"), ("渡し舟助成金", "船主"), ("学び舎支援", "学校法人"), ("林道整備補助", "森林組合")]
OTHER = ("補助率", "窓口")
RATES = [("2分の1", "商工課"), ("3分の2", "観光課"), ("定額", "土木課"), ("全額", "学務課"), ("10分の3", "農林課")]
HEIGHTS = (18.0, 32.0, 58.0, 32.0, 45.0, 71.0)
THIRD = ("備考", "期間")
NOTES = [("年一回", "通年"), ("先着順", "春"), ("要相談", "夏"), ("書面", "秋"), ("電話可", "冬")]


def grid(rows: Sequence[Sequence[str]], widths: Sequence[float] = (120.0, 90.0), heights: Sequence[float] = HEIGHTS, top: float = 50.0) -> GridRead:
    xs, ys = [30.0], [top]
    for w in widths:
        xs.append(xs[-1] + w)
    for h in heights[: len(rows)]:
        ys.append(ys[-1] + h)
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            box = GridBox(r, c, 1, 1, (xs[c], ys[r], xs[c + 1], ys[r + 1]))
            line = Line(text, (xs[c] + 2, ys[r] + 3, xs[c] + 2 + 10 * len(text), ys[r] + 13), 10.0)
            cells.append(GridCell(box, (line,) if text else ()))
    return GridRead(Grid(tuple(xs), tuple(ys), tuple(c.box for c in cells), True), tuple(cells))


def page(number: int, read: GridRead | None, prose: Sequence[Line] = (), rules: Sequence[tuple[float, float, float]] = ()) -> PageRead:
    return PageRead(number, 595.0, 842.0, (read,) if read else (), tuple(prose), (), "", rules=tuple(rules))


def texts(table: Table) -> list[tuple[str, ...]]:
    return [tuple("" if c is None else c.text for c in row.cells) for row in table.rows]


def both(rows: Sequence[Sequence[str]], more: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    return [(*a, *b) for a, b in zip(rows, more, strict=True)]


def codes(done: Stitched) -> list[str]:
    return [d.code for d in done.doubts]


LIST, RIGHT, LAST = [HEAD, *NAMES], [OTHER, *RATES], [THIRD, *NOTES]
EQUAL, WIDE = (120.0, 90.0), (100.0, 160.0)


@pytest.mark.parametrize("widths", [EQUAL, WIDE])
def test_over_then_down(widths: Sequence[float]) -> None:
    done = stitch([page(1, grid(LIST)), page(2, grid(RIGHT, widths))])
    (table,) = done.tables
    assert texts(table) == both(LIST, RIGHT)
    assert table.pages == (1, 2)
    assert [p.place.page for c in table.rows[1].cells if c for p in c.pieces] == [1, 1, 2, 2]
    assert codes(done) == []


def test_three_pages_across_and_two_down_the_last_with_one_row() -> None:
    small = [("山の湯治場", "旅館")], [("定額", "観光課")], [("要相談", "夏")]
    pages = [page(1, grid(LIST)), page(2, grid(RIGHT)), page(3, grid(LAST))]
    pages += [page(4 + k, grid([(HEAD, OTHER, THIRD)[k], *rows])) for k, rows in enumerate(small)]
    done = stitch(pages)
    (table,) = done.tables
    assert texts(table) == [(*a, *b, *c) for a, b, c in zip([*LIST, *small[0]], [*RIGHT, *small[1]], [*LAST, *small[2]], strict=True)]
    assert table.pages == (1, 2, 3, 4, 5, 6)


def test_names_in_front_again_are_left_out_once_more() -> None:
    again = [(a[0], *b) for a, b in zip(LIST, RIGHT, strict=True)]
    even = [20.0] * 6  # names tell, whatever the heights
    done = stitch([page(1, grid(LIST, heights=even)), page(2, grid(again, (120.0, 80.0, 70.0), even))])
    (table,) = done.tables
    assert texts(table) == both(LIST, RIGHT)
    assert [(x.text, x.reason, x.place.page) for x in done.left_out] == [(r[0], "heading", 2) for r in LIST]


def test_down_then_over() -> None:
    tail = [("山の湯治場", "旅館"), ("海の家", "組合")], [("定額", "観光課"), ("", "")]
    pages = [page(1, grid(LIST)), page(2, grid([HEAD, *tail[0]])), page(3, grid(RIGHT)), page(4, grid([OTHER, *tail[1]]))]
    done = stitch(pages)
    (table,) = done.tables
    assert texts(table) == both([*LIST, *tail[0]], [*RIGHT, *tail[1]])
    assert table.pages == (1, 2, 3, 4)
    assert codes(done) == []


def test_down_then_over_whose_rows_do_not_fit_is_said() -> None:
    pages = [page(1, grid(LIST)), page(2, grid([HEAD, *NAMES[:3]])), page(3, grid(RIGHT)), page(4, grid([OTHER, *RATES[2:]], top=61.0))]
    done = stitch(pages)
    assert len(done.tables) == 2
    assert "columns_apart" in codes(done)


def test_one_column_alone_is_a_table_by_its_rules() -> None:
    ys = grid(LIST).grid.ys
    words = ["補助率", *(r[0] for r in RATES)]
    prose = [Line(t, (40.0, y + 3, 40.0 + 10 * len(t), y + 13), 10.0) for t, y in zip(words, ys, strict=False)]
    rules = [(y + d, 30.0, 150.0) for y in ys for d in (-0.05, 0.05)]  # drawn twice
    done = stitch([page(1, grid(LIST)), page(2, None, prose, rules)])
    (table,) = done.tables
    assert texts(table) == both(LIST, [(w,) for w in words])
    lower = page(2, None, prose, [(y + 4, a, b) for y, a, b in rules])
    assert page_with_column(lower, ys) is lower


def test_a_page_that_does_not_go_on_as_those_before_is_said() -> None:
    pages = [page(1, grid(LIST)), page(2, grid(RIGHT)), page(3, grid([HEAD, *NAMES[:2]])), page(4, None, [Line("定額", (40.0, 80.0, 60.0, 90.0), 10.0)])]
    assert codes(stitch(pages)) == ["columns_apart"]


def test_it_is_left_as_printed_on_request() -> None:
    assert len(stitch([page(1, grid(LIST)), page(2, grid(RIGHT, WIDE))], abreast=False).tables) == 2


FORM = [("名称", "朝市"), ("対象者", "商店主"), ("補助率", "2分の1"), ("窓口", "商工課"), ("期間", "通年"), ("備考", "先着")]
FILLED = [(a, b + "二") for a, b in FORM]
TITLED = [("朝市", "", ""), ("対象者", "商店主", "町内"), ("補助率", "定額", "上限"), ("窓口", "商工課", "電話"), ("期間", "通年", ""), ("備考", "なし", "")]
RETITLED = [("湯治", "", ""), *((a, f"{b}他", c) for a, b, c in TITLED[1:])]


@pytest.mark.parametrize(
    ("first", "second", "change"),
    [
        (LIST, LIST, {}),  # printed twice
        (LIST, RIGHT, {"top": 55.0}),  # not printed in one go
        (LIST, [OTHER, *RATES[:4]], {}),  # fewer rows
        (LIST, [("補助率", "対象者"), *RATES], {}),  # a heading that is there already
        (LIST[:4], RIGHT[:4], {}),  # too few rows to tell
        (FORM, FILLED, {}),  # one form, filled in twice
        (TITLED, RETITLED, {"widths": (80.0, 120.0, 60.0)}),
    ],
)
def test_other_pages_are_no_right_columns(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]], change: dict[str, object]) -> None:
    widths = change.get("widths", EQUAL)
    found = beside(grid(first, widths), grid(second, **{"widths": widths, **change}))  # type: ignore[arg-type]
    assert found is None or not found.sure


def test_rows_of_one_height_do_not_tell() -> None:
    even = [20.0] * 6
    found = beside(grid(LIST, heights=even), grid(RIGHT, WIDE, even))
    assert found is not None and not found.sure
    assert "columns_apart" in codes(stitch([page(1, grid(LIST, heights=even)), page(2, grid(RIGHT, WIDE, even))]))


def test_the_next_page_of_a_list_without_a_heading_has_rows_of_one_height_too() -> None:
    even = [20.0] * 6
    done = stitch([page(1, grid(LIST, heights=even)), page(2, grid([(a + "二", b + "他") for a, b in NAMES] + [("海の家", "組合")], heights=even))])
    assert len(done.tables) == 1
    assert codes(done) == []


def test_an_open_edge_does_not_tell() -> None:
    left, right = grid(LIST), grid(RIGHT, WIDE)
    shorter = replace(right, grid=replace(right.grid, ys=(*right.grid.ys[:-1], right.grid.ys[-1] - 20.0)))
    assert beside(left, shorter) is None
    assert beside(left, replace(shorter, grid=replace(shorter.grid, open_bottom=True))) is not None


def test_a_table_that_says_its_own_name_is_none_of_the_columns_of_the_one_before() -> None:
    said = Line("Table 14. Grants—Continued", (30.0, 30.0, 200.0, 40.0), 10.0)
    pages = [page(1, grid(LIST)), page(2, grid(RIGHT, WIDE), [said])]
    assert [texts(t) for t in stitch(pages).tables] == [[tuple(r) for r in LIST], [tuple(r) for r in RIGHT]]
