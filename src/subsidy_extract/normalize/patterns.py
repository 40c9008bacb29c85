"""Patterns: a compiled pattern and a text go in, its matches come out until they end or the time allowed for one pattern is over."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from subsidy_extract.patience import PATIENCE, patience


def each(pattern: regex.Pattern[str], text: str) -> Iterator[regex.Match[str]]:
    """The matches of a pattern in order. Never raises for time."""
    return pattern.finditer(text) if patience(text) is None else _while_it_lasts(pattern, text)


def _while_it_lasts(pattern: regex.Pattern[str], text: str) -> Iterator[regex.Match[str]]:
    """What was found stands when the time is over."""
    try:
        yield from pattern.finditer(text, timeout=PATIENCE)
    except TimeoutError:
        return


def first(pattern: regex.Pattern[str], text: str, at: int) -> regex.Match[str] | None:
    """The first match from `at` on, or None. Never raises for time."""
    try:
        return pattern.search(text, at, timeout=patience(text))
    except TimeoutError:
        return None
