"""pdf_oxide's view of a page: the witness that counts every character, and an engine for a person who wants to compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.machinery import ExtensionFileLoader
from importlib.util import find_spec, module_from_spec, spec_from_loader
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.read.pdf.engines import visible
from subsidy_extract.read.pdf.engines.charmap import bag_text, mend, mend_each
from subsidy_extract.read.pdf.engines.display import Display, Floats
from subsidy_extract.read.pdf.nouns import Glyphs, Page
from subsidy_extract.read.pdf.shares import within

THIN = 3.05  # points: as paths.THIN


def _library() -> Any:
    """pdf_oxide without its asyncio wrapper, which costs 50 ms and is of no use here: the extension module alone."""
    package = find_spec("pdf_oxide")
    for folder in (package.submodule_search_locations or ()) if package else ():
        for found in sorted(Path(folder).glob("pdf_oxide*.so")) + sorted(Path(folder).glob("pdf_oxide*.pyd")):
            loader = ExtensionFileLoader("pdf_oxide.pdf_oxide", str(found))
            spec = spec_from_loader(loader.name, loader)
            if spec is not None:
                module = module_from_spec(spec)
                loader.exec_module(module)
                return module
    return import_module("pdf_oxide")


pdf_oxide: Any = _library()


class Witness:
    """The same document, open in pdf_oxide. Spans, not characters: only in spans is the text of /ActualText right."""

    def __init__(self, path: Path, password: str | None = None) -> None:
        self._document = opened(path, password)

    def text(self, number: int) -> str | None:
        """The characters of a page, white space aside, mended; None when pdf_oxide can't read it."""
        try:
            spans = self._document.extract_spans(number - 1)
        except Exception:  # whatever the binding raises: no witness, so another must be asked
            return None
        return bag_text([mend("".join(map(attrgetter("text"), spans)))])


def opened(path: Path, password: str | None) -> Any:
    """The document; ExtractError(UNREADABLE) when pdf_oxide can't open it."""
    try:
        document = pdf_oxide.PdfDocument(str(path))
        if password:
            document.authenticate(password)
        document.page_count()
    except Exception as error:
        raise ExtractError(Exit.UNREADABLE, f"{path.name}: pdf_oxide can't open it ({error})", "Try --engine auto") from error
    return document


def pages(path: Path, numbers: Iterable[int], password: str | None = None) -> Iterator[Page]:
    """The pages of these numbers. What pdf_oxide does not tell is missing: the order of the stream inside a line, links, clips,
    hidden text; text drawn twice comes once."""
    document = opened(path, password)
    count = document.page_count()
    for number in within(numbers, count):
        try:
            yield _page(document, number)
        except Exception as error:
            raise ExtractError(Exit.UNREADABLE, f"page {number} of {path.name} can't be read by pdf_oxide ({error})", "Try --engine auto") from error


