"""Dataset, rows and page pictures → the HTML of the report; cell text can become neither markup nor script nor link."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from subsidy_extract import __version__
from subsidy_extract.check.rules import RULES
from subsidy_extract.corrections import FLAT, sha256, source_text
from subsidy_extract.frame import Row, columns_of
from subsidy_extract.model import Dataset, Issue, Place
from subsidy_extract.report.data import field_counts, status
from subsidy_extract.report.html import plots
from subsidy_extract.report.html.words import WORDS, label
from subsidy_extract.report.terminal import at

LISTS = ("rates", "amounts", "periods", "phones", "emails", "urls")
TEXTS = (
    "section", "category", "municipality", "list_number", "name", "organization", "eligibility", "summary", "eligible_costs",
    "rate_text", "amount_text", "period_text", "contact", "site", "remarks",
)  # fmt: skip
ORDER = {"error": 0, "warning": 1, "info": 2}
# shown as what they are, never obeyed: zero-width characters, bidi controls, other controls
UNSEEN = {c: f"⟨U+{c:04X}⟩" for c in (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0x80, 0xA0), 0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC))}
LINKS = ("http://", "https://", "mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is shown. uri: data URI of the picture; width, height: points of the page as displayed."""

    page: int
    uri: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a programme on a page."""

    number: int
    column: str
    heading: str
    x: float
    y: float
    width: float
    height: float


def visible(text: object) -> str:
    """Text with what can't be seen made visible."""
    return str(text if text is not None else "").translate(UNSEEN)


def safe_href(url: str) -> str | None:
    """The URL if it is one of http, https, mailto, tel; nothing else is ever a link."""
    plain = url.strip()
    return plain if plain.lower().startswith(LINKS) and not any(ord(c) < 33 or ord(c) in UNSEEN for c in plain) else None


def said(name: str, value: Row) -> str:
    """A found value in words, as the record shows it."""
    if name == "amounts":
        extra = [value["scope"], f"/{value['per']}" if value["per"] else None]
        return " ".join([f"{value['role']} {plots.yen(value['yen'])}", *(e for e in extra if e)])
    if name == "rates":
        figure = f"{value['numerator']:g}/{value['denominator']:g}"
        return " ".join(x for x in (figure, "≤" if value["bound"] == "up_to" else "", value["scope"] or "") if x)
    if name == "periods":
        window = f"{value['start'] or value['start_event'] or '…'} – {value['end'] or '…'}" if any(value[k] for k in ("start", "end", "start_event")) else ""
        return " ".join(str(x) for x in (value["role"], f"#{value['round']}" if value["round"] else "", window, value["status"] or "") if x)
    if name == "phones":
        return " ".join(x for x in (value["kind"], value["number"], f"({value['extension']})" if value["extension"] else "") if x)
    return str(value["address" if name == "emails" else "url"])


def _place(place: Place) -> dict[str, Any]:
    return {"page": place.page, "line": place.line, "sheet": place.sheet, "cell": place.cell}


def _programmes(data: Dataset, rows: list[Row], lang: str) -> list[dict[str, Any]]:
    """What the record pane shows of each programme, and what a correction must say of its source."""
    shown = []
    for record, row in zip(data.records, rows, strict=True):
        entry = record.entry
        texts = [
            {"field": k, "label": label(k, lang), "text": visible(row[k]), "sha": sha256(source_text(entry, k)),
             "places": [_place(p.place) for c in entry.columns[k].cells for p in c.cell.pieces] if k in entry.columns else []}
            for k in TEXTS if row[k]
        ]  # fmt: skip
        texts += [{"field": "extra", "label": visible(h), "text": visible(c.text), "sha": "", "places": [_place(p.place) for x in c.cells for p in x.cell.pieces]} for h, c in entry.extra]
        values = []
        for name in LISTS:
            for i, v in enumerate(row[name]):
                href = safe_href(v["url"]) if name == "urls" else None
                values.append(
                    {"field": f"{name}[{i}]", "list": name, "label": label(name, lang), "said": visible(said(name, v)), "text": visible(v["text"]),
                     "column": v["column"], "start": v["span_start"], "end": v["span_end"], "doubt": v["doubt"], "href": href,
                     "valid": v.get("valid", True), "sha": sha256(source_text(entry, name))}
                )  # fmt: skip
        flat = {k: {"value": row[k], "sha": sha256(source_text(entry, k))} for k in FLAT if row[k] is not None}
        shown.append(
            {"n": entry.number, "id": record.id, "name": visible(row["name"]), "office": visible(row["office"]), "rate": row["rate"], "cap": row["cap_yen"],
             "first": entry.page_first, "last": entry.page_last, "texts": texts, "values": values, "flat": flat, "corrected": list(record.corrected)}
        )  # fmt: skip
    return shown


