"""A column without a heading goes to `extra`, and that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from subsidy_extract.pipeline import extract


@pytest.mark.parametrize(("cells", "told"), [(("018-836-1012", "018-836-1013"), "2"), (("018-836-1012", ""), "1"), (("", ""), None)])
def test_what_stands_under_no_heading_is_said(tmp_path: Path, cells: tuple[str, str], told: str | None) -> None:
    source = tmp_path / "list.tsv"
    rows = [f"{name}補助金\t費用の一部を補助する。\t商工課\t{cell}\n" for name, cell in zip(("朝市", "渡し舟"), cells, strict=True)]
    source.write_text("事業名\t事業概要\t問合せ先\t\n" + "".join(rows), encoding="utf8")
    issues = [i for i in extract(source).issues if i.rule == "nameless_column"]
    assert [(i.severity, i.message.split()[0], i.field, i.value) for i in issues] == ([("warning", told, "extra", "018-836-1012")] if told else [])
    assert all(i.places for i in issues)
