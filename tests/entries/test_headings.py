"""A heading → what it means. None of these headings stands in the sample lists as it does here."""

from __future__ import annotations

import pytest

from subsidy_extract.columns import COLUMNS
from subsidy_extract.entries import area_code_in, fold, meaning_of, unit_in

ONE_LEVEL = [
    ("補　助　率", ("rate_text",)),
    ("補 助\n割 合", ("rate_text",)),
    ("①補助対象者：", ("eligibility",)),
    ("【 制度の名称 】", ("name",)),
    ("ｻｰﾋﾞｽ内容", ("summary",)),
    ("お問い合わせ先", ("contact",)),
    ("問合わせ先", ("contact",)),
    ("お申し込み・お問い合わせ先", ("contact",)),
    ("ＴＥＬ／ＦＡＸ", ("contact",)),
    ("Ｅ－ｍａｉｌ", ("contact",)),
    ("所管課名", ("contact",)),
    ("ﾎｰﾑﾍﾟｰｼﾞ", ("site",)),
    ("関連ＵＲＬ", ("site",)),
    ("補助率・上限額", ("rate_text", "amount_text")),
    ("補助率\n補助限度額", ("rate_text", "amount_text")),
    ("補助率及び限度額", ("rate_text", "amount_text")),
    ("補助金額（補助率）", ("amount_text", "rate_text")),
    ("対象者・対象経費", ("eligibility", "eligible_costs")),
    ("事業名／説明", ("name", "summary")),
    ("助成金名（助成団体）", ("name", "organization")),
    ("補助・助成限度額", ("amount_text",)),
    ("令和８年度予算額（千円）", ("budget",)),
    ("当初予算", ("budget",)),
    ("採択率", ("results",)),
    ("融資利率", ("loan",)),
    ("返済期間", ("loan",)),
    ("募集時期・期限", ("period_text",)),
    ("受付開始予定日", ("period_text",)),
    ("本市補助率", ("rate_text",)),
    ("実施主体", ("organization",)),
    ("担当課", ("contact",)),
    ("留意事項等", ("remarks",)),
    ("市区町村", ("municipality",)),
    ("№", ("list_number",)),
]


@pytest.mark.parametrize(("heading", "keys"), ONE_LEVEL)
def test_meaning(heading: str, keys: tuple[str, ...]) -> None:
    assert meaning_of((heading,)).keys == keys


@pytest.mark.parametrize(
    ("levels", "keys"),
    [
        (("連絡先", "課・係名"), ("contact",)),
        (("問合せ先", "名称"), ("contact",)),
        (("問合せ", "URL"), ("site",)),
        (("問合せ先", "URL"), ("site",)),
        (("補助内容", "補助率"), ("rate_text",)),
        (("補助内容", "上限"), ("amount_text",)),
        (("対象", "経費"), ("eligible_costs",)),
        (("予算額", "Ｒ８"), ("budget",)),
        (("予算額", "補助額"), ("budget",)),
        (("予算", "金額"), ("budget",)),
        (("補助率", "中小企業"), ("rate_text",)),
        (("受付期間", "開始"), ("period_text",)),
        (("事業", "名称"), ("name",)),
    ],
)
def test_two_levels(levels: tuple[str, ...], keys: tuple[str, ...]) -> None:
    assert meaning_of(levels).keys == keys


@pytest.mark.parametrize("heading", ["年間日照", "色", "1,500千円", "産業振興課 0123-45-6789", "市内に住所を有する方で、申請日において二十歳以上の方"])
def test_no_heading(heading: str) -> None:
    assert meaning_of((heading,)).how in ("unknown", "guessed")


def test_a_guess_says_so() -> None:
    assert meaning_of(("受講支援率",)).how == "guessed"
    assert meaning_of(("補助率",)).how == "exact"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("補助上限額（千円）", "千円"), ("限度額\n（単位：万円）", "万円"), ("予算額［百万円］", "百万円"), ("（単位　千円）", "千円"), ("補助率（％）", "％"),
        ("上限額の単位は千円です", "千円"), ("補助上限額", None), ("１千円から", None), ("補助額（税抜）", None),
    ],
)  # fmt: skip
def test_unit(text: str, unit: str | None) -> None:
    assert unit_in(text) == unit


@pytest.mark.parametrize(
    ("heading", "code"),
    [("電話（022-）", "022"), ("TEL（0１23－45－）", "0123-45"), ("電話番号\n（市外局番 0987）", "0987"), ("電話（内線）", None), ("募集期間（07-）", None)],
)
def test_area_code_of_a_heading(heading: str, code: str | None) -> None:
    assert meaning_of((heading,)).area_code == code


@pytest.mark.parametrize(
    ("note", "code"),
    [("※市外局番は0987です。", "0987"), ("市外局番は、記載のないものは「０９８」です", "098"), ("市外局番（012）", "012"), ("局番なしの189", None)],
)
def test_area_code_of_a_note(note: str, code: str | None) -> None:
    assert area_code_in(note) == code


def test_no_name_stands_for_two_keys() -> None:
    owner: dict[str, str] = {}
    for key, names in COLUMNS.items():
        for name in names:
            assert owner.setdefault(fold(name), key) == key, name


def test_by_hand() -> None:
    assert meaning_of(("どこ",), {fold("どこ"): "contact, site"}).keys == ("contact", "site")
    assert meaning_of(("補助率",), {fold("補助率"): "extra"}).keys == ()


def test_the_main_number_of_an_office_is_no_area_code() -> None:
    assert meaning_of(("担当課室（代表：03-3501-1511）",)).area_code is None
    assert meaning_of(("問合せ先", "電話（024-521-）")).area_code == "024-521"
    assert meaning_of(("電話（022-）",)).area_code == "022"
