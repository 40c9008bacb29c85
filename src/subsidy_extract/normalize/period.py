"""Periods: the text of a cell goes in; when one may apply, spend and must be done comes out, with the words that say so.

A time that names no day (9月頃, 4月中旬) makes no date: the period then has role `other`, no start, no end, and the doubt
`vague_date`, so that nobody takes it for a window.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Context, Found, Period
from subsidy_extract.normalize.dates import Written, days, written_dates, year_of, years_of
from subsidy_extract.normalize.era import small_number
from subsidy_extract.normalize.patterns import each
from subsidy_extract.normalize.purpose import nearest, role_of
from subsidy_extract.normalize.ranges import BEFORE, EVENT, Range
from subsidy_extract.normalize.ranges import ranges as ranges_of
from subsidy_extract.normalize.status import Status, statuses
from subsidy_extract.normalize.width import fold

_WORTH = compiled(r"20[0-9]{6}|年\s?[0-9一二三四]\s?回|済|[0-9一二三四五六七八九十元]\s?[年月/.-]|年度|翌|随\s?時|通\s?年|予\s?算|終了|締|毎|年間|先着|達し|期限|常時|当面|当分|交付決定|採択")
_WEB = compiled(r"(?:https?://|www\.)[!-~]+|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}+@[A-Za-z0-9.-]+")

_EVENT_ALONE = compiled(EVENT.pattern.removesuffix(r"\s?(?:、|,)?\s?(?:概ね|原則)?\s?$") + r"(?!\s?(?:[0-9一二三四五六七八九十]+|数)\s?(?:日|か月|カ月|ヶ月|ケ月|ヵ月|箇月|週|年))")
_ROUND = compiled(
    r"第\s?(?P<n>[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s?(?:次(?!産業)|回|期|弾|ターム)"
    r"|(?<![0-9第])(?P<n>[0-9]{1,2}|[一二三四五六七八九])\s?(?:次(?=\s?(?:公募|募集|締|受付|申請|採択|[:()]|分|$|[0-9令R]))|回目)"
    r"|(?<![一-龠ァ-ヶ0-9])(?P<half>前期|後期|上期|下期|上半期|下半期|前半|後半)(?=\s?(?:公募|募集|締|受付|申請|分|[:(0-9令R]))"
)
_VAGUE_BEFORE = compiled(r"(?:多くは|例年|おおむね|概ね|だいたい|主に|一般に)\s*$")
_RECURRING = compiled(r"毎月\s*$|毎週[^、。]{0,4}$")
_MONTHLY = compiled(r"毎月\s?(?:の|第?[0-9]{1,2}\s?(?:日|週)|末日?|月末|[上中下]旬)[^、。\s()]{0,12}")

_UNREAD = compiled(
    r"(?<![A-Za-z])[RH]\s?[0-9]{1,2}(?![0-9./年,A-Za-z-])|(?<![0-9.:/])[0-9]{1,4}(?:(?:\s?[年月]\s?[0-9]{1,2}){1,2}\s?[月日]|(?:[./-][0-9]{1,2}){2}|/[0-9]{1,2}|\s?月|(?:[,、・]\s?[0-9]{1,2})+\s?月|\s?年度?|\s?四半期|(?:[,、・][0-9]{1,2})*\s?[,、・~-]\s?(?=\0))"
    r"(?![0-9./%])(?!\s?(?:間|以[内上下]|分|額|後|前|未満|目|[0-9一二三四]?回|毎|ごと|あたり|当たり|につき|を?超|程度|度|補助|助成|予算|補正))"
)
"""What is a date for a person."""
_OF_LIFE = compiled(r"\s?(?:以前|以後|以降|まで)に、?(?:建築|建設|建て|新築|設立|創業|開業|生まれ|出生|転入|転居|婚姻|結婚)|\s?以前に、?(?:着工|着手|竣工|完成|建築確認|登録|購入|取得)")
"""昭和56年5月31日以前に建築された住宅: who may apply, not when."""
_OPEN_BRACKET = compiled(r"\s?[(]")
_PROSE = frozenset({"summary", "eligibility", "eligible_costs", "remarks", "contact", "rate_text", "amount_text", "name"})
_BARE_YEAR = compiled(r"年度[^0-9~から-]*$")
"""令和8年度, 令和8年度上半期."""
_OTHER = ("vague_date", "recurring_date")
_NEXT = ("翌", "翌々", "来", "明", "翌年度", "来年度", "翌々年度")
_PRECISIONS = ("day", "month", "year")
_STRONGEST = ("until_budget", "closed", "year_round", "rolling", "yearly")
"""Of several statuses of one call the first of these counts."""


@lru_cache(maxsize=2048)
def periods(text: str, ctx: Context) -> tuple[Found[Period], ...]:
    """Every period of a text, in order. ctx.fiscal_year: of dates without a year (2026: April–December 2026, January–March
    2027). ctx.column "period_text" or None: a bare date is about applying; in prose only where a word says so. Never raises.

    Doubts: missing_year, impossible_date, end_before_start, weekday_mismatch, year_mismatch, incomplete_year, doubled_sign,
    approximate_date, vague_date, recurring_date, relative_year, rolled_year, lone_date, until_quota.
    """
    plain = fold(text)
    if not _WORTH.search(plain):
        return ()
    if "@" in plain or "://" in plain or "www." in plain:
        plain = _WEB.sub(lambda m: "\0" * len(m.group()), plain)
    own = ctx.column not in _PROSE
    ranges = list(ranges_of(plain, written_dates(plain, dotted=own), ctx, own))
    found = _resolved(text, plain, ranges, ctx, own)
    marks = statuses(plain, own)
    found = _with_statuses(text, plain, found, marks)
    found += _events_alone(text, plain, ranges, own)
    return tuple(sorted(found, key=lambda f: (f.start, f.end)))


def doubts(text: str, ctx: Context) -> tuple[Found[str], ...]:
    """unread_date: a day, a month or a year in a column of periods that is in none of the periods read."""
    if ctx.column != "period_text":
        return ()
    plain = fold(text)
    for f in periods(text, ctx):
        plain = plain[: f.start] + "\0" * (f.end - f.start) + plain[f.end :]
    return tuple(Found("unread_date", text[m.start() : m.end()], m.start(), m.end(), "unread_date") for m in each(_UNREAD, plain))


# ── from ranges to periods ───────────────────────────────────────────────────────────────────────
def _resolved(text: str, plain: str, ranges: list[Range], ctx: Context, own: bool) -> list[Found[Period]]:
    rounds = list(each(_ROUND, plain))
    found: list[Found[Period]] = []
    anchor: date | None = None
    fiscal_year = ctx.fiscal_year
    at = 0
    for n, r in enumerate(ranges):
        previous = ranges[n - 1].stop if n else 0
        following = ranges[n + 1].start if n + 1 < len(ranges) else len(plain)
        before = plain[max(previous, r.start - BEFORE) : r.start]
        after = plain[r.stop : min(following, r.stop + BEFORE)]
        while at < len(rounds) and rounds[at].end() <= previous:
            at += 1
        period, doubt = _dated(r, fiscal_year, anchor, before, _in_bracket(plain, r.start))
        if (said := _fiscal_year_said(r)) is not None:  # 令和8年度（4月6日～5月29日）
            fiscal_year, anchor = said, None
        elif any(w is not None and w.year is not None for w in (r.begin, r.end)):
            anchor = period.end or period.start or anchor
        number, start = _round(rounds, at, r, after)
        of_life = ctx.column != "period_text" and _OF_LIFE.match(after) is not None
        role = "other" if of_life or (doubt in _OTHER and period.start is None and period.end is None) else role_of(before, after, ctx, own, r.event)
        status = "yearly" if r.yearly else None
        period = replace(period, role=role, round=number, status=status, start_event=r.event)
        found.append(Found(period, text[start : r.stop], start, r.stop, doubt))
    return _without_bare_year(_paired(text, plain, found))


def _fiscal_year_said(r: Range) -> int | None:
    """The fiscal year the dates behind a bare 令和8年度, or a part of it, are of."""
    w = r.begin or r.end
    single = r.begin is None or r.end is None or r.begin is r.end
    return w.year if w is not None and single and w.unit == "年度" and w.part not in ("末", "当初") else None


def _dated(r: Range, fiscal_year: int | None, anchor: date | None, before: str, gloss: bool) -> tuple[Period, str | None]:
    """A range on the calendar, and what is doubtful in it. anchor: the last day told before it; gloss: it stands in a bracket."""
    begin, end = r.begin, r.end
    leading = begin or end
    assert leading is not None
    if _RECURRING.search(before):
        return Period("other"), "recurring_date"
    month_alone = begin is end and leading.day is None and leading.year is None and leading.unit is None
    if _VAGUE_BEFORE.search(before) or (gloss and month_alone):  # （多くは５月～８月）, 年１回（11月）: an explanation, no window
        return Period("other"), "vague_date"
    if begin is not None and end is not None and begin is not end:
        first_year, last_year = years_of(begin, end, fiscal_year, anchor)
    else:
        first_year = last_year = year_of(leading, fiscal_year, anchor)
    first = days(begin, first_year) if begin is not None else None
    last = days(end, last_year) if end is not None else None
    start = first.first if first is not None else None
    stop = last.last if last is not None else None
    doubt = (first.doubt if first is not None else None) or (last.doubt if last is not None else None)
    if start is not None and stop is not None and stop < start:
        doubt = "end_before_start"
    elif doubt is None and begin is not None and end is not None and _rolled(begin, end) and last_year != first_year:
        doubt = "rolled_year"
    elif doubt is None and anchor is None and leading.relative in _NEXT:
        doubt = "relative_year"
    return Period("application", None, start, stop, _coarsest(*(s.precision for s in (first, last) if s is not None))), doubt


def _rolled(begin: Written, end: Written) -> bool:
    """令和8年10月1日～1月31日: the end has only the year of the beginning to go by."""
    return begin.year is not None and end.year is None and not end.relative


def _coarsest(*precisions: str | None) -> str | None:
    return max((p for p in precisions if p), key=_PRECISIONS.index, default=None)


def _without_bare_year(found: list[Found[Period]]) -> list[Found[Period]]:
    """令和8年度（申請期間は令和9年1月29日まで）: where the window itself is told, the fiscal year beside it, or its half, is none."""
    bare = [f.value.role in ("application", "other") and _BARE_YEAR.search(f.text) is not None for f in found]
    told = any(f.value.role == "application" and f.value.precision in ("day", "month") for f, b in zip(found, bare, strict=True) if not b)
    return [f for f, b in zip(found, bare, strict=True) if not (told and b)]


def _in_bracket(plain: str, at: int) -> bool:
    window = plain[max(0, at - 30) : at]
    return window.rfind("(") > window.rfind(")")


def _round(rounds: list[regex.Match[str]], at: int, r: Range, after: str) -> tuple[int | None, int]:
    """The number of the call a range belongs to, and where the words of the range begin."""
    near = None
    for m in rounds[at:]:
        if m.end() > r.start:
            break
        near = m
    if near is None or r.start - near.end() > 40:
        near = None
        m = _OPEN_BRACKET.match(after)
        for candidate in rounds[at : at + 4]:
            if m and candidate.start() == r.stop + m.end():
                near = candidate
    if near is None:
        return None, r.start
    if near["half"]:
        return (1 if near["half"][0] in "前上" else 2), r.start
    return small_number(near["n"]), r.start


def _paired(text: str, plain: str, found: list[Found[Period]]) -> list[Found[Period]]:
    """受付開始：4月1日 締切：5月31日: a lone beginning and the lone end that follows are one period."""
    out: list[Found[Period]] = []
    for f in found:
        last = out[-1] if out else None
        p = f.value
        if (
            last is not None
            and last.value.start is not None and last.value.end is None and last.doubt is None
            and p.end is not None and p.start is None and p.start_event is None
            and last.value.role == p.role == "application"
            and (p.round is None or p.round == last.value.round)
            and last.value.start <= p.end and f.start - last.end <= 40
            and "。" not in plain[last.end : f.start]
        ):  # fmt: skip
            both = replace(last.value, end=p.end, precision=_coarsest("day", last.value.precision, p.precision), status=p.status or last.value.status)
            out[-1] = Found(both, text[last.start : f.end], last.start, f.end, f.doubt)
        else:
            out.append(f)
    return out


def _with_statuses(text: str, plain: str, found: list[Found[Period]], marks: list[Status]) -> list[Found[Period]]:
    """Statuses joined to the dates they speak of; a status without dates is a period of its own."""
    if not marks:
        return found
    dated = [i for i, f in enumerate(found) if f.value.role == "application"]
    if not dated:
        return [*found, _undated(text, plain, marks)]
    out = list(found)
    for s in sorted(marks, key=lambda s: -_STRONGEST.index(s.status)):  # the strongest last: it overwrites
        targets = _spoken_of(plain, s, found, dated)
        for i in targets:
            f = out[i]
            start, end = (min(f.start, s.start), max(f.end, s.end)) if len(targets) == 1 else (f.start, f.end)
            end = _with_bracket(plain, start, end)
            out[i] = Found(replace(f.value, status=s.status), text[start:end], start, end, f.doubt or s.doubt)
    return out


def _undated(text: str, plain: str, marks: list[Status]) -> Found[Period]:
    """The strongest status, with the words of all of them where they stand together."""
    top = min(marks, key=lambda s: _STRONGEST.index(s.status))
    start, end = min(s.start for s in marks), max(s.end for s in marks)
    if end - start > 80:  # characters: two sentences
        start, end = top.start, top.end
    end = _with_bracket(plain, start, end)
    return Found(Period("application", status=top.status), text[start:end], start, end, top.doubt)


def _spoken_of(plain: str, s: Status, found: list[Found[Period]], dated: list[int]) -> list[int]:
    """The dates a status speaks of: between two, those before it; at the head of a text, all that follow, but a way of
    applying (随時) only the first; at its foot, all before it unless it leans on the last."""
    earlier = [i for i in dated if found[i].start < s.start]
    later = [i for i in dated if found[i].start > s.end]
    if later and not earlier:
        return later[:1] if s.status in ("rolling", "year_round", "yearly") else later
    leans = later or plain[found[earlier[-1]].end : s.start].strip() in ("", "(", "~", "から", "~(", "まで(", "、")
    return earlier[-1:] if leans else earlier


def _with_bracket(plain: str, start: int, end: int) -> int:
    """The end of a span, behind the bracket that closes right there when it was opened inside."""
    return end + (plain[start:end].count("(") > plain[start:end].count(")") and plain[end : end + 1] == ")")


def _events_alone(text: str, plain: str, ranges: list[Range], own: bool) -> list[Found[Period]]:
    """交付決定日以降に発生した経費: a beginning that is an event, with no day beside it."""
    out: list[Found[Period]] = []
    if own and "毎月" in plain:
        for m in each(_MONTHLY, plain):
            if not any(r.start < m.end() and m.start() < r.stop for r in ranges):
                out.append(Found(Period("other"), text[m.start() : m.end()], m.start(), m.end(), "recurring_date"))
    if "決定" not in plain and "採択" not in plain and "契約" not in plain and "内示" not in plain:
        return out
    for m in each(_EVENT_ALONE, plain):
        if any(r.start < m.end() and m.start() < r.stop for r in ranges):
            continue
        around = plain[max(0, m.start() - 20) : m.end() + 30]
        role = nearest(around, last=False)
        if role in ("eligible_cost", "programme"):
            out.append(Found(Period(role, start_event=m["event"]), text[m.start() : m.end()], m.start(), m.end()))
    return out
