"""Lines of cards printed under each other without rules → where their rows begin: at the labels that come again in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from subsidy_extract.read.pdf.grid.pieces import Slot

DIFFERENT = 4  # labels at least that come again: two or three words that do may be values (県, 市)
SHARE = 0.8  # of what stands on its own in the first column


def labels_to_rows(slots: Sequence[Slot], columns: int) -> list[int] | None:
    """The index of the first slot of each row of a table in two columns, labels and what they say; None where the texts of
    its first column are no labels: these come again card by card in one order, each on a line of its own, with a text
    beside it that is another one from card to card."""
    if columns != 2 or len(slots) < 2 * DIFFERENT:
        return None
    labels = [(k, p.text, s.at(1)) for k, s in enumerate(slots) if (p := s.at(0)) is not None and p.last == 0]
    often = Counter(text for _, text, _ in labels)
    again = {text for text, n in often.items() if n >= 2}
    if len(again) < DIFFERENT or sum(often[t] for t in again) < SHARE * len(labels):
        return None
    if not _in_order([text for _, text, _ in labels if text in again]):
        return None
    beside = [(text, said.text) for _, text, said in labels if said is not None]
    if len(beside) < SHARE * len(labels) or len(set(beside)) * 2 <= len(beside):
        return None
    return sorted({0, *(k for k, s in enumerate(slots) if s.at(0) is not None)} | {k + 1 for k, s in enumerate(slots[:-1]) if any(p.col < p.last for p in s.pieces)})


def _in_order(texts: Sequence[str]) -> bool:
    """Whether texts come again in one order: the text after each is (nearly) always the same."""
    after = Counter(pairwise(texts))
    usual = Counter[str]()
    for (text, _), n in after.items():
        usual[text] = max(usual[text], n)
    return sum(usual.values()) >= SHARE * (len(texts) - 1)


__all__ = ["labels_to_rows"]
