"""THE table: the headings of real lists → column key (COLUMNS), and what is published from which columns (FIELDS)."""

from __future__ import annotations

from dataclasses import dataclass

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": (
        "補助・助成事業名", "補助事業名", "助成事業名", "支援事業名", "事業名", "事業名称", "事業の名称", "事業メニュー", "事業メニュー名", "対象事業名",
        "補助金名", "補助金名称", "補助金等名", "補助金等の名称", "補助金・助成金名", "補助金・助成金の名称", "補助・助成金名", "補助事業の名称", "補助制度名", "補助制度",
        "助成金名", "助成金名称", "助成金等名称", "助成制度名", "助成制度", "奨励金名", "給付金名", "交付金名", "支援金名", "補助金", "助成金", "助成金等",
        "補助金等", "制度名", "制度名称", "制度の名称", "支援制度名", "支援制度", "制度", "優遇制度", "支援策", "支援策名", "支援策の名称", "支援施策",
        "支援施策名", "施策名", "施策名称", "施策", "支援メニュー", "支援メニュー名", "メニュー", "メニュー名", "支援名", "支援内容名", "プログラム名",
        "補助メニュー", "補助メニュー名", "融資名", "融資制度名", "資金名", "資金名称", "資金の種類", "名称", "公募名", "件名", "タイトル", "表彰名",
        "利用できる制度", "補助・支援制度名", "補助・融資制度名", "助成・補助事業名", "補助金・支援制度名", "税制名", "措置名", "取組名", "支援事業",
        "補助事業", "助成事業", "制度・事業名", "事業・制度名", "事業（制度）名", "補助金・事業名", "事業・補助金名", "項目名", "subsidy", "name", "title",
    ),
    "eligibility": (
        "補助・助成対象者", "補助対象者", "助成対象者", "支援対象者", "対象者", "対象", "対象となる方", "対象となる人", "対象となる事業者", "対象になる方",
        "対象事業者", "補助対象事業者", "助成対象事業者", "支援対象", "補助対象", "助成対象", "申請者", "申請できる方", "申請対象者", "申請資格", "応募資格",
        "応募対象者", "対象企業", "対象団体", "対象世帯", "対象要件", "対象者要件", "対象者の要件", "補助要件", "助成要件", "支給要件", "支給対象", "支給対象者",
        "交付対象者", "交付対象", "交付要件", "給付対象者", "給付対象", "要件", "主な要件", "主な対象者", "利用要件", "申請要件", "対象条件", "条件", "利用条件",
        "融資対象者", "融資対象", "貸付対象者", "貸付対象", "利用対象者", "利用できる方", "利用できる人", "補助事業者", "補助対象者・要件", "対象者・要件",
        "交付の対象", "受給資格", "受給対象者", "認定要件", "採択要件", "どんな人が", "こんな方に", "対象法人", "対象者・条件", "だれが", "誰が", "資格", "対象地域", "対象業種",
    ),
    "summary": (
        "事業概要", "事業内容", "事業の概要", "事業の内容", "概要", "内容", "支援内容", "支援の内容", "支援概要", "補助内容", "補助の内容", "補助概要", "助成内容",
        "助成の内容", "制度概要", "制度の概要", "制度内容", "制度の内容", "主な内容", "主な支援内容", "施策概要", "施策内容", "取組内容", "補助事業の概要",
        "補助事業の内容", "補助事業内容", "助成概要", "対象事業", "補助対象事業", "助成対象事業", "対象事業内容", "対象となる事業", "対象となる取組",
        "対象取組", "事業趣旨", "趣旨", "事業目的", "目的・内容", "事業の目的", "目的・概要", "説明", "制度説明", "ポイント", "特徴", "給付内容", "交付内容",
        "優遇内容", "支給内容", "融資内容", "対象となる活動", "対象活動", "補助対象活動", "対象内容", "補助対象事業の内容", "補助対象内容", "メリット", "事業説明",
        "サポート内容", "サービス内容", "どんな制度", "どんな支援", "こんなときに", "description", "summary", "主な概要", "措置内容", "支援策の概要", "支援策の内容",
    ),
    "eligible_costs": (
        "対象経費", "補助対象経費", "助成対象経費", "支援対象経費", "主な対象経費", "対象となる経費", "補助対象となる経費", "助成の対象となる経費", "経費", "経費区分",
        "対象費用", "補助対象費用", "補助対象費", "対象費目", "補助経費", "助成経費", "交付対象経費", "対象経費等", "対象設備", "補助対象設備", "対象品目", "資金使途", "資金の使途",
    ),
    "rate_text": (
        "補助率", "補助割合", "補助の率", "助成率", "助成割合", "支援率", "補助・助成率", "負担割合", "補助負担率", "給付率", "交付率", "国補助率", "県補助率", "市補助率",
        "支給率", "補給率", "利子補給率", "補助金の率", "補助比率", "補助金の割合", "rate",
    ),
    "amount_text": (
        "補助上限額", "補助上限", "上限額", "上限", "限度額", "補助限度額", "助成限度額", "助成上限額", "支援上限額", "支給上限額", "交付上限額", "交付限度額",
        "補助額", "補助金額", "補助金の額", "補助金上限額", "補助金限度額", "補助金の上限", "助成額", "助成金額", "助成金の額", "支援額", "支援金額", "支給額", "支給金額",
        "給付額", "給付金額", "交付額", "交付金額", "奨励額", "奨励金額", "金額", "融資限度額", "貸付限度額", "融資額", "貸付額", "融資上限額", "貸付金額", "限度",
        "補助単価", "助成単価", "単価", "補助基準額", "基準額", "補助下限額", "下限額", "補助・助成額", "補助・助成限度額", "補助・助成上限額", "最大補助額", "最高限度額",
        "上限金額", "限度金額", "上限・下限", "上限・下限額", "補助上限・下限額", "補助上下限額", "いくら", "いくらもらえる", "amount", "1件当たり上限額", "支給限度額",
        "給付上限額", "補助限度", "助成限度", "助成上限", "奨励金の額", "支援金の額", "交付金の額", "給付金の額", "補給額", "補助限度額・単価",
    ),
    "period_text": (
        "募集期間", "募集時期", "募集期限", "募集締切", "募集状況", "募集日程", "募集スケジュール", "募集予定", "募集", "公募期間", "公募時期", "公募予定", "公募予定時期", "公募締切",
        "公募開始", "受付期間", "受付時期", "受付期限", "受付締切", "受付状況", "受付", "受付開始", "受付終了", "申請期間", "申請期限", "申請受付期間", "申請受付", "申請時期", "申請締切", "申請受付期限",
        "申請書受付期間", "申込期間", "申込期限", "申込受付期間", "申込締切", "申込時期", "応募期間", "応募期限", "応募締切", "期間", "期限", "締切", "締切日", "提出期限",
        "提出期間", "実施時期", "実施期間", "事業期間", "事業実施期間", "補助期間", "補助対象期間", "助成期間", "対象期間", "支援期間", "時期", "スケジュール", "日程", "交付申請期間", "交付申請期限",
        "要望時期", "要望調査時期", "いつまで", "受付期間・期限", "募集（受付）期間", "公募（予定）時期", "period", "deadline", "完了期限", "実績報告期限", "登録期間",
    ),
    "contact": (
        "問合せ・申込先", "問合せ先", "問合せ", "申込・問合せ先", "申込先", "申請先", "申請窓口", "申請・問合せ先", "相談窓口", "相談先", "窓口", "担当窓口", "受付窓口", "担当",
        "担当課", "担当課名", "担当課室", "担当課・係", "担当課係", "担当係", "担当部署", "担当部署名", "担当部課", "担当部局", "担当者", "担当室", "担当機関", "担当所属", "所属", "所管課", "所管課名", "所管課室",
        "所管部署", "所管部課", "主管課", "事業担当課", "事業所管課", "課名", "課室名", "課・係名", "係名", "部署", "部署名", "部課名", "部課室名", "部局課名", "連絡先", "連絡先電話番号", "問合せ先電話番号", "電話", "電話番号",
        "tel", "電話・fax", "fax", "fax番号", "電話／fax", "tel／fax", "内線", "内線番号", "直通", "直通電話", "メール", "メールアドレス", "eメール", "e-mail", "mail", "電子メール", "電子メールアドレス", "eメールアドレス", "メールアドレス等",
        "e-mailアドレス", "住所", "所在地", "郵便番号", "事務局", "提出先", "応募先", "問合せ窓口", "照会先", "どこに", "contact", "phone", "tel番号", "問合せ先（担当課）", "連絡先・電話", "県担当課", "市担当課",
        "町担当課", "国担当課", "申込窓口", "応募・問合せ先", "事務局連絡先", "代表電話", "電話番号等", "送付先",
    ),
    "site": (
        "問合せ先サイト", "サイト", "webサイト", "webページ", "web", "ホームページ", "ホームページアドレス", "ホームページurl", "hp", "hpアドレス", "hpリンク", "url", "リンク", "リンク先", "関連リンク",
        "関連url", "関連ページ", "関連サイト", "参考url", "参考サイト", "参考ページ", "掲載url", "掲載ページ", "詳細", "詳細情報", "詳細url", "詳細ページ", "詳細はこちら", "詳しくは", "qrコード", "qr", "二次元コード", "2次元コード",
        "参照url", "参照先", "参照ホームページ", "募集ページ", "公式サイト", "公式hp", "公式ホームページ", "参考リンク", "情報掲載先", "公募url", "公募ページ", "アドレス", "市ホームページ", "県ホームページ", "町ホームページ",
        "link", "website", "homepage", "案内ページ", "紹介ページ", "制度ページ", "チラシ", "パンフレット", "要綱・要領等url",
    ),
    "organization": (
        "実施機関", "実施機関名", "実施主体", "実施団体", "実施団体名", "実施者", "実施元", "実施自治体", "所管", "所管省庁", "所管官庁", "所管府省", "所管部局", "所管局", "省庁", "省庁名", "府省庁", "府省名", "部局", "部局名", "部名", "部",
        "局名", "機関名", "機関", "団体名", "団体", "支援機関", "支援機関名", "助成団体", "助成団体名", "助成機関", "補助機関", "補助元", "主催", "主催者", "運営主体", "交付主体", "交付団体", "支援主体", "事業主体", "事業実施主体", "執行団体", "提供元",
        "提供機関", "取扱機関", "取扱金融機関", "主管", "主管部局", "実施組織", "組織名", "組織", "発行元", "organization", "実施省庁", "実施局", "国・県・市の別", "制度主体",
    ),
    "category": (
        "区分", "分野", "分野名", "分類", "種別", "種類", "事業区分", "施策区分", "対象分野", "支援分野", "カテゴリ", "カテゴリー", "ジャンル", "大分類", "中分類", "小分類", "大区分", "中区分", "小区分", "施策分野", "目的", "利用目的", "目的別",
        "支援種別", "支援区分", "制度区分", "補助区分", "助成区分", "補助種別", "支援の種類", "制度の種類", "補助金の種類", "テーマ", "部門", "業種", "用途", "キーワード", "タグ", "支援類型", "類型", "分野区分", "政策分野", "category", "支援形態",
        "資金区分", "ステージ", "課題",
    ),
    "municipality": (
        "市町村名", "市町村", "市町名", "市町", "市区町村", "市区町村名", "区市町村", "区市町村名", "市名", "町村名", "町名", "村名", "市町村等名", "自治体", "自治体名", "地方公共団体", "地方公共団体名", "団体名（市町村）", "県・市町村", "市郡名", "都道府県", "都道府県名",
        "県名", "地域", "地域名", "地区", "エリア", "実施市町村", "実施市町村名", "市町村・団体名", "区名", "municipality",
    ),
    "list_number": (
        "No.", "番号", "通番", "連番", "項番", "整理番号", "通し番号", "管理番号", "制度番号", "事業番号", "施策番号", "掲載番号", "#", "項", "順番", "id", "コード", "整理no", "事業no", "制度no", "通しno", "資料番号", "番", "№", "ナンバー",
    ),
    "remarks": (
        "備考", "備考欄", "留意点", "留意事項", "注意点", "注意事項", "その他", "その他特記事項", "特記事項", "摘要", "補足", "補足説明", "コメント", "その他要件", "その他条件", "備考・留意事項", "参考", "参考事項", "変更点", "今年度の変更点", "前年度からの変更点",
        "新規・変更点", "主な注意点", "note", "notes", "remarks", "その他備考", "備考（注意事項等）", "付記", "申請上の注意", "併用", "併用可否",
    ),
    "budget": (
        "予算額", "予算", "事業費", "総事業費", "当初予算", "当初予算額", "補正予算額", "予算額（千円）", "予算総額", "予算規模", "予算措置", "歳出予算", "概算要求額", "要求額", "決算額", "交付総額", "予算案", "予算現額", "事業予算", "予算枠", "融資枠", "財源", "国庫", "県費", "一般財源",
    ),
    "loan": (
        "利率", "年利率", "融資利率", "貸付利率", "貸付利率（年）", "金利", "貸付金利", "融資金利", "保証料", "保証料率", "信用保証料", "信用保証料率", "信用保証", "融資期間", "貸付期間", "返済期間", "償還期間", "据置期間", "償還方法", "返済方法", "担保", "保証人", "担保・保証人", "連帯保証人", "融資利率・期間",
        "利子補給期間", "補給期間", "融資条件", "貸付条件",
    ),
    "results": (
        "実績", "交付実績", "交付件数", "採択件数", "採択率", "採択実績", "件数", "募集件数", "予定件数", "採択予定件数", "定員", "募集定員", "募集枠", "利用実績", "申請件数", "倍率", "前年度実績", "認定件数", "予定数", "活用事例", "採択事例", "事例",
    ),
    "basis": (
        "根拠", "根拠法令", "根拠法令等", "要綱", "要綱名", "交付要綱", "要領", "根拠要綱", "関係法令", "関係条例", "規則名", "開始年度", "創設年度", "終期", "終了年度", "新規・継続", "新規・拡充", "新規継続", "新規/継続", "新継", "申請方法", "申込方法", "申請手続", "手続", "手続方法", "応募方法", "申請書類",
        "提出書類", "必要書類", "添付書類", "審査方法", "審査", "選定方法", "補助方式", "支払方法", "支給方法", "交付方法", "財産処分", "更新日", "最終更新日", "掲載日", "公開日", "申請様式", "様式", "電子申請", "利用の流れ", "手続きの流れ",
    ),
}
"""Column key → headings seen in the wild (compared folded: entries/fold.py leaves widths, spaces, line breaks, bullets and
spellings like 問い合わせ / 問合せ away, and brackets in a second try). budget, loan, results and basis are known so that they
are no cap, no rate and no period; they are published in `extra`."""

