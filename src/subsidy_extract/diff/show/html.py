"""A Diff goes in, one self-contained HTML file comes out: old and new side by side, filters, no request leaves the page."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ..model import STATUSES, Change, Diff, Event, Fate, Scalar
from .marked import Sides, Stretch, by_field, stretches
from .phrases import about, column_news, difference, headline, inert, money, of_kind, scalar, value, whom, word, yen

if TYPE_CHECKING:
    import jinja2

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PAGE = re.compile(r"https?://[A-Za-z0-9][^\s\"'<>\\]*", re.IGNORECASE)
_DIALLED = re.compile(r"[0-9][0-9-]{2,18}")


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a short table."""

    fate: Fate
    change: Change


def html(diff: Diff, lang: str = "ja") -> str:
    """One HTML page in Japanese or English. It opens from disk, needs no script to be read, and its policy allows nothing from outside."""
    style, script = _part("diff.css"), _part("diff.js")
    known = [f for f in diff.fates if f.status != "possible_rename"]
    shared = {(e.kind, key) for e in diff.events for key in e.programs}
    return _template().render(
        lang=lang,
        diff=diff,
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; base-uri 'none'; form-action 'none'",
        headline=headline(diff, lang),
        statuses=[s for s in STATUSES if diff.counts[s]],
        kinds=[k for k, n in diff.kinds.items() if n and k != "format_only"],
        news=column_news(diff, lang),
        money=[_Line(f, c) for f in known for c in money(f)],
        dates=[_Line(f, c) for f in known for c in of_kind(f, "date")],
        by_status={s: [f for f in diff.fates if f.status == s] for s in STATUSES},
        told=[f for f in diff.fates if f.status not in ("same", "added", "removed")],
        shared=shared,
        w=lambda key: word(key, lang),
        value=lambda c, side: value(c, side, lang),
        scalar=lambda kind, which: scalar(kind, which, lang),
        difference=lambda c: difference(c, lang),
        about=lambda c: about(c, lang),
        yen=lambda n: yen(n, lang),
        whom=whom,
        sides=_sides,
        named=_named,
        anchor=_anchor,
        kinds_of=lambda f: " ".join(dict.fromkeys(c.kind for c in f.changes)),
        names_of=lambda e: _names_of(diff, e),
        href=href,
    ) + "\n"


def href(change: Change, which: Scalar) -> str | None:
    """A link for a value that may be one: http, https, mailto or tel, and nothing else."""
    text = str(which or "")
    if change.kind == "url" and _PAGE.fullmatch(text):
        return text
    if change.kind == "email" and _ADDRESS.fullmatch(text):
        return "mailto:" + text
    if change.kind == "phone" and _DIALLED.fullmatch(number := text.split(" ")[0]):
        return "tel:" + number
    return None


def _sides(fate: Fate) -> list[Sides]:
    return list(by_field(fate.changes))


def _named(fate: Fate) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]] | None:
    """The names of a renamed programme with what changed marked; None for several."""
    if len(fate.old) != 1 or len(fate.new) != 1 or fate.old[0].name == fate.new[0].name:
        return None
    from ..words import align, cut

    a, b = fate.old[0].name, fate.new[0].name
    found = align(cut(a), cut(b))
    marks = [found.mark(e) for e in found.edits]
    return stretches(a, ((m.old_start, m.old_end) for m in marks)), stretches(b, ((m.new_start, m.new_end) for m in marks))


def _names_of(diff: Diff, event: Event) -> list[tuple[str, str]]:
    by_key = {f.key: f for f in diff.fates}
    return [(_anchor(by_key[k]), by_key[k].name) for k in event.programs if k in by_key]


def _anchor(fate: Fate) -> str:
    side = "n" if fate.new else "o"
    return f"{side}{(fate.new or fate.old)[0].number}"


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@lru_cache(maxsize=8)
def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf8")


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    import jinja2

    env = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    env.filters["t"] = inert
    return env.from_string(_part("diff.html.j2"))
