"""Mails: every way a list hides, glues, wraps or breaks an address. All offices are made up."""

from __future__ import annotations

import pytest

from subsidy_extract.model import Context
from subsidy_extract.normalize.mail import emails

CONTACT = Context(column="contact")


def read(text: str, ctx: Context = CONTACT) -> list[str]:
    found = emails(text, ctx)
    assert all(text[f.start : f.end] == f.text for f in found)
    return [f.value.address for f in found if f.value.valid]


WHOLE = [
    ("E-mail：shoko@town.kitayama.lg.jp", ["shoko@town.kitayama.lg.jp"]),
    ("E-mail shoko@town.kitayama.lg.jp", ["shoko@town.kitayama.lg.jp"]),
    ("E-mailshoko@town.kitayama.lg.jp", ["shoko@town.kitayama.lg.jp"]),
    ("Ｅメールshoko@town.kitayama.lg.jp", ["shoko@town.kitayama.lg.jp"]),
    ("電子メール:a-b.c_d1@pref.mie.lg.jp", ["a-b.c_d1@pref.mie.lg.jp"]),
    ("（メール　shoko@kitayama-cci.or.jp）", ["shoko@kitayama-cci.or.jp"]),
    ("shoko@kitayama-cci.or.jp。", ["shoko@kitayama-cci.or.jp"]),
    ("shoko@kitayama-cci.or.jp」", ["shoko@kitayama-cci.or.jp"]),
    ("<shoko@kitayama-cci.or.jp>", ["shoko@kitayama-cci.or.jp"]),
    ("︓shoko@kitayama-cci.or.jp", ["shoko@kitayama-cci.or.jp"]),
    ("shoko＠ｔｏｗｎ．ｋｉｔａｙａｍａ．ｌｇ．ｊｐ", ["shoko@town.kitayama.lg.jp"]),
    ("SHOKO@Town.Kitayama.lg.jp", ["SHOKO@Town.Kitayama.lg.jp"]),
    ("mail@kitayama.jp", ["mail@kitayama.jp"]),
    ("a@kitayama.jp、b@kitayama.jp", ["a@kitayama.jp", "b@kitayama.jp"]),
    ("a@kitayama.jp/b@kitayama.jp", ["a@kitayama.jp", "b@kitayama.jp"]),
    ("a@kitayama.jp b@kitayama.jp", ["a@kitayama.jp", "b@kitayama.jp"]),
    ("shoko@town.kitayama.lg.jpTEL 0597-12-3456", ["shoko@town.kitayama.lg.jp"]),
    ("shoko@ town.kitayama.lg.jp", ["shoko@town.kitayama.lg.jp"]),
    ("shoko@town. kitayama.lg.jp", ["shoko@town.kitayama.lg.jp"]),
    ("https://social.example.com/@shoko shoko@kitayama.jp", ["shoko@kitayama.jp"]),
    ("shoko[at]town.kitayama.lg.jp", ["shoko@town.kitayama.lg.jp"]),
    ("shoko(at)town.kitayama.lg.jp", ["shoko@town.kitayama.lg.jp"]),
    ("shoko（アット）town.kitayama.lg.jp", ["shoko@town.kitayama.lg.jp"]),
    ("shoko【at】town.kitayama.lg.jp", ["shoko@town.kitayama.lg.jp"]),
    ("shoko★town.kitayama.lg.jp（★を@に変えて送信してください）", ["shoko@town.kitayama.lg.jp"]),
    ("shoko※kitayama.jp ※を@に置き換えてください", ["shoko@kitayama.jp"]),
    ("shoko(a)kitayama.jp ※(a)を@に変更してください。", ["shoko@kitayama.jp"]),
    ("shoko_at_kitayama.jp（_at_を＠に）", ["shoko@kitayama.jp"]),
    ("shoko■kitayama.jp ※「■」の記号を「＠」に置き換えてください", ["shoko@kitayama.jp"]),
    ("shoko#kitayama.jp (#を@に)", ["shoko@kitayama.jp"]),
]


@pytest.mark.parametrize(("text", "addresses"), WHOLE)
def test_addresses(text: str, addresses: list[str]) -> None:
    assert read(text) == addresses


@pytest.mark.parametrize(
    "text",
    ["商工課", "★重点事業 A★B", "@kitayama_town", "補助率は(a)1/2 (b)1/3", "※上記の「■」の記号を「＠」に置き換えてください", "単価@5,000円", "5★hotel", "※(a)を@に変更してください。", "TEL 0597-12-3456", "A.B"],
)  # fmt: skip
def test_nothing_where_nothing_is(text: str) -> None:
    assert emails(text, CONTACT) == ()


BROKEN = [
    ("shoko@city.kitayamajp", "shoko@city.kitayamajp", None),
    ("shoko@pref.mie.1g.jp", "shoko@pref.mie.1g.jp", "shoko@pref.mie.lg.jp"),
    ("shoko@town.kitayama,lg.jp", "shoko@town.kitayama,lg.jp", "shoko@town.kitayama.lg.jp"),
    ("shoko@town..kitayama.lg.jp", "shoko@town..kitayama.lg.jp", "shoko@town.kitayama.lg.jp"),
    ("shoko@kitayama.lgjp", "shoko@kitayama.lgjp", "shoko@kitayama.lg.jp"),
    ("shoko@kitayama.co.ip", "shoko@kitayama.co.ip", "shoko@kitayama.co.jp"),
    ("shoko.@kitayama.ne.jp", "shoko.@kitayama.ne.jp", "shoko@kitayama.ne.jp"),
    ("sho..ko@kitayama.ne.jp", "sho..ko@kitayama.ne.jp", "sho.ko@kitayama.ne.jp"),
]


@pytest.mark.parametrize(("text", "address", "suggestion"), BROKEN)
def test_a_broken_address_is_kept_and_never_repaired(text: str, address: str, suggestion: str | None) -> None:
    (found,) = emails(f"E-mail：{text}", CONTACT)
    assert (found.value.address, found.value.valid, found.value.suggestion, found.doubt) == (address, False, suggestion, "broken_address")


def test_a_note_of_the_document_explains_the_sign() -> None:
    ctx = Context(column="contact", notes="※２　予算額は百万円単位。\n※３　メールアドレスの★は@に置き換えてください。（迷惑メール防止のため）")
    (found,) = emails("bzl-kita★kitayama.go.jp", ctx)
    assert (found.value.address, found.doubt) == ("bzl-kita@kitayama.go.jp", None)
    (found,) = emails("bzl-kita★kitayama.go.jp", CONTACT)
    assert (found.value.address, found.doubt) == ("bzl-kita@kitayama.go.jp", "unexplained_at_sign")
