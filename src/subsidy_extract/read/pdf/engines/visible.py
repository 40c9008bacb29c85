"""What a reader of the printed page sees: colours of texts, the paper and the areas under them → which are invisible."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.model import BBox, Doubt, Place
from subsidy_extract.read.pdf.engines.display import Display, Floats
from subsidy_extract.read.pdf.nouns import Fills, Glyphs, Rules

BELOW, ABOVE = -0.12, 0.88  # of the size, from the baseline: the em box of a Japanese font, for every font
ALIKE = 0.03  # of 0 to 1 in every channel: nobody sees a text whose colour is that near to what lies under it
WHITE = np.array([1.0, 1.0, 1.0])
TILES = 0xBF / 255  # PDFium calls a pattern of tiles by this grey, a pattern of shades white


def alike(rgb: Floats, other: Floats) -> NDArray[np.bool_]:
    """Whether colours look the same; a pattern (NaN) looks like nothing else."""
    return np.asarray(np.abs(rgb - other).max(axis=-1) <= ALIKE)


def may_be_pattern(rgb: Floats) -> NDArray[np.bool_]:
    """Which areas of these colours may be filled with a pattern, of which PDFium does not tell how it looks."""
    return np.asarray((np.abs(rgb - 1) < 1e-6).all(axis=-1) | (np.abs(rgb - TILES) < 1e-6).all(axis=-1))


def paper(x: Floats, y: Floats, order: NDArray[np.intp], boxes: Floats, rgb: Floats, drawn: NDArray[np.intp]) -> Floats:
    """(n, 3): the colour under each point, drawn on at a moment of the stream; NaN where a picture or a pattern lies there.

    x, y, order: n points. boxes: (k, 4) x0, y0, x1, y1 of areas, rgb: (k, 3), drawn: when each was drawn, ascending.
    """
    out = np.tile(WHITE, (len(x), 1))
    for box, colour, when in zip(boxes, rgb, drawn, strict=True):
        inside = (order > when) & (x >= box[0]) & (x <= box[2]) & (y >= box[1]) & (y <= box[3])
        out[inside] = colour
    return out


def may_vanish(rgb: Floats, areas: Floats) -> NDArray[np.bool_]:
    """Which of n colours could be invisible somewhere on a page with these areas: like the paper, or like one of them."""
    out = alike(rgb, WHITE)
    for colour in {(r, g, b) for r, g, b in areas.tolist()}:
        out |= alike(rgb, np.array(colour))
    return out


def seen_rules(boxes: Floats, rgb: Floats, order: NDArray[np.intp], area_boxes: Floats, area_rgb: Floats, area_order: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which rules differ from what lies under them: white lines between shaded cells are seen, white on paper are not."""
    seen = np.ones(len(boxes), np.bool_)
    doubtful = np.flatnonzero(may_vanish(rgb, area_rgb))
    if not len(doubtful):
        return seen
    b = boxes[doubtful]
    x, y = (b[:, 0] + b[:, 2]) / 2, (b[:, 1] + b[:, 3]) / 2
    lying = (b[:, 2] - b[:, 0]) >= (b[:, 3] - b[:, 1])
    beside = np.minimum(b[:, 2] - b[:, 0], b[:, 3] - b[:, 1]) / 2 + 0.5
    vanishes = np.ones(len(doubtful), np.bool_)
    for side in (-1, 0, 1):  # under it and on both sides of it
        px, py = np.where(lying, x, x + side * beside), np.where(lying, y + side * beside, y)
        vanishes &= alike(rgb[doubtful], paper(px, py, order[doubtful], area_boxes, area_rgb, area_order))
    seen[doubtful] = ~vanishes
    return seen


AT_A_TIME = 256  # areas held against all texts at once
LYING_OUT = 0.3  # of the size: a glyph is covered though its em box, which has more room than its ink, sticks out by this


def covering(first: Floats, last: Floats, order: NDArray[np.intp], boxes: Floats, drawn: NDArray[np.intp]) -> NDArray[np.intp]:
    """The areas that were drawn over the first or the last glyph of a text which had been drawn before.

    first, last: (n, 2) the middles of the first and the last glyph of each text, order: when each was drawn, ascending.
    boxes: (k, 4), drawn: of areas. On most pages every area is drawn before the first text.
    """
    late = np.flatnonzero(drawn > order[0]) if len(order) else np.zeros(0, np.intp)
    out = []
    for at in range(0, len(late), AT_A_TIME):
        some = late[at : at + AT_A_TIME]
        x0, y0, x1, y1 = boxes[some].T[:, :, None]
        hit = np.zeros((len(some), len(order)), np.bool_)
        for x, y in (first.T, last.T):
            hit |= (x > x0) & (x < x1) & (y > y0) & (y < y1)
        out.append(some[(hit & (drawn[some][:, None] > order)).any(axis=1)])
    return np.concatenate(out) if out else late


