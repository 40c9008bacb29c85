"""Merged cells, marks, levels, several tables, several records a line."""

from __future__ import annotations

import pytest
from hand_made_tables import cell, document, row, table

from subsidy_extract.entries import Understood, entries, headings
from subsidy_extract.errors import ExtractError
from subsidy_extract.model import Cell, LeftOut, Link, Piece, Place

HEAD = ("区分", "事業名", "補助率", "問合せ先")


def texts(u: Understood, key: str) -> list[str | None]:
    return [e.columns[key].text if key in e.columns else None for e in u.entries]


def inherited(u: Understood, key: str) -> list[bool]:
    return [e.columns[key].cells[0].inherited for e in u.entries]


def codes(u: Understood) -> list[str]:
    return [d.code for d in (*u.doubts, *(d for e in u.entries for d in e.doubts))]


def test_merged_cells_speak_for_all_their_rows() -> None:
    u = entries(
        document(
            table(
                HEAD,
                row(cell("創業", page=1, rows=3), "窓辺の店補助金", "1/2", cell("商工課", rows=2), page=1),
                row(None, "屋根の雪補助金", "2/3", None, page=1),
                row(None, "橋の灯補助金", "1/3", "農政課", page=2),
            )
        )
    )
    assert texts(u, "category") == ["創業"] * 3
    assert inherited(u, "category") == [False, True, True]
    assert texts(u, "contact") == ["商工課", "商工課", "農政課"]
    assert [(e.page_first, e.page_last) for e in u.entries] == [(1, 1), (1, 1), (2, 2)]


def test_ditto_stands_for_what_is_above_through_sections_and_dashes() -> None:
    u = entries(
        document(
            table(
                HEAD,
                ("創業", "窓辺の店補助金", "1/2", "商工課\n電話 21-1"),
                ("〃", "屋根の雪補助金", "－", "同　上"),
                (cell("２　販路", cols=4), None, None, None),
                ("”", "橋の灯補助金", "〃", "－〃－"),
            )
        )
    )
    assert texts(u, "category") == ["創業"] * 3
    assert texts(u, "contact") == ["商工課 電話 21-1"] * 3
    assert texts(u, "rate_text") == ["1/2", "", ""]
    assert inherited(u, "rate_text") == [False, False, True]
    # the mark itself is left out where it stands; the value it stands for is said to stand there
    assert u.entries[2].columns["contact"].cells[0].cell.pieces[0].text == "商工課\n電話 21-1"


def test_ditto_without_anything_above_is_kept_and_told() -> None:
    u = entries(document(table(HEAD, ("創業", "窓辺の店補助金", "〃", "商工課"))))
    assert texts(u, "rate_text") == ["〃"]
    assert codes(u) == ["ditto_without_source"]


def test_two_levels_by_spans_and_without() -> None:
    spans = table(
        (cell("事業名", rows=2), cell("問合せ先", cols=2), None, cell("備考", rows=2)),
        (None, "担当課", "電話（0123-）", None),
        ("窓辺の店補助金", "商工課", "45-6789", "なし"),
    )
    blanks = table(("事業名", "問合せ先", "", "備考"), ("", "担当課", "電話（0123-）", ""), ("窓辺の店補助金", "商工課", "45-6789", "なし"))
    for t in (spans, blanks):
        u = entries(document(t))
        contact = u.entries[0].columns["contact"]
        assert contact.text == "商工課 45-6789"
        assert [c.heading for c in contact.cells] == ["問合せ先／担当課", "問合せ先／電話（0123-）"]
        assert contact.cells[1].area_code == "0123"
        assert contact.text[contact.starts[1] :] == "45-6789"
        assert texts(u, "remarks") == ["なし"]


def test_two_meanings_fill_both() -> None:
    u = entries(document(table(("事業名", "補助率・上限額"), ("窓辺の店補助金", "1/2\n50万円"))))
    assert texts(u, "rate_text") == texts(u, "amount_text") == ["1/2 50万円"]
    assert u.entries[0].columns["rate_text"].cells[0].cell is u.entries[0].columns["amount_text"].cells[0].cell


def test_name_and_body_in_brackets() -> None:
    u = entries(
        document(table(("助成金名称（助成団体）", "内容"), ("花の道助成（緑化型）（みどり財団）", "a"), ("川の音助成\n（水辺基金）", "b"), ("森の助成（一般枠）", "c")))
    )
    assert texts(u, "name") == ["花の道助成（緑化型）", "川の音助成", "森の助成（一般枠）"]
    assert texts(u, "organization") == ["みどり財団", "水辺基金", None]


