"""Text as a PDF spells it → text as it was published: the one fixed table of what only a font or the PDF put there.

Never NFKC (it turns ①500万円 into 1500万円): widths, ①, ㈱, 〜, ＝ and ordinary compatibility characters stay. A font that draws
two characters with one glyph lets the producer write either into the text layer; the table holds the pairs of which
nobody types the second: radicals (⼩ for 小), Korean doubles (U+F90A for 金), vertical forms (︵ for （), ligatures.
Source: EquivalentUnifiedIdeograph.txt of Unicode for U+2E80–2EFF, the decompositions of UnicodeData.txt for the rest, and
the shared glyphs of the Japanese Noto and IPA fonts, which give ⼾ as 戸 where Unicode gives the Chinese 戶.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

# U+2E81 … U+2EF3 without the unassigned U+2E9A, in order
_RADICALS_SUPPLEMENT = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车"
    "辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_VERTICAL_FORMS = dict(zip("︐︑︒︓︔︕︖︗︘︙︰︱︲︳︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈", "，、。：；！？〖〗…‥—–＿（）｛｝〔〕【】《》〈〉「」『』［］", strict=True))
# of the doubles for Korean (U+F900–FA0B) six are Japanese characters of their own in JIS X 0213 and stay: 欄廊朗虜殺類隆
_JIS_X_0213 = {0xF91D, 0xF928, 0xF929, 0xF936, 0xF970, 0xF9D0, 0xF9DC}


def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    codes = [c for c in range(0x2E81, 0x2EF4) if c != 0x2E9A]
    table.update(zip(codes, _RADICALS_SUPPLEMENT, strict=True))
    table.update((c, unicodedata.normalize("NFKC", chr(c))) for c in range(0x2F00, 0x2FD6))
    table[0x2F3E] = "戸"
    table.update((c, unicodedata.normalize("NFC", chr(c))) for c in range(0xF900, 0xFA0C) if c not in _JIS_X_0213)
    table.update((ord(a), b) for a, b in _VERTICAL_FORMS.items())
    table.update((c, unicodedata.normalize("NFKC", chr(c))) for c in range(0xFB00, 0xFB07))  # ﬁ ﬂ ﬀ ﬃ ﬄ ﬅ ﬆ
    table.update({0x2027: "・", 0x2329: "〈", 0x232A: "〉", 0x2215: "／", 0xF0B7: "•"})
    # a hyphen: pdfium's mark for one at a line's end, and the "soft" one, which a font draws with the hyphen's own glyph
    table.update({0xFFFE: "-", 0x00AD: "-", 0x2011: "-"})
    table[0x00A0] = " "
    table.update((c, " ") for c in (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x2028, 0x2029))
    nothing = [*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), *range(0x200B, 0x2010)]
    nothing += [*range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x034F, 0x061C, 0x180E, 0xFEFF, *range(0xFFF9, 0xFFFC), 0xFFFF]
    nothing += [*range(0xFE00, 0xFE10), *range(0xE0000, 0xE01F0)]  # variation selectors and tags
    table.update((c, "") for c in nothing)
    # C1 controls are no text: a producer wrote the bytes of Windows' code page there
    table.update((c, known) for c in range(0x80, 0xA0) if (known := bytes([c]).decode("cp1252", "ignore")))
    return table


TABLE: dict[int, str] = _table()
"""Code point → what stands for it: a character, several (a ligature) or none."""
VOICED = "\u3099\u309a"  # marks that a kana carries: か and the mark are が, as everybody writes it
_MENDED = frozenset(map(chr, TABLE)) | frozenset(VOICED)
_CARRIED = re.compile(f".[{VOICED}]")


def mend(text: str) -> str:
    """The text as published. Idempotent; the length may change."""
    plain = text.translate(TABLE)
    return _carried(plain) if VOICED[0] in plain or VOICED[1] in plain else plain


def _carried(text: str) -> str:
    return _CARRIED.sub(lambda m: unicodedata.normalize("NFC", m[0]), text)


def mend_each(texts: list[str]) -> list[str]:
    """One string per glyph, mended; the list keeps its length (a glyph of nothing becomes an empty string)."""
    whole = "".join(texts)
    found = _MENDED.intersection(whole)
    if not found:  # the usual page: nothing to mend
        return texts
    if not found.isdisjoint(VOICED):
        plain = [t.translate(TABLE) for t in texts]
        for i in range(1, len(plain)):
            if plain[i] and plain[i] in VOICED and len(whole := _carried(plain[i - 1] + plain[i])) == len(plain[i - 1]):
                plain[i - 1], plain[i] = whole, ""
        return [_carried(t) for t in plain]
    if len(whole) == len(texts):  # one character each
        change = {c: c.translate(TABLE) for c in found}
        return [change.get(t, t) for t in texts]
    return [t.translate(TABLE) for t in texts]


def bag(text: str) -> Counter[str]:
    """How often each character stands in a mended text, white space aside."""
    counted = Counter(text)
    for c in [c for c in counted if c.isspace()]:
        del counted[c]
    return counted


def bag_text(parts: Iterable[str]) -> str:
    """The characters of a page, white space aside, in the order given: what a witness says."""
    return "".join("".join(parts).split())
