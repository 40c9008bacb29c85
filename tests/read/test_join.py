"""Lines → text: what was merely wrapped is as it was before."""

from __future__ import annotations

import pytest

from subsidy_extract.read.join import (
    Break,
    glue,
    goes_on,
    inseparable,
    join,
    mid_word,
    new_link,
    parallel,
    starts_anew,
    unfinished,
    unit,
)

GLUE = [
    ("商工会", "議所", False, ""),
    ("Small and", "Medium", False, " "),
    ("Fancy Food", "Show", True, " "),
    ("E-mail：shoko@town.ao", "ba.lg.example.jp", False, ""),
    ("https://www.example.jp/sangyo", "/hojokin.html", False, ""),
    ("https://www.example.jp/ip_service", "overseas.html", False, ""),
    ("TEL：0123-45-", "6789", False, ""),
    ("0123-45-67", "89", False, ""),
    ("HP:", "https://a.example.jp/", True, " "),
    ("info@a.example.jp", "https://a.example.jp/", False, " "),
    ("第2", "種", False, ""),
    ("HACCP", "等", False, ""),
    ("E-mail：", "shoko@a.example.jp", False, ""),
    ("bzl-", "seicho@a.example.jp", False, ""),
    ("shoko", "kankou@a.example.jp", False, ""),
    ("FAX 099-286-3093", "shoko@a.example.jp", False, " "),  # a mail begins where a telephone number ends
    ("TEL(099)286-3093", "shoko★a.example.jp", False, " "),
    ("shoko-kankou★ex", "ample.lg.jp", False, ""),  # ★ stands for @
    ("shoko★example.lg.j", "p", False, ""),
    ("★印の", "補助金", False, ""),
    ("http://www.city.kakuu.example/soshiki/", "suisan/16690.html", True, ""),
    ("http://www.city.kakuu.example/soshiki/", "index.html", True, ""),
    ("http://www.city.kakuu.example/soshiki/", "TEL 099-000-0000", True, " "),
    ("http://www.city.kakuu.example/soshiki/", "www.town.kakuu.example/", True, " "),
    ("http://www.city.kakuu.example/soshiki/", "https://www.town.kakuu.example/", True, " "),
    ("TEL/", "FAX/099-000-0000", True, " "),
]


@pytest.mark.parametrize(("before", "after", "spaced", "want"), GLUE)
def test_glue(before: str, after: str, spaced: bool, want: str) -> None:
    assert glue(before, after, spaced) == want


UNITS = [
    ("事業", 1, 1),
    ("す。", 2, 2),
    ("（上限", 2, 2),
    ("ューの", 1, 2),
    ("ー", 1, 1),
    ("Small and", 5, 5),
    ("https://www.example.jp/a", 8, 24),
    ("boushin@kssb-sendai.com", 13, 23),
    ("2027年", 4, 4),
    ("「", 1, 1),
    ("額】800,000円", 2, 9),  # some programs hold what follows a bracket to it
    ("", 0, 0),
]


@pytest.mark.parametrize(("text", "least", "most"), UNITS)
def test_unit(text: str, least: int, most: int) -> None:
    assert unit(text) == (least, most)


def test_a_line_never_begins_with_what_closes() -> None:
    assert goes_on("輸出促進", "、販路")
    assert goes_on("（", "公財）")
    assert not goes_on("輸出促進", "販路")
    assert goes_on("電話（0123）", "45-6789")  # a number in two lines
    assert not goes_on("（令和8）", "45-6789")


@pytest.mark.parametrize(
    ("before", "after", "want"),
    [
        ("0123-45-6789", "E-mail：a@b.example.jp", True),
        ("商工係", "TEL：0123", True),
        ("又は", "TEL：0123", False),
        ("E-", "mail：a@b.example.jp", False),
        ("a@b.example.jp", "https://b.example.jp/", True),
        ("https://", "www.example.jp/", False),
        ("HP：", "https://www.example.jp/", False),
        ("町のホームページ", "https://www.example.jp/", True),
        ("詳しくは", "https://www.example.jp/", False),
        ("電話", "0123-45-6789", True),  # a label without a colon, and what it names
        ("Mail", "shoko@town.example.jp", True),
        ("e-mail", "ed by the office", False),
        ("info-", "mail@town.example.jp", False),
        ("0123-45-6789", "メール", True),
        ("TEL 052(222)4108", "rinsei@minato.example.jp", True),  # a mail after the end of a number
        ("電話 0123-45-6789 内線13", "jutaku@minato.example.jp", True),
        ("（内線1450）", "kankyo@minato.example.jp", True),
        ("商工観光課", "kanko@minato.example.jp", True),
        ("総合相談窓口", "0123-45-6789", True),
        ("詳しくは", "kanko@minato.example.jp", False),
        ("kanko", "2@minato.example.jp", False),  # the number is part of the address
        ("令和8", "0123-45-6789", False),
    ],
)
def test_starts_anew(before: str, after: str, want: bool) -> None:
    assert starts_anew(before, after) is want


