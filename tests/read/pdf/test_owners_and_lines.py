"""Glyphs placed by hand → the cell, the line and the order they are read in."""

from __future__ import annotations

import numpy as np
import pytest

from subsidy_extract.model import LeftOut, Place
from subsidy_extract.read.pdf.cells import read_page
from subsidy_extract.read.pdf.nouns import Fills, Glyphs, Grid, GridBox, Page, PageLink, PageRead, Rules

EM = 10.0
NONE = np.zeros(0)


class Pen:
    """Writes glyphs as a content stream would: one call after the other."""

    def __init__(self) -> None:
        self.glyphs: list[tuple[str, float, float, float, float, float, bool]] = []

    def say(self, text: str, x: float, y: float, size: float = EM) -> Pen:
        for c in text:
            w = size / 2 if c < "\u2000" else size
            self.glyphs.append((c, x, y, x + w, y + size, size, True))
            x += w
        return self

    def down(self, text: str, x: float, y: float, upright: bool = True, step: float = EM) -> Pen:
        for c in text:
            self.glyphs.append((c, x, min(y, y + step), x + EM, max(y, y + step), EM, upright))
            y += step
        return self

    def page(self, links: tuple[PageLink, ...] = (), left_out: tuple[LeftOut, ...] = ()) -> Page:
        columns = list(zip(*self.glyphs, strict=True))
        x0, top, x1, bottom, size = (np.array(c, dtype=float) for c in columns[1:6])
        text = np.array(columns[0], dtype=object)
        glyphs = Glyphs(text, x0, top, x1, bottom, size, np.array(columns[6], dtype=bool), np.zeros(len(text), dtype=np.int32))
        return Page(1, 600, 400, glyphs, Rules(NONE, NONE, NONE, NONE), Fills(NONE, NONE, NONE, NONE, np.zeros((0, 3))), links, (), left_out)


def grid(xs: tuple[float, ...], ys: tuple[float, ...], ruled: bool = True) -> Grid:
    boxes = tuple(
        GridBox(r, c, 1, 1, (xs[c], ys[r], xs[c + 1], ys[r + 1])) for r in range(len(ys) - 1) for c in range(len(xs) - 1)
    )
    return Grid(xs, ys, boxes, ruled)


def lines(read: PageRead) -> list[list[str]]:
    return [[line.text for line in cell.lines] for cell in read.grids[0].cells]


TWO = grid((0, 60, 160), (0, 30))


def test_text_that_overflows_into_the_next_cell_stays_in_its_own() -> None:
    pen = Pen().say("さいたま市浦和区庵野", 2, 5).say("庵", 130, 5)  # ten characters from a column of six
    assert lines(read_page(pen.page(), (TWO,))) == [["さいたま市浦和区庵野"], ["庵"]]


def test_the_next_cell_begins_where_the_text_does_not_keep_step() -> None:
    pen = Pen().say("さいたま市", 6, 5).say("浦和", 62, 5)  # 5 characters end at 56, the rule is at 60
    assert lines(read_page(pen.page(), (TWO,))) == [["さいたま市"], ["浦和"]]


def test_a_row_written_in_one_go_is_parted_by_the_columns() -> None:
    pen = Pen().say("定額　　 100", 30, 5)
    assert lines(read_page(pen.page(), (TWO,))) == [["定額"], ["100"]]


def test_text_set_to_the_right_overflows_to_the_left() -> None:
    pen = Pen().say("千二百三十四万五千円", 58, 5)  # ends at the right edge of the second column
    assert lines(read_page(pen.page(), (TWO,))) == [[], ["千二百三十四万五千円"]]


def test_every_glyph_has_one_owner() -> None:
    pen = Pen().say("令和8年度", 5, -20).say("名称", 5, 5).say("概要", 65, 5).say("- 1 -", 70, 300)
    read = read_page(pen.page(), (TWO,))
    assert lines(read) == [["名称"], ["概要"]]
    assert [line.text for line in read.prose] == ["令和8年度", "- 1 -"]


ONE = grid((0, 120, 240), (0, 100))


def test_small_print_and_raised_figures_belong_to_their_line() -> None:
    pen = Pen().say("上限", 5, 10).say("※1", 25, 9, 5).say("500万円", 30, 10).say("以内", 5, 22)
    assert lines(read_page(pen.page(), (ONE,)))[0] == ["上限※1500万円", "以内"]


