"""Names of things in a comparison → words for people, in Japanese and English; values as people write them."""

from __future__ import annotations

import re

from ..load import EXTRA
from ..model import Change, Diff, Fate, Programme, Scalar, YearList

LANGS = ("ja", "en")

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("補助制度一覧の年度比較", "Year over year"),
    "changed": ("変更", "changed"), "renamed": ("名称変更", "renamed"), "possible_rename": ("名称変更の可能性（要確認）", "perhaps renamed"),
    "split": ("分割", "split"), "merged": ("統合", "merged"), "added": ("新規", "new"), "removed": ("掲載なし", "gone"), "same": ("変更なし", "same"),
    "amount": ("金額", "amount"), "rate": ("補助率", "rate"), "date": ("期日", "date"), "year_roll": ("年度の更新", "a year on"),
    "phone": ("電話", "phone"), "email": ("メール", "mail"), "url": ("URL", "URL"), "office": ("窓口", "office"), "text": ("文言", "text"),
    "format_only": ("表記のみ", "looks only"),
    "name": ("事業名", "name"), "eligibility": ("対象者", "eligibility"), "summary": ("事業概要", "summary"), "eligible_costs": ("対象経費", "eligible costs"),
    "contact": ("問合せ先", "contact"), "site": ("サイト", "site"), "remarks": ("備考", "remarks"), "organization": ("実施機関", "organization"),
    "category": ("分野", "category"), "municipality": ("市町村", "municipality"), "section": ("区分見出し", "section"), "rate_text": ("補助率", "rate"),
    "amount_text": ("補助額", "amount"), "period_text": ("募集期間", "period"), "amounts": ("金額", "amounts"), "rates": ("補助率", "rates"),
    "phones": ("電話", "phones"), "emails": ("メール", "mails"), "urls": ("URL", "URLs"),
    "cap": ("上限", "cap"), "floor": ("下限", "floor"), "fixed": ("定額", "fixed"), "addition": ("加算", "addition"), "stated": ("金額", "amount"),
    "none": ("（なし）", "(none)"), "old": ("前年度", "old"), "new": ("今年度", "new"), "programmes": ("事業", "programmes"),
    "money": ("金額・補助率の変更", "Caps and rates"), "deadlines": ("期日の変更", "Dates"), "gone_list": ("掲載がなくなった事業", "Gone"),
    "new_list": ("新しい事業", "New"), "renames": ("名称が変わった事業", "Renamed"), "ask": ("確認してください：名称変更かもしれない事業", "To decide: perhaps renamed"),
    "parts": ("分割・統合された事業", "Split and merged"), "events": ("複数の事業に共通する変更", "One change in several programmes"),
    "contacts": ("連絡先の変更", "Offices and contacts"), "texts": ("文言の変更", "Texts"), "rolls": ("日付が一年進んだだけの変更", "Dates that only moved on a year"),
    "columns": ("列の変更", "Columns"), "columns_added": ("列が増えた", "new column"), "columns_removed": ("列がなくなった", "dropped column"),
    "heading": ("見出しの変更", "heading"), "order": ("列の順序が変わった", "the columns stand in another order"),
    "looks": ("表記だけの違い（幅・空白・記号）", "fields that only look otherwise (widths, spaces, signs)"),
    "nothing": ("変更はありません。", "Nothing changed."), "all": ("すべて", "all"), "search": ("事業名・文言で絞り込む", "filter by name or words"),
    "score": ("一致度", "score"), "evidence": ("根拠", "evidence"), "number": ("番号", "No."), "status": ("区分", "status"), "kind": ("種類", "kind"),
    "field": ("項目", "field"), "delta": ("増減", "difference"), "percent": ("増減率", "%"), "how_decide": (
        "links.csv に「旧ID,新ID,same（または different）」と書くと次回から確定します。",
        "Write `old id,new id,same` (or `different`) into links.csv to settle it for good."),
    "shown": ("件を表示", "shown"), "in_group": ("共通の変更", "see above"), "change_list": ("事業ごとの変更", "Programme by programme"),
}  # fmt: skip


def word(key: str, lang: str) -> str:
    """The word for a key; a key nobody knows (a heading) speaks for itself."""
    pair = _WORDS.get(key)
    return pair[LANGS.index(lang)] if pair else key.removeprefix(EXTRA)


