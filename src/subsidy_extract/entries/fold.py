"""A heading as published → the form it is looked up by: widths, spaces, line breaks, bullets and spellings folded."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.patience import patience

BRACKETS = compiled(r"[（(〔［\[＜<【〈《]([^（()）〔〕［］\[\]＜＞<>【】〈〉《》]*)[)）〕］\]＞>】〉》]")
_NUMBERED = compiled(r"^\s*(?:[①-⑳㉑-㉟❶-❿Ⓐ-Ⓩⓐ-ⓩ]|[（(][0-9０-９]{1,2}[)）]|[0-9０-９]{1,2}[.．)）])\s*")
_BULLET = compiled(r"^[■□◆◇●○◎★☆▼▽▲△・►▶→※＊*]+|[：:;；。、．.]+$|^[【《〈「『]|[】》〉」』]$")
_JUNK = compiled(r"[\s\u200b-\u200f\u2060\ufeff\p{Cc}]+")
_HYPHEN = compiled(r"[\u2010-\u2015\u2212\uff70\uff0d-]")
_KANA_HYPHEN = compiled(r"(?<=[ァ-ヺ])[\u2010-\u2015\u2212\u2500-](?=[ァ-ヺ]|$)")
# one word, many spellings: 問い合わせ / 問合わせ / お問合せ, 申し込み / 申込み, 〆切, ＴＥＬ …
# First the signs of which one must stand in the text for the pattern to match: asking for them is twenty times as quick.
_SPELLINGS = tuple(
    (frozenset(signs), compiled(a), b)
    for signs, a, b in (
        ("おご御", r"(?:^|(?<=[・/、,]))(?:お|ご|御)(?=[問申相連担利案提応])", ""),
        ("問", r"[おご御](?=問[いあ合])", ""),
        ("問", r"問い?合わ?せ?", "問合せ"),
        ("続", r"手続き", "手続"),
        ("申", r"申し?込み?", "申込"),
        ("受", r"受け?付け?", "受付"),
        ("切", r"(?:締め?|〆)切り?", "締切"),
        ("組", r"取り?組み?", "取組"),
        ("扱", r"取り?扱い?", "取扱"),
        ("積", r"見積も?り", "見積"),
        ("ブ", r"ウェブ|ウエブ", "web"),
        ("ぺ", r"ホームぺージ", "ホームページ"),
        ("限", r"限度額度", "限度額"),
        ("メ", r"メ[ー]?ル", "メール"),
        ("電", r"電話番号", "電話"),
        ("フﾌ", r"ファックス|ファクシミリ|ファクス|ﾌｧｯｸｽ", "fax"),
        ("テt", r"テレフォン|tel\.", "tel"),
        ("場", r"市町村役?場", "市町村"),
        ("のど等", r"(?:の|など|等)(?!$)|(?<=.)(?:等|など)$", ""),
    )
)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The form a heading is compared by. Not a published text: nothing of it is shown.

    `補 助 率`, `補助\\n率`, `①補助率：` and `補助率等` are one; `お問い合わせ先` and `問合せ先` are one.
    """
    text = _NUMBERED.sub("", text[:400])
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _JUNK.sub("", text)
    before = None
    while before != text:
        before, text = text, _BULLET.sub("", text)
    text = _KANA_HYPHEN.sub("ー", text)
    text = _HYPHEN.sub("", text)
    for signs, pattern, to in _SPELLINGS:
        if not signs.isdisjoint(text):
            text = pattern.sub(to, text, timeout=patience(text))
    return text


@lru_cache(maxsize=8192)
def without_brackets(text: str) -> tuple[str, tuple[str, ...]]:
    """The heading without its brackets, and what stood in them. A heading that is all bracket is what stands in it."""
    inside: list[str] = []
    bare = text
    while (m := BRACKETS.search(bare, timeout=patience(bare))) is not None:
        inside.append(m[1])
        bare = bare[: m.start()] + " " + bare[m.end() :]
    bare = regex.sub(r"[（(〔［\[][^）)〕］\]]*$", " ", bare)
    if not bare.strip():
        return " ".join(inside) or text, ()
    return bare, tuple(inside)


_ONE_LINE = compiled(r"(?<=[^\x00-\xff])[ \t]*[\r\n]+[ \t]*(?=[^\x00-\xff])")


@lru_cache(maxsize=8192)
def one_line(text: str) -> str:
    """A heading as published on one line: a break between Japanese characters is no space."""
    return " ".join(_ONE_LINE.sub("", text.strip()).split())
