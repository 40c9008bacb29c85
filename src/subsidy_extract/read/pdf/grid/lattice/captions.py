"""A lattice whose frame holds the title above the table and the notes below it → the lattice without these rows."""

from __future__ import annotations

import re

from subsidy_extract.read.pdf.grid.lattice.refine import Labels
from subsidy_extract.read.pdf.grid.words import Words

# `re`, without a timeout: the child loads no other patterns, and these can go back by a few signs only
CAPTION = re.compile(r"(?:table|tab\.|exhibit|figure|fig\.|chart|tabelle|tableau|tabla|tabella|quadro)\s?[a-z]?[-.]?\d|(?:図表|別表|表)\s?[0-9０-９]+|第\s?[0-9０-９]+\s?表", re.I)
NOTE = re.compile(r"(?:notes?|sources?|quellen?|anmerkung(?:en)?|nota|fuente|fonte|exhibit reads|table reads|figure reads)\s?[:.]|(?:資料|出典|出所)\s?[:：]|※|[（(]?注\s?[0-9０-９]*\s?[)）:：.．]", re.I)
FEWEST = 2  # rows that a table keeps: its heading and one more


def labels_without_captions(grid: Labels, words: Words) -> Labels:
    """Rows that are one box over the whole width: at the top those that begin as a numbered title does, at the foot those
    that begin as a note does."""
    label = grid.label
    begin, end = 0, len(label)
    while end - begin > FEWEST and _is_one(grid, begin) and _says(grid, words, begin, CAPTION):
        begin += 1
    while end - begin > FEWEST and _is_one(grid, end - 1) and _says(grid, words, end - 1, NOTE):
        end -= 1
    if end - begin == len(label) or _is_one(grid, begin):
        return grid
    if any(_is_one(grid, r) and (_says(grid, words, r, NOTE) or _says(grid, words, r, CAPTION)) for r in range(begin, end)):
        return grid  # such rows are part of what each of its entries has
    return Labels(label[begin:end], grid.xs, grid.ys[begin : end + 1])


def _is_one(grid: Labels, r: int) -> bool:
    label = grid.label
    mine = label[r, 0]
    return bool((label[r] == mine).all()) and int((label == mine).sum()) == label.shape[1] > 1


def _says(grid: Labels, words: Words, r: int, pattern: re.Pattern[str]) -> bool:
    inside = (words.y > grid.ys[r]) & (words.y < grid.ys[r + 1])
    text = " ".join(words.text[k] for k in inside.nonzero()[0][:4].tolist())
    return pattern.match(text) is not None
