"""Dataset → report.json: the verdict, the counts, the proof of coverage, the checks and every issue with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from subsidy_extract import __version__
from subsidy_extract.check.rules import RULES
from subsidy_extract.columns import FIELDS
from subsidy_extract.frame import STRUCTS, Row
from subsidy_extract.model import Dataset, Issue, Place

VERSION = 1
Counts = dict[str, dict[str, int]]


def place_row(place: Place) -> dict[str, Any]:
    """A place as JSON: only what the format has; boxes to a hundredth of a point."""
    row: dict[str, Any] = {"page": place.page, "bbox": [round(v, 2) for v in place.bbox] if place.bbox else None}
    for name in ("line", "sheet", "cell"):
        if (value := getattr(place, name)) is not None:
            row[name] = value
    return row


def issue_row(issue: Issue) -> dict[str, Any]:
    return {
        "rule": issue.rule, "severity": issue.severity, "number": issue.number, "id": issue.id, "field": issue.field,
        "value": issue.value, "suggestion": issue.suggestion, "message": issue.message, "message_ja": issue.message_ja,
        "places": [place_row(p) for p in issue.places],
    }  # fmt: skip


def field_counts(rows: Collection[Row]) -> Counts:
    """For each field: in how many programmes it is filled, and in how many every value of it is valid."""
    judged = {f.name for f in FIELDS if "valid" in STRUCTS.get(f.type, ())}  # only of these somebody asked whether they are
    filled: Counter[str] = Counter()
    doubtful: Counter[str] = Counter()
    for row in rows:
        there = [name for name, value in row.items() if value is not None and value != []]
        filled.update(there)
        doubtful.update([name for name in there if name in judged and not all([x["valid"] for x in row[name]])])
    return {f.name: {"filled": filled[f.name], "valid": filled[f.name] - doubtful[f.name]} for f in FIELDS}


def status(data: Dataset) -> str:
    """ok, or review: an error of any rule is something an attentive reader must look at."""
    return "review" if any(i.severity == "error" for i in data.issues) else "ok"


def previous_row(data: Dataset, now: Counts) -> dict[str, Any] | None:
    """Last year's output beside this one: how many programmes, and how full its fields were and are."""
    if (before := data.previous) is None:
        return None
    return {
        "name": before.name, "title": before.title, "fiscal_year": before.fiscal_year, "programs": before.programs, "ids_carried": before.carried,
        "fields": {name: {"filled": n, "filled_now": now[name]["filled"]} for name, n in sorted(before.filled.items()) if name in now},
    }  # fmt: skip


def report(data: Dataset, rows: Collection[Row]) -> dict[str, Any]:
    """report.json as DATASET.md fixes it."""
    source = data.document.source
    issues, counts = data.issues, field_counts(rows)
    severity = Counter(i.severity for i in issues)
    pages = [
        {"page": p.page, "characters": p.characters, "in_cells": p.in_cells, "left_out": p.left_out, "unaccounted": p.unaccounted}
        for p in data.coverage
    ]
    whole = {k: sum(p[k] for p in pages) for k in ("characters", "in_cells", "left_out", "unaccounted")}
    return {
        "version": VERSION,
        "tool": {"name": "subsidy-extract", "version": __version__},
        "source": {
            "name": source.name, "sha256": source.sha256, "bytes": source.bytes, "pages": source.pages,
            "reader": source.reader, "encoding": source.encoding,
        },
        "title": data.document.title,
        "fiscal_year": data.fiscal_year,
        "issuer": data.issuer,
        "status": status(data),
        "summary": {
            "programs": len(data.records), "errors": severity["error"], "warnings": severity["warning"], "infos": severity["info"],
            "by_rule": dict(Counter(i.rule for i in issues)),
        },
        "rows": asdict(data.rows),
        "previous": previous_row(data, counts),
        "coverage": {**whole, "pages": pages},
        "checks": [
            {"rule": o.rule, "says": RULES[o.rule].says, "says_ja": RULES[o.rule].says_ja, "severity": RULES[o.rule].severity,
             "checked": o.checked, "failed": len(o.issues)}
            for o in data.outcomes
        ],
        "issues": [issue_row(i) for i in issues],
        "left_out": [{**place_row(out.place), "text": out.text, "reason": out.reason} for out in data.left_out],
        "fields": counts,
    }  # fmt: skip
