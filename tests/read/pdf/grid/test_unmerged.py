"""A rule missing in one column only: each row keeps its own text; a merged cell stays one."""

import pytest

from .sheet import Sheet, tables

XS = (40.0, 80.0, 220.0, 400.0, 560.0)
YS = (100.0, 122.0, 182.0, 242.0, 302.0)
HEAD = ("No.", "事業名", "対象者", "問合せ先")


def sheet(first: list[tuple[float, str]], at: float = 4.0, missing: int = 2) -> Sheet:
    """Four columns under a heading, the rule over row `missing` + 1 left out in the first; `first`: its texts with their tops."""
    page = Sheet()
    for x, text in zip(XS, HEAD, strict=False):
        page.text(x + 4, YS[0] + 4, text)
    for k, y in enumerate(YS[1:-1]):
        for x, text in zip(XS[1:], (f"灯台補助金{k}", "町内の商店主", "商工課"), strict=False):
            page.text(x + 4, y + at, text)
            page.text(x + 4, y + at + 12, "その他")
    for top, text in first:
        page.text(XS[0] + 4, top, text)
    for k, y in enumerate(YS):
        page.across(y, XS[1] if k == missing else XS[0], XS[-1])
    for x in XS:
        page.down(x, YS[0], YS[-1])
    return page


@pytest.mark.parametrize("at", [4.0, 19.0])
def test_each_row_has_a_text_of_its_own(at: float) -> None:
    (rows,) = tables(sheet([(y + at + (0 if at < 10 else 6), str(k + 11)) for k, y in enumerate(YS[1:-1])], at))
    assert [row[0] for row in rows] == ["No.", "11", "12", "13"]


@pytest.mark.parametrize(
    "first",
    [
        [(126.0, "11"), (138.0, "12"), (246.0, "13")],  # two lines of one text at the top
        [(171.0, "11"), (183.0, "12"), (246.0, "13")],  # in the middle of both rows
        [(138.0, "11"), (216.0, "乙"), (246.0, "13")],  # neither level with the rows nor in their middle
    ],
)
def test_a_merged_cell_stays_one(first: list[tuple[float, str]]) -> None:
    (rows,) = tables(sheet(first))
    assert [row[0].split() for row in rows][1] != ["11"]
    assert len(rows) == 4


@pytest.mark.parametrize(("top", "apart"), [(184.0 + 2, True), (184.0 - 5, False)])
def test_rows_filled_to_the_edge(top: float, apart: bool) -> None:
    """Little white between the two texts, but the lower one begins exactly where those beside it do."""
    page = Sheet()
    for x, text in zip(XS, HEAD, strict=False):
        page.text(x + 4, YS[0] + 4, text)
    for y in YS[1:-1]:
        for x, text in zip(XS[1:], ("灯台補助金", "町内の商店主", "商工課"), strict=False):
            page.text(x + 4, y + 4, text)
    for k in range(4):
        page.text(XS[0] + 4, YS[1] + 4 + 13.5 * k, f"{k}一")
    page.text(XS[0] + 4, top, "二一")
    page.text(XS[0] + 4, YS[3] + 4, "三一")
    for k, y in enumerate(YS):
        page.across(y, XS[1] if k == 2 else XS[0], XS[-1])
    for x in XS:
        page.down(x, YS[0], YS[-1])
    (rows,) = tables(page)
    assert ([row[0] for row in rows] == ["No.", "0一1一2一3一", "二一", "三一"]) is apart
