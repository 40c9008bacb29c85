"""Amount: a cell goes in; every sum of the subsidy in it comes out with role, per and scope, exact in yen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Amount, Context, Found
from subsidy_extract.normalize.money import per as pers
from subsidy_extract.normalize.money import role as roles
from subsidy_extract.normalize.money.figure import has_yen
from subsidy_extract.normalize.money.item import Item
from subsidy_extract.normalize.money.read import AMOUNT_COLUMNS, LONGEST, MOST, RATE_COLUMNS, bare_unit, read
from subsidy_extract.normalize.money.scope import PROSE, in_prose
from subsidy_extract.normalize.patterns import each
from subsidy_extract.normalize.width import fold

_NEVER = (
    r"資本金|資本の額|出資金|出資総額|出資の総額|売上(?:高|金額|額)?|年商|所得(?:金額|額)?|年収|収入(?:金額|額)?|最低賃金|賃金額?|給与額?|時給|時間給|時間額|日給|報酬|予算(?:総?額|規模)?|総事業費|"
    r"投資(?:総?額)?|投下固定資産\w{0,6}|取得(?:価額|価格|金額|費)|(?:販売|購入|本体|税抜)?価格|価額|定価|契約(?:金額|額)|請負(?:代金|金額)?額?|見積(?:金額|額)|自己負担(?:額|金)?|利用者負担額?|負担(?:額|金)|"
    r"会費|参加費|受講料|入場料|入館料|利用料金?|使用料|課税(?:\w{0,4})額?|税額|評価額|(?:既)?借入(?:金額|残高|金|額)?|残高|純資産|総資産|経常利益|営業利益|利益|寄[附付]金額?|支払額|生産額|出荷額|輸出額|被害額|損害額|損失額|人口|商品券|クーポン|ポイント|円相場"
)
_SOFT = r"対象経費|経費|費用?|料金?|代金?|総額|単価|金額|額|家賃|賃料"
_AFTER_NOUN = r"(?:の)?(?:の額|の総額|合計|総額|年額|月額|税抜|税込|税別|1(?:台|件|人|点|基|式|回)\x20?(?:当たり|あたり|につき)?|単価|\([^()]{0,12}\)|\x20|の|が|は|も|で|:|、)*(?:約|概ね|おおむね|年間|年|月|1人|最低|原則)?\x20?$"
_NO_SUBSIDY = compiled(rf"(?:{_NEVER}){_AFTER_NOUN}")
_COST = compiled(rf"(?:{_SOFT}|{_NEVER}){_AFTER_NOUN}")
_REMAINDER = compiled(r"\x20?(?:未満|以下)?(?:の)?(?:金額|端数)?(?:は|を|が|の端数)?(?:、)?(?:これを)?(?:切|四捨|端数)|(?:単位|券|玉|硬貨)")
_COST_FLOOR = compiled(r"\x20?(?:以上|超|を超え)")
_MEASURE = compiled(r"\x20?(?:ごと|毎に|につき)")
"""売上100万円につき1万円, 1,000円ごとに10円: what the subsidy is measured by."""
_WORKED = compiled(r"\x20?\)?\x20?[×xX*]\x20?[0-9.]+\x20?(?:/\x20?[0-9]|分の|%|割)|\x20?を(?:控除|差し?引|減じ)")
"""200万円×1/2, （経費－10万円）×1/2: figures of a calculation whose outcome nobody says."""
_RAISED = compiled(r"\x20?(?:以上)?の?(?:引き?上げ|引上)")
_WAGE = compiled(r"(?:賃金|時給|時間給|時間額|日給|給与|給料)[^。、上限額]{0,12}$")
"""時給を50円引き上げた場合: what the employer pays more, a condition. 上限額を50万円引き上げ is the subsidy's."""
_EVIDENCE = compiled(r"補助|助成|支給|交付|支援|給付|奨励|補填|融資|貸付|限度|上限|最大|加算|賞金|謝礼|祝金|祝い金|見舞金|報償|キャッシュバック|還元|定額|限り|保証")
_LISTED = compiled(r"(?<![0-9第令和成RH.,、月年-])(?P<said>[0-9,.]{1,9}(?:\x20?、\x20?[0-9,.]{1,9})*)\x20?、\x20?(?=[0-9,.]{1,9}\x20?[百千万億]{0,2}円)")
"""10、20、30万円: only the last of them has a unit."""
_SENTENCE_END = "。\n"


