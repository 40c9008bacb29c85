"""Writes the tables of README.md anew from the code: fields, rules, exit codes, limits (a test holds them together)."""

from __future__ import annotations

import sys
from pathlib import Path

import regex

from subsidy_extract.check.rules import RULES
from subsidy_extract.cli.limits import FLAGS
from subsidy_extract.columns import FIELDS
from subsidy_extract.errors import Exit

README = Path(__file__).parents[1] / "README.md"
EXITS = {
    Exit.OK: "done (warnings do not change that)",
    Exit.FOUND: "`--strict` and the report has errors, `--fail-on`, or `diff --exit-code` and there are changes",
    Exit.USAGE: "usage",
    Exit.UNREADABLE: "the source can't be read: missing, damaged, encrypted, empty, no pages",
    Exit.UNKNOWN_FORMAT: "unknown format",
    Exit.NO_TABLE: "no table found",
    Exit.NO_NAME_COLUMN: "a table, but no heading that names the programmes",
    Exit.LIMIT: "a limit was reached: time, memory, pages",
    Exit.UNWRITABLE: "the output can't be written",
}


def tables() -> dict[str, str]:
    """Name of a place in the README → the table that stands there."""
    fields = ["| field | type | what it holds |", "|---|---|---|", *(f"| `{f.name}` | {f.type} | {f.says} |" for f in FIELDS)]
    rules = ["| rule | | it holds that | what to do |", "|---|---|---|---|"]
    rules += [f"| `{r.code}` | {r.severity} | {r.says} | {r.todo} |" for r in RULES.values()]
    exits = ["| code | |", "|---|---|", *(f"| {code.value} | {says} |" for code, says in EXITS.items())]
    limits = ["| flag | default | stops (exit 7) at more |", "|---|---|---|", *(f"| `{f.name} {f.metavar}` | {f.default} | {f.says} |" for f in FLAGS)]
    return {"fields": "\n".join(fields), "rules": "\n".join(rules), "exits": "\n".join(exits), "limits": "\n".join(limits)}


def renewed(text: str) -> str:
    for name, table in tables().items():
        text = regex.sub(rf"<!-- {name} -->\n(?:\|[^\n]*\n)*", lambda m, n=name, t=table: f"<!-- {n} -->\n{t}\n", text)
    return text


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf8")), encoding="utf8")
    sys.exit(0)
