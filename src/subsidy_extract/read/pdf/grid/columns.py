"""Words on lines become columns: where white runs through the lines, a column ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from subsidy_extract.read.pdf.grid.edges import Ints
from subsidy_extract.read.pdf.grid.phrases import MINUS, texts_of
from subsidy_extract.read.pdf.grid.torn import drop_tails, drop_torn
from subsidy_extract.read.pdf.grid.valley import APART, Valley
from subsidy_extract.read.pdf.grid.values import is_split_number, is_value
from subsidy_extract.read.pdf.grid.words import Bools, Words, is_wide, median
from subsidy_extract.read.pdf.nouns import Floats

# A valley must be the wider the fewer lines it runs through: white meets white by chance in a few lines of prose, not in
# many. (lines at least, width of the valley, typical gap of the lines in it), in font sizes.
BELIEVED = ((8, 0.12, 0.45), (5, 0.3, 0.7), (4, 0.45, 0.9), (3, 0.6, 1.0), (2, 1.0, 1.2))
OF_VALUES = ((3, 0.3, 0.45), (2, 0.6, 0.7))  # between two numbers, which no phrase has side by side
OF_WIDE = ((8, 0.25, 0.25),)  # between full-width characters, which have no space between them
NARROWEST = min(width for believed in (BELIEVED, OF_VALUES, OF_WIDE) for _, width, _ in believed)
CURRENCY = frozenset("$€£¥￥")
PERCENT = frozenset("%％‰")
NOTES = re.compile(r"\d{1,2}/|[*†‡§]{1,3}")  # 2003 1/
SIGNS: tuple[tuple[Callable[[str], object], int], ...] = ((CURRENCY.__contains__, 0), (PERCENT.__contains__, -1), (NOTES.fullmatch, -1))  # 0: stands left of what it belongs to
SPACE = 1.6  # usual spaces: words nearer than this are one phrase
SPACE_OF_VALUES = 0.2  # two numbers with any space between them are two


DEPTHS = (0, 1, 2, 3, 4, 6, 8, 11)  # lines a heading may have


@lru_cache(maxsize=8)
def words_to_space(words: Words, size: float) -> float:
    """The usual space between two words of a phrase, points: narrow in most fonts, wide in a typewriter's."""
    gap = words.x0[1:] - words.x1[:-1]
    near = np.flatnonzero((words.line[1:] == words.line[:-1]) & (gap > 0.1 * size) & (gap < 0.8 * size))
    # where several lines begin a word, a column begins: the white before it is no space
    begin = np.round(words.x0 / (0.15 * size)).astype(np.int64)
    _, which, often = np.unique(begin, return_inverse=True, return_counts=True)
    near = near[often[which[near + 1]] < 3]
    pairs = ((k, words.text[k], words.text[k + 1]) for k in near.tolist())
    spaces = [gap[k] for k, a, b in pairs if not (is_value(a) and is_value(b)) and not is_wide(a[-1:]) and not is_wide(b[:1])]
    return float(np.clip(np.quantile(spaces, 0.25), 0.28 * size, 0.62 * size)) if len(spaces) >= 3 else 0.28 * size


def cover(lo: Floats, hi: Floats, at: Floats) -> Ints:
    """How many of the intervals (lo, hi) hold each point of `at` strictly inside."""
    return np.searchsorted(np.sort(lo), at, side="left") - np.searchsorted(np.sort(hi), at, side="left")


