"""What counts as the same text, the same name, the same date a year later; which words are marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsidy_extract.diff.fold import fold, fold_at, name_key
from subsidy_extract.diff.words import When, align, cut


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＴＥＬ：０９９－１２３", "TEL:099-123"),
        ("（公財）産業 支援センター", "(公財)産業支援センタ―"),
        ("①500万円", "(1)500万円"),
        ("4月1日〜6月30日", "４月１日～６月３０日"),
        ("｢ﾊﾟｿｺﾝ｣", "「パソコン」"),
        ("補助します。", "補助します"),
        ("㈱・½", "(株)･1/2"),
    ],
)
def test_only_looks_otherwise(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("10人以上", "5人以上"), ("500万円", "1500万円"), ("①500万円", "1500万円"), ("パン", "バン"), ("輸出", "輸入")]
)
def test_says_something_else(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("令和7年度ものづくり補助金", "令和８年度 ものづくり補助金"),
        ("ＩＴ導入補助金2025（通常枠）", "IT導入補助金2026(通常枠)"),
        ("団体ツアー助成事業", "団体ツアー助成事業 【令和8年度から要件を緩和します】"),
        ("商品開発支援事業費 補助金", "商品開発支援事業費補助金"),
        ("R7省エネ補助金", "Ｒ８省エネ補助金"),
    ],
)
def test_one_name_from_year_to_year(old: str, new: str) -> None:
    assert name_key(old) == name_key(new)


def test_frames_are_not_one_name() -> None:
    assert name_key("設備補助金（一般枠）") != name_key("設備補助金（特別枠）")
    assert name_key("【新規】") == "新規"  # a name is never empty


def dates(text: str) -> list[When]:
    return [t.value for t in cut(text) if isinstance(t.value, When)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("採択から2027年1月15日までに", [When("day", 2027, 1, 15)]),
        ("令和８年４月１日（水）～令和元年5月1日", [When("day", 2026, 4, 1), When("day", 2019, 5, 1)]),
        ("R8.4.1～R9.2.26", [When("day", 2026, 4, 1), When("day", 2027, 2, 26)]),
        ("令和8年度の予算", [When("fiscal", 2026, 0, 0)]),
        ("令和8年9月頃", [When("month", 2026, 9, 0)]),
        ("6月30日必着", [When("plain", 0, 6, 30)]),
        ("補助率2/3、上限20万円、年2回、内線452", []),
    ],
)
def test_dates_inside_texts(text: str, expected: list[When]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize(
    ("old", "new", "rolled"),
    [
        ("令和7年4月1日", "令和8年4月1日", True),
        ("令和7年度", "令和8年度", True),
        ("2024年2月29日", "2025年2月28日", True),
        ("2026年1月16日", "2027年1月15日", False),  # the same Friday, but another day: a person would say it moved
        ("令和7年4月1日", "令和9年4月1日", False),
        ("6月30日", "7月31日", False),
    ],
)
def test_a_year_on(old: str, new: str, rolled: bool) -> None:
    (a,), (b,) = dates(old), dates(new)
    assert a.rolled(b, 1) is rolled


def marked(old: str, new: str) -> list[tuple[str, str]]:
    found = align(cut(old), cut(new))
    marks = [found.mark(e) for e in found.meant()]
    return [(old[m.old_start : m.old_end], new[m.new_start : m.new_end]) for m in marks]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("10人以上の団体（修学旅行は6人以上）", "5人以上の団体(修学旅行は6人以上)", [("10人以上", "5人以上")]),
        ("食品輸出小口混載貨物助成事業", "食品輸出小口貨物助成事業", [("混載", "")]),
        ("センターの利用料", "サービスの利用料", [("センター", "サービス")]),
        ("出展料、旅費", "出展料・旅費", []),
        ("", "新しい備考", [("", "新しい備考")]),
        ("事業者", "事業者及びその団体", [("", "及びその団体")]),
    ],
)
def test_changed_words_are_marked(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert marked(old, new) == expected


@given(st.text(alphabet="令和8年度4月1日～(（①ｶﾞカ゛ー-補助金 10万円A\n。", max_size=40))
def test_folding_knows_where_it_came_from(text: str) -> None:
    folded = fold_at(text)
    assert len(folded.text) == len(folded.at)
    assert list(folded.at) == sorted(folded.at)
    assert folded.text.rstrip(".") == fold(text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_words_cover_the_text_and_marks_stay_inside(old: str, new: str) -> None:
    a, b = cut(old), cut(new)
    for tokens, text in ((a, old), (b, new)):
        assert all(0 <= t.start < t.end <= len(text) for t in tokens)
    found = align(a, b)
    for edit in found.edits:
        m = found.mark(edit)
        assert 0 <= m.old_start <= m.old_end <= len(old)
        assert 0 <= m.new_start <= m.new_end <= len(new)
    if fold(old) == fold(new):
        assert not found.meant()
