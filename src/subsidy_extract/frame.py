"""Dataset → rows and Arrow tables of `programs` and `cells`; the schemas are derived from FIELDS, written down once."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson

from subsidy_extract.columns import FIELDS, Field
from subsidy_extract.model import Amount, Column, Dataset, Email, Entry, Found, Phone, Rate, Record, Url

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
KEPT = 4096  # programmes whose rows are kept: 21,000 take 90 MB, and 0.04 ms to make one anew
NOTHING: list[Any] = []
"""The empty list of every field without a value (rows are never changed): one object, where 21,000 rows had 300,000."""

# name of a type → Arrow: a scalar's name, or the members of a struct (in a list)
ORIGIN = {"column": "string", "span_start": "int32", "span_end": "int32", "text": "string", "doubt": "string"}
STRUCTS: dict[str, dict[str, str]] = {
    "extra": {"heading": "string", "text": "string"},
    "phones": {"kind": "string", "number": "string", "e164": "string", "extension": "string", "type": "string", "valid": "bool", **ORIGIN},
    "emails": {"address": "string", "valid": "bool", "suggestion": "string", **ORIGIN},
    "urls": {"url": "string", "valid": "bool", "suggestion": "string", **ORIGIN},
    "rates": {"numerator": "float64", "denominator": "float64", "value": "float64", "bound": "string", "scope": "string", **ORIGIN},
    "amounts": {"role": "string", "yen": "int64", "per": "string", "scope": "string", **ORIGIN},
    "periods": {
        "role": "string", "round": "int32", "start": "date32", "end": "date32", "precision": "string",
        "start_event": "string", "status": "string", **ORIGIN,
    },
}  # fmt: skip
CELLS: dict[str, str] = {
    "number": "int32", "column": "string", "heading": "string", "page": "int32", "x0": "float64", "top": "float64",
    "x1": "float64", "bottom": "float64", "line": "int32", "sheet": "string", "cell": "string", "text": "string",
    "inherited": "bool",
}  # fmt: skip


def arrow_schema(names: Mapping[str, str]) -> pa.Schema:
    """The Arrow schema of fields given as name → type name."""
    import pyarrow as pa

    pa.set_memory_pool(pa.system_memory_pool())  # Arrow's own keeps 30 MB more of what a part of a long list needed
    scalars = {
        "string": pa.string(), "bool": pa.bool_(), "int16": pa.int16(), "int32": pa.int32(), "int64": pa.int64(),
        "float64": pa.float64(), "date32": pa.date32(),
    }  # fmt: skip

    def arrow(kind: str) -> pa.DataType:
        if kind in scalars:
            return scalars[kind]
        if kind == "strings":
            return pa.list_(pa.field("element", pa.string()))
        return pa.list_(pa.field("element", pa.struct([(k, scalars[t]) for k, t in STRUCTS[kind].items()])))

    return pa.schema([(name, arrow(kind)) for name, kind in names.items()])


def programs_schema() -> pa.Schema:
    return arrow_schema({f.name: f.type for f in FIELDS})


def cells_schema() -> pa.Schema:
    return arrow_schema(CELLS)


def _days(value: object) -> int:
    """Dates travel to Arrow as days since 1970 (its JSON reader takes no ISO text for date32)."""
    if isinstance(value, date):
        return value.toordinal() - date(1970, 1, 1).toordinal()
    raise TypeError(f"no place in a table for {type(value).__name__}")


def table(rows: Iterable[Row], schema: pa.Schema) -> pa.Table:
    """Rows → Arrow. By way of JSON, because pa.array and from_pylist import pandas where it is installed (+0.2 s)."""
    import pyarrow.json as pj

    data = bytearray()  # grown: each answer of orjson holds 4 kB, however short it is
    for row in rows:
        data += orjson.dumps(row, default=_days, option=orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_APPEND_NEWLINE)
    if not data:
        return schema.empty_table()
    return pj.read_json(
        io.BytesIO(data),
        read_options=pj.ReadOptions(use_threads=False, block_size=len(data) + 1),
        parse_options=pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error"),
    )


def found_row(found: Found[Any], column: str | None = None) -> Row:
    """A found value as the struct of its field: its own members, then the origin."""
    value = found.value
    own = {name: getattr(value, name) for name in value.__slots__}
    if isinstance(value, Rate):
        own = {"numerator": value.numerator, "denominator": value.denominator, "value": value.value, "bound": value.bound, "scope": value.scope}
    return {**own, "column": column, "span_start": found.start, "span_end": found.end, "text": found.text, "doubt": found.doubt}


def _first(record: Record, name: str, member: Callable[[Any], str | None], kind: type, keep: Callable[[Any], bool]) -> str | None:
    for _, f in record.found.get(name, ()):
        if isinstance(f.value, kind) and keep(f.value):
            return member(f.value)
    return None


def _phone(record: Record, kind: str, member: Callable[[Phone], str | None]) -> str | None:
    return _first(record, "phones", member, Phone, lambda v: bool(v.valid and v.kind == kind))


def _rate(record: Record) -> float | None:
    return max((f.value.value for _, f in record.found.get("rates", ()) if isinstance(f.value, Rate)), default=None)


def _cap(record: Record) -> int | None:
    """The greatest cap that is not per unit; an amount per a span of time or an application is still per unit."""
    caps = [f.value for _, f in record.found.get("amounts", ()) if isinstance(f.value, Amount)]
    return max((a.yen for a in caps if a.role == "cap" and a.per is None), default=None)


DERIVED: dict[str, Callable[[Record], Any]] = {
    "id": lambda r: r.id,
    "number": lambda r: r.entry.number,
    "section": lambda r: r.entry.section,
    "summary_heading": lambda r: r.entry.summary_heading,
    "extra": lambda r: [{"heading": h, "text": c.text} for h, c in r.entry.extra] or NOTHING,
    "office": lambda r: r.office,
    "phone": lambda r: _phone(r, "tel", lambda p: p.number),
    "extension": lambda r: _phone(r, "tel", lambda p: p.extension),
    "fax": lambda r: _phone(r, "fax", lambda p: p.number),
    "email": lambda r: _first(r, "emails", lambda e: e.address, Email, lambda e: bool(e.valid)),
    "url": lambda r: _first(r, "urls", lambda u: u.url, Url, lambda u: bool(u.valid)),
    "rate": _rate,
    "cap_yen": _cap,
    "page_first": lambda r: r.entry.page_first,
    "page_last": lambda r: r.entry.page_last,
}


def _published(name: str) -> Callable[[Record], str | None]:
    def get(record: Record) -> str | None:
        column = record.entry.columns.get(name)
        return column.text or None if column else None

    return get


def _of(field: Field) -> Callable[[Record], Any]:
    """How a field is read off a record: from its own rule, its finder, or the column of its name."""
    name = field.name
    if name in DERIVED:
        return DERIVED[name]
    if field.type in STRUCTS:
        return lambda r: [found_row(f, c) for c, f in found] if (found := r.found.get(name)) else NOTHING
    if field.finder == "items":
        return lambda r: list(items) if (items := r.items.get(name)) else NOTHING
    if field.finder:
        return lambda r: list(dict.fromkeys([str(f.value) for _, f in found])) if (found := r.found.get(name)) else NOTHING
    return _published(name)


class ProgramRows(Collection[Row]):
    """`program_rows` of a list, to be gone through as often as one likes; those of a long list are made anew each time."""

    def __init__(self, data: Dataset) -> None:
        self._data = data
        self._kept = list(program_rows(data)) if len(data.records) <= KEPT else None

    def __len__(self) -> int:
        return len(self._data.records)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._kept) if self._kept is not None else program_rows(self._data)

    def __contains__(self, row: object) -> bool:
        return any(row == own for own in self)


def program_rows(data: Dataset, records: Sequence[Record] | None = None) -> Iterator[Row]:
    """One row per programme (or of the records given), its fields in the order of FIELDS; dates are `date`."""
    source = data.document.source
    rules: dict[int, dict[str, None]] = {}
    for issue in data.issues:
        if issue.number is not None:
            rules.setdefault(issue.number, {})[issue.rule] = None
    whole = {
        "fiscal_year": data.fiscal_year,
        "issuer": data.issuer,
        "source": source.name,
        "source_sha256": source.sha256,
        "source_url": data.origin.url,
        "retrieved": data.origin.retrieved,
    }
    readers = [(f.name, _of(f)) for f in FIELDS if f.name not in whole and f.name != "issues"]
    order = [f.name for f in FIELDS]
    for record in data.records if records is None else records:
        decided = {k: v for k, v in record.corrected.items() if k in DERIVED}
        row = {**whole, **{name: read(record) for name, read in readers}, **decided, "issues": list(rules.get(record.entry.number, ())) or NOTHING}
        yield {name: row[name] for name in order}


def cell_rows(data: Dataset) -> Iterator[Row]:
    """One row per piece of a cell, in the order of the list."""
    for record in data.records:
        entry = record.entry
        seen: set[tuple[int, str]] = set()
        for key, column in columns_of(entry):
            for at in column.cells:
                if (id(at.cell), at.heading) in seen:  # one column with two meanings (補助率・上限額) is one cell
                    continue
                seen.add((id(at.cell), at.heading))
                for piece in at.cell.pieces:
                    place = piece.place
                    x0, top, x1, bottom = place.bbox or (None, None, None, None)
                    yield {
                        "number": entry.number, "column": key, "heading": at.heading, "page": place.page,
                        "x0": x0, "top": top, "x1": x1, "bottom": bottom, "line": place.line, "sheet": place.sheet,
                        "cell": place.cell, "text": at.cell.text if at.inherited else piece.text, "inherited": at.inherited,
                    }  # fmt: skip


def columns_of(entry: Entry) -> Iterator[tuple[str, Column]]:
    """Every column of an entry, unknown ones as `extra`."""
    yield from entry.columns.items()
    for _, column in entry.extra:
        yield "extra", column

