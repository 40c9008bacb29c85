"""The commands: one click function each, errors turned into exit codes; the only sys.exit."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from subsidy_extract import __version__
from subsidy_extract.errors import Exit, ExtractError

if TYPE_CHECKING:
    from subsidy_extract.settings import Options

ENGINES = ("auto", "oxide", "pdfium", "pdfplumber")
SUFFIXES = (".pdf", ".txt", ".tsv", ".csv", ".xlsx", ".docx", ".html")


class Pages(click.ParamType[tuple[int, int | None]]):
    """3-7, 3- or 5: pages from 1, both ends included."""

    name = "pages"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int | None]:
        if isinstance(value, tuple):
            return value
        first, dash, last = str(value).partition("-")
        try:
            start = int(first)
            end = (int(last) if last else None) if dash else start
        except ValueError:
            self.fail(f"{value!r} is no range of pages: write 3-7, 3- or 5", param, ctx)
        if start < 1 or (end is not None and end < start):
            self.fail(f"{value!r}: pages count from 1, the first before the last", param, ctx)
        return start, end


PAGES = Pages()

engine_option = click.option("--engine", type=click.Choice(ENGINES), default="auto", show_default=True, help="PDF engine; auto reads with the fastest and holds it against another.")
password_option = click.option("--password", metavar="TEXT", help="Password of an encrypted PDF.")
pages_option = click.option("--pages", type=PAGES, metavar="3-7", help="Only these pages of a PDF.")


def _options(engine: str, password: str | None, pages: tuple[int, int | None] | None) -> Options:
    from subsidy_extract.settings import Options

    first, last = pages or (1, None)
    return Options(engine=engine, password=password, first=first, last=last)


def _say(error: ExtractError, about: str | None = None) -> None:
    prefix = f"{about}: " if about and about not in str(error) else ""
    click.echo(f"subsidy-extract: {prefix}{error}", err=True)


class Group(click.Group):
    """Commands in the order they are written, and every stop as one line and its exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ExtractError as error:
            _say(error)
            ctx.exit(error.code)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="subsidy-extract")
def main() -> None:
    """From the published list of subsidies (補助金・助成金一覧) to a dataset that can be trusted.

    \b
    subsidy-extract extract raw/kagoshima-r8.pdf
    """


