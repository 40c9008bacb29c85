"""What a document says of itself (year, issuer), and what stands beside it: sources.toml, corrections, headings mapped by hand."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from pathlib import Path
from unicodedata import normalize

from subsidy_extract.columns import COLUMNS
from subsidy_extract.compiled import compiled
from subsidy_extract.corrections import Correction, read_corrections
from subsidy_extract.entries import Understood
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Document, Origin
from subsidy_extract.normalize.era import fiscal_year
from subsidy_extract.read.name import name_of

IN_NAME = compiled(r"(?<![A-Za-z0-9])[RrＲ](?P<reiwa>\d{1,2})(?!\d)|(?<!\d)(?P<year>20\d\d)(?!\d)")


OF_YEAR = compiled(r"年\s*度|当\s*初")
DATED = compiled(r"年\s*[0-9０-９]{1,2}\s*月(?!.*年\s*度)")
YEAR_ENDS = compiled(r"年\s*[1-3１-３]\s*月")


def year_of(document: Document, understood: Understood, path: Path, origin: Origin) -> int | None:
    """From the title, else the first lines, else a heading (Ｒ８当初), else the file name, else sources.toml or
    --fiscal-year; a day the list speaks of (令和8年4月1日現在) says least, and one of January to March nothing: the list may be of
    the year that ends or of the one that begins."""
    stem = Path(name_of(path)).stem
    above = [line for t in document.tables[:1] for line in (*t.above, t.title or "")]
    said = [document.title or "", *understood.titles, *above]
    heads = [h.heading for h in understood.headings if OF_YEAR.search(h.heading)]
    for text in (*(t for t in said if not DATED.search(t)), *heads, stem):
        if (year := fiscal_year(text)) is not None:
            return year
    if match := IN_NAME.search(stem):
        return int(match["year"]) if match["year"] else 2018 + int(match["reiwa"])
    if origin.fiscal_year is not None:
        return origin.fiscal_year
    days = (document.title or "", *(t for t in said if not YEAR_ENDS.search(t)))
    return next((year for text in days if (year := fiscal_year(text)) is not None), None)


# A public body: a prefecture or a ministry by its name, a municipality or a chamber by its last character.
PREFECTURE = "北海道|東京都|(?:大阪|京都)府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県"
MINISTRY = "内閣府|デジタル庁|復興庁|総務省|法務省|外務省|財務省|文部科学省|厚生労働省|農林水産省|経済産業省|国土交通省|環境省|防衛省|中小企業庁|資源エネルギー庁|特許庁|観光庁|林野庁|水産庁|文化庁|スポーツ庁|こども家庭庁|消費者庁"
TOWN = r"(?!各|全|県内|市内|町内|市町村|市区町|区市町|関係)[\p{Han}ヶケのァ-ヴー]{1,6}?[市区町村]"
CHAMBER = r"[\p{Han}\p{Hiragana}\p{Katakana}ー]{1,10}(?:商工会議所|商工会|産業振興公社|産業支援センター|産業振興機構|産業振興財団)"
YEAR = r"(?:令和\s*[0-9元]{1,2}\s*年度?|20[0-9]{2}\s*年度?版?|R[0-9]{1,2}\s*年度?)?\s*"
# nothing but the name, or with its department: 栃木県産業労働観光部
BODY = compiled(rf"(?P<body>{PREFECTURE}|{MINISTRY}|{CHAMBER}|{TOWN})(?:[\p{{Han}}\p{{Katakana}}ー・\s]{{1,16}}[部局課室係])?")
# a title that begins with one: 令和８年度　宮崎市中小企業者向け支援制度一覧; a town only where its name plainly ends
TITLED = compiled(rf"{YEAR}(?P<body>{PREFECTURE}|{MINISTRY}|{CHAMBER}|{TOWN}(?=\s|[「の]|中小|小規模|補助|助成|支援|企業|商工|産業|農|林|水産|制度|事業者|住宅|創業|独自|単独))")


def issuer_of(document: Document, origin: Origin) -> str | None:
    """From sources.toml or --issuer, else what the first pages say: a title that begins with the name of a public body,
    or a line that is nothing but such a name and its department."""
    if origin.issuer:
        return origin.issuer
    first = [normalize("NFKC", out.text).strip() for out in document.left_out if out.reason in ("title", "note", "prose") and (out.place.page or 1) <= 2]
    if document.title and (match := TITLED.match(normalize("NFKC", document.title).strip())):
        return str(match["body"])
    return next((str(match["body"]) for text in first if (match := BODY.fullmatch(text))), None)


def origin_beside(path: Path) -> Origin:
    """The entry of this file in the sources.toml that lies beside it."""
    beside = path.parent / "sources.toml"
    if not os.path.isfile(beside):
        return Origin()
    try:
        said = tomllib.loads(beside.read_text(encoding="utf8")).get(name_of(path), {})
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


def corrections_beside(path: Path, given: Path | None = None) -> tuple[Correction, ...]:
    """What a person decided: FILE, else the `<stem>.corrections.jsonl` beside the source."""
    at = given or path.with_suffix(".corrections.jsonl")
    return read_corrections(at) if given or os.path.isfile(at) else ()  # a name that is too long is none


def mapping_beside(path: Path, columns: Path | None = None) -> dict[str, str]:
    """Headings mapped by hand: the table [columns] of FILE, else of the `<stem>.toml` beside the source (heading = key)."""
    at = columns or path.with_suffix(".toml")
    if not os.path.isfile(at):
        return {}
    try:
        said = tomllib.loads(at.read_text(encoding="utf8")).get("columns", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise ExtractError(Exit.USAGE, f"{at}: {err}", "Mend the file") from err
    wrong = [str(k) for k in said.values() if k not in COLUMNS and k != "extra"]
    if wrong:
        raise ExtractError(Exit.USAGE, f"{at}: no such column: {', '.join(wrong)}", f"There are {', '.join(COLUMNS)} and extra")
    return {str(k): str(v) for k, v in said.items()}
