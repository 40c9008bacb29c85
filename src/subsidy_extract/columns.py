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


_PROSE = ("summary", "eligibility", "eligible_costs", "remarks")

FIELDS: tuple[Field, ...] = (
    Field("id", "string", "lasting id: 12 hex digits of the folded name without year tokens and 【…】 notes"),
    Field("number", "int32", "1, 2, 3 … in the order of the list"),
    Field("fiscal_year", "int16", "令和8年度 is 2026"),
    Field("issuer", "string", "who published the list"),
    Field("section", "string", "the section row inside the table, else the title above it"),
    Field("category", "string", "区分・分野, as published", (("category",),)),
    Field("municipality", "string", "市町村名, as published", (("municipality",),)),
    Field("list_number", "string", "No.・番号, as published", (("list_number",),)),
    Field("name", "string", "事業名, as published", (("name",),)),
    Field("organization", "string", "実施機関・所管, as published", (("organization",),)),
    Field("eligibility", "string", "対象者, as published", (("eligibility",),)),
    Field("summary", "string", "事業概要・内容, as published", (("summary",),)),
    Field("summary_heading", "string", "the heading the summary really stood under"),
    Field("eligible_costs", "string", "対象経費, as published", (("eligible_costs",),)),
    Field("rate_text", "string", "補助率, as published", (("rate_text",),)),
    Field("amount_text", "string", "上限額・限度額・補助額, as published", (("amount_text",),)),
    Field("period_text", "string", "募集期間・申請期限, as published", (("period_text",),)),
    Field("contact", "string", "問合せ・申込先, as published", (("contact",),)),
    Field("site", "string", "問合せ先サイト・ホームページ, as published", (("site",),)),
    Field("remarks", "string", "備考, as published", (("remarks",),)),
    Field("extra", "extra", "every column nobody knows, with its heading"),
    Field("eligibility_items", "strings", "the eligibility taken apart at (1)(2), ①②, ・ …", (("eligibility",),), "items"),
    Field("cost_items", "strings", "the eligible costs taken apart", (("eligible_costs",),), "items"),
    Field("office", "string", "the contact without phones, mails and labels", (("contact",),)),
    Field("phones", "phones", "every telephone and fax number", (("contact", "site"), ("organization", *_PROSE)), "phones"),
    Field("emails", "emails", "every mail address, broken ones as published", (("contact", "site"), ("organization", *_PROSE)), "emails"),
    Field("urls", "urls", "every URL", (("site", "contact"), ("organization", *_PROSE)), "urls"),
    Field("rates", "rates", "every rate: 3分の2以内 is 2, 3, up_to", (("rate_text", "amount_text"), _PROSE), "rates"),
    Field("amounts", "amounts", "every amount in yen, with role, unit and scope", (("amount_text", "rate_text"), _PROSE), "amounts"),
    Field("periods", "periods", "every period, with its role", (("period_text",), _PROSE), "periods"),
    Field("terms", "strings", "定額, 全額, 実費, 予算の範囲内, 上限なし, 一部", (("rate_text", "amount_text"), _PROSE), "terms"),
    Field("phone", "string", "the first valid telephone number"),
    Field("extension", "string", "its extension (内線)"),
    Field("fax", "string", "the first valid fax number"),
    Field("email", "string", "the first valid mail address"),
    Field("url", "string", "the first valid URL"),
    Field("rate", "float64", "the greatest rate"),
    Field("cap_yen", "int64", "the greatest cap in yen that is not per unit"),
    Field("source", "string", "file name of the source"),
    Field("source_sha256", "string", "its SHA-256"),
    Field("source_url", "string", "where it was published (sources.toml)"),
    Field("retrieved", "date32", "when it was fetched (sources.toml)"),
    Field("page_first", "int32", "page where the programme's own text begins"),
    Field("page_last", "int32", "page where it ends"),
    Field("issues", "strings", "rules of the issues on this programme"),
)
"""What `programs` holds, in this order. `source`: groups of columns; the first group of which the list has its first
column wins (DATASET.md: own columns before prose), `finder` the normaliser that reads them."""
