"""Dataset → the files of its validation report."""

from __future__ import annotations

from subsidy_extract.frame import program_rows
from subsidy_extract.model import Dataset
from subsidy_extract.report.data import report
from subsidy_extract.write import dumps


def report_files(data: Dataset) -> dict[str, bytes]:
    """Name → content of every file of the report."""
    return {"report.json": (dumps(report(data, list(program_rows(data))), indent=1) + "\n").encode()}