def test_unknown_and_budget_columns_go_to_extra() -> None:
    u = entries(document(table(("事業名", "予算額（千円）", "天気", "補助率"), ("窓辺の店補助金", "1,200", "晴", "1/2"))))
    assert [(h, c.text) for h, c in u.entries[0].extra] == [("予算額（千円）", "1,200"), ("天気", "晴")]
    assert u.entries[0].extra[0][1].cells[0].unit == "千円"
    assert [(d.code, d.detail) for d in u.doubts] == [("unknown_heading", "天気")]


def test_several_tables_number_through_and_what_is_no_list_is_told() -> None:
    contents = table(("番号", "事業名", "頁"), ("1", "窓辺の店補助金", "3"))
    offices = table(("課名", "電話"), ("商工課", "21-1"))
    a = table(("事業名", "補助率"), ("窓辺の店補助金", "1/2"), title="１　創業")
    b = table(("制度名", "対象者", "助成率"), ("橋の灯助成", "漁業者", "2/3"), title="２　漁業")
    u = entries(document(contents, a, b, offices, title="星見町の支援"))
    assert texts(u, "name") == ["窓辺の店補助金", "橋の灯助成"]
    assert [(e.number, e.section, e.table) for e in u.entries] == [(1, "１　創業".replace("　", " "), 1), (2, "２ 漁業", 2)]
    assert codes(u) == ["table_left_out", "table_left_out"]
    assert {x.text for x in u.left_out if x.reason == "other_table"} == {"番号", "事業名", "頁", "1", "窓辺の店補助金", "3", "課名", "電話", "商工課", "21-1"}


def test_a_table_without_headings_continues() -> None:
    u = entries(document(table(HEAD, ("創業", "窓辺の店補助金", "1/2", "商工課")), table(("〃", "橋の灯補助金", "2/3", "農政課"))))
    assert texts(u, "category") == ["創業", "創業"]
    assert codes(u) == ["no_heading"]


def test_a_repeated_heading_is_no_programme() -> None:
    u = entries(document(table(HEAD, ("創業", "窓辺の店補助金", "1/2", "商工課"), HEAD, ("販路", "橋の灯補助金", "2/3", "農政課"))))
    assert len(u.entries) == 2
    assert codes(u) == []


def test_two_records_a_line_row_by_row() -> None:
    u = entries(document(table(("事業名", "上限額", "事業名", "上限額"), ("あ補助金", "1万円", "い補助金", "2万円"), ("う補助金", "3万円", "", ""))))
    assert texts(u, "name") == ["あ補助金", "い補助金", "う補助金"]
    assert texts(u, "amount_text") == ["1万円", "2万円", "3万円"]


def test_two_records_a_line_numbered_down() -> None:
    u = entries(
        document(
            table(("No", "事業名", "上限額", "No", "事業名", "上限額"), ("1", "あ補助金", "1万円", "3", "う補助金", "〃"), ("2", "い補助金", "2万円", "4", "え補助金", "4万円"))
        )
    )
    assert texts(u, "name") == ["あ補助金", "い補助金", "う補助金", "え補助金"]
    assert texts(u, "amount_text") == ["1万円", "2万円", "2万円", "4万円"]


def test_rows_without_a_name_belong_to_the_programme_before() -> None:
    u = entries(document(table(HEAD, ("創業", "窓辺の店補助金", "1/2", "商工課"), ("", "", "（特例は2/3）", ""), ("販路", "橋の灯補助金", "1/3", "農政課"))))
    assert texts(u, "rate_text") == ["1/2 （特例は2/3）", "1/3"]
    assert codes(u) == ["row_joined"]


def test_a_subtotal_under_an_office_is_no_part_of_the_row_above() -> None:
    head = ("課名", "事業名", "予算額", "補助率")
    u = entries(document(table(head, ("観光課", "橋の灯補助金", "1,200", "1/2"), ("小計", "", "1,200", ""), ("農政課", "窓辺の店補助金", "300", "1/3"), ("小計", "", "300", ""))))
    assert texts(u, "contact") == ["観光課", "農政課"]
    assert [(t.text, t.counted) for t in u.totals] == [("小計", 1), ("小計", 1)]


def test_what_goes_on_stays_under_its_heading() -> None:
    head = ("事業名", "対象者", "担当課", "電話番号")
    u = entries(document(table(head, ("窓辺の店補助金", "商店主", "商工観", "0123-"), ("", "", "光課", "45-6789"), ("橋の灯補助金", "町民", "農政課", "0123-45-6780"))))
    assert texts(u, "contact") == ["商工観 光課 0123- 45-6789", "農政課 0123-45-6780"]


