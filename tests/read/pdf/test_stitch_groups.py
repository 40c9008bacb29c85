"""A text that stands low in its cell: half of a merged cell that the page break cut, or not."""

from __future__ import annotations

import pytest

from subsidy_extract.model import LeftOut, Place
from subsidy_extract.read.pdf.nouns import Line
from subsidy_extract.read.pdf.stitch.drafts import CellDraft, Part, RowDraft
from subsidy_extract.read.pdf.stitch.groups import drawn_again, hangs, join_clipped, join_spans, one_group


def drawn(text: str, at: float, tall: float = 60.0) -> CellDraft:
    """A cell of `tall` points whose one line of 10 has its middle at `at`."""
    lines = (Line(text, (10.0, at - 5, 60.0, at + 5), 10.0, False),) if text else ()
    return CellDraft([Part(1, (0.0, 0.0, 100.0, tall), lines)])


@pytest.mark.parametrize(
    ("first", "others", "want"),
    [
        (52.0, (30.0, 31.0), True),
        (33.0, (30.0, 31.0), False),  # in the middle itself
        (52.0, (52.0, 52.0), False),  # all are set low
        (52.0, (8.0, 8.0), False),  # the others are set high: nothing says where this one would be
        (52.0, (30.0,), False),  # one is little to tell by
    ],
)
def test_a_text_below_the_middle_of_its_cell(first: float, others: tuple[float, ...], want: bool) -> None:
    low = drawn("青葉町", first)
    row = RowDraft([low, *(drawn("町民", at) for at in others)])
    assert hangs(low, row) is want
    top = RowDraft([drawn("", 30.0), *(drawn("町民", 30.0) for _ in others)])
    assert join_spans([row], top, set(), lambda _: True) == []
    assert (low.row_span, top.cells[0] is None) == ((2, True) if want else (1, False))


def upright(text: str, top: float, tall: float = 120.0, rows: int = 2) -> CellDraft:
    """A merged cell with one line of 縦書き, characters of 10 points."""
    line = Line(text, (10.0, top, 20.0, top + 10 * len(text)), 10.0, False, vertical=len(text) > 1)
    return CellDraft([Part(1, (0.0, 0.0, 30.0, tall), (line,))], rows)


@pytest.mark.parametrize(
    ("above", "below", "left"),
    [
        (("販", 108.0), ("販路開拓", 40.0), ["販"]),  # the rest of it was clipped away at the foot of the page
        (("販路開拓", 40.0), ("拓", 2.0), ["拓"]),
        (("農林", 50.0), ("農林水産", 40.0), None),  # another group: the upper one has room below it
    ],
)
def test_the_part_of_a_group_that_fits_on_its_page(above: tuple[str, float], below: tuple[str, float], left: list[str] | None) -> None:
    a, b = upright(*above), upright(*below)
    over = [RowDraft([a, drawn("町民", 30.0)]), RowDraft([None, drawn("町民", 30.0)])]
    again = join_spans(over, RowDraft([b, drawn("町民", 30.0)]), set(), lambda _: True)
    assert [c.text for c in again] == (left or [])
    assert (a.text, a.row_span) == ((max(above[0], below[0], key=len), 4) if left else (above[0], 2))


@pytest.mark.parametrize(
    ("above", "below", "twice", "whole"),
    [
        (drawn("緑野市", 50.0), drawn("緑野市", 30.0), "緑野市", "緑野市"),  # the label of a group whose last row the page break cut
        (drawn("緑野市", 50.0), drawn("雲井町", 30.0), None, "緑野市"),  # halves of one text
        (drawn("緑野市", 50.0), drawn("", 30.0), None, "緑野市"),
    ],
)
def test_a_label_drawn_again_on_the_next_page_is_one(above: CellDraft, below: CellDraft, twice: str | None, whole: str) -> None:
    assert drawn_again(above, below) is None  # cells of one row: two halves may well say the same
    above.row_span = 2
    left = drawn_again(above, below)
    assert (left and left.text, above.text) == (twice, whole)


