"""Column edges of two pages → which column is which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsidy_extract.read.pdf.stitch.columns import fit, identity

XS = (30.0, 110.0, 250.0, 400.0)


@given(dx=st.floats(-40, 40), noise=st.lists(st.floats(-1, 1), min_size=4, max_size=4))
def test_moved_columns_are_the_same(dx: float, noise: list[float]) -> None:
    found = fit(XS, [x + dx + n for x, n in zip(XS, noise, strict=True)], ruled=True)
    assert found is not None
    assert found.plain
    assert found.new == identity(3)


def test_stretched_columns_are_the_same() -> None:
    found = fit(XS, [x * 1.3 for x in XS], ruled=True)
    assert found is not None
    assert found.plain


def test_columns_merged_on_one_page() -> None:
    found = fit(XS, (30, 250, 400), ruled=True)
    assert found is not None
    assert found.new == ((0, 2), (2, 3))
    back = fit((30, 250, 400), XS, ruled=True)
    assert back is not None
    assert back.old == ((0, 2), (2, 3))
    assert back.width == 3


@pytest.mark.parametrize("new", [(30, 180, 300, 400), (30, 110, 250), (30, 60, 200, 300, 400)])
def test_other_columns_are_another_table(new: tuple[float, ...]) -> None:
    assert fit(XS, new, ruled=True) is None


def test_columns_by_alignment_need_only_overlap() -> None:
    found = fit(XS, (28, 122, 240, 405), ruled=False)
    assert found is not None
    assert found.plain
    fewer = fit(XS, (28, 105, 390), ruled=False)
    assert fewer is not None
    assert [a for a, _ in fewer.new] in ([0, 1], [0, 2])
