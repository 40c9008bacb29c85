"""Key/value boxes → programmes."""

from __future__ import annotations

import pytest
from hand_made_tables import cell, document, row, table

from subsidy_extract.entries import Understood, cards, entries
from subsidy_extract.model import LeftOut, Place


def texts(u: Understood, key: str) -> list[str | None]:
    return [e.columns[key].text if key in e.columns else None for e in u.entries]


def card(number: int, name: str, contact: str) -> tuple[tuple[object, ...], ...]:
    return (
        (cell(f"{number}　{name}", cols=4), None, None, None),
        ("実施機関", "星見町", "分野", "創業"),
        ("対象者", cell("町内の商店主", cols=3), None, None),
        ("補 助 率", "1/2", "上限額", "50万円"),
        ("問合せ先", contact, "詳　細", ""),
    )


def test_a_card_a_table() -> None:
    u = entries(document(table(*card(1, "窓辺の店補助金", "商工課"), title="町の制度"), table(*card(2, "橋の灯補助金", "同上"))))  # type: ignore[arg-type]
    assert texts(u, "name") == ["窓辺の店補助金", "橋の灯補助金"]
    assert texts(u, "list_number") == ["1", "2"]
    assert texts(u, "contact") == ["商工課", "商工課"]
    assert texts(u, "amount_text") == ["50万円", "50万円"]
    assert [e.section for e in u.entries] == ["町の制度", "町の制度"]


def test_cards_under_each_other_in_one_table() -> None:
    u = entries(document(table(*card(1, "窓辺の店補助金", "商工課"), *card(2, "橋の灯補助金", "農政課"))))  # type: ignore[arg-type]
    assert texts(u, "name") == ["窓辺の店補助金", "橋の灯補助金"]
    assert texts(u, "contact") == ["商工課", "農政課"]


def test_cards_with_the_name_as_a_key() -> None:
    rows = [("事業名", "窓辺の店補助金"), ("補助率", "1/2"), ("連絡先", "商工課"), ("事業名", "橋の灯補助金"), ("補助率", "2/3"), ("連絡先", "農政課")]
    u = entries(document(table(*rows)))
    assert texts(u, "name") == ["窓辺の店補助金", "橋の灯補助金"]
    assert texts(u, "rate_text") == ["1/2", "2/3"]


def test_unknown_keys_of_a_card_go_to_extra() -> None:
    u = entries(document(table(("事業名", "窓辺の店補助金"), ("補助率", "1/2"), ("合言葉", "ひらけ"), ("連絡先", "商工課"))))
    assert [(h, c.text) for h, c in u.entries[0].extra] == [("合言葉", "ひらけ")]


def test_a_card_with_levels() -> None:
    u = entries(
        document(
            table(
                ("事業名", cell("窓辺の店補助金", cols=2), None),
                ("補助率", cell("1/2", cols=2), None),
                row(cell("問合せ先", rows=2), "担当課", "商工課"),
                row(None, "電話", "0123-45-6789"),
            )
        )
    )
    assert texts(u, "contact") == ["商工課 0123-45-6789"]
    assert [c.heading for c in u.entries[0].columns["contact"].cells] == ["問合せ先／担当課", "問合せ先／電話"]


def test_a_card_named_by_the_line_above_it() -> None:
    u = entries(document(table(("対象者", "商店主"), ("補助率", "1/2"), ("連絡先", "商工課"), title="３　窓辺の店補助金")))
    assert texts(u, "name") == ["窓辺の店補助金"]
    assert [d.code for d in u.entries[0].doubts] == ["name_above"]


def test_the_first_of_several_cards_is_named_by_the_line_above_them() -> None:
    first, second = card(1, "窓辺の店補助金", "商工課"), card(2, "橋の灯補助金", "農政課")
    u = entries(document(table(*first[1:], *second, title="01 窓辺の店補助金")))  # type: ignore[arg-type]
    assert texts(u, "name") == ["窓辺の店補助金", "橋の灯補助金"]
    assert texts(u, "contact") == ["商工課", "農政課"]
    assert [d.code for d in u.entries[0].doubts] == ["name_above"]
    assert [e.section for e in u.entries] == [None, None]


