"""What colours and areas don't tell of words is told by the drawn page; what was painted out and written anew is whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from subsidy_extract.read.pdf import engines
from subsidy_extract.read.pdf.engines import eye
from subsidy_extract.read.pdf.nouns import Page
from tests.read.pdf.handmade import Leaf, box, line, pdf, say

ROW = say("No. 7", 20, 200, font="H")  # Helvetica: PDFium can draw it on any machine
SHADE = "<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 400 0] /Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /C0 [{0}] /C1 [{1}] /N 1 >> >>"
DARK, PALE = SHADE.format("0 0 .3", "0 0 .5"), SHADE.format("1 1 1", "1 1 1")
HATCH = "<< /Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 8 8] /XStep 8 /YStep 8 /Resources << >> /Length 22 >>\nstream\n0 0 m 8 8 l .2 w 0 G S\nendstream"
VEIL = "<< /Type /XObject /Subtype /Form /BBox [0 0 400 300] /Group << /S /Transparency /CS /DeviceGray >> /Length 51 >>\nstream\n0 g 0 0 400 300 re f 1 g 150 0 250 300 re f         \nendstream"
"""A soft mask that hides what stands left of 150."""
STENCIL = "q 0 0 .4 rg 100 0 0 20 90 195 cm BI /W 1 /H 1 /IM true /D [1 0] /F /AHx ID 80> EI Q\n"


def read(tmp_path: Path, content: str, **more: str) -> Page:
    path = tmp_path / "made.pdf"
    resources = f"/Shading << /D {DARK} /P {PALE} >> /Pattern << /S << /PatternType 2 /Shading {DARK} >> /H 1 0 R >> /ExtGState << /T << /ca .9 >> /M << /SMask << /S /Luminosity /G 2 0 R >> >> >>"
    path.write_bytes(pdf(Leaf(content, resources=resources, **more), first=(HATCH, VEIL)))  # type: ignore[arg-type]
    return next(iter(engines.pages(path)))


def text(page: Page) -> str:
    return "".join(page.glyphs.text)


def out(page: Page) -> list[tuple[str, str]]:
    return [(o.text, o.reason) for o in page.left_out]


WHITE_WORDS = say("50000", 100, 200, font="H", before="1 g")


@pytest.mark.parametrize(
    "ground",
    [
        "q 90 195 100 20 re W n /D sh Q\n",
        "q /Pattern cs /S scn 90 195 100 20 re f Q\n",
        line(90, 205, 190, 205, "20 w 0 0 .5 RG"),
        "q 100 0 0 20 90 195 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 20> EI Q\n",
        STENCIL,
        box(90, 195, 100, 20, "f", "/T gs 0 g"),
    ],
)
def test_white_words_on_something_dark_that_is_no_plain_area(tmp_path: Path, ground: str) -> None:
    page = read(tmp_path, ROW + ground + WHITE_WORDS)
    assert (text(page), out(page)) == ("No. 750000", [])


@pytest.mark.parametrize("ground", ["", box(90, 195, 100, 20, "f", "1 g"), "q 90 195 100 20 re W n /P sh Q\n", STENCIL.replace("90 195", "90 100")])
def test_white_words_on_white(tmp_path: Path, ground: str) -> None:
    page = read(tmp_path, ROW + ground + WHITE_WORDS)
    assert (text(page), out(page)) == ("No. 7", [("50000", "invisible")])


def test_words_filled_with_a_gradient_are_seen(tmp_path: Path) -> None:
    assert text(read(tmp_path, ROW + say("50000", 100, 200, font="H", before="/Pattern cs /S scn"))) == "No. 750000"


def test_white_letters_with_a_dark_outline_are_seen(tmp_path: Path) -> None:
    assert text(read(tmp_path, ROW + say("50000", 100, 200, font="H", before="1 g 0 G .3 w 2 Tr"))) == "No. 750000"


VEILS = {
    "soft mask": "/M gs",
    "clip with a hole": "0 0 390 290 re 95 190 50 30 re W* n",
    "clip of two boxes": "95 190 4 40 re 140 190 4 40 re W n",
}


@pytest.mark.parametrize("veil", VEILS.values(), ids=VEILS.keys())
def test_words_that_a_mask_or_the_shape_of_a_clip_hides(tmp_path: Path, veil: str) -> None:
    page = read(tmp_path, ROW + f"q {veil}\n" + say("50000", 100, 200, font="H") + "Q\n" + say("99", 300, 200, font="H"))
    assert (text(page), out(page)) == ("No. 799", [("50000", "invisible")])


@pytest.mark.parametrize("veil", ["/M gs", "0 0 390 290 re 95 190 50 30 re W* n", "150 190 40 30 re 200 190 40 30 re W n"])
def test_words_beside_what_a_mask_or_a_clip_hides(tmp_path: Path, veil: str) -> None:
    page = read(tmp_path, ROW + f"q {veil}\n" + say("50000", 155, 200, font="H") + "Q\n")
    assert (text(page), out(page)) == ("No. 750000", [])


OLD = say("30000", 100, 200, font="H")
COVERS = {
    "stroke": line(95, 203, 150, 203, "12 w 1 G"),
    "polygon": "q 1 g 95 196 m 150 196 l 150 205 l 150 212 l 120 212 l 95 212 l h f Q\n",
    "shading": "q 95 196 55 16 re W n /P sh Q\n",
    "box": box(95, 196, 55, 16, "f", "1 g"),
}


@pytest.mark.parametrize("cover", COVERS.values(), ids=COVERS.keys())
@pytest.mark.parametrize(("new", "hidden"), [("77", "30000"), ("35000", "30000"), ("99000", "30000"), ("30000", None)])
def test_words_painted_out_and_written_anew(tmp_path: Path, cover: str, new: str, hidden: str | None) -> None:
    """PDFium drops characters of the new words that the old have in the same place."""
    page = read(tmp_path, ROW + OLD + cover + say(new, 100, 200, font="H"))
    assert text(page) == "No. 7" + new
    assert out(page) == ([(hidden, "invisible")] if hidden else [])


def test_what_is_written_anew_in_the_middle(tmp_path: Path) -> None:
    page = read(tmp_path, ROW + say("1/2 A", 100, 200, font="H") + COVERS["box"] + say("2/2 B", 100, 200, font="H") + say("C", 200, 200, font="H"))
    assert text(page) == "No. 72/2 BC"


def test_what_is_written_anew_beside_the_old_places_has_no_more_characters(tmp_path: Path) -> None:
    page = read(tmp_path, ROW + say("11 - 22", 100, 200, font="H") + COVERS["box"] + say("777 - 2", 98, 200, font="H"))
    assert text(page) == "No. 7777 - 2"


@pytest.mark.parametrize("over", [box(95, 196, 55, 16, "f", "/Pattern cs /H scn"), "q 0 0 1 RG 4 w 95 190 m 150 190 l S Q\n", "q 1 g 0 0 m 390 0 l 390 290 l 380 0 l h f Q\n"])
def test_words_that_show_through_or_beside_what_is_drawn_over_them(tmp_path: Path, over: str) -> None:
    assert text(read(tmp_path, ROW + OLD + over)) == "No. 730000"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_page_is_looked_at_as_it_is_displayed(tmp_path: Path, turn: int) -> None:
    more = f"/Rotate {turn} /CropBox [10 20 380 280]"
    page = read(tmp_path, ROW + "q 90 195 100 20 re W n /D sh Q\n" + WHITE_WORDS + say("99", 300, 100, font="H", before="1 g"), more=more)
    assert (text(page), out(page)) == ("No. 750000", [("99", "invisible")])


def test_texts_over_each_other_are_held_back_one_after_the_other() -> None:
    boxes = np.array([[0, 0, 10, 10], [5, 0, 15, 10], [20, 0, 30, 10], [0, 5, 30, 15]], float)
    assert eye._apart(boxes, np.array([0, 1, 2, 3])) == [[0, 2], [1], [3]]
