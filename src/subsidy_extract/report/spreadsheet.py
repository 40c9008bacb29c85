"""Dataset → an .xlsx for people: Japanese headings, phones as text, dates as dates, a sheet for the issues; no cell runs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from typing import Any

from subsidy_extract.frame import Row
from subsidy_extract.model import Dataset
from subsidy_extract.report.html.plainly import visible
from subsidy_extract.report.plain import where

# field → heading and width in characters of the sheet for people, in its order
SHEET: tuple[tuple[str, str, int], ...] = (
    ("number", "番号", 6), ("section", "区分見出し", 18), ("category", "分野", 12), ("municipality", "市町村", 12), ("name", "事業名", 36),
    ("organization", "実施機関", 18), ("eligibility", "対象者", 40), ("summary", "事業概要", 50), ("eligible_costs", "対象経費", 36),
    ("rate_text", "補助率", 16), ("rate", "補助率（最大）", 10), ("amount_text", "補助額", 20), ("cap_yen", "上限額（円）", 14),
    ("period_text", "募集期間", 24), ("start", "受付開始", 12), ("end", "受付終了", 12), ("office", "窓口", 28), ("phone", "電話番号", 16),
    ("extension", "内線", 10), ("fax", "FAX", 16), ("email", "メール", 28), ("url", "URL", 44), ("remarks", "備考", 30),
    ("page_first", "ページ", 8), ("issues", "確認事項", 24), ("id", "ID", 15),
)  # fmt: skip
ALWAYS = {"number", "name", "phone", "cap_yen", "issues", "id"}
ISSUE_SHEET = (("重要度", 8), ("番号", 6), ("事業名", 36), ("項目", 12), ("内容", 60), ("値", 30), ("候補", 36), ("場所", 12), ("規則", 20))
SEVERITY = {"error": "誤り", "warning": "注意", "info": "参考"}
EPOCH = (2000, 1, 1, 0, 0, 0)  # the same source gives the same bytes


def _value(row: Row, name: str) -> Any:
    if name in ("start", "end"):
        window = next((p for p in row["periods"] if p["role"] == "application"), None)
        return window[name] if window else None
    value = row[name]
    return "、".join(value) if isinstance(value, list) else value


def _sheet(sheet: Any, heads: Iterable[tuple[str, int]], rows: Iterable[list[Any]]) -> None:
    """Heading, rows, widths, frozen heading, filters. Every text is stored as text, so that a leading = or + can't run."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for c, (head, width) in enumerate(heads, 1):
        cell = sheet.cell(1, c, head)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F4E5F")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(c)].width = width
    for r, values in enumerate(rows, 2):
        for c, value in enumerate(values, 1):
            if isinstance(value, str):
                value = visible(value).replace("\r", "\n")
            if value is None or value == "":
                continue
            cell = sheet.cell(r, c)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(value, str):
                cell.value = value
                cell.data_type, cell.number_format = "s", "@"
                cell.quotePrefix = True
            else:
                cell.value = value
                if isinstance(value, date):
                    cell.number_format = "yyyy/mm/dd"
                elif isinstance(value, float):
                    cell.number_format = "0.0%"
                else:
                    cell.number_format = "#,##0"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def spreadsheet(data: Dataset, rows: Collection[Row]) -> bytes:
    """The workbook: 補助制度一覧 and 確認事項. Columns that are empty in the whole list are left away."""
    from openpyxl import Workbook

    book = Workbook()
    stamp = datetime(*EPOCH)
    book.properties.created = book.properties.modified = stamp
    first = book.active
    assert first is not None
    first.title = "補助制度一覧"
    shown = [s for s in SHEET if s[0] in ALWAYS or any(_value(row, s[0]) not in (None, "") for row in rows)]
    _sheet(first, [(head, width) for _, head, width in shown], ([_value(row, name) for name, _, _ in shown] for row in rows))
    names = {row["number"]: row["name"] for row in rows}
    issues = (
        [SEVERITY[i.severity], i.number, names.get(i.number or 0), i.field, i.message_ja, i.value, i.suggestion, where(i, "ja"), i.rule]
        for i in data.issues
    )
    _sheet(book.create_sheet("確認事項"), ISSUE_SHEET, issues)
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue(), stamp.isoformat)


def _timeless(content: bytes, stamp: Callable[[], str]) -> bytes:
    """The same archive without the clock: entry times fixed, and the time openpyxl writes into the properties."""
    import re

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp().encode() + b"Z", data)
            new.writestr(zipfile.ZipInfo(item.filename, EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
