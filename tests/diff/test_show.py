"""Every way to show a comparison: the schema holds, what matters comes first, and no cell text runs, links out or moves a cursor."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any
from unicodedata import category

import jsonschema
import openpyxl
import pytest

from subsidy_extract.diff import Diff, diff
from subsidy_extract.diff.model import STATUSES
from subsidy_extract.diff.show import FORMATS, as_data
from subsidy_extract.diff.show.phrases import inert, yen

from .edits import case
from .lists import HARBOUR, programme, year

SCHEMA = json.loads(files("subsidy_extract.diff").joinpath("diff.schema.json").read_text(encoding="utf8"))
HOSTILE = [
    "<script>alert(1)</script>", "</style><script>alert(1)</script>", "</title><img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>",
    "{{7*7}}{% for x in y %}", "=HYPERLINK(\"http://evil.example\",\"x\")", "+SUM(1)", "-2+3", "@SUM(1)", "\t=1+1", "\x1b[31mred\x1b]0;title\x07", "\u202egnp.exe",
    "\u200bzero\u200bwidth", "a\x00b\x08c", "| a | b |\n# head", "[x](javascript:alert(1))", "![x](http://evil.example/x.png)", "`code` **bold** ~~gone~~",
    "&lt;b&gt; &amp; 'single' \"double\"", "--> <!-- ]]> <![CDATA[", "\ud7ff\ufffe", "1. list\n- item", "javascript:alert(1)", "data:text/html,<script>",
]  # fmt: skip


def hostile() -> Diff:
    """Programmes every text of which is hostile, one of each fate."""
    old, new = [], []
    for n, words in enumerate(HOSTILE):
        base = programme(f"第{n}事業 {words}", f"その{n}の費用 {words} 上限20万円", f"{words}課{n} TEL：0777-11-{n:04}", eligibility=words, extra={words: words})
        old.append(base)
        if n % 4:
            new.append({**base, "summary": f"その{n}の費用 {words}x 上限30万円", "contact": f"{words}局{n} TEL：0777-22-{n:04}"})
    new.append(programme(HOSTILE[0] * 2, HOSTILE[1], HOSTILE[2]))
    return diff(year(2025, *old), year(2026, *new))


def ordinary() -> Diff:
    c = case(3)
    return diff(c.old, c.new)


@pytest.fixture(scope="module")
def evil() -> Diff:
    return hostile()


@pytest.mark.parametrize("make", [hostile, ordinary, lambda: diff(year(2025), year(2026)), lambda: diff(year(2025, *HARBOUR), year(2026, *HARBOUR))])
def test_json_keeps_its_schema(make: Any) -> None:
    d = make()
    jsonschema.validate(json.loads(str(FORMATS["json"](d))), SCHEMA)
    data = as_data(d)
    assert data["counts"] == {s: sum(p["status"] == s for p in data["programs"]) for s in STATUSES}


def test_the_schema_can_fail() -> None:
    data = as_data(ordinary())
    data["programs"][0]["status"] = "vanished"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)


def test_json_points_into_its_texts() -> None:
    for p in as_data(ordinary())["programs"]:
        for c in p["changes"]:
            for a, b, x, y in c["marks"]:
                assert 0 <= a <= b <= len(c["old_text"] or "")
                assert 0 <= x <= y <= len(c["new_text"] or "")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_format_in_both_languages(name: str, lang: str) -> None:
    for d in (ordinary(), diff(year(2025), year(2026))):
        out = FORMATS[name](d, lang=lang)
        assert isinstance(out, bytes if name == "xlsx" else str)
        assert out


@pytest.mark.parametrize("name", ["text", "json", "html", "markdown", "csv"])
def test_same_lists_same_answer(name: str) -> None:
    assert FORMATS[name](ordinary()) == FORMATS[name](ordinary())


class Page(HTMLParser):
    """What a browser would make of a page: tags, links, texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.stack: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.stack:
            while self.stack.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.stack[-1:] not in (["script"], ["style"]):
            self.words.append(data)


def page(d: Diff, lang: str = "ja") -> Page:
    made = Page()
    made.feed(str(FORMATS["html"](d, lang=lang)))
    return made


def test_html_is_inert(evil: Diff) -> None:
    made = page(evil)
    tags = [t for t, _ in made.tags]
    assert tags.count("script") == tags.count("style") == 1
    assert not {"img", "svg", "iframe", "object", "link", "base"} & set(tags)
    for _, attrs in made.tags:
        assert not [a for a in attrs if a.startswith("on") or a == "style"]
        if to := attrs.get("href"):
            assert re.match(r"(#|https?://|mailto:|tel:)", to)
    policy = next(a["content"] for t, a in made.tags if t == "meta" and a.get("http-equiv"))
    assert policy
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    text = "".join(made.words)
    assert "49" not in text.split("{{7*7}}")[0][-3:]
    assert "{{7*7}}" in text
    assert "⟨U+202E⟩" in text
    assert "\u202e" not in text
    assert "\x1b" not in text


