"""README says what the program is: its tables are those of the code, every command stands in it."""

from __future__ import annotations

import runpy
from pathlib import Path

import click
import pytest

from subsidy_extract.cli import main

ROOT = Path(__file__).parents[1]


def test_tables_of_the_readme_are_those_of_the_code() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf8")
    assert runpy.run_path(str(ROOT / "docs" / "readme.py"))["renewed"](text) == text, "python docs/readme.py writes them anew"


@pytest.mark.parametrize("name", list(main.commands))
def test_every_command_has_help_with_an_example_and_stands_in_the_readme(name: str) -> None:
    command = main.commands[name]
    assert f"subsidy-extract {name}" in (command.help or "")
    assert f"subsidy-extract {name}" in (ROOT / "README.md").read_text(encoding="utf8")
    for option in command.params:
        if isinstance(option, click.Option) and option.name != "help":
            assert option.help or option.name == "form", f"{name} {option.opts} has no help"
