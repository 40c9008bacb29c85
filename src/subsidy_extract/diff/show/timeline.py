"""A History goes in; a table for analysts (Parquet), text for a terminal and a picture (SVG) come out."""

from __future__ import annotations

import io
import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width
from xml.sax.saxutils import escape

from ..history import History, Run, Year
from .phrases import inert, word, yen

if TYPE_CHECKING:
    import pyarrow as pa

_ROW, _NAME, _YEAR, _TOP = 26, 430, 128, 86


def rows(history: History) -> list[dict[str, Any]]:
    """One row a programme: id, name, first_year, last_year, years, by_year (a struct a year), came_from, became."""
    return [
        {
            "id": r.id,
            "name": r.name,
            "first_year": r.years[0].fiscal_year,
            "last_year": r.years[-1].fiscal_year,
            "years": [y.fiscal_year for y in r.years],
            "by_year": [
                {"fiscal_year": y.fiscal_year, "number": y.number, "id": y.id, "name": y.name, "cap_yen": y.cap_yen, "rate": y.rate}
                for y in r.years
            ],
            "came_from": list(r.came_from),
            "became": list(r.became),
        }
        for r in history.runs
    ]


def table(history: History) -> pa.Table:
    """The rows as an Arrow table with an explicit schema."""
    import pyarrow as pa

    year = pa.struct(
        [("fiscal_year", pa.int16()), ("number", pa.int32()), ("id", pa.string()), ("name", pa.string()), ("cap_yen", pa.int64()), ("rate", pa.float64())]
    )
    schema = pa.schema(
        [
            ("id", pa.string()), ("name", pa.string()), ("first_year", pa.int16()), ("last_year", pa.int16()), ("years", pa.list_(pa.int16())),
            ("by_year", pa.list_(year)), ("came_from", pa.list_(pa.string())), ("became", pa.list_(pa.string())),
        ]
    )  # fmt: skip
    found = rows(history)
    return pa.table([pa.array([r[n] for r in found], schema.field(n).type) for n in schema.names], schema=schema)


def parquet(history: History) -> bytes:
    """The rows as a Parquet file; the same lists give the same bytes."""
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(table(history), out, compression="zstd")
    return out.getvalue()


def text(history: History, lang: str = "en", width: int | None = None) -> str:
    """A line for each programme that came, went or changed its cap or rate; the others are counted."""
    moved = [r for r in history.runs if _moved(r, history)]
    lines = [" ".join([_cut("", 44), *(f"{y:>14}" for y in history.years)])]
    for r in moved:
        by_year = {y.fiscal_year: y for y in r.years}
        lines.append(" ".join([_cut(inert(r.name), 44), *(_pad(_said(by_year.get(y), lang), 14) for y in history.years)]))
    same = len(history.runs) - len(moved)
    lines.append(f"{word('same', lang)}: {same}")
    return "\n".join(lines) + "\n"


def _moved(run: Run, history: History) -> bool:
    return len(run.years) < len(history.years) or len({(y.cap_yen, y.rate) for y in run.years}) > 1


def _said(year: Year | None, lang: str) -> str:
    """What stands in a year: 500万円 2/3; ○ for a programme without figures, – for none."""
    if year is None:
        return "–"
    told = [yen(year.cap_yen, lang)] if year.cap_yen is not None else []
    if year.rate is not None:
        told.append(str(Fraction(year.rate).limit_denominator(100)))
    return " ".join(told) or "○"


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)


def _cut(text: str, width: int) -> str:
    """Text of exactly `width` columns, full-width letters counting two."""
    if _wide(text) > width:
        while _wide(text) > width - 1:
            text = text[:-1]
        text += "…" if _wide("…") == 1 else ""
    return text + " " * max(0, width - _wide(text))


def _pad(text: str, width: int) -> str:
    return " " * max(0, width - _wide(text)) + text


def svg(history: History, lang: str = "ja") -> str:
    """A picture: a row for each programme, a column for each year; the darker, the greater the cap; ▲▼ where it changed."""
    width = _NAME + _YEAR * len(history.years) + 24
    height = _TOP + _ROW * len(history.runs) + 20
    title = {"ja": "補助制度の推移", "en": "Programmes through the years"}[lang]
    legend = {
        "ja": "色が濃いほど上限額が大きい。▲▼ は前年からの増減。破線は分割・統合。",
        "en": "The darker, the greater the cap. ▲▼: more or less than the year before. Dashed: split or merged.",
    }[lang]
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="Noto Sans CJK JP, Noto Sans JP, Hiragino Sans, Yu Gothic, Meiryo, sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="28" font-size="17" font-weight="600" fill="#1b2430">{escape(title)}</text>',
        f'<text x="16" y="48" fill="#5a6675">{escape(legend)}</text>',
    ]
    for k, year in enumerate(history.years):
        x = _NAME + _YEAR * k + _YEAR / 2
        label = f"令和{year - 2018}年度" if lang == "ja" and year > 2018 else str(year)
        out.append(f'<text x="{x:g}" y="76" text-anchor="middle" font-weight="600" fill="#1b2430">{label}</text>')
    most = max((y.cap_yen or 0 for r in history.runs for y in r.years), default=0)
    for n, run in enumerate(history.runs):
        out += _line(run, n, history, most, lang)
    out.append("</svg>")
    return "\n".join(out) + "\n"


def _line(run: Run, n: int, history: History, most: int, lang: str) -> list[str]:
    top = _TOP + _ROW * n
    ended = run.years[-1].fiscal_year != history.years[-1]
    out = [
        f'<g><title>{escape(_drawable(" → ".join(dict.fromkeys(y.name for y in run.years))))}</title>',
        f'<text x="16" y="{top + 17}" fill="{"#8a94a0" if ended else "#1b2430"}">{escape(_drawable(_cut(run.name, 60).rstrip()))}</text>',
    ]
    before: Year | None = None
    for k, year in enumerate(history.years):
        here = next((y for y in run.years if y.fiscal_year == year), None)
        if here is not None:
            x = _NAME + _YEAR * k
            fill, ink = _shade(here.cap_yen, most)
            joined = bool(run.came_from) and before is None
            dash = ' stroke="#1d4ed8" stroke-width="1.5" stroke-dasharray="4 3"' if joined or (run.became and here is run.years[-1]) else ""
            out.append(f'<rect x="{x + 2}" y="{top + 2}" width="{_YEAR - 4}" height="{_ROW - 4}" rx="4" fill="{fill}"{dash}/>')
            told = _said(here, lang)
            out.append(f'<text x="{x + _YEAR / 2:g}" y="{top + 17}" text-anchor="middle" fill="{ink}">{escape(told + _arrow(before, here))}</text>')
        before = here or before
    out.append("</g>")
    return out


def _arrow(before: Year | None, here: Year) -> str:
    if before is None:
        return ""
    for a, b in ((before.cap_yen, here.cap_yen), (before.rate, here.rate)):
        if a is not None and b is not None and a != b:
            return " ▲" if b > a else " ▼"
    return ""


def _shade(cap: int | None, most: int) -> tuple[str, str]:
    """Fill and ink of a cell: by the logarithm of the cap; grey where there is none."""
    if not cap or most <= 0:
        return "#e8ebef", "#3c4652"
    share = max(0.0, min(1.0, (math.log10(cap) - 4) / max(0.5, math.log10(most) - 4)))
    light, dark = (222, 238, 243), (31, 78, 95)
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(light, dark, strict=True))
    return f"#{red:02x}{green:02x}{blue:02x}", "#ffffff" if share > 0.55 else "#14313c"


def _drawable(text: str) -> str:
    return inert(text)
