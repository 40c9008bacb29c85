"""Which fiscal year a list is of."""

from __future__ import annotations

from pathlib import Path

import pytest

from subsidy_extract.entries.nouns import HeadingSeen, Understood
from subsidy_extract.model import Document, Origin, Source, Table
from subsidy_extract.origin import year_of


@pytest.mark.parametrize(
    ("title", "above", "heading", "stem", "want"),
    [
        ("令和８年度　支援制度一覧", ("令和７年９月１日現在",), "補助率", "list", 2026),
        ("支援制度一覧", ("令和８年４月１日現在",), "補助率", "list", 2026),
        ("支援制度一覧", ("令和８年３月",), "予算額／Ｒ８当初", "list", 2026),  # the heading says it, the date may be of the year before
        ("支援制度一覧", ("令和８年３月",), "補助率", "list-r8", 2026),
        ("支援制度一覧", ("令和８年３月",), "補助率", "list", None),
        ("支援制度一覧", ("令和８年４月",), "補助率", "list-r9", 2027),
    ],
)
def test_year_of(title: str, above: tuple[str, ...], heading: str, stem: str, want: int | None) -> None:
    document = Document(Source("x", "0" * 64, 1, "xlsx", 1), (Table((), above=above),), title)
    assert year_of(document, Understood((), (HeadingSeen(0, 0, heading, ()),)), Path(f"{stem}.xlsx"), Origin()) == want
