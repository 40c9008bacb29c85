"""Path objects of a PDFium page → straight strokes, thin and wide filled areas, each with its colour and its place in the stream."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.read.pdf.engines import ffi
from subsidy_extract.read.pdf.engines.objects import (
    Objects,
    bounds,
    clips,
    colours,
    matrices_of,
    matrices_to_page,
    to_page,
)

Floats = NDArray[np.float64]
THIN = 3.05  # points: a filled rectangle up to this is a rule (nouns.Rules; 3 and what rounding adds)
ALTERNATE = 1  # FPDF_FILLMODE_ALTERNATE: the even-odd rule
STRIP = (0.2, 1.6)  # points: what a clip leaves of an area is a rule when it is about as thick as a rule
DARK = 0.6  # of every colour: and not a piece of a shade
LETTER = 40.0  # points: a character drawn as an outline is no larger
BENT = 8  # segments: more than any box, tick or arrow of a table has
ONCE = 20_000  # segments asked of PDFium at once: 500,000 rectangles on a page must not fill the memory


@dataclass(frozen=True, slots=True)
class Shapes:
    """boxes: (n, 4) left, bottom, right, top in user space, clipped. rgb: (n, 3), NaN for a pattern. order: the object's
    number in the stream. alpha: 0 to 1."""

    boxes: Floats
    rgb: Floats
    alpha: Floats
    order: NDArray[np.intp]

    def take(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> Shapes:
        return Shapes(self.boxes[which], self.rgb[which], self.alpha[which], self.order[which])


def shapes(objects: Objects) -> tuple[Shapes, Shapes, NDArray[np.intp]]:
    """(rules, areas, the numbers of the objects that are neither: thick strokes, filled polygons and curves). A curve, a
    diagonal or an odd polygon is no rule; its box is an area if it is filled."""
    numbers = objects.of(ffi.PATH)
    handles = [objects.handle[i] for i in numbers.tolist()]
    if not handles:
        return _nothing(), _nothing(), np.zeros(0, np.intp)
    n = len(handles)
    modes = np.zeros((n, 2), np.int32)
    at = modes.ctypes.data
    ffi.each(ffi.path_mode, handles, range(at, at + 8 * n, 8), range(at + 4, at + 4 + 8 * n, 8))
    filled, stroked = modes[:, 0] != 0, modes[:, 1] != 0
    widths = np.zeros(n, np.float32)
    ffi.each(ffi.object_stroke_width, handles, range(widths.ctypes.data, widths.ctypes.data + 4 * n, 4))
    segments = np.fromiter(map(ffi.path_segments, handles), np.int64, n)
    fill_rgb, fill_alpha = colours(handles)
    stroke_rgb, stroke_alpha = colours(handles, stroke=True)
    matrices = matrices_to_page(matrices_of(handles), objects.form[numbers], objects.matrices)
    scale = np.sqrt(np.abs(matrices[:, 0] * matrices[:, 3] - matrices[:, 1] * matrices[:, 2]))
    width = np.maximum(widths * scale, 0.05)  # a width of 0 is the thinnest line the device has
    clip = to_page(clips(handles), objects.form[numbers], objects.matrices)

    piece_of, piece_box, piece_kind = _rings_opened(*_pieces(handles, segments, matrices), modes[:, 0] == ALTERNATE)
    rules: list[tuple[Floats, NDArray[np.intp], bool]] = []
    areas: list[tuple[Floats, NDArray[np.intp]]] = []
    thickness = np.minimum(piece_box[:, 2] - piece_box[:, 0], piece_box[:, 3] - piece_box[:, 1])
    flat = thickness <= THIN
    line, rectangle = piece_kind == _LINE, piece_kind == _RECTANGLE
    # strokes: a line is a rule; so is each side of a rectangle (of a flat one, the whole)
    half = (width / 2)[piece_of]
    drawn = stroked[piece_of]
    straight = drawn & (line | (rectangle & flat))
    rules.append((_grown(piece_box[straight], half[straight]), piece_of[straight], True))
    framed = np.flatnonzero(drawn & rectangle & ~flat)
    for sides in ([0, 1, 2, 1], [0, 3, 2, 3], [0, 1, 0, 3], [2, 1, 2, 3]):
        rules.append((_grown(piece_box[framed][:, sides], half[framed]), piece_of[framed], True))
    # fills: thin ones are rules, wide ones areas; a filled piece of any shape counts by its box when thin
    inked = filled[piece_of] & ~line
    rules.append((piece_box[inked & flat], piece_of[inked & flat], False))
    wide = inked & ~flat
    areas.append((piece_box[wide], piece_of[wide]))

    boxes = np.concatenate([r[0] for r in rules])
    of = np.concatenate([r[1] for r in rules])
    by_stroke = np.concatenate([np.full(len(r[1]), r[2]) for r in rules])
    rgb = np.where(by_stroke[:, None], stroke_rgb[of], fill_rgb[of])
    alpha = np.where(by_stroke, stroke_alpha[of], fill_alpha[of])
    ruled = _clipped(Shapes(boxes, rgb, alpha, numbers[of]), clip[of])
    boxes, of = areas[0]
    odd = numbers[np.union1d(np.flatnonzero(stroked & (width > THIN)), piece_of[wide & ~rectangle])]
    return *_with_strips(ruled, _clipped(Shapes(boxes, fill_rgb[of], fill_alpha[of], numbers[of]), clip[of])), odd


def _rings_opened(
    of: NDArray[np.intp], box: Floats, kind: NDArray[np.int8], alternate: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], Floats, NDArray[np.int8]]:
    """Pieces of paths; a rectangle in a rectangle, filled by the even-odd rule, as the four sides of the frame they are: what
    stands in it stands on paper. alternate: of each path, whether that rule fills it."""
    first, second = box[:-1], box[1:]
    pair = (of[:-1] == of[1:]) & alternate[of[:-1]] & (kind[:-1] == _RECTANGLE) & (kind[1:] == _RECTANGLE)
    if not pair.any():
        return of, box, kind
    sign = np.array([1, 1, -1, -1])  # left and bottom outward, right and top inward
    apart = (second - first) * sign
    holds, within = np.asarray((apart >= -0.01).all(axis=1)), np.asarray((apart <= 0.01).all(axis=1))
    at = np.flatnonzero(pair & (holds | within))
    at = at[np.concatenate(([True], np.diff(at) > 1))] if len(at) else at
    if not len(at):
        return of, box, kind
    outer = np.where(holds[at][:, None], box[at], box[at + 1])
    inner = np.where(holds[at][:, None], box[at + 1], box[at])
    x0, y0, x1, y1 = outer.T
    a, b, c, d = inner.T
    sides = np.vstack([np.column_stack(side) for side in ((x0, y0, a, y1), (c, y0, x1, y1), (x0, y0, x1, b), (x0, d, x1, y1))])
    keep = np.ones(len(of), bool)
    keep[at] = keep[at + 1] = False
    return (
        np.concatenate([of[keep], np.tile(of[at], 4)]), np.vstack([box[keep], sides]),
        np.concatenate([kind[keep], np.full(4 * len(at), _RECTANGLE, np.int8)]),
    )  # fmt: skip


def _with_strips(ruled: Shapes, areas: Shapes) -> tuple[Shapes, Shapes]:
    """Rules and areas, dark areas of which the clip leaves but a thin strip counted as rules: one side of a border is drawn so."""
    wide, high = (areas.boxes[:, 2:] - areas.boxes[:, :2]).T
    thick = np.minimum(wide, high)
    strip = (thick > STRIP[0]) & (thick <= STRIP[1]) & (np.maximum(wide, high) > 4 * THIN) & (areas.rgb.max(axis=1, initial=0.0) < DARK)
    if not strip.any():
        return ruled, areas
    more = areas.take(strip)
    both = Shapes(
        np.concatenate([ruled.boxes, more.boxes]), np.concatenate([ruled.rgb, more.rgb]),
        np.concatenate([ruled.alpha, more.alpha]), np.concatenate([ruled.order, more.order]),
    )  # fmt: skip
    return both, areas.take(~strip)


def images(objects: Objects) -> Floats:
    """(n, 4): pictures and shadings, clipped, in user space."""
    numbers = objects.of(ffi.IMAGE)
    if not len(numbers):
        return np.zeros((0, 4))
    handles = [objects.handle[i] for i in numbers.tolist()]
    boxes = to_page(bounds(handles), objects.form[numbers], objects.matrices)
    clip = to_page(clips(handles), objects.form[numbers], objects.matrices)
    boxes = np.column_stack([np.maximum(boxes[:, :2], clip[:, :2]), np.minimum(boxes[:, 2:], clip[:, 2:])])
    return boxes[(boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1])]


_LINE, _RECTANGLE, _OTHER = 0, 1, 2


def _pieces(handles: list[int], segments: NDArray[np.int64], matrices: Floats) -> tuple[NDArray[np.intp], Floats, NDArray[np.int8]]:
    """Each straight line, rectangle or other subpath: (path it belongs to, box in user space, kind)."""
    owners, boxes, kinds = [], [], []
    start = 0
    while start < len(handles):
        total = np.cumsum(segments[start:])
        stop = start + max(1, int(np.searchsorted(total, ONCE)))
        of, box, kind = _pieces_of(handles[start:stop], segments[start:stop], matrices[start:stop])
        owners.append(of + start)
        boxes.append(box)
        kinds.append(kind)
        start = stop
    return np.concatenate(owners), np.concatenate(boxes), np.concatenate(kinds)


def _pieces_of(handles: list[int], segments: NDArray[np.int64], matrices: Floats) -> tuple[NDArray[np.intp], Floats, NDArray[np.int8]]:
    path = np.repeat(np.arange(len(handles)), np.maximum(segments, 0))
    if not len(path):
        return np.zeros(0, np.intp), np.zeros((0, 4)), np.zeros(0, np.int8)
    position = np.arange(len(path)) - np.repeat(np.cumsum(segments) - segments, segments)
    found = list(map(ffi.path_segment, [handles[i] for i in path.tolist()], position.tolist()))
    n = len(found)
    points = np.zeros((n, 2), np.float32)
    at = points.ctypes.data
    ffi.each(ffi.segment_point, found, range(at, at + 8 * n, 8), range(at + 4, at + 4 + 8 * n, 8))
    types = np.fromiter(map(ffi.segment_type, found), np.int8, n)  # 0 line, 1 curve, 2 move
    closes = np.fromiter(map(ffi.segment_closes, found), np.bool_, n)
    a, b, c, d, e, f = matrices[path].T
    x, y = a * points[:, 0] + c * points[:, 1] + e, b * points[:, 0] + d * points[:, 1] + f
    # a subpath begins at each move
    begins = (types == 2) | (position == 0)
    number = np.cumsum(begins) - 1
    first = np.flatnonzero(begins)
    size = np.diff(np.append(first, n))
    box = np.column_stack([np.minimum.reduceat(x, first), np.minimum.reduceat(y, first), np.maximum.reduceat(x, first), np.maximum.reduceat(y, first)])
    curved = np.bitwise_or.reduceat((types == 1).astype(np.int8), first).astype(bool)
    # axis-parallel: each step moves along one axis only
    step_x = np.abs(np.diff(x, prepend=x[0]))
    step_y = np.abs(np.diff(y, prepend=y[0]))
    slack = 0.05 + 0.002 * np.hypot(step_x, step_y)
    slanted = ((step_x > slack) & (step_y > slack) & ~begins).astype(np.int8)
    slanted_any = np.bitwise_or.reduceat(slanted, first).astype(bool)
    closed = np.bitwise_or.reduceat(closes.astype(np.int8), first).astype(bool)
    end = first + size - 1
    returns = (np.abs(x[first] - x[end]) < 0.1) & (np.abs(y[first] - y[end]) < 0.1)
    upright = ~curved & ~slanted_any
    rectangle = upright & (((size == 5) & returns) | ((size == 4) & closed))
    line = upright & (size == 2)
    kind = np.where(line, _LINE, np.where(rectangle, _RECTANGLE, _OTHER)).astype(np.int8)
    of = path[first]
    keep = size >= 2
    # an open or longer polyline along the axes (several rules in one stroke): each step is a line of its own
    many = upright & ~line & ~rectangle & keep
    if many.any():
        steps = np.flatnonzero(many[number] & ~begins)
        before = steps - 1
        extra = np.column_stack([np.minimum(x[before], x[steps]), np.minimum(y[before], y[steps]), np.maximum(x[before], x[steps]), np.maximum(y[before], y[steps])])
        of = np.concatenate([of[keep], path[steps]])
        box = np.concatenate([box[keep], extra])
        kind = np.concatenate([kind[keep], np.full(len(steps), _LINE, np.int8)])
        return of, box, kind
    return of[keep], box[keep], kind[keep]


def _grown(boxes: Floats, half: Floats) -> Floats:
    """A line's box, as thick as its stroke: across its direction only (ends stay where they are)."""
    lying = (boxes[:, 2] - boxes[:, 0]) >= (boxes[:, 3] - boxes[:, 1])
    dx, dy = np.where(lying, 0.0, half), np.where(lying, half, 0.0)
    return np.column_stack([boxes[:, 0] - dx, boxes[:, 1] - dy, boxes[:, 2] + dx, boxes[:, 3] + dy])


def _clipped(shapes: Shapes, clip: Floats) -> Shapes:
    boxes = np.column_stack([np.maximum(shapes.boxes[:, :2], clip[:, :2]), np.minimum(shapes.boxes[:, 2:], clip[:, 2:])])
    seen = (boxes[:, 2] >= boxes[:, 0]) & (boxes[:, 3] >= boxes[:, 1]) & (shapes.alpha > 0.02)
    return Shapes(boxes[seen], shapes.rgb[seen], shapes.alpha[seen], shapes.order[seen])


def _nothing() -> Shapes:
    return Shapes(np.zeros((0, 4)), np.zeros((0, 3)), np.zeros(0), np.zeros(0, np.intp))


def outlines(things: Objects) -> int:
    """How many paths may be characters drawn as outlines: small and of many segments."""
    handles = [things.handle[i] for i in things.of(ffi.PATH).tolist()]
    if not handles:
        return 0
    box = bounds(handles)
    small = np.flatnonzero((box[:, 2] - box[:, 0] < LETTER) & (box[:, 3] - box[:, 1] < LETTER))
    return sum(ffi.path_segments(handles[i]) > BENT for i in small.tolist())
