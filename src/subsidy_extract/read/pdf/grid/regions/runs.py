"""Lines of a page become regions that may hold a table: runs of lines that are no prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from subsidy_extract.read.pdf.captions import is_caption
from subsidy_extract.read.pdf.grid.edges import Edges, Ints
from subsidy_extract.read.pdf.grid.regions.together import runs_together
from subsidy_extract.read.pdf.grid.words import CHUNK, Words, words_to_chunks
from subsidy_extract.read.pdf.nouns import Floats

WIDE = 0.55  # of the width of the text: a line of one piece at least this wide is prose
LONG = 0.7  # of the width of the text: so long is a line of a title that goes on in the next line
NARROW = 8.0  # font sizes: the rules of a table are longer, the sides of the bars of a chart shorter
FAR = 3.2  # of the font size: wider white between two lines ends a region …
FARTHEST = 9.0  # … or, from here, even where the lines begin or end in the same places


def edges_to_frames(h: Edges, size: float) -> list[tuple[float, float, float, float]]:
    """Horizontal edges of one extent, three or more → from where to where they stand, and their extent: the rows of one
    table."""
    if len(h) < 3:
        return []
    ends = np.round(np.column_stack((h.lo, h.hi)) / (0.5 * size)).astype(np.int64)
    _, group, count = np.unique(ends, axis=0, return_inverse=True, return_counts=True)
    found = []
    for g in np.flatnonzero(count >= 3).tolist():
        mine = h.take(group == g)
        found.append((float(mine.at.min()), float(mine.at.max()), float(mine.lo.min()), float(mine.hi.max())))
    return found


def begins_frame(above: float, below: float, frames: list[tuple[float, float, float, float]], size: float) -> float | None:
    """Where the rules of the table before end, when another table begins between the lines at `above` and `below`: rules of
    another extent begin there, below those. None where none does."""
    for top, _, lo, hi in frames:
        if above < top <= below + 0.5 * size and hi - lo > NARROW * size:
            for _, end, a, b in frames:
                if end < top and end < above + 3 * size and b - a > NARROW * size and abs(hi - b) > size:  # rules that end where those above do leave out the labels of one table
                    return end
    return None


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a page from top to bottom. words: first[k] to last[k] are those of line k; texts: how many stand side by side in
    it, text number of[k] and those after it; left, top, bottom, wide: where it stands, points; long: how wide a line of the page
    is; starts, ends: where each text begins and ends."""

    words: Words
    first: Ints
    last: Ints
    texts: Ints
    of: Ints
    left: Floats
    top: Floats
    bottom: Floats
    wide: Floats
    long: float
    starts: Floats
    ends: Floats

    def __len__(self) -> int:
        return len(self.first)

    def is_prose(self, k: int) -> bool:
        return bool(self.texts[k] == 1 and self.wide[k] >= WIDE * self.long)

    def same_font(self, k: int) -> bool:
        """As the line before."""
        return bool(self.words.font[self.first[k]] == self.words.font[self.first[k - 1]])


def words_to_lines(words: Words, chunk: Ints) -> Lines:
    """chunk: the number of the text that each word belongs to, ascending."""
    first = np.flatnonzero(np.concatenate(([True], words.line[1:] != words.line[:-1])))
    last = np.concatenate((first[1:], [len(words)]))
    wide = np.maximum.reduceat(words.x1, first) - words.x0[first]
    new = np.diff(chunk) > 0
    return Lines(
        words, first, last, chunk[last - 1] - chunk[first] + 1, chunk[first], words.x0[first],
        np.minimum.reduceat(words.top, first), np.maximum.reduceat(words.bottom, first), wide, float(np.quantile(wide, 0.9)),
        words.x0[np.concatenate(([True], new))], words.x1[np.concatenate((new, [True]))],
    )  # fmt: skip