def test_a_name_merged_over_rows_is_one_programme() -> None:
    u = entries(document(table(HEAD, ("創業", cell("窓辺の店補助金", rows=2), "個人 1/2", cell("商工課", rows=2)), ("", None, "法人 1/3", None))))
    assert texts(u, "rate_text") == ["個人 1/2 法人 1/3"]
    assert texts(u, "contact") == ["商工課"]


def test_one_line_text_and_links() -> None:
    said = Cell("案内は\n  こちら　から", (Piece("案内は\n  こちら　から", Place(page=1)),), links=(Link("https://example.jp/a", 6, 9),))
    u = entries(document(table(("事業名", "ホームページ"), (cell("窓辺の店補助金"), said))))
    site = u.entries[0].columns["site"]
    assert site.text == "案内は こちら から"
    assert [(x.url, site.text[x.start : x.end]) for x in site.links] == [("https://example.jp/a", "こちら")]


def test_unit_above_the_table_and_in_a_note() -> None:
    t = table((cell("（単位：千円）", cols=3), None, None), ("事業名", "補助上限額", "備考"), ("窓辺の店補助金", "500", ""))
    assert entries(document(t)).entries[0].columns["amount_text"].cells[0].unit == "千円"
    t = table(("事業名", "補助上限額", "備考"), ("窓辺の店補助金", "500", ""), (cell("※補助上限額欄の単位は万円です。", cols=3), None, None))
    assert entries(document(t)).entries[0].columns["amount_text"].cells[0].unit == "万円"


def test_total_in_the_prose() -> None:
    t = table(("事業名", "補助率"), ("窓辺の店補助金", "1/2"))
    u = entries(document(t, left_out=(LeftOut("全２件", Place(page=1), "prose"),)))
    assert [(x.says, x.counted) for x in u.totals] == [(2, 1)]


def test_by_hand() -> None:
    t = table(("なまえ", "わりあい"), ("窓辺の店補助金", "1/2"))
    with pytest.raises(ExtractError):
        entries(document(t))
    u = entries(document(t), {"なまえ": "name", "わりあい": "rate_text"})
    assert texts(u, "rate_text") == ["1/2"]


def test_blank_rows_vanish_and_dashes_are_kept_as_cells() -> None:
    u = entries(document(table(HEAD, ("", "", "", ""), ("－", "窓辺の店補助金", "―", "商工課"), ("", "", "", ""))))
    assert len(u.entries) == 1
    assert u.entries[0].columns["category"].text == ""
    assert u.entries[0].columns["category"].cells[0].cell.text == "－"


def test_a_value_printed_once_over_its_programmes() -> None:
    rows = [("星見町", "あ補助金", "1/2"), ("", "い補助金", "1/2"), ("", "う補助金", "1/2"), ("月見村", "え補助金", "2/3"), ("", "お補助金", "1/2")]
    u = entries(document(table(("市町村名", "事業名", "補助率"), *rows)))
    assert texts(u, "municipality") == ["星見町"] * 3 + ["月見村"] * 2
    assert inherited(u, "municipality") == [False, True, True, False, True]
    assert codes(u) == ["blank_inherited"]


def test_an_organization_is_printed_once_over_its_programmes_in_the_first_column_alone() -> None:
    rows = [("あ補助金", "星見町商工会"), ("い補助金", ""), ("う補助金", ""), ("え補助金", "月見村"), ("お補助金", "")]
    u = entries(document(table(("実施機関", "事業名", "補助率"), *((org, name, "1/2") for name, org in rows))))
    assert texts(u, "organization") == ["星見町商工会"] * 3 + ["月見村"] * 2
    assert inherited(u, "organization") == [False, True, True, False, True]
    assert codes(u) == ["blank_inherited"]
    u = entries(document(table(("事業名", "実施機関", "補助率"), *((name, org, "1/2") for name, org in rows))))
    assert texts(u, "organization") == ["星見町商工会", None, None, "月見村", None]


def test_blanks_among_repeated_values_stay_blank() -> None:
    rows = [("新規", "あ補助金", "1/2"), ("", "い補助金", "1/2"), ("", "う補助金", "1/2"), ("新規", "え補助金", "2/3"), ("", "お補助金", "1/2")]
    u = entries(document(table(("区分", "事業名", "補助率"), *rows)))
    assert texts(u, "category") == ["新規", None, None, "新規", None]


