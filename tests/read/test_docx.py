from __future__ import annotations

import io
import zipfile

import docx
import pytest

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Document
from subsidy_extract.read.docx import read_docx
from subsidy_extract.read.docxparts import numeral
from tests.read.bags import codes, conserved, texts

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/>
<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""


def package(body: str, numbering: str = NUMBERING, links: dict[str, str] | None = None) -> bytes:
    """A Word file with this body."""
    out = io.BytesIO()
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("_rels/.rels", f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{rel}/officeDocument" Target="word/document.xml"/></Relationships>')
        z.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        z.writestr("word/numbering.xml", numbering)
        z.writestr("word/_rels/document.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + "".join(f'<Relationship Id="{k}" Type="{rel}/hyperlink" Target="{v}" TargetMode="External"/>' for k, v in (links or {}).items()) + "</Relationships>")
    return out.getvalue()


def p(*runs: str, props: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{''.join(r if r.startswith('<') else f'<w:r><w:t>{r}</w:t></w:r>' for r in runs)}</w:p>"


def tc(content: str, props: str = "") -> str:
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, props: str = "") -> str:
    return f"<w:tr><w:trPr>{props}</w:trPr>{''.join(c if c.startswith(('<w:tc', '<w:sdt')) else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


HEAD = tr("事業名", "対象者", "窓口", props="<w:tblHeader/>")


def read(body: str, **more: dict[str, str]) -> Document:
    document = read_docx(package(body, **more), "list.docx")  # type: ignore[arg-type]
    assert conserved(document)
    return document


def test_merges_down_and_across() -> None:
    d = read(tbl(HEAD, tr(tc("設備", '<w:vMerge w:val="restart"/>'), "甲", "商工課"), tr(tc(p(), "<w:vMerge/>"), tc("乙と窓口", '<w:gridSpan w:val="2"/>')), tr("販路", "丙", "農政課")))
    table = d.tables[0]
    assert table.heading_rows == 1
    assert texts(table)[1:] == [["設備", "甲", "商工課"], [None, "乙と窓口", None], ["販路", "丙", "農政課"]]
    assert [(c.row_span, c.col_span) for c in (table.rows[1].cells[0], table.rows[2].cells[1]) if c] == [(2, 1), (1, 2)]


def test_breaks_tabs_and_paragraphs() -> None:
    cell = tc(p("<w:r><w:t>一行</w:t><w:br/><w:t>二行</w:t><w:tab/><w:t>欄</w:t></w:r>") + p("三行"))
    assert texts(read(tbl(HEAD, tr(cell, "乙", "丙"))).tables[0])[1][0] == "一行\n二行\t欄\n三行"


def test_what_is_deleted_or_hidden_is_left_out() -> None:
    cell = tc(p("残る", "<w:del><w:r><w:delText>消した</w:delText></w:r></w:del>", "<w:ins><w:r><w:t>足した</w:t></w:r></w:ins>", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隠した</w:t></w:r>", "<w:moveFrom><w:r><w:t>移した</w:t></w:r></w:moveFrom>"))
    d = read(tbl(HEAD, tr(cell, "乙", "丙"), tr("消えた行", "乙", "丙", props="<w:del/>")))
    assert texts(d.tables[0])[1:] == [["残る足した", "乙", "丙"]]
    assert sorted(x.text for x in d.left_out) == ["消えた行乙丙", "移した", "隠した"]
    assert codes(d) == ["hidden"]


def test_links() -> None:
    by_relation = tc(p("詳細は", '<w:hyperlink r:id="k1"><w:r><w:t>こちら</w:t></w:r></w:hyperlink>'))
    field = "".join(f"<w:r>{x}</w:r>" for x in ('<w:fldChar w:fldCharType="begin"/>', '<w:instrText> HYPERLINK "https://b.example/" </w:instrText>', '<w:fldChar w:fldCharType="separate"/>', "<w:t>ここ</w:t>", '<w:fldChar w:fldCharType="end"/>'))
    d = read(tbl(HEAD, tr(by_relation, tc(f"<w:p>{field}</w:p>"), "丙")), links={"k1": "https://a.example/"})
    assert [(k.url, c.text[k.start : k.end]) for c in d.tables[0].rows[1].cells if c for k in c.links] == [("https://a.example/", "こちら"), ("https://b.example/", "ここ")]


def test_list_numbers_are_what_a_person_sees() -> None:
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
    assert texts(read(tbl(HEAD, tr(tc(p("出展料", props=item) + p("旅費", props=item)), "乙", "丙"))).tables[0])[1][0] == "① 出展料\n② 旅費"


@pytest.mark.parametrize(("n", "kind", "text"), [(3, "decimal", "3"), (12, "decimalFullWidth", "１２"), (2, "aiueoFullWidth", "イ"), (4, "upperRoman", "IV"), (27, "lowerLetter", "aa"), (21, "japaneseCounting", "二十一"), (3, "irohaFullWidth", "ハ")])
def test_numerals(n: int, kind: str, text: str) -> None:
    assert numeral(n, kind) == text


def test_titles_sections_and_notes() -> None:
    d = read(p("令和8年度支援一覧") + p("１　設備の支援") + tbl(HEAD, tr("甲", "乙", "丙")) + p("２　販路の支援") + tbl(HEAD, tr("丁", "戊", "己")) + p("※予告なく終わります"))
    assert d.title == "令和8年度支援一覧"
    assert [t.title for t in d.tables] == ["１　設備の支援", "２　販路の支援"]
    assert [(x.text, x.reason) for x in d.left_out][-1] == ("※予告なく終わります", "note")


def test_a_table_cut_in_two_goes_on_where_its_heading_comes_again() -> None:
    d = read(tbl(HEAD, tr("甲", "乙", "丙")) + p() + tbl(HEAD, tr("丁", "戊", "己")))
    assert [r[0] for r in texts(d.tables[0])] == ["事業名", "甲", "丁"]


def test_text_boxes_are_read_once() -> None:
    box = "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent><w:p><w:r><w:t>枠の題名の一覧</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>枠の題名の一覧</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    d = read(p(box) + tbl(HEAD, tr("甲", "乙", "丙")))
    assert d.title == "枠の題名の一覧"


def test_a_table_inside_a_cell_is_its_lines() -> None:
    inner = tc(tbl(tr(tc("通常"), tc("50万円")), tr(tc("特例"), tc("80万円"))) + p())
    assert texts(read(tbl(HEAD, tr("甲", inner, "丙"), tr("乙", "長い説明がここに書かれている", "長い窓口の名前"))).tables[0])[1][1] == "通常 50万円\n特例 80万円"


def test_cards_of_lines() -> None:
    card = lambda name: p(name) + p(f"■対象者：{name}の人") + p("■補助率：1/2") + p("■窓口：商工課")  # noqa: E731
    d = read(p("支援の手引き") + card("甲補助金") + card("乙補助金"))
    assert [texts(t) for t in d.tables][1] == [["乙補助金", None], ["対象者", "乙補助金の人"], ["補助率", "1/2"], ["窓口", "商工課"]]


def test_no_table_and_no_word_file() -> None:
    for data, code in ((package(p("文章だけ")), Exit.NO_TABLE), (b"PK\x03\x04", Exit.UNREADABLE), (package("</w:body>"), Exit.UNREADABLE)):
        with pytest.raises(ExtractError) as stop:
            read_docx(data, "list.docx")
        assert stop.value.code is code


def test_a_file_of_python_docx() -> None:
    made = docx.Document()
    made.add_heading("支援一覧", 1)
    table = made.add_table(2, 3)
    for cell, text in zip([*table.rows[0].cells, *table.rows[1].cells], ["事業名", "対象", "窓口", "甲", "乙", "丙"], strict=True):
        cell.text = text
    out = io.BytesIO()
    made.save(out)
    d = read_docx(out.getvalue(), "list.docx")
    assert conserved(d)
    assert d.title == "支援一覧"
