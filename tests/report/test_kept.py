"""The template's code is taken from the user's cache, and only what this user wrote for this template."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from subsidy_extract.report.html.build import template


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    template.cache_clear()
    yield tmp_path / "cache"
    template.cache_clear()


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The names of the templates that were compiled."""
    names: list[str | None] = []
    compile_ = Environment.compile

    def noted(self: Environment, source: Any, name: str | None = None, *more: Any, **options: Any) -> Any:
        names.append(name)
        return compile_(self, source, name, *more, **options)

    monkeypatch.setattr(Environment, "compile", noted)
    return names


def asked() -> None:
    template.cache_clear()
    template("ja")


def kept(cache: Path) -> Path:
    (file,) = (cache / "subsidy-extract").iterdir()
    return file


def test_it_is_compiled_once(cache: Path, compiled: list[str | None]) -> None:
    asked()
    asked()
    assert len(compiled) == 1
    assert kept(cache).name.startswith("page-")


@pytest.mark.parametrize("content", [b"", b"nonsense", b"j2" * 40])
def test_a_damaged_file_is_as_none(cache: Path, compiled: list[str | None], content: bytes) -> None:
    asked()
    kept(cache).write_bytes(content)
    asked()
    assert len(compiled) == 2


def test_what_another_user_wrote_is_not_read(cache: Path, compiled: list[str | None], monkeypatch: pytest.MonkeyPatch) -> None:
    asked()
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    asked()
    assert len(compiled) == 2


def test_a_cache_that_cannot_be_written_is_nobodys_error(cache: Path, compiled: list[str | None]) -> None:
    cache.write_text("a file where the folder should be")
    asked()
    asked()
    assert len(compiled) == 2
