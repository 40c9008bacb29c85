"""`extract` of a long ruled list against pdfplumber's extract_tables() and pdfium's page text over the same pages, in one run.

usage: speed.py [PAGES|FILE.pdf] [RUNS]   Prints medians, the ratios, and what each part of a run takes; asserts nothing.
start-up: `extract` of a list of one page.
"""

from __future__ import annotations

import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar
from unittest import mock

sys.path.insert(0, str(Path(__file__).parent))
import pypdfium2
from made import ruled_list

import subsidy_extract
from subsidy_extract import pipeline
from subsidy_extract.frame import ProgramRows
from subsidy_extract.normalize import warm
from subsidy_extract.read.pdf import document, wire
from subsidy_extract.read.pdf.engines import pages as pages_of
from subsidy_extract.read.pdf.work import page_to_read
from subsidy_extract.read.reading import Reading
from subsidy_extract.report.files import report_files
from subsidy_extract.settings import Options
from subsidy_extract.write import files_of, write

T = TypeVar("T")

PLUMBER = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        page.extract_tables()
        page.close()
"""
PDFIUM = """
import sys, pypdfium2
pdf = pypdfium2.PdfDocument(sys.argv[1])
for page in pdf:
    text = page.get_textpage()
    text.get_text_range()
    text.close()
    page.close()
"""


def timed(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, processor seconds (children too), peak MB of the largest single process."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"exit {os.waitstatus_to_exitcode(status)}: {' '.join(command)}")
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def parts(source: Path, output: Path) -> dict[str, float]:
    """Processor seconds of each part of a run, one after the other in this process, libraries loaded before."""
    spent: dict[str, float] = {}

    def part(name: str, work: Callable[[], T]) -> T:
        began = time.process_time()
        done = work()
        spent[name] = spent.get(name, 0.0) + time.process_time() - began
        return done

    warm()
    list(pages_of(source, last=1))
    told: list[bytes] = []
    seen = pages_of(source)
    while (page := part("engine, witness, vote", lambda: next(seen, None))) is not None:
        read = part("geometry", partial(page_to_read, page))
        told.append(part("between the processes", partial(wire.encode, read)))
    answers = part("between the processes", lambda: [wire.decode(t) for t in told])
    with mock.patch.object(document, "read_pages", return_value=iter(answers)):
        stitched = part("stitching, lines joined", document.begin(source, Options()))
    data = part("understanding, normalising, checks", lambda: pipeline.extract(source, reading=Reading(lambda: stitched)))
    rows = part("rows, report, files", lambda: ProgramRows(data))
    part("rows, report, files", lambda: write(files_of(data, rows, report_files(data, rows, path=source)), output))
    return spent


def main(what: str = "120", runs: int = 5) -> None:
    compileall.compile_dir(Path(subsidy_extract.__file__).parent, quiet=1)  # as pip leaves an installed package, like the other two
    with tempfile.TemporaryDirectory() as folder:
        source, short = Path(folder) / "list.pdf", Path(folder) / "short.pdf"
        ruled_list(short, 1)
        if what.isdecimal():
            ruled_list(source, int(what))
        else:
            shutil.copy(what, source)
        with pypdfium2.PdfDocument(source) as pdf:
            pages = len(pdf)
        ours, start = ([sys.executable, "-m", "subsidy_extract", "extract", str(f), "-o", folder] for f in (source, short))
        others = {"start-up": start, "pdfplumber": [sys.executable, "-c", PLUMBER, str(source)], "pdfium text": [sys.executable, "-c", PDFIUM, str(source)]}
        print(f"{pages} pages, {source.stat().st_size / 1e6:.1f} MB; {runs} runs in turn")
        seen: dict[str, list[tuple[float, float, float]]] = {}
        for _ in range(runs):
            for name, command in {"extract": ours, **others}.items():
                if name == "pdfplumber" and len(seen.get(name, ())) >= 2:
                    continue  # it takes long; two runs tell
                seen.setdefault(name, []).append(timed(command))
        wall = {name: statistics.median(s[0] for s in rows) for name, rows in seen.items()}
        for name, rows in seen.items():
            cpu, peak = statistics.median(s[1] for s in rows), max(s[2] for s in rows)
            print(f"{name:12} wall {wall[name]:7.2f} s  cpu {cpu:7.2f} s  peak {peak:6.0f} MB  {1000 * wall[name] / pages:6.1f} ms a page")
        print(
            f"pdfplumber / extract {wall['pdfplumber'] / wall['extract']:.1f}   extract / pdfium text {wall['extract'] / wall['pdfium text']:.1f},"
            f" start-up aside {(wall['extract'] - wall['start-up']) / wall['pdfium text']:.1f}"
        )
        print("processor time of the parts, without start-up:")
        for name, seconds in parts(source, Path(folder) / "parts").items():
            print(f"  {name:36} {seconds:6.2f} s  {1000 * seconds / pages:6.2f} ms a page")


if __name__ == "__main__":
    main(*sys.argv[1:2], *map(int, sys.argv[2:3]))
