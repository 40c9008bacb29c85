"""The process that reads a PDF: a job on standard input → limits on itself → one answer for each page on standard output.

Started as `python -m subsidy_extract.read.pdf.child [PIPE …]`; a job is a line of JSON. Every answer is 8 bytes of length and a message of wire.py:
("page", what the work made of the page), ("done", pages of the document), ("error", exit code, message, hint),
("died", the code with which a reader ended). It imports no more than the engine that reads: the start is part of every run.
It loads the libraries and forks the readers of each job, of which all but the first answer on the PIPEs; it tells of those
that die, and goes when there are no more jobs.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.model import Doubt, Place
from subsidy_extract.read.pdf import wire
from subsidy_extract.read.pdf.nouns import Page
from subsidy_extract.read.pdf.shares import Share
from subsidy_extract.settings import Limits

T = TypeVar("T")


def main() -> None:
    """Have each job done. What kills this process is told by its parent."""
    outs: list[BinaryIO] = [os.fdopen(os.dup(1), "wb"), *(os.fdopen(int(pipe), "wb") for pipe in sys.argv[1:])]
    os.dup2(2, 1)  # nothing that a library prints may get between the answers
    gc.set_threshold(100_000, 50, 50)  # short-lived, and it makes few circles
    _go_with_the_parent()
    for line in sys.stdin.buffer:
        *job, arguments = json.loads(line)
        if hasattr(os, "fork"):
            _forked(job, arguments, outs)
        else:
            _done(job, arguments[0], outs[0])
    os._exit(0)


def _forked(job: list[Any], arguments: list[list[Any]], outs: Sequence[BinaryIO]) -> None:
    """A reader for each of `arguments`; back when all have ended and it was said of each that was killed with what code."""
    with contextlib.suppress(ExtractError):  # no such engine: said by the readers
        _loaded(job[1])
    _named(job[6])
    tended: dict[int, BinaryIO] = {}
    for mine, out in zip(arguments, outs, strict=False):
        process = os.fork()
        if not process:
            _done(job, mine, out)
            os._exit(0)  # no tidying up in native libraries that a damaged file may have upset
        tended[process] = out
    while tended:
        process, status = os.wait()
        out = tended.pop(process)
        if status:
            with contextlib.suppress(BrokenPipeError):
                _say(out, ("died", os.waitstatus_to_exitcode(status)))


def _done(job: list[Any], arguments: list[Any], out: BinaryIO) -> None:
    """Do the job, or say why it can't be done."""
    try:
        restrain(Limits(*job[5]))
        _do(job, arguments, out)
    except ExtractError as error:
        _say(out, ("error", int(error.code), error.message, error.hint))
    except MemoryError:
        _say(out, ("error", int(Exit.LIMIT), "the PDF needs more memory than the limit allows", "Raise the limit of memory, or read fewer pages with --pages"))
    except RecursionError:
        _say(out, ("error", int(Exit.UNREADABLE), "the PDF is nested without end", "It is damaged or made to do harm; ask the issuer for another file"))
    except Exception as error:
        what = f"the reader failed ({type(error).__name__}: {str(error)[:200]})"
        _say(out, ("error", int(Exit.UNREADABLE), what, "Try --engine pdfplumber, leave the page out with --pages, and report it"))


def _do(job: list[Any], arguments: list[Any], out: BinaryIO) -> None:
    path, engine, password, first, last, limits, work = job
    limits = Limits(*limits)
    if engine == "render":
        from subsidy_extract.read.pdf import render

        (scale,) = arguments
        _say(out, ("page", render.picture(Path(path), first, float(scale), password)))
        _say(out, ("done", 1))
        return
    if engine == "pictures":
        from subsidy_extract.read.pdf import render

        scale, quality, wanted = arguments
        for seen in _paced(render.pictures(Path(path), wanted, float(scale), int(quality), password), limits):
            _say(out, ("page", seen))
        _say(out, ("done", len(wanted)))
        return
    run: Callable[[Page], Any] | None = _named(work)
    total, whole = opened(Path(path), password)
    first, last = chosen(total, first, last, limits.pages)
    for page in _paced(_pages(Path(path), engine, first, last, password, Share(*arguments)), limits):
        if not whole and page.number == first:
            page = replace(page, doubts=(*page.doubts, Doubt("damaged_pdf", DAMAGED, (Place(page=first),))))
        _say(out, ("page", run(page) if run else None))
    _say(out, ("done", total))


DAMAGED = "the table of the file's parts is damaged and was rebuilt: parts may be missing"


def _loaded(engine: str) -> None:
    """ExtractError(USAGE): no engine is called that."""
    if engine in ("render", "pictures"):
        import_module("subsidy_extract.read.pdf.render")
        return
    from subsidy_extract.read.pdf.engines import of

    of(engine)


def _pages(path: Path, engine: str, first: int, last: int, password: str | None, share: Share) -> Iterator[Page]:
    from subsidy_extract.read.pdf.engines import pages

    return pages(path, engine, first, last, password, share)


def opened(path: Path, password: str | None) -> tuple[int, bool]:
    """(how many pages the document has, whether it is undamaged). ExtractError(UNREADABLE): cut off, encrypted, no pages."""
    from subsidy_extract.read.pdf import pdfium

    with pdfium.document(path, password) as (document, count):
        if count == 0:
            raise ExtractError(Exit.UNREADABLE, f"{path.name} has no pages", "It is damaged; download it again")
        return count, pdfium.is_whole(document, path)


def chosen(total: int, first: int, last: int | None, most: int) -> tuple[int, int]:
    """The pages to read. ExtractError: (USAGE) pages that are not there, (LIMIT) more than are allowed."""
    if first > total:
        raise ExtractError(Exit.USAGE, f"the document has {total} pages, none of them is page {first}", "Choose others with --pages")
    end = min(total, last or total)
    if end - first + 1 > most:
        raise ExtractError(Exit.LIMIT, f"{end - first + 1} pages are more than the limit of {most}", "Read some with --pages, or raise the limit of pages")
    return first, end


def _paced(pages: Iterator[T], limits: Limits) -> Iterator[T]:
    """Each page with processor time of its own. The timer kills from outside Python: native code can't be interrupted
    otherwise."""
    while True:
        _allow(limits.cpu_page)
        page = next(pages, None)
        if page is None:
            _allow(0)
            return
        yield page


def _allow(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def restrain(limits: Limits) -> None:
    """Limits of the kernel on this process, where the system has them."""
    with contextlib.suppress(ImportError):
        import resource

        _limit(resource.RLIMIT_AS, limits.memory)
        _limit(resource.RLIMIT_CPU, max(1, int(limits.cpu)))
        _limit(resource.RLIMIT_CORE, 0)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    _go_with_the_parent()  # a fork does not take it over


def _go_with_the_parent() -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _limit(what: int, value: int) -> None:
    import resource

    _, hard = resource.getrlimit(what)
    allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (allowed, hard))


def _named(work: str | None) -> Callable[[Page], Any] | None:
    """"module:function" → the function."""
    if work is None:
        return None
    module, _, name = work.partition(":")
    function: Callable[[Page], Any] = getattr(import_module(module), name)
    return function


def _say(out: BinaryIO, message: tuple[Any, ...]) -> None:
    data = wire.encode(message)
    out.write(struct.pack("<Q", len(data)))
    out.write(data)
    out.flush()


if __name__ == "__main__":
    main()