@dataclass(slots=True)
class _Sum:
    """One item on its way to a value: what the judging may still change."""

    item: Item
    role: str
    how: str


def amounts(text: str, ctx: Context) -> tuple[Found[Amount], ...]:
    """The subsidy's sums in the order of the text, in yen; spans are true on `text`.

    A figure without a unit is no amount unless the heading has one (ctx.unit 千円, or （千円） in ctx.heading); see `doubts`.
    A range gives a floor and a cap. Sums that are none of the subsidy (資本金3億円以下, 予算額, workings in brackets) are left out.
    """
    folded = fold(text)
    unit = bare_unit(folded, ctx.column, ctx.unit, ctx.heading)
    if not unit and not has_yen(folded):
        return ()
    try:
        items = read(folded, unit)
    except TimeoutError:
        return ()
    sums = _sums(items, folded, ctx)
    each = pers.of_heading(fold(ctx.heading)) if ctx.heading and ctx.column in AMOUNT_COLUMNS else None
    return tuple(
        Found(Amount(s.role, s.item.figure.yen, s.item.per or each, _scope(s.item, folded, ctx)), text[s.item.figure.start : s.item.figure.end], s.item.figure.start, s.item.figure.end)
        for s in sums
    )


def _scope(item: Item, folded: str, ctx: Context) -> str | None:
    return in_prose(folded, item.scope, item.figure.start, item.figure.end) if ctx.column in PROSE else item.scope


def doubts(text: str, ctx: Context) -> tuple[Found[str], ...]:
    """What looks like a sum and gave none, by code: unit_missing (a bare figure in an amount column), amount_unreadable,
    amount_not_whole_yen, text_too_long."""
    folded = fold(text)
    found: list[Found[str]] = []
    unit = bare_unit(folded, ctx.column, ctx.unit, ctx.heading)
    try:
        items = read(folded, unit)
        if len(items) >= MOST:
            found.append(Found("text_too_long", text, 0, len(text), "text_too_long"))
        for item in items:
            if item.figure.doubt and item.figure.kind == "yen":
                span = slice(item.figure.start, item.figure.end)
                found.append(Found(item.figure.doubt, text[span], span.start, span.stop, item.figure.doubt))
    except TimeoutError:
        return (Found("text_too_hard", text, 0, len(text), "text_too_hard"),)
    if ctx.column in AMOUNT_COLUMNS and "、" in folded:
        read_so_far = [(i.figure.start, i.figure.end) for i in items]
        for m in each(_LISTED, folded):
            if not any(a < m.end("said") and m.start() < b for a, b in read_so_far):
                found.append(Found("unit_missing", text[m.start() : m.end("said")], m.start(), m.end("said"), "unit_missing"))
    if not unit and ctx.column in AMOUNT_COLUMNS and not found and not has_yen(folded):
        # what would be sums if the heading had a unit
        for item in _unitless(folded):
            span = slice(item.figure.start, item.figure.end)
            found.append(Found("unit_missing", text[span], span.start, span.stop, "unit_missing"))
    if len(text) > LONGEST:
        found.append(Found("text_too_long", text[LONGEST:], LONGEST, len(text), "text_too_long"))
    return tuple(found)


def _unitless(folded: str) -> list[Item]:
    try:
        return [item for item in read(folded, 1) if item.figure.kind == "yen" and not item.figure.doubt and not item.dropped]
    except TimeoutError:
        return []


def _sums(items: Sequence[Item], folded: str, ctx: Context) -> list[_Sum]:
    prose = ctx.column is not None and ctx.column not in AMOUNT_COLUMNS and ctx.column not in RATE_COLUMNS
    kept: list[_Sum] = []
    for item in items:
        figure = item.figure
        if figure.kind != "yen" or figure.doubt or item.dropped or figure.yen == 0:
            continue
        if item.pair is not None and item.pair.dropped:
            continue
        if _outside(item, folded) or (prose and not _evident(item, folded)):
            if item.pair is not None:
                kept = [s for s in kept if s.item is not item.pair]
            continue
        kept.append(_Sum(item, item.role or roles.STATED, item.how))
    _settle(kept, items, folded, ctx)
    return kept


