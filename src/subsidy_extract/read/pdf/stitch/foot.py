"""Lines below the last grid of a page, in columns of its table but the first → the beginning of a row whose other cells
the page had no room for; whether it is, the next page tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from subsidy_extract.read.blocks import Prose
from subsidy_extract.read.pdf.nouns import GridRead, Line, PageRead
from subsidy_extract.read.pdf.stitch.rest import (
    FOLLOW,
    Known,
    lines_to_slots,
    rest_to_read,
    slot_lines,
    slots_to_rest,
    upper_run,
)


@dataclass(frozen=True, slots=True)
class Foot:
    """One row in the columns of its table. prose: what it was until now. page: where it stands."""

    read: GridRead
    prose: tuple[Prose, ...]
    page: int


def page_to_foot(page: PageRead, xs: Sequence[float], known: Known, below: Sequence[Prose], heads: Callable[[str], bool]) -> Foot | None:
    """xs: column edges of the table. below: what is said below its last grid on this page, no furniture. heads: whether a
    text is a word of its heading. None where it is no part of a row."""
    bottom = max((g.grid.ys[-1] for g in page.grids), default=0.0)
    lines = [x for x in page.prose if any(within(x, p) for p in below)]
    if not lines or any(x.vertical for x in lines):
        return None
    run = upper_run(lines_to_slots(lines, known, heads), (), known)
    if not run or run[0].top - bottom > max(FOLLOW * known.size, 1.2 * known.far):
        return None
    rest = slots_to_rest(run, (), known, None)
    if rest is None or len(rest.rows) > 1 or any(c == 0 for slot in run for c, _ in slot.pieces):
        return None
    taken = [x for slot in run for x in slot_lines(slot, lines)]
    prose = tuple(p for p in below if any(within(x, p) for x in taken))
    if any(within(x, p) and x not in taken for x in lines for p in prose):
        return None
    return Foot(rest_to_read(rest, xs), prose, page.number)


def within(line: Line, p: Prose) -> bool:
    b = p.place.bbox
    x, y = (line.bbox[0] + line.bbox[2]) / 2, (line.bbox[1] + line.bbox[3]) / 2
    return b is not None and b[0] <= x <= b[2] and b[1] <= y <= b[3]
