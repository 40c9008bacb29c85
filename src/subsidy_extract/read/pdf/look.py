"""The picture of a page + what was read of it → the picture with words, rules, cells, owners and programme numbers on it."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from subsidy_extract.model import BBox, LeftOut
from subsidy_extract.read.pdf.nouns import PageRead

Colour = tuple[int, int, int]
CELL: Colour = (30, 90, 220)
SPAN: Colour = (120, 40, 200)
LINE: Colour = (20, 150, 60)
WORD: Colour = (150, 200, 160)
PROSE: Colour = (230, 140, 0)
LEFT_OUT: Colour = (220, 20, 40)
RULE: Colour = (0, 170, 190)
NUMBER: Colour = (200, 0, 130)
LEGEND = (("cell", CELL), ("merged cell", SPAN), ("word", WORD), ("line in a cell", LINE), ("line in no cell", PROSE), ("left out", LEFT_OUT), ("rule", RULE), ("programme", NUMBER))


@dataclass(frozen=True, slots=True)
class Known:
    """What the whole document says of one page, boxes in points as displayed. numbers: (programme, box of its text here).
    owned: the boxes of the cells whose words stand here, also of rows that began on the page before. left_out: what is in
    no cell of the list, and why."""

    numbers: tuple[tuple[int, BBox], ...] = ()
    owned: tuple[BBox, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def draw(png: bytes, page: PageRead, words: tuple[BBox, ...] = (), rules: tuple[BBox, ...] = (), known: Known | None = None) -> bytes:
    """PNG → PNG of the same size. words, rules: boxes in points. known: None where the document is no list.

    Blue is a cell, violet one that spans several rows or columns, light green a word, green a line that a cell owns, orange
    a line that none owns, red what was left out with its reason, turquoise a rule, pink the number of a programme.
    """
    known = known or Known(left_out=page.left_out)
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    scale = picture.width / page.width if page.width else 1.0
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(max(9.0, 6 * scale))
    thin = max(1, round(scale / 2))
    for box in words:
        pen.rectangle(_pixels(box, scale, -1), outline=WORD, width=thin)
    for read in page.grids:
        for cell in read.cells:
            spans = cell.box.row_span > 1 or cell.box.col_span > 1
            pen.rectangle(_pixels(cell.box.bbox, scale, -2 * thin), outline=SPAN if spans else CELL, width=thin * 2)  # inside its rules
            pen.text(_pixels(cell.box.bbox, scale)[:2], f"{cell.box.row},{cell.box.col}", fill=CELL, font=font)
            for line in cell.lines:
                pen.rectangle(_pixels(line.bbox, scale), outline=LINE, width=thin)
    told = [out.place.bbox for out in known.left_out if out.place.bbox is not None]
    for line in page.prose:
        if any(_holds(box, line.bbox) for box in known.owned):
            pen.rectangle(_pixels(line.bbox, scale), outline=LINE, width=thin)
        elif not any(_holds(box, line.bbox) for box in told):
            pen.rectangle(_pixels(line.bbox, scale), outline=PROSE, width=thin * 2)
    for box in rules:
        pen.rectangle(_pixels(box, scale), outline=RULE, width=thin)
    for out in known.left_out:
        if out.place.bbox is not None:
            pen.rectangle(_pixels(out.place.bbox, scale, 1), outline=LEFT_OUT, width=thin)
            left, upper, right, _ = _pixels(out.place.bbox, scale, 1)
            wide = pen.textlength(out.reason, font=font) + 2
            pen.text((right - wide if right - left > 3 * wide else right + 2, upper), out.reason, fill=LEFT_OUT, font=font)
    large = ImageFont.load_default(max(12.0, 10 * scale))
    for number, box in known.numbers:
        pen.rectangle(_pixels(box, scale, 3 * thin), outline=NUMBER, width=thin * 2)
        x, y = _pixels(box, scale)[:2]
        wide = pen.textlength(str(number), font=large) + 6 * thin
        x -= wide if x > wide else 0  # beside the row, so that its words can be read; where the page has no margin, on it
        pen.text((x, y), str(number), fill=NUMBER, font=large, stroke_width=max(1, round(scale)), stroke_fill=(255, 255, 255))
    _legend(pen, font)
    out_file = io.BytesIO()
    picture.save(out_file, "PNG")
    return out_file.getvalue()


def _holds(box: BBox, line: BBox) -> bool:
    """Whether the middle of a line stands in a box."""
    x, y = (line[0] + line[2]) / 2, (line[1] + line[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _legend(pen: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> None:
    x = 4.0
    for word, colour in LEGEND:
        _, _, width, height = pen.textbbox((0, 0), word, font=font)
        pen.rectangle((x - 2, 2, x + width + 2, height + 6), fill=(255, 255, 255), outline=colour)
        pen.text((x, 3), word, fill=colour, font=font)
        x += width + 10


def _pixels(box: BBox, scale: float, grow: float = 0.0) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = (v * scale for v in box)
    left, upper = x0 - grow, top - grow
    return left, upper, max(left, x1 + grow), max(upper, bottom + grow)
