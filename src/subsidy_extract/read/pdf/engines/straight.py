"""The text objects of a page that lies askew → the page as if it lay straight.

A page that was scanned and set as text, or exported a little turned, has no upright rule and no level line. The matrices of its
text tell by how much; turned back by that, rules are rules and lines are lines.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from subsidy_extract.model import Doubt, Place
from subsidy_extract.read.pdf.engines import ffi, objects
from subsidy_extract.read.pdf.engines.display import IDENTITY, Display, Matrix, then
from subsidy_extract.read.pdf.engines.objects import Floats, Objects

ASKED = 12  # text objects of a page that tell whether it may lie askew
LEAST, MOST = np.tan(np.radians(0.06)), np.tan(np.radians(6.0))  # less is a rounded number, more is a picture of a page
ALIKE = np.radians(0.05)
SHARE = 0.8  # of the page's text
BASE = 0.15  # of a character's box, from its lower edge: where its baseline is, nearly


def tilt_of(things: Objects) -> float:
    """By what angle the text of a page is turned against a quarter turn (radians, anticlockwise); 0.0 for the usual page."""
    texts = things.of(ffi.TEXT)
    if not len(texts):
        return 0.0
    asked = texts[np.linspace(0, len(texts) - 1, ASKED).astype(np.intp)]
    if not (np.abs(_tilts(things, asked)) > LEAST).mean() > 0.5:
        return 0.0
    tilt = _tilts(things, texts)
    usual = float(np.median(tilt))
    return usual if LEAST < abs(usual) < MOST and (np.abs(tilt - usual) < ALIKE).mean() > SHARE else 0.0


def _tilts(things: Objects, texts: NDArray[np.intp]) -> Floats:
    own = objects.matrices_of([things.handle[i] for i in texts.tolist()])
    a, b = objects.matrices_to_page(own, things.form[texts], things.matrices)[:, :2].T
    angle = np.arctan2(b, a)
    return np.asarray(angle - np.round(angle / (np.pi / 2)) * (np.pi / 2))


def set_straight(things: Objects, tilt: float, display: Display) -> Objects:
    """The objects, all of them in a form that turns them back about the middle of the page."""
    cos, sin = float(np.cos(tilt)), float(np.sin(tilt))
    x, y = (display.left + display.right) / 2, (display.bottom + display.top) / 2
    back: Matrix = (cos, -sin, sin, cos, x - cos * x - sin * y, y + sin * x - cos * y)
    return replace(things, form=things.form + 1, matrices=[IDENTITY, *(then(m, back) for m in things.matrices)], back=back)


def moved(raw: NDArray[np.floating[Any]], back: Matrix) -> None:
    """Moves boxes of characters (left, top, right, bottom in user space), which PDFium sets upright on each one's place."""
    a, b, c, d, e, f = back
    x, y = raw[:, 0].copy(), raw[:, 3] + BASE * (raw[:, 1] - raw[:, 3])
    raw[:, ::2] += (a * x + c * y + e - x)[:, None]
    raw[:, 1::2] += (b * x + d * y + f - y)[:, None]


def reach(tilt: float, display: Display) -> float:
    """How far (points) a corner of the page is moved at most."""
    return abs(tilt) * float(np.hypot(display.width, display.height)) / 2


def said(tilt: float, number: int) -> Doubt:
    detail = f"page {number} lies askew by {np.degrees(abs(tilt)):.1f}°: places are told as if it lay straight"
    return Doubt("askew_page", detail, (Place(page=number),))
