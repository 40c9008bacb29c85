"""The lists of three and more years go in, one run for each programme comes out: the years it ran, its cap and rate in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from subsidy_extract.errors import Exit, ExtractError

from .match import match
from .model import Link, Programme, YearList


@dataclass(frozen=True, slots=True)
class Year:
    """A programme in one year. cap_yen in yen, rate as a share of 1."""

    fiscal_year: int
    number: int
    id: str
    name: str
    cap_yen: int | None
    rate: float | None


@dataclass(frozen=True, slots=True)
class Run:
    """One programme through the years. id: the one it had first. came_from, became: ids, where it was split or merged."""

    id: str
    years: tuple[Year, ...]
    came_from: tuple[str, ...] = ()
    became: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it was called last."""
        return self.years[-1].name


@dataclass(frozen=True, slots=True)
class History:
    """Runs in the order they began. years: the fiscal years there are lists of."""

    years: tuple[int, ...]
    runs: tuple[Run, ...]


@dataclass(slots=True, eq=False)
class _Run:
    years: list[tuple[int, Programme]]
    came_from: list[_Run] = field(default_factory=list)
    became: list[_Run] = field(default_factory=list)
    id: str = ""


def history(lists: Sequence[YearList], links: Sequence[Link] = ()) -> History:
    """Follows every programme from year to year, through renames; one that paused and came back under its name is one.

    Raises ExtractError (2) when a list does not know its fiscal year or two are of the same one.
    """
    ordered = _ordered(lists)
    runs: list[_Run] = []
    at: list[_Run] = []  # the run each programme of the list before belongs to, by position
    for previous, (year, current) in zip([None, *ordered], ordered, strict=False):
        here: list[_Run | None] = [None] * len(current.programmes)
        if previous is not None:
            _follow(at, previous[1], current, here, links)
            _return(runs, at, current, here)
        for j, p in enumerate(current.programmes):
            run = here[j] or _Run([])
            if not run.years:
                runs.append(run)
            run.years.append((year, p))
            here[j] = run
        at = [r for r in here if r is not None]
    _name(runs)
    return History(tuple(y for y, _ in ordered), tuple(_finished(r) for r in runs))


def _ordered(lists: Sequence[YearList]) -> list[tuple[int, YearList]]:
    known: dict[int, YearList] = {}
    for one in lists:
        if one.fiscal_year is None:
            raise ExtractError(Exit.USAGE, f"{one.label} does not say its fiscal year", "Extract it with --fiscal-year")
        if one.fiscal_year in known:
            raise ExtractError(
                Exit.USAGE, f"{known[one.fiscal_year].label} and {one.label} are both of {one.fiscal_year}", "Give one list a year"
            )
        known[one.fiscal_year] = one
    return sorted(known.items())


def _follow(at: list[_Run], previous: YearList, current: YearList, here: list[_Run | None], links: Sequence[Link]) -> None:
    for bond in match(previous, current, links):
        if bond.doubtful:
            continue
        if len(bond.old) == len(bond.new) == 1:
            here[bond.new[0]] = at[bond.old[0]]
            continue
        for j in bond.new:
            part = here[j] = _Run([])
            part.came_from += [at[i] for i in bond.old]
            for i in bond.old:
                at[i].became.append(part)


def _return(runs: list[_Run], at: list[_Run], current: YearList, here: list[_Run | None]) -> None:
    """Programmes that were gone for a year or more and are back, under their own name."""
    going = {id(r) for r in at} | {id(r) for r in here if r is not None}
    ended = [r for r in runs if id(r) not in going and not r.became]
    left = [j for j, r in enumerate(here) if r is None]
    if not ended or not left:
        return
    before = replace(current, programmes=tuple(r.years[-1][1] for r in ended))
    for bond in match(before, replace(current, programmes=tuple(current.programmes[j] for j in left))):
        if bond.how in ("exact", "id") and len(bond.old) == len(bond.new) == 1:
            here[left[bond.new[0]]] = ended[bond.old[0]]


def _name(runs: Sequence[_Run]) -> None:
    """Each run is called by the first of its ids that no other run has."""
    used: set[str] = set()
    for run in runs:
        ids = [p.id for _, p in run.years]
        run.id = next((i for i in ids if i not in used), f"{ids[0]}-{run.years[0][0]}")
        used.add(run.id)


def _finished(run: _Run) -> Run:
    years = tuple(Year(y, p.number, p.id, p.name, p.cap_yen, p.rate) for y, p in run.years)
    return Run(run.id, years, tuple(r.id for r in run.came_from), tuple(r.id for r in run.became))
