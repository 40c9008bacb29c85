"""Entry → Record: every field looks in its columns with its normaliser; and the lasting id."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from subsidy_extract.columns import FIELDS
from subsidy_extract.compiled import compiled
from subsidy_extract.model import Column, Context, Email, Entry, Found, Record, Url
from subsidy_extract.normalize import DOUBTERS, FINDERS
from subsidy_extract.normalize.across import TOGETHER, Told
from subsidy_extract.normalize.money.role import FLOOR, of_heading
from subsidy_extract.normalize.office import office
from subsidy_extract.normalize.url import plain_target

FOUND_FIELDS = tuple(f for f in FIELDS if f.finder and f.finder != "items")
ITEM_FIELDS = tuple(f for f in FIELDS if f.finder == "items")
CONTACT_FIELDS = ("phones", "emails", "urls")

# what a reworded year leaves behind in a name: 令和8年度, R8, 2026年度, (第3次), 【…】 notes
YEAR_TOKEN = compiled(r"(?:令和|平成|昭和|R|H)\s*(?:元|\d{1,2})\s*(?:年度?)?|(?:19|20)\d\d\s*年度?|【[^】]*】")
DASHES = compiled(r"\p{Pd}|[ー−~〜～]")


@lru_cache(maxsize=8192)
def _read(finder: str, text: str, context: Context) -> tuple[Found[object], ...]:
    """The same contact stands in many rows: each text is read once."""
    return FINDERS[finder](text, context)


def folded_name(name: str) -> str:
    """A name as ids know it: NFKC, no white space, one kind of dash, no year tokens and no 【…】 notes."""
    plain = unicodedata.normalize("NFKC", name)
    cut: str = YEAR_TOKEN.sub("", plain)
    folded: str = DASHES.sub("-", "".join((cut if cut.strip() else plain).split()))
    return folded.casefold()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def lasting_ids(names: Sequence[str], offices: Sequence[str | None]) -> list[str]:
    """12 hex digits a programme, unique: of the folded name; of name and office where a name stands twice; and counted
    in the order of the list where both do."""
    folded = [folded_name(n) for n in names]
    often = Counter(folded)
    keys = [(f,) if often[f] == 1 else (f, folded_name(o or "")) for f, o in zip(folded, offices, strict=True)]
    seen: Counter[tuple[str, ...]] = Counter()
    ids = []
    for key in keys:
        seen[key] += 1
        ids.append(_digest(*key) if seen[key] == 1 else _digest(*key, str(seen[key])))
    return ids


@dataclass(frozen=True, slots=True)
class Known:
    """What the normalisers are told of a list: its year, the area code and the notes of its prose, the columns each table has."""

    fiscal_year: int | None = None
    area_code: str | None = None
    notes: str = ""
    columns: Mapping[int, frozenset[str]] | None = None


@lru_cache(maxsize=256)
def sources_of(name: str, has: frozenset[str]) -> tuple[str, ...]:
    """The columns a field is read from: its own ones where the list has the first of them, else the prose.

    An own column of another value is read beside the prose (a cap in the 補助率 column of a list without a cap column).
    """
    own, *prose = next(f.source for f in FOUND_FIELDS if f.name == name)
    if own[0] in has or not prose:
        return own
    return own + prose[0]


@lru_cache(maxsize=256)
def _plan(has: frozenset[str]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Every field with its finder and the columns it is read from: the rows of a list ask for the same few plans."""
    return tuple((f.name, f.finder, sources_of(f.name, has)) for f in FOUND_FIELDS if f.finder)


def flat(entry: Entry) -> bool:
    """Whether the 補助率 column says 定額 and no rate: an amount beside it is then paid as it stands, whatever its heading
    (補助上限額) says of the other rows."""
    column = entry.columns.get("rate_text")
    if column is None or "定額" not in column.text:
        return False
    return not _read("rates", column.text, Context(column="rate_text"))


@dataclass(frozen=True, slots=True)
class Part:
    """A cell's part of a column: where it begins in the column's text, and what its normalisers are told."""

    start: int
    text: str
    context: Context


@lru_cache(maxsize=1024)
def _context(year: int | None, unit: str | None, area_code: str | None, heading: str, key: str, notes: str) -> Context:
    """Spaces inside a heading (補 助 上 限 額) are only typesetting. Every row of a list asks for the same few contexts."""
    return Context(year, unit, area_code, "".join(heading.split()), key, notes)


def parts_of(key: str, column: Column, known: Known) -> list[Part]:
    """Each cell of a column is read with its own heading, unit and area code."""
    bounds = [*column.starts, len(column.text) + 1]
    return [
        Part(start, column.text[start:end].rstrip(), _context(known.fiscal_year, at.unit, at.area_code or known.area_code, at.heading, key, known.notes))
        for at, start, after in zip(column.cells, bounds, bounds[1:], strict=False)
        if (end := after - 1) > start
    ]


