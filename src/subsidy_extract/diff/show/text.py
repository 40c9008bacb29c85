"""A Diff goes in, what a person wants to see on a terminal comes out: counts, then caps, rates, dates, gone, new, the rest."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..model import Change, Diff, Fate
from .marked import snippet
from .phrases import (
    about,
    column_news,
    difference,
    headline,
    inert,
    money,
    names,
    of_kind,
    scalar,
    value,
    whom,
    word,
    yen,
)

if TYPE_CHECKING:  # rich is loaded when a diff is shown
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

COLOUR = {
    "added": "green", "removed": "red", "renamed": "cyan", "changed": "yellow", "possible_rename": "bold magenta", "split": "cyan", "merged": "cyan", "same": "dim",
}  # fmt: skip


def text(diff: Diff, lang: str = "en", width: int | None = None, colour: bool = False) -> str:
    """Text for a terminal of `width` columns (default 100); ANSI colours only when `colour`."""
    from rich.console import Console, Group

    out: list[RenderableType] = _head(diff, lang)
    for head, count, told in _sections(diff, lang):
        if count:
            out += [_section(head, count, lang), told]
            if head == "ask":
                out.append(_say(word("how_decide", lang), "dim"))
    rolled = sum(1 for f in _known(diff) if of_kind(f, "year_roll"))
    if rolled:
        out += ["", _say(f"{word('rolls', lang)}: {rolled} {word('programmes', lang)}")]
    if not diff.changed:
        out.append(_say(word("nothing", lang)))
    console = Console(
        file=io.StringIO(), width=width or 100, force_terminal=colour, color_system="standard" if colour else None, highlight=False, emoji=False,
        markup=False, legacy_windows=False,
    )  # fmt: skip
    with console.capture() as captured:
        console.print(Group(*out))
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


# ── what is told ─────────────────────────────────────────────────────────────────────────────────
def _known(diff: Diff) -> list[Fate]:
    """The programmes of which it is sure who they are."""
    return [f for f in diff.fates if f.status != "possible_rename"]


def _head(diff: Diff, lang: str) -> list[RenderableType]:
    """The title, the counts, the news of the columns."""
    from rich.text import Text

    tally = Text()
    for status, n in diff.counts.items():
        if n:
            tally.append(("  " if tally else "") + f"{word(status, lang)} {n}", style=COLOUR[status])
    out: list[RenderableType] = [_say(headline(diff, lang), "bold"), tally]
    if diff.kinds["format_only"]:
        out.append(_say(f"{diff.kinds['format_only']} {word('looks', lang)}", "dim"))
    return out + [_say("· " + n) for n in column_news(diff, lang)]


def _sections(diff: Diff, lang: str) -> Iterator[tuple[str, int, RenderableType]]:
    """(head, how many, what they are) of every section in its order, empty ones too."""
    known = _known(diff)
    for head, found in (
        ("money", [(f, c) for f in known for c in money(f)]),
        ("deadlines", [(f, c) for f in known for c in of_kind(f, "date")]),
    ):
        yield head, len(found), _values(found, lang)
    for head, status in (("gone_list", "removed"), ("new_list", "added")):
        yield head, *_lines((_numbers(f), _say(_described(f, lang), COLOUR[status])) for f in diff.fates if f.status == status)
    for head, statuses in (("renames", ("renamed",)), ("ask", ("possible_rename",)), ("parts", ("split", "merged"))):
        yield head, *_lines((_numbers(f), _say(_became(f, head == "ask", lang))) for f in diff.fates if f.status in statuses)
    yield "events", *_lines(
        ("", _say(f"{word(e.kind, lang)}: {scalar(e.kind, e.old, lang)} → {scalar(e.kind, e.new, lang)}  ({len(e.programs)} {word('programmes', lang)})"))
        for e in diff.events
    )
    shared = {(e.kind, key) for e in diff.events if e.kind == "office" for key in e.programs}
    yield "contacts", *_lines(
        (f"#{whom(f, c).number}", _say(f"{whom(f, c).name}  {word(c.kind, lang)}: {value(c, c.old, lang)} → {value(c, c.new, lang)}"))
        for f in known
        for c in of_kind(f, "office", "phone", "email", "url")
        if (c.kind, f.key) not in shared
    )
    yield "texts", *_lines(
        (f"#{whom(f, c).number}", _say(f"{whom(f, c).name}  {word(c.field, lang)}: {snippet(c)}")) for f in known for c in of_kind(f, "text")
    )


# ── how it looks ─────────────────────────────────────────────────────────────────────────────────
def _say(s: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(inert(s), style=style)


def _section(head: str, count: int, lang: str) -> Text:
    from rich.text import Text

    return Text.assemble("\n", (word(head, lang), "bold underline"), f"  {count}")


def _values(found: Sequence[tuple[Fate, Change]], lang: str) -> Table:
    """Number, programme, what it is about, old → new, the difference."""
    from rich.table import Table

    narrow = all(len(str(c.old)) + len(str(c.new)) < 40 for _, c in found)  # a date may be a whole sentence
    grid = Table(box=None, show_header=False, padding=(0, 1), expand=False)
    grid.add_column(justify="right", style="dim", no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(max_width=16, overflow="ellipsis", no_wrap=True, style="dim")
    grid.add_column(overflow="fold", no_wrap=narrow)
    grid.add_column(overflow="fold", no_wrap=True, style="bold")
    for f, c in found:
        grid.add_row(
            f"#{whom(f, c).number}", _say(whom(f, c).name), _say(about(c, lang) or word(c.kind, lang)),
            _say(f"{value(c, c.old, lang)} → {value(c, c.new, lang)}"), _say(difference(c, lang)),
        )  # fmt: skip
    return grid


def _lines(rows: Iterable[tuple[str, Text]]) -> tuple[int, Table]:
    """How many lines, and the lines: number and what is told of it."""
    from rich.table import Table

    grid = Table(box=None, show_header=False, padding=(0, 1))
    grid.add_column(justify="right", style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for number, told in rows:
        grid.add_row(number, told)
    return grid.row_count, grid


def _numbers(fate: Fate) -> str:
    return "+".join(f"#{p.number}" for p in (fate.new or fate.old))


def _described(fate: Fate, lang: str) -> str:
    p = (fate.new or fate.old)[0]
    return p.name + (f"  ({word('cap', lang)} {yen(p.cap_yen, lang)})" if p.cap_yen else "")


def _became(fate: Fate, ask: bool, lang: str) -> str:
    told = f"{names(fate.old)} → {names(fate.new)}"
    if ask:
        told += f"  ({word('score', lang)} {fate.score:.2f}; {fate.old[0].id},{fate.new[0].id})"
    return told
