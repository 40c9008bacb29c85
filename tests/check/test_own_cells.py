"""A figure in a column of amounts, rates or periods is read or said, cell by cell and date by date."""

from __future__ import annotations

from pathlib import Path

import pytest

from subsidy_extract.pipeline import extract

HEAD = "事業名\t事業概要\t補助率\t上限額\t募集期間\n"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("2分の1", "30万円", "令和8年4月1日～令和8年6月30日"), []),
        (("定額", "上限なし", "随時"), []),
        (("0.5", "30万円", "随時"), [("unread_value", "rates")]),
        (("2分の1", "30万円", "申請の10日前まで"), [("unread_value", "periods")]),
        (("2分の1", "30万円", "8年4月1日～9年1月31日"), [("doubtful_value", "period_text")] * 2),
        (("2分の1", "10、20、30万円", "随時"), [("doubtful_value", "amount_text")]),
        (("2分の1", "数十万円", "随時"), [("doubtful_value", "amount_text")]),
    ],
)
def test_what_is_not_read_is_said(tmp_path: Path, cells: tuple[str, str, str], told: list[tuple[str, str]]) -> None:
    source = tmp_path / "令和8年度.tsv"
    rows = [f"{name}補助金\t町民を助ける。\t" + "\t".join(cells) + "\n" for name in ("朝市",)]
    source.write_text(HEAD + "".join(rows) + "渡し舟補助金\t町民を助ける。\t10分の10\t5万円\t通年\n", encoding="utf8")
    rules = ("unread_value", "unread_amount", "doubtful_value")
    assert [(i.rule, i.field) for i in extract(source).issues if i.rule in rules] == told
