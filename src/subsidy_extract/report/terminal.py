"""Dataset → what a person sees in the terminal: what was read, counts, the issues that matter, where the files are."""

from __future__ import annotations

from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from subsidy_extract.model import Dataset
from subsidy_extract.read.name import readable
from subsidy_extract.report.data import status
from subsidy_extract.report.plain import printable, where

COLOURS = {"error": "bold red", "warning": "yellow", "info": "dim"}
AT_MOST = 12  # issues in the terminal; all of them are in the report
WORDS = {
    "en": {"programmes": "programmes", "pages": "pages", "characters": "characters", "lost": "lost", "left": "left out",
           "ok": "ok", "review": "look at it", "more": "more in report.json", "error": "error", "warning": "warning", "info": "info",
           "no_issue": "nothing to look at"},
    "ja": {"programmes": "事業", "pages": "ページ", "characters": "文字", "lost": "不明", "left": "表の外",
           "ok": "問題なし", "review": "要確認", "more": "件はreport.jsonに", "error": "誤り", "warning": "注意", "info": "参考",
           "no_issue": "確認事項なし"},
}  # fmt: skip


def _issues(data: Dataset, lang: str) -> Table:
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False, padding=(0, 1))
    for _ in range(3):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    order = {"error": 0, "warning": 1, "info": 2}
    issues = sorted(data.issues, key=lambda i: (order[i.severity], i.number or 0))
    for issue in issues[:AT_MOST]:
        message = issue.message_ja if lang == "ja" else issue.message
        text = Text(printable(message))
        if issue.suggestion:
            text.append(f"  → {printable(issue.suggestion)}", style="green")
        number = f"#{issue.number}" if issue.number else ""
        table.add_row(Text(WORDS[lang][issue.severity], style=COLOURS[issue.severity]), number, Text(printable(where(issue, lang))), text)
    if len(issues) > AT_MOST:
        table.add_row("", "", "", Text(f"… {len(issues) - AT_MOST} {WORDS[lang]['more']}", style="dim"))
    return table


def show_list(data: Dataset, target: Path, lang: str = "en") -> None:
    """Print what one list became."""
    words, source = WORDS[lang], data.document.source
    console = Console(highlight=False, soft_wrap=False, width=None)
    seen = sum(p.characters for p in data.coverage)
    lost = sum(p.unaccounted for p in data.coverage)
    left = sum(p.left_out for p in data.coverage)
    verdict = status(data)
    head = Text(printable(source.name), style="bold")
    head.append(f"  {printable(data.document.title or '')}", style="dim")
    console.print(head)
    counts = [
        f"{len(data.records)} {words['programmes']}",
        f"{source.pages} {words['pages']}" + (f" ({source.encoding})" if source.encoding else ""),
        f"{seen:,} {words['characters']}, {lost} {words['lost']}, {left:,} {words['left']}",
    ]
    line = Text("  " + " · ".join(counts) + " · ")
    line.append(words[verdict], style="green" if verdict == "ok" else "bold red")
    console.print(line)
    if data.issues:
        console.print(_issues(data, lang))
    console.print(Text(f"  → {printable(readable(str(target)))}/", style="cyan"))