def test_html_refers_to_nothing_outside() -> None:
    raw = str(FORMATS["html"](diff(year(2025, *HARBOUR), year(2026, *HARBOUR[:5]))))
    assert not re.search(r"(src|@import|url\()\s*=?\s*[\"']?\s*(https?:)?//", raw)


def test_html_links_only_what_is_a_page_a_mail_or_a_number() -> None:
    base = programme("事業甲", "畑の柵の費用を補助します", "商工課 TEL：0777-11-2222 E-mail：a@example.jp", site="HP： https://www.example.jp/a.html")
    other = {**base, "contact": "商工課 TEL：0777-11-3333 E-mail：b@example.jp", "site": "HP： https://www.example.jp/b.html"}
    links = {a.get("href") for t, a in page(diff(year(2025, base), year(2026, other))).tags if t == "a"}
    assert {"https://www.example.jp/b.html", "mailto:b@example.jp", "tel:0777-11-3333"} <= links


def test_html_marks_the_changed_words_side_by_side() -> None:
    base = programme("事業甲", "10人以上の団体の費用", "商工課")
    raw = str(FORMATS["html"](diff(year(2025, base), year(2026, {**base, "summary": "5人以上の団体の費用"}))))
    assert "<del>10人以上</del>の団体の費用" in raw
    assert "<ins>5人以上</ins>の団体の費用" in raw
    assert 'lang="ja"' in raw


def test_terminal_text_moves_no_cursor(evil: Diff) -> None:
    text = str(FORMATS["text"](evil))
    assert not {c for c in text if category(c) in ("Cc", "Cf") and c != "\n"}


def test_terminal_says_what_matters_first() -> None:
    base = [programme(f"事業{n}", f"{s}の費用を上限20万円まで補助します", "商工課 TEL：0777-11-2222") for n, s in zip("甲乙丙", ("畑の柵", "漁船の機関", "店の改装"), strict=True)]
    new = [{**base[0], "summary": base[0]["summary"].replace("20", "30")}, {**base[1], "contact": "商工課 TEL：0777-11-9999"}, programme("新事業", "資格の受講料", "福祉課")]
    text = str(FORMATS["text"](diff(year(2025, *base), year(2026, *new))))
    assert "changed 2" in text.splitlines()[1]
    at = [text.index(x) for x in ("Caps and rates", "¥200,000 → ¥300,000", "+50%", "Gone", "New", "Offices and contacts")]
    assert at == sorted(at)


def test_csv_runs_nothing(evil: Diff) -> None:
    rows = list(csv.reader(io.StringIO(str(FORMATS["csv"](evil)))))
    head = rows[0]
    for row in rows[1:]:
        assert len(row) == len(head)
        for name, cell in zip(head, row, strict=True):
            if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
                assert name in ("delta", "percent", "old", "new")
                float(cell)


def test_csv_has_a_row_for_every_change_and_every_fate() -> None:
    d = ordinary()
    rows = list(csv.DictReader(io.StringIO(str(FORMATS["csv"](d)))))
    assert len(rows) == sum(len(f.changes) or 1 for f in d.fates if f.status != "same")


def test_workbook_holds_texts_as_texts(evil: Diff) -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"](evil)))  # type: ignore[arg-type]
    sheet: Any = book["変更"]
    assert sheet.freeze_panes == "A2"
    assert all(c.data_type != "f" for r in sheet.iter_rows() for c in r)
    assert any(isinstance(c.value, int) and c.value == 100000 for r in sheet.iter_rows() for c in r)


def test_markdown_is_inert(evil: Diff) -> None:
    text = str(FORMATS["markdown"](evil))
    assert not re.search(r"(?<!\\)<", text)
    assert not re.search(r"(?<!\\)\[", text)
    assert "\x1b" not in text


@pytest.mark.parametrize(("amount", "ja", "en"), [(5_000_000, "500万円", "¥5,000,000"), (150_000_000, "1億5,000万円", "¥150,000,000"), (7_500, "7,500円", "¥7,500"), (-100_000, "-10万円", "¥-100,000"), (0, "0円", "¥0"), (12_345_678, "1,234万5,678円", "¥12,345,678")])
def test_yen(amount: int, ja: str, en: str) -> None:
    assert yen(amount, "ja") == ja
    assert yen(amount, "en") == en


def test_inert_shows_what_cannot_be_seen() -> None:
    assert inert("a\u202eb\x1b[0m\u200b\n") == "a⟨U+202E⟩b⟨U+001B⟩[0m⟨U+200B⟩⏎"
