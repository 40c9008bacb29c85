"""Read: a published text and its context go in; the figures in it, walked once for amounts and rates alike, come out in order."""

from __future__ import annotations

from functools import lru_cache

from subsidy_extract.compiled import compiled
from subsidy_extract.normalize.money.figure import Figure, figures, unit_note, unit_of
from subsidy_extract.normalize.money.item import Item, State
from subsidy_extract.normalize.money.reading import Walk
from subsidy_extract.normalize.money.shape import tree

LONGEST = 20_000
"""Characters of one cell that are read; the longest cell of the lists read so far has 2,800. What comes after is a doubt."""

MOST = 400
"""Figures of one cell that are read; a cell of a real list has at most a few dozen."""

_CONDITION = compiled(
    r"\x20?(?:\((?:税抜|税込|税別|消費税[^()]{0,10})[^()]{0,6}\))?(?:に満たない|を下回|を上回|(?:以上|以下|未満|超|を超え(?!ない)(?:る|て)?|以内)(?:の(?!額|範囲|補助|助成|金額|支援|上限|加算|場合は上限)|で(?!補助|助成|支援|交付)|:|であ|は(?!補助|助成)|が|を対象|、?かつ|と(?!する|し)|引き?上げ(?:た|る|て|ら)|(?:する|し)?(?:場合|とき|もの|者)))"
)
"""A sum that says for whom, and is itself words of a scope: 最低賃金1,000円未満：4/5, 100万円以上の事業."""

AMOUNT_COLUMNS = frozenset({"amount_text"})
RATE_COLUMNS = frozenset({"rate_text"})


def bare_unit(folded: str, column: str | None, unit: str | None, heading: str | None) -> int:
    """Yen in one bare figure of this cell: from its heading's unit or a note in the text; 0 where a bare figure is no sum."""
    if column is not None and column not in AMOUNT_COLUMNS and not (heading and "額" in heading):
        return 0
    return unit_note(folded) or unit_of(unit) or (unit_of(heading) if heading and ("円" in heading) else 0)


def _without_conditions(text: str, found: list[Figure]) -> list[Figure]:
    """The figures without the sums that only say for whom; those are words of the scope then."""
    kept: list[Figure] = []
    after: Figure | None = None  # the condition right behind, as in 50万円以上100万円未満の場合
    for figure in reversed(found):
        if figure.kind == "yen" and not figure.doubt and (
            _CONDITION.match(text, figure.end) or (after is not None and text[figure.end : after.start].strip("、 ") in ("以上", "超", "を超え"))
        ):
            after = figure
            continue
        after = None
        kept.append(figure)
    return kept[::-1]


@lru_cache(maxsize=4096)
def read(folded: str, unit: int) -> tuple[Item, ...]:
    """Every figure of a folded text in the order of the text. unit: yen in one bare figure, 0 when bare figures are no sums.

    The items are shared between callers and never changed after this. Raises TimeoutError.
    """
    text = folded if len(folded) <= LONGEST else folded[:LONGEST]
    found, brackets = figures(text, unit)
    found = _without_conditions(text, found)
    if not found:
        return ()
    if len(found) > MOST:
        found, brackets = found[:MOST], [b for b in brackets if b.start < found[MOST].start]
    walk = Walk(text)
    walk.level(tree(found, brackets), 0, len(text), State())
    return tuple(sorted(walk.items, key=lambda item: item.figure.start))
