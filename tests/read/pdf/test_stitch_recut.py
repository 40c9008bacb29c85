"""A page whose grid shows fewer columns than the table has is read in the table's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from subsidy_extract.read.pdf.nouns import GridBox, GridCell, GridRead, Line, PageRead
from subsidy_extract.read.pdf.stitch import stitch
from subsidy_extract.read.pdf.stitch.recut import Placed, recut, rows_apart
from subsidy_extract.read.pdf.stitch.rest import line_to_parts, read_to_known
from tests.read.pdf.paper import HEAD, PAD, ROWS, lines_of, page, placed
from tests.read.pdf.test_stitch_rest import HEADING, XS, beside, texts

FULL = page(1, [HEADING, *map(lines_of, ROWS)], ruled=False)
INKS = read_to_known(FULL.grids[0], tuple((k, k + 1) for k in range(4)), XS).inks


def heads(text: str) -> bool:
    return text in HEAD


def coarse(read: GridRead, at: int) -> GridRead:
    """Columns `at` and `at` + 1 as one, their lines side by side where they stand on one line."""
    xs = read.grid.xs[: at + 1] + read.grid.xs[at + 2 :]
    cells = []
    for cell in read.cells:
        c = cell.box.col
        if c == at + 1:
            continue
        lines = cell.lines
        if c == at:
            other = next(x for x in read.cells if (x.box.row, x.box.col) == (cell.box.row, at + 1)).lines
            levels = sorted({x.bbox[1] for x in (*lines, *other)})
            lines = tuple(beside([x for x in (*lines, *other) if x.bbox[1] == y]) for y in levels)
        box = GridBox(cell.box.row, c if c <= at else c - 1, 1, 1, cell.box.bbox)
        cells.append(GridCell(box, lines, cell.links if c != at else ()))
    return GridRead(replace(read.grid, xs=xs, boxes=tuple(c.box for c in cells)), tuple(cells))


@pytest.mark.parametrize("at", [0, 1, 2])
def test_columns_seen_as_one_fall_apart(at: int) -> None:
    (whole,) = FULL.grids
    again = recut(coarse(whole, at), XS, INKS, heads)
    assert [[x.text for x in c.lines] for c in again.cells] == [[x.text for x in c.lines] for c in whole.cells]
    assert [c.box.col for c in again.cells] == [c.box.col for c in whole.cells]
    assert [x.bbox for c in again.cells for x in c.lines] == [x.bbox for c in whole.cells for x in c.lines]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_the_next_page_of_a_list(at: int) -> None:
    second = page(2, [HEADING, *map(lines_of, ROWS[:2])], ruled=False)
    (read,) = second.grids
    done = stitch([FULL, replace(second, grids=(coarse(read, at),))])
    assert texts(done) == [list(HEAD), *map(list, ROWS), *map(list, ROWS[:2])]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_the_first_page_is_read_as_the_second_shows_it(at: int) -> None:
    second = page(2, [HEADING, *map(lines_of, ROWS[:2])], ruled=False)
    (read,) = FULL.grids
    done = stitch([replace(FULL, grids=(coarse(read, at),)), second])
    assert texts(done) == [list(HEAD), *map(list, ROWS), *map(list, ROWS[:2])]
    assert not any(c is not None and c.doubts for t in done.tables for r in t.rows for c in r.cells)


@pytest.mark.parametrize("first", [True, False])
def test_where_it_can_not_be_read_so_it_is_said(first: bool) -> None:
    """A text over both columns on the page that does not part them: each cell of it may be two."""
    second = page(2, [HEADING, *map(lines_of, ROWS[:2])], ruled=False)
    ((one,), (two,)) = FULL.grids, second.grids
    grid = coarse(one if first else two, 1)
    long = placed("町内で新たに創業する個人又は法人に補助します", XS[1] + PAD, 0.0)
    grid = replace(grid, cells=tuple(replace(c, lines=(long,)) if (c.box.row, c.box.col) == (2, 1) else c for c in grid.cells))
    done = stitch([replace(FULL, grids=(grid,)), second] if first else [FULL, replace(second, grids=(grid,))])
    (table,) = done.tables
    count = len(ROWS) if first else 2
    rows = table.rows[1 : count + 1] if first else table.rows[-count:]
    assert all("merged_columns" in cell.doubts for row in rows if (cell := row.cells[1]) is not None)
    others = [c for r in table.rows for k, c in enumerate(r.cells) if c is not None and (r not in rows or k != 1) and r is not table.rows[0]]
    assert not any(c.doubts for c in others)


def test_a_text_over_two_columns_leaves_the_grid_as_it_is() -> None:
    (whole,) = FULL.grids
    grid = coarse(whole, 1)
    long = placed("町内で新たに創業する個人又は法人に補助します", XS[1] + PAD, 0.0)
    cells = tuple(replace(c, lines=(long,)) if (c.box.row, c.box.col) == (2, 1) else c for c in grid.cells)
    wide = replace(grid, cells=cells)
    assert recut(wide, XS, INKS, heads) is wide


def test_links_stay_behind_their_words() -> None:
    (whole,) = FULL.grids
    grid = coarse(whole, 2)
    cell = next(c for c in grid.cells if (c.box.row, c.box.col) == (1, 2))
    k = next(k for k, x in enumerate(cell.lines) if "青葉町産業振興課" in x.text)
    start = cell.lines[k].text.index("青葉町産業振興課")
    linked = replace(cell, links=(("https://example.jp/", k, start, start + 8),))
    again = recut(replace(grid, cells=tuple(linked if c is cell else c for c in grid.cells)), XS, INKS, heads)
    got = next(c for c in again.cells if (c.box.row, c.box.col) == (1, 3))
    assert got.links == (("https://example.jp/", 0, 0, 8),)
    assert got.lines[0].text == "青葉町産業振興課"


def test_nothing_is_lost() -> None:
    second: PageRead = page(2, [HEADING, *map(lines_of, ROWS)], ruled=False)
    (read,) = second.grids
    before = sorted("".join(x.text for c in read.cells for x in c.lines))
    again = recut(coarse(read, 2), XS, INKS, heads)
    assert sorted("".join(x.text for c in again.cells for x in c.lines)) == before


def test_rows_that_lines_stand_across_are_one() -> None:
    """Texts set in the middle of one row, and the heading above them in what looked like its first row."""
    def at(column: int, y: float, heading: bool = False) -> Placed:
        return Placed(column, placed("町民", XS[column] + PAD, y), (), heading, ())

    found = [at(0, 30, True), at(1, 30, True), at(2, 52), at(1, 58), at(2, 64), at(0, 70), at(1, 70), at(2, 76)]
    assert rows_apart(found, [28.0, 68.0, 90.0]) == [28.0, 46.0, 90.0]
    assert rows_apart([at(0, 30), at(1, 30), at(0, 52), at(1, 52)], [28.0, 46.0, 66.0]) == [28.0, 46.0, 66.0]


def test_a_latin_word_is_cut_off_where_its_column_begins() -> None:
    left = INKS[1].left
    assert left is not None
    name, word = placed("青葉町の補助金", 0.0, 0.0), placed("ISO", left, 0.0)
    name = replace(name, bbox=(left - 4.0 - name.bbox[2], *name.bbox[1:3], name.bbox[3]))
    edges = (*name.edges, *(left - name.bbox[0] + e for e in word.edges))
    both = Line(name.text + word.text, (name.bbox[0], 0.0, word.bbox[2], name.bbox[3]), name.size, False, edges=edges)
    assert [p.text for p in line_to_parts(both, INKS)] == [name.text, "ISO"]
    near = tuple(e - 3.0 if k >= len(name.text) else e for k, e in enumerate(edges))  # no white: a word that only stands there
    assert line_to_parts(replace(both, edges=near, bbox=(name.bbox[0] + 3.0, *both.bbox[1:])), INKS) != [name.text, "ISO"]
