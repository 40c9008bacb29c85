"""Checks across programmes: paths that differ by a letter from their siblings on the same host, names that stand twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from rapidfuzz.distance import DamerauLevenshtein

from subsidy_extract.check.facts import Facts, issue, places_of, where
from subsidy_extract.model import Found, Issue, Outcome, Record, Url
from subsidy_extract.record import folded_name

# Two folders of one site that are spelt alike by design are short or differ in a figure (r7, r8); a slip of the hand
# happens inside a word. Six letters are the shortest word in which one letter more or less is no other word.
LONG, LONGER = 6, 9


def _urls(record: Record) -> Iterator[tuple[str, Found[object], Url]]:
    for key, found in record.found.get("urls", ()):
        if isinstance(found.value, Url) and found.value.valid:
            yield key, found, found.value


def alike(a: str, b: str) -> bool:
    """Whether one folder name may be a slip of the other: a letter apart (two in a long word), no figure and no plural."""
    if min(len(a), len(b)) < LONG or a.rstrip("s") == b.rstrip("s"):
        return False
    if sum(map(str.isdigit, a)) or sum(map(str.isdigit, b)):
        return False
    limit = 2 if min(len(a), len(b)) >= LONGER else 1
    return 0 < DamerauLevenshtein.distance(a, b, score_cutoff=limit) <= limit


def check_paths(facts: Facts) -> tuple[Outcome, ...]:
    """A folder that few URLs of a host spell so, beside one that as many or more spell a letter otherwise.

    Only folders under one parent are compared. The rarer spelling is the odd one; of two that are as frequent the later.
    """
    folders: dict[tuple[str, tuple[str, ...]], dict[str, list[tuple[Record, str, Found[object], Url]]]] = defaultdict(dict)
    checked = 0
    for record in facts.records:
        for key, found, url in _urls(record):
            checked += 1
            parts = urlsplit(url.url)
            path = [p for p in parts.path.split("/")[:-1] if p]
            for i, name in enumerate(path):
                at = folders[(parts.hostname or "", tuple(path[:i]))]
                at.setdefault(name, []).append((record, key, found, url))
    issues: list[Issue] = []
    for names in folders.values():
        order = {name: i for i, name in enumerate(names)}
        for odd in names:
            better = [n for n in names if n != odd and alike(odd, n) and (len(names[n]), -order[n]) > (len(names[odd]), -order[odd])]
            if not better:
                continue
            usual = max(better, key=lambda n: len(names[n]))
            clear = len(names[usual]) > len(names[odd])
            other = names[usual][0]
            for record, key, found, url in names[odd]:
                repaired = url.url.replace(f"/{odd}/", f"/{usual}/", 1) if clear else None
                places = (*where(record, key, found), *where(other[0], other[1], other[2])[:1])
                issues.append(issue("url_path_outlier", record, field="urls", value=odd, suggestion=repaired, detail=usual, places=places))
    issues.sort(key=lambda i: i.number or 0)
    return (Outcome("url_path_outlier", checked, tuple(issues)),)


def check_duplicates(facts: Facts) -> tuple[Outcome, ...]:
    """The same name twice with the same office."""
    names = {
        r.entry.number: (folded_name(c.text), r.office, tuple(r.entry.columns[k].text for k in ("municipality", "category") if k in r.entry.columns), r.entry.section)
        for r in facts.records
        if (c := r.entry.columns.get("name"))
    }
    often = Counter(names.values())
    issues = [
        issue("duplicate_name", r, field="name", value=c.text, places=places_of(c))
        for r in facts.records
        if (c := r.entry.columns.get("name")) and often[names[r.entry.number]] > 1
    ]
    return (Outcome("duplicate_name", len(names), tuple(issues)),)
