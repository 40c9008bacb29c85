"""Underlines of links are no rules of a table; rules close under text that go to the edges of a cell are."""

from __future__ import annotations

import numpy as np
import pytest

from subsidy_extract.read.pdf.grid.underline import rules_to_table_rules
from subsidy_extract.read.pdf.nouns import Glyphs, Rules


def line(x: float, n: int, baseline: float, size: float = 10.0) -> Glyphs:
    """n glyphs of half an em from x on."""
    at = x + np.arange(n) * size / 2
    return Glyphs(
        np.array(["a"] * n, object), at, np.full(n, baseline - 0.88 * size), at + size / 2, np.full(n, baseline + 0.12 * size),
        np.full(n, size), np.ones(n, bool), np.zeros(n, np.int32),
    )  # fmt: skip


def kept(glyphs: Glyphs, *boxes: tuple[float, float, float, float]) -> int:
    m = np.array(boxes, float)
    return len(rules_to_table_rules(Rules(m[:, 0], m[:, 1], m[:, 2], m[:, 3]), glyphs, np.ones(len(glyphs), bool)).x0)


@pytest.mark.parametrize("thick", [0.0, 0.5, 1.0])
def test_an_underline_goes(thick: float) -> None:
    assert kept(line(100, 20, 50), (100, 51.2, 200, 51.2 + thick)) == 0


@pytest.mark.parametrize(
    "rule",
    [
        (95, 51.2, 260, 51.7),  # to the edges of a wider cell
        (97, 51.2, 203, 51.7),  # a narrow cell: 3 points of padding on either side
        (100, 56.0, 200, 56.5),  # too far below
        (100, 40.0, 200, 40.5),  # above the line
        (100, 51.2, 200, 54.2),  # a bar
        (150, 51.2, 150.4, 90),  # an upright rule
    ],
)
def test_a_rule_of_a_table_stays(rule: tuple[float, float, float, float]) -> None:
    assert kept(line(100, 20, 50), rule) == 1


def test_words_with_a_gap_are_no_underlined_line() -> None:
    a, b = line(100, 4, 50), line(180, 4, 50)
    both = Glyphs(*(np.concatenate([getattr(a, n), getattr(b, n)]) for n in Glyphs.__slots__))
    assert kept(both, (100, 51.2, 200, 51.7)) == 1


@pytest.mark.parametrize(("end", "left"), [(195, 0), (200, 0), (188, 1)])
def test_a_bracket_at_the_end_may_lose_half_of_its_white(end: float, left: int) -> None:
    assert kept(line(100, 20, 50), (100, 51.2, end, 51.7)) == left
