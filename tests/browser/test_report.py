"""The report in a real browser: boxes, keys, filters, corrections that come back; nothing leaves the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from subsidy_extract.cli import main
from subsidy_extract.frame import program_rows
from subsidy_extract.report.html import html
from subsidy_extract.report.html.build import Picture

from ..conftest import PRINT, REAL
from ..report.hostile import TEXTS
from ..report.lists import dataset
from .conftest import Opener

pytestmark = pytest.mark.browser
DOT = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="
COLUMNS = ("name", "eligibility", "summary", "contact", "site")


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders of the text list and of the PDF list, as the command writes them for a Japanese reader."""
    out = tmp_path_factory.mktemp("browser")
    for source in (REAL, PRINT):
        assert CliRunner().invoke(main, ["extract", str(source), "--lang", "ja", "-o", str(out)]).exit_code == 0
    return {"text": out / REAL.stem, "pdf": out / PRINT.stem}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "report.html"
    data = dataset(TEXTS)
    path.write_bytes(b"".join(html(data, list(program_rows(data)), "ja", {1: Picture(1, DOT, 595, 1200)})))
    return path


def cells(folder: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(folder / "cells.parquet").to_pylist()
    return rows


@pytest.mark.parametrize("name", ["text", "pdf"])
def test_it_opens_quietly_and_shows_all(name: str, lists: dict[str, Path], show: Opener) -> None:
    opened = show(lists[name] / "report.html")
    page = opened.page
    assert page.locator("h1").inner_text().startswith("令和8年度")
    assert page.locator(".verdict strong").inner_text() == "要確認"
    assert page.locator("#programmes tbody tr").count() == 46
    assert page.locator("details.group").first.locator("summary").inner_text().startswith("誤り メールアドレスとして成り立たない")
    for _ in range(12):
        page.keyboard.press("n")
    page.keyboard.press("Escape")
    opened.quiet()


@pytest.mark.parametrize("name", ["text", "pdf"])
def test_it_can_be_read_without_javascript(name: str, lists: dict[str, Path], show: Opener) -> None:
    page = show(lists[name] / "report.html", java_script_enabled=False).page
    assert page.locator("#programmes tbody tr:visible").count() == 46
    assert page.get_by_text("shoko@city.ibusuki.lg.jp").first.is_visible()
    assert page.locator(".filters").is_hidden()
    assert page.locator("button:visible").count() == 0


def test_a_hundred_hostile_texts(hostile: Path, show: Opener) -> None:
    opened = show(hostile)
    page = opened.page
    kinds = page.evaluate("""(n) => {
        const kinds = new Set();
        for (let i = 0; i < n; i++) {
            document.dispatchEvent(new KeyboardEvent("keydown", { key: "n" }));
            document.querySelectorAll("#record *").forEach((e) => {
                kinds.add(e.tagName.toLowerCase());
                e.getAttributeNames().filter((a) => a.startsWith("on") || a === "style" || a === "src").forEach((a) => kinds.add(a));
            });
        }
        return [...kinds];
    }""", len(TEXTS))
    assert {"h3", "mark", "svg"} <= set(kinds) <= {"div", "button", "span", "p", "ins", "h3", "h4", "dl", "dt", "dd", "mark", "small", "figure", "figcaption", "svg", "use", "rect", "ul", "li", "a", "details", "summary", "b"}
    assert page.evaluate("[...document.querySelectorAll('a')].every((a) => /^(#|https?:|mailto:|tel:)/.test(a.getAttribute('href')))")
    assert page.evaluate("document.querySelectorAll('script').length") == 2
    opened.quiet()


def test_every_value_shows_its_box(lists: dict[str, Path], show: Opener) -> None:
    """What is highlighted on the page are the boxes of cells.parquet, to a tenth of a point, on every page of the cell."""
    page = show(lists["pdf"] / "report.html").page
    truth: dict[tuple[int, str], set[tuple[float, ...]]] = {}
    for row in cells(lists["pdf"]):
        box = (row["page"], round(row["x0"], 1), round(row["top"], 1))
        truth.setdefault((row["number"], row["column"]), set()).add(box)
    picked = """[...document.querySelectorAll('.cell.picked')].map((e) => [Number(e.closest('.page').id.slice(5)), Number(e.getAttribute('x')), Number(e.getAttribute('y'))])"""
    script = """(columns) => {
        const seen = [];
        for (const row of document.querySelectorAll("#programmes tbody tr")) {
            row.querySelector("button").click();
            for (const column of columns) {
                const text = document.querySelector(`#record dd[data-column=${column}]`);
                if (text) { text.click(); seen.push([Number(row.dataset.n), column, PICKED]); }
            }
        }
        return seen;
    }"""
    seen = page.evaluate(script.replace("PICKED", picked), COLUMNS)
    assert {(n, column): {tuple(b) for b in boxes} for n, column, boxes in seen} == truth
    page.evaluate("document.querySelector('#programmes tr[data-n=\"24\"] button').click()")
    page.locator("#record .value", has_text="shoko@city.ibusukijp").click()
    assert {tuple(b) for b in page.evaluate(picked)} == truth[24, "contact"]
    assert page.locator(".cell.picked").first.is_visible()
    box, pane = page.locator(".cell.picked").first.bounding_box(), page.locator("#pane").bounding_box()
    assert pane["y"] <= box["y"] <= pane["y"] + pane["height"], "the box stands in what is seen of the page"
    assert page.locator("#record .crop svg use").get_attribute("href") == "#picture-3"
    chars = page.locator("#chars-3 rect").evaluate_all("all => all.map((e) => ['x', 'y', 'width', 'height'].map((k) => Number(e.getAttribute(k))))")
    cell = next(r for r in cells(lists["pdf"]) if (r["number"], r["column"]) == (24, "contact"))
    (x, y, width, height), = chars  # fmt: skip
    assert cell["x0"] < x < x + width < cell["x1"]
    assert cell["top"] < y < y + height < cell["bottom"]
    assert page.locator("#record .crop rect.char").count() == 1


def test_a_cell_shows_its_values(lists: dict[str, Path], show: Opener) -> None:
    page = show(lists["pdf"] / "report.html").page
    page.locator('rect[data-n="24"][data-column="contact"]').click()
    assert page.locator("#record h3").inner_text().startswith("#24 指宿市特産品")
    near = page.locator("#record .value.near").all_inner_texts()
    assert [n.split("\n")[0] for n in near] == ["電話 080-7363-9709", "FAX 0993-23-4987", "shoko@city.ibusukijp"]


def test_a_value_of_the_text_list_shows_its_line(lists: dict[str, Path], show: Opener) -> None:
    page = show(lists["text"] / "report.html").page
    line = {(r["number"], r["column"]): r["line"] for r in cells(lists["text"])}
    for number in (1, 24, 46):
        page.evaluate(f"document.querySelector('#programmes tr[data-n=\"{number}\"] button').click()")
        page.evaluate("document.querySelector('#record dd[data-column=contact]').click()")
        picked = page.locator(".lines li.picked")
        assert picked.get_attribute("id") == f"line-{line[number, 'contact']}"
    page.locator("#record .value").first.click()
    assert page.evaluate("CSS.highlights.has('value')")


def test_a_row_over_two_pages_shows_both(tmp_path: Path, show: Opener) -> None:
    from dataclasses import replace

    from subsidy_extract.model import Cell, ColumnCell, Piece, Place

    data = dataset(["海外展開支援補助金"])
    record = data.records[0]
    text = record.entry.columns["contact"].text
    cut = Cell(text, (Piece(text[:4], Place(1, (10, 800, 90, 830))), Piece(text[4:], Place(2, (10, 20, 90, 40)))))
    columns = {**record.entry.columns, "contact": replace(record.entry.columns["contact"], cells=(ColumnCell("問合せ", cut),))}
    data = replace(data, records=(replace(record, entry=replace(record.entry, columns=columns)),))
    path = tmp_path / "report.html"
    path.write_bytes(b"".join(html(data, list(program_rows(data)), "ja", {n: Picture(n, DOT, 595, 842) for n in (1, 2)})))
    page = show(path).page
    page.keyboard.press("n")
    assert page.evaluate("[...document.querySelectorAll('.cell.picked')].map((e) => e.closest('.page').id)") == ["page-1", "page-2"]
    assert page.locator("#record .crop").count() == 2


def test_search_filter_and_sort(lists: dict[str, Path], show: Opener) -> None:
    page = show(lists["text"] / "report.html").page
    page.keyboard.press("/")
    page.keyboard.type("ｼﾞｪｯﾄﾛ")
    shown = page.locator("#programmes tbody tr:visible").count()
    assert 0 < shown < 46
    page.locator("#search").fill("指宿市　特産品")
    assert page.locator("#programmes tbody tr:visible").count() == 1
    assert page.locator("#shown").inner_text() == "1 / 46"
    page.locator("#search").fill("")
    page.locator("#filter").select_option("issues")
    assert page.locator("#programmes tbody tr:visible").evaluate_all("rows => rows.map((r) => Number(r.dataset.n))") == [21, 24, 36, 45]
    page.locator("#filter").select_option("cap")
    with_cap = page.locator("#programmes tbody tr:visible").count()
    assert 0 < with_cap < 46
    page.get_by_role("button", name="上限額", exact=True).click()
    page.get_by_role("button", name="上限額", exact=True).click()
    assert page.locator("#programmes th[aria-sort=descending]").count() == 1
    first = page.locator("#programmes tbody tr:visible td:nth-child(5)").first.inner_text()
    assert first.endswith("万円")


def test_issues_by_keyboard(lists: dict[str, Path], show: Opener) -> None:
    page = show(lists["pdf"] / "report.html").page
    total = page.locator(".issue").count()
    at = lambda: page.locator("#record .steps .count").inner_text()  # noqa: E731
    page.keyboard.press("n")
    assert at() == f"確認事項 1／{total}"
    assert page.locator(".matter.now").inner_text().startswith("誤り")
    page.keyboard.press("j")
    assert at() == f"確認事項 2／{total}"
    page.keyboard.press("k")
    page.keyboard.press("p")
    assert at() == f"確認事項 {total}／{total}"
    assert page.locator("#told").inner_text().startswith(f"確認事項 {total}／{total}")
    assert page.locator("#issues").is_hidden()
    page.keyboard.press("Escape")
    assert page.locator("#issues").is_visible()
    assert page.locator("#record").is_hidden()
    assert page.evaluate("document.activeElement.closest('.issue') !== null"), "the focus comes back to the issue"


def saved(page: Any, tmp_path: Path) -> list[dict[str, Any]]:
    with page.expect_download() as waiting:
        page.locator("#save").click()
    assert waiting.value.suggested_filename == "corrections.jsonl"
    path = tmp_path / "corrections.jsonl"
    waiting.value.save_as(path)
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]


