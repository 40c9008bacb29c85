"""A line's end, and the room its column has → merely wrapped, or broken on purpose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from subsidy_extract.read.join import Break, counts_on
from subsidy_extract.read.pdf.nouns import Line
from subsidy_extract.read.pdf.stitch.drafts import CellDraft, Part
from subsidy_extract.read.pdf.stitch.habits import HEARD, Usage, follows, unclosed
from subsidy_extract.read.pdf.stitch.text import Pending, Typesetter
from subsidy_extract.read.pdf.stitch.wrap import Room, Verdict, judge, spacing
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
    ("（内線45", "1）", 54, Break.WRAPPED, True),  # the figure goes down with what closes after it
    ("0123-45-6789", "（内線451）", 70, Break.WRAPPED, False),  # an extension goes on with its number, unless the column says otherwise
    ("経費の総額の", "1/2（輸出は最大", 80, Break.WRAPPED, False),  # some programs hold the bracket and what it opens to the figure
    ("bzl-", "seicho@meti.example.jp", 70, Break.WRAPPED, True),
    ("若葉町商工観光課", "℡0123-45-6789", 85, Break.KEPT, True),
    ("若葉町商工観光課", "電話", 85, Break.KEPT, True),
    ("出張相談専用の", "電話", 75, Break.WRAPPED, False),
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


def test_the_ink_of_a_latin_letter_makes_no_room() -> None:
    box = (0.0, 0.0, 120.0, 300.0)
    room = Room()
    room.learn(box, [placed("一二三四五六七八九十一", 5, 0), placed("十", 5, 12)])
    room.learn(box, [Line("shoko@town.aoba", (5, 0, 119, 10), 10, edges=tuple(114 * (k + 1) / 15 for k in range(15))), placed("十", 5, 12)])
    assert room.sides(box, [placed("一", 5, 0)], 10) == (5, 115)


def test_a_column_without_rules_has_the_room_up_to_the_next_one() -> None:
    room = Room(ruled=False)
    lines = [placed("霧立町商工課", 5, 0), placed("商工係", 5, 12)]
    room.learn((0.0, 0.0, 150.0, 24.0), lines)
    left, right = room.sides((0.0, 0.0, 150.0, 24.0), lines, 10)
    assert left == 5
    assert right == 135  # an em and a half before the column ends
    room.learn((0.0, 0.0, 72.0, 24.0), lines)  # elsewhere the neighbour comes nearer: the longest line tells
    assert room.sides((0.0, 0.0, 150.0, 24.0), lines, 10) == (5, 65)


def test_letters_set_apart_need_their_white_too() -> None:
    b = Line("支援を希望する", (0, 12, 76, 22), 10, edges=tuple(10.8 * k + 10 for k in range(7)))
    assert spacing(b, 10) == pytest.approx(0.8)
    assert spacing(placed("支援を希望する", 0, 0), 10) == 0.0
    a = placed("模倣品対策支援事業の", 0, 0)
    assert judge(a, b, 111.3, 0, False).sure is False
    assert judge(a, b, 113, 0, False) == Verdict(Break.KEPT, True)


def test_a_column_tells_how_it_breaks() -> None:
    usage = Usage()
    for _ in range(20):
        usage.line("青葉町産業振興課")
        usage.end("青葉町産業振興課", "商工係", kept=True)
        usage.line("海外の展示会に出展する中小企業者に対して支援")
        usage.end("海外の展示会に出展する中小企業者に対して支援", "します", kept=False)
    assert usage.odds("白波村産業振興課", "観光係") > 0.5
    assert usage.odds("海外の展示会に出展", "する") < 0


def test_what_a_column_has_inside_its_lines_is_counted_without_keeping_the_lines() -> None:
    usage = Usage()
    for _ in range(3 * HEARD + 7):
        usage.line("産業振興課")
    assert len(usage.heard) < HEARD
    assert (usage.seen_inside("振"), usage.seen_inside("課")) == (3 * HEARD + 7, 0)


def test_where_addresses_are_wrapped_says_nothing_of_text() -> None:
    usage = Usage()
    for _ in range(20):
        usage.line("青葉町支援センター")
        usage.end("青葉町支援センター", "産業振興課", kept=True)
        usage.wraps("shoko@town.aoba", "cho.example.jp")
    assert (usage.wrapped, usage.words) == (0, 20)
    assert usage.odds("白波村支援センター", "産業振興課") > 0.5


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


def test_what_a_program_holds_to_a_closing_bracket() -> None:
    """【限度|額】800,000円: a word processor that breaks neither after 】 nor inside the sum takes all of it down."""
    line = placed("【補助率】2/3以内　【限度", 0, 0)
    assert not judge(line, placed("額】800,000円", 0, 12), line.bbox[2] + 35, 0, False).sure


def test_lines_spread_over_the_width() -> None:
    """均等割付: four characters with white between them leave room for what came next, so it was broken on purpose."""
    spread = replace(placed("真砂浜市", 0, 0), bbox=(0.0, 0.0, 140.0, 10.0), edges=(10.0, 53.0, 97.0, 140.0))
    assert judge(spread, placed("空き店舗活用補助金", 0, 12), 140, 0, False).kind is Break.KEPT
    lettered = replace(placed("真砂浜市空", 0, 0), bbox=(0.0, 0.0, 53.2, 10.0), edges=(10.0, 20.8, 31.6, 42.4, 53.2))
    after = replace(placed("店舗活用", 0, 12), bbox=(0.0, 12.0, 42.4, 22.0), edges=(10.0, 20.8, 31.6, 42.4))
    assert judge(lettered, after, 54, 0, False).kind is Break.WRAPPED  # all lines have the same white


def test_a_bracket_that_begins_a_line_makes_no_padding() -> None:
    """Typesetters cut the white half of （ at the start of a line: it stands further left than the column's text."""
    room = Room()
    room.learn((0.0, 0.0, 100.0, 40.0), [placed("（一般枠）", 0.5, 0), placed("事業の実施", 5, 12)])
    assert room.pad == 5.0


