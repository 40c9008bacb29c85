"""The code of a doubt → what a person is told of it, in English and Japanese."""

from __future__ import annotations

DOUBTS: dict[str, tuple[str, str]] = {
    "amount_not_whole_yen": ("it gives no whole yen", "円未満の端数が出る"),
    "amount_unreadable": ("the figure can be read in more than one way", "数字の読み方が定まらない"),
    "approximate_date": ("the date is only about", "おおよその期日である"),
    "bare_extension": ("an extension without the word for it", "「内線」の語がない内線番号"),
    "broken_address": ("it can be no mail address as it stands", "このままではメールアドレスにならない"),
    "broken_url": ("it can be no URL as it stands", "このままではURLにならない"),
    "completed_area_code": ("the area code comes from elsewhere in the list", "市外局番を一覧の他の箇所から補った"),
    "completed_number": ("completed from the number before", "前の番号から補った"),
    "corrected": ("corrected by a person", "人が訂正した"),
    "doubled_sign": ("a sign stands twice", "記号が重なっている"),
    "end_before_start": ("it ends before it begins", "終わりが始まりより前である"),
    "impossible_date": ("there is no such day", "存在しない日付である"),
    "incomplete_year": ("the year is not whole", "年が途中で切れている"),
    "invalid_number": ("no such telephone number can be", "電話番号として成り立たない"),
    "link": ("from a link behind the words", "リンク先から取った"),
    "missing_year": ("no year is said", "年の記載がない"),
    "no_area_code": ("no area code is said", "市外局番がない"),
    "no_scheme": ("http:// is not written", "http:// が書かれていない"),
    "rate_above_1": ("the rate is above the whole", "補助率が1を超える"),
    "recurring_date": ("it comes again every year or month", "毎年・毎月の期日である"),
    "relative_year": ("the year is said as this or next year", "年が「本年」「翌年」などで書かれている"),
    "rolled_year": ("the year follows from the fiscal year", "年を年度から補った"),
    "space_in_address": ("white space inside the address", "アドレスの途中に空白がある"),
    "space_in_url": ("white space inside the URL", "URLの途中に空白がある"),
    "tel_and_fax": ("one number for telephone and fax", "電話とFAXが同じ番号である"),
    "text_too_hard": ("the text took too long to read", "本文が複雑で読みきれない"),
    "text_too_long": ("the text is too long; the rest was not read", "本文が長く、残りを読んでいない"),
    "unexplained_at_sign": ("a sign stands for @ and nothing says so", "@の代わりの記号の説明がない"),
    "unit_missing": ("no unit (円, 千円, 万円) is said", "単位（円・千円・万円）の記載がない"),
    "unread_date": ("a date stands there that was not read", "読み取れなかった日付がある"),
    "until_quota": ("until the places are taken", "定員・件数に達するまでである"),
    "vague_date": ("it says no day", "日が決まっていない"),
    "weekday_mismatch": ("the day of the week is another", "曜日が日付と合わない"),
    "year_mismatch": ("the two years given are not one", "西暦と和暦が合わない"),
}


def doubt(code: str, lang: str) -> str:
    """The words of a doubt; a code nobody has words for is said as it is."""
    words = DOUBTS.get(code)
    return words[lang == "ja"] if words else code
