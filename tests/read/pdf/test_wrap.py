"""A line's end, and the room its column has → merely wrapped, or broken on purpose."""

from __future__ import annotations

import pytest

from subsidy_extract.read.join import Break
from subsidy_extract.read.pdf.habits import Usage, follows, unclosed
from subsidy_extract.read.pdf.nouns import Line
from subsidy_extract.read.pdf.wrap import Room, judge
from tests.read.pdf.paper import placed

CASES = [
    ("商工係", "TEL：0123-45-6789", 100, Break.KEPT, True),  # the label would have fitted
    ("海外の展示会への出展", "に要する", 100, Break.WRAPPED, False),  # full
    ("海外の展示会へ", "の出展に要する", 100, Break.KEPT, True),
    ("E-mail：", "sangyo-shinko@town.aoba", 100, Break.WRAPPED, False),  # the first piece of it would not have fitted
    ("0123-45-6789・0123", "E-mail：a@b.jp", 100, Break.KEPT, True),  # full, but a label begins
    ("www.example.jp/abc", "def/index.html", 90, Break.WRAPPED, True),
    ("03-3501-15", "11", 50, Break.WRAPPED, True),
    ("4", "03-3501-1511", 60, Break.KEPT, True),  # a number is not broken before the line is full
    ("対象となりま", "す。", 75, Break.WRAPPED, False),  # 。 may not begin a line
    ("経費（", "広報費）", 300, Break.WRAPPED, True),
    ("bzl-", "seicho@meti.example.jp", 70, Break.WRAPPED, True),
]


@pytest.mark.parametrize(("a", "b", "room", "kind", "sure"), CASES)
def test_judge(a: str, b: str, room: float, kind: Break, sure: bool) -> None:
    verdict = judge(placed(a, 0, 0), placed(b, 0, 12), room, 0, False)
    assert (verdict.kind, verdict.sure) == (kind, sure)


def test_centred_lines_have_the_room_on_both_sides() -> None:
    line = placed("補助率", 85, 0)  # in a column from 0 to 200: no room to its right up to 120, but 85 to its left
    assert judge(line, placed("以内", 90, 12), 200, 0, True).kind is Break.KEPT
    assert judge(line, placed("以内", 90, 12), 118, 0, False).kind is Break.WRAPPED


def test_room_is_learnt_from_the_longest_lines() -> None:
    room = Room()
    box = (0.0, 0.0, 120.0, 300.0)
    for k in range(12):
        room.learn(box, [placed("一二三四五六七八九", 2, 12 * k), placed("十", 2, 12 * k + 12)])
    left, right = room.sides(box, [placed("一", 2, 0)], 10)
    assert left == 2
    assert right == pytest.approx(93, abs=3)  # padding on the right that the left does not show


def test_a_column_tells_how_it_breaks() -> None:
    usage = Usage()
    for _ in range(20):
        usage.line("青葉町産業振興課")
        usage.end("青葉町産業振興課", "商工係", kept=True)
        usage.line("海外の展示会に出展する中小企業者に対して支援")
        usage.end("海外の展示会に出展する中小企業者に対して支援", "します", kept=False)
    assert usage.odds("白波村産業振興課", "観光係") > 0.5
    assert usage.odds("海外の展示会に出展", "する") < 0


def test_items_follow_each_other() -> None:
    assert follows("(1) 町内に住所を有する者", "(2) 町税を滞納していない者")
    assert follows("①出展料", "②旅費")
    assert not follows("①出展料", "⑤旅費")
    assert not follows("出展料", "②旅費")
    assert unclosed("（事務局：商工課")
    assert not unclosed("（事務局：商工課）")


def test_columns_of_vertical_writing_have_the_height_of_the_cell() -> None:
    first = Line("支援制度", (20, 0, 30, 40), 10, vertical=True, edges=(10, 20, 30, 40))
    second = Line("令和八年度", (8, 0, 18, 50), 10, vertical=True, edges=(10, 20, 30, 40, 50))
    assert judge(first, second, 90, 0, False).kind is Break.KEPT
    assert judge(first, second, 45, 0, False).kind is Break.WRAPPED
