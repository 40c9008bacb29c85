"""Items: a cell that is an enumeration goes in ((1) (2), ① ②, ア イ, A. B., ・); its items come out, without marks, in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Context, Found
from subsidy_extract.normalize.width import fold
from subsidy_extract.patience import patience

_KANA = "アイウエオカキクケコサシスセソタチツテト"
_IROHA = "イロハニホヘトチリヌルヲ"
_KANJI = "一二三四五六七八九十"
_ROMAN_LOW, _ROMAN_UP = "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_BULLETS = "・●○■◆◇□▪▫▶▷►◎☑✓✔★☆➢"

_REFERENCE = r"(?!\x20?(?:から(?!の.{4})|~|[又及]|、|。|・|,|または|および|若しくは|もしくは|の|に(?:該当|掲げ|定め|規定|係る|つい)|と(?!し|も)|を(?!希望|利用|営)|は(?!じ)|が|で(?:あ|は|き)|のみ|以外|まで|\)|」|/|$|\x20*$))"
"""After a sign that is only spoken of: ①から③まで, (1)又は(2), ①の場合."""
_FREE = r"(?<![0-9A-Za-z第表図注※＊条項号年月])"
_OPEN = r"(?:(?<=^)|(?<=[\s。、:;)\]】」』]))"
"""Where a sign that is also a letter of a word may stand: at the beginning or after a break."""


@dataclass(frozen=True, slots=True)
class _Family:
    """One kind of mark. second: what must be in the text for two of them. order: mark → 1, 2, 3 …"""

    second: tuple[str, ...]
    pattern: regex.Pattern[str]
    order: Callable[[str], int]


def _index(signs: str) -> Callable[[str], int]:
    return lambda sign: signs.index(sign) + 1


def _from(first: str) -> Callable[[str], int]:
    return lambda sign: ord(sign) - ord(first) + 1


_FAMILIES = (
    _Family(("(2)",), compiled(rf"{_FREE}\(([0-9]{{1,2}})\){_REFERENCE}"), int),
    _Family(("②",), compiled(rf"([①-⑳]){_REFERENCE}"), _from("①")),
    _Family(("❷",), compiled(rf"([❶-❿]){_REFERENCE}"), _from("❶")),
    _Family(("⑵",), compiled(rf"([⑴-⒇]){_REFERENCE}"), _from("⑴")),
    _Family(("⒉",), compiled(r"([⒈-⒛])"), _from("⒈")),
    _Family(("(イ)",), compiled(rf"\(([{_KANA}])\){_REFERENCE}"), _index(_KANA)),
    _Family(("(ロ)",), compiled(rf"\(([{_IROHA}])\){_REFERENCE}"), _index(_IROHA)),
    _Family(("(二)",), compiled(rf"\(([{_KANJI}])\){_REFERENCE}"), _index(_KANJI)),
    _Family(("(b)",), compiled(rf"\(([a-z])\){_REFERENCE}"), _from("a")),
    _Family(("(B)",), compiled(rf"\(([A-Z])\){_REFERENCE}"), _from("A")),
    _Family(("ⅱ",), compiled(rf"\(?([{_ROMAN_LOW}])\)?{_REFERENCE}"), _index(_ROMAN_LOW)),
    _Family(("Ⅱ",), compiled(rf"{_OPEN}\(?([{_ROMAN_UP}])\)?[.:、\x20]{_REFERENCE}"), _index(_ROMAN_UP)),
    _Family(("2.", "2)", "2:", "2、", "2 "), compiled(rf"{_OPEN}([0-9]{{1,2}})(?:\.(?![0-9])|\)|:(?![0-9])|、(?![0-9])|(?=\x20[^0-9\x20~円年月日人%/.,件名回]))"), int),
    _Family(("B.", "B)", "B:", "B、", "B "), compiled(rf"{_OPEN}([A-Z])(?:[.):、](?![A-Za-z0-9]{{2}})|(?=\x20))"), _from("A")),
    _Family(("b.", "b)", "b:", "b "), compiled(rf"{_OPEN}([a-z])(?:[.):]|(?=\x20))"), _from("a")),
    _Family(("イ",), compiled(rf"{_OPEN}([{_KANA}])(?:[.):、]|(?=\x20))"), _index(_KANA)),
    _Family(("ロ",), compiled(rf"{_OPEN}([{_IROHA}])(?:[.):、]|(?=\x20))"), _index(_IROHA)),
    _Family(("二",), compiled(rf"{_OPEN}([{_KANJI}])(?:[.):、]|(?=\x20))"), _index(_KANJI)),
)
_BULLET = compiled(rf"(?:(?<=^)|(?<=[\s。:;)\]】」』]))([{_BULLETS}])\x20?(?=[^\s{_BULLETS}])")
_GLUED_BULLET = compiled(r"([■●◆◇□▪☑✓✔▶➢])\x20?(?=\S)")
_SECOND = re.compile(r"[②❷⑵⒉ⅱⅡ]|[2イロ二bB][.):、\x20]")
_FIRST_BULLET = re.compile(rf"(?:^|[\s。:;)\]】」』])[{_BULLETS}]")
"""A second mark, a bullet that stands free: quick passes that most cells do not survive."""
_NOTE = compiled(r"(?:(?<=[\s。])|^)(?:※|\(注|\*注|【注|注[):1１])")
_EDGE = " \n\t、,;；・"


def items(text: str, ctx: Context) -> tuple[Found[str], ...]:
    """The items of the enumeration a cell holds, each without its mark; () where the cell is none.

    Marks must run on (1, 2, 3 …) and be two at least; what is only spoken of (①から③まで) is no mark. Words before the first mark are no
    item, and a note (※) at the end is none of the last. Of nested enumerations the outer one is taken apart.
    """
    folded = fold(text)
    marked, bulleted = _SECOND.search(folded), _FIRST_BULLET.search(folded)
    if marked is None and bulleted is None:
        return ()
    best: list[list[regex.Match[str]]] = []
    try:
        for family in _FAMILIES if marked else ():
            for sign in family.second:
                if sign in folded:
                    break
            else:
                continue
            chains = _chains(family, folded)
            if chains and (not best or chains[0][0].start() < best[0][0].start()):
                best = chains
                if not folded[: chains[0][0].start()].strip():
                    break  # none can begin before it
        bullets = _bullets(folded) if bulleted else []
    except TimeoutError:
        return ()
    if bullets and (not best or bullets[0].start() < best[0][0].start()):
        best = [bullets]
    marks = [mark for chain in best for mark in chain]
    found: list[Found[str]] = []
    for at, mark in enumerate(marks):
        last = at + 1 == len(marks)
        end = len(text) if last else marks[at + 1].start()
        start, end = _trim(folded, mark.end(), end, last)
        if start < end:
            found.append(Found(text[start:end], text[start:end], start, end))
    return tuple(found) if len(found) > 1 else ()


def _chains(family: _Family, folded: str) -> list[list[regex.Match[str]]]:
    """Runs of marks 1, 2, 3 … with at least two; a new 1 begins the next run."""
    chains: list[list[regex.Match[str]]] = []
    run: list[regex.Match[str]] = []
    again: regex.Match[str] | None = None  # a 1 inside a run: the next run, if a 2 follows it
    for mark in family.pattern.finditer(folded, timeout=patience(folded)):
        order = family.order(mark[1])
        if order == len(run) + 1:
            run.append(mark)
            again = None
        elif order == 2 and again is not None:
            chains.append(run)
            run, again = [again, mark], None
        elif order == 1 and len(run) > 1:
            again = mark
        elif order == 1:
            run = [mark]
    if len(run) > 1:
        chains.append(run)
    return chains


def _bullets(folded: str) -> list[regex.Match[str]]:
    marks = list(_BULLET.finditer(folded, timeout=patience(folded)))
    if marks:
        same = [m for m in marks if m[1] == marks[0][1]]  # ○ with ・ below it: the outer ones
        if len(same) == 1 and folded.lstrip()[:1] == same[0][1] and marks[0][1] != "・":
            glued = [m for m in _GLUED_BULLET.finditer(folded, timeout=patience(folded)) if m[1] == marks[0][1]]
            return glued if len(glued) > 1 else []
        return same if len(same) > 1 else []
    return []


def _trim(folded: str, start: int, end: int, last: bool) -> tuple[int, int]:
    if last:
        note = _NOTE.search(folded, start, end)
        if note is not None and folded[start : note.start()].strip():
            end = note.start()
    while start < end and folded[start] in _EDGE + ".:)":
        start += 1
    while end > start and folded[end - 1] in _EDGE:
        end -= 1
    return start, end
