"""Lines of a cell → its text: what the page merely wrapped is joined as it was, what was broken on purpose stays broken."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.patience import patience


class Break(Enum):
    """What a line's end is: merely WRAPPED, or KEPT because somebody put it there; WITHIN a word that the page broke where the
    line was full."""

    WRAPPED = "wrapped"
    WITHIN = "within"
    KEPT = "kept"


# 行頭禁則: what may not begin a line; the small kana and ー are held back by some programs only
CLOSING = frozenset("、。，．,.:;：；？！?!)]}）］｝〕〉》」』】〗〙〟’”%％‰°℃゛゜ヽヾゝゞ々〻")
SMALL = frozenset("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー・‐－-～〜~")
BRACKET_ENDS = frozenset(")]}）］｝〕〉》」』】")
OPENING = frozenset("([{（［｛〔〈《「『【〖〘〝‘“￥¥＄$№＃#")
LETTERS = compiled(r"[\p{Latin}\p{Greek}\p{Cyrillic}0-9.,:;'’&%$#@!?*+=_~^|<>/\\\-]")

# ★ and the like stand for @ where a mail is to be safe from robots
TOKEN = "".join(map(chr, range(0x21, 0x7F))) + "★☆■◆●＠"
LATIN = frozenset(map(chr, [*range(0x21, 0x7F), *range(0xA1, 0x250)]))
MAIL = compiled(r"@|(?<=[A-Za-z0-9._-])[★☆■◆●＠](?=[A-Za-z0-9])")
PHONE_AT_END = compiled(r"(?<![0-9])\(?0[0-9]{1,4}[)-]?-?\(?[0-9]{1,4}[)-]-?[0-9]{4}$")
LINK = compiled(r"https?:|www\.|@|(?<=[A-Za-z0-9._-])[★☆■◆●＠](?=[A-Za-z0-9])|://|\.(?:jp|com|net|org|html?|pdf|php|aspx?)\b|[\w-]+/[\w-]+/", regex.I)
PATH = compiled(r"(?!www\.)[a-z0-9_~%-]+(?:/[a-z0-9_~%?=&.#/-]|\.(?:html?|php|pdf|aspx?|jsp|cgi)\b)", regex.I)
FOLDER = compiled(r"[a-z0-9_~%.-]+/")
OPEN_HOST = compiled(r"(?:@|://|www\.)[A-Za-z0-9.-]{2,}$")
HOST_REST = compiled(r"[a-z0-9.-]+(?![A-Za-z0-9.@_-])")
HOST_ENDS = compiled(r"[A-Za-z0-9]\.(?:jp|com|net|org|info|biz|city|tokyo)$")
NEW_LINK = compiled(r"(?:https?://|www\.)", regex.I)
LABEL = compiled(r"[(（\[【〔<＜・●○■□◆◇▼※☎📞✉]*(?:T\s?E\s?L|F\s?A\s?X|E\s?-?\s?[Mm]ail|[Mm]ail|H\s?P|U\s?R\s?L|Tel|Fax|Mail|URL|ＴＥＬ|ＦＡＸ|ＨＰ|ＵＲＬ|Ｅ[-－‐]?[mMｍＭ]ail|電話|ファックス|ファクス|メール|ホームページ|住所|〒|内線)\s*(?:番号|アドレス)?\s*(?:[:：．）)】］\]】>＞\d０-９(（ 　]|\.(?![A-Za-z]))|[℡☎📞✆]\s*[:：]?\s*[(（]?[0-9０-９]")
HYPHEN = "\u2010"
PARTED = compiled(r"(?<![!-~\u2010])[A-Za-z]{2,30}\u2010$")
REST = compiled(r"[a-z]{2,30}(?![@/_0-9A-Z\u2010-]|[.][a-z])")
ITEM = compiled(r"[（(]?[0-9０-９]{1,2}[)）．.](?![0-9０-９])|[①-⑳㉑-㉟]|[（(][ア-ンa-zA-Zａ-ｚＡ-Ｚ一二三四五六七八九十]{1,2}[)）]|(?<![ァ-ヴーA-Za-z])[ア-ンA-Z]\s*[．.)）](?![A-Za-z])|[●○■□◆◇▼▲★☆※＊*◎➢✓•]|・(?=.{2})")
COUNTED = compiled(r"[【（(]?(第?)([0-9０-９]{1,2}|[一二三四五六七八九十])(次|回目?|期|部|号|類型?|段階)[^:：。、]{0,6}[:：】）)　 ]")
NAMED = compiled(r"[\p{Han}\p{Hiragana}\p{Katakana}ー・0-9０-９（）()]{0,10}[\p{Han}\p{Hiragana}\p{Katakana}ー）)]\s?[:：]\s?[^\s/]")
HEADED = frozenset("【［〔＜《〈[")
HEAD = compiled(r"[【［〔＜《〈\[][\p{Han}\p{Hiragana}\p{Katakana}ー・]{2,10}[】］〕＞》〉\]]\s*[^\s]")
SUM_OF = compiled(r"[\p{Han}\p{Hiragana}\p{Katakana}ー・]{1,8}[ 　]+[0-9０-９][0-9０-９,，.]*[十百千万億]*円(?:以内|まで)?")
BARE_LABEL = compiled(r"(?:^|[\s)）】］\]・●○■□◆◇▼☎✉])(?:T\s?E\s?L|F\s?A\s?X|(?:E\s?-?\s?)?[Mm]ail|H\s?P|U\s?R\s?L|Tel|Fax|ＴＥＬ|ＦＡＸ|ＨＰ|ＵＲＬ|電話(?:番号)?|ファックス|ファクス|メール(?:アドレス)?)$")
BARE_LABEL_ENDS = frozenset("LXlxPＬＸＰ話号スル")
NUMBER_ENDS = frozenset("0123456789)）")
LATIN_LABEL = compiled(r"(?:TEL|FAX|(?:E-?)?[Mm]ail|HP|URL|Tel|Fax)[:：]?")
WHOLE_MAIL = compiled(r"[A-Za-z0-9][A-Za-z0-9._+-]*[@＠][A-Za-z0-9-]+(?:\.|$)")
WHOLE_PHONE = compiled(r"0[0-9]{1,4}[(（-][0-9]{1,4}[)）-][0-9]{4}(?![0-9-])")
NUMBER_SAID = compiled(r"(?:[)）-][0-9]{4}|内線\s?[0-9]{1,5}|[)）])$")
AREA_CODE_AT_END = compiled(r"[(（]0[0-9]{1,4}[)）]$")
REST_OF_PHONE = compiled(r"[0-9]{1,4}-[0-9]{4}(?![0-9-])")
PHONE_AT_START = compiled(r"[(（]?0[0-9]{1,4}[)）(（-]")
OFFICE_ENDS = frozenset("課係室班部局所当ー")
KANJI_DIGITS = "一二三四五六七八九十"
COUNTED_STARTS = frozenset("第【（(0123456789０１２３４５６７８９" + KANJI_DIGITS)
GOES_INTO_LINK = frozenset("はのをにへがとでもや、，・：；:;") | OPENING  # 詳しくは|https://
LABEL_STARTS = frozenset("℡✆(（[【〔<＜・●○■□◆◇▼※☎📞✉TFEMHUtfemhuＴＦＥＭＨＵ電フメホ住〒内")
ITEM_STARTS = frozenset("(（①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕●○■□◆◇▼▲★☆※＊*◎➢✓•・0123456789０１２３４５６７８９ABCDEFGHIJKLMNOPQRSTUVWXYZアイウエオカキクケコサシスセソタチツテト")


def unit(text: str) -> tuple[int, int]:
    """How many characters of a line can't be parted from its first one: (the fewest, the most) that programs hold
    together. A Latin word goes to the next place where programs break (after / and - ), or all of it."""
    if not text:
        return 0, 0
    n = 0
    while n < len(text) and text[n] in OPENING:
        n += 1
    if n >= len(text):
        return n, n
    least = n
    if text[n] in LATIN:
        end = n
        while end < len(text) and text[end] in LATIN:
            end += 1
        most = end
        least = n + _breakable(text[n:end])
        while most < len(text) and text[most] in OPENING:  # 2/3（上限: some programs hold a bracket to the word before it
            most += 1
        most = min(len(text), most + 1) if most > end else most
    else:
        least = most = n + 1
        if most + 1 < len(text) and text[most] in BRACKET_ENDS and text[most + 1].isascii() and text[most + 1].isalnum():
            least, most = n + 2, n + 2  # 額】800,000円: some programs hold what follows a bracket to it
            while most < len(text) and text[most] in LATIN:
                most += 1
    while least < len(text) and text[least] in CLOSING and least >= most:
        least += 1
    most = max(most, least)
    while most < len(text) and (text[most] in CLOSING or text[most] in SMALL):
        most += 1
    return least, most


def _breakable(word: str) -> int:
    """How much of a Latin word comes before the first place where a line may break: UAX #14 without dictionaries."""
    for k in range(1, len(word)):
        before, now = word[k - 1], word[k]
        if before == "/" and now not in "/." and not now.isdigit():
            return k
        if before == "-" and k > 1 and now.isalpha() and word[k - 2] != " ":
            return k
        if before == "?" and now.isalnum():
            return k
    return len(word)


