"""Tables, parsed values and fields → JSON and plain text for the commands that print."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from subsidy_extract.columns import COLUMNS, FIELDS
from subsidy_extract.frame import found_row
from subsidy_extract.model import Context, Document, Issue, Table

KINDS = {"amount": "amounts", "rate": "rates", "period": "periods", "phone": "phones", "email": "emails", "url": "urls"}


LEADER = re.compile(r"(?<=[^\s.…‥・·．])\s*(?:[.…‥・·．] ?){4,}$", re.MULTILINE)


def grid(table: Table) -> list[list[str]]:
    """A table as rows of texts: a spanning cell's text in its first row and column, the rest empty. Dots that lead the eye
    from a text to what stands beside it (Mine........) are drawing, as a rule is, and left away."""
    width = table.width
    rows = []
    for row in table.rows:
        texts = [cell.text if cell else "" for cell in row.cells] + [""] * (width - len(row.cells))
        rows.append([LEADER.sub("", text) if any(texts[k + 1 :]) else text for k, text in enumerate(texts)])
    return rows


def tables_json(document: Document) -> str:
    return json.dumps({"tables": [{"pages": list(t.pages), "rows": grid(t)} for t in document.tables]}, ensure_ascii=False)


def tables_text(document: Document) -> str:
    """Tab-separated rows, a line each; a line break inside a cell is shown as ⏎."""
    blocks = []
    for n, table in enumerate(document.tables, 1):
        pages = f"pages {table.pages[0]}-{table.pages[-1]}" if table.pages else ""
        rows = ["\t".join(printable(t) for t in row) for row in grid(table)]
        blocks.append("\n".join([f"# table {n}  {pages}  {len(rows)} rows, {table.width} columns", *rows]))
    return "\n\n".join(blocks)


def doubts_text(document: Document) -> list[str]:
    """What the reader doubted, a line each: where, how bad, what."""
    if not document.doubts:
        return []
    from subsidy_extract.check.structure import doubted

    lines = []
    for issue in map(doubted, document.doubts):
        at = f" {place}" if (place := where(issue)) else ""
        lines.append(printable(f"{issue.severity}{at}: {issue.message}"))
    return lines


def where(issue: Issue, lang: str = "en") -> str:
    """Where an issue stands, short: p.3, line 12 (12行目) or sheet!B4."""
    place = next(iter(issue.places), None)
    if place is None:
        return ""
    if place.line:
        return f"{place.line}行目" if lang == "ja" else f"line {place.line}"
    if place.cell:
        return f"{place.sheet or ''}!{place.cell}"
    return f"p.{place.page}" if place.page else ""


def printable(text: str) -> str:
    """Text that can't move a cursor, colour a terminal or turn a line around: breaks as ⏎, controls and bidi marks as escapes."""
    return "".join("⏎" if c == "\n" else c if c.isprintable() or c == "\u3000" else f"\\u{ord(c):04x}" for c in text)


def parsed(
    text: str, kind: str | None = None, column: str | None = None, fiscal_year: int | None = None, unit: str | None = None,
    area_code: str | None = None,
) -> str:  # fmt: skip
    """What the normalisers read in a text, as one JSON line."""
    from subsidy_extract.normalize import FINDERS
    from subsidy_extract.write import dumps

    context = Context(fiscal_year=fiscal_year, unit=unit, area_code=area_code, column=column, notes=text)
    answer: dict[str, list[Any]] = {}
    for name in ("rates", "amounts", "periods", "phones", "emails", "urls"):
        wanted = kind is None or KINDS[kind] == name
        answer[name] = [found_row(f, column) for f in FINDERS[name](text, context)] if wanted else []
    terms = FINDERS["terms"](text, context) if kind in (None, "rate", "amount") else ()
    answer["terms"] = list(dict.fromkeys(str(f.value) for f in terms))
    return dumps(answer).decode()


def fields(form: str) -> str:
    """The columns it recognises and the fields it publishes."""
    if form == "table-schema":
        from subsidy_extract.write import table_schema

        return json.dumps(table_schema(), ensure_ascii=False, indent=1)
    if form == "json":
        published = [{"name": f.name, "type": f.type, "description": f.says, "columns": [list(s) for s in f.source]} for f in FIELDS]
        return json.dumps({"columns": {k: list(v) for k, v in COLUMNS.items()}, "fields": published}, ensure_ascii=False, indent=1)
    wide = max(len(f.name) for f in FIELDS)
    lines = ["Fields it publishes", *(f"  {f.name:<{wide}}  {f.type:<8}  {f.says}" for f in FIELDS), "", "Headings it recognises"]
    lines += [f"  {key:<{wide}}  {'、'.join(headings)}" for key, headings in COLUMNS.items()]
    return "\n".join(lines)


def headings(source: Path, mapping: dict[str, str], form: str) -> str:
    """How each heading of a list was understood, and what else it might be."""
    from subsidy_extract.entries import headings as understand
    from subsidy_extract.read import read

    seen = understand(read(source), mapping=mapping)
    if form == "json":
        return json.dumps([asdict(h) for h in seen], ensure_ascii=False, indent=1)
    lines = []
    for h in seen:
        notes = [f"unit {h.unit}" if h.unit else "", f"area code {h.area_code}" if h.area_code else "", f"or {', '.join(h.candidates)}" if h.candidates else ""]
        understood = "+".join(h.keys) or "extra (unknown)"
        lines.append(f"table {h.table + 1}  column {h.column + 1}  {printable(h.heading)} → {understood}" + "".join(f"  ({n})" for n in notes if n))
    return "\n".join(lines)
