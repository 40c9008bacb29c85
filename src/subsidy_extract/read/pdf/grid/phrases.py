"""The text of words, as the phrase they stand in has it: the dash of a range is none that stands for a missing number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from subsidy_extract.read.pdf.grid.words import Words

MINUS = frozenset("-−–+")


@lru_cache(maxsize=8)
def texts_of(words: Words, size: float) -> Sequence[str]:
    """The text of each word; the dash of a range (from – to), near to what stands on both sides, as a word of its phrase."""
    if MINUS.isdisjoint(words.text):
        return words.text
    text = list(words.text)
    for k in [k for k, t in enumerate(text) if t in MINUS and 0 < k < len(text) - 1]:
        near = all(words.line[i] == words.line[i + 1] and words.x0[i + 1] - words.x1[i] < 0.5 * size for i in (k - 1, k))
        text[k] = "to" if near else text[k]
    return text