def is_letter(c: str) -> bool:
    """Whether a character belongs to a Latin word, a number, an address."""
    return c in LATIN


def glue(before: str, after: str, spaced: bool) -> str:
    """What stood between two pieces of one line that was merely wrapped: nothing, or a space between Latin words."""
    if not before or not after:
        return ""
    if spaced:
        return "" if goes_on_as_path(before, after) else " "
    a, b = before[-1], after[0]
    if not (is_letter(a) and is_letter(b)):
        return ""
    if holds_together(before, after):
        return ""
    return " " if (a.isalnum() and b.isalnum()) or (a in ",;:.!?)" and b.isalnum()) or (a.isalnum() and b in "(&") else ""


def hyphenated(before: str, after: str) -> bool:
    """Whether a word was parted by a hyphen at the line's end: Pro‐ over gramme. Programs draw one of their own (U+2010) there;
    the one that is typed, in a word, an address or a number, is another or stands beside other signs."""
    return before[-1:] == HYPHEN and after[:1].islower() and PARTED.search(before[-40:]) is not None and REST.match(after) is not None


def goes_on_as_path(before: str, after: str) -> bool:
    """Whether a URL that ends with a slash at the line's end goes on with more of its path: soshiki/ + suisan/16690.html.
    No address has a space in it, so one that seems to stand there was drawn by a program at the end of every line."""
    return before[-1] == "/" and PATH.match(after) is not None and LINK.search(token_at_end(before)) is not None


