"""What holds of every text for periods, phones, mails, URLs and offices: spans are true, widths change nothing, nothing raises, nothing hangs."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subsidy_extract.model import Context, Found
from subsidy_extract.normalize.era import fiscal_year
from subsidy_extract.normalize.mail import emails
from subsidy_extract.normalize.office import office
from subsidy_extract.normalize.period import periods
from subsidy_extract.normalize.phone import phones
from subsidy_extract.normalize.url import urls

Finder = Callable[[str, Context], tuple[Found[Any], ...]]
FINDERS: tuple[Finder, ...] = (periods, phones, emails, urls)
CONTEXTS = (
    Context(),
    Context(fiscal_year=2026, column="period_text", heading="募集期間"),
    Context(column="contact", area_code="0985", notes="※★を@に置き換えてください"),
    Context(fiscal_year=2026, column="summary"),
    Context(column="site", heading="電話（024-521-）"),
)
PIECES = ["令和8年4月1日", "平成30年度", "R8.4.1", "2026/4/1", "4/1", "～", "から", "まで", "翌年3月末", "上旬", "頃", "（水）", "17時必着", "第1次", "前期", "随時", "通年", "予算", "に達し", "次第", "終了", "毎月", "毎年", "交付決定日", "以降", "受付", "募集", "締切", "TEL", "FAX", "電話", "：", ":", "099-286-2111", "(0985)21-1770", "21-1770", "（内線451）", "、5542", "～3", "#7700", "189", "0120", "〒890-8577", "+81", "(03)5253-1111", "abc@town.kitayama.lg.jp", "★", "[at]", "(a)", "を@に", "@", "kitayama.jp", "https://", "www.", "http:/", "/a(b).html", "）", "。", "」", "|", "１／２", "①", "\u3000", "\n", "\t", "-", "ー", "一", "(", ")", "【", "】", "担当：山田", "HP", "令", "元", "年", "月", "日", "度"]
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join), st.text(max_size=60))
QUICK = settings(max_examples=150, deadline=None, derandomize=True)


@QUICK
@given(texts, st.sampled_from(CONTEXTS))
def test_a_span_always_gives_back_its_text(text: str, ctx: Context) -> None:
    spans = []
    for finder in FINDERS:
        found = finder(text, ctx)
        for f in found:
            assert 0 <= f.start < f.end <= len(text)
            assert text[f.start : f.end] == f.text
        spans += [(f.start, f.end) for f in found]
    said = office(text, spans)
    assert said is None or (said == said.strip() and "\n" not in said and "\0" not in said)
    fiscal_year(text)


@QUICK
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(CONTEXTS[:4]))
def test_width_never_changes_a_period_or_a_phone(pieces: list[str], ctx: Context) -> None:
    text = " ".join(p for p in pieces if "http" not in p and "www" not in p and "@" not in p and "kitayama" not in p)
    wide = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}).replace(" ", "\u3000")
    for finder in (periods, phones):
        assert [f.value for f in finder(text, ctx)] == [f.value for f in finder(wide, ctx)]


@QUICK
@given(st.sampled_from(["shoko", "a-b.c", "k1_2"]), st.sampled_from(["town.kitayama.lg.jp", "kitayama.or.jp"]), st.sampled_from(["", "E-mail：", "（メール ", "TEL 0597-12-3456 "]), st.sampled_from(["", "）", "。", " TEL", "、"]))
def test_width_never_changes_a_mail(local: str, domain: str, before: str, after: str) -> None:
    plain = f"{before}{local}@{domain}{after}"
    wide = plain.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert [f.value for f in emails(plain, Context())] == [f.value for f in emails(wide, Context())]
    assert [f.value.address for f in emails(plain, Context())] == [f"{local}@{domain}"]


@QUICK
@given(st.dates(min_value=date(2019, 5, 1), max_value=date(2049, 12, 31)))
def test_every_way_to_write_a_day_is_that_day(day: date) -> None:
    era = day.year - 2018
    ways = (
        f"令和{era}年{day.month}月{day.day}日まで",
        f"Ｒ{era}.{day.month}.{day.day}まで",
        f"{day.year}年{day.month:02d}月{day.day:02d}日 必着",
        f"{day.year}/{day.month}/{day.day}締切",
        f"{day.isoformat()}まで",
        f"令和{era}({day.year})年{day.month}月{day.day}日({'月火水木金土日'[day.weekday()]})まで",
    )
    for way in ways:
        (found,) = periods(way, Context(column="period_text"))
        assert (found.value.start, found.value.end, found.doubt) == (None, day, None), way


HOSTILE = ("令和8年4月1日～", "4/1～", "1-", "TEL 099-286-2111、", "a@", "a★b.jp ", "https://a.jp/(", "予算が(", "R8.4.1-", "()", "ＴＥＬ／", "採択から1月")


@pytest.mark.parametrize("seed", HOSTILE)
def test_a_hundred_thousand_hostile_characters_take_under_a_second(seed: str) -> None:
    text = (seed * (100_000 // len(seed) + 1))[:100_000]
    for finder in FINDERS:
        began = time.process_time()
        finder(text, CONTEXTS[1 if finder is periods else 2])
        assert time.process_time() - began < 2.0, finder  # 1 s is what is asked; a busy machine counts double
    began = time.process_time()
    office(text, ())
    assert time.process_time() - began < 2.0