# ── extract ──────────────────────────────────────────────────────────────────────────────────────
@main.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SOURCE...")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=Path("output"), show_default=True, help="Folder that gets a folder for each list.")
@pages_option
@engine_option
@password_option
@click.option("--fiscal-year", type=click.IntRange(1950, 2100), metavar="Y", help="Fiscal year (2026 for 令和8年度), where the list does not say.")
@click.option("--issuer", metavar="NAME", help="Who published the list, where neither it nor sources.toml says.")
@click.option("--columns", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE", help="TOML that maps headings to columns by hand; <stem>.toml beside the source is found by itself.")
@click.option("--corrections", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE", help="corrections.jsonl as the report saves it; <stem>.corrections.jsonl beside the source is found by itself.")
@click.option("--format", "formats", type=click.Choice(("sarif", "junit")), multiple=True, help="Write the issues in this form as well (may be given twice).")
@click.option("--spreadsheet", is_flag=True, help="Write programs.xlsx as well: a workbook for people, in which no cell can run.")
@click.option("--lang", type=click.Choice(("ja", "en")), default="en", show_default=True, help="Language of what is printed.")
@click.option("--strict", is_flag=True, help="Exit with 1 when the report has errors (everything is written all the same).")
@click.option("--fail-on", metavar="RULE,...", default="", help="Exit with 1 when one of these rules has an issue.")
def extract(
    sources: tuple[Path, ...], output: Path, pages: tuple[int, int | None] | None, engine: str, password: str | None,
    fiscal_year: int | None, issuer: str | None, columns: Path | None, corrections: Path | None,
    formats: tuple[str, ...], spreadsheet: bool, lang: str, strict: bool, fail_on: str,
) -> None:  # fmt: skip
    """Turn each SOURCE (a file, or a folder of lists) into OUTPUT/<stem>/.

    \b
    subsidy-extract extract raw/kagoshima-r8.txt
    subsidy-extract extract lists/ -o data --strict
    """
    from subsidy_extract.check.rules import RULES
    from subsidy_extract.model import Origin
    from subsidy_extract.pipeline import Wanted, corrections_beside, extract_to, mapping_beside
    from subsidy_extract.report.terminal import show_list

    fatal = {rule.strip() for rule in fail_on.split(",") if rule.strip()}
    if wrong := fatal - set(RULES):
        raise click.UsageError(f"--fail-on: no such rule: {', '.join(sorted(wrong))}. There are {', '.join(RULES)}")
    paths = _lists(sources)
    codes = []
    for path in paths:
        try:
            wanted = Wanted(
                _options(engine, password, pages), Origin(issuer=issuer, fiscal_year=fiscal_year),
                mapping_beside(path, columns), corrections_beside(path, corrections),
                (*formats, *(("xlsx",) if spreadsheet else ())),
            )  # fmt: skip
            data, target = extract_to(path, output, wanted)
        except ExtractError as error:
            _say(error, path.name)
            codes.append(error.code)
            continue
        show_list(data, target, lang)
        if any((strict and i.severity == "error") or i.rule in fatal for i in data.issues):
            codes.append(Exit.FOUND)
    sys.exit(max(codes, default=Exit.OK))


def _lists(sources: Sequence[Path]) -> list[Path]:
    """The files to read: folders give their lists. Two with one stem would overwrite each other: a usage error."""
    paths: list[Path] = []
    for source in sources:
        if source.is_dir():
            inside = sorted(p for p in source.iterdir() if p.suffix.lower() in SUFFIXES and p.is_file() and not p.name.startswith((".", "~$")))
            if not inside:
                raise ExtractError(Exit.UNREADABLE, f"{source}: no list in this folder", f"It may hold {' '.join(SUFFIXES)}")
            paths += inside
        else:
            paths.append(source)
    stems: dict[str, Path] = {}
    for path in paths:
        if (other := stems.setdefault(path.stem, path)) is not path:
            raise click.UsageError(f"{other} and {path} would both become {path.stem}/: rename one, or give them different -o")
    return paths


# ── tables ───────────────────────────────────────────────────────────────────────────────────────
@main.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(("json", "text")), default="text", show_default=True)
@pages_option
@engine_option
@password_option
def tables(source: Path, form: str, pages: tuple[int, int | None] | None, engine: str, password: str | None) -> None:
    """Every table of any document as plain rows, whole again over page breaks; no heading is interpreted.

    \b
    subsidy-extract tables report.pdf --format json
    """
    from subsidy_extract.read import read
    from subsidy_extract.report.plain import tables_json, tables_text

    document = read(source, _options(engine, password, pages))
    click.echo(tables_json(document) if form == "json" else tables_text(document))


# ── parse ────────────────────────────────────────────────────────────────────────────────────────
@main.command()
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
    from subsidy_extract.report.plain import parsed

    column = {"amount": "amount_text", "rate": "rate_text", "period": "period_text", "phone": "contact", "email": "contact", "url": "site"}
    settings = (kind, column.get(kind or ""), fiscal_year, unit, area_code)
    if text is not None:
        click.echo(parsed(text, *settings))
        return
    for line in sys.stdin.buffer:
        click.echo(parsed(line.decode("utf-8", "replace").rstrip("\r\n"), *settings))


# ── fields ───────────────────────────────────────────────────────────────────────────────────────
@main.command()
@click.option("--format", "form", type=click.Choice(("text", "json", "table-schema")), default="text", show_default=True)
@click.option("--source", type=click.Path(path_type=Path), help="How each heading of this list was understood.")
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
    from subsidy_extract.pipeline import mapping_beside

    if form == "table-schema":
        raise click.UsageError("--source answers as text or json")
    click.echo(plain.headings(source, mapping_beside(source, columns), form))


def run() -> None:
    """Entry point: a closed pipe (| head) is nobody's error, an interrupt says so."""
    try:
        main()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(Exit.OK)


if __name__ == "__main__":
    run()