def holds_together(before: str, after: str) -> bool:
    """Whether a mail, a URL, a number or a hyphened word runs over the line's end."""
    if not (is_letter(before[-1]) and is_letter(after[0])):
        return False
    left = token_at_end(before)
    right = after[: len(after) - len(after.lstrip(TOKEN))]
    if new_link(before, after) or value_follows(before, after) or LATIN_LABEL.fullmatch(after) is not None:
        return False
    if MAIL.search(right) and PHONE_AT_END.search(left):  # FAX 028-623-3945, and the mail on the next line
        return False
    if LINK.search(left) is not None or right.startswith("@") or (MAIL.search(right) and left[-1:].isalnum() and len(left) < 30 and not NEW_LINK.match(right)):
        return True
    if before[-1] in "-/_=&~.@#%" or after[0] in "-/_=&.@%":
        return True
    return before[-1].isdigit() and after[0].isdigit()


def token_at_end(text: str) -> str:
    """The signs of an address at the end of a text, as far back as they go."""
    return text[len(text.rstrip(TOKEN)) :]


def labelled(text: str) -> bool:
    """Whether a line begins with a label: TEL：, （内線, 電話番号："""
    return text[:1] in LABEL_STARTS and LABEL.match(text, timeout=patience(text)) is not None


def itemised(text: str) -> bool:
    """Whether a line begins an item of a list: (1), ①, ア．, ※."""
    return text[:1] in ITEM_STARTS and ITEM.match(text, timeout=patience(text)) is not None


