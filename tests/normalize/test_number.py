"""Numerals of Japanese lists and their exact values."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsidy_extract.normalize.number import NUMERAL, value

VALUES: list[tuple[str, int | Fraction]] = [
    ("0", 0),
    ("7", 7),
    ("1,234", 1234),
    ("12,345,678", 12345678),
    ("1、000", 1000),
    ("300、000", 300000),
    ("1, 000", 1000),
    ("3.5", Fraction(7, 2)),
    ("3.5万", 35000),
    ("0.25億", 25000000),
    ("5千", 5000),
    ("5百", 500),
    ("5千万", 50000000),
    ("3百万", 3000000),
    ("1億1,177万5,000", 111775000),
    ("37万5千", 375000),
    ("2億8千万", 280000000),
    ("1兆2,000億", 1200000000000),
    ("1 億 500 万", 105000000),
    ("五", 5),
    ("十", 10),
    ("十二", 12),
    ("二十", 20),
    ("百", 100),
    ("三百六十五", 365),
    ("千二百", 1200),
    ("二百五十万", 2500000),
    ("一億五千万", 150000000),
    ("二五〇", 250),
    ("壱拾弐萬", 120000),
    ("参拾五萬", 350000),
    ("弐百萬", 2000000),
    ("万", 10000),
    ("百万", 1000000),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_value(text: str, expected: int | Fraction) -> None:
    found = value(text)
    assert found is not None
    assert found.value == expected


@pytest.mark.parametrize("text", ["30万50万", "100、200", "5百2千", "1億2億", "12,34", "1万2万3", "abc", "1 2"])
def test_no_numeral(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize(("text", "scale"), [("4,000万", 10**4), ("3億", 10**8), ("8千万", 10**7), ("500千", 10**3), ("1,500", 1), ("2億5,000万", 10**8), ("15百万", 10**6)])
def test_the_scale_a_figure_before_a_tilde_shares(text: str, scale: int) -> None:
    found = value(text)
    assert found is not None
    assert found.scale == scale


@given(st.integers(min_value=1, max_value=10**12))
def test_every_way_of_writing_gives_the_same(number: int) -> None:
    oku, rest = divmod(number, 10**8)
    man, yen = divmod(rest, 10**4)
    mixed = "".join([f"{oku:,}億" if oku else "", f"{man:,}万" if man else "", f"{yen:,}" if yen else ""])
    for text in (str(number), f"{number:,}", mixed):
        found = value(text)
        assert found is not None
        assert found.value == number


@given(st.text(alphabet="0123456789,、. 一二三十百千万億兆壱", max_size=20))
def test_never_raises(text: str) -> None:
    value(text)


def test_the_pattern_takes_what_value_reads() -> None:
    import regex

    for text, _ in VALUES:
        found = regex.match(NUMERAL, text)
        assert found is not None
        assert found[0] == text
