"""A Diff goes in, Markdown for a mail comes out: counts first, then caps and rates, dates, what is gone and what is new."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

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

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_START = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)")


def plain(text: str) -> str:
    """Cell text that Markdown shows as it stands."""
    return _START.sub(r"\1\\\2\3", _SIGNS.sub(r"\\\1", inert(text)).replace("\n", " "))


def markdown(diff: Diff, lang: str = "ja") -> str:
    """Everything that matters, in an order a reader can stop at any time."""
    w = partial(word, lang=lang)
    counts = diff.counts
    out = [f"# {w('title')}", "", plain(headline(diff, lang)), ""]
    out += [" · ".join(f"**{w(s)} {n}**" if s != "same" else f"{w(s)} {n}" for s, n in counts.items() if n), ""]
    if diff.kinds["format_only"]:
        out += [f"{w('looks')}: {diff.kinds['format_only']}", ""]
    if news := column_news(diff, lang):
        out += [f"## {w('columns')}", "", *(f"- {plain(n)}" for n in news), ""]
    out += _table(diff, lang, "money", money)
    out += _table(diff, lang, "deadlines", lambda f: of_kind(f, "date"))
    for status, head in (("removed", "gone_list"), ("added", "new_list")):
        fates = [f for f in diff.fates if f.status == status]
        if fates:
            out += [f"## {w(head)} ({len(fates)})", "", *(_line(f, lang) for f in fates), ""]
    for statuses, head in ((("renamed",), "renames"), (("possible_rename",), "ask"), (("split", "merged"), "parts")):
        fates = [f for f in diff.fates if f.status in statuses]
        if fates:
            out += [f"## {w(head)} ({len(fates)})", ""]
            out += [f"- {plain(names(f.old))} → **{plain(names(f.new))}**" + (f" ({w('score')} {f.score:.2f})" if head == "ask" and f.score else "") for f in fates]
            out += [*((["", w("how_decide")]) if head == "ask" else []), ""]
    if diff.events:
        out += [f"## {w('events')}", ""]
        out += [f"- {w(e.kind)}: {plain(scalar(e.kind, e.old, lang))} → {plain(scalar(e.kind, e.new, lang))} ({len(e.programs)} {w('programmes')})" for e in diff.events]
        out += [""]
    out += _lines(diff, lang, "contacts", ("office", "phone", "email", "url"))
    out += _lines(diff, lang, "texts", ("text",))
    if not diff.changed:
        out += [w("nothing"), ""]
    return "\n".join(out).rstrip() + "\n"


def _line(fate: Fate, lang: str) -> str:
    p = (fate.new or fate.old)[0]
    return f"- {plain(p.name)}" + (f"（{word('cap', lang)} {yen(p.cap_yen, lang)}）" if p.cap_yen else "")


def _table(diff: Diff, lang: str, head: str, pick: Callable[[Fate], list[Change]]) -> list[str]:
    found: list[tuple[Fate, Change]] = [(f, c) for f in diff.fates if f.status != "possible_rename" for c in pick(f)]
    if not found:
        return []
    w = partial(word, lang=lang)
    lines = [f"## {w(head)} ({len(found)})", "", f"| {w('name')} | | {w('old')} | {w('new')} | |", "|---|---|---|---|---|"]
    for f, c in found:
        cells = (whom(f, c).name, about(c, lang) or w(c.kind), value(c, c.old, lang), value(c, c.new, lang), difference(c, lang))
        lines.append("| " + " | ".join(plain(x) for x in cells) + " |")
    return [*lines, ""]


def _lines(diff: Diff, lang: str, head: str, kinds: tuple[str, ...]) -> list[str]:
    lines = []
    for f in diff.fates:
        for c in of_kind(f, *kinds):
            if c.kind == "text":
                told = plain(snippet(c, "\0", "\1", "\2", "\3")).replace("⟨U+0000⟩", "~~").replace("⟨U+0001⟩", "~~").replace("⟨U+0002⟩", "**").replace("⟨U+0003⟩", "**")
            else:
                told = f"{plain(value(c, c.old, lang))} → {plain(value(c, c.new, lang))}"
            lines.append(f"- {plain(whom(f, c).name)} — {word(c.kind if c.kind != 'text' else c.field, lang)}: {told}")
    return [f"## {word(head, lang)} ({len(lines)})", "", *lines, ""] if lines else []
