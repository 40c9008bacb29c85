"""A rule's name → what it is called where it fails, in English and Japanese: the heading over its issues."""

from __future__ import annotations

FAULTS: dict[str, tuple[str, str]] = {
    "characters_lost": ("characters that are nowhere", "どこにも入っていない文字がある"),
    "characters_disputed": ("characters that only one engine sees", "第二の読み取りにない文字がある"),
    "picture_page": ("a page that is a picture", "画像のページがある"),
    "unknown_font": ("a font that hides its characters", "文字コードの分からないフォントがある"),
    "disputed_page": ("a page that the engines read differently", "エンジンにより読みが異なるページがある"),
    "pdf_warnings": ("the PDF reader had something to say", "PDF読み取り時の警告がある"),
    "damaged_pdf": ("the file is damaged", "ファイルの一部が壊れている"),
    "undecodable": ("bytes that are no characters", "文字として読めない箇所がある"),
    "lost_character": ("a character lost before the file was published", "公開前に失われた文字がある"),
    "hidden": ("something hidden was left out", "隠れた内容を除いた"),
    "no_cached_value": ("a formula without its value", "値のない数式がある"),
    "columns_by_spaces": ("columns told by white space alone", "列を空白だけで判断した"),
    "relative_link": ("a link that does not say its site", "リンク先のサイトが分からない"),
    "row_over_page": ("a row at a page break that may be cut", "ページ境界の行の区切りが不明である"),
    "reader_doubt": ("the reader had a doubt", "読み取りに疑いがある"),
    "heading_changed": ("a heading that changes", "見出しが途中で変わる"),
    "unknown_heading": ("a heading nobody knows", "未知の見出しがある"),
    "guessed_heading": ("a heading that was guessed", "推定した見出しがある"),
    "no_heading": ("a table without a heading", "見出しのない表がある"),
    "table_left_out": ("a table without names was left out", "事業名のない表を除いた"),
    "guessed_section": ("a section that was guessed", "区分見出しを推定した"),
    "ditto_without_source": ("a ditto mark with nothing above it", "元のない「同上」がある"),
    "ditto_inside": ("a ditto mark inside a text", "本文中に「同上」がある"),
    "row_joined": ("a row joined to the programme above", "名称のない行を前の事業につないだ"),
    "name_over_rows": ("a name over several rows", "複数行にわたる名称がある"),
    "name_above": ("a name taken from above a card", "カードの上の行を名称とした"),
    "guessed_name": ("a guessed column of names", "名称の列を推定した"),
    "blank_inherited": ("a blank filled from above", "空欄を上の値で補った"),
    "ragged_row": ("a row with another number of cells", "セル数の異なる行がある"),
    "row_count": ("another number of programmes than printed", "印刷された件数と合わない"),
    "number_gap": ("a gap in the numbers", "番号が飛んでいる"),
    "missing_name": ("a row without a name", "名称のない行がある"),
    "duplicate_name": ("a programme that stands twice", "同じ事業が二度ある"),
    "invalid_email": ("a mail address that can't be one", "メールアドレスとして成り立たない"),
    "invalid_phone": ("a telephone number that can't be one", "電話番号として成り立たない"),
    "invalid_url": ("a URL that can't be one", "URLとして成り立たない"),
    "mobile_number": ("a mobile number for an office", "窓口の電話が携帯番号である"),
    "url_host_near_miss": ("URL and mail of one office almost agree", "URLとメールのドメインがわずかに違う"),
    "url_path_outlier": ("a path spelt unlike its neighbours", "URLのパスの綴りが他と違う"),
    "missing_url": ("no URL, where most have one", "URLがない"),
    "missing_contact": ("neither phone nor mail, where most have one", "電話もメールもない"),
    "doubtful_value": ("a value read with a doubt", "読みに疑いのある値がある"),
    "vague_value": ("a date without its day or month", "期日が確定していない"),
    "unread_amount": ("an amount cell in which nothing was read", "金額欄から値を読めない"),
    "formula_like": ("a cell that begins like a formula", "数式のように始まるセルがある"),
    "corrected": ("corrected by a person", "人が訂正した"),
    "stale_correction": ("a correction whose text has changed", "原文の変わった訂正がある"),
    "unknown_correction": ("a correction without its place", "対象のない訂正がある"),
}


def fault(rule: str, lang: str) -> str:
    """What is wrong, as a heading: 'メールアドレスとして成り立たない'."""
    return FAULTS[rule][lang == "ja"]
