"""Ranges: written dates and the text they stand in go in; those that are about a period come out in pairs or alone, before the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Context
from subsidy_extract.normalize.dates import Written, short_end
from subsidy_extract.normalize.purpose import CLUE, LABELLED, ROLES
from subsidy_extract.normalize.width import fold

BEFORE = 40
"""Characters before a date that can speak of it; no label of a list read so far is longer."""
_AFTER = 24
"""Characters behind a date in which a word of applying makes it one of a window."""

_JOIN = compiled(
    r"\s*(?:[^\s~、。()0-9-]{0,6}分\s*|開始\s*|以降\s*)?(?:~|-|ー|[→⇒⇨➔▶►]|から|より|ないし|、?至)\s*(?:~|-|ー|、)?\s*(?:最終|最大)?"
)
_OPENS = compiled(r"\s*(?:[(][^()]{1,10}[)])?\s*(?:の?(?:募集|受付|申請|公募)?開始|以降|以後|から|より|~|-(?=\s*(?:$|[、。(※]|予算|随時))|スタート|[^\s~、。()0-9-]{0,6}分から)")
_CLOSES = compiled(
    r"[)]?\s*(?:[(][^()]{1,10}[)])?\s*(?:の?\s?(?:当日)?消印|に?必着|まで|迄|以前|を?\s?(?:締め?切|〆切|期限)(?!日?\s?:)|厳守|限り|に?終了)"
)
_AFTER_TILDE = compiled(r"(?:~|から|より)\s*$")
_LABEL_START = compiled(r"(?:(?<![ぁ-ん一-龠])自|開始日?|開始時期|始期|受付開始|公募開始)\s*[はが:]?\s*$")
_LABEL_END = compiled(r"(?:締め?切り?日?|〆切り?日?|期限|最終|期日|締切日時|終期|終了日?)\s*[はが:]?\s*$")
_HEAD_START = compiled(r"開始|始期|(?:^|[/／])(?:自|から|始)$")
_HEAD_END = compiled(r"期限|締切|〆切|締め切|期日")
_NO_PERIOD = compiled(r"\s*[)]?\s*(?:現在|時点|付け?(?![け近])|施行|改正|改訂|改定|版|更新|公布|制定|掲載|発行|予算|補正|当初予算|作成|発表|設立|創業|生まれ)")
_EXCEPTED = compiled(r"\s?(?:は|を|に)?\s?(?:除[くきい外]|休業|休館|お?休み|閉庁)")
"""8月13日～15日を除く."""
_DURATION = compiled(r"\s?(?:以内|以上|未満|間|分(?!か)|額|当たり|あたり|/|ごと|毎|前|を限度|程度|を超え|目|給|報|号|例)")
_RATE_NEAR = compiled(r"(?:率|割合|の)\s*[:は]?\s*$")
_RATE_AFTER = compiled(r"\s?(?:以内|補助|助成|を|の|相当|負担|[)、]?\s?上限|\(上限|程度|ずつ)")
_COUNTED = compiled(r"\s?に?\s?[0-9]")
_SPOKEN_OF = compiled(r"分?[のは]|\s?(?:実施|募集|受付|公募|申請)(?:の?予定)?は?\s?(?:なし|無し|しな|しませ|あり|終了|停止|休止|中止|見送|見合)")
"""令和8年度の受付は…, 令和8年度募集終了: speaks of the year, gives no window."""
_YEARLY = compiled(r"(?:毎年度?(?:の)?|各年度?(?:の)?|申請年度?の|各年の|当該年度?の|実施年度の|例年)\s*[:、]?\s*$")
EVENT = compiled(
    r"(?P<event>(?:交付|助成|補助|採択|認定|指定|支給)(?:金の)?(?:決定|指定|内定)(?:通知)?(?:を受けた)?(?:書受領)?[日後]?|採択(?:通知)?[日後]?|内示[日後]?|契約(?:締結)?[日後]|認定[日後]|登録[日後]"
    r"|(?:公募|募集|受付|事業|補助事業)(?:開始|着手)[日後]?|着手[日後]|告示日|公布日|通知[日後]|指定[日後]|申請(?:書?(?:受理|受付))?[日後]|受理日|入居日|操業開始日|開業日)"
    r"(?:以降|以後|の翌日)?\s?(?:から|より|~|以降|以後)\s?(?:、|,)?\s?(?:概ね|原則)?\s?$"
)


@dataclass(frozen=True, slots=True)
class Range:
    """Dates that belong together at text[start:stop]; begin or end may be missing, and both may be the same date.

    event: what it begins with, where that is no day (交付決定日から). yearly: the words before say 毎年.
    """

    begin: Written | None
    end: Written | None
    start: int
    stop: int
    event: str | None = None
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    """A date where it stands. end: the date that closes its range, None where it stands alone. known: its column is that of
    periods; own: that, or nothing is known of its column; clue: a word of applying stands near."""

    plain: str
    date: Written
    end: Written | None
    before: str
    after: str
    known: bool
    own: bool
    clue: bool

    @property
    def edge(self) -> bool:
        """から or まで stands behind it."""
        return bool(_OPENS.match(self.plain, self.date.tail) or _CLOSES.match(self.plain, self.date.tail))

    @property
    def alone(self) -> bool:
        """It is all the text there is near."""
        return not self.before.strip() and not self.after.strip()


def ranges(plain: str, dates: list[Written], ctx: Context, own: bool) -> Iterator[Range]:
    """The ranges of a folded text, in order. own: the text is about applying (a column of periods, or nothing known of it)."""
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
        if _EXCEPTED.match(plain, (end or w).tail):
            stop = max(stop, (end or w).tail)
            continue
        before = plain[max(stop, w.start - BEFORE) : w.start]
        yearly = bool(_YEARLY.search(before))
        if end is not None and _about_a_period(plain, w, end, before, ctx, own):
            stop = end.tail
            yield Range(w, end, w.start, max(end.tail, w.tail), yearly=yearly)
            continue
        if not _about_a_period(plain, w, None, before, ctx, own):
            continue
        stop = w.tail
        event = EVENT.search(before)
        begins, ends = _side(plain, w, before, event is not None, ctx, own)
        of_event = event if ends else None
        start = w.start - len(before) + of_event.start() if of_event else w.start
        yield Range(w if begins else None, w if ends else None, start, w.tail, of_event["event"] if of_event else None, yearly)


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
    if w.part in ("末", "末日"):
        return False, True
    if w.day is None:
        return True, True
    if own or _HEAD_END.search(heading):
        return False, True
    return True, True


# ── is it about a period? ────────────────────────────────────────────────────────────────────────
def _about_a_period(plain: str, w: Written, end: Written | None, before: str, ctx: Context, own: bool) -> bool:
    """Whether a written date is about a period at all: 1/2 is a rate, 3月以内 lasts three months, 令和8年度予算 is money."""
    last = end or w
    if last.part is None and _NO_PERIOD.match(plain, last.tail):
        return False
    known = ctx.column == "period_text"
    after = plain[last.tail : last.tail + _AFTER]
    seen = _Seen(plain, w, end, before, after, known, own, known or bool(CLUE.search(before) or CLUE.search(after)))
    if w.form == "number" and plain[w.start : w.end].isdigit():  # 20260401; in prose it may count anything
        return known or end is not None
    if w.form == "slash":
        return _slash(seen)
    if w.unit == "年度":
        return _fiscal_year(seen)
    if w.unit == "年":
        return _year(seen)
    return _month_or_day(seen)


def _slash(seen: _Seen) -> bool:
    """4/1, which may be a rate."""
    w, end = seen.date, seen.end
    if _RATE_NEAR.search(seen.before) or _RATE_AFTER.match(seen.plain, (end or w).end):
        return False
    if seen.known or w.weekday is not None:
        return True
    if end is None:
        return seen.clue and (seen.edge or bool(LABELLED.search(seen.before)))
    return seen.clue or _no_rate(w) or _no_rate(end)


def _no_rate(w: Written) -> bool:
    """12/1 and 4/15: more than the whole, or of a denominator no rate has."""
    return (w.month or 0) > (w.day or 0) or (w.day or 0) > 12


def _fiscal_year(seen: _Seen) -> bool:
    """令和8年度, 年度末, 年度内."""
    w = seen.date
    if seen.end is None and w.part in ("内", "中") and _COUNTED.match(seen.after):
        return False  # 年度内50万円まで, 年度中に3回
    if seen.end is not None or w.part is not None:
        return seen.own or seen.clue or w.relative is None
    if _SPOKEN_OF.match(seen.after):
        return False
    return seen.alone or seen.known or bool(_CLOSES.match(seen.plain, w.tail))


def _year(seen: _Seen) -> bool:
    """令和8年."""
    return seen.end is not None or seen.edge or (seen.known and not seen.date.relative) or (seen.own and seen.alone)


def _month_or_day(seen: _Seen) -> bool:
    """4月1日, 令和8年4月, 3月末. In prose one without a year needs a word of applying or of use."""
    w = seen.date
    yearless = w.year is None and w.relative is None
    if yearless and not (seen.own or seen.clue or any(pattern.search(seen.after) for _, pattern in ROLES[:2])):
        return False
    if w.day is not None or w.part is not None or seen.end is not None:
        return True
    if _DURATION.match(seen.plain, w.end):
        return False
    if yearless:
        return (seen.edge and seen.clue) or seen.known
    return seen.edge or seen.clue or seen.own
