"""Whatever a PDF does to its reader, it does to a child; here it is an exit code and one line."""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Doubt, LeftOut, Place
from subsidy_extract.read.pdf import child, wire
from subsidy_extract.read.pdf.engines import pdfium
from subsidy_extract.read.pdf.nouns import Grid, GridBox, GridCell, GridRead, Line, PageRead
from subsidy_extract.read.pdf.sandbox import read_pages, render
from subsidy_extract.settings import Limits
from tests.read.pdf import hostile, works
from tests.read.pdf.handmade import Leaf, pdf, say

SMALL = Limits(memory=600 << 20, cpu_page=1.5, cpu=4, wall=30, pages=100)
GOOD = pdf(Leaf(say("一頁目の文字", 50, 50)), Leaf(say("二頁目の文字", 50, 50)), Leaf(say("三頁目の文字", 50, 50)))


@pytest.fixture
def made(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(data: bytes) -> Path:
        path = tmp_path / "list.pdf"
        path.write_bytes(data)
        return path

    return write


def stopped(path: Path, work: Callable[..., object] = works.words, **more: object) -> ExtractError:
    with pytest.raises(ExtractError) as error:
        list(read_pages(path, work=work, **{"limits": SMALL, **more}))  # type: ignore[arg-type]
    assert "\n" not in str(error.value)
    assert error.value.hint
    assert "Traceback" not in str(error.value)
    return error.value


# ── what works ───────────────────────────────────────────────────────────────────────────────────
def test_pages_come_one_by_one(made: Callable[[bytes], Path]) -> None:
    assert list(read_pages(made(GOOD), work=works.words)) == [(1, "一頁目の文字"), (2, "二頁目の文字"), (3, "三頁目の文字")]


@pytest.mark.parametrize("engine", ["oxide", "pdfium", "pdfplumber"])
def test_engines_and_pages_that_are_asked_for(made: Callable[[bytes], Path], engine: str) -> None:
    assert list(read_pages(made(GOOD), work=works.words, engine=engine, first=2, last=2)) == [(2, "二頁目の文字")]


def test_nouns_travel(made: Callable[[bytes], Path]) -> None:
    first, *_ = read_pages(made(GOOD), work=works.noun)
    assert isinstance(first, PageRead)
    assert first.prose == (Line("一頁目の文字", (50.0, 1.0, 2.0, 3.0), 10.0),)


def test_what_a_library_prints_is_heard_nowhere(made: Callable[[bytes], Path], capfd: pytest.CaptureFixture[str]) -> None:
    assert list(read_pages(made(GOOD), work=works.noisy)) == ["heard"] * 3
    assert capfd.readouterr() == ("", "")


def test_a_reading_that_nobody_finishes_leaves_no_child(made: Callable[[bytes], Path]) -> None:
    pages = read_pages(made(GOOD), work=works.words)
    assert next(iter(pages)) == (1, "一頁目の文字")
    child = pages.gi_frame.f_locals["child"]  # type: ignore[attr-defined]
    pages.close()  # type: ignore[attr-defined]
    assert child.process.returncode is not None


def test_a_picture(made: Callable[[bytes], Path]) -> None:
    png, size = render(made(GOOD), 2, 1.5)
    assert size == (600, 450)
    assert png.startswith(b"\x89PNG")
    with pytest.raises(ExtractError) as error:
        render(made(GOOD), 4)
    assert error.value.code == Exit.USAGE


# ── limits ───────────────────────────────────────────────────────────────────────────────────────
def test_processor_time_of_a_page(made: Callable[[bytes], Path]) -> None:
    error = stopped(made(GOOD), works.forever, limits=replace(SMALL, cpu_page=0.5))
    assert (error.code, "page 1" in error.message) == (Exit.LIMIT, True)


def test_processor_time_of_the_document(made: Callable[[bytes], Path]) -> None:
    error = stopped(made(GOOD), works.forever, limits=replace(SMALL, cpu_page=20, cpu=1))
    assert (error.code, "1 s of processor time" in error.message) == (Exit.LIMIT, True)


def test_time(made: Callable[[bytes], Path]) -> None:
    began = time.monotonic()
    assert stopped(made(GOOD), works.asleep, limits=replace(SMALL, wall=1.5)).code == Exit.LIMIT
    assert time.monotonic() - began < 10


def test_memory(made: Callable[[bytes], Path]) -> None:
    error = stopped(made(GOOD), works.greedy)
    assert (error.code, "memory" in error.message) == (Exit.LIMIT, True)


def test_pages(made: Callable[[bytes], Path]) -> None:
    path = made(hostile.many_pages(30))
    error = stopped(path, limits=replace(SMALL, pages=20))
    assert (error.code, "30 pages" in error.message) == (Exit.LIMIT, True)
    assert len(list(read_pages(path, work=works.words, first=5, last=24, limits=replace(SMALL, pages=20)))) == 20


def test_a_mistake_of_the_work_is_one_line(made: Callable[[bytes], Path]) -> None:
    error = stopped(made(GOOD), works.stray)
    assert "does not travel" in error.message


def test_a_crash_says_at_which_page(made: Callable[[bytes], Path]) -> None:
    pages = read_pages(made(GOOD), work=works.second_crashes, engine="pdfium")
    assert next(pages) == 1
    with pytest.raises(ExtractError, match="page 2") as error:
        next(pages)
    assert error.value.code == Exit.LIMIT


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_page_that_was_being_read_is_named(made: Callable[[bytes], Path], number: int) -> None:
    """Though pages come one behind: what the line says to leave out is what has to be left out."""
    path = made(hostile.nested_at(number, 3))
    error = stopped(path, limits=replace(SMALL, cpu_page=0.5))
    assert (error.code, f"page {number} of" in error.message, "--max-page-seconds" in error.hint) == (Exit.LIMIT, True, True), error
    rest = (1, number - 1) if number > 1 else (2, 3)
    assert len(list(read_pages(path, work=works.words, first=rest[0], last=rest[1]))) == rest[1] - rest[0] + 1


def test_a_picture_has_the_time_of_a_page(made: Callable[[bytes], Path]) -> None:
    with pytest.raises(ExtractError, match=r"page 2 of .* 0\.5 s") as error:
        render(made(hostile.nested_at(2, 3)), 2, limits=replace(SMALL, cpu_page=0.5, cpu=20))
    assert error.value.code == Exit.LIMIT


def test_the_page_that_was_being_worked_on_is_named(made: Callable[[bytes], Path]) -> None:
    path = made(hostile.many_pages(12))
    error = stopped(path, works.ninth_takes_for_ever, limits=replace(SMALL, cpu_page=0.5))
    assert "page 9 of" in error.message, error


def test_no_room_for_the_libraries_is_a_limit(made: Callable[[bytes], Path]) -> None:
    error = stopped(made(GOOD), limits=replace(SMALL, memory=64 << 20))
    assert (error.code, "64 MB" in error.message, "--max-memory" in error.hint) == (Exit.LIMIT, True, True), error


@pytest.mark.parametrize("name", sorted(hostile.BOMBS.keys() - {"looping_tree", "nested_forms", "flate_bomb"}))
def test_a_bomb_is_an_exit_code_or_harmless(made: Callable[[bytes], Path], name: str) -> None:
    path = made(hostile.BOMBS[name]())
    began = time.monotonic()
    assert outcome(path) in ("read", Exit.LIMIT, Exit.UNREADABLE)
    assert time.monotonic() - began < 25


def outcome(path: Path) -> str | Exit:
    try:
        return "read" if len(list(read_pages(path, work=works.codes, limits=SMALL))) <= 1 else "more pages than there are"
    except ExtractError as error:
        return error.code


def test_half_a_million_rectangles(made: Callable[[bytes], Path]) -> None:
    assert outcome(made(hostile.many_rectangles())) in ("read", Exit.LIMIT)


def test_bombs_that_are_stopped(made: Callable[[bytes], Path]) -> None:
    """The limits are what stops them: each of these was seen to take all it can get."""
    assert {name: outcome(made(hostile.BOMBS[name]())) for name in ("looping_tree", "nested_forms", "flate_bomb")} == dict.fromkeys(("looping_tree", "nested_forms", "flate_bomb"), Exit.LIMIT)


# ── what can't be read ───────────────────────────────────────────────────────────────────────────
def test_no_file(tmp_path: Path) -> None:
    assert stopped(tmp_path / "none.pdf").code == Exit.UNREADABLE


UNREADABLE = {
    "empty": (b"", "empty"),
    "a web page": (b"<!DOCTYPE html>\n<html><body>not found</body></html>", "web page"),
    "a web page with a mark": (b"\xef\xbb\xbf\n<html lang='ja'>", "web page"),
    "a web page in UTF-16": ("<!DOCTYPE html>\n<html>".encode("utf-16"), "web page"),
    "a web page about PDF": (b"<!-- saved --><html><body>%PDF-1.4 is a format", "web page"),
    "something else": (b"PK\x03\x04 rubbish", "no PDF"),
    "a head alone": (b"%PDF-1.7\n", "cut off"),
    "rubbish after the head": (b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"\n%%EOF", "damaged"),
    "cut in the middle": (GOOD[: len(GOOD) // 2], "cut off"),
    "its end cut off": (GOOD[:-40], "cut off"),
}


@pytest.mark.parametrize(("data", "says"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_whole_pdf(made: Callable[[bytes], Path], data: bytes, says: str) -> None:
    error = stopped(made(data))
    assert (error.code, says in error.message) == (Exit.UNREADABLE, True), error


def test_no_pages(made: Callable[[bytes], Path]) -> None:
    from tests.read.pdf.handmade import Pdf

    out = Pdf()
    out.add("<< /Type /Pages /Count 0 /Kids [] >>")
    error = stopped(made(out.bytes(out.add("<< /Type /Catalog /Pages 1 0 R >>"))))
    assert (error.code, "no pages" in error.message) == (Exit.UNREADABLE, True)


def test_pages_that_are_not_there(made: Callable[[bytes], Path]) -> None:
    assert stopped(made(GOOD), first=4).code == Exit.USAGE


FIXTURES = Path(__file__).parents[3] / "fixtures" / "pdf-locked"


def test_encrypted() -> None:
    path = FIXTURES / "source.pdf"
    error = stopped(path)
    assert (error.code, "--password" in error.hint) == (Exit.UNREADABLE, True)
    error = stopped(path, password="wrong")
    assert (error.code, "password" in error.message) == (Exit.UNREADABLE, True)


@pytest.mark.parametrize("engine", ["auto", "pdfium", "oxide", "pdfplumber"])
def test_encrypted_with_the_password(engine: str) -> None:
    ((number, text),) = read_pages(FIXTURES / "source.pdf", work=works.words, engine=engine, password="himitsu")
    assert (number, text) == (1, "鍵のかかった一覧")


def test_a_password_that_nobody_asked_for(made: Callable[[bytes], Path]) -> None:
    assert len(list(read_pages(made(GOOD), work=works.words, password="wrong"))) == 3


def test_a_password_is_tried_in_the_form_that_files_are_locked_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half-width katakana or a decomposed letter from a keyboard; Acrobat locks with what RFC 4013 makes of them."""
    tried: list[str | None] = []

    @contextmanager
    def locked(path: Path, password: str | None = None) -> Iterator[tuple[int, int]]:
        tried.append(password)
        if password != "パス1":
            raise ExtractError(Exit.UNREADABLE, "locked", "Check --password")
        yield 0, 1

    monkeypatch.setattr(pdfium, "document", locked)
    assert child._needed(Path("list.pdf"), "ﾊﾟｽ①") == "パス1"
    assert tried == ["ﾊﾟｽ①", "パス1"]
    with pytest.raises(ExtractError):
        child._needed(Path("list.pdf"), "wrong")


def test_a_pdf_that_speaks_of_html(made: Callable[[bytes], Path]) -> None:
    data = GOOD.replace(b"%PDF-1.7\n", b"%PDF-1.7\n%<html><table>\n", 1)
    assert len(list(read_pages(made(data), work=works.words))) == 3


def test_a_damaged_table_of_parts_is_said(made: Callable[[bytes], Path]) -> None:
    data = GOOD.replace(b"startxref\n", b"startxref\n9")
    first, *_ = read_pages(made(data), work=works.codes)
    assert "damaged_pdf" in first


# ── what travels ─────────────────────────────────────────────────────────────────────────────────
PAGE = PageRead(
    3, 595.0, 842.0,
    (GridRead(
        Grid((0.0, 1.0), (0.0, 2.0), (GridBox(0, 0, 1, 2, (0.0, 0.0, 1.0, 2.0)),), True, False, True, None),
        (GridCell(GridBox(0, 0, 1, 2, (0.0, 0.0, 1.0, 2.0)), (Line("補助", (0.0, 1.0, 2.0, 3.0), 9.5, True),), (("https://x.example/", 0, 0, 2),), ("overflow",)),),
    ),),
    (Line("題名", (0.0, 1.0, 2.0, 3.0), 12.0, vertical=True),),
    (LeftOut("隠", Place(page=3, bbox=(1.0, 2.0, 3.0, 4.0)), "invisible"),), "補助題名隠", (Doubt("disputed_page", "why", (Place(page=3),), None),),
)  # fmt: skip


def test_a_page_comes_back_as_it_went() -> None:
    assert wire.decode(wire.encode(PAGE)) == PAGE


def test_a_grid_comes_back_from_its_columns() -> None:
    one, two = GridBox(0, 0, 1, 2, (0.0, 0.0, 1.0, 2.0)), GridBox(1, 0, 1, 1, (0.0, 2.0, 1.0, 3.5))
    three = GridBox(1, 1, 1, 1, (1.0, 2.0, 2.0, 3.5))
    lines = Line("補助", (0.0, 1.0, 2.0, 3.0), 9.5, True, edges=(1.0, 2.1)), Line("縦", (0.1, 1.0, 2.0, 3.0), 9.0, vertical=True, edges=(0.3,))
    cells = GridCell(one, ()), GridCell(two, lines, (("https://x.example/", 0, 0, 2),)), GridCell(three, lines[1:], (), ("overflow",))
    read = GridRead(Grid((0.0, 1.0, 2.0), (0.0, 2.0, 3.5), (one, two, three), False, open_bottom=True, heading_rows=1), cells)
    back = wire.decode(wire.encode(read))
    assert back == read
    assert repr(back) == repr(read)  # 1.0 is no 1, True is no 1
    assert wire.decode(wire.encode(GridRead(Grid((0.0,), (0.0,), (), True), ()))) == GridRead(Grid((0.0,), (0.0,), (), True), ())


@pytest.mark.parametrize("payload", [print, Path("x"), ExtractError(Exit.LIMIT, "x")], ids=["function", "path", "error"])
def test_a_pickle_that_names_code_is_refused(payload: object) -> None:
    with pytest.raises(ValueError, match="names"):
        wire.decode(pickle.dumps(payload))


@pytest.mark.parametrize("data", [b"", b"rubbish", pickle.dumps([99, 1]), pickle.dumps(PAGE.number)[:-1]])
def test_nonsense_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no plain data"):
        wire.decode(data)


def test_what_does_not_travel_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        wire.encode(object())


@pytest.mark.parametrize(
    ("loaded", "spared"),
    [("child work engines.vote engines.pdfium engines.oxide", ("regex", "subsidy_extract.compiled", "pdfplumber")), ("stitch document", ("subsidy_extract.read.pdf.grid",)), ("document sandbox", ("numpy", "subsidy_extract.model"))],
)
def test_what_one_side_alone_needs_the_other_does_not_load(loaded: str, spared: tuple[str, ...]) -> None:
    """The start is part of every run: the patterns are the parent's, finding grids is the child's, and the child is started before
    its parent loads anything large."""
    modules = ", ".join(f"subsidy_extract.read.pdf.{m}" for m in loaded.split())
    code = f"import sys, {modules}; print([m for m in {spared!r} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
