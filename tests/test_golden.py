"""Golden lists: fixtures/<case>/source.* becomes what expected.json says; why.md tells what the case is about."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from subsidy_extract.frame import program_rows
from subsidy_extract.pipeline import extract
from subsidy_extract.write import dumps

FIXTURES = Path(__file__).parents[1] / "fixtures"
CASES = sorted(p.parent for p in FIXTURES.glob("*/expected.json") if "programs" in json.loads(p.read_text(encoding="utf8")))


def pared(got: Any, want: Any) -> Any:
    """What was got, cut down to what the expectation speaks of."""
    if isinstance(want, dict) and isinstance(got, dict):
        return {k: pared(got.get(k), v) for k, v in want.items()}
    if isinstance(want, list) and isinstance(got, list) and len(got) == len(want):
        return [pared(g, w) for g, w in zip(got, want, strict=True)]
    return got


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_golden(case: Path) -> None:
    want = json.loads((case / "expected.json").read_text(encoding="utf8"))
    source = next(p for p in sorted(case.glob("source.*")))
    data = extract(source)
    rows = json.loads(dumps(list(program_rows(data))))
    assert [r["name"] for r in rows] == [w["name"] for w in want["programs"]]
    for row, expected in zip(rows, want["programs"], strict=True):
        assert pared(row, expected) == expected, row["name"]
    if "fiscal_year" in want:
        assert data.fiscal_year == want["fiscal_year"]
    if "issues" in want:
        assert Counter(i.rule for i in data.issues) == want["issues"], [i.message for i in data.issues]
    assert sum(p.unaccounted for p in data.coverage) == 0
    for row in rows:  # every value points to the text it came from
        for name in ("phones", "emails", "urls", "rates", "amounts", "periods"):
            for value in row[name]:
                assert row[value["column"]][value["span_start"] : value["span_end"]] == value["text"]