def _issues(data: Dataset, lang: str) -> list[dict[str, Any]]:
    """The issues, worst first, each with the field a correction would name."""
    found = []
    by_number = {r.entry.number: r for r in data.records}
    for n, issue in enumerate(sorted(data.issues, key=lambda i: (ORDER[i.severity], list(RULES).index(i.rule), i.number or 0))):
        record = by_number.get(issue.number or 0)
        found.append(
            {"i": n, "rule": issue.rule, "severity": issue.severity, "n": issue.number, "id": issue.id, "field": _target(issue, record),
             "message": visible(issue.message_ja if lang == "ja" else issue.message), "value": visible(issue.value), "suggestion": visible(issue.suggestion) if issue.suggestion else None,
             "raw": issue.value, "raw_suggestion": issue.suggestion, "at": visible(at(issue)), "page": next((p.page for p in issue.places if p.page), None),
             "line": next((p.line for p in issue.places if p.line), None)}
        )  # fmt: skip
    return found


def _target(issue: Issue, record: Any) -> str | None:
    """The field or value that a correction of this issue changes: emails[0], urls[1], summary."""
    if record is None or issue.field is None:
        return None
    for i, (_, found) in enumerate(record.found.get(issue.field, ())):
        value = found.value
        written = getattr(value, "address", None) or getattr(value, "url", None) or getattr(value, "number", None)
        if issue.value and written and (written == issue.value or issue.value in written):
            return f"{issue.field}[{i}]"
    return issue.field


def _boxes(data: Dataset) -> dict[int, list[Box]]:
    """Cell boxes by page; a merged cell stands in each of its programmes but is drawn once, for the first."""
    boxes: dict[int, list[Box]] = {}
    drawn: set[int] = set()
    for record in data.records:
        for key, column in columns_of(record.entry):
            for at_cell in column.cells:
                if id(at_cell.cell) in drawn:
                    continue
                drawn.add(id(at_cell.cell))
                for piece in at_cell.cell.pieces:
                    if piece.place.page and piece.place.bbox:
                        x0, top, x1, bottom = piece.place.bbox
                        boxes.setdefault(piece.place.page, []).append(
                            Box(record.entry.number, key, visible(at_cell.heading), round(x0, 1), round(top, 1), round(x1 - x0, 1), round(bottom - top, 1))
                        )
    return boxes


@cache
def _static(name: str) -> str:
    return (files("subsidy_extract.report.html") / name).read_text(encoding="utf8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def embedded(value: object) -> Markup:
    """JSON that may stand in a script element: nothing in it can close the element or open another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def html(data: Dataset, rows: list[Row], lang: str = "ja", pictures: Mapping[int, Picture] | None = None, lines: list[str] | None = None) -> bytes:
    """The whole page. pictures: by page (PDF); lines: the source's own lines (text)."""
    words = WORDS[lang]
    css, script = _static("style.css"), _static("script.js")
    issues = _issues(data, lang)
    groups = [(RULES[rule], list(group)) for rule, group in groupby(issues, key=lambda i: i["rule"])]
    caps, cap_ticks = plots.caps([(row["cap_yen"], row["number"]) for row in rows if row["cap_yen"]])
    rates, rate_ticks = plots.rates([(row["rate"], said("rates", row["rates"][0]), row["number"]) for row in rows if row["rate"] is not None and row["rates"]])
    counts = field_counts(rows)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"visible": visible, "label": lambda name: label(name, lang), "yen": plots.yen}
    numbers_with = {i["n"] for i in issues if i["severity"] != "info"}
    page = environment.from_string(_static("template.html.j2")).render(
        w=words, lang=lang, data=data, version=__version__, status=status(data), groups=groups, issues=issues, rows=rows,
        severity={s: sum(i["severity"] == s for i in issues) for s in ORDER},
        coverage={k: sum(getattr(p, k) for p in data.coverage) for k in ("characters", "in_cells", "left_out", "unaccounted")},
        bars=plots.bars([row["office"] for row in rows]), caps=caps, cap_ticks=cap_ticks, rates=rates, rate_ticks=rate_ticks,
        counts={k: c for k, c in counts.items() if c["filled"]}, pictures=pictures or {}, boxes=_boxes(data), lines=lines, rules=RULES,
        windows={row["number"]: next((said("periods", p).removeprefix("application ") for p in row["periods"] if p["role"] == "application"), "") for row in rows},
        numbers_with=numbers_with, embedded=embedded({"programmes": _programmes(data, rows, lang), "issues": issues, "words": words, "lang": lang}),
        css=Markup(css), script=Markup(script), css_hash=_digest(css), script_hash=_digest(script),
    )  # fmt: skip
    return page.encode()
