"""Periods: the text of a cell goes in; when one may apply, spend and must be done comes out, with the words that say so.

A time that names no day (9月頃, 4月中旬) makes no date: the period then has role `other`, no start, no end, and the doubt
`vague_date`, so that nobody takes it for a window.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Context, Found, Period
from subsidy_extract.normalize.dates import Written, days, short_end, written_dates, year_of, years_of
from subsidy_extract.normalize.era import small_number
from subsidy_extract.normalize.patterns import each
from subsidy_extract.normalize.purpose import CLUE, LABELLED, ROLES, nearest, role_of
from subsidy_extract.normalize.status import Status, statuses
from subsidy_extract.normalize.width import fold

_WORTH = compiled(r"20[0-9]{6}|年\s?[0-9一二三四]\s?回|済|[0-9一二三四五六七八九十元]\s?[年月/.-]|年度|翌|随\s?時|通\s?年|予\s?算|終了|締|毎|年間|先着|達し|期限|常時|当面|当分|交付決定|採択")
_WEB = compiled(r"(?:https?://|www\.)[!-~]+|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}+@[A-Za-z0-9.-]+")

_JOIN = compiled(
    r"\s*(?:[^\s~、。()0-9-]{0,6}分\s*|開始\s*|以降\s*)?(?:~|-|ー|→|から|より|ないし)\s*(?:~|-|ー|、)?\s*(?:最終|最大)?"
)
_OPENS = compiled(r"\s*(?:[(][^()]{1,10}[)])?\s*(?:の?(?:募集|受付|申請|公募)?開始|以降|以後|から|より|~|-(?=\s*(?:$|[、。(※]|予算|随時))|スタート|[^\s~、。()0-9-]{0,6}分から)")
_CLOSES = compiled(
    r"[)]?\s*(?:[(][^()]{1,10}[)])?\s*(?:の?\s?(?:当日)?消印|に?必着|まで|迄|以前|を?\s?(?:締め?切|〆切|期限)(?!日?\s?:)|厳守|限り|に?終了)"
)
_AFTER_TILDE = compiled(r"(?:~|から|より)\s*$")
_LABEL_START = compiled(r"(?:開始日?|開始時期|始期|受付開始|公募開始)\s*[はが:]?\s*$")
_LABEL_END = compiled(r"(?:締め?切り?日?|〆切り?日?|期限|最終|期日|締切日時|終期|終了日?)\s*[はが:]?\s*$")
_NO_PERIOD = compiled(r"\s*[)]?\s*(?:現在|時点|付け?(?![け近])|施行|改正|改訂|改定|版|更新|公布|制定|掲載|発行|予算|補正|当初予算|作成|発表|設立|創業|生まれ)")
_DURATION = compiled(r"\s?(?:以内|以上|未満|間|分(?!か)|額|当たり|あたり|/|ごと|毎|前|を限度|程度|を超え|目|給|報|号|例)")
_EVENT = compiled(
    r"(?P<event>(?:交付|助成|補助|採択|認定|指定|支給)(?:金の)?(?:決定|指定|内定)(?:通知)?(?:を受けた)?(?:書受領)?[日後]?|採択(?:通知)?[日後]?|内示[日後]?|契約(?:締結)?[日後]|認定[日後]|登録[日後]"
    r"|(?:公募|募集|受付|事業|補助事業)(?:開始|着手)[日後]?|着手[日後]|告示日|公布日|通知[日後]|指定[日後]|申請(?:書?(?:受理|受付))?[日後]|受理日|入居日|操業開始日|開業日)"
    r"(?:以降|以後|の翌日)?\s?(?:から|より|~|以降|以後)\s?(?:、|,)?\s?(?:概ね|原則)?\s?$"
)
_EVENT_ALONE = compiled(_EVENT.pattern.removesuffix(r"\s?(?:、|,)?\s?(?:概ね|原則)?\s?$") + r"(?!\s?(?:[0-9一二三四五六七八九十]+|数)\s?(?:日|か月|カ月|ヶ月|ケ月|ヵ月|箇月|週|年))")
_ROUND = compiled(
    r"第\s?(?P<n>[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s?(?:次(?!産業)|回|期|弾|ターム)"
    r"|(?<![0-9第])(?P<n>[0-9]{1,2}|[一二三四五六七八九])\s?(?:次(?=\s?(?:公募|募集|締|受付|申請|採択|[:(]|分|$|[0-9令R]))|回目)"
    r"|(?<![一-龠ァ-ヶ0-9])(?P<half>前期|後期|上期|下期|上半期|下半期|前半|後半)(?=\s?(?:公募|募集|締|受付|申請|分|[:(0-9令R]))"
)
_VAGUE_BEFORE = compiled(r"(?:多くは|例年|おおむね|概ね|だいたい|主に|一般に)\s*$")
_RECURRING = compiled(r"毎月\s*$|毎週[^、。]{0,4}$")
_MONTHLY = compiled(r"毎月\s?(?:の|第?[0-9]{1,2}\s?(?:日|週)|末日?|月末|[上中下]旬)[^、。\s()]{0,12}")
_YEARLY = compiled(r"(?:毎年度?(?:の)?|各年度?(?:の)?|申請年度?の|各年の|当該年度?の|実施年度の|例年)\s*[:、]?\s*$")

_RATE_NEAR = compiled(r"(?:率|割合|の)\s*[:は]?\s*$")
_RATE_AFTER = compiled(r"\s?(?:以内|補助|助成|を|の|相当|負担|[)、]?\s?上限|\(上限|程度|ずつ)")
_COUNTED = compiled(r"\s?に?\s?[0-9]")
_OF_LIFE = compiled(r"\s?(?:以前|以後|以降|まで)に、?(?:建築|建設|建て|新築|設立|創業|開業|生まれ|出生|転入|転居|婚姻|結婚)")
"""昭和56年5月31日以前に建築された住宅: who may apply, not when."""
_OPEN_BRACKET = compiled(r"\s?[(]")
_HEAD_START = compiled(r"開始|始期|(?:^|[/／])(?:自|から|始)$")
_HEAD_END = compiled(r"期限|締切|〆切|締め切|期日")
_PROSE = frozenset({"summary", "eligibility", "eligible_costs", "remarks", "contact", "rate_text", "amount_text", "name"})
_OTHER = ("vague_date", "recurring_date")


@dataclass(frozen=True, slots=True)
class _Range:
    """Dates that belong together, before the calendar: begin or end may be missing. opens, closes: what the words beside them say."""

    begin: Written | None
    end: Written | None
    start: int
    stop: int
    event: str | None = None
    yearly: bool = False


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
    ranges = list(_ranges(plain, written_dates(plain, dotted=own), ctx, own))
    found = _resolved(text, plain, ranges, ctx, own)
    marks = statuses(plain, own)
    found = _with_statuses(text, plain, found, marks)
    found += _events_alone(text, plain, ranges, own)
    return tuple(sorted(found, key=lambda f: (f.start, f.end)))


# ── from dates to ranges ─────────────────────────────────────────────────────────────────────────
def _ranges(plain: str, dates: list[Written], ctx: Context, own: bool) -> Iterator[_Range]:
    i, stop = 0, 0
    while i < len(dates):
        w = dates[i]
        i += 1
        if w.start < stop:
            continue
        join = _JOIN.match(plain, w.tail)
        end: Written | None = None
        if join is not None:
            while i < len(dates) and dates[i].start < join.end():
                i += 1
            if i < len(dates) and dates[i].start == join.end() and not _NO_PERIOD.match(plain, dates[i].tail):
                end = dates[i]
            else:
                end = short_end(plain, join.end(), w)
        previous = stop
        before = plain[max(previous, w.start - 40) : w.start]
        if end is not None and _plausible(plain, w, end, before, ctx, own):
            stop = end.tail
            yield _Range(w, end, w.start, max(end.tail, w.tail), yearly=bool(_YEARLY.search(before)))
            continue
        if not _plausible(plain, w, None, before, ctx, own):
            continue
        stop = w.tail
        event = _EVENT.search(before)
        begins, ends = _side(plain, w, before, event is not None, ctx, own)
        start = w.start
        if event is not None and ends:
            start = w.start - len(before) + event.start()
        yield _Range(w if begins else None, w if ends else None, start, w.tail, event["event"] if event and ends else None, bool(_YEARLY.search(before)))


def _side(plain: str, w: Written, before: str, event: bool, ctx: Context, own: bool) -> tuple[bool, bool]:
    """Whether a date that stands alone begins or ends its period (both: the period is that day, month or year)."""
    if not event and _LABEL_START.search(before):
        return True, False
    if event or _CLOSES.match(plain, w.tail):
        return False, True
    if _OPENS.match(plain, w.tail):
        return True, False
    if _LABEL_END.search(before) or _AFTER_TILDE.search(before):
        return False, True
    if w.form == "stamp":
        return (True, False) if w.midnight else (False, True)
    heading = fold(ctx.heading or "")
    if _HEAD_START.search(heading):
        return True, False
    if w.part == "末" or (w.part == "末日"):
        return False, True
    if w.day is None:
        return True, True
    if own or _HEAD_END.search(heading):
        return False, True
    return True, True


def _plausible(plain: str, w: Written, end: Written | None, before: str, ctx: Context, own: bool) -> bool:
    """Whether a written date is about a period at all: 1/2 is a rate, 3月以内 lasts three months, 令和8年度予算 is money."""
    last = end or w
    if _NO_PERIOD.match(plain, last.tail) and last.part is None:
        return False
    known = ctx.column == "period_text"
    after = plain[last.tail : last.tail + 24]
    clue = known or bool(CLUE.search(before)) or bool(CLUE.search(after))
    if w.form == "number" and w.end - w.start == 8 and plain[w.start : w.end].isdigit():
        return known or end is not None
    if w.form == "slash":
        if _RATE_NEAR.search(before) or _RATE_AFTER.match(plain, last.end):
            return False
        if known or w.weekday is not None:
            return True
        if end is None:
            return clue and bool(_OPENS.match(plain, w.tail) or _CLOSES.match(plain, w.tail) or LABELLED.search(before))
        return clue or (w.month or 0) > (w.day or 0) or (w.day or 0) > 12 or (end.month or 0) > (end.day or 0) or (end.day or 0) > 12
    if w.unit == "年度":
        if end is None and w.part in ("内", "中") and _COUNTED.match(after):
            return False  # 年度内50万円まで, 年度中に3回
        if end is not None or w.part is not None:
            return own or clue or w.relative is None
        if after[:1] in ("の", "は"):  # 令和8年度の受付は…: speaks of the year, gives no window
            return False
        alone = not before.strip() and not after.strip()
        return alone or known or bool(_CLOSES.match(plain, w.tail))
    if w.unit == "年":
        if end is not None:
            return True
        return bool(_OPENS.match(plain, w.tail) or _CLOSES.match(plain, w.tail)) or (known and not w.relative) or (own and not before.strip() and not after.strip())
    if w.year is None and w.relative is None and not own and not (clue or ROLES[0][1].search(after) or ROLES[1][1].search(after)):
        return False
    if w.day is None and w.part is None and end is None:
        if _DURATION.match(plain, w.end):
            return False
        edge = bool(_OPENS.match(plain, w.tail) or _CLOSES.match(plain, w.tail))
        if w.year is None and w.relative is None:
            return (edge and clue) or known
        return edge or clue or own
    return True


# ── from ranges to periods ───────────────────────────────────────────────────────────────────────
def _resolved(text: str, plain: str, ranges: list[_Range], ctx: Context, own: bool) -> list[Found[Period]]:
    rounds = list(each(_ROUND, plain))
    found: list[Found[Period]] = []
    anchor: date | None = None
    at = 0
    for n, r in enumerate(ranges):
        previous = ranges[n - 1].stop if n else 0
        following = ranges[n + 1].start if n + 1 < len(ranges) else len(plain)
        before = plain[max(previous, r.start - 40) : r.start]
        after = plain[r.stop : min(following, r.stop + 40)]
        while at < len(rounds) and rounds[at].end() <= previous:
            at += 1
        period, doubt = _dated(r, ctx.fiscal_year, anchor, before, _in_bracket(plain, r.start))
        explicit = [w for w in (r.end, r.begin) if w is not None and w.year is not None]
        if explicit:
            anchor = period.end or period.start or anchor
        number, start = _round(rounds, at, r, after)
        of_life = ctx.column != "period_text" and _OF_LIFE.match(after) is not None
        role = "other" if of_life or (doubt in _OTHER and period.start is None and period.end is None) else role_of(before, after, ctx, own, r.event)
        status = "yearly" if r.yearly else None
        period = replace(period, role=role, round=number, status=status, start_event=r.event)
        found.append(Found(period, text[start : r.stop], start, r.stop, doubt))
    return _without_bare_year(_paired(text, plain, found))


def _dated(r: _Range, fiscal_year: int | None, anchor: date | None, before: str, gloss: bool) -> tuple[Period, str | None]:
    begin, end = r.begin, r.end
    if _RECURRING.search(before):
        return Period("other"), "recurring_date"
    if begin is not None and end is not None and begin is not end:
        first_year, last_year = years_of(begin, end, fiscal_year, anchor)
        first, last = days(begin, first_year), days(end, last_year)
        rolled = end.year is None and not end.relative and begin.year is not None and last_year != first_year
    else:
        only = begin or end
        assert only is not None
        year = year_of(only, fiscal_year, anchor)
        first = last = days(only, year)
        rolled = False
    vague = bool(_VAGUE_BEFORE.search(before))
    only = begin or end
    hint = gloss and begin is end and only is not None and only.day is None and only.year is None and only.unit is None
    if vague or hint:  # 年１回（11月）, （多くは５月～８月）: an explanation, no window
        return Period("other"), "vague_date"
    start = first.first if begin is not None else None
    stop = last.last if end is not None else None
    doubts = [d for d in (first.doubt if begin is not None else None, last.doubt if end is not None else None) if d]
    doubt = doubts[0] if doubts else None
    relative = [w for w in (begin, end) if w is not None and w.relative in ("翌", "翌々", "来", "明", "翌年度", "来年度", "翌々年度")]
    if start is not None and stop is not None and stop < start:
        doubt = "end_before_start"
    elif doubt is None and rolled:
        doubt = "rolled_year"
    elif doubt is None and relative and anchor is None and (begin is None or begin is end or begin is relative[0]):
        doubt = "relative_year"
    precisions = [s.precision for s, w in ((first, begin), (last, end)) if w is not None and s.precision]
    precision = max(precisions, key=("day", "month", "year").index) if precisions else None
    return Period("application", None, start, stop, precision), doubt


def _without_bare_year(found: list[Found[Period]]) -> list[Found[Period]]:
    """令和8年度（申請期間は令和9年1月29日まで）: where the window itself is told, the fiscal year beside it is none."""
    told = [f for f in found if f.value.role == "application" and f.value.precision in ("day", "month")]
    return [f for f in found if not (told and f.value.precision == "year" and "年度" in f.text and f.value.role == "application")]


def _in_bracket(plain: str, at: int) -> bool:
    window = plain[max(0, at - 30) : at]
    return window.rfind("(") > window.rfind(")")


def _round(rounds: list[regex.Match[str]], at: int, r: _Range, after: str) -> tuple[int | None, int]:
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
            both = replace(last.value, end=p.end, precision=max(last.value.precision or "day", p.precision or "day", key=("day", "month", "year").index), status=p.status or last.value.status)
            out[-1] = Found(both, text[last.start : f.end], last.start, f.end, f.doubt)
        else:
            out.append(f)
    return out


def _with_statuses(text: str, plain: str, found: list[Found[Period]], marks: list[Status]) -> list[Found[Period]]:
    """Statuses joined to the dates they speak of; a status without dates is a period of its own."""
    if not marks:
        return found
    strongest = ("until_budget", "closed", "year_round", "rolling", "yearly")
    dated = [i for i, f in enumerate(found) if f.value.role == "application"]
    if not dated:
        by_strength = sorted(marks, key=lambda s: strongest.index(s.status))
        top = by_strength[0]
        joined = [s for s in marks if s.start >= 0]
        start, end = min(s.start for s in joined), max(s.end for s in joined)
        if end - start > 80:
            start, end = top.start, top.end
        end += plain[start:end].count("(") > plain[start:end].count(")") and plain[end : end + 1] == ")"
        return [*found, Found(Period("application", status=top.status), text[start:end], start, end, top.doubt)]
    out = list(found)
    for s in sorted(marks, key=lambda s: -strongest.index(s.status)):
        earlier = [i for i in dated if found[i].start < s.start]
        later = [i for i in dated if found[i].start > s.end]
        if later and earlier:
            targets = earlier[-1:]
        elif later:
            targets = later[:1] if s.status in ("rolling", "year_round", "yearly") else later
        elif plain[found[earlier[-1]].end : s.start].strip() in ("", "(", "~", "から", "~(", "まで(", "、"):
            targets = earlier[-1:]
        else:
            targets = earlier
        for i in targets:
            f = out[i]
            start, end = (min(f.start, s.start), max(f.end, s.end)) if len(targets) == 1 else (f.start, f.end)
            end += plain[start:end].count("(") > plain[start:end].count(")") and plain[end : end + 1] == ")"
            out[i] = Found(replace(f.value, status=s.status), text[start:end], start, end, f.doubt or s.doubt)
    return out


def _events_alone(text: str, plain: str, ranges: list[_Range], own: bool) -> list[Found[Period]]:
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
