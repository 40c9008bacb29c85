"""Form fields, comments and stamps: what every viewer shows is read, and said; what is not drawn is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from subsidy_extract.read.pdf import engines
from subsidy_extract.read.pdf.engines.charmap import bag, bag_text
from subsidy_extract.read.pdf.nouns import Page
from tests.read.pdf.handmade import Leaf, pdf, say

FONT = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >>"


def look(text: str) -> str:
    """An appearance, 100 wide and 20 high."""
    draws = f"BT /F 10 Tf 2 5 Td ({text}) Tj ET\n"
    return f"<< /Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << {FONT} >> /Length {len(draws)} >>\nstream\n{draws}endstream"


def annot(kind: str, more: str, x: float = 50, y: float = 100) -> str:
    return f"<< /Type /Annot /Subtype /{kind} /Rect [{x} {y} {x + 100} {y + 20}] {more} >>"


def read(tmp_path: Path, *annots: str, looks: tuple[str, ...] = (), engine: str = "auto") -> Page:
    path = tmp_path / "annots.pdf"
    path.write_bytes(pdf(Leaf(say("補助金", 50, 200), annots=annots), first=looks))
    (page,) = engines.pages(path, engine)
    return page


def text(page: Page) -> str:
    return bag_text(page.glyphs.text)


def told(page: Page) -> list[str]:
    return [d.detail for d in page.doubts if d.code == "annotation"]


@pytest.mark.parametrize("engine", ["auto", "pdfium", "pdfplumber"])
@pytest.mark.parametrize("kind", ["Widget /FT /Tx /V", "FreeText /Contents", "Stamp /Contents"])
def test_what_an_annotation_draws_is_read_and_said(tmp_path: Path, kind: str, engine: str) -> None:
    page = read(tmp_path, annot(kind.split()[0], f"{kind.partition(' ')[2]} (1,000 yen) /AP << /N 1 0 R >>"), looks=(look("1,000 yen"),), engine=engine)
    assert text(page) == "補助金1,000yen"
    assert len(told(page)) == 1
    assert page.left_out == ()
    assert bag(page.witness) == bag(text(page))
    x0, top = page.glyphs.x0[-1], page.glyphs.top[-1]
    assert 50 < x0 < 150
    assert 180 < top < 200


def test_a_value_that_its_field_does_not_draw_is_left_out_and_said(tmp_path: Path) -> None:
    page = read(tmp_path, annot("Widget", "/FT /Tx /V (2,000 yen)"))
    assert text(page) == "補助金"
    assert [(o.text, o.reason) for o in page.left_out] == [("2,000 yen", "annotation")]
    assert "not drawn" in told(page)[0]
    assert bag(page.witness) == bag(text(page) + "2,000yen")


WHITE = "1 g 0 0 100 20 re f 0 g "


def paint(draws: str, more: str = "") -> str:
    return f"<< /Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << {FONT} {more} >> /Length {len(draws)} >>\nstream\n{draws}\nendstream"


@pytest.mark.parametrize("engine", ["auto", "pdfium", "pdfplumber"])
@pytest.mark.parametrize("kind", ["Square", "FreeText", "Redact", "Polygon", "Ink"])
def test_words_that_an_annotation_is_painted_over_are_left_out_and_said(tmp_path: Path, kind: str, engine: str) -> None:
    """A white box over a value, and a comment with the new one: nobody who opens the file sees the old."""
    new = paint(WHITE + "BT /F 10 Tf 10 5 Td (77) Tj ET")
    page = read_over(tmp_path, annot(kind, "/AP << /N 1 0 R >>", 50, 195), paint(WHITE), engine)
    assert (text(page), [(o.text, o.reason) for o in page.left_out]) == ("No.7", [("3000", "invisible")])
    assert "painted out" in told(page)[0]
    assert bag(page.witness) == bag("No.73000")
    page = read_over(tmp_path, annot(kind, "/AP << /N 1 0 R >>", 50, 195), new, engine)
    assert sorted(text(page)) == sorted("No.777")


@pytest.mark.parametrize("more", ["/F 2 /AP << /N 1 0 R >>", "/C [1 1 0]"], ids=["hidden", "without a look"])
def test_an_annotation_that_paints_nothing_hides_nothing(tmp_path: Path, more: str) -> None:
    page = read_over(tmp_path, annot("Square", more, 50, 195), paint(WHITE), "auto")
    assert (text(page), told(page)) == ("No.73000", [])


def test_a_marker_hides_nothing(tmp_path: Path) -> None:
    marker = paint("/M gs 1 1 0 rg 0 0 100 20 re f", "/ExtGState << /M << /BM /Multiply >> >>")
    page = read_over(tmp_path, annot("Highlight", "/AP << /N 1 0 R >>", 50, 195), marker, "auto")
    assert (text(page), told(page)) == ("No.73000", [])


def read_over(tmp_path: Path, note: str, appearance: str, engine: str) -> Page:
    path = tmp_path / "annots.pdf"
    path.write_bytes(pdf(Leaf(say("No. 7", 50, 250, font="H") + say("3000", 60, 200, font="H"), annots=(note,)), first=(appearance,)))
    (page,) = engines.pages(path, engine)
    return page


@pytest.mark.parametrize("more", ["/F 2 /FT /Tx /V (x) /AP << /N 1 0 R >>", "/F 32 /FT /Tx /V (x) /AP << /N 1 0 R >>"], ids=["hidden", "not to be viewed"])
def test_a_hidden_field_is_none(tmp_path: Path, more: str) -> None:
    page = read(tmp_path, annot("Widget", more), looks=(look("x"),))
    assert (text(page), told(page), page.left_out) == ("補助金", [], ())


def test_links_and_empty_fields_say_nothing(tmp_path: Path) -> None:
    page = read(tmp_path, annot("Widget", "/FT /Tx"), annot("Link", "/A << /S /URI /URI (https://www.town.aoba.lg.jp/) >>", 50, 195))
    assert (text(page), told(page)) == ("補助金", [])
    assert [x.url for x in page.links] == ["https://www.town.aoba.lg.jp/"]


def test_a_document_without_annotations_loads_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from subsidy_extract.read.pdf.engines import annots

    monkeypatch.setattr(annots, "with_annotations", lambda *_: 1 / 0)
    assert text(read(tmp_path)) == "補助金"
