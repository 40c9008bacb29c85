"""`extract` of a long ruled list against pdfplumber's extract_tables() and pdfium's page text over the same pages, in one run.

usage: speed.py [PAGES] [RUNS]   Prints medians, the ratios, and the parts of a run; asserts nothing.
"""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from made import ruled_list

import subsidy_extract

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


def main(pages: int = 120, runs: int = 5) -> None:
    compileall.compile_dir(Path(subsidy_extract.__file__).parent, quiet=1)  # as pip leaves an installed package, like the other two
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "list.pdf"
        programmes = ruled_list(source, pages)
        ours = [sys.executable, "-m", "subsidy_extract", "extract", str(source), "-o", folder]
        others = {"pdfplumber": [sys.executable, "-c", PLUMBER, str(source)], "pdfium text": [sys.executable, "-c", PDFIUM, str(source)]}
        print(f"{pages} pages, {programmes} programmes, {source.stat().st_size / 1e6:.1f} MB; {runs} runs in turn")
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
        print(f"pdfplumber / extract {wall['pdfplumber'] / wall['extract']:.1f}   extract / pdfium text {wall['extract'] / wall['pdfium text']:.1f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
