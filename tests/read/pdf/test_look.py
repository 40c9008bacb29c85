"""The picture of a page, and what is drawn on it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import LeftOut, Place
from subsidy_extract.pipeline import known_of, looked
from subsidy_extract.read.pdf.look import CELL, LEFT_OUT, LINE, NUMBER, PROSE, RULE, SPAN, WORD, Known, draw
from subsidy_extract.read.pdf.nouns import Grid, GridBox, GridCell, GridRead, Line, PageRead
from subsidy_extract.read.pdf.render import picture
from subsidy_extract.settings import Limits, Options
from tests.read.pdf.handmade import Leaf, box, pdf
from tests.read.pdf.hostile import nested_at


def shown(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def test_the_picture_is_the_page_as_displayed(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf(Leaf(box(0, 0, 50, 100, "f", "1 0 0 rg"), (0, 0, 200, 100), "/Rotate 90")))
    png, size = picture(path, 1, 2.0)
    image = shown(png)
    assert size == image.size == (200, 400)
    assert image.getpixel((100, 50)) == (255, 0, 0)  # the left half, turned clockwise, is the upper half
    assert image.getpixel((100, 300)) == (255, 255, 255)


def test_each_kind_has_its_colour() -> None:
    blank = io.BytesIO()
    Image.new("RGB", (400, 300), (255, 255, 255)).save(blank, "PNG")
    boxes = (GridBox(0, 0, 1, 1, (10.0, 40.0, 60.0, 60.0)), GridBox(0, 1, 2, 1, (60.0, 40.0, 120.0, 90.0)))
    cells = (GridCell(boxes[0], (Line("補助", (12.0, 42.0, 40.0, 52.0), 10),)), GridCell(boxes[1], ()))
    page = PageRead(
        1, 200.0, 150.0, (GridRead(Grid((10, 60, 120), (40, 60, 90), boxes, True), cells),), (Line("題", (10.0, 20.0, 40.0, 30.0), 10),),
        (LeftOut("3", Place(page=1, bbox=(90.0, 140.0, 100.0, 148.0)), "page_number"),), "", (),
    )  # fmt: skip
    out = shown(draw(blank.getvalue(), page, ((12.0, 42.0, 40.0, 52.0),), ((130.0, 100.0, 190.0, 101.0),), Known(((7, (140.0, 40.0, 190.0, 90.0)),), (), page.left_out)))
    assert out.size == (400, 300)
    below = out.crop((0, 30, 400, 300))  # under the legend
    colours = {colour for _, colour in below.getcolors(1 << 20) or ()}
    assert {CELL, SPAN, WORD, LINE, PROSE, LEFT_OUT, NUMBER, RULE} <= colours


@pytest.mark.parametrize(("left", "inside"), [(50.0, False), (0.0, True)])  # points: a page with a margin, and one without
def test_the_number_of_a_programme_covers_no_words_where_there_is_room_beside_it(left: float, inside: bool) -> None:
    blank = io.BytesIO()
    Image.new("RGB", (400, 200), (255, 255, 255)).save(blank, "PNG")
    page = PageRead(1, 200.0, 100.0, (), (), (), "", ())
    out = shown(draw(blank.getvalue(), page, known=Known(((88, (left, 40.0, 190.0, 90.0)),))))

    def inked(area: tuple[int, int, int, int]) -> bool:
        return NUMBER in {colour for _, colour in out.crop(area).getcolors(1 << 20) or ()}

    at = int(2 * left)
    assert inked((at + 6, 86, at + 100, 170)) is inside
    assert inside or inked((0, 86, at - 6, 170))


def test_a_page_is_drawn_whatever_another_page_does(tmp_path: Path) -> None:
    """The second page takes for ever; of the third, asked for, that is said and no more."""
    path = tmp_path / "list.pdf"
    path.write_bytes(nested_at(2, 3))
    options = Options(limits=Limits(cpu_page=1.0))
    png, stop = looked(path, 3, 1.0, options)
    assert shown(png).size == (400, 300)
    assert stop is not None and "page 2" in stop.message
    with pytest.raises(ExtractError, match="page 2") as error:
        looked(path, 2, 1.0, options)
    assert error.value.code == Exit.LIMIT


def test_the_rest_of_a_row_of_the_page_before_is_its_programmes() -> None:
    source = Path(__file__).parents[3] / "fixtures" / "pdf-rules-cut" / "source.pdf"
    known = known_of(source, 2, Options())
    assert known is not None
    assert [number for number, _ in known.numbers] == [5, 6, 7, 8]
    ((x0, top, x1, bottom),) = [box for number, box in known.numbers if number == 5]
    assert any(x0 <= box[0] and box[2] <= x1 and top <= box[1] and box[3] <= bottom for box in known.owned)
    assert [out.reason for out in known.left_out] == ["page_number"]
