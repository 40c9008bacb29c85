"""What a person decided, applied to entries and records, and told apart from what the source says.

A line of corrections.jsonl is `{id, field, source_text_sha256, old, new, by, at, reason}`. `field` is a published field
(`summary`, `cap_yen`) or one value of a list (`emails[0]`, `amounts[1].yen`). `source_text_sha256` is of the text the
field was read from (`source_text`), as published or as an earlier line of the file made it: where it has changed since,
the correction is stale and is reported, not applied. `new` is a value or, as a person writes it, words that are read
anew (`"amounts[0]": "上限50万円"`); a null `new` beside an `old` takes the value out, beside no `old` it is a comment.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from subsidy_extract.columns import COLUMNS, FIELDS
from subsidy_extract.compiled import compiled
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Amount, Column, Context, Entry, Found, Period, Phone, Rate, Record
from subsidy_extract.normalize import FINDERS

PATH = compiled(r"(?P<name>[a-z_]+)(?:\[(?P<at>\d+)\](?:\.(?P<member>[a-z0-9_]+))?)?")
# flat fields that are the first or the greatest of a list: they follow it, unless they are corrected themselves
FLAT = {"phone": "phones", "extension": "phones", "fax": "phones", "email": "emails", "url": "urls", "rate": "rates", "cap_yen": "amounts"}
FOUND = {"phones", "emails", "urls", "rates", "amounts", "periods"}
TEXTS = {f.name for f in FIELDS if f.type == "string" and f.name in COLUMNS}
FREE = {"section", "office"}
CONTACTS = {"phones", "emails", "urls", "phone", "extension", "fax", "email", "url"}
ASCII = {0xFF10 + i: str(i) for i in range(10)} | {0xFF0C: ","}


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
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # not splitlines: a text may hold U+2028
    except (OSError, UnicodeDecodeError) as err:
        raise ExtractError(Exit.USAGE, f"{path}: {err}", "Give a corrections.jsonl as the report saves it") from err
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
            found.append(_correction({k: v for k, v in said.items() if k in known}, n))
        except (ValueError, TypeError, AttributeError) as err:
            raise ExtractError(Exit.USAGE, f"{path}, line {n}: not a correction ({err})", "Mend the line or take it out") from err
    return tuple(found)


def _correction(said: dict[str, Any], line: int) -> Correction:
    wrong = [k for k in ("id", "field", "source_text_sha256", "by", "at", "reason") if not isinstance(said.get(k, ""), str)]
    if wrong:
        raise ValueError(f"{', '.join(wrong)}: a text is expected")
    return Correction(**said, line=line)


@cache
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


def _again(name: str, text: str, told: Context) -> Any | None:
    """The one value that a text gives when it is read anew; None when it gives none or several."""
    found = FINDERS[name](text, told)
    return found[0].value if len(found) == 1 else None


def _new_value(name: str, member: str | None, old: Found[Any], new: Any, told: Context) -> Found[Any] | None:
    """One value of a list, changed; None when it can't be. What is written anew is read anew."""
    if member is None:
        value = _again(name, new, told) if isinstance(new, str) else None
        return replace(old, value=_like(old.value, value), doubt="corrected") if value is not None else None
    if member not in {f.name for f in fields(old.value)}:
        return None
    fitting = _fitting(get_type_hints(type(old.value))[member], new)
    return replace(old, value=replace(old.value, **{member: fitting[0]}), doubt="corrected") if fitting else None


def _like(old: Any, new: Any) -> Any:
    """The value written anew; what its words do not say (that 750万円 is a cap, that a number is a fax) stays as it was."""
    match new:
        case Amount() if new.role == "stated":
            return replace(new, role=old.role, per=new.per or old.per, scope=new.scope or old.scope)
        case Rate() if new.scope is None:
            return replace(new, scope=old.scope)
        case Period() if new.role == "other":
            return replace(new, role=old.role, round=new.round or old.round)
        case Phone() if new.kind == "tel":
            return replace(new, kind=old.kind)
        case _:
            return new


def _fitting(hint: Any, new: Any) -> tuple[Any] | None:
    """(new,) as the type of a member wants it; None when it is of another. Dates are written in ISO."""
    kinds = get_args(hint) or (hint,)
    if new is None or isinstance(new, bool):
        return (new,) if type(new) in kinds else None
    if date in kinds and isinstance(new, str):
        try:
            return (date.fromisoformat(new),)
        except ValueError:
            return None
    if float in kinds and isinstance(new, int | float):
        return (float(new),)
    return (new,) if type(new) in kinds else None


def _flat_value(name: str, new: Any, told: Context) -> tuple[Any] | None:
    """(new,) for a flat field: a whole number of yen, a rate from 0 to 1, a number, an address; None when it can't be one."""
    if new is None:
        return (None,)
    if name == "cap_yen" and isinstance(new, str):
        plain = new.translate(ASCII).replace(",", "").removesuffix("円")
        value = int(plain) if plain.isdecimal() else getattr(_again("amounts", new, told), "yen", None)
        return (value,) if value is not None else None
    if name == "cap_yen":
        return (int(new),) if isinstance(new, int | float) and not isinstance(new, bool) and new == int(new) and 0 <= new < 2**63 else None
    if name == "rate":
        value = getattr(_again("rates", new, told), "value", None) if isinstance(new, str) else new
        return (float(value),) if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100 else None
    if not isinstance(new, str) or not new.strip():
        return None
    if name == "extension":
        return (new.strip(),)
    value = _again(FLAT[name], new, told)
    return (getattr(value, {"email": "address", "url": "url"}.get(name, "number")),) if value is not None and value.valid else None


