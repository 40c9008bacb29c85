"""The process that reads a PDF: a job on standard input → limits on itself → one answer for each page on standard output.

Started as `python -m subsidy_extract.read.pdf.child [PIPE …]`; a job is a line of JSON. Every answer is 8 bytes of length and a message of wire.py:
("page", what the work made of the page), ("done", pages of the document), ("error", exit code, message, hint),
("died", the code with which a reader ended, the page it was at, 0 before the first). It imports no more than the engine that
reads: the start is part of every run.
It loads the libraries and forks the readers of each job, of which all but the first answer on the PIPEs; it tells of those
that die, and goes when there are no more jobs.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import json
import mmap
import os
import signal
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, TypeVar
from unicodedata import normalize

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
            _done(job, arguments[0], outs[0], At())
    os._exit(0)


class At:
    """The page that a reader is at, 0 before the first; the process that forked it can still tell when it is dead."""

    def __init__(self) -> None:
        self.kept = mmap.mmap(-1, 8)  # shared with forks

    def __call__(self, number: int) -> None:
        self.kept[:] = struct.pack("<Q", number)

    @property
    def page(self) -> int:
        return int(struct.unpack("<Q", self.kept[:])[0])


def _forked(job: list[Any], arguments: list[list[Any]], outs: Sequence[BinaryIO]) -> None:
    """A reader for each of `arguments`; back when all have ended and it was said of each that was killed with what code."""
    with contextlib.suppress(ExtractError):  # no such engine: said by the readers
        _loaded(job[1])
    _named(job[6])
    tended: dict[int, tuple[BinaryIO, At]] = {}
    for mine, out in zip(arguments, outs, strict=False):
        at = At()
        process = os.fork()
        if not process:
            _done(job, mine, out, at)
            os._exit(0)  # no tidying up in native libraries that a damaged file may have upset
        tended[process] = out, at
    while tended:
        process, status = os.wait()
        out, at = tended.pop(process)
        if status:
            with contextlib.suppress(BrokenPipeError):
                _say(out, ("died", os.waitstatus_to_exitcode(status), at.page))


def _done(job: list[Any], arguments: list[Any], out: BinaryIO, at: At) -> None:
    """Do the job, or say why it can't be done."""
    try:
        restrain(Limits(*job[5]))
        try:
            _do(job, arguments, out, at)
        except (OSError, ImportError) as error:
            if getattr(error, "errno", None) == errno.ENOMEM or any(words in str(error) for words in NO_ROOM):
                raise MemoryError from error
            raise
    except ExtractError as error:
        _say(out, ("error", int(error.code), error.message, error.hint))
    except MemoryError:
        where = f"page {at.page} of the PDF" if at.page else "opening the PDF"
        hint = f"{'Leave it out with --pages' if at.page else 'The file may be made to do harm'}, or raise the limit with --max-memory"
        _say(out, ("error", int(Exit.LIMIT), f"{where} needs more than {job[5][0] >> 20} MB of memory", hint))
    except RecursionError:
        _say(out, ("error", int(Exit.UNREADABLE), "the PDF is nested without end", "It is damaged or made to do harm; ask the issuer for another file"))
    except Exception as error:
        what = f"the reader failed ({type(error).__name__}: {str(error)[:200]})"
        _say(out, ("error", int(Exit.UNREADABLE), what, "Try --engine pdfplumber, leave the page out with --pages, and report it"))


NO_ROOM = ("failed to map segment", "Cannot allocate memory", "cannot allocate memory")  # a library did not fit any more


def _do(job: list[Any], arguments: list[Any], out: BinaryIO, at: At) -> None:
    path, engine, password, first, last, limits, work = job
    limits = Limits(*limits)
    if password:
        password = _needed(Path(path), password)
    if engine == "render":
        from subsidy_extract.read.pdf import render

        (scale,) = arguments
        at(first)
        _allow(limits.cpu_page)
        _say(out, ("page", render.picture(Path(path), first, float(scale), password)))
        _say(out, ("done", 1))
        return
    if engine == "pictures":
        from subsidy_extract.read.pdf import render

        scale, quality, wanted = arguments
        for seen in _paced(render.pictures(Path(path), _noted(wanted, at), float(scale), int(quality), password), limits):
            _say(out, ("page", seen))
        _say(out, ("done", len(wanted)))
        return
    run: Callable[[Page], Any] | None = _named(work)
    total, whole = opened(Path(path), password)
    first, last = chosen(total, first, last, limits.pages)
    share = Share(*arguments)
    for page in _paced(_pages(Path(path), engine, first, last, password, share, at), limits):
        at(page.number)
        if page.number == first:
            page = replace(page, doubts=(*page.doubts, *_damage(Path(path), first, whole)))
        _say(out, ("page", run(page) if run else None))
    _say(out, ("done", total))


DAMAGED = "the table of the file's parts is damaged and was rebuilt: parts may be missing"


def _damage(path: Path, first: int, whole: bool) -> tuple[Doubt, ...]:
    """What is said of a file on the first page that is read of it. whole: as `opened` tells it."""
    from subsidy_extract.read.pdf.broken import broken_parts

    place = (Place(page=first),)
    rebuilt = () if whole else (Doubt("damaged_pdf", DAMAGED, place),)
    broken = broken_parts(path)
    return (*rebuilt, Doubt("broken_part", str(broken), place)) if broken else rebuilt


def _loaded(engine: str) -> None:
    """ExtractError(USAGE): no engine is called that."""
    if engine in ("render", "pictures"):
        import_module("subsidy_extract.read.pdf.render")
        return
    from subsidy_extract.read.pdf.engines import of

    of(engine)


def _pages(path: Path, engine: str, first: int, last: int, password: str | None, share: Share, at: At) -> Iterator[Page]:
    from subsidy_extract.read.pdf.engines import pages

    return pages(path, engine, first, last, password, share, at)


def _noted(numbers: Iterable[int], at: At) -> Iterator[int]:
    for number in numbers:
        at(number)
        yield number


def _needed(path: Path, password: str) -> str | None:
    """The password as it opens the file, or None where the file opens without it: PDFium opens such a file with none but a
    right one. Newer files are locked with its NFKC form (RFC 4013, which PDFium leaves to who calls it)."""
    from subsidy_extract.read.pdf.engines import pdfium

    wrong: ExtractError | None = None
    for tried in dict.fromkeys((password, normalize("NFKC", password), None)):
        try:
            with pdfium.document(path, tried):
                return tried
        except ExtractError as error:
            wrong = wrong or error
    assert wrong is not None
    raise wrong


def opened(path: Path, password: str | None) -> tuple[int, bool]:
    """(how many pages the document has, whether it is undamaged). ExtractError(UNREADABLE): cut off, encrypted, no pages."""
    from subsidy_extract.read.pdf.engines import pdfium

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
        raise ExtractError(Exit.LIMIT, f"{end - first + 1} pages are more than the limit of {most}", "Read some with --pages, or raise the limit with --max-pages")
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
