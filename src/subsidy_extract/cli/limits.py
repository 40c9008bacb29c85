"""The limits of the processes that read a PDF as options of a command: a flag → a member of settings.Limits."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import click

from subsidy_extract.settings import Limits


class Finite(click.FloatRange):
    """A number; nan and inf are none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        found: float = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(f"{value!r} is no number", param, ctx)
        return found


SECONDS = Finite(0.01, 1_000_000)
PAGES = click.IntRange(1, 1_000_000)
# libraries that read take 150 MB of address space; a terabyte is more than any machine gives
MEGABYTES = click.IntRange(200, 1 << 20)


@dataclass(frozen=True, slots=True)
class Flag:
    """members: those of Limits that it sets, the one whose default is told first. unit: how much 1 is there."""

    name: str
    metavar: str
    kind: click.ParamType[Any]
    members: tuple[str, ...]
    says: str
    unit: int = 1

    @property
    def key(self) -> str:
        return self.name.removeprefix("--").replace("-", "_")

    @property
    def default(self) -> str:
        """What holds without the flag, in words."""
        return f"{getattr(Limits(), self.members[0]) / self.unit:g}"


FLAGS = (
    Flag("--max-pages", "N", PAGES, ("pages",), "pages that are read of a PDF"),
    Flag("--max-memory", "MB", MEGABYTES, ("memory",), f"address space of each process that reads a PDF, {MEGABYTES.min} at least; a large one has two", 1 << 20),
    Flag("--max-seconds", "S", SECONDS, ("wall", "cpu"), f"time that reading a PDF takes ({Limits().cpu:g} of it processor time, unless given)"),
    Flag("--max-page-seconds", "S", SECONDS, ("cpu_page",), "processor time for one page"),
)


def limit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command with a flag for each limit."""
    for flag in reversed(FLAGS):
        said = f"Stop (exit 7) at more: {flag.says}.  [default: {flag.default}]"
        command = click.option(flag.name, type=flag.kind, metavar=flag.metavar, help=said)(command)
    return command


def limits_of(given: dict[str, Any]) -> Limits:
    """The limits from what the flags give (None: not given); their keys are taken out."""
    limits = Limits()
    for flag in FLAGS:
        value = given.pop(flag.key, None)
        if value is not None:
            limits = replace(limits, **dict.fromkeys(flag.members, value * flag.unit))
    return limits
