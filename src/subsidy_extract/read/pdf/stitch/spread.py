"""Cells that are set, in the columns of their table → the same cells when it gets finer columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import overload

from subsidy_extract.model import Cell
from subsidy_extract.read.pdf.merged import MERGED
from subsidy_extract.read.pdf.stitch.columns import Fit
from subsidy_extract.read.pdf.stitch.text import Pending


@overload
def spread(cells: Sequence[Cell | None], fit: Fit) -> list[Cell | None]: ...
@overload
def spread(cells: Sequence[Cell | Pending | None], fit: Fit) -> list[Cell | Pending | None]: ...
def spread(cells: Sequence[Cell | Pending | None], fit: Fit) -> Sequence[Cell | Pending | None]:
    """Each cell over the columns that were its own; an empty one where the table had none before."""
    out: list[Cell | Pending | None] = [None] * fit.width
    for col, cell in enumerate(cells):
        if cell is None:
            continue
        plain = cell.cell if isinstance(cell, Pending) else cell
        span, doubts = plain.col_span, plain.doubts
        first, last = fit.old[col][0], fit.old[min(col + span, len(fit.old)) - 1][1]
        says = cell.lines if isinstance(cell, Pending) else cell.text
        if last - first > span == 1 and says and MERGED not in doubts:
            doubts = (*doubts, MERGED)
        wide = replace(plain, col_span=last - first, doubts=doubts)
        out[first] = replace(cell, column=first, cell=wide) if isinstance(cell, Pending) else wide
    covered = {k for a, b in fit.old for k in range(a, b)}
    return [Cell("") if k not in covered else c for k, c in enumerate(out)]
