"""What the engines see of files written by hand: where every glyph stands, what is seen and what is not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from subsidy_extract.errors import Exit, ExtractError
from subsidy_extract.read.pdf import engines
from subsidy_extract.read.pdf.engines import pdfium_text
from subsidy_extract.read.pdf.engines.charmap import bag
from subsidy_extract.read.pdf.nouns import Page
from tests.read.pdf.handmade import INKLESS, WHITE, Leaf, box, line, link, pdf, say

ROOT = Path(__file__).parents[3]
ALL = engines.NAMES
EXACT = ("auto", "pdfium", "pdfplumber")


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def reader(engine: str, *leaves: Leaf, **more: object) -> list[Page]:
        path = tmp_path / "made.pdf"
        path.write_bytes(pdf(*leaves))
        return list(engines.pages(path, engine, **more))  # type: ignore[arg-type]

    return reader


def text(page: Page) -> str:
    return "".join(page.glyphs.text)


def out(page: Page) -> list[tuple[str, str]]:
    return [(o.text, o.reason) for o in page.left_out]


def counted(page: Page) -> bool:
    return bag(page.witness) == bag(text(page) + "".join(o.text for o in page.left_out))


# ── where things stand ───────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("engine", ALL)
def test_glyphs_rules_and_fills_of_a_plain_page(read, engine: str) -> None:  # type: ignore[no-untyped-def]
    content = box(40, 200, 200, 20, "f", "0.8 g") + line(40, 200, 240, 200) + box(40, 100, 100, 50, "S", "2 w") + say("補助金 ABC", 50, 206, 10)
    (page,) = read(engine, Leaf(content))
    assert (page.number, page.width, page.height) == (1, 400, 300)
    assert text(page) == "補助金 ABC"
    assert page.glyphs.x0.round(1).tolist() == [50, 60, 70, 80, 85, 90, 95]
    assert page.glyphs.x1.tolist() == pytest.approx([60, 70, 80, 85, 90, 95, 100], abs=1.3)  # PDFium adds the ink of the last letter
    assert set(page.glyphs.bottom.round(2)) == {95.2}  # 0.12 of the size below the baseline
    assert set(page.glyphs.top.round(2)) == {85.2}
    assert set(page.glyphs.size.round(2)) == {10}
    assert page.glyphs.upright.all()
    rules = sorted(np.column_stack([page.rules.x0, page.rules.top, page.rules.x1, page.rules.bottom]).round(2).tolist())
    # the line, then the four sides of the frame, each as thick as its stroke
    assert rules == [[39, 150, 41, 200], [40, 99.75, 240, 100.25], [40, 149, 140, 151], [40, 199, 140, 201], [139, 150, 141, 200]]
    assert [round(float(v[0])) for v in (page.fills.x0, page.fills.top, page.fills.x1, page.fills.bottom)] == [40, 80, 240, 100]
    assert page.fills.rgb.round(1).tolist() == [[0.8, 0.8, 0.8]]
    assert counted(page)
    assert page.doubts == ()


TURNED = {0: "1 0 0 1 0 0", 90: "0 1 -1 0 300 0", 180: "-1 0 0 -1 400 300", 270: "0 -1 1 0 0 400"}
SHOWN = say("市町村 ab", 30, 250, 12) + line(30, 240, 330, 240) + box(30, 100, 60, 40, "f", "0.9 g")


@pytest.mark.parametrize("engine", EXACT)
@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("origin", [(0, 0), (-30, 45)])
def test_a_page_displayed_the_same_reads_the_same(read, engine: str, turn: int, origin: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    (plain,) = read(engine, Leaf(SHOWN))
    x, y = origin
    sides = (400, 300) if turn == 180 else (300, 400)
    leaf = Leaf(f"q 1 0 0 1 {x} {y} cm {TURNED[turn]} cm {SHOWN} Q", (x, y, x + sides[0], y + sides[1]), f"/Rotate {turn}")
    (page,) = read(engine, leaf)
    assert same(plain, page)


def same(one: Page, two: Page, scale: float = 1.0) -> bool:
    """Whether two pages show the same, but for their scale."""
    assert (two.width, two.height) == pytest.approx((one.width * scale, one.height * scale), abs=0.01)
    assert text(one) == text(two)
    assert one.glyphs.upright.tolist() == two.glyphs.upright.tolist()
    for noun, names in (("glyphs", ("x0", "top", "x1", "bottom", "size")), ("rules", ("x0", "top", "x1", "bottom")), ("fills", ("x0", "top", "x1", "bottom"))):
        for name in names:
            a, b = getattr(getattr(one, noun), name), getattr(getattr(two, noun), name)
            if noun == "rules":
                a, b = np.sort(a), np.sort(b)
            assert np.allclose(a * scale, b, atol=0.05 * max(1, scale)), (noun, name)
    return True


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(-500, 500), st.integers(-500, 500), st.sampled_from([0.5, 1.0, 1.7, 3.0]))
def test_moving_and_scaling_a_page_changes_nothing(read, x: int, y: int, scale: float) -> None:  # type: ignore[no-untyped-def]
    (plain,) = read("pdfium", Leaf(SHOWN))
    moved = Leaf(f"q {scale} 0 0 {scale} {x} {y} cm {SHOWN} Q", (x, y, x + 400 * scale, y + 300 * scale))
    (page,) = read("pdfium", moved)
    assert same(plain, page, scale)


@pytest.mark.parametrize("engine", EXACT)
def test_a_crop_box_off_the_origin(read, engine: str) -> None:  # type: ignore[no-untyped-def]
    content = say("中", 120, 150, 10) + say("中央の表", 150, 150, 10) + say("外側の文字", 10, 290, 10)
    (page,) = read(engine, Leaf(content, more="/CropBox [100 100 300 250]"))
    assert (page.width, page.height) == (200, 150)
    assert text(page).replace("中中", "中", 1).startswith("中") or engine == "pdfium"
    assert "外側の文字" not in text(page)
    assert ("外側の文字", "outside") in out(page)
    at = text(page).index("央")
    assert page.glyphs.x0[at] == pytest.approx(60, abs=0.1)
    assert page.glyphs.bottom[at] == pytest.approx(101.2, abs=0.1)


def test_pages_of_different_size_and_turn(read) -> None:  # type: ignore[no-untyped-def]
    pages = read("auto", Leaf(SHOWN), Leaf(SHOWN, (0, 0, 300, 400), "/Rotate 90"), Leaf(SHOWN, (0, 0, 842, 595)))
    assert [(p.number, p.width, p.height) for p in pages] == [(1, 400, 300), (2, 400, 300), (3, 842, 595)]


@pytest.mark.parametrize("engine", ALL)
def test_pages_that_are_asked_for(read, engine: str) -> None:  # type: ignore[no-untyped-def]
    leaves = [Leaf(say(f"{k}頁です", 50, 50)) for k in range(1, 6)]
    pages = read(engine, *leaves, first=2, last=4)
    assert [(p.number, text(p)) for p in pages] == [(2, "2頁です"), (3, "3頁です"), (4, "4頁です")]


@pytest.mark.parametrize("engine", EXACT)
def test_the_order_is_that_of_the_stream(read, engine: str) -> None:  # type: ignore[no-untyped-def]
    """A cell's text that runs over the rule into the next cell is told by the order of the stream alone."""
    content = say("所在地はさいたま", 150, 200) + say("市浦和区", 150, 188) + say("担当課は商工", 90, 200) + say("観光部", 90, 188)
    (page,) = read(engine, Leaf(content))
    assert text(page) == "所在地はさいたま市浦和区担当課は商工観光部"

