"""A page of PDFium → its objects in stream order, forms unfolded, as columns; and the box each one is clipped to."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf import ffi
from subsidy_extract.read.pdf.display import IDENTITY, Matrix, then

Floats = NDArray[np.float64]
DEEPEST = 12  # forms within forms; PDFium itself stops near here
EVERYWHERE = (-1e9, -1e9, 1e9, 1e9)


@dataclass(frozen=True, slots=True)
class Objects:
    """handle: PDFium's address of each object. kind: ffi.TEXT, PATH, IMAGE, SHADING. form: which of `matrices` moves the
    object's own coordinates into the page's (0: none does)."""

    handle: list[int]
    kind: NDArray[np.int32]
    form: NDArray[np.int32]
    matrices: list[Matrix]

    def of(self, *kinds: int) -> NDArray[np.intp]:
        """The numbers of the objects of these kinds, in stream order."""
        return np.flatnonzero(np.isin(self.kind, kinds))


def unfold(page: int) -> Objects:
    """Every object that can be seen, those inside forms in the place of the form."""
    handles: list[int] = list(map(ffi.get_object, repeat(page), range(ffi.count_objects(page))))
    kinds: list[int] = list(map(ffi.object_type, handles))
    if ffi.FORM not in kinds:
        return Objects(handles, np.array(kinds, np.int32), np.zeros(len(handles), np.int32), [IDENTITY])
    matrices = [IDENTITY]
    out: tuple[list[int], list[int], list[int]] = ([], [], [])
    _walk(handles, kinds, 0, matrices, out, 0)
    return Objects(out[0], np.array(out[1], np.int32), np.array(out[2], np.int32), matrices)


def _walk(handles: list[int], kinds: list[int], form: int, matrices: list[Matrix], out: tuple[list[int], list[int], list[int]], depth: int) -> None:
    for handle, kind in zip(handles, kinds, strict=True):
        if kind != ffi.FORM:
            out[0].append(handle)
            out[1].append(kind)
            out[2].append(form)
        elif depth < DEEPEST:
            inner = list(map(ffi.form_object, repeat(handle), range(max(0, ffi.form_count(handle)))))
            matrices.append(then(matrix_of(handle), matrices[form]))
            _walk(inner, list(map(ffi.object_type, inner)), len(matrices) - 1, matrices, out, depth + 1)


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
    ffi.each(ffi.object_matrix, handles, _rows(out))
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


def clips(handles: list[int], quick: bool = True) -> Floats:
    """(n, 4): the box each object is clipped to, in its own form's coordinates; EVERYWHERE where nothing clips it.

    quick: only two corners of a clip of four or five points are asked (a rectangle's opposite ones).
    """
    out = np.tile(np.array(EVERYWHERE), (len(handles), 1))
    clip = list(map(ffi.object_clip, handles))
    count = np.fromiter(map(ffi.clip_paths, clip), np.int64, len(clip))
    some = np.flatnonzero(count > 0)
    if not len(some):
        return out
    owner = np.repeat(some, count[some])
    start = np.repeat(np.cumsum(count[some]) - count[some], count[some])
    which = (np.arange(len(owner)) - start).tolist()
    of = [clip[i] for i in owner.tolist()]
    segments = np.fromiter(map(ffi.clip_segments, of, which), np.int64, len(of))
    few = quick & ((segments == 4) | (segments == 5))
    asked = np.where(few, 2, np.maximum(segments, 0))
    path = np.repeat(np.arange(len(owner)), asked)
    position = np.arange(len(path)) - np.repeat(np.cumsum(asked) - asked, asked)
    position = np.where(few[path], position * 2, position)
    path_list = path.tolist()
    found = list(map(ffi.clip_segment, [of[i] for i in path_list], [which[i] for i in path_list], position.tolist()))
    points = np.zeros((len(found), 2), np.float32)
    at = points.ctypes.data
    ffi.each(ffi.segment_point, found, range(at, at + 8 * len(found), 8), range(at + 4, at + 4 + 8 * len(found), 8))
    box = np.tile(np.array([1e9, 1e9, -1e9, -1e9]), (len(owner), 1))
    np.minimum.at(box[:, 0], path, points[:, 0])
    np.minimum.at(box[:, 1], path, points[:, 1])
    np.maximum.at(box[:, 2], path, points[:, 0])
    np.maximum.at(box[:, 3], path, points[:, 1])
    box[segments <= 0] = EVERYWHERE
    np.maximum.at(out[:, 0], owner, box[:, 0])
    np.maximum.at(out[:, 1], owner, box[:, 1])
    np.minimum.at(out[:, 2], owner, box[:, 2])
    np.minimum.at(out[:, 3], owner, box[:, 3])
    return out


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


def _rows(array: NDArray[np.float32]) -> range:
    step = array.strides[0]
    return range(array.ctypes.data, array.ctypes.data + step * len(array), step)


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


def says_otherwise(handle: int) -> bool:
    """Whether the object stands in marked content with /ActualText: its text was told with the first object of it."""
    for k in range(max(0, ffi.count_marks(handle))):
        mark = ffi.get_mark(handle, k)
        if mark and ffi.mark_value_type(mark, b"ActualText"):
            return True
    return False
