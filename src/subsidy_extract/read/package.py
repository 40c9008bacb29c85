"""From the bytes of an Office file (a zip of XML parts) to its parts, checked: no bomb, no entities, nothing encrypted."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.read.sniff import OLE

MOST_BYTES = 128 * 1024 * 1024  # of all parts uncompressed; the greatest list seen has 2 MB
MOST_PARTS = 10_000


class Package:
    """The parts of a zip by name; reading one that is missing gives b""."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        if data.startswith(OLE):
            raise ExtractError(Exit.UNREADABLE, f"{name} is protected by a password", "Save it without one and try again")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as e:
            raise damaged(name) from e
        if len(infos) > MOST_PARTS or sum(i.file_size for i in infos) > MOST_BYTES:
            raise ExtractError(Exit.LIMIT, f"{name} unpacks to more than {MOST_BYTES:,} bytes", "Give the list alone")
        if any(i.flag_bits & 1 for i in infos):
            raise ExtractError(Exit.UNREADABLE, f"{name} is protected by a password", "Save it without one and try again")
        self.names = frozenset(i.filename for i in infos)

    def part(self, name: str) -> bytes:
        """Raises ExtractError(UNREADABLE) when damaged, or when XML declares entities, which office files never do."""
        name = name.lstrip("/")
        if name not in self.names:
            return b""
        try:
            data = self._zip.read(name)  # never more than the size the directory says, else BadZipFile
        except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as e:
            raise damaged(self.name) from e
        except Exception as e:  # zlib.error has no public base class
            raise damaged(self.name) from e
        if name.endswith((".xml", ".rels")):
            plain = data.replace(b"\x00", b"") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data
            if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
                raise ExtractError(Exit.UNREADABLE, f"{self.name} declares entities, as only hostile files do", "Get the file again")
        return data

    def xml(self, name: str) -> Any:
        """The root element of a part, or None when there is none."""
        from lxml import etree

        data = self.part(name)
        if not data:
            return None
        try:
            return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True))
        except etree.XMLSyntaxError as e:
            raise damaged(self.name) from e

    def targets(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Relations of a part: id → (kind, target, whether it leads out of the file)."""
        folder, _, leaf = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels")
        out: dict[str, tuple[str, str, bool]] = {}
        for rel in [] if root is None else root:
            outside = rel.get("TargetMode") == "External"
            target = rel.get("Target") or ""
            if not outside:
                target = target.lstrip("/") if target.startswith("/") else _resolved(folder, target)
            out[rel.get("Id") or ""] = ((rel.get("Type") or "").rpartition("/")[2], target, outside)
        return out


def _resolved(folder: str, target: str) -> str:
    parts = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step != ".":
            parts.append(step)
    return "/".join(parts)


def damaged(name: str) -> ExtractError:
    return ExtractError(Exit.UNREADABLE, f"{name} is damaged and can't be read", "Get the file again")
