"""From a stored number and its format code to the text a person sees in the sheet (Excel's rules, in a Japanese locale)."""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import partial

# ECMA-376 part 1, 18.8.30: codes that no file spells out; 14 and 22 follow the locale, 27-36 and 50-58 are the Japanese ones
BUILTIN = {
    14: "yyyy/m/d", 22: "yyyy/m/d h:mm", 27: "[$-411]ge.m.d", 28: '[$-411]ggge"年"m"月"d"日"', 29: '[$-411]ggge"年"m"月"d"日"',
    30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"時"mm"分"', 33: 'h"時"mm"分"ss"秒"', 34: 'yyyy"年"m"月"', 35: 'm"月"d"日"',
    36: "[$-411]ge.m.d", 50: "[$-411]ge.m.d", 51: '[$-411]ggge"年"m"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: '[$-411]ggge"年"m"月"d"日"', 55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: "[$-411]ge.m.d", 58: '[$-411]ggge"年"m"月"d"日"',
}  # fmt: skip
ERAS = ((dt.date(2019, 5, 1), "R", "令", "令和"), (dt.date(1989, 1, 8), "H", "平", "平成"), (dt.date(1926, 12, 25), "S", "昭", "昭和"),
        (dt.date(1912, 7, 30), "T", "大", "大正"), (dt.date(1868, 1, 25), "M", "明", "明治"))  # fmt: skip
WEEKDAYS = "月火水木金土日"
ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_(.)|\*(.)|(\[[^\]]*\])|(AM/PM|A/P|am/pm)|(General|G/標準)|(E[+-]0+)|(y+|m+|d+|h+|s+(?:\.0+)?|g+|e+|a{3,4}|b+)|([0#?][0#?,]*(?:\.[0#?]*)?,*)|(%)|(.)',
    re.IGNORECASE | re.DOTALL,
)
COMPARE: dict[str, Callable[[float, float], bool]] = {  # bound, value
    "<": operator.gt, ">": operator.lt, "=": operator.eq, "<=": operator.ge, ">=": operator.le, "<>": operator.ne,
}  # fmt: skip
KANJI = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # text, hide, bracket, ampm, general, date, digits, exponent, percent
    text: str


def shown(value: float, code: str, epoch_1904: bool = False) -> str:
    """The number as the sheet shows it. code: a format code, sections parted by `;`. value: the stored number (dates
    are days since 1900 or 1904). A code that asks for what is not known here gives the number plainly."""
    sections = _sections(code)
    tokens, negative = _chosen(value, sections)
    if any(t.kind == "date" for t in tokens):
        return _date(value, tokens, epoch_1904)
    return _number(-value if negative else value, tokens)


def general(value: float) -> str:
    """`General`: whole numbers whole, up to 11 characters of others, no trailing zeros."""
    if value == int(value) and abs(value) < 1e11:
        return str(int(value))
    text = f"{value:.10g}"
    return text.replace("e", "E") if "e" in text else text


def text_shown(text: str, code: str) -> str:
    """Text under a code with an `@` section: `@"様"` adds a word."""
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else next((s for s in sections if any(t.text == "@" for t in s)), None)
    if section is None or not any(t.text == "@" and t.kind == "text" for t in section):
        return text
    return "".join(text if t.text == "@" else t.text for t in section if t.kind == "text")


def _sections(code: str) -> list[list[_Token]]:
    out: list[list[_Token]] = [[]]
    kinds = ("text", "text", "space", "hide", "bracket", "ampm", "general", "exponent", "date", "digits", "percent", "text")
    for m in TOKEN.finditer(code):
        k = m.lastindex or 12
        if k == 12 and m.group() == ";":
            out.append([])
        else:
            out[-1].append(_Token(kinds[k - 1], m.group(k) or ""))
    return out


def _chosen(value: float, sections: list[list[_Token]]) -> tuple[list[_Token], bool]:
    """The section for the value, and whether it speaks of a negative number without its sign."""
    conditions = [_condition(s) for s in sections]
    if any(c is not None for c in conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or condition(value):
                return section, value < 0 and section is not sections[0]
        return sections[-1], False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], False


def _condition(section: list[_Token]) -> Callable[[float], bool] | None:
    for t in section:
        m = re.fullmatch(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]+)\]", t.text) if t.kind == "bracket" else None
        if m:
            bound = float(m.group(2))
            return partial(COMPARE[m.group(1)], bound)
    return None


