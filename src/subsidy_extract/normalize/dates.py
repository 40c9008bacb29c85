"""Dates: folded text goes in, the dates written in it come out as written (a year may be missing), and as days of the calendar."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from itertools import islice

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.normalize.era import ERA, YEAR_DIGITS, era_year, fiscal_year_of, small_number
from subsidy_extract.normalize.patterns import each

MOST_DATES = 4000
"""No cell of a list has so many dates; only a text made to hurt does, and is read so far."""

JST = timezone(timedelta(hours=9))


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written at text[start:end]; `tail` is where its weekday, hour and gloss end.

    form: kanji (4月1日), number (R8.4.1, 2026/4/1), slash (4/1), stamp (ISO). unit: 年 or 年度 when it stops at the year.
    part: 末, 上旬, 上半期, 第2四半期 … relative: 翌, 同 … before a year or a month. doubt: what is wrong with the writing itself.
    """

    start: int
    end: int
    tail: int
    form: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    unit: str | None = None
    part: str | None = None
    relative: str | None = None
    weekday: int | None = None
    approximate: bool = False
    doubt: str | None = None
    midnight: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of what a written date says; both None where no day can be said."""

    first: date | None
    last: date | None
    precision: str | None
    doubt: str | None = None


_M = r"(?:[0-9]{1,2}|十[一二]?|[一二三四五六七八九])"
_MONTH = rf"(?P<m>{_M})"
_DAY = r"(?P<d>[0-9]{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_WEST = r"(?:西暦\s?)?(?<![0-9])(?P<wy>(?:19|20)[0-9]{2}|二〇[〇一二三四五六七八九]{2})"
_YEAR = rf"(?:(?P<era>{ERA})\s?(?P<ey>{YEAR_DIGITS})|{_WEST})"
_OTHER_CALENDAR = rf"(?:\s?\(\s?(?:{ERA}\s?(?P<gy>{YEAR_DIGITS})|(?P<gw>(?:19|20)[0-9]{{2}}))\s?(?P<gu>年度?)?\s?\))?"
_PART = r"(?P<part>末日|末|上旬|中旬|下旬|初旬|初め|初頭|半ば)"
_OF_YEAR = r"(?:[上下]半?期|[前後]期|第?\s?[1-4一二三四]四半期)"
_OF_MONTH = rf"\s?月\s?(?:{_DAY}\s?日|{_PART})?"
_REL = r"(?P<rel>翌々|翌|同|本|今|当|来|明)"

_WRITTEN = compiled(
    rf"""(?=['0-9一二三四五六七八九十令平昭大明翌同本今当来西年㋿㍻㍼㍽㍾RHSrhs])(?:
      (?P<stamp>(?:19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}[T ][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]{{1,9}})?)?\s?(?P<zone>Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)
    | {_YEAR}\s?(?P<sep>[./-])\s?(?P<m>[0-9]{{1,2}})\s?(?:(?P=sep)|/)\s?(?P<d>[0-9]{{1,2}})(?![0-9])
    | (?:(?P<era>{ERA})\s?(?P<ey>[0-9]{{1,2}})\s?[./]|{_WEST}[./])\s?(?P<m>1[0-2]|0?[1-9])(?![0-9./-])
    | {_YEAR}{_OTHER_CALENDAR}\s?(?P<nen>年年?)\s?{_OTHER_CALENDAR}(?:(?P<unit>度)(?:(?P<part>末|内|中|当初)|の?\s?(?P<part>{_OF_YEAR}))?\s?{_OTHER_CALENDAR}|の?\s?(?:{_MONTH}{_OF_MONTH}|(?P<m>1[0-2]|0?[1-9])/(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9/])|(?P<m>1[0-2]|0?[1-9])(?=\s?[~-]\s?(?:1[0-2]|0?[1-9])\s?月(?!\s?(?:間|分|以)))|(?P<part>末|{_OF_YEAR}))?)
    | (?P<typo>{ERA})\s?{_MONTH}\s?月\s?(?:{_DAY}\s?日|{_PART})
    | {_REL}\s?年\s?(?:(?P<unit>度)\s?(?:の\s?(?={_M}\s?月))?(?P<part>末|内|中)?(?:{_MONTH}{_OF_MONTH})?|の?\s?{_MONTH}{_OF_MONTH}|(?P<part>末))
    | (?P<rel>翌)\s?{_MONTH}{_OF_MONTH}
    | (?<![0-9一二三四五六七八九十第各./か×])(?<![^月日)末旬\s]-)(?<![0-9]年){_MONTH}{_OF_MONTH}
    | (?<![0-9./,a-zA-Z])(?:(?P<rel>翌)年?\s?)?(?P<sm>1[0-2]|0?[1-9])/(?P<sd>3[01]|[12][0-9]|0?[1-9])(?![0-9/%]|\.[0-9])
    | (?P<edge>年度)(?P<part>末|内)
    | (?<![0-9])(?P<wy>20[0-9]{{2}})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9])
    | (?<![0-9A-Za-z])'(?P<yy>[0-9]{{2}})(?P<sep>[./])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9])
    | {_YEAR}(?=\s?(?:~|・|、|から)\s?[0-9]{{1,2}}\s?年(?P<unit>度)?)
    )""",
    regex.VERBOSE,
)
_TAIL = compiled(
    r"(?:\s?\(\s?(?P<wd>[月火水木金土日])\s?(?:曜日?)?(?:\s?[・,、]\s?[祝振休][^()]{0,3})?\s?\)|\s?(?P<wd>[月火水木金土日])曜日?)?"
    r"(?P<about>\s?(?:頃|ごろ|前後|(?<=[年月度]\s?)(?:[春夏秋冬](?!休)|明け)(?:頃|ごろ)?))?"
    r"(?:\s?,?\s?\(?(?:午前|午後|正午|夕方|AM|PM)?\s?(?:[0-9]{1,2}\s?(?:時(?:\s?[0-9]{1,2}\s?分|半)?|:[0-9]{2})|(?<=正午))\)?)?"
    r"(?:\s?\((?:予定|必着|消印有効|当日消印有効|土日祝除く|祝日?|締切|開始|仮)\))?"
)
_SHORT_END = compiled(
    r"(?P<ey>[0-9]{1,2})\s?年\s?(?P<m>1[0-2]|0?[1-9])\s?月(?:\s?(?:(?P<d>[0-9]{1,2})\s?日|(?P<part>末日|末)))?"
    r"|(?P<ey>[0-9]{1,2})(?P<sep>[./-])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9./])"
    r"|同月\s?(?:(?P<d>[0-9]{1,2})\s?日|(?P<part>末日|末))"
    r"|(?P<ey>[0-9]{1,2})\s?年(?P<unit>度)?(?!\s?[0-9])(?P<part>末)?"
    r"|(?P<m>1[0-2]|0?[1-9])\s?月(?!\s?(?:間|分|以|[0-9一二三]))"
    r"|(?P<d>[0-9]{1,2})\s?日"
    r"|(?P<m>1[0-2]|0?[1-9])\.(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9.])"
    r"|(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9./年月時:人名社件万千円%-])"
)
_DOT_START = compiled(r"(?<![0-9.A-Za-z])(?P<m>1[0-2]|0?[1-9])\.(?P<d>3[01]|[12][0-9]|0?[1-9])(?=\s?(?:\([月火水木金土日]\))?\s?[~-]\s?(?:1[0-2]|0?[1-9])\.[0-9])")
_MONTH_START = compiled(r"(?<![0-9./月日年第各か×,A-Za-z])(?P<m>1[0-2]|0?[1-9])(?=\s?[~-]\s?(?:1[0-2]|0?[1-9])\s?月(?!\s?(?:間|分|以)))")
_ERA_FIRST = compiled(rf"(?P<era>{ERA})")
_CLOSED = compiled(r"\s*\)")
WEEKDAYS = "月火水木金土日"


def _tail(text: str, at: int) -> tuple[int, int | None, bool]:
    m = _TAIL.match(text, at)
    if m is None:
        return at, None, False
    return m.end(), WEEKDAYS.index(m["wd"]) if m["wd"] else None, m["about"] is not None


def _stamp(m: regex.Match[str]) -> Written:
    moment = "".join(m["stamp"].split()) if "T" in m["stamp"] else m["stamp"].strip()
    try:
        when = datetime.fromisoformat(moment)
    except ValueError:
        return Written(m.start(), m.end(), m.end(), "stamp", doubt="impossible_date")
    if when.tzinfo is not None:
        try:
            when = when.astimezone(JST)
        except OverflowError:
            return Written(m.start(), m.end(), m.end(), "stamp", doubt="impossible_date")
    midnight = (when.hour, when.minute) == (0, 0)
    return Written(m.start(), m.end(), m.end(), "stamp", when.year, when.month, when.day, midnight=midnight)


def _from(text: str, m: regex.Match[str]) -> Written:
    """The match of _WRITTEN as a Written."""
    if m["stamp"]:
        return _stamp(m)
    doubt = None
    year = era_year(m["era"], m["ey"]) if m["era"] else small_number(m["wy"]) if m["wy"] else None
    if m["yy"]:
        year = 2000 + int(m["yy"])
    if m["era"] and year is None:
        doubt = "impossible_date"
    other = int(m["gw"]) if m["gw"] else None
    if year is not None and other is not None and other != year:
        doubt = "year_mismatch"
    if m["nen"] and len(m["nen"].strip()) == 2:
        doubt = doubt or "doubled_sign"
    if m["typo"]:
        doubt = "incomplete_year"
    month = small_number(m["m"] or m["sm"] or "")
    day = small_number(m["d"] or m["sd"] or "")
    unit = None
    if m["edge"] or (m["unit"] and month is None):
        unit = "年度"
    elif month is None:
        unit = "年"
    relative = "当" if m["edge"] else m["rel"]
    if m["rel"] and m["unit"] and month is not None:
        relative = m["rel"] + "年度"
    form = "slash" if m["sm"] else "number" if m["sep"] or (month and "月" not in m.group()) else "kanji"
    tail, weekday, about = _tail(text, m.end())
    return Written(
        m.start(), m.end(), tail, form, year, month, day, unit, m["part"], relative, weekday, about, doubt
    )


def written_dates(text: str, dotted: bool = False) -> list[Written]:
    """Every date written in a folded text, in order, whatever it may mean. dotted: 4.1～4.30 and 4～6月 count as well."""
    found = [_from(text, m) for m in islice(each(_WRITTEN, text), MOST_DATES)]
    if dotted:
        for m in each(_DOT_START, text):
            if not any(w.start <= m.start() < w.end for w in found):
                tail, weekday, about = _tail(text, m.end())
                found.append(Written(m.start(), m.end(), tail, "slash", None, int(m["m"]), int(m["d"]), weekday=weekday, approximate=about))
        for m in each(_MONTH_START, text):
            if not any(w.start <= m.start() < w.end for w in found):
                found.append(Written(m.start(), m.end(), m.end(), "kanji", None, int(m["m"])))
        found.sort(key=lambda w: w.start)
    return _without_glosses(text, found)


def _without_glosses(text: str, found: list[Written]) -> list[Written]:
    """2026年4月1日（令和8年4月1日）: one day, said in both calendars; year_mismatch where it is two."""
    out: list[Written] = []
    for w in found:
        last = out[-1] if out else None
        if (
            last is not None and last.year is not None and w.year is not None and last.month is not None and (last.month, last.day) == (w.month, w.day)
            and text[last.tail : w.start].strip() == "(" and (close := _CLOSED.match(text, w.tail)) is not None
        ):  # fmt: skip
            out[-1] = replace(last, tail=close.end(), doubt=last.doubt or ("year_mismatch" if last.year != w.year else None))
        else:
            out.append(w)
    return out


def short_end(text: str, at: int, begin: Written) -> Written | None:
    """The end of a range that repeats only its last part, at text[at:]: 4月1日～30日, R8.4.1～6.30, 令和8～10年度."""
    m = _SHORT_END.match(text, at)
    if m is None:
        return None
    tail, weekday, about = _tail(text, m.end())
    plain = replace(begin, start=m.start(), end=m.end(), tail=tail, weekday=weekday, approximate=about, part=None, doubt=None)
    if m["ey"]:
        if begin.year is None or (begin.unit is None and not m["m"]):
            return None
        century = begin.year - begin.year % 100 if begin.year >= 2000 and int(m["ey"]) > 60 else None
        first = _era_start(begin, text)
        year = first + int(m["ey"]) - 1 if first else (century or 2000) + int(m["ey"])
        if m["m"]:  # 令和8年4月1日～9年1月31日, R8.4.1～9.1.31: the era, or the century, is the one before
            return replace(plain, year=year, month=int(m["m"]), day=int(m["d"]) if m["d"] else None, part=m["part"], unit=None, relative=None)
        return replace(plain, year=year, unit="年度" if m["unit"] else "年", part=m["part"])
    if m["part"]:
        return replace(plain, day=None, part=m["part"]) if begin.month is not None else None
    if m["m"] and not m["d"]:  # 4-6月
        return replace(plain, year=None, month=int(m["m"]), relative=None) if begin.month is not None and begin.day is None else None
    if begin.month is None or begin.day is None:
        return None
    if m["m"]:
        return replace(plain, year=None, month=int(m["m"]), day=int(m["d"]), relative=None) if begin.form != "kanji" else None
    if "日" not in m.group() and begin.form == "kanji":
        return None
    return replace(plain, day=int(m["d"]))


def _era_start(begin: Written, text: str) -> int | None:
    m = _ERA_FIRST.match(text, begin.start)
    return era_year(m["era"], "元") if m else None


def days(w: Written, year: int | None) -> Span:
    """The days a written date covers in `year` (of the calendar; for 年度 the fiscal year): 4月 → its first and last day."""
    if w.doubt in ("impossible_date", "incomplete_year"):
        return Span(None, None, None, w.doubt)
    if year is None:
        return Span(None, None, None, "missing_year")
    if not 1800 < year < 2200:
        return Span(None, None, None, "impossible_date")
    if w.unit == "年度":
        if w.part == "末":
            return Span(date(year + 1, 3, 31), date(year + 1, 3, 31), "day", w.doubt)
        if w.part == "当初":
            return Span(date(year, 4, 1), date(year, 4, 1), "day", w.doubt)
        if w.part in ("前期", "後期") or w.approximate:
            return Span(None, None, None, "vague_date")
        if w.part and w.part.endswith("期"):
            return _part_of_year(w.part, year, w.doubt)
        return Span(date(year, 4, 1), date(year + 1, 3, 31), "year", w.doubt)
    if w.month is None:
        if w.approximate or (w.part and w.part.endswith("期")):  # 2026年夏, 2026年上半期: of the calendar's year or the fiscal one
            return Span(None, None, None, "vague_date")
        if w.part == "末":
            return Span(date(year, 12, 31), date(year, 12, 31), "day", w.doubt)
        return Span(date(year, 1, 1), date(year, 12, 31), "year", w.doubt)
    if not 1 <= w.month <= 12:
        return Span(None, None, None, "impossible_date")
    length = monthrange(year, w.month)[1]
    if w.day is not None:
        if not 1 <= w.day <= length:
            return Span(None, None, None, "impossible_date")
        day = date(year, w.month, w.day)
        doubt = w.doubt
        if w.weekday is not None and day.weekday() != w.weekday:
            doubt = doubt or "weekday_mismatch"
        if w.approximate:
            doubt = doubt or "approximate_date"
        return Span(day, day, "day", doubt)
    if w.part in ("末", "末日") and not w.approximate:
        return Span(date(year, w.month, length), date(year, w.month, length), "day", w.doubt)
    if w.part is not None or w.approximate:  # 上旬, 9月頃: no day can be said
        return Span(None, None, None, "vague_date")
    return Span(date(year, w.month, 1), date(year, w.month, length), "month", w.doubt)


def _part_of_year(part: str, year: int, doubt: str | None) -> Span:
    """上半期, 第2四半期 of a fiscal year."""
    first, length = (4 if part[0] == "上" else 10, 6) if "四半期" not in part else (1 + 3 * (small_number(part.removesuffix("四半期").lstrip("第 ")) or 1), 3)
    begin = date(year + (first > 12), (first - 1) % 12 + 1, 1)
    last = first + length - 1
    end = date(year + (last > 12), (last - 1) % 12 + 1, 1)
    return Span(begin, end.replace(day=monthrange(end.year, end.month)[1]), "month", doubt)


def _key(w: Written) -> tuple[int, int]:
    return (w.month or 1, w.day or 1)


def year_of(w: Written, fiscal_year: int | None, before: date | None) -> int | None:
    """The year of a date that stands alone, or begins a range. before: the last date with a year of its own in the same text."""
    if w.year is not None:
        return w.year
    if w.unit == "年度" or (w.relative or "").endswith("年度"):
        step = {"翌": 1, "来": 1, "明": 1, "翌々": 2}.get((w.relative or "").removesuffix("年度"), 0)
        base = fiscal_year
        if base is None and before is not None and step == 0 and (w.relative or "").startswith("同"):
            base = fiscal_year_of(before.year, before.month)
        if base is None:
            return None
        return base + step if w.unit == "年度" or (w.month or 4) >= 4 else base + step + 1
    if w.relative in ("翌", "来", "明", "翌々"):
        base = before.year if before is not None else fiscal_year
        return None if base is None else base + (2 if w.relative == "翌々" else 1)
    if w.relative == "同" and before is not None:
        return before.year
    if w.relative in ("本", "今", "当"):
        return fiscal_year
    near = before is not None and (
        fiscal_year is None or date(fiscal_year - 1, 12, 1) <= before <= date(fiscal_year + 1, 3, 31)
    )
    if near and before is not None:
        return before.year if _key(w) >= (before.month, before.day) or w.month == before.month else before.year + 1
    if fiscal_year is None or w.month is None:
        return fiscal_year
    return fiscal_year if w.month >= 4 else fiscal_year + 1


def years_of(begin: Written, end: Written, fiscal_year: int | None, before: date | None) -> tuple[int | None, int | None]:
    """The years of both ends of a range; a year given once is the other's too, and 4月～翌3月 runs into the next."""
    if begin.year is None and end.year is not None and end.unit is None and not begin.relative:
        return (end.year if _key(begin) <= _key(end) else end.year - 1), end.year
    first = year_of(begin, fiscal_year, before)
    if end.year is not None:
        return first, end.year
    if (
        begin.year is None and not begin.relative and not end.relative and before is None and fiscal_year is not None
        and begin.month is not None and end.month is not None and begin.month < 4 <= end.month
    ):  # 3/6～4/30 in a list of 2026: a call may open before its fiscal year does
        return fiscal_year, fiscal_year
    if first is None:
        return None, None
    if end.unit == "年度" or (end.relative or "").endswith("年度"):
        base = first if begin.unit == "年度" else fiscal_year_of(first, begin.month or 4)
        step = {"翌": 1, "来": 1, "明": 1, "翌々": 2}.get((end.relative or "").removesuffix("年度"), 0)
        return first, base + step + (0 if end.unit == "年度" or (end.month or 4) >= 4 else 1)
    if end.relative in ("翌", "来", "明", "翌々"):
        return first, first + (2 if end.relative == "翌々" else 1)
    if end.relative == "同" or end.month is None:
        return first, first
    rolls = _key(end) < _key(begin) and not (end.month == begin.month and (end.day is None or begin.day is None))
    if not rolls:
        return first, first
    return first, first + 1
