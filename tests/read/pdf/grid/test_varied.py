"""Tables as other producers would have set them: cells painted twice, no rules, headings above the first shade, labels wrapped
beside two rows of figures."""

from __future__ import annotations

from .sheet import Sheet, tables

STUB, PITCH = 40.0, 14.0
TOWNS = ("Ashford", "Birkdale", "Coldwell", "Dunmere", "Elmstead", "Fenwick")
COUNTS = [[town, str(310 + 7 * k * k), str(64 + 3 * k * k), str(5 + k)] for k, town in enumerate(TOWNS)]


def figures(sheet: Sheet, top: float, rows: list[list[str]], first: float, step: float, pitch: float = PITCH) -> float:
    for row in rows:
        sheet.text(STUB, top, row[0])
        for k, text in enumerate(row[1:]):
            sheet.right(first + k * step, top, text)
        top += pitch
    return top


def bare(rows: list[list[str]]) -> list[list[str]]:
    return [["".join(text.split()) for text in row] for row in rows]


def test_a_cell_painted_again_behind_its_text_has_no_sides_there():
    sheet = Sheet()
    rows = [["Town", "Grants", "Loans", "Advice"], *COUNTS]
    for r in range(len(rows)):
        for x0, x1 in ((36, 160), (161, 230), (231, 300), (301, 370)):
            top = 58.0 + r * PITCH
            sheet.fills.append((x0, top, x1, top + 13, 0.8 if r else 0.6))
            sheet.fills.append((x0 + 5.4, top, x1 - 5.4, top + 13, 0.8 if r else 0.6))
    figures(sheet, 60, rows, first=222, step=70)
    assert tables(sheet) == [bare(rows)]


def test_a_label_wrapped_beside_two_rows_of_figures():
    sheet = Sheet()
    top, want = 60.0, []
    for k, label in enumerate(("Asthma", "Sexually|transmitted", "Depression", "Substance|abuse", "Back pain", "Allergy", "Tired and|exhausted")):
        for n, line in enumerate(label.split("|")):
            sheet.text(STUB, top + 10.4 * n, line)
        for n, (what, value) in enumerate((("Count", str(31 + 9 * k)), ("Percentage", f"{6 + k}.3%"))):
            sheet.text(160, top + 14.2 * n, what)
            sheet.right(280, top + 14.2 * n, value)
            sheet.right(350, top + 14.2 * n, value[::-1] if not n else value)
            want.append(["" if n else label.replace("|", " "), what, value, value[::-1] if not n else value])
        top += 28.4
    (rows,) = tables(sheet)
    assert [[c for c in row if c] for row in rows] == bare([[c for c in row if c] for row in want])


def test_two_numbers_of_one_cell_with_words_between_them_begin_no_row():
    sheet = Sheet()
    sheet.text(STUB, 42, "Grant")
    sheet.text(220, 42, "Most")
    top, want = 60.0, [["Grant", "Most"]]
    for k in range(8):
        lines = ["Grants for shops and", "workshops that turn to", "new goods and markets", "or that take over the", f"trade of another {k}."]
        for n, line in enumerate(lines):
            sheet.text(STUB, top + 11 * n, line)
        most = [f"{k + 1},000", "yen a shop", f"{k + 3},000"]
        for n, line in enumerate(most):
            sheet.text(220, top + 11 * (n + 1), line)
        want.append(["".join("".join(cell).split()) for cell in (lines, most)])
        top += 11 * len(lines) + 7
    (rows,) = tables(sheet)
    assert [["".join(c.split()) for c in row] for row in rows] == want


def test_a_heading_longer_than_its_column_heads_it_all_the_same():
    sheet = Sheet()
    heading = ["Treatments/therapy", "Suffered", "Followed"]
    sheet.text(STUB, 60, heading[0])  # ends at 130, right of where the texts below it end
    sheet.text(220, 60, heading[1])
    sheet.text(300, 60, heading[2])
    rows = []
    for k, town in enumerate(TOWNS):
        rows.append([town, "Count", str(31 + 9 * k), str(12 + k)])
        sheet.text(STUB, 76 + k * PITCH, town)
        sheet.text(120, 76 + k * PITCH, "Count")
        sheet.text(220, 76 + k * PITCH, rows[-1][2])
        sheet.text(300, 76 + k * PITCH, rows[-1][3])
    (got,) = tables(sheet)
    assert [c for c in got[0] if c] == [c.replace(" ", "") for c in heading]
    assert got[1:] == bare(rows)


def test_short_texts_line_by_line_are_rows_though_a_field_is_empty():
    rows = [["Makers", "Upper", "Middle", "Lower"], ["Aldous and Gray", "Arrow", "Vixen", "Bonny"], ["Lowell", "Skep", "Omen", "Percy"],
            ["Hartley", "Lychet", "Sopra Cross", ""], ["Colman-Palmer", "Dart", "Acton", "Gamma"]]  # fmt: skip
    sheet = Sheet()
    for r, row in enumerate(rows):
        for k, text in enumerate(row):
            if text:
                sheet.text(STUB + 110 * k, 60 + PITCH * r, text)
    assert tables(sheet) == [bare(rows)]


