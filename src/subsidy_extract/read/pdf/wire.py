"""What the reading child answers, as plain data and back: never code.

The child has parsed a file that anyone may have made. Its answers are pickles of tuples, strings and numbers, a noun
being a list that begins with the number of its class; `decode` refuses every pickle that names a class or a function,
so that a child gone wrong can tell lies but run nothing here. A grid that was read, with its hundreds of lines, travels
as columns (a third of the bytes and of the time).
"""

from __future__ import annotations

import io
import pickle
from array import array
from collections.abc import Callable
from dataclasses import fields
from itertools import accumulate, chain, pairwise
from operator import attrgetter
from typing import Any, Literal

import numpy as np

from subsidy_extract.model import Doubt, LeftOut, Place
from subsidy_extract.read.pdf.nouns import Grid, GridBox, GridCell, GridRead, Line, PageRead

NOUNS: tuple[type, ...] = (PageRead, GridRead, Grid, GridBox, GridCell, Line, LeftOut, Place, Doubt)
_NUMBER = {noun: i for i, noun in enumerate(NOUNS)}
_VALUES: dict[type, Callable[[Any], tuple[Any, ...]]] = {noun: attrgetter(*(f.name for f in fields(noun))) for noun in NOUNS}
_COLUMNS = len(NOUNS)  # the number of a GridRead whose cells and lines are columns
_PLAIN = {str, int, float, bool, bytes, type(None)}


class _NoCode(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"the child's answer names {module}.{name}")


def encode(value: Any) -> bytes:
    """Nouns, tuples, strings, numbers, None → bytes. TypeError for anything else: it would not come back."""
    return pickle.dumps(_pack(value), protocol=5)


def decode(data: bytes) -> Any:
    """What was encoded. ValueError for what is no plain data or no noun."""
    try:
        return _unpack(_NoCode(io.BytesIO(data)).load())
    except Exception as error:
        raise ValueError(f"no plain data ({error})") from error


def _pack(value: Any) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return value if _PLAIN.issuperset(map(type, value)) else tuple(map(_pack, value))
    if kind is GridRead and [id(c.box) for c in value.cells] == [id(b) for b in value.grid.boxes]:
        return _columns_of(value)
    if kind in _NUMBER:
        packed = _VALUES[kind](value)
        return [_NUMBER[kind], *(packed if _PLAIN.issuperset(map(type, packed)) else map(_pack, packed))]
    if isinstance(value, np.generic):
        return value.item()
    if kind is list or kind is np.ndarray:
        return tuple(map(_pack, value))
    raise TypeError(f"a {kind.__name__} does not travel")


def _unpack(value: Any) -> Any:
    kind = type(value)
    if kind is tuple:
        return value if _PLAIN.issuperset(map(type, value)) else tuple(map(_unpack, value))
    if kind is list:
        return _of_columns(*value[1:]) if value[0] == _COLUMNS else NOUNS[value[0]](*map(_unpack, value[1:]))
    return value


def _columns_of(read: GridRead) -> list[Any]:
    """One cell for each box of the grid, in its order."""
    grid, cells = read.grid, read.cells
    lines = [line for cell in cells for line in cell.lines]
    boxes = [(b.row, b.col, b.row_span, b.col_span) for b in grid.boxes]
    return [
        _COLUMNS,
        _pack((grid.xs, grid.ys, grid.ruled, grid.open_top, grid.open_bottom, grid.heading_rows, grid.bands)),
        array("q", chain.from_iterable(boxes)).tobytes(),
        array("d", chain.from_iterable([b.bbox for b in grid.boxes])).tobytes(),
        _pack(tuple([(k, cell.links, cell.doubts) for k, cell in enumerate(cells) if cell.links or cell.doubts])),
        array("q", [len(cell.lines) for cell in cells]).tobytes(),
        _pack(tuple([line.text for line in lines])),
        bytes([line.spaced + 2 * line.vertical for line in lines]),
        array("d", chain.from_iterable([(*line.bbox, line.size) for line in lines])).tobytes(),
        array("q", [len(line.edges) for line in lines]).tobytes(),
        array("d", chain.from_iterable([line.edges for line in lines])).tobytes(),
    ]


def _of_columns(
    grid: Any, places: bytes, corners: bytes, said: Any, counts: bytes, texts: Any, flags: bytes, boxes: bytes, lengths: bytes, edges: bytes
) -> GridRead:  # fmt: skip
    xs, ys, ruled, open_top, open_bottom, heading_rows, bands = grid
    at, corner = _numbers("q", places), _numbers("d", corners)
    fours, corners_of = zip(*[iter(at)] * 4, strict=True), zip(*[iter(corner)] * 4, strict=True)
    made = tuple([GridBox(row, col, down, across, box) for (row, col, down, across), box in zip(fours, corners_of, strict=True)])
    edge, five = _numbers("d", edges), zip(*[iter(_numbers("d", boxes))] * 5, strict=True)
    spans = pairwise(accumulate(_numbers("q", lengths), initial=0))
    lines = [
        Line(text, (x0, top, x1, bottom), size, bool(flag & 1), flag > 1, tuple(edge[start:end]))
        for text, flag, (x0, top, x1, bottom, size), (start, end) in zip(texts, flags, five, spans, strict=True)
    ]
    more = {k: (links, doubts) for k, links, doubts in said}
    shares = pairwise(accumulate(_numbers("q", counts), initial=0))
    cells = [
        GridCell(box, tuple(lines[start:stop]), *more.get(k, ((), ())))
        for k, (box, (start, stop)) in enumerate(zip(made, shares, strict=True))
    ]
    return GridRead(Grid(xs, ys, made, ruled, open_top, open_bottom, heading_rows, bands), tuple(cells))


def _numbers(kind: Literal["q", "d"], data: bytes) -> list[Any]:
    found: array[Any] = array(kind)
    found.frombytes(data)
    return found.tolist()
