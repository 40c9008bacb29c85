"""Tables of figures over a page break: rows stay apart, numbered columns come once, merged-looking columns are parted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from subsidy_extract.read.pdf.nouns import Grid, GridBox, GridCell, GridRead, Line, PageRead
from subsidy_extract.read.pdf.stitch import stitch
from subsidy_extract.read.pdf.stitch.columns import Fit, fit
from subsidy_extract.read.pdf.stitch.drafts import CellDraft, Part, RowDraft
from subsidy_extract.read.pdf.stitch.heading import numbering_again
from subsidy_extract.read.pdf.stitch.parted import parted
from tests.read.pdf.paper import placed
from tests.read.pdf.test_stitch import texts

XS = (30.0, 110.0, 170.0, 230.0, 290.0)


def figures(number: int, rows: Sequence[Sequence[str]], xs: Sequence[float] = XS, left: int = 1, size: float = 16.0) -> PageRead:
    """A ruled page, one line a cell; columns from `left` on set to the right."""
    ys = [60.0 + size * k for k in range(len(rows) + 1)]
    boxes, cells = [], []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            box = GridBox(r, c, 1, 1, (xs[c], ys[r], xs[c + 1], ys[r + 1]))
            line = placed(text, 0.0, ys[r] + 3)
            x = xs[c] + 2 if c < left else xs[c + 1] - 2 - (line.bbox[2] - line.bbox[0])
            boxes.append(box)
            cells.append(GridCell(box, (placed(text, x, ys[r] + 3),) if text else ()))
    grid = Grid(tuple(xs), tuple(ys), tuple(boxes), True)
    return PageRead(number, 600.0, 400.0, (GridRead(grid, tuple(cells)),), (), (), "".join(t for row in rows for t in row))


TOWNS = [[f"{town}市", str(a), f"{a * 1234:,}", f"△{a * 77:,}"] for town, a in zip("東西南北上中下内外奥", range(171, 900, 77), strict=False)]
NAMES = ["市町村", "戸数", "本年度", "増減"]


@pytest.mark.parametrize("head", [[], [NAMES]], ids=["no heading again", "heading again"])
@pytest.mark.parametrize("at", range(3, 9))
def test_rows_of_figures_stay_apart(head: list[list[str]], at: int) -> None:
    done = stitch([figures(1, [NAMES, *TOWNS[:at]]), figures(2, [*head, *TOWNS[at:]])])
    assert texts(done) == [NAMES, *TOWNS]


def test_numbered_rows_stay_apart() -> None:
    rows = [[str(k), "補助対象となる経費の額", "あ" * 5, "https://www.town.kawabe.example.jp/nogyo/index.php"] for k in range(1, 9)]
    xs = (30.0, 44.0, 150.0, 206.0, 465.0)
    done = stitch([figures(1, [["№", "名称", "記号", "URL"], *rows[:5]], xs, 4), figures(2, rows[5:], xs, 4)])
    assert [t[0] for t in texts(done)] == ["№", *(str(k) for k in range(1, 9))]


@pytest.mark.parametrize(
    ("above", "now", "times"),
    [
        (["(1)", "(2)", "(3)", "(4)"], ["(1)", "(2)", "(3)", "(4)"], 1),
        (["①", "②", "③", "④"], ["①", "②", "③", "④"], 1),
        (["", "(円)", "(戸)", "(人)"], ["", "(円)", "(戸)", "(人)"], 1),
        (["(1)", "(2)", "(3)", "(4)"], ["(1)", "(2)", "(3)", "(5)"], 0),
        (["東市", "1", "2", "3"], ["東市", "1", "2", "3"], 0),
        (["4", "4", "4", "4"], ["4", "4", "4", "4"], 0),
        (["", "", "(1)", "(2)"], ["", "", "(1)", "(2)"], 0),
    ],
)
def test_the_row_that_numbers_the_columns(above: list[str], now: list[str], times: int) -> None:
    def row(words: list[str]) -> RowDraft:
        return RowDraft([CellDraft([Part(1, (0, 0, 9, 9), (placed(t, 0, 0),) if t else ())]) for t in words])

    assert numbering_again([row(now)], [row(above)]) == times
    assert numbering_again([], [row(above)]) == numbering_again([row(now)], []) == 0


def test_the_numbers_of_columns_come_once() -> None:
    head = [NAMES, ["(1)", "(2)", "(3)", "(4)"]]
    done = stitch([figures(1, [*head, *TOWNS[:4]]), figures(2, [*head, *TOWNS[4:]])])
    assert texts(done) == [*head, *TOWNS]
    assert [x.text for x in done.left_out if x.reason == "heading"] == [*NAMES, "(1)", "(2)", "(3)", "(4)"]


# ── columns that only the heading parts ──────────────────────────────────────────────────────────
def beside(*words: tuple[str, float], y: float = 63.0) -> Line:
    """One line with texts at several places, as glyphs with spaces between give it."""
    text, edges = "", []
    start = words[0][1]
    for word, x in words:
        one = placed(word, x, y)
        text += (" " if text else "") + word
        edges += ([x - start] if edges else []) + [x - start + e for e in one.edges]
    return Line(text, (start, y, start + edges[-1], y + 10.0), 10.0, edges=tuple(edges))


COARSE = (30.0, 170.0, 230.0, 290.0)
FIT = fit(XS, COARSE, True)


def merged(labels: Sequence[Line | None]) -> GridRead:
    read = figures(2, [["", str(k), str(k * 9)] for k in range(len(labels))], COARSE).grids[0]
    cells = [
        c if c.box.col or (line := labels[c.box.row]) is None else GridCell(c.box, (line,))
        for c in read.cells
    ]
    return GridRead(read.grid, tuple(cells))


def test_texts_that_keep_clear_of_a_line_stand_beside_it() -> None:
    assert FIT is not None and FIT.new[0] == (0, 2)
    read = merged([placed("1款 総務費及び企画費", 32, 63), beside(("1項", 60.0), ("管理費", 112.0)), placed("事業費", 112, 63), None])
    done = parted(read, XS, FIT)
    assert done.grid.xs == XS
    rows = [[""] * 4 for _ in range(4)]
    for cell in done.cells:
        rows[cell.box.row][cell.box.col] = "".join(x.text for x in cell.lines)
    assert rows == [["1款 総務費及び企画費", "", "0", "0"], ["1項", "管理費", "1", "9"], ["", "事業費", "2", "18"], ["", "", "3", "27"]]
    assert {c.box.col_span for c in done.cells if c.box.row == 0 and c.box.col == 0} == {2}


@pytest.mark.parametrize(
    "labels",
    [
        [placed("総務費及び企画費の合計", 32, 63), placed("民生費", 32, 63), None],  # nothing tells of a line
        [beside(("1項", 32.0), ("管理費", 112.0)), placed("青葉町 みどり", 32, 63), placed("青葉町", 32, 63)],  # once is by chance
        [beside(("1項", 32.0), ("管理費", 112.0)), beside(("1項", 32.0), ("管理費", 121.0)), None],  # not in line
    ],
)
def test_what_does_not_tell_of_a_line(labels: list[Line | None]) -> None:
    assert FIT is not None
    read = merged(labels)
    assert parted(read, XS, FIT) is read


def test_the_same_columns() -> None:
    same = fit(XS, XS, True)
    assert isinstance(same, Fit)
    read = figures(2, TOWNS).grids[0]
    assert parted(read, XS, same) is read


def test_a_budget_whose_heading_stands_on_its_first_page() -> None:
    xs = (30.0, 60.0, 110.0, 170.0, 230.0)
    first = figures(1, [["項", "目", "本年度", "前年度"], ["1項", "管理費", "1,205", "880"], ["2項", "事業費", "9,911", "73"]], xs, 2)
    coarse = figures(2, [["", "3,377", "51"], ["", "640", "1,150"], ["", "52", "7,004"]], (30.0, 110.0, 170.0, 230.0)).grids[0]
    labels = [beside(("3項", 32.0), ("維持費", 62.0)), beside(("4項", 32.0), ("補助費", 62.0)), beside(("5項", 32.0), ("積立金", 62.0))]
    read = GridRead(coarse.grid, tuple(c if c.box.col else GridCell(c.box, (labels[c.box.row],)) for c in coarse.cells))
    second = PageRead(2, 600.0, 400.0, (read,), (), (), "")
    rows = texts(stitch([first, second]))[3:]
    assert rows == [["3項", "維持費", "3,377", "51"], ["4項", "補助費", "640", "1,150"], ["5項", "積立金", "52", "7,004"]]


def test_two_texts_of_a_column_are_two_rows() -> None:
    """The names are merged over two rows, and the page ends between them."""
    xs = (30.0, 150.0, 200.0, 300.0)
    names = ["みなみ病院", "北町医院", "小川クリニック", "第一診療所"]
    rows = [[t, kind, f"本町{k}番地"] for k, name in enumerate(names) for t, kind in ((name, "本院"), ("", "分院"))]
    head = ["名称", "区分", "所在地"]
    pages = [figures(1, [head, *rows[:5]], xs, 3), figures(2, [head, *rows[5:]], xs, 3)]
    done = stitch(pages)
    assert [r[1:] for r in texts(done)] == [head[1:], *(r[1:] for r in rows)]
