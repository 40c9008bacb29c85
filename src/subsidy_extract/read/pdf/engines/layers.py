"""A PDF with optional content → which objects of each page stand on a layer that is switched off.

PDFium tells of a layer's marks only the names in them, and of a form's nothing: so the content of the page is walked here
with pdfminer, which counts the objects of each kind as PDFium makes them. Only documents that have layers pay for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSEOF, PSKeyword, PSLiteral

from subsidy_extract.read.pdf.engines import ffi
from subsidy_extract.read.pdf.engines.objects import DEEPEST, Content

DEEP = 32  # visibility expressions within each other
PAINTS = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s"))
POINTS = {b"m": 1, b"l": 1, b"c": 3, b"v": 3, b"y": 3, b"re": 5}
SHOWS = frozenset((b"Tj", b"TJ", b"'", b'"'))


class Layers:
    """A document some of whose layers are switched off; its file stays open while it is held."""

    def __init__(self, path: Path, password: str | None = None) -> None:
        self._document = PDFDocument(PDFParser(path.open("rb")), password or "")
        properties = _dictionary(self._document.catalog.get("OCProperties"))
        self._default = _dictionary(properties.get("D"))
        groups = [o for o in _list(properties.get("OCGs")) if isinstance(o, PDFObjRef)]
        self.off = {g.objid: _said(_dictionary(g).get("Name")) for g in groups if not self.group_shows(g)}
        """The names of the layers that are switched off, by number of object."""
        self._pages: Iterator[PDFPage] = iter(())
        self._read: list[PDFPage] = []
        self._forms: dict[int, Content] = {}

    def content(self, number: int) -> Content | None:
        """What of a page is switched off; None where that can't be told."""
        try:
            if not self._read:
                self._pages = PDFPage.create_pages(self._document)
            while len(self._read) < number:
                self._read.append(next(self._pages))
            page = self._read[number - 1]
            return self._walked(page.contents, page.resources, 0)
        except Exception:  # pdfminer raises KeyError, TypeError, RecursionError … on damaged files
            return None

    # ── what is shown ────────────────────────────────────────────────────────────────────────────
    def shows(self, said: object) -> bool:
        """Whether what a mark or an object's /OC says is shown by default: a layer or a membership of layers."""
        group = _dictionary(said)
        if _name(group.get("Type")) != "OCMD":
            return self.group_shows(said)
        if "VE" in group:
            return self._holds(group["VE"], 0)
        policy = _name(group.get("P")) or "AnyOn"
        one = group.get("OCGs")
        listed = [one] if isinstance(resolve1(one), dict) else _list(one)
        states = [self.group_shows(g) for g in listed if isinstance(resolve1(g), dict)]
        if not states:
            return True
        wanted = policy in ("AllOn", "AnyOn")
        return (all if policy in ("AllOn", "AllOff") else any)(s is wanted for s in states)

    def group_shows(self, group: object) -> bool:
        """Whether one layer is on as a viewer opens the document: /D with /BaseState, /ON, /OFF, and what /AS says of viewing."""
        known = _dictionary(group)
        if _name(known.get("Type")) != "OCG" or not {"View", "All"} & _names(known.get("Intent"), "View"):
            return True
        d = self._default
        on = _name(d.get("BaseState")) != "OFF"
        on = (on or _among(group, d.get("ON"))) and not _among(group, d.get("OFF"))
        for use in map(_dictionary, _list(d.get("AS"))):
            if _name(use.get("Event")) == "View" and _among(group, use.get("OCGs")):
                usage = _dictionary(known.get("Usage"))
                told = {_name(_dictionary(usage.get(c)).get(f"{c}State")) for c in _names(use.get("Category"), "")}
                on = False if "OFF" in told else True if "ON" in told else on
        return on

    def _holds(self, expression: object, depth: int) -> bool:
        """A visibility expression: [/And …], [/Or …], [/Not …] of layers and expressions."""
        terms = resolve1(expression)
        if not isinstance(terms, list):
            return self.group_shows(expression)
        if depth > DEEP or not terms:
            return True
        rest = (self._holds(t, depth + 1) for t in terms[1:])
        verb = _name(terms[0])
        return not any(rest) if verb == "Not" else any(rest) if verb == "Or" else all(rest)

    # ── the walk ─────────────────────────────────────────────────────────────────────────────────
    def _walked(self, streams: list[object], resources: Mapping[str, Any], depth: int) -> Content:
        """The objects of one content stream, in order."""
        seen = _Walk(self, resources, depth)
        parser = PDFContentParser(streams)
        operands: list[Any] = []
        while True:
            try:
                _, token = parser.nextobject()
            except PSEOF:
                return seen.content
            if isinstance(token, PSKeyword):
                seen.operator(bytes(token.name), operands)
                operands = []
            else:
                operands.append(token)

    def form(self, stream: PDFStream, resources: Mapping[str, Any], depth: int) -> Content:
        """The objects of a form, each form walked once."""
        key = stream.objid or 0
        if key not in self._forms or not key:
            self._forms[key] = Content()  # a form that draws itself draws nothing
            own = _dictionary(stream.attrs.get("Resources"))
            self._forms[key] = self._walked([stream], own or resources, depth + 1) if depth < DEEPEST else Content()
        return self._forms[key]


