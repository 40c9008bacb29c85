"""Boxes of text with lines of 「■対象者：…」 → programmes, one for each box."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from subsidy_extract.compiled import compiled
from subsidy_extract.entries.cards import head_for, title_slots
from subsidy_extract.entries.fold import one_line
from subsidy_extract.entries.grid import GridRow, places
from subsidy_extract.entries.heads import SURE
from subsidy_extract.entries.kinds import is_note, is_programme_like, is_section_like
from subsidy_extract.entries.meaning import meaning_of
from subsidy_extract.entries.nouns import Head, Meaning, Raw
from subsidy_extract.entries.reading import Reading
from subsidy_extract.entries.slices import slice_cell
from subsidy_extract.model import Cell, Doubt

BULLETS = "■□◆◇●○◎・▼▽▶►▷＊*◼▪•☆★"
_LINE = compiled(
    rf"^[ \t\u3000]*(?P<bullet>[{BULLETS}])?[ \t\u3000]*"
    r"(?:(?P<box>[【［\[〔《〈<＜])[ \t\u3000]*(?P<boxed>[^】］\]〕》〉>＞\n]{1,20})[】］\]〕》〉>＞][ \t\u3000]*[:：]?"
    r"|(?P<label>[^:：\n]{1,24}?)[ \t\u3000]*(?P<sep>[:：]|$|[\t\u3000]+|[ ]{2,}))"
)
_BOXED = compiled(r"(?<=\S)[【［〔《〈]([^】］〕》〉\n]{1,16})[】］〕》〉]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a box: where it stands in its cell, and the label it begins with. style: the sign labels of this box
    have (a bullet, a bracket, a colon)."""

    cell: Cell
    start: int
    end: int
    label: str | None = None
    label_end: int = 0
    style: str = ""
    known: bool = False
    colon: bool = False

    @property
    def text(self) -> str:
        return self.cell.text[self.start : self.end]


def line_of(cell: Cell, start: int, end: int, mapping: Mapping[str, str] | None) -> Line:
    m = _LINE.match(cell.text[start:end], timeout=2.0)
    if m is None:
        return Line(cell, start, end)
    label = (m["boxed"] or m["label"] or "").strip()
    if not label:
        return Line(cell, start, end)
    known = meaning_of((label,), mapping).how in SURE
    colon = m["sep"] is None or m["sep"] in (":", "：")
    return Line(cell, start, end, label, start + m.end(), (m["bullet"] or "") + ("【" if m["box"] else ""), known, colon)


def lines_of(cells: Iterable[Cell], mapping: Mapping[str, str] | None) -> list[Line]:
    """The lines of cells; 【対象】商店主【上限】50万円 is two, where both are keys."""
    lines: list[Line] = []
    for cell in cells:
        start = 0
        for part in cell.text.split("\n"):
            cuts = [0, *(m.start() for m in _BOXED.finditer(part) if meaning_of((m[1],), mapping).how in SURE), len(part)]
            if len(cuts) > 2 and not line_of(cell, start, start + cuts[1], mapping).style.endswith("【"):
                cuts = [0, len(part)]
            for a, b in pairwise(cuts):
                if part[a:b].strip():
                    lines.append(line_of(cell, start + a, start + b, mapping))
            start += len(part) + 1
    return lines


def _labels(lines: Sequence[Line]) -> list[bool]:
    """Which lines begin a new key. Where the known labels have a bullet or a bracket, only lines with that sign do; an
    unknown label with it is a key too. TEL： within 問合せ先 is part of the contact."""
    styles = Counter(line.style for line in lines if line.known and (line.colon or line.style))
    if not styles:
        return [False] * len(lines)
    style = max(styles, key=lambda s: (bool(s), styles[s]))
    if styles[style] < 2:
        style = styles.most_common(1)[0][0]
    out: list[bool] = []
    current: tuple[str, ...] = ()
    for line in lines:
        is_key = bool(line.label) and line.style == style and (line.known or bool(style)) and (line.colon or bool(style))
        if is_key and line.label:
            keys = meaning_of((line.label,)).keys
            if not style and "contact" in current and keys == ("contact",) and out and any(out):
                is_key = False
            else:
                current = keys
        out.append(is_key)
    return out


