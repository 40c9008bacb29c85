"""Phones: every way a list prints a number, and what is no number. All towns, offices and numbers are made up."""

from __future__ import annotations

import pytest

from subsidy_extract.model import Context
from subsidy_extract.normalize.phone import phones

CONTACT = Context(column="contact")


def read(text: str, ctx: Context = CONTACT) -> list[tuple[str, str | None, str | None]]:
    found = phones(text, ctx)
    assert all(text[f.start : f.end] == f.text for f in found)
    return [(f.value.kind, f.value.e164 or f.value.number, f.value.extension) for f in found]


ONE = [
    ("TEL：026-235-7101", "+81262357101"),
    ("TEL026-235-7101", "+81262357101"),
    ("Tel. 026-235-7101", "+81262357101"),
    ("tel:026.235.7101", "+81262357101"),
    ("℡026-235-7101", "+81262357101"),
    ("☎ 026-235-7101", "+81262357101"),
    ("電話番号　０２６－２３５－７１０１", "+81262357101"),
    ("電話(026)235-7101", "+81262357101"),
    ("電話（026）235−7101", "+81262357101"),
    ("電話026（235）7101", "+81262357101"),
    ("電話026(235）7101", "+81262357101"),
    ("(026)-235-7101", "+81262357101"),
    ("電話 026‐235‐7101", "+81262357101"),
    ("電話 026–235—7101", "+81262357101"),
    ("電話 026―235―7101", "+81262357101"),
    ("電話 026ー235ー7101", "+81262357101"),
    ("電話 026ｰ235ｰ7101", "+81262357101"),
    ("電話 ０２６一２３５一７１０１", "+81262357101"),
    ("電話 026 - 235 - 7101", "+81262357101"),
    ("電話 026 235 7101", "+81262357101"),
    ("電話 0262357101", "+81262357101"),
    ("信濃市商工課026-235-7101", "+81262357101"),
    ("商工課 026-235-7101（直通）", "+81262357101"),
    ("商工課 026-235-7101（代）", "+81262357101"),
    ("〒380-8570 長野市南1-2-3 電話026-235-7101", "+81262357101"),
    ("フリーダイヤル 0120-44-1234", "+81120441234"),
    ("0120-441-234", "+81120441234"),
    ("0120-441234", "+81120441234"),
    ("0800-800-1234", "+818008001234"),
    ("ナビダイヤル：0570-00-1234", "+81570001234"),
    ("IP電話 050-5840-1234（平日9:00～17:00）", "+815058401234"),
    ("携帯 090-1234-5678", "+819012345678"),
    ("+81-26-235-7101", "+81262357101"),
    ("+81 (0)26 235 7101", "+81262357101"),
    ("+82-2-739-7400", "+8227397400"),
    ("救急相談 #7119", "#7119"),
    ("虐待対応ダイヤル189", "189"),
    ("消費者ホットライン 188", "188"),
    ("電話：04-7167-1234", "+81471671234"),
    ("電話：0155-24-1234", "+81155241234"),
    ("電話：01547-2-1234", "+81154721234"),
    ("電話：042-769-1234\"", "+81427691234"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), ONE)
def test_one_number(text: str, number: str) -> None:
    assert read(text) == [("tel", number, None)]


