"""Written whole or not at all: the exchange, what else lies in the folder, and a kill at any moment."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO

import pytest

from subsidy_extract import write as w
from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.write import write

OLD = {f"{i}.txt": b"old" * 1000 for i in range(6)}
NEW = {f"{i}.txt": b"new" * 1000 for i in range(6)}


def content(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def test_first_and_second_time(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "list"
    write(OLD, target)
    assert content(target) == OLD
    write(NEW, target)
    assert content(target) == NEW
    assert [p.name for p in target.parent.iterdir()] == ["list"], "nothing is left beside it"


def test_what_a_person_keeps_there_stays(tmp_path: Path) -> None:
    target = tmp_path / "list"
    write(OLD, target)
    (target / "notes.md").write_text("mine")
    (target / "mine").mkdir()
    (target / "mine" / "a").write_text("a")
    write(NEW, target)
    assert (target / "notes.md").read_text() == "mine"
    assert (target / "mine" / "a").read_text() == "a"


def test_target_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("a file of somebody")
    (tmp_path / "under").write_text("")
    with pytest.raises(ExtractError) as stop:
        write(NEW, tmp_path / "under" / "list")
    assert stop.value.code == Exit.UNWRITABLE


def test_a_file_where_the_folder_should_be_stays(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("a file of somebody")
    with pytest.raises(ExtractError, match="is a file") as stop:
        write(NEW, tmp_path / "list")
    assert stop.value.code == Exit.UNWRITABLE
    assert [p.name for p in tmp_path.iterdir()] == ["list"]
    assert (tmp_path / "list").read_text() == "a file of somebody"


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "list").symlink_to("elsewhere")
    write(NEW, tmp_path / "list")
    assert (tmp_path / "list").is_symlink()
    assert content(tmp_path / "elsewhere") == NEW
    assert sorted(p.name for p in tmp_path.iterdir()) == ["elsewhere", "list"]


@pytest.mark.parametrize("there", [False, True], ids=["the first time", "again"])
def test_a_run_within_a_run(tmp_path: Path, there: bool) -> None:
    """Each moment of a run, another one into the same folder comes between; both are done, and the last one stands."""
    target = tmp_path / "list"
    if there:
        write(OLD, target)
    between = {name: data.replace(b"new", b"two") for name, data in NEW.items()}

    def other(out: BinaryIO) -> None:
        write(between, target)
        out.write(NEW["0.txt"])

    write({**NEW, "0.txt": other}, target)
    assert content(target) == NEW
    assert [p.name for p in tmp_path.iterdir()] == ["list"]


def test_the_target_comes_to_be_at_the_last_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, real = tmp_path / "list", os.path.lexists

    def blind(path: str | Path) -> bool:
        return Path(path) != target and real(path)

    write(OLD, target)
    monkeypatch.setattr(w.os.path, "lexists", blind)
    write(NEW, target)
    assert content(target) == NEW


def test_runs_at_once(tmp_path: Path) -> None:
    target = tmp_path / "list"
    script = "import sys, pathlib\nfrom subsidy_extract.write import write\nfor n in range(25): write({f'{i}.txt': sys.argv[2].encode() * 3000 for i in range(6)}, pathlib.Path(sys.argv[1]))"
    runs = [subprocess.Popen([sys.executable, "-c", script, str(target), sign], stderr=subprocess.PIPE, text=True) for sign in "abc"]
    said = [(run.communicate()[1], run.returncode) for run in runs]
    assert said == [("", 0)] * 3
    files = content(target)
    assert len(files) == 6 and len(set(files.values())) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["list"]


def test_full_disk_leaves_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "list"
    write(OLD, target)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(w.os, "fsync", full)
    with pytest.raises(ExtractError) as stop:
        write(NEW, target)
    assert stop.value.code == Exit.UNWRITABLE
    assert content(target) == OLD
    assert [p.name for p in tmp_path.iterdir()] == ["list"]


def test_content_may_be_what_writes_it(tmp_path: Path) -> None:
    """In the order of the files: one may tell of those before it."""

    def told(out: BinaryIO) -> None:
        out.write(",".join(sorted(p.name for p in Path(out.name).parent.iterdir() if p.stat().st_size)).encode())

    write({"a": b"a", "b": lambda out: out.write(b"b"), "told": told}, tmp_path / "list")
    assert content(tmp_path / "list") == {"a": b"a", "b": b"b", "told": b"a,b"}


def test_content_that_cannot_be_made_leaves_the_old(tmp_path: Path) -> None:
    target = tmp_path / "list"
    write(OLD, target)

    def broken(out: BinaryIO) -> None:
        out.write(b"half of it")
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        write({"0.txt": b"new", "1.txt": broken}, target)
    assert content(target) == OLD
    assert [p.name for p in tmp_path.iterdir()] == ["list"]


def test_a_file_system_that_cannot_swap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Libc:
        @staticmethod
        def renameat2(*args: object) -> int:
            w.ctypes.set_errno(errno.EINVAL)
            return -1

    monkeypatch.setattr(w.ctypes, "CDLL", lambda *a, **k: Libc)
    target = tmp_path / "list"
    write(OLD, target)
    write(NEW, target)
    assert content(target) == NEW
    assert [p.name for p in tmp_path.iterdir()] == ["list"]


LOOP = """
import sys, pathlib
from subsidy_extract.write import write
target = pathlib.Path(sys.argv[1])
print("ready", flush=True)
n = 0
while True:
    n += 1
    write({f"{i}.txt": (b"%06d" % n) * 2000 for i in range(6)}, target)
"""


def test_a_kill_at_any_moment_leaves_one_whole_version(tmp_path: Path) -> None:
    target = tmp_path / "list"
    seed = random.Random(7)
    for _ in range(12):
        child = subprocess.Popen([sys.executable, "-c", LOOP, str(target)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(seed.uniform(0.01, 0.12))
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        if target.exists():
            files = content(target)
            assert len(files) == 6
            assert len(set(files.values())) == 1, "files of two versions stand side by side"
    write(NEW, target)
    assert content(target) == NEW
    assert [p.name for p in tmp_path.iterdir()] == ["list"], "what killed runs left is swept"
