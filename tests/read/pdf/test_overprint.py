"""Watermarks and stamps: what lies across the text of a page."""

from __future__ import annotations

import numpy as np
import pytest

from subsidy_extract.read.pdf.engines import overprint
from subsidy_extract.read.pdf.nouns import Glyphs


def glyphs(*lines: tuple[str, float, float, float]) -> Glyphs:
    """(text, x, top, size) each: characters one em wide."""
    cells = [(c, x + k * size, top, size) for text, x, top, size in lines for k, c in enumerate(text)]
    text, x0, top, size = (np.array(v) for v in zip(*cells, strict=True))
    return Glyphs(text.astype(object), x0, top, x0 + size, top + size, size, np.ones(len(text), bool), np.zeros(len(text), np.int32))


ROWS = [("青葉町創業支援補助金を交付する", 20.0, 12.0 * k, 10.0) for k in range(8)]


@pytest.mark.parametrize(
    ("turn", "expected"),
    [(0, False), (90, False), (180, False), (270, False), (2, False), (-3, False), (30, True), (45, True), (-60, True), (135, True), (8, True)],
)
def test_text_is_slanted_that_no_quarter_turn_sets_upright(turn: float, expected: bool) -> None:
    assert bool(overprint.slanted(np.cos(np.radians(turn)), np.sin(np.radians(turn)))) is expected


def test_a_page_that_lies_askew_as_a_whole_is_read() -> None:
    a, b = np.full(10, 0.9), np.full(10, 0.4)
    assert len(overprint.askew(a, b)) == 0
    b[:7] = 0.0
    assert overprint.askew(a, b).tolist() == [7, 8, 9]


def found(page: Glyphs, faint: bool = False) -> str:
    large = overprint.large_ones(page)
    return "".join(page.text[overprint.printed_across(page, large, np.full(len(large), faint))].tolist())


def test_large_words_over_the_rows_are_a_watermark() -> None:
    assert found(glyphs(*ROWS, ("見本", 40.0, 20.0, 50.0))) == "見本"


def test_its_other_words_are_too_though_they_lie_over_nothing() -> None:
    assert found(glyphs(*ROWS, ("見本", 40.0, 20.0, 50.0), ("見本", 400.0, 20.0, 50.0))) == "見本見本"


def test_a_title_and_a_large_figure_keep_their_place() -> None:
    assert found(glyphs(*ROWS, ("支援制度一覧", 20.0, -40.0, 24.0), ("１", 180.0, 30.0, 30.0))) == ""


def test_faint_words_between_lines_are_a_watermark_and_a_faint_title_is_not() -> None:
    beside = ("社外秘", 300.0, 30.0, 30.0)
    assert found(glyphs(*ROWS, beside)) == ""
    assert found(glyphs(*ROWS, beside), faint=True) == "社外秘"
    assert found(glyphs(*ROWS, ("支援制度一覧", 20.0, -40.0, 24.0)), faint=True) == ""


@pytest.mark.parametrize(
    ("rgb", "paper", "expected"),
    [((0.85,) * 3, (1.0,) * 3, True), ((0.0,) * 3, (1.0,) * 3, False), ((1.0,) * 3, (0.1, 0.2, 0.5), False), ((1.0, 0.7, 0.7), (1.0,) * 3, True), ((0.9,) * 3, (np.nan,) * 3, False)],
)
def test_pale(rgb: tuple[float, ...], paper: tuple[float, ...], expected: bool) -> None:
    assert overprint.pale(np.array([rgb]), np.array([paper])).tolist() == [expected]


def test_slanted_text_of_the_usual_size_is_said() -> None:
    page = glyphs(*ROWS, ("対象者", 300.0, 30.0, 10.0), ("見本", 40.0, 20.0, 60.0))
    tilted = np.isin(page.text, list("者見本")) & (np.arange(len(page)) >= 120)
    (doubt,) = overprint.slanted_doubt(page, tilted, 3)
    assert doubt.code == "slanted_text"
    assert "者" in doubt.detail
    assert "見本" not in doubt.detail


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (("７７百億", 100.0, 50.0, 10.0), True),
        (("７", 110.0, 50.0, 10.0), True),
        (("７７百億", 104.0, 52.0, 10.0), True),  # not quite in one place
        (("３０万円", 101.0, 50.0, 10.0), False),  # one text twice, as a shadow
        (("７７百億", 140.0, 50.0, 10.0), False),  # beside it
        (("７７百億", 100.0, 55.0, 10.0), False),  # in the next line, set close
        (("○", 110.0, 50.0, 10.0), False),
        (("゛", 110.0, 50.0, 10.0), False),
        (("ふり", 110.0, 48.0, 4.0), False),
        (("    ", 100.0, 50.0, 10.0), False),
    ],
)
def test_two_texts_printed_over_each_other_are_said(second: tuple[str, float, float, float], told: bool) -> None:
    page = glyphs(("３０万円", 100.0, 50.0, 10.0), second, ("別の欄", 300.0, 50.0, 10.0))
    run = np.repeat([0, 1, 2], [4, len(second[0]), 3])
    seen = np.ones(len(page), bool)
    doubts = overprint.doubled(page, run, seen, 3)
    assert [(d.code, d.detail) for d in doubts] == ([("overprinted", f"«３０万円» «{second[0]}»")] if told else [])
    seen[:4] = False
    assert overprint.doubled(page, run, seen, 3) == ()
