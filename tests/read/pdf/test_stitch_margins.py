"""Running heads and feet that a grid without vertical rules took in leave it; rows and headings that come again stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from subsidy_extract.read.pdf.nouns import Grid, GridBox, GridCell, GridRead, PageRead
from subsidy_extract.read.pdf.stitch import Stitched, stitch
from subsidy_extract.read.pdf.stitch.margins import without_furniture, without_lines
from tests.read.bags import bag
from tests.read.pdf.paper import HEAD, PAD, PITCH, placed
from tests.read.pdf.test_stitch_rest import XS, owned, texts

HEIGHT = 500.0
TITLE = ("", "支援制度の一覧", "", "")
RUN = ("青葉町商工課", "", "", "4月1日現在")
TAIL = ("青葉町", "- {} -", "", "窓口の一覧")
A = ("創業支援補助金", "町内の個人", "経費の半分を補助する。", "商工課")
B = ("開発促進補助金", "町内の法人", "開発の費用を補助する。", "農政課")
C = ("販路開拓助成金", "市内の団体", "出展の費用を助成する。", "企画課")
D = ("省エネ奨励金", "町内の会社", "設備の費用を補助する。", "環境課")

Row = tuple[float, Sequence[str]]


def sheet(number: int, rows: Sequence[Row], ruled: bool = False) -> PageRead:
    """rows: (top of its lines, a text for each column, lines parted by \\n); {} in a text is the number of the page."""
    tops = [y - PAD for y, _ in rows]
    ys = (*tops, rows[-1][0] + PITCH * max(t.count("\n") + 1 for t in rows[-1][1]) + PAD)
    cells = []
    for r, (y, row) in enumerate(rows):
        for c, text in enumerate(row):
            box = GridBox(r, c, 1, 1, (XS[c], ys[r], XS[c + 1], ys[r + 1]))
            lines = text.format(number).split("\n") if text else []
            cells.append(GridCell(box, tuple(placed(t, XS[c] + PAD, y + k * PITCH) for k, t in enumerate(lines))))
    grid = Grid(tuple(XS), ys, tuple(c.box for c in cells), ruled)
    words = "".join(x.text for c in cells for x in c.lines)
    return PageRead(number, 700.0, HEIGHT, (GridRead(grid, tuple(cells)),), (), (), words)


def body(top: float, *rows: Sequence[str]) -> list[Row]:
    return [(top + k * 22.0, row) for k, row in enumerate(rows)]


def whole(pages: Sequence[PageRead], done: Stitched) -> bool:
    return sum((bag(p.witness) for p in pages), bag("")) == owned(done)


def reasons(done: Stitched) -> list[tuple[str, str, int | None]]:
    return [(x.text, x.reason, x.place.page) for x in done.left_out if x.reason != "heading"]


@pytest.mark.parametrize("repeat", [True, False])
@pytest.mark.parametrize("pages", [2, 3])
def test_a_running_head_is_no_row(repeat: bool, pages: int) -> None:
    head, title = ([HEAD], [(48.0, TITLE)]) if repeat else ([], [])
    all_pages = [sheet(1, [(20, RUN), *title, *body(80, HEAD, A, B)])]
    all_pages += [sheet(k, [(20, RUN), *body(48, *head, *([C, D] if k == 2 else [A, B]))]) for k in range(2, pages + 1)]
    done = stitch(all_pages)
    assert texts(done) == [list(r) for r in (HEAD, A, B, C, D, A, B)[: 1 + 2 * pages]]
    assert whole(all_pages, done)
    found = reasons(done)
    named = "支援制度の一覧" if repeat else "青葉町商工課"
    assert done.title == named or done.tables[0].title == named
    assert [(t, p) for t, r, p in found if r == "furniture"] == [(t, k) for k in range(1, pages + 1) for t in ("青葉町商工課", "4月1日現在") if (t, k) != (named, 1)]
    assert all(x.place.bbox and x.place.bbox[1] == 20 for x in done.left_out if x.reason == "furniture")


def test_a_head_in_one_row_with_the_title() -> None:
    both = ("青葉町商工課", "", "\n\n支援制度の一覧", "4月1日現在")
    pages = [sheet(1, [(20, both), *body(80, HEAD, A, B)]), sheet(2, [(20, RUN), *body(48, HEAD, C, D)])]
    done = stitch([replace(p, grids=tuple(_bare(g) for g in p.grids)) for p in pages])
    assert texts(done) == [list(r) for r in (HEAD, A, B, C, D)]
    assert ("青葉町商工課", "furniture", 1) in reasons(done)


def _bare(read: GridRead) -> GridRead:
    """Without empty lines."""
    return GridRead(read.grid, tuple(replace(c, lines=tuple(x for x in c.lines if x.text)) for c in read.cells))


def test_a_head_over_a_heading_at_one_height() -> None:
    pages = [sheet(1, [(20, RUN), *body(48, HEAD, A, B)]), sheet(2, [(20, RUN), *body(48, HEAD, C, D)])]
    done = stitch(pages)
    assert texts(done) == [list(r) for r in (HEAD, A, B, C, D)] and whole(pages, done)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (body(20, HEAD, A, B), body(20, HEAD, C, D)),  # the heading
        ([(20, ("", "", "内容と窓口", "")), (34, HEAD), *body(60, A, B)], [(20, ("", "", "内容と窓口", "")), (34, HEAD), *body(60, C, D)]),
        ([(20, ("", "", "内容と窓口", "")), *body(48, HEAD, A)], [(20, ("", "", "内容と窓口", "")), *body(48, HEAD, C)]),  # its upper level
        ([(20, ("創業する方", "", "", "")), *body(48, A, B)], [(24, ("創業する方", "", "", "")), *body(52, C, D)]),  # elsewhere on the page
        ([(200, RUN), *body(228, HEAD, A, B)], [(200, RUN), *body(228, HEAD, C, D)]),  # in the middle of the page
    ],
)
def test_what_is_no_running_head_stays(first: Sequence[Row], second: Sequence[Row]) -> None:
    pages = [sheet(1, first), sheet(2, second)]
    assert list(without_furniture(pages)) == pages


def test_a_section_that_goes_on_stays() -> None:
    """It stands where the table begins, but not on the first page."""
    section = ("創業する方", "", "", "")
    pages = [sheet(1, body(20, HEAD, A, B)), sheet(2, [(20, section), *body(48, C, D)]), sheet(3, [(20, section), *body(48, B, A)])]
    assert list(without_furniture(pages)) == pages


def test_a_table_with_rules_all_around_stays() -> None:
    pages = [sheet(1, [(20, RUN), *body(80, HEAD, A)], ruled=True), sheet(2, [(20, RUN), *body(48, HEAD, C)], ruled=True)]
    assert list(without_furniture(pages)) == pages


def test_links_behind_the_lines_that_stay() -> None:
    (read,) = sheet(1, [(20, ("青葉町\n\n案内", "", "", "")), *body(80, HEAD)]).grids
    cell = replace(read.cells[0], links=(("https://example.jp/", 2, 0, 2),))
    read = GridRead(read.grid, (cell, *read.cells[1:]))
    again = without_lines(read, {id(cell.lines[0])})
    assert again.cells[0].links == (("https://example.jp/", 1, 0, 2),) and again.cells[0].lines == cell.lines[1:]


def test_a_page_of_nothing_else_stays() -> None:
    (read,) = sheet(1, [(20, RUN)]).grids
    assert without_lines(read, {id(x) for c in read.cells for x in c.lines}) is read
