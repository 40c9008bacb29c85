"""The headings of a table → those that are two side by side: columns that the reader did not part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from subsidy_extract.entries.grid import places
from subsidy_extract.entries.heads import SURE
from subsidy_extract.entries.meaning import meaning_of
from subsidy_extract.entries.nouns import Head
from subsidy_extract.model import Doubt

_TOGETHER = (frozenset({"rate_text", "amount_text"}), frozenset({"contact", "organization", "site"}), frozenset({"category", "list_number"}), frozenset({"eligibility", "eligible_costs"}))
"""Keys whose headings one column joins on purpose (補助率 上限額, 担当課 電話)."""


def joined_headings(heads: Sequence[tuple[int, Head]], mapping: Mapping[str, str] | None) -> Iterator[Doubt]:
    """A doubt for each heading of a page with white space between two known ones on one line: 事業概要 補助率."""
    for _, head in heads:
        for cell in head.cells:
            lines = [line for piece in cell.pieces if piece.place.bbox is not None for line in piece.text.split("\n")]
            if any(_is_two(line, mapping) for line in lines):
                yield Doubt("headings_joined", head.text, places(cell), (head.meaning.keys or ("extra",))[0])
                break


def _is_two(line: str, mapping: Mapping[str, str] | None) -> bool:
    words = line.split()
    for k in range(1, len(words)):
        left, right = (meaning_of((" ".join(part),), mapping) for part in (words[:k], words[k:]))
        if left.how in SURE and right.how in SURE and min(len(words[0]), len(words[-1])) > 1:
            keys = {*left.keys, *right.keys}
            if not set(left.keys) & set(right.keys) and not any(keys <= able for able in _TOGETHER):
                return True
    return False
