"""From the name and the first bytes of a file to the suffix of its real kind: an .xls may be HTML, a .txt a PDF."""

from __future__ import annotations

import io
import re
import zipfile

from subsidy_extract.errors import Exit, ExtractError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT = (".txt", ".tsv", ".csv", ".tab", ".text", ".prn")
HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<table[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
OTHERS = {  # magic → what it is, what to do
    b"\x89PNG": ("a picture", "Give the document itself"),
    b"\xff\xd8\xff": ("a picture", "Give the document itself"),
    b"GIF8": ("a picture", "Give the document itself"),
    b"II*\x00": ("a picture", "Give the document itself"),
    b"MM\x00*": ("a picture", "Give the document itself"),
    b"{\\rtf": ("an RTF document", "Save it as .docx"),
    b"MIME-Version:": ("a web archive", "Save the page as .html"),
    b"Rar!": ("an archive", "Unpack it first"),
    b"7z\xbc\xaf": ("an archive", "Unpack it first"),
    b"\x1f\x8b": ("an archive", "Unpack it first"),
}


def kind_of(data: bytes, name: str, known: frozenset[str]) -> str:
    """The suffix of READERS that fits the content. known: the suffixes there are.

    Raises ExtractError: UNREADABLE (empty, or damaged: the content is nothing of what the suffix says), UNKNOWN_FORMAT.
    """
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if not data.strip(b"\x00\t\n\r\x0c "):
        raise ExtractError(Exit.UNREADABLE, f"{name} is empty", "Get the file again")
    head = data[:1024]
    if is_pdf(head):
        return ".pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, name)
    if data.startswith(OLE):
        return _ole(data, name)
    for magic, (what, do) in OTHERS.items():
        if data.startswith(magic):
            raise ExtractError(Exit.UNKNOWN_FORMAT, f"{name} is {what}, which this program does not read", do)
    if suffix == ".pdf":
        raise no_pdf(head, name)
    if suffix in (".xlsx", ".docx"):
        raise ExtractError(Exit.UNREADABLE, f"{name} is damaged: it is no {suffix[1:]} inside", "Get the file again")
    if suffix == ".xls" and data.startswith(b"\x09") and data[1:2] in b"\x00\x02\x04\x08":
        return ".xls"  # Excel 2 to 5, bare
    plain = data[:20000].replace(b"\x00", b"")  # UTF-16 too
    if b"<?mso-application" in plain or (b"urn:schemas-microsoft-com:office:spreadsheet" in plain and b"<Workbook" in plain):
        raise ExtractError(Exit.UNKNOWN_FORMAT, f"{name} is an XML spreadsheet of 2003", "Save it as .xlsx")
    if suffix in (".html", ".htm", ".xhtml") or (suffix in (".xls", *TEXT) and HTML.search(plain) and plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<"):
        return ".html"
    if suffix in known and suffix not in (".xls",):
        return suffix
    if suffix in (*TEXT, ".xls"):
        return ".txt"
    raise ExtractError(Exit.UNKNOWN_FORMAT, f"{name}: unknown format", f"Known are {' '.join(sorted(known))}")


def is_pdf(head: bytes) -> bool:
    """Whether a file that begins so (1024 bytes) is a PDF. It may speak of HTML; a web page may speak of PDF, further down."""
    at = head.find(b"%PDF-")
    return at >= 0 and not HTML.search(head, 0, at)


def no_pdf(head: bytes, name: str) -> ExtractError:
    """What is said of a file that is called a PDF and is none; a web page that was saved instead of it is the usual case."""
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # UTF-16 too
    if plain.startswith(b"<") and (HTML.search(plain) or plain.startswith((b"<?xml", b"<!--"))):
        return ExtractError(Exit.UNREADABLE, f"{name} is a web page, not a PDF", "The address led to a page about the list: open it in a browser and download the PDF itself")
    return ExtractError(Exit.UNREADABLE, f"{name} is no PDF", "Download it again")


def _zipped(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            names = set(z.namelist())
            mime = z.read("mimetype")[:80] if "mimetype" in names and z.getinfo("mimetype").file_size < 1000 else b""
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError, KeyError, RuntimeError) as e:
        raise ExtractError(Exit.UNREADABLE, f"{name} is damaged and can't be read", "Get the file again") from e
    if any(n.startswith("xl/") and n.endswith(".bin") for n in names) and not any(n.startswith("xl/workbook") and n.endswith(".xml") for n in names):
        raise ExtractError(Exit.UNKNOWN_FORMAT, f"{name} is a binary Excel file (.xlsb)", "Save it as .xlsx")
    if any(n.startswith("xl/") for n in names):
        return ".xlsx"
    if any(n.startswith("word/") for n in names):
        return ".docx"
    if b"opendocument" in mime:
        raise ExtractError(Exit.UNKNOWN_FORMAT, f"{name} is an OpenDocument file", "Save it as .xlsx, .docx or PDF")
    raise ExtractError(Exit.UNKNOWN_FORMAT, f"{name} is an archive without a document this program reads", "Unpack it first")


def _ole(data: bytes, name: str) -> str:
    inside = {part: part.encode("utf-16-le") in data for part in ("EncryptedPackage", "WordDocument", "Workbook", "Book", "PowerPoint Document")}
    if inside["EncryptedPackage"]:
        raise ExtractError(Exit.UNREADABLE, f"{name} is protected by a password", "Save it without one and try again")
    if inside["Workbook"] or (inside["Book"] and not inside["WordDocument"]):
        return ".xls"
    if inside["WordDocument"]:
        raise ExtractError(Exit.UNKNOWN_FORMAT, f"{name} is a Word file of before 2007", "Save it as .docx")
    raise ExtractError(Exit.UNKNOWN_FORMAT, f"{name} is an old Office file without a sheet", "Save it as .xlsx or .docx")
