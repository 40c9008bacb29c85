"""From an Excel file of before 2007 (.xls) to a Document: the same sheets as .xlsx, read by xlrd."""

from __future__ import annotations

from collections import Counter
from typing import Any

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Document, Doubt, LeftOut, Place, Witness
from subsidy_extract.read.blocks import Prose, Run, assemble
from subsidy_extract.read.numfmt import BUILTIN, general, shown, text_shown
from subsidy_extract.read.package import damaged
from subsidy_extract.read.sheet import Sheet, Shown, blocks_of_sheet, ref
from subsidy_extract.read.source import source_of
from subsidy_extract.read.xlsx import titled

ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def read_xls(data: bytes, name: str) -> Document:
    """data: the bytes of the file. Raises ExtractError: UNREADABLE, NO_TABLE. The witness is counted from the values of
    every cell before spans and hidden rows are looked at; there is no second reader of this format."""
    import io

    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as e:
        if "encrypted" in str(e).lower():
            raise ExtractError(Exit.UNREADABLE, f"{name} is protected by a password", "Save it without one and try again") from e
        raise damaged(name) from e
    except Exception as e:  # xlrd raises whatever its parser meets
        raise damaged(name) from e
    blocks: list[Prose | Run] = []
    left_out: list[LeftOut] = []
    doubts: list[Doubt] = []
    counted: list[str] = []
    several = sum(1 for s in book.sheets() if s.visibility == 0 and s.nrows) > 1
    for s in book.sheets():
        sheet = _sheet(book, s)
        counted += [c.text for c in sheet.cells]
        if s.visibility != 0:
            hidden = [LeftOut(c.text, Place(sheet=s.name, cell=ref(c.row, c.col)), "invisible") for c in sheet.cells if c.text.strip()]
            left_out += hidden
            if hidden:
                doubts.append(Doubt("hidden", f"sheet {s.name} is hidden", (Place(sheet=s.name),)))
            continue
        found, out, odd = blocks_of_sheet(sheet)
        left_out += out
        doubts += odd
        blocks += titled(found, s.name if several else None)
    done = assemble(blocks)
    if not done.tables:
        raise ExtractError(Exit.NO_TABLE, f"{name} has no table in its sheets", "Give the list as PDF or text")
    witness = Witness(1, "".join("".join(counted).split()))
    return Document(source_of(data, name, "xls"), done.tables, done.title, (*done.left_out, *left_out), (witness,), tuple(doubts))


def _sheet(book: Any, s: Any) -> Sheet:
    sizes = Counter(_size(book, s, r, c) for r in range(s.nrows) for c in range(s.row_len(r)) if s.cell_type(r, c) not in (0, 6))
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    cells: list[Shown] = []
    for r in range(s.nrows):
        for c in range(s.row_len(r)):
            text = _text(book, s, r, c)
            if text:
                link = s.hyperlink_map.get((r, c))
                cells.append(Shown(r + 1, c + 1, text, link.url_or_path if link is not None else None, max(0.0, _size(book, s, r, c) - body)))
    merged = tuple((r0 + 1, c0 + 1, r1, c1) for r0, r1, c0, c1 in s.merged_cells)
    rows = frozenset(r + 1 for r, info in s.rowinfo_map.items() if info.hidden or info.height == 0)
    cols = frozenset(c + 1 for c, info in s.colinfo_map.items() if info.hidden or info.width == 0)
    return Sheet(s.name, tuple(cells), merged, rows, cols)


def _size(book: Any, s: Any, r: int, c: int) -> float:
    return float(book.font_list[book.xf_list[s.cell_xf_index(r, c)].font_index].height) / 20


def _text(book: Any, s: Any, r: int, c: int) -> str:
    kind, value = s.cell_type(r, c), s.cell_value(r, c)
    key = book.xf_list[s.cell_xf_index(r, c)].format_key
    code = BUILTIN.get(key) or book.format_map[key].format_str or "General"
    if kind == 1:
        text = str(value).replace("\r\n", "\n").replace("\r", "\n")
        return text_shown(text, code) if "@" in code and code != "@" else text
    if kind in (2, 3):
        return general(value) if code == "General" else shown(value, code, book.datemode == 1)
    if kind == 4:
        return "TRUE" if value else "FALSE"
    return ERRORS.get(value, "#ERROR") if kind == 5 else ""
