"""A text → the seconds a pattern may take over it."""

from __future__ import annotations

PATIENCE = 0.5
"""Seconds: only text made to hurt needs more than milliseconds."""
SHORT = 300
"""Characters over which no pattern of this house takes long, whatever they are (tests/test_patience.py tries the worst)."""


def patience(text: str) -> float | None:
    """The `timeout` of a pattern of `regex`: none for a short text, as it would ask the clock of the processor, 4.5 µs of the
    5 that a pattern then takes over a cell."""
    return None if len(text) <= SHORT else PATIENCE
