"""Random pairs of lists with known truth go in; precision and recall by kind of edit come out, then time and memory by size.

usage: python bench/diff.py [--pairs 200] [--first 0] [--sizes 500,1000,2000,4000] [--misses 5]
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.diff.edits import case
from tests.diff.towns import Case

from subsidy_extract.diff import diff
from subsidy_extract.diff.model import Diff


def found_pairs(d: Diff, c: Case, doubtful: bool) -> set[tuple[int, int]]:
    old_uid = {id(p): u for p, u in zip(c.old.programmes, c.old_uids, strict=True)}
    new_uid = {id(p): u for p, u in zip(c.new.programmes, c.new_uids, strict=True)}
    return {
        (old_uid[id(a)], new_uid[id(b)])
        for f in d.fates
        if doubtful == (f.status == "possible_rename")
        for a in f.old
        for b in f.new
    }


def accuracy(first: int, pairs: int, show: int) -> None:
    by_kind: dict[str, Counter[str]] = {}
    total: Counter[str] = Counter()
    values: Counter[str] = Counter()
    shown = 0
    for seed in range(first, first + pairs):
        c = case(seed)
        d = diff(c.old, c.new)
        sure, doubt = found_pairs(d, c, False), found_pairs(d, c, True)
        true = set(c.truth.pairs)
        total.update(true=len(true), sure=len(sure), right=len(sure & true), doubt=len(doubt), doubt_right=len(doubt & true))
        for pair, kind in c.truth.pairs.items():
            by_kind.setdefault(kind, Counter()).update(true=1, found=pair in sure, asked=pair in doubt)
        for kind, count in (("added", {j for _, j in sure} & set(c.truth.added)), ("removed", {i for i, _ in sure} & set(c.truth.removed))):
            by_kind.setdefault(kind, Counter()).update(true=len(getattr(c.truth, kind)), found=len(getattr(c.truth, kind)) - len(count))
        wrong_status = _statuses(d, c)
        for (kind, status), n in wrong_status.items():
            by_kind.setdefault(kind, Counter())[f"as {status}"] += n
        _values(d, c, values)
        if shown < show:
            text = {u: p.name for s, us in ((c.old, c.old_uids), (c.new, c.new_uids)) for u, p in zip(us, s.programmes, strict=True)}
            for pair in sorted((true - sure) | (sure - true))[: show - shown]:
                print(f"  seed {seed} {'missed' if pair in true else 'false '} {c.truth.pairs.get(pair, '')}{' (asked)' if pair in doubt else ''}: {text[pair[0]]} | {text[pair[1]]}")
                shown += 1
    print(f"pairs of programmes: precision {total['right'] / total['sure']:.4f}, recall {total['right'] / total['true']:.4f} "
          f"({total['true']} true, {total['sure']} told, {total['doubt']} asked of which {total['doubt_right']} true)")  # fmt: skip
    for kind, n in sorted(by_kind.items()):
        rest = {k: v for k, v in n.items() if k not in ("true", "found", "asked")}
        print(f"  {kind:18} {n['found']:5}/{n['true']:<5} {n['found'] / max(1, n['true']):.4f}  asked {n['asked']:3}  {rest or ''}")
    print("values:", dict(values))


def _statuses(d: Diff, c: Case) -> Counter[tuple[str, str]]:
    """How often an edit got a status it should not have."""
    fits = {"same": {"same", "changed"}, "note": {"changed"}, "value": {"changed", "same"}, "reworded": {"changed", "same"},
            "renamed": {"renamed"}, "hard_renamed": {"renamed"}, "renamed_reworded": {"renamed"}, "split": {"split"}, "merged": {"merged"}}  # fmt: skip
    new_uid = {id(p): u for p, u in zip(c.new.programmes, c.new_uids, strict=True)}
    old_uid = {id(p): u for p, u in zip(c.old.programmes, c.old_uids, strict=True)}
    out: Counter[tuple[str, str]] = Counter()
    for f in d.fates:
        for a in f.old:
            for b in f.new:
                kind = c.truth.pairs.get((old_uid[id(a)], new_uid[id(b)]))
                if kind and f.status not in fits[kind]:
                    out[kind, f.status] += 1
    return out


def _values(d: Diff, c: Case, values: Counter[str]) -> None:
    """Amounts, rates, dates and phones that changed: all told, none made up (among programmes that are one and one, and not reworded)."""
    new_uid = {id(p): u for p, u in zip(c.new.programmes, c.new_uids, strict=True)}
    plain = {j for (_, j), kind in c.truth.pairs.items() if kind in ("same", "value", "note", "renamed", "hard_renamed")}
    told = {
        (new_uid[id(f.new[0])], ch.kind)
        for f in d.fates
        if len(f.old) == len(f.new) == 1 and new_uid[id(f.new[0])] in plain
        for ch in f.changes
        if ch.kind in ("amount", "rate", "date", "phone", "office")
    }
    true = {(u, k) for u, k in c.truth.changes if u in plain}
    values.update(true=len(true), told=len(told), right=len(true & told))


def scale(sizes: list[int]) -> None:
    for size in sizes:
        c = case(7, size=size, shape=0)
        began, worked = time.perf_counter(), time.process_time()
        d = diff(c.old, c.new)
        took, worked = time.perf_counter() - began, time.process_time() - worked
        sure, true = found_pairs(d, c, False), set(c.truth.pairs)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:5} programmes each: {took:6.2f} s ({worked:.2f} s of processor), peak {peak:5.0f} MB, precision {len(sure & true) / len(sure):.4f}, recall {len(sure & true) / len(true):.4f}", flush=True)


if __name__ == "__main__":
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--pairs", type=int, default=200)
    a.add_argument("--first", type=int, default=0)
    a.add_argument("--sizes", default="500,1000,2000,4000")
    a.add_argument("--misses", type=int, default=5)
    args = a.parse_args()
    if args.pairs:
        accuracy(args.first, args.pairs, args.misses)
    if args.sizes:
        scale([int(x) for x in args.sizes.split(",")])
