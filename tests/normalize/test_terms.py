"""Terms: words that say how much without a figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsidy_extract.model import Context
from subsidy_extract.normalize.terms import terms

NOTHING = Context()

CASES = [
    ("定額", ["定額"]),
    ("定額補助", ["定額"]),
    ("補助率：定額（上限100万円）", ["定額"]),
    ("１／２以内又は定額", ["定額"]),
    ("全額", ["全額"]),
    ("全額補助", ["全額"]),
    ("保証料の全額を補助", ["全額"]),
    ("実費", ["実費"]),
    ("交通費の実費相当額", ["実費"]),
    ("予算の範囲内で知事が定める額", ["予算の範囲内"]),
    ("毎年度予算の範囲内において交付", ["予算の範囲内"]),
    ("予算の範囲で補助する", ["予算の範囲内"]),
    ("予算額の範囲内", ["予算の範囲内"]),
    ("上限なし", ["上限なし"]),
    ("上限無し", ["上限なし"]),
    ("上限額なし", ["上限なし"]),
    ("限度額なし", ["上限なし"]),
    ("限度なし", ["上限なし"]),
    ("上限はありません", ["上限なし"]),
    ("上限は設けない", ["上限なし"]),
    ("上限額の定めなし", ["上限なし"]),
    ("経費の一部を補助", ["一部"]),
    ("費用の一部を助成します", ["一部"]),
    ("利子の一部を補給", ["一部"]),
    ("対象経費の一部", ["一部"]),
    ("費用の全部又は一部を補助", ["一部"]),
    ("100万円（税抜）", ["税抜"]),
    ("税抜き50万円", ["税抜"]),
    ("税込", ["税込"]),
    ("消費税及び地方消費税を除く", ["消費税除く"]),
    ("消費税は除く", ["消費税除く"]),
    ("消費税相当額は補助対象外", ["消費税除く"]),
    ("2/3以内（大学等は定額）", ["定額"]),
    ("定額 予算の範囲内", ["定額", "予算の範囲内"]),
    ("予算の範囲内、上限なし", ["予算の範囲内", "上限なし"]),
    ("５０万円", []),
    ("", []),
    ("全額自己負担", []),
    ("補助金の全額返還", []),
    ("実費負担があります", []),
    ("定額減税の対象者", []),
    ("所得上限なし", []),
    ("年齢の上限はありません", []),
    ("一部地域を除く", []),
    ("令和7年4月1日一部改正", []),
    ("予算額に達し次第終了", []),
    ("一部上場企業", []),
    ("上限100万円", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_terms(text: str, expected: list[str]) -> None:
    found = terms(text, NOTHING)
    assert [f.value for f in found] == expected
    for f in found:
        assert text[f.start : f.end] == f.text


def test_a_commission_is_one_only_as_the_whole_cell() -> None:
    column = Context(column="rate_text", heading="補助率")
    assert [f.value for f in terms("委託", column)] == ["委託"]
    assert terms("委託費の1/2", column) == ()
    assert terms("委託", Context(column="summary")) == ()


@given(st.text(max_size=40) | st.text(alphabet="定額全実費予算の範囲内上限なし一部消費税抜を除く補助", max_size=40))
def test_never_raises(text: str) -> None:
    for f in terms(text, NOTHING):
        assert text[f.start : f.end] == f.text
