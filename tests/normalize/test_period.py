"""Periods: every way a list says when, and what is no period. Written from what a careful reader takes; the programmes are made up."""

from __future__ import annotations

from datetime import date

import pytest

from subsidy_extract.model import Context
from subsidy_extract.normalize.period import doubts, periods

COLUMN = Context(fiscal_year=2026, column="period_text")
PROSE = Context(fiscal_year=2026, column="summary")


def read(text: str, ctx: Context = COLUMN) -> list[tuple[str | None, str | None, str | None]]:
    """(start, end, status) of the application periods, as ISO text."""
    found = periods(text, ctx)
    assert all(text[f.start : f.end] == f.text for f in found)
    return [(str(f.value.start or "") or None, str(f.value.end or "") or None, f.value.status) for f in found if f.value.role == "application"]


WINDOWS = [
    ("令和8年4～6月", ("2026-04-01", "2026-06-30", None)),
    ("令和8年6月1日～8月31日（8月13日～15日を除く）", ("2026-06-01", "2026-08-31", None)),
    ("令和8年6月1日～8月31日（8月13日を除く）", ("2026-06-01", "2026-08-31", None)),
    ("令和8年度は募集しません", (None, None, "closed")),
    ("令和8年度実施予定なし", (None, None, "closed")),
    ("事前相談：随時　申請：令和8年5月1日～6月30日", ("2026-05-01", "2026-06-30", None)),
    ("申請期限の定めなし", (None, None, "rolling")),
    ("令和8年度上半期", ("2026-04-01", "2026-09-30", None)),
    ("令和8年度 下期", ("2026-10-01", "2027-03-31", None)),
    ("令和8年度第1四半期", ("2026-04-01", "2026-06-30", None)),
    ("令和8年度第四四半期中", ("2027-01-01", "2027-03-31", None)),
    ("令和8年度上半期（4月6日～5月29日）", ("2026-04-06", "2026-05-29", None)),
    ("令和8年度（4月6日～5月29日）", ("2026-04-06", "2026-05-29", None)),
    ("令和9年度 1月6日～2月10日", ("2028-01-06", "2028-02-10", None)),
    ("令和8年度前期：4月6日～5月29日", ("2026-04-06", "2026-05-29", None)),
    ("2026年4月6日（令和8年4月6日）～2026年5月29日（令和8年5月29日）", ("2026-04-06", "2026-05-29", None)),
    ("令和8年4月6日⇨令和8年5月29日", ("2026-04-06", "2026-05-29", None)),
    ("令和8年4月6日▶5月29日", ("2026-04-06", "2026-05-29", None)),
    ("本年6月1日から8月31日まで", ("2026-06-01", "2026-08-31", None)),
    ("令和8年6月1日～同年9月30日", ("2026-06-01", "2026-09-30", None)),
    ("令和8年度当初から", ("2026-04-01", None, None)),
    ("R8.4/6～R8.5/29", ("2026-04-06", "2026-05-29", None)),
    ("令和8年4/6～5/29", ("2026-04-06", "2026-05-29", None)),
    ("予算額に達したため受付終了", (None, None, "closed")),
    ("2026年4月6日(月)-5月29日(金)", ("2026-04-06", "2026-05-29", None)),
    ("令和８年４月６日－５月２９日", ("2026-04-06", "2026-05-29", None)),
    ("令和8年4月-6月", ("2026-04-01", "2026-06-30", None)),
    ("令和8年4月6日～なくなり次第終了", ("2026-04-06", None, "until_budget")),
    ("令和8年4月6日～令和8年5月29日", ("2026-04-06", "2026-05-29", None)),
    ("令和8年4月6日（月）～5月29日（金）", ("2026-04-06", "2026-05-29", None)),
    ("令和８年４月６日（月曜日）から５月２９日（金曜日）まで", ("2026-04-06", "2026-05-29", None)),
    ("令和八年四月六日から五月二十九日まで", ("2026-04-06", "2026-05-29", None)),
    ("令和8（2026）年4月6日～5月29日", ("2026-04-06", "2026-05-29", None)),
    ("2026年（令和8年）4月6日から2026年5月29日", ("2026-04-06", "2026-05-29", None)),
    ("R8.4.6～R8.5.29", ("2026-04-06", "2026-05-29", None)),
    ("Ｒ８．４．６～Ｒ８．５．２９", ("2026-04-06", "2026-05-29", None)),
    ("R8.4.6～5.29", ("2026-04-06", "2026-05-29", None)),
    ("R8/4/6-R8/5/29", ("2026-04-06", "2026-05-29", None)),
    ("2026/4/6～2026/5/29", ("2026-04-06", "2026-05-29", None)),
    ("2026-04-06 ～ 2026-05-29", ("2026-04-06", "2026-05-29", None)),
    ("2026.4.6 ～ 5.29", ("2026-04-06", "2026-05-29", None)),
    ("20260406～20260529", ("2026-04-06", "2026-05-29", None)),
    ("4/6～5/29", ("2026-04-06", "2026-05-29", None)),
    ("4/6（月）～5/29（金）", ("2026-04-06", "2026-05-29", None)),
    ("4.6～5.29", ("2026-04-06", "2026-05-29", None)),
    ("4月6日～5月29日", ("2026-04-06", "2026-05-29", None)),
    ("4月6日～29日", ("2026-04-06", "2026-04-29", None)),
    ("令和8年4月6日10時～5月29日17時必着", ("2026-04-06", "2026-05-29", None)),
    ("令和8年4月6日（月）午前9時から5月29日（金）午後5時まで", ("2026-04-06", "2026-05-29", None)),
    ("㋿8年4月6日～㋿8年5月29日", ("2026-04-06", "2026-05-29", None)),
    ("平成31年4月8日～令和元年5月31日", ("2019-04-08", "2019-05-31", None)),
    ("令和8年10月1日～令和9年1月末日", ("2026-10-01", "2027-01-31", None)),
    ("10月1日～翌年2月末", ("2026-10-01", "2027-02-28", None)),
    ("令和8年4月～翌3月", ("2026-04-01", "2027-03-31", None)),
    ("4月～翌3月", ("2026-04-01", "2027-03-31", None)),
    ("4/1～翌3/20", ("2026-04-01", "2027-03-20", None)),
    ("R8.4～R9.3", ("2026-04-01", "2027-03-31", None)),
    ("1/12～2/26", ("2027-01-12", "2027-02-26", None)),
    ("3/9～4/24", ("2026-03-09", "2026-04-24", None)),
    ("令和8年4月6日～", ("2026-04-06", None, None)),
    ("令和8年4月6日（月）から受付開始", ("2026-04-06", None, None)),
    ("～令和8年5月29日", (None, "2026-05-29", None)),
    ("令和8年5月29日まで", (None, "2026-05-29", None)),
    ("令和8年5月29日（金）必着", (None, "2026-05-29", None)),
    ("令和8年5月29日（当日消印有効）", (None, "2026-05-29", None)),
    ("締切：令和8年5月29日", (None, "2026-05-29", None)),
    ("5月29日（金）17時締切", (None, "2026-05-29", None)),
    ("令和9年2月末まで", (None, "2027-02-28", None)),
    ("受付開始：4月6日　締切：5月29日", ("2026-04-06", "2026-05-29", None)),
    ("2026-05-28T15:00:00Z", ("2026-05-29", None, None)),
    ("2026-05-29T08:00:00.000Z", (None, "2026-05-29", None)),
    ("令和8年度", ("2026-04-01", "2027-03-31", None)),
    ("令和8年度末まで", (None, "2027-03-31", None)),
    ("令和8年6月", ("2026-06-01", "2026-06-30", None)),
    ("随時", (None, None, "rolling")),
    ("随時受付", (None, None, "rolling")),
    ("随時（着工の30日前まで）", (None, None, "rolling")),
    ("当面の間", (None, None, "rolling")),
    ("通年", (None, None, "year_round")),
    ("通年（令和8年4月1日～令和9年3月31日）", ("2026-04-01", "2027-03-31", "year_round")),
    ("予算がなくなり次第終了", (None, None, "until_budget")),
    ("予算の上限に達した時点で受付を終了します", (None, None, "until_budget")),
    ("予算額に達するまで", (None, None, "until_budget")),
    ("随時（予算終了まで）", (None, None, "until_budget")),
    ("R8.4.6～予算の範囲内", ("2026-04-06", None, "until_budget")),
    ("R8.4.6～予算がなくなり次第終了", ("2026-04-06", None, "until_budget")),
    ("4月6日から随時受付", ("2026-04-06", None, "rolling")),
    ("令和8年4月6日～12月25日 ※予算に達し次第終了", ("2026-04-06", "2026-12-25", "until_budget")),
    ("令和８年度中　予算（総額500万円）がなくなり次第終了", ("2026-04-01", "2027-03-31", "until_budget")),
    ("年１回公募", (None, None, "yearly")),
    ("毎年4月1日から5月31日まで", ("2026-04-01", "2026-05-31", "yearly")),
    ("令和8年度（申請期間は令和9年1月22日まで）", (None, "2027-01-22", None)),
    ("令和8年5月11日〜12月15日（必着。予算次第で終了。先着）", ("2026-05-11", "2026-12-15", "until_budget")),
    ("令和8年度申請受付中（予算到達で終了）", ("2026-04-01", "2027-03-31", "until_budget")),
    ("令和8年度の募集は終了しました", (None, None, "closed")),
    ("令和8年10月1日より受付", ("2026-10-01", None, None)),
    ("五月二十九日（必着）まで", (None, "2026-05-29", None)),
    ("受付終了", (None, None, "closed")),
    ("令和8年4月6日～4月24日（受付終了）", ("2026-04-06", "2026-04-24", "closed")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "window"), WINDOWS)