@pytest.mark.parametrize("state", ["/J -10 Tf -100 Tz 1 0 0 -1 50 100 Tm", "/J -10 Tf -1 0 0 -1 50 100 Tm"])
def test_a_font_of_negative_size_in_a_mirrored_space_stands_upright(read, state: str) -> None:  # type: ignore[no-untyped-def]
    """Report generators set a page from its top down and turn each text back so (Telerik)."""
    (page,) = read("pdfium", Leaf(f"BT {state} <88dc52a9> Tj ET"))
    glyphs = page.glyphs
    assert glyphs.upright.all() and "".join(glyphs.text.tolist()) == "補助"
    assert glyphs.x0.tolist() == pytest.approx([50, 60], abs=0.6) and (glyphs.size == 10).all()



@pytest.mark.parametrize("engine", EXACT)
def test_condensed_letters_are_as_high_as_others(read, engine: str) -> None:  # type: ignore[no-untyped-def]
    (page,) = read(engine, Leaf("BT /J 10 Tf 50 Tz 1 0 0 1 50 100 Tm <88dc52a9> Tj ET"))
    assert page.glyphs.x0.round(1).tolist() == [50, 55]
    assert (page.glyphs.bottom - page.glyphs.top).round(1).tolist() == [10, 10]
    assert page.glyphs.size.round(1).tolist() == [10, 10]


