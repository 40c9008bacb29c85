"""Programmes without the 区分 that others of their table have are said: a label beside several rows may speak for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from subsidy_extract.pipeline import extract

HEAD = "区分\t事業名\t対象者\t事業概要\n"


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        (["", "海", "", "", "山"], [1, 3, 4]),  # labels in the middle of their rows, perhaps
        (["海", "", "", "山", ""], []),  # what follows a label is filled from above
        (["海", "海", "山", "山", "山"], []),
        (["海", "海", "", "山", "山"], [3]),
    ],
)
def test_a_programme_without_its_group_is_said(tmp_path: Path, groups: list[str], told: list[int]) -> None:
    rows = [f"{g}\t{name}補助金\t町民\t費用の一部を補助する。\n" for g, name in zip(groups, ["朝市", "渡し舟", "炭焼", "茶園", "湯治場"], strict=True)]
    source = tmp_path / "list.tsv"
    source.write_text(HEAD + "".join(rows), encoding="utf8")
    issues = [i for i in extract(source).issues if i.rule == "missing_group"]
    assert [i.number for i in issues] == told
    assert all(i.field == "category" and i.severity == "warning" for i in issues)
