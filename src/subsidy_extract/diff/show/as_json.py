"""A Diff goes in, the JSON of DATASET.md comes out; diff.schema.json says what it holds."""

from __future__ import annotations

import json
from typing import Any

from subsidy_extract import __version__

from ..model import Change, Diff, Programme, YearList

VERSION = 1


def as_json(diff: Diff, lang: str = "en") -> str:
    """JSON with a line break after each programme's own object; `lang` changes nothing here."""
    return json.dumps(as_data(diff), ensure_ascii=False, indent=1) + "\n"


def as_data(diff: Diff) -> dict[str, Any]:
    return {
        "version": VERSION,
        "tool": {"name": "subsidy-extract", "version": __version__},
        "old": _list(diff.old),
        "new": _list(diff.new),
        "counts": diff.counts,
        "kinds": diff.kinds,
        "programs": [
            {
                "status": f.status,
                "old": [_who(p) for p in f.old],
                "new": [_who(p) for p in f.new],
                "score": f.score,
                "evidence": dict(f.evidence),
                "how": f.how or None,
                "changes": [_change(c) for c in f.changes],
                "format_only": f.format_only,
            }
            for f in diff.fates
        ],
        "groups": [{"kind": e.kind, "old": e.old, "new": e.new, "programs": list(e.programs)} for e in diff.events],
        "fields_added": list(diff.fields_added),
        "fields_removed": list(diff.fields_removed),
        "headings": [{"field": h.field, "old": h.old, "new": h.new} for h in diff.headings],
        "order_changed": diff.order_changed,
        "unused_links": [{"old": x.old, "new": x.new, "decision": x.decision} for x in diff.unused_links],
    }


def _list(side: YearList) -> dict[str, Any]:
    return {
        "label": side.label, "title": side.title, "issuer": side.issuer, "fiscal_year": side.fiscal_year,
        "source": side.source, "source_sha256": side.sha256, "programs": len(side.programmes),
        "columns": [{"column": h.column, "heading": h.heading} for h in side.heads],
    }  # fmt: skip


def _who(p: Programme) -> dict[str, Any]:
    return {"id": p.id, "number": p.number, "name": p.name}


def _change(c: Change) -> dict[str, Any]:
    out: dict[str, Any] = {"field": c.field, "kind": c.kind, "old": c.old, "new": c.new, "delta": c.delta, "percent": c.percent}
    if c.about:
        out["about"] = dict(c.about)
    if c.part is not None:
        out["part"] = c.part
    out["old_text"], out["new_text"] = c.old_text, c.new_text
    out["marks"] = [[m.old_start, m.old_end, m.new_start, m.new_end] for m in c.marks]
    return out
