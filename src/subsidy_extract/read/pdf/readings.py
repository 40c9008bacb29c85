"""Page → the page without its furigana: small kana over the characters they say how to read, left out as `furniture`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from subsidy_extract.model import LeftOut, Place
from subsidy_extract.read.pdf.engines.visible import around
from subsidy_extract.read.pdf.nouns import Glyphs, Page
from subsidy_extract.read.pdf.owners import Ints, glyphs_to_runs

HALF = 0.62  # of the size of the characters under it: furigana are half as large, small print seldom is
ABOVE = (-0.4, 0.5)  # em of the characters under it: how far the two lines may lie into each other or apart
ASIDE = 1.0  # em: furigana may be longer than what it stands over
BETWEEN = frozenset("ノヶケツがのガ")  # kana of names that are read with them: 霧ノ森, 茅ヶ崎
SPACES = " \u3000"


def without_readings(page: Page) -> Page:
    """The page less the furigana of its text; the same page where no small kana stand on it."""
    g = page.glyphs
    if not len(g) or float(g.size.min()) > HALF * (usual := float(np.median(g.size))):
        return page
    small = np.flatnonzero((g.size <= HALF * usual) & (g.size > 0) & g.upright)
    texts: list[str] = g.text.tolist()
    if not any(is_kana(texts[i]) for i in small.tolist()):
        return page
    starts = glyphs_to_runs(g.take(small))
    base = np.array([i for i in np.flatnonzero((g.size > HALF * usual) & g.upright).tolist() if is_kanji(texts[i]) or texts[i] in BETWEEN], np.intp)
    found = [run for run in np.split(small, starts[1:]) if _reads(g, texts, run, base)]
    if not found:
        return page
    keep = np.ones(len(g), np.bool_)
    keep[np.concatenate(found)] = False
    out = [LeftOut("".join(texts[i] for i in run.tolist()), Place(page=page.number, bbox=around(g, run)), "furniture") for run in found]
    return replace(page, glyphs=g.take(keep), left_out=(*page.left_out, *out))


def _reads(g: Glyphs, texts: list[str], run: Ints, base: Ints) -> bool:
    """Whether a run of small glyphs says how to read characters right under it."""
    said = "".join(texts[i] for i in run.tolist()).strip(SPACES)
    if not said or not all(is_kana(c) or c in SPACES for c in said):
        return False
    x0, _, x1, bottom = around(g, run)
    em = g.size[base]
    under = (g.top[base] - bottom > ABOVE[0] * em) & (g.top[base] - bottom < ABOVE[1] * em) & (float(g.size[run].max()) <= HALF * em)
    words = base[under & (g.x1[base] > x0) & (g.x0[base] < x1)]
    if not len(words):
        return False
    over = ASIDE * float(g.size[words].max())
    row = base[under & (np.abs(g.top[base] - g.top[words[0]]) < 0.3 * em)]
    return bool(x0 > float(g.x0[row].min()) - over and x1 < float(g.x1[row].max()) + over)


def is_kana(text: str) -> bool:
    return len(text) == 1 and ("\u3041" <= text <= "\u309f" or "\u30a1" <= text <= "\u30ff" or "\uff66" <= text <= "\uff9f")


def is_kanji(text: str) -> bool:
    return len(text) == 1 and ("\u3400" <= text <= "\u9fff" or "\uf900" <= text <= "\ufaff" or text >= "\U00020000" or text in "々〆ヶ〇")
