"""A heading → what it means: the keys of its column, the unit and the area code it gives to the cells below."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import regex

from subsidy_extract.columns import COLUMNS, HEAD_NOUNS, NAME_WORDS
from subsidy_extract.compiled import compiled
from subsidy_extract.entries.fold import fold, without_brackets
from subsidy_extract.entries.nouns import Meaning
from subsidy_extract.patience import patience

EXACT: dict[str, str] = {}
for _key, _names in COLUMNS.items():
    for _name in _names:
        EXACT.setdefault(fold(_name), _key)

_UNIT = compiled(
    r"(?:単位\s*[:：はが]?\s*|[（(〔［\[]\s*)(?P<unit>十?億円|千万円|百万円|十万円|万円|千円|円|[%％])(?=\s*(?:[）)〕］\]、,，・／/]|$|\s|です|とす|で))"
)
_AREA = compiled(r"(?<![0-9０-９])[0０][0-9０-９]{1,4}(?:[-－‐−ー―][0-9０-９]{1,4})?(?![-－‐−ー―]?[0-9０-９])")
_AREA_IN_NOTE = compiled(r"市外局番[^0-9０-９。]{0,40}?[「『\"“（(〔【:：は]*\s*(?P<code>[0０][0-9０-９]{1,4})(?![0-9０-９])")
_PHONE_WORD = compiled(r"電話|tel|ｔｅｌ|ＴＥＬ|fax|ＦＡＸ|ファ[クッ]|連絡|問い?合|直通|担当|窓口|局番", regex.IGNORECASE)
_SEPARATOR = compiled(r"[・･/、,，&+|｜]|および|及び|ならびに|並びに|または|又は|(?<=.{2})[とや](?=.{2})")
# words that say of whom or when, never what the column is: they may stand before a known name
_BEFORE = compiled(
    r"^(?:令和|平成|r|h)?(?:元|[0-9]{1,4})年度?|^(?:今|本|来|前|当|次|翌)年度|^(?:補助|助成|支援|支給|交付|給付|融資|貸付|奨励|事業|制度|申請|応募|受付|募集|公募|主|主な|各|本|当該|国|県|市|町|村|府|都|道|区|県市|概算|当初|対象|最大|最高|具体的|詳細|予定|想定|利用|参考|補助金|助成金|支援金|年間|1件|各種|当所|本市|本県)"
)
_AFTER = compiled(r"(?:欄|一覧|名称|名|情報|予定|案|目安|見込|見込み|とは|は|か|\?|！|!|[0-9])$")
# 経費の内容 are costs; 支援制度の内容 is no name of a programme
_AFTER_OF = compiled(r"(?:内容|概要|詳細|説明|例|例示|区分|状況|主なもの)$")
_GENERIC = frozenset(map(fold, ("名称", "名", "内容", "区分", "種別", "種類", "番号", "概要", "条件", "その他", "対象", "項目", "金額", "額", "率", "期間", "アドレス", "no", "詳細", "機関", "期日")))
# which key a heading that could be two takes when another column already has the first
YIELDS: dict[str, tuple[str, ...]] = {
    fold(a): b
    for a, b in {
        "事業主体": ("organization", "eligibility"), "事業実施主体": ("organization", "eligibility"), "補助事業者": ("eligibility", "organization"),
        "目的": ("category", "summary"), "団体名": ("organization", "municipality"), "対象": ("eligibility", "eligible_costs"),
        "地域": ("municipality", "category"), "その他": ("remarks",), "種類": ("category",), "名称": ("name",), "対象事業": ("summary", "eligibility"),
        "補助対象": ("eligibility", "eligible_costs"), "助成対象": ("eligibility", "eligible_costs"), "支援対象": ("eligibility", "eligible_costs"),
        "補助金": ("name", "amount_text"), "助成金": ("name", "amount_text"), "詳細": ("site", "summary"), "参考": ("remarks", "site"),
    }.items()
}  # fmt: skip
_NOUNS = tuple((compiled(f"(?:{nouns})$"), key) for nouns, key in HEAD_NOUNS)
_NAMED = compiled(NAME_WORDS)
_AMBIGUOUS_NAME = compiled("(?:名|名称)$")
_NUMBERS = compiled(r"[0-9]{3}|[0-9][,.][0-9]|[0-9]/[0-9]|[。@]")
_LONG_NAMES = tuple(sorted((n for n in EXACT if len(n) >= 3 and n not in YIELDS), key=len, reverse=True))


def unit_in(text: str) -> str | None:
    """The unit a heading or a note gives to bare numbers: 千円, 万円, 百万円, 億円, 円, ％ (（千円）, 単位：千円); None without one."""
    if "円" not in text and "%" not in text and "％" not in text:
        return None
    m = _UNIT.search(text, timeout=patience(text))
    return None if m is None else m["unit"].replace("%", "％")


def area_code_in(text: str) -> str | None:
    """The area code a note gives to numbers without one, as digits: 市外局番は「0985」です → 0985."""
    if "市外局番" not in text:
        return None
    m = _AREA_IN_NOTE.search(text, timeout=patience(text))
    return None if m is None else m["code"].translate(_DIGITS)


_DIGITS = str.maketrans("０１２３４５６７８９－‐−ー―", "0123456789-----")


def _area_code_of_heading(text: str) -> str | None:
    """電話（022-） → 022, 電話（024-521-） → 024-521: the beginning of every number below."""
    if ("0" not in text and "０" not in text) or not _PHONE_WORD.search(text, timeout=patience(text)):
        return None
    m = _AREA.search(text, timeout=patience(text))
    return None if m is None else m[0].translate(_DIGITS).rstrip("-")


def _unique(keys: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


def _close(folded: str) -> str | None:
    """The key of a known name that words of whom or when stand around: 本市補助率, 令和8年度予算額, 受付期間（予定）欄."""
    for _ in range(4):
        if (m := _BEFORE.match(folded)) is None or m.end() >= len(folded):
            break
        folded = folded[m.end() :]
        if folded in EXACT:
            return EXACT[folded]
    if (m := _AFTER_OF.search(folded)) is not None and EXACT.get(folded[: m.start()], "name") not in ("name", "category", "organization", "municipality"):
        return EXACT[folded[: m.start()]]
    while (m := _AFTER.search(folded)) is not None and m.start() >= 2:
        folded = folded[: m.start()]
        if folded in EXACT:
            return EXACT[folded]
    return None


def _by_noun(folded: str) -> str | None:
    """The key its head noun says; a 名 is a programme's only where a word for programme stands before it."""
    for pattern, key in _NOUNS:
        if pattern.search(folded, timeout=patience(folded)):
            if key == "name" and _AMBIGUOUS_NAME.search(folded) and not _NAMED.search(folded):
                return None
            return key
    return None


