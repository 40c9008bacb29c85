"""Texts of a few programmes go in, a YearList as the extractor would write it comes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from subsidy_extract.diff import YearList, from_rows
from subsidy_extract.diff.model import Head

from .towns import read


def row(year: int, number: int, **texts: Any) -> dict[str, Any]:
    """A row of programs.json: text columns by name; `id`, `extra` (heading → text), `office` and `amounts` override what is read."""
    extra = [{"heading": h, "text": t} for h, t in texts.pop("extra", {}).items()]
    own = {k: texts.pop(k) for k in ("id", "office", "amounts", "issuer") if k in texts}
    words = {k: v for k, v in texts.items() if v}
    found = read(words)
    return {**found, **words, "number": number, "fiscal_year": year, "id": f"{year}-{number}", "extra": extra, **own}


def year(year: int, *programmes: dict[str, Any], heads: Sequence[tuple[str, str]] = ()) -> YearList:
    rows = [row(year, n, **p) for n, p in enumerate(programmes, 1)]
    return from_rows(rows, label=f"list-{year}", fiscal_year=year, heads=[Head(k, h) for k, h in heads])


def programme(name: str, summary: str = "", contact: str = "", **more: Any) -> dict[str, Any]:
    return {"name": name, "summary": summary, "contact": contact, **more}


HARBOUR = [
    programme(f"潮見港{stem}補助金", f"潮見港を利用し、{does}事業者に対して支援します。", "潮見市みなと協会 TEL：0996-11-2222 E-mail：port@shiomi-port.example.jp",
              eligibility="潮見港利用事業者", site="HP： https://www.shiomi-port.example.jp/index/37/")
    for stem, does in (
        ("木材輸出促進", "木材（コンテナ貨物・バラ貨物）を輸出する"), ("製材輸出促進", "製材（コンテナ貨物・バラ貨物）を輸出する"),
        ("農産品輸出トライアル", "農畜産品を新たな国へ輸出する"), ("小口混載サービス", "小口混載の荷を運ぶ"),
        ("内航モーダルシフト", "内国貨物を移出入した"), ("貿易", "外貿定期コンテナ船で輸出入を行う"), ("海外展開", "市内産品の海外展開を図る"),
    )
]  # fmt: skip
"""Seven programmes of one harbour: one office, one page, one target."""