def test_any_value_can_be_written(lists: dict[str, Path], show: Opener, tmp_path: Path) -> None:
    """A value without an issue, and one that was not read at all."""
    page = show(lists["text"] / "report.html").page
    page.evaluate("document.querySelector('#programmes tr[data-n=\"1\"] button').click()")
    page.locator("#record .value", has_text="上限").first.click()
    page.locator("#of-value").get_by_role("button", name="別の値").click()
    page.locator("#of-value").get_by_label("新しい値").fill("上限750万円")
    page.keyboard.press("Enter")
    page.locator("#record .value", has_text="電話").first.click()
    page.locator("#of-value").get_by_role("button", name="この値を消す").click()
    page.evaluate("document.querySelector('#programmes tr[data-n=\"4\"] button').click()")
    page.locator(".adding summary").click()
    cap = page.locator(".adding li", has_text="上限額")
    cap.get_by_role("button", name="別の値").click()
    cap.get_by_label("新しい値").fill("20万円")
    cap.get_by_role("button", name="OK").click()
    lines = saved(page, tmp_path)
    assert [(line["field"].partition("[")[0], line["new"]) for line in lines] == [("amounts", "上限750万円"), ("phones", None), ("cap_yen", "20万円")]
    result = CliRunner().invoke(main, ["extract", str(REAL), "-o", str(tmp_path / "out"), "--corrections", str(tmp_path / "corrections.jsonl")])
    assert result.exit_code == 0, result.output
    programs = json.loads((tmp_path / "out" / REAL.stem / "programs.json").read_text(encoding="utf8"))
    assert (programs[0]["cap_yen"], programs[0]["phones"], programs[3]["cap_yen"]) == (7_500_000, [], 200_000)


