"""The page's template → its code, as the last run left it in the user's cache (60 ms of every run otherwise)."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from subsidy_extract import __version__
from subsidy_extract.compiled import home


class Kept(BytecodeCache):
    """A file beside the patterns. Jinja keeps in it the hash of the template, its own version and Python's; this program's
    version is in the name, because the settings of the environment are compiled in as well."""

    def _file(self, bucket: Bucket) -> Path:
        return home().with_name(f"page-{__version__}-{bucket.key}")

    def load_bytecode(self, bucket: Bucket) -> None:
        # whatever is wrong with the file, the template is compiled as if there were none; code runs, so only what this user
        # wrote is read (sudo keeps the home of another)
        with suppress(Exception), self._file(bucket).open("rb") as file:
            if os.fstat(file.fileno()).st_uid == os.geteuid():
                bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        file = self._file(bucket)
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, fresh = tempfile.mkstemp(prefix=file.name, dir=file.parent)
            with open(handle, "wb") as out:
                bucket.write_bytecode(out)
            os.replace(fresh, file)
