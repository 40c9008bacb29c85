"""The command line: a word of the user's → its function; every stop becomes one line and its exit code."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

import click

from subsidy_extract import __version__
from subsidy_extract.cli.base import Group, say
from subsidy_extract.cli.extract import extract
from subsidy_extract.cli.inspect import fields, look, parse, tables
from subsidy_extract.cli.streams import ready
from subsidy_extract.cli.years import diff, history
from subsidy_extract.errors import Exit, ExtractError


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="subsidy-extract")
def main() -> None:
    """From the published list of subsidies (補助金・助成金一覧) to a dataset that can be trusted.

    \b
    subsidy-extract extract raw/kagoshima-r8.txt
    """


for command in (extract, tables, diff, history, parse, look, fields):
    main.add_command(command)


def run() -> NoReturn:
    """The process from here to its end: a closed pipe (| head) is nobody's error."""
    ready()
    gc.set_threshold(100_000, 50, 50)  # a run makes few circles and many nouns: looking for circles is a tenth of its time
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's linear algebra, which nobody calls, would start a thread for each core
    code: int | str | None = Exit.OK
    try:
        main()
    except SystemExit as stop:
        code = stop.code
    except BrokenPipeError:
        pass
    finally:
        if "subsidy_extract.compiled" in sys.modules:  # a command that read something
            from subsidy_extract.compiled import keep

            keep()
    leave(code)


def leave(code: int | str | None) -> NoReturn:
    """The process ends here and now: to take down the nouns of a long list one by one takes a tenth of a run, and everything
    that had to be closed is. Said before: what waits in the buffers, and words given as an exit code."""
    if isinstance(code, str):
        print(code, file=sys.stderr)
    number = code if isinstance(code, int) else Exit.OK if code is None else 1
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            pass
        except ExtractError as error:
            say(error)
            number = max(number, error.code)
    os._exit(number)
