"""The name of an engine and a file → its pages, read with care: voted on, and what was clipped told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Doubt, LeftOut, Place
from subsidy_extract.read.pdf.engines.charmap import bag_text
from subsidy_extract.read.pdf.engines.optional import ANNOTATIONS, LAYERS, may_have
from subsidy_extract.read.pdf.nouns import Glyphs, Page
from subsidy_extract.read.pdf.shares import WHOLE, Share

if TYPE_CHECKING:  # each engine is loaded where it reads
    from subsidy_extract.read.pdf.engines.layers import Layers

Pages = Callable[[Path, Iterable[int], str | None], Iterator[Page]]
"""(path, page numbers, ascending: those after the last page are not read, password)."""
Witness = Callable[[int], str | None]
NAMES = ("auto", "oxide", "pdfium", "pdfplumber")


def pages(
    path: Path, engine: str = "auto", first: int = 1, last: int | None = None, password: str | None = None, share: Share = WHOLE,
    begun: Callable[[int], object] = int,
) -> Iterator[Page]:  # fmt: skip
    """Pages first to last, or a reader's share of them, as `engine` sees them; auto: PDFium reads, pdf_oxide is the witness,
    pdfplumber judges. begun: told the number of each page that is about to be read (which page is given lags behind by one).
    ExtractError(UNREADABLE) for what can't be opened, (USAGE) for another name."""
    read = of(engine)

    def told(numbers: Iterable[int]) -> Iterator[int]:
        for number in numbers:
            begun(number)
            yield number

    def words(number: int) -> str:
        if number < first or (last is not None and number > last):
            return ""
        return next((words_of(page) for page in read(path, told((number,)), password)), "")

    found = read(path, told(share.of(first, last)), password)
    if may_have(path, ANNOTATIONS):
        from subsidy_extract.read.pdf.engines.annots import with_annotations

        found = with_annotations(found, path, password)
    return duplicates_told(found, words)


def of(engine: str) -> Pages:
    """The function behind a name. Loads what that engine needs and a witness that is another engine, no more."""
    if engine == "auto":
        return voted
    if engine == "pdfium":
        from subsidy_extract.read.pdf.engines import pdfium  # noqa: F401 (loaded before the child forks)

        return _witnessed(alone, by_oxide)
    if engine == "oxide":
        from subsidy_extract.read.pdf.engines import oxide

        return _witnessed(_all_layers(oxide.pages), by_pdfium)
    if engine == "pdfplumber":
        from subsidy_extract.read.pdf.engines import plumber

        return _witnessed(_all_layers(plumber.pages), by_oxide)
    raise ExtractError(Exit.USAGE, f"no engine is called {engine}", f"Use one of {', '.join(NAMES)}")


def voted(path: Path, numbers: Iterable[int], password: str | None) -> Iterator[Page]:
    """PDFium's pages, each held against pdf_oxide; pdfplumber, which costs the most, is loaded when they differ."""
    from subsidy_extract.read.pdf.engines.vote import settled

    def judge(number: int) -> Page:
        from subsidy_extract.read.pdf.engines import plumber

        for page in plumber.pages(path, (number,), password):
            return page
        raise ExtractError(Exit.UNREADABLE, f"pdfplumber finds no page {number}")

    return settled(alone(path, numbers, password), by_oxide(path, password), judge)


def alone(path: Path, numbers: Iterable[int], password: str | None) -> Iterator[Page]:
    """PDFium's pages, no vote."""
    from subsidy_extract.read.pdf.engines import pdfium

    return pdfium.pages(path, numbers, password, lambda: switched_off(path, password))


def switched_off(path: Path, password: str | None) -> Layers | None:
    """The layers of a document, where some are switched off. pdfminer is loaded for documents that have layers."""
    if not may_have(path, LAYERS):
        return None
    from subsidy_extract.read.pdf.engines.layers import Layers

    try:
        layers = Layers(path, password)
    except Exception:  # pdfminer raises KeyError, TypeError, RecursionError … on damaged files
        return None
    return layers if layers.off else None