def test_numbers_without_a_heading_and_sections_with_a_number() -> None:
    u = entries(
        document(
            table(
                ("", "事業名", "補助率", "備考"),
                ("1", cell("創業の支援", cols=3), None, None),
                ("1", "あ補助金", "1/2", ""),
                ("2", "い補助金", "1/2", "同左"),
            )
        )
    )
    assert texts(u, "list_number") == ["1", "2"]
    assert [e.section for e in u.entries] == ["1 創業の支援"] * 2
    assert texts(u, "remarks") == [None, "1/2"]


def test_an_index_of_the_list_is_no_list() -> None:
    index = table(("事業名", "対象者", "頁"), ("あ補助金", "町民", "3"), ("い補助金", "町民", "4"))
    u = entries(document(index, table(("事業名", "補助率"), ("あ補助金", "1/2"), ("い補助金", "2/3"))))
    assert texts(u, "rate_text") == ["1/2", "2/3"]
    assert codes(u) == ["table_left_out"]


def test_variants_under_a_merged_name_are_rows_of_their_own() -> None:
    rows = [(cell("雪の補助金", rows=2), "通常枠", "1/2", cell("商工課", rows=2)), (None, "特別枠", "2/3", None)]
    u = entries(document(table(("事業名", "天気", "補助率", "問合せ先"), *rows)))
    assert texts(u, "name") == ["雪の補助金"] * 2
    assert texts(u, "rate_text") == ["1/2", "2/3"]
    assert [e.columns["name"].cells[0].inherited for e in u.entries] == [False, True]
    # counted by a merged number, they are one programme
    numbered = [(cell("1", rows=2), *rows[0]), (None, *rows[1])]
    u = entries(document(table(("No.", "事業名", "天気", "補助率", "問合せ先"), *numbered)))
    assert texts(u, "rate_text") == ["1/2 2/3"]


def test_another_kind_of_column_is_not_the_same_under_another_heading() -> None:
    a = table(("事業名", "対象者", "補助率", "備考"), ("あ補助金", "町民", "1/2", ""))
    b = table(("事業名", "対象者", "上限額", "備考"), ("い補助金", "町民", "50万円", ""))
    u = entries(document(a, b))
    assert texts(u, "rate_text") == ["1/2", None]
    assert texts(u, "amount_text") == [None, "50万円"]


def test_a_section_in_a_box_of_its_own() -> None:
    head = ("事業名", "補助率")
    u = entries(document(table(head, ("あ補助金", "1/2")), table(("２　販路の支援",)), table(head, ("い補助金", "2/3")), table(("全２件",))))
    assert [e.section for e in u.entries] == [None, "２ 販路の支援"]
    assert [(t.says, t.counted) for t in u.totals] == [(2, 2)]


def test_a_row_and_a_merged_cell_cut_by_the_page() -> None:
    a = table(HEAD, (cell("創業", rows=2), "あ補助金", "1/2", "商工課"), (None, "い補助金", "1/3", "農政"))
    b = table(HEAD, ("", "", "", "課"), ("", "う補助金", "2/3", "農政課"), ("販路", "え補助金", "2/3", "農政課"))
    u = entries(document(a, b))
    assert texts(u, "contact") == ["商工課", "農政 課", "農政課", "農政課"]
    assert texts(u, "category") == ["創業", "創業", "創業", "販路"]
    assert sorted(codes(u)) == ["blank_inherited", "row_joined"]


def test_titles_inside_several_tables_are_sections() -> None:
    a = table((cell("第１部　町の制度", cols=3), None, None), ("事業名", "対象者", "補助率"), ("あ補助金", "町民", "1/2"))
    b = table(("第２部", "国の制度", ""), ("制度名", "対象者", "助成率"), ("い助成", "町民", "2/3"))
    u = entries(document(a, b, title="星見町の支援"))
    assert [e.section for e in u.entries] == ["第１部 町の制度", "第２部 国の制度"]
    assert texts(u, "name") == ["あ補助金", "い助成"]


def test_contents_and_preface_are_nothing_to_doubt() -> None:
    contents = table(("１　創業の支援　………………", "3"), ("２　販路の支援　………………", "5"))
    u = entries(document(contents, table(("事業名", "補助率"), ("あ補助金", "1/2"), title="目　次")))
    assert (len(u.entries), u.entries[0].section, codes(u)) == (1, None, [])


def test_headings_are_explained_also_where_nothing_names_programmes() -> None:
    seen = headings(document(table(("対象者", "補助率（％）", "天気"), ("商店主", "50", "晴"))))
    assert [(h.heading, h.keys, h.unit, h.how) for h in seen] == [
        ("対象者", ("eligibility",), None, "exact"), ("補助率（％）", ("rate_text",), "％", "exact"), ("天気", (), None, "unknown"),
    ]  # fmt: skip