@pytest.mark.parametrize("after", ["す。詳しくは窓口へ", "及び小規模事業者", "を交付します。", "まで"])
def test_what_seldom_begins_a_line_of_its_own(after: str) -> None:
    usage = Usage()
    for _ in range(12):
        usage.end("令和8年9月30日まで", "申請の方法", True)
    assert usage.odds("9月30日まで", after) < usage.odds("9月30日まで", "申請前に相談が必要") - 2.5


def test_the_middle_of_a_word_is_seldom_a_break() -> None:
    assert Usage().odds("ものづくり支援セン", "ター") < Usage().odds("ものづくり支援室", "振興係") - 1.0


@pytest.mark.parametrize(
    ("before", "after", "want"), [("輸出向けの", "Farm produce", True), ("Farm", "の産品", True), ("（", "Farm", False), ("12,000", "円", False)]
)
def test_latin_words_keep_the_white_a_table_sets_beside_them(before: str, after: str, want: bool) -> None:
    setter = Typesetter()
    learn(setter, "Web サイトの様式", "町の Food Fair 等", "海外の Shop への出店")
    assert setter._spaced(False, before, after) is want
    learn(setter, "Webサイトの様式")
    assert setter._spaced(False, before, after) is False  # both ways: nothing is known


def learn(setter: Typesetter, *texts: str) -> None:
    lines = tuple(placed(text, 0, 12 * k) for k, text in enumerate(texts))
    setter.learn(0, CellDraft(parts=[Part(1, (0.0, 0.0, 200.0, 60.0), lines)]))


def test_the_last_two_characters_tell_more_than_the_last() -> None:
    usage = Usage()
    for _ in range(12):
        usage.end("令和8年9月30日まで", "申請の方法", True)
    assert usage.odds("10月1日まで", "書類の提出") > usage.odds("相談が必要で", "書類の提出") + 1.0


