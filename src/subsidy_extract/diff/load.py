"""An output folder, a programs.parquet or a programs.json goes in, a YearList comes out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Amount, Dataset, Email, Period, Phone, Rate, Url
from subsidy_extract.read.name import name_of, readable

from .model import Head, Programme, Typed, Value, YearList

TEXTS = (
    "section", "category", "municipality", "name", "organization", "eligibility", "summary", "eligible_costs",
    "rate_text", "amount_text", "period_text", "contact", "site", "remarks",
)  # fmt: skip
"""Published text columns that are compared. `list_number` is not: a programme that moved up is no change."""

EXTRA = "extra:"
_LISTS = {"phones": "phone", "emails": "email", "urls": "url", "rates": "rate", "amounts": "amount", "periods": "period"}

Row = Mapping[str, Any]
"""One row of programs.json or programs.parquet: the names and values of DATASET.md."""


def load(path: str | Path) -> YearList:
    """Reads a list from an output folder, a `programs.parquet` or a `programs.json`.

    Headings come from `cells.parquet` and the title from `report.json` where these lie beside the programmes.
    Raises ExtractError (3) when it is missing or damaged, (4) when it is no such file.
    """
    path = Path(path)
    if path.is_dir():
        found = next((path / n for n in ("programs.parquet", "programs.json") if (path / n).is_file()), None)
        if found is None:
            raise ExtractError(Exit.UNREADABLE, f"{path} holds no programs.parquet", "Name the folder that extract wrote")
        folder, label = path, name_of(path.resolve())
    elif path.is_file():
        found, folder = path, path.parent
        label = name_of(path.resolve().parent) if path.stem == "programs" else readable(path.stem)
    else:
        raise ExtractError(Exit.UNREADABLE, f"{path} is not there", "Check the path")
    try:
        rows = _rows(found)
        report = folder / "report.json"
        said = json.loads(report.read_text(encoding="utf8")) if report.is_file() and found.stem == "programs" else {}
        cells = folder / "cells.parquet"
        heads = _heads(cells) if cells.is_file() and found.stem == "programs" else ()
        return from_rows(rows, label=label, title=said.get("title"), fiscal_year=said.get("fiscal_year"), heads=heads)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as err:  # ArrowInvalid is a ValueError
        raise ExtractError(Exit.UNREADABLE, f"{found} can't be read as programmes: {err}", "Run extract again") from err


def _rows(path: Path) -> Sequence[Row]:
    if path.suffix == ".json":
        rows = json.loads(path.read_text(encoding="utf8"))
        if not isinstance(rows, list):
            raise ValueError("an array of programmes is expected")
        return rows
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        with path.open("rb") as file:  # Arrow opens no path that is not UTF-8
            table: list[Row] = pq.ParquetFile(file).read().to_pylist()
        return table
    raise ExtractError(Exit.UNKNOWN_FORMAT, f"{path} is no list of programmes", "Give an output folder or a programs.parquet")


def _heads(path: Path) -> tuple[Head, ...]:
    import pyarrow.parquet as pq

    with path.open("rb") as opened:
        file = pq.ParquetFile(opened)
        wanted = [n for n in ("column", "heading", "x0", "cell") if n in set(file.schema_arrow.names)]
        return _read_heads(file.read(columns=wanted).to_pylist())


def _read_heads(cells: Iterable[Row]) -> tuple[Head, ...]:
    """The columns of a list from left to right, each under the heading most of its cells have."""
    at: dict[str, list[float]] = {}
    headings: dict[str, dict[str, int]] = {}
    for row in cells:
        column, heading = row.get("column"), row.get("heading")
        if not column or heading is None:
            continue
        if column == "extra":
            column = EXTRA + heading
        x = row.get("x0")
        place = float(x) if x is not None else _letter(row.get("cell"), default=len(at))
        at.setdefault(column, []).append(place)
        counts = headings.setdefault(column, {})
        counts[heading] = counts.get(heading, 0) + 1
    order = sorted(at, key=lambda c: median(at[c]))
    return tuple(Head(c, max(headings[c], key=headings[c].__getitem__)) for c in order)


def from_dataset(data: Dataset, label: str) -> YearList:
    """A YearList from a list that was extracted on the fly, without writing it."""
    from subsidy_extract.frame import cell_rows, program_rows

    return from_rows(
        program_rows(data), label=label, title=data.document.title, fiscal_year=data.fiscal_year, heads=_read_heads(cell_rows(data))
    )


def _letter(cell: str | None, default: int) -> float:
    """The column of a cell name: B7 → 2."""
    letters = "".join(c for c in (cell or "") if "A" <= c <= "Z")
    value = 0
    for c in letters:
        value = value * 26 + ord(c) - 64
    return float(value or default)


def from_rows(
    rows: Iterable[Row],
    *,
    label: str,
    title: str | None = None,
    fiscal_year: int | None = None,
    heads: Sequence[Head] = (),
) -> YearList:
    """A YearList from rows as `programs.json` has them (dates as ISO text or as dates)."""
    rows = list(rows)
    programmes = tuple(_programme(r, i) for i, r in enumerate(rows, 1))
    first: Row = rows[0] if rows else {}
    if not heads and rows:
        heads = _summary_heading(rows)
    return YearList(
        label=label,
        programmes=programmes,
        fiscal_year=_int(first.get("fiscal_year")) or fiscal_year,
        issuer=first.get("issuer"),
        title=title,
        source=first.get("source"),
        sha256=first.get("source_sha256"),
        heads=tuple(heads),
    )


def _summary_heading(rows: Sequence[Row]) -> tuple[Head, ...]:
    counts: dict[str, int] = {}
    for row in rows:
        if heading := row.get("summary_heading"):
            counts[heading] = counts.get(heading, 0) + 1
    return (Head("summary", max(counts, key=counts.__getitem__)),) if counts else ()


def _programme(row: Row, position: int) -> Programme:
    texts = {k: str(row[k]) for k in TEXTS if row.get(k)}
    for extra in row.get("extra") or ():
        if extra.get("text"):
            key = EXTRA + str(extra.get("heading") or "")
            texts[key] = f"{texts[key]} {extra['text']}" if key in texts else str(extra["text"])
    values = tuple(
        _value(kind, item, texts) for field, kind in _LISTS.items() for item in row.get(field) or () if item is not None
    )
    number = _int(row.get("number")) or position
    return Programme(
        id=str(row.get("id") or f"#{number}"),
        number=number,
        name=str(row.get("name") or ""),
        texts=texts,
        values=values,
        office=row.get("office"),
        issuer=row.get("issuer"),
        cap_yen=_int(row.get("cap_yen")),
        rate=row.get("rate"),
        page=_int(row.get("page_first")),
    )


def _value(kind: str, item: Row, texts: Mapping[str, str]) -> Value:
    """One typed value; an origin that does not fit its column (another version wrote it) is looked up by its words."""
    column, start, end = item.get("column"), _int(item.get("span_start")) or 0, _int(item.get("span_end")) or 0
    text = str(item.get("text") or "")
    if column is not None and column not in texts and EXTRA + column in texts:
        column = EXTRA + column
    within = texts.get(column) if column is not None else None
    if within is None:
        column = None
    elif within[start:end] != text or start == end:
        at = within.find(text) if text else -1
        column, start, end = (column, at, at + len(text)) if at >= 0 else (column, 0, 0)
    return Value(kind, _typed(kind, item), column, start, end, text)


def _typed(kind: str, item: Row) -> Typed:
    match kind:
        case "phone":
            return Phone(
                str(item.get("kind") or "tel"), str(item["number"]), item.get("e164"), item.get("extension") or None,
                str(item.get("type") or "unknown"), bool(item.get("valid", True)),
            )  # fmt: skip
        case "email":
            return Email(str(item["address"]), bool(item.get("valid", True)), item.get("suggestion"))
        case "url":
            return Url(str(item["url"]), bool(item.get("valid", True)), item.get("suggestion"))
        case "rate":
            return Rate(
                float(item["numerator"]), float(item["denominator"]), str(item.get("bound") or "exact"), item.get("scope") or None
            )
        case "amount":
            return Amount(str(item.get("role") or "stated"), int(item["yen"]), item.get("per") or None, item.get("scope") or None)
        case _:
            return Period(
                str(item.get("role") or "other"), _int(item.get("round")), _date(item.get("start")), _date(item.get("end")),
                item.get("precision"), item.get("start_event"), item.get("status"),
            )  # fmt: skip


def _int(value: Any) -> int | None:
    return None if value is None or value != value else int(value)


def _date(value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10])
