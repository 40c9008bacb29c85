"""Two of three win; the rest is said."""

from __future__ import annotations

import numpy as np
import pytest

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import LeftOut, Place
from subsidy_extract.read.pdf.engines.charmap import bag
from subsidy_extract.read.pdf.engines.vote import difference, settled, vote
from subsidy_extract.read.pdf.nouns import Fills, Glyphs, Page, Rules


def page(text: str, *left_out: tuple[str, str], number: int = 1) -> Page:
    n = len(text)
    x = np.arange(n) * 10.0
    none = np.zeros(0)
    glyphs = Glyphs(np.array(list(text), dtype=object), x, np.zeros(n), x + 10, np.full(n, 10.0), np.full(n, 10.0), np.ones(n, bool), np.zeros(n, np.int32))
    outs = tuple(LeftOut(words, Place(page=number, bbox=(0.0, 0.0, 500.0, 20.0)), reason) for words, reason in left_out)
    return Page(number, 500, 300, glyphs, Rules(none, none, none, none), Fills(none, none, none, none, np.zeros((0, 3))), left_out=outs)


def nobody(number: int) -> Page:
    raise AssertionError("the judge is asked only when two differ")


def judge(text: str, *left_out: tuple[str, str]) -> object:
    return lambda number: page(text, *left_out, number=number)


def broken(number: int) -> Page:
    raise ExtractError(Exit.UNREADABLE, "page 1 can't be read by pdfplumber (KeyError)")


def words(p: Page) -> str:
    return "".join(p.glyphs.text)


def whole(p: Page) -> bool:
    return bag(p.witness) == bag(words(p) + "".join(o.text for o in p.left_out))


def test_all_agree() -> None:
    out = vote(page("補助 金A"), "A金補助", nobody)
    assert (words(out), out.doubts) == ("補助 金A", ())
    assert whole(out)


def test_the_judge_saw_what_the_reader_saw() -> None:
    out = vote(page("補助金"), "補助", judge("補助金"))  # type: ignore[arg-type]
    assert (words(out), out.doubts) == ("補助金", ())
    assert whole(out)


def test_the_judge_saw_what_the_witness_saw() -> None:
    out = vote(page("補助"), "補助金", judge("補助金"))  # type: ignore[arg-type]
    assert (words(out), out.doubts) == ("補助金", ())
    assert whole(out)


def test_the_judges_page_keeps_hidden_what_the_reader_knows_to_be_hidden() -> None:
    out = vote(page("補", ("隠", "invisible")), "補隠助", judge("補隠助"))  # type: ignore[arg-type]
    assert words(out) == "補助"
    assert [(o.text, o.reason) for o in out.left_out] == [("隠", "invisible")]
    assert whole(out)


def test_three_opinions_are_a_doubt_with_its_place() -> None:
    out = vote(page("補助N"), "補助", judge("補助n"))  # type: ignore[arg-type]
    assert words(out) == "補助N"
    (doubt,) = out.doubts
    assert doubt.code == "disputed_page"
    assert doubt.places[0].page == 1
    assert "N" in doubt.detail
    assert "n" in doubt.detail
    assert out.witness == "補助"  # what the other saw is kept: the count that follows shows the difference


def test_a_judge_that_fails() -> None:
    out = vote(page("補助"), "補助金", broken)
    (doubt,) = out.doubts
    assert doubt.code == "disputed_page"
    assert "KeyError" in doubt.detail


def test_no_witness_the_judge_agrees() -> None:
    out = vote(page("補助"), None, judge("補助"))  # type: ignore[arg-type]
    assert (out.doubts, out.witness) == ((), "補助")


def test_no_witness_the_judge_differs() -> None:
    (doubt,) = vote(page("補助"), None, judge("補助金")).doubts  # type: ignore[arg-type]
    assert doubt.code == "disputed_page"


def test_nobody_else_can_read_the_page() -> None:
    (doubt,) = vote(page("補助"), None, broken).doubts
    assert "can't read" in doubt.detail


@pytest.mark.parametrize("seen", ["補助", "補助隠", "補助太", "補助隠太", "補助隠太外"])
def test_what_nobody_sees_may_be_seen_by_the_witness_or_not(seen: str) -> None:
    out = vote(page("補助", ("隠", "invisible"), ("太", "fake_bold"), ("外", "outside")), seen, nobody)
    assert out.doubts == ()
    assert whole(out)


def test_a_character_lost_by_the_reader_is_never_taken_for_one_left_out() -> None:
    assert difference(page("補", ("助", "invisible")), "補助助").missing == {"助": 1}


def test_a_character_that_could_not_be_named_stands_for_one() -> None:
    assert not difference(page("12～3"), "12\ufffd3")
    assert difference(page("12～3"), "12\ufffd\ufffd3")
    assert difference(page("12～34"), "12\ufffd3")


def test_a_judge_without_a_name_for_a_character_confirms_none() -> None:
    """PDFium takes a glyph that is mapped to nothing for the character of its code; the second engine sees nothing there."""
    out = vote(page("中Å企業"), "中企業", lambda number: page("中\ufffd企業", number=number))
    assert [d.code for d in out.doubts] == ["disputed_page"]


def test_a_glyph_that_the_others_take_for_white_space_stays_a_character_without_a_name() -> None:
    out = vote(page("10\ufffd円"), "10円", lambda number: page("10 円", number=number))
    assert ("".join(out.glyphs.text), out.doubts) == ("10\ufffd円", ())


def test_each_page_is_voted_on() -> None:
    pages = [page("一", number=1), page("二", number=2), page("三", number=3)]
    told = {1: "一", 2: "弐", 3: "三"}
    asked: list[int] = []

    def third(number: int) -> Page:
        asked.append(number)
        return page("弐", number=number)

    out = list(settled(pages, told.get, third))
    assert [words(p) for p in out] == ["一", "弐", "三"]
    assert asked == [2]
