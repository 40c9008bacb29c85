"""Short texts are searched without a time limit: no pattern may take long for one, whatever it is."""

from __future__ import annotations

from importlib import import_module

import pytest
import regex

from subsidy_extract.patience import PATIENCE, SHORT, patience

ROOMS = (
    "entries.fold", "entries.kinds", "entries.meaning", "entries.units", "normalize.dates", "normalize.items", "normalize.mail",
    "normalize.money.figure", "normalize.office", "normalize.period", "normalize.phone", "normalize.status", "normalize.terms",
    "normalize.url", "read.join",
)  # fmt: skip
"""Rooms that ask `patience` (or each and first of normalize.patterns)."""
WORST = ("1", "0-", "1,", "a", "a.", "a@", " ", "\u3000 ", "(", "・", "、", "一", "年", "1年", "円", "万", "の", "ア", "/", "①", "また", "お")
ENDS = ("", "!")


def patterns(value: object) -> list[regex.Pattern[str]]:
    """A pattern, or those in the tuples of a table of them."""
    if isinstance(value, regex.Pattern):
        return [value]
    return [p for x in value for p in patterns(x)] if isinstance(value, tuple) else []


@pytest.mark.parametrize("room", ROOMS)
def test_no_pattern_takes_long_for_a_short_text(room: str) -> None:
    found = [p for value in vars(import_module(f"subsidy_extract.{room}")).values() for p in patterns(value)]
    assert found
    for pattern in found:
        for sign in WORST:
            for end in ENDS:
                text = (sign * SHORT)[: SHORT - len(end)] + end
                for _ in pattern.finditer(text, timeout=PATIENCE):  # TimeoutError would fail here
                    continue


def test_a_pattern_that_takes_long_is_found() -> None:
    with pytest.raises(TimeoutError):
        regex.compile(r"(?:1|11|111)+(?=[!?])").search("1" * SHORT, timeout=PATIENCE)


def test_long_texts_have_a_limit() -> None:
    assert patience("1" * SHORT) is None
    assert patience("1" * (SHORT + 1)) == PATIENCE