def words_to_valleys(words: Words, counted: Bools, crossing: int, size: float, more: tuple[int, ...] = (), least: float = 0.0) -> list[Valley]:
    """Words → the valleys between them that at most `crossing` of the counted words cover, from left to right. Where
    the white with the fewest words over it is a mere hair (narrower than `least` points, or beside a word of a heading),
    the widest with so many words more over it as one of `more` says, the fewest that do."""
    x0, x1, line = words.x0[counted], words.x1[counted], words.line[counted]
    if len(x0) < 2:
        return []
    first = np.flatnonzero(np.concatenate(([True], line[1:] != line[:-1])))
    points = np.unique(np.concatenate((x0, x1)))
    middle = (points[1:] + points[:-1]) / 2
    held = cover(x0, x1, middle)
    spanned = cover(x0[first], np.maximum.reduceat(x1, first), middle)
    free = (held <= crossing) & (spanned - held >= 2)
    change = np.flatnonzero(np.diff(np.concatenate(([0], free.astype(np.int8), [0]))))
    ends_of = change.reshape(-1, 2)
    ends_of = ends_of[points[ends_of[:, 1]] - points[ends_of[:, 0]] >= NARROWEST * size]
    low, high = (f.reduceat(np.append(held, 0), ends_of.ravel())[::2].tolist() for f in (np.minimum, np.maximum))
    spans, levels = [], []
    for k, ((a, b), fewest, highest) in enumerate(zip(ends_of.tolist(), low, high, strict=True)):
        for most in (fewest, *(fewest + n for n in more)):
            levels.append(k)
            if most >= highest:
                spans.append((float(points[a]), float(points[b])))
                continue
            runs = np.flatnonzero(np.diff(np.concatenate(([0], (held[a:b] <= most).astype(np.int8), [0]))))
            ends = ((float(points[a + p]), float(points[a + q])) for p, q in zip(runs[::2], runs[1::2], strict=True))
            spans.append(max(ends, key=lambda pq: pq[1] - pq[0]))
    if not spans:
        return []
    after, before = neighbours(x0, x1, line, first, np.array([(lo + hi) / 2 for lo, hi in spans]))
    found: dict[int, Valley] = {}
    for k, (lo, hi), right, left in zip(levels, spans, after, before, strict=True):
        both = (right >= 0) & (left >= 0)
        if k not in found and both.any():
            gap = median((x0[right[both]] - x1[left[both]]).tolist())
            valley = Valley(lo, hi, int(both.sum()), gap)
            of_values = is_believed(valley, size, OF_VALUES) and _between_values(words, counted, left[both], right[both], size)
            of_wide = is_believed(valley, size, OF_WIDE) and _between_wide(words, counted, left[both], right[both])
            if hi - lo >= least and (of_values or of_wide or is_believed(valley, size)):
                found[k] = valley
    return list(found.values())


def _between_values(words: Words, counted: Bools, left: Ints, right: Ints, size: float) -> bool:
    """Whether a valley parts numbers from numbers on most of its lines, and not the thousands of one number."""
    of = np.flatnonzero(counted)
    values = values_of(words, size)
    both = np.flatnonzero(values[of[left]] & values[of[right]])
    if len(both) < 0.6 * len(left):
        return False
    text = texts_of(words, size)
    pairs = [(text[i], text[j]) for i, j in zip(of[left[both]].tolist(), of[right[both]].tolist(), strict=True)]
    return sum(b[0] not in "([" and not is_split_number(a, b) for a, b in pairs) >= 0.6 * len(left)


@lru_cache(maxsize=8)
def values_of(words: Words, size: float) -> Bools:
    """(n,): which words are values, as the phrases say in which they stand."""
    return np.fromiter(map(is_value, texts_of(words, size)), dtype=bool, count=len(words))


def _between_wide(words: Words, counted: Bools, left: Ints, right: Ints) -> bool:
    """Whether a valley parts Japanese texts on most of its lines, and not single characters set apart (letter-spacing)."""
    of = np.flatnonzero(counted)
    begins, ends = wide_sides(words)
    return int((ends[of[left]] & begins[of[right]]).sum()) >= 0.6 * len(left)


@lru_cache(maxsize=8)
def wide_sides(words: Words) -> tuple[Bools, Bools]:
    """(n,) twice: which words of more than a character begin, and which end, with a full-width one."""
    sides = [(len(t) > 1 and is_wide(t[0]), len(t) > 1 and is_wide(t[-1])) for t in words.text]
    both = np.array(sides, dtype=bool).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def neighbours(x0: Floats, x1: Floats, line: Ints, first: Ints, at: Floats) -> tuple[Ints, Ints]:
    """For each position and line the word that begins after and the word before it; -1 where there is none.

    Words sorted by line, then x0; first: the first word of each line. → two arrays (len(at), len(first))."""
    base = float(np.ptp(np.concatenate((x0, x1, at)))) * 2 + 1.0
    low = float(min(x0.min(), at.min()))
    rank = np.cumsum(np.concatenate(([0], line[1:] != line[:-1]))) * base
    number = np.arange(len(first)) * base
    after = np.searchsorted(rank + (x0 - low), (number[None, :] + (at - low)[:, None]).ravel()).reshape(len(at), -1)
    end = np.concatenate((first[1:], [len(x0)]))
    before = after - 1
    return np.where(after < end, after, -1), np.where(before >= first, before, -1)


