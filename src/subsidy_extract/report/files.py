"""Dataset → the files of its validation report."""

from __future__ import annotations

import base64
import io
from collections.abc import Collection, Sequence
from pathlib import Path

from subsidy_extract.corrections import Correction
from subsidy_extract.frame import Row
from subsidy_extract.model import Dataset
from subsidy_extract.report.data import report
from subsidy_extract.report.html import html
from subsidy_extract.report.html.build import Picture
from subsidy_extract.report.machine import junit, sarif
from subsidy_extract.settings import Options
from subsidy_extract.write import dumps

MACHINE = {"sarif": ("report.sarif", sarif), "junit": ("report.junit.xml", junit)}
SCALE = 1.5  # pixels a point: 7-point print can still be read, a page has about 100 kB
SHORT = 12  # pages: up to here every page is shown, beyond only those with issues that matter
MOST = 24  # pictures in one report


def report_files(
    data: Dataset, rows: list[Row], formats: Collection[str] = (), lang: str = "en", path: Path | None = None, options: Options | None = None,
    corrections: Sequence[Correction] = (),
) -> dict[str, bytes]:  # fmt: skip
    """Name → content of every file of the report. rows: `program_rows` of the data; formats: sarif, junit, xlsx besides.

    path: the source, for pictures of its pages or its lines. corrections: those given to this run.
    """
    files = {"report.json": (dumps(report(data, rows), indent=1) + "\n").encode()}
    pictures = pictures_of(data, path, options or Options()) if path else {}
    files["report.html"] = html(data, rows, lang, pictures, lines_of(data, path) if path else None, corrections)
    files |= {name: make(data) for form, (name, make) in MACHINE.items() if form in formats}
    if "xlsx" in formats:
        from subsidy_extract.report.spreadsheet import spreadsheet

        files["programs.xlsx"] = spreadsheet(data, rows)
    return files


def pages_shown(data: Dataset) -> list[int]:
    """The pages a report shows as pictures: all of a short list, else those where an error or a warning stands."""
    if data.document.source.pages <= SHORT:
        return [w.page for w in data.document.witness]
    issues = sorted((i for i in data.issues if i.severity != "info"), key=lambda i: i.severity != "error")
    pages = dict.fromkeys(p.page for i in issues for p in i.places if p.page)
    return sorted(list(pages)[:MOST])


def pictures_of(data: Dataset, path: Path, options: Options) -> dict[int, Picture]:
    """The chosen pages of a PDF, rendered once in the child, as WebP."""
    if data.document.source.reader != "pdf":
        return {}
    from PIL import Image

    from subsidy_extract.read.pdf.sandbox import render

    pictures = {}
    for page in pages_shown(data):
        png, (width, height) = render(path, page, SCALE, options.password, options.limits)
        out = io.BytesIO()
        Image.open(io.BytesIO(png)).convert("RGB").save(out, "WEBP", quality=45, method=2)
        uri = "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode()
        pictures[page] = Picture(page, uri, round(width / SCALE, 2), round(height / SCALE, 2))
    return pictures


def lines_of(data: Dataset, path: Path) -> list[str] | None:
    """The lines of a text source, as the places of its cells count them."""
    source = data.document.source
    if source.reader not in ("text", "csv", "tsv", "layout") or source.encoding is None:
        return None
    return path.read_bytes().decode(source.encoding, "replace").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
