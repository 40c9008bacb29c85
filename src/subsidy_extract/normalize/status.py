"""Statuses: folded text goes in; the words that say a call is open until the budget is gone, all year, at any time, or closed come out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from subsidy_extract.compiled import compiled
from subsidy_extract.normalize.patterns import each


@dataclass(frozen=True, slots=True)
class Status:
    """text[start:end] says `status` (a value of Period.status)."""

    status: str
    start: int
    end: int
    doubt: str | None = None


_APPLY = r"(?:受付|受け付け|募集|公募|申請|応募|申込み?|申し込み|エントリー|受理)"
_GONE = (
    r"(?:が?\s?(?:なくなり|無くなり|なくなる|無くなる|無くなった|なくなった|尽き|切れ)|[にへ]?\s?(?:達し|到達|達する|達した)|を?\s?(?:超え|超過|上回)|が?\s?(?:終了|終わり|枯渇|満了|消化|満額)|の?\s?(?:限度|上限))"
)
_BUDGET = compiled(
    rf"予\s?算(?:額|枠|総額|上限)?(?:の(?:上限|限度|範囲|枠|総額)(?:額)?)?\s?(?:\([^()]{{1,30}}\))?[^。、\s※()]{{0,8}}?{_GONE}[^。\s※()]{{0,10}}?(?:次第|時点|場合|まで|終了|締め?切|打ち?切)(?:[^。\s※()]{{0,14}}?(?:終了|締め?切|〆切|打ち?切)(?:り|します|とします|予定)?)?"
    r"|(?:無くなり|なくなり)次第[^。、\s※()]{0,8}(?:終了|締め?切|〆切|打ち?切)"
    r"|予算次第で?(?:受付|募集)?(?:終了|締め?切)|予算(?:額)?の?(?:範囲内|範囲|枠内|限り|終了)(?:で|まで)?(?:の)?(?:随時)?(?:受付|募集|先着)?"
)
_SPENT = compiled(r"(?:達し|到達し|超え|なくなり|無くなり|なくなっ|無くなっ|終了し)(?:た|ました)(?:ため|ので|ことから|ことにより)")
"""予算額に達したため受付終了: it has happened."""
_QUOTA = compiled(
    r"(?:定員|予定(?:件|台|戸|基|社|者)?数|募集(?:件|台|戸|社|定員|枠|予定)数?|件数|台数|上限(?:件|台)数|[0-9]+(?:件|台|社|名|戸))[^。、\s※()]{0,6}?(?:に?達し|に?到達|になり|を超え)[^。\s※()]{0,10}?(?:次第|時点|まで|場合)"
    r"(?:[^。\s※()]{0,14}?(?:終了|締め?切|〆切|打ち?切))?"
)
_ROLLING = compiled(
    rf"(?:{_APPLY}[はをも]?\s?)?随\s?時(?:に|で)?(?P<own>{_APPLY})?(?P<other>相談|更新|見直|開催|実施|対応|お?問|変更|公表|掲載|お知らせ|追加|提供|確認|支払|訪問|派遣)?"
    r"|(?P<free>(?:当面|当分)の間|(?:受付|募集|申請)?(?:期間|期限|締切|締め切り)の?(?:定め|設定)?(?:は|が)?(?:なし|無し|ありません|ない)|常時(?:受付|募集|申請|公募)|いつでも(?:申請|受付|応募|申込)[^。]{0,4})"
)
_YEAR_ROUND = compiled(rf"通\s?年(?P<own>{_APPLY}|で)?(?P<other>雇用|営業|開催|観光|栽培|操業|利用|運航|出荷)?|(?P<own>年間を通じ)て?|(?P<own>1年を通じ)て?")
_YEARLY = compiled(rf"年\s?[1-9一二三四]\s?回\s?(?:程度)?\s?(?:の|を|で)?\s?(?P<own>{_APPLY}|実施|開催)|毎年度?(?P<own>[^。、]{{0,6}}{_APPLY})|毎年度?(?P<bare>\s*$)")
_CLOSED = compiled(
    r"(?:受付|受け付け|募集|公募|申請|応募|申込|今年度(?:の募集|の受付)?|本年度(?:の募集|の受付)?)[はを]?\s?(?:すでに|既に)?\s?(?:終了|締切|締め切り|〆切)(?:しま?した|いたしました|済み?|(?P<bare>\s*[)】]?\s*$)|(?=\s*[)】]))"
    r"|締め?切り?済み?|受付済み?(?=\s*$)|(?P<bare>^\s*[【(]?\s*(?:終了|募集終了|受付終了|公募終了|終了しました|終了済み?)\s*[)】]?\s*$)"
)
_NOT_HELD = compiled(
    r"(?:募集|受付|受け付け|公募|実施|交付)(?:の?予定)?(?:は|を)?\s?(?:しません|しない|いたしません|行いません|行わない|行っていません|しておりません|ありません|ございません|なし|無し|停止|休止|中止|見送り|見合わせ)"
)
"""令和8年度は募集しません."""
_OF_ANOTHER = compiled(r"(?:相談|問い?合わ?せ|説明会|質問|見学)(?:[^。、\s:]{0,3}[:は、]|\s)?\s*$")
"""事前相談：随時: what one may do at any time is something else."""
_LOOSE = compiled(r"予算(?:額)?の?(?:範囲内|範囲|枠内)")
_TAKING = compiled(r"随時|受付|募集|先着")
_HELD = compiled(r"実施|開催")
_STANDS_ALONE = compiled(r"\s*(?:で|まで)?\s*(?:[)。、,]|$|受付|募集|随時|先着|終了)")
_WHEN = compiled(r"(?:次第|時点で?|場合(?:は|には)?|なくなり|達し|まで)[^。]{0,12}$")
_NEAR = compiled(rf"{_APPLY}|期間|時期|先着|締")


def statuses(plain: str, own: bool) -> list[Status]:
    """The statuses a folded text says, in order. own: the text is about applying (a column of periods, or nothing known of
    it); in prose a status counts only beside a word of applying."""
    found = [status for signs, read in _KINDS if any(sign in plain for sign in signs) for status in read(plain, own)]
    if "終了" in plain or "済" in plain or "切" in plain:
        found += _closed(plain, found)
    return sorted(found, key=lambda s: (s.start, s.end))


def _budget(plain: str, own: bool) -> Iterator[Status]:
    for m in each(_BUDGET, plain):
        if _LOOSE.match(m.group()) and not (_TAKING.search(m.group()) or (own and _free_standing(plain, m.end()))):
            continue
        if own or _beside(plain, m.start(), m.end()):
            yield Status("closed" if _SPENT.search(m.group()) else "until_budget", m.start(), m.end())


def _quota(plain: str, own: bool) -> Iterator[Status]:
    for m in each(_QUOTA, plain):
        if own or _beside(plain, m.start(), m.end()):
            yield Status("until_budget", m.start(), m.end(), "until_quota")


def _rolling(plain: str, own: bool) -> Iterator[Status]:
    for m in each(_ROLLING, plain):
        if m["other"] or (m["free"] and "の間" in m["free"] and not own) or _OF_ANOTHER.search(plain[max(0, m.start() - 16) : m.start()]):
            continue
        if own or m["own"] or m["free"] or _NEAR.search(plain[max(0, m.start() - 12) : m.end()]):
            yield Status("rolling", m.start(), m.end())


def _year_round(plain: str, own: bool) -> Iterator[Status]:
    for m in each(_YEAR_ROUND, plain):
        if not m["other"] and (own or (m["own"] and m["own"] != "で") or _NEAR.search(plain[max(0, m.start() - 12) : m.start()])):
            yield Status("year_round", m.start(), m.end())


def _yearly(plain: str, own: bool) -> Iterator[Status]:
    for m in each(_YEARLY, plain):
        if own or (m["own"] and not _HELD.fullmatch(m["own"])):
            yield Status("yearly", m.start(), m.end())


def _not_held(plain: str, own: bool) -> Iterator[Status]:
    for m in each(_NOT_HELD, plain):
        if own:
            yield Status("closed", m.start(), m.end())


def _closed(plain: str, found: list[Status]) -> list[Status]:
    """終了しました; not 予算がなくなり次第終了, nor what another status has said already."""
    return [
        Status("closed", m.start(), m.end())
        for m in each(_CLOSED, plain)
        if not _WHEN.search(plain[max(0, m.start() - 20) : m.start()]) and not any(s.start < m.end() and m.start() < s.end for s in found)
    ]


_KINDS = (
    (("予", "くなり次第"), _budget),
    (("達し", "到達", "になり"), _quota),
    (("随", "期", "の間", "常時", "いつ", "締"), _rolling),
    (("年",), _year_round),
    (("年",), _yearly),
    (("ません", "し", "止", "見"), _not_held),
)
"""Signs without which a kind of status can't be said, and what reads it: most texts have none of them."""


def _beside(plain: str, start: int, end: int) -> bool:
    return _NEAR.search(plain[max(0, start - 20) : start]) is not None or _NEAR.search(plain[start : end + 16]) is not None


def _free_standing(plain: str, end: int) -> bool:
    """～予算の範囲内, 予算の範囲内で随時: about the window; 予算の範囲内で補助する: about money."""
    return _STANDS_ALONE.match(plain[end : end + 12]) is not None
