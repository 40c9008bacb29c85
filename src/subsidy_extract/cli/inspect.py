"""tables, parse, look, fields: commands that show what the program sees."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from subsidy_extract.cli.base import Source, deliver, options_of, pages_option, read_options, waiting
from subsidy_extract.cli.limits import Finite
from subsidy_extract.errors import Exit, ExtractError


@click.command()
@click.argument("source", type=Source())
@click.option("--format", "form", type=click.Choice(("json", "text")), default="text", show_default=True)
@pages_option
@read_options
def tables(source: Path, form: str, **how: Any) -> None:
    """Every table of any document as plain rows, whole again over page breaks; no heading is interpreted. What the reader
    doubted (a page that is a picture, a font without characters …) is said on standard error.

    \b
    subsidy-extract tables report.pdf --format json
    """
    from subsidy_extract.read import read
    from subsidy_extract.read.name import name_of
    from subsidy_extract.report.plain import doubts_text, tables_json, tables_text

    try:
        with waiting(f"{name_of(source)} …"):
            document = read(source, replace(options_of(**how), abreast=False))  # tables as they are printed
        if not document.tables:
            from subsidy_extract.entries.build import unreadable

            raise ExtractError(Exit.NO_TABLE, f"{name_of(source)}: no table found{unreadable(document)}", "Look at a page with `subsidy-extract look`")
    except ExtractError as stop:
        if stop.code == Exit.NO_TABLE and form == "json":
            click.echo('{"tables": []}')  # read, and there is none
        raise
    for line in doubts_text(document):
        click.echo(f"subsidy-extract: {line}", err=True)
    click.echo(tables_json(document) if form == "json" else tables_text(document))


@click.command()
@click.argument("text", required=False)
@click.option("--kind", type=click.Choice(("amount", "rate", "period", "phone", "email", "url")), help="Only this kind.")
@click.option("--fiscal-year", type=click.IntRange(1950, 2100), metavar="Y", help="For dates without a year.")
@click.option("--unit", metavar="千円", help="Unit of the heading, for bare figures.")
@click.option("--area-code", metavar="0985", help="For telephone numbers without one.")
def parse(text: str | None, kind: str | None, fiscal_year: int | None, unit: str | None, area_code: str | None) -> None:
    """What the normalisers read in TEXT; without TEXT, in each line of stdin (one JSON line each).

    \b
    subsidy-extract parse '補助対象経費の3分の2以内（上限額：500万円）'
    """
    from subsidy_extract.read.name import readable
    from subsidy_extract.report.plain import parsed

    column = {"amount": "amount_text", "rate": "rate_text", "period": "period_text", "phone": "contact", "email": "contact", "url": "site"}
    settings = (kind, column.get(kind or ""), fiscal_year, unit, area_code)
    if text is not None:
        click.echo(parsed(readable(text), *settings))
        return
    for line in sys.stdin.buffer:
        click.echo(parsed(line.decode("utf-8", "replace").rstrip("\r\n"), *settings))


@click.command()
@click.argument("source", type=Source())
@click.option("--page", type=click.IntRange(1), required=True, metavar="N", help="Which page, from 1.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Where the picture goes.  [default: <stem>-pN.png]")
@click.option("--scale", type=Finite(0.5, 6), default=2.0, show_default=True, help="Pixels a point.")
@read_options
def look(source: Path, page: int, output: Path | None, scale: float, **how: Any) -> None:
    """A page of a PDF as a picture, with its words, rules, cells, what was left out, and the programme numbers.

    \b
    subsidy-extract look raw/kagoshima-r8-print.pdf --page 2 -o page.png
    """
    from subsidy_extract.pipeline import looked
    from subsidy_extract.read.name import name_of, readable, stem_of
    from subsidy_extract.report.plain import printable

    target = output or Path(f"{stem_of(source)}-p{page}.png")
    with waiting(f"{name_of(source)} …"):
        picture, stop = looked(source, page, scale, options_of(**how))
    deliver(picture, target)
    if stop:
        click.echo(f"subsidy-extract: the picture shows no programmes: {printable(readable(str(stop)))}", err=True)
    click.echo(readable(str(target)))


@click.command()
@click.option("--format", "form", type=click.Choice(("text", "json", "table-schema")), default="text", show_default=True)
@click.option("--source", type=Source(), help="How each heading of this list was understood.")
@click.option("--columns", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE", help="TOML that maps headings to columns by hand.")
def fields(form: str, source: Path | None, columns: Path | None) -> None:
    """The headings it recognises and the fields it publishes.

    \b
    subsidy-extract fields --format table-schema
    subsidy-extract fields --source raw/kagoshima-r8.txt
    """
    from subsidy_extract.report import plain

    if source is None:
        click.echo(plain.fields(form))
        return
    from subsidy_extract.origin import mapping_beside

    if form == "table-schema":
        raise click.UsageError("--source answers as text or json")
    click.echo(plain.headings(source, mapping_beside(source, columns), form))
