"""The values of one column that stands in several cells → what the cells say together: 開始 beside 終了, 電話 beside 内線, 中小企業 beside 大企業."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Amount, Found, Period, Phone, Rate
from subsidy_extract.normalize.phone import extension_in
from subsidy_extract.normalize.width import fold

_BEGINS = compiled(r"開始|始期|始まり|(?:^|[/／])(?:自|から|始)$")
_EXTENSION = compiled(r"(?:^|[/／])[(]?内線(?:番号)?[)]?$")
_OF_WHAT = compiled(r"率|割合|額|上限|下限|限度|単価|いくら|補助金|助成金")
_GLOSS = compiled(r"[(]([^()]{1,20})[)]$")
_UNIT = compiled(r"単位|円|%|税|注|以内|参照")


@dataclass(frozen=True, slots=True)
class Told:
    """What one cell of a column gave. heading: without white space, the levels joined by ／. start: where the cell begins in
    the text of the column; `found` has its spans there too."""

    heading: str
    text: str
    start: int
    found: tuple[Found[object], ...]


def windows(text: str, cells: Sequence[Told]) -> list[Found[object]]:
    """受付開始 R8.4.1 in one cell and 受付終了 R8.6.30 in the next are one window; text: of the whole column."""
    out: list[Found[object]] = []
    skip = False
    for k, cell in enumerate(cells):
        if skip:
            skip = False
            continue
        after = cells[k + 1] if k + 1 < len(cells) else None
        joined = _windows(text, cell, after) if after is not None and _BEGINS.search(fold(cell.heading)) else None
        out.extend(cell.found if joined is None else joined)
        skip = joined is not None
    return out


def _windows(text: str, begin: Told, end: Told) -> list[Found[object]] | None:
    """The windows of two cells, the first with the first; None where one of them says more than a beginning or an end."""
    first = [f for f in begin.found if isinstance(f.value, Period)]
    last = [f for f in end.found if isinstance(f.value, Period)]
    if not first or len(first) < len(last) or (len(first) > len(last) and len(last) != 1):
        return None
    made: list[Found[object]] = []
    for a, b in zip(first, last if len(last) == len(first) else last * len(first), strict=True):
        p, q = a.value, b.value
        assert isinstance(p, Period) and isinstance(q, Period)
        if p.start is None or p.end is not None or q.start is not None or p.role != q.role or (q.end is None and q.status is None):
            return None
        if (q.end is not None and (q.end < p.start or len(last) < len(first))) or p.round != q.round:
            return None
        both = replace(p, end=q.end, status=q.status or p.status)
        stop = b.end if len(first) == 1 else a.end
        made.append(Found(both, text[a.start : stop], a.start, stop, a.doubt or b.doubt))
    return made


def extensions(text: str, cells: Sequence[Told]) -> list[Found[object]]:
    """A column 内線 beside the one of the telephone gives its extension; text: of the whole column."""
    own = [k for k, cell in enumerate(cells) if _EXTENSION.search(fold(cell.heading))]
    lists = [[] if k in own else list(cell.found) for k, cell in enumerate(cells)]
    for k in own:
        near = [j for j in (*range(k - 1, -1, -1), *range(k + 1, len(cells))) if any(_bare(f) for f in lists[j])]
        said = [e for e in (extension_in(part) for part in cells[k].text.split()) if e] if near else []
        if not said:
            continue
        at = [i for i, f in enumerate(lists[near[0]]) if _bare(f)]
        if len(said) != len(at):
            whole = extension_in(cells[k].text)
            said, at = ([whole] if whole else []), at[:1]
        for i, extension in zip(at, said, strict=False):
            f = lists[near[0]][i]
            assert isinstance(f.value, Phone)
            # the words between them belong to the number where there are none but white space
            stop = cells[k].start + len(cells[k].text) if len(at) == 1 and not text[f.end : cells[k].start].strip() and near[0] < k else f.end
            lists[near[0]][i] = Found(replace(f.value, extension=extension), text[f.start : stop], f.start, stop, f.doubt)
    return [f for found in lists for f in found]


def _bare(found: Found[object]) -> bool:
    return isinstance(found.value, Phone) and found.value.kind == "tel" and found.value.extension is None


def scopes(text: str, cells: Sequence[Told]) -> list[Found[object]]:
    """助成額／中小企業 beside 助成額／中小企業以外: the heading says for whom, where the cell does not."""
    glosses = [_gloss(cell.heading) for cell in cells]
    several = len({g for g in glosses if g}) > 1
    out: list[Found[object]] = []
    for cell, gloss in zip(cells, glosses, strict=True):
        for f in cell.found:
            if several and gloss and isinstance(f.value, Amount | Rate) and f.value.scope is None:
                out.append(replace(f, value=replace(f.value, scope=gloss)))
            else:
                out.append(f)
    return out


def _gloss(heading: str) -> str | None:
    """The part of a heading that says for whom: its lower level, or what stands in its last bracket."""
    upper, _, lower = heading.rpartition("／")
    if upper and not _OF_WHAT.search(lower) and len(lower) <= 20:
        return lower
    m = _GLOSS.search(fold(heading))
    return None if m is None or _UNIT.search(m[1]) or _OF_WHAT.search(m[1]) else heading[m.start(1) : m.end(1)]


TOGETHER: dict[str, Callable[[str, Sequence[Told]], list[Found[object]]]] = {"periods": windows, "phones": extensions, "rates": scopes, "amounts": scopes}
"""Name of a finder → what the cells of one column say together."""
