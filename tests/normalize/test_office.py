"""Offices: what stays of a contact when numbers, addresses and labels are gone. All offices are made up."""

from __future__ import annotations

import pytest

from subsidy_extract.model import Context
from subsidy_extract.normalize.mail import emails
from subsidy_extract.normalize.office import office
from subsidy_extract.normalize.phone import phones
from subsidy_extract.normalize.url import urls


def read(text: str, ctx: Context | None = None) -> str | None:
    ctx = ctx or Context(column="contact")
    return office(text, [(f.start, f.end) for finder in (phones, emails, urls) for f in finder(text, ctx)])


OFFICES = [
    ("北山市商工課 TEL：0597-12-3456 E-mail：shoko@city.kitayama.lg.jp", "北山市商工課"),
    ("北山市 商工観光部　商工課　振興係 TEL 0597-12-3456　FAX 0597-12-3457", "北山市 商工観光部 商工課 振興係"),
    ("(公財) 北山産業支援センター 産業振興課 TEL：0597-12-3456（内線12）", "(公財) 北山産業支援センター 産業振興課"),
    ("（一社）北山観光協会（事務局：北山市観光課内） 電話0597-12-3456", "（一社）北山観光協会（事務局：北山市観光課内）"),
    ("工業振興課（TEL：0597-12-3456）", "工業振興課"),
    ("工業振興課\n0597-12-3456（直通）", "工業振興課"),
    ("工業振興課（電話0597-12-3456、FAX0597-12-3457）", "工業振興課"),
    ("商工会議所　経営支援課 ☎0597-12-3456", "商工会議所 経営支援課"),
    ("ものづくり事務局サポートセンター TEL 050-5840-1234（10:00～17:00）", "ものづくり事務局サポートセンター"),
    ("コールセンター 0570-00-1234（IP電話等 050-5840-1234）", "コールセンター"),
    ("商工課 shoko★city.kitayama.lg.jp（★を@に変えて送信してください）", "商工課"),
    ("商工課 0597-12-3456 HP：https://www.city.kitayama.lg.jp/", "商工課"),
    ("〒519-0001 北山市本町1-2 北山市役所商工課 電話：0597-12-3456", "北山市本町1-2 北山市役所商工課"),
    ("【問合せ先】北山市商工課 TEL0597-12-3456", "北山市商工課"),
    ("問合せ先：北山市商工課 TEL0597-12-3456", "北山市商工課"),
    ("●北山市商工課：0597-12-3456", "北山市商工課"),
    ("商工課 TEL 0597-12-3456 担当：山田", "商工課"),
    ("商工課 担当：企業支援係 TEL 0597-12-3456", "商工課 企業支援係"),
    ("商工課 電話0597-12-3456 平日9:00～17:00", "商工課"),
    ("電話相談室 0597-12-3456", "電話相談室"),
    ("代表電話受付センター 0597-12-3456", "代表電話受付センター"),
    ("商工課", "商工課"),
    ("事業承継・M&A補助金事務局 050-5840-1234", "事業承継・M&A補助金事務局"),
    ("TEL：0597-12-3456 E-mail：shoko@city.kitayama.lg.jp", None),
    ("(0597)12-3456", None),
    ("", None),
    ("－", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), OFFICES)
def test_offices(text: str, name: str | None) -> None:
    assert read(text) == name


def test_an_area_code_from_elsewhere() -> None:
    assert read("産業政策課 12-3456 （内線25）", Context(column="contact", area_code="0597")) == "産業政策課"
