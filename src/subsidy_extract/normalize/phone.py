"""Phones: the text of a contact goes in; every telephone and fax number comes out, whole, with its extension.

phonenumbers reads 03-5253-1111（5543） as one number: so numbers are cut out here first, extensions taken apart, and only then
each one is asked whether it is valid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Context, Found, Phone
from subsidy_extract.normalize.patterns import each
from subsidy_extract.normalize.width import fold

_HIDE = compiled(r"(?:https?://|www\.)[!-~]+|(?:〒|郵便番号\s?:?)\s?[0-9]{3}\s?-?\s?[0-9]{4}|(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}+@[A-Za-z0-9.-]+|(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9-])")
_THREE = compiled(r"[0-9](?:[^0-9]{0,3}[0-9]){2}")
_KANJI_DASH = compiled(r"(?<=[0-9])[一のノ](?=[0-9]{1,4}[一のノ-][0-9]{4}(?![0-9]))|(?<=0[0-9]{1,4}[一のノ-][0-9]{1,4})[一のノ](?=[0-9]{4}(?![0-9]))")
_SEP = r"\s?[-.]\s?"

_NUMBER = compiled(
    rf"""(?=[0-9(+\#])(?:
      (?P<plus>\+\s?[1-9][0-9]{{0,2}}(?:[\s().-]{{0,3}}[0-9]){{6,13}})(?![0-9])
    | (?<![0-9])(?:(?<![A-Za-z])|(?<=TEL|Tel|tel|FAX|Fax|fax))(?<![0-9][.-])(?<!\#)(?P<full>
          \(\s?0[0-9]{{1,4}}\s?\)\s?(?:-\s?)?[0-9]{{1,4}}\s?(?:{_SEP}|\s)[0-9]{{3,4}}
        | \(\s?0[0-9]{{1,4}}\s?\)\s?(?:-\s?)?[0-9]{{5,8}}
        | \(\s?0[0-9]{{1,4}}{_SEP}[0-9]{{1,4}}\s?\)\s?(?:-\s?)?[0-9]{{3,4}}
        | 0[0-9]{{1,4}}\s?(?:-\s?)?\(\s?[0-9]{{1,4}}\s?\)\s?(?:-\s?)?[0-9]{{3,4}}
        | 0[0-9]{{1,4}}{_SEP}[0-9]{{1,4}}{_SEP}[0-9]{{3,4}}
        | 0[0-9]{{1,4}}・[0-9]{{1,4}}・[0-9]{{4}}
        | 0[0-9]{{1,3}}{_SEP}[0-9]{{6,8}}
        | 0[0-9]{{1,4}}\s[0-9]{{1,4}}(?:\s|{_SEP})[0-9]{{3,4}}
        | 0[0-9]{{5,6}}{_SEP}[0-9]{{4}}
        | 0[0-9]{{8,10}}
      )(?![0-9])(?!-[0-9])
    | (?P<hash>\#\s?[0-9]{{4,5}})(?![0-9])
    | (?<![0-9(])(?:(?<![A-Za-z])|(?<=TEL|Tel|tel|FAX|Fax|fax))(?<![0-9][.-])(?<!-)(?P<local>[1-9][0-9]{{0,3}}(?:{_SEP}|\()[0-9]{{4}}\)?)(?![0-9])(?!-[0-9])(?:\s?\(\s?(?P<behind>0[0-9]{{1,4}})\s?\))?
    | (?P<local>\(\s?[1-9][0-9]{{1,3}}\s?\)\s?(?:-\s?)?[0-9]{{4}})(?![0-9])(?!-[0-9])
    | (?<![0-9A-Za-z.,/-])(?P<short>1[0-9]{{2}})(?![0-9A-Za-z.,/%-])
    | (?<![0-9A-Za-z.,/-])(?P<line>[0-9]{{4}})(?![0-9A-Za-z.,/%-])
    )""",
    regex.VERBOSE,
)
_ODD = compiled(r"(?<![0-9A-Za-z.,/和成\0-])(?<![0-9]:)[0-9]{1,6}(?:\s?[-.()]\s?[0-9OoIl]{1,8}|\s[0-9OoIl]{1,8}(?=\s?[-)])){1,4}(?![0-9A-Za-z/:%年月日時分円名人件\0-])|(?<![0-9A-Za-z.,/:\0-])0[0-9]{5,13}(?![0-9A-Za-z.,/:%年月日時分円名人件\0-])")
"""What stands where a number stands and has too few digits, too many, or a letter among them."""
_EXTENSION = compiled(
    r"\s?(?:[(\[]\s?(?:代表?|直通|代表電話|大代表)\s?[)\]]|[、,]?\s?(?:代表|直通)(?![0-9]))?\s?[、,/]?\s?[(\[<〔【]?\s?(?:代表?|直通)?[、,\s]?\s?"
    r"(?:内線(?:番号)?|\(内線?\)|内(?=\s?[:.]?\s?[0-9])|ext(?:ension)?\.?|EXT\.?|Ext\.?|\#(?=[0-9]))\s?[:.]?\s?"
    r"(?P<ext>[0-9]{1,6}(?:\s?(?:[、,・/~.-]|及び|又は|または|と|or)\s?(?:内線\s?)?[0-9]{1,6}){0,8})(?![0-9])\s?[)\]>〕】]?"
)
_EXTENSION_ONLY = compiled(r"\s*[(]?\s?(?:内線?\s?[:.]?)?\s?(?P<ext>[0-9]{2,6}(?:\s?(?:[、,・/~.-]|\s)\s?[0-9]{1,6}){0,8})\s?[)]?\s*")
_MAIN = compiled(rf"代表(?:電話|番号)?\s?[:.]?\s?(?P<number>\(?0[0-9]{{1,4}}\)?{_SEP[:-1]}?[0-9]{{1,4}}{_SEP}[0-9]{{4}})(?![0-9])")
_UNDER_MAIN = compiled(r"(?P<said>内線?(?:番号)?\s?[:.]?\s?)?(?<![0-9.,-])(?P<ext>[1-9][0-9]{2,4}(?:\s?[、,・/~]\s?[0-9]{2,5}){0,8})(?![0-9.,-])\s?\)?\s*$")
_BARE_EXTENSION = compiled(r"\s?\(\s?(?P<ext>[1-9][0-9]{2,4}(?:\s?[、,・/~-]\s?[0-9]{2,5}){0,8})\s?\)")
_MORE = compiled(r"\s?(?:\((?:代表?|直通)\))?\s?(?:(?P<range>~)|[、,・/.]|又は|または|及び|と|-(?=[0-9](?![0-9])))\s?(?P<digits>[0-9]{1,4})(?![0-9年月日時分円名人件社歳台万千百回号番丁:.,%(]|\s?-\s?[0-9]|\s?~\s?[0-9]{1,2}[:時])")

_FAX = r"FAX|Fax|fax|ファクシミリ|ファックス|ファクス|ファツクス|ﾌｧｯｸｽ|℻|📠|(?<![A-Za-z])F(?=\s?[:.)0-9(])"
_TEL = r"TEL|Tel|tel|T\.E\.L|電話|でんわ|℡|☎|☏|📞|✆|フリーダイ[ヤア]ル|ナビダイ[ヤア]ル|ダイ[ヤア]ルイン|ダイ[ヤア]ル|フリーコール|直通|代表|携帯|(?<![A-Za-z])T(?=\s?[:.)0-9(])"
_LABEL = compiled(rf"(?P<fax>{_FAX})|(?P<tel>{_TEL})")
_BOTH = compiled(
    rf"(?:{_TEL})(?:番号)?\s?(?:[/・&,、]|及び|兼|と|\()\s?(?:{_FAX})(?:番号)?\s?(?:兼用|共通|共用|とも|同じ)?\)?\s?[:.]?\s?$|(?:{_FAX})\s?(?:[/・&,、]|及び|兼)\s?(?:{_TEL})\s?(?:兼用|共通)?\s?[:.]?\s?$"
)
_BOTH_AFTER = compiled(rf"\s?[(、,/]?\s?(?:{_TEL})?\s?[/・、]?\s?(?:{_FAX})(?:番号)?\s?(?:も)?\s?(?:兼用|共通|共用|兼|とも|同じ|同番号|同一)")
_IS_FAX = compiled(_FAX)
_IS_TEL = compiled(_TEL)
_FAX_AFTER = compiled(rf"\s?\(\s?(?:専用)?(?:{_FAX})(?:番号|専用)?\s?\)(?!\s?[:.]?\s?\(?0[0-9])")
"""048-830-4801（FAX）: the bracket behind says what the number is."""
_LABEL_CLOSE = compiled(rf"(?:{_TEL}|{_FAX})(?:番号)?\s?[:.]?\s?$")
_HEAD_PHONE = compiled(r"電話|TEL|FAX")
_GROUP = compiled(r"[0-9]+")
_GROUP_OR_LETTER = compiled(r"[0-9OoIl]+")
_TRUNK = compiled(r"^\+810")
_EXT_NOISE = compiled(r"内線|\s")
_EXT_AND = compiled(r"[、,・/.]|及び|又は|または|と|or")
_JOINED = compiled(r"\s*(?:[、,/・;]|又は|または|及び|~)?\s*(?:\((?:代表?|直通)\))?\s*[、,/・]?\s*")
_DIAL = compiled(r"(?:電話|ダイヤル|ダイアル|℡|☎|TEL|Tel|局番なし(?:の)?|[ヤア]ル\S{0,6}|ライン|はやく)[^0-9]{0,4}$")
_ADDRESS = compiled(r"\s?(?:[^\s0-9]{2,3}[都道府県]|[^\s0-9]{1,5}[市区町村郡])")
_AREA_NOTE = compiled(r"市外局番[^0-9。]{0,24}?(?P<code>0[0-9]{1,4}(?:-[0-9]{1,4})?)(?![0-9])")
_AREA_HEADING = compiled(r"[(\s:](?P<code>0[0-9]{1,4}(?:\s?-\s?[0-9]{1,4})?)\s?-?\s?\)")
_EXTENSION_NOTE = compiled(r"\(\s*\)\s*内?\s*(?:の番号|の数字)?\s*[はが]?[^。]{0,6}内線|\(内線\)|内線")
_CONTACT = compiled(r"問|連絡|電話|TEL|Tel|担当|窓口|FAX|ファ[クッ]|申込先|申請先")

_JAPANESE = compiled(r"0(?!10)[1-9][0-9]{8,9}")
"""Trunk prefix, area code and number; 010 dials abroad."""
SHORT_CODES = frozenset({"104", "110", "113", "115", "116", "117", "118", "119", "122", "171", "177", "188", "189"})
"""Three-digit services of the Japanese numbering plan that a list names as a contact."""

FEWEST_DIGITS, MOST_DIGITS = 5, 16  # of what was meant for a number

_TYPES = {0: "fixed_line", 1: "mobile", 2: "fixed_line", 3: "toll_free", 4: "special", 5: "special", 6: "voip", 7: "special", 9: "special", 10: "special"}


@lru_cache(maxsize=4096)
def _asked(digits: str) -> tuple[bool, str, str | None, str]:
    """(valid, national writing, e164, type) of dialled digits, "+…" when foreign. phonenumbers answers, once for a number."""
    import phonenumbers

    if _JAPANESE.fullmatch(digits):  # what parsing makes of it, in a twentieth of the time
        number = phonenumbers.PhoneNumber(country_code=81, national_number=int(digits))
    else:
        try:
            number = phonenumbers.parse(digits, None if digits.startswith("+") else "JP")
        except phonenumbers.NumberParseException:
            return False, digits, None, "unknown"
    sort = phonenumbers.number_type(number)
    if sort == phonenumbers.PhoneNumberType.UNKNOWN:  # what is_valid_number asks, once instead of twice
        return False, digits, None, "unknown"
    style = phonenumbers.PhoneNumberFormat.NATIONAL if number.country_code == 81 else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    e164 = f"+{number.country_code}{phonenumbers.national_significant_number(number)}"
    return True, phonenumbers.format_number(number, style), e164, _TYPES.get(int(sort), "unknown")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A number in the text, not yet a Phone. area: the digits before the last block, to complete the next one from."""

    start: int
    end: int
    digits: str
    groups: tuple[str, ...]
    doubt: str | None = None
    area: str = ""
    whole: bool = True


@lru_cache(maxsize=2048)
def phones(text: str, ctx: Context) -> tuple[Found[Phone], ...]:
    """Every phone and fax number of a text, in order. ctx.area_code completes a number without one (0985, or 024-521 where only
    the last block is printed); so does the number before it in the text. Without a label, and outside a contact column, only
    what is a full and valid number counts. Never raises.

    Doubts: completed_area_code, completed_number, bare_extension, invalid_number, no_area_code, tel_and_fax.
    """
    plain = fold(text)
    if not _THREE.search(plain):
        return ()
    plain = _HIDE.sub(lambda m: "\0" * len(m.group()), plain)
    if "一" in plain or "の" in plain or "ノ" in plain:
        plain = _KANJI_DASH.sub("-", plain)
    heading, contact, area, area_of_notes, bare_ext, default = _told(ctx)
    if area is None:
        area = _noted(plain) or area_of_notes
    out: list[Found[Phone]] = []
    last_end, kind, both = 0, default, False
    for seen in _numbers(plain, area, contact, heading):
        between = plain[last_end : seen.start][-60:]
        now = _kind(between)
        joined = now is None and out and _JOINED.fullmatch(between) is not None
        if not joined:
            both = False
        if now == "both":
            kind, both = "tel", True
        elif now is not None:
            kind = now
        elif joined and both:
            kind, both = "fax", False
            if len(out) > 1 and out[-1].start == out[-2].start:
                out.pop()  # TEL/FAX: 111-1111 / 111-2222 are two, not one for both
        elif not joined:
            kind = default
        end, extension, ext_doubt = _extension(plain, seen, bare_ext)
        behind = _FAX_AFTER.match(plain, end)
        phone, doubt = _phone(seen, "fax" if behind else kind, extension)
        last_end = max(behind.end() if behind else end, last_end)
        out.append(Found(phone, text[seen.start : end], seen.start, end, doubt or ext_doubt))
        if both or (kind == "tel" and _BOTH_AFTER.match(plain, end)):
            fax, _ = _phone(seen, "fax", None)
            out.append(Found(fax, text[seen.start : end], seen.start, end, doubt or "tel_and_fax"))
    if contact and (odd := list(_odd(text, plain, out, heading, default))):
        out = sorted(out + odd, key=lambda f: f.start)
    return tuple(out) or _of_main(text, plain, heading)


def _odd(text: str, plain: str, read: Sequence[Found[Phone]], heading: str, default: str) -> Iterator[Found[Phone]]:
    """What a contact gives as a number and is none: never left away in silence. read: the numbers of the text."""
    for f in read:
        plain = plain[: f.start] + "\0" * (f.end - f.start) + plain[f.end :]
    for m in each(_ODD, plain):
        groups = _GROUP_OR_LETTER.findall(m.group())
        before = plain[max(0, m.start() - 24) : m.start()]
        labelled = _LABEL_CLOSE.search(before) is not None or (not plain[: m.start()].strip() and _HEAD_PHONE.search(heading) is not None)
        if not FEWEST_DIGITS <= sum(map(len, groups)) <= MOST_DIGITS or "内" in before[-6:]:
            continue
        if labelled or (groups[0][0] == "0" and len(groups) > 1 and ("-" in m.group() or ")" in m.group())):
            phone = Phone(_kind(before) or default, "-".join(groups), None, None, "unknown", False)
            yield Found(phone if phone.kind != "both" else replace(phone, kind="tel"), text[m.start() : m.end()], m.start(), m.end(), "invalid_number")


def _of_main(text: str, plain: str, heading: str) -> tuple[Found[Phone], ...]:
    """担当課（代表：03-3501-1511） over 技術課（内線5345）: the number of the heading with the extension of the cell."""
    main = _MAIN.search(heading)
    if main is None or not _asked(digits := "".join(c for c in main["number"] if c.isdigit()))[0]:
        return ()
    m = _UNDER_MAIN.search(plain)
    if m is None:
        return ()
    seen = _Seen(m.start("ext"), m.end("ext"), digits, tuple(_GROUP.findall(main["number"])))
    phone, _ = _phone(seen, "tel", extension_in(m["ext"]))
    return (Found(phone, text[m.start("ext") : m.end("ext")], m.start("ext"), m.end("ext"), "completed_number" if m["said"] else "bare_extension"),)


def _kind(between: str) -> str | None:
    if _BOTH.search(between):
        return "both"
    labels = list(_LABEL.finditer(between))
    if not labels:
        return None
    return "fax" if labels[-1]["fax"] else "tel"


@lru_cache(maxsize=256)
def _told(ctx: Context) -> tuple[str, bool, str | None, str | None, bool, str]:
    """What the list says of all cells of a column: its heading; whether it is one of contacts; the area code that the context
    or the heading gives (0985, or 024521 where it gives the exchange too; "" where the context's has no digit); the one of the
    notes; whether a bare figure in a bracket is an extension; the kind of a number without a label."""
    heading = fold(ctx.heading or "")
    notes = fold(ctx.notes) if ctx.notes else ""
    if ctx.area_code:
        area: str | None = _digits(fold(ctx.area_code))
    else:
        area = _digits(m["code"]) if (m := _AREA_HEADING.search(heading)) else _noted(heading)
    return (
        heading,
        ctx.column in ("contact", None) or bool(_CONTACT.search(heading)),
        area,
        _noted(notes),
        bool(_EXTENSION_NOTE.search(heading)) or bool(notes and _EXTENSION_NOTE.search(notes)),
        "fax" if heading and _IS_FAX.search(heading) and not _IS_TEL.search(heading) else "tel",
    )


def _noted(text: str) -> str | None:
    """市外局番は0985です: the area code a text tells of."""
    m = _AREA_NOTE.search(text) if "市外局番" in text else None
    return _digits(m["code"]) if m else None


def _digits(text: str) -> str:
    return "".join([c for c in text if c.isdigit()])


def _numbers(plain: str, area: str | None, contact: bool, heading: str) -> Iterator[_Seen]:
    stop = 0
    cell_area = ""
    for m in each(_NUMBER, plain):
        if m.start() < stop:
            continue
        seen = _seen(plain, m, area, cell_area, contact, heading, stop)
        if seen is None:
            continue
        yield seen
        stop = seen.end
        if seen.area and seen.groups:
            cell_area = seen.groups[0] if len(seen.groups) > 2 else ""
        for more in _others(plain, seen):
            yield more
            stop = more.end


def _seen(plain: str, m: regex.Match[str], area: str | None, cell_area: str, contact: bool, heading: str, stop: int) -> _Seen | None:
    start, end = m.span()
    before = plain[max(stop, start - 24) : start]
    labelled = _LABEL.search(before) is not None
    if m["plus"]:
        digits = "+" + "".join(c for c in m["plus"] if c.isdigit())
        digits = _TRUNK.sub("+81", digits)
        valid = _asked(digits)[0]
        if not valid and not (labelled or contact):
            return None
        return _Seen(start, end, digits, (), None if valid else "invalid_number")
    if m["full"]:
        return _full(m, labelled, contact)
    if m["hash"]:
        if not (labelled or contact or "ダイ" in before):
            return None
        return _Seen(start, m.end("hash"), "".join(m["hash"].split()), (), whole=False)
    if m["short"]:
        if m["short"] in SHORT_CODES and _DIAL.search(before):
            return _Seen(start, end, m["short"], (), whole=False)
        return None
    if m["line"]:
        if area is None or len(area) < 5 or not (contact or labelled) or "内線" in before[-6:]:
            return None
        whole = area + m["line"]
        return _Seen(start, end, whole, (), "completed_area_code", area) if _asked(whole)[0] else None
    return _local(plain, m, area, cell_area, labelled, contact, heading)


def _full(m: regex.Match[str], labelled: bool, contact: bool) -> _Seen | None:
    digits = "".join(c for c in m["full"] if c.isdigit())
    groups = tuple(_GROUP.findall(m["full"]))
    valid = _asked(digits)[0]
    if not valid and not (labelled or contact):
        return None
    if not valid and len(digits) not in (9, 10, 11):
        return None
    if len(groups) == 1 and not labelled and not contact:
        return None
    last = groups[-1] if len(groups[-1]) <= 4 else groups[-1][-4:]
    return _Seen(m.start(), m.end(), digits, groups, None if valid else "invalid_number", digits[: -len(last)])


def _local(plain: str, m: regex.Match[str], area: str | None, cell_area: str, labelled: bool, contact: bool, heading: str) -> _Seen | None:
    """A number printed without its area code: 21-1770, 20-2158（0284）."""
    start, end = m.start(), m.end("local")
    groups = tuple(_GROUP.findall(m["local"]))
    behind = m["behind"]
    code = behind or (area if area and len(area) <= 5 else None) or cell_area or None
    if code is None:
        strong = labelled and _LABEL_CLOSE.search(plain[max(0, start - 12) : start])
        sole = _HEAD_PHONE.search(heading) and not plain[:start].strip() and len(groups[0]) >= 2
        if (strong or sole) and len(groups[0]) >= 2:
            return _Seen(start, end, "-".join(groups), groups, "no_area_code", whole=False)
        return None
    if not (labelled or contact or behind):
        return None
    if not behind and not labelled and _ADDRESS.match(plain, end):  # a postcode without its mark
        return None
    digits = code + "".join(groups)
    if not _asked(digits)[0]:
        if not labelled:
            return None
        return _Seen(start, end, "-".join(groups), groups, "no_area_code", whole=False)
    if behind:
        return _Seen(start, m.end(), digits, (behind, *groups), None, digits[: -len(groups[-1])])
    return _Seen(start, end, digits, (code, *groups), "completed_area_code", digits[: -len(groups[-1])])


def _others(plain: str, seen: _Seen) -> Iterator[_Seen]:
    """Further numbers given by their last block only: 5541、5542; 2111～3 is 2111, 2112 and 2113."""
    if not seen.area or not seen.whole:
        return
    last = seen.digits[len(seen.area) :]
    at = seen.end
    while True:
        m = _MORE.match(plain, at)
        if m is None:
            return
        tail = m["digits"]
        dash = plain[m.start() : m.start("digits")].strip() == "-"
        if m["range"] or dash:
            top = last[: -len(tail)] + tail if len(tail) < len(last) else tail
            count = int(top) - int(last)
            if len(top) != len(last) or not 0 < count <= 9:
                return
            blocks = [str(int(last) + k).zfill(len(last)) for k in range(1, count + 1)]
        elif len(tail) == len(last) or (len(tail) in (1, 2) and len(tail) < len(last) and plain[m.start() : m.start("digits")].strip() in ("・", "/")):
            blocks = [last[: -len(tail)] + tail if len(tail) < len(last) else tail]
        else:
            return
        for block in blocks:
            digits = seen.area + block
            if not _asked(digits)[0]:
                return
            yield _Seen(m.start("digits"), m.end("digits"), digits, (*seen.groups[:-1], block) if len(seen.groups) == 3 else (), "completed_number", seen.area)
        last, at = blocks[-1], m.end()


def _extension(plain: str, seen: _Seen, bare: bool) -> tuple[int, str | None, str | None]:
    """Where the number with its extension ends, the extension, a doubt: （内線451）, 内線5351～5355, （5543）."""
    m = _EXTENSION.match(plain, seen.end)
    doubt = None
    if m is None and seen.whole:
        m = _BARE_EXTENSION.match(plain, seen.end)
        doubt = None if bare else "bare_extension"
    if m is None:
        return seen.end, None, None
    said = _EXT_AND.sub("/", _EXT_NOISE.sub("", m["ext"]).replace("~", "-"))
    end = m.end()
    body = plain[seen.end : end]
    if body.count(")") > body.count("("):
        end -= 1
    return end, said, doubt


def extension_in(text: str) -> str | None:
    """The extension a text of nothing else is: 3305、3306 → 3305/3306, 内線451 → 451; None for any other text."""
    m = _EXTENSION_ONLY.fullmatch(fold(text))
    return None if m is None else _EXT_AND.sub("/", _EXT_NOISE.sub("", m["ext"]).replace("~", "-"))


def _phone(seen: _Seen, kind: str, extension: str | None) -> tuple[Phone, str | None]:
    if not seen.whole:
        special = seen.digits.startswith("#") or seen.digits in SHORT_CODES
        return Phone(kind, seen.digits, None, extension, "special" if special else "unknown", special), seen.doubt
    valid, national, e164, sort = _asked(seen.digits)
    if not valid:
        return Phone(kind, "-".join(seen.groups) or seen.digits, None, extension, "unknown", False), "invalid_number"
    return Phone(kind, _written(seen, national, sort), e164, extension, sort, True), seen.doubt


def _written(seen: _Seen, national: str, sort: str) -> str:
    """0120-75-4010 stays as published; 0992-86-3093 is written as the numbering plan groups it, 099-286-3093."""
    groups = seen.groups
    if sort in ("toll_free", "special") and len(groups) == 3 and groups[0] == national.split("-")[0] and min(map(len, groups)) >= 2:
        return "-".join(groups)
    return national
