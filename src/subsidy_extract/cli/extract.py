"""extract: the main command, from published lists to folders of data."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from subsidy_extract.cli.base import Source, options_of, pages_option, read_options, say, unforeseen, waiting
from subsidy_extract.errors import Exit, ExtractError

if TYPE_CHECKING:
    from subsidy_extract.read.reading import Reading
    from subsidy_extract.settings import Options

SUFFIXES = (".pdf", ".txt", ".tsv", ".csv", ".xlsx", ".docx", ".html")


@click.command()
@click.argument("sources", nargs=-1, required=True, type=Source(), metavar="SOURCE...")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False, readable=False), default=Path("output"), show_default=True, help="Folder that gets a folder for each list.")
@pages_option
@read_options
@click.option("--fiscal-year", type=click.IntRange(1950, 2100), metavar="Y", help="Fiscal year (2026 for 令和8年度), where the list does not say.")
@click.option("--issuer", metavar="NAME", help="Who published the list, where neither it nor sources.toml says.")
@click.option("--columns", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE", help="TOML that maps headings to columns by hand; <stem>.toml beside the source is found by itself.")
@click.option("--corrections", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE", help="corrections.jsonl as the report saves it; <stem>.corrections.jsonl beside the source is found by itself.")
@click.option("--previous", type=click.Path(path_type=Path, exists=True), metavar="OUTPUT", help="Last year's output: its ids are carried through renames.")
@click.option("--links", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE", help="links.csv, what a person decided of renames: old id, new id, decision.")
@click.option("--format", "formats", type=click.Choice(("sarif", "junit")), multiple=True, help="Write the issues in this form as well (may be given twice).")
@click.option("--spreadsheet", is_flag=True, help="Write programs.xlsx as well: a workbook for people, in which no cell can run.")
@click.option("--lang", type=click.Choice(("ja", "en")), default="en", show_default=True, help="Language of what is printed.")
@click.option("--strict", is_flag=True, help="Exit with 1 when the report has errors (everything is written all the same).")
@click.option("--fail-on", metavar="RULE,...", default="", help="Exit with 1 when one of these rules has an issue.")
def extract(
    sources: tuple[Path, ...], output: Path,
    fiscal_year: int | None, issuer: str | None, columns: Path | None, corrections: Path | None,
    formats: tuple[str, ...], spreadsheet: bool, lang: str, strict: bool, fail_on: str,
    previous: Path | None, links: Path | None, **how: Any,
) -> None:  # fmt: skip
    """Turn each SOURCE (a file, or a folder of lists) into OUTPUT/<stem>/.

    \b
    subsidy-extract extract raw/kagoshima-r8.txt
    subsidy-extract extract lists/ -o data --strict
    """
    (paths, stops), options = _lists(sources), options_of(**how)
    begun = _begun(paths[0], options) if paths else None
    from subsidy_extract.check.rules import RULES
    from subsidy_extract.model import Origin
    from subsidy_extract.origin import corrections_beside, mapping_beside
    from subsidy_extract.pipeline import Wanted, extract_to
    from subsidy_extract.read.name import name_of, readable
    from subsidy_extract.report.terminal import show_list

    fatal = {rule.strip() for rule in fail_on.split(",") if rule.strip()}
    if wrong := fatal - set(RULES):
        raise click.UsageError(f"--fail-on: no such rule: {', '.join(sorted(wrong))}. There are {', '.join(RULES)}")
    codes = []
    for stopped in stops:
        say(stopped)
        codes.append(stopped.code)
    for path in paths:
        try:
            wanted = Wanted(
                options, Origin(issuer=issuer and readable(issuer), fiscal_year=fiscal_year),
                mapping_beside(path, columns), corrections_beside(path, corrections),
                (*formats, *(("xlsx",) if spreadsheet else ())), previous, links, lang,
            )  # fmt: skip
            reading, begun = begun, None
            with waiting(f"{name_of(path)} …"):
                data, target = extract_to(path, output, wanted, reading)
        except ExtractError as error:
            say(error, name_of(path))
            codes.append(error.code)
            continue
        except Exception as error:  # the other lists are still to be read
            stop = unforeseen(error)
            say(stop, name_of(path))
            codes.append(stop.code)
            continue
        try:
            show_list(data, target, lang)
        except ExtractError as error:  # nobody can be told; what is written stands
            say(error)
            codes.append(error.code)
        if any((strict and i.severity == "error") or i.rule in fatal for i in data.issues):
            codes.append(Exit.FOUND)
    sys.exit(max(codes, default=Exit.OK))


def _begun(path: Path, options: Options) -> Reading | None:
    """The first source, begun: a PDF's child is at work while the rest of the program loads. What stops it is said later."""
    from subsidy_extract.read import begin

    try:
        return begin(path, options)
    except ExtractError:
        return None


def _lists(sources: Sequence[Path]) -> tuple[list[Path], list[ExtractError]]:
    """(the files to read: folders give their lists; what is said of folders that give none). Two with one stem would
    overwrite each other: a usage error."""
    paths: list[Path] = []
    stops: list[ExtractError] = []
    for source in sources:
        if os.path.isdir(source):  # False also where it can't be told: reading it says why
            try:
                inside = sorted(p for p in source.iterdir() if p.suffix.lower() in SUFFIXES and os.path.isfile(p) and not p.name.startswith((".", "~$")))
            except OSError as error:
                stops.append(unforeseen(error))
                continue
            if not inside:
                stops.append(ExtractError(Exit.UNREADABLE, f"{source}: no list in this folder", f"It may hold {' '.join(SUFFIXES)}"))
            paths += inside
        else:
            paths.append(source)
    from subsidy_extract.read.name import stem_of

    stems: dict[str, Path] = {}
    for path in paths:
        if (other := stems.setdefault(stem_of(path), path)) is not path:
            raise click.UsageError(f"{other} and {path} would both become {stem_of(path)}/: rename one, or give them different -o")
    return paths, stops
