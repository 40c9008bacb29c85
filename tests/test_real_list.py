"""The real list, Kagoshima's for 令和8年度: every cell equal to the source, every value found, the faults it really has."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from subsidy_extract.frame import program_rows
from subsidy_extract.model import Dataset

from .conftest import REAL

TEXTS = ("name", "eligibility", "summary", "contact", "site")
LISTS = ("phones", "emails", "urls", "rates", "amounts", "periods")


@pytest.fixture(scope="module")
def rows(real: Dataset) -> list[dict[str, Any]]:
    return list(program_rows(real))


def source_rows() -> list[list[str]]:
    lines = REAL.read_text(encoding="utf8").splitlines()
    cells = [line.split("\t") for line in lines if line.count("\t") == 4]
    return [c for c in cells if c[0] != "補助・助成事業名"]


def test_46_programmes_every_cell_as_published(rows: list[dict[str, Any]]) -> None:
    published = source_rows()
    assert len(rows) == len(published) == 46
    for row, cells in zip(rows, published, strict=True):
        assert [row[name] or "" for name in TEXTS] == [" ".join(c.split()) for c in cells]


def test_pages(rows: list[dict[str, Any]]) -> None:
    assert Counter(r["page_first"] for r in rows) == {1: 7, 2: 11, 3: 9, 4: 9, 5: 10}
    assert all(r["page_first"] == r["page_last"] for r in rows)


def test_year_and_issuer(real: Dataset) -> None:
    assert (real.fiscal_year, real.issuer) == (2026, "鹿児島県")


def test_phones(rows: list[dict[str, Any]]) -> None:
    phones = [p for r in rows for p in r["phones"]]
    assert Counter(p["kind"] for p in phones) == {"tel": 46, "fax": 1}
    assert sum(p["extension"] is not None for p in phones) == 7
    assert all(p["valid"] for p in phones)
    assert [p["number"] for p in phones if p["type"] == "mobile"] == ["080-7363-9709"]


def test_mails_and_urls(rows: list[dict[str, Any]]) -> None:
    mails = [m for r in rows for m in r["emails"]]
    assert len(mails) == 46
    assert [m["address"] for m in mails if not m["valid"]] == ["shoko@city.ibusukijp"]
    assert sum(len(r["urls"]) for r in rows) == 43


def test_rates_and_caps(rows: list[dict[str, Any]]) -> None:
    with_rate = [r for r in rows if r["rates"]]
    assert [r["number"] for r in with_rate] == [1, 2, 3, 15, 22]
    caps = [(r["number"], a["yen"], a["scope"]) for r in rows for a in r["amounts"] if a["role"] == "cap"]
    assert caps == [(1, 5_000_000, None), (2, 5_000_000, None), (3, 4_000_000, None), (15, 1_500_000, "輸出"), (15, 750_000, "輸入"), (22, 300_000, None)]
    assert sum(len(r["amounts"]) for r in rows) == 6
    assert [(r["rates"][0]["numerator"], r["rates"][0]["denominator"], r["rates"][0]["bound"]) for r in with_rate][-1] == (2, 3, "up_to")


def test_heading_of_the_last_page(rows: list[dict[str, Any]]) -> None:
    assert [r["summary_heading"] for r in rows] == ["事業概要"] * 36 + ["対象経費"] * 10
    assert len(rows[44]["cost_items"]) == 10
    assert len(rows[45]["cost_items"]) == 9
    assert len(rows[45]["eligibility_items"]) == 2


def test_every_value_points_to_its_text(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        for name in LISTS:
            for value in row[name]:
                assert row[value["column"]][value["span_start"] : value["span_end"]] == value["text"]


def test_nothing_is_lost(real: Dataset) -> None:
    for page in real.coverage:
        assert page.characters == page.in_cells + page.left_out
        assert page.unaccounted == page.excess == 0


def test_the_faults_it_really_has(real: Dataset) -> None:
    found = {(i.rule, i.number) for i in real.issues}
    assert found >= {
        ("invalid_email", 24),
        ("mobile_number", 24),
        ("missing_url", 7),
        ("missing_url", 8),
        ("missing_url", 46),
        ("url_host_near_miss", 45),
        ("url_path_outlier", 36),
        ("url_path_outlier", 21),
    }
    assert any(i.rule == "heading_changed" for i in real.issues)
    assert len(real.issues) <= 12, "a report full of false alarms is not read"
    by_rule = {(i.rule, i.number): i for i in real.issues}
    assert by_rule["invalid_email", 24].suggestion == "shoko@city.ibusuki.lg.jp"
    assert "town.kagoshima-osaki.lg.jp" in (by_rule["url_host_near_miss", 45].suggestion or "")
    assert "/kigyoguide/" in (by_rule["url_path_outlier", 36].suggestion or "")
    assert all(i.places for i in real.issues), "every issue says where it stands"


def test_print_gives_the_same_programmes(real_output: Path, print_output: Path) -> None:
    text, printed = (json.loads((folder / "programs.json").read_text(encoding="utf8")) for folder in (real_output, print_output))
    differ = {"source", "source_sha256", "source_url", "retrieved", "page_first", "page_last", "issues"}
    assert len(printed) == len(text) == 46
    for a, b in zip(text, printed, strict=True):
        assert {k: v for k, v in a.items() if k not in differ} == {k: v for k, v in b.items() if k not in differ}
    assert [r["issues"] for r in text] == [r["issues"] for r in printed]
