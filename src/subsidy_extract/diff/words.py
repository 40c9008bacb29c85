"""Two published texts go in, the words that changed come out: Japanese cut into words, typed values and dates kept whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import regex
from rapidfuzz.distance import Indel

from .fold import fold_at
from .model import Mark, Value

_ERA_START = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}
_WEEKDAY = r"(?:\((?:[月火水木金土日](?:曜日?)?)(?:・祝)?\))?"
_YEAR = r"(?:(?P<era>令和|平成|昭和|(?<![a-z])[rhs])(?P<n>元|\d{1,2})|(?<!\d)(?P<y>20\d\d))"
_WORD = regex.compile(
    rf"(?P<day>{_YEAR}(?:年度?|[./-])(?P<m>\d{{1,2}})(?:月|[./-])(?P<d>\d{{1,2}})(?!\d)日?{_WEEKDAY})"
    rf"|(?P<month>{_YEAR}年(?P<m>\d{{1,2}})月)"
    rf"|(?P<fiscal>{_YEAR}年度|(?<!\d)(?P<short>\d{{1,2}})年度)"
    rf"|(?P<year>{_YEAR}年(?!\d)|(?<![a-z])r(?P<rn>\d{{1,2}})(?![\d./-]|[a-z]))"
    rf"|(?P<plain>(?<![\d.])(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})日{_WEEKDAY})"
    r"|\d+/\d+|\d+(?:[,.]\d+)*(?:(?:兆|億|万|千|百)*円|(?:人|名|社|件|回|台|者|年|月|日|時間?|分|か所|ケ所|%|歳|号|次|団体|点|枚|頭|本)(?:間|以上|以下|以内|未満|目)?)?"
    r"|[a-z]+(?:[a-z'_-]*[a-z])?|[\p{Katakana}-]{2,}|\X",
)
_SIGNS = set(".,・:;()「」!?*※★☆ ")
"""Signs whose coming and going changes no meaning."""

_PLAIN_CUTS = regex.compile(r"[\p{Hiragana}\p{P}]")


@dataclass(frozen=True, slots=True)
class When:
    """A date inside a text. shape: day, month, fiscal, year, plain (no year); a part that is not said is 0."""

    shape: str
    year: int
    month: int
    day: int

    def rolled(self, other: When, years: int) -> bool:
        """Whether `other` is the same day of the year, `years` later."""
        if self.shape != other.shape or not self.year or other.year - self.year != years:
            return False
        leap = self.month == other.month == 2 and {self.day, other.day} == {28, 29}
        return (self.month, self.day) == (other.month, other.day) or leap

    def iso(self) -> str | None:
        if self.shape != "day":
            return None
        try:
            return date(self.year, self.month, self.day).isoformat()
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Token:
    """A word: `key` is what is compared; `value` a typed value or a date. start, end: in the published text."""

    key: str
    start: int
    end: int
    value: Value | When | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Tokens a0 to a1 of the old text became b0 to b1 of the new one."""

    a0: int
    a1: int
    b0: int
    b1: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two texts side by side: edits are what changed, pairs the typed values and dates that stand in the same place."""

    old: tuple[Token, ...]
    new: tuple[Token, ...]
    edits: tuple[Edit, ...]
    pairs: tuple[tuple[Token, Token], ...]

    def mark(self, edit: Edit) -> Mark:
        return Mark(*_stretch(self.old, edit.a0, edit.a1), *_stretch(self.new, edit.b0, edit.b1))

    def loose(self) -> tuple[list[Token], list[Token]]:
        """Tokens with a typed value that have no counterpart in the same place."""
        old = [t for e in self.edits for t in self.old[e.a0 : e.a1] if isinstance(t.value, Value)]
        new = [t for e in self.edits for t in self.new[e.b0 : e.b1] if isinstance(t.value, Value)]
        return old, new

    def meant(self) -> list[Edit]:
        """Edits that are more than a sign set otherwise."""
        return [e for e in self.edits if not (_only_signs(self.old[e.a0 : e.a1]) and _only_signs(self.new[e.b0 : e.b1]))]


def _only_signs(tokens: Sequence[Token]) -> bool:
    """Whether nothing is said by these tokens; a dash set for 〜 (or none for either) is still said by the other side."""
    return all(set(t.key) <= _SIGNS for t in tokens) or (len(tokens) == 1 and tokens[0].key in ("-", "~"))


def _stretch(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    if first < last:
        return tokens[first].start, tokens[last - 1].end
    at = tokens[first].start if first < len(tokens) else (tokens[-1].end if tokens else 0)
    return at, at


def cut(text: str, values: Sequence[Value] = (), kinds: frozenset[str] = frozenset()) -> tuple[Token, ...]:
    """A text → its words. A value of one of `kinds` is one word whatever it says, and so is a date."""
    folded = fold_at(text)
    spans: list[tuple[int, int, Value]] = []
    taken = 0
    for value in sorted((v for v in values if v.kind in kinds and v.start < v.end), key=lambda v: (v.start, -v.end)):
        if value.start >= taken:
            spans.append((value.start, value.end, value))
            taken = value.end
    tokens: list[Token] = []
    at = 0
    for start, end, value in spans:
        first = _position(folded.at, start)
        _words(folded.text, folded.at, at, first, tokens)
        tokens.append(Token(f"\0{value.kind}", start, end, value))
        at = _position(folded.at, end)
    _words(folded.text, folded.at, at, len(folded.text), tokens)
    return tuple(tokens)


def _position(at: Sequence[int], source: int) -> int:
    """The first folded character that stands at or after a place of the source."""
    return bisect_left(at, source)


def _words(text: str, at: Sequence[int], first: int, last: int, tokens: list[Token]) -> None:
    for m in _WORD.finditer(text, first, last, timeout=5):
        start, end = at[m.start()], at[m.end() - 1] + 1
        when = _when(m)
        tokens.append(Token(f"\0{when.shape}" if when else m.group(), start, end, when))


def _when(m: regex.Match[str]) -> When | None:
    if m.lastgroup is None:
        return None
    shape = next((s for s in ("day", "month", "fiscal", "year", "plain") if m.group(s) is not None), None)
    if shape is None:
        return None
    if m.group("y"):
        year = int(m.group("y"))
    elif m.group("era"):
        n = m.group("n")
        year = _ERA_START[m.group("era")] + (1 if n == "元" else int(n))
    else:
        short = m.group("short") or m.group("rn")
        year = 2018 + int(short) if short else 0
    return When(shape, year, int(m.group("m") or 0), int(m.group("d") or 0))


def align(old: tuple[Token, ...], new: tuple[Token, ...]) -> Aligned:
    """The words that changed, and the values and dates that kept their place. Small islands between changes are swallowed."""
    blocks = Indel.opcodes([t.key for t in old], [t.key for t in new])
    edits: list[Edit] = []
    pairs: list[tuple[Token, Token]] = []
    for block in blocks:
        a0, a1, b0, b1 = block.src_start, block.src_end, block.dest_start, block.dest_end
        if block.tag == "equal":
            held = [(x, y) for x, y in zip(old[a0:a1], new[b0:b1], strict=True) if x.value is not None]
            island = old[a0:a1]
            if edits and not held and edits[-1].a1 == a0 and edits[-1].b1 == b0 and _small(island) and (a1 < len(old) or b1 < len(new)):
                edits.append(Edit(a0, a1, b0, b1))
                continue
            pairs += held
            continue
        edits.append(Edit(a0, a1, b0, b1))
    return Aligned(old, new, _joined(old, new, edits), tuple(pairs))


def _small(island: Sequence[Token]) -> bool:
    """A stray を or ・ between two changes is no common ground."""
    return len(island) <= 2 and all(len(t.key) == 1 and _PLAIN_CUTS.match(t.key) for t in island)


def _joined(old: Sequence[Token], new: Sequence[Token], edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Touching edits made one; equal words at the ends of each given back."""
    joined: list[Edit] = []
    for e in edits:
        last = joined[-1] if joined else None
        if last and last.a1 == e.a0 and last.b1 == e.b0:
            joined[-1] = Edit(last.a0, e.a1, last.b0, e.b1)
        else:
            joined.append(e)
    out = []
    for e in joined:
        a0, a1, b0, b1 = e.a0, e.a1, e.b0, e.b1
        while a0 < a1 and b0 < b1 and old[a1 - 1].key == new[b1 - 1].key and old[a1 - 1].value is None:
            a1, b1 = a1 - 1, b1 - 1
        while a0 < a1 and b0 < b1 and old[a0].key == new[b0].key and old[a0].value is None:
            a0, b0 = a0 + 1, b0 + 1
        if a0 < a1 or b0 < b1:
            out.append(Edit(a0, a1, b0, b1))
    return tuple(out)