EXTRA_KEYS = frozenset({"budget", "loan", "results", "basis"})
"""Known headings that have no field of their own."""

TITLES = {
    "name": "事業名", "eligibility": "対象者", "summary": "事業概要", "eligible_costs": "対象経費", "rate_text": "補助率", "amount_text": "補助上限額",
    "period_text": "募集期間", "contact": "問合せ先", "site": "ホームページ", "organization": "実施機関", "category": "区分", "municipality": "市町村名",
    "list_number": "No.", "remarks": "備考",
}  # fmt: skip
"""The heading a value stands under that the source prints without one (the title line of a card)."""

HEAD_NOUNS: tuple[tuple[str, str], ...] = (
    ("採択率|利率|金利|保証料率?|償還期間|返済期間|据置期間|融資期間|貸付期間", "loan"),
    ("予算|予算額|事業費|予算案", "budget"),
    ("件数|実績|倍率|人数|定員", "results"),
    ("対象経費|経費|費用|費目|設備", "eligible_costs"),
    ("期間|期限|時期|期日|締切|締切日|日程|スケジュール|予定日|年月日", "period_text"),
    ("補助率|助成率|率|割合", "rate_text"),
    ("上限|限度|上限額|限度額|金額|額|単価", "amount_text"),
    ("電話|tel|fax|メール|mail|アドレス|問合せ先|連絡先|窓口|担当|課|課名|係|係名|部署|住所|所在地|申込先|申請先|提出先|相談先|届出先|請求先", "contact"),
    ("url|hp|サイト|ページ|リンク|web|リンク先|qrコード", "site"),
    ("市町村|市町村名|市町名|自治体名|地域名|町村名|市区町村", "municipality"),
    ("機関|機関名|主体|団体|団体名|省庁|省庁名|部局|部局名|主催者", "organization"),
    ("対象者|対象|者|方|資格|要件|条件|対象企業", "eligibility"),
    ("事業名|制度名|補助金名|助成金名|支援策|メニュー|名称|名", "name"),
    ("内容|概要|趣旨|説明|特徴|ポイント|対象事業|活動|メリット", "summary"),
    ("区分|分類|種別|種類|分野|カテゴリー?|ジャンル|業種", "category"),
    ("備考|留意点|留意事項|注意点|注意事項|特記事項|補足", "remarks"),
    ("番号|no", "list_number"),
)
"""Head nouns of headings nobody has seen, in the order they are tried: at its end they say what it is. 名 and 名称 are a
programme's only where a word for programme stands before (NAME_WORDS)."""

