from __future__ import annotations

import pytest

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.read.encoding import decode

TEXT = "補助金一覧\t対象者です\n省力化設備（第２次）\t町内の事業者・団体、ｶﾅも\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp932", "utf-16-le", "utf-16-be"])
def test_tells_the_encoding(encoding: str) -> None:
    got = decode(TEXT.encode(encoding))
    assert (got.text, got.encoding, got.doubts) == (TEXT, encoding, ())


@pytest.mark.parametrize("encoding", ["euc_jp", "iso2022_jp"])
def test_tells_the_old_encodings(encoding: str) -> None:
    text = TEXT.replace("ｶﾅ", "かな")
    got = decode(text.encode(encoding))
    assert (got.text, got.encoding) == (text, encoding)


def test_half_width_katakana() -> None:
    text = "ｵﾝﾗｲﾝ可の補助金で、町内の事業者の方が対象です"
    assert decode(text.encode("euc_jp")).text == text
    assert decode(text.encode("iso2022_jp_ext")).text == text


# ①㈱髙 as Windows writes them in EUC-JP (CP51932) and mail programs in ISO-2022-JP (CP50221): Python's codecs lack them
VENDOR = bytes.fromhex("ada1adeafce2")


def test_vendor_characters() -> None:
    euc = "補助金の一覧".encode("euc_jp") + VENDOR + "です".encode("euc_jp")
    assert decode(euc).text == "補助金の一覧①㈱髙です"
    jis = b"\x1b$B" + bytes(b & 0x7F for b in euc) + b"\x1b(B\r\n"
    assert decode(jis).text == "補助金の一覧①㈱髙です\r\n"


def test_ascii_is_ascii() -> None:
    assert decode(b"name,rate\na,1/2\n").encoding == "ascii"


def test_a_broken_byte_is_shown_and_told_with_its_line() -> None:
    raw = (TEXT * 20).encode()
    got = decode(raw[:100] + raw[101:])
    assert got.encoding == "utf-8"
    assert "\ufffd" in got.text
    assert [(d.code, d.places[0].line) for d in got.doubts] == [("undecodable", got.text[: got.text.index("\ufffd")].count("\n") + 1)]


@pytest.mark.parametrize(
    "data",
    [b"", b" \r\n", b"\xef\xbb\xbf", bytes(range(256)) * 9, "naïve café élève où".encode("latin-1") * 9, "简体中文补贴列表的内容项目说明".encode("gb18030") * 9, "보조금 목록".encode("euc_kr") * 20],
)
def test_what_is_no_japanese_text(data: bytes) -> None:
    with pytest.raises(ExtractError) as stop:
        decode(data)
    assert stop.value.code is Exit.UNREADABLE


def test_a_declared_encoding_is_believed_when_the_bytes_agree() -> None:
    short = "補助率"  # three kanji are valid in several encodings
    assert decode(short.encode("euc_jp"), "EUC-JP").text == short
    assert decode(short.encode("cp932"), "Shift_JIS").text == short
    assert decode(short.encode("utf-8"), "Shift_JIS").text == short
