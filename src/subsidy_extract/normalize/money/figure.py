"""Figures: a folded text goes in, every sum of yen, every rate and every bracket in it comes out, in order, not judged yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.normalize.number import ARABIC, KANJI, NUMERAL, UNITS, arabic, plain, value
from subsidy_extract.patience import patience


@dataclass(slots=True)
class Figure:
    """A figure where it stands. kind: yen, rate. yen: of a sum. ratio: numerator, denominator as published, of a rate.

    doubt: a code, and then the figure is no value. joined: range, or, new: how it hangs on the figure right before it that shares
    its unit (20~50万円, 15・25%, 30→50万円).
    """

    kind: str
    start: int
    end: int
    yen: int = 0
    ratio: tuple[float, float] = (0.0, 0.0)
    joined: str | None = None
    doubt: str | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Bracket:
    """One bracket sign; `opens` tells which way it looks."""

    sign: str
    start: int
    opens: bool


CLOSES = {"(": ")", "[": "]", "{": "}", "【": "】", "〔": "〕", "<": ">", "〈": "〉", "《": "》"}
_OPEN, _CLOSE = "".join(CLOSES), "".join(CLOSES.values())

VULGAR = {
    chr(c): tuple(int(n) for n in unicodedata.normalize("NFKC", chr(c)).split("⁄"))
    for c in [0xBC, 0xBD, 0xBE, *range(0x2150, 0x215F)]
}
_TAIL = r"(?=\x20?(?:$|[、。,・:;/~→+×*\-)\]}】〕>〉》」』(\[{【〔<〈《「=※]|以[内上下]|まで|未満|程度|超|を|の|が|は|と|又|ま|も|ほ|上限|下限|限度|限り|助成|補助|支給|交付|支援|給付|加算|増|相当|\x20))"
"""What may follow a sum without 円 (最大150万、): never a counter (3万人, 10万部, 1万ドル)."""

_TOKEN = compiled(
    rf"""(?P<bracket>[{regex.escape(_OPEN + _CLOSE)}])
    |(?P<vulgar>[{"".join(VULGAR)}])
    |(?P<half>半額)(?!以[上下])
    |(?<![0-9])(?<![0-9]\.)(?:
        (?P<frac>(?<![/.]|(?<!/[0-9]{{1,2}})-)(?P<fn>[0-9]{{1,4}}(?:\.[0-9]{{1,2}})?)\x20?/\x20?(?P<fd>[0-9]{{1,5}})(?![0-9.])(?!\x20?/\x20?[0-9]))
      |(?P<bunno>(?P<bd>[0-9]{{1,4}}|[{KANJI}{UNITS}]{{1,4}})\x20?分\x20?の\x20?(?P<bn>[0-9]{{1,4}}(?:\.[0-9]{{1,3}})?(?![0-9])|[{KANJI}十百]{{1,3}}))
      |(?P<pct>(?<![0-9],)(?P<pn>{ARABIC})\x20?(?:%|パーセント|㌫))
      |(?P<wari>(?P<wn>[0-9]{{1,2}}(?:\.[0-9])?|[{KANJI}十])\x20?割(?:\x20?(?P<wb>[0-9]|[{KANJI}])\x20?分(?!の))?(?![引合安増高当りれ]))
      |(?P<yen>(?<![数何幾第])(?<![0-9],)(?P<yn>{NUMERAL})\x20?円(?![滑形卓安高建周柱錐盤満熟グ]))
      |(?P<sum>(?<![数何幾第])(?<![0-9],)(?P<sn>(?:{NUMERAL})(?<=[万億兆萬])){_TAIL})
    )
    |¥\x20?(?P<sign>{ARABIC})(?:-(?![0-9]))?
    """,
    regex.VERBOSE,
)
_START = re.compile(
    rf"[{re.escape(_OPEN + _CLOSE)}{''.join(VULGAR)}¥]|半額|[0-9]|[{KANJI}{UNITS}](?=[{KANJI}{UNITS}0-9,.\x20]{{0,12}}[円万億兆萬分割])"
)
"""Where a token can begin: one pass without backtracking, as most of a text is none."""
_DIGITS = re.compile(r"[0-9]+")
UNKNOWN = frozenset(KANJI + UNITS + "●○◯◎△▲□■◇◆*xXＸ×_?＊※")
"""What stands before a unit where a figure is not told: the rest of 数十, a sign in its place."""
MINUS = frozenset("△▲")
"""What Japanese accounts write for a minus. Before a sum it may be a bullet as well: nobody can tell."""
_BARE = compiled(
    rf"""(?<![0-9A-Za-z第約Rr※注])(?<![0-9A-Za-z][.,、/\-])(?<!(?:令和|平成|昭和|プロセス数|No\.?)\x20?){ARABIC}
    (?=\x20?(?:$|[、。・;+×*)\]】〕>〉》([【〔<]|※|~(?!\x20?[0-9,.]+\x20?[人名件回年月日歳社者台])|→|/(?!\x20?[0-9]+(?![0-9a-zA-Zァ-ヶ一-龥㎡㎥]))|以[内下上]|まで|未満|程度|又は|または|もしくは|若しくは|を|が?上限|\x20))(?!\x20(?:人|名|件|台|社|年|か?月|日|回|歳|時間)(?![額間]))""",
    regex.VERBOSE,
)
"""A figure without unit in a column whose heading has one."""
_BEFORE = compiled(rf"(?<![0-9A-Za-z])(?<![0-9][.,/\-])({ARABIC})\x20?(~|-|→|・|又は|または|もしくは|若しくは|から|or)\x20?(?:約|最大)?$")
_ADDRESS = compiled(r"(?:https?:/|www\.)[!-~]{1,2048}")
_UNIT = compiled(r"(百万|十万|千万|[千万億])?円")
_UNIT_NOTE = compiled(r"単位\x20?[:/]?\x20?([百千万億]{0,2}円)")

_VULGAR = re.compile(f"[{''.join(VULGAR)}]")


def has_yen(folded: str) -> bool:
    """Quick: could a sum of yen stand here?"""
    return "円" in folded or "万" in folded or "億" in folded or "¥" in folded


def has_rate(folded: str) -> bool:
    """Quick: could a rate stand here?"""
    return "%" in folded or "/" in folded or "割" in folded or "分の" in folded or "分 の" in folded or "額" in folded or "パーセント" in folded or _VULGAR.search(folded) is not None


def unit_of(text: str | None) -> int:
    """千円, （単位：百万円） → yen in one; 0 where there is none."""
    found = _UNIT.search(text) if text else None
    if found is None:
        return 0
    number = value(found[1]) if found[1] else None
    return int(number.value) if number else 1


def unit_note(folded: str) -> int:
    """The unit a text states itself (単位：千円); 0 where it does not."""
    found = _UNIT_NOTE.search(folded) if "単位" in folded else None
    return unit_of(found[1]) if found else 0


def _sum(token: regex.Match[str], folded: str) -> Figure | None:
    text = token["yn"] or token["sn"] or token["sign"]
    number = value(text)
    start, end = token.span()
    if number is None:
        # two figures that only stand close (8 50万円, 100、200円): the last one has the unit
        cut = max(text.rfind(" "), text.rfind("、"))
        number = value(text[cut + 1 :]) if cut >= 0 else None
        if number is None:
            return Figure("yen", start, end, doubt="amount_unreadable")
        start += cut + 1
    if not number.written and (
        folded[start - 1 : start] in ("(", "[", "【", "数", "/") or folded[max(0, start - 4) : start].rstrip(": ").endswith(("単位", "各")) or folded[end : end + 1] in (")", "]", "】", "未", "単")
    ):
        return None  # a unit, no sum: (千円), 千円未満
    if not number.written and folded[start - 1 : start] in UNKNOWN:
        return Figure("yen", start, end, doubt="amount_unreadable")  # 数十万円, ●万円
    if not number.written and text in "万億兆萬":
        return None
    if folded[start - 1 : start] in MINUS:
        return Figure("yen", start, end, doubt="amount_unreadable")  # △50万円
    if text == "一" or number.value == 0:
        return None  # 県内一円
    if number.value != int(number.value):
        return Figure("yen", start, end, doubt="amount_not_whole_yen")
    if token["yn"] and "." in text and text.rsplit(".", 1)[-1].isdecimal() and len(text.rsplit(".", 1)[-1]) == 3 and number.scale == 1:
        return Figure("yen", start, end, doubt="amount_unreadable")  # 3.000円
    return Figure("yen", start, end, yen=int(number.value), form=str(number.scale))


def _ratio(token: regex.Match[str]) -> Figure | None:
    start, end = token.span()
    kind = token.lastgroup or ""
    numerator: float | Fraction | int | None
    denominator: float | Fraction | int | None
    if token["vulgar"]:
        kind, (numerator, denominator) = "vulgar", VULGAR[token["vulgar"]]
    elif token["half"]:
        kind, numerator, denominator = "half", 1, 2
    elif token["frac"]:
        kind, numerator, denominator = "frac", arabic(token["fn"]), arabic(token["fd"])
    elif token["bunno"]:
        kind, numerator, denominator = "bunno", plain(token["bn"]), plain(token["bd"])
    elif token["pct"]:
        kind, numerator, denominator = "pct", arabic(token["pn"]), 100
    else:
        kind, numerator, denominator = "wari", plain(token["wn"]), 10
        if token["wb"] and numerator is not None:
            numerator, denominator = numerator * 10 + (plain(token["wb"]) or 0), 100
    if not numerator or not denominator:
        return None
    figure = Figure("rate", start, end, ratio=(float(numerator), float(denominator)), form=kind)
    if numerator > denominator:
        figure.doubt = "rate_above_1"
    return figure


def _shared(figure: Figure, folded: str, floor: int) -> Figure | None:
    """The bare figure before 〜 or ・ that shares the unit of `figure`: 750～4,000万円, 50～80％."""
    before = _BEFORE.search(folded, max(floor, figure.start - 24), figure.start)
    if before is None:
        return None
    number = arabic(before[1])
    if not number:
        return None
    joined = {"~": "range", "-": "range", "から": "range", "→": "new"}.get(before[2], "or")
    start, end = before.start(1), before.end(1)
    if figure.kind == "rate":
        other = Figure("rate", start, end, ratio=(float(number), figure.ratio[1]), form=figure.form)
        below = other.ratio[0] < figure.ratio[0]
    else:
        yen = number * int(figure.form or 1)
        if yen >= figure.yen and joined == "range" and number < figure.yen:
            yen = number  # 9,000～1万円: the left one is in yen
        if yen != int(yen):
            return None
        other = Figure("yen", start, end, yen=int(yen), form=figure.form)
        below = other.yen < figure.yen
    if joined == "range" and not below:
        return None
    if before[2] == "・" and not (below and folded[start - 1 : start] in ("", " ", ":", "(", "、", "額", "限", "大")):
        return None
    figure.joined = joined
    return other


def _tokens(folded: str) -> Iterator[regex.Match[str]]:
    at, limit = 0, patience(folded)
    while (start := _START.search(folded, at)) is not None:
        token = _TOKEN.match(folded, start.start(), timeout=limit)
        if token is not None:
            yield token
            at = token.end()
        else:
            digits = _DIGITS.match(folded, start.start())
            at = digits.end() if digits else start.end()


def figures(folded: str, unit: int = 0) -> tuple[list[Figure], list[Bracket]]:
    """All sums, rates and brackets of a folded text. unit: yen in one bare figure; 0 when a bare figure is no sum.

    Raises TimeoutError on a text that takes longer than PATIENCE.
    """
    found: list[Figure] = []
    brackets: list[Bracket] = []
    addresses = [m.span() for m in _ADDRESS.finditer(folded, timeout=patience(folded))] if "://" in folded or "www." in folded else []
    for token in _tokens(folded):
        sign = token["bracket"]
        if sign:
            brackets.append(Bracket(sign, token.start(), sign in CLOSES))
            continue
        if addresses and any(start <= token.start() < end for start, end in addresses):
            continue
        figure = _sum(token, folded) if token["yen"] or token["sum"] or token["sign"] else _ratio(token)
        if figure is None:
            continue
        if not figure.doubt and (figure.kind == "yen" or figure.form in ("pct", "wari")):
            other = _shared(figure, folded, found[-1].end if found else 0)
            if other:
                found.append(other)
        found.append(figure)
    if unit:
        found = _with_bare(folded, unit, found)
    return found, brackets


def _with_bare(folded: str, unit: int, found: list[Figure]) -> list[Figure]:
    taken = [(f.start, f.end) for f in found]
    extra: list[Figure] = []
    at = 0
    for token in _BARE.finditer(folded, timeout=patience(folded)):
        start, end = token.span()
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if at < len(taken) and taken[at][0] < end:
            continue
        number = arabic(token[0])
        if not number or (folded[start - 1 : start] == "(" and folded[end : end + 1] == ")" and number < 20):
            continue  # (1) is a mark
        if folded[end : end + 1] == ")" and "(" not in folded[max(0, start - 30) : start]:
            continue
        yen = number * unit
        if yen == int(yen):
            extra.append(Figure("yen", start, end, yen=int(yen), form=str(unit)))
    return sorted([*found, *extra], key=lambda f: f.start) if extra else found
