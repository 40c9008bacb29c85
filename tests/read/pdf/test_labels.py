"""Labels of cards without rules → rows."""

from __future__ import annotations

import pytest

from subsidy_extract.read.pdf.grid.alignment.labels import labels_to_rows
from subsidy_extract.read.pdf.grid.pieces import Piece, Slot


def piece(text: str, col: int, last: int | None = None) -> Piece:
    return Piece(col, col if last is None else last, 60.0 * col, 60.0 * col + 10 * len(text), 0, 10, 10, text, 10, False, 0)


def slots(*lines: tuple[str, str]) -> list[Slot]:
    """("対象", "町民"), ("", "go on"), or ("窓辺の店補助金", "|") over both columns."""
    out = []
    for k, (label, said) in enumerate(lines):
        if said == "|":
            pieces = [piece(label, 0, 1)]
        else:
            pieces = [piece(label, 0)] * bool(label) + [piece(said, 1)] * bool(said)
        out.append(Slot(12.0 * k, 12.0 * k, 12.0 * k + 10, tuple(pieces)))
    return out


def card(name: str, *said: str) -> list[tuple[str, str]]:
    return [(name, "|"), *zip(("対象", "内容", "補助率", "上限額"), said, strict=True)]


def test_a_label_begins_a_row_and_what_has_none_goes_on() -> None:
    lines = [*card("窓辺の店補助金", "商店主", "店を直す", "1/2", "5万円")[1:], *card("橋の灯補助金", "町民", "灯を点す", "2/3", "6万円")]
    lines.insert(2, ("", "費用を補助"))
    assert labels_to_rows(slots(*lines), 2) == [0, 1, 3, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    "lines",
    [
        card("窓辺の店補助金", *"あいうえ")[1:],  # one card: nothing comes again
        [(x, f"{n}円") for n in range(4) for x in ("県", "市")],  # two words that come again
        [("観光課", "a"), ("農政課", "b"), ("商工課", "c"), ("福祉課", "d"), ("農政課", "e"), ("福祉課", "f"), ("観光課", "g"), ("商工課", "h")],  # in no order
        [(x, x) for _ in range(3) for x in ("対象", "内容", "補助率", "上限額")],  # and they say the same
        [(f"制度{n}", f"{n}円") for n in range(12)],
    ],
)
def test_what_are_no_labels(lines: list[tuple[str, str]]) -> None:
    assert labels_to_rows(slots(*lines), 2) is None


def test_only_two_columns_are_labels_and_what_they_say() -> None:
    assert labels_to_rows(slots(*card("あ", *"いうえお")[1:], *card("か", *"きくけこ")[1:]), 3) is None
