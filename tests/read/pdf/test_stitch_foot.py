"""A row that begins at the foot of a page in one column only: its other cells stand on the next page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from subsidy_extract.model import Place
from subsidy_extract.read.blocks import Prose
from subsidy_extract.read.pdf.nouns import Line, PageRead
from subsidy_extract.read.pdf.stitch import stitch
from subsidy_extract.read.pdf.stitch.prose import Talk
from tests.read.bags import bag
from tests.read.pdf.paper import PAD, lines_of, page, placed
from tests.read.pdf.test_stitch_rest import GAP, HEADING, LIST, WHOLE, XS, apart, owned, texts


def pages_of(at: int, column: int, repeat: bool) -> list[PageRead]:
    """Row `at` begins with its one line in `column`; everything else of it stands on the next page."""
    laid = [lines_of(r) for r in LIST]
    row = [[] if k == column else c for k, c in enumerate(laid[at])]
    first = apart(page(1, [HEADING, *laid[:at]], ruled=False), GAP)
    bottom = first.grids[0].grid.ys[-1]
    (line,) = laid[at][column]
    foot = placed(line, XS[column] + PAD, bottom + PAD)
    second = apart(page(2, [*([HEADING] if repeat else []), row, *laid[at + 1 :]], ruled=False), GAP)
    return [replace(first, prose=(foot,), height=bottom + 30, witness=first.witness + line), second]


@pytest.mark.parametrize("at", [4, 7, 9])
@pytest.mark.parametrize("repeat", [True, False])
def test_it_is_one_row(at: int, repeat: bool) -> None:
    column = next(k for k, lines in enumerate(lines_of(LIST[at])) if k and len(lines) == 1) if any(k and len(c) == 1 for k, c in enumerate(lines_of(LIST[at]))) else 0
    if not column:
        return
    pages = pages_of(at, column, repeat)
    done = stitch(pages)
    assert texts(done) == WHOLE
    row = done.tables[0].rows[at + 1]
    assert [p.place.page for p in row.cells[column].pieces] == [1]  # type: ignore[union-attr]
    assert sum((bag(p.witness) for p in pages), bag("")) == owned(done)


@pytest.mark.parametrize(
    "foot",
    [
        placed("※予算の範囲内です", XS[0] + PAD, 0.0),  # at the margin
        placed("以上の制度は予算の範囲内で行います。", XS[1] + PAD, 0.0),  # over two columns
        placed("（商工課調べ）", XS[2] + 40, 0.0),  # where no column begins
    ],
)
def test_what_begins_no_row(foot: Line) -> None:
    (first, second) = pages_of(7, 1, True)
    (read,) = second.grids
    whole = apart(page(2, [HEADING, *map(lines_of, LIST[7:])], ruled=False), GAP)
    x, y = foot.bbox[0], first.grids[0].grid.ys[-1] + PAD
    line = replace(foot, bbox=(x, y, foot.bbox[2], y + 10))
    done = stitch([replace(first, prose=(line,)), whole])
    assert [r for r in texts(done) if r != WHOLE[0]] == WHOLE[1:]
    assert foot.text in [o.text for o in done.left_out]
    assert read.cells


def test_a_row_that_lacks_nothing_takes_nothing_from_the_page_before() -> None:
    first, _ = pages_of(7, 1, True)
    whole = apart(page(2, [HEADING, *map(lines_of, LIST[7:])], ruled=False), GAP)
    done = stitch([first, whole])
    assert [r for r in texts(done) if r != WHOLE[0]] == WHOLE[1:]


@pytest.mark.parametrize(
    ("text", "page", "before", "want"),
    [
        ("10/10", 18, (), False),  # a rate, alone at the foot of a page
        ("10/10", 10, (), True),
        ("18／26", 18, (), True),
        ("3/40", 1, (), True),  # pages of a larger document
        ("4/40", 2, ("3/40",), True),
        ("- 7 -", 18, (), True),
    ],
)
def test_a_fraction_is_a_page_number_where_it_may_be_that_of_its_page(text: str, page: int, before: tuple[str, ...], want: bool) -> None:
    talk = Talk()
    for other in before:
        talk.page([Prose(other, Place(page=page - 1))])
    here = Prose(text, Place(page=page))
    talk.page([here])
    assert talk.repeated(here) is want


def test_lines_below_a_table_in_its_columns_are_said() -> None:
    """A row that the reader took for no part of the table: left out, and never in silence."""
    laid = [lines_of(r) for r in LIST]
    first = page(1, [HEADING, *laid[:6]])
    bottom = first.grids[0].grid.ys[-1]
    lost = tuple(placed(text, XS[k] + PAD, bottom + 40) for k, text in enumerate(("若葉町", "町内の者", "上限十万円", "商工係")))
    done = stitch([replace(first, prose=lost, height=bottom + 90)])
    (doubt,) = [d for d in done.doubts if d.code == "row_over_page"]
    assert len(doubt.places) == 4
    note = (placed("上限額は予算の範囲内とします。", XS[0] + PAD, bottom + 40), placed("詳しくは商工係へ", XS[2] + PAD, bottom + 40))
    assert not [d for d in stitch([replace(first, prose=note, height=bottom + 90)]).doubts if d.code == "row_over_page"]


def test_lines_right_below_the_last_row_are_said() -> None:
    """The end of a name and of a mail address, further down than the other cells of the row end."""
    first = page(1, [HEADING, *[lines_of(r) for r in LIST][:6]])
    bottom = first.grids[0].grid.ys[-1]

    def said(*texts: tuple[int, int, str], below: float = 3.0) -> int:
        lines = tuple(placed(t, XS[k] + PAD, bottom + below + 12 * n) for k, n, t in texts)
        return sum(d.code == "row_over_page" for d in stitch([replace(first, prose=lines, height=bottom + 90)]).doubts)

    rest = ((0, 0, "新商品開発に要する経費の"), (3, 0, "wakaba.lg.example.jp"), (0, 1, "補助を行う事業"))
    assert said(*rest) == 1
    assert said(*rest, below=30.0) == 0
    assert said(*rest[:2]) == 0
    assert said((0, 0, "上限額は予算の範囲内とします。"), (0, 1, "詳しくはお問合せください。"), (0, 2, "以上のとおりです。")) == 0


@pytest.mark.parametrize(("x", "said"), [(XS[3] + PAD, 1), (XS[2] + 40, 0)])
def test_lines_below_a_heading_that_comes_again_alone_are_said(x: float, said: int) -> None:
    """The end of the last row, in one column: the last page has nothing else."""
    first = page(1, [HEADING, *[lines_of(r) for r in LIST][:6]])
    last = page(2, [HEADING])
    bottom = last.grids[0].grid.ys[-1]
    done = stitch([first, replace(last, prose=(placed("FAX 1234", x, bottom + 20),), height=bottom + 90)])
    assert len(done.tables) == 1
    assert sum(d.code == "row_over_page" for d in done.doubts) == said
