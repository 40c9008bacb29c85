"""What the reading child answers, as plain data and back: never code.

The child has parsed a file that anyone may have made. Its answers are pickles of tuples, strings and numbers, a noun
being a list that begins with the number of its class; `decode` refuses every pickle that names a class or a function,
so that a child gone wrong can tell lies but run nothing here.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

import numpy as np

from subsidy_extract.model import Doubt, LeftOut, Place
from subsidy_extract.read.pdf.nouns import Grid, GridBox, GridCell, GridRead, Line, PageRead

NOUNS: tuple[type, ...] = (PageRead, GridRead, Grid, GridBox, GridCell, Line, LeftOut, Place, Doubt)
_NUMBER = {noun: i for i, noun in enumerate(NOUNS)}
_VALUES: dict[type, Callable[[Any], tuple[Any, ...]]] = {noun: attrgetter(*(f.name for f in fields(noun))) for noun in NOUNS}
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
        return NOUNS[value[0]](*map(_unpack, value[1:]))
    return value