def words_to_regions(words: Words, h: Edges, size: float) -> list[Ints]:
    """Words of a page → for each region the indices of its words, from top to bottom. h: horizontal edges on the page."""
    if not len(words):
        return []
    chunk = words_to_chunks(words, CHUNK * size)
    lines = words_to_lines(words, chunk)
    return [
        np.concatenate([np.arange(lines.first[k], lines.last[k]) for k in r])
        for r in runs_together(words, chunk, lines_to_runs(lines, h, size), FARTHEST * size, size) if sum(int(lines.texts[k]) >= 2 for k in r) >= 2
    ]  # fmt: skip


def lines_to_runs(lines: Lines, h: Edges, size: float) -> list[list[int]]:
    """Lines of a page → the numbers of those of each run that is parted from the others by prose, a caption, white or the
    beginning of another frame."""
    frames = edges_to_frames(h, size)
    top, bottom, texts = lines.top, lines.bottom, lines.texts
    runs: list[list[int]] = []
    run: list[int] = []
    title = False

    def close() -> None:
        if run:
            runs.append(run.copy())
        run.clear()

    for k in range(len(lines)):
        framed = run and any(a < bottom[run[-1]] and top[k] < b for a, b, *_ in frames)
        if run and len(frames) > 1 and (end := begins_frame(float(bottom[run[-1]]), float(top[k]), frames, size)) is not None:
            # its heading may stand above its first rule or shade: it begins below the widest white
            since = [j for j in run if top[j] > end]
            begin = max(since, key=lambda j: float(top[j] - bottom[j - 1]) if j else 0.0, default=k)
            heading = [j for j in since if j >= begin]
            del run[len(run) - len(heading) :]
            close()
            run.extend(heading)
        if run and not framed and (white := top[k] - bottom[run[-1]]) > FAR * size and (white > FARTHEST * size or not in_line(lines, run, k, size)):
            close()
        first = int(lines.first[k])
        if texts[k] == 1 and lines.last[k] > first + 1 and is_caption(lines.words.text[first], lines.words.text[first + 1]):
            close()
            title = True
            continue
        # a title in several lines: the first is as long as it can be
        title = title and texts[k] == 1 and lines.same_font(k) and lines.wide[k - 1] >= LONG * lines.long and bool(top[k] - bottom[k - 1] < 0.6 * size)
        if title:
            continue
        if lines.is_prose(k) and not goes_on(lines, run, k, size):
            close()
            continue
        if not run and k > 1 and is_tail(lines, k, size):
            continue
        run.append(k)
    close()
    return runs


def in_line(lines: Lines, run: Sequence[int], k: int, size: float) -> bool:
    """Does line k begin or end its texts where the last lines of the run do?"""
    mine = slice(lines.of[k], lines.of[k] + lines.texts[k])
    before = slice(lines.of[run[max(0, len(run) - 12)]], lines.of[run[-1]] + lines.texts[run[-1]])
    same = np.asarray((np.abs(lines.starts[mine][:, None] - lines.starts[before]) < 0.3 * size).any(axis=1))
    same |= (np.abs(lines.ends[mine][:, None] - lines.ends[before]) < 0.3 * size).any(axis=1)
    return bool(same.sum() >= max(2, 0.5 * len(same)) or (len(same) == 1 and same[0]))


def goes_on(lines: Lines, run: Sequence[int], k: int, size: float) -> bool:
    """Does a long lone text begin where a later column of the run begins? Then it is a line of a cell there."""
    for j in reversed(run[-6:]):
        later = lines.starts[lines.of[j] + 1 : lines.of[j] + lines.texts[j]]
        if (np.abs(later - lines.left[k]) < 0.3 * size).any():
            return bool(lines.left[k] > lines.left[run].min() + size)
    return False


def is_tail(lines: Lines, k: int, size: float) -> bool:
    """Is a short line the last one of the prose right above it?"""
    if lines.texts[k] != 1 or not (lines.is_prose(k - 1) and lines.is_prose(k - 2)):
        return False
    steps = (lines.top[k] - lines.top[k - 1], lines.top[k - 1] - lines.top[k - 2])
    same = lines.same_font(k) and abs(lines.left[k] - lines.left[k - 1]) < 0.3 * size and lines.wide[k - 1] >= LONG * lines.long
    return bool(same and abs(steps[0] - steps[1]) < 0.2 * size)