def test_a_gap_between_latin_words_is_a_space_and_between_spread_characters_is_none() -> None:
    pen = Pen().say("Small", 5, 10).say("and", 34, 10).say("事", 5, 40).say("業", 40, 40).say("名", 75, 40)
    assert lines(read_page(pen.page(), (ONE,)))[0] == ["Small and", "事業名"]


@pytest.mark.parametrize(
    ("step", "jump", "want"),
    [(8, 8, "shoko-kanko@town"), (8, 14, "shoko -kanko@town"), (20, 20, " ".join("shoko-kanko@town"))],
    ids=["spread over the width of its cell", "a word of its own", "marks in columns"],
)
def test_letters_spread_over_the_width_of_a_cell_are_one_word(step: float, jump: float, want: str) -> None:
    pen = Pen()
    for k, c in enumerate("shoko-kanko@town"):
        pen.say(c, 5 + step * k + (jump - step) * (k >= 5), 5)
    assert lines(read_page(pen.page(), (grid((0, 400, 500), (0, 30)),)))[0] == [want]


def test_a_space_at_the_end_of_a_line_is_remembered() -> None:
    pen = Pen().say("HP: ", 5, 10).say("https://a.example.jp/", 5, 22)
    cell = read_page(pen.page(), (ONE,)).grids[0].cells[0]
    assert [(line.text, line.spaced) for line in cell.lines] == [("HP:", True), ("https://a.example.jp/", False)]
    assert cell.lines[0].edges == pytest.approx((5, 10, 15))


NARROW = grid((0, 30, 200), (0, 100))


def test_vertical_writing_reads_from_right_to_left() -> None:
    pen = Pen().down("青葉町", 16, 10).down("支援課", 4, 10).say("内容", 40, 10)
    read = read_page(pen.page(), (NARROW,))
    assert lines(read) == [["青葉町", "支援課"], ["内容"]]
    assert all(line.vertical for line in read.grids[0].cells[0].lines)


def test_a_column_one_character_wide_is_one_line() -> None:
    assert lines(read_page(Pen().down("薩摩川内市", 10, 10).page(), (NARROW,)))[0] == ["薩摩川内市"]


def test_figures_below_each_other_are_lines() -> None:
    assert lines(read_page(Pen().down("123", 10, 10).page(), (NARROW,)))[0] == ["1", "2", "3"]


def test_characters_on_their_side_read_the_way_they_run() -> None:
    down = Pen().down("事業", 16, 10, upright=False).down("概要", 4, 10, upright=False)
    assert lines(read_page(down.page(), (NARROW,)))[0] == ["事業", "概要"]
    up = Pen().down("事業", 4, 60, upright=False, step=-EM).down("概要", 16, 60, upright=False, step=-EM)
    assert lines(read_page(up.page(), (NARROW,)))[0] == ["事業", "概要"]


def test_clipped_ends_of_vertical_writing_go_back_to_it() -> None:
    out = LeftOut("か", Place(page=1, bbox=(10, 0, 20, 10)), "clipped_duplicate")
    other = LeftOut("別", Place(page=1, bbox=(10, 70, 20, 80)), "clipped_duplicate")
    read = read_page(Pen().down("がしま", 10, 10).page(left_out=(out, other)), (NARROW,))
    assert lines(read)[0] == ["かがしま"]
    assert read.left_out == (other,)


def test_words_under_a_link_are_told_by_line_and_place() -> None:
    pen = Pen().say("詳細は こちら", 5, 10)
    read = read_page(pen.page(links=(PageLink("https://a.example.jp/", (39, 8, 71, 22)),)), (ONE,))
    (cell, _) = read.grids[0].cells
    assert cell.links == (("https://a.example.jp/", 0, 4, 7),)
    assert cell.lines[0].text[4:7] == "こちら"


def test_columns_by_alignment_never_cut_a_word() -> None:
    loose = grid((0, 60, 160), (0, 30), ruled=False)
    assert lines(read_page(Pen().say("さいたま市浦和", 2, 5).page(), (loose,))) == [["さいたま市浦和"], []]
    assert lines(read_page(Pen().say("定額 １００", 30, 5).page(), (loose,))) == [["定額"], ["１００"]]


