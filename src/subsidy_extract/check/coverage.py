"""The proof that nothing was lost: the characters another engine saw, against the cells of the programmes and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from subsidy_extract.check.facts import Facts, issue
from subsidy_extract.frame import columns_of
from subsidy_extract.model import Issue, LeftOut, Outcome, PageCoverage, Place, Record, Witness


def _bare(text: str) -> str:
    return "".join(text.split())


def _pieces(records: Iterable[Record]) -> Iterator[tuple[Place, str]]:
    """Every piece of every cell of the programmes, once (a merged cell stands in several); what counts is what the cell says."""
    seen: set[int] = set()
    for record in records:
        for _, column in columns_of(record.entry):
            for at in column.cells:
                if not at.inherited and id(at.cell) not in seen:  # a ditto's value stands elsewhere; its mark is left out
                    seen.add(id(at.cell))
                    pieces = at.cell.pieces
                    if len(pieces) > 1 and _bare("".join([p.text for p in pieces])) == _bare(at.cell.text):
                        for piece in pieces:
                            yield piece.place, piece.text
                    elif pieces:  # nearly every cell
                        yield pieces[0].place, at.cell.text


def _counted(texts: Iterable[tuple[int, str]]) -> dict[int, Counter[str]]:
    """Page → its characters, counted once for all texts of the page."""
    of_page: dict[int, list[str]] = {}
    for page, text in texts:
        of_page.setdefault(page, []).append(text)
    return {page: Counter(_bare("".join(all_texts))) for page, all_texts in of_page.items()}


def coverage(witness: Iterable[Witness], records: Iterable[Record], left_out: Iterable[LeftOut]) -> tuple[PageCoverage, ...]:
    """Page by page: what was seen less what is owned, as bags of characters.

    A format whose places have no page (Excel, Word, HTML) is one page, the first.
    """
    cells = _counted((place.page or 1, text) for place, text in _pieces(records))
    left = _counted((out.place.page or 1, out.text) for out in left_out)
    seen = _counted((page.page, page.text) for page in witness)
    if len(seen) > 1 and not any(n > 1 for n in (*cells, *left)):  # sheets and the like: no place says which
        seen = {1: sum(seen.values(), Counter())}
    nothing: Counter[str] = Counter()
    pages = []
    for n in sorted({*seen, *cells, *left}):
        see, cell, out_ = seen.get(n, nothing), cells.get(n, nothing), left.get(n, nothing)
        owned = cell + out_ if out_ else cell
        missing, excess = (nothing, nothing) if dict.__eq__(see, owned) else (see - owned, owned - see)  # alike: the quick way to say so
        pages.append(
            PageCoverage(n, see.total(), cell.total(), out_.total(), missing.total(), excess.total(), "".join(missing.elements())[:60])
        )
    return tuple(pages)


def check_coverage(facts: Facts) -> tuple[Outcome, ...]:
    """characters_lost and characters_disputed, a page each."""
    lost: list[Issue] = []
    more: list[Issue] = []
    for page in facts.coverage:
        where = (Place(page=page.page),)
        if page.unaccounted:
            lost.append(issue("characters_lost", value=str(page.page), detail=f"{page.unaccounted} ({page.missing})", places=where))
        if page.excess:
            more.append(issue("characters_disputed", value=str(page.page), detail=str(page.excess), places=where))
    return Outcome("characters_lost", len(facts.coverage), tuple(lost)), Outcome("characters_disputed", len(facts.coverage), tuple(more))
