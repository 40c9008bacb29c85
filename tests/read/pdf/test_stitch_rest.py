"""The rest of a cut row at the top of a page, in no grid: taken into its row by the columns it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subsidy_extract.read.pdf.nouns import Line, PageRead
from subsidy_extract.read.pdf.stitch import Stitched, stitch
from subsidy_extract.read.pdf.stitch.rest import Ink, column_of, line_to_parts, lines_spoken, rules_over
from tests.read.bags import bag
from tests.read.pdf.paper import EM, HEAD, PAD, PITCH, ROWS, lines_of, page, placed

LIST = [*ROWS, *ROWS]
HEADING = [[h] for h in HEAD]
GAP = 8.0  # between the text of two rows, more than between two lines
XS = page(1, [HEADING]).grids[0].grid.xs


def texts(done: Stitched) -> list[list[str | None]]:
    return [[None if c is None else c.text for c in r.cells] for t in done.tables for r in t.rows]


def loosely(rows: Sequence[Sequence[Sequence[str]]], top: float, together: bool) -> tuple[list[Line], float]:
    """The lines of rows as prose, and where they end. together: what stands beside each other is one line, as where the
    white between columns is narrow."""
    out: list[Line] = []
    for row in rows:
        high = max(map(len, row))
        for k in range(high):
            lines = [placed(c[k], XS[n] + PAD, top + PAD + k * PITCH) for n, c in enumerate(row) if k < len(c) and c[k]]
            out += [beside(lines)] if together and lines else lines
        top += high * PITCH + GAP
    return out, top


def beside(lines: Sequence[Line]) -> Line:
    """Lines side by side as one, a space for the white between two."""
    text, edges, x0 = "", [], lines[0].bbox[0]
    for line in lines:
        if text:
            text += " "
            edges.append(line.bbox[0] - x0)
        text += line.text
        edges += [line.bbox[0] - x0 + e for e in line.edges]
    return Line(text, (x0, lines[0].bbox[1], lines[-1].bbox[2], lines[0].bbox[3]), EM, edges=tuple(edges))


def pages_of(at: int, line: int, ruled: bool, together: bool, grid: bool = True) -> list[PageRead]:
    """A list without a heading on its second page, cut before line `line` of row `at` (0: between two rows). ruled: a
    rule closes every row. grid: the rows after that one are seen as a grid."""
    laid = [lines_of(r) for r in LIST]
    head = [*laid[:at], *([[c[:line] for c in laid[at]]] if line else [])]
    rest = [[c[line:] for c in laid[at]]] if line else []
    after = laid[at + 1 :] if line else laid[at:]
    loose, end = loosely(rest if grid else [*rest, *after], 40.0, together)
    first = apart(page(1, [HEADING, *head], ruled=False), GAP)
    bottom = first.grids[0].grid.ys[-1]
    first = replace(first, height=bottom + 20)
    if grid and after:
        second = replace(apart(page(2, after, top=end, ruled=False), GAP), prose=tuple(loose), height=bottom + 20)
    else:
        second = PageRead(2, 700.0, bottom + 20, (), tuple(loose), (), "")
    words = "".join(x.text for x in loose) + "".join(x.text for g in second.grids for c in g.cells for x in c.lines)
    ends = [end - GAP / 2] if ruled and line else []
    return [first, replace(second, witness="".join(words.split()), rules=tuple((y, XS[0], XS[-1]) for y in ends))]


def apart(read: PageRead, gap: float) -> PageRead:
    """The page with its rows further apart by `gap`."""
    (g,) = read.grids
    ys = [y + k * gap for k, y in enumerate(g.grid.ys)]
    cells = []
    for c in g.cells:
        b = c.box
        down = b.row * gap
        box = replace(b, bbox=(b.bbox[0], ys[b.row], b.bbox[2], ys[b.row + 1]))
        cells.append(replace(c, box=box, lines=tuple(replace(x, bbox=(x.bbox[0], x.bbox[1] + down, x.bbox[2], x.bbox[3] + down)) for x in c.lines)))
    return replace(read, grids=(replace(g, grid=replace(g.grid, ys=tuple(ys), boxes=tuple(c.box for c in cells)), cells=tuple(cells)),))


WHOLE = [list(HEAD), *map(list, LIST)]


@given(at=st.integers(3, len(LIST) - 1), line=st.integers(1, 4), ruled=st.booleans(), together=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_break_at_any_line(at: int, line: int, ruled: bool, together: bool) -> None:
    if line >= max(map(len, lines_of(LIST[at]))):
        return
    pages = pages_of(at, line, ruled, together)
    done = stitch(pages)
    assert texts(done) == WHOLE
    row = done.tables[0].rows[at + 1]
    assert {p.place.page for c in row.cells if c is not None for p in c.pieces} == {1, 2}
    assert sum((bag(p.witness) for p in pages), bag("")) == owned(done)


@given(at=st.integers(5, len(LIST) - 2), line=st.integers(0, 4), together=st.booleans())
@settings(max_examples=30, deadline=None)
def test_a_last_page_of_a_few_rows_in_no_grid(at: int, line: int, together: bool) -> None:
    """Rows whose first cells begin after more white than lines have between them."""
    if line >= max(map(len, lines_of(LIST[at]))):
        return
    assert texts(stitch(pages_of(at, line, False, together, grid=False))) == WHOLE


def owned(done: Stitched) -> object:
    return bag("".join(p.text for t in done.tables for r in t.rows for c in r.cells if c is not None for p in c.pieces)) + bag(
        "".join(o.text for o in done.left_out)
    )


@pytest.mark.parametrize(
    "above",
    [
        placed("別の一覧（市町村の制度）", XS[1] + 40, 40.0),  # begins where no column begins
        placed("国・県・市町村の制度をまとめた一覧です。", XS[1] + PAD, 40.0),  # runs over two columns
        placed("問い合わせは各課へ", XS[0] + PAD, 40.0),  # at the margin, where prose begins
        replace(placed("補助します。", XS[2] + PAD, 40.0), size=14.0),  # set larger
        placed("- 2 -", XS[2] + PAD, 40.0),
    ],
)
def test_what_is_no_rest(above: Line) -> None:
    first, second = pages_of(4, 0, False, False)
    done = stitch([first, replace(second, prose=(above,), witness=second.witness + "".join(above.text.split()))])
    assert texts(done) == WHOLE
    assert [o.text for o in done.left_out] == [above.text]


def test_a_page_that_is_not_full_has_cut_no_row() -> None:
    first, second = pages_of(4, 2, True, False)
    done = stitch([replace(first, height=4 * first.height), second])
    assert [d.code for d in done.doubts] == ["row_over_page"]
    assert any(o.text == second.prose[0].text for o in done.left_out)


def test_a_heading_without_a_grid_and_the_rest_below_it() -> None:
    """A row longer than its page: below the repeated heading nothing but the rest."""
    first, second = pages_of(9, 2, False, False, grid=False)
    head, end = loosely([HEADING], 20.0, True)
    rule = ((end - 6, XS[0], XS[-1]),)
    done = stitch([first, replace(second, prose=(*head, *second.prose), rules=rule)])
    assert texts(done) == WHOLE
    assert [o.reason for o in done.left_out] == ["heading"] * len(HEAD)


INKS = (Ink(30.0, 30.0, 100.0), Ink(120.0, 119.0, 200.0), Ink(None, 215.0, 300.0))


def test_lines_fall_apart_before_a_column() -> None:
    line = beside([placed("青葉町 創業", 30, 10), placed("町民", 120, 10), placed("TEL 01", 215, 10)])
    parts = line_to_parts(line, INKS)
    assert [(p.text, p.bbox[0], p.bbox[2]) for p in parts] == [("青葉町 創業", 30.0, 85.0), ("町民", 120.0, 140.0), ("TEL 01", 215.0, 245.0)]
    assert [p.edges[-1] for p in parts] == [55.0, 20.0, 30.0]
    assert [column_of(p, INKS) for p in parts] == [0, 1, 2]


@pytest.mark.parametrize(("x", "text", "column"), [(30, "町", 0), (10, "町", None), (118, "町民", 1), (60, "青葉町創業支援", None), (230, "定額", 2), (290, "定額補助", None)])
def test_the_one_column_of_a_text(x: float, text: str, column: int | None) -> None:
    assert column_of(placed(text, x, 10), INKS) == column


def test_rules_over_the_whole_width() -> None:
    rules = [(50.0, 0.0, 40.0), (50.2, 40.0, 100.0), (70.0, 0.0, 50.0), (90.0, 5.0, 95.0), (91.0, 5.0, 95.0)]
    assert rules_over(rules, 0.0, 100.0) == [50.0, 90.0]


@pytest.mark.parametrize(("number", "beside", "spoken"), [("451）", True, True), ("451）", False, False), ("- 2 -", True, True)])
def test_the_end_of_a_number_is_no_page_number(number: str, beside: bool, spoken: bool) -> None:
    line, other = placed(number, 384.0, 40.0), placed("E-mail：", 384.0 if beside else 220.0, 52.0)
    assert lines_spoken([line, other], [line.bbox]) == ([line, other] if spoken else [other])


@pytest.mark.parametrize("whole", [True, False])
def test_a_rest_below_the_heading_and_another_table_below_it(whole: bool) -> None:
    """Of the cut row one line is left for the next page. What stands over the table there with half a heading is prose."""
    first = apart(page(1, [HEADING, *map(lines_of, LIST)], ruled=False), GAP)
    bottom = first.grids[0].grid.ys[-1]
    heads = [placed(h, XS[k] + PAD, 40.0) for k, h in enumerate(HEAD) if whole or k < 2]
    rest = placed("※先着順", XS[1] + PAD, 40.0 + PITCH + GAP)
    title = replace(placed("別の一覧", XS[0] + PAD, 110.0), size=14.0)
    second = apart(page(2, [HEADING, *map(lines_of, ROWS)], top=140.0, ruled=False), GAP)
    prose = (*heads, rest, title)
    second = replace(second, prose=prose, height=bottom + 20, witness=second.witness + "".join("".join(x.text.split()) for x in prose))
    done = stitch([replace(first, height=bottom + 20), second])
    assert ("※先着順" in "".join(c or "" for row in texts(done) for c in row)) == whole
    assert sum((bag(p.witness) for p in (first, second)), bag("")) == owned(done)
