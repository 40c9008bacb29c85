"""The whole story on one screen: a published list in, a dataset with its issues out."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import regex

from subsidy_extract.check import check
from subsidy_extract.check.coverage import covered
from subsidy_extract.check.facts import Facts
from subsidy_extract.check.rows import count_rows
from subsidy_extract.corrections import Correction, apply, read_corrections
from subsidy_extract.entries import Understood, area_code_in, entries
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import BBox, Dataset, Document, Origin, Previous, Record
from subsidy_extract.normalize import warm
from subsidy_extract.normalize.era import fiscal_year
from subsidy_extract.read import Reading, begin
from subsidy_extract.record import Known, records
from subsidy_extract.settings import Options


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person may add: how to read the file, what the document does not say, headings mapped by hand,
    corrections, further formats of the report (sarif, junit, xlsx), last year's output whose ids are carried on."""

    options: Options = field(default_factory=Options)
    origin: Origin = field(default_factory=Origin)
    mapping: Mapping[str, str] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    formats: tuple[str, ...] = ()
    previous: Path | None = None
    links: Path | None = None
    lang: str = "en"


def extract(path: Path, wanted: Wanted | None = None, reading: Reading | None = None) -> Dataset:
    """One list, from the file to the dataset. reading: the same file, when its reading has begun (`read.begin`).

    Raises ExtractError; trouble in the data is in `Dataset.outcomes`.
    """
    wanted = wanted or Wanted()
    document = (reading or begin(path, wanted.options))()
    understood = entries(document, mapping=wanted.mapping)
    origin = merged(wanted.origin, origin_beside(path))
    year = year_of(document, understood, path, origin)
    told = known(document, understood, year)
    found = records(understood.entries, told)
    before: Previous | None = None
    if wanted.previous:
        found, before = carried(found, document, year, wanted.previous, wanted.links)
    found, applied = apply(found, wanted.corrections, lambda e, ids: records(e, told, ids), year)
    facts = Facts(document, understood, found, year, applied, before)
    return Dataset(
        document, year, issuer_of(document, origin), origin, found,
        left_out=understood.all_left_out(document), coverage=covered(facts), outcomes=check(facts),
        rows=count_rows(document, understood, found), previous=before,
    )  # fmt: skip


def carried(found: tuple[Record, ...], document: Document, year: int | None, previous: Path, links: Path | None) -> tuple[tuple[Record, ...], Previous]:
    """The same records under last year's ids, carried through renames, and what last year's list was like."""
    from subsidy_extract.diff import carry_ids, load, read_links
    from subsidy_extract.diff.load import from_dataset

    this_year = from_dataset(Dataset(document, year, None, Origin(), found, (), (), ()), document.source.name)
    before = load(previous)
    ids = carry_ids(before, this_year, read_links(links) if links else ())
    known_ids = {p.id for p in before.programmes}
    same = tuple(replace(r, id=ids.get(r.id, r.id)) for r in found)
    filled = Counter(name for p in before.programmes for name in (*p.texts, *{f"{v.kind}s" for v in p.values}, *(["office"] if p.office else [])))
    return same, Previous(
        before.label, before.title, before.fiscal_year, len(before.programmes),
        {k: n for k, n in filled.items() if not k.startswith("extra:")}, sum(r.id in known_ids for r in same),
    )  # fmt: skip


def known(document: Document, understood: Understood, year: int | None) -> Known:
    """What the list says to its normalisers: the prose that may explain a sign or an area code, and its columns."""
    prose = [out.text for out in document.left_out if out.reason in ("title", "note", "prose")]
    notes = "\n".join(dict.fromkeys([*prose, *understood.notes, *(line for t in document.tables for line in t.above)]))
    columns: dict[int, frozenset[str]] = {}
    for seen in understood.headings:
        columns[seen.table] = columns.get(seen.table, frozenset()) | set(seen.keys)
    return Known(year, area_code_in(notes), notes, columns)


# ── what a document says of itself, and what stands beside it ────────────────────────────────────
IN_NAME = regex.compile(r"(?<![A-Za-z0-9])[RrＲ](?P<reiwa>\d{1,2})(?!\d)|(?<!\d)(?P<year>20\d\d)(?!\d)")


def year_of(document: Document, understood: Understood, path: Path, origin: Origin) -> int | None:
    """From the title, else the first lines, else the file name, else sources.toml or --fiscal-year."""
    above = [line for t in document.tables[:1] for line in (*t.above, t.title or "")]
    for text in (document.title or "", *understood.titles, *above, path.stem):
        if (year := fiscal_year(text)) is not None:
            return year
    if match := IN_NAME.search(path.stem):
        return int(match["year"]) if match["year"] else 2018 + int(match["reiwa"])
    return origin.fiscal_year


# a line that is nothing but the name of a public body
BODY = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー・]{1,14}(?:都|道|府|県|市|区|町|村|省|庁|商工会議所|商工会|機構|公社|財団|センター)")


