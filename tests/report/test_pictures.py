"""Pictures of pages: all in one child, small, only where they help, and none of them stops a run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Dataset, Place
from subsidy_extract.pipeline import extract
from subsidy_extract.read.pdf.sandbox import pictures
from subsidy_extract.report.files import drawing_of, pages_shown, pictures_of
from subsidy_extract.settings import Options

from ..conftest import PRINT


@pytest.fixture(scope="module")
def printed() -> Dataset:
    return extract(PRINT)


def test_pages_come_from_one_child_as_asked() -> None:
    found = list(pictures(PRINT, [3, 1]))
    assert [page for page, *_ in found] == [3, 1]
    for _, webp, (width, height), texts, boxes in found:
        assert webp[:4] == b"RIFF"
        assert webp[8:12] == b"WEBP"
        assert len(webp) < 150_000
        assert round(width / height, 2) == 1.41
        assert len(boxes) == 4 * len(texts)
        assert all(-1 <= x <= width + 1 for x in boxes[0::4])
    assert "shoko@city.ibusukijp" in "".join(found[0][3])


def test_a_page_that_is_not_there() -> None:
    with pytest.raises(ExtractError) as stop:
        list(pictures(PRINT, [1, 99]))
    assert stop.value.code == Exit.USAGE


def test_a_page_that_cannot_be_drawn_costs_its_picture_only(printed: Dataset) -> None:
    assert list(pictures_of(pictures(PRINT, [1, 99]))) == [1]
    assert sorted(pictures_of(drawing_of(printed, PRINT, Options()))) == [1, 2, 3, 4, 5]


def test_the_report_of_a_short_list_is_small(print_output: Path) -> None:
    size = (print_output / "report.html").stat().st_size
    assert size * 2 < 3_000_000, "five pages take less than half of what ten may"


def test_a_long_list_shows_the_pages_with_issues_worst_first(printed: Dataset) -> None:
    def long(pages: int, severities: dict[int, str]) -> Dataset:
        one = printed.issues[0]
        issues = tuple(replace(one, severity=s, places=(Place(p, (0, 0, 1, 1)),)) for p, s in severities.items())
        source = replace(printed.document.source, pages=pages)
        return replace(printed, document=replace(printed.document, source=source), outcomes=(replace(printed.outcomes[0], issues=issues),))

    assert pages_shown(long(120, {7: "warning", 90: "error", 30: "info"})) == [7, 90]
    many = pages_shown(long(120, dict.fromkeys(range(1, 60), "warning") | {100: "error"}))
    assert len(many) == 12
    assert 100 in many
    assert len(pages_shown(long(400, dict.fromkeys(range(1, 300), "warning")))) == 40
    assert pages_shown(long(400, {})) == []