def box_of(table: int, lines: Sequence[Line], section: str | None, mapping: Mapping[str, str] | None, reading: Reading) -> Raw | None:
    """One programme of the lines of one box; None when it has fewer than two known keys or no name."""
    is_key = _labels(lines)
    if sum(k and line.known for k, line in zip(is_key, lines, strict=True)) < 2:
        return None
    raw = Raw(table, [], section)
    above = [line for line, _ in zip(lines, _until(is_key), strict=False)]
    said: list[tuple[Head, list[tuple[Cell, int, int]]]] = []
    labels: list[Cell] = []
    for line, key in list(zip(lines, is_key, strict=True))[len(above) :]:
        if key and line.label:
            head = head_for([line.label], mapping)
            said.append((head, [(line.cell, line.label_end, line.end)]))
            labels.append(slice_cell(line.cell, line.start, line.label_end))
        elif (spans := said[-1][1])[-1][0] is line.cell:
            spans[-1] = (line.cell, spans[-1][1], line.end)
        else:  # a line each: the value goes on in the next cell
            spans.append((line.cell, line.start, line.end))
    found = [(head, part) for head, spans in said for cell, start, end in spans if (part := slice_cell(cell, start, end)).text]
    named = any("name" in h.meaning.keys and c.text for h, c in found)
    titles = [slice_cell(line.cell, line.start, line.end) for line in above]
    if not named:
        if not titles:
            return None
        at = next((i for i, t in enumerate(titles) if is_programme_like(t.text)), None)
        at = next((i for i, t in enumerate(titles) if is_section_like(t.text)), 0) if at is None else at
        slots, rest = title_slots(titles[at])
        raw.slots.extend(slots)
        labels.extend(rest)
        if len(titles) > 1:
            raw.doubts.append(Doubt("guessed_name", titles[at].text, places(titles[at]), "name"))
        titles.pop(at)
    for t in titles:
        raw.slots.append((Head("", "#", Meaning((), "unknown")), t, False))
    raw.slots.extend((h, c, False) for h, c in found)
    reading.out(labels, "heading")
    have = {h.text for _, h in reading.heads}
    reading.heads.extend((0, h) for text, h in {h.text: h for h, _ in said}.items() if text not in have)
    return raw


def _until(flags: Sequence[bool]) -> Iterable[bool]:
    """The flags before the first that is set."""
    for flag in flags:
        if flag:
            return
        yield flag


def read_boxes(table: int, rows: Sequence[GridRow], section: str | None, mapping: Mapping[str, str] | None) -> Reading | None:
    """The boxes of a table: each cell one, or all rows of a single column together; None when it holds none."""
    standing = [cell for row in rows for _, cell in row.standing()]
    if not standing:
        return None
    reading = Reading()
    if len(rows[0].cells) == 1 and all("\n" not in cell.text.strip() for cell in standing) and len(standing) > 2:
        for group in _groups(lines_of(standing, mapping)):
            raw = box_of(table, group, section, mapping, reading)
            if raw is not None:
                reading.raws.append(raw)
            else:
                reading.out([line.cell for line in group], "prose")
        return reading if reading.raws else None
    boxes = 0
    first = section
    for cell in standing:
        raw = box_of(table, lines_of([cell], mapping), section, mapping, reading)
        if raw is not None:
            boxes += 1
            reading.raws.append(raw)
            continue
        text = one_line(cell.text)
        if not is_note(text) and len(text) <= 40:
            section = text
        reading.out([cell], "note" if is_note(text) else "section" if len(text) <= 40 else "prose")
    return reading if boxes * 2 >= len(standing) else _side_by_side(table, rows, first, mapping)


def _side_by_side(table: int, rows: Sequence[GridRow], section: str | None, mapping: Mapping[str, str] | None) -> Reading | None:
    """Boxes that stand beside each other, their lines in the columns of one table; None unless two columns hold nothing else."""
    reading = Reading()
    columns = 0
    for c in range(len(rows[0].cells)):
        cells = [cell for row in rows for k, cell in row.standing() if k == c]
        if not cells:
            continue
        raws = [box_of(table, group, section, mapping, reading) for group in _groups(lines_of(cells, mapping))]
        if None in raws:
            return None
        columns += 1
        reading.raws.extend(raw for raw in raws if raw is not None)
    return reading if columns >= 2 else None


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of several boxes in one column: a line without a label that follows the last key and is followed by the first
    key again begins the next box."""
    is_key = _labels(lines)
    first = next((line.label for line, key in zip(lines, is_key, strict=True) if key), None)
    starts = [i for i, (line, key) in enumerate(zip(lines, is_key, strict=True)) if key and line.label == first]
    groups: list[list[Line]] = []
    begin = 0
    for n, at in enumerate(starts):
        if n:
            cut = at
            if first is not None and "name" not in meaning_of((first,)).keys and at - 1 > begin and not is_key[at - 1]:
                cut = at - 1
            groups.append(list(lines[begin:cut]))
            begin = cut
    groups.append(list(lines[begin:]))
    return groups
