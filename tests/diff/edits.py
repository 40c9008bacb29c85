"""A list of invented towns goes in; the list of the year after comes out, with the truth of every edit."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from subsidy_extract.diff.model import Head

from .subjects import PORT, SUBJECTS
from .towns import (
    FLIPS,
    FRAMES,
    HARD_RENAMES,
    NEW_BUREAUS,
    RENAMES,
    REWORDS,
    Case,
    Draft,
    Truth,
    draft,
    other_day,
    rolled,
    summary,
    year_list,
    year_of,
)

HARSH = 0.5
"""Share of cases in which renamed programmes are also reworded, offices reorganised, rows shuffled, everything re-typeset."""


def case(seed: int, size: int | None = None, shape: int | None = None) -> Case:
    """Two lists and their truth. Even seeds are an ordinary year, odd ones a harsh one."""
    rng = Random(seed)
    shape = rng.choice([0, 0, 1, 2]) if shape is None else shape
    size = size or rng.choice([18, 30, 46, 60, 90])
    harsh = seed % 2 == 1
    old = year_list(rng, size, 2025)
    truth = Truth()
    new = _edited(rng, old, truth, harsh, shape)
    if harsh and rng.random() < 0.5:
        rng.shuffle(new)
    heads = [
        tuple(Head(k, h) for k, h in order)
        for order in (
            (("name", "事業名"), ("summary", "事業内容"), ("eligibility", "対象者"), ("contact", "問合せ先")),
            (("name", "補助事業名"), ("eligibility", "補助対象者"), ("summary", "事業概要"), ("contact", "問合せ先")),
        )
    ]
    return Case(
        year_of(old, 2025, shape, heads[0]), year_of(new, 2026, shape, heads[1]), [d.uid for d in old], [d.uid for d in new], truth
    )


def _edited(rng: Random, old: list[Draft], truth: Truth, harsh: bool, shape: int) -> list[Draft]:
    """Edits by lot. A new uid is the old one plus 10,000; parts and newcomers count on from 20,000."""
    fresh = 20000
    weights = {
        "same": 8.0 if not harsh else 2.0, "value": 3.0, "reworded": 1.5, "renamed": 2.0, "hard_renamed": 0.5, "renamed_reworded": 0.6 if not harsh else 3.0,
        "removed": 1.5, "split": 0.5, "merged": 0.5,
    }  # fmt: skip
    moved = _reorganised(rng, old) if harsh or rng.random() < 0.3 else {}
    new: list[Draft] = []
    merged: set[int] = set()
    taken = {d.name for d in old}
    following = {d.uid: old[i + 1] for i, d in enumerate(old[:-1])}
    for before, d in zip(old, rolled(old), strict=True):
        if before.uid in merged:
            continue
        edit = rng.choices(list(weights), list(weights.values()))[0]
        uid = before.uid + 10000
        d = replace(d, uid=uid, office=moved.get(d.office, d.office))
        if d.words is not None and edit in ("hard_renamed", "renamed_reworded", "split", "merged"):
            edit = "value"  # nobody could tell a reworded sibling of a harbour from another one
        if "（" in d.name and edit in ("split", "merged"):
            edit = "renamed"  # a frame of a family is not split again
        mate = following.get(before.uid)
        if edit == "merged" and (mate is None or mate.office != before.office or mate.uid in merged or mate.words is not None or "（" in mate.name):
            edit = "renamed"
        if d.office != before.office:
            truth.changes |= {(uid, "office"), (uid, "phone")} if edit not in ("removed", "split", "merged") else set()
        if edit == "removed":
            truth.removed[before.uid] = "removed"
            continue
        if edit == "split":
            parts = _split(rng, d, fresh)
            fresh += len(parts)
            new += parts
            truth.pairs.update({(before.uid, p.uid): "split" for p in parts})
            continue
        if edit == "merged":
            assert mate is not None
            merged.add(mate.uid)
            new.append(_merge(rng, d, mate))
            truth.pairs.update({(before.uid, uid): "merged", (mate.uid, uid): "merged"})
            continue
        d, what = _changed(rng, d, edit, truth, shape, taken)
        new.append(d)
        truth.pairs[before.uid, uid] = what
    for _ in range(max(1, len(old) // 12)):
        fresh += 1
        new.insert(rng.randint(0, len(new)), _newcomer(rng, old, fresh))
        truth.added[fresh] = "added"
    names = [x.name for x in new]  # two of one name in one town would be a riddle nobody asked for
    new = [x if names.count(x.name) == 1 or x.uid < 20000 else replace(x, name=x.name + "（新規分）") for x in new]
    if harsh and rng.random() < 0.6:
        flips = tuple(rng.sample(FLIPS, 2))
        new = [replace(x, flips=flips) for x in new]
    elif rng.random() < 0.5:
        new = [replace(x, flips=(rng.choice(FLIPS),)) if rng.random() < 0.15 else x for x in new]
    return new


def _reorganised(rng: Random, old: list[Draft]) -> dict:  # type: ignore[type-arg]
    """One or two departments get another name, another number and another address."""
    found = sorted({d.office for d in old}, key=lambda o: o.text)
    out = {}
    for office in rng.sample(found, min(len(found), rng.randint(1, 2))):
        out[office] = replace(office, bureau=rng.choice(NEW_BUREAUS), phone=office.phone[:-4] + str(rng.randint(1000, 9999)), mail="new" + office.mail)
    return out


def _changed(rng: Random, d: Draft, edit: str, truth: Truth, shape: int, taken: set[str]) -> tuple[Draft, str]:
    stem_names = RENAMES if edit != "hard_renamed" else HARD_RENAMES
    if edit == "same":
        if rng.random() < 0.1:
            return replace(d, note=" 【令和8年度から要件を緩和します】"), "note"
        return d, "same"
    if edit == "value":
        return _value(rng, d, truth, shape), "value"
    text = None
    if edit in ("reworded", "renamed_reworded") and d.words is None:
        text = rng.choice(REWORDS)(rng, d, summary(d))
    name = d.name if edit == "reworded" else next((n for n in (rng.choice(stem_names)(rng, d) for _ in range(9)) if n not in taken), d.name + "（改）")
    if d.words is not None and edit == "renamed":  # of a harbour: only what leaves its own words standing
        name = d.name.replace("補助金", "支援補助金") if "補助金" in d.name else d.name + "（拡充）"
    d = replace(d, name=name, words=text if text is not None else d.words)
    if edit == "renamed_reworded" and rng.random() < 0.3 and d.url:
        d = replace(d, url=d.url.replace(".html", "_r8.html"))
    return d, edit


def _value(rng: Random, d: Draft, truth: Truth, shape: int) -> Draft:
    choice = rng.choice(["cap", "rate", "date", "extension"])
    shows_cap = d.words is None and (shape == 1 or d.style != 5)
    shows_rate = d.words is None and (shape == 1 or d.style in (0, 1, 4))
    if choice == "cap" and d.cap and shows_cap:
        truth.changes.add((d.uid, "amount"))
        return replace(d, cap=d.cap * 2 if rng.random() < 0.5 else d.cap + 5)
    if choice == "rate" and d.rate and shows_rate:
        truth.changes.add((d.uid, "rate"))
        return replace(d, rate=(1, 4) if d.rate != (1, 4) else (1, 2))
    if choice == "date" and d.until and d.words is None and (shape == 1 or d.style != 5):
        truth.changes.add((d.uid, "date"))
        return replace(d, until=other_day(d.until))
    if choice == "extension":
        truth.changes.add((d.uid, "phone"))
        return replace(d, extension=str(rng.randint(200, 999)))
    return d


def _split(rng: Random, d: Draft, fresh: int) -> list[Draft]:
    """Three ways to split: frames under one name, one part for each half of the work, or one keeps the name and loses a part."""
    uids = [fresh + 1, fresh + 2]
    how = rng.randrange(3)
    if how == 0 or len(d.costs) < 2:
        frames = rng.sample(FRAMES, 2)
        return [replace(d, uid=u, name=f"{d.name}（{f}）", cap=rng.choice([10, 40, 80, 250]), words=None) for u, f in zip(uids, frames, strict=True)]
    half = len(d.costs) // 2
    sides = (d.costs[:half], d.costs[half:])
    text = summary(d)
    if how == 1:
        return [
            replace(d, uid=u, name=d.name.replace(next((n for n in d.subject.names if n in d.name), d.name), f"{d.subject.names[0]}{s}", 1), costs=c, words=f"{text} 対象：{'、'.join(c)}")
            for u, c, s in zip(uids, sides, ("設備", "運営"), strict=True)
        ]  # fmt: skip
    return [
        replace(d, uid=uids[0], name=d.name + "Ａコース", costs=sides[0]),
        replace(d, uid=uids[1], name=d.name + "Ｂコース", costs=sides[1], who=d.who + "（別枠）"),
    ]


def _merge(rng: Random, d: Draft, mate: Draft) -> Draft:
    """Two programmes of one office become one, which says what both did."""
    a, b = (next((n for n in x.subject.names if n in x.name), x.name) for x in (d, mate))
    name = f"{a}・{b}補助金" if rng.random() < 0.7 else f"{a}及び{b}支援事業"
    return replace(d, name=name, words=f"{summary(d)}また、{summary(mate)}", costs=(*d.costs, *mate.costs))


def _newcomer(rng: Random, old: list[Draft], uid: int) -> Draft:
    """Somebody new: of an office that is there, of a family that is there, or the namesake of another town's programme."""
    like = rng.choice(old)
    d = replace(draft(rng, uid, rng.choice(SUBJECTS), like.office, 2026), style=rng.randrange(6))
    roll = rng.random()
    if like.words is not None and "港" in like.name:
        used = {x.name for x in old}
        port = like.name.split("港")[0]
        free = [p for p in PORT if f"{port}港{p[0]}補助金" not in used]
        if free:
            stem, words = rng.choice(free)
            return replace(d, name=f"{port}港{stem}補助金", words=f"{port}港を利用し、{words}", who=like.who, url=like.url, rate=None, cap=None, until=None)
    if "（" in like.name and roll < 0.5:
        base = like.name.split("（")[0]
        taken = {x.name for x in old}
        free_frames = [f for f in FRAMES if f"{base}（{f}）" not in taken]
        return replace(like, uid=uid, name=f"{base}（{rng.choice(free_frames)}）", cap=rng.choice([15, 25, 600]))
    same = {x.subject.names[0] for x in old if x.office.town == like.office.town}
    for subject in rng.sample(SUBJECTS, len(SUBJECTS)):
        if subject.names[0] not in same:
            return replace(draft(rng, uid, subject, like.office, 2026))
    return d
