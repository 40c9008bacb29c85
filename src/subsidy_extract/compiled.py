"""The text of a pattern → the pattern compiled, as the last run left it.

`regex` takes 0.27 s to compile the 340 patterns of the normalisers and 0.01 s to read them back, so the command keeps them in
the user's cache (`$XDG_CACHE_HOME` or ~/.cache, subsidy-extract/), one file for one version of `regex` and of Python. Where
nothing can be written every run compiles, and nothing else changes.
"""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path

import regex

Patterns = dict[tuple[str, int], regex.Pattern[str]]
MOST = 2000
"""Patterns of which the old ones are thrown away: six times those of one version."""


def home() -> Path:
    """The file in which the patterns are kept."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(cache, "subsidy-extract", f"patterns-{sys.implementation.cache_tag}-regex-{regex.__version__}")


def _last_time() -> Patterns:
    # whatever is wrong with the file, the patterns are compiled as if there were none
    with suppress(Exception), home().open("rb") as file:
        # a pickle can run anything: only what this user wrote is read (sudo keeps the home of another)
        if os.fstat(file.fileno()).st_uid == os.geteuid():
            kept = pickle.load(file)
            return kept if isinstance(kept, dict) else {}
    return {}


_kept = _last_time()
_used: Patterns = {}
_fresh = False


def compiled(text: str, flags: int = 0) -> regex.Pattern[str]:
    """`regex.compile(text, flags)`, taken from the last run where it had the same pattern."""
    global _fresh
    pattern = _kept.get((text, flags))
    if pattern is None:
        _fresh, pattern = True, regex.compile(text, flags)
    _used[text, flags] = pattern
    return pattern


def keep() -> None:
    """Leave the patterns for the next run if any is new, with those of earlier runs, which may have been other commands."""
    global _fresh
    if not _fresh:
        return
    _fresh = False
    import tempfile

    file = home()
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(prefix=file.name, dir=file.parent)
        with open(handle, "wb") as out:
            pickle.dump(_kept | _used if len(_kept) < MOST else _used, out)
        os.replace(fresh, file)
