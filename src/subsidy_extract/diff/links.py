"""What a person decided of doubtful pairs comes in from a file; last year's ids for this year's programmes come out."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from subsidy_extract.errors import Exit, ExtractError

from .match import match
from .model import Link, YearList

DECISIONS = ("same", "different", "split", "merge")
_HEADER = {"old", "old_id", "old id", "旧id", "旧"}


def read_links(path: str | Path) -> tuple[Link, ...]:
    """Reads `links.csv`: old id, new id, decision (same, different, split, merge); a heading row and `#` lines are passed over.

    Further columns are for people. Raises ExtractError (3) when it can't be read, (2) with the line that can't be understood.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
        rows = list(enumerate(csv.reader(lines), 1))
    except (OSError, UnicodeDecodeError, csv.Error) as err:
        raise ExtractError(Exit.UNREADABLE, f"{path} can't be read: {err}", "A CSV file with old id, new id, decision") from err
    links = []
    for number, row in rows:
        cells = [c.strip() for c in row]
        if not any(cells) or cells[0].startswith("#") or (number == 1 and cells[0].casefold() in _HEADER):
            continue
        if len(cells) < 3 or not cells[0] or not cells[1] or cells[2].casefold() not in DECISIONS:
            raise ExtractError(
                Exit.USAGE, f"{path} line {number}: {','.join(cells)[:80]}", f"Write old id,new id,decision with one of {', '.join(DECISIONS)}"
            )
        links.append(Link(cells[0], cells[1], cells[2].casefold()))
    return tuple(links)


def carry_ids(previous: YearList, programs: YearList, links: Sequence[Link] = ()) -> Mapping[str, str]:
    """This year's own id → the id it should have, where these differ: last year's, for a programme that is surely the same.

    A pair somebody should still decide on, a split and a merge keep their own ids. All ids stay unique: a newcomer that
    took the name (and so the id) of a programme that was renamed gets one of its own.
    """
    wanted: dict[str, str] = {}
    for bond in match(previous, programs, links):
        if len(bond.old) == len(bond.new) == 1 and not bond.doubtful:
            wanted[programs.programmes[bond.new[0]].id] = previous.programmes[bond.old[0]].id
    used = set(wanted.values())
    out = {own: carried for own, carried in wanted.items() if own != carried}
    for p in programs.programmes:
        if p.id in wanted:
            continue
        own = p.id
        while own in used:
            own = hashlib.sha256(f"{own}\0{p.name}\0{p.office or ''}".encode()).hexdigest()[:12]
        used.add(own)
        if own != p.id:
            out[p.id] = own
    return out
