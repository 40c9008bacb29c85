"""A page of PDFium → its objects in stream order, forms unfolded, as columns; and the box each one is clipped to."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf.engines import ffi
from subsidy_extract.read.pdf.engines.display import IDENTITY, Display, Matrix, then

Floats = NDArray[np.float64]
DEEPEST = 40  # forms within forms: where PDFium itself stops (kMaxFormLevel)
CLEAR = 0.02  # alpha: less is not seen
EVERYWHERE = (-1e9, -1e9, 1e9, 1e9)


@dataclass(frozen=True, slots=True)
class Content:
    """What the content of a page or a form draws, as layers.py walked it: off: for each kind of object, in order, whether it
    stands on a layer that is switched off. forms: the content of each form."""

    off: dict[int, list[bool]] = field(default_factory=dict)
    forms: list[Content] = field(default_factory=list)

    def any_off(self) -> bool:
        return any(map(any, self.off.values())) or any(f.any_off() for f in self.forms)


@dataclass(frozen=True, slots=True)
class Objects:
    """handle: PDFium's address of each object. kind: ffi.TEXT, PATH, IMAGE, SHADING. form: which of `matrices` moves the
    object's own coordinates into the page's (0: none does). off: the texts of layers that are switched off and of forms that let
    everything through, by handle (what else is in these is no object here); unsure: there may be more of them. back: what the
    page is turned back by where it lies askew."""

    handle: list[int]
    kind: NDArray[np.int32]
    form: NDArray[np.int32]
    matrices: list[Matrix]
    off: frozenset[int] = frozenset()
    unsure: bool = False
    back: Matrix | None = None

    def of(self, kind: int) -> NDArray[np.intp]:
        """The numbers of the objects of this kind, in stream order."""
        return np.flatnonzero(self.kind == kind)


def unfold(page: int, texts: set[int], content: Content | None = None) -> Objects:
    """Every object that can be seen, those inside forms in the place of the form. texts: known to be text (most of the
    objects of a list; each question to PDFium that is not asked is a tenth of the reading). content: what of the page is
    switched off, if anything."""
    handles: list[int] = list(map(ffi.get_object, repeat(page), range(ffi.count_objects(page))))
    kinds = _kinds(handles, texts)
    if content is not None:
        return _shown(handles, kinds, content, texts)
    if ffi.FORM not in kinds:
        return Objects(handles, np.array(kinds, np.int32), np.zeros(len(handles), np.int32), [IDENTITY])
    matrices = [IDENTITY]
    out: tuple[list[int], list[int], list[int]] = ([], [], [])
    clear: set[int] = set()
    _walk(handles, kinds, 0, matrices, out, 0, texts, clear)
    return Objects(out[0], np.array(out[1], np.int32), np.array(out[2], np.int32), matrices, frozenset(clear))


def _shown(handles: list[int], kinds: list[int], content: Content, texts: set[int]) -> Objects:
    """As unfold, less what is switched off; its texts stay, and are told."""
    matrices = [IDENTITY]
    out: tuple[list[int], list[int], list[int]] = ([], [], [])
    off: set[int] = set()
    dark: set[int] = set()  # forms, paths and pictures
    unsure = _held_against(handles, kinds, content, False, off, dark, texts, 0)
    _walk(handles, kinds, 0, matrices, out, 0, texts, off)
    keep = np.array([h not in dark for h in out[0]], np.bool_)
    return Objects(
        [h for h in out[0] if h not in dark], np.array(out[1], np.int32)[keep], np.array(out[2], np.int32)[keep], matrices, frozenset(off), unsure,
    )  # fmt: skip


def _held_against(handles: list[int], kinds: list[int], content: Content, all_off: bool, off: set[int], dark: set[int], texts: set[int], depth: int) -> bool:
    """Fills `off` with texts and `dark` with the other objects that are switched off; whether some could not be told: the
    walk and PDFium do not see as many of a kind."""
    unsure = False
    forms: list[int] = []
    for kind in set(kinds):
        mine = [h for h, k in zip(handles, kinds, strict=True) if k == kind]
        said = content.off.get(kind, [])
        if len(said) != len(mine):
            unsure |= any(said) or (kind == ffi.FORM and content.any_off())
            said = [False] * len(mine)
        if kind == ffi.FORM:
            forms = mine if len(mine) == len(content.forms) else []
        (off if kind == ffi.TEXT else dark).update(h for h, o in zip(mine, said, strict=True) if o or all_off)
    for handle, inner in zip(forms, content.forms, strict=False):
        if depth < DEEPEST:
            within = list(map(ffi.form_object, repeat(handle), range(max(0, ffi.form_count(handle)))))
            unsure |= _held_against(within, _kinds(within, texts), inner, all_off or handle in dark, off, dark, texts, depth + 1)
    return unsure


def _kinds(handles: list[int], texts: set[int]) -> list[int]:
    return [ffi.TEXT if h in texts else ffi.object_type(h) for h in handles]


def _walk(
    handles: list[int], kinds: list[int], form: int, matrices: list[Matrix], out: tuple[list[int], list[int], list[int]], depth: int, texts: set[int],
    clear: set[int], unseen: bool = False,
) -> None:
    """Fills `out`, and `clear` with the texts of forms that let everything through (unseen: within one); what else is in
    these is no object."""
    for handle, kind in zip(handles, kinds, strict=True):
        if kind != ffi.FORM:
            if unseen and kind != ffi.TEXT:
                continue
            if unseen:
                clear.add(handle)
            out[0].append(handle)
            out[1].append(kind)
            out[2].append(form)
        elif depth < DEEPEST:
            inner = list(map(ffi.form_object, repeat(handle), range(max(0, ffi.form_count(handle)))))
            matrices.append(then(matrix_of(handle), matrices[form]))
            hidden = unseen or float(colours([handle])[1][0]) < CLEAR
            _walk(inner, _kinds(inner, texts), len(matrices) - 1, matrices, out, depth + 1, texts, clear, hidden)


def matrix_of(handle: int) -> Matrix:
    """The matrix of one object (of a form: what moves its content)."""
    six = (ctypes.c_float * 6)()
    if not ffi.object_matrix(handle, ctypes.addressof(six)):
        return IDENTITY
    a, b, c, d, e, f = six
    return a, b, c, d, e, f


def matrices_of(handles: list[int]) -> Floats:
    """(n, 6): the matrix of each object, in its own form's coordinates."""
    out = np.zeros((len(handles), 6), np.float32)
    at = out.ctypes.data
    ffi.each(ffi.object_matrix, handles, range(at, at + 24 * len(handles), 24))
    return out.astype(np.float64)