def twins(number: NDArray[np.intp], x: Floats, y: Floats, size: Floats) -> NDArray[np.bool_]:
    """Which of n things repeat an earlier one with the same number at almost the same place (bold made by drawing twice).

    Almost: within an eighth of the size in points both ways; the narrowest letters advance by more than a fifth.
    """
    out = np.zeros(len(x), np.bool_)
    near = np.maximum(size, 1.0) / 8
    step = float(near.max()) if len(near) else 1.0
    places: dict[tuple[int, int, int], list[int]] = {}
    for i in np.flatnonzero(_may_be_twins(number, x, y, step)).tolist():
        n, column, row = int(number[i]), int(x[i] // step), int(y[i] // step)
        found = [k for dx in (-1, 0, 1) for dy in (-1, 0, 1) for k in places.get((n, column + dx, row + dy), ())]
        out[i] = any(abs(x[i] - x[k]) <= near[i] and abs(y[i] - y[k]) <= near[i] for k in found)
        if not out[i]:
            places.setdefault((n, column, row), []).append(i)
    return out


MIXED = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)  # xxHash's primes: any odd numbers would do


def _may_be_twins(number: NDArray[np.intp], x: Floats, y: Floats, step: float) -> NDArray[np.bool_]:
    """Every thing that has another with its number within `step` both ways, and a few more: those that share a square.

    Two that near share a square of twice the step in one of four grids, each moved by half a square. The usual page has
    the same words in many rows, never twice in one place.
    """
    out = np.zeros(len(x), np.bool_)
    column, row, own = (x // step).astype(np.int64), (y // step).astype(np.int64), number.astype(np.uint64) * MIXED[0]
    for right, down in ((0, 0), (0, 1), (1, 0), (1, 1)):
        square = own ^ (((column + right) >> 1).astype(np.uint64) * MIXED[1]) ^ (((row + down) >> 1).astype(np.uint64) * MIXED[2])
        by = np.argsort(square)
        same = square[by[1:]] == square[by[:-1]]
        out[by[1:][same]] = out[by[:-1][same]] = True
    return out


PICTURE = 0.5  # of the page: a picture that large is the page
BESIDE = 0.2  # of the page: a picture that large may hold a table of its own
GROUND = 0.9  # of the page: what lies under its text
FEW = 60  # glyphs: a stamp, a page number or a heading over a scan
OUTLINES = 200  # characters drawn as paths


def picture(number: int, display: Display, glyphs: int, pictures: Floats, drawn: int, outlines: int = 0) -> tuple[Doubt, ...]:
    """picture_page: where the words of the page are, there is no text to read. picture_beside: there may be more words in a
    picture beside its text. outlines: paths that may be characters, counted where there are few glyphs."""
    place = (Place(page=number, bbox=(0.0, 0.0, display.width, display.height)),)
    seen = np.clip(pictures, 0, np.array([display.width, display.height] * 2)) if len(pictures) else pictures
    covered = float(((seen[:, 2] - seen[:, 0]) * (seen[:, 3] - seen[:, 1])).sum()) / max(1.0, display.width * display.height) if len(seen) else 0.0
    if covered >= PICTURE and glyphs < FEW:
        return (Doubt("picture_page", f"a picture covers {min(covered, 1):.0%} of the page, which has {glyphs} characters of text", place),)
    if glyphs < FEW and outlines >= OUTLINES:
        return (Doubt("picture_page", f"its text is drawn as outlines: the page has {glyphs} characters of text", place),)
    if glyphs == 0 and (covered > 0.05 or drawn > 300):
        return (Doubt("picture_page", "the page has no text, only pictures or outlines", place),)
    if BESIDE <= covered < GROUND:
        return (Doubt("picture_beside", f"{covered:.0%}", place),)
    return ()


def unknown_font(unknown: int, glyphs: int, number: int, box: BBox | None = None) -> tuple[Doubt, ...]:
    """unknown_font: characters that no table of the PDF says the meaning of."""
    if not unknown:
        return ()
    return (Doubt("unknown_font", f"{unknown} characters of {glyphs} are drawn with a font that does not say which they are", (Place(page=number, bbox=box),)),)


def around(glyphs: Glyphs, which: NDArray[np.intp]) -> BBox:
    """The box around some glyphs."""
    return float(glyphs.x0[which].min()), float(glyphs.top[which].min()), float(glyphs.x1[which].max()), float(glyphs.bottom[which].max())


def rules_of(boxes: Floats) -> Rules:
    """(n, 4) x0, top, x1, bottom → the noun."""
    return Rules(boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3])


def fills_of(boxes: Floats, rgb: Floats) -> Fills:
    """(n, 4) and (n, 3) → the noun; a pattern counts as a middle grey."""
    return Fills(boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3], np.nan_to_num(rgb, nan=0.5))


def boxes_of(boxes: Floats) -> tuple[BBox, ...]:
    return tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in boxes)
