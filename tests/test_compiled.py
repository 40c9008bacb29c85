"""Patterns kept between runs: the same pattern, found again; whatever is wrong with the file, compiled as if there were none."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
import regex

from subsidy_extract import compiled as rooms


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own, and a run that has compiled nothing yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name, value in (("_kept", {}), ("_used", {}), ("_fresh", False)):
        monkeypatch.setattr(rooms, name, value)
    return tmp_path / "cache"


def next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "_kept", rooms._last_time())
    monkeypatch.setattr(rooms, "_used", {})


def test_a_pattern_of_the_last_run_is_not_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = rooms.compiled(r"(?P<n>[0-9]+)万(?=円)", regex.VERBOSE)
    rooms.keep()
    next_run(monkeypatch)
    monkeypatch.setattr(regex, "compile", None)  # would fail
    again = rooms.compiled(r"(?P<n>[0-9]+)万(?=円)", regex.VERBOSE)
    assert (again.pattern, again.flags, again.groupindex) == (first.pattern, first.flags, first.groupindex)
    found = again.search("上限50万円")
    assert found and found["n"] == "50" and again.search("50万人") is None


def test_flags_make_another_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    rooms.compiled("tel")
    rooms.keep()
    next_run(monkeypatch)
    assert rooms.compiled("tel").search("TEL") is None
    assert rooms.compiled("tel", regex.IGNORECASE).search("TEL")


def test_patterns_of_other_commands_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    rooms.compiled("a+")
    rooms.keep()
    next_run(monkeypatch)
    rooms.compiled("b+")
    rooms.keep()
    assert {text for text, _ in rooms._last_time()} == {"a+", "b+"}


def test_a_run_without_a_new_pattern_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rooms.compiled("a+")
    rooms.keep()
    before = rooms.home().stat().st_mtime_ns
    next_run(monkeypatch)
    rooms.compiled("a+")
    rooms.keep()
    assert rooms.home().stat().st_mtime_ns == before


@pytest.mark.parametrize("content", [b"", b"no pickle", pickle.dumps(["no", "patterns"]), pickle.dumps({("a", 0): 1})[:-3]])
def test_a_damaged_file_is_as_none(content: bytes) -> None:
    rooms.home().parent.mkdir(parents=True)
    rooms.home().write_bytes(content)
    assert rooms._last_time() == {}


def test_what_another_user_wrote_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    rooms.compiled("a+")
    rooms.keep()
    assert rooms._last_time()
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert rooms._last_time() == {}


def test_a_cache_that_cannot_be_written_is_nobodys_error(cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    rooms.compiled("a+")
    rooms.keep()
    assert cache.is_file()