def mid_word(before: str, after: str) -> bool:
    """Whether a line ends inside an address or a hyphened word or number, wherever it stands: on - / _ = & ? @ or . with
    letters on both sides."""
    if len(before) < 2 or before[-1] not in "-/_=&?.@" or not after or not (after[0].isascii() and after[0].isalnum()):
        return False
    if NEW_LINK.match(after) is not None or (before[-1] != "-" and (labelled(after) or LATIN_LABEL.fullmatch(after) is not None)):
        return False
    if before[-1] == "/":
        if FOLDER.fullmatch(before) is not None and (FOLDER.fullmatch(after) or PATH.match(after)) is not None:
            return True  # soshiki/ alone on its line: some programs break a URL after each slash
        return before[-2] in "/:" or LINK.search(before[-60:]) is not None
    if before[-1] == ".":
        return after[0].islower() and before[-2].isascii() and before[-2].isalnum()
    return before[-2].isascii() and (before[-2].isalnum() or before[-2] in "/.")


def within_word(before: str, after: str) -> bool:
    """Whether a line's end has a Latin letter or a digit on both sides."""
    return bool(before and after) and before[-1].isascii() and before[-1].isalnum() and after[0].isascii() and after[0].isalnum()


def unfinished(before: str, after: str) -> bool:
    """Whether a line ends inside the host of an address that only the next line makes whole, however much room it left:
    shoko@town.ao over ba.lg.jp, https://www.city.kuni over mi.lg.jp/shoko."""
    if not after or not (after[0].islower() or after[0] in ".-") or not after[0].isascii() or ("@" not in before and "/" not in before and "www." not in before):
        return False
    m = OPEN_HOST.search(before[-60:])
    if m is None or HOST_ENDS.search(m.group()) is not None:
        return False
    rest = HOST_REST.match(after)
    return rest is not None and HOST_ENDS.search(m.group() + rest.group()) is not None


def new_link(before: str, after: str) -> bool:
    """Whether an address begins after the end of another one."""
    if after[:1] not in "hwHW" or NEW_LINK.match(after) is None:
        return False
    tail = token_at_end(before)
    return tail[-1:].isalnum() and LINK.search(tail) is not None


def inseparable(before: str, after: str) -> bool:
    """Whether no line may be broken between two pieces, were they one: both are of a number or of an address."""
    a, b = before[-1], after[0]
    if not (a.isascii() and a.isalnum() and b.isascii() and b.isalnum()):
        return False
    if a.isdigit() and b.isdigit():
        return True
    tail = token_at_end(before)
    return "@" in tail or "://" in tail


def parallel(before: str, after: str) -> bool:
    """Whether two lines say things of one form, each under its own word: 改装費：800 over 家賃：50, 国内 20万円 over 海外 40万円,
    【補助率】2分の1 over 【募集期間】通年."""
    if after[:1] in HEADED and before[:1] == after[:1]:
        return HEAD.match(after) is not None and HEAD.match(before) is not None
    if ":" in after[:13] or "：" in after[:13]:
        return NAMED.match(after, timeout=patience(after)) is not None and NAMED.match(before, timeout=patience(before)) is not None
    if "円" not in after or not before.endswith(("円", "円以内", "円まで")):
        return False
    return SUM_OF.match(after, timeout=patience(after)) is not None and SUM_OF.fullmatch(before, timeout=patience(before)) is not None


def counts_on(paragraph: str, after: str) -> bool:
    """Whether a line begins with the number after the one that its paragraph begins with: 第2次： after 第1次：…"""
    if after[:1] not in COUNTED_STARTS:
        return False
    a, b = COUNTED.match(paragraph, timeout=patience(paragraph)), COUNTED.match(after, timeout=patience(after))
    if a is None or b is None or (a[1], a[3]) != (b[1], b[3]):
        return False
    if a[2] in KANJI_DIGITS and b[2] in KANJI_DIGITS:
        return KANJI_DIGITS.index(b[2]) == KANJI_DIGITS.index(a[2]) + 1
    return a[2].isdecimal() and b[2].isdecimal() and int(b[2]) == int(a[2]) + 1


