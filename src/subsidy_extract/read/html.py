"""From a web page (.html, .htm) to a Document: its data tables and definition lists, and the lines between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Cell, Document, Doubt, LeftOut, Link, Piece, Place, Row, Witness
from subsidy_extract.read.blocks import Prose, Run, assemble
from subsidy_extract.read.cards import carded
from subsidy_extract.read.encoding import decode
from subsidy_extract.read.source import source_of

CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
UNSEEN = frozenset(("script", "style", "template", "noscript", "head", "title", "datalist", "object", "iframe"))
INLINE = frozenset(
    ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "q", "rb", "rtc", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "input", "button", "select", "option", "textarea", "nobr", "blink", "center_"]
)  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
NUMBERED = re.compile(r"\s*(?:[(（]?[0-9０-９]+|[①-⑳]|[ア-ン][)）.])")
MOST_SPAN = 1000  # columns or rows of one cell, as browsers cut it


def read_html(data: bytes, name: str) -> Document:
    """data: the bytes of the file. Raises ExtractError: UNREADABLE, NO_TABLE."""
    from lxml import etree

    declared = CHARSET.search(data[:4096])
    decoded = decode(data, declared.group(1).decode("ascii") if declared else None)
    try:
        root = etree.fromstring(decoded.text.encode("utf-8"), etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False))
        if root is None:  # not an element in it
            raise ExtractError(Exit.UNREADABLE, f"{name} is no web page", "Save it again from the browser")
        page = _Page(root)
        blocks = carded(list(page.blocks(page.body)))
    except (etree.XMLSyntaxError, RecursionError) as e:
        raise ExtractError(Exit.UNREADABLE, f"{name} can't be read as a web page", "Save it again from the browser") from e
    done = assemble(blocks)
    if not done.tables:
        raise ExtractError(Exit.NO_TABLE, f"{name} has no table", "Give the list as PDF or Excel")
    title = done.title or page.title
    witness = Witness(1, _counted(decoded.text) + "".join("".join(page.numbers).split()))
    left_out = (*done.left_out, *page.left_out)
    return Document(source_of(data, name, "html", 1, decoded.encoding), done.tables, title, left_out, (witness,), (*decoded.doubts, *page.doubts()))


class _Line:
    """Text while it is gathered, white space folded as a browser does, with links."""

    def __init__(self) -> None:
        self.text = ""
        self.links: list[Link] = []
        self.pictures = 0

    def say(self, text: str, kept: bool) -> None:
        if not kept:
            text = re.sub(r"[ \t\n\r\f]+", " ", text)
            if text.startswith(" ") and (not self.text or self.text[-1] in " \n"):
                text = text[1:]
        self.text += text

    def turn(self) -> None:
        """A line ends, once."""
        self.text = self.text.rstrip(" ")
        if self.text and not self.text.endswith("\n"):
            self.text += "\n"

    def cell(self, place: Place, row_span: int = 1, col_span: int = 1) -> Cell:
        lead = len(self.text) - len(self.text.lstrip())
        bare = self.text.strip()
        links = tuple(Link(k.url, max(0, k.start - lead), min(len(bare), k.end - lead)) for k in self.links if k.start - lead < len(bare) and k.end > lead)
        doubts = ("picture",) if self.pictures and not bare else ()
        return Cell(bare, (Piece(bare, place),) if bare else (), row_span, col_span, links, doubts)


class _Page:
    def __init__(self, root: Any) -> None:
        body = root.find("body")
        self.body = root if body is None else body
        title = root.find("head/title")
        self.title = " ".join((title.text or "").split()) or None if title is not None else None
        base = root.find("head/base")
        canonical = next((x.get("href") for x in root.iter("link") if (x.get("rel") or "").lower() == "canonical"), None)
        self.base = (base.get("href") if base is not None else None) or canonical
        self.left_out: list[LeftOut] = []
        self.numbers: list[str] = []
        self.nowhere = 0  # links that lead to a place on a site which the file does not name

    def doubts(self) -> list[Doubt]:
        out = []
        hidden = [x for x in self.left_out if x.reason == "invisible"]
        if hidden:
            out.append(Doubt("hidden", f"{len(hidden)} pieces of the page are hidden", tuple(x.place for x in hidden)))
        if self.nowhere:
            out.append(Doubt("relative_link", f"{self.nowhere} links lead to pages of a site that the file does not name"))
        return out

    # ── blocks ───────────────────────────────────────────────────────────────────────────────────
    def blocks(self, parent: Any) -> Iterator[Prose | Run]:
        line = _Line()
        rank = _rank(parent)
        place = Place(line=parent.sourceline)
        line.say(parent.text or "", False)
        for x in parent:
            tag = x.tag if isinstance(x.tag, str) else ""
            if tag in INLINE or tag == "br":
                self.gather(x, line, place, False)
            elif tag not in UNSEEN and not self.hides(x):
                yield from _prose(line, place, rank)
                line = _Line()
                if tag == "table" and not _frame(x):
                    yield self.table(x)
                elif tag == "dl" and len(x.findall(".//dt")) > 1:
                    yield self.pairs(x)
                else:
                    yield from self.blocks(x)
            line.say(x.tail or "", False)
        yield from _prose(line, place, rank)

    def pairs(self, dl: Any) -> Run:
        """A definition list: terms are the left column, what is said of each the right one."""
        rows: list[list[_Line]] = []
        for x in dl.iter("dt", "dd"):
            if next(x.iterancestors("dt", "dd", "dl")) is not dl:
                continue  # inside another <dd>: said there
            line = _Line()
            self.gather(x, line, Place(line=x.sourceline), False)
            line.text = line.text.strip()
            if x.tag == "dt" or not rows:
                rows.append([line, _Line()] if x.tag == "dt" else [_Line(), line])
            else:
                said = rows[-1][1]
                said.turn()
                said.links += [Link(k.url, k.start + len(said.text), k.end + len(said.text)) for k in line.links]
                said.text += line.text
                said.pictures += line.pictures
        place = Place(line=dl.sourceline)
        return Run(tuple(Row((a.cell(place), b.cell(place))) for a, b in rows), whole=True)

    def table(self, table: Any) -> Run:
        sections: dict[str, list[Any]] = {"thead": [], "tbody": [], "tfoot": []}
        for x in table:
            if x.tag == "tr":
                sections["tbody"].append(x)
            elif x.tag in sections:
                sections[x.tag] += [r for r in x if r.tag == "tr"]
        rows = sections["thead"] + sections["tbody"] + sections["tfoot"]
        grid: list[list[Cell | None]] = []
        kinds: list[set[str]] = []
        reach: dict[int, int] = {}  # column → rows that a cell above still covers
        for n, tr in enumerate(rows):
            line: list[Cell | None] = []
            kinds.append(set())
            if self.hides(tr):
                continue
            for td in (x for x in tr if x.tag in ("td", "th")):
                if self.hides(td):
                    continue
                while reach.get(len(line), 0) > 0:
                    reach[len(line)] -= 1
                    line.append(None)
                across = _span(td.get("colspan"))
                down = min(_span(td.get("rowspan")) or len(rows), len(rows) - n)
                text = _Line()
                place = Place(line=td.sourceline)
                self.gather(td, text, place, False)
                kinds[-1].add(td.tag)
                for k in range(len(line), len(line) + max(1, across)):
                    reach[k] = down - 1
                line += [text.cell(place, down, max(1, across)), *[None] * (max(1, across) - 1)]
            while any(v > 0 for k, v in reach.items() if k >= len(line)):
                covered = reach.get(len(line), 0) > 0
                if covered:
                    reach[len(line)] -= 1
                line.append(None if covered else Cell(""))
            grid.append(line)
        width = max((len(x) for x in grid), default=0)
        full = tuple(Row(tuple(x) + (Cell(""),) * (width - len(x))) for x in grid)
        heading = len(sections["thead"]) or _th_rows(kinds)
        caption = table.find("caption")
        title = _Line()
        if caption is not None:
            self.gather(caption, title, Place(line=caption.sourceline), False)
            if title.text.strip():
                self.left_out.append(LeftOut(title.text.strip(), Place(line=caption.sourceline), "title"))
        return Run(full, 1, heading or None, " ".join(title.text.split("\n")).strip() or None, whole=True)

    # ── text ─────────────────────────────────────────────────────────────────────────────────────
    def gather(self, x: Any, line: _Line, place: Place, kept: bool) -> None:
        """All text of an element as lines: <br> and block elements break them; rows of an inner table are lines."""
        tag = x.tag if isinstance(x.tag, str) else ""
        if tag == "br":
            line.turn()
            return
        if tag in UNSEEN or self.hides(x):
            return
        if tag in ("rt", "rp"):  # how a word is read
            text = "".join(x.itertext()).strip()
            if text:
                self.left_out.append(LeftOut(text, place, "furniture"))
            return
        if tag in ("img", "svg", "canvas"):
            line.pictures += 1
            return
        block = tag not in INLINE and tag not in ("td", "th", "ruby")
        kept = kept or tag == "pre"
        if block:
            line.turn()
        elif tag in ("td", "th") and line.text and not line.text.endswith(("\n", " ")):
            line.say(" ", False)
        if tag == "li":
            self.number(x, line)
        start = len(line.text)
        line.say(x.text or "", kept)
        for child in x:
            self.gather(child, line, place, kept)
            line.say(child.tail or "", kept)
        if tag == "a" and line.text[start:].strip():
            url = self.target(x.get("href") or "")
            if url:
                line.links.append(Link(url, start, len(line.text.rstrip())))
        if block:
            line.turn()

    def number(self, li: Any, line: _Line) -> None:
        """The number a browser draws before an item of <ol>, unless the item brings its own."""
        parent = li.getparent()
        if parent is None or parent.tag != "ol" or "none" in (parent.get("style") or "") or NUMBERED.match("".join(li.itertext())):
            return
        before = sum(1 for s in li.itersiblings("li", preceding=True))
        start = parent.get("start") or "1"
        text = f"{before + (int(start) if start.isdigit() else 1)}."
        self.numbers.append(text)
        line.say(f"{text} ", False)

    def target(self, href: str) -> str | None:
        href = href.strip()
        if not href or href.startswith("#") or href.lower().startswith("javascript:"):
            return None
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", href):
            return href
        if self.base and "://" in self.base:
            return str(urljoin(self.base, href))
        self.nowhere += 1
        return None

    def hides(self, x: Any) -> bool:
        """Whether the element is not shown; what it says is then left out."""
        if not (x.get("hidden") is not None or HIDDEN.search(x.get("style") or "")):
            return False
        text = "".join(_seen_text(x)).strip()
        if text:
            self.left_out.append(LeftOut(text, Place(line=x.sourceline), "invisible"))
        return True


def _seen_text(x: Any) -> Iterator[str]:
    if isinstance(x.tag, str) and x.tag not in UNSEEN:
        yield x.text or ""
        for child in x:
            yield from _seen_text(child)
            yield child.tail or ""


def _prose(line: _Line, place: Place, rank: float) -> Iterator[Prose]:
    if line.text.strip():
        yield Prose(line.text.strip(), place, rank)


def _rank(x: Any) -> float:
    while x is not None:
        if isinstance(x.tag, str) and re.fullmatch("h[1-6]", x.tag):
            return 20.0 - int(x.tag[1])
        x = x.getparent()
    return 0.0


def _frame(table: Any) -> bool:
    """Whether a table only lays out the page: it says so, has one column, or most of its text is in tables inside it."""
    if (table.get("role") or "") in ("presentation", "none"):
        return True
    own = [tr for tr in table.iter("tr") if next(tr.iterancestors("table")) is table]
    if max((sum(_span(c.get("colspan")) or 1 for c in tr if c.tag in ("td", "th")) for tr in own), default=0) < 2:
        return True
    inner = sum(len("".join(t.itertext()).strip()) for t in table.iter("table") if t is not table and next(t.iterancestors("table")) is table)
    return inner * 2 > len("".join(table.itertext()).strip()) and inner > 0


def _span(text: str | None) -> int:
    """Of rowspan and colspan: 1 for nonsense; 0 says "to the end"."""
    m = re.match(r"\s*([0-9]+)", text or "1")
    return min(int(m.group(1)), MOST_SPAN) if m else 1


def _th_rows(kinds: list[set[str]]) -> int:
    """Rows at the top of nothing but <th>, when others have <td>."""
    count = next((n for n, k in enumerate(kinds) if k != {"th"}), len(kinds))
    return count if any("td" in k for k in kinds[count:]) else 0


class _Counter(HTMLParser):
    """A second reader: everything said outside elements that are never shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += tag in UNSEEN - {"head"}

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN - {"head"} and self.inside:
            self.inside -= 1

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.said.append(data)


def _counted(text: str) -> str:
    counter = _Counter()
    counter.feed(text)
    counter.close()
    return "".join("".join(counter.said).split())
