"""The command line: a word of the user's → its function; every stop becomes one line and its exit code."""

from __future__ import annotations

import gc
import os
import sys

import click

from subsidy_extract import __version__
from subsidy_extract.cli.base import Group
from subsidy_extract.cli.extract import extract
from subsidy_extract.cli.inspect import fields, look, parse, tables
from subsidy_extract.cli.years import diff, history
from subsidy_extract.errors import Exit


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="subsidy-extract")
def main() -> None:
    """From the published list of subsidies (補助金・助成金一覧) to a dataset that can be trusted.

    \b
    subsidy-extract extract raw/kagoshima-r8.txt
    """


for command in (extract, tables, diff, history, parse, look, fields):
    main.add_command(command)


def run() -> None:
    """Entry point: a closed pipe (| head) is nobody's error."""
    gc.set_threshold(100_000, 50, 50)  # a run makes few circles and many nouns: looking for circles is a tenth of its time
    try:
        main()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(Exit.OK)
    finally:
        if "subsidy_extract.compiled" in sys.modules:  # a command that read something
            from subsidy_extract.compiled import keep

            keep()
