"""Dataset → the files of its validation report."""

from __future__ import annotations

from collections.abc import Collection

from subsidy_extract.frame import Row
from subsidy_extract.model import Dataset
from subsidy_extract.report.data import report
from subsidy_extract.report.machine import junit, sarif
from subsidy_extract.write import dumps

MACHINE = {"sarif": ("report.sarif", sarif), "junit": ("report.junit.xml", junit)}


def report_files(data: Dataset, rows: list[Row], formats: Collection[str] = ()) -> dict[str, bytes]:
    """Name → content of every file of the report. rows: `program_rows` of the data; formats: sarif, junit, xlsx besides."""
    files = {"report.json": (dumps(report(data, rows), indent=1) + "\n").encode()}
    files |= {name: make(data) for form, (name, make) in MACHINE.items() if form in formats}
    if "xlsx" in formats:
        from subsidy_extract.report.spreadsheet import spreadsheet

        files["programs.xlsx"] = spreadsheet(data, rows)
    return files
