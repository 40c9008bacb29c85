"""pdfplumber's view of a page as glyphs, rules and fills: the reference engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pdfplumber

from subsidy_extract.read.pdf.nouns import Fills, Glyphs, Page, PageLink, Rules

THIN = 3.0  # points: a filled rectangle up to this is a rule


def pages(path: Path, first: int = 1, last: int | None = None, password: str | None = None) -> Iterator[Page]:
    with pdfplumber.open(path, password=password or "") as pdf:
        for page in pdf.pages[first - 1 : last]:
            ox, oy = page.bbox[0], page.bbox[1]
            c = page.chars
            g = lambda k, off=0.0: np.array([x[k] - off for x in c], dtype=float)
            fonts: dict[str, int] = {}
            glyphs = Glyphs(
                np.array([x["text"] for x in c], dtype=object), g("x0", ox), g("top", oy), g("x1", ox), g("bottom", oy), g("size"),
                np.array([x["upright"] for x in c], dtype=bool),
                np.array([fonts.setdefault(x["fontname"], len(fonts)) for x in c], dtype=np.int32),
            )  # fmt: skip
            lines, fills = [], []
            for r in [*page.lines, *page.rects, *page.curves]:
                w, h = r["x1"] - r["x0"], r["bottom"] - r["top"]
                box = (r["x0"] - ox, r["top"] - oy, r["x1"] - ox, r["bottom"] - oy)
                if r["object_type"] == "line" or min(w, h) <= THIN:
                    lines.append(box)
                    continue
                if r.get("fill"):
                    color = r.get("non_stroking_color") or (0,)
                    color = color if isinstance(color, (tuple, list)) else (color,)
                    rgb = tuple(color) if len(color) == 3 else (color[0],) * 3 if len(color) == 1 else (1 - min(1, color[0] + color[3]), 1 - min(1, color[1] + color[3]), 1 - min(1, color[2] + color[3])) if len(color) == 4 else (0, 0, 0)
                    fills.append((*box, *rgb))
                if r.get("stroke") and r["object_type"] == "rect":
                    x0, t, x1, b = box
                    lines += [(x0, t, x1, t), (x0, b, x1, b), (x0, t, x0, b), (x1, t, x1, b)]
            m = np.array(lines, dtype=float).reshape(-1, 4)
            f = np.array(fills, dtype=float).reshape(-1, 7)
            yield Page(
                page.page_number, float(page.width), float(page.height), glyphs,
                Rules(m[:, 0], m[:, 1], m[:, 2], m[:, 3]), Fills(f[:, 0], f[:, 1], f[:, 2], f[:, 3], f[:, 4:]),
                links=tuple(PageLink(h["uri"], (h["x0"] - ox, h["top"] - oy, h["x1"] - ox, h["bottom"] - oy)) for h in page.hyperlinks if h.get("uri")),
                images=tuple((i["x0"] - ox, i["top"] - oy, i["x1"] - ox, i["bottom"] - oy) for i in page.images),
                witness="".join("".join(x["text"] for x in c).split()),
            )  # fmt: skip
            page.close()
