"""The text of a row that is no programme → what it is: a section, a printed total, a note, an empty or a ditto mark."""

from __future__ import annotations

import unicodedata

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.patience import patience

_EMPTY = compiled(r"[\s\u2010-\u2015\u2212\u2500\u2501\u30fc\uff70\uff0d\ufe58\ufe63_＿-]*")
_EMPTY_SIGNS = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2501\u30fc\uff70\uff0d\ufe58\ufe63_＿-")
_DITTO_SIGNS = frozenset("〃″“”〟゛\"＂仝々ゞヾ⁇'’´同上↑")
_DITTO = compiled(
    r"[\s（(「\u2010-\u2015\u2212\u2500\u30fc\uff0d\uff70-]*"
    r"(?:[〃″“”〟゛\"＂仝々ゞヾ⁇]+|''|’’|´´|同\s*上|上\s*(?:記|欄|段|項)?(?:と|に)?\s*同(?:じ|様|文)?|(?:上記|上欄|同上)(?:の?とおり|参照)?|同じ|同様|同|↑)"
    r"(?:\s*[〃″“”゛\"＂])*"
    r"[\s）)」。．.\u2010-\u2015\u2212\u2500\u30fc\uff0d\uff70-]*"
)
_DITTO_INSIDE = compiled(r"〃|^\s*同\s*上|^\s*上記に?同じ|^\s*仝", regex.MULTILINE)
_NOTE = compiled(r"^\s*(?:[（(]?(?:※|＊|\*|注[\s\d０-９：:．.、)）]|注意[：:]|備考[：:\s\d０-９]|参考[：:]))")
_UNIT_LINE = compiled(r"^\s*[（(〔［\[]?\s*(?:金額の?)?単位")
_DATE_LINE = compiled(r"^\s*[（(]?\s*(?:令和|平成|R|Ｒ|20\d\d).{2,14}?(?:現在|時点|作成|更新|改訂|発行|版)?[\s)）]*$")
_COUNT = r"(?P<n>[0-9]{1,3}(?:,[0-9]{3})*|[0-9]{1,6})\s*(?:件|事業|制度|施策|項目|メニュー|本|種類|補助金)"
_TOTAL = compiled(
    r"^[\s【\[（(*※]*(?:"
    rf"(?:総\s*合\s*計|合\s*計|総\s*計|小\s*計|中\s*計|累\s*計|総\s*数|総\s*件\s*数|総\s*事\s*業\s*数|件\s*数|計)\s*[:：]?\s*(?:[（(【\[]?\s*(?:全)?\s*{_COUNT}[^。]{{0,6}}[)）】\]]?|[0-9,]+(?:円|千円|百万円)?)?"
    rf"|(?:以\s*上|全部で|全|全体で|掲載)\s*[:：、,]?\s*(?:合計|計)?\s*{_COUNT}(?:を?掲載|です|あり)?"
    r")[\s】\])）]*$"
)
_SECTION_MARK = compiled(
    r"^\s*(?:[■□◆◇●○◎★▼▽▲△▶►【《〈≪＜<［\[❖◼▪]|[０-９0-9]{1,2}(?:[\s\u3000．.、)）]|[-－‐](?=[０-９0-9])|(?=\p{Han}))|[（(][０-９0-9一二三四五六七八九十]{1,3}[)）]|[①-⑳❶-❿Ⅰ-Ⅻⅰ-ⅻ]|[一二三四五六七八九十]{1,3}[\s\u3000．.、]|[IVX]{1,4}[\s．.、]|第[０-９0-9一二三四五六七八九十]+(?:部|章|節|編)|[A-ZＡ-Ｚア-ン][\s．.、)）])"
)
_PROSE_END = compiled(r"[。｡]\s*$|(?:ください|下さい|です|ます)[。）)]?\s*$")
_PROGRAMME = compiled(r"(?:事業|補助金?|助成金?|奨励金|給付金|支援金|交付金|補給金?|制度|融資|資金|貸付|減税|特例|免除|控除|税制|派遣|手当|支給)(?:[（(【＜].*[)）】＞])?\s*$")


def is_empty(text: str) -> bool:
    """Nothing but white space and dashes: －, ―, ー …"""
    return len(text) < 12 and (not text or text[-1] in _EMPTY_SIGNS or text[-1].isspace()) and _EMPTY.fullmatch(text) is not None


def is_ditto(text: str) -> bool:
    """A mark for what stands above: 〃, 同上, 上記に同じ, －〃－ …"""
    return 0 < len(text) <= 12 and not _DITTO_SIGNS.isdisjoint(text) and _DITTO.fullmatch(text, timeout=patience(text)) is not None


def has_ditto(text: str) -> bool:
    """A ditto mark among other words: 〃（内線2533）."""
    return ("〃" in text or ("同" in text and "上" in text) or "同じ" in text or "仝" in text) and _DITTO_INSIDE.search(text, timeout=patience(text)) is not None


def total_in(text: str) -> tuple[bool, int | None]:
    """Whether a whole line is a printed total, and the number of programmes it prints: 合計（18事業） → True, 18."""
    if len(text) > 40:
        return False, None
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    m = _TOTAL.search(plain, timeout=patience(plain))
    if m is None:
        return False, None
    n = next((v for v in m.capturesdict()["n"]), None)
    return True, None if n is None else int(n.replace(",", ""))


def is_note(text: str) -> bool:
    """A line that explains and names nothing: ※…, 注）…, （単位：千円）, 令和８年４月１日現在, or a sentence."""
    return bool(_NOTE.search(text) or _UNIT_LINE.search(text) or _DATE_LINE.search(text) or _is_prose(text))


def is_sentence(text: str) -> bool:
    """A note by nothing but its being a sentence: no mark says so, and it is no unit or date."""
    return _is_prose(text) and not (_NOTE.search(text) or _UNIT_LINE.search(text) or _DATE_LINE.search(text))


def _is_prose(text: str) -> bool:
    return len(text) > 120 or (len(text) > 20 and _PROSE_END.search(text) is not None)


def is_section_like(text: str) -> bool:
    """It begins with what sections begin with: 1, Ⅱ, ■, 【, 第１部 …"""
    return _SECTION_MARK.search(text) is not None


def is_programme_like(text: str) -> bool:
    """It ends as programmes do: …補助金, …事業（一般枠）."""
    return _PROGRAMME.search(text) is not None