def test_keys_down_the_side_of_several_programmes() -> None:
    u = entries(
        document(table(("事業名", "窓辺の店補助金", "橋の灯補助金"), ("補助率", "1/2", "2/3"), ("対象者", cell("商店主", cols=2), None), ("連絡先", "商工課", "〃")))
    )
    assert texts(u, "name") == ["窓辺の店補助金", "橋の灯補助金"]
    assert texts(u, "rate_text") == ["1/2", "2/3"]
    assert texts(u, "eligibility") == ["商店主", "商店主"]
    assert [e.columns["eligibility"].cells[0].inherited for e in u.entries] == [False, True]


BOX = "15　橋の灯補助金\n■実施機関：星見町\n■対象者：商店主、\n　漁業者\n■補助率：1/2\n■問合せ先：商工課\n　TEL：0123-45-6789"


def test_a_box_of_lines() -> None:
    u = entries(document(table((BOX,)), table((BOX.replace("15", "16").replace("橋の灯", "窓辺の店"),))))
    assert texts(u, "name") == ["橋の灯補助金", "窓辺の店補助金"]
    assert texts(u, "list_number") == ["15", "16"]
    assert texts(u, "eligibility") == ["商店主、 漁業者"] * 2
    assert texts(u, "contact") == ["商工課 TEL：0123-45-6789"] * 2
    assert u.entries[0].columns["eligibility"].cells[0].cell.pieces[0].text == "商店主、\n　漁業者"


def test_boxes_side_by_side_and_without_signs() -> None:
    plain = "橋の灯補助金\n対象者：商店主\n補助率：1/2\n連絡先：商工課\nTEL：0123-45-6789"
    u = entries(document(table((plain, plain.replace("橋の灯", "窓辺の店")))))
    assert texts(u, "name") == ["橋の灯補助金", "窓辺の店補助金"]
    assert texts(u, "contact") == ["商工課 TEL：0123-45-6789"] * 2


def test_a_line_a_row() -> None:
    lines = [(x,) for x in [*BOX.split("\n"), *BOX.replace("橋の灯", "窓辺の店").replace("15", "16").split("\n")]]
    u = entries(document(table(*lines)))
    assert texts(u, "name") == ["橋の灯補助金", "窓辺の店補助金"]
    assert texts(u, "contact") == ["商工課 TEL：0123-45-6789"] * 2


def test_labels_in_brackets() -> None:
    u = entries(document(table(("橋の灯補助金\n【対象者】商店主\n【補助率】\n1/2以内\n【連絡先】商工課",))))
    assert (texts(u, "name"), texts(u, "rate_text"), texts(u, "eligibility")) == (["橋の灯補助金"], ["1/2以内"], ["商店主"])


def prose(lines: str, page: int = 1, top: float = 100.0) -> tuple[LeftOut, ...]:
    """Lines as a PDF has them: 11 points apart, a blank line 30."""
    out = []
    for line in lines.split("\n"):
        top += 11 if line else 30
        if line:
            indent = 51.0 if line.startswith("　") else 43.0
            out.append(LeftOut(line.strip(), Place(page=page, bbox=(indent, top, 200.0, top + 9)), "note" if line.startswith("　（") else "prose"))
    return tuple(out)


LOOSE = """この冊子は町の制度を紹介します。

町の制度

15 橋の灯補助金
■実施機関：星見町
■対象者：商店主、漁業者■補助率：1/2
■問合せ先：商工課
　（直通）0123-45-6789

16 窓辺の店補助金
■実施機関：〃
■対象者：町民
■補助率：2/3
■問合せ先：同上

※内容は変わることがあります。"""