def test_corrections_come_back(lists: dict[str, Path], show: Opener, tmp_path: Path) -> None:
    """Accept a suggestion, write a value, comment, save; extract applies them; what is saved next holds them as well."""
    opened = show(lists["pdf"] / "report.html")
    page = opened.page
    page.keyboard.press("n")
    page.locator("#record .matter.now .accept").click()
    assert page.locator("#record .matter.now .decided").inner_text() == "✓ shoko@city.ibusuki.lg.jp"
    mobile = page.locator("#record .matter", has_text="携帯電話")
    mobile.get_by_role("button", name="コメント").click()
    mobile.locator("input").fill("窓口に確認済み")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.locator("#issues .decided").count() == 2, "a decision is seen wherever its issue stands"
    none = page.locator("#issues details.info").first
    none.locator("summary").click()
    item = none.locator(".issue").first
    item.get_by_role("button", name="別の値").click()
    item.get_by_label("新しい値").fill("https://www.city.example.lg.jp/hojokin.html")
    item.get_by_role("button", name="OK").click()
    page.locator("#who").fill("産業振興課　<山田>")
    lines = saved(page, tmp_path)
    assert f"{PRINT.stem}.corrections.jsonl" in page.locator("#how").inner_text()
    assert [(line["field"], line["new"]) for line in lines] == [("emails[0]", "shoko@city.ibusuki.lg.jp"), ("phones[0]", None), ("url", "https://www.city.example.lg.jp/hojokin.html")]
    assert set(lines[0]) == {"id", "field", "source_text_sha256", "old", "new", "by", "at", "reason"}
    assert (lines[0]["old"], lines[0]["by"], lines[1]["old"], lines[1]["reason"]) == ("shoko@city.ibusukijp", "産業振興課　<山田>", None, "窓口に確認済み")
    assert not opened.said
    assert not opened.dialogs
    assert [u for u in opened.asked if not u.startswith(("data:", "blob:"))] == [page.url]

    def extracted(corrections: Path) -> Path:
        result = CliRunner().invoke(main, ["extract", str(PRINT), "--lang", "ja", "-o", str(tmp_path / "out"), "--corrections", str(corrections)])
        assert result.exit_code == 0, result.output
        return tmp_path / "out" / PRINT.stem

    folder = extracted(tmp_path / "corrections.jsonl")
    programs = json.loads((folder / "programs.json").read_text(encoding="utf8"))
    number = next(line for line in lines if line["field"] == "url")["id"]
    assert programs[23]["email"] == "shoko@city.ibusuki.lg.jp"
    assert next(p for p in programs if p["id"] == number)["url"] == "https://www.city.example.lg.jp/hojokin.html"
    by_rule = json.loads((folder / "report.json").read_text(encoding="utf8"))["summary"]["by_rule"]
    assert by_rule["corrected"] == 2
    assert not {"invalid_email", "stale_correction", "unknown_correction"} & set(by_rule)

    page = show(folder / "report.html").page
    page.evaluate("document.querySelector('#programmes tr[data-n=\"24\"] button').click()")
    assert "訂正済み" in page.locator("#record .value", has_text="shoko@city.ibusuki.lg.jp").inner_text()
    page.locator("#record dd[data-column=eligibility]").hover()
    page.locator("#record dd[data-column=eligibility]").get_by_role("button", name="別の値").click()
    page.locator("#record textarea").fill("市内に本店を有する者")
    page.locator("#record dd[data-column=eligibility]").get_by_role("button", name="OK").click()
    again = saved(page, tmp_path)
    assert again[:3] == lines, "the file holds what was decided before"
    folder = extracted(tmp_path / "corrections.jsonl")
    programs = json.loads((folder / "programs.json").read_text(encoding="utf8"))
    assert (programs[23]["email"], programs[23]["eligibility"]) == ("shoko@city.ibusuki.lg.jp", "市内に本店を有する者")
    page = show(folder / "report.html").page
    page.evaluate("document.querySelector('#programmes tr[data-n=\"24\"] button').click()")
    assert page.locator("#record dt small.corrected").count() == 1


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", ["text", "pdf"])
def test_it_fits_its_width(name: str, width: int, lists: dict[str, Path], show: Opener) -> None:
    page = show(lists[name] / "report.html", width, 844).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("n")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    top = page.locator("#record .steps").bounding_box()["y"]
    assert 0 <= top < 844 / 2, "the record stands where the reader looks"


@pytest.mark.parametrize(("name", "width", "scheme"), [("text", 1440, "light"), ("pdf", 1440, "dark"), ("text", 390, "dark"), ("pdf", 390, "light")])
def test_no_serious_finding_of_axe(name: str, width: int, scheme: str, lists: dict[str, Path], show: Opener) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = show(lists[name] / "report.html", width, 844, color_scheme=scheme, bypass_csp=True).page
    for step in range(2):
        if step:
            page.keyboard.press("n")
        found = axe.run(page).response["violations"]
        bad = [(v["id"], v["impact"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found if v["impact"] in ("serious", "critical")]
        assert not bad, bad
