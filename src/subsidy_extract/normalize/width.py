"""Width: a text goes in, the same text with every look-alike sign made one comes out, one character for one character.

Spans found on the folded text are therefore spans of the published text. Circled digits (①), ㎡, ½, ㈱ and superscripts are
left alone: NFKC on them would make 1500万円 of ①500万円.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import numpy as np

from subsidy_extract.compiled import compiled

DASHES = "-\u00ad\u058a\u05be\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u207b\u208b\u2212\u2500\u2501\u2796\u2e3a\u2e3b\ufe31\ufe32\ufe58\ufe63\uff0d"
"""Every sign Unicode or a Japanese keyboard offers for a hyphen. ー and ｰ are letters, and fold only between digits."""

_GROUPS = {
    "-": DASHES,
    "~": "\u02dc\u2053\u223c\u223d\u223f\u224b\u2307\u301c\u3030\uff5e",
    "/": "\u2044\u2215\u29f8\u2571",
    ":": "\u02d0\u2236\ufe13\ufe30\ufe55\ua789",
    "'": "\u2018\u2019\u201b\u2032\u00b4\u02b9\u02bc",
    '"': "\u201c\u201d\u201f\u2033",
    "%": "\u066a\ufe6a",
    "・": "\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65",
    "→": "\u21d2\u27a1\u2794\u279c\uffeb",
    "●": "\u25cf\u26ab",
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u2028\u2029"
    "\u202f\u205f\u2060\u3000\ufeff\r\x0b\x0c\x85",
}

_BLOCKS = ((0x2E80, 0x2FDF), (0xFE10, 0xFE6F), (0xFF01, 0xFFEE), (0x1D400, 0x1D7FF))
"""Radicals, presentation and small forms, half- and full-width forms, mathematical letters: one sign for one by NFKC."""


def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for first, last in _BLOCKS:
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code) and not unicodedata.combining(plain):
                table[code] = plain
    table[0xFF9E], table[0xFF9F] = "゛", "゜"  # the marks of half-width kana stay signs of their own
    for plain, alike in _GROUPS.items():
        for sign in alike:
            if sign != plain:
                table[ord(sign)] = plain
    # what NFKC only brought half of the way (︲ → – → -)
    return {code: table.get(ord(plain), plain) for code, plain in table.items()}


FOLD = _table()
"""Code point → the one character that stands for it."""

# str.translate looks every sign up by itself; one numpy take over the whole text is five times as quick
_CODES = np.arange(0x110000, dtype="<u4")
_CODES[list(FOLD)] = [ord(plain) for plain in FOLD.values()]

_SHORT = 48
"""Characters below which str.translate is the quicker one."""
_LONG_MARK = compiled(r"(?<=[0-9)])[ーｰ](?=[0-9(])")


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """The text with full-width letters and digits, dashes, tildes, spaces and half-width kana made one; same length.

    A line break stays a line break. Never fails: what is not in the table stays as it is.
    """
    if text.isascii() and "\t" not in text and "\r" not in text:
        return text
    if len(text) < _SHORT:
        plain = text.translate(FOLD)
        return _LONG_MARK.sub("-", plain) if "ー" in plain else plain
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    plain = _CODES.take(codes).tobytes().decode("utf-32-le", "surrogatepass")
    if "ー" in plain:
        plain = _LONG_MARK.sub("-", plain)
    return plain