def colours(handles: list[int], stroke: bool = False) -> tuple[Floats, Floats]:
    """(n, 3) red, green, blue from 0 to 1, and (n,) alpha; NaN where the colour is a pattern."""
    out = np.zeros((len(handles), 4), np.uint32)
    at = out.ctypes.data
    n = 16 * len(handles)
    function = ffi.object_stroke if stroke else ffi.object_fill
    told = np.fromiter(map(function, handles, *(range(at + k, at + k + n, 16) for k in (0, 4, 8, 12))), np.int32, len(handles))
    rgba = out / 255.0
    rgba[told == 0, :3] = np.nan
    rgba[told == 0, 3] = 1.0
    return rgba[:, :3], rgba[:, 3]


def bounds(handles: list[int]) -> Floats:
    """(n, 4): left, bottom, right, top of each object in its own form's coordinates (a stroke's width included)."""
    out = np.zeros((len(handles), 4), np.float32)
    at = out.ctypes.data
    n = 16 * len(handles)
    ffi.each(ffi.object_bounds, handles, *(range(at + k, at + k + n, 16) for k in (0, 4, 8, 12)))
    return out.astype(np.float64)


def clips(handles: list[int]) -> Floats:
    """(n, 4): the box each object is clipped to, in its own form's coordinates; EVERYWHERE where nothing clips it.

    Objects under one clip share its points in PDFium's memory: the address of the last path's first point tells clips
    apart, and each different one is asked for its points once.
    """
    return clips_told(handles)[0]


