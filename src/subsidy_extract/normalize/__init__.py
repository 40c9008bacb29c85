"""One room for each kind of expression: `(text, Context) -> tuple[Found, ...]`, in the order of the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from subsidy_extract.model import Context, Found
from subsidy_extract.normalize import amount, period, rate
from subsidy_extract.normalize.amount import amounts
from subsidy_extract.normalize.items import items
from subsidy_extract.normalize.mail import emails
from subsidy_extract.normalize.period import periods
from subsidy_extract.normalize.phone import phones
from subsidy_extract.normalize.rate import rates
from subsidy_extract.normalize.terms import terms
from subsidy_extract.normalize.url import urls

FINDERS: dict[str, Callable[[str, Context], tuple[Found[Any], ...]]] = {
    "amounts": amounts,
    "emails": emails,
    "items": items,
    "periods": periods,
    "phones": phones,
    "rates": rates,
    "terms": terms,
    "urls": urls,
}
"""Name of a finder (columns.Field.finder) → normaliser."""

DOUBTERS: dict[str, Callable[[str, Context], tuple[Found[str], ...]]] = {"amounts": amount.doubts, "periods": period.doubts, "rates": rate.doubts}
"""Name of a finder → what it saw and would not read (a figure without a unit, a date that fits nothing, a rate above 1): codes, with their spans."""


def warm() -> None:
    """Has every normaliser load what it needs (phone metadata, public suffixes): done while something else reads."""
    for find in FINDERS.values():
        find("(1) 1/2以内 50万円 令和8年4月1日 TEL 03-3501-1511 a@example.co.jp https://example.co.jp/", Context())
