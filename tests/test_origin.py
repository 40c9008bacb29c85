"""Who published a list and for which year, as its title, its cover, its file name and sources.toml say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from subsidy_extract.entries import Understood
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Document, LeftOut, Origin, Place, Source
from subsidy_extract.origin import issuer_of, mapping_beside, origin_beside, year_of

SOURCE = Source("list.pdf", "0" * 64, 1, "pdf", 3)

TITLES = [
    ("令和８年度　宮崎市中小企業者向け支援制度一覧", "宮崎市"),
    ("令和８年度　福島県　中小企業等支援施策一覧", "福島県"),
    ("経済産業省関係　令和８年度当初予算　補助事業一覧", "経済産業省"),
    ("2026年度 青葉町補助金ガイド", "青葉町"),
    ("若葉商工会議所 補助金ガイド", "若葉商工会議所"),
    ("令和8年度海外展開関連補助・助成制度一覧【簡略版】", None),
    ("都市計画関係補助一覧", None),
    ("市町村向け補助金一覧", None),
    ("国際都市交流の補助金", None),
]


@pytest.mark.parametrize(("title", "issuer"), TITLES)
def test_a_title_that_begins_with_its_issuer(title: str, issuer: str | None) -> None:
    assert issuer_of(Document(SOURCE, (), title), Origin()) == issuer


@pytest.mark.parametrize(
    ("line", "page", "issuer"),
    [
        ("栃木県産業労働観光部", 1, "栃木県"),
        ("若葉市", 1, "若葉市"),
        ("福島県商工労働部商工総務課", 1, "福島県"),
        ("福島県商工労働部商工総務課", 4, None),
        ("お問い合わせは若葉市まで", 1, None),
        ("各市町村", 1, None),
    ],
)
def test_a_line_that_is_nothing_but_the_issuer(line: str, page: int, issuer: str | None) -> None:
    document = Document(SOURCE, (), "補助金ガイド", (LeftOut(line, Place(page=page), "prose"),))
    assert issuer_of(document, Origin()) == issuer


def test_what_a_person_says_comes_first() -> None:
    assert issuer_of(Document(SOURCE, (), "令和８年度　福島県　一覧"), Origin(issuer="某市")) == "某市"


@pytest.mark.parametrize(
    ("title", "name", "origin", "year"),
    [
        ("令和８年度補助金一覧", "list-r7.pdf", 2020, 2026),
        (None, "list-r7.pdf", 2020, 2025),
        (None, "hojokin2024.pdf", None, 2024),
        (None, "list.pdf", 2020, 2020),
        (None, "list.pdf", None, None),
    ],
)
def test_year(title: str | None, name: str, origin: int | None, year: int | None) -> None:
    assert year_of(Document(SOURCE, (), title), Understood(()), Path(name), Origin(fiscal_year=origin)) == year


@pytest.mark.parametrize("text", ["[list", '["list.pdf"]\nretrieved = "soon"', '["list.pdf"]\nfiscal_year = "x"', '"list.pdf" = 3'])
def test_a_sources_toml_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "sources.toml").write_text(text)
    with pytest.raises(ExtractError) as stop:
        origin_beside(tmp_path / "list.pdf")
    assert stop.value.code == Exit.USAGE


def test_nothing_beside(tmp_path: Path) -> None:
    assert origin_beside(tmp_path / "list.pdf") == Origin()
    assert mapping_beside(tmp_path / "list.pdf") == {}