def test_boxes_without_a_frame() -> None:
    u = entries(document(left_out=prose(LOOSE)))
    assert texts(u, "name") == ["橋の灯補助金", "窓辺の店補助金"]
    assert texts(u, "rate_text") == ["1/2", "2/3"]
    assert texts(u, "contact") == ["商工課 （直通）0123-45-6789"] * 2
    assert [e.section for e in u.entries] == ["町の制度"] * 2
    d = document(left_out=prose(LOOSE))
    assert [x.text for x in u.all_left_out(d) if x.reason == "prose"] == ["この冊子は町の制度を紹介します。", "町の制度", "※内容は変わることがあります。"]


MARKED = """■灯台通り補助金
【対象】商店主
【受付】第１期：4月1日～5月31日
第２期：9月1日～10月30日
【補助率】1/2

■ 2. 海風奨励金
【対象】漁業者
【受付】第１期：4月1日～5月31日
第２期：9月1日～10月30日
【補助率】2/3"""


def test_a_line_that_several_boxes_have_is_no_furniture() -> None:
    lines = tuple(LeftOut(x.text, x.place, "furniture" if "第２期" in x.text else x.reason) for x in prose(MARKED))
    u = entries(document(left_out=lines))
    assert texts(u, "period_text") == ["第１期：4月1日～5月31日 第２期：9月1日～10月30日"] * 2


def test_furniture_of_the_page_stays_out_of_a_box() -> None:
    lines = list(prose(MARKED))
    foot = LeftOut("灯台町の手引", Place(page=1, bbox=(43.0, 800.0, 120.0, 809.0)), "furniture")
    u = entries(document(left_out=(*lines[:5], foot, *lines[5:])))
    assert texts(u, "rate_text") == ["1/2", "2/3"]


def test_the_mark_and_the_point_of_a_title_are_left_out() -> None:
    d = document(left_out=prose(MARKED))
    u = entries(d)
    assert texts(u, "name") == ["灯台通り補助金", "海風奨励金"]
    assert texts(u, "list_number") == [None, "2"]
    assert [x.text for x in u.all_left_out(d) if x.text in ("■", ".")] == ["■", "■", "."]


@pytest.mark.parametrize(("title", "name"), [("●海の家補助金", "海の家補助金"), ("◆　海の家補助金", "海の家補助金"), ("○○の家補助金", "○○の家補助金"), ("★（仮称）海の家補助金", "（仮称）海の家補助金"), ("３世代住宅補助金", "３世代住宅補助金")])
def test_what_sets_a_title_off(title: str, name: str) -> None:
    slots, rest = cards.title_slots(cell(title))
    assert [c.text for _, c, _ in slots] == [name]
    assert "".join(c.text for c in rest) + name == title.replace("　", "")


def test_a_preface_with_a_phone_is_no_box() -> None:
    preface = prose("お問合せ先：商工課\n電話：0123-45-6789\n\n担当：山田\n電話：0123-45-6780")
    u = entries(document(table(("事業名", "補助率"), ("あ補助金", "1/2")), left_out=preface))
    assert (len(u.entries), u.taken) == (1, frozenset())


def test_keys_down_the_left_side_are_no_heading_row() -> None:
    """A browser's <th> at the left of each row, or any first row of 事業名 | … | 担当課 | …: two keys a row are a card."""
    card = table(
        ("施策名", "窓辺の店補助金", "所管課", "商工課"), ("支援対象", "商店主", "電話", "03-3501-1511"),
        ("補助率", "1/2以内", "上限額", "50万円"), ("募集期間", "随時", "備考", "－"), heading_rows=1,
    )
    u = entries(document(card, card))
    assert [e.columns["name"].text for e in u.entries] == ["窓辺の店補助金"] * 2
    assert u.entries[0].columns["contact"].text == "商工課 03-3501-1511"
    assert u.entries[0].columns["rate_text"].text == "1/2以内"


