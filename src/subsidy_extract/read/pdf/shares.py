"""Page numbers of a document → whose turn each is, where several processes read side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, takewhile

TURN = 8  # pages that one reader takes before the next: few enough that the first pages come early


@dataclass(frozen=True, slots=True)
class Share:
    """What reader `mine` of `readers` reads: every so many turns of TURN pages."""

    mine: int = 0
    readers: int = 1

    def of(self, first: int, last: int | None) -> Iterator[int]:
        """The numbers of the pages, ascending; without a last one, without end."""
        starts = count(first + self.mine * TURN, self.readers * TURN)
        numbers = (number for start in starts for number in range(start, start + TURN))
        return numbers if last is None else takewhile(lambda number: number <= last, numbers)


WHOLE = Share()


def within(numbers: Iterable[int], total: int) -> Iterator[int]:
    """The numbers, ascending, as far as the document has such pages."""
    return takewhile(lambda number: number <= total, numbers)
