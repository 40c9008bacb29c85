"""A real browser for the report: Chromium of the machine, headless, a fresh profile; without one the tests say so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
missing: list[str] = []


def chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named if named else next((found for n in NAMES if (found := shutil.which(n))), None)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if missing:
        terminalreporter.write_line(f"The browser tests did NOT run: {missing[0]}", yellow=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = chromium()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path, why = None, "playwright is not installed"
    else:
        why = "no Chromium on this machine (CHROMIUM=/path names one)"
    if path is None:
        missing.append(why)
        pytest.skip(why)
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@dataclass
class Opened:
    """A page and what it did: what the console said, what was asked of the network, dialogs that came up."""

    page: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def quiet(self) -> None:
        assert not self.said
        assert not self.dialogs
        assert [u for u in self.asked if not u.startswith("data:image/")] == [self.page.url]


class Opener:
    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.contexts: list[Any] = []

    def __call__(self, path: Path, width: int = 1440, height: int = 900, **how: Any) -> Opened:
        context = self.browser.new_context(viewport={"width": width, "height": height}, **how)
        self.contexts.append(context)
        context.set_default_timeout(10_000)
        opened = Opened(context.new_page())
        opened.page.on("console", lambda m: opened.said.append(m.text))
        opened.page.on("pageerror", lambda e: opened.said.append(str(e)))
        opened.page.on("request", lambda r: opened.asked.append(r.url))

        def dialog(d: Any) -> None:
            opened.dialogs.append(d.message)
            d.dismiss()

        opened.page.on("dialog", dialog)
        opened.page.goto(path.resolve().as_uri())
        return opened


@pytest.fixture
def show(browser: Any) -> Iterator[Opener]:
    opener = Opener(browser)
    yield opener
    for context in opener.contexts:
        context.close()
