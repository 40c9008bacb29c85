"""User space of a PDF page → the page as displayed: /Rotate applied, the origin at the top left of the CropBox."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f of PDF: x' = a·x + c·y + e, y' = b·x + d·y + f."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Display:
    """How a page is shown. left, bottom, right, top: its CropBox in user space; quarter: /Rotate as quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    quarter: int

    @property
    def width(self) -> float:
        return self.right - self.left if self.quarter % 2 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        return self.top - self.bottom if self.quarter % 2 == 0 else self.right - self.left

    def boxes(self, x0: ArrayLike, y0: ArrayLike, x1: ArrayLike, y1: ArrayLike) -> tuple[Floats, Floats, Floats, Floats]:
        """Corners in user space, any two opposite ones → x0, top, x1, bottom as displayed."""
        a, b = self.points(x0, y0)
        c, d = self.points(x1, y1)
        return np.minimum(a, c), np.minimum(b, d), np.maximum(a, c), np.maximum(b, d)

    def points(self, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
        """Points of user space → x from the left, y from the top, as displayed."""
        x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
        if self.quarter == 1:
            return y - self.bottom, x - self.left
        if self.quarter == 2:
            return self.right - x, y - self.bottom
        if self.quarter == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def reads_right(self, a: ArrayLike, b: ArrayLike) -> NDArray[np.bool_]:
        """Whether a text whose advance in user space points to (a, b) reads left to right on the displayed page."""
        a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
        along, across = ((a, b), (b, a), (-a, b), (-b, a))[self.quarter % 4]
        return np.asarray((along > 0) & (np.abs(across) <= 0.05 * np.abs(along)))


FAR = 1e6  # points: what lies further away, or nowhere at all (a matrix of infinities), lies there


def finite(boxes: Floats) -> Floats:
    """Numbers that later stages can reckon with."""
    return np.clip(np.nan_to_num(boxes, nan=FAR, posinf=FAR, neginf=-FAR), -FAR, FAR)


def then(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that applies `first`, then `second`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def extent(matrix: Matrix, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    """The upright box around a box that a matrix has moved."""
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return min(xs), min(ys), max(xs), max(ys)
