"""Glyphs that lie across the text of a page → what is no part of it: slanted stamps, large words printed over or under it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from subsidy_extract.model import Doubt, Place
from subsidy_extract.read.pdf.nouns import Floats, Glyphs

Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]

TILT = 0.1  # tangent: a scanned page lies askew by less, a watermark by much more
LARGE = 2.0  # of the usual size of a page: a word that much larger can lie across others
SMALL = 0.6  # of the size of the large glyph: what lies in its box is text of its own
COVERED = 4  # small glyphs in the boxes of one large word, in two of its glyphs or more: no accident of setting
FAINT = 2.0  # contrast of luminances (1: none, 21: black on white)


def slanted(a: ArrayLike, b: ArrayLike) -> Bools:
    """Whether a text whose advance in user space points to (a, b) is turned by no multiple of a quarter turn."""
    along, across = np.abs(np.asarray(a, dtype=np.float64)), np.abs(np.asarray(b, dtype=np.float64))
    return np.asarray(np.minimum(along, across) > TILT * np.maximum(along, across))


def askew(a: Floats, b: Floats) -> Ints:
    """The glyphs that are slanted against the text of their page: none where most are, for so the page lies. (n,) each."""
    tilted = slanted(a, b)
    return np.flatnonzero(tilted) if 2 * int(tilted.sum()) <= len(tilted) else np.zeros(0, np.intp)


def large_ones(glyphs: Glyphs) -> Ints:
    """The glyphs that are much larger than the page's text: what may lie across it. White space aside."""
    if not len(glyphs):
        return np.zeros(0, np.intp)
    usual = float(np.median(glyphs.size))
    here = np.flatnonzero(glyphs.size >= max(LARGE * usual, 0.1))
    return here[[bool(t.strip()) for t in glyphs.text[here].tolist()]] if len(here) else here


def pale(rgb: Floats, paper: Floats) -> Bools:
    """Which of n colours hardly differ from the paper under them. (n, 3) each; what lies on a picture (NaN) is not pale."""
    one, two = _luminance(rgb), _luminance(paper)
    with np.errstate(invalid="ignore"):
        return np.asarray((np.maximum(one, two) + 0.05) / (np.minimum(one, two) + 0.05) < FAINT)


def _luminance(rgb: Floats) -> Floats:
    """Relative luminance of sRGB, nearly."""
    return np.asarray(np.clip(rgb, 0, 1) ** 2.2 @ np.array([0.2126, 0.7152, 0.0722]))


