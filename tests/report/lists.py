"""A list made by hand whose every text is of one's choosing: names, texts, headings, values, issues, places."""

from __future__ import annotations

from collections.abc import Sequence

from subsidy_extract.model import (
    Amount,
    Cell,
    Column,
    ColumnCell,
    Dataset,
    Document,
    Email,
    Entry,
    Found,
    Issue,
    LeftOut,
    Origin,
    Outcome,
    PageCoverage,
    Phone,
    Piece,
    Place,
    Record,
    Source,
    Url,
)


def column(text: str, place: Place, heading: str) -> Column:
    return Column(text, (ColumnCell(heading, Cell(text, (Piece(text, place),))),), (0,))


def record(number: int, text: str, place: Place) -> Record:
    of = {k: column(text, place, text) for k in ("name", "summary", "contact", "site", "remarks")}
    entry = Entry(number, of, extra=((text, column(text, place, text)),), section=text, page_first=place.page, page_last=place.page)
    end = len(text)
    found = {
        "urls": (("site", Found(Url(text, True, text), text, 0, end)),),
        "emails": (("contact", Found(Email(text, False, text), text, 0, end, text)),),
        "phones": (("contact", Found(Phone("tel", text, None, text, "unknown", False), text, 0, end)),),
        "amounts": (("summary", Found(Amount("cap", 500_000, text, text), text, 0, end, text)),),
    }
    return Record(f"{number:012x}", entry, found, office=text)


def dataset(texts: Sequence[str], name: str = "list.xlsx") -> Dataset:
    """A programme for each text, which stands in every place a text can stand in."""
    places = [Place(sheet=text, cell=text) if n % 2 else Place(page=1, bbox=(10, 10.0 * n, 90, 10.0 * n + 9)) for n, text in enumerate(texts, 1)]
    records = tuple(record(n, text, place) for n, (text, place) in enumerate(zip(texts, places, strict=True), 1))
    issues = tuple(
        Issue("invalid_email", "error", f"«{t}» is no mail address", f"「{t}」", number=n, id=f"{n:012x}", field="emails", value=t, suggestion=t, places=(p,))
        for n, (t, p) in enumerate(zip(texts, places, strict=True), 1)
    )
    left_out = tuple(LeftOut(t, p, "prose") for t, p in zip(texts, places, strict=True))
    document = Document(Source(name, "0" * 64, 1, "xlsx", 1), (), title=texts[0] if texts else None)
    return Dataset(document, 2026, texts[0] if texts else None, Origin(), records, left_out, (PageCoverage(1, 1, 1, 0, 0, 0),), (Outcome("invalid_email", len(records), issues),))