def _contained(folded: str) -> tuple[str, ...]:
    """Keys of known names (three characters or more) inside, the longest first."""
    return _unique([EXACT[n] for n in _LONG_NAMES if n in folded]) if len(folded) <= 40 else ()


_JOINED = frozenset({"rate_text", "amount_text", "eligibility", "eligible_costs", "period_text"})
# head nouns that leave no doubt, whatever stands before them (unless that is the name of another column)
_STRONG = compiled(
    r"(?:期間|期限|時期|締切日?|上限額?|限度額?|下限額|連絡先|問合せ先?|相談先|申請先|申込先|窓口|担当課|担当部署|電話|tel|fax|メール|url|hp|サイト|ページ|リンク|"
    r"事業名称?|制度名称?|金名称?|名称|補助率|助成率|対象者|要件|概要|内容|区分|分類|予算額?|市町村名?|機関|団体|主体|省庁|注意事項|留意事項|備考|番号|no|"
    r"(?:対象[\p{Han}となる]{0,8}|できる|なる)(?:企業|農家|世帯|法人|団体|事業者|事業主|事業所|施設|方|人|者))$"
)


def _covered(folded: str) -> tuple[str, ...]:
    """The keys when two or more known names follow each other without a sign between: 補助率補助限度額. Words that modify
    each other (支援機関窓口) are no two names."""
    ways: list[list[str] | None] = [[], *([None] * len(folded))]
    for end in range(2, len(folded) + 1):
        for start in range(max(0, end - 14), end - 1):
            way = ways[start]
            if way is not None and folded[start:end] not in YIELDS and (key := EXACT.get(folded[start:end])) is not None and (ways[end] is None or len(way) + 1 < len(ways[end] or ())):
                ways[end] = [*way, key]
    keys = _unique(ways[-1] or [])
    return keys if len(keys) > 1 and set(keys) <= _JOINED else ()


def _several(folded: str) -> tuple[tuple[str, ...], str]:
    """The keys of a heading with several meanings: 補助率・上限額. Parts that only say of what (補助・) are left away."""
    parts = [p for p in _SEPARATOR.split(folded) if p]
    if len(parts) < 2:
        return (), "unknown"
    keys: list[str] = []
    how = "exact"
    for i, part in enumerate(parts):
        last = i == len(parts) - 1
        key = EXACT.get(part) if last or part not in ("補助", "助成", "補助金", "助成金", "支援", "対象", "募集", "受付", "受付", "申請") else None
        if key is None and (key := _close(part)) is not None:
            how = "close" if how == "exact" else how
        if key is None and (key := _by_noun(part)) is not None:
            how = "guessed"
        if key is None:
            if _BEFORE.fullmatch(part):
                continue
            return (), "unknown"
        keys.append(key)
    return _unique(keys), how


