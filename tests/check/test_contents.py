"""Programmes that a table of contents names and nobody read are told; chapters and shortened names are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from subsidy_extract.model import Dataset
from subsidy_extract.pipeline import extract

HEAD = "事業名\t対象者\t事業概要\n"
NAMES = ["創業支援補助金", "販路開拓支援補助金", "商店街活性化事業補助金", "省エネ設備導入支援補助金", "海外展開支援補助金"]


def read(tmp_path: Path, contents: list[str], names: list[str] = NAMES) -> Dataset:
    path = tmp_path / "list.txt"
    rows = "".join(f"{n}\t市内の事業者\t経費の2分の1以内を補助する。\n" for n in names)
    path.write_text("令和8年度 支援制度ガイド\n目次\n" + "".join(f"{line}\n" for line in contents) + "\n" + HEAD + rows, encoding="utf8")
    return extract(path)


def missing(data: Dataset) -> list[str | None]:
    return [i.value for i in data.issues if i.rule == "contents_missing"]


@pytest.mark.parametrize("line", ["{name} ……………… {page}", "（{page}）{name}･･･････････{page}", "{page}．{name} . . . . . . {page}", "・{name}‥‥‥‥P{page}"])
def test_a_programme_nobody_read(line: str, tmp_path: Path) -> None:
    contents = [line.format(name=n, page=p) for p, n in enumerate(NAMES, 1)]
    assert missing(read(tmp_path, contents)) == []
    assert missing(read(tmp_path, contents, NAMES[:-1])) == ["海外展開支援補助金"]


def test_names_that_are_shorter_there(tmp_path: Path) -> None:
    contents = [f"{n} ………… 1" for n in NAMES]
    longer = [NAMES[0] + "（一般枠）", *NAMES[1:]]
    assert missing(read(tmp_path, contents, longer)) == []


def test_chapters_are_no_programmes(tmp_path: Path) -> None:
    assert missing(read(tmp_path, ["第１章 創業の支援 ………… 3", "第２章 販路の支援 ………… 5", "第３章 資金の支援 ………… 9", "お問合せ先一覧 ………… 12"])) == []


def test_no_contents(tmp_path: Path) -> None:
    data = read(tmp_path, [])
    assert next(o for o in data.outcomes if o.rule == "contents_missing").checked == 0
