"""Width: every look-alike sign made one, one character for one character."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsidy_extract.normalize.width import DASHES, fold

CASES = [
    ("ＴＥＬ　０９９（２８６）２１１１", "TEL 099(286)2111"),
    ("０９９ー２８６ー２１１１", "099-286-2111"),
    ("03ｰ3502ｰ5987", "03-3502-5987"),
    ("(０９９)ー２８６", "(099)-286"),
    ("センター・ｾﾝﾀｰ", "センター・センター"),
    ("コーヒー3", "コーヒー3"),
    ("①500万円、㎡、½、㈱、m²、Ⅳ", "①500万円、㎡、½、㈱、m²、Ⅳ"),
    ("７５０〜４，０００万円", "750~4,000万円"),
    ("１／２以内", "1/2以内"),
    ("1⁄2", "1/2"),
    ("50％・50﹪", "50%・50%"),
    ("︓kocho＠pref．example．jp", ":kocho@pref.example.jp"),
    ("￥1､000｡｢A｣", "¥1、000。「A」"),
    ("⼩規模", "小規模"),
    ("ｶﾞｿﾘﾝ", "カ゛ソリン"),
    ("一行\n二行\t三", "一行\n二行 三"),
    ("plain ascii 1,000", "plain ascii 1,000"),
    ("tab\there", "tab here"),
    ("", ""),
    ("𠮷野家🎉\ud800", "𠮷野家🎉\ud800"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_folds(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize("dash", DASHES)
def test_every_dash(dash: str) -> None:
    assert fold(f"099{dash}286") == "099-286"


def test_every_full_width_ascii() -> None:
    for code in range(0xFF01, 0xFF5F):
        plain = fold(chr(code))
        assert plain == unicodedata.normalize("NFKC", chr(code))


@given(st.text())
def test_never_changes_the_length_and_is_done_once(text: str) -> None:
    plain = fold(text)
    assert len(plain) == len(text)
    assert fold(plain) == plain