def printed_across(glyphs: Glyphs, large: Ints, faint: Bools) -> Ints:
    """Which of the large glyphs are a watermark. Of a size and a font in whose boxes smaller glyphs lie: 見本 behind the
    rows of a list (a title or a large figure has its place to itself). Or faint, with text above and below: nobody
    prints in such a colour what is to be read. faint: one for each of the large."""
    if not len(large):
        return large
    usual = float(np.median(glyphs.size))
    text = (glyphs.size < LARGE * usual) & np.array([bool(t.strip()) for t in glyphs.text.tolist()], np.bool_)
    if not text.any():
        return large[:0]
    x, y, size = (a[text] for a in ((glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2, glyphs.size))
    between = (glyphs.top[large] > y.min()) & (glyphs.bottom[large] < y.max())
    out = faint & between
    kind = np.round(glyphs.size[large] * 4).astype(np.int64) * 65536 + glyphs.font[large]
    for k in np.unique(kind).tolist():
        here = np.flatnonzero(kind == k)
        held = [_held(glyphs, int(i), x, y, size) for i in large[here].tolist()]
        if sum(held) >= COVERED and sum(1 for h in held if h) >= min(2, len(here)):
            out[here] = True
    return np.asarray(large[out], np.intp)


def _held(glyphs: Glyphs, i: int, x: Floats, y: Floats, size: Floats) -> int:
    """How many much smaller glyphs lie in the box of glyph i."""
    em = float(glyphs.size[i])
    inset = 0.1 * em  # an em box is larger than the ink in it
    beside = (x > glyphs.x0[i] + inset) & (x < glyphs.x1[i] - inset)
    return int((beside & (y > glyphs.top[i] + inset) & (y < glyphs.bottom[i] - inset) & (size <= SMALL * em)).sum())


def slanted_doubt(glyphs: Glyphs, tilted: Bools, number: int) -> tuple[Doubt, ...]:
    """slanted_text: text as large as the page's own that stands askew may be more than a stamp (headings of narrow columns)."""
    if not tilted.any():
        return ()
    usual = float(np.median(glyphs.size[~tilted]))
    here = np.flatnonzero(tilted & (glyphs.size < 1.5 * usual))
    words = "".join(glyphs.text[here].tolist()).strip()
    if not words:
        return ()
    box = (float(glyphs.x0[here].min()), float(glyphs.top[here].min()), float(glyphs.x1[here].max()), float(glyphs.bottom[here].max()))
    detail = f"text that stands askew on page {number} is in no cell: {words[:40]}"
    return (Doubt("slanted_text", detail, (Place(page=number, bbox=box),)),)


LEVEL = 0.4  # of the size: texts that stand apart by less stand on one line
OVER = 0.5  # of the narrower of two characters: neighbours reach into each other by less
ALIKE_SIZE = 0.7


def doubled(glyphs: Glyphs, run: Ints, seen: Bools, number: int) -> tuple[Doubt, ...]:
    """overprinted: two texts that differ are printed over each other, and both are seen: which of them counts, and in what
    order their characters are read, nobody can tell. run: of each glyph the text object that draws it, ascending; seen: of each."""
    here = np.flatnonzero(seen & glyphs.upright)
    if len(here) < 2:
        return ()
    first = np.flatnonzero(np.diff(run[here], prepend=-1))
    x0, x1 = np.minimum.reduceat(glyphs.x0[here], first), np.maximum.reduceat(glyphs.x1[here], first)
    top, size = glyphs.top[here][first], glyphs.size[here][first]
    step = max(0.5, float(np.median(size)))
    pairs: set[tuple[int, int]] = set()
    for shift in (0.0, 0.5):
        band = np.floor(top / step + shift)
        order = np.lexsort((x0, band))
        far = (band * FAR)[order]
        reach = np.maximum.accumulate(x1[order] + far)
        for k in (np.flatnonzero(x0[order][1:] + far[1:] < reach[:-1] - 0.2 * size[order][1:]) + 1).tolist():
            one = int(order[k])
            others = order[:k][(far[:k] == far[k]) & (x1[order[:k]] > x0[one] + 0.2 * size[one])]
            pairs |= {(min(one, other), max(one, other)) for other in others.tolist() if abs(top[one] - top[other]) < LEVEL * size[one]}
    piece = np.split(here, first[1:]) if pairs else []
    hit = [found for one, other in sorted(pairs) if (found := _over(glyphs, piece[one], piece[other])) is not None]
    return tuple(Doubt("overprinted", f"«{a}» «{b}»", (Place(page=number, bbox=box),)) for a, b, box in hit[:MOST_SAID])


FAR = 1e5  # points: further than any page is wide
MOST_SAID = 20  # places of a page: more of them say no more


def _over(glyphs: Glyphs, one: Ints, other: Ints) -> tuple[str, str, tuple[float, float, float, float]] | None:
    """Two texts and the place where one is printed over the other: letters and figures that differ, in one place. None where
    they only stand beside each other, or one is a frame or a mark over the other (○ round a figure, a voiced sound's mark)."""
    over = np.minimum(glyphs.x1[one][:, None], glyphs.x1[other]) - np.maximum(glyphs.x0[one][:, None], glyphs.x0[other])
    wide = np.minimum((glyphs.x1 - glyphs.x0)[one][:, None], (glyphs.x1 - glyphs.x0)[other])
    alike = np.minimum(glyphs.size[one][:, None], glyphs.size[other]) > ALIKE_SIZE * np.maximum(glyphs.size[one][:, None], glyphs.size[other])
    found = [(i, k) for i, k in np.argwhere((over > OVER * wide) & alike).tolist() if _told(glyphs.text[one[i]]) and _told(glyphs.text[other[k]])]
    if not any(glyphs.text[one[i]] != glyphs.text[other[k]] for i, k in found):
        return None
    both = np.unique(np.concatenate([one[[i for i, _ in found]], other[[k for _, k in found]]]))
    box = (float(glyphs.x0[both].min()), float(glyphs.top[both].min()), float(glyphs.x1[both].max()), float(glyphs.bottom[both].max()))
    words, others = "".join(glyphs.text[one]).strip(), "".join(glyphs.text[other]).strip()
    return None if words == others else (words[:30], others[:30], box)


def _told(text: str) -> bool:
    return text[:1].isalnum() and text not in "〇ﾞﾟ"