@lru_cache(maxsize=4096)
def _of_words(folded: str) -> Meaning:
    """The meaning of a folded heading without brackets."""
    if not folded or len(folded) > 60:
        return Meaning((), "unknown")
    if folded in EXACT:
        key = EXACT[folded]
        return Meaning((key,), "exact", tuple(k for k in YIELDS.get(folded, ()) if k != key))
    keys, how = _several(folded)
    if keys and how != "guessed":
        return Meaning(keys, how)
    if covered := _covered(folded):
        return Meaning(covered, "close")
    if (close := _close(folded)) is not None:
        return Meaning((close,), "close")
    if keys:
        return Meaning(keys, how)
    if len(folded) > 20 or _NUMBERS.search(folded):  # a sentence, a telephone number, an amount: no heading
        return Meaning((), "unknown")
    inside = _contained(folded)
    if (noun := _by_noun(folded)) is not None:
        others = tuple(k for k in inside if k != noun)
        return Meaning((noun,), "close" if _STRONG.search(folded) and not others else "guessed", others)
    if inside:
        return Meaning(inside[:1], "guessed", inside[1:])
    return Meaning((), "unknown")


@lru_cache(maxsize=4096)
def _of_text(text: str) -> Meaning:
    """The meaning of one level of a heading as published."""
    whole = fold(text)
    if whole in EXACT:
        return _of_words(whole)
    bare, inside = without_brackets(text)
    lines = [f for line in bare.split() if (f := fold(line))]
    meaning = _of_words(fold(bare))
    if meaning.how in ("unknown", "guessed", "close") and len(lines) > 1 and all(f in EXACT for f in lines):
        meaning = Meaning(_unique([EXACT[f] for f in lines]), "exact")
    if not meaning.keys and inside:
        for note in inside:
            if (of := _of_words(fold(note))).keys:
                return of
    if meaning.keys and inside:
        more = _unique([k for note in inside if (of := _of_words(fold(note))).how in ("exact", "close") for k in of.keys])
        more = tuple(k for k in more if k not in meaning.keys and k not in ("list_number", "category", "remarks", "municipality", "name"))
        if meaning.keys in (("name",), ("municipality",), ("organization",)) and len(more) == 1 and more[0] in ("organization", "contact"):
            return Meaning((*meaning.keys, *more), meaning.how, meaning.candidates, parts="bracket")
        if more and not set(more) & {"eligibility", "summary"} and meaning.keys[0] not in ("eligibility", "name", "category", "list_number"):
            return Meaning((*meaning.keys, *more), meaning.how, meaning.candidates)
    return meaning


def _of_levels(levels: tuple[str, ...]) -> Meaning:
    """The lowest level says what the column is, the ones above help where it is general (名称) or unknown (Ｒ８当初)."""
    lower = _of_text(levels[-1])
    if len(levels) == 1:
        return lower
    upper = _of_levels(levels[:-1])
    folded = fold(without_brackets(levels[-1])[0])
    together = EXACT.get(fold(without_brackets(levels[-2])[0]) + folded)
    if together is not None and (folded in _GENERIC or lower.how not in ("exact", "close")):
        return Meaning((together,), "exact")
    if upper.keys and upper.how in ("exact", "close"):
        if lower.how not in ("exact", "close"):
            return Meaning(upper.keys, "close", lower.keys)
        # 問合せ先 over 名称 is the office; 予算額 over 金額 is still no cap
        if folded in _GENERIC and not set(upper.keys) & {"summary", "name", "category", "remarks", "eligibility"}:
            return Meaning(upper.keys, "close", lower.keys)
        if upper.keys == ("budget",) and lower.keys == ("amount_text",):
            return Meaning(upper.keys, "close", lower.keys)
    return lower


def meaning_of(levels: tuple[str, ...], mapping: Mapping[str, str] | None = None) -> Meaning:
    """What a heading means; `levels` from the top one down, as published, `mapping` folded heading → key (or keys joined
    by a comma; `extra` for none), as a person set it. A unit or area code may stand in any level."""
    return _meant(levels, mapping) if mapping else _unmapped(levels)


@lru_cache(maxsize=4096)
def _unmapped(levels: tuple[str, ...]) -> Meaning:
    """Cards are looked for in every list: the first cell of each row is asked twice."""
    return _meant(levels, None)


def _meant(levels: tuple[str, ...], mapping: Mapping[str, str] | None) -> Meaning:
    text = "／".join(levels)
    unit = next((u for level in reversed(levels) if (u := unit_in(level))), None)
    area = next((a for level in reversed(levels) if (a := _area_code_of_heading(level))), None)
    if area is None:
        area = _area_code_of_heading(text)
    if mapping:
        for name in (text, levels[-1], without_brackets(levels[-1])[0]):
            if (keys := mapping.get(fold(name))) is not None:
                told = tuple(k for k in regex.split(r"[,、\s]+", keys.strip()) if k in COLUMNS)
                return Meaning(told, "mapped", (), unit, area)
    found = _of_levels(levels)
    parts = found.parts or ("line" if len(found.keys) == 2 and found.keys[0] == "name" else "")
    return Meaning(found.keys, found.how, found.candidates, unit, area, parts)
