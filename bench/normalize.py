"""Programmes a second through all normalisers on one core, and where the time goes.

usage: normalize.py [PROGRAMMES] [--profile]   Asserts nothing. The texts are those of made.py: no two contacts, names or
URLs alike, so that the caches help as little as on a real list of that many offices.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from made import HEADS, programme

from subsidy_extract.entries import entries
from subsidy_extract.normalize import FINDERS, warm
from subsidy_extract.read import read
from subsidy_extract.record import Known, parts_of, records


def main(count: int = 2000, profile: bool = False) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "list.txt"
        source.write_text("\n".join("\t".join(row) for row in (HEADS, *(programme(i) for i in range(count)))), encoding="utf8")
        found = entries(read(source)).entries
    known = Known(fiscal_year=2026)
    warm()
    watch = cProfile.Profile() if profile else None
    if watch:
        watch.enable()
    began = time.process_time()
    records(found, known)
    took = time.process_time() - began
    if watch:
        watch.disable()
    print(f"{count} programmes in {took:.2f} s of processor time: {count / took:,.0f} a second, {1e6 * took / count:.0f} µs each")
    texts = [(p.text, p.context) for e in found for key, column in e.columns.items() for p in parts_of(key, column, known)]
    for name, finder in FINDERS.items():
        began = time.process_time()
        for text, context in texts:
            finder(text, context)
        print(f"  {name:8} {1e6 * (time.process_time() - began) / count:6.1f} µs a programme over all its columns")
    if watch:
        pstats.Stats(watch).sort_stats("tottime").print_stats(15)



if __name__ == "__main__":
    numbers = [int(a) for a in sys.argv[1:] if a.isdigit()]
    main(*numbers[:1], profile="--profile" in sys.argv)