def test_one_window(text: str, window: tuple[str | None, str | None, str | None]) -> None:
    assert read(text) == [window]


ROUNDS = [
    ("第1次：R8.4.6～R8.5.29 第2次：R8.8.3～R8.9.30", [(1, "2026-04-06", "2026-05-29"), (2, "2026-08-03", "2026-09-30")]),
    ("１次公募：4/6～5/29　２次公募：8/3～9/30", [(1, "2026-04-06", "2026-05-29"), (2, "2026-08-03", "2026-09-30")]),
    ("（第3回）令和8年4月6日～24日、（第4回）7月1日～31日", [(3, "2026-04-06", "2026-04-24"), (4, "2026-07-01", "2026-07-31")]),
    ("前期：4/6～5/29　後期：9/1～10/30", [(1, "2026-04-06", "2026-05-29"), (2, "2026-09-01", "2026-10-30")]),
    ("第一期 四月六日～五月八日", [(1, "2026-04-06", "2026-05-08")]),
    ("1回目：5月29日まで　2回目：8月31日まで", [(1, None, "2026-05-29"), (2, None, "2026-08-31")]),
    ("4/6～5/29、9/1～10/9", [(None, "2026-04-06", "2026-05-29"), (None, "2026-09-01", "2026-10-09")]),
    ("第1回：4/6～5/29 第2回：調整中", [(1, "2026-04-06", "2026-05-29")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "calls"), ROUNDS)
def test_several_calls(text: str, calls: list[tuple[int | None, str | None, str | None]]) -> None:
    found = periods(text, COLUMN)
    assert [(f.value.round, str(f.value.start or "") or None, str(f.value.end or "") or None) for f in found] == calls


NONE = [
    "年度内40万円まで",
    "事前協議による",
    "転入後１年以内",
    "出展の1か月前まで",
    "融資実行日から３か月以内",
    "公募回ごとに設定",
    "別途お知らせします",
    "令和8年度の受付期間は未定",
    "補助率1/2、上限500万円",
    "平日9時から17時まで",
    "026-235-7101",
    "5万円/月×12月",
    "3月以内に納付",
    "令和8年度予算",
    "令和8年4月1日現在",
    "ISO9001:2015",
    "第12条第3項",
]


@pytest.mark.parametrize("text", NONE)
def test_nothing_where_nothing_is(text: str) -> None:
    assert periods(text, COLUMN) == ()


PROSE_NONE = [
    "2/3以内（1/2の場合あり）",
    "輸出は1/2～2/3を補助",
    "予算の範囲内で補助します",
    "通年雇用する者を対象とし、随時相談に応じます",
    "令和8年度から要件を緩和します",
    "事業終了後5年間は財産を処分できません",
    "前期比で売上が3割減少",
    "1月当たり5万円",
]


@pytest.mark.parametrize("text", PROSE_NONE)
def test_nothing_in_prose(text: str) -> None:
    assert periods(text, PROSE) == ()


ROLES = [
    ("交付決定日から令和9年2月26日までに発生した費用", "eligible_cost", "交付決定日", None, "2027-02-26"),
    ("採択から2027年1月15日までに支払った経費", "eligible_cost", "採択", None, "2027-01-15"),
    ("※対象期間：令和8年4月1日出港分～令和9年3月31日入港分", "eligible_cost", None, "2026-04-01", "2027-03-31"),
    ("令和8年4月1日～令和9年3月12日（補助対象期間）", "eligible_cost", None, "2026-04-01", "2027-03-12"),
    ("令和9年2月末までに事業を完了すること", "completion", None, None, "2027-02-28"),
    ("実績報告：令和9年3月10日まで", "completion", None, None, "2027-03-10"),
    ("事業実施期間：令和8年6月1日～令和9年2月28日", "programme", None, "2026-06-01", "2027-02-28"),
    ("申請は令和8年12月25日まで", "application", None, None, "2026-12-25"),
    ("令和7年4月1日以降に資格を取得した者", "other", None, "2025-04-01", None),
    ("昭和56年5月31日以前に建てられた住宅", "other", None, None, "1981-05-31"),
    ("昭和56年5月31日以前に着工された木造住宅", "other", None, None, "1981-05-31"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "role", "event", "start", "end"), ROLES)
def test_roles_in_prose(text: str, role: str, event: str | None, start: str | None, end: str | None) -> None:
    (found,) = periods(text, PROSE)
    p = found.value
    assert (p.role, p.start_event, str(p.start or "") or None, str(p.end or "") or None) == (role, event, start, end)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("令和8年4月6日～5月29日（着工前に申請）", "application"),
        ("令和8年5月29日まで（契約・発注の前に申請してください）", "application"),
        ("令和8年5月29日まで　設備の購入は交付決定後", "application"),
        ("令和8年5月29日までに事業を完了させること", "completion"),
        ("令和8年4月6日～令和9年3月12日（補助対象期間）", "eligible_cost"),
        ("事業期間：令和8年4月6日～令和9年3月12日", "programme"),
    ],
)
def test_roles_in_a_column_of_windows(text: str, role: str) -> None:
    assert [f.value.role for f in periods(text, COLUMN)] == [role]


