"""Terms: a cell goes in; the words that say how much without a figure (定額, 全額, 予算の範囲内, 上限なし) come out as flags."""

from __future__ import annotations

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Context, Found
from subsidy_extract.normalize.width import fold
from subsidy_extract.patience import patience

TERMS: tuple[tuple[str, str, str], ...] = (
    ("定額", "定額", r"(?<![決予規設固認算限指確])定額(?!減税|制|給付|小為替|預金|貯金|法)"),
    ("全額", "全額", r"全額(?!(?:自己|利用者|申請者|事業者)?(?:負担|自費|返還|返納|返済|前払|免除)|を?(?:返|納))"),
    ("実費", "実費", r"実費(?!負担|徴収|を?(?:いただ|頂|徴|ご負担|負担))"),
    ("予算の範囲内", "予算", r"予算(?:額)?の?(?:範囲|枠|限度)(?:内|で|に)"),
    ("上限なし", "限", r"(?<!年齢)(?<!所得)(?<!人数)(?<!回数)(?<!件数)(?<!年齢の)(?<!所得の)(?<!人数の)(?<!回数の)(?:上限|限度)(?:額|金額)?(?:設定)?(?:は|の|を|に)?(?:特に)?(?:(?:定め|設定|制限)(?:は|が|なく)?)?(?:なし|無し|無(?![料償])|ない|ありません|設け(?:ない|ず|ていない|ません)|定め(?:ない|ていない|ません))|(?:補助|助成|交付)?額?の?上限(?:は|を)?設け(?:ない|ず)"),
    ("一部", "一部", r"(?:費用?|経費|料金?|代金?|額|金|利子|家賃|購入費|コスト|賃料|の)(?:等|など)?の?一部(?:を|について|に対し|に相当|の?補助|の?助成|の?支援|または全部|又は全部|、|。|$)|一部(?:を)?(?:補助|助成|支援|交付|負担(?:し|金)|補填|補てん|支給)|(?:全部|全額)(?:又は|または|若しくは|もしくは)一部"),
    ("税抜", "税", r"税抜き?|税別|消費税抜き?"),
    ("税込", "税", r"税込み?"),
    ("消費税除く", "消費税", r"消費税(?:額)?(?:等|相当額|(?:及び|および|・|、)地方消費税(?:相当?額|額)?(?:等)?)?(?:相当額)?(?:は|を|分は|分を|額は|額を)?(?:除く|除き|含まない|含みません|含めない|除いた|対象外|補助対象外|対象となりません)"),
)  # fmt: skip
"""Flag, a sign that must be in the text for it, how it is written. The first six are DATASET.md's; the rest say how tax is taken."""

_PATTERNS = tuple((flag, sign, compiled(pattern)) for flag, sign, pattern in TERMS)
_COMMISSION = compiled(r"\x20?(?:国庫|国の?|民間)?委託(?:費|事業|契約)?\x20?")
_RATE_COLUMNS = frozenset({"rate_text", "amount_text"})


def terms(text: str, ctx: Context) -> tuple[Found[str], ...]:
    """The flags of a cell, each once where it first stands, in the order of the text."""
    folded = fold(text)
    found: list[Found[str]] = []
    for flag, sign, pattern in _PATTERNS:
        if sign not in folded:
            continue
        try:
            match = pattern.search(folded, timeout=patience(folded))
        except TimeoutError:
            continue
        if match:
            found.append(Found(flag, text[match.start() : match.end()], match.start(), match.end()))
    if ctx.column in _RATE_COLUMNS and _COMMISSION.fullmatch(folded):
        start = folded.index("委託")
        found.append(Found("委託", text[start : start + 2], start, start + 2))
    return tuple(sorted(found, key=lambda f: f.start)) if len(found) > 1 else tuple(found)
