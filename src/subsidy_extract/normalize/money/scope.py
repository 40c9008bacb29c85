"""Scope: the words before a figure, or in the brackets at it, go in; who or what the figure holds for comes out (中小企業, 輸出)."""

from __future__ import annotations

from functools import lru_cache

import regex

from subsidy_extract.compiled import compiled

LONGEST = 40
"""Characters; a scope in the lists read so far has at most 32, more is a sentence."""

REMEMBERED = 2048
"""Phrases whose reading is kept: the rows of a list say the same words again and again."""

_GENERIC = (
    r"(?:(?:この|その|上記の?|左記の|前記の|当該)金?額|加算額|加算金額|基本額|基準額|基準単価|基本単価|(?:を|の)?(?:補助|助成|支給|交付|支援|給付)(?:する|します|し、|を行う)|"
    r"(?:国庫|県費|市費)?(?:補助|助成|支援|交付|支給|給付|奨励|融資|貸付|保証|対象|利子補給|負担|委託|借入|申請|控除)*(?:対象)?"
    r"(?:事業費|経費|費用|金額|補助金|助成金|交付金|支援金|奨励金|給付金|金利|金|額|率|割合|上限|下限|限度|単価|内容|限度額|上限額|下限額|合計額|総額|年額|月額|日額|上限金額|上限率|利率|決定額|予定額))"
)
_ROLE = r"(?:最大限|最大|最高|上限金額|上限額|上限|限度額|限度|下限額|下限|最低)"
_LEAD = compiled(
    rf"^(?:[0-9]{{1,2}}[.)](?![0-9])|(?:から|より)(?=\s|$)|[\s、。,・:;/+\-~*→=■□◆◇●○◎★☆▲△▼▽▶►☑✓※|&]+|(?:このうち|そのうち|うち(?!わ)|いずれも|それぞれ|ともに|ただし|なお|もしくは|または|さらに|かつ)|(?:ほか|他|及び|および|並びに|ならびに|または|又は|若しくは|もしくは|かつ|ただし|但し|なお|また|さらに|更に|このうち|そのうち|うち|内訳|{_ROLE}(?:で|は|:)?|原則として|原則|概ね|おおむね|およそ|一律|定額|例えば|特に|加えて|合計|計|約|金|各|以下の|次の|当該|上記の?|経費の|程度|相当|以内|以下)(?=[^一-龥]|$|[一-龥]{{2}})|(?:と|で|に|は|を|が|の|も)(?=[\s、:]|$)|の(?=[一-龥])|を|(?:{_GENERIC})(?:は|の|が|を|:|：|に|で|と|・|及び|\x20)+|(?:{_GENERIC})$)"
)
_TRAIL = compiled(
    rf"(?:さらに?|[\s、。,・:;/+\-~→=(]+|又は|または|若しくは|もしくは|及び|並びに|(?:の|な)?(?:場合|とき)(?:に限り|に限る)?(?:には|では|に|は|で|、|なら)?|(?:に限り|に限る|限定)|には|では|については|に対しては?|に対し|について|は|が|の|を|に|へ|(?<!ま)で|(?<=[にで])も|と|なら"
    rf"|(?:にあって|において|につい)て?は?|(?<=[\s、:はのがをに・]|^){_GENERIC}|(?:補助|助成|支援|交付|支給)(?:率|金額|額)|限度額|上限額|上限金額|(?:^|(?<=[\s、:はのがをに・)])){_ROLE}|{_ROLE}"
    rf"|(?:^|(?<=[\s、:はのがを・]))(?:原則(?:として)?|概ね|おおむね|およそ|一律|定額|合計|約|計|金|うち|それぞれ|各|さらに|別途|最長|年度内|月|年|日))$"
)
_MARKED = compiled(r"(?:(?<!又|また|もしく|若しく|あるい|或い)は|場合|とき|については|には|では|に限り|:|に対し(?:て|ては)?|なら)[\s、:]*$")
_BASE = compiled(r"は|[、\s/)]|の?場合|には")
"""Where what a rate is taken of begins: after the last of these."""
_VERB = compiled(r"[うくぐすつむるぶたい]$")
_SPLIT = compiled(r"[\x20:。※/、■◆●☑;]+")
"""What parts the words before a colon; the last piece is the label."""
_SENTENCE = compiled(r"[をが]|する|した|して|され|ため|について|に係る|における|に要する|に対する|いただ|ます|です|等の経費|ください|、")
_DONE = compiled(r"(?:\S{1,12}\x20)?[^\s、。がはにでを]{1,8}を(?!補助|助成|交付|支給|支援|給付|限度|上限|対象|加算)[一-龥ァ-ヶー]{2,6}")
"""住宅を新築: what is done, short enough to be a label."""
_NO_SCOPE = compiled(
    r"^[\s\W\d]*$|^(?!.*課税(?:の)?(?:世帯|者)).*税|予算|切り?捨|未満切|による|により|によって|※|参照|予定|別途|詳細|詳しく|審査|端数|単位|繰り上げ|以内|注|上限なし|限度なし|必要|相談|条件|[0-9]+\x20?(?:人|名|件|回|台|社|者|団体|事業者?|世帯|年|か月|カ月|ヶ月|月|日|時間|泊|個|戸|年度)(?:分|間|まで|以内|限り|目途|程度)+$|^(?:先着|抽選|限定|定員)\x20?[0-9]+|最長|最大|最短|上限|下限|限度|^例|年額|月額|日額|定額|実費|一式|以上の額|円$|円/|千円|^うち$|初年度のみ|消費|期間|まで$|内数|総額$|合計$|発生|以下、|以下「|無料|免除|対象外|対象となり|除外|低い|少ない|加算|小数|四捨|条例|要綱|規則|募集|受付|令和|平成"
)
_COUNTED = compiled(r"^[\s\W\d]*$|[0-9]+\x20?(?:人|名|件|回|台|社|者|団体|事業者?|世帯|年|か月|カ月|ヶ月|月|日|時間|泊|個|戸|年度)(?:分|間|まで|以内|限り|目途|程度)+$|^(?:先着|抽選|限定|定員)\x20?[0-9]+|円(?:を超える)?$|[×÷=+]|^(?:補助|助成|支援|交付|支給|給付|負担|加算|追加|上乗せ|増額|税込み?|税抜き?|税別)$|(?:全額|半額|一部|実費|得た額)(?:補助|助成|支給)?$|^利子補給$|切り?捨て?$|四捨五入|[年月週][0-9]+回$")
_OF_THE_FIGURE = compiled(r"^\x20?(?:以上)?の?(?:ごとに?|毎に|につき|(?:引き?上げ)?(?:た|る)場合)(?:は|には|、|\x20|$)*")
"""1,000円ごとに10円, 50円引き上げた場合 30万円: the rest of what is said of the figure before."""
_ONLY_SIGNS = compiled(r"^[\W_0-9]*$")
_TAIL = compiled(rf"(?:(?:(?:(?<=[\s、:はのがを・()]|^){_GENERIC}|(?:補助|助成|支援|交付|融資|貸付)率|{_ROLE})(?:は|を|が|の|で|:|\x20)*)|原則\x20?)+$")
MARK = compiled(r"(?:^|(?<=[\s。、)】]))(?P<mark>[①-⑳㉑-㉟❶-❿]|(?:\([0-9]{1,2}\)|[0-9]{1,2}\)|\([アイウエオカキクケコ]\)|[アイウエオカキクケコ](?=\x20)))")
_ABOVE = compiled(r"(?:中小企業|大企業|小規模|中小)")


