"""From the bytes of a text file to its text, the name of its encoding, and what could not be decoded."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Doubt, Place

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
MOST_BROKEN = 0.01  # characters that may be undecodable in a text that is otherwise evidently of one encoding
MANY_KANJI = 30  # of so many in a Japanese list some are followed by kana
SANE = 0.7  # share of plausible characters below which bytes that decode are still not taken for text


@dataclass(frozen=True, slots=True)
class Decoded:
    """encoding: utf-8, utf-8-sig, utf-16, utf-32, cp932, euc_jp, iso2022_jp, ascii. Undecodable bytes stand as U+FFFD and
    each has a doubt (`undecodable`) with its line."""

    text: str
    encoding: str
    doubts: tuple[Doubt, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """declared: the encoding a format names (HTML's meta charset); believed when the bytes agree with it.

    Raises ExtractError(UNREADABLE) for an empty file and for bytes that are no Japanese text in a known encoding.
    """
    if not data.strip(b" \t\r\n\f\x00\x1a\xef\xbb\xbf\xff\xfe"):
        raise ExtractError(Exit.UNREADABLE, "The file is empty", "Download the list again")
    for bom, name, codec in BOMS:
        if data.startswith(bom):
            return _replaced(data[len(bom) :], name, _codec(codec))
    if data.endswith(b"\x1a"):  # the end mark of old DOS tools
        data = data.rstrip(b"\x1a")
    for name, decoder in _candidates(data, declared):
        text = decoder(data, "strict")
        if text is not None and _sanity(text) >= SANE:
            return Decoded(text, name)
    broken = [_replaced(data, name, decoder) for name, decoder in (("utf-8", _codec("utf-8")), ("cp932", _codec("cp932")), ("euc_jp", _euc_jp))]
    for one in sorted(broken, key=lambda d: -_sanity(d.text, kana=True)):
        if _sanity(one.text, kana=True) >= SANE and one.text.count("\ufffd") <= max(1, MOST_BROKEN * len(one.text)):
            return one
    raise ExtractError(
        Exit.UNREADABLE,
        f"The text is in no encoding that Japanese lists use{_guess(data)}",
        "Save it as UTF-8 and try again",
    )


def _candidates(data: bytes, declared: str | None) -> list[tuple[str, Decoder]]:
    """Encodings to try, the likeliest first. CP932 and EUC-JP decode much of each other: the plausible text wins."""
    if not data.strip(bytes(range(9, 127))):
        if re.search(rb"\x1b[$(]", data):
            return [("iso2022_jp", _iso2022_jp)]
        return [("ascii", _codec("ascii"))]
    if b"\x00" in data[:4000]:
        return [(n, _codec(n)) for n in ("utf-16-le", "utf-16-be")]
    utf8 = _codec("utf-8")
    if utf8(data, "strict") is not None and _canonical(declared) in (None, "utf-8"):
        return [("utf-8", utf8)]  # valid UTF-8 with Japanese in it is never something else by chance
    two: list[tuple[str, Decoder]] = [("cp932", _codec("cp932")), ("euc_jp", _euc_jp)]
    two.sort(key=lambda c: -_sanity(c[1](data, "strict") or "", kana=True))
    two = [c for c in two if _sanity(c[1](data, "strict") or "", kana=True) >= SANE]
    order = [("utf-8", utf8), *two]
    order.sort(key=lambda c: c[0] != _canonical(declared))  # stable: only the declared one moves to the front
    return order


def _canonical(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared.strip()).name if declared else None
    except LookupError:
        return None
    return {"shift_jis": "cp932", "shift_jisx0213": "cp932", "shift_jis_2004": "cp932", "utf_8": "utf-8"}.get(name or "", name)


def _sanity(text: str, kana: bool = False) -> float:
    """Share of characters, ASCII and white space aside, that Japanese office text is made of.

    Half-width katakana counts little: EUC-JP read as CP932 is full of it. Private use and controls count against.
    kana: text with many kanji and no kana counts nothing (Chinese bytes decode as EUC-JP).
    """
    good = total = 0.0
    kanji = 0
    seen_kana = False
    for ch in text[:20000]:
        n = ord(ch)
        if 0x20 <= n < 0x7F or ch.isspace():
            continue
        total += 1
        if n < 0x20 or n == 0x7F or 0x80 <= n < 0xA0 or 0xE000 <= n < 0xF900:
            good -= 2
        elif 0x3000 <= n < 0x3100 or 0xFF01 <= n < 0xFF5F or 0x2000 <= n < 0x2800 or n in (0xA5, 0xD7, 0xA7, 0xB1, 0xBD, 0xBC, 0xBE):
            good += 1
            seen_kana = seen_kana or 0x3041 <= n < 0x3100
        elif 0x4E00 <= n < 0xA000:
            kanji += 1
            good += 1 if _common(ch) else 0.3
        elif 0xFF61 <= n < 0xFFA0:
            seen_kana = True
            good += 0.2
        elif unicodedata.category(ch)[0] in "LNSP":
            good += 0.5
    if kana and kanji >= MANY_KANJI and not seen_kana:
        return 0.0
    return good / total if total else 1.0


def _common(kanji: str) -> bool:
    """A kanji of JIS X 0208 level 1, the 2,965 in daily use (rows 16 to 47)."""
    try:
        raw = kanji.encode("euc_jp")
    except UnicodeEncodeError:
        return False
    return len(raw) == 2 and 0xB0 <= raw[0] <= 0xCF


Decoder = Callable[[bytes, str], str | None]
"""(bytes, "strict" or "replace") → text, or None when strict fails."""


def _codec(name: str) -> Decoder:
    def run(data: bytes, errors: str) -> str | None:
        try:
            return data.decode(name, errors)
        except UnicodeDecodeError:
            return None

    return run


def _euc_jp(data: bytes, errors: str) -> str | None:
    """EUC-JP with the vendor characters (①, ㈱, 髙) that Windows and the web write in it and Python's codec lacks."""
    return _with_vendor_characters(data, errors, "euc_jp", high=True)


def _iso2022_jp(data: bytes, errors: str) -> str | None:
    """ISO-2022-JP with half-width katakana and vendor characters, as mail programs write it (CP50221)."""
    out: list[str] = []
    mode = b"(B"
    for part in re.split(rb"(\x1b(?:\$[@B]|\$\([DO-Q]|\([BJI]))", data):
        if part.startswith(b"\x1b"):
            mode = part[1:]
        elif mode in (b"$@", b"$B"):
            # in this mode too a line break is a single byte
            for run in re.split(rb"([\r\n\f\t ]+)", part):
                text = run.decode("ascii") if run[:1].isspace() else _with_vendor_characters(run, errors, "iso2022_jp", high=False)
                if text is None:
                    return None
                out.append(text)
        else:
            text = _codec("shift_jis" if mode == b"(I" else "ascii" if mode == b"(B" else "iso2022_jp_1")(
                bytes(b | 0x80 for b in part) if mode == b"(I" else part if mode in (b"(B", b"(J") else b"\x1b" + mode + part, errors
            )  # fmt: skip
            if text is None:
                return None
            out.append(text)
    return "".join(out)


def _with_vendor_characters(data: bytes, errors: str, codec: str, high: bool) -> str | None:
    """Decodes double bytes; a pair the codec lacks is looked up at the same place of CP932 (NEC row 13, IBM's kanji)."""
    wrapped = data if high else b"\x1b$B" + data
    try:
        return wrapped.decode(codec)
    except UnicodeDecodeError:
        pass  # not an error yet: pair by pair below
    out: list[str] = []
    i = 0
    while i < len(data):
        n = 1 if high and data[i] < 0x80 else 3 if high and data[i] == 0x8F else 2
        pair = data[i : i + n]
        i += n
        ch = _codec(codec)(pair if high else b"\x1b$B" + pair, "strict")
        if ch is None and len(pair) == 2:
            ch = _codec("cp932")(_shifted(pair[0] & 0x7F, pair[1] & 0x7F), "strict")
        if ch is None or not ch:
            if errors == "strict":
                return None
            ch = "\ufffd"
        out.append(ch)
    return "".join(out)


def _shifted(first: int, second: int) -> bytes:
    """A JIS pair (0x21–0x7E each) as Shift_JIS bytes: JIS X 0208, annex 1."""
    if not (0x21 <= first <= 0x7E and 0x21 <= second <= 0x7E):
        return b"\xff"  # decodes nowhere
    lead = (first + 1) // 2 + (0x70 if first <= 0x5E else 0xB0)
    trail = second + (0x1F + (second > 0x5F) if first % 2 else 0x7E)
    return bytes((lead, trail))


def _replaced(data: bytes, name: str, codec: Decoder) -> Decoded:
    text = codec(data, "strict")
    if text is not None:
        return Decoded(text, name)
    text = codec(data, "replace") or ""
    doubts = tuple(
        Doubt("undecodable", f"{name}: line {n} has bytes that are no character: {line.strip()[:60]}", (Place(line=n),))
        for n, line in enumerate(re.split(r"\r\n|\r|\n", text), 1)
        if "\ufffd" in line
    )
    return Decoded(text, name, doubts)


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # only to tell a person what it may be

    best = from_bytes(data[:50000]).best()
    return f" (perhaps {best.encoding})" if best is not None else ""
