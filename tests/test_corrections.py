"""Corrections that survive: applied, told, stale when the text has changed, and never guessed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from subsidy_extract.corrections import read_corrections, sha256, source_text
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.frame import program_rows
from subsidy_extract.model import Dataset
from subsidy_extract.pipeline import Wanted, extract

from .conftest import REAL


def corrected(tmp_path: Path, *lines: dict[str, Any]) -> Dataset:
    file = tmp_path / "corrections.jsonl"
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf8")
    return extract(REAL, Wanted(corrections=read_corrections(file)))


def line(data: Dataset, number: int, field: str, new: Any, **more: Any) -> dict[str, Any]:
    record = data.records[number - 1]
    text = source_text(record.entry, field.partition("[")[0])
    return {"id": record.id, "field": field, "source_text_sha256": sha256(text), "old": "x", "new": new, "by": "me", "at": "2026-05-01", "reason": "asked", **more}


def rows(data: Dataset) -> list[dict[str, Any]]:
    return list(program_rows(data))


def test_a_mail_is_corrected(real: Dataset, tmp_path: Path) -> None:
    data = corrected(tmp_path, line(real, 24, "emails[0]", "shoko@city.ibusuki.lg.jp"))
    row = rows(data)[23]
    assert row["email"] == row["emails"][0]["address"] == "shoko@city.ibusuki.lg.jp"
    assert (row["emails"][0]["valid"], row["emails"][0]["doubt"]) == (True, "corrected")
    assert row["emails"][0]["text"] in row["contact"], "the origin stays what was published"
    by_rule = Counter(i.rule for i in data.issues)
    assert by_rule["invalid_email"] == 0
    assert by_rule["corrected"] == 1
    assert "corrected" in row["issues"]


def test_a_text_is_corrected_and_read_again(real: Dataset, tmp_path: Path) -> None:
    before = rows(real)[21]
    data = corrected(tmp_path, line(real, 22, "summary", "補助対象経費の3分の2以内の額を補助、上限40万円"))
    row = rows(data)[21]
    assert row["cap_yen"] == 400_000
    assert row["id"] == before["id"]
    for value in [*row["rates"], *row["amounts"]]:
        assert row[value["column"]][value["span_start"] : value["span_end"]] == value["text"]
    assert sum(p.unaccounted for p in data.coverage) == 0


def test_a_name_is_corrected_and_keeps_its_id(real: Dataset, tmp_path: Path) -> None:
    data = corrected(tmp_path, line(real, 1, "name", "別の名前"))
    assert rows(data)[0]["name"] == "別の名前"
    assert [r.id for r in data.records] == [r.id for r in real.records]


def test_a_flat_field_and_a_member(real: Dataset, tmp_path: Path) -> None:
    data = corrected(tmp_path, line(real, 15, "cap_yen", 750_000), line(real, 1, "amounts[0].role", "fixed"), line(real, 3, "office", "貿易センター"))
    assert rows(data)[14]["cap_yen"] == 750_000
    assert rows(data)[0]["amounts"][0]["role"] == "fixed"
    assert rows(data)[2]["office"] == "貿易センター"


def test_stale_unknown_and_comment(real: Dataset, tmp_path: Path) -> None:
    stale = line(real, 1, "cap_yen", 1) | {"source_text_sha256": "0" * 64}
    lines = [
        stale,
        line(real, 1, "cap_yen", 1) | {"id": "000000000000"},
        line(real, 1, "no_such_field", 1),
        line(real, 1, "emails[7]", "a@b.jp"),
        line(real, 1, "emails[0]", "no mail at all"),
        line(real, 1, "amounts[0].nonsense", 1),
        line(real, 2, "summary", None, old=None),
    ]
    data = corrected(tmp_path, *lines)
    assert rows(data)[0]["cap_yen"] == 5_000_000
    by_rule = Counter(i.rule for i in data.issues)
    assert (by_rule["stale_correction"], by_rule["unknown_correction"], by_rule["corrected"]) == (1, 5, 0)


def test_file_beside_the_source(real: Dataset, tmp_path: Path) -> None:
    from subsidy_extract.origin import corrections_beside

    source = tmp_path / "list.txt"
    source.write_bytes(REAL.read_bytes())
    assert corrections_beside(source) == ()
    (tmp_path / "list.corrections.jsonl").write_text(json.dumps(line(real, 24, "emails[0]", "a@b.jp")) + "\n")
    assert len(corrections_beside(source)) == 1


@pytest.mark.parametrize("bad", ["not json", "[]", '{"id": "x"}'])
def test_a_line_that_cannot_be_read(tmp_path: Path, bad: str) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text(f"\n{bad}\n")
    with pytest.raises(ExtractError) as stop:
        read_corrections(file)
    assert stop.value.code == Exit.USAGE
    assert "line 2" in stop.value.message


def test_a_value_is_written_as_a_person_writes_it(real: Dataset, tmp_path: Path) -> None:
    data = corrected(
        tmp_path,
        line(real, 1, "amounts[0]", "上限750万円"),
        line(real, 1, "rates[0]", "2分の1以内"),
        line(real, 15, "cap_yen", "２００万円"),
        line(real, 3, "cap_yen", "1,234,000"),
        line(real, 7, "url", "https://www.pref.example.jp/a.html"),
    )
    row = rows(data)[0]
    assert (row["amounts"][0]["yen"], row["cap_yen"], row["amounts"][0]["doubt"]) == (7_500_000, 7_500_000, "corrected")
    assert (row["rates"][0]["numerator"], row["rates"][0]["denominator"]) == (1, 2)
    assert (rows(data)[14]["cap_yen"], rows(data)[2]["cap_yen"]) == (2_000_000, 1_234_000)
    assert rows(data)[6]["url"] == "https://www.pref.example.jp/a.html"
    assert not [i for i in data.issues if i.rule == "unknown_correction"]


def test_what_the_words_do_not_say_stays(real: Dataset, tmp_path: Path) -> None:
    number = next(row["number"] for row in rows(real) if any(p["kind"] == "fax" for p in row["phones"]))
    at = next(i for i, p in enumerate(rows(real)[number - 1]["phones"]) if p["kind"] == "fax")
    data = corrected(tmp_path, line(real, 1, "amounts[0]", "750万円"), line(real, number, f"phones[{at}]", "0993-23-9999"))
    assert (rows(data)[0]["amounts"][0]["role"], rows(data)[0]["cap_yen"]) == ("cap", 7_500_000)
    assert rows(data)[number - 1]["fax"] == "0993-23-9999"


def test_a_value_is_taken_out(real: Dataset, tmp_path: Path) -> None:
    data = corrected(tmp_path, line(real, 24, "phones[0]", None), line(real, 24, "phones[1]", "0993-23-9999"))
    row = rows(data)[23]
    assert [p["number"] for p in row["phones"]] == ["0993-23-9999"], "the second is corrected, then the first goes"
    assert next(p["number"] for p in rows(real)[23]["phones"]) == "080-7363-9709"
    assert "mobile_number" not in row["issues"]


@pytest.mark.parametrize(
    ("field", "new"),
    [
        ("cap_yen", "many"), ("cap_yen", True), ("cap_yen", -1), ("cap_yen", 1.5), ("cap_yen", 2**63), ("cap_yen", ["1"]), ("rate", "half"), ("rate", True),
        ("rate", 1000), ("phone", "no number"), ("email", "nobody"), ("url", "javascript:alert(1)"), ("url", 5), ("phone", ""), ("phone[0]", "099-286-9156"),
        ("amounts[0].yen", "5"), ("amounts[0].yen", True), ("amounts[0].yen", None), ("amounts[0]", "50"), ("amounts", "上限50万円"), ("summary", 5), ("summary", ["x"]),
        ("office", 5), ("summary[0]", "x"), ("", "x"), ("id", "x"), ("number", 5),
    ],
)  # fmt: skip
def test_what_cannot_be_such_a_value_is_not_published(field: str, new: Any, real: Dataset, tmp_path: Path) -> None:
    data = corrected(tmp_path, line(real, 1, field, new))
    assert [i.rule for i in data.issues if "correct" in i.rule] == ["unknown_correction"]
    strange = {"issues"}
    assert {k: v for k, v in rows(data)[0].items() if k not in strange} == {k: v for k, v in rows(real)[0].items() if k not in strange}


def test_a_date_in_iso(real: Dataset, tmp_path: Path) -> None:
    number = next(row["number"] for row in rows(real) if row["periods"])
    data = corrected(tmp_path, line(real, number, "periods[0].end", "2027-01-31"), line(real, number, "periods[0].start", "soon"))
    assert str(rows(data)[number - 1]["periods"][0]["end"]) == "2027-01-31"
    assert Counter(i.rule for i in data.issues if "correct" in i.rule) == {"corrected": 1, "unknown_correction": 1}


def test_a_second_correction_of_the_same_text(real: Dataset, tmp_path: Path) -> None:
    """The report of a corrected list embeds the corrected text's hash: what is saved from it must not be stale."""
    first = line(real, 1, "summary", "補助率3分の1以内\n上限10万円")
    second = line(real, 1, "summary", "補助率3分の1以内、上限20万円") | {"source_text_sha256": sha256(first["new"].replace("\n", " "))}
    data = corrected(tmp_path, first)
    assert rows(data)[0]["summary"] == "補助率3分の1以内 上限10万円"
    source = source_text(data.records[0].entry, "summary")
    data = corrected(tmp_path, first, second | {"source_text_sha256": sha256(source)})
    assert rows(data)[0]["summary"] == "補助率3分の1以内、上限20万円"
    assert not [i for i in data.issues if i.rule == "stale_correction"]
    third = line(real, 1, "amounts[0]", "上限30万円") | {"source_text_sha256": sha256(source_text(data.records[0].entry, "amounts"))}
    data = corrected(tmp_path, first, second | {"source_text_sha256": sha256(source)}, third)
    assert rows(data)[0]["cap_yen"] == 300_000


def test_a_text_with_a_line_separator(real: Dataset, tmp_path: Path) -> None:
    data = corrected(tmp_path, line(real, 1, "office", "商工\u2028課"))
    assert rows(data)[0]["office"] == "商工\u2028課"


@pytest.mark.parametrize("wrong", [{"id": ["a"]}, {"field": 5}, {"source_text_sha256": None}, {"by": {}}])
def test_members_of_another_type_are_usage(wrong: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text(json.dumps({"id": "x", "field": "name", "source_text_sha256": "0", "old": None, "new": None} | wrong))
    with pytest.raises(ExtractError) as stop:
        read_corrections(file)
    assert stop.value.code == Exit.USAGE