def is_believed(valley: Valley, size: float, least: tuple[tuple[int, float, float], ...] = BELIEVED) -> bool:
    """Is this white no accident?"""
    for lines, width, gap in least:
        if valley.lines >= lines:
            return valley.hi - valley.lo >= width * size and valley.gap >= gap * size
    return False


def words_to_columns(words: Words, chunk: Ints, size: float, ruled: int = 0) -> tuple[list[Valley], int]:
    """Words of one table → the valleys between its columns, and how many lines at its top are a heading that may cross
    them. chunk: the chunk of each word. ruled: how many lines stand over the rule under the heading, 0 unknown.

    Where the heading ends is not known yet, so each depth is tried: the shallowest that shows the most columns is it. A
    column with nothing above the rule and one with nothing below it are one: a heading set beside its numbers.
    """
    n = int(words.line.max()) + 1 if len(words) else 0
    best: list[Valley] = []
    below: list[Valley] = []
    depth = 0
    most = (0, 0)
    middle = (words.x0 + words.x1) / 2
    for skip in sorted({k for k in (*DEPTHS, ruled) if k < max(1, n - 1)}):
        found = valleys_of_body(words, chunk, words.line >= skip, size)
        # a section in the middle of the table stands in no column
        alone = ~sections(words, chunk, found, ruled) if ruled else np.ones(len(words), dtype=bool)
        kept = drop_aside(words, (words.line >= skip) & alone, found)
        columns = len(kept) + 1
        if ruled:
            column = np.searchsorted(np.array([(v.lo + v.hi) / 2 for v in kept]), middle)
            bare = set(range(1, columns)) - set(column[words.line < ruled].tolist())
            empty = set(range(1, columns)) - set(column[(words.line >= ruled) & alone].tolist())
            columns -= 2 * min(len(bare), len(empty))
        shown = (columns, len(kept) - len(found))
        if shown > most:
            best, depth, most = kept, skip, shown
            below = []
        elif ruled and skip == ruled and len(kept) == len(best):
            below = kept
    return heading_to_valleys(words, chunk, best, below, ruled, size) if below else best, depth


def heading_to_valleys(words: Words, chunk: Ints, valleys: list[Valley], below: list[Valley], ruled: int, size: float) -> list[Valley]:
    """Valleys, each where the line of headings right above the rule has its white, when two headings of that line stand left
    of it and none right of it: texts over several columns run over the white there. below: those of the lines below the
    rule, as many; ruled: how many lines stand above it."""
    head = np.flatnonzero(words.line == ruled - 1)
    first = head[np.flatnonzero(np.concatenate(([True], chunk[head[1:]] != chunk[head[:-1]])))]
    last = np.concatenate((first[1:] - 1, head[-1:]))
    out = list(valleys)
    for k, (v, wide) in enumerate(zip(valleys, below, strict=True)):
        if not (wide.lo <= v.lo and v.hi <= wide.hi):
            continue
        begin = valleys[k - 1].hi if k else -np.inf
        end = valleys[k + 1].lo if k + 1 < len(valleys) else np.inf
        left = np.flatnonzero((words.x0[first] >= begin) & (words.x1[last] <= v.lo))
        if len(left) != 2 or ((words.x1[last] > v.lo) & (words.x0[first] < end)).any():
            continue
        lo, hi = max(wide.lo, float(words.x1[last[left[0]]])), min(wide.hi, float(words.x0[first[left[1]]]))
        if hi - lo > v.hi - v.lo and float(words.x0[first[left[1]]] - words.x1[last[left[0]]]) >= APART * size:
            out[k] = Valley(lo, hi, wide.lines, wide.gap)
    return out


def sections(words: Words, chunk: Ints, valleys: list[Valley], ruled: int) -> Bools:
    """The words of texts alone on their lines below the rule under the heading, that run over several columns and do not
    begin in the first."""
    if not valleys:
        return np.zeros(len(words), dtype=bool)
    first = np.flatnonzero(np.concatenate(([True], chunk[1:] != chunk[:-1])))
    lo, hi, line = words.x0[first], np.maximum.reduceat(words.x1, first), words.line[first]
    at = np.array([(v.lo + v.hi) / 2 for v in valleys])
    over = (lo > at[0]) & ((lo[:, None] < at) & (hi[:, None] > at)).any(axis=1) & (line >= ruled)
    over &= np.bincount(line, minlength=int(line.max()) + 1)[line] == 1
    return np.isin(chunk, chunk[first[over]])