@pytest.mark.parametrize("engine", EXACT)
def test_forms_within_forms(tmp_path: Path, engine: str) -> None:
    from tests.read.pdf.handmade import Pdf

    out = Pdf()
    font = out.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    fonts = f"/Font << /H {font} 0 R >>"
    inner = out.stream(b"BT /H 10 Tf 5 5 Td (inner) Tj ET 0 0 100 1 re f", f"/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Matrix [2 0 0 2 0 0] /Resources << {fonts} >>")
    outer = out.stream(b"q 1 0 0 1 10 20 cm /F Do Q", f"/Type /XObject /Subtype /Form /BBox [0 0 400 300] /Resources << /XObject << /F {inner} 0 R >> >>")
    content = out.stream(b"q 1 0 0 1 50 50 cm /G Do Q")
    leaf = out.add(f"<< /Type /Page /Parent {len(out.objects) + 2} 0 R /MediaBox [0 0 400 300] /Contents {content} 0 R /Resources << /XObject << /G {outer} 0 R >> >> >>")
    tree = out.add(f"<< /Type /Pages /Count 1 /Kids [{leaf} 0 R] >>")
    path = tmp_path / "forms.pdf"
    path.write_bytes(out.bytes(out.add(f"<< /Type /Catalog /Pages {tree} 0 R >>")))
    (page,) = engines.pages(path, engine)
    assert text(page) == "inner"
    assert page.glyphs.x0[0] == pytest.approx(70, abs=0.1)
    assert page.glyphs.bottom[0] == pytest.approx(300 - 80 + 2.4, abs=0.1)
    assert page.glyphs.size[0] == pytest.approx(20, abs=0.1)
    assert [round(float(v[0])) for v in (page.rules.x0, page.rules.top, page.rules.x1, page.rules.bottom)] == [60, 228, 260, 230]


def test_what_a_form_that_lets_everything_through_draws_is_not_seen(tmp_path: Path) -> None:
    from tests.read.pdf.handmade import Pdf

    out = Pdf()
    font = out.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    fonts = f"/Font << /H {font} 0 R >>"
    inner = out.stream(b"BT /H 10 Tf 5 5 Td (memo) Tj ET 0 0 100 1 re f", f"/Type /XObject /Subtype /Form /BBox [0 0 400 300] /Group << /S /Transparency >> /Resources << {fonts} >>")
    content = out.stream(b"BT /H 10 Tf 50 100 Td (seen) Tj ET q /A gs /F Do Q q 1 0 0 1 0 50 cm /F Do Q")
    leaf = out.add(
        f"<< /Type /Page /Parent {len(out.objects) + 2} 0 R /MediaBox [0 0 400 300] /Contents {content} 0 R "
        f"/Resources << {fonts} /XObject << /F {inner} 0 R >> /ExtGState << /A << /ca 0 /CA 0 >> >> >> >>"
    )
    tree = out.add(f"<< /Type /Pages /Count 1 /Kids [{leaf} 0 R] >>")
    path = tmp_path / "clear.pdf"
    path.write_bytes(out.bytes(out.add(f"<< /Type /Catalog /Pages {tree} 0 R >>")))
    (page,) = engines.pages(path, "pdfium")
    assert text(page) == "memoseen" or text(page) == "seenmemo"
    assert [(o.text, o.reason) for o in page.left_out] == [("memo", "invisible")]
    assert len(page.rules.x0) == 1


# ── what is seen ─────────────────────────────────────────────────────────────────────────────────
def test_text_that_nobody_sees_is_left_out_with_the_reason(read) -> None:  # type: ignore[no-untyped-def]
    content = (
        say("見える文字", 50, 250) + say("隠した文字", 50, 230, before="3 Tr") + say("白い文字", 50, 210, before="1 g")
        + say("紙の外", 50, 400) + "q 50 100 60 20 re W n " + say("枠の外の文字", 200, 105) + "Q "
        + say("補助対象", 50, 180) + say("補助対象", 50.3, 180)
    )  # fmt: skip
    (page,) = read("auto", Leaf(content))
    assert text(page) == "見える文字補助対象"
    assert out(page) == [("隠した文字", "invisible"), ("白い文字", "invisible"), ("紙の外", "outside"), ("枠の外の文字", "invisible")]
    assert counted(page)


