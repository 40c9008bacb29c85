"""The words of the page in two languages."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "ja": {
        "report": "検証レポート", "programmes": "事業", "pages": "ページ", "characters": "原文の文字", "in_cells": "表の中", "left_out": "表の外",
        "unaccounted": "行方不明", "errors": "誤り", "warnings": "注意", "infos": "参考", "error": "誤り", "warning": "注意", "info": "参考",
        "ok": "問題なし", "review": "要確認", "ok_says": "全文字が表か除外一覧にあり、誤りは見つからない。", "review_says": "誤りが{n}件ある。公開する前に下の確認事項を見てください。",
        "issues": "確認事項", "no_issues": "確認事項はない。", "list": "一覧の全体像", "offices": "窓口別の事業数", "caps": "上限額の分布（円、対数）",
        "rates": "補助率の分布", "completeness": "項目の充足", "field": "項目", "filled": "記入", "valid": "有効", "table": "事業の一覧",
        "search": "検索（名称・窓口・本文）", "all": "すべて", "with_issues": "確認事項あり", "with_cap": "上限額あり", "number": "番号", "name": "事業名",
        "office": "窓口", "rate": "補助率", "cap": "上限額", "period": "募集期間", "page": "ページ", "record": "記録", "values": "読み取った値",
        "texts": "本文", "places": "場所", "accept": "候補を採用", "write": "別の値", "comment": "コメント", "save": "corrections.jsonl を保存",
        "decided": "件の判断", "undo": "取り消す", "suggestion": "候補", "close": "閉じる", "keys": "キー: n / p 次・前の確認事項　/ 検索　Esc 閉じる",
        "source": "原文", "checks": "検査", "checked": "対象", "failed": "該当", "accounting": "行の行き先", "rows_read": "表の行", "of_programs": "事業の行", "headings": "見出し", "sections": "区分見出し", "titles": "表題", "totals": "合計", "notes": "注記",
        "other_tables": "事業でない表", "empty": "空行", "other": "その他", "joined_over_pages": "ページをまたいでつないだ行", "headings_repeated": "各ページで繰り返された見出し（除去）",
        "since": "前年との比較", "last_year": "前年", "this_year": "今年", "ids_carried": "IDを引き継いだ事業", "outside": "表の外にある文字", "reason": "理由", "text": "文字",
        "pictures_some": "確認事項のあるページだけを画像で示す。", "long_list": "長い一覧のため、本文と値は確認事項のある事業だけを示す。全件は programs.csv・programs.parquet にある。", "todo": "対応", "who": "お名前", "why": "理由", "skip": "本文へ", "doubt": "疑い", "new_value": "新しい値",
        "corrected": "訂正済み", "of": "／", "none": "—", "back": "一覧に戻る", "before": "前", "after": "次", "issue_of": "確認事項 {i}／{n}", "remove": "この値を消す",
        "removed": "値を消す", "all_of_them": "残り{n}件も表示", "zoom": "拡大", "larger": "ページを大きく", "smaller": "ページを小さく", "how": "「{name}.corrections.jsonl」として原資料の隣に置くか、extract --corrections で渡すと、次の実行で反映される。", "add": "値を書き加える", "unsaved": "保存していない判断",
        "earlier": "これまでの訂正{n}件も同じファイルに入る。", "open_link": "リンクを開く", "no_picture": "このページの画像はこのレポートにない。", "line": "{n}行目",
        "no_value_text": "数値または原文の書き方（例: 50万円、2分の1）", "rule": "規則", "top_of": "原文の該当箇所",
    },
    "en": {
        "report": "Validation report", "programmes": "programmes", "pages": "pages", "characters": "characters", "in_cells": "in cells", "left_out": "left out",
        "unaccounted": "unaccounted", "errors": "errors", "warnings": "warnings", "infos": "notes", "error": "error", "warning": "warning", "info": "note",
        "ok": "ok", "review": "look at it", "ok_says": "Every character is in a cell or listed as left out; no error was found.", "review_says": "Errors: {n}. Look at the issues below before you publish.",
        "issues": "Issues", "no_issues": "Nothing to look at.", "list": "The list as a whole", "offices": "Programmes by office", "caps": "Caps (yen, logarithmic)",
        "rates": "Rates", "completeness": "Completeness", "field": "field", "filled": "filled", "valid": "valid", "table": "Programmes",
        "search": "Search names, offices, texts", "all": "all", "with_issues": "with issues", "with_cap": "with a cap", "number": "no.", "name": "Programme",
        "office": "Office", "rate": "Rate", "cap": "Cap", "period": "Application", "page": "Page", "record": "Record", "values": "Values read",
        "texts": "Texts", "places": "places", "accept": "Accept suggestion", "write": "Another value", "comment": "Comment", "save": "Save corrections.jsonl",
        "decided": "decided", "undo": "Undo", "suggestion": "suggestion", "close": "Close", "keys": "Keys: n / p next and previous issue · / search · Esc close",
        "source": "Source", "checks": "Checks", "checked": "checked", "failed": "failed", "accounting": "What became of the rows", "rows_read": "rows of tables", "of_programs": "of programmes", "headings": "headings", "sections": "sections", "titles": "titles", "totals": "totals", "notes": "notes",
        "other_tables": "other tables", "empty": "empty", "other": "other", "joined_over_pages": "rows joined over pages", "headings_repeated": "headings repeated on pages (removed)",
        "since": "Compared with last year", "last_year": "last year", "this_year": "this year", "ids_carried": "ids carried on", "outside": "Characters outside the table", "reason": "reason", "text": "text",
        "pictures_some": "Only pages with issues are shown as pictures.", "long_list": "A long list: texts and values are shown of programmes with issues only; all of them are in programs.csv and programs.parquet.", "todo": "To do", "who": "Your name", "why": "Reason", "skip": "Skip to content", "doubt": "doubt", "new_value": "New value",
        "corrected": "corrected", "of": "of", "none": "—", "back": "Back to the issues", "before": "Previous", "after": "Next", "issue_of": "Issue {i} of {n}", "remove": "No such value",
        "removed": "value taken out", "all_of_them": "Show {n} more", "zoom": "Zoom", "larger": "Larger page", "smaller": "Smaller page", "how": "Put it beside the source as {name}.corrections.jsonl, or give it with extract --corrections: the next run applies it.", "add": "Write a value", "unsaved": "decisions not saved yet",
        "earlier": "The {n} corrections given before go into the same file.", "open_link": "Open link", "no_picture": "This page is not among the pictures of this report.", "line": "line {n}",
        "no_value_text": "a number, or as the list would write it (50万円, 2分の1)", "rule": "rule", "top_of": "In the source",
    },
}  # fmt: skip

LABELS: dict[str, tuple[str, str]] = {
    "section": ("区分見出し", "section"), "category": ("分野", "category"), "municipality": ("市町村", "municipality"), "list_number": ("番号", "list number"),
    "name": ("事業名", "name"), "organization": ("実施機関", "organization"), "eligibility": ("対象者", "eligibility"), "summary": ("事業概要", "summary"),
    "eligible_costs": ("対象経費", "eligible costs"), "rate_text": ("補助率", "rate"), "amount_text": ("補助額", "amount"), "period_text": ("募集期間", "period"),
    "contact": ("問合せ先", "contact"), "site": ("サイト", "site"), "remarks": ("備考", "remarks"), "phones": ("電話", "phone"), "emails": ("メール", "mail"),
    "urls": ("URL", "URL"), "rates": ("補助率", "rate"), "amounts": ("金額", "amount"), "periods": ("期間", "period"), "terms": ("条件", "term"),
    "extra": ("その他", "other"), "office": ("窓口", "office"), "cap_yen": ("上限額", "cap"), "rate": ("補助率（最大）", "greatest rate"),
    "eligibility_items": ("対象者の項目", "eligibility items"), "cost_items": ("経費の項目", "cost items"), "phone": ("電話番号", "phone number"), "extension": ("内線", "extension"),
    "fax": ("FAX", "fax"), "email": ("メールアドレス", "mail address"), "url": ("リンク先", "link"),
}  # fmt: skip


VALUES: dict[str, str] = {
    "cap": "上限", "floor": "下限", "fixed": "定額", "addition": "加算", "stated": "金額", "application": "募集", "eligible_cost": "対象経費", "completion": "完了期限",
    "programme": "事業期間", "other": "期間", "rolling": "随時", "year_round": "通年", "until_budget": "予算終了まで", "yearly": "毎年", "closed": "終了", "tel": "電話", "fax": "FAX",
    "up_to": "以内",
}  # fmt: skip


def value_word(code: str, lang: str) -> str:
    """A code of a value for people: until_budget → 予算終了まで."""
    return VALUES.get(code, code) if lang == "ja" else "≤" if code == "up_to" else code.replace("_", " ")


def label(name: str, lang: str) -> str:
    """A field's name for people."""
    both = LABELS.get(name)
    return name if both is None else both[lang == "en"]
