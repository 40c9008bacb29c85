"""Files some of whose packed parts break off: counted, and said of the file."""

from __future__ import annotations

import zlib
from base64 import a85encode
from pathlib import Path

import pytest

from subsidy_extract.read.pdf.broken import broken_parts
from subsidy_extract.read.pdf.sandbox import read_pages
from tests.read.pdf import works
from tests.read.pdf.handmade import Pdf, say
from tests.read.pdf.hostile import one_page

CONTENT = "\n".join(say(f"{k}号 支援事業", 50, 280 - 10 * k) for k in range(20)).encode()
PACKED = zlib.compress(CONTENT)


def packed(data: bytes, head: str = "/Filter /FlateDecode") -> bytes:
    out = Pdf()
    return one_page(out, out.add(f"<< {head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"))


def flipped(at: int) -> bytes:
    return PACKED[:at] + bytes([PACKED[at] ^ 0x40]) + PACKED[at + 1 :]


@pytest.mark.parametrize(
    ("data", "head", "broken"),
    [
        (PACKED, "/Filter /FlateDecode", 0),
        (PACKED[:-4], "/Filter /FlateDecode", 0),  # the checksum is left away
        (b"", "/Filter /FlateDecode", 0),
        (flipped(len(PACKED) // 2), "/Filter /FlateDecode", 1),
        (PACKED[: len(PACKED) // 2], "/Filter /FlateDecode", 1),
        (PACKED[:-1] + bytes([PACKED[-1] ^ 1]), "/Filter /FlateDecode", 1),  # unpacked, but not to what was packed
        (flipped(40), "/Subtype /Image /Filter /FlateDecode", 0),  # of a picture nothing is read
        (a85encode(PACKED) + b"~>", "/Filter [ /ASCII85Decode /FlateDecode ]", 0),
        (a85encode(PACKED + b"\0", wrapcol=72) + b"\n~>\n", "/Filter [/A85 /FlateDecode]", 0),
        (a85encode(flipped(40)) + b"~>", "/Filter [/ASCII85Decode /FlateDecode]", 1),
        (a85encode(PACKED)[:-40] + b"~>", "/Filter [/ASCII85Decode /FlateDecode]", 1),
        (a85encode(PACKED), "/Filter [/ASCII85Decode /FlateDecode]", 1),  # the mark of its end is missing
        (a85encode(PACKED)[:60] + b"{" + a85encode(PACKED)[61:] + b"~>", "/Filter [/ASCII85Decode /FlateDecode]", 1),
        (flipped(40), "/Filter [/ASCIIHexDecode /FlateDecode]", 0),  # can't be told
    ],
)
def test_parts_that_break_off_are_counted(tmp_path: Path, data: bytes, head: str, broken: int) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(packed(data, head))
    assert broken_parts(path) == broken


def test_that_a_part_breaks_off_is_said_of_the_first_page(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(packed(flipped(len(PACKED) // 2)))
    (codes,) = read_pages(path, work=works.codes)
    assert "broken_part" in codes
    path.write_bytes(packed(PACKED))
    (codes,) = read_pages(path, work=works.codes)
    assert "broken_part" not in codes
