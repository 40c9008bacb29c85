"""Runs of glyphs of one cell → its lines from top to bottom, 縦書き from right to left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.model import BBox
from subsidy_extract.read.pdf.nouns import Glyphs, Line
from subsidy_extract.read.pdf.owners import Ints

WORD_GAP = 0.25  # em between Latin letters: a space, even where no space glyph was drawn
WIDE_GAP = 0.9  # em between Japanese characters, where the others touch
WORD_SPACE = 0.36  # em between a Japanese and a Latin character: a space that was not drawn (a quarter em is set there without one)
SPREAD = 6  # letters at least, drawn one by one: a row spread over the width of its cell (均等割付, text-justify: inter-character)
SPREAD_MOST = 1.2  # em between them: further apart they are marks in columns
NARROWEST = 0.15  # em: no space is narrower
SHARE = 0.8  # of its gaps are alike
PARTED = 2.5  # em: prose further apart on a line is two lines


@dataclass(frozen=True, slots=True)
class RunTable:
    """Runs as columns (plain lists: they are few and looked at one by one). Blank runs (white space alone) have inked False."""

    glyphs: Glyphs
    chars: list[str]
    start: list[int]
    end: list[int]
    owner: list[int]
    x0: list[float]
    top: list[float]
    x1: list[float]
    bottom: list[float]
    size: list[float]
    upright: list[bool]
    inked: list[bool]
    glyph_x0: list[float]
    glyph_x1: list[float]
    unspaced: bool = False
    """No white space is drawn in any cell of the page: its program leaves gaps."""

    @staticmethod
    def of(g: Glyphs, chars: list[str], ink: NDArray[np.bool_], starts: Ints, owner: Ints, unspaced: bool = False) -> RunTable:
        ends = np.append(starts[1:], len(g))
        return RunTable(
            g, chars, starts.tolist(), ends.tolist(), owner.tolist(),
            np.minimum.reduceat(g.x0, starts).tolist(), np.minimum.reduceat(g.top, starts).tolist(),
            np.maximum.reduceat(g.x1, starts).tolist(), np.maximum.reduceat(g.bottom, starts).tolist(),
            np.maximum.reduceat(g.size, starts).tolist(), g.upright[starts].tolist(),
            np.logical_or.reduceat(ink, starts).tolist(), g.x0.tolist(), g.x1.tolist(), unspaced,
        )  # fmt: skip

    def by_owner(self) -> dict[int, list[int]]:
        """Runs with ink by owner, in stream order. White space that stands alone belongs to nobody."""
        found: dict[int, list[int]] = {}
        for k, owner in enumerate(self.owner):
            if self.inked[k]:
                found.setdefault(owner, []).append(k)
        return found


@dataclass(slots=True)
class Made:
    """A line and the glyph behind each of its characters (-1: a space that was no glyph)."""

    line: Line
    glyphs: Sequence[int]

    def places(self) -> list[tuple[int, int]]:
        return [(glyph, at) for at, glyph in enumerate(self.glyphs) if glyph >= 0]


def box_to_lines(t: RunTable, runs: Sequence[int], box: BBox) -> list[Made]:
    """The lines of one cell in reading order."""
    if len(runs) == 1 and t.upright[runs[0]]:
        return [_line(t, runs)]
    if not all(t.upright[k] for k in runs):
        return _turned(t, runs)
    if _stacked(t, runs, box):
        return _columns(t, runs)
    return [_line(t, row) for row in runs_to_rows(t, runs)]


def runs_to_rows(t: RunTable, runs: Sequence[int]) -> list[list[int]]:
    """Runs → rows of text from top to bottom, each from left to right. Small print and raised figures belong to the row
    they overlap with more than half of their height."""
    order = sorted(runs, key=lambda k: (t.top[k] + t.bottom[k], t.x0[k]))
    rows: list[list[int]] = []
    top = bottom = 0.0
    for k in order:
        height = t.bottom[k] - t.top[k]
        overlap = min(bottom, t.bottom[k]) - max(top, t.top[k])
        if rows and overlap > 0.5 * min(height, bottom - top):
            rows[-1].append(k)
            if height > bottom - top:  # the greatest characters carry the row
                top, bottom = t.top[k], t.bottom[k]
        else:
            rows.append([k])
            top, bottom = t.top[k], t.bottom[k]
    for row in rows:
        row.sort(key=lambda k: t.x0[k])
    return rows


def _line(t: RunTable, row: Sequence[int]) -> Made:
    if len(row) == 1:  # most lines
        start, end = t.start[row[0]], t.end[row[0]]
        return _made(t, row, t.chars[start:end], range(start, end), t.glyph_x1[start:end])
    chars: list[str] = []
    glyphs: list[int] = []
    edges: list[float] = []
    spread = _spread(t, row) if len(row) >= SPREAD else 0.0
    for n, k in enumerate(row):
        if n and chars and chars[-1] and not chars[-1][-1].isspace() and (_apart(t, row[n - 1], k, chars[-1][-1], spread) or _blank_between(t, row[n - 1], k)):
            chars.append(" ")
            glyphs.append(-1)
            edges.append(t.x0[k])
        chars += t.chars[t.start[k] : t.end[k]]
        glyphs += range(t.start[k], t.end[k])
        edges += t.glyph_x1[t.start[k] : t.end[k]]
    return _made(t, row, chars, glyphs, edges)


def _made(t: RunTable, row: Sequence[int], chars: list[str], glyphs: Sequence[int], edges: list[float]) -> Made:
    """White space at the ends is taken away, a glyph of several characters (a ligature) spread out."""
    text = "".join(chars)
    if len(text) != len(chars):
        flat = [(c, gl, e) for s, gl, e in zip(chars, glyphs, edges, strict=True) for c in s]
        glyphs, edges = [f[1] for f in flat], [f[2] for f in flat]
    bare = text.strip()
    spaced = len(bare) < len(text)
    if spaced:
        left = len(text) - len(text.lstrip())
        glyphs, edges = glyphs[left : left + len(bare)], edges[left : left + len(bare)]
    x0, x1 = t.glyph_x0[glyphs[0]], edges[-1]
    if len(row) == 1:
        k = row[0]
        box, size = (x0, t.top[k], x1, t.bottom[k]), t.size[k]
    else:
        box = (x0, min([t.top[k] for k in row]), x1, max([t.bottom[k] for k in row]))
        size = max([t.size[k] for k in row])
    return Made(Line(bare, box, size, spaced, edges=tuple([e - x0 for e in edges])), glyphs)


def _spread(t: RunTable, row: Sequence[int]) -> float:
    """How far the letters of a row stand apart that is spread over the width of its cell (points): nearly all are drawn one by
    one, at one distance; 0.0 for any other row."""
    alone = [t.end[k] - t.start[k] == 1 for k in row]
    gaps = [t.x0[b] - t.x1[a] for (a, one), (b, two) in pairwise(zip(row, alone, strict=True)) if one and two]
    if len(gaps) + 1 < SPREAD or len(gaps) < SHARE * (len(row) - 1):
        return 0.0
    usual, em = median(gaps), min(t.size[k] for k in row)
    level = sum(abs(gap - usual) < 0.1 * em for gap in gaps)
    return usual if 0 < usual <= SPREAD_MOST * em and level >= SHARE * len(gaps) else 0.0


def _apart(t: RunTable, a: int, b: int, last: str, spread: float) -> bool:
    """Whether white space stands between two runs of one row though no space was drawn. spread: how far the letters of the row
    stand apart anyway."""
    first = next((c for c in t.chars[t.start[b] : t.end[b]] if c), "")
    if not first or first[0].isspace():
        return False
    em = min(t.size[a], t.size[b]) or 1.0
    gap = t.x0[b] - t.x1[a]
    if is_latin(last) and is_latin(first[0]):
        return gap - spread > WORD_GAP * em
    if t.unspaced and WORD_SPACE * em < gap <= WIDE_GAP * em and is_latin(last) != is_latin(first[0]):
        inner = t.glyph_x0[t.end[a] - 1] - t.glyph_x1[t.end[a] - 2] if t.end[a] - t.start[a] > 1 else 0.0
        return gap - inner > WORD_SPACE * em
    if gap <= WIDE_GAP * em:
        return False
    if spread and gap > 2 * spread + NARROWEST * em:  # a space has white on both of its sides, as every letter has
        return True
    # single characters far apart are spread over the width of the cell; a number before words (１　創業) is not
    return not ((t.end[a] - t.start[a] == 1 and not last.isdigit()) or t.end[b] - t.start[b] == 1)


def _blank_between(t: RunTable, a: int, b: int) -> bool:
    """Whether white space alone is drawn after one run and before the next, where it stands between them: letters that are drawn one
    by one, over the width of the cell, leave it to itself."""
    if not 1 < b - a < 4 or any(t.inked[a + 1 : b]):
        return False
    y = (t.top[b] + t.bottom[b]) / 2
    return all(t.top[k] < y < t.bottom[k] and t.x0[k] >= t.x1[a] - 0.1 * t.size[a] and t.x1[k] <= t.x0[b] + 0.1 * t.size[b] for k in range(a + 1, b))


def is_latin(c: str) -> bool:
    return c < "\u2000" and not c.isspace()


# ── vertical writing ─────────────────────────────────────────────────────────────────────────────
def _stacked(t: RunTable, runs: Sequence[int], box: BBox) -> bool:
    """Upright characters one below the other: 縦書き, or a column one character wide (which reads the same)."""
    if len(runs) < 2:
        return False
    singles = sum(1 for k in runs if _length(t, k) <= 1)
    if singles * 10 < len(runs) * 7:
        return False
    em = max(t.size[k] for k in runs)
    steps = 0
    for a, b in pairwise(runs):
        dx = (t.x0[b] + t.x1[b] - t.x0[a] - t.x1[a]) / 2
        dy = (t.top[b] + t.bottom[b] - t.top[a] - t.bottom[a]) / 2
        steps += abs(dx) < 0.4 * em and 0.5 * em < dy < 3 * em
    if steps * 10 < (len(runs) - 1) * 6:
        return False
    words = sum(1 for k in runs if t.chars[t.start[k]][:1].isalpha() and not t.chars[t.start[k]].isascii())
    if words * 2 < len(runs):
        return False  # figures or marks one below the other
    columns = 1 + sum(1 for a, b in pairwise(runs) if t.top[b] < t.top[a])
    return columns > 1 or len(runs) > 2 or box[2] - box[0] < 4 * em


def _length(t: RunTable, k: int) -> int:
    return len("".join(t.chars[t.start[k] : t.end[k]]).strip())


def _columns(t: RunTable, runs: Sequence[int]) -> list[Made]:
    """Stacked runs → columns as the stream draws them, read from right to left."""
    columns: list[list[int]] = []
    for k in runs:
        middle = (t.x0[k] + t.x1[k]) / 2
        if columns and t.top[k] >= t.top[columns[-1][-1]] - 0.2 * t.size[k]:
            before = columns[-1][-1]
            if abs(middle - (t.x0[before] + t.x1[before]) / 2) < 0.9 * max(t.size[k], t.size[before]):
                columns[-1].append(k)
                continue
        columns.append([k])
    columns.sort(key=lambda c: -max(t.x1[k] for k in c))
    return [_upended(t, c, {k: t.top[k] for k in c}, {k: t.bottom[k] for k in c}) for c in columns]


def _turned(t: RunTable, runs: Sequence[int]) -> list[Made]:
    """Characters that lie on their side (perhaps with upright ones between): lines from right to left when they read
    downward, from left to right when they read upward."""
    g = t.glyphs
    way = 0.0
    for k in runs:
        if t.end[k] - t.start[k] > 1:
            way += float(g.top[t.end[k] - 1] - g.top[t.start[k]])
    down = way >= 0
    em = max(t.size[k] for k in runs)
    columns: list[list[int]] = []
    for k in sorted(runs, key=lambda k: (t.x0[k] + t.x1[k]) * (-1 if down else 1)):
        middle = (t.x0[k] + t.x1[k]) / 2
        if columns and abs(middle - (t.x0[columns[-1][0]] + t.x1[columns[-1][0]]) / 2) < 0.5 * em:
            columns[-1].append(k)
        else:
            columns.append([k])
    made = []
    for c in columns:
        c.sort(key=lambda k: t.top[k] if down else -t.bottom[k])
        made.append(_upended(t, c, {k: t.top[k] for k in c}, {k: t.bottom[k] for k in c}))
    return made


def _upended(t: RunTable, column: Sequence[int], top: dict[int, float], bottom: dict[int, float]) -> Made:
    chars: list[str] = []
    glyphs: list[int] = []
    edges: list[float] = []
    start = min(top.values())
    end = max(bottom.values())
    g = t.glyphs
    down = top[column[0]] <= top[column[-1]] if len(column) > 1 else g.top[t.start[column[0]]] <= g.top[t.end[column[0]] - 1]
    for k in column:
        chars += t.chars[t.start[k] : t.end[k]]
        glyphs += range(t.start[k], t.end[k])
        edges += [float(g.bottom[i]) - start if down else end - float(g.top[i]) for i in range(t.start[k], t.end[k])]
    made = _made(t, column, chars, glyphs, edges)
    shift = made.line.bbox[0]  # _made took it away: edges count along the column here
    box = (min([t.x0[k] for k in column]), start, max([t.x1[k] for k in column]), end)
    made.line = replace(made.line, bbox=box, vertical=True, edges=tuple([e + shift for e in made.line.edges]))
    return made


# ── prose ────────────────────────────────────────────────────────────────────────────────────────
def prose_to_lines(t: RunTable, runs: Sequence[int]) -> tuple[Line, ...]:
    """Runs in no cell → lines from top to bottom; what stands far apart on one line is several."""
    upright = [k for k in runs if t.upright[k]]
    made: list[Made] = []
    for row in runs_to_rows(t, upright):
        part = [row[0]]
        for a, b in pairwise(row):
            em = max(t.size[a], t.size[b])
            even = len(row) > 3 and _length(t, a) == 1 and _length(t, b) == 1
            if t.x0[b] - max(t.x1[k] for k in part) > PARTED * em and not even:
                made.append(_line(t, part))
                part = []
            part.append(b)
        made.append(_line(t, part))
    turned = [k for k in runs if not t.upright[k]]
    if turned:
        made += _turned(t, turned)
    return tuple(m.line for m in made)
