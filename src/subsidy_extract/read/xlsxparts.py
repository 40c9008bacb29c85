"""From the XML parts of an Excel file to what openpyxl does not tell: sheets in order, drawn texts, and a second count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.read.numfmt import BUILTIN, general, shown, text_shown
from subsidy_extract.read.package import Package, damaged

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAW = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
STRICT = {
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}": MAIN,
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}": REL,
    "{http://purl.oclc.org/ooxml/drawingml/main}": DRAW,
}


ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """_x000D_ as the character it stands for (ECMA-376 part 1, 22.9.2.19)."""
    return ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text) if "_x" in text else text


@dataclass(frozen=True, slots=True)
class SheetPart:
    name: str
    part: str
    visible: bool


def sheet_parts(package: Package) -> list[SheetPart]:
    """The sheets in the order of their tabs. Reads every XML part once, so that a hostile one is refused here."""
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            package.part(name)
    main = next((t for kind, t, _ in package.targets("").values() if kind == "officeDocument"), "xl/workbook.xml")
    root = package.xml(main)
    if root is None:
        raise damaged(package.name)
    targets = package.targets(main)
    out: list[SheetPart] = []
    for s in root.iter():
        if isinstance(s.tag, str) and s.tag.endswith("}sheet"):
            rid = next((v for k, v in s.attrib.items() if k.endswith("}id")), "")
            kind, part, _ = targets.get(rid, ("", "", False))
            if kind == "worksheet" and part in package.names:
                out.append(SheetPart(s.get("name") or "", part, s.get("state", "visible") == "visible"))
    if not out:
        raise ExtractError(Exit.NO_TABLE, f"{package.name} has no sheet", "Give the list as PDF or text")
    return out


def drawn_texts(package: Package, sheet: SheetPart) -> list[str]:
    """Lines of text boxes and shapes that lie over a sheet: titles are often drawn so."""
    out: list[str] = []
    for kind, target, outside in package.targets(sheet.part).values():
        if kind == "drawing" and not outside:
            root = package.xml(target)
            for body in [] if root is None else root.iter():
                if isinstance(body.tag, str) and body.tag.endswith("}p") and "drawingml" in body.tag:
                    line = "".join(t.text or "" for t in body.iter() if isinstance(t.tag, str) and t.tag.endswith("}t"))
                    if line.strip():
                        out.append(line.strip())
    return out


def pictured(package: Package, sheet: SheetPart) -> frozenset[tuple[int, int]]:
    """The cells (row, column, from 1) over whose top left corner a picture hangs."""
    out: set[tuple[int, int]] = set()
    for kind, target, outside in package.targets(sheet.part).values():
        root = package.xml(target) if kind == "drawing" and not outside else None
        for anchor in [] if root is None else root:
            tags = [x.tag.rpartition("}")[2] for x in anchor.iter() if isinstance(x.tag, str)]
            start = next((x for x in anchor if isinstance(x.tag, str) and x.tag.endswith("}from")), None)
            if "pic" in tags and start is not None:
                at = {x.tag.rpartition("}")[2]: x.text or "" for x in start}
                if at.get("row", "").isdigit() and at.get("col", "").isdigit():
                    out.add((int(at["row"]) + 1, int(at["col"]) + 1))
    return frozenset(out)


def witnessed(package: Package, parts: list[SheetPart], epoch_1904: bool) -> str:
    """The characters of every sheet counted from the XML itself, white space aside: shared strings, inline strings, and
    numbers under their format; and of the texts drawn over the sheets that are to be seen."""
    strings = _shared(package)
    formats = _formats(package)
    out: list[str] = []
    for p in parts:
        root = package.xml(p.part)
        for c in root.iter(*(f"{ns}c" for ns in (MAIN, *STRICT))):
            kind = c.get("t", "n")
            code = formats[int(c.get("s") or 0)] if int(c.get("s") or 0) < len(formats) else "General"
            value = "".join(x.text or "" for x in c if x.tag.endswith("}v"))
            if kind == "inlineStr":
                text = "".join(t.text or "" for x in c if x.tag.endswith("}is") for t in _said(x))
                out.append(_as_text(text, code))
            elif not value:
                continue
            elif kind == "s":
                out.append(_as_text(strings[int(value)], code) if int(value) < len(strings) else "")
            elif kind == "b":
                out.append("TRUE" if value == "1" else "FALSE")
            elif kind in ("str", "e", "d"):
                out.append(_as_text(value, code))
            else:
                out.append(general(float(value)) if code == "General" else shown(float(value), code, epoch_1904))
        if p.visible:
            out += drawn_texts(package, p)
    return "".join("".join(out).split())


def _as_text(text: str, code: str) -> str:
    text = unescaped(text)
    return text_shown(text, code) if "@" in code and code != "@" else text


def _shared(package: Package) -> list[str]:
    root = package.xml("xl/sharedStrings.xml")
    return [] if root is None else ["".join(t.text or "" for t in _said(si)) for si in root if si.tag.endswith("}si")]


def _said(element: Any) -> Iterator[Any]:
    """The <t> of a string, readings (furigana, <rPh>) aside."""
    for x in element:
        if x.tag.endswith("}t"):
            yield x
        elif x.tag.endswith("}r"):
            yield from (t for t in x if t.tag.endswith("}t"))


def _formats(package: Package) -> list[str]:
    """Format code of each cell style."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    root = package.xml("xl/styles.xml")
    if root is None:
        return []
    own = {int(f.get("numFmtId") or 0): f.get("formatCode") or "General" for f in root.iter() if isinstance(f.tag, str) and f.tag.endswith("}numFmt")}
    xfs: Any = next((x for x in root if x.tag.endswith("}cellXfs")), [])
    ids = [int(x.get("numFmtId") or 0) for x in xfs]
    return [own.get(n) or BUILTIN.get(n) or BUILTIN_FORMATS.get(n, "General") for n in ids]