def test_the_line_above_a_card_is_its_name_with_its_place() -> None:
    lines = [LeftOut(t, Place(line=n), "title") for n, t in ((1, "１　窓辺の店補助金"), (6, "２　屋根の雪補助金"))]
    box = (("対象者", "商店主"), ("補助率", "1/2以内"), ("問合せ先", "商工課"))
    u = entries(document(table(*box, title="１　窓辺の店補助金"), table(*box, title="２　屋根の雪補助金"), left_out=tuple(lines)))
    assert [(e.columns["list_number"].text, e.columns["name"].text) for e in u.entries] == [("１", "窓辺の店補助金"), ("２", "屋根の雪補助金")]
    assert [e.columns["name"].cells[0].cell.pieces[0].place.line for e in u.entries] == [1, 6]
    assert u.taken == {0, 1}


def boxed(name: str, rate: str) -> list[str]:
    return [name, "【対象】商店主", f"【補助率】{rate}【上限】50万円（特例あり）", "【締切】随時"]


def test_boxes_beside_each_other_in_the_columns_of_one_table() -> None:
    """Two boxes that a page shows side by side come as one table without rules; the one below them, alone, as lines."""
    pairs = zip(boxed("窓辺の店補助金", "1/2"), boxed("屋根の雪補助金", "2/3"), strict=True)
    lines = tuple(LeftOut(t, Place(page=1, line=20 + n), "prose") for n, t in enumerate(boxed("橋の灯補助金", "1/3")))
    u = entries(document(table(*((a, "", b) for a, b in pairs)), left_out=lines))
    assert texts(u, "name") == ["窓辺の店補助金", "屋根の雪補助金", "橋の灯補助金"]
    assert texts(u, "rate_text") == ["1/2", "2/3", "1/3"]
    assert texts(u, "amount_text") == ["50万円（特例あり）"] * 3
    assert u.taken == set(range(4))


def test_boxes_without_any_table() -> None:
    lines = [t for name, rate in (("窓辺の店補助金", "1/2"), ("屋根の雪補助金", "2/3")) for t in boxed(name, rate)]
    out = tuple(LeftOut(t, Place(page=1, line=n + n // 4 * 3), "title" if n == 0 else "prose") for n, t in enumerate(["補助金だより", "", *lines]) if t)
    u = entries(document(title="補助金だより", left_out=out))
    assert texts(u, "name") == ["窓辺の店補助金", "屋根の雪補助金"]
    assert [e.section for e in u.entries] == [None, None]


def test_cards_below_a_list_in_one_grid() -> None:
    """A sheet has them under each other, as wide as its widest table."""
    u = entries(document(table(
        ("事業名", "対象者", "補助率", "上限額", "問合せ先"),
        ("窓辺の店補助金", "商店主", "1/2", "50万円", "商工課"),
        ("販路の支援", "", "", "", ""),
        ("施策名", "屋根の雪補助金", "所管課", "農政課", ""),
        ("対象", "市内の生産者", "補助率", "2/3", ""),
        ("募集期間", "随時", "上限額", "20万円", ""),
        ("施策名", "橋の灯補助金", "所管課", "同上", ""),
        ("対象", "商店会", "補助率", "1/3", ""),
        ("募集期間", "通年", "上限額", "30万円", ""),
    )))  # fmt: skip
    assert texts(u, "name") == ["窓辺の店補助金", "屋根の雪補助金", "橋の灯補助金"]
    assert texts(u, "contact") == ["商工課", "農政課", "農政課"]
    assert texts(u, "rate_text") == ["1/2", "2/3", "1/3"]
    assert [e.section for e in u.entries] == [None, "販路の支援", "販路の支援"]


def test_a_long_list_is_searched_for_cards_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """From each row down to the end it would be half a million questions."""
    asked: list[str] = []
    was = cards._is_key
    monkeypatch.setattr(cards, "_is_key", lambda c, mapping: asked.append(c.text) or was(c, mapping))
    lines = [(f"星見町第{n}号窓辺の店支援事業", "商店主", "1/2", "商工課") for n in range(1000)]
    assert len(entries(document(table(("事業名", "対象者", "補助率", "問合せ先"), *lines))).entries) == 1000
    assert len(asked) < 5000
