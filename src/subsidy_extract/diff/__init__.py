"""What changed between two years: who is who, what changed, and how to show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .columns import Columns, columns
from .compare import compare
from .events import events
from .fold import name_key
from .history import History, history
from .links import carry_ids, read_links
from .load import from_dataset, from_rows, load
from .match import match
from .model import Bond, Change, Diff, Event, Fate, Link, Status, YearList

__all__ = [
    "Change", "Diff", "Event", "Fate", "History", "Link", "YearList", "carry_ids", "diff", "from_dataset", "from_rows", "history", "load",
    "read_links",
]  # fmt: skip


def diff(old: YearList, new: YearList, links: Sequence[Link] = ()) -> Diff:
    """What became of every programme of `old` in `new`: one Fate each (several programmes where one was split or merged).

    links: what a person decided (`read_links`). Fates come in the order of the new list, those that are gone at the end.
    """
    bonds = match(old, new, links)
    same_columns = columns(old, new, bonds)
    years = new.fiscal_year - old.fiscal_year if old.fiscal_year and new.fiscal_year and new.fiscal_year > old.fiscal_year else 1
    fates = [_fate(old, new, bond, same_columns, years) for bond in bonds]
    met_old = {i for b in bonds for i in b.old}
    met_new = {j for b in bonds for j in b.new}
    fates += [Fate("added", (), (p,)) for j, p in enumerate(new.programmes) if j not in met_new]
    fates.sort(key=lambda f: f.new[0].number)
    fates += [Fate("removed", (p,), ()) for i, p in enumerate(old.programmes) if i not in met_old]
    known_old, known_new = {p.id for p in old.programmes}, {p.id for p in new.programmes}
    return Diff(
        old, new, tuple(fates), events(fates),
        fields_added=same_columns.added, fields_removed=same_columns.removed, headings=same_columns.headings,
        order_changed=same_columns.order_changed,
        unused_links=tuple(link for link in links if link.old not in known_old or link.new not in known_new),
    )  # fmt: skip


def _fate(old: YearList, new: YearList, bond: Bond, same_columns: Columns, years: int) -> Fate:
    before, after = tuple(old.programmes[i] for i in bond.old), tuple(new.programmes[j] for j in bond.new)
    several = len(before) + len(after) > 2
    renamed = several or bond.doubtful or name_key(before[0].name) != name_key(after[0].name)
    changes: list[Change] = []
    format_only = 0
    for a in before:
        for b in after:
            found, looks = compare(a, b, same_columns, years, renamed)
            part = (b if len(after) > 1 else a).id if several else None
            changes += [replace(c, part=part) for c in found] if part else found
            format_only += looks
    return Fate(
        _status(bond, renamed, changes), before, after, bond.score, bond.evidence, bond.how, tuple(changes), format_only
    )  # fmt: skip


def _status(bond: Bond, renamed: bool, changes: Sequence[Change]) -> Status:
    if len(bond.new) > 1:
        return "split"
    if len(bond.old) > 1:
        return "merged"
    if bond.doubtful:
        return "possible_rename"
    if renamed:
        return "renamed"
    return "changed" if changes else "same"
