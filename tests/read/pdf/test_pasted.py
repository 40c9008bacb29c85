"""What a picture was pasted over is not seen; a seal whose ground lets the words show hides nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from subsidy_extract.read.pdf import engines
from subsidy_extract.read.pdf.nouns import Page
from tests.read.pdf.handmade import Leaf, pdf, say

OLD, NEW, REST = say("電話 0123-45-6780", 50, 200), say("電話 0123-45-6789", 50, 200), say("対象者", 50, 150)
WHITE = "BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI"


def stream(data: str, more: str) -> str:
    return f"<< /Type /XObject /Subtype /Image {more} /Length {len(data)} >>\nstream\n{data}\nendstream"


def read(tmp_path: Path, content: str, first: tuple[str, ...] = ()) -> Page:
    path = tmp_path / "pasted.pdf"
    path.write_bytes(pdf(Leaf(content, resources="/XObject << /I 1 0 R >> /ExtGState << /M << /BM /Multiply >> /T << /ca 0.4 >> >>" if first else ""), first=first))
    return next(iter(engines.pages(path)))


def at(drawn: str, before: str = "", matrix: str = "200 0 0 16 45 196") -> str:
    return f"q {before} {matrix} cm {drawn} Q\n"


def text(page: Page) -> str:
    return "".join("".join(page.glyphs.text).split())


@pytest.mark.parametrize("new", [NEW, OLD])
def test_words_pasted_over_and_written_anew(tmp_path: Path, new: str) -> None:
    page = read(tmp_path, OLD + at(WHITE) + new + REST)
    assert text(page) == ("電話0123-45-6789対象者" if new is NEW else "電話0123-45-6780対象者")
    assert [o.reason for o in page.left_out] == (["invisible"] if new is NEW else [])


def test_words_over_a_picture_are_seen(tmp_path: Path) -> None:
    assert text(read(tmp_path, at(WHITE) + OLD)) == "電話0123-45-6780"


def test_a_picture_that_its_clip_cuts_off_hides_nothing(tmp_path: Path) -> None:
    assert text(read(tmp_path, OLD + "q 300 0 10 10 re W n " + at(WHITE) + "Q\n")) == "電話0123-45-6780"


SEAL = stream("\x80\x80", "/Width 2 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray {more}")
HALF = stream("\xff\x00", "/Width 2 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray")  # solid on the left, nothing on the right


@pytest.mark.parametrize(("more", "before", "seen"), [
    ("", "", "対象者"), ("", "/M gs", "電話0123-45-6780対象者"), ("", "/T gs", "電話0123-45-6780対象者"), ("/SMask 2 0 R", "", "80対象者"),
])  # fmt: skip
def test_what_a_picture_lets_through_is_seen(tmp_path: Path, more: str, before: str, seen: str) -> None:
    shown = read(tmp_path, OLD + REST + at("/I Do", before, "160 0 0 16 45 196"), (SEAL.format(more=more), HALF))
    assert text(shown) == seen
