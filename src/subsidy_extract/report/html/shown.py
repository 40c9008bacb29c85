"""Dataset and rows → what the page embeds of each programme and each issue: texts, values, places, what a correction names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from rapidfuzz.distance import Levenshtein

from subsidy_extract.check.doubts import doubt
from subsidy_extract.check.facts import places_of
from subsidy_extract.check.rules import RULES
from subsidy_extract.corrections import FLAT, source_text
from subsidy_extract.corrections import sha256 as digest
from subsidy_extract.frame import Row, columns_of, program_rows
from subsidy_extract.model import Column, Dataset, Issue, Place, Record
from subsidy_extract.report.html import plots
from subsidy_extract.report.html.ink import Ink
from subsidy_extract.report.html.plainly import safe_href
from subsidy_extract.report.html.words import label, value_word
from subsidy_extract.report.plain import where

LISTS = ("rates", "amounts", "periods", "phones", "emails", "urls")
TEXTS = (
    "section", "category", "municipality", "list_number", "name", "organization", "eligibility", "summary", "eligible_costs",
    "rate_text", "amount_text", "period_text", "contact", "site", "remarks",
)  # fmt: skip
ORDER = {"error": 0, "warning": 1, "info": 2}
# a list of values without a place of its own in the text → the flat field that a person fills in instead
FILLED_IN = {"urls": "url", "emails": "email", "phones": "phone", "amounts": "cap_yen", "rates": "rate"}


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece of a cell where it stands. key: its element on the page is b-<key>. numbers: of the programmes it speaks for."""

    key: str
    numbers: tuple[int, ...]
    column: str
    heading: str
    text: str
    place: Place

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x, y, width and height in points."""
        x0, top, x1, bottom = self.place.bbox or (0.0, 0.0, 0.0, 0.0)
        return round(x0, 1), round(top, 1), round(x1 - x0, 1), round(bottom - top, 1)


class Spots:
    """Every piece of every cell of the programmes, once; a merged cell stands in several programmes."""

    def __init__(self, data: Dataset, pages: Collection[int] | None = None) -> None:
        """pages: only what stands on these (of a list of 2,000 pages all of them take 60 MB)."""
        found: dict[int, tuple[list[int], str, str, Any]] = {}
        for record in data.records:
            for key, column in columns_of(record.entry):
                for at_cell in column.cells:
                    if pages is not None and not any([(p.place.page or 0) in pages for p in at_cell.cell.pieces]):
                        continue
                    known = found.setdefault(id(at_cell.cell), ([], key, at_cell.heading, at_cell.cell))
                    if record.entry.number not in known[0]:
                        known[0].append(record.entry.number)
        self.by_page: dict[int, list[Spot]] = {}
        self._by_place: dict[Place, str] = {}
        for numbers, key, heading, cell in found.values():
            for piece in cell.pieces:
                page = piece.place.page or 0
                if pages is not None and page not in pages:
                    continue
                of_page = self.by_page.setdefault(page, [])
                spot = Spot(f"{page}-{len(of_page)}", tuple(numbers), key, heading, piece.text, piece.place)
                of_page.append(spot)
                self._by_place.setdefault(piece.place, spot.key)

    def places(self, places: Iterable[Place]) -> list[dict[str, Any]]:
        """Places as the page's script wants them: {page, box: [x, y, w, h], line, cell, key}, only what there is."""
        out = []
        for place in dict.fromkeys(places):
            shown: dict[str, Any] = {"page": place.page, "line": place.line, "key": self._by_place.get(place)}
            if place.bbox:
                x0, top, x1, bottom = place.bbox
                shown["box"] = [round(x0, 1), round(top, 1), round(x1 - x0, 1), round(bottom - top, 1)]
            if place.cell:
                shown["cell"] = f"{place.sheet or ''}!{place.cell}"
            out.append({k: v for k, v in shown.items() if v is not None})
        return out