def test_a_picture_where_text_would_be_is_told() -> None:
    code = Cell("", doubts=("picture",))
    u = entries(document(table(("事業名", "ホームページ"), (cell("あ補助金"), code), ("い補助金", "https://example.jp/"))))
    assert [(d.code, d.detail, d.column) for d in u.entries[0].doubts] == [("picture", "ホームページ", "site")]
    u = entries(document(table(("事業名", cell("あ補助金", cols=3), None, None), ("補助率", "1/2", "詳細", code), ("対象者", "町民", "分野", "創業"))))
    assert [(d.code, d.detail, d.column) for d in u.entries[0].doubts] == [("picture", "詳細", "site")]


def test_second_level_of_a_heading_that_is_not_marked() -> None:
    two = (
        row("事業名", "問合せ先", cell("助成額", cols=2), None),
        row("", "", "中小企業", "大企業"),
        row("窓辺の店補助金", "商工課", "30万円", "20万円"),
    )
    for told in (1, None):
        u = entries(document(table(*two, heading_rows=told)))
        assert [c.heading for c in u.entries[0].columns["amount_text"].cells] == ["助成額／中小企業", "助成額／大企業"]
        assert texts(u, "name") == ["窓辺の店補助金"]
    # as a CSV has it: nothing is merged
    u = entries(document(table(("事業名", "問合せ先", "助成額", ""), ("", "", "中小企業", "大企業"), ("窓辺の店補助金", "商工課", "30万円", "20万円"))))
    assert [c.heading for c in u.entries[0].columns["amount_text"].cells] == ["助成額／中小企業", "助成額／大企業"]


def test_courses_of_a_programme_under_a_name_printed_once() -> None:
    head = ("助成金名", "コース名", "概要", "助成額")
    u = entries(document(table(head, ("再出発助成金", "委託コース", "委託した場合", "60万円"), ("", "雇入れコース", "雇い入れた場合", "30万円"), ("窓辺の店助成金", "－", "店の窓", "5万円"))))
    assert texts(u, "name") == ["再出発助成金", "再出発助成金", "窓辺の店助成金"]
    assert inherited(u, "name") == [False, True, False]
    assert codes(u) == ["name_over_rows"]
    # what only goes on is no course
    u = entries(document(table(head, ("再出発助成金", "委託コース", "委託した", "60万円"), ("", "", "場合", ""))))
    assert len(u.entries) == 1


def test_a_municipality_printed_once_in_several_tables() -> None:
    head = ("市町村名", "事業名", "補助率")
    first = table(head, ("北川市", "窓辺の店補助金", "1/2"), ("", "屋根の雪補助金", "2/3"), ("", "橋の灯補助金", "1/3"))
    u = entries(document(first, table(head, ("南沢市", "川の舟補助金", "1/2"), ("", "丘の花補助金", "2/3"))))
    assert texts(u, "municipality") == ["北川市"] * 3 + ["南沢市"] * 2
    # printed again below itself: the blank between says nothing
    u = entries(document(table(head, ("北川市", "窓辺の店補助金", "1/2"), ("", "屋根の雪補助金", "2/3"), ("", "橋の灯補助金", "1/3"), ("北川市", "川の舟補助金", "1/2"))))
    assert [e.columns.get("municipality") is None for e in u.entries] == [False, True, True, False]


def test_upper_level_of_general_words() -> None:
    merged = (
        row(cell("No.", rows=2), cell("事業", cols=2), None, cell("補助", cols=2), None),
        row(None, "名称", "概要", "率", "上限額（百万円）"),
        row("1", "窓辺の店補助金", "店の窓", "1/3", "100"),
    )
    flat = (("No.", "事業", "", "補助", ""), ("", "名称", "概要", "率", "上限額（百万円）"), ("1", "窓辺の店補助金", "店の窓", "1/3", "100"))
    for rows in (merged, flat):
        u = entries(document(table(*rows)))
        e = u.entries[0]
        assert (e.columns["list_number"].text, e.columns["name"].text, e.columns["rate_text"].text) == ("1", "窓辺の店補助金", "1/3")
        assert e.columns["name"].cells[0].heading == "事業／名称"
    # a title and its date in one row are no level
    u = entries(document(table(("支援一覧", "", "4月1日"), ("事業名", "概要", "補助率"), ("窓辺の店補助金", "店の窓", "1/3"))))
    assert u.entries[0].columns["name"].cells[0].heading == "事業名"
