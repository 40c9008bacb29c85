"""Three and more years: one run a programme, through renames, pauses, splits and merges."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import pyarrow.parquet as pq
import pytest

from subsidy_extract.diff import history
from subsidy_extract.diff.show import timeline
from subsidy_extract.errors import ExtractError

from .lists import programme, year

OFFICE = "若槻市商工課 TEL：0777-22-1111 E-mail：shoko@city.wakatsuki.lg.jp"


def shop(name: str = "若槻市空き店舗活用補助金", cap: int = 50) -> dict[str, Any]:
    return programme(name, f"商店街の空いた店を借りて営業するための改装費の2分の1（上限{cap}万円）を補助します。", OFFICE, eligibility="商店街に出店する者")


FENCE = programme("有害鳥獣対策補助金", "田畑を囲う電気柵の資材費を補助します。", "若槻市農政課 TEL：0777-22-3333", eligibility="農地を耕作する者")
BUS = programme("バス路線維持補助金", "赤字の乗合バスの運行を支えます。", "若槻市交通課 TEL：0777-22-5555", eligibility="乗合バス事業者")


def test_a_run_through_a_rename_and_a_pause() -> None:
    lists = [
        year(2026, shop("空き店舗利活用応援補助金", 80), FENCE),
        year(2024, shop(), FENCE, BUS),
        year(2025, shop(cap=60), BUS),
    ]
    h = history(lists)
    assert h.years == (2024, 2025, 2026)
    by_name = {r.name: r for r in h.runs}
    assert [(y.fiscal_year, y.cap_yen, y.rate) for y in by_name["空き店舗利活用応援補助金"].years] == [(2024, 500000, 0.5), (2025, 600000, 0.5), (2026, 800000, 0.5)]
    assert [y.fiscal_year for y in by_name["有害鳥獣対策補助金"].years] == [2024, 2026]
    assert [y.fiscal_year for y in by_name["バス路線維持補助金"].years] == [2024, 2025]
    assert by_name["空き店舗利活用応援補助金"].id == "2024-1"
    assert len({r.id for r in h.runs}) == len(h.runs) == 3


def test_a_split_ends_a_run_and_begins_two() -> None:
    h = history([year(2025, shop(), FENCE), year(2026, shop("若槻市空き店舗活用補助金（改装枠）"), shop("若槻市空き店舗活用補助金（家賃枠）", 30), FENCE)])
    whole = next(r for r in h.runs if r.years[-1].fiscal_year == 2025)
    parts = [r for r in h.runs if r.came_from]
    assert whole.became == tuple(p.id for p in parts)
    assert [p.came_from for p in parts] == [(whole.id,), (whole.id,)]


def test_as_table_text_and_picture() -> None:
    h = history([year(2024, shop("<b>&店舗補助金"), FENCE), year(2025, shop("<b>&店舗補助金", 60), FENCE), year(2026, FENCE)])
    found = pq.read_table(io.BytesIO(timeline.parquet(h))).to_pylist()
    assert [r["years"] for r in found] == [[2024, 2025], [2024, 2025, 2026]]
    assert [y["cap_yen"] for y in found[0]["by_year"]] == [500000, 600000]
    assert timeline.parquet(h) == timeline.parquet(h)
    root = ET.fromstring(timeline.svg(h))
    words = "".join(root.itertext())
    assert "<b>&店舗補助金" in words
    assert "60万円 1/2 ▲" in words
    assert "令和6年度" in words
    assert "60万円 1/2" in timeline.text(h, "ja")
    assert "same: 1" in timeline.text(h)


def test_years_must_be_known_and_different() -> None:
    with pytest.raises(ExtractError, match="both of 2025"):
        history([year(2025, FENCE), year(2025, BUS)])
    with pytest.raises(ExtractError, match="fiscal year"):
        history([replace(year(2024, FENCE), fiscal_year=None), year(2025, BUS)])
