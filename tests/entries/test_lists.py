"""Tables with headings on top → programmes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_made_tables import cell, document, row, table

from subsidy_extract.entries import Understood, entries, headings
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Doubt, Place

HEADINGS = ("事業名", "対象者", "補 助 率", "補助上限額\n（千円）", "問合せ先")


def texts(understood: Understood, key: str) -> list[str | None]:
    return [e.columns[key].text if key in e.columns else None for e in understood.entries]


def codes(understood: Understood) -> list[str]:
    return [d.code for d in (*understood.doubts, *(d for e in understood.entries for d in e.doubts))]


def test_one_heading_row() -> None:
    u = entries(document(table(HEADINGS, ("雪あかり創業補助金", "創業する者", "1/2以内", "500", "商工課"), ("湖畔の店支援事業", "商店主", "－", "", "農政課"))))
    assert texts(u, "name") == ["雪あかり創業補助金", "湖畔の店支援事業"]
    assert [e.number for e in u.entries] == [1, 2]
    assert texts(u, "rate_text") == ["1/2以内", ""]
    assert u.entries[0].columns["amount_text"].cells[0].unit == "千円"
    assert u.entries[0].columns["amount_text"].cells[0].heading == "補助上限額（千円）"
    assert codes(u) == []


def test_no_name_column_says_which_headings_it_saw() -> None:
    with pytest.raises(ExtractError) as stop:
        entries(document(table(("対象者", "補助率", "備考"), ("商店主", "1/2", ""))))
    assert stop.value.code == Exit.NO_NAME_COLUMN
    assert "補助率" in str(stop.value)


def test_unread_headings_are_said_with_the_cause() -> None:
    d = document(table(("\ufffd\ufffd", "\ufffd", "\ufffd\ufffd\ufffd"), ("\ufffd", "\ufffd", "1/2")))
    d = replace(d, doubts=(Doubt("unknown_font", "all", (Place(page=2),)), Doubt("unknown_font", "all", (Place(page=1),)), Doubt("picture_page", "", (Place(page=4),))))
    with pytest.raises(ExtractError) as stop:
        entries(d)
    assert stop.value.code == Exit.NO_NAME_COLUMN
    assert "pages 1, 2 do not say which characters they draw; page 4 is a picture" in str(stop.value)


def test_sections_totals_and_notes() -> None:
    u = entries(
        document(
            table(
                (cell("星見町支援制度一覧", cols=5), None, None, None, None),
                HEADINGS,
                (cell("１　創業の支援", cols=5), None, None, None, None),
                ("雪あかり創業補助金", "創業する者", "1/2", "500", "商工課"),
                ("【販路の支援】", "", "", "", ""),
                ("湖畔の店支援事業", "商店主", "2/3", "300", "〃"),
                ("合計（2事業）", "", "", "800", ""),
                ("全３件", "", "", "", ""),
                ("※金額は税抜です。", "", "", "", ""),
            )
        )
    )
    assert [e.section for e in u.entries] == ["１ 創業の支援", "【販路の支援】"]
    assert texts(u, "contact") == ["商工課", "商工課"]
    assert u.entries[1].columns["contact"].cells[0].inherited
    assert [(t.says, t.counted) for t in u.totals] == [(2, 2), (3, 2)]
    assert u.titles == ("星見町支援制度一覧",)
    assert u.notes == ("※金額は税抜です。",)
    assert [x.reason for x in u.left_out if x.text == "〃"] == ["ditto"]


def test_heading_that_changes_stays_in_its_column() -> None:
    u = entries(
        document(
            table(
                ("事業名", "対象者", "事業概要", "問合せ先"),
                ("雪あかり創業補助金", "創業する者", "店を開く", "商工課"),
                row("事業名", "対象者", "対象経費", "問合せ先", heading=True),
                ("湖畔の店支援事業", "商店主", "改装費", "農政課"),
            )
        )
    )
    assert texts(u, "summary") == ["店を開く", "改装費"]
    assert [e.summary_heading for e in u.entries] == ["事業概要", "対象経費"]
    assert codes(u) == ["heading_changed"]


def test_headings_nobody_knows_are_shown_and_named() -> None:
    d = document(table(("支援一覧", "", ""), ("ナマエ", "たいしょう", "補助率"), ("窓辺の店", "商店主", "1/2"), ("屋根の雪", "農家", "2/3")))
    assert [(h.heading, h.keys) for h in headings(d)] == [("ナマエ", ()), ("たいしょう", ()), ("補助率", ("rate_text",))]
    with pytest.raises(ExtractError) as stop:
        entries(d)
    assert stop.value.code == Exit.NO_NAME_COLUMN
    assert "ナマエ、たいしょう、補助率" in str(stop.value) and "窓辺の店" not in str(stop.value)
    assert [e.columns["name"].text for e in entries(d, {"ナマエ": "name"}).entries] == ["窓辺の店", "屋根の雪"]


def test_a_cell_over_two_columns_that_may_be_one_is_said_where_it_speaks_again() -> None:
    wide = replace(cell("町内の商店主", cols=2), doubts=("merged_columns",))
    u = entries(document(table(HEADINGS, ("雪あかり創業補助金", wide, None, "500", "商工課"), ("湖畔の店支援事業", replace(cell("商店主"), doubts=("merged_columns",)), "1/2", "", "農政課"))))
    assert texts(u, "rate_text") == ["町内の商店主", "1/2"]
    assert [(d.code, d.column, d.detail) for d in u.entries[0].doubts] == [("merged_columns", "rate_text", "補 助 率: 町内の商店主")]
    assert u.entries[1].doubts == ()


@pytest.mark.parametrize(
    ("aside", "said"),
    [
        ((("問合せ先", "備考"), ("商工課", "要予約"), ("農政課", ""), ("土木課", "")), True),  # what the list does not say
        ((("補助率", "備考"), ("1/2", ""), ("1/3", ""), ("定額", "")), False),  # the list says it itself
        ((("施設", "階"), ("図書館", "2"), ("体育館", "1"), ("公民館", "3")), False),  # of something else
        ((("問合せ先", "備考"), ("商工課", "要予約")), False),  # too few rows
    ],
)
def test_columns_of_a_list_that_stand_in_a_table_of_their_own_are_said(aside: tuple[tuple[str, ...], ...], said: bool) -> None:
    u = entries(document(table(("事業名", "対象者", "補助率"), ("雪あかり創業補助金", "創業する者", "1/2"), ("湖畔の店支援事業", "商店主", "1/3")), table(*aside)))
    assert len(u.entries) == 2
    assert ("columns_apart" in codes(u)) is said
