"""Lines of a page become regions that may hold a table: runs of lines that are no prose."""

from __future__ import annotations

import numpy as np

from subsidy_extract.read.pdf.captions import is_caption
from subsidy_extract.read.pdf.grid.edges import Edges, Ints
from subsidy_extract.read.pdf.grid.regions.together import runs_together
from subsidy_extract.read.pdf.grid.words import Words, words_to_chunks

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


def words_to_regions(words: Words, h: Edges, size: float) -> list[Ints]:
    """Words of a page → for each region the indices of its words, from top to bottom. h: horizontal edges on the page."""
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
    frames = edges_to_frames(h, size)
    runs: list[list[int]] = []
    run: list[int] = []
    title = False

    starts, ends = words.x0[np.concatenate(([True], np.diff(chunk) > 0))], words.x1[np.concatenate((np.diff(chunk) > 0, [True]))]

    def in_line(k: int) -> bool:
        """Does line k begin or end its texts where the last lines of the run do?"""
        mine = slice(chunk[first[k]], chunk[last[k] - 1] + 1)
        before = slice(chunk[first[run[max(0, len(run) - 12)]]], chunk[last[run[-1]] - 1] + 1)
        same = np.asarray((np.abs(starts[mine][:, None] - starts[before]) < 0.3 * size).any(axis=1))
        same |= (np.abs(ends[mine][:, None] - ends[before]) < 0.3 * size).any(axis=1)
        return bool(same.sum() >= max(2, 0.5 * len(same)) or (len(same) == 1 and same[0]))

    def goes_on(k: int) -> bool:
        """Does a long lone text begin where a later column of the run begins? Then it is a line of a cell there."""
        for j in reversed(run[-6:]):
            later = starts[chunk[first[j]] + 1 : chunk[last[j] - 1] + 1]
            if (np.abs(later - left[k]) < 0.3 * size).any():
                return bool(left[k] > left[run].min() + size)
        return False

    def is_tail(k: int) -> bool:
        """Is a short line the last one of the prose right above it?"""
        steps = (top[k] - top[k - 1], top[k - 1] - top[k - 2])
        same = words.font[first[k]] == words.font[first[k - 1]] and abs(left[k] - left[k - 1]) < 0.3 * size and wide[k - 1] >= LONG * width
        return bool(same and abs(steps[0] - steps[1]) < 0.2 * size)

    def close() -> None:
        if run:
            runs.append(run.copy())
        run.clear()

    for k in range(len(first)):
        framed = run and any(a < bottom[run[-1]] and top[k] < b for a, b, *_ in frames)
        if run and len(frames) > 1 and (end := begins_frame(float(bottom[run[-1]]), float(top[k]), frames, size)) is not None:
            # its heading may stand above its first rule or shade: it begins below the widest white
            since = [j for j in run if top[j] > end]
            begin = max(since, key=lambda j: float(top[j] - bottom[j - 1]) if j else 0.0, default=k)
            heading = [j for j in since if j >= begin]
            del run[len(run) - len(heading) :]
            close()
            run.extend(heading)
        if run and not framed and (white := top[k] - bottom[run[-1]]) > FAR * size and (white > FARTHEST * size or not in_line(k)):
            close()
        if chunks[k] == 1 and last[k] > first[k] + 1 and is_caption(words.text[first[k]], words.text[first[k] + 1]):
            close()
            title = True
            continue
        # a title in several lines: the first is as long as it can be
        title = title and chunks[k] == 1 and words.font[first[k]] == words.font[first[k - 1]] and wide[k - 1] >= LONG * width and bool(top[k] - bottom[k - 1] < 0.6 * size)
        if title:
            continue
        if prose[k] and not (run and goes_on(k)):
            close()
            continue
        if not run and k > 1 and chunks[k] == 1 and prose[k - 1] and prose[k - 2] and is_tail(k):
            continue
        run.append(k)
    close()
    return [
        np.concatenate([np.arange(first[k], last[k]) for k in r])
        for r in runs_together(words, chunk, runs, FARTHEST * size, size) if sum(int(chunks[k]) >= 2 for k in r) >= 2
    ]  # fmt: skip
