"""Every character of every cell of every table is in a programme or left out, whatever the table looks like."""

from __future__ import annotations

from collections import Counter

from hand_made_tables import cell, document
from hypothesis import given, settings
from hypothesis import strategies as st

from subsidy_extract.entries import Understood, entries
from subsidy_extract.errors import ExtractError
from subsidy_extract.model import Cell, Document, Row, Table

WORDS = st.sampled_from(
    ["", "", "－", "〃", "同上", "事業名", "制度名（実施団体）", "補助率・上限額", "問合せ先", "担当課", "区分", "No.", "1", "２", "窓辺の店補助金", "橋の灯助成（一般枠）（灯の会）",
     "１　創業の支援", "【販路】", "合計", "全3件", "※注意\n事項", "1/2\n以内", "商工課 21-1", "■対象者：商店主\n■補助率：1/2\n■連絡先：商工課", "3　雪の補助金\n■対象者：町民\n■補助率：1/3", "備考", "その他", "天気"]
)  # fmt: skip
HEADINGS = st.sampled_from([("No.", "事業名", "補助率", "問合せ先"), ("事業名", "対象者", "事業名", "対象者"), ("区分", "制度名（実施団体）", "内容", "備考"), ("なまえ", "いろ", "かず", "とし")])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width, height = 4, draw(st.integers(1, 7))
    taken: set[tuple[int, int]] = set()
    rows = []
    if draw(st.booleans()):
        rows.append(Row(tuple(cell(h) for h in draw(HEADINGS))))
    for r in range(height):
        line: list[Cell | None] = []
        for c in range(width):
            if (r, c) in taken:
                line.append(None)
                continue
            down = min(draw(st.sampled_from([1, 1, 1, 2, 3])), height - r)
            along = min(draw(st.sampled_from([1, 1, 1, 1, 2, 4])), width - c)
            while any((r + a, c + b) in taken for a in range(down) for b in range(along)):
                down, along = 1, max(1, along - 1)
                if along == 1:
                    break
            taken.update((r + a, c + b) for a in range(down) for b in range(along))
            line.append(cell(draw(WORDS), page=draw(st.integers(1, 2)), line=r * width + c + 1, rows=down, cols=along))
        rows.append(Row(tuple(line), draw(st.sampled_from([False, False, False, True]))))
    return Table(tuple(rows), (1, 2), draw(st.sampled_from([None, None, 1, 2])), draw(st.sampled_from([None, "２　雪の支援"])))


def bare(text: str) -> str:
    return "".join(text.split())


def owned(u: Understood) -> Counter[str]:
    """The characters of the cells that stand where they speak, each cell once, and of what was left out."""
    seen: set[int] = set()
    have: Counter[str] = Counter()
    for e in u.entries:
        for column in (*e.columns.values(), *(c for _, c in e.extra)):
            for at in column.cells:
                if not at.inherited and id(at.cell) not in seen:
                    seen.add(id(at.cell))
                    have.update(bare("".join(p.text for p in at.cell.pieces)))
    for out in u.left_out:
        have.update(bare(out.text))
    return have


def printed(d: Document) -> Counter[str]:
    return Counter(ch for t in d.tables for r in t.rows for c in r.cells if c for ch in bare(c.text))


@settings(max_examples=150, deadline=None)
@given(st.lists(tables(), min_size=1, max_size=3))
def test_nothing_is_lost_and_nothing_is_made_up(made: list[Table]) -> None:
    d = document(*made)
    try:
        u = entries(d)
    except ExtractError:
        return
    assert owned(u) == printed(d)


@settings(max_examples=60, deadline=None)
@given(st.lists(tables(), min_size=1, max_size=2))
def test_columns_are_their_cells(made: list[Table]) -> None:
    try:
        u = entries(document(*made))
    except ExtractError:
        return
    assert [e.number for e in u.entries] == list(range(1, len(u.entries) + 1))
    for e in u.entries:
        for column in (*e.columns.values(), *(c for _, c in e.extra)):
            assert len(column.cells) == len(column.starts)
            assert column.text == " ".join(column.text.split())
            bounds = [*column.starts, len(column.text) + 1]
            for at, start, end in zip(column.cells, bounds, bounds[1:], strict=False):
                said = column.text[start : max(start, end - 1)]
                assert said in ("", " ".join(at.cell.text.split()))
