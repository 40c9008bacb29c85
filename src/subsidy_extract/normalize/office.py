"""Offices: the text of a contact goes in with what was found in it; who is to be asked comes out, on one line, without numbers and labels."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.normalize.patterns import each
from subsidy_extract.normalize.width import fold

_POSTCODE = compiled(r"(?:〒|郵便番号\s?:?)\s?[0-9]{3}\s?-?\s?[0-9]{4}")
_HOURS = compiled(
    r"[(〔]?(?:(?:受付|対応|開設|相談|営業|業務)時間?\s?:?\s?)?(?:平日|月~金|月曜日?(?:~|から)金曜日?|土日祝日?(?:を?除く|休み?))?[、,]?\s?(?:午前|午後)?[0-9]{1,2}\s?(?::[0-9]{2}|時(?:[0-9]{1,2}分|半)?)\s?(?:~|-|から)\s?"
    r"(?:午前|午後)?[0-9]{1,2}\s?(?::[0-9]{2}|時(?:[0-9]{1,2}分|半)?)(?:\s?まで)?\s?(?:[(、,]?\s?(?:平日|土日祝日?|土曜?・?日曜?・?祝日?|12時~13時)(?:のみ|を?除く)?\s?[)]?)?\s?[)〕]?"
)
_SIGN_NOTE = compiled(r"[(※]{0,2}\s?[^()※。]{0,24}?(?:を|は)\s?[「『\"'(]?\s?(?:半角の?)?\s?(?:@|アットマーク)[^()。※]{0,24}[)。]?")
_LABEL = (
    r"(?:T\s?E\s?L|Tel|tel|F\s?A\s?X|Fax|fax|ＨＰ|H\s?P|URL|url|E\s?-?\s?[Mm]ail|E\s?-?\s?MAIL|e\s?-?\s?mail|e-Mail|Eメール|電子メール|メールアドレス|メール|[Mm]ail|MAIL|ホームページ(?:アドレス)?|ウェブサイト|Webサイト"
    r"|電話番号|電話|でんわ|ファクシミリ|ファックス|ファクス|℡|℻|☎|☏|📞|📠|✉|フリーダイ[ヤア]ル|ナビダイ[ヤア]ル|ダイ[ヤア]ルイン|フリーコール|直通電話|直通|大?代表電話|大?代表|内線番号|内線|IP電話(?:用|等)?|専用電話|携帯電話)"
)
_LABELLED = compiled(rf"(?<![A-Za-z一-龠ァ-ヶー]){_LABEL}(?:番号)?(?:\s?[/・&]\s?{_LABEL}(?:番号)?)*+\s?(?:\((?:代表?|直通|内線|兼用|共通|代)\))?\s?(?::|=)?\s?(?=$|[\x00\s、,/・;|()<>\[\]【】〔〕「」。]|:)")
_BEFORE_NUMBER = compiled(rf"(?:{_LABEL}|[TFE]\s?[:.])(?:番号)?(?:\s?[/・&]\s?(?:{_LABEL})(?:番号)?)*\s?(?:\([^()]{{0,6}}\))?\s?[:.=>]?\s?[(<\[]?\s?(?=\x00)")
_HEADINGS = compiled(r"(?:【|\[|<|●|■|○|◎|・|☆|★|※)?\s?(?:お?問い?合わ?せ先?|申し?込み?先|連絡先|担当(?:課|部署|者)?|窓口|お?問い?合わ?せ・申し?込み?先|提出先)\s?(?:】|\]|>)?\s?:\s?")
_MARKERS = compiled(r"^(?:[●■○◎・☆★※◆◇□▪▶→]|【?(?:お?問い?合わ?せ先?|申し?込み?先|連絡先|担当課|窓口)】)\s*")
_LEFT_OVER = compiled(r"[(<\[【〔「《](?:[、,/・;:|\s]|代表?|直通|内線|兼用|FAX兼用|共通|予定)*+[)>\]】〕」》]")
_SEPARATORS = compiled(r"(?:\s?[、,/;|:]\s?){2,}+")
_PERSON = compiled(r"[(、,\s]?\s?担\s?当\s?者?\s?(?::\s?|\s)(?P<who>[^\s、,()/0-9]{1,8}(?:[\s・、][^\s、,()/0-9]{1,4})?)\s?(?:様|まで)?[)]?(?=\s|$|\x00)")
_SECTION = compiled(r"[課室係班部局署所会社団校館館内グ]|グループ|チーム|センター|支援|事務局|協会|組合|法人|ユニット|ライン")


_GAPS = compiled(r"[\0\s]+")
_LAST_SIGN = compiled(r"\s*([、,／/])\s*$")
_TO_BLANK = (
    (_SIGN_NOTE, compiled(r"@|アットマーク")),
    (_POSTCODE, compiled(r"〒|郵便番号")),
    (_HOURS, compiled(r"[0-9]\s?[:時]")),
    (_BEFORE_NUMBER, None),
    (_LABELLED, None),
    (_HEADINGS, compiled(r"[先者課署当口]\s?[】\]>]?\s?:")),
)


def office(text: str, spans: Iterable[tuple[int, int]]) -> str | None:
    """The office of a contact text: 鹿児島県農政課 かごしまの食輸出・ブランド戦略室 輸出戦略係. spans: where phones, mails and URLs were
    read (start, end of each Found). None when nothing but numbers and labels stands there. Never raises.

    Names of persons behind 担当(者) are left away; opening hours, postcodes and notes on signs (★を@に) too.
    """
    return _office(text, tuple(spans))


@lru_cache(maxsize=2048)
def _office(text: str, spans: tuple[tuple[int, int], ...]) -> str | None:
    """The same contact stands in many rows: each text is read once."""
    marks = list(text)
    plain = list(fold(text))
    for start, end in spans:
        for at in range(max(0, start), min(end, len(plain))):
            plain[at] = marks[at] = "\0"
    shown = "".join(plain)
    shown = _without_person(shown, marks)
    for pattern, needs in _TO_BLANK:
        if needs is None or needs.search(shown):
            shown = _blank(pattern, shown, marks)
    return _tidy("".join(marks))


def _blank(pattern: regex.Pattern[str], shown: str, marks: list[str]) -> str:
    found = [m.span() for m in each(pattern, shown)]
    if not found:
        return shown
    out = list(shown)
    for start, end in found:
        out[start:end] = marks[start:end] = "\0" * (end - start)
    return "".join(out)


def _without_person(shown: str, marks: list[str]) -> str:
    if "担" not in shown:
        return shown
    out = list(shown)
    for m in each(_PERSON, shown):
        if _SECTION.search(m["who"]):
            continue
        for at in range(m.start(), m.end()):
            out[at] = marks[at] = "\0"
    return "".join(out)


def _tidy(text: str) -> str | None:
    said = _GAPS.sub(" ", text)
    for _ in range(4):  # brackets within brackets empty one after the other
        before = said
        for pattern in (_LEFT_OVER, _SEPARATORS):
            said = _cut(pattern, " ".join(said.split()))
        if said == before:
            break
    said = _balanced(said)
    said = " ".join(said.split())
    said = _LAST_SIGN.sub("", said)
    m = _MARKERS.match(said)
    if m:
        said = said[m.end() :]
    said = said.strip(" \u3000、,／/・;:：；|｜。.-－―〜～~=＝\"'”“")
    return said if any(sign.isalpha() for sign in said) else None


def _cut(pattern: regex.Pattern[str], said: str) -> str:
    """`said` with a space for everything that the pattern finds in its folded form."""
    parts: list[str] = []
    at = 0
    for m in each(pattern, fold(said)):
        parts += [said[at : m.start()], " "]
        at = m.end()
    return "".join([*parts, said[at:]])


def _balanced(said: str) -> str:
    """Brackets that lost their partner with a number go."""
    if not any(sign in said for sign in "()（）<>＜＞[]［］【】〔〕「」"):
        return said
    keep = [True] * len(said)
    stack: list[tuple[str, int]] = []
    pairs = {")": "(", "）": "（", "】": "【", "]": "[", "］": "［", "〕": "〔", "」": "「", ">": "<", "＞": "＜"}
    mixed = {"(": "(", "（": "(", "<": "<", "＜": "<", "[": "[", "［": "["}
    for at, sign in enumerate(said):
        if sign in pairs.values():
            stack.append((mixed.get(sign, sign), at))
        elif sign in pairs:
            partner = mixed.get(pairs[sign], pairs[sign])
            if stack and stack[-1][0] == partner:
                stack.pop()
            else:
                keep[at] = False
    for _, at in stack:
        keep[at] = False
    return "".join(sign if kept else " " for sign, kept in zip(said, keep, strict=True))