def test_a_page_without_a_glyph() -> None:
    empty = Glyphs(np.zeros(0, dtype=object), NONE, NONE, NONE, NONE, NONE, np.zeros(0, dtype=bool), np.zeros(0, dtype=np.int32))
    page = Page(3, 10, 10, empty, Rules(NONE, NONE, NONE, NONE), Fills(NONE, NONE, NONE, NONE, np.zeros((0, 3))))
    assert lines(read_page(page, (TWO,))) == [[], []]


@pytest.mark.parametrize(("ruled", "texts"), [(False, ["Base", "1.5"]), (True, ["Base", "------", "1.5"])])
def test_a_rule_that_was_typed_is_no_text_where_no_rules_are_drawn(ruled: bool, texts: list[str]) -> None:
    pen = Pen().say("Base", 10, 10).say("------", 10, 30).say("1.5", 10, 50)
    read = read_page(pen.page(), [grid((0, 100), (0, 80), ruled)])
    assert [line for cell in lines(read) for line in cell] == texts
    assert [(o.text, o.reason) for o in read.left_out] == ([] if ruled else [("------", "furniture")])


def test_texts_spread_over_neighbouring_cells_meet_at_the_rule() -> None:
    """均等割付: the last character of one heading and the first of the next touch, and the stream draws them one after the
    other."""
    pen = Pen()
    for x, c in zip((0, 25, 50, 60, 105, 150), "事業名対象者", strict=True):
        pen.say(c, x, 5)
    assert lines(read_page(pen.page(), (TWO,))) == [["事業名"], ["対象者"]]


def test_two_characters_over_the_rule_from_the_left_edge_are_one_text() -> None:
    pen = Pen().say("備考", 2, 5)
    assert lines(read_page(pen.page(), (grid((0, 12, 160), (0, 30)),))) == [["備考"], []]


@pytest.mark.parametrize(("drawn", "want"), [
    (("電話", 2, "0123", 27), "電話 0123"),  # half an em, and no space is drawn in any cell
    (("電話", 2, "0123", 24.5), "電話0123"),  # a quarter em is set between Japanese and Latin letters
])  # fmt: skip
def test_a_gap_is_a_space_where_no_spaces_are_drawn(drawn: tuple[str, float, str, float], want: str) -> None:
    a, x, b, after = drawn
    assert lines(read_page(Pen().say(a, x, 5).say(b, after, 5).page(), (TWO,))) == [[want], []]
    spaced = Pen().say(a, x, 5).say(b, after, 5).say("a b", 65, 5)
    assert lines(read_page(spaced.page(), (TWO,))) == [["電話0123"], ["a b"]]


@pytest.mark.parametrize("sign", "、）」ー")
def test_a_sign_that_hangs_over_the_edge_does_not_take_the_next_cell_along(sign: str) -> None:
    three = grid((0, 60, 160), (0, 30, 60, 90, 120, 150))
    pen = Pen()
    for k in range(5):  # the fourth text hangs, and the next begins where it ends
        pen.say("町内の事業者" if k != 3 else "町内事業者" + sign, 2.0 if k != 3 else 4.0, 5 + 30 * k).say("商工課", 64, 5 + 30 * k)
    assert lines(read_page(pen.page(), (three,)))[6] == ["町内事業者" + sign]
    assert lines(read_page(pen.page(), (three,)))[7] == ["商工課"]


def test_white_between_letters_that_are_spread() -> None:
    pen = Pen()
    for k, c in enumerate("遠見町役所"):
        pen.say(c, 2 + 15 * k, 5)
    for k, c in enumerate("建築指導課"):
        pen.say(c, 2 + 15 * 5 + 8 + 15 * k, 5)  # a space of three points with white on both sides
    assert lines(read_page(pen.page(), (grid((0, 200), (0, 30)),))) == [["遠見町役所 建築指導課"]]
    pen = Pen().say("ア", 2, 5).say("\u3000", 42, 5).say("保", 82, 5).say("険", 122, 5)
    assert lines(read_page(pen.page(), (grid((0, 200), (0, 30)),))) == [["ア 保険"]]