def said(name: str, value: Row, lang: str = "en") -> str:
    """A found value in words, as the record shows it."""
    word = partial(value_word, lang=lang)
    if name == "amounts":
        return _joined(word(value["role"]), plots.yen(value["yen"]), value["scope"], f"/{value['per']}" if value["per"] else "")
    if name == "rates":
        return _joined(f"{value['numerator']:g}/{value['denominator']:g}", word("up_to") if value["bound"] == "up_to" else "", value["scope"])
    if name == "periods":
        return _joined(word(value["role"]), window(value, lang))
    if name == "phones":
        return _joined(word(value["kind"]), value["number"], f"({value['extension']})" if value["extension"] else "")
    return str(value["address" if name == "emails" else "url"])


def window(value: Row, lang: str) -> str:
    """When a period is: #2 2026-04-01 – 2026-05-31 予算終了まで."""
    first, last = value["start"] or value["start_event"], value["end"]
    span = f"{first or '…'} – {last or '…'}" if first or last else ""
    return _joined(f"#{value['round']}" if value["round"] else "", span, value_word(value["status"], lang) if value["status"] else "")


def _joined(*parts: str | None) -> str:
    return " ".join(p for p in parts if p)


def written(name: str, value: Row) -> str:
    """A found value as a person would write it anew: the address, the number, the words it was read from."""
    return str({"emails": value.get("address"), "urls": value.get("url"), "phones": value.get("number")}.get(name) or value["text"])


def _texts(record: Record, row: Row, spots: Spots, lang: str) -> Iterator[dict[str, Any]]:
    entry = record.entry
    for key in TEXTS:
        if row[key]:
            column = entry.columns.get(key)
            yield {"field": key, "label": label(key, lang), "text": row[key], "sha": digest(source_text(entry, key)), "places": spots.places(places_of(column)) if column else []}
    for heading, extra in entry.extra:
        yield {"field": "extra", "label": heading, "text": extra.text, "places": spots.places(places_of(extra))}


def _values(record: Record, row: Row, spots: Spots, ink: Ink, lang: str) -> Iterator[dict[str, Any]]:
    columns: dict[str, Column] = dict(record.entry.columns)
    for name in LISTS:
        sha = digest(source_text(record.entry, name)) if row[name] else ""
        for i, v in enumerate(row[name]):
            column = columns.get(v["column"])
            shown = {
                "field": f"{name}[{i}]", "label": label(name, lang), "said": said(name, v, lang), "text": v["text"], "column": v["column"],
                "start": v["span_start"], "end": v["span_end"], "valid": v.get("valid", True), "sha": sha, "old": written(name, v),
                "places": spots.places(places_of(column, v["span_start"], v["span_end"])) if column else [],
            }  # fmt: skip
            if column and (chars := ink.under(column, v["span_start"], v["span_end"])):
                shown["chars"] = chars
            if v["doubt"]:
                shown["doubt"] = doubt(v["doubt"], lang)
            if name == "urls" and (href := safe_href(v["url"])):
                shown["href"] = href
            if name == "emails" and v["valid"] and (href := safe_href(f"mailto:{v['address']}")):
                shown["href"] = href
            yield shown


def _flat(record: Record, row: Row, lang: str) -> list[dict[str, Any]]:
    """The fields that a person may fill in where nothing was read, or set right whatever was."""
    shown = {"cap_yen": plots.yen, "rate": plots.fraction}
    return [
        {"field": name, "label": label(name, lang), "old": row[name], "shown": shown.get(name, str)(row[name]) if row[name] is not None else "", "sha": digest(source_text(record.entry, name))}
        for name in ("cap_yen", "rate", "phone", "email", "url", "office")
    ]


LONG = 1000
"""Programmes: of a longer list only those with issues are shown with texts and values (about 5 kB each); a browser opens
the page of 20,000 programmes all the same."""


