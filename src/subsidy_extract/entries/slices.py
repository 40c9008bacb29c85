"""A cell → the part of it between two characters, with the part of its pieces that says the same."""

from __future__ import annotations

from subsidy_extract.model import Cell, Link, Piece


def slice_cell(cell: Cell, start: int, end: int) -> Cell:
    """The cell `cell.text[start:end]`, white space at its ends left away.

    Pieces keep the line breaks of the page and the text does not, so both are counted in characters that are no white
    space. Slices that follow each other share no character and lose none.
    """
    while start < end and cell.text[start].isspace():
        start += 1
    while end > start and cell.text[end - 1].isspace():
        end -= 1
    first = sum(not ch.isspace() for ch in cell.text[:start])
    last = first + sum(not ch.isspace() for ch in cell.text[start:end])
    pieces: list[Piece] = []
    at = 0
    for piece in cell.pieces:
        taken = [i for i, ch in enumerate(piece.text) if not ch.isspace()]
        a, b = max(first - at, 0), min(last - at, len(taken))
        if a < b:
            pieces.append(Piece(piece.text[taken[a] : taken[b - 1] + 1], piece.place))
        at += len(taken)
    links = tuple(
        Link(x.url, max(x.start, start) - start, min(x.end, end) - start) for x in cell.links if x.start < end and x.end > start
    )
    return Cell(cell.text[start:end], tuple(pieces), cell.row_span, cell.col_span, links, cell.doubts)