def clips_told(handles: list[int]) -> tuple[Floats, NDArray[np.bool_]]:
    """As `clips`, and (n,): whether what clips an object is more or less than one upright box, so that the box does not tell
    what is cut away."""
    if not handles:
        return np.zeros((0, 4)), np.zeros(0, np.bool_)
    clip = list(map(ffi.object_clip, handles))
    count = list(map(ffi.clip_paths, clip))
    last = list(map(ffi.clip_segment, clip, [c - 1 if c > 0 else 0 for c in count], repeat(0)))
    one_of = dict(zip(last, range(len(last)), strict=True))
    told = {address: _clip_box(clip[i], count[i]) for address, i in one_of.items()}
    found = np.array([told[address] for address in last]) if len(told) > 1 else np.tile(np.array(told[last[0]]), (len(last), 1))
    return found[:, :4], found[:, 4] > 0


def _clip_box(clip: int, paths: int) -> tuple[float, float, float, float, bool]:
    odd = False
    x0, y0, x1, y1 = EVERYWHERE
    point = (ctypes.c_float * 2)()
    at = ctypes.addressof(point)
    for path in range(paths):
        xs, ys = [], []
        for k in range(max(0, ffi.clip_segments(clip, path))):
            ffi.segment_point(ffi.clip_segment(clip, path, k), at, at + 4)
            xs.append(point[0])
            ys.append(point[1])
        if xs:
            x0, y0, x1, y1 = max(x0, min(xs)), max(y0, min(ys)), min(x1, max(xs)), min(y1, max(ys))
            odd |= len(xs) > 5 or len({round(x, 2) for x in xs}) > 2 or len({round(y, 2) for y in ys}) > 2
    return x0, y0, x1, y1, odd


def to_page(boxes: Floats, form: NDArray[np.int32], matrices: list[Matrix]) -> Floats:
    """Boxes in the coordinates of forms → upright boxes in the page's user space."""
    if not form.any():
        return boxes
    out = boxes.copy()
    for number in np.unique(form):
        if number == 0:
            continue
        a, b, c, d, e, f = matrices[number]
        here = form == number
        x = boxes[here][:, [0, 2, 0, 2]]
        y = boxes[here][:, [1, 1, 3, 3]]
        px, py = a * x + c * y + e, b * x + d * y + f
        out[here] = np.column_stack([px.min(1), py.min(1), px.max(1), py.max(1)])
    return out


def matrices_to_page(own: Floats, form: NDArray[np.int32], matrices: list[Matrix]) -> Floats:
    """(n, 6) matrices in the coordinates of forms → to the page's user space."""
    if not form.any():
        return own
    out = own.copy()
    for number in np.unique(form):
        if number:
            here = form == number
            a, b, c, d, e, f = own[here].T
            p, q, r, s, t, u = matrices[number]
            out[here] = np.column_stack([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    return out


def boxes_of(things: Objects, numbers: NDArray[np.intp], display: Display | None) -> Floats:
    """(n, 4): the boxes of some objects as displayed (x0, top, x1, bottom), or in user space without a display."""
    boxes = to_page(bounds([things.handle[i] for i in numbers.tolist()]), things.form[numbers], things.matrices)
    return boxes if display is None else np.column_stack(display.boxes(boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]))


def is_plain_box(handle: int) -> bool:
    """Whether a filled path is one upright rectangle that lets nothing under it show."""
    if ffi.object_transparent(handle) or not 4 <= (n := ffi.path_segments(handle)) <= 5:
        return False
    point = (ctypes.c_float * 2)()
    at = ctypes.addressof(point)
    corners = set()
    for k in range(n):
        ffi.segment_point(ffi.path_segment(handle, k), at, at + 4)
        corners.add((round(point[0], 2), round(point[1], 2)))
    return len(corners) == 4 and len({x for x, _ in corners}) == len({y for _, y in corners}) == 2
