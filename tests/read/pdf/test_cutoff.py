"""Text that the page cuts off: where its run ends, and that it is said of its cell."""

from __future__ import annotations

import numpy as np
import pytest

from subsidy_extract.model import LeftOut, Place
from subsidy_extract.read.pdf.cells import read_page
from subsidy_extract.read.pdf.nouns import Fills, Glyphs, Grid, GridBox, Page, Rules

NONE = np.zeros(0)
GRID = Grid(
    (0.0, 100.0, 200.0), (0.0, 30.0, 60.0),
    tuple(GridBox(r, c, 1, 1, (100.0 * c, 30.0 * r, 100.0 * c + 100, 30.0 * r + 30)) for r in range(2) for c in range(2)), ruled=True,
)  # fmt: skip


def page(lines: list[tuple[str, float, float]], hidden: list[tuple[str, float, float, str]]) -> Page:
    """Characters of 10 points. hidden: (text, x, top, reason)."""
    cells = [(c, x + 10 * k, top) for text, x, top in lines for k, c in enumerate(text)]
    text = np.array([c for c, _, _ in cells], dtype=object)
    x0, top = (np.array([c[k] for c in cells], float) for k in (1, 2))
    n = len(text)
    glyphs = Glyphs(text, x0, top, x0 + 10, top + 10, np.full(n, 10.0), np.ones(n, bool), np.zeros(n, np.int32))
    left_out = tuple(LeftOut(t, Place(page=1, bbox=(x, y, x + 10 * len(t), y + 10)), why) for t, x, y, why in hidden)
    return Page(1, 200, 60, glyphs, Rules(NONE, NONE, NONE, NONE), Fills(NONE, NONE, NONE, NONE, np.zeros((0, 3))), left_out=left_out)


def read(p: Page) -> list[tuple[str, tuple[str, ...]]]:
    (grid,) = read_page(p, [GRID]).grids
    return [("/".join(line.text for line in c.lines), c.doubts) for c in grid.cells]


def test_what_follows_a_text_that_is_cut_off_is_of_the_next_cell() -> None:
    # the name ends at the rule, the next cell's text begins right behind it: only the clip tells them apart
    cells = read(page([("志布志港利用促進事業", 2.0, 5.0), ("国内の事業者", 102.2, 5.0)], [("補助金", 102.0, 5.0, "invisible")]))
    assert cells[:2] == [("志布志港利用促進事業", ("cut_text",)), ("国内の事業者", ())]


def test_without_a_clip_it_is_one_text_over_the_rule() -> None:
    assert read(page([("志布志港利用促進事業", 2.0, 5.0), ("国内の事業者", 102.0, 5.0)], []))[0] == ("志布志港利用促進事業国内の事業者", ())


@pytest.mark.parametrize(("reason", "said"), [("invisible", ("cut_text",)), ("clipped_duplicate", ())])
def test_a_line_above_its_row(reason: str, said: tuple[str, ...]) -> None:
    # set from below in a row that is too low: the first line lies over the row above; drawn twice over two pages is no loss
    lines = [("上の行", 2.0, 2.0), ("二行目の文", 2.0, 32.0), ("三行目の文", 2.0, 44.0)]
    cells = read(page(lines, [("一行目の文", 2.0, 19.0, reason)]))
    assert cells[2] == ("二行目の文/三行目の文", said)
    assert cells[0] == ("上の行", ())


@pytest.mark.parametrize(("reason", "said"), [("invisible", ("cut_text",)), ("outside", ("cut_text",)), ("clipped_duplicate", ())])
def test_a_line_that_goes_on_where_nobody_sees_it(reason: str, said: tuple[str, ...]) -> None:
    # the last column is too narrow for its numbers: their ends lie beyond the edge of the page
    assert read(page([("電話〇九九", 150.0, 5.0)], [("二二六", 200.0, 5.0, reason)]))[1] == ("電話〇九九", said)


@pytest.mark.parametrize(("x", "said"), [(92.0, ("cut_text",)), (60.0, ()), (2.0, ())])
def test_upright_letters_that_go_on_left_of_their_column(x: float, said: tuple[str, ...]) -> None:
    # 縦書き too long for its row: the rest of the word stands on a line to the left, beyond the edge of the cell
    tall = Grid((0.0, 100.0, 130.0), (0.0, 30.0, 60.0), (GridBox(0, 0, 2, 1, (0.0, 0.0, 100.0, 60.0)), GridBox(0, 1, 2, 1, (100.0, 0.0, 130.0, 60.0))), ruled=True)
    glyphs = page([(c, 102.0, 4.0 + 10 * k) for k, c in enumerate("まちづ")] + [("町民", 10.0, 5.0)], [("く", x, 4.0, "clipped_duplicate")])
    (grid,) = read_page(glyphs, [tall]).grids
    assert ["/".join(line.text for line in c.lines) for c in grid.cells] == ["町民", "まちづ"]
    assert grid.cells[1].doubts == said


@pytest.mark.parametrize(
    ("text", "top", "said"),
    [
        ("設備の整備（町内の者", 5.0, ("cut_text",)),  # a spreadsheet printed what fits
        ("設備整備（町内の者）", 5.0, ()),
        ("整備（町内の者", 5.0, ()),  # there was room for more
        ("設備の整備（町内の者", 35.0, ()),  # the next page may have the rest
    ],
)
def test_a_line_that_ends_at_the_edge_inside_a_bracket(text: str, top: float, said: tuple[str, ...]) -> None:
    cells = read(page([(text, 0.0, top), ("町民", 110.0, 5.0), ("町民", 110.0, 35.0)], []))
    assert cells[0 if top < 30 else 2] == (text, said)
