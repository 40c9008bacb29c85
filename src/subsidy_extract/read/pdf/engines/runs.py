"""Text objects of a PDFium page → what holds for all glyphs of each, as columns."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf.engines import ffi, objects, visible
from subsidy_extract.read.pdf.engines.display import Display, Floats, finite

Numbers = NDArray[np.intp]


@dataclass(slots=True)
class Fonts:
    """What is known about the fonts of one document (never of two: PDFium uses an address again)."""

    number: dict[int, int] = field(default_factory=dict)
    unmapped: dict[int, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Runs:
    """What holds for all glyphs of a text object, a row for each. object, address: PDFium's of the object and its font;
    font: the font's number in the document; matrix: (n, 6) text space to user space; em: size in text space; size: in
    points as displayed; clip: (n, 4) in user space; upright: reads left to right on the displayed page; veiled: a soft mask, a
    blend mode or a clip of another shape than a box may hide what colour and box don't tell of."""

    object: list[int]
    address: list[int]
    font: NDArray[np.int32]
    matrix: Floats
    em: Floats
    size: Floats
    rgb: Floats
    alpha: Floats
    hidden: NDArray[np.bool_]
    clip: Floats
    upright: NDArray[np.bool_]
    veiled: NDArray[np.bool_]


def runs_of(handles: list[int], things: objects.Objects, numbers: Numbers, fonts: Fonts, display: Display) -> Runs:
    n = len(handles)
    form = things.form[numbers]
    matrix = objects.matrices_to_page(objects.matrices_of(handles), form, things.matrices)
    em = np.zeros(n, np.float32)
    ffi.each(ffi.text_size, handles, range(em.ctypes.data, em.ctypes.data + 4 * n, 4))
    mode = np.fromiter(map(ffi.text_mode, handles), np.int32, n)
    font = list(map(ffi.text_font, handles))
    rgb, alpha = objects.colours(handles)
    outlined = np.flatnonzero((mode == 1) | (mode == 5))
    if len(outlined):
        rgb[outlined], alpha[outlined] = objects.colours([handles[i] for i in outlined.tolist()], stroke=True)
    both = np.flatnonzero((mode == 2) | (mode == 6))
    if len(both):  # white letters with an outline
        edge, solid = objects.colours([handles[i] for i in both.tolist()], stroke=True)
        white = visible.alike(rgb[both], visible.WHITE)
        rgb[both[white]], alpha[both[white]] = edge[white], solid[white]
    known = fonts.number
    clip, odd = objects.clips_told(handles)
    way = np.where(em < 0, -1.0, 1.0)  # a font of size -8 in a mirrored text space stands as any other
    veiled = np.fromiter(map(ffi.object_transparent, handles), np.bool_, n) & (alpha > 0.98)
    return Runs(
        handles, font, np.array([known.setdefault(f, len(known)) for f in font], np.int32), matrix, em.astype(np.float64),
        finite(np.abs(em) * np.hypot(matrix[:, 2], matrix[:, 3])), rgb, alpha, (mode == 3) | (mode == 7) | (alpha < 0.02) | _off(handles, things),
        objects.to_page(clip, form, things.matrices),
        display.reads_right(way * matrix[:, 0], way * matrix[:, 1]), veiled | odd,
    )  # fmt: skip


def _off(handles: list[int], things: objects.Objects) -> NDArray[np.bool_]:
    """Which text objects stand on a layer that is switched off."""
    return np.fromiter((h in things.off for h in handles), np.bool_, len(handles)) if things.off else np.zeros(len(handles), np.bool_)


def heights(runs: Runs, of: Numbers) -> tuple[Floats, Floats]:
    """(lower, upper) edge of the glyphs of some text objects that lie on their baseline, in user space: each is as high as its font is large."""
    base, high = runs.matrix[of, 5], runs.em[of] * runs.matrix[of, 3]
    low, top = base + visible.BELOW * high, base + visible.ABOVE * high
    return np.minimum(low, top), np.maximum(low, top)
