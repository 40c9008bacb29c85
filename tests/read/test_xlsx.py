from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Document
from subsidy_extract.read.xlsx import read_xlsx
from tests.read.bags import codes, conserved, texts

HEAD = ["事業名", "上限", "窓口"]


def book(*sheets: tuple[str, list[list[object]]]) -> Workbook:
    made = Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return made


def data_of(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(made: Workbook) -> Document:
    document = read_xlsx(data_of(made), "list.xlsx")
    assert conserved(document)
    return document


def first(made: Workbook) -> Worksheet:
    sheet = made.worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_numbers_and_dates_as_a_person_sees_them() -> None:
    made = book(("一覧", [HEAD, ["甲", 3000, dt.date(2026, 4, 1)], ["乙", 0.5, dt.time(9, 30)], ["丙", 1500000, 12], ["丁", True, "文字"]]))
    sheet = first(made)
    for at, code in (("B2", '"上限"#,##0"千円"'), ("C2", '[$-411]ggge"年"m"月"d"日"'), ("B3", "0%"), ("C3", "h:mm"), ("B4", "#,##0"), ("C5", '@"（直通）"')):
        sheet[at].number_format = code
    assert texts(read(made).tables[0])[1:] == [["甲", "上限3,000千円", "令和8年4月1日"], ["乙", "50%", "9:30"], ["丙", "1,500,000", "12"], ["丁", "TRUE", "文字（直通）"]]


def test_hidden_rows_and_columns_are_left_out_and_said() -> None:
    made = book(("一覧", [[*HEAD, "内部メモ"], ["甲", 1, "商工課", "秘密"], ["消えた", 2, "商工課", "秘密"], ["乙", 3, "農政課", None]]))
    sheet = first(made)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    d = read(made)
    assert texts(d.tables[0]) == [HEAD, ["甲", "1", "商工課"], ["乙", "3", "農政課"]]
    assert codes(d) == ["hidden"]
    assert {x.place.cell for x in d.left_out if x.reason == "invisible"} == {"D1", "D2", "A3", "B3", "C3", "D3"}


def test_a_merged_cell_whose_first_row_is_hidden_still_shows() -> None:
    made = book(("一覧", [["区分", "事業名"], ["設備", "甲"], [None, "乙"], [None, "丙"]]))
    sheet = first(made)
    sheet.merge_cells("A2:A4")
    sheet.row_dimensions[2].hidden = True
    table = read(made).tables[0]
    assert texts(table) == [["区分", "事業名"], ["設備", "乙"], [None, "丙"]]
    assert table.rows[1].cells[0] is not None
    assert table.rows[1].cells[0].row_span == 2


def test_links_behind_text_and_in_formulas() -> None:
    made = book(("一覧", [HEAD, ["甲", "詳細", "商工課"]]))
    first(made)["B2"].hyperlink = "https://www.town.misaki.example/a.html"
    cell = read(made).tables[0].rows[1].cells[1]
    assert cell is not None
    assert [(k.url, cell.text[k.start : k.end]) for k in cell.links] == [("https://www.town.misaki.example/a.html", "詳細")]


def test_a_formula_without_a_kept_value_is_said() -> None:
    assert codes(read(book(("一覧", [HEAD, ["甲", "=1+1", "商工課"], ["乙", 1, "商工課"]])))) == ["no_cached_value"]


def test_several_sheets_take_their_names_as_titles() -> None:
    d = read(book(("県の制度", [HEAD, ["甲", 1, "商工課"]]), ("市の制度", [HEAD, ["乙", 2, "農政課"]]), ("作業", [])))
    assert [t.title for t in d.tables] == ["県の制度", "市の制度"]
    d = read(book(("Sheet1", [HEAD, ["甲", 1, "商工課"]]), ("Sheet2", [HEAD, ["乙", 2, "農政課"]])))
    assert [(t.title, len(t.rows)) for t in d.tables] == [(None, 3)]  # one list on two sheets


def test_a_hidden_sheet_is_left_out() -> None:
    made = book(("一覧", [HEAD, ["甲", 1, "商工課"]]), ("選択肢", [["はい", "いいえ"]]))
    made.worksheets[1].sheet_state = "hidden"
    d = read(made)
    assert len(d.tables) == 1
    assert codes(d) == ["hidden"]


def test_tables_side_by_side_and_below() -> None:
    rows: list[list[object]] = [["表１", None, None, "表２", None], ["事業名", "上限", None, "事業名", "上限"], ["甲", 1, None, "丙", 3], ["乙", 2, None, None, None]]
    d = read(book(("一覧", [*rows, [], ["名称", "対象", "金額", "窓口", "備考"], ["丁", "町民", 4, "商工課", "新規"]])))
    assert [texts(t)[0] for t in d.tables] == [["事業名", "上限"], ["事業名", "上限"], ["名称", "対象", "金額", "窓口", "備考"]]
    assert [len(t.rows) for t in d.tables] == [3, 2, 2]


def test_an_empty_column_inside_a_table_is_only_a_spacer() -> None:
    d = read(book(("一覧", [["事業名", "上限", None, "窓口", "電話"], ["甲", 1, None, "商工課", "0770"], ["乙", 2, None, "農政課", "0771"]])))
    assert texts(d.tables[0])[0] == ["事業名", "上限", "窓口", "電話"]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("xl/workbook.xml", b"<a/>")
        z.writestr("xl/worksheets/sheet1.xml", b"0" * (2 << 20))
    return out.getvalue()


def with_entities() -> bytes:
    made = data_of(book(("一覧", [HEAD])))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as z:
        for n in old.namelist():
            part = old.read(n)
            z.writestr(n, b'<!DOCTYPE a [<!ENTITY b "c">]>' + part if n.endswith("sheet1.xml") else part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bomb, Exit.LIMIT), (with_entities, Exit.UNREADABLE), (lambda: b"PK\x03\x04 and no more", Exit.UNREADABLE),
        (lambda: data_of(book(("一覧", [HEAD])))[:2000], Exit.UNREADABLE), (lambda: data_of(book(("一覧", []))), Exit.NO_TABLE),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Exit.UNREADABLE),
    ],
    ids=["bomb", "entities", "no zip", "cut off", "empty", "encrypted"],
)  # fmt: skip
def test_bad_files(data: object, code: Exit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subsidy_extract.read.package.MOST_BYTES", 1 << 20)
    with pytest.raises(ExtractError) as stop:
        read_xlsx(data(), "list.xlsx")  # type: ignore[operator]
    assert stop.value.code is code
    assert "\n" not in str(stop.value)


def test_a_picture_in_an_empty_cell_is_said() -> None:
    from openpyxl.drawing.image import Image

    made = book(("一覧", [HEAD, ["甲", None, "商工課"], ["乙", 2, "農政課"]]))
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\xdc\xccY\xe7\0\0\0\0IEND\xaeB`\x82"
    first(made).add_image(Image(io.BytesIO(png)), "B2")
    cells = [r.cells[1] for r in read(made).tables[0].rows]
    assert [c.doubts for c in cells if c] == [(), ("picture",), ()]
