"""What a person decided, applied to entries and records, and told apart from what the source says.

A line of corrections.jsonl is `{id, field, source_text_sha256, old, new, by, at, reason}`. `field` is a published field
(`summary`, `cap_yen`) or one value of a list (`emails[0]`, `amounts[1].yen`). `source_text_sha256` is of the text the
field was read from (`source_text`): where it has changed since, the correction is stale and is reported, not applied.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import regex

from subsidy_extract.columns import COLUMNS, FIELDS
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Column, Context, Entry, Found, Record
from subsidy_extract.normalize import FINDERS

PATH = regex.compile(r"(?P<name>[a-z_]+)(?:\[(?P<at>\d+)\](?:\.(?P<member>[a-z0-9_]+))?)?")
# flat fields that are the first or the greatest of a list: they follow it, unless they are corrected themselves
FLAT = {"phone": "phones", "extension": "phones", "fax": "phones", "email": "emails", "url": "urls", "rate": "rates", "cap_yen": "amounts"}
FOUND = {"phones", "emails", "urls", "rates", "amounts", "periods"}
TEXTS = {f.name for f in FIELDS if f.type == "string" and f.name in COLUMNS}
FREE = {"section", "office"}
# the member that a value read anew from `new` gives: emails[0] = "a@b.jp"
WRITTEN = {"phones", "emails", "urls"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of corrections.jsonl; `line` counts from 1."""

    id: str
    field: str
    source_text_sha256: str
    old: Any
    new: Any
    by: str = ""
    at: str = ""
    reason: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a correction: applied, comment (no new value), stale (its text has changed), or unknown (no such
    programme, field or value)."""

    correction: Correction
    result: str
    number: int | None = None


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The lines of a corrections.jsonl. Raises ExtractError(USAGE) with the line that can't be read."""
    found = []
    known = {f.name for f in fields(Correction)} - {"line"}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as err:
        raise ExtractError(Exit.USAGE, f"{path}: {err}", "Give a corrections.jsonl as the report saves it") from err
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
            found.append(Correction(**{k: v for k, v in said.items() if k in known}, line=n))
        except (ValueError, TypeError, AttributeError) as err:
            raise ExtractError(Exit.USAGE, f"{path}, line {n}: not a correction ({err})", "Mend the line or take it out") from err
    return tuple(found)


def _source_columns(name: str) -> tuple[str, ...]:
    field = next((f for f in FIELDS if f.name == FLAT.get(name, name)), None)
    columns = tuple(dict.fromkeys(c for group in (field.source if field else ()) for c in group))
    return columns or ("name",)


def source_text(entry: Entry, name: str) -> str:
    """The published text that a field is read from: its columns, a line each."""
    return "\n".join(entry.columns[c].text if c in entry.columns else "" for c in _source_columns(name))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _with_text(column: Column | None, text: str) -> Column:
    """A column with other words: its first cell stands for the whole text, the places stay."""
    if column is None:
        return Column(text)
    starts = (0, *([len(text) + 1] * (len(column.cells) - 1))) if column.cells else ()
    return Column(text, column.cells, starts)


def _new_value(name: str, member: str | None, old: Found[Any], new: Any) -> Found[Any] | None:
    """One value of a list, changed; None when it can't be. A phone, mail or URL that is written anew is read anew."""
    if member is None:
        if name not in WRITTEN or not isinstance(new, str):
            return None
        again = FINDERS[name](new, Context(column="contact"))
        return replace(old, value=again[0].value, doubt="corrected") if len(again) == 1 else None
    if member not in {f.name for f in fields(old.value)}:
        return None
    kind = type(getattr(old.value, member))
    if kind is not type(None) and new is not None and not isinstance(new, (kind, int, float) if kind in (int, float) else kind):
        return None
    return replace(old, value=replace(old.value, **{member: new}), doubt="corrected")


def apply(
    records: Sequence[Record], corrections: Sequence[Correction], again: Callable[[Sequence[Entry], Sequence[str]], Sequence[Record]]
) -> tuple[tuple[Record, ...], tuple[Applied, ...]]:
    """Records with the corrections in them, and what became of each.

    Corrected texts are read again by `again(entries, ids)`; then values of lists, then flat fields (`Record.corrected`).
    """
    if not corrections:
        return tuple(records), ()
    by_id = {r.id: r for r in records}
    results: dict[int, Applied] = {}
    good: list[tuple[Correction, str, int | None, str | None]] = []
    for c in corrections:
        match, record = PATH.fullmatch(c.field), by_id.get(c.id)
        name = match["name"] if match else ""
        if record is None or match is None or name not in TEXTS | FREE | FOUND | set(FLAT):
            results[c.line] = Applied(c, "unknown", record.entry.number if record else None)
        elif sha256(source_text(record.entry, name)) != c.source_text_sha256:
            results[c.line] = Applied(c, "stale", record.entry.number)
        elif c.new is None and c.old is None:
            results[c.line] = Applied(c, "comment", record.entry.number)
        else:
            good.append((c, name, int(match["at"]) if match["at"] else None, match["member"]))

    texts = [(c, name) for c, name, at, _ in good if name in TEXTS and at is None and isinstance(c.new, str | None)]
    changed: list[Record] = list(records)
    if texts:
        entries = {r.id: r.entry for r in records}
        for c, name in texts:
            entry = entries[c.id]
            columns: dict[str, Column] = dict(entry.columns)
            if c.new:
                columns[name] = _with_text(columns.get(name), c.new)
            else:
                columns.pop(name, None)
            entries[c.id] = replace(entry, columns=columns)
            results[c.line] = Applied(c, "applied", entry.number)
        changed = list(again([entries[r.id] for r in records], [r.id for r in records]))
    place = {r.id: i for i, r in enumerate(changed)}
    marks: dict[str, dict[str, Any]] = {}
    for c, name in texts:
        marks.setdefault(c.id, {})[name] = c.new
    for c, name, at, member in good:
        record = changed[place[c.id]]
        if c.line in results:
            continue
        if name in FOUND and at is not None and at < len(record.found.get(name, ())):
            pairs = list(record.found[name])
            key, old = pairs[at]
            if (new := _new_value(name, member, old, c.new)) is not None:
                pairs[at] = (key, new)
                found: Mapping[str, tuple[tuple[str, Found[object]], ...]] = {**record.found, name: tuple(pairs)}
                changed[place[c.id]] = replace(record, found=found)
                marks.setdefault(c.id, {})[c.field] = c.new
                results[c.line] = Applied(c, "applied", record.entry.number)
                continue
        elif (name in FREE or name in FLAT) and at is None and isinstance(c.new, str | int | float | None):
            marks.setdefault(c.id, {})[name] = c.new
            results[c.line] = Applied(c, "applied", record.entry.number)
            continue
        results[c.line] = Applied(c, "unknown", record.entry.number)
    final = tuple(replace(r, corrected=marks[r.id]) if r.id in marks else r for r in changed)
    return final, tuple(results[c.line] for c in corrections)
