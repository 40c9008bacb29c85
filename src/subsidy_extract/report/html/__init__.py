"""Dataset → report.html: one file that opens from disk, offline, and shows each spot on the page beside the value."""

from subsidy_extract.report.html.build import html, template

__all__ = ["html", "template"]
