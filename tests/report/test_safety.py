"""A hundred hostile cell texts come out inert: in the page, in the terminal, in the workbook."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from lxml import html as parser

from subsidy_extract.cli.base import say
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.frame import program_rows
from subsidy_extract.model import Dataset
from subsidy_extract.report.html import html
from subsidy_extract.report.html.build import Picture
from subsidy_extract.report.html.plainly import UNSEEN, safe_href, visible
from subsidy_extract.report.machine import junit, sarif
from subsidy_extract.report.spreadsheet import spreadsheet
from subsidy_extract.report.terminal import show_list

from .hostile import LINKS, TEXTS
from .lists import dataset


def page_of(data: Dataset, pictures: bool = False, lang: str = "ja") -> bytes:
    drawn = {1: Picture(1, "data:image/webp;base64,AAAA", 595, 842)} if pictures else {}
    return b"".join(html(data, list(program_rows(data)), lang, drawn))


def shape(page: bytes) -> Counter[tuple[str, tuple[str, ...]]]:
    """Elements and the names of their attributes."""
    return Counter((str(e.tag), tuple(sorted(e.attrib))) for e in parser.document_fromstring(page.decode()).iter() if isinstance(e.tag, str))


def test_there_are_a_hundred() -> None:
    assert len(set(TEXTS)) >= 100


@pytest.mark.parametrize("pictures", [False, True])
def test_no_element_and_no_attribute_comes_from_a_cell(pictures: bool) -> None:
    """The page has the same elements as that of a list of the same size whose texts are harmless."""
    harmless = page_of(dataset([f"事業{n}" for n in range(len(TEXTS))]), pictures)
    assert shape(page_of(dataset(TEXTS), pictures)) == shape(harmless)


@pytest.mark.parametrize("text", TEXTS)
def test_each_text_stands_in_the_page_as_text(text: str) -> None:
    page = page_of(dataset([text]))
    tree = parser.document_fromstring(page.decode())
    (cell,) = tree.xpath("//table[@id='programmes']//tbody/tr/th")
    assert " ".join(cell.text_content().split()) == " ".join(visible(text).split())
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name != "style"
            if name in ("href", "src", "action", "data"):
                assert value.startswith(("#", "data:image/webp;base64,"))
    scripts = tree.xpath("//script")
    assert [s.get("type") for s in scripts] == ["application/json", None]
    assert not set("<>&\u2028\u2029") & set(scripts[0].text)
    told = json.loads(scripts[0].text)
    assert told["programmes"][0]["name"] == text
    assert told["issues"][0]["suggestion"] == text
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not re.search(r"https?:", policy)


def test_what_cannot_be_seen_is_shown() -> None:
    shown = page_of(dataset(TEXTS)).decode().split('<script type="application/json"')[0]
    assert not set(shown) & {chr(c) for c in UNSEEN}
    assert "補助⟨U+202E⟩金助⟨U+202C⟩" in shown
    hidden = {c for t in TEXTS for c in t if unicodedata.category(c) in ("Cc", "Cf") and c not in "\t\n\r"}
    assert all(visible(c).startswith("⟨U+") for c in hidden)


def test_ideographic_variants_stay() -> None:
    assert visible("葛\U000e0100城市") == "葛\U000e0100城市"


@pytest.mark.parametrize("url", [*LINKS, " javascript:alert(1)", "https://exa\u202emple.jp", "http://a b", "ftp://example.com", ""])
def test_only_addresses_become_links(url: str) -> None:
    assert safe_href(url) is None


@pytest.mark.parametrize("url", ["https://www.city.example.jp/a?b=1#c", "http://例え.jp/", "mailto:a@b.jp", "tel:0992869156", "HTTPS://EXAMPLE.JP"])
def test_addresses_become_links(url: str) -> None:
    assert safe_href(url) == url


CSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("colours", [False, True])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_terminal_obeys_no_cell(colours: bool, lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1") if colours else monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "300")
    for text in TEXTS:
        show_list(dataset([text], name=text), Path(f"output/{text}"), lang)
        out = capsys.readouterr().out
        plain = CSI.sub("", out) if colours else out
        assert not [c for c in plain if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") and c != "\n"], ascii(plain)
        assert out.count("\n") < 12


def test_markup_of_rich_is_text(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    show_list(dataset(["[red]markup[/red]", "[/]"]), Path("output/[/]"))
    assert "[red]markup[/red]" in capsys.readouterr().out


@pytest.mark.parametrize("text", TEXTS)
def test_a_stop_is_one_line(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    say(ExtractError(Exit.NO_NAME_COLUMN, f"headings: {text}", "Map it"), text)
    out = capsys.readouterr().err
    assert not [c for c in out[:-1] if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]
    assert out.endswith("\n")


def test_no_cell_of_the_workbook_runs() -> None:
    data = dataset(TEXTS)
    content = spreadsheet(data, list(program_rows(data)))
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if part.endswith(".xml"):
                assert b"<f>" not in archive.read(part)
                assert b"<f " not in archive.read(part)
        assert not [n for n in archive.namelist() if "external" in n.lower() or "vba" in n.lower()]


def test_the_workbook_says_each_text() -> None:
    data = dataset(TEXTS)
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet(data, list(program_rows(data)))))
    sheet = book["補助制度一覧"]
    at = next(c.column for c in sheet[1] if c.value == "事業名")
    for row, text in enumerate(TEXTS, 2):
        cell = sheet.cell(row, at)
        assert cell.quotePrefix
        assert cell.value == visible(text).replace("\r", "\n")


def test_sarif_and_junit_stay_well_formed() -> None:
    import xml.etree.ElementTree as ET

    data = dataset(TEXTS)
    assert len(json.loads(sarif(data))["runs"][0]["results"]) == len(TEXTS)
    assert ET.fromstring(junit(data)).find(".//failure") is not None
