"""Rates: what a careful reader takes from them, and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsidy_extract.model import Context
from subsidy_extract.normalize.rate import doubts, rates

NOTHING = Context()
COLUMN = Context(column="rate_text", heading="補助率")
SUMMARY = Context(column="summary", heading="事業概要")

# text, then `numerator/denominator bound[@scope]` for each, parted by " ; " (`@-`: no scope; none given: not looked at)
CASES = [
    ("1/2-2/3", "1/2 exact ; 2/3 exact"),
    ("国:2/3、市町村:1/12、事業主体:1/4", "2/3 exact@国 ; 1/12 exact@市町村 ; 1/4 exact@事業主体"),
    ("1/2", "1/2 exact@-"),
    ("１／２", "1/2 exact"),
    ("1/2以内", "1/2 up_to@-"),
    ("2／3以内", "2/3 up_to"),
    ("1 / 2 以内", "1/2 up_to"),
    ("10/10", "10/10 exact"),
    ("10/10以内", "10/10 up_to"),
    ("２分の１", "1/2 exact"),
    ("3 分の 2 以内", "2/3 up_to"),
    ("二分の一", "1/2 exact"),
    ("三分の二以内", "2/3 up_to"),
    ("十分の十", "10/10 exact"),
    ("100分の50以内", "50/100 up_to"),
    ("½", "1/2 exact"),
    ("⅔以内", "2/3 up_to"),
    ("¾", "3/4 exact"),
    ("50%", "50/100 exact"),
    ("５０％以内", "50/100 up_to"),
    ("33.3%以内", "33.3/100 up_to"),
    ("80パーセント", "80/100 exact"),
    ("５割", "5/10 exact"),
    ("8割以内", "8/10 up_to"),
    ("七割五分", "75/100 exact"),
    ("経費の半額", "1/2 exact"),
    ("補助率1/3", "1/3 exact@-"),
    ("補助率：1/2以内", "1/2 up_to@-"),
    ("最大2/3", "2/3 up_to"),
    ("上限1/2", "1/2 up_to"),
    ("1/2まで", "1/2 up_to"),
    ("1/2を上限とする", "1/2 up_to"),
    ("対象経費の1/2（上限）", "1/2 up_to"),
    ("原則1/2", "1/2 exact@-"),
    ("補助対象経費の１／２以内", "1/2 up_to@-"),
    ("事業に要する経費の3分の1", "1/3 exact@-"),
    ("標準事業費の3/10以内", "3/10 up_to"),
    ("支払利息の2分の1", "1/2 exact@-"),
    ("信用保証料の100％", "100/100 exact"),
    ("家賃の1/2（上限5万円）", "1/2 exact"),
    ("1/2～2/3", "1/2 exact ; 2/3 exact"),
    ("１／３～１／２以内", "1/3 up_to ; 1/2 up_to"),
    ("2/3又は1/2", "2/3 exact ; 1/2 exact"),
    ("2/3または1/2以内", "2/3 up_to ; 1/2 up_to"),
    ("30～50％", "30/100 exact ; 50/100 exact"),
    ("1/2、2/3", "1/2 exact ; 2/3 exact"),
    ("2/3以内、1/2以内", "2/3 up_to ; 1/2 up_to"),
    ("小規模2/3・中小1/2", "2/3 exact@小規模 ; 1/2 exact@中小"),
    ("中小企業者1/2以内、小規模企業者2/3以内", "1/2 up_to@中小企業者 ; 2/3 up_to@小規模企業者"),
    ("中小企業：1/2、大企業：1/3", "1/2 exact@中小企業 ; 1/3 exact@大企業"),
    ("1/2（中小企業）、1/3（大企業）", "1/2 exact@中小企業 ; 1/3 exact@大企業"),
    ("【中小企業】1/2 【大企業】1/3", "1/2 exact@中小企業 ; 1/3 exact@大企業"),
    ("ハード事業1/2 ソフト事業2/3", "1/2 exact@ハード事業 ; 2/3 exact@ソフト事業"),
    ("ハード：1/2以内　ソフト：定額", "1/2 up_to@ハード"),
    ("1/2以内（離島は2/3以内）", "1/2 up_to@- ; 2/3 up_to@離島"),
    ("1/2（過疎地域の場合は3/4）", "1/2 exact@- ; 3/4 exact@過疎地域"),
    ("1/3以内（小規模事業者にあっては1/2以内）", "1/3 up_to ; 1/2 up_to@小規模事業者"),
    ("国1/2、県1/4", "1/2 exact@国 ; 1/4 exact@県"),
    ("国：1/2以内、市：1/6以内", "1/2 up_to@国 ; 1/6 up_to@市"),
    ("1年目2/3、2年目1/2", "2/3 exact@1年目 ; 1/2 exact@2年目"),
    ("①1/2 ②2/3", "1/2 exact@① ; 2/3 exact@②"),
    ("先端枠: 中小2/3、大企業1/2 ／ 通常枠: 中小1/2、大企業1/3", "2/3 exact@先端枠 中小 ; 1/2 exact@先端枠 大企業 ; 1/2 exact@通常枠 中小 ; 1/3 exact@通常枠 大企業"),
    ("10/10（調査）、1/2（整備）", "10/10 exact@調査 ; 1/2 exact@整備"),
    ("定額（10/10相当）", "10/10 exact"),
    ("2/3／限度額 50万円", "2/3 exact"),
    ("2分の1　限度額100万円", "1/2 exact"),
    ("補助率2/3 上限額50万円", "2/3 exact"),
    ("中小企業：1/2、小規模事業者：2/3　限度額30万円", "1/2 exact@中小企業 ; 2/3 exact@小規模事業者"),
    ("全額補助", "1/1 exact"),
    ("8割保証", "8/10 exact"),
    ("1/2→2/3", "2/3 exact"),
    ("1/2（50％）", "1/2 exact"),
    ("経費の３／４を助成（千円未満切捨て）", "3/4 exact"),
    ("事業費500万円以下：1/2、500万円超：1/3", "1/2 exact@事業費500万円以下 ; 1/3 exact@500万円超"),
    ("経費助成 45％（大企業30％）", "45/100 exact ; 30/100 exact@経費助成 大企業"),
    ("1/2以内（中山間地域 5.5/10以内）", "1/2 up_to ; 5.5/10 up_to@中山間地域"),
    ("概ね1/2", "1/2 exact@-"),
    ("利子補給率 年1.0％以内（5年間）", "1/100 up_to"),
    ("3.0％（うち県1.5％、市1.5％）", "3/100 exact ; 1.5/100 exact@県 ; 1.5/100 exact@市"),
    ("国庫補助1/2、県補助1/4、事業者負担1/4", "1/2 exact ; 1/4 exact"),
    ("県1/3以内、市町村1/3以上", "1/3 up_to@県 ; 1/3 exact@市町村"),
    ("補助対象経費の1/2以内とし、20万円を限度とする", "1/2 up_to@-"),
    ("5/12以内", ""),
    ("補助率5/12以内", "5/12 up_to"),
]

NONE = [
    "6/2-6/20",
    "2026-1/2",
    "市役所 1/12",
    "4/1～9/30",
    "募集期間：5/7～6/30",
    "受付 4/5から4/10まで",
    "3/6～4/30",
    "4/10(金)",
    "24/7",
    "ISO9001/14001",
    "ISO 9001/14001の取得",
    "2026/4/1",
    "1/2次募集",
    "第1/2回",
    "1/25000地形図",
    "https://www.example.jp/1/2/3.html",
    "099-286/2111",
    "年1.5％",
    "利率 年1.45%以内",
    "融資利率：1.8％",
    "金利は年2.0%（固定）",
    "保証料率0.45％～1.90％",
    "消費税10％",
    "売上高が前年同月比20％以上減少",
    "付加価値額を年率3％以上向上",
    "給与支給総額を2％以上引き上げ",
    "発行済株式の総数の2分の1以上を大企業が所有",
    "役員総数の2分の1以上",
    "議決権の3分の2以上",
    "2割引",
    "5割増",
    "全額",
    "定額",
    "役割分担",
    "3/2",
    "150％",
    "自分のペースで",
    "20人／30人",
    "事業費の20%以上の変更",
    "融資限度額3,000万円、利率1.6％、保証料率0.5％",
    "自己負担1/3",
    "-",
    "",
]

PROSE = [
    ("海外展示会への出展経費の1/2を補助します。", "1/2 exact"),
    ("総額の1/2（輸出は最大150万、輸入は最大75万）補助", "1/2 exact@-"),
    ("3分の2以内の額を補助、上限30万円", "2/3 up_to"),
    ("費用の50％を助成", "50/100 exact"),
    ("家賃の8割を補助する（上限10万円）", "8/10 exact"),
    ("売上が10％以上減少した事業者に対し、経費の2/3以内を支援", "2/3 up_to"),
    ("みなし大企業（株式の2分の1以上を大企業が所有）を除く中小企業", ""),
    ("排出量を30％削減する設備を導入", ""),
    ("高齢化率50％の集落", ""),
    ("受付期間4/1～9/30、補助率2/3", "2/3 exact"),
    ("賃金を3％引き上げた場合、補助率を3/4に引き上げ", "3/4 exact"),
    ("年利1.2％のうち1/2を利子補給", "1/2 exact"),
    ("補助率は2分の1、上限は50万円です", "1/2 exact"),
    ("先着100件、1/15まで", ""),
]


def check(text: str, expected: str, ctx: Context) -> None:
    found = rates(text, ctx)
    want = [part.strip() for part in expected.split(" ; ")] if expected else []
    told = []
    for at, f in enumerate(found):
        assert text[f.start : f.end] == f.text
        scope = f"@{f.value.scope or '-'}" if at < len(want) and "@" in want[at] else ""
        told.append(f"{f.value.numerator:g}/{f.value.denominator:g} {f.value.bound}{scope}")
    assert told == want


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_careful_reader(text: str, expected: str) -> None:
    check(text, expected, NOTHING)


@pytest.mark.parametrize(("text", "expected"), [c for c in CASES if c[0] != "5/12以内"])
def test_the_same_in_a_rate_column(text: str, expected: str) -> None:
    check(text, expected, COLUMN)


@pytest.mark.parametrize("text", NONE)
def test_no_rate(text: str) -> None:
    check(text, "", NOTHING)


@pytest.mark.parametrize("text", [t for t in NONE if t not in ("付加価値額を年率3％以上向上",)])
def test_no_rate_in_prose(text: str) -> None:
    check(text, "", SUMMARY)


@pytest.mark.parametrize(("text", "expected"), PROSE)
def test_prose(text: str, expected: str) -> None:
    check(text, expected, SUMMARY)


@pytest.mark.parametrize(
    ("text", "ctx", "codes"),
    [
        ("3/2", COLUMN, ["rate_above_1"]),
        ("補助率：3/2以内", NOTHING, ["rate_above_1"]),
        ("150％", COLUMN, ["rate_above_1"]),
        ("3/2", NOTHING, []),
        ("4/1～9/30", COLUMN, []),
        ("24/7", SUMMARY, []),
        ("2/3", COLUMN, []),
    ],
)
def test_a_rate_above_1_is_a_doubt(text: str, ctx: Context, codes: list[str]) -> None:
    assert [d.value for d in doubts(text, ctx)] == codes
    assert rates(text, ctx) == () or codes == []


ALPHABET = "0123456789０１２／/％%分の割以内上限補助率はがを（）()～〜-・、。 　二三十½⅔中小企業場合又全額半"


@given(st.text(alphabet=ALPHABET, max_size=50) | st.text(max_size=30), st.sampled_from([NOTHING, COLUMN, SUMMARY]))
def test_never_raises_and_spans_give_back_their_text(text: str, ctx: Context) -> None:
    for found in rates(text, ctx):
        assert text[found.start : found.end] == found.text
        assert 0 < found.value.value <= 1
    doubts(text, ctx)


WIDE = str.maketrans("0123456789/()%:~", "０１２３４５６７８９／（）％：～")


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_width_never_changes_a_value(text: str, expected: str) -> None:
    values = [f.value for f in rates(text, NOTHING)]
    assert [f.value for f in rates(text.translate(WIDE), NOTHING)] == values
    assert [f.value for f in rates(text.replace(" ", "\u3000"), NOTHING)] == values


@pytest.mark.parametrize("piece", ["1/", "1/2", "1/2、", "2分の1", "%", "1%", "十", "1 / ", "（1/2", "1/2～", "割", "最大1/2（", "1割5分", "全額"])
def test_hostile_text_is_read_in_a_second(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    began = time.perf_counter()
    rates(text, COLUMN)
    assert time.perf_counter() - began < 4  # a second on an idle core; the test machine is shared