def in_full(data: Dataset) -> frozenset[int]:
    """The numbers of the programmes that are shown with their texts and values: all, or of a long list those with issues."""
    numbers = [r.entry.number for r in data.records]
    if len(numbers) <= LONG:
        return frozenset(numbers)
    worst = sorted((i for i in data.issues if i.number is not None), key=lambda i: ORDER[i.severity])
    return frozenset(list(dict.fromkeys(i.number for i in worst if i.number is not None))[:LONG])


def pages_told(data: Dataset, pictures: Iterable[int]) -> frozenset[int]:
    """The pages of a long list of which a place is told: those with a picture, of issues, and of programmes shown in full."""
    full = in_full(data)
    places = [p for i in data.issues for p in i.places[:8]]
    places += [p.place for r in data.records if r.entry.number in full for _, c in columns_of(r.entry) for at_cell in c.cells for p in at_cell.cell.pieces]
    return frozenset([*pictures, *(p.page or 0 for p in places)])


def programmes(data: Dataset, rows: Collection[Row], spots: Spots, ink: Ink, lang: str) -> Iterator[dict[str, Any]]:
    """What the record shows of each programme, and what a correction must say of its source."""
    full = in_full(data)
    for record, row in zip(data.records, rows, strict=True):
        whole = record.entry.number in full
        yield {
            "n": record.entry.number, "id": record.id, "name": row["name"] or "", "office": row["office"] or "", "rate": row["rate"], "cap": row["cap_yen"],
            "first": record.entry.page_first, "last": record.entry.page_last, "corrected": list(record.corrected), "short": not whole,
            "flat": _flat(record, row, lang) if whole else [],
            "texts": list(_texts(record, row, spots, lang)) if whole else [],
            "values": list(_values(record, row, spots, ink, lang)) if whole else [],
        }  # fmt: skip


def issues(data: Dataset, spots: Spots, lang: str) -> list[dict[str, Any]]:
    """The issues, worst first, each with the field a correction would name, its text's sha256 and its old value."""
    rank = {rule: i for i, rule in enumerate(RULES)}
    numbers = {issue.number for issue in data.issues}
    records = [r for r in data.records if r.entry.number in numbers]
    by_number = {r.entry.number: (r, row) for r, row in zip(records, program_rows(data, records), strict=True)}
    found = []
    for n, issue in enumerate(sorted(data.issues, key=lambda i: (ORDER[i.severity], rank[i.rule], i.number or 0))):
        shown: dict[str, Any] = {
            "i": n, "rule": issue.rule, "severity": issue.severity, "n": issue.number, "id": issue.id,
            "message": issue.message_ja if lang == "ja" else issue.message, "suggestion": issue.suggestion, "at": where(issue, lang),
            "page": next((p.page for p in issue.places if p.page), None), "line": next((p.line for p in issue.places if p.line), None),
            "places": spots.places(issue.places[:8]),
        }  # fmt: skip
        if issue.number in by_number:
            record, row = by_number[issue.number]
            if field := target(issue, row):
                name, _, index = field.rstrip("]").partition("[")
                old = written(name, row[name][int(index)]) if index else row.get(field)
                shown |= {"field": field, "old": old, "sha": digest(source_text(record.entry, name))}
        found.append(shown)
    return found


def target(issue: Issue, row: Row) -> str | None:
    """The field or value that a correction of this issue changes: emails[0], summary, cap_yen; None where there is none."""
    name = issue.field
    if name is None:
        return None
    if name in LISTS and issue.value:
        wanted = issue.value
        at_value = [i for i, v in enumerate(row[name]) if wanted in (written(name, v), v["text"])]
        inside = [i for i, v in enumerate(row[name]) if wanted in written(name, v)]
        if chosen := at_value or inside:
            better = issue.suggestion or ""
            return f"{name}[{min(chosen, key=lambda i: Levenshtein.distance(written(name, row[name][i]), better))}]" if better else f"{name}[{chosen[0]}]"
    if name in LISTS:
        return FILLED_IN.get(name)
    return name if name in TEXTS or name in FLAT or name in ("section", "office") else None
