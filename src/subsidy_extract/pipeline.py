"""The whole story on one screen: a published list in, a dataset with its issues out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from subsidy_extract.check import check
from subsidy_extract.check.coverage import coverage
from subsidy_extract.check.facts import Facts
from subsidy_extract.check.rows import count_rows
from subsidy_extract.corrections import Correction, apply
from subsidy_extract.entries import Understood, area_code_in, entries
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import BBox, Dataset, Document, Origin, Previous, Record
from subsidy_extract.normalize import warm
from subsidy_extract.origin import issuer_of, merged, origin_beside, year_of
from subsidy_extract.read import begin
from subsidy_extract.read.name import name_of, stem_of
from subsidy_extract.read.reading import Reading
from subsidy_extract.record import Known, records
from subsidy_extract.settings import Options

if TYPE_CHECKING:
    from subsidy_extract.read.pdf.look import Known as PageKnown


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
    origin = merged(wanted.origin, origin_beside(path))
    document = (reading or begin(path, wanted.options))()
    understood = entries(document, mapping=wanted.mapping)
    year = year_of(document, understood, path, origin)
    told = known(document, understood, year)
    found = records(understood.entries, told)
    before: Previous | None = None
    if wanted.previous:
        found, before = carried(found, document, year, wanted.previous, wanted.links)
    found, applied = apply(found, wanted.corrections, lambda e, ids: records(e, told, ids), year)
    left_out = understood.all_left_out(document)
    facts = Facts(document, understood, found, coverage(document.witness, found, left_out), year, applied, before)
    return Dataset(
        document, year, issuer_of(document, origin), origin, found,
        left_out=left_out, coverage=facts.coverage, outcomes=check(facts),
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


# ── a list and its folder ────────────────────────────────────────────────────────────────────────
def extract_to(path: Path, output: Path, wanted: Wanted | None = None, reading: Reading | None = None) -> tuple[Dataset, Path]:
    """One list into `output/<stem>/`, whole or not at all. Raises ExtractError; the earlier output is then as it was."""
    wanted = wanted or Wanted()
    reading = reading or begin(path, wanted.options)
    from subsidy_extract.frame import ProgramRows, programs_schema
    from subsidy_extract.report.files import report_files
    from subsidy_extract.report.html import template
    from subsidy_extract.write import files_of, warm_up, write

    programs_schema()  # the libraries that write and normalise load while the child reads
    warm_up()
    warm()
    template(wanted.lang)
    data = extract(path, wanted, reading)
    target = output / stem_of(path)
    rows = ProgramRows(data)
    report = report_files(data, rows, wanted.formats, wanted.lang, path, wanted.options, wanted.corrections, reading.child)
    write(files_of(data, rows, report), target)
    if reading.child:
        reading.child.end()
    return data, target


def looked(path: Path, page: int, scale: float, options: Options) -> tuple[bytes, ExtractError | None]:
    """One page of a PDF as PNG: words, rules, cells, who owns each line, and the numbers of the programmes that stand on it;
    without these where the list can't be read for another page's sake, and then what stopped it."""
    from subsidy_extract.read.pdf.look import draw
    from subsidy_extract.read.pdf.sandbox import Child, read_pages, render
    from subsidy_extract.read.pdf.turn import read_back
    from subsidy_extract.read.pdf.work import page_to_seen

    if path.suffix.lower() != ".pdf":
        raise ExtractError(Exit.UNKNOWN_FORMAT, f"{name_of(path)} has no pages to draw", "`look` draws pages of a PDF")
    whole = replace(options, first=1, last=None)
    reading = begin(path, whole)  # the list is read beside the page
    child = Child()
    try:
        png, _ = render(path, page, scale, options.password, options.limits, child)
        ((seen, words, rules),) = read_pages(path, work=page_to_seen, engine=options.engine, password=options.password, first=page, last=page, limits=options.limits, child=child)
    finally:
        child.stop()
    try:
        known, stop = known_of(path, page, whole, reading), None
    except ExtractError as error:
        known, stop = None, error
    return draw(png, read_back(seen), words, rules, known), stop


def known_of(path: Path, page: int, options: Options, reading: Reading | None = None) -> PageKnown | None:
    """What the whole list says of a page: whose the cells are that stand there, also the rests of rows of the page before;
    None where no list is understood."""
    from subsidy_extract.read.pdf.look import Known as PageKnown

    try:
        data = extract(path, Wanted(options), reading)
    except ExtractError as stop:
        if stop.code in (Exit.NO_TABLE, Exit.NO_NAME_COLUMN):
            return None
        raise
    numbers: list[tuple[int, BBox]] = []
    owned: list[BBox] = []
    for record in data.records:
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
            owned += boxes
    return PageKnown(tuple(numbers), tuple(owned), tuple(out for out in data.left_out if out.place.page == page))