@pytest.mark.parametrize(
    ("texts", "merged", "want"),
    [
        (("", "町民", "窓口"), {0}, {0}),
        (("", "", "窓口"), {0, 1}, {0, 1}),  # a group within the group
        (("町民", "窓口", ""), {2}, set()),  # remarks, merged on the page before: nothing is said of these rows
        (("", "町民", ""), {0, 2}, {0}),
        (("町内", "町民", "窓口"), {0}, set()),
    ],
)
def test_a_column_of_groups_without_a_word_is_one_cell(texts: tuple[str, ...], merged: set[int], want: set[int]) -> None:
    rows = [RowDraft([drawn(text, 30.0) for text in texts]) for _ in range(3)]
    one_group(rows, merged)
    for col, cell in enumerate(rows[0].cells):
        assert cell is not None and cell.row_span == (3 if col in want else 1)
        assert [row.cells[col] is None for row in rows[1:]] == [col in want] * 2


@pytest.mark.parametrize(("above", "below", "one"), [(52.0, 8.0, True), (52.0, 30.0, False), (30.0, 8.0, False)])
def test_a_text_that_the_page_break_cuts_through(above: float, below: float, one: bool) -> None:
    a, b = drawn("青葉町商工課", above), drawn("電話0123-45-6789", below)
    last, first = RowDraft([drawn("町民", 30.0), drawn("定額", 30.0), a]), RowDraft([drawn("市民", 30.0), drawn("実費", 30.0), b])
    join_spans([last], first, set(), lambda _: True)
    assert (a.row_span, first.cells[2] is None) == ((2, True) if one else (1, False))
    assert a.text == ("青葉町商工課電話0123-45-6789" if one else "青葉町商工課")


def lines(*texts: str, rows: int = 1) -> CellDraft:
    """A cell with lines of 10 points, from its top down."""
    drawn = tuple(Line(t, (10.0, 12.0 * k, 60.0, 12.0 * k + 10), 10.0, False) for k, t in enumerate(texts))
    return CellDraft([Part(1, (0.0, 0.0, 100.0, 60.0), drawn)], rows)


@pytest.mark.parametrize(
    ("above", "below", "twice", "whole"),
    [
        (("商工課", "電話 1", "mail"), ("商工課", "電話 1"), "商工課電話1", "商工課電話1mail"),  # the small part has room for two lines
        (("商工課", "電話 1"), ("商工課", "電話 1", "mail"), "商工課電話1", "商工課電話1mail"),
        (("商工課",), ("商工課", "電話 1"), None, "商工課"),  # the office of two groups
        (("商工課", "電話 1", "mail"), ("商工課", "電話 2"), None, "商工課電話1mail"),
    ],
)
def test_the_lines_of_a_merged_cell_that_fit_on_its_other_page(above: tuple[str, ...], below: tuple[str, ...], twice: str | None, whole: str) -> None:
    a, b = lines(*above, rows=3), lines(*below)
    left = drawn_again(a, b)
    assert (left and left.text, a.text) == (twice, whole)


@pytest.mark.parametrize(
    ("above", "below", "gone", "want"),
    [
        ("", "商工課", ((LeftOut("商工 課", Place(page=1, bbox=(5.0, 58.0, 60.0, 68.0)), "clipped_duplicate"),), ()), ("商工課", 2)),
        ("商工課", "", ((), (LeftOut("商工課", Place(page=2, bbox=(5.0, -8.0, 60.0, 2.0)), "clipped_duplicate"),)), ("商工課", 2)),
        ("", "商工課", ((LeftOut("農林課", Place(page=1, bbox=(5.0, 58.0, 60.0, 68.0)), "clipped_duplicate"),), ()), ("", 1)),
        ("", "商工課", ((LeftOut("商工課", Place(page=1, bbox=(205.0, 58.0, 260.0, 68.0)), "clipped_duplicate"),), ()), ("", 1)),  # in another column
        ("", "商工課", ((), ()), ("", 1)),
    ],
)
def test_a_text_clipped_away_on_one_page_tells_a_merged_cell(above: str, below: str, gone: tuple[tuple[LeftOut, ...], tuple[LeftOut, ...]], want: tuple[str, int]) -> None:
    a, first = drawn(above, 30.0), RowDraft([drawn(below, 30.0)])
    join_clipped(RowDraft([a]), first, set(), gone)
    assert (a.text, a.row_span) == want
    assert (first.cells[0] is None) is (want[1] == 2)
