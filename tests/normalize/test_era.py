"""Years and the fiscal year of a title."""

from __future__ import annotations

import pytest

from subsidy_extract.normalize.era import era_year, fiscal_year, fiscal_year_of, small_number

TITLES = [
    ("令和８年度　北山市中小企業者向け支援制度一覧", 2026),
    ("令和八年度補助金一覧", 2026),
    ("令和 8 年度", 2026),
    ("令和8（2026）年度", 2026),
    ("2026（令和8）年度", 2026),
    ("R8年度", 2026),
    ("Ｒ８年度版", 2026),
    ("2026年度", 2026),
    ("FY2026", 2026),
    ("平成31年度", 2019),
    ("令和元年度", 2019),
    ("令和７年度補正予算・令和８年度当初予算", 2026),
    ("Ｒ７補正・Ｒ８当初", 2026),
    ("補助金・助成金活用ガイド２０２６", 2026),
    ("支援策ガイド 令和8年版", 2026),
    ("令和8年4月1日現在", 2026),
    ("令和8年2月1日現在", 2025),
    ("kitayama-r8", 2026),
    ("kitayama_R8_print", 2026),
    ("H30_list", 2018),
    ("補助金一覧", None),
    ("list-01", None),
    ("20260401", None),
    ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("title", "year"), TITLES)
def test_fiscal_year(title: str, year: int | None) -> None:
    assert fiscal_year(title) == year


@pytest.mark.parametrize(("era", "year", "west"), [("令和", "元", 2019), ("R", "8", 2026), ("平成", "三十一", 2019), ("昭和", "64", 1989), ("昭和", "70", None), ("令和", "0", None), ("享保", "1", None)])
def test_era_year(era: str, year: str, west: int | None) -> None:
    assert era_year(era, year) == west


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("十", 10), ("二十三", 23), ("二〇二六", 2026), ("元", 1), ("", None), ("x", None), ("十十", None)])
def test_small_number(text: str, number: int | None) -> None:
    assert small_number(text) == number


def test_fiscal_year_of_a_month() -> None:
    assert [fiscal_year_of(2026, m) for m in (1, 3, 4, 12)] == [2025, 2025, 2026, 2026]
