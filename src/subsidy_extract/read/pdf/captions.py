"""How a line begins that names a table or a figure: asked by the child of each region, and by its parent of each page."""

from __future__ import annotations

import re

NAMED = re.compile(r"(?i:table|tables|tableau|tabelle|tab\.|tabella|tabla|tabela|tabel|exhibit|figure|fig\.|chart|graph|graphique|abbildung|abb\.|figura)")
NUMBERED = re.compile(r"(?=.*[\dIVX])[A-Z]{0,2}[-–.]?(?:\d+|[IVX]+)(?:[-–.]?[\dA-Za-z]{1,3})*(?:[.:]|\.?--.*|[—–].*)?")


def is_caption(first: str, second: str) -> bool:
    """Table 12, Tableau A-1, Abbildung 3: such a line names what follows, and is no row of what stands above it."""
    return bool(NAMED.fullmatch(first)) and bool(NUMBERED.fullmatch(second))
