"""Amounts: what a careful reader takes, and what holds for every text."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from amount_cases import FORMULAS, MEASURED, OUTSIDE, PER, PLAIN, PROSE, RANGES, ROLES, SCOPES, UNDER_UNIT
from hypothesis import given
from hypothesis import strategies as st

from subsidy_extract.model import Amount, Context, Found
from subsidy_extract.normalize.amount import amounts, doubts

NOTHING = Context()
UNIT = Context(unit="千円", heading="補助上限額（千円）", column="amount_text")
SUMMARY = Context(column="summary", heading="事業概要")


def told(found: Sequence[Found[Amount]], scoped: Sequence[bool]) -> list[str]:
    out = []
    for at, f in enumerate(found):
        v = f.value
        text = f"{v.role} {v.yen}" + (f"/{v.per}" if v.per else "")
        if at < len(scoped) and scoped[at]:
            text += f"@{v.scope or '-'}"
        out.append(text)
    return out


def check(text: str, expected: str, ctx: Context) -> None:
    found = amounts(text, ctx)
    want = [part.strip() for part in expected.split(" ; ")] if expected else []
    assert told(found, ["@" in part for part in want]) == want
    for f in found:
        assert text[f.start : f.end] == f.text


@pytest.mark.parametrize(("text", "expected"), [*PLAIN, *ROLES, *RANGES, *PER, *SCOPES, *FORMULAS, *OUTSIDE, *MEASURED])
def test_a_careful_reader(text: str, expected: str) -> None:
    check(text, expected, NOTHING)


@pytest.mark.parametrize(("text", "expected"), UNDER_UNIT)
def test_the_unit_stands_in_the_heading(text: str, expected: str) -> None:
    check(text, expected, UNIT)


@pytest.mark.parametrize(("text", "expected"), PROSE)
def test_prose_gives_only_the_subsidy(text: str, expected: str) -> None:
    check(text, expected, SUMMARY)


@pytest.mark.parametrize(
    ("text", "ctx", "expected"),
    [
        ("50万円", Context(column="amount_text", heading="補助上限額"), "cap 500000"),
        ("1/2、1人5万円", Context(column="amount_text", heading="補助率・上限額"), "cap 50000/人"),
        ("50万円", Context(column="amount_text", heading="限度額"), "cap 500000"),
        ("50万円", Context(column="amount_text", heading="補助金額"), "stated 500000"),
        ("50万円", Context(column="amount_text", heading="補助下限額"), "floor 500000"),
        ("1団体10万円", Context(column="amount_text", heading="助成限度額"), "cap 100000/団体"),
        ("一律10万円", Context(column="amount_text", heading="補助上限額"), "fixed 100000"),
        ("50万円 特例：20万円上乗せ", Context(column="amount_text", heading="上限額"), "cap 500000 ; addition 200000@特例"),
        ("1/2以内 50万円", Context(column="rate_text", heading="補助率・補助限度額"), "cap 500000"),
        ("バス1台2万円、1校当たり上限20万円", Context(column="rate_text", heading="補助率・補助限度額"), "stated 20000/台 ; cap 200000/校"),
        ("15", Context(column="amount_text", heading="限度額（万円）", unit="万円"), "cap 150000"),
        ("2.5", Context(column="amount_text", heading="限度額（万円）", unit="万円"), "cap 25000"),
        ("（単位：千円）300", Context(column="amount_text", heading="補助額"), "stated 300000"),
        ("300", Context(column="amount_text", heading="補助額(円)"), "stated 300"),
        ("300", Context(column="summary", heading="事業概要", unit="千円"), ""),
        ("2026/4/1", UNIT, ""),
        ("10万円", Context(column="amount_text", heading="1人当たり上限額"), "cap 100000/人"),
        ("10", Context(column="amount_text", heading="補助上限額（１団体あたり・千円）", unit="千円"), "cap 10000/団体"),
        ("5,000", Context(column="amount_text", heading="補助単価（円/10a）", unit="円"), "stated 5000/10a"),
    ],
)
def test_what_the_heading_says(text: str, ctx: Context, expected: str) -> None:
    check(text, expected, ctx)


@pytest.mark.parametrize(
    ("text", "codes"),
    [("69000", ["unit_missing"]), ("1,200", ["unit_missing"]), ("通常枠：500 特別枠：1,000", ["unit_missing", "unit_missing"]), ("3回まで", []), ("2026/4/1", []), ("50万円", []), ("3.000円", ["amount_unreadable"]), ("30万50万円", ["amount_unreadable"]), ("12.5円", ["amount_not_whole_yen"]), ("同上", []), ("数十万円", ["amount_unreadable"]), ("10、20、30万円", ["unit_missing"]), ("50、100万円", ["unit_missing"]), ("1、500万円", []), ("第1、50万円", []), ("△50万円", ["amount_unreadable"]), ("1,000円ごとに10円", [])],
)
def test_doubts(text: str, codes: list[str]) -> None:
    ctx = Context(column="amount_text", heading="補助上限額")
    assert [d.value for d in doubts(text, ctx)] == codes


ALPHABET = "0123456789０１２３４５6７８９,，、.万億千百円％/／分の割以内上限下限額最大人月年あたりにつき（）()【】＜＞～〜-―+＋×=：: 　※①②補助率定額中小企業は場合又"
CONTEXTS = [NOTHING, UNIT, SUMMARY, Context(column="rate_text", heading="補助率・補助限度額")]


@given(st.text(alphabet=ALPHABET, max_size=60) | st.text(max_size=30), st.sampled_from(CONTEXTS))
def test_never_raises_and_spans_give_back_their_text(text: str, ctx: Context) -> None:
    for found in amounts(text, ctx):
        assert text[found.start : found.end] == found.text
        assert found.value.yen > 0
    doubts(text, ctx)


WIDE = str.maketrans("0123456789,/()%:~", "０１２３４５６７８９，／（）％：～")


@pytest.mark.parametrize(("text", "expected"), [*PLAIN, *ROLES, *RANGES, *PER, *SCOPES, *FORMULAS, *OUTSIDE, *MEASURED])
def test_width_never_changes_a_value(text: str, expected: str) -> None:
    values = [f.value for f in amounts(text, NOTHING)]
    assert [f.value for f in amounts(text.translate(WIDE), NOTHING)] == values
    assert [f.value for f in amounts(text.replace(" ", "\u3000"), NOTHING)] == values
    assert [f.value for f in amounts(f" {text}　", NOTHING)] == values


@pytest.mark.parametrize("piece", ["1", "1,", "万", "1万", "1万円（", "（", "1人", "1人につき", "上限", "1/", "～1万円", "＋1円", "円", "一", "、1", "1 ", "1円/", "：", "※", "(1円)", "1円×", "1/2、"])
def test_hostile_text_is_read_in_a_second(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    began = time.perf_counter()
    amounts(text, UNIT)
    doubts(text, SUMMARY)
    assert time.perf_counter() - began < 4  # a second each on an idle core; the test machine is shared
