"""URLs: what belongs to an address and what was glued to it. All sites are made up."""

from __future__ import annotations

import pytest

from subsidy_extract.model import Context
from subsidy_extract.normalize.url import urls

SITE = Context(column="site")
CONTACT = Context(column="contact")


def read(text: str, ctx: Context = SITE) -> list[str]:
    found = urls(text, ctx)
    assert all(text[f.start : f.end] == f.text for f in found)
    return [f.value.url for f in found if f.value.valid]


BASE = "https://www.town.kitayama.lg.jp"
WHOLE = [
    (f"HP： {BASE}/sangyo/hojo.html ", [f"{BASE}/sangyo/hojo.html"]),
    (f"（{BASE}/a.html）", [f"{BASE}/a.html"]),
    (f"({BASE}/a.html)", [f"{BASE}/a.html"]),
    (f"{BASE}/a.html）", [f"{BASE}/a.html"]),
    (f"{BASE}/a(b).html", [f"{BASE}/a(b).html"]),
    (f"{BASE}/a.html。", [f"{BASE}/a.html"]),
    (f"{BASE}/a.html、{BASE}/b.html", [f"{BASE}/a.html", f"{BASE}/b.html"]),
    (f"{BASE}/a.html | {BASE}/b.pdf", [f"{BASE}/a.html", f"{BASE}/b.pdf"]),
    (f"{BASE}/a.html／{BASE}/b.html", [f"{BASE}/a.html", f"{BASE}/b.html"]),
    (f"{BASE}/a.html,{BASE}/b.html", [f"{BASE}/a.html", f"{BASE}/b.html"]),
    (f"{BASE}/a{BASE}/b", [f"{BASE}/a", f"{BASE}/b"]),
    (f"詳しくは{BASE}/a.htmlを御覧ください", [f"{BASE}/a.html"]),
    (f"「{BASE}/a」", [f"{BASE}/a"]),
    (f"<{BASE}/a>", [f"{BASE}/a"]),
    (f"{BASE}/index.cfm/15,67970,51,html", [f"{BASE}/index.cfm/15,67970,51,html"]),
    (f"{BASE}/a?b=1&c=2#d", [f"{BASE}/a?b=1&c=2#d"]),
    (f"{BASE}/a/#page-content", [f"{BASE}/a/#page-content"]),
    (f"{BASE}/～sangyo/", [f"{BASE}/~sangyo/"]),
    (f"{BASE}/%E8%A3%9C/", [f"{BASE}/%E8%A3%9C/"]),
    (f"{BASE}:8080/a", [f"{BASE}:8080/a"]),
    (BASE, [BASE]),
    (f"{BASE}！", [BASE]),
    ("ｈｔｔｐｓ：／／ｗｗｗ．ｋｉｔａｙａｍａ．ｊｐ／ａ", ["https://www.kitayama.jp/a"]),
    ("https://北山町.jp/hojo/", ["https://北山町.jp/hojo/"]),
    ("https:// www.kitayama.jp/a", ["https://www.kitayama.jp/a"]),
    ("HTTP://WWW.KITAYAMA.JP/", ["HTTP://WWW.KITAYAMA.JP/"]),
    ("https://archive.kitayama.org/2020/https://kitayama.jp/", ["https://archive.kitayama.org/2020/https://kitayama.jp/"]),
    ("申請フォーム→https://forms.kitayama.com/r/AbC123", ["https://forms.kitayama.com/r/AbC123"]),
]


@pytest.mark.parametrize(("text", "found"), WHOLE)
def test_urls(text: str, found: list[str]) -> None:
    assert read(text) == found


@pytest.mark.parametrize("text", ["「北山町 補助金」で検索", "QRコードから", "shoko@town.kitayama.lg.jp", "A.B.C. ①出展料", "令和8.4.1", "－"])
def test_nothing_where_nothing_is(text: str) -> None:
    assert urls(text, SITE) == ()


PUBLISHED = [
    ("www.kitayama.jp/a", "https://www.kitayama.jp/a", "no_scheme"),
    ("kitayama.jp/hojo/", "https://kitayama.jp/hojo/", "no_scheme"),
    ("http:/www.kitayama.jp/", "http://www.kitayama.jp/", "broken_url"),
    ("ttps://www.kitayama.jp/", "https://www.kitayama.jp/", "broken_url"),
    ("https;//www.kitayama.jp/", "https://www.kitayama.jp/", "broken_url"),
    ("https://kitayama/a", None, "broken_url"),
]


@pytest.mark.parametrize(("text", "suggestion", "doubt"), PUBLISHED)
def test_a_broken_one_is_kept_and_never_repaired(text: str, suggestion: str | None, doubt: str) -> None:
    (found,) = urls(text, SITE)
    assert (found.value.url, found.value.valid, found.value.suggestion, found.doubt) == (text, False, suggestion, doubt)


def test_a_bare_host_counts_only_where_a_site_is_told() -> None:
    assert urls("kitayama.jp/hojo/", CONTACT) == ()
    assert [f.value.url for f in urls("HP：kitayama.jp/hojo/", CONTACT)] == ["kitayama.jp/hojo/"]