Again = Callable[[Sequence[Entry], Sequence[str]], Sequence[Record]]


def apply(records: Sequence[Record], corrections: Sequence[Correction], again: Again, fiscal_year: int | None = None) -> tuple[tuple[Record, ...], tuple[Applied, ...]]:
    """Records with the corrections in them, and what became of each.

    Corrected texts are read again by `again(entries, ids)`; then values of lists, then flat fields (`Record.corrected`).
    Of several lines about one field the last one stands.
    """
    if not corrections:
        return tuple(records), ()
    work = _Work({r.id: r for r in records}, fiscal_year)
    for c in corrections:
        work.sort_out(c)
    if work.retold:
        for record in again([work.entries[r.id] for r in records], [r.id for r in records]):
            work.records[record.id] = record
    for c, name, at, member in work.values:
        done = work.value(c, name, at, member)
        work.results[c.line] = Applied(c, "applied" if done else "unknown", work.records[c.id].entry.number)
    for id_, name, at in sorted(work.gone, key=lambda g: -g[2]):  # the last first: the others keep their places
        record = work.records[id_]
        pairs = tuple(p for i, p in enumerate(record.found[name]) if i != at)
        work.records[id_] = replace(record, found={**record.found, name: pairs})
    final = (work.records[r.id] for r in records)
    return tuple(replace(r, corrected=work.marks[r.id]) if r.id in work.marks else r for r in final), tuple(work.results[c.line] for c in corrections)


class _Work:
    """Corrections on their way: what is decided of each, and the entries and records as they are so far."""

    def __init__(self, records: dict[str, Record], fiscal_year: int | None) -> None:
        self.records, self.fiscal_year = records, fiscal_year
        self.entries = {id_: r.entry for id_, r in records.items()}
        self.published = dict(self.entries)
        self.results: dict[int, Applied] = {}
        self.marks: dict[str, dict[str, Any]] = {}
        self.values: list[tuple[Correction, str, int | None, str | None]] = []
        self.gone: set[tuple[str, str, int]] = set()
        self.retold = False

    def sort_out(self, c: Correction) -> None:
        """Texts are changed at once; values wait until the texts have been read again."""
        match, entry = PATH.fullmatch(c.field), self.entries.get(c.id)
        name = match["name"] if match else ""
        number = entry.number if entry else None
        if entry is None or match is None or name not in TEXTS | FREE | FOUND | set(FLAT):
            self.results[c.line] = Applied(c, "unknown", number)
        elif c.source_text_sha256 not in (sha256(source_text(self.published[c.id], name)), sha256(source_text(entry, name))):
            self.results[c.line] = Applied(c, "stale", number)
        elif c.new is None and c.old is None:
            self.results[c.line] = Applied(c, "comment", number)
        elif name in TEXTS and match["at"] is None:
            self.results[c.line] = Applied(c, "applied" if self._text(c, entry, name) else "unknown", number)
        else:
            self.values.append((c, name, int(match["at"]) if match["at"] else None, match["member"]))

    def _text(self, c: Correction, entry: Entry, name: str) -> bool:
        if not isinstance(c.new, str | None):
            return False
        new = " ".join((c.new or "").split())  # a text field is one line
        columns: dict[str, Column] = dict(entry.columns)
        if new:
            columns[name] = _with_text(columns.get(name), new)
        else:
            columns.pop(name, None)
        self.entries[c.id] = replace(entry, columns=columns)
        self.marks.setdefault(c.id, {})[name] = new or None
        self.retold = True
        return True

    def value(self, c: Correction, name: str, at: int | None, member: str | None) -> bool:
        """Whether the correction of a value could be made."""
        record = self.records[c.id]
        told = Context(fiscal_year=self.fiscal_year, column="contact" if name in CONTACTS else None)
        if name in FOUND:
            pairs = list(record.found.get(name, ()))
            if at is None or at >= len(pairs):
                return False
            if c.new is None and member is None:
                self.gone.add((c.id, name, at))
            elif (new := _new_value(name, member, pairs[at][1], c.new, told)) is not None:
                pairs[at] = (pairs[at][0], new)
                found: Mapping[str, tuple[tuple[str, Found[object]], ...]] = {**record.found, name: tuple(pairs)}
                self.records[c.id] = replace(record, found=found)
                self.gone.discard((c.id, name, at))
            else:
                return False
            self.marks.setdefault(c.id, {})[c.field] = c.new
            return True
        if at is not None:
            return False
        fitting = _flat_value(name, c.new, told) if name in FLAT else (c.new,) if isinstance(c.new, str | None) else None
        if fitting is None:
            return False
        self.marks.setdefault(c.id, {})[name] = fitting[0]
        return True
