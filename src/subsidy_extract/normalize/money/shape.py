"""Shape: figures and bracket signs in order go in, the figures grouped by the brackets they stand in come out."""

from __future__ import annotations

from dataclasses import dataclass, field

from subsidy_extract.normalize.money.figure import CLOSES, Bracket, Figure

DEEPEST = 8
"""Brackets nested deeper are taken as text; the deepest real one has three."""


@dataclass(slots=True)
class Group:
    """A bracket with what stands in it: text[start] opens, text[end - 1] closes. figures: how many stand in it, at any depth."""

    sign: str
    start: int
    end: int = 0
    nodes: list[Node] = field(default_factory=list)
    figures: int = 0


Node = Figure | Group


def tree(figures: list[Figure], brackets: list[Bracket]) -> list[Node]:
    """Figures and closed brackets, nested. A bracket that nothing closes or opens is text; what stands in it stays."""
    top = Group("", -1)
    stack = [top]
    at = 0
    for bracket in brackets:
        while at < len(figures) and figures[at].start < bracket.start:
            stack[-1].nodes.append(figures[at])
            at += 1
        if bracket.opens:
            if len(stack) <= DEEPEST:
                stack.append(Group(bracket.sign, bracket.start))
            continue
        depth = next((i for i in range(len(stack) - 1, 0, -1) if CLOSES[stack[i].sign] == bracket.sign), 0)
        if not depth:
            continue
        while len(stack) > depth + 1:  # what was opened inside and never closed
            lost = stack.pop()
            stack[-1].nodes.extend(lost.nodes)
        group = stack.pop()
        group.end = bracket.start + 1
        group.figures = sum(1 if isinstance(n, Figure) else n.figures for n in group.nodes)
        stack[-1].nodes.append(group)
    stack[-1].nodes.extend(figures[at:])
    while len(stack) > 1:
        lost = stack.pop()
        stack[-1].nodes.extend(lost.nodes)
    return top.nodes