def test_inside_words() -> None:
    assert mid_word("boushin@kssb-", "sendai.com")
    assert mid_word("https://", "mail.example.jp/")
    assert not mid_word("https://a.example.jp/", "URL")  # the label of the next address, alone on its line
    assert not mid_word("https://a.example.jp/", "https://b.example.jp/")
    assert not mid_word("令和8年4月-", "随時")
    assert mid_word("soshiki/", "suisan/")
    assert mid_word("soshiki/", "suisan/16690.html")
    assert not mid_word("soshiki/", "tel 099-000-0000")
    assert not mid_word("TEL/", "fax/099-000-0000")
    assert inseparable("0570-055-22", "4")
    assert inseparable("shoko@a.ex", "ample.jp")
    assert not inseparable("Small", "and")
    assert new_link("https://a.example.jp/index.html", "https://b.example.jp/")


def test_join_tells_where_each_line_begins() -> None:
    text, starts = join(["商工", "会", "TEL"], [Break.WRAPPED, Break.KEPT], [False, False, False])
    assert text == "商工会\nTEL"
    assert [text[s:] for s in starts] == ["商工会\nTEL", "会\nTEL", "TEL"]


@pytest.mark.parametrize(
    ("before", "after", "want"),
    [
        ("改装費：800", "家賃：月額50", True),
        ("通常枠：1,000", "賃上げ枠：1,500", True),
        ("国内 20万円", "海外 40万円", True),
        ("補助対象となる経費は次のとおり", "とする：家賃", False),
        ("受付：平日9：00～1", "7：00", False),
        ("上限 20万円（加算あり。詳しくは要綱）", "海外 40万円", False),
        ("HP：https", "://a.example.jp/", False),
    ],
)
def test_parallel(before: str, after: str, want: bool) -> None:
    assert parallel(before, after) == want


@pytest.mark.parametrize(("before", "after", "want"), [
    ("Promotion Pro\u2010", "gramme", "Promotion Programme"), ("海外 Inter\u2010", "national", "海外 International"),
    ("Promotion Pro-", "gramme", "Promotion Pro-gramme"),  # a hyphen that was typed
    ("0995\u2010", "22", "0995\u201022"), ("info@kan\u2010", "kou.example.jp", "info@kan\u2010kou.example.jp"),
    ("A\u2010", "type", "A\u2010type"), ("Smart\u2010", "Factory", "Smart\u2010Factory"), ("www.ex\u2010", "ample", "www.ex\u2010ample"),
])  # fmt: skip
def test_the_hyphen_of_a_parted_word_goes(before: str, after: str, want: str) -> None:
    assert join([before, after], [Break.WRAPPED], [False])[0] == want


@pytest.mark.parametrize(("before", "after", "want"), [
    ("メール shoko@town.ao", "ba.lg.jp", True), ("shoko@town.aoba.lg.j", "p", True), ("shoko@town.aoba", ".lg.jp（平日のみ）", True),
    ("HP：https://www.city.kuni", "mi.lg.jp/shoko/", True), ("www.kuni", "mi.jp", True),
    ("shoko@town.aoba.lg.jp", "www.town.aoba.lg.jp", False), ("shoko@town.aoba.lg.jp", "aoba.jp", False),  # whole already
    ("shoko@town.ao", "TEL 0123-45-6789", False), ("shoko@town.ao", "info@ba.lg.jp", False),  # another one
    ("商工課", "ba.lg.jp", False), ("https://www.city.kunimi.lg.jp/sho", "ko.jp", False),  # inside a path, not the host
])  # fmt: skip
def test_a_host_that_only_the_next_line_makes_whole(before: str, after: str, want: bool) -> None:
    assert unfinished(before, after) is want


@pytest.mark.parametrize(("before", "after", "want"), [
    ("【補助率】2分の1以内", "【募集期間】通年", True), ("〔対象〕法人", "〔期間〕通年", True),
    ("【補助率】2分の1以内", "［募集期間］通年", False), ("事業費の", "【募集期間】通年", False), ("【新規】創業支援", "【R8】", False),
])  # fmt: skip
def test_headed_lines_begin_anew(before: str, after: str, want: bool) -> None:
    assert parallel(before, after) is want