NAME_WORDS = "事業|補助|助成|制度|支援|メニュー|施策|奨励|交付|給付|融資|資金|公募|プログラム|優遇|税制|表彰|取組"


@dataclass(frozen=True, slots=True)
class Field:
    """One published field. type: a name of frame.TYPES. source: the columns it is read from, in order of preference
    (each tuple of `source` is tried; the first group with a column in this list wins). finder: a name of normalize.FINDERS."""

    name: str
    type: str
    says: str
    source: tuple[tuple[str, ...], ...] = ()
    finder: str | None = None


_PROSE = ("summary", "eligibility", "eligible_costs", "remarks")

FIELDS: tuple[Field, ...] = (
    Field("id", "string", "lasting id: 12 hex digits of the folded name without year tokens and 【…】 notes"),
    Field("number", "int32", "1, 2, 3 … in the order of the list"),
    Field("fiscal_year", "int16", "令和8年度 is 2026"),
    Field("issuer", "string", "who published the list"),
    Field("section", "string", "the section row inside the table, else the title above it"),
    Field("category", "string", "区分・分野, as published", (("category",),)),
    Field("municipality", "string", "市町村名, as published", (("municipality",),)),
    Field("list_number", "string", "No.・番号, as published", (("list_number",),)),
    Field("name", "string", "事業名, as published", (("name",),)),
    Field("organization", "string", "実施機関・所管, as published", (("organization",),)),
    Field("eligibility", "string", "対象者, as published", (("eligibility",),)),
    Field("summary", "string", "事業概要・内容, as published", (("summary",),)),
    Field("summary_heading", "string", "the heading the summary really stood under"),
    Field("eligible_costs", "string", "対象経費, as published", (("eligible_costs",),)),
    Field("rate_text", "string", "補助率, as published", (("rate_text",),)),
    Field("amount_text", "string", "上限額・限度額・補助額, as published", (("amount_text",),)),
    Field("period_text", "string", "募集期間・申請期限, as published", (("period_text",),)),
    Field("contact", "string", "問合せ・申込先, as published", (("contact",),)),
    Field("site", "string", "問合せ先サイト・ホームページ, as published", (("site",),)),
    Field("remarks", "string", "備考, as published", (("remarks",),)),
    Field("extra", "extra", "every column nobody knows, with its heading"),
    Field("eligibility_items", "strings", "the eligibility taken apart at (1)(2), ①②, ・ …", (("eligibility",),), "items"),
    Field("cost_items", "strings", "the eligible costs taken apart", (("eligible_costs",),), "items"),
    Field("office", "string", "the contact without phones, mails and labels", (("contact",),)),
    Field("phones", "phones", "every telephone and fax number", (("contact", "site"), ("organization", *_PROSE)), "phones"),
    Field("emails", "emails", "every mail address, broken ones as published", (("contact", "site"), ("organization", *_PROSE)), "emails"),
    Field("urls", "urls", "every URL", (("site", "contact"), ("organization", *_PROSE)), "urls"),
    Field("rates", "rates", "every rate: 3分の2以内 is 2, 3, up_to", (("rate_text", "amount_text"), _PROSE), "rates"),
    Field("amounts", "amounts", "every amount in yen, with role, unit and scope", (("amount_text", "rate_text"), _PROSE), "amounts"),
    Field("periods", "periods", "every period, with its role", (("period_text",), _PROSE), "periods"),
    Field("terms", "strings", "定額, 全額, 実費, 予算の範囲内, 上限なし, 一部", (("rate_text", "amount_text"), _PROSE), "terms"),
    Field("phone", "string", "the first valid telephone number"),
    Field("extension", "string", "its extension (内線)"),
    Field("fax", "string", "the first valid fax number"),
    Field("email", "string", "the first valid mail address"),
    Field("url", "string", "the first valid URL"),
    Field("rate", "float64", "the greatest rate"),
    Field("cap_yen", "int64", "the greatest cap in yen that is not per unit"),
    Field("source", "string", "file name of the source"),
    Field("source_sha256", "string", "its SHA-256"),
    Field("source_url", "string", "where it was published (sources.toml)"),
    Field("retrieved", "date32", "when it was fetched (sources.toml)"),
    Field("page_first", "int32", "page where the programme's own text begins"),
    Field("page_last", "int32", "page where it ends"),
    Field("issues", "strings", "rules of the issues on this programme"),
)
"""What `programs` holds, in this order. `source`: groups of columns; the first group of which the list has its first
column wins (DATASET.md: own columns before prose), `finder` the normaliser that reads them."""
