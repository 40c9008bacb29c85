"""From lines of prose that are cards (label：value, label：value, again and again) to one small table for each card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Cell, Piece, Row
from subsidy_extract.patience import PATIENCE
from subsidy_extract.read.blocks import Prose, Run

LABELLED = compiled(r"([\s■□◆◇●○◎▼▶・※【〔［\[〈《]*)([^：:。、\n]{1,16}?)([\s】〕］\]〉》]*[：:]|[】〕］\]])\s*(.*)", regex.DOTALL)
"""Mark, label, what parts it from the value, value."""
LEAST = 3  # labels that a card shares with another


@dataclass(frozen=True, slots=True)
class _Pair:
    mark: str
    label: str
    colon: str
    value: str


def _pair(text: str) -> _Pair | None:
    m = LABELLED.fullmatch(text, timeout=PATIENCE)
    if m is None or ("://" in m.group(2) + m.group(3) + m.group(4)[:2] and m.group(4).startswith("//")):
        return None
    return _Pair(m.group(1).strip(), "".join(m.group(2).split()), m.group(3).strip(), m.group(4).strip())


def carded(blocks: Sequence[Prose | Run]) -> list[Prose | Run]:
    """Prose lines of cards become runs of two columns, the line above a card (its name) spanning both.

    Labels are words that come before a colon in several cards; a card begins where the first label comes again, or
    where a heading stands.
    """
    pairs = [_pair(b.text) if isinstance(b, Prose) and b.fixed is None else None for b in blocks]
    often = Counter(p.label for p in pairs if p is not None)
    most = max(often.values(), default=0)
    labels = {label for label, n in often.items() if n > 1 and n * 3 > most}
    if len(labels) < LEAST:
        return list(blocks)
    out: list[Prose | Run] = []
    card: list[tuple[Prose, _Pair | None]] = []
    named = False
    for block, pair in zip(blocks, pairs, strict=True):
        known = pair is not None and pair.label in labels
        if isinstance(block, Run) or (not card and not known):
            out += _closed(card, out)
            card = []
            out.append(block)
            continue
        if known and any(p is not None and p.label == (pair.label if pair else "") for _, p in card):
            # where the first card has a name above it, the line before the next card is a name too, not the end of a value
            name = [card.pop()[0]] if named and card[-1][1] is None else []
            out += [*_closed(card, out), *name]
            card = []
        elif block.rank > 0 and not known:
            out += _closed(card, out)
            card = []
            out.append(block)
            continue
        if not card and not named:
            named = _is_name(out)
        card.append((block, pair if known else None))
    out += _closed(card, out)
    return out


def _is_name(out: Sequence[Prose | Run]) -> bool:
    """Whether the last line may be the name of the card below it."""
    last = out[-1] if out else None
    return isinstance(last, Prose) and _pair(last.text) is None and len(last.text) <= 80 and not last.text.endswith("。")


def _closed(card: list[tuple[Prose, _Pair | None]], out: list[Prose | Run]) -> list[Prose | Run]:
    """The card as a run; lines that are no card as they were. Takes the line above it out of `out`: it is its name."""
    if sum(p is not None for _, p in card) < LEAST:
        return [b for b, _ in card]
    rows: list[Row] = []
    marks: list[Prose] = []
    if _is_name(out):
        name = out.pop()
        assert isinstance(name, Prose)
        rows.append(Row((Cell(name.text, (Piece(name.text, name.place),), 1, 2), None)))
    for line, pair in card:
        if pair is None:  # the value above goes on
            top, value = rows[-1].cells
            assert value is not None
            text = f"{value.text}\n{line.text}" if value.text else line.text
            rows[-1] = Row((top, Cell(text, (*value.pieces, Piece(line.text, line.place)))))
            continue
        marks += [Prose(s, line.place, fixed="furniture") for s in (pair.mark, pair.colon) if s]
        rows.append(Row((Cell(pair.label, (Piece(pair.label, line.place),)), Cell(pair.value, (Piece(pair.value, line.place),) if pair.value else ()))))
    return [*marks, Run(tuple(rows), card[0][0].place.page or 1, whole=True)]
