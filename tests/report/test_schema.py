"""report.json keeps its contract: the schema that the package ships, on real outputs, and DATASET.md's names in it."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from subsidy_extract.check.faults import FAULTS, fault
from subsidy_extract.check.rules import RULES
from subsidy_extract.pipeline import Wanted, extract_to

ROOT = Path(__file__).parents[2]
SCHEMA: dict[str, Any] = json.loads((files("subsidy_extract.report") / "report.schema.json").read_text(encoding="utf8"))


def valid(folder: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(said)
    return said


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_real_list(real_output: Path) -> None:
    said = valid(real_output)
    assert said["status"] == "review"
    assert said["previous"] is None
    assert set(said["summary"]["by_rule"]) <= set(RULES)


def test_the_printed_list(print_output: Path) -> None:
    said = valid(print_output)
    assert all(p["bbox"] for i in said["issues"] for p in i["places"])


@pytest.mark.parametrize("name", ["source.csv", "source.xlsx", "source.docx", "source.html"])
def test_every_format(name: str, tmp_path: Path) -> None:
    said = valid(extract_to(ROOT / "fixtures" / "one-list" / name, tmp_path)[1])
    rows = said["rows"]
    kinds = ("of_programs", "headings", "sections", "titles", "totals", "notes", "other_tables", "empty", "other")
    assert rows["read"] == sum(rows[k] for k in kinds) == 10
    assert (rows["of_programs"], rows["headings"], rows["sections"], rows["programs"]) == (6, 2, 2, 6)


def test_a_report_that_breaks_the_contract_is_told(real_output: Path) -> None:
    said = json.loads((real_output / "report.json").read_text(encoding="utf8"))
    for path, wrong in ((("status",), "fine"), (("summary", "errors"), -1), (("issues", 0, "severity"), "bad"), (("coverage", "pages", 0, "page"), 0)):
        broken = json.loads(json.dumps(said))
        at = broken
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = wrong
        assert list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(broken)), path


def test_every_rule_says_what_is_wrong() -> None:
    assert list(FAULTS) == list(RULES)
    assert fault("invalid_email", "ja") == "メールアドレスとして成り立たない"


HEAD = "事業名\t対象者\t事業概要\t問合せ先\tURL\n"
ROW = "第{n}みらい支援補助金\t市内の事業者\t経費の2分の1以内、上限{n}0万円を補助する。\t商工課 電話 099-286-9{n:03}\thttps://www.city.example.jp/{n}/\n"


def lists(tmp_path: Path, year: int, rows: list[str]) -> Path:
    path = tmp_path / f"list-{year}.txt"
    path.write_text(f"令和{year - 2018}年度 補助金一覧\n" + HEAD + "".join(rows), encoding="utf8")
    return path


def test_last_year_beside_this_one(tmp_path: Path) -> None:
    old = lists(tmp_path, 2025, [ROW.format(n=n) for n in range(1, 9)])
    _, before = extract_to(old, tmp_path / "out")
    bare = ROW.format(n=9).replace("市内の事業者", "")
    _, now = extract_to(lists(tmp_path, 2026, [*(ROW.format(n=n) for n in range(1, 9)), bare]), tmp_path / "out", Wanted(previous=before))
    said = valid(now)
    by_rule = {i["rule"]: i for i in said["issues"]}
    assert by_rule["count_changed"]["message"] == "9 programmes, last year 8"
    assert "count_fell" not in by_rule
    assert by_rule["field_emptied"]["field"] == "eligibility"
    assert "#9" in by_rule["field_emptied"]["message"]
    assert said["previous"]["programs"] == 8
    assert said["previous"]["ids_carried"] == 8
    assert said["previous"]["fields"]["eligibility"] == {"filled": 8, "filled_now": 8}
    page = (now / "report.html").read_text(encoding="utf8")
    assert "Compared with last year" in page


def test_a_list_that_was_cut_off_is_told(tmp_path: Path) -> None:
    _, before = extract_to(lists(tmp_path, 2025, [ROW.format(n=n) for n in range(1, 9)]), tmp_path / "out")
    data, _ = extract_to(lists(tmp_path, 2026, [ROW.format(n=n) for n in range(1, 6)]), tmp_path / "out", Wanted(previous=before))
    assert [i.rule for i in data.issues if i.rule.startswith("count_")] == ["count_fell"]


def test_the_same_list_again_is_no_issue(tmp_path: Path) -> None:
    path = lists(tmp_path, 2026, [ROW.format(n=n) for n in range(1, 9)])
    _, before = extract_to(path, tmp_path / "out")
    data, _ = extract_to(path, tmp_path / "again", Wanted(previous=before))
    assert not [i for i in data.issues if i.rule in ("count_changed", "count_fell", "field_emptied")]
    assert {o.rule for o in data.outcomes} >= {"count_changed", "count_fell", "field_emptied"}