def _all_layers(read: Pages) -> Pages:
    """An engine that is told of no layer: where some are switched off, that is said of each page."""

    def pages(path: Path, numbers: Iterable[int], password: str | None) -> Iterator[Page]:
        layers = switched_off(path, password)
        for page in read(path, numbers, password):
            content = layers.content(page.number) if layers else None
            if layers is None or (content is not None and not content.any_off()):
                yield page
                continue
            place = Place(page=page.number, bbox=(0.0, 0.0, page.width, page.height))
            said = f"page {page.number} has layers that are switched off, which this engine reads like the others"
            yield replace(page, doubts=(*page.doubts, Doubt("layer_unsure", said, (place,))))

    return pages


def _witnessed(read: Pages, witness: Callable[[Path, str | None], Witness]) -> Pages:
    """An engine alone, no vote; what another engine saw goes with each page all the same, so that the count is no echo."""

    def pages(path: Path, numbers: Iterable[int], password: str | None) -> Iterator[Page]:
        from subsidy_extract.read.pdf.engines.vote import testified

        saw = witness(path, password)
        for page in read(path, numbers, password):
            text = saw(page.number)
            yield page if text is None else testified(page, text)

    return pages


def by_oxide(path: Path, password: str | None) -> Witness:
    """What pdf_oxide sees of a page; None for every page of a file that it can't open."""
    from subsidy_extract.read.pdf.engines import oxide

    try:
        return oxide.Witness(path, password).text
    except ExtractError:
        return lambda number: None


def by_pdfium(path: Path, password: str | None) -> Witness:
    from subsidy_extract.read.pdf.engines import pdfium

    def text(number: int) -> str | None:
        return next((page.witness for page in pdfium.pages(path, (number,), password)), None)

    return text


def duplicates_told(pages: Iterable[Page], words: Callable[[int], str]) -> Iterator[Page]:
    """What a clip cuts off is a duplicate if the same line is seen on a neighbouring page (a spreadsheet draws a merged
    cell's text on both pages it spans) or at the same place of this one; else it is text that nobody sees. One page is
    held back. words: number → what is seen on a page that is not among `pages` (another reader's share), asked for where
    it matters."""
    before: tuple[int, str] = (-1, "")
    held: Page | None = None
    for page in pages:
        if held is not None:
            yield _told(held, before, (page.number, words_of(page)), words)
            before = (held.number, words_of(held))
        held = page
    if held is not None:
        yield _told(held, before, (-1, ""), words)


def words_of(page: Page) -> str:
    return bag_text(page.glyphs.text.tolist())


def _told(page: Page, before: tuple[int, str], after: tuple[int, str], words: Callable[[int], str]) -> Page:
    if not any(out.reason == "clipped_duplicate" for out in page.left_out):
        return page
    above = before[1] if before[0] == page.number - 1 else words(page.number - 1)
    below = after[1] if after[0] == page.number + 1 else words(page.number + 1)
    seen = f"{above}\n{below}"
    told: list[LeftOut] = []
    for line in _lines(page.left_out):
        clipped = all(out.reason == "clipped_duplicate" for out in line)
        if clipped and bag_text(out.text for out in line) not in seen and not all(_drawn_there(page.glyphs, out) for out in line):
            line = [replace(out, reason="invisible") for out in line]
        told += line
    return replace(page, left_out=tuple(told))


def _lines(left_out: Iterable[LeftOut]) -> list[list[LeftOut]]:
    """Pieces that a clip cut off, those that follow each other on one line together."""
    out: list[list[LeftOut]] = []
    for piece in left_out:
        one, other = out[-1][-1].place.bbox if out else None, piece.place.bbox
        beside = one is not None and other is not None and abs(one[1] - other[1]) < 1 and abs(other[0] - one[2]) < 0.3 * (one[3] - one[1])
        if beside and piece.reason == out[-1][-1].reason == "clipped_duplicate":
            out[-1].append(piece)
        else:
            out.append([piece])
    return out


def _drawn_there(g: Glyphs, out: LeftOut) -> bool:
    """Whether the page shows the same at the same place: a page that was printed in bands draws a text in each."""
    box = out.place.bbox
    return box is not None and bool(((g.text == out.text[:1]) & (np.abs(g.x0 - box[0]) < 1) & (np.abs(g.top - box[1]) < 1)).any())
