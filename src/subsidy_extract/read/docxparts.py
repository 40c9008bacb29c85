"""From the XML parts of a Word file to what its paragraphs lean on: styles, list numbers, footnotes, and a second count."""

from __future__ import annotations

import io
from collections import defaultdict
from typing import Any
from xml.etree import ElementTree

from subsidy_extract.model import LeftOut, Place, Witness
from subsidy_extract.read.package import Package

ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
HALF_AIUEO = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
KANJI = "〇一二三四五六七八九"


def local(x: Any) -> str:
    """Name without its namespace; "" for comments."""
    return x.tag.rpartition("}")[2] if isinstance(x.tag, str) else ""


def attr(x: Any, name: str) -> str | None:
    return next((v for k, v in x.attrib.items() if k.rpartition("}")[2] == name), None)


def val(x: Any) -> str | None:
    return attr(x, "val")


def on(x: Any) -> bool:
    """A switch is on unless it says that it is not."""
    return val(x) not in ("0", "false", "off", "none")


def _child(x: Any, *names: str) -> Any:
    for name in names:
        x = None if x is None else next((c for c in x if local(c) == name), None)
    return x


class Styles:
    """What a style says of hiding, size and headings; styles inherit."""

    def __init__(self, root: Any) -> None:
        every = [] if root is None else [x for x in root if local(x) == "style"]
        self.by_id = {attr(x, "styleId") or "": x for x in every}
        self.default = next((attr(x, "styleId") or "" for x in every if attr(x, "type") == "paragraph" and on_default(x)), "")
        size = _child(None if root is None else _child(root, "docDefaults"), "rPrDefault", "rPr", "sz")
        self.body = float((val(size) if size is not None else None) or 21) / 2

    def chain(self, style: str | None) -> list[Any]:
        out: list[Any] = []
        while style in self.by_id and len(out) < 20:
            x = self.by_id[style or ""]
            out.append(x)
            base = _child(x, "basedOn")
            style = val(base) if base is not None else None
        return out

    def hides(self, x: Any) -> bool:
        """Whether a run, or a paragraph by its style, is hidden text."""
        props = _child(x, "rPr") if local(x) == "r" else None
        vanish = _child(props, "vanish")
        if vanish is not None:
            return on(vanish)
        style = _child(props, "rStyle") if local(x) == "r" else _child(x, "pPr", "pStyle")
        found = [v for s in self.chain(val(style) if style is not None else None) if (v := _child(s, "rPr", "vanish")) is not None]
        return bool(found) and on(found[0])

    def rank(self, paragraph: Any) -> float:
        """How much a paragraph is dressed as a heading: by outline level or style name, else by size and weight."""
        style = _child(paragraph, "pPr", "pStyle")
        chain = self.chain(val(style) if style is not None else self.default)
        for s in chain:
            name = (val(_child(s, "name")) or "").lower() if _child(s, "name") is not None else ""
            level = _child(s, "pPr", "outlineLvl")
            if name in ("title", "表題"):
                return 20.0
            if level is not None and (val(level) or "9") < "9":
                return 10.0 - int(val(level) or 0)
            if name.startswith(("heading ", "見出し")) and name[-1:].isdigit():
                return 11.0 - int(name[-1])
        level = _child(paragraph, "pPr", "outlineLvl")
        if level is not None and (val(level) or "9") < "9":
            return 10.0 - int(val(level) or 0)
        styled = [v for s in chain if (v := _child(s, "rPr", "sz")) is not None]
        body = float(val(styled[0]) or 21) / 2 if styled else self.body
        sizes = [float(val(v) or 0) / 2 for r in paragraph.iter() if local(r) == "r" and (v := _child(r, "rPr", "sz")) is not None]
        runs = [r for r in paragraph.iter() if local(r) == "r" and _child(r, "t") is not None]
        bold = bool(runs) and all((b := _child(r, "rPr", "b")) is not None and on(b) for r in runs)
        return min(8.0, max(0.0, (max(sizes, default=body) - max(self.body, 10.5)) / 4)) + (0.3 if bold else 0.0)


def on_default(x: Any) -> bool:
    return attr(x, "default") in ("1", "true", "on")


