"""From an Excel file (.xlsx, .xlsm) to a Document: what a person sees in its sheets."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections import Counter
from dataclasses import replace
from typing import Any

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Document, Doubt, LeftOut, Place, Witness
from subsidy_extract.read.blocks import Prose, Run, assemble
from subsidy_extract.read.numfmt import BUILTIN, general, shown, text_shown
from subsidy_extract.read.package import Package, damaged
from subsidy_extract.read.sheet import Sheet, Shown, blocks_of_sheet, ref
from subsidy_extract.read.source import source_of
from subsidy_extract.read.xlsxparts import drawn_texts, pictured, sheet_parts, unescaped, witnessed

NO_TITLE = re.compile(r"(?:sheet|シート|表|page|p|一覧|ワーク)?\s*[(（]?\s*[0-9０-９]*\s*[)）]?", re.IGNORECASE)
"""Names of sheets that say nothing."""
HYPERLINK = re.compile(r'=\s*HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)


def read_xlsx(data: bytes, name: str) -> Document:
    """data: the bytes of the file. Raises ExtractError: UNREADABLE, NO_TABLE, LIMIT."""
    package = Package(data, name)
    parts = sheet_parts(package)  # checks every part that is XML before openpyxl sees it
    book = _book(data, name, values=True)
    formulas = _book(data, name, values=False) if any(b"<f" in package.part(p.part) for p in parts) else None
    blocks: list[Prose | Run] = []
    left_out: list[LeftOut] = []
    doubts: list[Doubt] = []
    several = sum(1 for p in parts if p.visible) > 1
    epoch_1904 = book.epoch.year == 1904
    for part in parts:
        if part.name not in book.sheetnames or not hasattr(book[part.name], "merged_cells"):
            continue  # a chart sheet
        sheet, lost = _sheet(book[part.name], None if formulas is None else formulas[part.name], epoch_1904)
        if not part.visible:
            hidden = [LeftOut(c.text, Place(sheet=part.name, cell=ref(c.row, c.col)), "invisible") for c in sheet.cells if c.text.strip()]
            left_out += hidden
            if hidden:
                doubts.append(Doubt("hidden", f"sheet {part.name} is hidden", (Place(sheet=part.name),)))
            continue
        doubts += lost
        drawn = [Prose(t, Place(sheet=part.name)) for t in drawn_texts(package, part)]
        found, out, odd = blocks_of_sheet(replace(sheet, pictures=pictured(package, part)))
        left_out += out
        doubts += odd
        blocks += drawn + titled(found, part.name if several else None)
    done = assemble(blocks)
    if not done.tables:
        raise ExtractError(Exit.NO_TABLE, f"{name} has no table in its sheets", "Give the list as PDF or text")
    witness = Witness(1, witnessed(package, parts, epoch_1904))
    return Document(source_of(data, name, "xlsx"), done.tables, done.title, (*done.left_out, *left_out), (witness,), tuple(doubts))


def titled(blocks: list[Prose | Run], title: str | None) -> list[Prose | Run]:
    """The first run of a sheet with the sheet's name as its title for want of a better; "Sheet1" is none."""
    first = next((k for k, b in enumerate(blocks) if isinstance(b, Run)), None)
    if first is None or title is None or NO_TITLE.fullmatch(title):
        return blocks
    run = blocks[first]
    assert isinstance(run, Run)
    return [*blocks[:first], replace(run, fallback=title), *blocks[first + 1 :]]


def _book(data: bytes, name: str, values: bool) -> Any:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that hold no text
            return openpyxl.load_workbook(io.BytesIO(data), data_only=values, keep_links=False)
    except ExtractError:
        raise
    except Exception as e:  # openpyxl raises whatever its parsers meet
        raise damaged(name) from e


def _sheet(sheet: Any, formulas: Any, epoch_1904: bool) -> tuple[Sheet, list[Doubt]]:
    doubts: list[Doubt] = []
    cells: list[Shown] = []
    body = _common_size(sheet)
    for (row, col), cell in sorted(sheet._cells.items()):
        formula = formulas._cells.get((row, col)).value if formulas is not None and (row, col) in formulas._cells else None
        is_formula = cell.value is None and formula is not None
        if is_formula:
            doubts.append(Doubt("no_cached_value", f"{ref(row, col)} is a formula whose value the file does not keep: {formula}", (Place(sheet=sheet.title, cell=ref(row, col)),)))
        if cell.value is None:
            continue
        text = _text(cell, epoch_1904)
        link = cell.hyperlink.target if cell.hyperlink is not None else None
        behind = HYPERLINK.match(formula) if isinstance(formula, str) else None
        size = float(cell.font.sz or body) if cell.font is not None else body
        cells.append(Shown(row, col, text, link or (behind.group(1) if behind else None), max(0.0, size - body)))
    merged = tuple((m.min_row, m.min_col, m.max_row, m.max_col) for m in sheet.merged_cells.ranges)
    rows = frozenset(n for n, d in sheet.row_dimensions.items() if d.hidden or d.height == 0)
    cols = frozenset(
        n for d in sheet.column_dimensions.values() if d.hidden or (d.width == 0 and d.customWidth) for n in range(d.min or d.index_number(), min(d.max or 0, 16384) + 1)
    ) if sheet.column_dimensions else frozenset[int]()  # fmt: skip
    return Sheet(sheet.title, tuple(cells), merged, rows, cols, _repeated(sheet.print_title_rows)), doubts


def _repeated(rows: str | None) -> range:
    """The rows printed again on each page: "$3:$4" → 3, 4."""
    m = re.fullmatch(r"\$?([0-9]+):\$?([0-9]+)", rows or "")
    return range(int(m.group(1)), int(m.group(2)) + 1) if m else range(0)


def _common_size(sheet: Any) -> float:
    """The size of type most cells with text have."""
    sizes = Counter(float(c.font.sz) for c in sheet._cells.values() if c.value is not None and c.font is not None and c.font.sz)
    return sizes.most_common(1)[0][0] if sizes else 11.0


def _text(cell: Any, epoch_1904: bool) -> str:
    """The cell as its number format shows it."""
    from openpyxl.utils.datetime import to_excel

    value = cell.value
    number = cell._style.numFmtId
    code = BUILTIN.get(number) or cell.number_format or "General"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (dt.datetime, dt.date, dt.time, dt.timedelta)):
        epoch = dt.datetime(1904, 1, 1) if epoch_1904 else dt.datetime(1899, 12, 30)
        value = float(to_excel(value, epoch))  # type: ignore[no-untyped-call]
    if isinstance(value, (int, float)):
        return general(float(value)) if code == "General" else shown(float(value), code, epoch_1904)
    text = unescaped(str(value)).replace("\r\n", "\n").replace("\r", "\n")
    return text_shown(text, code) if "@" in code and code != "@" else text
