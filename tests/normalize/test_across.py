"""What the cells of one column say together."""

from __future__ import annotations

from datetime import date

import pytest

from subsidy_extract.model import Amount, Cell, Column, ColumnCell, Entry, Period, Phone
from subsidy_extract.normalize.phone import extension_in
from subsidy_extract.record import Known, find


def column(*cells: tuple[str, str], unit: str | None = None) -> Column:
    """Cells (heading, text) under one key, joined as entries joins them."""
    text, starts = "", []
    for _, said in cells:
        starts.append(len(text) + 1 if text else 0)
        text = f"{text} {said}" if text else said
    return Column(text, tuple(ColumnCell(h, Cell(t), unit=unit) for h, t in cells), tuple(starts))


def found(name: str, **columns: Column) -> list[object]:
    values = find(Entry(1, columns), Known(2026))[name]
    for key, f in values:
        assert columns[key].text[f.start : f.end] == f.text
    return [f.value for _, f in values]


def windows(*cells: tuple[str, str]) -> list[tuple[date | None, date | None, str | None]]:
    return [(p.start, p.end, p.status) for p in found("periods", period_text=column(*cells)) if isinstance(p, Period)]


@pytest.mark.parametrize(
    ("begin", "end", "want"),
    [
        (("受付期間／開始", "R8.4.1"), ("受付期間／終了", "R8.6.30"), [(date(2026, 4, 1), date(2026, 6, 30), None)]),
        (("募集開始日", "令和8年5月11日"), ("募集締切日", "予算がなくなり次第"), [(date(2026, 5, 11), None, "until_budget")]),
        (("申請期間／自", "4月1日"), ("申請期間／至", "翌年2月26日"), [(date(2026, 4, 1), date(2027, 2, 26), None)]),
        # two calls: the first beginning with the first end
        (("公募開始", "第1次：R8.4.1 第2次：R8.8.3"), ("公募締切", "第1次：R8.5.8 第2次：R8.9.30"), [(date(2026, 4, 1), date(2026, 5, 8), None), (date(2026, 8, 3), date(2026, 9, 30), None)]),
        # an end before its beginning, or two ends for one beginning, stay what they are
        (("募集開始", "R8.4.1"), ("募集終了", "R7.6.30"), [(date(2026, 4, 1), None, None), (None, date(2025, 6, 30), None)]),
        (("募集期間", "R8.4.1～R8.5.8"), ("提出期限", "R8.6.30"), [(date(2026, 4, 1), date(2026, 5, 8), None), (None, date(2026, 6, 30), None)]),
    ],
)
def test_beginning_and_end_in_two_cells(begin: tuple[str, str], end: tuple[str, str], want: list[object]) -> None:
    assert windows(begin, end) == want


@pytest.mark.parametrize(
    ("cells", "want"),
    [
        ([("担当課", "商工課"), ("電話（022-）", "214-1003"), ("内線", "3210")], [("022-214-1003", "3210")]),
        ([("担当課", "商工課"), ("電話", "022-214-1003"), ("FAX", "022-214-1009"), ("内線", "3305、3306")], [("022-214-1003", "3305/3306"), ("022-214-1009", None)]),
        ([("内線番号", "451"), ("電話", "022-214-1003")], [("022-214-1003", "451")]),
        ([("電話", "022-214-1003 022-214-1004"), ("内線", "11 12")], [("022-214-1003", "11"), ("022-214-1004", "12")]),
        ([("電話", "022-214-1003"), ("内線", "－")], [("022-214-1003", None)]),
        ([("電話", "022-214-1003（内線9）"), ("内線", "3210")], [("022-214-1003", "9")]),
    ],
)
def test_a_column_of_extensions(cells: list[tuple[str, str]], want: list[tuple[str, str | None]]) -> None:
    column_ = column(*cells)
    area = tuple(ColumnCell(c.heading, c.cell, area_code="022" if "022" in c.heading else None) for c in column_.cells)
    got = found("phones", contact=Column(column_.text, area, column_.starts))
    assert [(p.number, p.extension) for p in got if isinstance(p, Phone)] == want


def test_the_heading_says_for_whom() -> None:
    got = found("amounts", amount_text=column(("助成額／中小企業", "30万円"), ("助成額／中小企業以外", "20万円（一般コース）")))
    assert [(a.yen, a.scope) for a in got] == [(300000, "中小企業"), (200000, "一般コース")]  # type: ignore[attr-defined]
    got = found("rates", rate_text=column(("補助率（小規模）", "2/3"), ("補助率（中小）", "1/2")))
    assert [(r.value, r.scope) for r in got] == [(2 / 3, "小規模"), (1 / 2, "中小")]  # type: ignore[attr-defined]
    got = found("amounts", amount_text=column(("支援の内容／上限額", "30万円"), ("支援の内容／下限額", "5万円")))
    assert [a.scope for a in got] == [None, None]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("text", "want"), [("3305、3306", "3305/3306"), ("（内線451）", "451"), ("5351～5355", "5351-5355"), ("－", None), ("商工課", None), ("214-1003の5", None)])
def test_extension_in(text: str, want: str | None) -> None:
    assert extension_in(text) == want


@pytest.mark.parametrize(
    ("cells", "want"),
    [
        ([("補助額（千円）／上限", "500"), ("補助額（千円）／下限", "50")], [("cap", 500_000), ("floor", 50_000)]),
        ([("補助上限額（千円）", "500")], [("fixed", 500_000)]),
        ([("補助額（千円）／上限", "500"), ("補助額（千円）／下限", "")], [("fixed", 500_000)]),
    ],
)
def test_a_floor_in_a_column_of_its_own_makes_定額_no_fixed_sum(cells: list[tuple[str, str]], want: list[tuple[str, int]]) -> None:
    values = found("amounts", rate_text=column(("補助率", "定額")), amount_text=column(*cells, unit="千円"))
    assert [("fixed" if v.role == "stated" else v.role, v.yen) for v in values if isinstance(v, Amount)] == want