def test_text_too_small_to_be_seen_is_left_out(read) -> None:  # type: ignore[no-untyped-def]
    (page,) = read("auto", Leaf(say("補助金", 50, 250) + say("見えない", 50, 200, size=0.1) + say("小さい", 50, 150, size=3)))
    assert text(page) == "補助金小さい"
    assert out(page) == [("見えない", "invisible")]
    assert counted(page)


def test_bold_by_drawing_twice_far_apart_in_the_stream(read) -> None:  # type: ignore[no-untyped-def]
    between = "".join(say(f"行{k}の文字", 50, 200 - 15 * k) for k in range(10))
    (page,) = read("auto", Leaf(say("事業名", 50, 250) + between + say("事業名", 50.4, 250)))
    assert text(page).count("事業名") == 1
    assert counted(page)


def test_bold_by_an_outline_drawn_letter_by_letter(read) -> None:  # type: ignore[no-untyped-def]
    """A browser fills words at once and strokes each letter by itself, in other fonts."""
    words = "".join(say("事業概要", 50, y) + "".join(say(c, 50 + 10 * k, y) for k, c in enumerate("事業概要")) for y in (250, 230, 210))
    (page,) = read("auto", Leaf(words + say("事", 91, 210)))
    assert text(page) == "事業概要" * 3 + "事"
    assert {reason for _, reason in out(page)} <= {"fake_bold"}
    assert counted(page)


@pytest.mark.parametrize("code", range(1, 1 + len(INKLESS)))
def test_a_glyph_mapped_to_a_sign_without_ink_is_unknown_not_lost(read, code: int) -> None:  # type: ignore[no-untyped-def]
    for engine in ("auto", "pdfplumber"):
        (page,) = read(engine, Leaf(say("県内の中", 50, 250) + say(chr(code), 90, 250, font="T") + say("企業", 100, 250)))
        assert text(page) == "県内の中\ufffd企業"
        assert "unknown_font" in [d.code for d in page.doubts]


@pytest.mark.parametrize("code", range(1 + len(INKLESS), 1 + len(INKLESS + WHITE)))
def test_a_glyph_mapped_to_white_space_is_unknown_where_it_draws_something(read, code: int, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    (page,) = read("auto", Leaf(say("上限 50", 50, 250) + say(chr(code), 90, 250, font="T")))
    assert "\ufffd" not in text(page)  # drawings of a Type 3 font are no letters
    monkeypatch.setattr(pdfium_text, "_has_outlines", lambda font: True)
    for engine in ("auto", "pdfium"):
        (page,) = read(engine, Leaf(say("上限 50", 50, 250) + say(chr(code), 90, 250, font="T") + say("円まで", 100, 250)))
        assert text(page) == "上限 50\ufffd円まで"
        assert [d.code for d in page.doubts] == ["unknown_font"]


@pytest.mark.parametrize("depth", [2, 13, 35])
def test_text_in_forms_within_forms_is_read(tmp_path: Path, depth: int) -> None:
    form = "<< /Type /XObject /Subtype /Form /BBox [0 0 400 300] /Resources << {known} >> /Length {n} >>\nstream\n{draws}endstream"
    words = say("inmost", 50, 200, font="H")
    forms = [form.format(known="/Font << /H << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>", n=len(words), draws=words)]
    forms += [form.format(known=f"/XObject << /F {k} 0 R >>", n=6, draws="/F Do\n") for k in range(1, depth)]
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf(Leaf(say("補助金", 50, 250) + "/F Do", resources=f"/XObject << /F {depth} 0 R >>"), first=tuple(forms)))
    for engine in ("pdfium", "pdfplumber"):
        (page,) = engines.pages(path, engine)
        assert text(page) == "補助金inmost"


def test_white_text_on_a_dark_heading_is_seen_and_black_on_black_is_not(read) -> None:  # type: ignore[no-untyped-def]
    content = box(40, 240, 200, 20, "f", "0 0 0.4 rg") + say("白い見出し", 50, 246, before="1 g") + box(40, 140, 200, 20, "f", "0 g") + say("黒塗り", 50, 146)
    for engine in EXACT:
        (page,) = read(engine, Leaf(content))
        assert text(page) == "白い見出し"
        assert out(page) == [("黒塗り", "invisible")]