SEVERAL = [
    ("026・235・7101", [("tel", "+81262357101", None)]),
    ("026-235-7101(直通)／026-235-7102(FAX)", [("tel", "+81262357101", None), ("fax", "+81262357102", None)]),
    ("026-235-7102(FAX)、026-235-7101", [("fax", "+81262357102", None), ("tel", "+81262357101", None)]),
    ("026-235-7101（FAX）026-235-7102", [("tel", "+81262357101", None), ("fax", "+81262357102", None)]),
    ("026-235-7101（内線2451）", [("tel", "+81262357101", "2451")]),
    ("026-235-7101 内線：2451", [("tel", "+81262357101", "2451")]),
    ("026-235-7101（代表） 内線2451", [("tel", "+81262357101", "2451")]),
    ("026-235-7101（内線2451、2452）", [("tel", "+81262357101", "2451/2452")]),
    ("026-235-7101(内線2451・2452)", [("tel", "+81262357101", "2451/2452")]),
    ("026-235-7101（内線2451～2455）", [("tel", "+81262357101", "2451-2455")]),
    ("026-235-7101（内）2451", [("tel", "+81262357101", "2451")]),
    ("026-235-7101 内2451", [("tel", "+81262357101", "2451")]),
    ("026-235-7101〔内線2451〕", [("tel", "+81262357101", "2451")]),
    ("026-235-7101 ext.2451", [("tel", "+81262357101", "2451")]),
    ("03-5253-1234（5543）", [("tel", "+81352531234", "5543")]),
    ("026-235-7101、026-235-7102", [("tel", "+81262357101", None), ("tel", "+81262357102", None)]),
    ("026-235-7101／026-235-7102", [("tel", "+81262357101", None), ("tel", "+81262357102", None)]),
    ("026-235-7101,026-235-7102", [("tel", "+81262357101", None), ("tel", "+81262357102", None)]),
    ("026-235-7101、7102", [("tel", "+81262357101", None), ("tel", "+81262357102", None)]),
    ("026-235-7101・7102", [("tel", "+81262357101", None), ("tel", "+81262357102", None)]),
    ("026-235-7101、235-7102", [("tel", "+81262357101", None), ("tel", "+81262357102", None)]),
    ("(026)235-7101、(235)7102", [("tel", "+81262357101", None), ("tel", "+81262357102", None)]),
    ("026-235-7101～3", [("tel", f"+8126235710{n}", None) for n in (1, 2, 3)]),
    ("0120-441-021、022", [("tel", "+81120441021", None), ("tel", "+81120441022", None)]),
    ("TEL 026-235-7101　FAX 026-235-7102", [("tel", "+81262357101", None), ("fax", "+81262357102", None)]),
    ("TEL:026-235-7101/FAX:026-235-7102", [("tel", "+81262357101", None), ("fax", "+81262357102", None)]),
    ("T:026-235-7101 F:026-235-7102", [("tel", "+81262357101", None), ("fax", "+81262357102", None)]),
    ("電話 026-235-7101 ファクシミリ 235-7102", [("tel", "+81262357101", None), ("fax", "+81262357102", None)]),
    ("ファックス：026-235-7102", [("fax", "+81262357102", None)]),
    ("TEL・FAX 026-235-7101", [("tel", "+81262357101", None), ("fax", "+81262357101", None)]),
    ("026-235-7101（FAX兼用）", [("tel", "+81262357101", None), ("fax", "+81262357101", None)]),
    ("TEL : 026-235-7101 / 026-235-7102 (Fax兼)", [("tel", "+81262357101", None), ("tel", "+81262357102", None), ("fax", "+81262357102", None)]),
    ("TEL/FAX：026-235-7101/026-235-7102", [("tel", "+81262357101", None), ("fax", "+81262357102", None)]),
    ("（本所）026-235-7101 （南支所）026-278-1234", [("tel", "+81262357101", None), ("tel", "+81262781234", None)]),
    ("0570-00-1234（IP電話等 050-5840-1234）", [("tel", "+81570001234", None), ("tel", "+815058401234", None)]),
    ("20-2158（0284）", [("tel", "+81284202158", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "numbers"), SEVERAL)
def test_several_and_extensions(text: str, numbers: list[tuple[str, str, str | None]]) -> None:
    assert read(text) == numbers


NONE = [
    "商工観光課",
    "〒380-8570 長野市南1-2-3",
    "郵便番号 380-8570",
    "令和8年4月1日～令和9年3月31日",
    "2026-04-01 2026/05/29",
    "補助率1/2、上限1,000,000円",
    "法人番号 1234567890123",
    "9:00～17:00",
    "ISO9001 3-4-5",
    "https://www.town.example.lg.jp/0120-44-1234.html",
    "要綱第12条第3項",
    "A0312-34@pref.example.lg.jp",
    "事業費 100-2000",
]


@pytest.mark.parametrize("text", NONE)
def test_nothing_where_nothing_is(text: str) -> None:
    assert read(text) == []


def test_area_code_of_the_heading_or_a_note() -> None:
    ctx = Context(column="contact", area_code="0985")
    assert read("21-1234", ctx) == [("tel", "+81985211234", None)]
    assert read("42-3011 42-3012（内線21）", ctx) == [("tel", "+81985423011", None), ("tel", "+81985423012", "21")]
    assert read("21-1234 FAX 21-1235", ctx) == [("tel", "+81985211234", None), ("fax", "+81985211235", None)]
    noted = Context(column="contact", notes="※電話番号の市外局番は、記載のあるものを除き「0985」です。")
    assert read("21-1234", noted) == [("tel", "+81985211234", None)]
    assert [f.doubt for f in phones("21-1234", noted)] == ["completed_area_code"]
    assert read("026-235-7101", ctx) == [("tel", "+81262357101", None)]


def test_exchange_in_the_heading() -> None:
    assert read("7290", Context(column="contact", area_code="024-521", heading="電話（024-521-）")) == [("tel", "+81245217290", None)]
    assert read("7931", Context(column="contact", heading="お問合せ先／FAX（024-521-）")) == [("fax", "+81245217931", None)]


def test_a_heading_says_that_brackets_hold_extensions() -> None:
    ctx = Context(column="contact", heading="電話（内線）")
    assert read("03-3501-1234\u3000（5351～5355）", ctx) == [("tel", "+81335011234", "5351-5355")]
    assert phones("03-3501-1234 (5351)", ctx)[0].doubt is None
    assert phones("03-3501-1234 (5351)", CONTACT)[0].doubt == "bare_extension"


def test_in_prose_only_a_whole_valid_number_counts() -> None:
    prose = Context(column="summary", area_code="0985")
    assert read("詳細は商工課（0985-21-1234）まで", prose) == [("tel", "+81985211234", None)]
    assert read("対象は21-1234の区画、口座0123456789", prose) == []


def test_a_number_that_cannot_be_is_kept_and_doubted() -> None:
    (found,) = phones("TEL 00-1234-5678", CONTACT)
    assert (found.value.valid, found.value.e164, found.value.number, found.doubt) == (False, None, "00-1234-5678", "invalid_number")
    (found,) = phones("TEL 21-1234", CONTACT)
    assert (found.value.valid, found.value.number, found.doubt) == (False, "21-1234", "no_area_code")


@pytest.mark.parametrize(
    ("text", "number", "sort"),
    [
        ("0262-35-7101", "026-235-7101", "fixed_line"),
        ("026(235)7101", "026-235-7101", "fixed_line"),
        ("090-1234-5678", "090-1234-5678", "mobile"),
        ("0120-44-1234", "0120-44-1234", "toll_free"),
        ("050-5840-1234", "050-5840-1234", "voip"),
        ("0570-00-1234", "0570-00-1234", "special"),
        ("ダイヤル188", "188", "special"),
    ],
)
def test_written_as_dialled_in_japan(text: str, number: str, sort: str) -> None:
    (found,) = phones(text, CONTACT)
    assert (found.value.number, found.value.type, found.value.valid) == (number, sort, True)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("技術課（内線5345）", [("03-3501-1511", "5345", "completed_number")]),
        ("技術課 内線：5345、5346", [("03-3501-1511", "5345/5346", "completed_number")]),
        ("技術課 5382", [("03-3501-1511", "5382", "bare_extension")]),
        ("技術課 03-3501-1763（内線9）", [("03-3501-1763", "9", None)]),
        ("技術課", []),
    ],
)
def test_the_main_number_stands_in_the_heading(text: str, want: list[tuple[str, str, str | None]]) -> None:
    got = phones(text, Context(column="contact", heading="担当課室（代表：03-3501-1511）"))
    assert [(f.value.number, f.value.extension, f.doubt) for f in got] == want
    assert all(text[f.start : f.end] == f.text for f in got)


