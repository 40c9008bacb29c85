"""From a text file (.txt, .tsv, .csv: tabs, commas, or columns of spaces) to a Document."""

from __future__ import annotations

from subsidy_extract.compiled import compiled
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Document, Doubt, Table
from subsidy_extract.patience import PATIENCE
from subsidy_extract.read.blocks import assemble
from subsidy_extract.read.delimited import read_delimited
from subsidy_extract.read.encoding import decode
from subsidy_extract.read.fields import plain_newlines, sniffed
from subsidy_extract.read.layout import is_layout, read_layout
from subsidy_extract.read.source import source_of

LOSSY = ("cp932", "euc_jp", "iso2022_jp")  # encodings that lack characters (½, 𠮷), which then become "?"
LOST = compiled(r"(?<![\w/?&=.%~#-])\?+(?![\w?&=/.%~#-])(?!\s*$)|^\s*\?+\s*$")


def read_text(data: bytes, name: str) -> Document:
    """data: the bytes of the file. Raises ExtractError: UNREADABLE when undecodable or empty, NO_TABLE."""
    decoded = decode(data)
    text = plain_newlines(decoded.text)
    how = sniffed(text)
    if (how is None or how[0] != "\t") and is_layout(text):
        how, got = None, read_layout(text)
    elif how is not None:
        got = read_delimited(text, *how)
    else:
        raise ExtractError(Exit.NO_TABLE, f"{name} has no table: no tabs, commas or columns in its lines", "Give the list as PDF or Excel")
    done = assemble(got.blocks)
    if not done.tables:
        raise ExtractError(Exit.NO_TABLE, f"{name} has no table", "Give the list as PDF or Excel")
    reader = "text" if how is None or how[0] == "\t" else "csv"
    doubts = (*decoded.doubts, *got.doubts, *(lost(done.tables) if decoded.encoding in LOSSY else ()))
    return Document(
        source_of(data, name, reader, got.pages, decoded.encoding), done.tables, done.title, done.left_out, got.witness, doubts
    )


def lost(tables: tuple[Table, ...]) -> tuple[Doubt, ...]:
    """Question marks that stand where an encoding had no sign for the character: alone in a cell, or between words."""
    return tuple(
        Doubt("lost_character", f"“{c.text[:40]}”: the ? may stand for a character that this encoding lacks", tuple(p.place for p in c.pieces[:1]))
        for t in tables
        for r in t.rows
        for c in r.cells
        if c is not None and "?" in c.text and LOST.search(c.text, timeout=PATIENCE) is not None
    )
