"""diff and history: commands that compare the lists of several years."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from subsidy_extract.cli.base import Source, deliver, waiting
from subsidy_extract.errors import Exit

if TYPE_CHECKING:
    from subsidy_extract.diff import YearList

FORMATS = ("text", "json", "html", "markdown", "csv", "xlsx")
lang_option = click.option("--lang", type=click.Choice(("ja", "en")), help="Language of what is said.  [default: ja in HTML and files for people, else en]")
links_option = click.option("--links", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE", help="links.csv: old id, new id, decision (same, different, split, merge).")


def _loaded(path: Path) -> YearList:
    """An output folder or a programs.parquet; anything else is a source and is extracted on the fly."""
    from subsidy_extract.diff import load

    if path.is_dir() or path.suffix in (".parquet", ".json") or not path.exists():
        return load(path)
    from subsidy_extract.diff.load import from_dataset
    from subsidy_extract.pipeline import extract
    from subsidy_extract.read.name import name_of

    return from_dataset(extract(path), name_of(path))


@click.command()
@click.argument("old", type=Source())
@click.argument("new", type=Source())
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write it there.")
@links_option
@lang_option
@click.option("--exit-code", is_flag=True, help="Exit with 1 when there are changes.")
def diff(old: Path, new: Path, form: str, output: Path | None, links: Path | None, lang: str | None, exit_code: bool) -> None:
    """What changed between two years: an output folder, a programs.parquet, or a source each.

    \b
    subsidy-extract diff output/list-r7 output/list-r8
    subsidy-extract diff list-r7.pdf list-r8.pdf --format html -o changes.html
    """
    from subsidy_extract.diff import diff as compare
    from subsidy_extract.diff import read_links
    from subsidy_extract.diff.show import FORMATS as SHOW

    with waiting(f"{old.name} → {new.name} …"):
        found = compare(_loaded(old), _loaded(new), read_links(links) if links else ())
    language = lang or ("ja" if form in ("html", "xlsx", "markdown") else "en")
    deliver(SHOW[form](found, lang=language), output)
    if output:
        click.echo(str(output))
    if exit_code and found.changed:
        sys.exit(Exit.FOUND)


@click.command()
@click.argument("outputs", nargs=-1, required=True, type=Source(), metavar="OUTPUT...")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False, readable=False), metavar="FOLDER", help="Write history.parquet and history.svg there.")
@links_option
@lang_option
def history(outputs: tuple[Path, ...], output: Path | None, links: Path | None, lang: str | None) -> None:
    """One row a programme over the years: its id, the years it ran, its cap and rate in each.

    \b
    subsidy-extract history output/list-r6 output/list-r7 output/list-r8 -o history
    """
    from subsidy_extract.diff import read_links
    from subsidy_extract.diff.history import history as follow
    from subsidy_extract.diff.show import timeline

    if len(outputs) < 2:
        raise click.UsageError("a history needs the lists of two years or more")
    found = follow([_loaded(path) for path in outputs], read_links(links) if links else ())
    click.echo(timeline.text(found, lang or "en"))
    if output:
        deliver(timeline.parquet(found), output / "history.parquet")
        deliver(timeline.svg(found, lang or "ja"), output / "history.svg")
        click.echo(f"→ {output}/history.parquet, history.svg")
