"""Synthetic pages → whole tables: a page break changes nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subsidy_extract.model import Table
from subsidy_extract.read.pdf.nouns import Grid, GridBox, GridCell, GridRead, PageRead
from subsidy_extract.read.pdf.stitch import Stitched, stitch
from tests.read.bags import bag
from tests.read.pdf.paper import HEAD, ROWS, cut, lines_of, page, placed

LIST = [*ROWS, *ROWS]
HEADING = [[h] for h in HEAD]


def texts(done: Stitched) -> list[list[str | None]]:
    return [[None if c is None else c.text for c in r.cells] for t in done.tables for r in t.rows]


def whole(rows: list[tuple[str, ...]] | list[list[str]]) -> list[list[str | None]]:
    return texts(stitch([page(1, [HEADING, *map(lines_of, rows)])]))


def accounted(done: Stitched) -> bool:
    seen = bag("".join(w.text for w in done.witness))
    owned = bag("".join(p.text for t in done.tables for r in t.rows for c in r.cells if c is not None for p in c.pieces))
    return seen == owned + bag("".join(o.text for o in done.left_out))


def test_one_page_is_the_list() -> None:
    assert whole(LIST) == [list(HEAD), *map(list, LIST)]


@given(at=st.integers(1, len(LIST) - 1), repeat=st.booleans())
@settings(max_examples=30, deadline=None)
def test_a_break_between_rows(at: int, repeat: bool) -> None:
    done = stitch(cut(LIST, at, 0, repeat))
    assert texts(done) == whole(LIST)
    assert accounted(done)
    (table,) = done.tables
    assert table.pages == (1, 2)
    assert table.heading_rows == (1 if repeat else None)


@given(at=st.integers(1, len(LIST) - 1), line=st.integers(1, 4), repeat=st.booleans(), opened=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_break_at_any_line(at: int, line: int, repeat: bool, opened: bool) -> None:
    """Browsers leave the row open, word processors close both halves with rules."""
    if line >= max(map(len, lines_of(LIST[at]))):
        return
    done = stitch(cut(LIST, at, line, repeat, opened))
    assert accounted(done)
    if at == 1 and not opened and texts(done) != whole(LIST):
        assert [d.code for d in done.doubts] == ["row_over_page"]  # one row is little to tell by: then it is said
        return
    assert texts(done) == whole(LIST)
    row = done.tables[0].rows[at + 1]
    pages = {p.place.page for c in row.cells if c is not None for p in c.pieces}
    assert pages == {1, 2}


@given(breaks=st.sets(st.integers(1, 11), max_size=3))
@settings(max_examples=20, deadline=None)
def test_a_row_longer_than_pages(breaks: set[int]) -> None:
    long = ["青葉町事業", "町民", "\n".join([ROWS[0][2]] * 3), "青葉町"]
    laid = lines_of(long)
    edges = [0, *sorted(breaks), max(map(len, laid))]
    parts = [[c[a:b] for c in laid] for a, b in pairwise(edges)]
    pages = [page(1, [HEADING, lines_of(ROWS[1]), parts[0]], open_bottom=len(parts) > 1)]
    pages += [page(k + 2, [HEADING, part], open_bottom=k + 2 < len(parts)) for k, part in enumerate(parts[1:])]
    assert texts(stitch(pages)) == whole([ROWS[1], long])


def test_rows_that_are_alike_stay_two() -> None:
    short = [(k, "法人", "定額", "商工課") for k in ("創業補助金", "省エネ補助金", "観光補助金", "創業補助金")]
    for at in (1, 2, 3):
        assert texts(stitch(cut(short, at, 0, repeat=False))) == whole(short)


def test_a_heading_with_other_words_is_kept_and_marked() -> None:
    other = [["事業名"], ["対象者"], ["対象経費"], ["問合せ先"]]
    done = stitch([page(1, [HEADING, *map(lines_of, ROWS)]), page(2, [other, lines_of(ROWS[0])])])
    (table,) = done.tables
    assert [r.heading for r in table.rows] == [False] * 6 + [True, False]
    assert table.heading_rows == 1


def test_a_heading_that_comes_again_is_left_out_with_its_reason() -> None:
    done = stitch(cut(LIST, 3, 0))
    assert [(o.text, o.reason, o.place.page) for o in done.left_out] == [(h, "heading", 2) for h in HEAD]


def test_titles_notes_and_furniture() -> None:
    def footer(n: int) -> list[object]:
        return [placed("青葉町商工課", 30, 470), placed(f"- {n} -", 300, 470)]

    first = page(1, [HEADING, *map(lines_of, ROWS[:3])], prose=[placed("令和8年度支援制度一覧", 200, 20), placed("※予算の範囲内です。", 30, 40), *footer(1)])  # type: ignore[list-item]
    second = page(2, [HEADING, *map(lines_of, ROWS[3:])], prose=footer(2))  # type: ignore[arg-type]
    third = page(3, [HEADING, lines_of(ROWS[0])], prose=[placed("２　市の支援制度", 30, 20), *footer(3)])  # type: ignore[list-item]
    done = stitch([first, second, third])
    assert done.title == "令和8年度支援制度一覧"
    assert [t.pages for t in done.tables] == [(1, 2), (3,)]
    assert [t.title for t in done.tables] == [None, "２　市の支援制度"]
    reasons = {o.text: o.reason for o in done.left_out if o.reason != "heading"}
    assert reasons == {
        "令和8年度支援制度一覧": "title", "※予算の範囲内です。": "note", "青葉町商工課": "furniture", "２　市の支援制度": "title",
        "- 1 -": "page_number", "- 2 -": "page_number", "- 3 -": "page_number",
    }  # fmt: skip


def merged(plain: PageRead, col: int, groups: list[tuple[str, int]], head: bool = True) -> PageRead:
    """The page with one column merged over groups of rows: (text, how many)."""
    ((grid_read,),) = [plain.grids]
    at = int(head)
    ys, xs = grid_read.grid.ys, grid_read.grid.xs
    cells: list[GridCell] = [c for c in grid_read.cells if c.box.col != col or c.box.row < at]
    for word, count in groups:
        box = GridBox(at, col, count, 1, (xs[col], ys[at], xs[col + 1], ys[at + count]))
        cells.append(GridCell(box, (placed(word, xs[col] + 2, ys[at] + 2),) if word else ()))
        at += count
    cells.sort(key=lambda c: (c.box.row, c.box.col))
    grid = Grid(xs, ys, tuple(c.box for c in cells), True)
    words = "".join(line.text for c in cells for line in c.lines)
    return PageRead(plain.number, 700, 500, (GridRead(grid, tuple(cells)),), (), (), words)


def spanned(number: int, groups: list[tuple[str, list[list[list[str]]]]], head: bool = True) -> PageRead:
    """A page whose first column is merged over groups of rows."""
    rows = [r for _, rows in groups for r in rows]
    return merged(page(number, [HEADING, *rows] if head else rows), 0, [(word, len(part)) for word, part in groups], head)


def spans(table: Table) -> list[tuple[str, int]]:
    return [(c.text, c.row_span) for r in table.rows[1:] if (c := r.cells[0]) is not None]


def test_merged_cells_over_a_page_break_speak_for_both_pages() -> None:
    laid = [lines_of(("", *r[1:])) for r in ROWS]
    drawn_once = stitch([spanned(1, [("青葉町", laid[:2]), ("緑野市", laid[2:4])]), spanned(2, [("", laid[4:]), ("雲井町", laid[:2])])])
    assert spans(drawn_once.tables[0]) == [("青葉町", 2), ("緑野市", 3), ("雲井町", 2)]
    drawn_twice = stitch([spanned(1, [("緑野市", laid[:4])]), spanned(2, [("緑野市", laid[:3])])])
    assert spans(drawn_twice.tables[0]) == [("緑野市", 7)]
    assert [(o.text, o.reason) for o in drawn_twice.left_out if o.reason != "heading"] == [("緑野市", "clipped_duplicate")]
    assert accounted(drawn_once)
    assert accounted(drawn_twice)
    apart = stitch([spanned(1, [("青葉町", laid[:2])]), spanned(2, [("緑野市", laid[2:])])])
    assert spans(apart.tables[0]) == [("青葉町", 2), ("緑野市", 3)]


def test_a_name_on_the_next_page_is_the_name_of_the_row_at_the_foot_where_another_merged_cell_goes_on() -> None:
    """Two courses of one programme, the page between them: its merged name is drawn on the second page only."""

    def drawn(number: int, names: list[tuple[str, int]], courses: list[str], offices: list[tuple[str, int]]) -> PageRead:
        rows = [[[""], [course], ["一部を補助します。"], [""]] for course in courses]
        return merged(merged(page(number, [HEADING, *rows]), 0, names), 3, offices)

    first = drawn(1, [("青葉町創業補助金", 2), ("", 1)], ["一般枠", "特別枠", "一般枠"], [("青葉町商工課", 2), ("緑野市商工課", 1)])
    names = [("緑野市販路補助金", 1), ("雲井町改修補助金", 2)]
    goes_on = stitch([first, drawn(2, names, ["特別枠", "一般枠", "特別枠"], [("", 1), ("雲井町環境課", 2)])])
    assert spans(goes_on.tables[0]) == [("青葉町創業補助金", 2), ("緑野市販路補助金", 2), ("雲井町改修補助金", 2)]
    assert accounted(goes_on)
    apart = stitch([first, drawn(2, names, ["特別枠", "一般枠", "特別枠"], [("白波村企画課", 1), ("雲井町環境課", 2)])])
    assert spans(apart.tables[0]) == [("青葉町創業補助金", 2), ("", 1), ("緑野市販路補助金", 1), ("雲井町改修補助金", 2)]


def test_pages_are_let_go_after_two_more() -> None:
    alive = 0
    most = 0

    class Counted(PageRead):
        __slots__ = ()

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def pages() -> object:
        nonlocal alive, most
        for k in range(20):
            p = page(k + 1, [HEADING, *map(lines_of, ROWS)])
            alive += 1
            most = max(most, alive)
            yield Counted(p.number, p.width, p.height, p.grids, p.prose, p.left_out, p.witness)

    done = stitch(pages())  # type: ignore[arg-type]
    assert len(done.tables[0].rows) == 101
    assert most <= 4


def painted(read: PageRead, *shades: int) -> PageRead:
    (grid,) = read.grids
    ys = grid.grid.ys
    return replace(read, grids=(replace(grid, grid=replace(grid.grid, bands=tuple(zip(ys, ys[1:], shades, strict=False)))),))


@pytest.mark.parametrize(("shade", "count"), [(7, 11), (0, 10)])
def test_rows_painted_in_turn_tell_where_the_page_cut_one(shade: int, count: int) -> None:
    """The row at the foot of the first page is plain: what goes on with it is, too."""
    rows = [[[f"第{k}号補助金"], ["町内に住所を", "有する者"], ["経費の一部"], ["商工係"]] for k in range(9)]
    first = painted(page(1, rows, open_bottom=True, ruled=False), 0, 7, 0, 7, 0, 7, 0, 7, 0)
    again = [[["創業支援"], ["商工会の会員"], ["機械の購入"], ["観光係"]], [["空き店舗"], ["町内の者"], ["改装費"], ["企業係"]]]
    second = painted(page(2, again, open_top=True, ruled=False), shade, 7 - shade)
    assert len(stitch([first, second]).tables[0].rows) == count


def test_a_heading_one_cell_of_which_the_page_cuts_off_is_the_heading_again() -> None:
    """Its narrow column broke No. into three lines, and the repeated row is too low for the last."""
    head = ["No.", "部", "事業名", "対象者", "補助率"]

    def drawn(number: int, first: str, rows: list[str]) -> PageRead:
        boxes = [[first, *head[1:]], *([k, "港湾部", f"第{k}灯台補助金", "商店主", "1/2"] for k in rows)]
        cells = [GridCell(GridBox(r, c, 1, 1, (60.0 * c, 20.0 * r, 60.0 * c + 60, 20.0 * r + 20)), (placed(t, 60.0 * c + 2, 20.0 * r + 4),)) for r, row in enumerate(boxes) for c, t in enumerate(row)]
        grid = Grid(tuple(60.0 * c for c in range(6)), tuple(20.0 * r for r in range(len(boxes) + 1)), tuple(c.box for c in cells), True)
        return PageRead(number, 700.0, 500.0, (GridRead(grid, tuple(cells)),), (), (), "")

    again = stitch([drawn(1, "No.", ["1", "2"]), drawn(2, "No", ["3", "4"])])
    assert [row[0] for row in texts(again)] == ["No.", "1", "2", "3", "4"]
    other = stitch([drawn(1, "No.", ["1", "2"]), drawn(2, "記号", ["3", "4"])])
    assert "記号" in {row[0] for row in texts(other)}
