from __future__ import annotations

import pytest

from subsidy_extract.read.numfmt import general, shown, text_shown

DAY = 46113.0  # 1 April 2026


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (3000, "#,##0", "3,000"), (0.5, "0%", "50%"), (0.167, "0.0%", "16.7%"), (0.285, "0%", "29%"), (300, '"上限"#,##0"千円"', "上限300千円"),
        (1500000, '#,##0"万円"', "1,500,000万円"), (5, '"第"0"号"', "第5号"), (12345678, "#,##0,", "12,346"), (12345, "[$¥-411]#,##0", "¥12,345"),
        (-1234.5, "#,##0.00_);[Red](#,##0.00)", "(1,234.50)"), (-5, "#,##0;▲#,##0", "▲5"), (-5, "0", "-5"), (0, '#,##0;▲#,##0;"－"', "－"),
        (300, '[>=1000]#,##0,"百万円";#,##0"千円"', "300千円"), (2000, '[>=1000]#,##0,"百万円";#,##0"千円"', "2百万円"),
        (0.5, "# ?/?", "1/2"), (2 / 3, "?/?", "2/3"), (1.5, "# ?/?", "1 1/2"), (8920001, "000-0000", "892-0001"), (985211770, "0000-00-0000", "0985-21-1770"),
        (3, 'General"年以内"', "3年以内"), (12, 'G/標準"人"', "12人"), (5, "@", "5"), (0.0000123, "0.00E+00", "1.23E-05"), (2.5, "0.#", "2.5"),
        (DAY, 'yyyy"年"m"月"d"日"', "2026年4月1日"), (DAY, '[$-411]ggge"年"m"月"d"日";@', "令和8年4月1日"), (DAY, "[$-411]ge.m.d", "R8.4.1"),
        (DAY, 'm"月"d"日"(aaa)', "4月1日(水)"), (DAY, "yyyy/mm/dd", "2026/04/01"), (43585, "ggge", "平成31"), (43586, "ggge", "令和1"),
        (DAY + 0.75, "yyyy/m/d h:mm", "2026/4/1 18:00"), (DAY + 0.75, "AM/PM h:mm", "PM 6:00"), (0.5, 'h"時"mm"分"', "12時00分"), (1.25, "[h]:mm", "30:00"),
        (DAY, "mmm-yy", "Apr-26"), (-1, "yyyy/m/d", "-1"),
    ],
)  # fmt: skip
def test_shown(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


@pytest.mark.parametrize(("value", "text"), [(3, "3"), (1.5, "1.5"), (0.1 + 0.2, "0.3"), (1e12, "1E+12"), (-0.25, "-0.25")])
def test_general(value: float, text: str) -> None:
    assert general(value) == text


def test_words_round_a_text() -> None:
    assert text_shown("商工課", '@"（直通）"') == "商工課（直通）"
    assert text_shown("商工課", "#,##0") == "商工課"


def test_the_day_that_never_was() -> None:
    assert shown(59, "yyyy/m/d") == "1900/2/28"
    assert shown(61, "yyyy/m/d") == "1900/3/1"
    assert shown(0, "yyyy/m/d", epoch_1904=True) == "1904/1/1"
