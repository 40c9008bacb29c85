"""Notes around a table → the unit they give to its columns: （単位：千円） above it, ※補助上限額欄の単位は千円です below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from subsidy_extract.compiled import compiled
from subsidy_extract.entries.fold import fold, without_brackets
from subsidy_extract.entries.meaning import unit_in
from subsidy_extract.entries.nouns import Head
from subsidy_extract.patience import patience

_MONEY = ("amount_text", "budget")
_WHOLE = compiled(r"^\s*[※＊*]?\s*[（(〔［\[]?\s*(?:金額の?)?単位\s*[:：は]?\s*(?P<unit>\p{Han}{1,3})(?:です|とする)?[。)）〕］\]]*\s*$")
_OF = compiled(r"(?P<of>[^※。、\s]{2,20}?)(?:欄|列)?の(?:金額の)?単位は[「『]?(?P<unit>千円|万円|百万円|億円|円)")
_IN = compiled(r"(?P<of>[^※。、\s]{2,20}?)(?:欄|列)?は[「『]?(?P<unit>千円|万円|百万円|億円)単位")


def units_of(heads: Iterable[Head], above: Iterable[str], notes: Iterable[str]) -> Mapping[str, str]:
    """Published heading → unit, for the columns of money that name none themselves.

    above: lines between the table and what stands before it, read as a unit only when they say nothing else. notes: any
    prose that names the column (補助上限額欄の単位は千円).
    """
    bare = [h for h in heads if h.meaning.unit is None and any(k in _MONEY for k in h.meaning.keys)]
    if not bare:
        return {}
    found: dict[str, str] = {}
    for line in above:
        if (m := _WHOLE.match(line, timeout=patience(line))) and (unit := unit_in("（" + m["unit"] + "）")):
            found.update({h.text: unit for h in bare})
    for note in notes:
        for pattern in (_OF, _IN):
            for m in pattern.finditer(note, timeout=patience(note)):
                of = fold(m["of"])
                found.update({h.text: m["unit"] for h in bare if fold(without_brackets(h.text)[0]).endswith(of) or h.fold == of})
    return found
