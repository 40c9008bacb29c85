"""Records of several rows → one row each."""

from __future__ import annotations

import pytest
from hand_made_tables import cell, document, row, table

from subsidy_extract.entries import Understood, entries
from subsidy_extract.errors import ExtractError
from subsidy_extract.model import Row


def texts(u: Understood, key: str) -> list[str | None]:
    return [e.columns[key].text if key in e.columns else None for e in u.entries]


HEADING = [row(cell("番号", rows=2), "事業名", "補助率", "問合せ先"), row(None, cell("事業内容", cols=3), None, None)]


def record(n: int, name: str, rate: str, says: str) -> list[Row]:
    return [row(cell(str(n), rows=2), name, rate, "商工課"), row(None, cell(says, cols=3), None, None)]


RECORDS = [*record(1, "窓辺の店補助金", "1/2", "店を直す"), *record(2, "橋の灯補助金", "", ""), *record(3, "屋根の雪補助金", "2/3", "雪を下ろす")]


def test_two_rows_a_record() -> None:
    u = entries(document(table(*HEADING, *RECORDS, heading_rows=2)))
    assert texts(u, "name") == ["窓辺の店補助金", "橋の灯補助金", "屋根の雪補助金"]
    assert texts(u, "summary") == ["店を直す", None, "雪を下ろす"]
    assert texts(u, "list_number") == ["1", "2", "3"]
    assert texts(u, "rate_text") == ["1/2", None, "2/3"]
    assert [(h.heading, h.keys) for h in u.headings][-1] == ("事業内容", ("summary",))


def test_sections_and_titles_between_them() -> None:
    title, section = row(cell("町の制度", cols=4), None, None, None), row(cell("■雪", cols=4), None, None, None)
    u = entries(document(table(title, *HEADING, *RECORDS[:4], section, *RECORDS[4:])))
    assert texts(u, "summary") == ["店を直す", None, "雪を下ろす"]
    assert [e.section for e in u.entries][-1] == "■雪"


def test_three_rows_a_record() -> None:
    heading = [row("事業名", "補助率", "限度額"), row(cell("対象者", cols=3), None, None), row(cell("内容", cols=2), None, "担当課")]
    body = [r for n in "あいう" for r in (row(f"{n}補助金", "1/2", "5万円"), row(cell(f"{n}の町民", cols=3), None, None), row(cell(f"{n}を直す", cols=2), None, "商工課"))]
    u = entries(document(table(*heading, *body)))
    assert texts(u, "name") == ["あ補助金", "い補助金", "う補助金"]
    assert texts(u, "eligibility") == ["あの町民", "いの町民", "うの町民"]
    assert texts(u, "contact") == ["商工課"] * 3


@pytest.mark.parametrize("extra", [[row("", "", "（特例3/4）", "農政課")], [row(None, cell("更に続く", cols=2), None, "x")]])
def test_rows_of_another_form_are_not_guessed(extra: list[Row]) -> None:
    with pytest.raises(ExtractError, match="事業内容"):
        entries(document(table(*HEADING, *RECORDS, *extra)))


def test_levels_of_a_heading_are_no_decks() -> None:
    heading = [row("事業名", cell("補助内容", cols=2), None, "担当課"), row("", "補助率", "限度額", "")]
    u = entries(document(table(*heading, ("あ補助金", "1/2", "5万円", "商工課"), ("い補助金", "2/3", "6万円", "商工課"), ("う補助金", "1/3", "7万円", "商工課"), ("え補助金", "1/4", "8万円", "商工課"))))
    assert texts(u, "rate_text") == ["1/2", "2/3", "1/3", "1/4"]
