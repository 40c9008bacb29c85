"""Years: a year as a list writes it (令和八, R8, 元, 2026) goes in, the year of our calendar comes out; and the fiscal year of a title."""

from __future__ import annotations

from functools import lru_cache

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.normalize.width import fold

FIRST_YEAR = {
    "明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019,
    "M": 1868, "T": 1912, "S": 1926, "H": 1989, "R": 2019,
    "㍾": 1868, "㍽": 1912, "㍼": 1926, "㍻": 1989, "㋿": 2019,
}  # fmt: skip
"""The year of our calendar in which an era has its year 1 (元年)."""

_LONGEST = {1868: 45, 1912: 15, 1926: 64, 1989: 31, 2019: 99}

ERA = r"(?:令\s?和|平\s?成|昭\s?和|大\s?正|明\s?治|[㋿㍻㍼㍽㍾]|(?:(?<![A-Za-z0-9_./-])|(?<=[0-9日月年)]-))[RHSrhs]\s?\.?)"
"""An era, folded. A single letter counts only where no word or number runs into it."""

YEAR_DIGITS = r"(?:元|[0-9]{1,2}|[一二三四五六七八九十〇]{1,3})"

_KANJI = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
_KANJI["零"] = 0


def small_number(text: str) -> int | None:
    """12, 十二, 二十, 二〇二六, 元 → a whole number below 10,000; None for anything else."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text == "元":
        return 1
    if "十" in text:
        tens, _, ones = text.partition("十")
        if (tens and tens not in _KANJI) or (ones and ones not in _KANJI):
            return None
        return _KANJI.get(tens, 1) * 10 + _KANJI.get(ones, 0)
    if text and all(sign in _KANJI for sign in text):
        return int("".join(str(_KANJI[sign]) for sign in text))
    return None


def era_year(era: str, year: str) -> int | None:
    """令和 and 8 → 2026; None where the era never had such a year (昭和70年; 令和 has no end yet)."""
    first = FIRST_YEAR.get("".join(era.split()).rstrip(".").upper())
    number = small_number(year)
    if first is None or number is None or not 1 <= number <= _LONGEST[first]:
        return None
    return first + number - 1


def fiscal_year_of(year: int, month: int) -> int:
    """The Japanese fiscal year (April to March) a month belongs to: 2026, 3 → 2025."""
    return year if month >= 4 else year - 1


_FISCAL = compiled(
    rf"(?:(?P<era>{ERA})\s?(?P<ey>{YEAR_DIGITS})|(?<![0-9])(?P<wy>(?:19|20)[0-9]{{2}}|二〇[〇一二三四五六七八九]{{2}}))"
    r"(?:\s?\((?:(?:19|20)[0-9]{2}|[^()]{2,5}[0-9]{1,2})\s?(?:年度?)?\))?"
    r"(?P<unit>\s?年\s?度|\s?年(?:\s?(?P<month>[0-9]{1,2})\s?月)?|\s?FY|(?=\s?(?:補正|当初|予算|年版)))?"
)
_FY = compiled(r"(?<![A-Za-z])FY\s?'?(?P<y>20[0-9]{2}|[0-9]{2})(?![0-9])", regex.IGNORECASE)


@lru_cache(maxsize=256)
def fiscal_year(text: str) -> int | None:
    """The fiscal year a title or file name names: 令和８年度, R8年度, 2026年度, FY2026; the latest of several
    (令和7年度補正予算・令和8年度当初予算 → 2026). Without 年度 a date says it (令和8年2月 → 2025), then a bare year (ガイド２０２６, -r8)."""
    plain = fold(text)
    # a file name glues the year to words by _ and -, which the era letters elsewhere forbid
    plain = regex.sub(r"[_./-](?=[RrHh][0-9]{1,2}(?![0-9]))", " ", plain)
    strong: list[int] = [int(m["y"]) if len(m["y"]) == 4 else 2000 + int(m["y"]) for m in _FY.finditer(plain)]
    dated: list[int] = []
    bare: list[int] = []
    for m in _FISCAL.finditer(plain):
        year = era_year(m["era"], m["ey"]) if m["era"] else small_number(m["wy"])
        if year is None or not 1950 <= year <= 2100:
            continue
        unit = "".join((m["unit"] or "").split()) if m["unit"] is not None else None
        if unit == "年度" or unit == "":
            strong.append(year)
        elif unit and m["month"] and 1 <= int(m["month"]) <= 12:
            dated.append(fiscal_year_of(year, int(m["month"])))
        elif unit or not plain[m.end() : m.end() + 1].isdigit():
            bare.append(year)
    for years in (strong, bare, dated):
        if years:
            return max(years)
    return None