def _outside(item: Item, folded: str) -> bool:
    """Is the sum one the subsidy only speaks of: a condition, a price, the budget, a rounding rule?"""
    end = item.figure.end
    if _REMAINDER.match(folded, end) or _MEASURE.match(folded, end) or _WORKED.match(folded, end):
        return True
    prefix = item.prefix[-40:]
    if _RAISED.match(folded, end) and _WAGE.search(prefix):
        return True
    strong = item.how == "word" and item.role in (roles.CAP, roles.FLOOR, roles.ADDITION)
    if not strong and _NO_SUBSIDY.search(prefix):
        return True
    return bool(_COST_FLOOR.match(folded, end) and _COST.search(prefix))


def _evident(item: Item, folded: str) -> bool:
    """In prose: does the sentence say that this is money the subsidy gives?"""
    if item.role in (roles.CAP, roles.ADDITION) and item.how == "word":
        return True
    start = max((folded.rfind(c, 0, item.figure.start) for c in _SENTENCE_END), default=-1)
    stops = [s for s in (folded.find(c, item.figure.end) for c in _SENTENCE_END) if s >= 0]
    stop = min(stops, default=len(folded))
    return _EVIDENCE.search(folded, max(start, item.figure.start - 200, 0), min(stop, item.figure.end + 120)) is not None


def _settle(kept: list[_Sum], items: Sequence[Item], folded: str, ctx: Context) -> None:
    """Roles that only the neighbours or the heading give: ranges, a cap said of one of several, a bare sum beside a rate."""
    by_item = {id(s.item): s for s in kept}
    for s in kept:
        left = by_item.get(id(s.item.pair)) if s.item.pair is not None else None
        if left is not None and s.item.figure.joined != "or":
            _settle_range(left, s)
    said = any(s.role == roles.CAP and s.how in ("word", "suffix", "bracket") for s in kept)
    for s in reversed(kept):
        other = by_item.get(id(s.item.either)) if s.item.either is not None else None
        if other is not None and s.role == roles.CAP and not other.how:
            other.role, other.how = s.role, s.how  # 5万円又は10万円まで
    formula = any(s.role == roles.ADDITION and s.how in ("plus", "formula") for s in kept)
    heading = roles.of_heading(ctx.heading) if ctx.column is None or ctx.column in AMOUNT_COLUMNS or ctx.column in RATE_COLUMNS else None
    mixed = bool(ctx.heading and "率" in ctx.heading)  # 補助率・上限額: where a cap is said, a sum per unit is what is paid
    capped = _capped(kept, by_item, items, folded)
    for s in kept:
        if s.role == roles.STATED and s.item.marked:
            s.role = roles.FIXED
        if s.role not in (roles.STATED, roles.FIXED) or s.how or formula:
            continue
        if heading and (not mixed or s.item.per is None or not said):
            s.role, s.how = heading, "heading"
        elif s.role == roles.STATED and s.item.per is None and capped(s):
            s.role, s.how = roles.CAP, "near"


def _settle_range(left: _Sum, right: _Sum) -> None:
    """5万円～10万円: a floor and a cap, or two additions."""
    if right.role == roles.ADDITION:
        left.role = right.role = roles.ADDITION
    elif left.item.figure.yen < right.item.figure.yen:
        left.role, left.how, right.role, right.how = roles.FLOOR, "range", roles.CAP, "range"


def _capped(kept: Sequence[_Sum], by_item: Mapping[int, _Sum], items: Sequence[Item], folded: str) -> Callable[[_Sum], bool]:
    """Is a sum that says nothing of itself a cap? Where a floor is told, where the text takes the lower of two, behind a rate, and

    無担保8千万円、最大で2億8千万円: the cap said of one of several is meant of all of them, but not of the one whose bracket it
    stands in; 単年度15億円（非化石20億円）、複数年度最大30億円: what stands in the bracket of a cap is one.
    """
    levels = {id(s.item.parent) for s in kept if s.role == roles.CAP and s.item.per is None and s.how != "range"}
    anyway = roles.lower_of(folded) or any(s.role == roles.FLOOR and s.how != "range" for s in kept)
    rated = min((i.figure.start for i in items if _is_share(i)), default=len(folded))

    def capped(s: _Sum) -> bool:
        owner = by_item.get(id(s.item.parent)) if s.item.parent is not None else None
        return anyway or rated < s.item.figure.start or id(s.item.parent) in levels or (owner is not None and owner.role == roles.CAP)

    return capped


def _is_share(item: Item) -> bool:
    """A rate whose sum is bounded by the one behind it: 2/3; a percentage (of interest, of growth) only where a word makes it a cap."""
    if item.figure.kind != "rate":
        return False
    return item.role == roles.CAP or not (item.figure.doubt or item.dropped or item.figure.form == "pct")
