"""Paths on one host: which folders are a slip of each other, and which only look like it."""

from __future__ import annotations

import pytest

from subsidy_extract.check.siblings import alike

SLIPS = [("kgyouguide", "kigyoguide"), ("ke-seisaku", "kei-seisaku"), ("sangyo", "sanngyo"), ("shokogyo-kanko", "shokougyo-kanko")]
NONE = [
    ("shoko", "syoko"),  # too short: two offices may be spelt so
    ("r7-hojo", "r8-hojo"),  # a year
    ("project", "projects"),  # a plural
    ("page001", "page002"),
    ("kanko-shoko", "norin-suisan"),
    ("kigyoguide", "kigyoguide"),
]


@pytest.mark.parametrize(("a", "b"), SLIPS)
def test_slips(a: str, b: str) -> None:
    assert alike(a, b)
    assert alike(b, a)


@pytest.mark.parametrize(("a", "b"), NONE)
def test_no_slips(a: str, b: str) -> None:
    assert not alike(a, b)
    assert not alike(b, a)
