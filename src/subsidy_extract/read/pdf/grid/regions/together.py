"""Runs of lines that much white parts → one run where they are one table: a heading some way above its rows, rows far apart."""

from __future__ import annotations

import numpy as np

from subsidy_extract.read.pdf.grid.columns import words_to_columns
from subsidy_extract.read.pdf.grid.edges import Ints
from subsidy_extract.read.pdf.grid.words import CHUNK, Words, words_to_chunks
from subsidy_extract.read.pdf.nouns import Floats

HEADING_LINES = 4  # a title and the lines of a heading
BEGUN = 0.3  # of the font size: texts that begin nearer to each other than this begin in line
LEAST = 3  # columns: fewer may be alike by chance


def runs_together(words: Words, chunk: Ints, runs: list[list[int]], farthest: float, size: float) -> list[list[int]]:
    """Runs of line numbers, from top to bottom, and those of them that are one table joined. chunk: of each word.
    farthest: white in points that may part a heading from its table."""
    if len(runs) < 2:
        return runs
    runs = [r.copy() for r in runs]
    anchor = max(range(len(runs)), key=lambda n: len(runs[n]))
    made = _columns(words, chunk, runs[anchor], size)
    if made is not None:
        while anchor + 1 < len(runs) and _follows(runs[anchor], runs[anchor + 1]) and _alike(words, chunk, runs[anchor + 1], made, size):
            runs[anchor : anchor + 2] = [runs[anchor] + runs[anchor + 1]]
        while anchor and _follows(runs[anchor - 1], runs[anchor]) and not _lone(words, chunk, runs[anchor], made) and _alike(words, chunk, runs[anchor - 1], made, size):
            anchor -= 1
            runs[anchor : anchor + 2] = [runs[anchor] + runs[anchor + 1]]
    for n in range(len(runs) - 1, 0, -1):
        if _follows(runs[n - 1], runs[n]) and _heads(words, chunk, runs[n - 1], runs[n], farthest, size):
            runs[n - 1 : n + 1] = [runs[n - 1] + runs[n]]
    return runs


def _follows(above: list[int], below: list[int]) -> bool:
    return above[-1] + 1 == below[0]


def _columns(words: Words, chunk: Ints, run: list[int], size: float) -> tuple[Floats, list[Floats]] | None:
    """The columns of a run: where they part, and where two or more texts of each begin; None when they are few."""
    at = _parts(words, run, size)
    if len(at) + 1 < LEAST:
        return None
    x0, x1 = _texts(words, chunk, run)
    column = np.searchsorted(at, x0)
    starts = []
    for k in range(len(at) + 1):
        values, count = np.unique(np.round(x0[(column == k) & (np.searchsorted(at, x1) == k)] / (BEGUN * size)), return_counts=True)
        starts.append(values[count >= 2] * BEGUN * size)
    return at, starts


def _parts(words: Words, run: list[int], size: float) -> Floats:
    body = words.take(np.isin(words.line, run))
    valleys, _ = words_to_columns(body, words_to_chunks(body, CHUNK * size), size)
    return np.array([(v.lo + v.hi) / 2 for v in valleys])


def _texts(words: Words, chunk: Ints, run: list[int]) -> tuple[Floats, Floats]:
    """Where each text (chunk) of some lines begins and ends."""
    rows = np.flatnonzero(np.isin(words.line, run))
    first = np.flatnonzero(np.concatenate(([True], np.diff(chunk[rows]) > 0)))
    return words.x0[rows[first]], np.maximum.reduceat(words.x1[rows], first)


def _alike(words: Words, chunk: Ints, run: list[int], made: tuple[Floats, list[Floats]], size: float) -> bool:
    """Whether a run has the columns of another one: each text stands in one of them, and nearly all begin where texts do
    there. A lone text in the first column above the rest may be a title."""
    at, starts = made
    if _lone(words, chunk, run, made):
        return False
    x0, x1 = _texts(words, chunk, run)
    column = np.searchsorted(at, x0)
    # a text may be longer here than in the other run: it reaches to where the next column begins
    reach = np.array([*(float(begin.min()) if len(begin) else a for a, begin in zip(at.tolist(), starts[1:], strict=True)), np.inf])
    inside = x1 < reach[column]
    begun = [bool(len(starts[c])) and bool(np.abs(starts[c] - x).min() <= BEGUN * size) for c, x in zip(column.tolist(), x0.tolist(), strict=True)]
    return len(set(column.tolist())) >= LEAST and bool(inside.all()) and sum(begun) >= 0.9 * len(begun)


def _lone(words: Words, chunk: Ints, run: list[int], made: tuple[Floats, list[Floats]]) -> bool:
    x0, _ = _texts(words, chunk, run[:1])
    return len(x0) == 1 and int(np.searchsorted(made[0], x0[0])) == 0


def _heads(words: Words, chunk: Ints, above: list[int], below: list[int], farthest: float, size: float) -> bool:
    """Whether a line with three texts or more, some way above a table, is its heading: each text stands over a column of
    its own, and few columns have none."""
    x0, x1 = _texts(words, chunk, above[-1:])
    here, there = words.line == above[-1], words.line == below[0]
    if len(above) > HEADING_LINES or len(x0) < LEAST or float(words.top[there].min() - words.bottom[here].max()) > farthest:
        return False
    at = _parts(words, below, size)
    one, other = np.searchsorted(at, x0), np.searchsorted(at, x1)
    return bool((one == other).all()) and len(set(one.tolist())) == len(one) >= 0.6 * (len(at) + 1)
