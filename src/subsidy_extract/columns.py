"""THE table: the headings of real lists → column key (COLUMNS), and what is published from which columns (FIELDS)."""

from __future__ import annotations

from dataclasses import dataclass

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("補助・助成事業名", "事業名"),
    "eligibility": ("補助・助成対象者", "対象者"),
    "summary": ("事業概要", "事業内容"),
    "eligible_costs": ("対象経費",),
    "contact": ("問合せ・申込先", "問合せ先"),
    "site": ("問合せ先サイト",),
    "organization": ("実施機関",),
    "category": ("区分",),
    "municipality": ("市町村名",),
    "list_number": ("No.", "番号"),
    "rate_text": ("補助率",),
    "amount_text": ("補助上限額",),
    "period_text": ("募集期間",),
    "remarks": ("備考",),
    "budget": ("予算額",),
}
"""Column key → headings seen in the wild, folded (widths, spaces, line breaks and brackets with a unit left away).
`budget` is known, so that it is no cap, and published in `extra`."""


@dataclass(frozen=True, slots=True)
class Field:
    """One published field. type: a name of frame.TYPES. source: the columns it is read from, in order of preference
    (each tuple of `source` is tried; the first group with a column in this list wins). finder: a name of normalize.FINDERS."""

    name: str
    type: str
    says: str
    source: tuple[tuple[str, ...], ...] = ()
    finder: str | None = None