def issuer_of(document: Document, origin: Origin) -> str | None:
    """From sources.toml or --issuer, else a line on the first page that is nothing but the name of a public body."""
    if origin.issuer:
        return origin.issuer
    first = (out.text.strip() for out in document.left_out if out.reason in ("title", "note", "prose") and (out.place.page or 1) == 1)
    return next((text for text in first if BODY.fullmatch(text)), None)


def origin_beside(path: Path) -> Origin:
    """The entry of this file in the sources.toml that lies beside it."""
    beside = path.parent / "sources.toml"
    if not beside.is_file():
        return Origin()
    try:
        said = tomllib.loads(beside.read_text(encoding="utf8")).get(path.name, {})
        retrieved = said.get("retrieved")
        year = said.get("fiscal_year")
        return Origin(
            said.get("url"), retrieved if isinstance(retrieved, date) else date.fromisoformat(retrieved) if retrieved else None,
            said.get("issuer"), int(year) if year is not None else None,
        )  # fmt: skip
    except (tomllib.TOMLDecodeError, ValueError, TypeError, UnicodeDecodeError, AttributeError) as err:
        raise ExtractError(Exit.USAGE, f"{beside}: {err}", "Mend the file, or move it away") from err


def merged(first: Origin, second: Origin) -> Origin:
    """What the first says, and what only the second says."""
    return Origin(
        first.url or second.url, first.retrieved or second.retrieved, first.issuer or second.issuer,
        first.fiscal_year if first.fiscal_year is not None else second.fiscal_year,
    )  # fmt: skip


# ── a list and its folder ────────────────────────────────────────────────────────────────────────
def extract_to(path: Path, output: Path, wanted: Wanted | None = None, reading: Reading | None = None) -> tuple[Dataset, Path]:
    """One list into `output/<stem>/`, whole or not at all. Raises ExtractError; the earlier output is then as it was."""
    wanted = wanted or Wanted()
    reading = reading or begin(path, wanted.options)
    from subsidy_extract.frame import program_rows, programs_schema
    from subsidy_extract.report.files import report_files
    from subsidy_extract.write import files_of, write

    programs_schema()  # the libraries that write and normalise load while the child reads
    warm()
    data = extract(path, wanted, reading)
    target = output / path.stem
    rows = list(program_rows(data))
    write(files_of(data, rows, report_files(data, rows, wanted.formats, wanted.lang, path, wanted.options, wanted.corrections)), target)
    return data, target


def corrections_beside(path: Path, given: Path | None = None) -> tuple[Correction, ...]:
    """What a person decided: FILE, else the `<stem>.corrections.jsonl` beside the source."""
    at = given or path.with_suffix(".corrections.jsonl")
    return read_corrections(at) if given or at.is_file() else ()


def mapping_beside(path: Path, columns: Path | None = None) -> dict[str, str]:
    """Headings mapped by hand: the table [columns] of FILE, else of the `<stem>.toml` beside the source (heading = key)."""
    from subsidy_extract.columns import COLUMNS

    at = columns or path.with_suffix(".toml")
    if not at.is_file():
        return {}
    try:
        said = tomllib.loads(at.read_text(encoding="utf8")).get("columns", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise ExtractError(Exit.USAGE, f"{at}: {err}", "Mend the file") from err
    wrong = [str(k) for k in said.values() if k not in COLUMNS and k != "extra"]
    if wrong:
        raise ExtractError(Exit.USAGE, f"{at}: no such column: {', '.join(wrong)}", f"There are {', '.join(COLUMNS)} and extra")
    return {str(k): str(v) for k, v in said.items()}


def looked(path: Path, page: int, scale: float, options: Options) -> bytes:
    """One page of a PDF as PNG: words, rules, cells, what was left out, and the numbers of the programmes that stand on it."""
    from subsidy_extract.read.pdf.look import draw
    from subsidy_extract.read.pdf.sandbox import read_pages, render
    from subsidy_extract.read.pdf.work import page_to_read

    if path.suffix.lower() != ".pdf":
        raise ExtractError(Exit.UNKNOWN_FORMAT, f"{path.name} has no pages to draw", "`look` draws pages of a PDF")
    png, _ = render(path, page, scale, options.password, options.limits)
    seen = next(iter(list(read_pages(path, work=page_to_read, engine=options.engine, password=options.password, first=page, last=page, limits=options.limits))))
    return draw(png, seen, numbers_on(path, page, options))


def numbers_on(path: Path, page: int, options: Options) -> list[tuple[int, BBox]]:
    """The numbers of the programmes on a page, each with the box around its own cells there; none where no list is understood."""
    try:
        found = extract(path, Wanted(replace(options, first=1, last=None))).records
    except ExtractError as stop:
        if stop.code in (Exit.NO_TABLE, Exit.NO_NAME_COLUMN):
            return []
        raise
    numbers = []
    for record in found:
        boxes = [
            piece.place.bbox
            for column in record.entry.columns.values()
            for at in column.cells
            if not at.inherited
            for piece in at.cell.pieces
            if piece.place.page == page and piece.place.bbox
        ]
        if boxes:
            x0, top, x1, bottom = zip(*boxes, strict=True)
            numbers.append((record.entry.number, (min(x0), min(top), max(x1), max(bottom))))
    return numbers
