"""Dataset, rows and page pictures → the HTML of the report; cell text can become neither markup nor script nor link."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import groupby
from typing import Any

import orjson
from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from subsidy_extract import __version__
from subsidy_extract.check.faults import fault
from subsidy_extract.check.rules import RULES
from subsidy_extract.corrections import Correction
from subsidy_extract.frame import Row
from subsidy_extract.model import Dataset
from subsidy_extract.report.data import field_counts, previous_row, status
from subsidy_extract.report.html import plots
from subsidy_extract.report.html.ink import Ink
from subsidy_extract.report.html.kept import Kept
from subsidy_extract.report.html.plainly import for_script, visible
from subsidy_extract.report.html.shown import LONG, ORDER, Spots, issues, pages_told, programmes, said, window
from subsidy_extract.report.html.words import WORDS, label

FOLDED = 40  # issues of one rule: more of them are shown when they are asked for
# filled by this program, not by the list: their completeness says nothing
OURS = {"id", "number", "fiscal_year", "issuer", "source", "source_sha256", "source_url", "retrieved", "page_first", "page_last", "issues", "summary_heading", "terms"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is shown. uri: data URI of the picture; width, height: points of the page as displayed.

    glyphs: texts of the glyphs on it; boxes: x0, top, x1, bottom of each, one after the other.
    """

    page: int
    uri: str
    width: float
    height: float
    glyphs: tuple[str, ...] = ()
    boxes: tuple[float, ...] = ()