def yen(amount: int, lang: str) -> str:
    """5000000 → 500万円, ¥5,000,000."""
    if lang == "en":
        return f"¥{amount:,}"
    oku, rest = divmod(abs(amount), 100_000_000)
    man, en = divmod(rest, 10_000)
    said = (f"{oku:,}億" if oku else "") + (f"{man:,}万" if man else "") + (f"{en:,}" if en or not (oku or man) else "")
    return ("-" if amount < 0 else "") + said + "円"


def value(change: Change, which: Scalar, lang: str) -> str:
    """One side of a change as a person writes it."""
    if which is None:
        return word("none", lang)
    if change.kind == "rate" and lang == "ja" and change.about.get("bound") == "up_to":
        return f"{which}以内"
    return scalar(change.kind, which, lang)


def scalar(kind: str, which: Scalar, lang: str) -> str:
    """A value of a kind as a person writes it: yen with their 万, dates with their 年月日."""
    if kind == "amount" and isinstance(which, int):
        return yen(which, lang)
    if kind in ("date", "year_roll") and lang == "ja" and (m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", str(which))):
        return f"{int(m[1])}年{int(m[2])}月{int(m[3])}日"
    return str(which)


def difference(change: Change, lang: str) -> str:
    """+100万円（+25%）, +¥1,000,000 (+25%); empty where there is none."""
    if change.kind == "amount" and change.delta is not None and change.delta != 0:
        sign = "+" if change.delta > 0 else ""
        percent = f"{change.percent:+g}%" if change.percent is not None else ""
        return f"{sign}{yen(int(change.delta), lang)}" + (f"（{percent}）" if lang == "ja" and percent else f" ({percent})" if percent else "")
    if change.kind == "rate" and change.delta:
        return "↑" if change.delta > 0 else "↓"
    return ""


def about(change: Change, lang: str) -> str:
    """What a value is for: 上限・輸出・1人あたり."""
    told = change.about
    parts = [word(told["role"], lang)] if "role" in told else []
    if scope := told.get("scope"):
        parts.append(scope if len(scope) <= 30 else scope[:29] + "…")
    if per := told.get("per"):
        parts.append(f"{per}あたり" if lang == "ja" else f"per {per}")
    return "・".join(parts) if lang == "ja" else ", ".join(parts)


def names(programmes: tuple[Programme, ...]) -> str:
    return " ／ ".join(p.name for p in programmes)


def year(side: YearList, lang: str) -> str:
    if side.fiscal_year:
        return f"令和{side.fiscal_year - 2018}年度" if lang == "ja" and side.fiscal_year > 2018 else f"{side.fiscal_year}"
    return side.label


def headline(diff: Diff, lang: str) -> str:
    a, b = year(diff.old, lang), year(diff.new, lang)
    if a == b:
        a, b = diff.old.label, diff.new.label
    unit = word("programmes", lang)
    n, m = len(diff.old.programmes), len(diff.new.programmes)
    return f"{a}（{n}{unit}）→ {b}（{m}{unit}）" if lang == "ja" else f"{a} ({n} {unit}) → {b} ({m} {unit})"


def column_news(diff: Diff, lang: str) -> list[str]:
    """What happened to the columns, told once."""
    told = [f"{word('columns_added', lang)}: {word(f, lang)}" for f in diff.fields_added]
    told += [f"{word('columns_removed', lang)}: {word(f, lang)}" for f in diff.fields_removed]
    told += [f"{word('heading', lang)}: {h.old} → {h.new}" for h in diff.headings]
    return [*told, word("order", lang)] if diff.order_changed else told


def whom(fate: Fate, change: Change) -> Programme:
    """The programme a change is about: of a split or merge the part, else the one of this year."""
    everyone = (*fate.new, *fate.old)
    return next((p for p in everyone if change.part is not None and p.id == change.part), everyone[0])


def money(fate: Fate) -> list[Change]:
    return [c for c in fate.changes if c.kind in ("amount", "rate")]


def of_kind(fate: Fate, *kinds: str) -> list[Change]:
    return [c for c in fate.changes if c.kind in kinds]


VISIBLE = {0x0A: "⏎", 0x09: " "}


def inert(text: str) -> str:
    """Text that moves no cursor, colours no terminal and turns no line around: controls and bidi marks are shown as what they are."""
    return "".join(
        VISIBLE.get(ord(c), c) if c.isprintable() or c == "\u3000" or ord(c) in VISIBLE else f"⟨U+{ord(c):04X}⟩" for c in text
    )
