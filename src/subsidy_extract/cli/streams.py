"""Standard output and error → streams that never end in a traceback: closed, on a full disk, or blind for a sign."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import Any, TextIO

from subsidy_extract.errors import Exit, ExtractError

ESCAPED = "subsidy_extract.escaped"


def ready() -> None:
    """Have both streams behave; to be called before anything is opened or said.

    What an encoding can't show is said as \\uXXXX (which is itself in JSON). What can't be written to standard output is an
    ExtractError(UNWRITABLE), once; standard error has nobody left to tell. A stream that is closed swallows what it is given.
    """
    codecs.register_error(ESCAPED, escaped)
    while (free := os.open(os.devnull, os.O_RDWR)) <= 2:  # a file that is opened later may not become standard output
        pass
    os.close(free)
    sys.stdout = _ready(sys.stdout, 1, quiet=False)
    sys.stderr = _ready(sys.stderr, 2, quiet=True)


def escaped(error: UnicodeError) -> tuple[str, int]:
    """The signs that an encoding does not have, as JSON escapes them."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[k]:02x}{units[k + 1]:02x}" for k in range(0, len(units), 2)), error.end


def _ready(stream: TextIO | Any, number: int, quiet: bool) -> TextIO | Any:
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8", errors=ESCAPED)  # closed by whoever started this
    if sys.platform == "win32":  # a console there is no file
        stream.reconfigure(errors=ESCAPED)
        return stream
    raw = _Pipe(number, quiet)
    return io.TextIOWrapper(io.BufferedWriter(raw), stream.encoding, ESCAPED, line_buffering=quiet or raw.isatty())


class _Pipe(io.FileIO):
    """A stream of the system. quiet: what can't be written is lost in silence."""

    def __init__(self, number: int, quiet: bool) -> None:
        super().__init__(number, "wb", closefd=False)
        self.lost = False
        self.quiet = quiet

    def write(self, data: Any) -> int | None:  # type: ignore[override]
        if self.lost:
            return len(data)
        try:
            return super().write(data)
        except OSError as error:
            self.lost = True
            if self.quiet:
                return len(data)
            if isinstance(error, BrokenPipeError):
                raise
            raise ExtractError(Exit.UNWRITABLE, f"the answer can't be written ({error.strerror})", "Send it somewhere that has room") from error
