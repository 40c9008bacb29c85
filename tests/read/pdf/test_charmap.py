"""What only a font or the PDF put into a text is mended; what was published stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsidy_extract.read.pdf.engines.charmap import bag, bag_text, mend, mend_each

MENDED = [
    ("⼩⽀⼤⽤⾏⿅⺠", "小支大用行鹿民"),
    ("⼾籍", "戸籍"),  # Unicode says 戶; a Japanese font shares the glyph with 戸
    ("⻑期", "長期"),
    ("⻘⾊", "青色"),
    ("⾦融", "金融"),
    ("\uf90a融", "金融"),  # the Korean double of 金
    ("\uf967可", "不可"),
    ("ﬁle ﬂow ﬃ", "file flow ffi"),
    ("︵注︶", "（注）"),
    ("﹁補助﹂︒", "「補助」。"),
    ("099\ufffe226", "099-226"),  # PDFium's hyphen at a line's end
    ("099\u00ad226", "099-226"),
    ("a\u200bb\ufeffc\u2060d", "abcd"),
    ("a\x01b\x1fc", "abc"),
    ("a\u00a0b\tc", "a b c"),
    ("\x95項目", "•項目"),  # a byte of Windows' code page that never became Unicode
    ("葛\ufe00城", "葛城"),
    ("\u2027", "・"),
]
STAYS = ["①500万円", "㈱", "〜", "～", "−", "‐", "ＡＢＣ１２３", "ｶﾅ", "﨑", "髙", "隆", "㎡", "㌔", "Ⅱ", "％", "：", "／", "戶", "・", "…", "½", "神", "\u3000"]


@pytest.mark.parametrize(("spelt", "published"), MENDED)
def test_mended(spelt: str, published: str) -> None:
    assert mend(spelt) == published
    assert "".join(mend_each(list(spelt))) == published
    assert len(mend_each(list(spelt))) == len(spelt)


@pytest.mark.parametrize("text", STAYS)
def test_published_characters_stay(text: str) -> None:
    assert mend(text) == text


@given(st.text())
def test_mending_twice_is_mending_once(text: str) -> None:
    assert mend(mend(text)) == mend(text)


@given(st.text())
def test_a_bag_has_no_white_space_and_counts_everything_else(text: str) -> None:
    assert bag(text).total() == len([c for c in text if not c.isspace()])
    assert bag(bag_text([text])) == bag(text)


def test_a_kana_and_the_mark_it_carries_are_one_character() -> None:
    assert mend("か\u3099くしゅうは\u309aん x\u3099") == "がくしゅうぱん x\u3099"
    assert mend_each(["か", "\u3099", "く"]) == ["が", "", "く"]
    assert mend_each(["か\u3099", "\u2f29"]) == ["が", "小"]
    assert mend_each(["x", "\u3099"]) == ["x", "\u3099"]