def value_follows(before: str, after: str) -> bool:
    """Whether a line begins with what a bare label at the end of the one before it names: 電話 over 0987-55-1234, Mail over
    shoko@city.lg.jp. White space parted them, wherever the line ended."""
    if before[-1:] not in BARE_LABEL_ENDS or not (after[:1].isascii() or after[:1] == "（"):
        return False
    if BARE_LABEL.search(before[-12:], timeout=patience(before)) is None:
        return False
    if PHONE_AT_START.match(after) is not None or NEW_LINK.match(after) is not None:
        return True
    return MAIL.search(after[: len(after) - len(after.lstrip(TOKEN))]) is not None and after[0].isalnum()


def site_follows(before: str, after: str) -> bool:
    """Whether a line begins with the address of the site that the one before it names: 町のホームページ over https://…"""
    return after[:1] in "hw" and NEW_LINK.match(after) is not None and not is_letter(before[-1]) and before[-1] not in GOES_INTO_LINK


def contact_follows(before: str, after: str) -> bool:
    """Whether a line begins with a whole mail address after the end of a number (099-472-1111, （内線451）), or with an address or
    a telephone number after Japanese words: nobody writes them without white space between."""
    if not (after[:1].isascii() and after[:1].isalnum()):
        return False
    if before[-1] in NUMBER_ENDS:
        return WHOLE_MAIL.match(after) is not None and NUMBER_SAID.search(before[-12:]) is not None
    return not is_letter(before[-1]) and before[-1] not in GOES_INTO_LINK and (WHOLE_MAIL.match(after) or WHOLE_PHONE.match(after)) is not None


def extension_follows(before: str, after: str) -> bool:
    """Whether a line begins with the extension of the number the line before ends with: 099-472-1111 over （内線451）; or in
    brackets with that of an office: 商工観光課 over （内線451）."""
    bracket = after[:1] in ("(", "（")
    return (before[-1:].isdigit() and after.lstrip("(（ 　").startswith(("内線", "内）", "ext"))) or (bracket and before[-1:] in OFFICE_ENDS and after[1:3] == "内線")


def starts_anew(before: str, after: str) -> bool:
    """Whether a line begins something of its own (a label, the next item), though the line before it is full."""
    if parallel(before, after):
        return True
    if value_follows(before, after) or (after[-1] in BARE_LABEL_ENDS and (before[-1] in NUMBER_ENDS or before[-1] in OFFICE_ENDS) and BARE_LABEL.fullmatch(after) is not None):
        return True
    if site_follows(before, after) or contact_follows(before, after):
        return True
    if labelled(after):
        return not before.endswith(("・", "、", "，", ",", "／", "/", "-", "又は", "または", "及び", "や", "の"))
    return new_link(before, after)


def goes_on(before: str, after: str) -> bool:
    """Whether a line surely goes on with the one before it: it begins with what may not begin a line, or the one before
    ends in the middle of an address or a number."""
    if not before or not after:
        return False
    if after[0] in CLOSING and after[0] not in "~〜":
        return True
    if before[-1] in OPENING:
        return True
    return before[-1] in ")）" and after[0].isdigit() and AREA_CODE_AT_END.search(before[-8:]) is not None and REST_OF_PHONE.match(after) is not None


def join(lines: Sequence[str], breaks: Sequence[Break], spaced: Sequence[bool]) -> tuple[str, list[int]]:
    """Lines, what each line's end is (one fewer), whether a space stood there → (text, where each line begins in it)."""
    text = ""
    starts: list[int] = []
    for k, line in enumerate(lines):
        if k and text:
            if breaks[k - 1] is Break.KEPT:
                text += "\n"
            elif breaks[k - 1] is Break.WRAPPED and hyphenated(text, line):
                text = text[:-1]
            elif breaks[k - 1] is Break.WRAPPED:
                text += glue(text, line, spaced[k - 1])
        starts.append(len(text))
        text += line
    return text, starts
