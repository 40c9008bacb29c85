"""Optional content: what stands on a layer that is switched off is not read, and said; a layer that is on changes nothing."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from subsidy_extract.read.pdf import engines
from subsidy_extract.read.pdf.nouns import Page
from tests.read.pdf.handmade import Leaf, box, line, pdf, say

SHOWN = "<< /Type /OCG /Name (main) >>"
DARK = "<< /Type /OCG /Name (draft) >>"
BOTH = "/OCProperties << /OCGs [1 0 R 2 0 R] /D << /OFF [2 0 R] >> >>"


def on(mark: str, content: str) -> str:
    return f"/OC /{mark} BDC\n{content}EMC\n"


def read(tmp_path: Path, content: str, properties: str, catalog: str = BOTH, more: tuple[str, ...] = (), engine: str = "auto", resources: str = "") -> Page:
    path = tmp_path / "layers.pdf"
    leaf = Leaf(content, resources=f"/Properties << {properties} >> {resources}")
    path.write_bytes(pdf(leaf, first=(SHOWN, DARK, *more), catalog=catalog))
    return next(iter(engines.pages(path, engine)))


def text(page: Page) -> str:
    return "".join(page.glyphs.text)


def codes(page: Page) -> list[str]:
    return [d.code for d in page.doubts]


LINES = say("補助金", 50, 200), say("旧案", 50, 180), say("対象者", 50, 160)


@pytest.mark.parametrize("engine", ["auto", "pdfium"])
def test_text_of_a_layer_that_is_off_is_left_out_and_said(tmp_path: Path, engine: str) -> None:
    page = read(tmp_path, LINES[0] + on("B", LINES[1]) + on("A", LINES[2]), "/A 1 0 R /B 2 0 R", engine=engine)
    assert text(page) == "補助金対象者"
    assert [(o.text, o.reason) for o in page.left_out] == [("旧案", "invisible")]
    assert codes(page) == ["hidden"]
    assert "draft" in page.doubts[0].detail


@pytest.mark.parametrize("engine", ["oxide", "pdfplumber"])
def test_an_engine_that_knows_no_layers_says_so_where_some_are_off(tmp_path: Path, engine: str) -> None:
    assert "layer_unsure" in codes(read(tmp_path, LINES[0] + on("B", LINES[1]), "/B 2 0 R", engine=engine))
    assert "layer_unsure" not in codes(read(tmp_path, LINES[0] + on("A", LINES[1]), "/A 1 0 R", engine=engine))


def test_layers_of_one_name_are_told_apart(tmp_path: Path) -> None:
    page = read(tmp_path, on("A", LINES[0]) + on("C", LINES[1]), "/A 1 0 R /C 3 0 R", "/OCProperties << /OCGs [1 0 R 3 0 R] /D << /OFF [3 0 R] >> >>", (SHOWN,))
    assert text(page) == "補助金"


def test_rules_shades_and_pictures_of_a_layer_that_is_off_are_none(tmp_path: Path) -> None:
    shapes = line(20, 100, 300, 100) + box(20, 20, 100, 60, "f", "0.8 g") + "q 50 0 0 50 200 20 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q\n"
    seen = read(tmp_path, LINES[0] + on("A", shapes), "/A 1 0 R")
    dark = read(tmp_path, LINES[0] + on("B", shapes), "/B 2 0 R")
    assert (len(seen.rules.x0), len(seen.fills.x0), len(seen.images)) == (1, 1, 1)
    assert (len(dark.rules.x0), len(dark.fills.x0), len(dark.images)) == (0, 0, 0)


def test_words_of_a_hidden_layer_that_are_shown_in_the_same_place_are_seen(tmp_path: Path) -> None:
    page = read(tmp_path, on("B", LINES[0]) + LINES[0], "/B 2 0 R")
    assert text(page).strip() == "補助金"


def test_marks_within_marks(tmp_path: Path) -> None:
    inner = on("B", "/P BMC\n" + on("A", LINES[1]) + "EMC\n")
    assert text(read(tmp_path, on("A", LINES[0] + inner + LINES[2]), "/A 1 0 R /B 2 0 R")) == "補助金対象者"


FORM = "<< /Type /XObject /Subtype /Form /BBox [0 0 400 300] /Length {n} {oc} >>\nstream\n{content}endstream"


@pytest.mark.parametrize(("oc", "around", "seen"), [("/OC 2 0 R", "", "補助金"), ("/OC 1 0 R", "", "補助金old"), ("", "B", "補助金"), ("", "", "補助金old")])
def test_a_form_with_a_layer_of_its_own_or_within_one(tmp_path: Path, oc: str, around: str, seen: str) -> None:
    content = say("old", 50, 180, font="H")
    draws = "/F Do\n"
    form = FORM.format(n=len(content), oc=oc, content=content)
    page = read(tmp_path, LINES[0] + (on(around, draws) if around else draws), "/B 2 0 R", more=(form,), resources="/XObject << /F 3 0 R >>")
    assert text(page) == seen


MEMBERS = "<< /Type /OCMD /OCGs [1 0 R 2 0 R] {p} >>"


@pytest.mark.parametrize(("said", "shown"), [
    (MEMBERS.format(p=""), True), (MEMBERS.format(p="/P /AnyOn"), True), (MEMBERS.format(p="/P /AllOn"), False),
    (MEMBERS.format(p="/P /AnyOff"), True), (MEMBERS.format(p="/P /AllOff"), False),
    ("<< /Type /OCMD /OCGs 2 0 R >>", False), ("<< /Type /OCMD >>", True), ("<< /Type /OCMD /OCGs [null] >>", True),
    ("<< /Type /OCMD /OCGs 1 0 R /VE [/And 1 0 R [/Not 2 0 R]] >>", True), ("<< /Type /OCMD /VE [/Or [/Not 1 0 R] 2 0 R] >>", False),
])  # fmt: skip
def test_a_membership_of_layers(tmp_path: Path, said: str, shown: bool) -> None:
    assert (text(read(tmp_path, LINES[0] + on("M", LINES[1]), "/M 3 0 R", more=(said,))) == "補助金旧案") is shown


USAGE = "<< /Type /OCG /Name (screen) /Usage << /View << /ViewState /OFF >> /Print << /PrintState /ON >> >> >>"


@pytest.mark.parametrize(("config", "third", "shown"), [
    ("/BaseState /OFF", DARK, False), ("/BaseState /OFF /ON [3 0 R]", DARK, True), ("/BaseState /ON /OFF [3 0 R]", DARK, False),
    ("/OFF [2 0 R]", DARK, True), ("/OFF [3 0 R]", "<< /Type /OCG /Name (d) /Intent /Design >>", True),
    ("/AS [<< /Event /View /Category [/View] /OCGs [3 0 R] >>]", USAGE, False), ("/AS [<< /Event /Print /Category [/Print] /OCGs [3 0 R] >>]", USAGE, True),
])  # fmt: skip
def test_the_state_in_which_a_viewer_opens_the_document(tmp_path: Path, config: str, third: str, shown: bool) -> None:
    catalog = f"/OCProperties << /OCGs [1 0 R 2 0 R 3 0 R] /D << {config} >> >>"
    assert (text(read(tmp_path, LINES[0] + on("C", LINES[1]), "/C 3 0 R", catalog, (third,))) == "補助金旧案") is shown


def test_layers_that_are_all_on_load_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from subsidy_extract.read.pdf.engines import layers

    monkeypatch.setattr(layers.Layers, "content", lambda self, number: 1 / 0)
    page = read(tmp_path, LINES[0] + on("A", LINES[1]), "/A 1 0 R", "/OCProperties << /OCGs [1 0 R] /D << >> >>")
    assert text(page) == "補助金旧案"
    assert not page.doubts


def test_a_document_without_layers_is_not_asked_for_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from subsidy_extract.read.pdf.engines import layers

    monkeypatch.setattr(layers, "Layers", lambda *_: 1 / 0)
    assert text(read(tmp_path, LINES[0], "", "")) == "補助金"


def test_what_cannot_be_told_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from subsidy_extract.read.pdf.engines import layers

    monkeypatch.setattr(layers.Layers, "content", lambda self, number: None)
    page = read(tmp_path, LINES[0] + on("B", LINES[1]), "/B 2 0 R")
    assert "layer_unsure" in codes(page)


def test_objects_that_do_not_agree_with_the_walk_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from subsidy_extract.read.pdf.engines import ffi, layers
    from subsidy_extract.read.pdf.engines.objects import Content

    monkeypatch.setattr(layers.Layers, "content", lambda self, number: Content({ffi.TEXT: [False, True, False]}))
    page = read(tmp_path, LINES[0] + on("B", LINES[1]), "/B 2 0 R")
    assert "layer_unsure" in codes(page)


def test_layers_with_names_in_japanese_and_a_catalog_that_is_packed(tmp_path: Path) -> None:
    from subsidy_extract.read.pdf.engines.optional import LAYERS, may_have

    named = "<< /Type /OCG /Name <feff65e77248> >>"
    page = read(tmp_path, LINES[0] + on("C", LINES[1]), "/C 3 0 R", "/OCProperties << /OCGs [3 0 R] /D << /OFF [3 0 R] >> >>", (named,))
    assert text(page) == "補助金"
    assert "旧版" in page.doubts[0].detail
    packed, bad, none = tmp_path / "packed.pdf", tmp_path / "bad.pdf", tmp_path / "none.pdf"
    for path, inside in ((packed, zlib.compress(b"1 0 << /Type /Catalog /OCProperties 5 0 R >>")), (bad, b"no stream"), (none, zlib.compress(b"1 0 << /Type /Catalog >>"))):
        path.write_bytes(b"%PDF-1.7\n1 0 obj << /Type /ObjStm /Length 60 >>\nstream\r\n" + inside + b"\nendstream")
    assert [may_have(path, LAYERS) for path in (packed, bad, none)] == [True, True, False]


def test_the_reports_pictures_carry_no_glyph_of_a_hidden_layer(tmp_path: Path) -> None:
    from subsidy_extract.read.pdf.sandbox import pictures

    read(tmp_path, LINES[0] + on("B", LINES[1]), "/A 1 0 R /B 2 0 R")
    ((_, _, _, texts, _),) = pictures(tmp_path / "layers.pdf", [1])
    assert "".join(texts) == "補助金"
