"""Last year's list beside this one: fewer programmes, and fields that were always filled and are not now."""

from __future__ import annotations

from subsidy_extract.check.facts import Facts, issue, places_of
from subsidy_extract.model import Issue, Outcome, Record

KEPT = 0.8  # a list that lost more than a fifth of its programmes was cut off more likely than shortened
ENOUGH = 5  # programmes last year: of fewer, "always" says little
NAMED = 8  # programmes that an issue names


def filled(record: Record, field: str) -> bool:
    """Whether a programme has something in a field, as the comparison with last year counts it."""
    if field == "office":
        return bool(record.office)
    if field == "section":
        return bool(record.entry.section)
    column = record.entry.columns.get(field)
    return bool(column and column.text) or bool(record.found.get(field))


def check_previous(facts: Facts) -> tuple[Outcome, ...]:
    """count_changed, count_fell and field_emptied; nothing without --previous."""
    before = facts.previous
    if before is None:
        return ()
    now = len(facts.records)
    same = now == before.programs
    counted = issue("count_fell" if now < KEPT * before.programs else "count_changed", value=str(now), detail=str(before.programs))
    issues: list[Issue] = []
    always = [f for f, n in before.filled.items() if n == before.programs >= ENOUGH]
    for field in always:
        bare = [r for r in facts.records if not filled(r, field)]
        if not bare:
            continue
        names = ", ".join(f"#{r.entry.number}" for r in bare[:NAMED]) + (" …" if len(bare) > NAMED else "")
        at = [c for r in bare[:NAMED] if (c := r.entry.columns.get("name"))]
        issues.append(issue("field_emptied", field=field, value=field, detail=f"{now - len(bare)} / {now}: {names}", places=[p for c in at for p in places_of(c)[:1]]))
    return (
        Outcome("count_changed", 1, (counted,) if not same and counted.rule == "count_changed" else ()),
        Outcome("count_fell", 1, (counted,) if counted.rule == "count_fell" else ()),
        Outcome("field_emptied", len(always), tuple(issues)),
    )
