"""The report of a list of more than a thousand programmes: rows of all, texts and values of those with issues, and it says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import regex

from subsidy_extract import frame
from subsidy_extract.frame import program_rows
from subsidy_extract.pipeline import Wanted, extract, extract_to
from subsidy_extract.report.html import html
from subsidy_extract.report.html.shown import LONG, in_full
from subsidy_extract.report.html.words import WORDS


def test_a_long_list_shows_texts_where_there_are_issues(tmp_path: Path) -> None:
    count = LONG + 20
    rows = [f"補助金{i}号\t中小企業者\t1/2\t商工課 099-222-{1000 + i} a{i}@city.shiomi.{'lgjp' if i == 7 else 'lg.jp'}" for i in range(count)]
    source = tmp_path / "list.txt"
    source.write_text("\n".join(["事業名\t対象者\t補助率\t問合せ先", *rows]), encoding="utf8")
    data = extract(source)
    assert in_full(data) == {8}
    page = b"".join(html(data, list(program_rows(data)), "ja")).decode()
    match = regex.search(r'<script type="application/json" id="data">(.*?)</script>', page, regex.S)
    assert match
    programmes = json.loads(match[1])["programmes"]
    assert [p["n"] for p in programmes] == list(range(1, count + 1))
    assert [p["n"] for p in programmes if p["texts"]] == [8]
    assert programmes[0]["short"] and not programmes[7]["short"]
    assert WORDS["ja"]["long_list"] in page
    assert page.count("<tr data-n=") >= count


def test_rows_that_are_made_anew_for_each_file_give_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Path(__file__).parents[2] / "raw" / "kagoshima-r8.txt"
    wanted = Wanted(formats=("sarif", "junit", "xlsx"))
    data, kept = extract_to(source, tmp_path / "kept", wanted)
    monkeypatch.setattr(frame, "KEPT", len(data.records) - 1)
    _, anew = extract_to(source, tmp_path / "anew", wanted)
    made = {p.name: p.read_bytes() for p in anew.iterdir()}
    assert made.keys() == {p.name for p in kept.iterdir()}
    for name, content in made.items():
        assert name.endswith(".xlsx") or content == (kept / name).read_bytes(), name  # a workbook says when it was made
