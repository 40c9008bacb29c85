"""A Diff goes in, a CSV or an xlsx of its changes comes out: one row a change, nothing in it can run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from ..model import Diff, Fate
from .phrases import headline, word

HEADS = (
    "status", "old_number", "old_id", "old_name", "new_number", "new_id", "new_name", "score", "field", "kind", "old", "new",
    "delta", "percent", "about",
)  # fmt: skip
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
Cell = str | int | float | None


def rows(diff: Diff) -> Iterator[list[Cell]]:
    """One row for each change; one row for a programme that is new, gone, renamed, split or merged without another change."""
    for fate in diff.fates:
        if fate.status == "same":
            continue
        for change in fate.changes or (None,):
            who = _who(fate, change.part if change else None)
            if change is None:
                yield [*who, *[None] * 7]
            else:
                about = "; ".join(f"{k}={v}" for k, v in change.about.items())
                yield [*who, change.field, change.kind, change.old, change.new, change.delta, change.percent, about or None]


def _who(fate: Fate, part: str | None) -> list[Cell]:
    old = [p for p in fate.old if part is None or len(fate.old) == 1 or p.id == part]
    new = [p for p in fate.new if part is None or len(fate.new) == 1 or p.id == part]
    out: list[Cell] = [fate.status]
    for side in (old, new):
        if len(side) == 1:
            out += [side[0].number, side[0].id, side[0].name]
        else:
            out += ["; ".join(str(getattr(p, a)) for p in side) or None for a in ("number", "id", "name")]
    return [*out, fate.score]


def as_csv(diff: Diff, lang: str = "en") -> str:
    """CSV (UTF-8, LF). A text that a spreadsheet would run as a formula has an apostrophe in front; numbers stay numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    for row in rows(diff):
        writer.writerow(["" if c is None else _harmless(c) if isinstance(c, str) else c for c in row])
    return out.getvalue()


def _harmless(text: str) -> str:
    return "'" + text if text.startswith(_RUNS) else text


_LABELS = {
    "old_number": ("旧番号", "old No."), "old_id": ("旧ID", "old id"), "old_name": ("旧事業名", "old name"), "new_number": ("新番号", "new No."),
    "new_id": ("新ID", "new id"), "new_name": ("新事業名", "new name"), "about": ("補足", "about"),
}  # fmt: skip
_WIDTHS = (14, 7, 15, 36, 7, 15, 36, 8, 12, 10, 44, 44, 14, 9, 24)
_ILLEGAL = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF])


def as_xlsx(diff: Diff, lang: str = "ja") -> bytes:
    """A workbook for people: a sheet of counts and one of changes with filters. Every text is stored as text."""
    import openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    counts: Any = book.active
    sheet = book.create_sheet("変更" if lang == "ja" else "changes")
    counts.title = "概要" if lang == "ja" else "summary"
    _put(counts, 1, 1, headline(diff, lang))
    counts.cell(1, 1).font = Font(bold=True, size=14)
    tallies = [*((word(s, lang), n) for s, n in diff.counts.items()), (word("looks", lang), diff.kinds["format_only"])]
    for r, (label, n) in enumerate(tallies, 3):
        _put(counts, r, 1, label)
        counts.cell(r, 2, n)
    counts.column_dimensions["A"].width = 52
    for c, (head, width) in enumerate(zip(HEADS, _WIDTHS, strict=True), 1):
        label = _LABELS[head][0 if lang == "ja" else 1] if head in _LABELS else word(head, lang)
        _put(sheet, 1, c, label)
        sheet.cell(1, c).font, sheet.cell(1, c).fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F4E5F")
        sheet.column_dimensions[get_column_letter(c)].width = width
    r = 1
    for r, row in enumerate(rows(diff), 2):
        for c, cell in enumerate(row, 1):
            if HEADS[c - 1] in ("status", "kind", "field") and isinstance(cell, str):
                cell = word(cell, lang)
            _put(sheet, r, c, cell)
            sheet.cell(r, c).alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(HEADS))}{r}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(sheet: Any, row: int, column: int, value: Cell) -> None:
    if value is None:
        return
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = value.translate(_ILLEGAL)[:32767]
        cell.data_type, cell.number_format, cell.quotePrefix = "s", "@", True
    else:
        cell.value = value