@lru_cache(maxsize=REMEMBERED)
def clean(text: str) -> str | None:
    """Generic words, particles and signs taken off both ends: 全域過疎地域は補助率 → 全域過疎地域; None when nothing is left."""
    while True:
        found = _LEAD.match(text) or _TRAIL.search(text)
        if not found or not found[0]:
            break
        text = text[found.end() :] if found.start() == 0 and found.end() < len(text) else text[: found.start()]
        if not text:
            return None
    text = text.strip()
    if text.count("(") != text.count(")"):
        text = text.strip("()")
    return None if not text or (_ONLY_SIGNS.match(text) and not MARK.match(text)) else text


@lru_cache(maxsize=REMEMBERED)
def label(text: str) -> str | None:
    """What stands before a colon: 先進枠, 中小企業; None for 補助率, 上限額 and other generic words (then what they stand after)."""
    pieces = _SPLIT.split(text[-LONGEST - 20 :])
    for piece in reversed(pieces[-2:]):
        name = clean(piece)
        if name and _VERB.search(name) and "場合" in piece:
            name += "場合"
        if name and _DONE.fullmatch(name):
            return name
        if name and len(name) <= LONGEST and (not _SENTENCE.search(name) or piece.rstrip().endswith(("場合", "とき", "もの"))):
            return name
        if name:
            return None
    return None


