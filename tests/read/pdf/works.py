"""Work for the reading child: functions of a module, as sandbox.read_pages asks for them."""

from __future__ import annotations

import os
import sys
import time

from subsidy_extract.model import LeftOut
from subsidy_extract.read.pdf.nouns import Line, Page, PageRead


def words(page: Page) -> tuple[int, str]:
    return page.number, "".join(page.glyphs.text)


def codes(page: Page) -> tuple[str, ...]:
    return tuple(d.code for d in page.doubts)


def noun(page: Page) -> PageRead:
    line = Line("".join(page.glyphs.text), (page.glyphs.x0[0], 1.0, 2.0, 3.0), page.glyphs.size[0])  # numpy's numbers
    return PageRead(page.number, page.width, page.height, (), (line,), page.left_out, page.witness, page.doubts)


def stray(page: Page) -> object:
    return page.glyphs  # no noun that travels


def noisy(page: Page) -> str:
    print("a library prints", flush=True)
    sys.stderr.write("and complains\n" * 100_000)
    return "heard"


def process(page: Page) -> int:
    return os.getpid()


def ninth_takes_for_ever(page: Page) -> int:
    while page.number == 9:
        pass
    return page.number


def forever(page: Page) -> None:
    while True:
        pass


def asleep(page: Page) -> None:
    time.sleep(60)


def greedy(page: Page) -> int:
    return len(bytearray(8 << 30))


def crashing(page: Page) -> None:
    os.abort()


def second_crashes(page: Page) -> int:
    if page.number == 2:
        os.abort()
    return page.number


def left(page: Page) -> tuple[LeftOut, ...]:
    return page.left_out


def eleventh_crashes(page: Page) -> int:
    if page.number == 11:
        os.abort()
    return page.number
