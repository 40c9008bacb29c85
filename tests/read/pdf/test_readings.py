"""Furigana: small kana over characters are left out; small print that only looks like them stays."""

from __future__ import annotations

import numpy as np
import pytest

from subsidy_extract.read.pdf.engines.visible import ABOVE, BELOW
from subsidy_extract.read.pdf.nouns import Fills, Glyphs, Page, Rules
from subsidy_extract.read.pdf.readings import without_readings

Text = tuple[str, float, float, float]  # text, x, baseline, size


def page(*texts: Text) -> Page:
    rows = [(c, x + k * size, base - ABOVE * size, x + (k + 1) * size, base - BELOW * size, size) for t, x, base, size in texts for k, c in enumerate(t)]
    x0, top, x1, bottom, size = (np.array([r[n] for r in rows], float) for n in range(1, 6))
    glyphs = Glyphs(np.array([r[0] for r in rows], object), x0, top, x1, bottom, size, np.ones(len(rows), bool), np.zeros(len(rows), np.int32))
    none = np.zeros(0)
    return Page(1, 400, 300, glyphs, Rules(none, none, none, none), Fills(none, none, none, none, np.zeros((0, 3))))


BODY: Text = ("町内に事業所を有する事業者で町税に滞納がないもの", 20, 200, 10)
CASES: dict[str, tuple[tuple[Text, ...], str]] = {
    "over its word": ((("渚ヶ浜町創業支援事業", 20, 100, 10), ("なぎさがはま", 20, 90, 5)), "なぎさがはま"),
    "each character its own": ((("渚浜町", 20, 100, 10), ("なぎ", 20, 91, 5), ("はま", 30, 91, 5)), "なぎはま"),
    "longer than its word": ((("志町", 20, 100, 10), ("こころざし", 18, 90, 5)), "こころざし"),
    "in katakana": ((("渚町", 20, 100, 10), ("ナギサ", 21, 90, 5)), "ナギサ"),
    "a sentence in small print": ((("渚町創業支援", 20, 100, 10), ("※新しい事業", 20, 90, 5)), ""),
    "over kana": ((("まちづくり", 20, 100, 10), ("なぎさ", 20, 90, 5)), ""),
    "two lines above": ((("渚町創業支援", 20, 100, 10), ("なぎさ", 20, 80, 5)), ""),
    "under its word": ((("渚町創業支援", 20, 100, 10), ("なぎさ", 20, 108, 5)), ""),
    "beside it": ((("渚町", 20, 100, 10), ("なぎさがはまのまち", 70, 90, 5)), ""),
    "almost as large": ((("渚町創業支援", 20, 100, 10), ("なぎさ", 20, 90, 7)), ""),
}


@pytest.mark.parametrize(("texts", "left"), CASES.values(), ids=CASES.keys())
def test_small_kana_over_characters(texts: tuple[Text, ...], left: str) -> None:
    whole = page(BODY, *texts)
    read = without_readings(whole)
    assert "".join(o.text for o in read.left_out) == left
    assert {o.reason for o in read.left_out} <= {"furniture"}
    assert len(read.glyphs) == len(whole.glyphs) - len(left)


def test_a_page_without_small_print_is_the_same_page() -> None:
    whole = page(BODY)
    assert without_readings(whole) is whole
