"""What the page says of values, issues and doubts, and which field a correction of an issue names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from subsidy_extract.check.doubts import DOUBTS, doubt
from subsidy_extract.check.facts import issue
from subsidy_extract.check.values import SILENT, VAGUE
from subsidy_extract.model import Issue
from subsidy_extract.report.html.plots import fraction, yen
from subsidy_extract.report.html.shown import said, target, window

PERIOD = {"role": "application", "round": 2, "start": date(2026, 4, 1), "end": date(2026, 5, 31), "start_event": None, "status": "until_budget"}
NOTHING: dict[str, Any] = {"scope": None, "per": None, "extension": None}


@pytest.mark.parametrize(
    ("name", "value", "ja", "en"),
    [
        ("amounts", {**NOTHING, "role": "cap", "yen": 500_000, "per": "人"}, "上限 50万円 /人", "cap 50万円 /人"),
        ("amounts", {**NOTHING, "role": "addition", "yen": 1_234_567, "scope": "輸出"}, "加算 1,234,567円 輸出", "addition 1,234,567円 輸出"),
        ("rates", {**NOTHING, "numerator": 2.0, "denominator": 3.0, "bound": "up_to"}, "2/3 以内", "2/3 ≤"),
        ("rates", {**NOTHING, "numerator": 16.7, "denominator": 100.0, "bound": "exact"}, "16.7/100", "16.7/100"),
        ("periods", PERIOD, "募集 #2 2026-04-01 – 2026-05-31 予算終了まで", "application #2 2026-04-01 – 2026-05-31 until budget"),
        ("phones", {**NOTHING, "kind": "fax", "number": "099-286-9156"}, "FAX 099-286-9156", "fax 099-286-9156"),
        ("emails", {"address": "a@b.jp"}, "a@b.jp", "a@b.jp"),
    ],
)  # fmt: skip
def test_a_value_in_words(name: str, value: dict[str, Any], ja: str, en: str) -> None:
    assert said(name, value, "ja") == ja
    assert said(name, value, "en") == en


def test_a_window_that_is_open() -> None:
    assert window({**PERIOD, "round": None, "start": None, "status": None}, "ja") == "… – 2026-05-31"
    assert window({**PERIOD, "start": None, "end": None, "start_event": "交付決定日", "round": None}, "ja") == "交付決定日 – … 予算終了まで"
    assert window({**PERIOD, "start": None, "end": None, "round": None, "status": "rolling"}, "ja") == "随時"


@pytest.mark.parametrize(("rate", "words"), [(2 / 3, "2/3"), (0.5, "1/2"), (1.0, "1"), (0.75, "3/4"), (0.167, "16.7%"), (0.1, "1/10"), (0.9, "9/10")])
def test_a_rate(rate: float, words: str) -> None:
    assert fraction(rate) == words


@pytest.mark.parametrize(("amount", "words"), [(500_000, "50万円"), (120_000_000, "1.2億円"), (1_234, "1,234円"), (15_000, "1.5万円"), (10_000_000, "1,000万円")])
def test_an_amount(amount: int, words: str) -> None:
    assert yen(amount) == words


def row(**more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"rates": [], "amounts": [], "periods": [], "phones": [], "emails": [], "urls": []}
    return {**empty, **more}


def of(field: str | None, value: str | None = None, suggestion: str | None = None) -> Issue:
    return Issue("x", "warning", "x", "x", 1, "0" * 12, field, value, suggestion)


URLS = [{"url": "https://a.jp/guide/x.html", "text": "https://a.jp/guide/x.html"}, {"url": "https://a.jp/gide/y.html", "text": "https://a.jp/gide/y.html"}]


@pytest.mark.parametrize(
    ("issue_", "programme", "field"),
    [
        (of("emails", "a@b"), row(emails=[{"address": "c@d.jp", "text": "c@d.jp"}, {"address": "a@b", "text": "a★b"}]), "emails[1]"),
        (of("urls", "gide", "https://a.jp/guide/y.html"), row(urls=URLS), "urls[1]"),
        (of("urls", "a.jp", "https://b.jp/guide/x.html"), row(urls=URLS), "urls[0]"),
        (of("amounts", "50万円"), row(amounts=[{"text": "上限10万円"}, {"text": "50万円"}]), "amounts[1]"),
        (of("urls"), row(), "url"),
        (of("phones"), row(), "phone"),
        (of("amounts", "応相談5"), row(), "cap_yen"),
        (of("periods"), row(), None),
        (of("name", "x"), row(), "name"),
        (of("eligibility"), row(), "eligibility"),
        (of("extra"), row(), None),
        (of(None), row(), None),
    ],
)  # fmt: skip
def test_what_a_correction_names(issue_: Issue, programme: dict[str, Any], field: str | None) -> None:
    assert target(issue_, programme) == field


def test_doubts_have_words() -> None:
    assert set(DOUBTS) >= SILENT | VAGUE
    assert all(en and ja and not en.endswith(".") for en, ja in DOUBTS.values())
    assert doubt("unit_missing", "ja") == "単位（円・千円・万円）の記載がない"
    assert doubt("never_heard_of", "ja") == "never_heard_of"
    told = issue("doubtful_value", value="50", detail=doubt("unit_missing", "en"), detail_ja=doubt("unit_missing", "ja"))
    assert "no unit" in told.message
    assert told.message_ja.endswith("単位（円・千円・万円）の記載がない")
