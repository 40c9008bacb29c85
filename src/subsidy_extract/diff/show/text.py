"""A Diff goes in, what a person wants to see on a terminal comes out: counts, then caps, rates, dates, gone, new, the rest."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

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

COLOUR = {
    "added": "green", "removed": "red", "renamed": "cyan", "changed": "yellow", "possible_rename": "bold magenta", "split": "cyan", "merged": "cyan", "same": "dim",
}  # fmt: skip


def text(diff: Diff, lang: str = "en", width: int | None = None, colour: bool = False) -> str:
    """Text for a terminal of `width` columns (default 100); ANSI colours only when `colour`."""
    from rich.console import Console, Group
    from rich.table import Table
    from rich.text import Text

    def say(s: str, style: str = "") -> Text:
        return Text(inert(s), style=style)

    def section(head: str, count: int) -> Text:
        return Text.assemble("\n", (word(head, lang), "bold underline"), f"  {count}")

    def table(found: Iterable[tuple[Fate, Change]]) -> Table:
        found = list(found)
        narrow = all(len(str(c.old)) + len(str(c.new)) < 40 for _, c in found)  # a date may be a whole sentence
        grid = Table(box=None, show_header=False, padding=(0, 1), expand=False)
        grid.add_column(justify="right", style="dim", no_wrap=True)
        grid.add_column(ratio=1, overflow="fold")
        grid.add_column(max_width=16, overflow="ellipsis", no_wrap=True, style="dim")
        grid.add_column(overflow="fold", no_wrap=narrow)
        grid.add_column(overflow="fold", no_wrap=True, style="bold")
        for f, c in found:
            grid.add_row(
                f"#{whom(f, c).number}", say(whom(f, c).name), say(about(c, lang) or word(c.kind, lang)),
                say(f"{value(c, c.old, lang)} → {value(c, c.new, lang)}"), say(difference(c, lang)),
            )  # fmt: skip
        return grid

    def lines(rows: Iterable[tuple[str, Text]]) -> Table:
        grid = Table(box=None, show_header=False, padding=(0, 1))
        grid.add_column(justify="right", style="dim", no_wrap=True)
        grid.add_column(overflow="fold")
        for number, told in rows:
            grid.add_row(number, told)
        return grid

    out: list[object] = [say(headline(diff, lang), "bold")]
    tally = Text()
    for status, n in diff.counts.items():
        if n:
            tally.append(("  " if tally else "") + f"{word(status, lang)} {n}", style=COLOUR[status])
    out.append(tally)
    if diff.kinds["format_only"]:
        out.append(say(f"{diff.kinds['format_only']} {word('looks', lang)}", "dim"))
    out += [say("· " + n) for n in column_news(diff, lang)]
    known = [f for f in diff.fates if f.status != "possible_rename"]
    if found := _found(known, money):
        out += [section("money", len(found)), table(found)]
    if found := _found(known, lambda f: of_kind(f, "date")):
        out += [section("deadlines", len(found)), table(found)]
    for status, head in (("removed", "gone_list"), ("added", "new_list")):
        fates = [f for f in diff.fates if f.status == status]
        if fates:
            out += [section(head, len(fates)), lines((_numbers(f), say(_described(f, lang), COLOUR[status])) for f in fates)]
    for statuses, head in ((("renamed",), "renames"), (("possible_rename",), "ask"), (("split", "merged"), "parts")):
        fates = [f for f in diff.fates if f.status in statuses]
        if fates:
            out += [section(head, len(fates)), lines((_numbers(f), say(_became(f, head == "ask", lang))) for f in fates)]
            if head == "ask":
                out.append(say(word("how_decide", lang), "dim"))
    if diff.events:
        told = (("", say(f"{word(e.kind, lang)}: {scalar(e.kind, e.old, lang)} → {scalar(e.kind, e.new, lang)}  ({len(e.programs)} {word('programmes', lang)})")) for e in diff.events)
        out += [section("events", len(diff.events)), lines(told)]
    shared = {(e.kind, key) for e in diff.events if e.kind == "office" for key in e.programs}
    contacts = [
        (f"#{whom(f, c).number}", say(f"{whom(f, c).name}  {word(c.kind, lang)}: {value(c, c.old, lang)} → {value(c, c.new, lang)}"))
        for f in known
        for c in of_kind(f, "office", "phone", "email", "url")
        if (c.kind, f.key) not in shared
    ]
    if contacts:
        out += [section("contacts", len(contacts)), lines(contacts)]
    texts = [(f"#{whom(f, c).number}", say(f"{whom(f, c).name}  {word(c.field, lang)}: {snippet(c)}")) for f in known for c in of_kind(f, "text")]
    if texts:
        out += [section("texts", len(texts)), lines(texts)]
    rolled = sum(1 for f in known if of_kind(f, "year_roll"))
    if rolled:
        out.append(Text.assemble("\n", f"{word('rolls', lang)}: {rolled} {word('programmes', lang)}"))
    if not diff.changed:
        out.append(say(word("nothing", lang)))
    console = Console(
        file=io.StringIO(), width=width or 100, force_terminal=colour, color_system="standard" if colour else None, highlight=False, emoji=False,
        markup=False, legacy_windows=False,
    )  # fmt: skip
    with console.capture() as captured:
        console.print(Group(*out))  # type: ignore[arg-type]
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _found(fates: Iterable[Fate], pick: Callable[[Fate], list[Change]]) -> list[tuple[Fate, Change]]:
    return [(f, c) for f in fates for c in pick(f)]


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
