"""A section whose mark stands in the column of the numbers, and a programme that says little: which is which."""

from __future__ import annotations

import pytest
from hand_made_tables import document, table

from subsidy_extract.entries import entries

HEADINGS = ("No.", "事業名", "対象者", "補助率", "問合せ先")


def full(number: str) -> tuple[str, ...]:
    return (number, f"綿雪町第{number}補助金", "町内の商店主", "1/2", "商工課")


def bare(mark: str, text: str) -> tuple[str, ...]:
    return (mark, text, "", "", "")


@pytest.mark.parametrize(
    ("rows", "sections"),
    [
        ((bare("１", "創業の支援"), full("1"), full("2"), bare("２", "販路の支援"), full("3")), ["１ 創業の支援", "１ 創業の支援", "２ 販路の支援"]),
        ((bare("(1)", "創業の支援"), full("1"), bare("(2)", "販路の支援"), full("1"), full("2")), ["(1) 創業の支援", "(2) 販路の支援", "(2) 販路の支援"]),  # numbered anew
        ((bare("■", "創業の支援"), full("1"), bare("■", "販路の支援"), full("2")), ["■ 創業の支援", "■ 販路の支援"]),
        ((bare("Ⅰ", "創業の支援"), full("1"), full("2")), ["Ⅰ 創業の支援"] * 2),
        ((full("9"), bare("３", "販路の支援"), full("1\n0")), [None, "３ 販路の支援"]),  # a narrow column breaks the number
    ],
)
def test_a_section_whose_mark_stands_in_a_cell_of_its_own(rows: tuple[tuple[str, ...], ...], sections: list[str | None]) -> None:
    u = entries(document(table(HEADINGS, *rows)))
    assert [e.section for e in u.entries] == sections
    assert {x.reason for x in u.left_out if x.text in {"１", "(1)", "■", "Ⅰ", "３"}} == {"section"}


@pytest.mark.parametrize(
    "rows",
    [
        (full("1"), bare("2", "灯台守の支援"), full("3")),  # it counts on with it
        (full("1"), full("2"), bare("3", "灯台守の支援")),  # nothing follows
    ],
)
def test_a_programme_that_says_little(rows: tuple[tuple[str, ...], ...]) -> None:
    u = entries(document(table(HEADINGS, *rows)))
    assert len(u.entries) == 3
    assert "灯台守の支援" in [e.columns["name"].text for e in u.entries]


def test_a_sentence_right_of_the_names_is_more_of_the_row_above() -> None:
    """The rest of a row that a rule cuts: no mark makes a note of it, and it stands where no note does."""
    rest = "なお、申請に当たっては、事前に担当課の確認を受けることが条件となります。"
    u = entries(document(table(("No.", "事業名", "事業概要", "補助率", "問合せ先"), ("1", "綿雪町灯台補助金", "灯台を直します。", "1/2", "港湾課"), ("", "", rest, "", ""), ("※ 補助率は改定されることがあります。", "", "", "", ""))))
    assert [e.columns["summary"].text for e in u.entries] == [f"灯台を直します。 {rest}"]
    assert [d.code for e in u.entries for d in e.doubts] == ["row_joined"]
    assert u.notes == ("※ 補助率は改定されることがあります。",)


def test_rows_above_the_heading_of_their_table_are_programmes() -> None:
    """The first page has no heading (or one that stands apart from its rows), the second has one."""
    above = ("1", "綿雪町で古い灯台を直す者への補助金", "町内の商店主", "1/2", "港湾課")
    u = entries(document(table(above, HEADINGS, ("2", "綿雪町桟橋補助金", "町内の漁師", "1/3", "港湾課"))))
    assert [e.columns["name"].text for e in u.entries] == [above[1], "綿雪町桟橋補助金"]
    assert [d.code for d in u.doubts] == ["no_heading"]


@pytest.mark.parametrize(
    "above",
    [
        ("令和８年度綿雪町支援制度一覧表（暫定版）", "", "", "", "港湾課"),  # a title in two cells
        ("次の制度は、いずれも令和", "８年度", "綿雪町の支援制度を集めた冊子によるもの", "です", "。"),  # prose in columns
        ("番", "事業", "人", "補助", "担当"),  # an upper level of headings
    ],
)
def test_titles_above_the_heading_are_none(above: tuple[str, ...]) -> None:
    u = entries(document(table(above, HEADINGS, full("1"), full("2"))))
    assert len(u.entries) == 2


def test_a_note_alone_in_a_column_between_programmes_is_the_rest_of_the_row_above() -> None:
    """A row cut before its last line, ※先着順: nothing is left out of its cell, and the row is said to be joined."""
    rest = ("", "", "※先着順", "", "")
    u = entries(document(table(HEADINGS, full("1"), rest, full("2"))))
    assert [e.columns["eligibility"].text for e in u.entries] == ["町内の商店主 ※先着順", "町内の商店主"]
    assert [d.code for e in u.entries for d in e.doubts] == ["row_joined"]
    below = entries(document(table(HEADINGS, full("1"), full("2"), rest)))
    assert below.notes == ("※先着順",)
