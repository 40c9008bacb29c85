"""Letters drawn in no order are read in the order they stand; any other page stays as it is."""

from __future__ import annotations

import numpy as np
import pytest

from subsidy_extract.read.pdf.nouns import Fills, Glyphs, Page, Rules
from subsidy_extract.read.pdf.order import in_reading_order

LINES = [("霧ノ森村農産物", 20.0, 40.0), ("支援事業", 20.0, 52.0), ("村内に店舗を有する者", 120.0, 41.5), ("及び個人", 120.0, 53.5)]


def page(order: list[int] | None = None) -> Page:
    rows = [(c, x + 10 * k, y) for text, x, y in LINES for k, c in enumerate(text)]
    rows = [rows[i] for i in order] if order else rows
    x, y = np.array([r[1] for r in rows]), np.array([r[2] for r in rows])
    n, none = len(rows), np.zeros(0)
    glyphs = Glyphs(np.array([r[0] for r in rows], object), x, y, x + 10, y + 10, np.full(n, 10.0), np.ones(n, bool), np.zeros(n, np.int32))
    return Page(1, 400, 300, glyphs, Rules(none, none, none, none), Fills(none, none, none, none, np.zeros((0, 3))))


@pytest.mark.parametrize("seed", range(5))
def test_scattered_letters(seed: int) -> None:
    order = np.random.default_rng(seed).permutation(sum(len(t) for t, _, _ in LINES)).tolist()
    read = "".join(in_reading_order(page(order)).glyphs.text)
    assert all(text in read for text, _, _ in LINES)


def test_a_page_drawn_line_by_line_in_any_order_stays() -> None:
    n = np.cumsum([0, *(len(t) for t, _, _ in LINES)]).tolist()
    order = [i for k in (2, 0, 3, 1) for i in range(n[k], n[k + 1])]
    shown = page(order)
    assert in_reading_order(shown) is shown


def test_a_table_of_single_figures_stays() -> None:
    shown = page()
    g = shown.glyphs
    x, y = np.tile(np.arange(6) * 40.0, 5), np.repeat(np.arange(5) * 14.0, 6)
    down = np.argsort(x, kind="stable")  # column by column
    figures = Glyphs(np.array(list("123456" * 5), object)[down], x[down], y[down], x[down] + 5, y[down] + 10, np.full(30, 10.0), np.ones(30, bool), np.zeros(30, np.int32))
    table = Page(1, 400, 300, figures, shown.rules, shown.fills)
    assert in_reading_order(table) is table
    assert len(g) == sum(len(t) for t, _, _ in LINES)
