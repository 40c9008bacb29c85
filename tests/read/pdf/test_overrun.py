"""Texts over each other: told apart where each has a cell of its own, a fault where both stand in one."""

from __future__ import annotations

import numpy as np
import pytest

from subsidy_extract.model import Doubt, Place
from subsidy_extract.read.pdf.nouns import Glyphs
from subsidy_extract.read.pdf.overrun import overprints_to_overruns


def glyphs(*texts: tuple[str, float, float]) -> Glyphs:
    """(text, x, top), set in characters of ten points."""
    text = [c for t, _, _ in texts for c in t]
    x = np.array([at + 10.0 * i for t, at, _ in texts for i in range(len(t))])
    top = np.array([y for t, _, y in texts for _ in t])
    n = len(text)
    return Glyphs(np.array(text, object), x, top, x + 10, top + 10, np.full(n, 10.0), np.ones(n, bool), np.zeros(n, np.int32))


@pytest.mark.parametrize(
    ("owner", "code"),
    [
        ([0, 0, 0, 0, 1, 1, 1], "overrun"),  # each its cell
        ([0, 0, 0, 0, 0, 0, 0], "overprinted"),  # both in one
        ([0, 0, 0, 1, 1, 1, 1], "overprinted"),  # the last sign of the one went to the other
        ([0, 0, 0, 0, -1, -1, -1], "overprinted"),  # beside the table
    ],
)
def test_who_owns_the_two(owner: list[int], code: str) -> None:
    page = glyphs(("補助対象", 100.0, 50.0), ("事業者", 130.0, 50.0))
    doubt = Doubt("overprinted", "«補助対象» «事業者»", (Place(page=1, bbox=(130.0, 50.0, 140.0, 60.0)),))
    other = Doubt("slanted_text", "見本", ())
    told = overprints_to_overruns((other, doubt), page, np.array(owner, np.intp))
    assert [d.code for d in told] == ["slanted_text", code]
    assert told[1].places == doubt.places


def test_the_next_line_of_the_same_cell_is_not_over_it() -> None:
    page = glyphs(("補助対象", 100.0, 50.0), ("事業者", 130.0, 50.0), ("補助対象", 100.0, 58.0))
    doubt = Doubt("overprinted", "", (Place(page=1, bbox=(130.0, 50.0, 140.0, 64.0)),))
    owner = np.array([0] * 4 + [1] * 3 + [0] * 4, np.intp)
    assert overprints_to_overruns((doubt,), page, owner)[0].code == "overrun"
