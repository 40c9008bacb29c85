"""Patterns: a compiled pattern and a text go in, its matches come out until they end or the time allowed for one pattern is over."""

from __future__ import annotations

from collections.abc import Iterator

import regex

PATTERN_SECONDS = 0.5
"""A pattern needs microseconds for a cell; only text made to hurt needs more, and then what was found so far stands."""


def each(pattern: regex.Pattern[str], text: str) -> Iterator[regex.Match[str]]:
    """The matches of a pattern in order. Never raises for time."""
    try:
        yield from pattern.finditer(text, timeout=PATTERN_SECONDS)
    except TimeoutError:
        return


def first(pattern: regex.Pattern[str], text: str, at: int) -> regex.Match[str] | None:
    """The first match from `at` on, or None. Never raises for time."""
    try:
        return pattern.search(text, at, timeout=PATTERN_SECONDS)
    except TimeoutError:
        return None
