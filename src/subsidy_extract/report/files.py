"""Dataset → the files of its validation report."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from subsidy_extract.corrections import Correction
from subsidy_extract.errors import ExtractError
from subsidy_extract.frame import Row
from subsidy_extract.model import Dataset
from subsidy_extract.report.data import report
from subsidy_extract.report.html import html
from subsidy_extract.report.html.build import Picture
from subsidy_extract.report.machine import junit, sarif
from subsidy_extract.settings import Options
from subsidy_extract.write import Content, dumps

if TYPE_CHECKING:
    from subsidy_extract.read.pdf.sandbox import Child

# page, WebP, (width, height) in points, texts of the glyphs, their boxes one after the other
Drawn = tuple[int, bytes, tuple[float, float], tuple[str, ...], tuple[float, ...]]
MACHINE = {"sarif": ("report.sarif", sarif), "junit": ("report.junit.xml", junit)}
SCALE = 1.5  # pixels a point: 7-point print can still be read, a page has about 100 kB
QUALITY = 45  # of WebP: clear print, no visible blocks
SHORT = 12  # pages: up to here every page is shown, beyond only those with issues that matter
# of a longer list so many pages, or a tenth of it: drawing one takes about 0.06 s, which must not be felt beside reading
MOST = 12


def report_files(
    data: Dataset, rows: Collection[Row], formats: Collection[str] = (), lang: str = "en", path: Path | None = None, options: Options | None = None,
    corrections: Sequence[Correction] = (), child: Child | None = None,
) -> dict[str, Content]:  # fmt: skip
    """Name → content of every file of the report. rows: the `ProgramRows` of the data; formats: sarif, junit, xlsx besides.

    path: the source, for pictures of its pages or its lines. corrections: those given to this run. child: the one that read
    the source, if it is still there.
    """
    drawing = drawing_of(data, path, options or Options(), child) if path else iter(())  # the child draws while the rest is made
    files: dict[str, Content] = {"report.json": dumps(report(data, rows), indent=True) + b"\n"}
    files |= {name: make(data) for form, (name, make) in MACHINE.items() if form in formats}
    if "xlsx" in formats:
        from subsidy_extract.report.spreadsheet import spreadsheet

        files["programs.xlsx"] = spreadsheet(data, rows)
    lines = lines_of(data, path) if path else None
    files["report.html"] = lambda out: out.writelines(html(data, rows, lang, pictures_of(drawing), lines, corrections))
    return files


def pages_shown(data: Dataset) -> list[int]:
    """The pages a report shows as pictures: all of a short list, else those where an error or a warning stands."""
    if data.document.source.pages <= SHORT:
        return [w.page for w in data.document.witness]
    issues = sorted((i for i in data.issues if i.severity != "info"), key=lambda i: i.severity != "error")
    pages = dict.fromkeys(p.page for i in issues for p in i.places if p.page)
    return sorted(list(pages)[: max(MOST, data.document.source.pages // 10)])


def drawing_of(data: Dataset, path: Path, options: Options, child: Child | None = None) -> Iterator[Drawn]:
    """The chosen pages of a PDF as a child draws them, with the glyphs that stand there; it begins at once."""
    if data.document.source.reader != "pdf" or not (pages := pages_shown(data)):
        return iter(())
    from subsidy_extract.read.pdf.sandbox import pictures

    return pictures(path, pages, SCALE, QUALITY, options.password, options.limits, child)


def pictures_of(drawing: Iterable[Drawn]) -> dict[int, Picture]:
    """Pages as WebP in data URIs, by their numbers."""
    found: dict[int, Picture] = {}
    try:
        for page, webp, (width, height), texts, boxes in drawing:
            uri = "data:image/webp;base64," + base64.b64encode(webp).decode()
            found[page] = Picture(page, uri, round(width, 2), round(height, 2), texts, boxes)
    except ExtractError:
        return found  # a page that was read can't be drawn within the limits: the data stands, the report says which pages it shows
    return found


def lines_of(data: Dataset, path: Path) -> list[str] | None:
    """The lines of a text source, as the places of its cells count them."""
    source = data.document.source
    if source.reader not in ("text", "csv", "tsv", "layout") or source.encoding is None:
        return None
    return path.read_bytes().decode(source.encoding, "replace").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
