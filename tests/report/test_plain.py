"""Tables as the command `tables` prints them."""

from __future__ import annotations

import pytest

from subsidy_extract.model import Cell, Row, Table
from subsidy_extract.report.plain import grid


@pytest.mark.parametrize(
    ("row", "printed"),
    [
        (("Mine ..........", "1,890"), ["Mine", "1,890"]),
        (("Imports, net. . . . . .", "", "7"), ["Imports, net", "", "7"]),
        (("木材………………", "3"), ["木材", "3"]),
        (("and so on....", ""), ["and so on....", ""]),
        (("....", "1"), ["....", "1"]),
        (("etc...", "1"), ["etc...", "1"]),
    ],
)
def test_dots_that_lead_to_the_next_text_are_left_away(row: tuple[str, ...], printed: list[str]) -> None:
    assert grid(Table((Row(tuple(Cell(t) for t in row)),))) == [printed]
