"""A Diff goes in, what a person or a program reads comes out: text, JSON, HTML, Markdown, CSV, xlsx."""

from __future__ import annotations

from typing import Protocol

from ..model import Diff
from .as_json import as_data, as_json
from .html import html
from .markdown import markdown
from .sheets import as_csv, as_xlsx
from .text import text


class Show(Protocol):
    def __call__(self, diff: Diff, lang: str = ...) -> str | bytes: ...


FORMATS: dict[str, Show] = {"text": text, "json": as_json, "html": html, "markdown": markdown, "csv": as_csv, "xlsx": as_xlsx}
"""Name of a format → what writes it: text as str, a workbook as bytes. lang: ja or en."""

__all__ = ["FORMATS", "as_csv", "as_data", "as_json", "as_xlsx", "html", "markdown", "text"]
