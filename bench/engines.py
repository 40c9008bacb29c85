"""What each engine costs on the same pages: processor time of this process, the best of some runs, and the ratio to the floor.

    python bench/engines.py list.pdf [--runs 5]        # any PDF
    python bench/engines.py --made 120                  # a ruled list of 120 pages made by this script (needs reportlab)

Prints one line for each: seconds, milliseconds a page, times the floor (PDFium's page text alone).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np

from subsidy_extract.read.pdf import engines
from subsidy_extract.read.pdf.engines import ffi
from subsidy_extract.read.pdf.engines.oxide import Witness


def made(pages: int, path: Path) -> Path:
    """A ruled list: five columns, some 2,500 characters a page, names of no real town."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    width, height = landscape(A4)
    draw = canvas.Canvas(str(path), pagesize=(width, height))
    columns = [30, 150, 300, 560, 690, 812]
    words = ["販路開拓支援事業補助金（第{}次）", "市内に主たる事業所を有する中小企業者で、市税を滞納していないもの", "展示会出展、設備の導入及び人材の確保に要する経費の2分の1以内（上限{}00千円）を予算の範囲内で補助する。", "架空市商工課 099-000-{:04d}", "https://www.kakuu{}.example/hojo/"]
    for page in range(pages):
        draw.setFont("HeiseiKakuGo-W5", 6)
        for row in range(24):
            y = height - 40 - row * 21
            for x0, x1 in pairwise(columns):
                draw.rect(x0, y - 21, x1 - x0, 21)
            for x0, x1, text in zip(columns, columns[1:], words, strict=False):
                said = text.format(page * 24 + row)
                fits = max(1, int((x1 - x0 - 4) // 6))
                for k in range(0, len(said), fits):
                    draw.drawString(x0 + 2, y - 7 - 7 * (k // fits), said[k : k + fits])
        draw.showPage()
    draw.save()
    return path


def floor(path: Path) -> int:
    """PDFium's page text alone."""
    ffi.start()
    document = ffi.load_document(str(path).encode(), None)
    total = 0
    for index in range(ffi.page_count(document)):
        page = ffi.load_page(document, index)
        text = ffi.text_load(page)
        count = ffi.text_count(text)
        buffer = np.zeros(count + 1, np.uint16)
        total += ffi.text_get(text, 0, count, buffer.ctypes.data)
        ffi.text_close(text)
        ffi.close_page(page)
    ffi.close_document(document)
    return total


def loose_boxes_one_call_each(path: Path) -> int:
    """PDFium's boxes as the usual bindings ask for them: one call with byref for each glyph."""
    import ctypes

    import pypdfium2.raw as raw

    document = raw.FPDF_LoadDocument(str(path).encode(), None)
    total = 0
    box = raw.FS_RECTF()
    for index in range(raw.FPDF_GetPageCount(document)):
        page = raw.FPDF_LoadPage(document, index)
        text = raw.FPDFText_LoadPage(page)
        for k in range(raw.FPDFText_CountChars(text)):
            raw.FPDFText_GetLooseCharBox(text, k, ctypes.byref(box))
            total += 1
        raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(page)
    raw.FPDF_CloseDocument(document)
    return total


def engine(name: str) -> Callable[[Path], int]:
    return lambda path: sum(len(page.glyphs) for page in engines.pages(path, name))


def witness(path: Path) -> int:
    seen = Witness(path)
    total, number = 0, 1
    while (text := seen.text(number)) is not None:
        total, number = total + len(text), number + 1
    return total


def tables(path: Path) -> int:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        total = 0
        for page in pdf.pages:
            total += sum(len(t) for t in page.extract_tables())
            page.close()
    return total


SLOW = {"pdfplumber", "pdfplumber extract_tables()", "PDFium, text and a box for each glyph by byref"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdf", type=Path, nargs="?")
    parser.add_argument("--made", type=int, metavar="PAGES")
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = made(chosen.made, Path(folder) / "made.pdf") if chosen.made else chosen.pdf
        if path is None:
            parser.error("give a PDF or --made PAGES")
        pages = sum(1 for _ in engines.pages(path, "pdfium"))
        base = 0.0
        for name, run in {
            "PDFium, page text alone (the floor)": floor,
            "PDFium, text and a box for each glyph by byref": loose_boxes_one_call_each,
            "pdf_oxide, text of spans (the witness)": witness,
            "pdfium": engine("pdfium"),
            "auto (pdfium, witness, vote)": engine("auto"),
            "oxide": engine("oxide"),
            "pdfplumber": engine("pdfplumber"),
            "pdfplumber extract_tables()": tables,
        }.items():
            best, count = 1e9, 0
            for _ in range(1 if name in SLOW else chosen.runs):
                began = time.process_time()
                count = run(path)
                best = min(best, time.process_time() - began)
            base = base or best
            print(f"{name:50s} {count:9,d} {best:8.3f} s {1000 * best / pages:8.2f} ms/page {best / base:6.1f}×", flush=True)


if __name__ == "__main__":
    main()