@dataclass(slots=True)
class _Walk:
    """One content stream while it is walked. marks: of each marked content that is open, whether it is switched off."""

    layers: Layers
    resources: Mapping[str, Any]
    depth: int
    content: Content = field(default_factory=Content)
    marks: list[bool] = field(default_factory=list)
    points: int = 0

    def operator(self, name: bytes, operands: list[Any]) -> None:
        if name in (b"BDC", b"BMC"):
            off = name == b"BDC" and len(operands) > 1 and _name(operands[-2]) == "OC" and not self.layers.shows(self._properties(operands[-1]))
            self.marks.append(off)
        elif name == b"EMC":
            if self.marks:
                self.marks.pop()
        elif name in POINTS:
            self.points += POINTS[name]
        elif name in PAINTS or name == b"n":
            if self.points > 1 and name != b"n":
                self._drawn(ffi.PATH)
            self.points = 0
        elif name in SHOWS:
            said = operands[-1] if operands else None
            if any(isinstance(s, bytes) and s for s in (said if isinstance(said, list) else [said])):
                self._drawn(ffi.TEXT)
        elif name == b"EI":
            self._drawn(ffi.IMAGE)
        elif name == b"sh":
            self._drawn(ffi.SHADING)
        elif name == b"Do" and operands:
            self._placed(resolve1(_dictionary(self.resources.get("XObject")).get(_name(operands[-1]))))

    def _placed(self, thing: object) -> None:
        if not isinstance(thing, PDFStream):
            return
        kind = _name(thing.attrs.get("Subtype"))
        off = "OC" in thing.attrs and not self.layers.shows(thing.attrs["OC"])
        if kind == "Image":
            self._drawn(ffi.IMAGE, off)
        elif kind == "Form":
            self._drawn(ffi.FORM, off)
            self.content.forms.append(self.layers.form(thing, self.resources, self.depth))

    def _drawn(self, kind: int, off: bool = False) -> None:
        self.content.off.setdefault(kind, []).append(off or any(self.marks))

    def _properties(self, said: object) -> object:
        return _dictionary(self.resources.get("Properties")).get(_name(said)) if isinstance(said, PSLiteral) else said


def _dictionary(value: object) -> Mapping[str, Any]:
    found = resolve1(value)
    return found.attrs if isinstance(found, PDFStream) else found if isinstance(found, dict) else {}


def _list(value: object) -> list[Any]:
    found = resolve1(value)
    return found if isinstance(found, list) else []


def _name(value: object) -> str:
    found = resolve1(value)
    return str(found.name) if isinstance(found, PSLiteral) else ""


def _names(value: object, usual: str) -> set[str]:
    """A name, or an array of names."""
    return {_name(v) for v in _list(value)} or {_name(value) or usual}


def _among(group: object, groups: object) -> bool:
    return isinstance(group, PDFObjRef) and any(isinstance(g, PDFObjRef) and g.objid == group.objid for g in _list(groups))


def _said(value: object) -> str:
    found = resolve1(value)
    if not isinstance(found, bytes):
        return ""
    return found.decode("utf-16", "replace") if found[:2] in (b"\xfe\xff", b"\xff\xfe") else found.decode("utf-8", "replace")
