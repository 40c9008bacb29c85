"""Dataset and report → one folder of files, written whole or not at all."""

from __future__ import annotations

import csv
import ctypes
import errno
import hashlib
import io
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from subsidy_extract.columns import FIELDS
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.frame import KEPT, Row, cell_rows, cells_schema, programs_schema, table
from subsidy_extract.model import Dataset


def dumps(value: object, indent: bool = False) -> bytes:
    """JSON as this program writes it: UTF-8, characters as they are, dates in ISO; indented for files that people open."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 if indent else 0)


Content = bytes | Callable[[BinaryIO], object]
"""What stands in a file, or what writes it there: a long list never stands in memory as text (87 MB of 21,000 rows)."""

PART = 1024  # rows made into one group of a Parquet file at once: all of a long list need hundreds of megabytes


def _parquet(rows: Iterable[Row], schema: Any, out: BinaryIO) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    left = iter(rows)
    with pq.ParquetWriter(out, schema, compression="zstd", write_statistics=True) as file:
        file.write_table(table(islice(left, PART), schema))
        while part := list(islice(left, PART)):
            file.write_table(table(part, schema))
    pa.default_memory_pool().release_unused()


def warm_up() -> None:
    """Has the libraries that write Parquet load: done while something else reads."""
    import pyarrow.json
    import pyarrow.parquet  # noqa: F401


def parquet(data: Dataset, rows: Collection[Row], out: BinaryIO) -> None:
    _parquet(rows, programs_schema(), out)


def cells(data: Dataset, rows: Collection[Row], out: BinaryIO) -> None:
    _parquet(cell_rows(data), cells_schema(), out)


def as_csv(data: Dataset, rows: Collection[Row], out: BinaryIO) -> None:
    """UTF-8 without BOM, LF; nested fields as JSON text, null as nothing, true and false in small letters."""
    text = io.TextIOWrapper(out, "utf8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([f.name for f in FIELDS])
    for row in rows:  # its fields stand in the order of FIELDS
        writer.writerow([value if type(value) is not list else dumps(value).decode() if value else "[]" for value in row.values()])
    text.flush()
    text.detach()  # `out` stays open


def as_json(data: Dataset, rows: Collection[Row], out: BinaryIO) -> None:
    out.write(b"[\n")
    for k, row in enumerate(rows):
        out.write(b",\n" if k else b"")
        out.write(dumps(row))
    out.write(b"\n]\n")


WRITERS: dict[str, Callable[[Dataset, Collection[Row], BinaryIO], None]] = {
    "programs.parquet": parquet,
    "programs.csv": as_csv,
    "programs.json": as_json,
    "cells.parquet": cells,
}


def table_schema() -> dict[str, Any]:
    """The Table Schema of programs.csv (nested fields are JSON text there: type array)."""
    kinds = {"string": "string", "float64": "number", "date32": "date", "bool": "boolean"}
    described = [
        {"name": f.name, "type": kinds.get(f.type, "integer" if f.type.startswith("int") else "array"), "description": f.says}
        for f in FIELDS
    ]
    for field, more in zip(described, FIELDS, strict=True):
        if more.name == "id":
            field["constraints"] = {"required": True, "unique": True, "pattern": "[0-9a-f]{12}"}  # type: ignore[assignment]
        if more.name == "number":
            field["constraints"] = {"required": True, "unique": True, "minimum": 1}  # type: ignore[assignment]
    return {"fields": described, "primaryKey": ["id"], "missingValues": [""]}


def datapackage(data: Dataset, folder: Path, names: Iterable[str]) -> bytes:
    """Data Package v2 of files in a folder: the CSV is the validated table resource, the rest are files with their hashes."""
    media = {".parquet": "application/vnd.apache.parquet", ".csv": "text/csv", ".json": "application/json", ".html": "text/html"}
    resources: list[dict[str, Any]] = []
    for name in names:
        path = Path(name)
        with open(folder / name, "rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        resource: dict[str, Any] = {
            "name": name.replace(".", "-").lower(),
            "path": name,
            "format": path.suffix[1:],
            "mediatype": media.get(path.suffix, "application/octet-stream"),
            "bytes": (folder / name).stat().st_size,
            "hash": "sha256:" + digest,
        }
        if name == "programs.csv":
            resource |= {"type": "table", "encoding": "utf-8", "dialect": {"delimiter": ",", "lineTerminator": "\n"}, "schema": table_schema()}
        resources.append(resource)
    resources.sort(key=lambda r: r["path"] != "programs.csv")
    source = data.document.source
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"subsidies-{source.sha256[:12]}",
        "title": data.document.title or source.name,
        "sources": [{"title": source.name, **({"path": data.origin.url} if data.origin.url else {})}],
        "resources": resources,
    }
    return dumps(package, indent=True) + b"\n"


def files_of(data: Dataset, rows: Collection[Row], report: dict[str, Content]) -> dict[str, Content]:
    """Every file of one list by name; the same source gives the same bytes. rows: the `ProgramRows` of the data."""
    files: dict[str, Content] = {name: partial(make, data, rows) for name, make in WRITERS.items()}
    names = (*files, *report)
    # the page last: its pictures are drawn meanwhile; of a long list first: what it needs in passing is free again when Arrow is loaded
    files = {**report, **files} if len(rows) > KEPT else {**files, **report}
    return {**files, "datapackage.json": lambda out: out.write(datapackage(data, Path(out.name).parent, names))}


def write(files: Mapping[str, Content], target: Path) -> None:
    """Put `files` into the folder `target`, all or none: into a temporary folder beside it, synced, then exchanged.

    They are written in their order, so that one may tell of those before it. What else a person keeps in the folder stays.
    Runs that write into one target at once do not disturb each other: the last to be done stands. Raises
    ExtractError(UNWRITABLE); the earlier output is then as it was.
    """
    if os.path.islink(target):
        target = Path(os.path.realpath(target))
    if os.path.lexists(target) and not os.path.isdir(target):
        raise ExtractError(Exit.UNWRITABLE, f"{target} is a file, not a folder", "Move it away, or choose another folder with -o")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        fresh, held = _begun(target)
    except OSError as err:
        raise ExtractError(Exit.UNWRITABLE, f"{target}: {err.strerror or err}", "Choose a folder that can be written with -o") from err
    try:
        os.chmod(fresh, 0o755)
        for name, content in files.items():
            with open(fresh / name, "wb") as out:
                if isinstance(content, bytes):
                    out.write(content)
                else:
                    content(out)
                out.flush()
                os.fsync(out.fileno())
        if target.is_dir():
            for kept in target.iterdir():
                if kept.name not in files:
                    (shutil.copytree if kept.is_dir() else shutil.copy2)(kept, fresh / kept.name)
        _sync(fresh)
        _put(fresh, target)
        _sync(target.parent)
    except (OSError, shutil.Error) as err:
        raise ExtractError(Exit.UNWRITABLE, f"{target}: {getattr(err, 'strerror', None) or err}", "Nothing was changed there") from err
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        os.close(held)


def _put(fresh: Path, target: Path) -> None:
    """The new folder under the name of the target, also where another run has put its own there this very moment."""
    if not os.path.lexists(target):
        try:
            os.rename(fresh, target)
            return
        except OSError as err:
            if err.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
    exchange(fresh, target)


# ── temporary folders: who writes one holds it, and what nobody holds a killed run has left ──────
def _prefix(target: Path) -> str:
    """How the names of a target's temporary folders begin; cut where the target's own name is nearly as long as names can be."""
    name = f".{target.name}"
    while len(os.fsencode(name)) > LONGEST:
        name = name[:-1]
    return f"{name}."


LONGEST = 200  # bytes; a name may have 255, and more is added
A_DAY = 86400  # seconds


def _begun(target: Path) -> tuple[Path, int]:
    """(a new folder beside the target, the handle that holds it while it is open)."""
    while True:
        fresh = Path(tempfile.mkdtemp(prefix=_prefix(target), suffix=".new", dir=target.parent))
        try:
            held = os.open(fresh, os.O_RDONLY)
        except FileNotFoundError:  # a sweep came between
            continue
        if _holds(held) is not False and fresh.exists():
            return fresh, held
        os.close(held)


def _holds(handle: int) -> bool | None:
    """Whether this process holds the folder from now on; the system lets go of it with the process, however that ends.
    None where folders can't be held (some network drives)."""
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        return None
    return True