@lru_cache(maxsize=REMEMBERED)
def own(text: str, rate: bool) -> str | None:
    """Who the words right before a figure name: 小規模事業者は, 輸出は最大, 特例. rate: what 3分の2 is taken of (経費の) is no scope."""
    text = _OF_THE_FIGURE.sub("", _TAIL.sub("", text))
    marked = _MARKED.search(text) is not None
    if rate and text.rstrip().endswith("の"):
        text = text.rstrip()
        cut = max((m.end() for m in _BASE.finditer(text)), default=0)
        beside = clean(text[: cut - 1]) if text[cut - 1 : cut] == " " else None
        if beside and len(beside) <= 12 and " " not in beside and not _SENTENCE.search(beside):
            return None if _COUNTED.search(beside) else beside  # リフォーム 工事費の10％
        text = text[: max((m.end() for m in _BASE.finditer(text)), default=0)]
        marked = _MARKED.search(text) is not None
        if not marked:
            return None
    piece = clean(text)
    if piece is None:
        return None
    if _VERB.search(piece) and "場合" in text[text.find(piece) :]:
        piece += "場合"
    if " " in piece and not piece.endswith(")"):
        piece = piece.rsplit(" ", 1)[1]
    if "、" in piece:
        piece = next((name for part in reversed(piece.split("、")) if (name := clean(part))), "")
    if not piece or len(piece) > LONGEST or (not marked and (len(piece) > 24 or _SENTENCE.search(piece))):
        return None
    if marked and _SENTENCE.search(piece) and len(piece) > 24:
        return None
    if piece.startswith(("その額", "この額", "当該額")) or (rate and not marked and piece.endswith(("額", "経費"))):
        return None
    return None if _COUNTED.search(piece) else piece


@lru_cache(maxsize=REMEMBERED)
def bracket(text: str) -> str | None:
    """Who a bracket without figures names: （中小企業）, 【県内】; None for notes, tax, counts and conditions of the budget."""
    if _NO_SCOPE.search(text):
        return None
    piece = clean(text)
    return piece if piece and len(piece) <= LONGEST and not regex.search(r"ます|です|ください", piece) else None


def join(*parts: str | None) -> str | None:
    """Outer and inner scope in one: 先進枠 中小; one that says the other is left away."""
    out: list[str] = []
    for part in parts:
        if part and not any(part in p for p in out):
            out.append(part)
    if not out:
        return None
    if len(out[0]) == 1 and len(out) > 1:
        return out[0] + " ".join(out[1:])
    return " ".join(out)


def counterpart(inner: str | None) -> str | None:
    """中小企業以外 in a bracket says that what stands outside is for 中小企業."""
    if inner and inner.endswith("以外") and _ABOVE.fullmatch(inner[:-2].rstrip("の")):
        return inner[:-2]
    return None


PROSE = frozenset({"summary", "eligibility", "eligible_costs", "remarks"})
NEAR = 12
"""Characters between a label and its figure in running text (小規模事業者については補助率が2/3)."""
_CLAUSE = compiled(r"[をがへ]|から|より|ため|する|した|され|又は$")


def in_prose(folded: str, scope: str | None, start: int, end: int) -> str | None:
    """The scope of a figure in running text, where only a label right beside the figure says for whom it holds: a word
    from an earlier part of the sentence is no scope (相手方の出願又は…に係る経費の2/3 is not for 相手方の出願)."""
    if scope is None:
        return None
    name = scope.rsplit(" ", 1)[-1]
    if len(scope) > LONGEST or _CLAUSE.search(scope):
        return None
    around = folded[max(0, start - len(name) - NEAR) : start], folded[end : end + len(name) + 4]
    return scope if any(name in words for words in around) else None