def test_an_event_without_a_day() -> None:
    (found,) = periods("対象は交付決定日以降に発生した経費", PROSE)
    assert (found.value.role, found.value.start_event, found.value.start, found.value.end) == ("eligible_cost", "交付決定日", None, None)


DOUBTS = [
    ("令和8年2月30日まで", None, None, "impossible_date"),
    ("令和8年4月6日～6月31日", "2026-04-06", None, "impossible_date"),
    ("令和8年5月29日～令和8年4月6日", "2026-05-29", "2026-04-06", "end_before_start"),
    ("令和8年5月29日（月）まで", None, "2026-05-29", "weekday_mismatch"),
    ("令和8年年5月29日まで", None, "2026-05-29", "doubled_sign"),
    ("令和8年4月6日～令和5月29日", "2026-04-06", None, "incomplete_year"),
    ("令和8（2025）年4月6日から", "2026-04-06", None, "year_mismatch"),
    ("令和8年4月6日～9月下旬", "2026-04-06", None, "vague_date"),
    ("2026年5月29日（令和7年5月29日）まで", None, "2026-05-29", "year_mismatch"),
    ("5月29日頃まで", None, "2026-05-29", "approximate_date"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "start", "end", "doubt"), DOUBTS)
def test_doubts_make_no_date_up(text: str, start: str | None, end: str | None, doubt: str) -> None:
    (found,) = periods(text, COLUMN)
    assert (str(found.value.start or "") or None, str(found.value.end or "") or None, found.doubt) == (start, end, doubt)


