"""PDF files written by hand, byte for byte: what a test needs and no more. No library, no font file.

The font J shows any Unicode text: a composite font that is not embedded, every glyph one em wide (ASCII half an em), its
ToUnicode map made from the characters that are used. U is the same without a map. H is Helvetica. T draws squares, which it
maps to the signs of INKLESS and WHITE.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Leaf:
    """One page: its content, MediaBox, and what else its dictionary says (/Rotate 90, /CropBox …)."""

    content: str
    box: tuple[float, float, float, float] = (0, 0, 400, 300)
    more: str = ""
    resources: str = ""
    annots: tuple[str, ...] = ()


INKLESS = "\x00\x01\u200b\ufeff\u202e"
WHITE = "\u0020\u3000\u2003\u3164"


def say(text: str, x: float, y: float, size: float = 10, before: str = "", font: str = "J") -> str:
    """A line of text at a place."""
    shown = f"<{text.encode('utf-16-be').hex()}>" if font in "JU" else "(" + text.replace("(", r"\(").replace(")", r"\)") + ")"
    return f"q {before} BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm {shown} Tj ET Q\n"


def box(x: float, y: float, w: float, h: float, paint: str = "S", before: str = "") -> str:
    return f"q {before} {x} {y} {w} {h} re {paint} Q\n"


def line(x0: float, y0: float, x1: float, y1: float, before: str = "0.5 w") -> str:
    return f"q {before} {x0} {y0} m {x1} {y1} l S Q\n"


@dataclass
class Pdf:
    """Objects by number, written in order."""

    objects: list[bytes] = field(default_factory=list)

    def add(self, text: str | bytes) -> int:
        self.objects.append(text.encode("latin-1") if isinstance(text, str) else text)
        return len(self.objects)

    def stream(self, data: bytes, more: str = "") -> int:
        packed = zlib.compress(data)
        return self.add(f"<< /Length {len(packed)} /Filter /FlateDecode {more} >>\nstream\n".encode() + packed + b"\nendstream")

    def bytes(self, root: int) -> bytes:
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
        out += f"trailer << /Size {len(places) + 1} /Root {root} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)


def pdf(*leaves: Leaf, first: tuple[str, ...] = (), catalog: str = "") -> bytes:
    """A whole file of these pages. first: objects that get the numbers 1, 2 …; catalog: what else its dictionary says."""
    out = Pdf()
    for other in first:
        out.add(other)
    used = sorted({c for leaf in leaves for c in _shown(leaf.content)})
    fonts = f"/J {_composite(out, used)} 0 R /U {_composite(out, None)} 0 R /H {out.add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>')} 0 R"
    if any("/N " in leaf.content for leaf in leaves):  # a subset whose glyphs have numbers for names
        fonts += f" /N {out.add('<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Subset /Encoding << /Type /Encoding /Differences [1 /g001 /g002 /g003 196 /Adieresis /Aring] >> >>')} 0 R"
    if any("/T " in leaf.content for leaf in leaves):  # squares that are mapped to signs without ink
        square = out.stream(b"1000 0 0 0 800 800 d1 0 0 800 800 re f")
        rows = "".join(f"<{k:02x}> <{ord(c):04x}>\n" for k, c in enumerate(INKLESS + WHITE, 1))
        mapping = out.stream(f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n1 begincodespacerange <00> <ff> endcodespacerange\n{len(INKLESS + WHITE)} beginbfchar\n{rows}endbfchar\nendcmap end end".encode())
        names, widths = " /square" * len(INKLESS + WHITE), " 1000" * len(INKLESS + WHITE)
        fonts += f" /T {out.add(f'<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /square {square} 0 R >> /Encoding << /Type /Encoding /Differences [1{names}] >> /FirstChar 1 /LastChar {len(INKLESS + WHITE)} /Widths [{widths}] /Resources << >> /ToUnicode {mapping} 0 R >>')} 0 R"
    tree = len(out.objects) + 1
    out.add(b"")  # the page tree, when its leaves are known
    kids = []
    for leaf in leaves:
        content = out.stream(leaf.content.encode("latin-1"))
        annots = " ".join(f"{out.add(a)} 0 R" for a in leaf.annots)
        sides = " ".join(map(str, leaf.box))
        kids.append(out.add(
            f"<< /Type /Page /Parent {tree} 0 R /MediaBox [{sides}] {leaf.more} /Contents {content} 0 R /Annots [{annots}] "
            f"/Resources << /Font << {fonts} >> {leaf.resources} >> >>"
        ))  # fmt: skip
    out.objects[tree - 1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>".encode()
    return out.bytes(out.add(f"<< /Type /Catalog /Pages {tree} 0 R {catalog} >>"))


def link(url: str, x0: float, y0: float, x1: float, y1: float) -> str:
    return f"<< /Type /Annot /Subtype /Link /Rect [{x0} {y0} {x1} {y1}] /Border [0 0 0] /A << /S /URI /URI ({url}) >> >>"


def _shown(content: str) -> set[str]:
    """The characters in hexadecimal strings."""
    found: set[str] = set()
    for part in content.split("<")[1:]:
        digits = part.split(">")[0]
        if digits and not set(digits) - set("0123456789abcdef") and len(digits) % 4 == 0:
            found |= set(bytes.fromhex(digits).decode("utf-16-be"))
    return {c for c in found if c < "\U00010000"}


def _composite(out: Pdf, used: list[str] | None) -> int:
    mapping = ""
    if used is not None:
        rows = [f"<{ord(c):04x}> <{ord(c):04x}>" for c in used]
        blocks = "".join(f"{len(rows[i : i + 100])} beginbfchar\n" + "\n".join(rows[i : i + 100]) + "\nendbfchar\n" for i in range(0, len(rows), 100))
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
            f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{blocks}endcmap end end"
        )
        mapping = f"/ToUnicode {out.stream(cmap.encode())} 0 R"
    system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    known = out.add("<< /Type /FontDescriptor /FontName /Handmade /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 /CapHeight 700 /ItalicAngle 0 /StemV 80 >>")
    cid = out.add(f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Handmade {system} /FontDescriptor {known} 0 R /DW 1000 /W [32 126 500] /CIDToGIDMap /Identity >>")
    return out.add(f"<< /Type /Font /Subtype /Type0 /BaseFont /Handmade /Encoding /Identity-H /DescendantFonts [{cid} 0 R] {mapping} >>")
