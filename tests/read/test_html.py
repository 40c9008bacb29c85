from __future__ import annotations

from contextlib import suppress

import pytest

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Document
from subsidy_extract.read.html import read_html
from tests.read.bags import codes, conserved, texts


def read(body: str, head: str = "", encoding: str = "utf-8") -> Document:
    page = f"<!DOCTYPE html><html><head><meta charset={encoding}>{head}</head><body>{body}</body></html>"
    document = read_html(page.encode(encoding), "list.html")
    assert conserved(document)
    return document


HEAD = "<tr><th>事業名<th>対象者<th>窓口"


@pytest.mark.parametrize("encoding", ["utf-8", "shift_jis", "euc-jp", "iso-2022-jp"])
def test_encodings(encoding: str) -> None:
    assert texts(read(f"<table>{HEAD}<tr><td>甲<td>乙<td>丙</table>", encoding=encoding).tables[0])[1] == ["甲", "乙", "丙"]


def test_spans_and_heading() -> None:
    d = read("<table><thead><tr><th rowspan=2>名<th colspan=2>窓口<tr><th>課<th>電話</thead><tr><td rowspan=2>甲<td>商工<td>1<tr><td colspan=2>なし<tr><td rowspan=0>乙<td>農政<td>2<tr><td>林務<td>3</table>")
    table = d.tables[0]
    assert table.heading_rows == 2
    assert texts(table) == [["名", "窓口", None], [None, "課", "電話"], ["甲", "商工", "1"], [None, "なし", None], ["乙", "農政", "2"], [None, "林務", "3"]]


def test_lines_white_space_and_lists() -> None:
    d = read(f"<table>{HEAD}<tr><td>一\n   行<br>二行<p>三行</p><td><ul><li>甲</li><li>乙</li></ul><td><ol><li>出展料<li>旅費<li>(3) その他</ol></table>")
    assert texts(d.tables[0])[1] == ["一 行\n二行\n三行", "甲\n乙", "1. 出展料\n2. 旅費\n(3) その他"]


def test_links() -> None:
    row = "<tr><td><a href='https://a.example/'>甲</a>と<a href='/b.html'>乙</a><td><a href='mailto:x@a.example'>メール</a><td><a href='#top'>上へ</a>"
    cells = [c for c in read(f"<table>{HEAD}{row}</table>", "<link rel=canonical href='https://www.town.misaki.example/shien/index.html'>").tables[0].rows[1].cells if c]
    assert [[(k.url, c.text[k.start : k.end]) for k in c.links] for c in cells] == [
        [("https://a.example/", "甲"), ("https://www.town.misaki.example/b.html", "乙")], [("mailto:x@a.example", "メール")], [],
    ]  # fmt: skip
    assert codes(read(f"<table>{HEAD}{row}</table>")) == ["relative_link"]


def test_what_is_not_shown() -> None:
    d = read(f"<script>document.write('<table>')</script><style>td{{}}</style><div hidden>下書き</div><table>{HEAD}<tr style='display:none'><td>消えた<td>a<td>b<tr><td>甲<!-- 注 --><td><span style='visibility: hidden'>秘</span>乙<td>丙</table>")
    assert texts(d.tables[0])[1:] == [["甲", "乙", "丙"]]
    assert sorted(x.text for x in d.left_out if x.reason == "invisible") == ["下書き", "消えたab", "秘"]
    assert codes(d) == ["hidden"]


def test_titles_captions_and_frames() -> None:
    d = read(f"<div>ホーム &gt; 産業</div><h1>みさき町支援一覧</h1><h2>設備</h2><table>{HEAD}<tr><td>甲<td>乙<td>丙</table><table role=presentation><tr><td><h2>販路</h2><table><caption>令和8年度分</caption>{HEAD}<tr><td>丁<td>戊<td>己</table><td>右の柱</table><p>※終わることがあります")
    assert d.title == "みさき町支援一覧"
    assert [t.title for t in d.tables] == ["設備", "令和8年度分"]
    assert ("※終わることがあります", "note") in [(x.text, x.reason) for x in d.left_out]


def test_definition_lists_are_cards() -> None:
    d = read("<h1>一覧</h1><h2>甲補助金</h2><dl><dt>対象者<dd>町民<dt>補助率<dd>1/2<dd>特例 2/3</dl><h2>乙補助金</h2><dl><dt>対象者<dd>町民<dt>補助率<dd>1/2</dl>")
    assert [(t.title, texts(t)) for t in d.tables] == [("甲補助金", [["対象者", "町民"], ["補助率", "1/2\n特例 2/3"]]), ("乙補助金", [["対象者", "町民"], ["補助率", "1/2"]])]


def test_boxes_of_lines_are_cards() -> None:
    card = "<div class=box><h3>{0}補助金</h3><div>■対象者：{0}の人</div><div>■補助率：ハード：1/2<br>ソフト：2/3</div><div>■窓口：商工課</div></div>"
    d = read("<h1>手引き</h1>" + card.format("甲") + card.format("乙"))
    assert [texts(t) for t in d.tables] == [[[f"{n}補助金", None], ["対象者", f"{n}の人"], ["補助率", "ハード：1/2\nソフト：2/3"], ["窓口", "商工課"]] for n in "甲乙"]


def test_cards_with_the_same_first_row_are_several() -> None:
    card = "<table><tr><th>実施機関<td>みさき町<tr><th>事業名<td>{0}<tr><th>窓口<td>商工課</table>"
    assert len(read(card.format("甲") + card.format("乙")).tables) == 2


def test_a_picture_in_an_empty_cell_is_said() -> None:
    cell = read(f"<table>{HEAD}<tr><td>甲<td>乙<td><img src=qr.png alt=QR></table>").tables[0].rows[1].cells[2]
    assert cell is not None
    assert (cell.text, cell.doubts) == ("", ("picture",))


@pytest.mark.parametrize(("page", "code"), [(b"<p>\xe6\x96\x87\xe7\xab\xa0</p>", Exit.NO_TABLE), (b"", Exit.UNREADABLE), (b"<table>" * 5000 + b"<td>a<td>b", None)])
def test_bad_pages(page: bytes, code: Exit | None) -> None:
    if code is None:  # nested beyond all measure: read or refused, never a crash
        with suppress(ExtractError):
            read_html(page, "list.html")
        return
    with pytest.raises(ExtractError) as stop:
        read_html(page, "list.html")
    assert stop.value.code is code
