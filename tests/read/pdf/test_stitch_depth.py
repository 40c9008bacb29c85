"""A row cut by a page break whose pieces have fewer lines than any whole cell of their column has."""

from __future__ import annotations

import pytest

from subsidy_extract.read.pdf.stitch import stitch
from tests.read.pdf.paper import HEAD, lines_of, page

HEADING = [[h] for h in HEAD]
OFFICE = "{}町商工課\nTEL：0123-45-67{}\nE-mail：a{}@town.example.jp"


def row(k: int) -> tuple[str, ...]:
    return (f"第{k}灯台補助金\n（第{k}期）", f"{k}人の商店主\n{k}人の農家", f"灯台の{k}階を直します。\nその費用の一部です。", OFFICE.format("青葉", 10 + k, k))


@pytest.mark.parametrize("repeat", [True, False])
def test_an_office_without_its_phone_goes_on(repeat: bool) -> None:
    """Every line before the break ends as a whole cell may: only the number of lines says that the row goes on."""
    laid = [lines_of(row(k)) for k in range(1, 10)]
    above, below = [c[:1] for c in laid[7]], [c[1:] for c in laid[7]]
    rest = [below, laid[8]]
    done = stitch([page(1, [HEADING, *laid[:7], above]), page(2, [HEADING, *rest] if repeat else rest)])
    assert [r.cells[3].text for r in done.tables[0].rows if r.cells[3]][1:] == [row(k)[3] for k in range(1, 10)]


def test_whole_rows_of_one_depth_stay_two() -> None:
    laid = [lines_of(row(k)) for k in range(1, 10)]
    done = stitch([page(1, [HEADING, *laid[:8]]), page(2, [HEADING, laid[8]])])
    assert len(done.tables[0].rows) == 10
    assert not done.doubts
