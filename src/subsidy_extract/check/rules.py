"""The table of rules: what can be wrong, how bad it is, how it is said in two languages, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

ERROR, WARNING, INFO = "error", "warning", "info"


@dataclass(frozen=True, slots=True)
class Rule:
    """says: what the rule checks. message: one occurrence ({value}, {suggestion}, {detail} are filled in). todo: what a
    person does about it. Each in English and in Japanese."""

    code: str
    severity: str
    says: str
    says_ja: str
    message: str
    message_ja: str
    todo: str
    todo_ja: str


_ALL = (
    # whole list
    Rule("characters_lost", ERROR, "every character of the source is in a cell or listed as left out", "原文の全文字が表か除外一覧にある",
         "{detail} characters of page {value} are in no cell and not listed as left out", "{value}ページの{detail}文字がどこにも入っていない",
         "look at the page with `look`; something was not read", "`look` でそのページを見る"),
    Rule("characters_disputed", WARNING, "two engines see the same characters", "二つの読み取りが一致する",
         "page {value}: the cells hold {detail} characters that the second engine does not see", "{value}ページ: 第二の読み取りにない文字が{detail}字ある",
         "compare the page with the text", "ページと本文を見比べる"),
    Rule("picture_page", ERROR, "every page has text", "全ページに文字情報がある",
         "page {value} is a picture: nothing on it was read", "{value}ページは画像で、読み取れない",
         "get a version with text, or run OCR first", "文字情報のある版を使うか、先にOCRにかける"),
    Rule("unknown_font", ERROR, "every font says which characters it draws", "全フォントに文字コード対応がある",
         "page {value}: a font does not say which characters it draws ({detail})", "{value}ページ: 文字コードの分からないフォント（{detail}）",
         "check the values of this page against the picture", "このページの値を画像と照合する"),
    Rule("disputed_page", ERROR, "the engines agree on every page", "読み取りエンジンが全ページで一致する",
         "page {value}: the engines read it differently ({detail})", "{value}ページ: エンジンにより読みが異なる（{detail}）",
         "check the values of this page against the picture", "このページの値を画像と照合する"),
    Rule("pdf_warnings", INFO, "the PDF is well formed", "PDFが正しい形式である",
         "the PDF reader had something to say: {detail}", "PDF読み取り時の警告: {detail}", "nothing, if the rest looks right", "他に問題がなければ不要"),
    Rule("damaged_pdf", WARNING, "the file is whole", "ファイルが壊れていない", "{detail}", "ファイルの一部が壊れている: {detail}", "get the file again", "ファイルを取り直す"),
    Rule("undecodable", ERROR, "every byte of the text is a character", "全バイトが文字として読める", "{detail}", "文字として読めない箇所: {detail}",
         "get the file in another encoding", "別の文字コードの版を使う"),
    Rule("lost_character", WARNING, "no character was lost before the file was published", "公開前に失われた文字がない", "{detail}", "失われた可能性のある文字: {detail}",
         "compare it with another form of the list", "別形式の一覧と見比べる"),
    Rule("hidden", INFO, "nothing in the file is hidden", "隠れた文字がない", "{detail}; it was left out", "隠れた内容を除いた: {detail}",
         "nothing, unless it should be published", "公開すべきものでなければ不要"),
    Rule("no_cached_value", ERROR, "every formula has its value", "全数式に値がある", "{detail}", "値のない数式: {detail}", "open the workbook, save it, and run again", "ブックを開いて保存し直す"),
    Rule("columns_by_spaces", INFO, "columns are told by rules, tabs or cells", "列の区切りが明らかである", "{detail}", "列を空白だけで判断した: {detail}",
         "use the PDF or the sheet where there is one", "PDFや表計算の版があれば使う"),
    Rule("relative_link", INFO, "every link says its site", "リンク先のサイトが分かる", "{detail}", "{detail}", "give the page with its address", "ページの所在を添える"),
    Rule("row_over_page", WARNING, "it is clear which rows a page break cuts", "ページをまたぐ行が明らかである", "{detail}", "ページ境界の行: {detail}",
         "look at the row on both pages", "両ページで行を確認する"),
    Rule("cut_text", WARNING, "every cell shows its whole text", "全セルの文字が途中で切れていない", "the page cuts off the text of a cell: {detail}", "セルの文字がページ上で切れている: {detail}",
         "see what is cut off in `left_out`, or get the file it was printed from", "`left_out` で切れた文字を確認し、元のファイルを求める"),
    Rule("merged_columns", WARNING, "every cell over several columns is a merged one", "複数列にわたるセルが結合セルである",
         "the text of one column was read for the next one too, for no rule parts them: the cell is merged, or a rule missing ({detail})",
         "列の間に罫線がないため隣の列にも同じ値を入れた（結合セルか、罫線の欠落）: {detail}",
         "look at the place: an empty cell needs its value taken out", "該当箇所を確認し、空欄なら値を除く"),
    Rule("columns_apart", ERROR, "all columns of a list stand beside each other", "一覧の全列が並べて読めている", "{detail}", "別ページに印刷された列がつながっていない: {detail}",
         "look at both pages: values of these columns are missing", "両方のページを確認する（その列の値が入っていない）"),
    Rule("headings_joined", ERROR, "every heading names one column", "見出しが一列に一つである",
         "two headings stand side by side over what was read as one column: «{detail}»", "二つの見出しが並ぶ列を一列として読んだ: 「{detail}」",
         "look at the page: the cells of both columns stand in one", "該当ページを確認する（二列の値が一つに入っている）"),
    Rule("slanted_text", WARNING, "no text of the list stands askew", "斜めの文字がない", "{detail}", "斜めの文字を表に入れていない: {detail}",
         "look at the page: a stamp needs nothing, a heading does", "ページを確認する（印影なら不要）"),
    Rule("layer_unsure", WARNING, "no text of a switched-off layer is read", "非表示レイヤーの文字を読んでいない", "{detail}", "非表示レイヤーの文字を区別できない: {detail}",
         "look at the page: text that a viewer does not show may have been read", "ページを確認する（画面に出ない文字を読んだ可能性がある）"),
    Rule("reader_doubt", WARNING, "the reader had no doubt", "読み取りに疑いがない", "{detail}", "{detail}", "look at the place", "該当箇所を確認する"),
    # table
    Rule("heading_changed", WARNING, "the heading stays the same on every page", "見出しが全ページで同じ",
         "the heading of the {value} changes: {detail}", "{value} の見出しが変わる: {detail}",
         "check that the column still means the same", "列の意味が同じか確認する"),
    Rule("unknown_heading", WARNING, "every heading is known", "全見出しが既知である",
         "nobody knows the heading «{detail}»; its column is kept in `extra`", "見出し「{detail}」は未知のため `extra` に入れた",
         "map it with --columns, or add it to columns.py", "--columns で対応づける"),
    Rule("guessed_heading", INFO, "every heading is known by name", "全見出しが名前で分かる",
         "a heading was understood by its words: {detail}", "見出しを語から解釈した: {detail}",
         "map it with --columns if that is wrong", "誤りなら --columns で対応づける"),
    Rule("no_heading", WARNING, "every table has a heading", "全表に見出しがある", "a table without a heading was read under the one before ({detail})",
         "見出しのない表を前の見出しで読んだ（{detail}）", "check that its columns are the same", "列が同じか確認する"),
    Rule("table_left_out", WARNING, "every table lists programmes", "全表が事業の一覧である", "a table that names no programmes was left out: {detail}",
         "事業名のない表を除いた: {detail}", "look whether it holds programmes", "事業が含まれないか確認する"),
    Rule("guessed_section", INFO, "sections are told from programmes", "区分見出しが明らかである", "«{value}» was taken for a section ({detail})", "「{value}」を区分見出しと見た（{detail}）",
         "look at the row", "行を確認する"),
    Rule("ditto_without_source", WARNING, "every ditto mark has a value above it", "「同上」の元の値がある", "a ditto mark under nothing: {detail}", "元のない「同上」: {detail}",
         "look at the row", "行を確認する"),
    Rule("ditto_inside", WARNING, "a ditto mark stands alone", "「同上」が単独である", "a ditto mark inside a text: {detail}", "本文中の「同上」: {detail}", "read it yourself", "本文を確認する"),
    Rule("row_joined", INFO, "every row begins a programme", "全行が一つの事業である", "a row without a name was joined to the programme before: {detail}", "名称のない行を前の事業につないだ: {detail}",
         "look at the row", "行を確認する"),
    Rule("name_over_rows", INFO, "every name has one row", "名称が一行に一つである", "a name over several rows: {detail}", "複数行にわたる名称: {detail}", "look at the rows", "行を確認する"),
    Rule("name_above", INFO, "a card says its name inside", "カードの中に名称がある", "the name was taken from above the card: {detail}", "カードの上の行を名称とした: {detail}", "look at the card", "カードを確認する"),
    Rule("guessed_name", WARNING, "a heading says which column names the programmes", "名称の列が見出しで分かる", "{detail}", "名称の列を推定した: {detail}",
         "map it with --columns if that is wrong", "誤りなら --columns で対応づける"),
    Rule("blank_inherited", INFO, "no cell is blank for the one above", "空欄が上の値を意味しない", "blank cells were filled from above: {detail}", "空欄を上の値で補った: {detail}", "look at the column", "列を確認する"),
    Rule("ragged_row", WARNING, "every row has as many cells as the heading", "全行のセル数が見出しと同じ",
         "a row with another number of cells: {detail}", "セル数の異なる行: {detail}",
         "check that its cells stand under the right headings", "セルが正しい列にあるか確認する"),
    Rule("row_count", ERROR, "the printed total equals the number of programmes", "印刷された件数と一致する",
         "the list says {value}, {detail} were read", "一覧の表示は{value}、読み取りは{detail}件",
         "look for a programme that is missing or cut in two", "欠けた行・分かれた行を探す"),
    Rule("number_gap", WARNING, "the numbers of the list follow each other", "一覧の番号が連続している",
         "number {value} follows {detail}", "番号が{detail}の次に{value}",
         "look for a programme that is missing", "欠けた行を探す"),
    Rule("contents_missing", WARNING, "every programme in the table of contents was read", "目次にある事業が全て読めている",
         "«{value}» stands in the table of contents and was not read", "目次の「{value}」が読み取られていない",
         "look for a programme that is missing", "欠けた事業を探す"),
    Rule("missing_name", ERROR, "every programme has a name", "全事業に名称がある",
         "a row without a name", "名称のない行", "look at the place: is it part of the row above?", "前の行の続きでないか確認する"),
    Rule("duplicate_name", WARNING, "no programme stands twice", "同じ事業が二度ない",
         "«{value}» stands more than once with the same office", "「{value}」が同じ窓口で重複している",
         "check whether both are meant", "両方必要か確認する"),
    # values
    Rule("invalid_email", ERROR, "every mail address can be one", "全メールアドレスが有効な形式である",
         "«{value}» is no mail address", "「{value}」はメールアドレスとして成り立たない",
         "ask the office; the suggestion comes from what stands beside it", "窓口に確認する（候補は同じ行の情報から）"),
    Rule("invalid_phone", ERROR, "every telephone number can be one", "全電話番号が有効な形式である",
         "«{value}» is no telephone number", "「{value}」は電話番号として成り立たない",
         "ask the office", "窓口に確認する"),
    Rule("invalid_url", WARNING, "every URL can be one", "全URLが有効な形式である",
         "«{value}» is no URL", "「{value}」はURLとして成り立たない", "look for the right page", "正しいページを探す"),
    Rule("mobile_number", WARNING, "an office has a line of its own", "窓口の電話が携帯番号でない",
         "{value} is a mobile number", "{value} は携帯電話の番号", "check it with the office before publishing", "公開前に窓口に確認する"),
    Rule("url_host_near_miss", WARNING, "URL and mail of one office agree", "同じ窓口のURLとメールのドメインが一致する",
         "the host {value} is almost the mail domain {detail}", "ホスト {value} はメールのドメイン {detail} とわずかに異なる",
         "open the URL; one of the two is misspelt", "URLを開いて確認する（どちらかが誤記）"),
    Rule("link_differs", WARNING, "a printed address and the link behind it agree", "印刷されたアドレスとリンク先が一致する",
         "«{value}» is printed, the link behind it leads elsewhere", "「{value}」と印刷されているが、リンク先は別のアドレスである",
         "open both; one of the two is wrong", "両方を開いて確認する（どちらかが誤り）"),
    Rule("url_path_outlier", WARNING, "paths on one host are spelt alike", "同じホストのパスの綴りが揃っている",
         "«{value}» stands beside «{detail}» on the same host", "同じホストに「{detail}」もある（ここでは「{value}」）",
         "open the URL; it may be misspelt", "URLを開いて確認する"),
    Rule("missing_url", INFO, "every programme has a URL where most have", "URLが揃っている",
         "no URL, where {detail} have one", "URLがない（他の{detail}にはある）", "look for the page", "ページを探す"),
    Rule("missing_contact", WARNING, "every programme has a phone or a mail where most have", "電話かメールがある",
         "neither phone nor mail, where {detail} have one", "電話もメールもない（他の{detail}にはある）", "look at the row", "行を確認する"),
    Rule("doubtful_value", WARNING, "every value was read without a doubt", "全ての値が疑いなく読めた",
         "«{value}» was read with a doubt: {detail}", "「{value}」の読みに疑いがある: {detail}",
         "compare the value with the text", "値と本文を見比べる"),
    Rule("vague_value", INFO, "every date says its day or month", "期日が日・月まで決まっている",
         "«{value}» is no exact date", "「{value}」は確定した期日ではない", "nothing; ask again later", "不要（後日確認）"),
    Rule("unread_amount", INFO, "every cell of an amount column gives an amount or a term", "金額欄から値が読めた",
         "nothing was read in «{value}»", "「{value}」から値を読めなかった", "read it yourself", "本文を確認する"),
    Rule("formula_like", WARNING, "no cell begins like a spreadsheet formula", "数式のように始まるセルがない",
         "«{value}» begins like a formula", "「{value}」は数式のように始まる",
         "open the CSV with care; the .xlsx of --spreadsheet is safe", "表計算で開くときは注意する"),
    # against last year's output (--previous)
    Rule("count_fell", WARNING, "there are about as many programmes as last year", "事業数が前年から大きく減っていない",
         "{value} programmes, last year {detail}", "事業は{value}件（前年は{detail}件）", "look for pages or rows that are missing", "欠けたページや行を探す"),
    Rule("count_changed", INFO, "there are as many programmes as last year", "事業数が前年と同じである",
         "{value} programmes, last year {detail}", "事業は{value}件（前年は{detail}件）", "nothing; `diff` says which came and went", "不要（増減は `diff` で分かる）"),
    Rule("field_emptied", WARNING, "fields that all programmes of last year fill are filled", "前年に全事業で埋まっていた項目が埋まっている",
         "«{value}» was filled everywhere last year, now {detail}", "前年は全事業にあった「{value}」が、今年は {detail}",
         "look at these programmes", "該当の事業を確認する"),
    # what a person decided
    Rule("corrected", INFO, "what a person decided is applied", "人の訂正が反映されている",
         "{value} was corrected: {detail}", "{value} を訂正した: {detail}", "nothing", "不要"),
    Rule("stale_correction", WARNING, "the text of every correction is as it was", "訂正した箇所の原文が変わっていない",
         "the text under the correction of {value} has changed: it was not applied ({detail})", "{value} の原文が変わったため訂正を適用していない（{detail}）",
         "decide again, or take the line out of the corrections", "改めて判断するか、その行を消す"),
    Rule("unknown_correction", WARNING, "every correction has its programme and field", "全訂正に対象の事業・項目がある",
         "nothing to correct for {value} ({detail})", "{value} の訂正対象がない（{detail}）",
         "check the id and the field, or take the line out", "idと項目を確認するか、その行を消す"),
)  # fmt: skip

RULES: dict[str, Rule] = {rule.code: rule for rule in _ALL}