def _in_parts(finder: str, text: str, parts: Sequence[Part], plain: bool = False) -> Sequence[Found[object]]:
    """Every value of one column, spans in the column's text. plain: the heading says nothing about this row."""
    if len(parts) == 1 and not parts[0].start and not plain:  # nearly every column of every row
        return _read(finder, parts[0].text, parts[0].context)
    cells: list[Told] = []
    for part in parts:
        context = replace(part.context, heading=None) if plain else part.context
        values = _read(finder, part.text, context)
        moved = tuple(replace(f, start=f.start + part.start, end=f.end + part.start) for f in values) if part.start else values
        cells.append(Told(part.context.heading or "", part.text, part.start, moved))
    if len(cells) > 1 and finder in TOGETHER:
        return TOGETHER[finder](text, cells)
    return [f for cell in cells for f in cell.found]


def _behind_links(name: str, column: Column, printed: Sequence[Found[object]]) -> list[Found[object]]:
    """URLs or mail addresses that the source draws behind words; one that is printed as well is told once, and where another
    is printed the print counts (check.values says that they differ)."""
    have = {plain_target(f.value.url if isinstance(f.value, Url) else f.value.address) for f in printed if isinstance(f.value, Url | Email)}
    found: list[Found[object]] = []
    for link in column.links:
        target = plain_target(link.url)
        if target in have or any(f.start < link.end and link.start < f.end for f in printed):
            continue
        value: Url | Email | None = None
        if name == "urls" and link.url.startswith(("http://", "https://")):
            value = Url(link.url, True)
        elif name == "emails" and link.url.startswith("mailto:"):
            value = next((f.value for f in _read("emails", target, Context()) if isinstance(f.value, Email)), None)
        if value is not None:
            have.add(target)
            found.append(Found(value, column.text[link.start : link.end], link.start, link.end, "link"))
    return found


def find(entry: Entry, known: Known) -> dict[str, tuple[tuple[str, Found[object]], ...]]:
    """Every published field that has a normaliser → (column key, value) in the order of columns and text."""
    has = frozenset(entry.columns) | (known.columns or {}).get(entry.table, frozenset())
    parts = {key: parts_of(key, column, known) for key, column in entry.columns.items()}
    # one column with two meanings (補助率・上限額) stands under both keys: its text is read once
    same: dict[str, tuple[object, ...]] = {key: (column.text, *(id(c.cell) for c in column.cells)) for key, column in entry.columns.items()}
    fixed = "amount_text" in parts and not any(of_heading(part.context.heading) == FLOOR for part in parts["amount_text"]) and flat(entry)
    found: dict[str, tuple[tuple[str, Found[object]], ...]] = {}
    for name, finder, sources in _plan(has):
        pairs: list[tuple[str, Found[object]]] = []
        read: set[tuple[object, ...]] = set()
        for key in sources:
            if key not in parts or same[key] in read:
                continue
            if len(sources) > 1:
                read.add(same[key])
            values = _in_parts(finder, entry.columns[key].text, parts[key], plain=fixed and name == "amounts" and key == "amount_text")
            if name in ("urls", "emails") and entry.columns[key].links:
                values = (*values, *_behind_links(name, entry.columns[key], values))
            pairs += [(key, f) for f in values]
        found[name] = tuple(pairs)
    return found


def doubted(entry: Entry, known: Known) -> tuple[tuple[str, Found[str]], ...]:
    """What stands in the columns of amounts, rates and periods and was not read as a value."""
    return tuple(
        (own, replace(f, start=f.start + part.start, end=f.end + part.start))
        for finder, own in (("amounts", "amount_text"), ("rates", "rate_text"), ("periods", "period_text"))
        if own in entry.columns
        for part in parts_of(own, entry.columns[own], known)
        for f in DOUBTERS[finder](part.text, part.context)
    )


def _office(entry: Entry, found: Mapping[str, tuple[tuple[str, Found[object]], ...]]) -> str | None:
    column = entry.columns.get("contact")
    if column is None:
        return None
    spans = [(f.start, f.end) for name in CONTACT_FIELDS for key, f in found[name] if key == "contact"]
    return office(column.text, spans)


def _items(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Enumerations taken apart; a summary that stands under 対象経費 is a list of costs."""
    taken: dict[str, tuple[str, ...]] = {}
    for field in ITEM_FIELDS:
        column = entry.columns.get(field.source[0][0])
        if column is None and field.name == "cost_items" and "経費" in (entry.summary_heading or ""):
            column = entry.columns.get("summary")
        if column is not None:
            taken[field.name] = tuple(str(f.value) for f in _read("items", column.text, Context(column=field.source[0][0])))
    return taken


def records(entries: Sequence[Entry], known: Known, ids: Sequence[str] | None = None) -> tuple[Record, ...]:
    """Entries with what was found in them, in the order of the list; their ids are made of their names unless given."""
    found = [find(e, known) for e in entries]
    offices = [_office(e, f) for e, f in zip(entries, found, strict=True)]
    if ids is None:
        ids = lasting_ids([e.columns["name"].text if "name" in e.columns else "" for e in entries], offices)
    return tuple(
        Record(id=i, entry=e, found=f, items=_items(e), office=o, doubts=doubted(e, known)) for i, e, f, o in zip(ids, entries, found, offices, strict=True)
    )
