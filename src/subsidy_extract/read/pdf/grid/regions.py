"""Lines of a page become regions that may hold a table: runs of lines that are no prose."""

from __future__ import annotations

import numpy as np

from subsidy_extract.read.pdf.grid.edges import Ints
from subsidy_extract.read.pdf.grid.words import Words, words_to_chunks

WIDE = 0.55  # of the width of the text: a line of one piece at least this wide is prose
FAR = 3.2  # of the font size: a wider step between two lines ends a region


def words_to_regions(words: Words, size: float) -> list[Ints]:
    """Words of a page → for each region the indices of its words, from top to bottom."""
    if not len(words):
        return []
    chunk = words_to_chunks(words, 1.0 * size)
    first = np.flatnonzero(np.concatenate(([True], words.line[1:] != words.line[:-1])))
    last = np.concatenate((first[1:], [len(words)]))
    left, right = words.x0[first], np.maximum.reduceat(words.x1, first)
    top, bottom = np.minimum.reduceat(words.top, first), np.maximum.reduceat(words.bottom, first)
    chunks = chunk[last - 1] - chunk[first] + 1
    wide = right - left
    width = float(np.quantile(wide, 0.9))
    prose = (chunks == 1) & (wide >= WIDE * width)
    regions: list[Ints] = []
    run: list[int] = []

    def close() -> None:
        if sum(int(chunks[k]) >= 2 for k in run) >= 2:
            regions.append(np.concatenate([np.arange(first[k], last[k]) for k in run]))
        run.clear()

    for k in range(len(first)):
        if run and top[k] - bottom[run[-1]] > FAR * size:
            close()
        if prose[k]:
            close()
            continue
        run.append(k)
    close()
    return regions
