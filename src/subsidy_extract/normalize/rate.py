"""Rate: a cell goes in; every rate of the subsidy in it comes out, numerator and denominator as published."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Context, Found, Rate
from subsidy_extract.normalize.money import role as roles
from subsidy_extract.normalize.money.figure import has_rate
from subsidy_extract.normalize.money.item import Item
from subsidy_extract.normalize.money.read import AMOUNT_COLUMNS, RATE_COLUMNS, bare_unit, read
from subsidy_extract.normalize.money.scope import PROSE, in_prose
from subsidy_extract.normalize.width import fold

_WHOLE = compiled(r"^\x20?(?:(?:補助|助成)率?\x20?:?\x20?)?全額(?:を)?(?:補助|助成|支給|負担)(?:する|します|いたします)?。?\x20?$")
_SAID = compiled(r"(?:補助|助成|支援|交付|負担|給付|補給|充当)(?:金)?(?:の)?(?:率|割合)|(?:^|[\s(、・:])率\x20?[:は]?\x20?$")
_LOAN = compiled(r"(?:利率|金利|利息|利子率|年利|保証料率|保証料|信用保証料|税率|手数料率|基準金利|貸付利率|融資利率|借入利率|利子)(?:は|が|:|、|を|に|で|\x20|年|固定|変動|一律|原則|最大|上限|[0-9.%~]|\(|\))*$|(?:^|[^0-9])年\x20?$|(?:固定|変動)(?:金利)?\x20?$")
_NEVER_SHARE = r"議決権|株式(?:の総数)?|株主|出資(?:金|総額|比率|額)?|持分|発行済\w{0,4}|総数|構成員|役員(?:総数)?|委員|会員|従業員(?:数|の)?|延べ?床(?:面積)?|床面積|面積|所有|出席者?|過半|総会"
_NEVER_PERCENT = r"売上高?|売上総利益|生産額|付加価値額?|利益|収入|所得|賃金|給与|給与支給総額|価格|コスト|消費量|排出量|使用量|稼働率|成長率|伸び率|増加率|減少率|充足率|利用率|出席率|高齢化率|空室率|割合が|比率|シェア|消費税|税率|温室効果ガス|CO2|濃度|含有|湿度|前年|前年比|同期比|同月比|同月|目標|達成率?|自給率|進捗率?|平均|年率"
_BORNE = compiled(r"(?:自己|事業者|利用者|受益者|本人|申請者|農家|地元)負担(?:率|分|額|割合)?\x20?[:はが]?\x20?$|(?:補助|助成|交付)金?(?:交付|申請)?(?:総)?額の\x20?$")
"""What the applicant pays is no rate of the subsidy, nor is a share of the subsidy itself."""
_NEVER = compiled(rf"(?:{_NEVER_SHARE}|{_NEVER_PERCENT})(?:が|は|を|の|に|で|も|より|と比べて?|と比較して|比|以上|対前年|前年|同月|同期|約|概ね|おおむね|おおよそ|年率|平均|、)*\x20?$")
_CONDITION = compiled(
    r"\x20?(?:程度)?(?:以上(?!\x20*(?:$|[、。)/]))|超|を?超え(?!ない)|未満(?!で補助)|を所有|を占め|以下(?:の(?:者|事業|企業|市|減)|である)|(?:以上)?(?:の)?(?:減少|増加|向上|削減|上昇|低下|低減|改善|縮減|減|増|引上げ|引き上げ|引下げ|アップ|ダウン|割引|引き|OFF|オフ)|が(?:必要|減少|増加))"
)
_NOT_FRACTION_AFTER = compiled(r"\x20?(?:次|回|期|日|月(?!額)|時|頁|ページ|号|歳|人|名|t(?![a-z])|kg|インチ|スケール|サイズ|まで(?:の間|に|受付)|[(](?:月|火|水|木|金|土|日|祝)[)曜・]|[a-zA-Z])")
_DATE_WORDS = compiled(r"(?:受付|申請期間|期間|募集|公募|締切|〆切|締め切り|開催|日程|日時|予約|提出|開始|終了|随時|実施日)[^。額率円%]{0,12}$")
_PLAUSIBLE = frozenset({2, 3, 4, 5, 6, 8, 10, 20, 100})
"""Denominators that need nothing beside them; another (3/7, 5/12) must be called a rate."""
_GIVEN = compiled(r"^(?:以内|以下|\x20|\)|】|>|相当|額|分|の額|程度)*(?:を|まで|の)?(?:上限に|限度に)?(?:助成|補助|支援|交付|負担|給付|支給|補填|保証|還元)")
_BASE = compiled(r"(?:経費|費用?|料|代金?|金額|額|賃金|家賃|単価|価格|差額|総額|利子|損失|相当)(?:\([^()]{0,20}\))?(?:等|など)?(?:の合計額?)?(?:の|に対して?|について)(?:うち)?(?:、)?(?:最大|上限|概ね|約|原則)?\x20?$|×\x20?$")


_FUNDER = r"(?<![一-龥])(?:国|都|道|府|県|市|区|町|村|市町村|市区町村|都道府県)(?:費|庫)?(?:補助)?\x20?:?\x20?"
_FUNDERS = compiled(rf"{_FUNDER}[0-9]{{1,2}}\x20?/\x20?[0-9]{{1,2}}(?![0-9/])")
_OF_FUNDER = compiled(rf"{_FUNDER}$")
"""国:2/3、市区町村:1/12: who pays which share, so any denominator."""


@lru_cache(maxsize=256)
def _shared(folded: str) -> bool:
    """Whether two funders and their shares stand in a text."""
    first = _FUNDERS.search(folded)
    return first is not None and _FUNDERS.search(folded, first.end()) is not None


def rates(text: str, ctx: Context) -> tuple[Found[Rate], ...]:
    """The subsidy's rates in the order of the text; spans are true on `text`.

    Dates (4/1～9/30), ISO numbers, interest (年1.5％), conditions (売上が10％以上減少, 3分の2以上を所有) are none. A rate above 1 is
    an error of the list: none here, rate_above_1 in `doubts`.
    """
    folded = fold(text)
    if not has_rate(folded):
        return ()
    whole = _WHOLE.match(folded)
    if whole:
        at = folded.index("全額")
        return (Found(Rate(1.0, 1.0, "exact"), text[at : at + 2], at, at + 2),)
    try:
        items = read(folded, bare_unit(folded, ctx.column, ctx.unit, ctx.heading))
    except TimeoutError:
        return ()
    kept = _kept(items, folded, ctx)
    bounds = _bounds(kept, folded)
    return tuple(
        Found(Rate(*i.figure.ratio, bound, _scope(i, folded, ctx)), text[i.figure.start : i.figure.end], i.figure.start, i.figure.end) for i, bound in zip(kept, bounds, strict=True)
    )


def _scope(item: Item, folded: str, ctx: Context) -> str | None:
    return in_prose(folded, item.scope, item.figure.start, item.figure.end) if ctx.column in PROSE else item.scope


def doubts(text: str, ctx: Context) -> tuple[Found[str], ...]:
    """rate_above_1: a fraction or percentage above 1 where a rate should stand."""
    folded = fold(text)
    if not has_rate(folded) or ctx.column in AMOUNT_COLUMNS:
        return ()
    try:
        items = read(folded, bare_unit(folded, ctx.column, ctx.unit, ctx.heading))
    except TimeoutError:
        return ()
    said = ctx.column in RATE_COLUMNS
    days = {id(i.pair) for i in items if i.pair is not None and _dated(i)}
    return tuple(
        Found("rate_above_1", text[i.figure.start : i.figure.end], i.figure.start, i.figure.end, "rate_above_1")
        for i in items
        if i.figure.doubt == "rate_above_1" and not i.dropped and (said or _SAID.search(i.prefix)) and not _dated(i) and id(i) not in days
    )


def _kept(items: Sequence[Item], folded: str, ctx: Context) -> list[Item]:
    column = ctx.column in RATE_COLUMNS
    prose = ctx.column is not None and not column and ctx.column not in AMOUNT_COLUMNS
    kept: list[Item] = []
    refused: set[int] = set()
    for item in items:
        if item.figure.kind != "rate" or item.figure.doubt or item.dropped:
            continue
        said = _SAID.search(item.prefix[-30:]) is not None
        if item.pair is not None and (item.pair.figure.doubt or id(item.pair) in refused) and not said:
            refused.add(id(item))
            continue  # 4/1～9/30
        if not _is_rate(item, folded, column, prose, said):
            if item.pair is not None and item.pair in kept and item.figure.form == "frac":
                kept.remove(item.pair)
            refused.add(id(item))
            continue
        kept.append(item)
    return kept


def _is_rate(item: Item, folded: str, column: bool, prose: bool, said: bool) -> bool:
    figure, prefix = item.figure, item.prefix[-40:]
    above = folded[figure.end : figure.end + 24]
    if _BORNE.search(prefix) or (_CONDITION.match(above) and not said):
        return False
    numerator, denominator = figure.ratio
    if figure.form == "frac":
        if _NOT_FRACTION_AFTER.match(above) or (_dated(item) and not said):
            return False
        if denominator not in _PLAUSIBLE and not (column or said or _BASE.search(prefix) or (_OF_FUNDER.search(prefix) and _shared(folded))):
            return False
        if numerator != int(numerator) and denominator not in (10, 100) and not (column or said) :
            return False
    if figure.form in ("pct", "wari", "half"):
        if not said and _LOAN.search(prefix):
            return False
        if _NEVER.search(prefix) and not said and not _BASE.search(prefix):
            return False
        if prose and not said and not _BASE.search(prefix) and not _GIVEN.match(above) and item.role != roles.CAP and item.parent is None:
            return False
    elif not said and not column and _NEVER.search(prefix) and not _BASE.search(prefix):
        return False
    return True


def _dated(item: Item) -> bool:
    """3/6～4/30, 受付は4/10から: a fraction that is a day of the year."""
    if item.figure.form != "frac":
        return False
    if _DATE_WORDS.search(item.prefix[-24:]) and not _RATE_NEAR.search(item.prefix[-24:]):
        return True
    other = item.pair
    return other is not None and other.figure.form == "frac" and not (_whole(item) and _whole(other))


_RATE_NEAR = compiled(r"率|割合|費の|額の|料の|経費")


def _whole(item: Item) -> bool:
    numerator, denominator = item.figure.ratio
    if denominator not in _PLAUSIBLE or numerator > denominator:
        return False
    return denominator in (10, 100) or all(numerator % k or denominator % k for k in (2, 3, 5))


def _bounds(kept: list[Item], folded: str) -> list[str]:
    """up_to for 以内, まで, 以下, 最大; shared backward over 又は and 〜 (2/3又は1/2以内)."""
    bounds = ["up_to" if i.role == roles.CAP and i.how in ("word", "suffix", "bracket", "group") else "exact" for i in kept]
    for at in range(len(kept) - 1, 0, -1):
        item, before = kept[at], kept[at - 1]
        gap = folded[before.tail or before.figure.end : item.figure.start]
        if bounds[at] == "up_to" and item.how == "suffix" and not before.how and not item.own_scope and regex.fullmatch(r"\x20?(?:又は|または|若しくは|もしくは|~|・|-)\x20?", gap):
            bounds[at - 1] = "up_to"
    return bounds
