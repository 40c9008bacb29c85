"""Start-up and the text list, as processor time of the whole process: `--help` against a bare Python, and `extract` of raw/kagoshima-r8.txt.

Prints the median of several runs and ratios within this run; asserts nothing.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = [sys.executable, "-m", "subsidy_extract"]


def spent(command: list[str]) -> tuple[float, float, float]:
    """Processor seconds (user and system, children too), peak MB of the largest process and wall seconds of one run."""
    import time

    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, time.perf_counter() - began


def median(command: list[str], runs: int = 7) -> tuple[float, float, float]:
    spent(command)
    seen = [spent(command) for _ in range(runs)]
    return (statistics.median(s[0] for s in seen), max(s[1] for s in seen), statistics.median(s[2] for s in seen))


def main() -> None:
    with tempfile.TemporaryDirectory() as out:
        rows = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "--help": [*PROGRAM, "--help"],
            "parse '3分の2以内'": [*PROGRAM, "parse", "3分の2以内（上限額：500万円）"],
            "extract kagoshima-r8.txt": [*PROGRAM, "extract", str(ROOT / "raw/kagoshima-r8.txt"), "-o", out],
            "extract kagoshima-r8-print.pdf": [*PROGRAM, "extract", str(ROOT / "raw/kagoshima-r8-print.pdf"), "-o", out],
        }
        bare = None
        for name, command in rows.items():
            cpu, peak, wall = median(command)
            bare = bare or cpu
            print(f"{name:32} cpu {cpu:6.3f} s  wall {wall:6.3f} s  peak {peak:6.1f} MB  {cpu / bare:5.1f} x bare python")


if __name__ == "__main__":
    main()
