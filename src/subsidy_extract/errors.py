"""What stops the work: one class, and the exit code that each kind of stop has.

ExtractError ─ code ─ 3 UNREADABLE   the source is missing, damaged, encrypted, empty
                      4 UNKNOWN_FORMAT
                      5 NO_TABLE
                      6 NO_NAME_COLUMN  a table, but no heading that names the programmes
                      7 LIMIT          time, memory, pages
                      8 UNWRITABLE     the output can't be written
Trouble inside the data is never raised: it is an `Issue` (model.py).
"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command (DATASET.md fixes them)."""

    OK = 0
    FOUND = 1
    USAGE = 2
    UNREADABLE = 3
    UNKNOWN_FORMAT = 4
    NO_TABLE = 5
    NO_NAME_COLUMN = 6
    LIMIT = 7
    UNWRITABLE = 8


class ExtractError(Exception):
    """A stop, with its exit code and one line that says what to do next."""

    def __init__(self, code: Exit, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = " ".join(message.split())
        self.hint = " ".join(hint.split())

    def __str__(self) -> str:
        return f"{self.message}. {self.hint}" if self.hint else self.message

    def __reduce__(self) -> tuple[type[ExtractError], tuple[Exit, str, str]]:
        return type(self), (self.code, self.message, self.hint)  # it travels from the reading child
