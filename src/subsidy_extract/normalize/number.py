"""Number: a folded numeral as Japanese lists write it goes in (1億1,177万5,000, 37万5千, 二百五十万, 壱拾弐萬), its exact value comes out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from subsidy_extract.compiled import compiled

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "壱": 1, "壹": 1, "弌": 1, "弐": 2, "貳": 2, "貮": 2, "弍": 2, "参": 3, "參": 3, "弎": 3, "肆": 4, "伍": 5, "陸": 6, "漆": 7, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
"""Kanji and daiji digits; 〇 is a digit only among others."""
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "陌": 100, "千": 1000, "阡": 1000, "仟": 1000}
BIG = {"万": 10**4, "萬": 10**4, "億": 10**8, "兆": 10**12}
SCALE = SMALL | BIG

KANJI = "".join(DIGITS)
UNITS = "".join(SCALE)

ARABIC = r"(?:[0-9]{1,3}(?:[,、]\x20?[0-9]{3})+(?![0-9])|[0-9]{1,15}(?![0-9]))(?:\.[0-9]{1,6}(?![0-9.]))?"
"""An Arabic numeral on folded text. `、` groups digits only as GROUPED says; a space may follow the separator (a wrapped 1, 000)."""
DIGIT_RUN = rf"(?:{ARABIC}|[{KANJI}]{{1,12}})"
NUMERAL = rf"(?:{DIGIT_RUN}\x20?[{UNITS}](?:\x20?[{UNITS}])*|[{UNITS}]{{1,4}})(?:\x20?{DIGIT_RUN}\x20?[{UNITS}]{{1,4}})*(?:\x20?{DIGIT_RUN})?|{DIGIT_RUN}"
"""What may be a numeral; `value` says whether it is one."""

_PIECE = compiled(rf"(?P<arabic>{ARABIC})|(?P<kanji>[{KANJI}]+)|(?P<scale>[{UNITS}])|(?P<space>\x20)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """value: exact, an int where it is whole. scale: what the first figure is multiplied by (万 → 10000 in 4,000万), which
    a bare figure before 〜 shares. written: figures stand there, not a unit alone (百万)."""

    value: int | Fraction
    scale: int
    written: bool


def arabic(text: str) -> int | Fraction | None:
    """1,000 · 1，000 (folded) · 1、000 · 3.12 → their value; None where 、 parts two figures (100、200)."""
    if text.isdecimal():
        return int(text)
    if "、" in text:
        first, *rest = text.split("、")
        # 1、000 is one numeral; 300、500 are two, unless nothing but noughts follows
        if len(first) == 3 and any(group.strip() != "000" for group in rest):
            return None
    bare = text.replace(",", "").replace("、", "").replace(" ", "")
    return Fraction(bare) if "." in bare else int(bare)


@lru_cache(maxsize=4096)
def value(text: str) -> Numeral | None:
    """The numeral as a whole, or None where its parts do not fall (30万50万, 5百2千)."""
    total: int | Fraction = 0  # of the parts closed by 万, 億, 兆
    section: int | Fraction = 0  # of the part that 千, 百, 十 are building
    current: int | Fraction | None = None  # the figure no unit has taken yet
    last_big, last_small = 10**16, 10**4
    scale, figures, units, pos = 1, 0, 0, 0
    parted = False  # the figure no unit has taken yet is grouped by 、
    while pos < len(text):
        piece = _PIECE.match(text, pos)
        if piece is None:
            return None
        pos = piece.end()
        kind = piece.lastgroup
        if kind == "space":
            continue
        if kind == "scale":
            size = SCALE[piece[0]]
            if figures <= 1:
                scale *= size
            units += 1
            if size < 10**4:
                if size >= last_small:
                    return None
                section += (1 if current is None else current) * size
                current, last_small = None, size
            else:
                if size >= last_big or (parted and (current or 0) >= 10**4):
                    return None  # 50、100万円 are two sums: as one it were 5億100万円
                part = section + (current or 0)
                total += (part or (0 if units > 1 or current is not None else 1)) * size
                section, current, last_big, last_small = 0, None, size, 10**4
            continue
        if current is not None:
            return None
        parted = "、" in piece[0]
        current = arabic(piece[0]) if kind == "arabic" else int("".join(str(DIGITS[c]) for c in piece[0]))
        # a remainder stays below the unit before it: 1億5,000万 yes, 1千5,000 no
        if current is None or (units and current >= (last_small if section else last_big)):
            return None
        figures += 1
    return Numeral(total + section + (current or 0), scale, bool(figures) or "十" in text or "拾" in text)


def plain(text: str) -> int | Fraction | None:
    """A small number without units, as in a fraction: 10, ２ (folded), 二, 十, 十二, 百."""
    found = value(text)
    return found.value if found else None
