"""The commands as a person runs them: exit codes, one-line errors, earlier output untouched."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from subsidy_extract.cli import main

from .conftest import PRINT, REAL

LIST = "令和8年度 汐見市補助金一覧\n\n事業名\t対象者\t補助率\t問合せ先\n創業補助金\t創業者\t1/2\t商工課 TEL：099-222-0121\n空き店舗補助金\t商業者\t2/3\t商工課 TEL：099-222-0121\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    return lambda *args, **more: CliRunner().invoke(main, [str(a) for a in args], **more)


def one_line(result: Result) -> str:
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("subsidy-extract: ")
    return lines[0]


def test_extract_and_again(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST, encoding="utf8")
    for _ in range(2):
        result = run("extract", "list.txt")
        assert result.exit_code == 0, result.output
        assert "2 programmes" in result.output
    assert (tmp_path / "output/list/programs.parquet").is_file()


def test_folder(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(LIST, encoding="utf8")
    (tmp_path / "in/b.csv").write_text(LIST.replace("\t", ","), encoding="cp932")
    (tmp_path / "in/sources.toml").write_text('["a.txt"]\nissuer = "汐見市"\nurl = "https://www.city.shiomi.lg.jp/"\nretrieved = 2026-04-10\n')
    assert run("extract", "in", "-o", "out").exit_code == 0
    row = json.loads((tmp_path / "out/a/programs.json").read_text(encoding="utf8"))[0]
    assert (row["issuer"], row["source_url"], row["retrieved"]) == ("汐見市", "https://www.city.shiomi.lg.jp/", "2026-04-10")
    assert json.loads((tmp_path / "out/b/report.json").read_text(encoding="utf8"))["source"]["encoding"].lower() in ("cp932", "shift_jis")


def test_two_sources_with_one_stem(run: Callable[..., Result], tmp_path: Path) -> None:
    for name in ("a.txt", "a.csv"):
        (tmp_path / name).write_text(LIST, encoding="utf8")
    result = run("extract", "a.txt", "a.csv")
    assert result.exit_code == 2
    assert not (tmp_path / "output").exists()


# (name, content, exit code, a word of the line that says what to do)
BAD = [
    ("missing.pdf", None, 3, "missing.pdf"),
    ("empty.pdf", b"", 3, "empty"),
    ("empty.txt", b"", 3, "empty"),
    ("page.pdf", b"<!doctype html><html><body>404</body></html>", 3, "page.pdf"),
    ("noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20, 3, "noise.pdf"),
    ("noise.xlsx", b"PK\x03\x04 this is no workbook", 3, "noise.xlsx"),
    ("list.doc", b"\xd0\xcf\x11\xe0", 4, "list.doc"),
    ("letter.txt", "拝啓\n時下ますますご清栄のこととお慶び申し上げます。\n".encode(), 5, "table"),
    ("prices.txt", "品目\t単価\nりんご\t100\nみかん\t80\n".encode(), 6, "品目"),
]


@pytest.mark.parametrize(("name", "content", "code", "word"), BAD, ids=[b[0] for b in BAD])
def test_bad_input(run: Callable[..., Result], tmp_path: Path, name: str, content: bytes | None, code: int, word: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    earlier = tmp_path / "output" / Path(name).stem
    earlier.mkdir(parents=True)
    (earlier / "programs.csv").write_text("earlier")
    result = run("extract", name)
    assert result.exit_code == code, result.output
    assert word in one_line(result)
    assert {p.name: p.read_text() for p in earlier.iterdir()} == {"programs.csv": "earlier"}
    assert [p.name for p in earlier.parent.iterdir()] == [earlier.name]


def test_a_folder_that_may_not_be_entered(run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("shut", "empty"):
        (tmp_path / name).mkdir()
    (tmp_path / "list.txt").write_text(LIST, encoding="utf8")
    real = Path.iterdir

    def shut(path: Path) -> Any:
        if path.name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "iterdir", shut)
    result = run("extract", "shut", "empty", "list.txt")
    assert result.exit_code == 3
    assert [line.split(":")[1].strip() for line in result.stderr.splitlines()] == ["shut", "empty"]
    assert (tmp_path / "output/list/programs.csv").is_file(), "the rest is done"


def test_the_highest_code_stands_and_the_rest_is_done(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(LIST, encoding="utf8")
    (tmp_path / "prices.txt").write_text("品目\t単価\nりんご\t100\nみかん\t80\n", encoding="utf8")
    assert run("extract", "gone.txt", "good.txt", "prices.txt").exit_code == 6
    assert (tmp_path / "output/good/programs.csv").is_file()


@pytest.mark.parametrize(("name", "code"), [("list.txt", 7), ("list.csv", 7), ("list.html", 7)])
def test_too_much_text(run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int) -> None:
    from subsidy_extract import read

    monkeypatch.setattr(read, "BIGGEST_TEXT", 40)
    (tmp_path / name).write_text(f"<html><body>{LIST}</body></html>" if name.endswith("html") else LIST, encoding="utf8")
    result = run("extract", name)
    assert result.exit_code == code
    assert name in one_line(result)


def test_an_error_of_the_program_itself_is_one_line(run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(LIST, encoding="utf8")
    from subsidy_extract import pipeline

    real = pipeline.entries

    def broken(document: Any, **more: Any) -> Any:
        if document.source.name == "a.txt":
            raise KeyError("x")
        return real(document, **more)

    monkeypatch.setattr(pipeline, "entries", broken)
    result = run("extract", "a.txt", "b.txt")
    assert result.exit_code == 3
    assert "a.txt" in one_line(result) and "KeyError" in result.stderr
    assert (tmp_path / "output/b/programs.csv").is_file()


def test_unwritable(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST, encoding="utf8")
    (tmp_path / "file").write_text("")
    result = run("extract", "list.txt", "-o", tmp_path / "file" / "out")
    assert result.exit_code == 8
    one_line(result)


def test_strict_and_fail_on(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST.replace("099-222-0121\n空き", "099-222-0121 E-mail：shoko@city.shiomilgjp\n空き"), encoding="utf8")
    assert run("extract", "list.txt").exit_code == 0
    assert run("extract", "list.txt", "--strict").exit_code == 1
    assert run("extract", "list.txt", "--fail-on", "invalid_email").exit_code == 1
    assert run("extract", "list.txt", "--fail-on", "number_gap").exit_code == 0
    assert run("extract", "list.txt", "--fail-on", "no_such_rule").exit_code == 2
    assert (tmp_path / "output/list/programs.csv").is_file()


@pytest.mark.parametrize("words", [["bogus"], ["extract"], ["extract", "a.txt", "--nonsense"], ["look", "a.pdf"], ["history", "one"], ["parse", "--kind", "x", "y"]])
def test_a_wrong_word_is_one_line(run: Callable[..., Result], words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "--help" in one_line(result)


@pytest.mark.parametrize("pages", ["0", "7-3", "x", "-2"])
def test_wrong_pages(run: Callable[..., Result], pages: str) -> None:
    assert run("extract", PRINT, "--pages", pages).exit_code == 2


def test_parse(run: Callable[..., Result]) -> None:
    answer = json.loads(run("parse", "補助対象経費の3分の2以内（上限額：500万円）").output)
    assert set(answer) == {"rates", "amounts", "periods", "phones", "emails", "urls", "terms"}
    assert (answer["rates"][0]["numerator"], answer["rates"][0]["denominator"], answer["rates"][0]["bound"]) == (2, 3, "up_to")
    assert (answer["amounts"][0]["role"], answer["amounts"][0]["yen"]) == ("cap", 5_000_000)


def test_parse_with_a_context(run: Callable[..., Result]) -> None:
    assert json.loads(run("parse", "--kind", "amount", "--unit", "千円", "3,000").output)["amounts"][0]["yen"] == 3_000_000
    assert json.loads(run("parse", "--kind", "phone", "--area-code", "0985", "21-1770").output)["phones"][0]["number"] == "0985-21-1770"
    assert json.loads(run("parse", "--kind", "period", "--fiscal-year", "2026", "2月28日まで").output)["periods"][0]["end"] == "2027-02-28"


def test_parse_answers_each_line(run: Callable[..., Result]) -> None:
    lines = run("parse", input="50万円\n\nTEL：099-226-9156（内線451）\n").output.splitlines()
    assert len(lines) == 3
    assert json.loads(lines[1])["amounts"] == []
    assert json.loads(lines[2])["phones"][0]["extension"] == "451"


def test_tables(run: Callable[..., Result]) -> None:
    answer = json.loads(run("tables", REAL, "--format", "json").output)
    (table,) = answer["tables"]
    assert table["pages"] == [1, 2, 3, 4, 5]
    assert len(table["rows"]) == 48, "46 programmes, the heading, and the one that changes on the last page"
    assert run("tables", REAL).output.startswith("# table 1")


RULED = PRINT.parents[1] / "fixtures" / "pdf-rules-cut" / "source.pdf"


def test_what_the_reader_doubted_is_said_beside_the_tables(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "list.pdf").write_bytes(RULED.read_bytes().replace(b"startxref\n", b"startxref\n9"))
    result = run("tables", "list.pdf", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["tables"]
    assert [line for line in result.stderr.splitlines() if line.startswith("subsidy-extract: warning p.1: ") and "damaged" in line]


def test_a_document_without_a_table(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("拝啓\n時下ますますご清栄のこととお慶び申し上げます。\n", encoding="utf8")
    for more, said in (((), ""), (("--format", "json"), '{"tables": []}\n')):
        result = run("tables", "letter.txt", *more)
        assert (result.exit_code, result.stdout) == (5, said)
        one_line(result)


def test_a_document_without_pages(run: Callable[..., Result], tmp_path: Path) -> None:
    from tests.read.pdf.handmade import pdf

    (tmp_path / "none.pdf").write_bytes(pdf())
    for words in (("look", "none.pdf", "--page", "1"), ("tables", "none.pdf"), ("extract", "none.pdf")):
        result = run(*words)
        assert (result.exit_code, "no pages" in one_line(result)) == (3, True), words


def test_each_limit_has_its_flag() -> None:
    from dataclasses import fields

    from subsidy_extract.cli.base import options_of
    from subsidy_extract.cli.limits import FLAGS
    from subsidy_extract.settings import Limits

    assert {member for flag in FLAGS for member in flag.members} == {f.name for f in fields(Limits)}
    given = options_of(max_pages=9, max_memory=300, max_seconds=7200.0, max_page_seconds=120.0).limits
    assert given == Limits(memory=300 << 20, cpu_page=120.0, cpu=7200.0, wall=7200.0, pages=9)
    assert options_of(max_pages=None, max_memory=None).limits == Limits()


@pytest.mark.parametrize("command", ["extract", "tables", "look"])
def test_defaults_of_the_limits_are_in_the_help(run: Callable[..., Result], command: str) -> None:
    said = " ".join(run(command, "--help").stdout.split())
    assert all(f"[default: {n}]" in said for n in ("5000", "4096", "1200", "30")), said


@pytest.mark.parametrize("words", ["--max-seconds nan", "--max-seconds inf", "--max-seconds 1e30", "--max-page-seconds 1e-9", "--max-memory 64", f"--max-memory {10**20}", "--max-pages 0"])
def test_limits_that_are_none(run: Callable[..., Result], words: str) -> None:
    result = run("extract", PRINT, *words.split())
    assert result.exit_code == 2
    assert words.split()[0] in one_line(result)


def test_a_picture_that_finds_no_room(run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from subsidy_extract.cli.base import deliver
    from subsidy_extract.errors import ExtractError

    def full(path: Path, data: bytes) -> int:
        with path.open("wb") as out:
            out.write(data[:3])
        raise OSError(28, "No space left on device")

    (tmp_path / "page.png").write_bytes(b"earlier")
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ExtractError) as stop:
        deliver(b"picture", tmp_path / "page.png")
    assert stop.value.code == 8
    assert [p.name for p in tmp_path.iterdir()] == ["page.png"]
    assert (tmp_path / "page.png").read_bytes() == b"earlier"


def test_what_is_delivered_into_a_device_or_link_leaves_it(tmp_path: Path) -> None:
    from subsidy_extract.cli.base import deliver

    (tmp_path / "real").write_bytes(b"")
    (tmp_path / "link").symlink_to("real")
    deliver(b"data", tmp_path / "link")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_bytes() == b"data"
    (tmp_path / "null").symlink_to("/dev/null")
    deliver(b"data", tmp_path / "null")
    assert Path("/dev/null").is_char_device()


def test_a_source_that_would_become_the_folder_above(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "...txt").write_text(LIST, encoding="utf8")
    assert run("extract", "...txt", "-o", "out").exit_code == 0
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["...txt"]


def test_fields(run: Callable[..., Result]) -> None:
    assert "cap_yen" in run("fields").output
    assert json.loads(run("fields", "--format", "json").output)["columns"]["name"]
    schema = json.loads(run("fields", "--format", "table-schema").output)
    assert schema["primaryKey"] == ["id"]
    assert "→ contact" in run("fields", "--source", REAL).output


def test_headings_mapped_by_hand(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST.replace("対象者", "ねらい"), encoding="utf8")
    (tmp_path / "list.toml").write_text('[columns]\n"ねらい" = "eligibility"\n', encoding="utf8")
    assert run("extract", "list.txt").exit_code == 0
    assert json.loads((tmp_path / "output/list/programs.json").read_text(encoding="utf8"))[0]["eligibility"] == "創業者"
    (tmp_path / "list.toml").write_text('[columns]\n"ねらい" = "nonsense"\n', encoding="utf8")
    assert run("extract", "list.txt").exit_code == 2


def test_terminal_text_cannot_move_the_cursor(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST.replace("創業補助金", "\x1b[31m創業\u202e補助金").replace("E-mail", "x"), encoding="utf8")
    result = run("extract", "list.txt")
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output


def test_help_is_light() -> None:
    code = "import sys; from subsidy_extract.cli import main; main(['--help'], standalone_mode=False); print(sorted({'pandas','pyarrow','numpy','pdfplumber','regex','phonenumbers'} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip().endswith("[]")
    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys; from pathlib import Path; from subsidy_extract.pipeline import extract_to; import tempfile; extract_to(Path({str(REAL)!r}), Path(tempfile.mkdtemp())); print('pandas' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert loaded.stdout.strip() == "False", "pandas is imported only where it is used"


def test_a_closed_pipe_is_nobodys_error() -> None:
    tool = f"{sys.executable} -m subsidy_extract fields | head -1"
    answer = subprocess.run(tool, shell=True, capture_output=True, text=True)
    assert answer.stderr == ""


def test_a_kill_of_the_whole_command_leaves_old_or_new(tmp_path: Path) -> None:
    import hashlib
    import random
    import signal

    source, target = tmp_path / "list.txt", tmp_path / "out" / "list"
    command = [sys.executable, "-m", "subsidy_extract", "extract", str(source), "-o", str(tmp_path / "out")]

    def whole() -> str:
        package = json.loads((target / "datapackage.json").read_text(encoding="utf8"))
        assert {r["path"] for r in package["resources"]} | {"datapackage.json"} == {p.name for p in target.iterdir()}
        for resource in package["resources"]:
            assert "sha256:" + hashlib.sha256((target / resource["path"]).read_bytes()).hexdigest() == resource["hash"]
        return str(json.loads((target / "programs.json").read_text(encoding="utf8"))[0]["name"])

    source.write_text(LIST, encoding="utf8")
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    took = time.perf_counter() - began
    assert whole() == "創業補助金"
    source.write_text(LIST.replace("創業補助金", "起業補助金"), encoding="utf8")
    seed = random.Random(3)
    for _ in range(6):
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seed.uniform(0.5, 1.0) * took)
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert whole() in ("創業補助金", "起業補助金")
    subprocess.run(command, check=True, capture_output=True)
    assert whole() == "起業補助金"
    assert [p.name for p in target.parent.iterdir()] == ["list"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "work", "said"), [(Terminal(), 0.4, True), (Terminal(), 0.0, False), (io.StringIO(), 0.4, False)])
def test_long_work_is_said_on_a_terminal_only(stream: io.StringIO, work: float, said: bool) -> None:
    from subsidy_extract.cli.base import waiting

    with waiting("list.pdf …", after=0.05, stream=stream):
        time.sleep(work)
    assert ("list.pdf …" in stream.getvalue()) is said