def _said(value: object) -> object:
    """Whatever the template prints, what can't be seen in it is shown; only this module makes Markup."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else visible(value)


@cache
def _static(name: str) -> str:
    return (files("subsidy_extract.report.html") / name).read_text(encoding="utf8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


HOLE = Markup("\0embedded\0")
"""Where the template leaves room for what is embedded (no text has a NUL: it is shown as ⟨U+0000⟩)."""


def embedded(value: dict[str, Any], programmes: Iterable[dict[str, Any]]) -> bytes:
    """JSON that may stand in a script element: nothing in it can close the element or open another. programmes: its first
    member, made one by one (all of 21,000 would take 20 MB)."""

    def dumps(part: object) -> bytes:
        return orjson.dumps(part, default=str, option=orjson.OPT_NON_STR_KEYS)

    text = bytearray(b'{"programmes":[')  # grown: each answer of orjson holds 4 kB, however short it is
    for k, programme in enumerate(programmes):
        text += b"," if k else b""
        text += dumps(programme)
    text += b"]," + dumps(value)[1:]
    for sign in "&<>\u2028\u2029":
        text = text.replace(sign.encode(), b"\\u%04x" % ord(sign))
    return bytes(text)


def _printed(value: object) -> str:
    """A value as the template prints it."""
    return str(escape(_said(value)))


# a thousand programmes are ten thousand things to print: as loops of the template they take six times as long
def _circles(dots: Sequence[plots.Dot]) -> Markup:
    return Markup("".join([f'<circle class="dot" data-n="{d.number}" cx="{d.x:.1f}" cy="{d.y:.1f}" r="4"><title>#{d.number} {_printed(d.label)}</title></circle>' for d in dots]))


def _lines_of_table(lang: str, rows: Sequence[Row], flagged: Collection[int]) -> Markup:
    """The table of all programmes: a line each."""
    lines = []
    for row in rows:
        n, rate, cap, first, last = row["number"], row["rate"], row["cap_yen"], row["page_first"], row["page_last"]
        mark = ' class="flagged"' if n in flagged else ""
        period = next((window(p, lang) for p in row["periods"] if p["role"] == "application"), "")
        lines.append(
            f'    <tr data-n="{n}"{mark}><td class="num">{n}</td><th scope="row">{_printed(row["name"])}</th><td>{_printed(row["office"])}</td>'
            f'<td class="num">{"" if rate is None else _printed(plots.fraction(rate))}</td><td class="num">{"" if cap is None else _printed(plots.yen(cap))}</td><td>{_printed(period)}</td>'
            f'<td class="num">{first or ""}{f"–{last}" if last and last != first else ""}</td></tr>\n'
        )
    return Markup("".join(lines))


@cache
def template(lang: str) -> Template:
    """The page to be filled in, compiled."""
    environment = Environment(loader=FunctionLoader(_static), bytecode_cache=Kept(), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_said)
    filters: dict[str, Callable[..., str]] = {
        "label": lambda name: label(name, lang), "yen": plots.yen, "rate": plots.fraction, "circles": _circles, "lines_of_table": partial(_lines_of_table, lang)
    }  # fmt: skip
    environment.filters |= filters
    return environment.get_template("template.html.j2")


def _correction(line: Correction) -> dict[str, Any]:
    return {k: v for k, v in asdict(line).items() if k != "line"}


def _best(row: Row, lang: str) -> str:
    """The highest rate as it is said; "" where there is none."""
    return said("rates", max(row["rates"], key=lambda r: r["value"]), lang) if row["rate"] is not None and row["rates"] else ""


def html(
    data: Dataset, rows: Collection[Row], lang: str = "ja", pictures: Mapping[int, Picture] | None = None, lines: Sequence[str] | None = None,
    corrections: Sequence[Correction] = (),
) -> Iterator[bytes]:  # fmt: skip
    """The page, piece by piece (of 21,000 programmes it is 13 MB). pictures: by page (PDF); lines: the source's own lines (text); corrections: those that were given
    to this run: what the page saves holds them too, so that nothing decided before is lost."""
    words, pictures = WORDS[lang], pictures or {}
    css, script = _static("style.css"), _static("script.js")
    spots = Spots(data, pages_told(data, pictures) if len(rows) > LONG else None)
    shown = issues(data, spots, lang)
    groups = [(RULES[rule], fault(rule, lang), list(group)) for rule, group in groupby(shown, key=lambda i: i["rule"])]
    counts = field_counts(rows)
    drawn = [(row["number"], row["cap_yen"], row["rate"], _best(row, lang), row["office"]) for row in rows]
    caps, cap_ticks = plots.caps([(cap, number) for number, cap, *_ in drawn if cap])
    rates, rate_ticks = plots.rates([(rate, best, number) for number, _, rate, best, _ in drawn if best])
    severity = {s: sum(i["severity"] == s for i in shown) for s in ORDER}
    page = template(lang).generate(
        w=words, lang=lang, long=LONG, data=data, version=__version__, status=status(data), groups=groups, issues=shown, rows=rows, severity=severity,
        verdict=words["ok_says" if status(data) == "ok" else "review_says"].format(n=severity["error"]),
        coverage={k: sum(getattr(p, k) for p in data.coverage) for k in ("characters", "in_cells", "left_out", "unaccounted")},
        bars=plots.bars([office for *_, office in drawn]), caps=caps, cap_ticks=cap_ticks, rates=rates, rate_ticks=rate_ticks,
        counts={k: c for k, c in counts.items() if c["filled"] and k not in OURS}, pictures=pictures, spots=spots.by_page, lines=lines,
        previous=previous_row(data, counts), rules=RULES, folded=FOLDED, flagged={i["n"] for i in shown if i["severity"] != "info"},
        embedded=HOLE,
        css=Markup(css), script=Markup(script), css_hash=_digest(css), script_hash=_digest(script),
    )  # fmt: skip
    more = {
        "issues": shown, "words": words, "unseen": for_script(),
        "pages": {p: [picture.width, picture.height] for p, picture in pictures.items()}, "corrections": [_correction(c) for c in corrections],
    }  # fmt: skip
    for piece in page:
        if piece == HOLE:  # put in as it is: the template would copy it four times
            yield embedded(more, programmes(data, rows, spots, Ink({p: (x.glyphs, x.boxes) for p, x in pictures.items()}), lang))
        else:
            yield piece.encode("utf8", "replace")
