"""What the commands share: ranges of pages, options of a read, and how a stop is said."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, TextIO

import click

from subsidy_extract.cli.limits import limit_options, limits_of
from subsidy_extract.errors import Exit, ExtractError

if TYPE_CHECKING:
    from subsidy_extract.settings import Options

ENGINES = ("auto", "oxide", "pdfium", "pdfplumber")


class Pages(click.ParamType[tuple[int, int | None]]):
    """3-7, 3- or 5: pages from 1, both ends included."""

    name = "pages"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int | None]:
        if isinstance(value, tuple):
            return value
        first, dash, last = str(value).partition("-")
        try:
            start = int(first)
            end = (int(last) if last else None) if dash else start
        except ValueError:
            self.fail(f"{value!r} is no range of pages: write 3-7, 3- or 5", param, ctx)
        if start < 1 or (end is not None and end < start):
            self.fail(f"{value!r}: pages count from 1, the first before the last", param, ctx)
        return start, end


class Group(click.Group):
    """Commands in the order they are added; every stop, a wrong word of the user's too, is one line and its exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def main(self, *args: Any, standalone_mode: bool = True, **kwargs: Any) -> Any:
        def inner() -> Any:
            return click.Group.main(self, *args, standalone_mode=False, **kwargs)  # type: ignore[call-overload]

        if not standalone_mode:
            return inner()
        try:
            code = inner()
        except ExtractError as error:
            say(error)
            code = error.code
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = Exit.USAGE
        except click.UsageError as error:
            of = error.ctx.command_path if error.ctx else "subsidy-extract"
            say(ExtractError(Exit.USAGE, error.format_message().rstrip("."), f"See {of} --help"))
            code = Exit.USAGE
        except click.ClickException as error:
            say(ExtractError(Exit.USAGE, error.format_message()))
            code = Exit.USAGE
        except click.Abort:
            click.echo("subsidy-extract: stopped", err=True)
            code = 130  # as a shell says of an interrupt
        except BrokenPipeError:
            raise
        except Exception as error:
            stop = unforeseen(error)
            say(stop)
            code = stop.code
        sys.exit(code if isinstance(code, int) else Exit.OK)


def unforeseen(error: Exception) -> ExtractError:
    """A file that can't be had, or an error of the program itself, as one line; with SUBSIDY_EXTRACT_TRACEBACK set the
    latter is raised as it is."""
    if isinstance(error, OSError) and error.filename is not None:
        return ExtractError(Exit.UNREADABLE, f"{os.fsdecode(error.filename)}: {error.strerror}", "Check its name and permissions")
    if os.environ.get("SUBSIDY_EXTRACT_TRACEBACK"):
        raise error
    said = f"an error of the program itself ({type(error).__name__}: {error})"
    return ExtractError(Exit.UNREADABLE, said, "Please report it with the file; SUBSIDY_EXTRACT_TRACEBACK=1 shows where")


def say(error: ExtractError, about: str | None = None) -> None:
    """A stop as one line on stderr; names of files and headings in it can't move the cursor."""
    from subsidy_extract.read.name import readable
    from subsidy_extract.report.plain import printable

    said = readable(str(error))
    prefix = f"{about}: " if about and about not in said else ""
    click.echo(printable(f"subsidy-extract: {prefix}{said}"), err=True)


@contextmanager
def waiting(words: str, after: float = 1.0, stream: TextIO | None = None) -> Iterator[None]:
    """While the block works for more than `after` seconds, a line on the terminal says so; silent when piped."""
    out = stream or sys.stderr
    if not out.isatty():
        yield
        return
    from rich.console import Console
    from rich.text import Text

    status = Console(file=out).status(Text(words))
    timer = Timer(after, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        status.stop()


class Source(click.Path):
    """A file or folder that is read: whether it can be is found out by reading it, which says more (exit 3, not 2)."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, readable=False)


pages_option = click.option("--pages", type=Pages(), metavar="3-7", help="Only these pages of a PDF.")


def read_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--engine, --password and the limits of the child that reads a PDF."""
    options: list[Callable[..., Any]] = [
        click.option("--engine", type=click.Choice(ENGINES), default="auto", show_default=True, help="PDF engine; auto holds two against each other, a third decides."),
        click.option("--password", metavar="TEXT", help="Password of an encrypted PDF."),
        limit_options,
    ]
    for option in reversed(options):
        command = option(command)
    return command


def options_of(pages: tuple[int, int | None] | None = None, engine: str = "auto", password: str | None = None, **limits: float | None) -> Options:
    """The options of a read from what `pages_option` and `read_options` give."""
    from subsidy_extract.settings import Options

    first, last = pages or (1, None)
    return Options(engine=engine, password=password, first=first, last=last, limits=limits_of(limits))


def deliver(content: str | bytes, target: Path | None) -> None:
    """What a command made: to a file, or to the terminal (text only)."""
    if target is None:
        if isinstance(content, bytes):
            raise click.UsageError("this format is a file: give it a name with -o FILE")
        click.echo(content.rstrip("\n"))
        return
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    at = Path(os.path.realpath(target))  # of a link, what it leads to
    fresh = at.with_name(f".{os.getpid():x}.new")  # no part of the name: that may be as long as names can be
    try:
        at.parent.mkdir(parents=True, exist_ok=True)
        if at.exists() and not at.is_file():  # a device, a pipe
            at.write_bytes(data)
            return
        try:
            fresh.write_bytes(data)
            fresh.replace(at)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as err:
        raise ExtractError(Exit.UNWRITABLE, f"{target}: {err.strerror}", "Choose a place that can be written with -o") from err