def test_words_painted_out_and_written_anew(read) -> None:  # type: ignore[no-untyped-def]
    """The new words may be the old ones, or begin and end like them: they are no bold, for the old ones are not seen."""
    old = say("電話 0123-45-6780", 50, 200) + say("見本町", 50, 150)
    new = say("電話 0987-65-4320", 50, 200) + say("見本町", 50, 150)
    (page,) = read("auto", Leaf(old + box(45, 195, 200, 15, "f", "1 g") + box(45, 145, 200, 15, "f", "1 g") + new))
    assert text(page).split() == ["見本町電話", "0987-65-4320"]
    assert out(page) == [("電話 0123-45-6780", "invisible")]  # PDFium tells the same words in one place once
    assert counted(page)


def test_a_marker_and_a_ring_over_words_hide_nothing(read) -> None:  # type: ignore[no-untyped-def]
    """A marker lets the words show (/BM /Multiply, or half transparent); a seal's box is larger than its ink."""
    states = "/ExtGState << /M << /BM /Multiply >> /H << /ca 0.5 >> >>"
    marked = say("申請期限", 50, 200) + box(45, 195, 60, 15, "f", "/M gs 1 1 0 rg") + say("令和8年", 50, 150) + box(45, 145, 60, 15, "f", "/H gs 1 1 0 rg")
    ring = say("青葉町", 50, 100) + "q 1 0 0 rg 40 95 m 90 95 l 90 115 l 40 115 l h 42 97 m 88 97 l 88 113 l 42 113 l h f* Q\n"
    (page,) = read("auto", Leaf(marked + ring, resources=states))
    assert text(page) == "申請期限令和8年青葉町"
    assert out(page) == []


@pytest.mark.parametrize("unseen", ["1 g", "3 Tr", "200 200 5 5 re W n"])
def test_words_drawn_unseen_and_then_seen_in_one_place_are_seen(read, unseen: str) -> None:  # type: ignore[no-untyped-def]
    """A white halo, a hidden layer, a clip: PDFium tells the words once, with those that nobody sees."""
    (page,) = read("auto", Leaf(say("補助対象", 50, 180, before=unseen) + say("補助対象", 50, 180)))
    assert text(page) == "補助対象"
    (page,) = read("auto", Leaf(say("補助対象", 50, 180, before=unseen) + say("補助対象", 50, 180, before="1 g")))
    assert text(page) == ""


def test_a_merged_cells_text_drawn_clipped_on_both_pages(read) -> None:  # type: ignore[no-untyped-def]
    """A spreadsheet prints the whole cell on each page it spans; the clip shows each line once."""
    cell = say("経営支援課", 50, 100) + say("商工会議所", 50, 85)
    first, second = "q 40 95 200 200 re W n " + cell + " Q", "q 40 10 200 84 re W n " + cell + " Q"
    one, two = read("auto", Leaf(first), Leaf(second))
    assert (text(one), out(one)) == ("経営支援課", [("商工会議所", "clipped_duplicate")])
    assert (text(two), out(two)) == ("商工会議所", [("経営支援課", "clipped_duplicate")])


def test_words_cut_off_that_another_cell_shows_are_no_duplicate(read) -> None:  # type: ignore[no-untyped-def]
    (page,) = read("auto", Leaf(say("商工課", 50, 200) + "q 40 90 200 20 re W n " + say("商工課", 50, 112) + say("電話", 50, 98) + " Q"))
    assert text(page) == "商工課電話"
    assert out(page) == [("商工課", "invisible")]


def test_a_text_too_long_for_its_cell_is_cut_and_said(read) -> None:  # type: ignore[no-untyped-def]
    (page,) = read("auto", Leaf("q 40 90 57 30 re W n " + say("長すぎて切れる文字", 45, 100) + " Q"))
    assert text(page) == "長すぎて切"
    assert out(page) == [("れる文字", "invisible")]


def test_nested_clips_hold_together(read) -> None:  # type: ignore[no-untyped-def]
    (page,) = read("pdfium", Leaf("q 0 0 400 300 re W n 40 90 60 30 re W n " + say("内の字", 45, 100) + " 100 100 50 50 re W n " + say("外の字", 45, 100) + " Q"))
    assert text(page) == "内の字"


def test_lines_of_the_papers_colour_are_none(read) -> None:  # type: ignore[no-untyped-def]
    content = line(40, 200, 240, 200, "1 G 1 w") + box(40, 100, 200, 40, "f", "0.8 g") + line(40, 120, 240, 120, "1 G 1 w")
    for engine in ("auto", "pdfium"):
        (page,) = read(engine, Leaf(content))
        assert page.rules.top.round(1).tolist() == [179.5]