@pytest.mark.parametrize(
    ("text", "heading", "want"),
    [
        ("商工課 電話 018-555-10", "", [("tel", "018-555-10")]),
        ("018-555-101234", "", [("tel", "018-555-101234")]),
        ("018-555-1O12", "", [("tel", "018-555-1O12")]),  # a letter among the figures
        ("018-5 55-1012", "", [("tel", "018-5-55-1012")]),
        ("FAX：018(555)10", "", [("fax", "018-555-10")]),
        ("TEL 018-555-1012-5", "", [("tel", "018-555-1012-5")]),
        ("555-10", "電話", [("tel", "555-10")]),
        ("0185551", "電話番号", [("tel", "0185551")]),
        ("TEL 8:30-17:15", "", []),
        ("電話（平日9-17時）", "", []),
        ("本町2-1", "", []),
        ("令和08-04-01から", "", []),
        ("口座番号0185551", "", []),
    ],
)
def test_what_stands_where_a_number_stands_and_is_none_is_an_invalid_one(text: str, heading: str, want: list[tuple[str, str]]) -> None:
    got = phones(text, Context(column="contact", heading=heading))
    assert [(f.value.kind, f.value.number) for f in got] == want
    assert all(not f.value.valid and f.doubt == "invalid_number" and text[f.start : f.end] == f.text for f in got)


@pytest.mark.parametrize("text", ["本町2-1 018-836-1012", "本町2-1（018-836-1012）", "〒010-0001 本町2-1 電話 018-836-1012 内線 0123-4"])
def test_a_whole_number_beside_other_figures_is_the_only_one(text: str) -> None:
    assert [f.value.e164 for f in phones(text, CONTACT)] == ["+81188361012"]
