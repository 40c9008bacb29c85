"""Several readers of one document: each page is read once, in order, and what stands on a neighbour's page is known."""

from __future__ import annotations

import sys
import time
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.read.pdf import engines, sandbox
from subsidy_extract.read.pdf.sandbox import read_pages
from subsidy_extract.read.pdf.shares import TURN, Share, within
from subsidy_extract.settings import Limits
from tests.read.pdf import hostile, works
from tests.read.pdf.handmade import Leaf, pdf, say


@given(st.integers(1, 50), st.integers(0, 100), st.integers(1, 5))
def test_every_page_is_one_readers(first: int, more: int, readers: int) -> None:
    shares = [list(Share(k, readers).of(first, first + more)) for k in range(readers)]
    assert sorted(n for share in shares for n in share) == list(range(first, first + more + 1))
    in_turn: list[int] = []
    turns = [iter(share) for share in shares]
    while turn := [n for share in turns for n in islice(share, TURN)]:
        in_turn += turn
    assert in_turn == list(range(first, first + more + 1))


def test_without_a_last_page_the_document_ends_it() -> None:
    assert list(within(Share(1, 2).of(1, None), 3 * TURN + 2)) == [*range(TURN + 1, 2 * TURN + 1), *range(3 * TURN + 1, 3 * TURN + 3)]


@pytest.mark.parametrize("pages", [1, TURN - 1, TURN, TURN + 1, 2 * TURN, 3 * TURN + 1])
def test_two_readers_answer_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(pdf(*(Leaf(say(f"頁{n}", 50, 200, 10)) for n in range(1, pages + 1))))
    alone = list(read_pages(path, work=works.words))
    monkeypatch.setattr(sandbox, "LARGE", 0)
    monkeypatch.setattr(sandbox, "_cores", lambda: 2)
    assert list(read_pages(path, work=works.words)) == alone == [(n, f"頁{n}") for n in range(1, pages + 1)]
    assert list(read_pages(path, work=works.words, first=(pages + 1) // 2, last=TURN + 3)) == alone[(pages - 1) // 2 : TURN + 3]


def test_the_second_reader_says_at_which_page_it_died(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(hostile.many_pages(3 * TURN))
    monkeypatch.setattr(sandbox, "LARGE", 0)
    monkeypatch.setattr(sandbox, "_cores", lambda: 2)
    pages = read_pages(path, work=works.eleventh_crashes)
    assert list(islice(pages, 10)) == list(range(1, 11))
    with pytest.raises(ExtractError, match="page 11") as error:
        next(pages)
    assert error.value.code == Exit.LIMIT


def test_a_limit_that_stops_the_second_reader_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(hostile.many_pages(3 * TURN))
    monkeypatch.setattr(sandbox, "LARGE", 0)
    monkeypatch.setattr(sandbox, "_cores", lambda: 2)
    with pytest.raises(ExtractError, match=r"page 9 .* 0\.3 s of processor time"):
        list(read_pages(path, work=works.ninth_takes_for_ever, limits=Limits(cpu_page=0.3)))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent is gone")
def test_readings_that_nobody_finishes_leave_no_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(hostile.many_pages(400))
    monkeypatch.setattr(sandbox, "LARGE", 0)
    monkeypatch.setattr(sandbox, "_cores", lambda: 2)
    pages = read_pages(path, work=works.process)
    processes = set(islice(pages, 2 * TURN))
    assert len(processes) == 2
    pages.close()  # type: ignore[attr-defined]
    until = time.monotonic() + 10
    while any(Path("/proc", str(process)).exists() for process in processes):
        assert time.monotonic() < until, "a reader lives on"
        time.sleep(0.01)


@pytest.mark.parametrize("pages", [1, TURN, TURN + 1, 2 * TURN, 3 * TURN])
def test_who_has_read_the_pages_draws_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int) -> None:
    """Nothing that was said of the pages may be taken for what is said of the pictures."""
    path = tmp_path / "list.pdf"
    path.write_bytes(pdf(*(Leaf(say(f"頁{n}", 50, 200, 10)) for n in range(1, pages + 1))))
    monkeypatch.setattr(sandbox, "LARGE", 0)
    monkeypatch.setattr(sandbox, "_cores", lambda: 2)
    child = sandbox.Child()
    assert [n for n, _ in read_pages(path, work=works.words, child=child)] == list(range(1, pages + 1))
    wanted = list(range(1, min(pages, 5) + 1))
    drawn = [(page, "".join(texts)) for page, _, _, texts, _ in sandbox.pictures(path, wanted, child=child)]
    assert drawn == [(n, f"頁{n}") for n in wanted]
    child.end()
    assert child.process.returncode == 0


def test_what_is_clipped_at_the_edge_of_a_share_is_known_from_the_neighbours_page(tmp_path: Path) -> None:
    """A spreadsheet draws a merged cell's words on both pages; the page before is another reader's."""
    path = tmp_path / "list.pdf"
    clipped = "q 0 0 400 150 re W n " + say("経営課", 50, 200, 10) + " Q " + say("次の頁", 50, 100, 10)
    words = [say("経営課", 50, 200, 10) if n == TURN else clipped if n == TURN + 1 else say("頁", 50, 200, 10) for n in range(1, TURN + 2)]
    path.write_bytes(pdf(*(Leaf(w) for w in words)))
    (page,) = engines.pages(path, "pdfium", share=Share(1, 2))
    assert [(out.text, out.reason) for out in page.left_out] == [("経営課", "clipped_duplicate")]
    (page,) = engines.pages(path, "pdfium", first=TURN + 1)  # the page before was not asked for
    assert [out.reason for out in page.left_out] == ["invisible"]
