"""A page that lies askew is read as if it lay straight, and that is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from subsidy_extract.read.pdf import engines
from subsidy_extract.read.pdf.nouns import Page
from tests.read.pdf.handmade import Leaf, box, pdf, say

ROWS = [("事業名", "対象者", "上限額"), ("朝市補助金", "町民", "30万円"), ("渡し舟補助金", "町内の事業者", "50万円")]
TABLE = "".join(box(40 + 100 * k, 220 - 30 * n, 100, 30) + say(text, 45 + 100 * k, 230 - 30 * n) for n, row in enumerate(ROWS) for k, text in enumerate(row))


def read(tmp_path: Path, degrees: float, content: str = TABLE, more: str = "") -> Page:
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    x, y = 200, 150  # the middle of the page
    path = tmp_path / "made.pdf"
    turned = f"q {cos:.6f} {sin:.6f} {-sin:.6f} {cos:.6f} {x - cos * x + sin * y:.4f} {y - sin * x - cos * y:.4f} cm\n{content}Q\n"
    path.write_bytes(pdf(Leaf(turned, more=more)))
    return next(iter(engines.pages(path)))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("degrees", [0.3, 1, -2, 5])
def test_words_and_rules_stand_where_they_stand_on_the_straight_page(tmp_path: Path, degrees: float, turn: int) -> None:
    straight, askew = (read(tmp_path, d, more=f"/Rotate {turn}") for d in (0, degrees))
    assert "".join(askew.glyphs.text) == "".join(straight.glyphs.text)
    assert len(askew.rules.x0) == len(straight.rules.x0) > 0
    for name in ("x0", "top", "x1", "bottom"):
        assert np.abs(getattr(askew.glyphs, name) - getattr(straight.glyphs, name)).max() < 1
        assert np.abs(np.sort(getattr(askew.rules, name)) - np.sort(getattr(straight.rules, name))).max() < 1
    assert [d.code for d in askew.doubts] == ["askew_page"]
    assert straight.doubts == ()


def test_a_slanted_stamp_turns_no_page(tmp_path: Path) -> None:
    stamp = "q 0.999 0.035 -0.035 0.999 0 0 cm " + say("写", 300, 40) + "Q\n"
    page = read(tmp_path, 0, TABLE + stamp)
    assert [d.code for d in page.doubts if d.code == "askew_page"] == []


def test_words_near_the_edge_of_an_askew_page_are_on_it(tmp_path: Path) -> None:
    page = read(tmp_path, 2, TABLE + "Q\nq 0.99939 0.0349 -0.0349 0.99939 0 0 cm " + say("端", 391, 1))
    assert "端" in "".join(page.glyphs.text)