def test_the_heading_of_the_second_table_stands_above_its_first_shade():
    sheet = Sheet()
    upper = [["Town", "1993", "1996"], *(row[:3] for row in COUNTS)]
    lower = [["Town", "Grants", "Loans", "Advice", "Visits"], *([*row, str(70 + k)] for k, row in enumerate(COUNTS))]
    for r in range(1, 7, 2):
        sheet.fills.append((36, 58 + r * PITCH, 292, 58 + (r + 1) * PITCH, 0.85))
        sheet.fills.append((36, 178 + r * PITCH, 412, 178 + (r + 1) * PITCH, 0.85))
    figures(sheet, 60, upper, first=220, step=70)
    figures(sheet, 180, lower, first=200, step=70)
    assert tables(sheet) == [bare(upper), bare(lower)]


def between_rules(sheet: Sheet, top: float, bottom: float, xs: tuple[float, ...], *more: float) -> None:
    """Rules at the sides of columns and over and under them, none between rows but at `more`."""
    for x in xs:
        sheet.down(x, top, bottom)
    for y in (top, bottom, *more):
        sheet.across(y, xs[0], xs[-1])


def test_rules_between_columns_and_none_between_rows():
    rows = [["Town", "Grants", "Loans"], *(row[:3] for row in COUNTS[:3])]
    for under_heading in ((), (73.0,)):
        sheet = Sheet()
        figures(sheet, 60, rows, first=222, step=70)
        between_rules(sheet, 57, 60 + len(rows) * PITCH, (36, 150, 230, 300), *under_heading)
        assert tables(sheet) == [bare(rows)]


def test_one_column_of_figures_between_rules():
    rows = [["Town", "Grants"], *(row[:2] for row in COUNTS)]
    sheet = Sheet()
    figures(sheet, 60, rows, first=222, step=70)
    between_rules(sheet, 57, 60 + len(rows) * PITCH, (36, 150, 230))
    assert tables(sheet) == [bare(rows)]


def test_texts_with_white_between_them_between_rules():
    sheet = Sheet()
    top, want = 60.0, []
    for name, says in (("Ladder", "A line with marks|that count up."), ("Circle", "Parts of a whole,|each in a colour,|named beside it."), ("Map", "Places, and how|much is there.")):
        sheet.text(STUB, top, name)
        for line in says.split("|"):
            sheet.text(130, top, line)
            top += 11
        want.append([name, says.replace("|", "").replace(" ", "")])
        top += 8
    between_rules(sheet, 57, top, (36, 120, 250))
    assert tables(sheet) == [want]


def test_one_row_of_paragraphs_stays_one():
    sheet = Sheet()
    for k, (a, b) in enumerate((("Grants for", "Shops in the old"), ("new shops", "town and along"), ("in town", "the river, each"), ("", "for a year."))):
        sheet.text(STUB, 60 + 11 * k, a)
        sheet.text(130, 60 + 11 * k, b)
    between_rules(sheet, 57, 108, (36, 120, 230))
    assert tables(sheet) == [[["Grantsfornewshopsintown", "Shopsintheoldtownandalongtheriver,eachforayear."]]]


def test_a_rule_between_groups_of_columns_parts_no_more_than_these():
    sheet = Sheet()
    rows = [[town, *(str(101 + 37 * k * k + 13 * j * j) for j in range(6))] for k, town in enumerate(TOWNS)]
    sheet.text(STUB, 60, "Region")
    sheet.middle(200, 60, "Actual")
    sheet.middle(350, 60, "Projected")
    figures(sheet, 74, [["Town", "2003", "2004", "2005", "2006", "2007", "2008"], *rows], first=160, step=50)
    for x in (36, 120, 270, 420):
        sheet.down(x, 57, 72)
    for y in (57, 72):
        sheet.across(y, 36, 420)
    (got,) = tables(sheet)
    assert got[2:] == bare(rows) and got[1] == ["Town", "2003", "2004", "2005", "2006", "2007", "2008"]


def test_lines_drawn_from_the_foot_upwards_are_no_cells_of_one_line():
    sheet = Sheet()
    lines = []
    for k, (kind, says) in enumerate((("Major", "Emissions of ten tons|or more of any one|toxic in a year"), ("Area", "Emissions of less than|ten tons of any one|toxic in a year"), ("Road", "Emissions from wheels|run on public ways"))):
        lines.append((STUB, 60 + 44 * k, kind))
        lines += [(130.0, 60 + 44 * k + 11 * n, line) for n, line in enumerate(says.split("|"))]
        lines.append((290.0, 60 + 44 * k, f"Example {k + 1}"))
    for x, top, text in reversed(lines):
        sheet.text(x, top, text)
    assert [row[0] for row in tables(sheet)[0]] == ["Major", "Area", "Road"]
