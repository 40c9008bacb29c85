"""A PDF read in processes of their own, under limits; what they say, page by page.

PDFium aborts when memory is out, a file of 2 KB can ask for a gigabyte, a page tree can loop: whatever a PDF does to its
reader it does to a child, and here it is an ExtractError with exit code 7 and one line that says what to do.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import struct
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import astuple
from itertools import chain, cycle, islice
from pathlib import Path
from typing import IO, Any, TypeVar

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.read.name import name_of
from subsidy_extract.read.pdf.shares import TURN, Share
from subsidy_extract.read.sniff import is_pdf, no_pdf
from subsidy_extract.settings import Limits

T = TypeVar("T")
READERS = 2  # processes that read a large document side by side, where there are as many cores
LARGE = 256 << 10  # bytes: a smaller one is nearly read before a second reader would have its first page
LARGEST = 256 << 20  # bytes of one answer: a page of a million glyphs has less
SOON = 1.0  # seconds that a child which has said all may take to end
AHEAD = 1 << 20  # bytes that the child may be ahead of who asks (the most that Linux allows everybody)


def read_pages(
    path: Path,
    *,
    work: Callable[[Any], T] | str,
    engine: str = "auto",
    password: str | None = None,
    first: int = 1,
    last: int | None = None,
    limits: Limits | None = None,
    child: Child | None = None,
) -> Iterator[T]:
    """What `work` makes of each page, first to last, as soon as it is made. The child starts with the call, not with
    the first page asked for: what the caller imports meanwhile costs nothing. child: one that is started already, for a file that was looked at (preflight).

    work: a function of a module, or its name "module:function" (Page → nouns of wire.NOUNS, tuples, strings, numbers); it runs in the child.
    Raises ExtractError: UNREADABLE (missing, empty, no PDF, cut off, damaged, encrypted, no pages), USAGE (no such pages,
    no such engine), LIMIT (memory, processor time, time, pages, or the reader died).
    """
    if child is None:
        preflight(path)
    limits = limits or Limits()
    name = work if isinstance(work, str) else f"{work.__module__}:{work.__qualname__}"
    count = _cores() if path.stat().st_size >= LARGE else 1
    shares = [Share(k, count) for k in range(count)]
    job = (str(path), engine, password, first, last, astuple(limits), name)
    return _asked(child, job, [astuple(share) for share in shares], limits, _in_turn)


def _cores() -> int:
    """Readers that may work side by side: one where processes can't be forked."""
    if not hasattr(os, "fork"):
        return 1
    return min(READERS, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _asked(child: Child | None, *what: Any) -> Iterator[Any]:
    """What the child answers when it is asked (Child.ask), or one that is started for this alone."""
    if child is not None:
        return child.ask(*what)
    child = Child()
    return _once(child, child.ask(*what))


def _once(child: Child, answers: Iterator[T]) -> Iterator[T]:
    """What a child answers that has nothing else to do."""
    try:
        yield from answers
        child.end()
    finally:
        child.stop()


def _in_turn(readers: Sequence[Iterator[T]]) -> Iterator[T]:
    """What each reader answers in its turns, in the order of the pages. A turn that is not full was the last of the document."""
    for one in cycle(readers):
        taken = 0
        for answer in islice(one, TURN):
            yield answer
            taken += 1
        if taken < TURN:
            break
    for one in readers:  # what says that it is done may not stand before the answers to the next job
        deque(one, maxlen=0)


def render(
    path: Path, page: int, scale: float = 2.0, password: str | None = None, limits: Limits | None = None, child: Child | None = None
) -> tuple[bytes, tuple[int, int]]:
    """(PNG, (width, height) in pixels) of a page as displayed, `scale` pixels a point. Raises as read_pages does."""
    if child is None:
        preflight(path)
    limits = limits or Limits()
    job = (str(path), "render", password, page, page, astuple(limits), None)
    for png, size in list(_asked(child, job, [(scale,)], limits)):
        return png, size
    raise ExtractError(Exit.UNREADABLE, f"page {page} of {name_of(path)} gives no picture", "Download the file again")


def pictures(
    path: Path, pages: Sequence[int], scale: float = 1.5, quality: int = 45, password: str | None = None, limits: Limits | None = None,
    child: Child | None = None,
) -> Iterator[tuple[int, bytes, tuple[float, float], tuple[str, ...], tuple[float, ...]]]:  # fmt: skip
    """Several pages as displayed, in two processes where there are two cores: (page, WebP, (width, height) in points, texts of the glyphs on it, their
    boxes x0, top, x1, bottom in points one after the other). Raises as read_pages does."""
    if child is None:
        preflight(path)
    limits = limits or Limits()
    job = (str(path), "pictures", password, 1, None, astuple(limits), None)
    count = max(1, min(_cores(), len(pages)))
    shares = [tuple(pages[len(pages) * k // count : len(pages) * (k + 1) // count]) for k in range(count)]
    return _asked(child, job, [(scale, quality, share) for share in shares], limits)


def preflight(path: Path) -> None:
    """What can be told without parsing. ExtractError(UNREADABLE): missing, empty, a web page, no PDF."""
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except FileNotFoundError:
        raise ExtractError(Exit.UNREADABLE, f"{path} is not there", "Check the name") from None
    except OSError as error:
        raise ExtractError(Exit.UNREADABLE, f"{path} can't be read ({error.strerror})", "Check that it is a file you may read") from None
    if not head:
        raise ExtractError(Exit.UNREADABLE, f"{name_of(path)} is empty", "Download it again")
    if not is_pdf(head):
        raise no_pdf(head, name_of(path))


class Child:
    """The process that loads the libraries once and then has each job done by readers forked from it, as many as are asked
    for at once; gone with who holds it."""

    def __init__(self) -> None:
        """Starts it. The first reader of a job answers on its standard output, the others on pipes of their own."""
        more = [os.pipe() for _ in range(_cores() - 1)]
        with _interrupts_held():
            self.process = subprocess.Popen(
                [sys.executable, "-m", "subsidy_extract.read.pdf.child", *(str(write) for _, write in more)], pass_fds=[write for _, write in more],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, close_fds=True, env=_environment(),
            )  # fmt: skip
        for _, write in more:
            os.close(write)
        assert self.process.stdout is not None
        self.pipes: list[IO[bytes]] = [self.process.stdout, *(os.fdopen(read, "rb", 0) for read, _ in more)]
        for pipe in self.pipes:
            _widened(pipe)

    def ask(
        self, job: tuple[Any, ...], arguments: Sequence[tuple[Any, ...]], limits: Limits,
        order: Callable[[Sequence[Iterator[Any]]], Iterator[Any]] = chain.from_iterable,
    ) -> Iterator[Any]:  # fmt: skip
        """The answers to one job, for each of whose `arguments` there is a reader. order: how their answers are taken. It is at
        work from here on; the next job waits until this one is done."""
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it died at once: the first answer asked for tells why
            self.process.stdin.write(json.dumps([*job, arguments]).encode() + b"\n")
            self.process.stdin.flush()
        name = name_of(Path(job[0]))
        return order([_answers(self, pipe, limits, name) for pipe in self.pipes[: len(arguments)]])

    def end(self) -> None:
        """No more jobs. Who goes by itself is counted in the time that the command took."""
        if self.process.stdin is not None and self.process.returncode is None:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(SOON)
        self.stop()

    def stop(self) -> None:
        self.process.kill()
        for pipe in self.pipes:
            pipe.close()
        self.process.wait()

    def __del__(self) -> None:
        if self.process.returncode is None:
            self.stop()


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """A terminal's Ctrl-C goes to every process. One that is started in here never hears it: its parent does, and stops it.
    What comes meanwhile comes to the parent afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _widened(pipe: IO[bytes]) -> None:
    """Room for some forty pages, where the system has it: a reader goes on while its parent does something else (the
    usual 64 kB are full after two, and it then waits until the parent has loaded its libraries)."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, AHEAD)


def _answers(child: Child, pipe: IO[bytes], limits: Limits, name: str) -> Generator[Any, None, None]:
    """What one reader says of its pages."""
    deadline = time.monotonic() + limits.wall
    while message := _message(pipe, deadline, name):
        if message[0] == "page":
            yield message[1]
        elif message[0] == "error":
            code, text, hint = message[1:]
            raise ExtractError(Exit(code), text, hint)
        elif message[0] == "died":
            raise _died(message[1], limits, name, message[2])
        else:
            return
    raise _died(child.process.wait(), limits, name, 0)


def _environment() -> dict[str, str]:
    """One thread for numpy's linear algebra: its workers would take address space and nobody calls them."""
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}


def _message(pipe: IO[bytes], deadline: float, name: str) -> Any:
    """The next answer, or None when the child has closed the pipe."""
    head = _bytes(pipe, 8, deadline, name)
    if head is None:
        return None
    (size,) = struct.unpack("<Q", head)
    if size > LARGEST:
        raise ExtractError(Exit.LIMIT, f"a page of {name} gives more than {LARGEST >> 20} MB", "Read the other pages with --pages")
    data = _bytes(pipe, size, deadline, name)
    if data is None:
        return None
    from subsidy_extract.read.pdf import wire  # it needs numpy, which loads while the child starts

    try:
        message = wire.decode(data)
        if isinstance(message, tuple) and message and message[0] in ("page", "done", "error", "died"):
            return message
    except ValueError:
        pass
    raise ExtractError(Exit.LIMIT, f"the reader of {name} answered nonsense", "The file is damaged or made to do harm; ask the issuer for another")


def _bytes(pipe: IO[bytes], size: int, deadline: float, name: str) -> bytes | None:
    """Exactly that many bytes; None at the end of the pipe."""
    parts, missing = [], size
    while missing:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise ExtractError(Exit.LIMIT, f"{name} was not read in the time allowed", "Raise the limit with --max-seconds, or read fewer pages with --pages")
        part = os.read(pipe.fileno(), min(missing, 1 << 20))
        if not part:
            return None
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _died(code: int, limits: Limits, name: str, page: int) -> ExtractError:
    """Why a child that gave no reason is gone. page: the one it was at, 0 where it was at none."""
    if code == -getattr(signal, "SIGPROF", 0):
        what = f"page {page} of {name}" if page else f"opening {name}"
        leave = "Leave it out with --pages" if page else "The file may be made to do harm"
        return ExtractError(Exit.LIMIT, f"{what} needs more than {limits.cpu_page:g} s of processor time", f"{leave}, or raise the limit with --max-page-seconds")
    if code == -getattr(signal, "SIGXCPU", 0):
        at = f" (it was at page {page})" if page else ""
        return ExtractError(Exit.LIMIT, f"{name} needs more than {limits.cpu:g} s of processor time{at}", "Read fewer pages with --pages, or raise the limit with --max-seconds")
    at = f" at page {page}" if page else ""
    return ExtractError(
        Exit.LIMIT, f"the reader of {name} was stopped{at} (code {code}): it ran out of {limits.memory >> 20} MB of memory or the file made it crash",
        f"{'Leave that page out' if page else 'Read some of its pages'} with --pages, or raise the limit with --max-memory",
    )  # fmt: skip