def valleys_of_body(words: Words, chunk: Ints, body: Bools, size: float) -> list[Valley]:
    """Valleys of the lines of `body`; a few chunks that cross (a section over the full width, a long label over empty
    fields) do not close them."""
    lines = len(np.unique(words.line[body]))
    strong = words_to_valleys(words, body, lines // 10 + (lines >= 5), size, (1,))
    if not strong:
        return []
    at = np.array([(v.lo + v.hi) / 2 for v in strong])
    on = ((words.x0[:, None] < at) & (words.x1[:, None] > at)).any(axis=1)
    kept = body & ~np.isin(chunk, chunk[on])
    valleys = drop_spaces(words, kept, words_to_valleys(words, kept, 0, size), size)
    valleys = drop_tails(words, chunk, body, drop_crossed(words, chunk, body, valleys), size)
    return drop_lonely(words, body, drop_torn(words, body, drop_signs(words, body, valleys), size))


@lru_cache(maxsize=8)
def signs_in(words: Words) -> tuple[bool, ...]:
    """For each of SIGNS whether any word could be one; where a currency stands, a minus may."""
    return tuple(any(map(sign, words.text)) or (not step and not MINUS.isdisjoint(words.text)) for sign, step in SIGNS)


def drop_signs(words: Words, body: Bools, valleys: list[Valley]) -> list[Valley]:
    """Valleys without those between a column that has nothing but the sign of a currency or of a percentage or the mark of
    a note, and the texts it belongs to."""
    for (sign, step), some in zip(SIGNS, signs_in(words), strict=True):
        if not some:
            continue
        k = len(valleys) - 1 if step else 0
        while 0 <= k < len(valleys):
            at = np.array([(v.lo + v.hi) / 2 for v in valleys])
            rows = np.flatnonzero(body)
            column = np.searchsorted(at, (words.x0[rows] + words.x1[rows]) / 2)
            mine = rows[column == k - step]
            if len(mine) and (all(sign(words.text[i]) for i in mine.tolist()) or (not step and _are_minus(words, mine, column, rows, k))):
                valleys = valleys[:k] + valleys[k + 1 :]
                k -= bool(step)
            else:
                k += 1 if not step else -1
    return valleys


def _are_minus(words: Words, mine: Ints, column: Ints, rows: Ints, k: int) -> bool:
    """Whether a column has nothing below its heading but minus signs, each close before a number of the next column, and
    that has more numbers."""
    signs = [i for i in mine.tolist() if words.text[i] in MINUS]
    if not signs:
        return False
    numbers = [i for i in rows[column == k + 1].tolist() if is_value(words.text[i])]
    near = all(i + 1 in numbers and words.line[i + 1] == words.line[i] and words.x0[i + 1] - words.x1[i] < words.size[i] for i in signs)
    heads = [words.line[i] for i in mine.tolist() if words.text[i] not in MINUS]
    return near and len(signs) < 0.8 * len(numbers) and max(heads, default=-1) < min(words.line[i] for i in numbers)


def lines_of_columns(words: Words, body: Bools, valleys: list[Valley]) -> tuple[list[set[int]], float]:
    """The lines of the body on which each column has words (one more than valleys), and the last line of its upper part,
    where headings stand."""
    at = np.array([(v.lo + v.hi) / 2 for v in valleys])
    column = np.searchsorted(at, (words.x0 + words.x1) / 2)
    rows = np.flatnonzero(body)
    first, last = int(words.line[rows].min()), int(words.line[rows].max())
    return [set(words.line[rows][column[rows] == k].tolist()) for k in range(len(at) + 1)], first + 0.4 * (last - first)


def drop_lonely(words: Words, body: Bools, valleys: list[Valley]) -> list[Valley]:
    """Valleys without those round a heading over several columns: it stands alone on its line, over the white between
    the columns, and nothing stands below it."""
    while len(valleys) > 1:
        lines, upper = lines_of_columns(words, body, valleys)
        lonely = next(
            (
                k for k in range(1, len(valleys))
                if 0 < len(lines[k]) <= 3 and max(lines[k]) <= upper and not lines[k] & (lines[k - 1] | lines[k + 1])
            ),
            None,
        )  # fmt: skip
        if lonely is None:
            break
        narrow = min((lonely - 1, lonely), key=lambda k: valleys[k].hi - valleys[k].lo)
        valleys = valleys[:narrow] + valleys[narrow + 1 :]
    return valleys


def drop_aside(words: Words, body: Bools, valleys: list[Valley]) -> list[Valley]:
    """Valleys without those between a heading and the numbers below it, when it is set beside and not over them: its
    column has nothing but the heading, and that of the numbers has none."""
    while len(valleys) > 1:
        lines, upper = lines_of_columns(words, body, valleys)
        pair = next(
            (
                (k, j) for k in range(1, len(valleys) + 1) for j in (k + 1, k - 1)
                if (0 < j <= len(valleys) or (j == 0 and not lines[0] & set(range(max(lines[k], default=0) + 1)))) and 0 < len(lines[k]) <= 3 and max(lines[k]) <= upper and not lines[k] & lines[j]
                and sum(n > max(lines[k]) for n in lines[j]) >= 3
            ),
            None,
        )  # fmt: skip
        if pair is None:
            break
        valleys = valleys[: min(pair)] + valleys[max(pair) :]
    return valleys


def drop_crossed(words: Words, chunk: Ints, body: Bools, valleys: list[Valley]) -> list[Valley]:
    """Valleys without those that more lines cross than half the lines of the column beside them. What begins in the first
    column (a section, a long label) does not count: it may run over anything."""
    while valleys:
        at = np.array([(v.lo + v.hi) / 2 for v in valleys])
        x0, x1, line = words.x0[body], words.x1[body], words.line[body]
        labels = np.unique(chunk[body][x0 < at[0]])
        mine = ~np.isin(chunk[body], labels)
        column = np.searchsorted(at, (x0 + x1) / 2)
        lines = np.array([len(np.unique(line[column == k])) for k in range(len(at) + 1)])
        crossing = ((x0[mine][:, None] < at) & (x1[mine][:, None] > at)).sum(axis=0)
        excess = crossing - np.maximum(1, 0.5 * np.minimum(lines[:-1], lines[1:]))
        worst = int(np.argmax(excess))
        if excess[worst] <= 0:
            break
        valleys = valleys[:worst] + valleys[worst + 1 :]
    return valleys


def drop_spaces(words: Words, body: Bools, valleys: list[Valley], size: float) -> list[Valley]:
    """Valleys without those that are mere spaces between words: where both neighbouring columns have text, it mostly
    stands as near as words of one phrase do. The column between two such valleys goes to the nearer side."""
    x0, x1, line = words.x0[body], words.x1[body], words.line[body]
    of = np.flatnonzero(body)
    every = texts_of(words, size)
    text = [every[i] for i in of.tolist()]
    begins, ends = wide_sides(words)
    values = values_of(words, size)[of]
    space = words_to_space(words, size)
    while valleys:
        first = np.flatnonzero(np.concatenate(([True], line[1:] != line[:-1])))
        at = np.array([(v.lo + v.hi) / 2 for v in valleys])
        after, before = neighbours(x0, x1, line, first, at)
        column = np.searchsorted(at, (x0 + x1) / 2)
        worst, share = -1, 0.5
        for k in range(len(valleys)):
            both = (after[k] >= 0) & (before[k] >= 0)
            a, b = after[k][both], before[k][both]
            beside = (column[a] == k + 1) & (column[b] == k)
            a, b = a[beside], b[beside]
            if not len(a):
                continue
            gap = x0[a] - x1[b]
            near = gap <= SPACE * space
            if valleys[k].lines >= OF_WIDE[0][0]:
                near &= ~(ends[of[b]] & begins[of[a]]) | (gap < OF_WIDE[0][2] * size)
            if near.sum() <= share * len(a):
                continue
            apart = np.flatnonzero(near & values[a] & values[b] & (gap > SPACE_OF_VALUES * size))
            tight = int(near.sum()) - sum(not is_split_number(text[j], text[i]) for i, j in zip(a[apart].tolist(), b[apart].tolist(), strict=True))
            if tight / len(a) > share:
                worst, share = k, tight / len(a)
        if worst < 0:
            break
        valleys = valleys[:worst] + valleys[worst + 1 :]
    return valleys
