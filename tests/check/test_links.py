"""A printed address and the link behind it: two witnesses of one address."""

from __future__ import annotations

from pathlib import Path

import pytest

from subsidy_extract.model import Dataset
from subsidy_extract.normalize.url import plain_target
from subsidy_extract.pipeline import extract

ROW = "<tr><td>青葉町{0}支援補助金</td><td>町内の事業者</td><td>商工課 0123-45-678{0}</td><td>{1}</td></tr>"


def read(tmp_path: Path, *cells: str) -> Dataset:
    path = tmp_path / "list.html"
    rows = "".join(ROW.format(k, cell) for k, cell in enumerate(cells))
    path.write_text(f"<meta charset=utf-8><h1>令和8年度 補助金一覧</h1><table><tr><th>事業名<th>対象者<th>問合せ先<th>ホームページ</tr>{rows}</table>", encoding="utf8")
    return extract(path)


def differing(data: Dataset) -> list[tuple[int | None, str | None, str | None]]:
    (outcome,) = [o for o in data.outcomes if o.rule == "link_differs"]
    return [(i.number, i.value, i.suggestion) for i in outcome.issues]


def test_another_page_behind_a_printed_address_is_said(tmp_path: Path) -> None:
    data = read(
        tmp_path,
        '<a href="https://www.town.aoba.lg.jp/a">https://www.town.aoba.lg.jp/a</a>',
        '<a href="https://www.town.aoba.lg.jp/c">https://www.town.aoba.lg.jp/b</a>',
        '<a href="mailto:info@town.aoba.lg.jp">shoko@town.aoba.lg.jp</a>',
        "https://www.town.aoba.lg.jp/d",
    )
    assert differing(data) == [(2, "https://www.town.aoba.lg.jp/b", "https://www.town.aoba.lg.jp/c"), (3, "shoko@town.aoba.lg.jp", "info@town.aoba.lg.jp")]


def test_addresses_behind_words_are_values(tmp_path: Path) -> None:
    data = read(tmp_path, '<a href="https://www.town.aoba.lg.jp/a">こちら</a>', '<a href="mailto:shoko@town.aoba.lg.jp?subject=x">メールで</a>', '<a href="mailto:no-address">メールで</a>')
    found = [[(name, getattr(f.value, "url", None) or getattr(f.value, "address", None), f.text, f.doubt) for name in ("urls", "emails") for _, f in r.found[name]] for r in data.records]
    assert found == [[("urls", "https://www.town.aoba.lg.jp/a", "こちら", "link")], [("emails", "shoko@town.aoba.lg.jp", "メールで", "link")], []]
    assert differing(data) == []


@pytest.mark.parametrize(
    ("printed", "behind"),
    [
        ("http://www.town.aoba.lg.jp/a/", "https://WWW.town.aoba.lg.jp/a"),
        ("https://www.town.aoba.lg.jp/補助", "https://www.town.aoba.lg.jp/%E8%A3%9C%E5%8A%A9"),
        ("shoko@town.aoba.lg.jp", "mailto:shoko@town.aoba.lg.jp?subject=%E8%A3%9C"),
        ("www.town.aoba.lg.jp", "http://www.town.aoba.lg.jp/"),
    ],
)
def test_spellings_of_one_address(printed: str, behind: str) -> None:
    assert plain_target(printed) == plain_target(behind)
