"""Text goes in, and the same text comes out without what only typesetting put there: width, case, spaces, dashes, brackets."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex

_ALIKE = {
    **dict.fromkeys("‐‑‒–—―−─━－ー－﹣ｰ", "-"),
    **dict.fromkeys("〜～∼˜〰~", "~"),
    **dict.fromkeys("(（〔［[｛{【〈《", "("),
    **dict.fromkeys(")）〕］]｝}】〉》", ")"),
    **dict.fromkeys("「『｢“‘\"'＂＇", "「"),
    **dict.fromkeys("」』｣”’", "」"),
    **dict.fromkeys("・･·‧•∙●", "・"),
    **dict.fromkeys("、，､,", ","),
    **dict.fromkeys("。．｡.", "."),
    **dict.fromkeys("⁄∕／", "/"),
    "ヶ": "ケ", "ヵ": "カ", "×": "x", "✕": "x",
}  # fmt: skip


class _Table(dict[int, str]):
    """One character → what is compared in its place; filled as characters come."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if 0x2460 <= code <= 0x2473:  # ① is a number in front of an item, as (1) is; NFKC would glue it to the next digits
            out = f"({code - 0x245F})"
        elif char in _ALIKE:
            out = _ALIKE[char]
        else:
            out = "".join(
                _ALIKE.get(c, c).casefold()
                for c in unicodedata.normalize("NFKC", char)
                if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf")
            )
        self[code] = out
        return out


_TABLE = _Table()
_MARKS = {"\u3099", "\u309a"}


def fold(text: str | None) -> str:
    """The text as it is compared; equal results mean that two texts differ in looks only. None is the empty text."""
    if not text:
        return ""
    out = text.translate(_TABLE)
    if "\u3099" in out or "\u309a" in out:  # ｶﾞ is two characters of which the second only voices the first
        out = unicodedata.normalize("NFC", out)
    return out.rstrip(".")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, where in the source it stands (`at[i]` to `at[i] + 1`)."""

    text: str
    at: tuple[int, ...]


def fold_at(text: str) -> Folded:
    """As `fold`, but every character knows where it came from (a final 。stays)."""
    out: list[str] = []
    at: list[int] = []
    for i, char in enumerate(text):
        for c in _TABLE[ord(char)]:
            if c in _MARKS and out:
                joined = unicodedata.normalize("NFC", out[-1] + c)
                if len(joined) == 1:
                    out[-1] = joined
                    continue
            out.append(c)
            at.append(i)
    return Folded("".join(out), tuple(at))


_ERA = r"(?:令和|平成|昭和|(?<![a-z])[rhs])(?:元|\d{1,2})"
_YEAR = regex.compile(rf"(?:(?:{_ERA}|(?<!\d)20\d\d)(?:年度|年(?!\d{{1,2}}月)|(?=補正|当初|$|[^\d年./-]))|(?<!\d)\d{{1,2}}年度)(?:版|分)?")
_NOTE = regex.compile(r"【[^】]*】|〖[^〗]*〗")
_LOOSE = regex.compile(r"[\s()「」,.:;・~/\-!?&★☆◆◇■□※＊*_]+")


@lru_cache(maxsize=20000)
def name_key(name: str) -> str:
    """What stays of a name from year to year: folded, without year tokens, 【…】 notes and signs; never empty for a name."""
    return _key(_NOTE.sub("", name)) or full_key(name)


@lru_cache(maxsize=20000)
def full_key(name: str) -> str:
    """As `name_key`, with the words of 【…】 notes: what tells 【一般枠】 from 【特別枠】 within a year."""
    return _key(name) or fold(name)


def _key(name: str) -> str:
    return str(_LOOSE.sub("", _YEAR.sub("", fold(name))))


def without_years(text: str) -> str:
    """Folded text without 令和8年度, R8, 2026年度 …"""
    return str(_YEAR.sub("", fold(text)))