def broken_anywhere(width: float, *texts: str) -> list[str]:
    """Cells of a column that a page broke after as many characters as fitted, set and read back."""
    setter = Typesetter()
    drafts = []
    for text in texts:
        lines, x = [""], 0.0
        for char in text:
            wide = 10.0 if char >= "\u2e80" else 5.0
            if x + wide > width:
                lines.append("")
                x = 0.0
            lines[-1] += char
            x += wide
        drafts.append(CellDraft(parts=[Part(1, (0.0, 0.0, width, 60.0), tuple(placed(t, 0, 12 * k) for k, t in enumerate(lines)))]))
    for draft in drafts:
        setter.learn(0, draft)
    cells = [setter.set(0, draft) for draft in drafts]
    return [(setter.settle(c) if isinstance(c, Pending) else c).text for c in cells]


def test_a_page_that_breaks_addresses_anywhere_breaks_words_so() -> None:
    mails = [f"商工係（{'直通' * k}）mail：shinko{k}@town.example.jp" for k in range(4)]
    assert broken_anywhere(100, *mails, "電話と窓口の受付のE-mail：a@b.jp")[-1] == "電話と窓口の受付のE-mail：a@b.jp"
    # where nothing says so, words are broken at spaces
    assert broken_anywhere(100, "海外で開く展示会のFood Fair")[-1] == "海外で開く展示会のFo od Fair"


@pytest.mark.parametrize(("steps", "kind"), [(10.8, Break.WRAPPED), (10.0, Break.KEPT)])
def test_justified_lines_of_letters_set_apart(steps: float, kind: Break) -> None:
    """A full line stretched to the width: with the white between the letters of the next line, one more had no room."""
    full = replace(placed("海外展示会出展支援事業", 0, 0), bbox=(0.0, 0.0, 120.0, 10.0), edges=tuple(10.0 + 11.0 * k for k in range(11)))
    rest = placed("補助金", 0, 12)
    rest = replace(rest, bbox=(0.0, 12.0, 10 + 2 * steps, 22.0), edges=tuple(10.0 + steps * k for k in range(3)))
    assert judge(full, rest, 123, 0, False).kind is kind


@pytest.mark.parametrize("last", ["ー", "、", "）", "ョ"])
@pytest.mark.parametrize("ruled", [True, False])
def test_what_may_not_begin_a_line_hangs_over_and_makes_no_room(last: str, ruled: bool) -> None:
    """Some programs let 、 and ー stand outside the column rather than take a character down with them."""
    room = Room(ruled)
    box = (0.0, 0.0, 112.0, 40.0)
    for _ in range(6):
        room.learn(box, [placed("緑野市新商品開発促進", 5, 0), placed("事業", 5, 12)])
    before = room.sides(box, [placed("緑野市", 5, 0)], 10.0)
    room.learn(box, [placed(f"空き店のリノベーショ{last}", 5, 0), placed("補助金", 5, 12)])
    assert room.sides(box, [placed("緑野市", 5, 0)], 10.0) == before


@pytest.mark.parametrize(("before", "after", "want"), [
    ("申請は", "Web フォーム", True), ("ダウンロードし、", "Web フォーム", False), ("申請書（", "Web フォーム", False), ("申請は Web", "、窓口", False), ("申請は Web", "窓口", True),
])  # fmt: skip
def test_a_word_that_is_set_apart_elsewhere_is_not_beside_signs_with_white_of_their_own(before: str, after: str, want: bool) -> None:
    assert Typesetter(apart={"Web"}, beside=[0, 20])._spaced(False, before, after) is want


@pytest.mark.parametrize(
    ("before", "after", "want"),
    [
        ("第1次：4月1日～5月29日", "第2次：7月1日", True),
        ("第一回　4月1日", "第二回　7月1日", True),
        ("（1期）4月1日から", "（2期）7月1日から", True),
        ("第1次：4月1日", "第3次：7月1日", False),
        ("第1次：4月1日", "第2回：7月1日", False),
        ("第1次締切の後は、", "第2次締切を待つこと", False),
        ("上限額 第1号", "第2号の額", False),
    ],
)
def test_numbers_that_count_on_begin_lines(before: str, after: str, want: bool) -> None:
    assert counts_on(before, after) is want
    full = Usage(wrapped=200)  # a column that only ever wraps
    assert (full.odds(before, after) > 0.5) is want
