from __future__ import annotations

import pytest

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Document
from subsidy_extract.read.text import read_text
from tests.read.bags import codes, conserved, texts

HEAD = "事業名\t対象者\t概要\t窓口"
ROW = "省力化補助金{0}\t町内の者\t設備を補助{0}\t商工課"


def read(text: str, encoding: str = "utf-8") -> Document:
    document = read_text(text.encode(encoding), "list.txt")
    assert conserved(document)
    return document


def names(document: Document) -> list[str]:
    return [r.cells[0].text for t in document.tables for r in t.rows if r.cells[0] is not None]


def rows(*numbers: int) -> str:
    return "\n".join(ROW.format(n) for n in numbers)


def test_pages_by_headings_that_come_again() -> None:
    d = read(f"\n\n令和8年度支援制度一覧\n\n{HEAD}\n{rows(1, 2)}\n\n{HEAD}\n{rows(3)}\n\n{HEAD}\n{rows(4)}\n")
    assert d.title == "令和8年度支援制度一覧"
    assert (d.source.pages, len(d.tables), d.tables[0].pages, d.tables[0].heading_rows) == (3, 1, (1, 2, 3), 1)
    assert names(d) == ["事業名", *(f"省力化補助金{n}" for n in (1, 2, 3, 4))]
    assert [c.pieces[0].place.page for c in (r.cells[0] for r in d.tables[0].rows) if c] == [1, 1, 1, 2, 3]
    assert [c.pieces[0].place.line for c in (r.cells[0] for r in d.tables[0].rows) if c] == [5, 6, 7, 10, 13]
    assert [out.text for out in d.left_out if out.reason == "heading"] == HEAD.split("\t") * 2
    assert [w.page for w in d.witness] == [1, 2, 3]
    assert "".join(d.witness[2].text.split()).startswith("事業名対象者")


def test_a_heading_that_changes_is_kept_and_marked() -> None:
    d = read(f"{HEAD}\n{rows(1, 2)}\n\n{HEAD.replace('概要', '対象経費')}\n{rows(3)}\n")
    assert [r.heading for r in d.tables[0].rows] == [False, False, False, True, False]
    assert not [x for x in d.left_out if x.reason == "heading"]


def test_a_first_row_like_the_first_row_before_is_no_heading() -> None:
    d = read(f"{HEAD}\n川港補助金\t利用者\t支援\t港湾課\n{rows(1)}\n\n{HEAD}\n川港木材補助金\t利用者\t支援\t港湾課\n")
    assert [r.heading for r in d.tables[0].rows] == [False] * 4