def _page(document: Any, number: int) -> Page:
    index = number - 1
    x0, y0, x1, y1 = document.page_crop_box(index) or document.page_media_box(index)
    m0, n0, m1, n1 = document.page_media_box(index)
    display = Display(max(x0, m0), max(y0, n0), min(x1, m1), min(y1, n1), document.page_rotation(index) // 90 % 4)
    glyphs = _glyphs(document, index, display)
    rules, rule_rgb, areas, area_rgb = _shapes(document, index, display)
    seen = visible.seen_rules(rules, rule_rgb, np.ones(len(rules), np.intp), areas, area_rgb, np.zeros(len(areas), np.intp))
    inside = (glyphs.x1 > 0) & (glyphs.bottom > 0) & (glyphs.x0 < display.width) & (glyphs.top < display.height) & (glyphs.text != "")
    glyphs = glyphs.take(inside)
    return Page(
        number, display.width, display.height, glyphs, visible.rules_of(rules[seen]), visible.fills_of(areas, area_rgb),
        witness=bag_text(glyphs.text),
        doubts=(*visible.unknown_font(sum(1 for t in glyphs.text if t == "\ufffd"), len(glyphs), number),
                *visible.picture(number, display, len(glyphs), np.zeros((0, 4)), len(rules) + len(areas))),
    )  # fmt: skip


def _glyphs(document: Any, index: int, display: Display) -> Glyphs:
    spans = sorted(document.extract_spans(index), key=attrgetter("sequence"))
    chars = document.extract_chars(index) if any(len(s.text) != len(s.char_widths) for s in spans) else ()
    if chars or not spans:
        return _from_chars(chars or document.extract_chars(index), display)
    count = np.fromiter((len(s.text) for s in spans), np.intp, len(spans))
    width = np.fromiter(chain.from_iterable(s.char_widths for s in spans), np.float64, int(count.sum()))
    of = np.repeat(np.arange(len(spans)), count)
    left = np.array([s.bbox[0] for s in spans])
    base = np.array([s.bbox[1] for s in spans])
    size = np.array([s.font_size for s in spans], np.float64)
    ends = np.cumsum(width)
    before = np.concatenate([[0.0], ends])[np.cumsum(count) - count]
    x1 = left[of] + ends - before[of]
    texts = mend_each(list("".join(s.text for s in spans)))
    return _glyphs_at(texts, x1 - width, x1, base[of], size[of], np.ones(len(of), np.bool_), [spans[i].font_name for i in of.tolist()], display)


def _from_chars(chars: Any, display: Display) -> Glyphs:
    n = len(chars)
    box = np.fromiter(chain.from_iterable(map(attrgetter("bbox"), chars)), np.float64, 4 * n).reshape(-1, 4)
    size = np.fromiter(map(attrgetter("font_size"), chars), np.float64, n)
    base = np.fromiter(map(attrgetter("origin_y"), chars), np.float64, n)
    turned = np.fromiter(map(attrgetter("rotation_degrees"), chars), np.float64, n)
    upright = np.abs(turned - 360 * np.round(turned / 360)) < 5
    return _glyphs_at(mend_each([c.char for c in chars]), box[:, 0], box[:, 0] + box[:, 2], base, size, upright, [c.font_name for c in chars], display)


def _glyphs_at(texts: list[str], x0: Floats, x1: Floats, base: Floats, size: Floats, upright: Any, fonts: list[str], display: Display) -> Glyphs:
    size = np.abs(size)
    left, top, right, bottom = display.boxes(x0, base + visible.BELOW * size, x1, base + visible.ABOVE * size)
    known: dict[str, int] = {}
    font = np.array([known.setdefault(f, len(known)) for f in fonts], np.int32)
    reads = display.reads_right(np.ones(len(texts)), np.zeros(len(texts)))
    return Glyphs(np.array(texts, dtype=object), left, top, right, bottom, size, np.asarray(upright & reads), font)


def _shapes(document: Any, index: int, display: Display) -> tuple[Floats, Floats, Floats, Floats]:
    """(rules, their colours, areas, their colours), boxes as displayed."""
    rules: list[tuple[float, ...]] = []
    areas: list[tuple[float, ...]] = []
    for path in document.extract_paths(index):
        x, y, w, h = path["bbox"]
        thin = min(w, h) <= THIN
        if path["fill_color"]:
            (rules if thin else areas).append((x, y, x + w, y + h, *path["fill_color"]))
        if path["stroke_color"]:
            half, ink = (path["stroke_width"] or 0) / 2, path["stroke_color"]
            ops = [o["op"] for o in path["operations"]]
            if thin:
                rules.append((x - half * (h >= w), y - half * (w > h), x + w + half * (h >= w), y + h + half * (w > h), *ink))
            elif ops == ["rectangle"] or ("curve_to" not in ops and ops.count("line_to") in (3, 4)):
                rules += [(x, y - half, x + w, y + half, *ink), (x, y + h - half, x + w, y + h + half, *ink)]
                rules += [(x - half, y, x + half, y + h, *ink), (x + w - half, y, x + w + half, y + h, *ink)]
    r, a = np.array(rules, np.float64).reshape(-1, 7), np.array(areas, np.float64).reshape(-1, 7)
    return _shown(display, r), r[:, 4:], _shown(display, a), a[:, 4:]


def _shown(display: Display, rows: Floats) -> Floats:
    return np.column_stack(display.boxes(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3]))