def test_lines_are_clipped(read) -> None:  # type: ignore[no-untyped-def]
    (page,) = read("pdfium", Leaf("q 40 0 100 300 re W n " + line(0, 200, 400, 200) + line(300, 0, 300, 300) + "Q"))
    assert (page.rules.x0.tolist(), page.rules.x1.tolist()) == ([40], [140])


def test_dashes_doubles_thin_fills_and_polylines_are_rules_diagonals_are_not(read) -> None:  # type: ignore[no-untyped-def]
    content = (
        line(40, 250, 240, 250, "[3 2] 0 d 1 w") + line(40, 240, 240, 240) + line(40, 238, 240, 238) + box(40, 220, 200, 0.75, "f")
        + "40 200 m 240 200 l 240 100 l S " + line(40, 50, 240, 90) + "40 80 m 60 99 80 99 99 80 c S "
    )  # fmt: skip
    for engine in EXACT:
        (page,) = read(engine, Leaf(content))
        assert sorted(page.rules.top.round().tolist()) == [50, 60, 62, 79, 100, 100], engine


@pytest.mark.parametrize("engine", ALL)
def test_the_witness_is_another_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    """A character thrown away by the engine that reads is still counted by the witness."""
    from dataclasses import replace

    from subsidy_extract.read.pdf.engines import oxide, pdfium, plumber

    path = tmp_path / "made.pdf"
    path.write_bytes(pdf(Leaf(say("一字も失わない", 50, 50))))
    reader = {"auto": pdfium, "pdfium": pdfium, "oxide": oxide, "pdfplumber": plumber}[engine]
    kept = reader.pages

    def losing(*arguments: object) -> object:
        for page in kept(*arguments):  # type: ignore[arg-type]
            yield replace(page, glyphs=page.glyphs.take(page.glyphs.text != "字"), witness="")

    monkeypatch.setattr(reader, "pages", losing)
    (page,) = engines.pages(path, engine)
    assert "字" in page.witness
    assert ("字" in text(page)) == (engine == "auto")  # where there is a vote, two of three win


# ── what the text is ─────────────────────────────────────────────────────────────────────────────
def test_spaces_are_kept_where_they_stand(read) -> None:  # type: ignore[no-untyped-def]
    content = say("Smart ", 50, 250) + say("Factory", 80, 250) + say("(1)", 50, 200) + say(" ", 65, 200) + say("市内に", 70, 200)
    for engine in ("auto", "pdfium", "pdfplumber"):
        (page,) = read(engine, Leaf(content))
        assert text(page) == "Smart Factory(1) 市内に"


def test_actual_text_is_what_the_reader_gets(read) -> None:  # type: ignore[no-untyped-def]
    said = "小さな支援".encode("utf-16-be").hex()
    content = f"/Span << /ActualText <feff{said}> >> BDC " + say("⼩さな⽀援", 50, 200) + "EMC " + say("次の行", 50, 180)
    (page,) = read("auto", Leaf(content))
    assert text(page) == "小さな支援次の行"
    assert page.glyphs.x0[0] == pytest.approx(50, abs=0.1)
    assert (np.diff(page.glyphs.x0[:5]) > 5).all()
    assert page.glyphs.x1[4] <= 101
    assert page.doubts == ()


def test_hyphens_at_a_lines_end_stay(read) -> None:  # type: ignore[no-untyped-def]
    (page,) = read("auto", Leaf(say("info@kan-", 50, 200) + say("kou.example", 50, 188) + say("099-", 50, 150) + say("226", 50, 138)))
    assert text(page) == "info@kan-kou.example099-226"


def test_characters_beyond_the_first_plane(read) -> None:  # type: ignore[no-untyped-def]
    from tests.read.pdf.handmade import Pdf  # noqa: F401

    (page,) = read("pdfium", Leaf(say("葛󠄀城市", 50, 200)))
    assert text(page).startswith("葛")


def test_a_font_without_unicode_is_said(read) -> None:  # type: ignore[no-untyped-def]
    for engine in EXACT:
        (page,) = read(engine, Leaf(say("読める文字", 50, 200) + say("読めない", 50, 180, font="U")))
        (doubt,) = [d for d in page.doubts if d.code == "unknown_font"]
        assert "4 characters of 9" in doubt.detail
        assert doubt.places[0].page == 1


