"""Checks of the list as a whole: what the reader and the headings doubted, names, printed totals and numbers."""

from __future__ import annotations

from subsidy_extract.check.facts import Facts, issue, places_of
from subsidy_extract.check.rules import RULES
from subsidy_extract.model import Doubt, Issue, Outcome, Record

ALWAYS = ("picture_page", "unknown_font", "disputed_page", "heading_changed", "unknown_heading", "guessed_heading", "ragged_row")
# what the rule is called where the stage has a name of its own for it
SAME = {"no_name": "missing_name"}


def check_stage_doubts(facts: Facts) -> tuple[Outcome, ...]:
    """Every doubt of the reader and of the entries becomes an issue of the rule of its name, or reader_doubt."""
    by_rule: dict[str, list[Issue]] = {code: [] for code in ALWAYS}
    doubts = [(None, d) for d in (*facts.document.doubts, *facts.understood.doubts)]
    for record, doubt in [*doubts, *((r, d) for r in facts.records for d in r.entry.doubts)]:
        if SAME.get(doubt.code, doubt.code) == "missing_name":  # told by check_names, which looks at every programme
            continue
        told = doubted(doubt, record)
        by_rule.setdefault(told.rule, []).append(told)
    headings, pages = len(facts.understood.headings), facts.document.source.pages
    many = {"heading_changed": headings, "unknown_heading": headings, "guessed_heading": headings, "ragged_row": len(facts.records)}
    return tuple(Outcome(rule, many.get(rule, max(pages, len(found))), tuple(found)) for rule, found in by_rule.items())


def doubted(doubt: Doubt, record: Record | None = None) -> Issue:
    """A doubt as an issue of the rule of its name, or of reader_doubt."""
    code = SAME.get(doubt.code, doubt.code)
    rule = code if code in RULES else "reader_doubt"
    value = doubt.column or next((str(p.page) for p in doubt.places if p.page), "")
    detail = doubt.detail if rule == code else f"{doubt.code}: {doubt.detail}"
    return issue(rule, record, value=value, detail=detail, places=doubt.places)


def check_names(facts: Facts) -> tuple[Outcome, ...]:
    issues = []
    for record in facts.records:
        if "name" not in record.entry.columns:
            column = next(iter(record.entry.columns.values()), None)
            issues.append(issue("missing_name", record, field="name", places=places_of(column) if column else ()))
    return (Outcome("missing_name", len(facts.records), tuple(issues)),)


def check_totals(facts: Facts) -> tuple[Outcome, ...]:
    """Printed totals (全46件), in the prose or in a row of the table, against the programmes read in what they cover."""
    said = [t for t in facts.understood.totals if t.says is not None]
    wrong = [issue("row_count", value=t.text, detail=str(t.counted), places=t.places) for t in said if t.says != t.counted]
    return (Outcome("row_count", len(said), tuple(wrong)),)


def check_numbers(facts: Facts) -> tuple[Outcome, ...]:
    """Numbers in a No. column follow each other, or begin at 1 again."""
    issues: list[Issue] = []
    before: tuple[int, int] | None = None
    checked = 0
    for record in facts.records:
        column = record.entry.columns.get("list_number")
        text = column.text.strip("().（）．第号 ") if column else ""
        if column is None or not text.isdecimal():
            before = None
            continue
        checked += 1
        number = int(text)
        inherited = any(c.inherited for c in column.cells)
        if before and before[1] == record.entry.table and not inherited and number not in (before[0] + 1, before[0], 1):
            issues.append(issue("number_gap", record, field="list_number", value=text, detail=str(before[0]), places=places_of(column)))
        before = (number, record.entry.table)
    return (Outcome("number_gap", checked, tuple(issues)),)


def check_corrections(facts: Facts) -> tuple[Outcome, ...]:
    """What became of each correction: applied ones are told, stale and aimless ones are a warning."""
    rules = {"applied": "corrected", "stale": "stale_correction", "unknown": "unknown_correction"}
    issues: dict[str, list[Issue]] = {rule: [] for rule in rules.values()}
    by_number = {r.entry.number: r for r in facts.records}
    for done in facts.applied:
        if done.result not in rules:
            continue
        c, record = done.correction, by_number.get(done.number or 0)
        detail = " ".join(f"{c.old} → {c.new} {c.by} {c.reason}".split()) if done.result == "applied" else f"line {c.line}"
        name = record.entry.columns.get("name") if record else None
        rule = rules[done.result]
        issues[rule].append(
            issue(rule, record, field=c.field, value=c.field, detail=detail, places=places_of(name)[:1] if name else ())
        )
    return tuple(Outcome(rule, len(facts.applied), tuple(found)) for rule, found in issues.items())
