"""Issues → SARIF 2.1.0 and JUnit XML: what other programs' pipelines read."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

from subsidy_extract import __version__
from subsidy_extract.check.rules import RULES
from subsidy_extract.model import Dataset, Issue
from subsidy_extract.report.data import place_row
from subsidy_extract.report.plain import printable
from subsidy_extract.write import dumps

LEVELS = {"error": "error", "warning": "warning", "info": "note"}
CSV = "programs.csv"


def csv_line(issue: Issue) -> int:
    """Line of the programme in programs.csv: one line each under the heading; what is of no programme stands at line 1."""
    return issue.number + 1 if issue.number else 1


def _result(issue: Issue, order: dict[str, int]) -> dict[str, Any]:
    logical = [{"name": issue.field, "kind": "member"}] if issue.field else []
    return {
        "ruleId": issue.rule,
        "ruleIndex": order[issue.rule],
        "level": LEVELS[issue.severity],
        "message": {"text": issue.message},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": CSV}, "region": {"startLine": csv_line(issue)}},
                **({"logicalLocations": logical} if logical else {}),
            }
        ],
        "partialFingerprints": {"issue/v1": f"{issue.rule}/{issue.id or ''}/{issue.field or ''}/{issue.value or ''}"},
        "properties": {
            "number": issue.number, "id": issue.id, "value": issue.value, "suggestion": issue.suggestion,
            "message_ja": issue.message_ja, "places": [place_row(p) for p in issue.places],
        },
    }  # fmt: skip


def sarif(data: Dataset) -> bytes:
    """A SARIF log with one run: a result an issue, at its line of programs.csv, page and box in its properties."""
    order = {code: i for i, code in enumerate(RULES)}
    rules = [
        {
            "id": r.code, "shortDescription": {"text": r.says}, "help": {"text": r.todo},
            "defaultConfiguration": {"level": LEVELS[r.severity]}, "properties": {"says_ja": r.says_ja, "todo_ja": r.todo_ja},
        }
        for r in RULES.values()
    ]  # fmt: skip
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "subsidy-extract", "version": __version__, "rules": rules}},
                "artifacts": [{"location": {"uri": CSV}}],
                "results": [_result(i, order) for i in data.issues],
                "columnKind": "unicodeCodePoints",
            }
        ],
    }
    return dumps(log, indent=True) + b"\n"


def junit(data: Dataset) -> bytes:
    """A test suite whose cases are the checks: a failure for each rule with issues, infos as system-out."""
    failed = [o for o in data.outcomes if o.issues and RULES[o.rule].severity != "info"]
    suite = ET.Element("testsuite", name=data.document.source.name, tests=str(len(data.outcomes)), failures=str(len(failed)), errors="0", skipped="0")
    for outcome in data.outcomes:
        rule = RULES[outcome.rule]
        case = ET.SubElement(suite, "testcase", classname=f"subsidy-extract.{rule.severity}", name=f"{rule.code}: {rule.says}", time="0")
        lines = [f"{CSV}:{csv_line(i)} {printable(i.message)}" + "".join(f" [p.{p.page}]" for p in i.places[:1] if p.page) for i in outcome.issues]
        if not lines:
            continue
        if outcome in failed:
            failure = ET.SubElement(case, "failure", type=rule.severity, message=f"{len(lines)} of {outcome.checked}")
            failure.text = "\n".join(lines)
        else:
            ET.SubElement(case, "system-out").text = "\n".join(lines)
    suites = ET.Element("testsuites")
    suites.append(suite)
    ET.indent(suites, " ")
    body: str = ET.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()