@pytest.mark.parametrize("text", ["2026年7月頃（予定）", "4月中旬～5月中旬", "各機関による（多くは５月～８月）", "年１回（11月）", "2026年夏", "令和8年 春頃", "令和8年度 秋", "令和8年第1四半期", "令和8年度前期", "毎月15日締切"])
def test_a_vague_time_is_no_window(text: str) -> None:
    found = periods(text, COLUMN)
    assert [(f.value.role, f.value.start, f.value.end) for f in found] == [("other", None, None)]
    assert found[0].doubt in ("vague_date", "recurring_date")


def test_without_a_year_nothing_is_guessed() -> None:
    (found,) = periods("4月6日～5月29日", Context(column="period_text"))
    assert (found.value.start, found.value.end, found.doubt) == (None, None, "missing_year")


def test_precision() -> None:
    by = {text: periods(text, COLUMN)[0].value.precision for text in ("令和8年4月6日まで", "令和8年4月まで", "令和8年度", "R8.4～R9.3", "令和9年3月末まで")}
    assert list(by.values()) == ["day", "month", "year", "month", "day"]


def test_the_heading_says_what_a_bare_range_is_for() -> None:
    def role(heading: str) -> str:
        return periods("R8.4.6～R8.9.30", Context(fiscal_year=2026, column="period_text", heading=heading))[0].value.role

    assert [role(h) for h in ("募集期間", "事業実施期間", "補助対象期間", "完了期限")] == ["application", "programme", "eligible_cost", "completion"]