def _sweep(target: Path) -> None:
    """Remove what a killed run left beside the target (its temporary folders are never anybody's output)."""
    prefix = _prefix(target)
    for left in target.parent.iterdir():
        if left.name.startswith(prefix) and left.name.endswith(".new") and left.is_dir() and not left.is_symlink():
            try:
                handle = os.open(left, os.O_RDONLY)
            except OSError:
                continue  # gone meanwhile
            free = _holds(handle)
            if free or (free is None and os.fstat(handle).st_mtime < time.time() - A_DAY):
                shutil.rmtree(left, ignore_errors=True)
            os.close(handle)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def exchange(a: Path, b: Path) -> None:
    """Swap two folders in one step (renameat2 with RENAME_EXCHANGE on Linux, renamex_np with RENAME_SWAP on macOS).

    A file system that can't swap gets two renames: between them a reader may find nothing under the old name for an
    instant, and a kill there leaves the old output under a name that says so. Raises OSError.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    here, there = os.fsencode(a), os.fsencode(b)
    if sys.platform == "darwin":
        failed = libc.renamex_np(here, there, 2)
    elif hasattr(libc, "renameat2"):
        failed = libc.renameat2(-100, here, -100, there, 2)
    else:
        failed = -1
        ctypes.set_errno(errno.ENOSYS)
    if not failed:
        return
    code = ctypes.get_errno()
    if code not in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        raise OSError(code, os.strerror(code))
    aside = b.with_name(f"{b.name}.old")
    os.rename(b, aside)
    try:
        os.rename(a, b)
    except OSError:
        os.rename(aside, b)
        raise
    shutil.rmtree(aside)
