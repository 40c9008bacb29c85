"""Labels of the fields of a lattice → the boxes they make: fields of one label are one box."""

from __future__ import annotations

import numpy as np

from subsidy_extract.read.pdf.grid.edges import Ints
from subsidy_extract.read.pdf.nouns import Floats, GridBox


def labels_to_spans(label: Ints) -> list[tuple[int, int, int, int]]:
    """(m, n) labels → (row, col, row span, col span) that tile the lattice. A group that is no rectangle is cut into
    runs along its rows, equal runs below one another kept together."""
    m, n = label.shape
    label = np.unique(label, return_inverse=True)[1].reshape(m, n)
    row, col = np.divmod(np.arange(m * n), n)
    flat = label.ravel()
    top = np.full(m * n, m)
    left = np.full(m * n, n)
    bottom = np.zeros(m * n, dtype=np.intp)
    end = np.zeros(m * n, dtype=np.intp)
    np.minimum.at(top, flat, row)
    np.minimum.at(left, flat, col)
    np.maximum.at(bottom, flat, row + 1)
    np.maximum.at(end, flat, col + 1)
    count = np.bincount(flat, minlength=m * n)
    there = np.flatnonzero(count)
    spans = []
    for k in there.tolist():
        r, c, high, wide = int(top[k]), int(left[k]), int(bottom[k] - top[k]), int(end[k] - left[k])
        if high * wide == count[k]:
            spans.append((r, c, high, wide))
            continue
        open_runs: dict[tuple[int, int], list[int]] = {}
        for rr in range(r, r + high):
            mine = np.concatenate(([False], label[rr, c : c + wide] == k, [False]))
            change = np.flatnonzero(mine[1:] != mine[:-1])
            runs = [(c + int(a), int(b - a)) for a, b in zip(change[::2], change[1::2], strict=True)]
            kept = {run: open_runs[run] for run in runs if run in open_runs}
            for run, (since, length) in open_runs.items():
                if run not in kept:
                    spans.append((since, run[0], length, run[1]))
            open_runs = {run: [kept[run][0], kept[run][1] + 1] if run in kept else [rr, 1] for run in runs}
        spans += [(since, run[0], length, run[1]) for run, (since, length) in open_runs.items()]
    return sorted(spans)


def spans_to_boxes(spans: list[tuple[int, int, int, int]], xs: Floats, ys: Floats) -> tuple[GridBox, ...]:
    """Spans and positions → boxes with their place on the page."""
    x, y = xs.tolist(), ys.tolist()
    return tuple(GridBox(r, c, high, wide, (x[c], y[r], x[c + wide], y[r + high])) for r, c, high, wide in spans)