def _literal(token: _Token) -> str:
    if token.kind == "text":
        return token.text
    if token.kind == "space":
        return " "
    if token.kind == "bracket":
        m = re.fullmatch(r"\[\$([^\-\]]*)(?:-[0-9A-Fa-f]+)?\]", token.text)  # [$¥-411]
        return m.group(1) if m else ""
    return ""


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────
def _number(value: float, tokens: list[_Token]) -> str:
    slots = [k for k, t in enumerate(tokens) if t.kind == "digits"]
    slash = next((k for k, t in enumerate(tokens) if t.kind == "text" and t.text == "/"), None)
    if slash is not None and slots and slots[-1] > slash:
        return _fraction(value, tokens, slots, slash)
    value *= 100 ** sum(t.kind == "percent" for t in tokens)
    digits = "".join(tokens[k].text for k in slots)
    if not slots:
        return _without_digits(value, tokens)
    if any(t.kind == "exponent" for t in tokens):
        return _scientific(value, tokens, slots, digits)
    if len(slots) > 1 and not any(c in digits for c in ".,"):  # 000-0000: the digits of one number run through the slots
        return _spread(value, tokens, slots)
    written = _digits(abs(value), digits)
    minus = value < 0 and any(c in "123456789" for c in written)
    return ("-" if minus else "") + _filled(_in_kanji(written, tokens), tokens, slots)


def _filled(written: str, tokens: list[_Token], slots: list[int]) -> str:
    """The tokens with what is written in the place of the first digits."""
    return "".join(written if k == slots[0] else "%" if t.kind == "percent" else "" if t.kind in ("digits", "exponent") else _literal(t) for k, t in enumerate(tokens))


def _without_digits(value: float, tokens: list[_Token]) -> str:
    if not tokens or all(t.text == "@" for t in tokens):
        return general(value) if tokens else ""
    out = "".join(general(value) if t.kind == "general" else "%" if t.kind == "percent" else _literal(t) for t in tokens)
    return ("-" if value < 0 else "") + out.replace("-", "", int(value < 0))


def _scientific(value: float, tokens: list[_Token], slots: list[int], digits: str) -> str:
    places = len(digits.split(".")[1]) if "." in digits else 0
    mantissa, exponent = f"{value:.{places}E}".split("E")
    return _filled(f"{mantissa}E{int(exponent):+03d}", tokens, slots)


def _in_kanji(written: str, tokens: list[_Token]) -> str:
    """[DBNum1]: 二〇二六; [DBNum2] and [DBNum3] are shown full-width here."""
    asked = [t.text.upper() for t in tokens if t.kind == "bracket" and t.text.upper() in ("[DBNUM1]", "[DBNUM2]", "[DBNUM3]")]
    return written.translate(str.maketrans("0123456789", KANJI if "[DBNUM1]" in asked else "０１２３４５６７８９")) if asked else written


def _digits(value: float, code: str) -> str:
    """A positive number under digits such as `#,##0.0#` or `#,##0,` (thousands)."""
    scaled = code.rstrip(",")
    value /= 1000 ** (len(code) - len(scaled))
    whole_code, _, part_code = scaled.partition(".")
    places = len(part_code)
    whole, _, part = _rounded(value, places).partition(".")
    least = sum(c == "0" for c in whole_code)
    whole = whole.lstrip("0").rjust(least, "0")
    if "," in whole_code and len(whole) > 3:
        whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", whole)
    keep = max((k + 1 for k, c in enumerate(part_code) if c == "0"), default=0)
    while len(part) > keep and part.endswith("0"):
        part = part[:-1]
    return f"{whole}.{part}" if "." in scaled else whole


def _rounded(value: float, places: int) -> str:
    """Half away from zero, on the 15 digits a sheet keeps."""
    return format(Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP), "f")


def _spread(value: float, tokens: list[_Token], slots: list[int]) -> str:
    width = sum(len(tokens[k].text) for k in slots)
    least = sum(tokens[k].text.count("0") for k in slots)
    text = _rounded(abs(value), 0).rjust(least, "0")
    head = max(0, len(text) - width)
    at = len(text)
    pieces: dict[int, str] = {}
    for k in reversed(slots):
        n = len(tokens[k].text) + (head if k == slots[0] else 0)
        pieces[k] = text[max(0, at - n) : at]
        at = max(0, at - n)
    return ("-" if value < 0 else "") + "".join(pieces[k] if k in pieces else _literal(t) for k, t in enumerate(tokens))


