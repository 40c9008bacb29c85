"""The command `subsidy-extract`, also as `python -m subsidy_extract`: an interrupt is one line from the first moment on."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing itself takes time in which nobody hears an interrupt
if TYPE_CHECKING:
    from sys import UnraisableHookArgs
    from typing import NoReturn


def run() -> NoReturn:
    """Entry point. Imports are a part of the run that takes time: they are inside."""
    sys.unraisablehook = _unraisable
    try:
        from subsidy_extract.cli import run as work

        work()
    except KeyboardInterrupt:
        stopped()


def stopped() -> NoReturn:
    """What a shell says of an interrupt."""
    os.write(2, b"subsidy-extract: stopped\n")
    os._exit(130)


def _unraisable(what: UnraisableHookArgs) -> None:
    """An interrupt that comes where nothing can be raised (a lock of the imports goes, an object goes) stops all the same."""
    if what.exc_type is KeyboardInterrupt:
        stopped()
    if os.environ.get("SUBSIDY_EXTRACT_TRACEBACK"):
        sys.__unraisablehook__(what)


if __name__ == "__main__":
    run()
