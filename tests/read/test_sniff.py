from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.read import READERS, read
from subsidy_extract.read.sniff import OLE, kind_of

KNOWN = frozenset(READERS)


def zipped(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        if mimetype:
            z.writestr("mimetype", mimetype)
        for n in names:
            z.writestr(n, "<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", b"%PDF-1.7\n%<html><table>", ".pdf"), ("a.html", b"<html><body>%PDF-1.4", ".html"),
        ("a.txt", b"%PDF-1.7\n", ".pdf"), ("a.pdf", b"\n\n%PDF-1.4\n", ".pdf"), ("a.csv", "名,額".encode(), ".csv"), ("a.TSV", "名\t額".encode(), ".tsv"),
        ("a.xls", b"<html><table>", ".html"), ("a.xls", "名\t額\n".encode("utf-16"), ".txt"), ("a.xls", "名,額\n".encode("cp932"), ".txt"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), ".xls"), ("a.xlsx", OLE + "Workbook".encode("utf-16-le"), ".xls"),
        ("a.xlsx", zipped("xl/workbook.xml"), ".xlsx"), ("a.docx", zipped("word/document.xml"), ".docx"), ("a.zip", zipped("xl/workbook.xml"), ".xlsx"),
        ("a.htm", b"<table><tr><td>", ".html"), ("a.txt", b"<!DOCTYPE html><html>", ".html"),
    ],
)  # fmt: skip
def test_content_tells(name: str, data: bytes, kind: str) -> None:
    assert kind_of(data, name, KNOWN) == kind


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.md", b"# list", Exit.UNKNOWN_FORMAT), ("a", b"text", Exit.UNKNOWN_FORMAT), ("a.pdf", b"no pdf", Exit.UNREADABLE), ("a.xlsx", b"no zip", Exit.UNREADABLE),
        ("a.csv", b"", Exit.UNREADABLE), ("a.txt", b" \n\x00", Exit.UNREADABLE), ("a.png", b"\x89PNG\r\n", Exit.UNKNOWN_FORMAT), ("a.ods", zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), Exit.UNKNOWN_FORMAT),
        ("a.xlsb", zipped("xl/workbook.bin"), Exit.UNKNOWN_FORMAT), ("a.zip", zipped("a.txt"), Exit.UNKNOWN_FORMAT), ("a.doc", OLE + "WordDocument".encode("utf-16-le"), Exit.UNKNOWN_FORMAT),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), Exit.UNREADABLE), ("a.xls", b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook>", Exit.UNKNOWN_FORMAT),
        ("a.xlsx", zipped("xl/workbook.xml")[:40], Exit.UNREADABLE),
    ],
)  # fmt: skip
def test_what_is_refused_and_why(name: str, data: bytes, code: Exit) -> None:
    with pytest.raises(ExtractError) as stop:
        kind_of(data, name, KNOWN)
    assert stop.value.code is code
    assert stop.value.hint


def test_files_that_are_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(ExtractError) as stop:
            read(path)
        assert stop.value.code is Exit.UNREADABLE


def test_a_file_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes("<html><table><tr><th>事業名<th>窓口<tr><td>甲<td>商工課</table>".encode("cp932"))
    d = read(path)
    assert (d.source.reader, d.source.name, d.source.encoding) == ("html", "list.xls", "cp932")


def test_a_pipe_or_device_is_no_file(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "list.txt")
    with pytest.raises(ExtractError, match="no file") as stop:
        read(tmp_path / "list.txt")
    assert stop.value.code == Exit.UNREADABLE
