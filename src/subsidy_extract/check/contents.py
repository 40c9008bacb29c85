"""The document's own table of contents, held against the programmes that were read."""

from __future__ import annotations

from collections.abc import Iterator

from subsidy_extract.check.facts import Facts, issue
from subsidy_extract.compiled import compiled
from subsidy_extract.model import LeftOut, Outcome
from subsidy_extract.record import folded_name

# a name, its leader and mostly a page: 創業支援補助金 ……… 12
LINE = compiled(r"(?P<name>[^\n]{2,80}?)\s*(?:[…･・.．‥·]\s*){3,}[-－\d０-９pPｐＰ.ページ頁\s]*")
NUMBERING = compiled(r"^\s*(?:第?[0-9０-９]{1,3}(?:[-－][0-9０-９]{1,3})?[章節部.．、)）号\s]|[(（][0-9０-９]{1,3}[)）]|[①-⑳㉑-㊿]|[・○●◆■□◎]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])\s*")
FEWEST = 3  # names found again, before a contents page is taken to list programmes
LEAST = 6  # characters by which a shortened name is known
SHARE = 0.6  # of its lines; a contents page of chapters names hardly any programme


def _lines(left_out: tuple[LeftOut, ...]) -> Iterator[tuple[str, LeftOut]]:
    for out in left_out:
        for line in out.text.split("\n"):
            if match := LINE.fullmatch(line.strip()):
                yield NUMBERING.sub("", match["name"]).strip(), out


def _shortened(one: str, other: str) -> bool:
    """Whether one name begins with the other: a contents page leaves away what the table says in brackets, or adds it."""
    short, long = sorted((one, other), key=len)
    return len(short) >= LEAST and long.startswith(short)


def check_contents(facts: Facts) -> tuple[Outcome, ...]:
    """A programme that the contents name and nobody read. Only where most of the contents are programmes that were read."""
    entries = list(_lines(facts.understood.all_left_out(facts.document)))
    names = [folded_name(c.text) for r in facts.records if (c := r.entry.columns.get("name"))]
    known = set(names)
    others = {folded_name(NUMBERING.sub("", s)) for r in facts.records for s in (r.entry.section, *(r.entry.columns[k].text for k in ("category", "municipality", "organization") if k in r.entry.columns)) if s}
    others |= {folded_name(NUMBERING.sub("", t.title)) for t in facts.document.tables if t.title}
    folded = [(folded_name(name), name, out) for name, out in entries]
    # a contents page may shorten a name, or carry what the table says in a note
    read = [any(f == n or _shortened(f, n) for n in names) if f not in known else True for f, _, _ in folded]
    if sum(read) < max(FEWEST, SHARE * len(folded)):
        return (Outcome("contents_missing", 0, ()),)
    missing = [
        issue("contents_missing", field="name", value=name, places=(out.place,))
        for (f, name, out), seen in zip(folded, read, strict=True)
        if f and not seen and f not in others
    ]
    return (Outcome("contents_missing", len(folded), tuple(missing)),)