class Numbering:
    """The numbers Word writes before the paragraphs of a list; they stand in no <w:t>."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self.styles = styles
        parts = [] if root is None else list(root)
        abstract = {attr(x, "abstractNumId"): x for x in parts if local(x) == "abstractNum"}
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.list_of: dict[str, str] = {}
        for num in parts:
            if local(num) != "num":
                continue
            key = val(_child(num, "abstractNumId")) or ""
            levels = {int(attr(v, "ilvl") or 0): _level(v) for v in abstract.get(key, ()) if local(v) == "lvl"}
            restarts = False
            for o in num:
                if local(o) == "lvlOverride":
                    at = int(attr(o, "ilvl") or 0)
                    start = _child(o, "startOverride")
                    if _child(o, "lvl") is not None:
                        levels[at] = _level(_child(o, "lvl"))
                    if start is not None and at in levels:
                        levels[at] = (*levels[at][:2], int(val(start) or 1))
                        restarts = True
            own = attr(num, "numId") or ""
            self.levels[own] = levels
            self.list_of[own] = own if restarts else f"abstract {key}"
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)

    def next(self, paragraph: Any) -> str:
        props = _child(paragraph, "pPr", "numPr")
        if props is None:
            style = _child(paragraph, "pPr", "pStyle")
            props = next((v for s in self.styles.chain(val(style) if style is not None else None) if (v := _child(s, "pPr", "numPr")) is not None), None)
        number = _child(props, "numId")
        key = (val(number) or "0") if number is not None else "0"
        levels = self.levels.get(key)
        if not levels:
            return ""
        level = _child(props, "ilvl")
        at = int(val(level) or 0) if level is not None else 0
        if at not in levels:
            return ""
        counts = self.counts[self.list_of[key]]
        counts[at] = counts.get(at, levels[at][2] - 1) + 1
        for deeper in [k for k in counts if k > at]:
            del counts[deeper]
        text = levels[at][1]
        for k in range(at + 1):
            if k in levels:
                text = text.replace(f"%{k + 1}", numeral(counts.get(k, levels[k][2]), levels[k][0]))
        return "".join("・" if "\ue000" <= c <= "\uf8ff" else c for c in text)  # bullets of symbol fonts


def _level(x: Any) -> tuple[str, str, int]:
    kind, text, start = _child(x, "numFmt"), _child(x, "lvlText"), _child(x, "start")
    return (val(kind) or "decimal" if kind is not None else "decimal", (val(text) or "") if text is not None else "", int(val(start) or 1) if start is not None else 1)


def numeral(n: int, kind: str) -> str:
    """A list number as Word writes it: ECMA-376 part 1, 17.18.59 (the kinds in use in Japan; others as decimal)."""
    if kind == "none":
        return ""
    if kind == "decimalEnclosedCircle" and 1 <= n <= 20:
        return chr(0x2460 + n - 1)
    if kind in ("decimalFullWidth", "decimalFullWidth2"):
        return str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if kind in ("upperLetter", "lowerLetter"):
        letter = chr((65 if kind[0] == "u" else 97) + (n - 1) % 26)
        return letter * ((n - 1) // 26 + 1)
    if kind in ("upperRoman", "lowerRoman"):
        out = ""
        for size, sign in ROMAN:
            out += sign * (n // size)
            n %= size
        return out if kind[0] == "u" else out.lower()
    signs = {"aiueoFullWidth": AIUEO, "aiueo": HALF_AIUEO, "irohaFullWidth": IROHA}.get(kind)
    if signs:
        return signs[(n - 1) % len(signs)]
    if kind in ("japaneseCounting", "ideographDigital", "japaneseLegal", "japaneseDigitalTenThousand", "taiwaneseCounting", "chineseCounting"):
        if kind != "ideographDigital" and n < 100:
            tens, ones = divmod(n, 10)
            return (KANJI[tens] if tens > 1 else "") + ("十" if tens else "") + (KANJI[ones] if ones else "")
        return "".join(KANJI[int(d)] for d in str(n))
    return str(n)


def other_parts(package: Package, main: str) -> list[LeftOut]:
    """Footnotes and endnotes; headers and footers of the pages."""
    out: list[LeftOut] = []
    for part, reason in _others(package, main):
        root = package.xml(part)
        for p in [] if root is None else root.iter():
            if local(p) == "p" and not any(local(a) in ("Fallback", "p") for a in p.iterancestors()):
                text = "".join(t.text or "" for t in p.iter() if local(t) == "t" and not any(local(a) == "Fallback" for a in t.iterancestors()))
                if text.strip():
                    out.append(LeftOut(text, Place(sheet=part.rpartition("/")[2].removesuffix(".xml")), reason))
    return out


def _others(package: Package, main: str) -> list[tuple[str, str]]:
    kinds = {"footnotes": "note", "endnotes": "note", "header": "furniture", "footer": "furniture"}
    found = {(target, kinds[kind]) for kind, target, outside in package.targets(main).values() if kind in kinds and not outside}
    return sorted(found)


def witnessed(package: Package, main: str, generated: str) -> Witness:
    """The characters of every <w:t> in a plain walk over the XML by another parser; `generated` are list numbers, which
    are in none. Old drawings that double a newer one (mc:Fallback) are passed over."""
    out: list[str] = []
    for part in (main, *(p for p, _ in _others(package, main))):
        skip = 0
        for event, x in ElementTree.iterparse(io.BytesIO(package.part(part)), events=("start", "end")):
            name = x.tag.rpartition("}")[2]
            if name == "Fallback":
                skip += 1 if event == "start" else -1
            elif event == "end" and name == "t" and not skip:
                out.append(x.text or "")
    return Witness(1, "".join(("".join(out) + generated).split()))