def test_a_status_over_all_calls() -> None:
    found = periods("4/6～5/29、9/1～10/9 ※予算額に達し次第終了", COLUMN)
    assert [f.value.status for f in found] == ["until_budget", "until_budget"]
    assert [f.value.end for f in found] == [date(2026, 5, 29), date(2026, 10, 9)]


def test_a_day_of_a_life_is_no_window() -> None:
    (found,) = periods("昭和56年5月31日以前に建築された住宅", Context())
    assert (found.value.role, str(found.value.end)) == ("other", "1981-05-31")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("自 令和8年4月1日 至 令和8年6月30日", "2026-04-01", "2026-06-30"),
        ("自令和8年4月1日至6月30日", "2026-04-01", "2026-06-30"),
        ("令和8年4月1日～9年1月31日", "2026-04-01", "2027-01-31"),
        ("令和8年4月～9年1月", "2026-04-01", "2027-01-31"),
        ("R8.4.1～9.1.31", "2026-04-01", "2027-01-31"),
        ("2026/4/1-27/1/31", "2026-04-01", "2027-01-31"),
        ("R8年4月1日-R8年6月30日", "2026-04-01", "2026-06-30"),
        ("令和8年4月1日～同月末日", "2026-04-01", "2026-04-30"),
        ("令和8～10年度", "2026-04-01", "2029-03-31"),
        ("4～6月", "2026-04-01", "2026-06-30"),
        ("11-2月", "2026-11-01", "2027-02-28"),
    ],
)
def test_the_end_of_a_range_says_less_than_its_beginning(text: str, start: str, end: str) -> None:
    (found,) = periods(text, Context(fiscal_year=2026, column="period_text"))
    assert (str(found.value.start), str(found.value.end)) == (start, end)
    assert found.text == text or "自" in text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("令8.4.1～令8.5.1", ["8.4.1", "8.5.1"]),
        ("26/4/1～27/3/31", ["26/4/1", "27/3/31"]),
        ("4,7,10月", ["4,7,"]),
        ("令和8・9年度", ["9年度"]),
        ("第2四半期", ["2四半期"]),
        ("令和8年4月1日～6月30日（3か月間）", []),
        ("4月10日から3年間", []),
        ("随時（年3回）", []),
    ],
)
def test_a_date_that_is_in_no_period_is_a_doubt(text: str, told: list[str]) -> None:
    ctx = Context(fiscal_year=2026, column="period_text")
    assert [f.text for f in doubts(text, ctx) if f.doubt == "unread_date"] == told
    assert doubts(text, Context(column="summary")) == ()
