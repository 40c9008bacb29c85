"""The process as a shell starts it: full disks, closed and blind streams, interrupts; never a traceback, always an exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from subsidy_extract.cli.streams import escaped
from subsidy_extract.read.name import name_of, readable, stem_of

from .conftest import PRINT
from .test_cli import LIST

COMMAND = [sys.executable, "-m", "subsidy_extract"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "list.txt").write_text(LIST + "\n※「é」と「😀」は記号\n", encoding="utf8")
    return tmp_path / "list.txt"


def shell(words: str, *args: object, **env: str) -> subprocess.CompletedProcess[bytes]:
    """`$X` in the words is the command; $1, $2 … are the arguments."""
    command = ["bash", "-c", words.replace("$X", f"'{sys.executable}' -m subsidy_extract"), "bash", *map(str, args)]
    return subprocess.run(command, capture_output=True, env={**os.environ, **env}, timeout=60)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("words", ['$X tables "$1"', '$X extract "$1" -o "$2"', "$X fields"])
def test_no_room_for_the_answer(source: Path, tmp_path: Path, words: str) -> None:
    done = shell(f"{words} > /dev/full", source, tmp_path / "out")
    assert done.returncode == 8
    (line,) = done.stderr.decode().splitlines()
    assert "can't be written" in line
    if "extract" in words.split()[1]:
        assert (tmp_path / "out/list/programs.csv").is_file()


@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
def test_closed_streams(source: Path, tmp_path: Path, closed: str) -> None:
    assert shell(f'$X extract "$1" -o "$2" {closed}', source, tmp_path / "out").returncode == 0
    assert len(list((tmp_path / "out/list").iterdir())) == 7
    assert shell(f'$X tables "$1" {closed}', tmp_path / "none.txt").returncode == 3


@pytest.mark.parametrize("encoding", ["cp932", "ascii"])
def test_a_terminal_that_lacks_signs(source: Path, tmp_path: Path, encoding: str) -> None:
    done = shell('$X extract "$1" -o "$2"', source, tmp_path / "out", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    done = shell('$X tables "$1" --format json', source, PYTHONIOENCODING=encoding)
    text = done.stdout.decode("utf-8" if encoding == "ascii" else encoding)
    (table,) = json.loads(text)["tables"]
    assert table["rows"][1][0] == "創業補助金"


def test_what_an_encoding_lacks_is_json_all_the_same() -> None:
    for text in ("é😀…", "\ud800"):
        data = "".join(escaped(UnicodeEncodeError("x", text, 0, len(text), ""))[0])
        assert json.loads(f'"{data}"') == text


KANJI = "補助金 一覧".encode("cp932")  # its bytes e2 8f 95 are UTF-8 by chance


def test_names_that_are_no_utf8() -> None:
    path = Path(os.fsdecode(b"/in/" + KANJI + b".pdf"))
    assert name_of(path) == "補助金 一覧.pdf"
    assert stem_of(path) == os.fsdecode(KANJI)
    assert readable(f"/町/{os.fsdecode('補助金'.encode('cp932'))}.pdf ほか") == "/町/補助金.pdf ほか"
    assert name_of(Path("町.pdf")) == "町.pdf"
    assert name_of(Path(os.fsdecode(b"\x80\xff.pdf"))) == "\ufffd\ufffd.pdf"


@pytest.mark.parametrize(("name", "stem"), [("a.pdf", "a"), ("...pdf", "...pdf"), ("..pdf", "..pdf"), (".pdf", ".pdf"), ("a.b.pdf", "a.b")])
def test_no_source_becomes_the_folder_above(name: str, stem: str) -> None:
    assert stem_of(Path(name)) == stem


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes there")
@pytest.mark.parametrize("name", [KANJI, "あ".encode() * 83 + b"ab"], ids=["cp932", "251 bytes"])
def test_a_source_of_any_name(source: Path, tmp_path: Path, name: bytes) -> None:
    path = os.fsencode(tmp_path) + b"/" + name + b".txt"
    source.rename(os.fsdecode(path))
    (tmp_path / "sources.toml").write_text('["補助金 一覧.txt"]\nissuer = "汐見市"\n', encoding="utf8")
    done = shell('$X extract "$1" -o "$2"', os.fsdecode(path), tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, b""), done.stderr
    (folder,) = os.listdir(os.fsencode(tmp_path / "out"))
    assert folder == name
    made = Path(os.fsdecode(os.fsencode(tmp_path / "out") + b"/" + folder))
    said = json.loads((made / "report.json").read_text(encoding="utf8"))
    assert said["source"]["name"] == name_of(Path(os.fsdecode(path)))
    if name == KANJI:
        assert json.loads((made / "programs.json").read_text(encoding="utf8"))[0]["issuer"] == "汐見市"
        assert "補助金 一覧.txt".encode() in done.stdout
        assert shell('$X diff "$1" "$2" --format json', made, os.fsdecode(path)).returncode == 0


def test_a_name_that_cannot_be(tmp_path: Path) -> None:
    for command in ("extract", "tables"):
        done = shell(f'cd "$2" && $X {command} "$1"', "a" * 300 + ".pdf", tmp_path)
        assert done.returncode == 3
        assert len(done.stderr.decode().splitlines()) == 1


@pytest.mark.skipif(os.name != "posix", reason="no process groups")
@pytest.mark.parametrize("after", [0.3, 0.8])
def test_an_interrupt_of_the_whole_group(tmp_path: Path, after: float) -> None:
    """As a terminal sends it: the children get it too and leave the word to their parent."""
    script = f"import signal, os, sys; signal.signal(signal.SIGINT, signal.default_int_handler); os.execv(sys.executable, {[*COMMAND, 'extract', str(PRINT), '-o', str(tmp_path)]!r})"
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)
    time.sleep(after)
    os.killpg(child.pid, signal.SIGINT)
    said = child.communicate()[1]
    assert (child.returncode, said.strip()) in ((130, "subsidy-extract: stopped"), (0, "")), said


def test_an_interrupt_while_the_command_loads() -> None:
    code = (
        "import os, signal, sys\n"
        "class Trap:\n"
        "    def find_spec(self, name, *more):\n"
        "        if name == 'click': os.kill(os.getpid(), signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.meta_path.insert(0, Trap())\n"
        "from subsidy_extract.__main__ import run\n"
        "run()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (130, "subsidy-extract: stopped\n")