def _fraction(value: float, tokens: list[_Token], slots: list[int], slash: int) -> str:
    """`# ?/?`: 0.5 → 1/2. One slot after the slash a digit of the denominator, or the denominator itself."""
    below = "".join(tokens[k].text for k in slots if k > slash) or "?"
    fixed = re.match(r"[1-9]", "".join(t.text for t in tokens[slash + 1 : slash + 2]))
    limit = 10 ** len(below) - 1
    whole_slot = sum(k < slash for k in slots) > 1
    size = abs(value)
    whole = int(size) if whole_slot else 0
    part = Fraction(size - whole).limit_denominator(limit) if fixed is None else Fraction(round(size - whole), 1)
    if part == 1 and whole_slot:
        whole, part = whole + 1, Fraction(0)
    sign = "-" if value < 0 else ""
    if part == 0:
        return f"{sign}{whole}"
    return f"{sign}{f'{whole} ' if whole else ''}{part.numerator}/{part.denominator}"


# ── dates ────────────────────────────────────────────────────────────────────────────────────────
def _date(value: float, tokens: list[_Token], epoch_1904: bool) -> str:
    if value < 0 or value > 2958466:
        return general(value)
    moment = _moment(value, epoch_1904)
    era = next((e for e in ERAS if moment.date() >= e[0]), ERAS[-1])
    half = any(t.kind == "ampm" for t in tokens)
    out: list[str] = []
    clock = False  # the m after h or before s is minutes
    for k, t in enumerate(tokens):
        low = t.text.lower()
        if t.kind == "bracket":
            span = re.fullmatch(r"\[(h+|m+|s+)\]", low)
            if span:  # [h]:mm: hours that run past a day
                total = {"h": value * 24, "m": value * 1440, "s": value * 86400}[span.group(1)[0]]
                out.append(str(int(total + 1e-6)).rjust(len(span.group(1)), "0"))
                clock = True
            else:
                out.append(_literal(t))
        elif t.kind == "ampm":
            out.append(t.text.split("/")[moment.hour >= 12])
        elif t.kind != "date":
            out.append(_literal(t))
        elif low[0] == "m":
            after = next((x.text.lower() for x in tokens[k + 1 :] if x.kind == "date"), "")
            if clock or (after.startswith("s") and len(low) <= 2):
                out.append(str(moment.minute).rjust(len(low), "0"))
            else:
                out.append({3: MONTHS[moment.month - 1][:3], 4: MONTHS[moment.month - 1], 5: MONTHS[moment.month - 1][0]}.get(len(low), str(moment.month).rjust(len(low), "0")))
            clock = False
        else:
            out.append(_unit(low, moment, era, half))
            clock = low[0] == "h"
    return "".join(out)


def _unit(low: str, moment: dt.datetime, era: tuple[dt.date, str, str, str], half: bool) -> str:
    n = len(low)
    first = low[0]
    if first == "y":
        return f"{moment.year:04d}" if n > 2 else f"{moment.year % 100:02d}"
    if first == "e":
        return str(moment.year - era[0].year + 1).rjust(min(n, 2), "0")
    if first == "g":
        return str(era[min(n, 3)])
    if first == "d":
        name = ENGLISH[moment.weekday()]
        return {3: name[:3], 4: name}.get(n, str(moment.day).rjust(n, "0"))
    if first == "a":
        return WEEKDAYS[moment.weekday()] + ("曜日" if n == 4 else "")
    if first == "h":
        hour = (moment.hour % 12 or 12) if half else moment.hour
        return str(hour).rjust(n, "0")
    if first == "s":
        return f"{moment.second:02d}" if n > 1 else str(moment.second)
    return low


def _moment(value: float, epoch_1904: bool) -> dt.datetime:
    """1900 is a leap year for Excel: day 60 is 29 February 1900, which never was."""
    days = int(value)
    seconds = round((value - days) * 86400)
    start = dt.datetime(1904, 1, 1) if epoch_1904 else dt.datetime(1899, 12, 31 if days < 60 else 30)
    return start + dt.timedelta(days=days, seconds=seconds)
