"""From decoded text to records of fields, each with its line, and to the characters that a second count finds in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

DELIMITERS = "\t,;|"
LONGEST = 40_000  # characters of one quoted field; a cell of Excel holds 32,767
SNIFFED = 400  # lines looked at to tell the delimiter


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its fields without quotes, the line of the file it begins on, and of each of its fields. cut: a form
    feed stands before it. raw: as many lines as it covers."""

    fields: tuple[str, ...]
    line: int
    lines: tuple[int, ...]
    cut: bool = False

    @property
    def blank(self) -> bool:
        return not any(f.strip() for f in self.fields)


def plain_newlines(text: str) -> str:
    """CRLF, CR and the line separators of Unicode as LF; a vertical tab (Excel's break inside a cell) too."""
    return re.sub("\r\n|[\r\u2028\u2029\x85\x0b]", "\n", text)


def records(text: str, delimiter: str, quoted: bool = True) -> Iterator[Record]:
    """text: with plain newlines. quoted: a field may stand in double quotes (a doubled one is one), and then holds line
    breaks; a quote that is not closed just before a delimiter or a line's end is a letter like any other."""
    sep = re.escape(delimiter)
    quote = rf'[ ]*"((?:[^"\f]|""){{0,{LONGEST}}}+)"[ ]*(?={sep}|\n|\f|\Z)|' if quoted else ""
    field = re.compile(rf"{quote}([^{sep}\n\f]*)")
    fields: list[str] = []
    lines: list[int] = []
    line, start, at, cut = 1, 1, 0, False
    while at <= len(text):
        m = field.match(text, at)
        assert m is not None  # the second branch matches the empty string
        inner = m.group(1) if quoted else None
        fields.append(inner.replace('""', '"') if inner is not None else m.group(m.lastindex or 0))
        lines.append(line)
        line += m.group().count("\n")
        at = m.end()
        end = text[at : at + 1]
        at += 1
        if end == delimiter:
            continue
        if not (end == "" and fields == [""]):  # nothing after the last line's end
            yield Record(tuple(fields), start, tuple(lines), cut)
        if end in ("\n", "\f"):
            line += end == "\n"
            cut = end == "\f" or (cut and fields == [""])
        if end == "":
            return
        fields, lines, start = [], [], line


def sniffed(text: str) -> tuple[str, bool] | None:
    """The delimiter and whether quotes quote; None when no delimiter parts the lines evenly.

    The delimiter that gives the most records of one width of two or more wins; a tab is worth more than a comma, since
    prose has commas.
    """
    sample = "\n".join(text.split("\n", SNIFFED)[:SNIFFED])
    best: tuple[float, str, bool] | None = None
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        for quoted in (True, False) if '"' in sample else (True,):
            widths = Counter(len(r.fields) for r in records(sample, delimiter, quoted) if not r.blank)
            if not widths:
                continue
            width, count = max(widths.items(), key=lambda w: (w[1] * (w[0] > 1), w[0]))
            if width < 2:
                continue
            even = count / sum(widths.values())
            parted = sum(n for w, n in widths.items() if w > 1) / sum(widths.values())
            if parted < 0.3 or (delimiter != "\t" and even < 0.5) or (delimiter != "\t" and count < 2):
                continue
            score = even + parted + (0.5 if delimiter == "\t" else 0) + (0.01 if quoted else 0)
            if best is None or score > best[0]:
                best = (score, delimiter, quoted)
    return best[1:] if best else None


def counted(text: str, delimiter: str, quoted: bool) -> list[str]:
    """The characters of each line without white space, delimiters and the quotes that quote: a walk letter by letter
    that shares nothing with `records` but the rule of quotes."""
    out: list[str] = []
    now: list[str] = []
    inside = False
    fresh = True  # at the beginning of a field
    i = 0
    while i < len(text):
        ch = text[i]
        nxt = text[i + 1] if i + 1 < len(text) else "\n"
        if inside:
            if ch == '"' and nxt == '"':
                now.append(ch)
                i += 1
            elif ch == '"':
                inside = False
            elif ch == "\n":
                out.append("".join(now))
                now = []
            elif not ch.isspace():
                now.append(ch)
        elif ch == '"' and fresh and quoted and _closes(text, i, delimiter):
            inside, fresh = True, False
        elif ch == delimiter:
            fresh = True
        elif ch == "\n":
            out.append("".join(now))
            now, fresh = [], True
        elif ch == "\f":
            fresh = True
        elif ch == " " and fresh:
            pass
        elif not ch.isspace():
            now.append(ch)
            fresh = False
        else:
            fresh = False
        i += 1
    out.append("".join(now))
    return out


def _closes(text: str, start: int, delimiter: str) -> bool:
    """Whether the quote at `start` is closed right before a delimiter or the end of a line."""
    i = start + 1
    while (i := text.find('"', i)) >= 0:
        if i - start > LONGEST + 1 or "\f" in text[start:i]:
            return False
        if text[i + 1 : i + 2] == '"':
            i += 2
            continue
        rest = text[i + 1 : i + 40].lstrip(" ")
        return not rest or rest[0] in (delimiter, "\n", "\f")
    return False