def test_pages_by_form_feeds() -> None:
    d = read(f"支援一覧\n{HEAD}\n{rows(1)}\n- 1 -\n\f支援一覧\n{HEAD}\n{rows(2)}\n- 2 -\n\f")
    assert d.source.pages == 2
    assert names(d) == ["事業名", "省力化補助金1", "省力化補助金2"]
    assert sorted(x.reason for x in d.left_out if x.reason != "heading") == ["furniture", "page_number", "page_number", "title"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines(newline: str) -> None:
    assert names(read(f"{HEAD}\n{rows(1, 2)}\n".replace("\n", newline))) == ["事業名", "省力化補助金1", "省力化補助金2"]


def test_a_cell_that_goes_on_in_the_next_line() -> None:
    d = read(f"{HEAD}\n{rows(1)}\n長い名の\n補助金\t町内\t概要の\n続き\t商工課\n{rows(2)}\n")
    assert texts(d.tables[0])[2] == ["長い名の\n補助金", "町内", "概要の\n続き", "商工課"] or codes(d)
    d = read(f"{HEAD}\n{rows(1)}\n補助金\t町内\t概要の\n続き\t商工課\n{rows(2)}\n")
    assert texts(d.tables[0])[2] == ["補助金", "町内", "概要の\n続き", "商工課"]
    assert codes(d) == ["joined_lines"]


def test_the_last_cell_goes_on() -> None:
    d = read(f"{HEAD}\n{rows(1)}\nTEL 0770-00-1100\n{rows(2)}\n")
    assert texts(d.tables[0])[1][3] == "商工課\nTEL 0770-00-1100"
    assert codes(d) == ["joined_lines"]


def test_a_section_line_is_a_row_and_no_part_of_a_cell() -> None:
    d = read(f"{HEAD}\n■設備\n{rows(1, 2)}\n■販路\n{rows(3)}\n")
    assert [r[0] for r in texts(d.tables[0])] == ["事業名", "■設備", "省力化補助金1", "省力化補助金2", "■販路", "省力化補助金3"]


def test_rows_whose_empty_ends_were_cut_off_stay_two() -> None:
    d = read("事業名\t上限\t窓口\tサイト\n甲補助金\t500\t商工課 0770-00-1100\thttps://a.example/\n乙補助金\t300\n丙補助金\t200\t農政課 0770-00-1101\n丁補助金\t100\t商工課 0770-00-1100\thttps://b.example/\n")
    assert [r[0] for r in texts(d.tables[0])] == ["事業名", "甲補助金", "乙補助金", "丙補助金", "丁補助金"]
    assert codes(d) == ["ragged_row", "ragged_row"]


def test_ragged_rows_are_kept() -> None:
    d = read(f"{HEAD}\n{rows(1, 2)}\n余る補助金\t町内\t概要\t窓口\t余り\n")
    assert texts(d.tables[0])[3] == ["余る補助金", "町内", "概要", "窓口", "余り"]
    assert codes(d) == ["ragged_row"]


def test_a_row_that_a_page_break_cuts() -> None:
    cut = f"{HEAD}\n{rows(1)}\n切れる補助金\t町内\t概要のま\n\f{HEAD}\nん中\t商工課\n{rows(2)}\n"
    d = read(cut)
    row = d.tables[0].rows[2]
    assert [c.text for c in row.cells if c] == ["切れる補助金", "町内", "概要のまん中", "商工課"]
    assert row.cells[2] is not None
    assert [(p.text, p.place.page) for p in row.cells[2].pieces] == [("概要のま", 1), ("ん中", 2)]
    assert names(d) == ["事業名", "省力化補助金1", "切れる補助金", "省力化補助金2"]
    assert names(read(cut.replace(f"\f{HEAD}\n", "\f"))) == names(d)


def test_quotes() -> None:
    d = read('事業名\t概要\n"二行の\n補助金"\t"""引用""あり"\n"かごの鳥"という事業\t開いたまま"\n')
    assert texts(d.tables[0])[1:] == [["二行の\n補助金", '"引用"あり'], ['"かごの鳥"という事業', '開いたまま"']]


def test_an_unclosed_quote_swallows_nothing() -> None:
    d = read('事業名\t概要\t窓口\n"開いたままの補助金\t甲\t商工課\n乙補助金\t乙\t商工課\n丙補助金\t丙"\t商工課\n')
    assert len(d.tables[0].rows) == 4


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(delimiter: str) -> None:
    d = read(delimiter.join(("事業名", "上限", "窓口")) + "\n" + delimiter.join(("甲補助金", '"3,000; 2,000"', "商工課")) + "\n")
    assert texts(d.tables[0])[1] == ["甲補助金", "3,000; 2,000", "商工課"]


def test_titles_sections_and_notes_of_csv() -> None:
    d = read("令和8年度支援一覧,,,\n令和8年4月1日現在,,,\nNo.,事業名,上限,窓口\n１　設備,,,\n1,甲補助金,500,商工課\n2,乙補助金,300,商工課\n※上限は千円,,,\n")
    assert d.title == "令和8年度支援一覧"
    assert [r[0] for r in texts(d.tables[0])] == ["No.", "１　設備", "1", "2"]
    assert [(x.text, x.reason) for x in d.left_out][-1] == ("※上限は千円", "note")
    assert d.source.reader == "csv"


def test_two_tables_with_headings_of_their_own() -> None:
    d = read("県の制度\n事業名\t窓口\n甲\t商工課\n乙\t商工課\n\n市の制度\n事業名\t対象\t窓口\n丙\t市民\t商工課\n丁\t市民\t商工課\n")
    assert [(t.title, t.width, len(t.rows)) for t in d.tables] == [(None, 2, 3), ("市の制度", 3, 3)]


def test_a_character_that_an_encoding_lost() -> None:
    d = read("事業名,補助率\n甲補助金,?\n乙は何ですか?,1/2\nhttps://a.example/?x=1,2/3\n", "cp932")
    assert [(x.code, x.places[0].line) for x in d.doubts] == [("lost_character", 2)]


@pytest.mark.parametrize("text", ["ただの文章です。\n表はありません。\n", "一つだけ"])
def test_no_table(text: str) -> None:
    with pytest.raises(ExtractError) as stop:
        read(text)
    assert stop.value.code is Exit.NO_TABLE
