"""Numbers of a list → small inline SVG pictures: bars of offices, caps on a logarithmic line, rates."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 420


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: x, y, width and height in SVG units."""

    label: str
    count: int
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Dot:
    """One mark of a strip: several programmes at one value are stacked."""

    label: str
    x: float
    y: float
    number: int


@dataclass(frozen=True, slots=True)
class Tick:
    label: str
    x: float


def bars(offices: Sequence[str | None], most: int = 10) -> tuple[Bar, ...]:
    """Programmes by office, the greatest first; beyond `most` they are one bar."""
    counts = Counter(o for o in offices if o).most_common()
    rest = sum(n for _, n in counts[most:])
    shown = [*counts[:most], *([(f"+{len(counts) - most}", rest)] if rest else [])]
    top = max((n for _, n in shown), default=1)
    return tuple(Bar(name, n, 24.0 * i, max(2.0, 150 * n / top)) for i, (name, n) in enumerate(shown))


def _stacked(values: Sequence[tuple[float, str, int]]) -> tuple[Dot, ...]:
    """Values on a line (0 to 1) as dots; those that would cover each other are piled up."""
    taken: Counter[int] = Counter()
    dots = []
    for at, text, number in sorted(values):
        x = 14 + at * (WIDTH - 28)
        slot = round(x / 9)
        dots.append(Dot(text, x, 96 - 9 * min(taken[slot], 8), number))
        taken[slot] += 1
    return tuple(dots)


def yen(amount: int) -> str:
    """500000 → 50万円, as the lists say it."""
    for unit, name in ((100_000_000, "億"), (10_000, "万")):
        if amount >= unit and amount % (unit // 10) == 0:
            return f"{amount / unit:,.10g}{name}円"
    return f"{amount:,}円"


def caps(values: Sequence[tuple[int, int]]) -> tuple[tuple[Dot, ...], tuple[Tick, ...]]:
    """(yen, number) on a logarithmic line, with ticks at powers of ten."""
    positive = [(v, n) for v, n in values if v > 0]
    if not positive:
        return (), ()
    low = math.floor(math.log10(min(v for v, _ in positive)))
    high = max(low + 1, math.ceil(math.log10(max(v for v, _ in positive))))
    dots = _stacked([((math.log10(v) - low) / (high - low), yen(v), n) for v, n in positive])
    return dots, tuple(Tick(yen(10**p), 14 + (p - low) / (high - low) * (WIDTH - 28)) for p in range(low, high + 1))


def rates(values: Sequence[tuple[float, str, int]]) -> tuple[tuple[Dot, ...], tuple[Tick, ...]]:
    """(rate from 0 to 1, as published, number) on a line, ticks at the usual rates."""
    dots = _stacked([(min(v, 1.0), text, n) for v, text, n in values])
    usual = (("0", 0.0), ("1/3", 1 / 3), ("1/2", 0.5), ("2/3", 2 / 3), ("3/4", 0.75), ("1", 1.0))
    return dots, tuple(Tick(name, 14 + v * (WIDTH - 28)) for name, v in usual) if dots else ()


def fraction(rate: float) -> str:
    """0.6667 → 2/3 where it is a usual fraction, else 66.7%."""
    for below in (1, 2, 3, 4, 5, 8, 10):
        above = round(rate * below)
        if above and abs(rate - above / below) < 1e-6:
            return f"{above}/{below}" if below > 1 else str(above)
    return f"{rate * 100:.4g}%"