def test_letters_of_a_code_page_that_a_subset_does_not_have_are_no_letters(read) -> None:  # type: ignore[no-untyped-def]
    """Glyphs numbered in the order they were used: 1, 2, 3 mean nothing, and Ä and Å would be taken for what they are not."""
    (page,) = read("pdfium", Leaf(say("読める文字", 50, 200) + "BT /N 10 Tf 50 150 Td <010203C4C5> Tj ET "))
    assert text(page) == "読める文字" + "\ufffd" * 5
    assert any(d.code == "unknown_font" for d in page.doubts)


def test_text_drawn_as_outlines_is_a_picture_though_the_page_has_a_number(read) -> None:  # type: ignore[no-untyped-def]
    letter = "0 0 m 5 0 l 5 5 l 3 8 l 2 8 l 1 6 l 1 5 l 0 4 l 0 2 l h f"
    letters = "".join(f"q 1 0 0 1 {20 + 10 * (k % 30)} {250 - 12 * (k // 30)} cm {letter} Q\n" for k in range(300))
    boxes = "".join(box(20 + 10 * (k % 30), 250 - 12 * (k // 30), 8, 8) for k in range(300))
    pages = read("auto", Leaf(letters + say("- 2 -", 200, 20)), Leaf(boxes + say("- 3 -", 200, 20)))
    assert [[d.code for d in p.doubts] for p in pages] == [["picture_page"], []]


def test_a_page_that_is_a_picture_is_said(read) -> None:  # type: ignore[no-untyped-def]
    image = "/XObject << /I 99 0 R >>"
    scan = "q 380 0 0 280 10 10 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q "
    pages = read("auto", Leaf(scan), Leaf(scan + say("隠れた文字の層", 50, 100, before="3 Tr")), Leaf(say("文字の頁です", 50, 100)), Leaf(""), Leaf(scan + say("1", 200, 5)))
    assert [[d.code for d in p.doubts] for p in pages] == [["picture_page"], ["picture_page"], [], [], ["picture_page"]]
    assert [round(v) for v in pages[0].images[0]] == [10, 10, 390, 290]
    assert image  # the name of an image that is not there is no trouble either


@pytest.mark.parametrize("engine", EXACT)
def test_links(read, engine: str) -> None:  # type: ignore[no-untyped-def]
    leaf = Leaf(say("こちら", 50, 200), annots=(link("https://www.town.example/hojo?id=1", 50, 195, 80, 212),))
    (page,) = read(engine, leaf)
    (found,) = page.links
    assert found.url == "https://www.town.example/hojo?id=1"
    assert found.bbox == pytest.approx((50, 88, 80, 105), abs=0.1)


def test_an_engine_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ExtractError) as error:
        engines.pages(tmp_path / "x.pdf", "tesseract")
    assert error.value.code == Exit.USAGE


@pytest.mark.parametrize("matrix", ["1e30 0 0 1e30 0 0", "0 0 0 0 0 0", "1e-30 0 0 1e-30 50 50", "3e38 3e38 3e38 3e38 3e38 3e38"])
def test_matrices_without_sense(read, matrix: str) -> None:  # type: ignore[no-untyped-def]
    (page,) = read("pdfium", Leaf(f"q {matrix} cm " + say("無限の文字", 50, 50) + box(0, 0, 9, 9, "B") + " Q " + say("残る文字", 50, 100)))
    assert "残る文字" in text(page)
    for name in ("x0", "top", "x1", "bottom", "size"):
        assert np.isfinite(getattr(page.glyphs, name)).all()
    assert np.isfinite(page.rules.x0).all()
    assert np.isfinite(page.fills.x1).all()


# ── what is asked of PDFium ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("source", ["raw/kagoshima-r8-print.pdf", "fixtures/pdf-pages/browser-cut.pdf", "fixtures/many-shapes/source.pdf"])
def test_a_part_of_the_characters_tells_the_text_object_of_each(source: str) -> None:
    from subsidy_extract.read.pdf.engines import ffi, pdfium
    from subsidy_extract.read.pdf.engines.pdfium_text import codes_of, objects_of

    seen = 0
    with pdfium.document(ROOT / source) as (handle, count):
        for index in range(count):
            page = ffi.load_page(handle, index)
            text = ffi.text_load(page)
            code = codes_of(text)
            assert objects_of(text, code).tolist() == [ffi.char_object(text, i) for i in range(len(code))]
            seen += len(code)
            ffi.text_close(text)
            ffi.close_page(page)
    assert seen > 100


def test_what_a_clip_leaves_of_an_area_is_a_rule_when_it_is_dark_and_thin(read) -> None:  # type: ignore[no-untyped-def]
    """One side of a border: the whole box is filled, the clip shows its lower edge."""
    strip = "q 40 100 200 0.7 re W n {} rg 40 100 200 16 re f Q "
    (page,) = read("pdfium", Leaf(strip.format("0 0 0") + strip.format("0.9 0.9 0.9").replace(" 100 ", " 150 ")))
    assert (page.rules.x0.tolist(), page.rules.x1.tolist(), len(page.fills.x0)) == ([40], [240], 1)


def test_a_frame_filled_by_the_even_odd_rule_hides_nothing(read) -> None:  # type: ignore[no-untyped-def]
    """The border of a box, drawn as a rectangle with a hole: what stands in the hole is on paper."""
    content = "0 g 40 100 200 100 re 40.7 100.7 198.6 98.6 re f* " + say("緑野市", 60, 150)
    (page,) = read("pdfium", Leaf(content))
    assert text(page) == "緑野市"
    assert page.left_out == ()
    assert (len(page.rules.x0), len(page.fills.x0)) == (4, 0)


def spoken(said: str, drawn: str) -> str:
    return f"/Span << /ActualText <feff{said.encode('utf-16-be').hex()}> >> BDC {drawn} EMC\n"



def test_actual_text_stands_where_its_objects_do(read) -> None:  # type: ignore[no-untyped-def]
    drawn = say("⼩さな", 50, 200) + say("⽀", 80, 200) + say("援2/3", 90, 200)
    (page,) = read("auto", Leaf(say("小支", 50, 50) + spoken("小さな支援2/3", drawn)))
    (plain,) = read("auto", Leaf(say("小支", 50, 50) + say("小さな支援2/3", 50, 200)))
    assert text(page) == text(plain)
    assert np.abs(page.glyphs.x0 - plain.glyphs.x0).max() < 0.2
    assert (page.glyphs.top == plain.glyphs.top).all()


def test_actual_text_over_two_lines_stands_on_both(read) -> None:  # type: ignore[no-untyped-def]
    drawn = say("⼩さな", 50, 200) + say("⽀援金", 50, 180)
    (page,) = read("auto", Leaf(spoken("小さな支援金", drawn) + say("次", 50, 100)))
    assert text(page) == "小さな支援金次"
    assert page.glyphs.bottom.round(0).tolist() == [101, 101, 101, 121, 121, 121, 201]
    assert page.glyphs.x0.round(0).tolist()[:6] == [50, 60, 70, 50, 60, 70]


def test_a_space_with_an_actual_text_of_its_own_is_a_space(read) -> None:  # type: ignore[no-untyped-def]
    parts = say("以内", 50, 200) + spoken("\u3000", say("\u3000", 70, 200)) + say("【限", 75, 200)
    (page,) = read("auto", Leaf(parts))
    assert text(page).split() == ["以内", "【限"]


def test_halves_of_characters_beyond_the_first_plane_are_one_character(monkeypatch: pytest.MonkeyPatch) -> None:
    from subsidy_extract.read.pdf.engines import ffi
    from subsidy_extract.read.pdf.engines.charmap import mend
    from subsidy_extract.read.pdf.engines.pdfium_text import codes_of

    told = [0x845B, 0xDB40, 0xDD00, 0x57CE, 0xD842, 0xDFB7, 0xD842, 0x02]
    monkeypatch.setattr(ffi, "text_count", lambda text: len(told))
    monkeypatch.setattr(ffi, "text_get", lambda *_: 0)
    monkeypatch.setattr(ffi, "char_unicode", lambda text, i: told[i])
    found = codes_of(0).tolist()
    assert len(found) == len(told)
    assert mend("".join(map(chr, found))) == "葛城𠮷\ufffd-"  # the selector of a variant is no character of its own


@pytest.mark.parametrize("aside", [(2.0, -2.0), (-3.0, 1.0), (0.3, 0.0)])
def test_a_hidden_copy_beside_the_words_hides_none_of_them(read, aside: tuple[float, float]) -> None:  # type: ignore[no-untyped-def]
    dx, dy = aside
    both = "".join(say(t, 50 + dx, y + dy, before="3 Tr") + say(t, 50, y) for t, y in (("補助対象者", 200), ("事業者", 180), ("個人", 160)))
    (page,) = read("auto", Leaf(both + say("隠した文字", 50, 140, before="3 Tr")))
    assert "".join(text(page).split()) == "補助対象者事業者個人"
    assert ("隠した文字", "invisible") in out(page)
