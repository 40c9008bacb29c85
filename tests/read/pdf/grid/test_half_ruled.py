"""Tables with some rules: groups of rows between rules, rules between columns alone, one rule under two texts, frames shared."""

import pytest

from .sheet import Sheet, tables

XS = (50.0, 150.0, 230.0, 310.0, 390.0)


def frame(sheet: Sheet, ys, xs=XS) -> None:
    for y in ys:
        sheet.across(y, xs[0], xs[-1])
    for x in xs:
        sheet.down(x, ys[0], ys[-1])


GROUPS = [
    ("Directorate A", [("Budget", "20", "72.9"), ("Staff", "24", "76.0"), ("Archive", "45", "48.3")]),
    ("Directorate B", [("Markets", "82", "41.9"), ("Grants", "60", "14.2")]),
    ("Directorate C", [("Fisheries", "46", "24.1"), ("Forests", "1", "71.0")]),
]


def test_rules_round_groups_whose_label_stands_once():
    """Each line of figures is a row of its own; the label speaks for the rows of its group."""
    sheet, y, ys = Sheet(), 100.0, [100.0]
    for x, text in zip(XS, ["Office", "Unit", "Posts", "Million"], strict=False):
        sheet.text(x + 4, y + 3, text)
    y += 16
    ys.append(y)
    want = [["Office", "Unit", "Posts", "Million"]]
    for label, rows in GROUPS:
        sheet.text(XS[0] + 4, y + 3, label)
        for k, (unit, posts, money) in enumerate(rows):
            sheet.text(XS[1] + 4, y + 3, unit)
            sheet.right(XS[3] - 4, y + 3, posts)
            sheet.right(XS[4] - 4, y + 3, money)
            want.append([label.replace(" ", "") if not k else "", unit, posts, money])
            y += 14
        y += 3
        ys.append(y)
    frame(sheet, ys)
    assert tables(sheet) == [want]


def test_a_lone_text_above_the_rules_between_columns_is_none_of_theirs():
    sheet = Sheet()
    sheet.text(50, 70, "the survey of households, of which the first part was")
    sheet.text(50, 84, "reported early.")
    rows = [["Size", "Firms", "Staff", "Sales"], ["1-9", "289", "9,926", "5,494"], ["10-49", "8,432", "8,738", "7,596"], ["50-249", "31", "8,295", "8,642"], ["All", "803", "757", "669"]]
    for k, row in enumerate(rows):
        sheet.text(54, 100 + 14 * k, row[0])
        for x, text in zip(XS[2:], row[1:], strict=True):
            if k:
                sheet.right(x - 4, 100 + 14 * k, text)
            else:
                sheet.text(x - 76, 100, text)
    for x in XS:
        sheet.down(x, 98, 170)
    assert tables(sheet) == [rows]


def test_two_texts_over_one_rule_share_its_columns():
    """The rule is one, as both pieces of it touch; figures are set to the right, and the text is off the middle of the ink."""
    sheet = Sheet()
    ends = (200.0, 255.0, 310.0, 400.0, 455.0, 510.0)
    sheet.across(96, 50, 512)
    sheet.text(52, 100, "Group")
    sheet.middle(233, 100, "Share of students", 8)
    sheet.middle(430, 100, "Average amount in 2007", 8)
    sheet.across(113, 150, 512)
    for k, x in enumerate(ends):
        sheet.right(x, 117, ["Any aid", "Grants", "Loans"][k % 3], 8)
    sheet.across(130, 50, 512)
    for r, name in enumerate(["Total", "Full-time", "Part-time", "18 or younger", "35 or older"]):
        sheet.text(52, 134 + 13 * r, name)
        for k, x in enumerate(ends):
            sheet.right(x, 134 + 13 * r, f"{(r + 2) * (k + 3) * 7 % 100}.{k}", 8)
    sheet.across(200, 50, 512)
    (rows,) = tables(sheet)
    assert rows[1] == ["", "Anyaid", "Grants", "Loans", "Anyaid", "Grants", "Loans"]
    assert [t for t in rows[0] if t] == ["Group", "Shareofstudents", "Averageamountin2007"]
    assert rows[0][1] and rows[0][4]


@pytest.mark.parametrize(("font", "count"), [(1, 2), (0, 1)])
def test_a_second_heading_in_the_font_of_the_first_begins_a_table(font: int, count: int):
    """Its columns are others, though the lines between them stand where some of the first's stand."""
    first = [["Instrument", "Number", "Million", "Share"], ["Grants", "12", "340", "71"], ["Loans", "4", "90", "19"], ["Equity", "1", "50", "10"]]
    second = [["Office", "Contact", "Status"], ["Northern office", "Ms Hall", "open"], ["Coastal office", "Mr Green", "closed"], ["Hill office", "Ms Young", "open"]]
    sheet = Sheet()
    for k, row in enumerate([*first, *second]):
        xs = XS if k < 4 else (XS[0], *XS[2:])
        for x, text in zip(xs, row, strict=False):
            sheet.text(x + 4, 103 + 16 * k, text, font=font * (k in (0, 4)))
        for x in xs:
            sheet.down(x, 100 + 16 * k, 116 + 16 * k)
    for k in range(9):
        sheet.across(100 + 16 * k, XS[0], XS[-1])
    found = tables(sheet)
    assert len(found) == count
    if count == 2:
        assert found == [[["".join(t.split()) for t in row] for row in table] for table in (first, second)]


def test_a_heading_of_levels_that_rules_enclose_opens_rows_without_rules():
    sheet = Sheet()
    for y in (100, 130):
        sheet.across(y, XS[0], XS[-1])
    sheet.across(115, XS[1], XS[3])
    for x in (XS[0], XS[1], XS[3], XS[4]):
        sheet.down(x, 100, 130)
    sheet.down(XS[2], 115, 130)
    for x, y, text in ((100, 110, "State"), (230, 103, "Regions"), (190, 118, "Fund"), (270, 118, "Grant"), (350, 110, "Total")):
        sheet.middle(x, y, text, 8)
    rows = [["Austria", "1,210", "81", "1,291"], ["Belgium", "638", "425", "1,063"], ["Denmark", "–", "255", "255"], ["Estonia", "3,404", "52", "3,456"], ["Finland", "–", "1,051", "1,051"]]
    for k, row in enumerate(rows):
        sheet.text(54, 134 + 13 * k, row[0], 8)
        for x, text in zip(XS[2:], row[1:], strict=True):
            sheet.right(x - 4, 134 + 13 * k, text, 8)
    (found,) = tables(sheet)
    assert found[-5:] == rows
    assert [t for row in found[:-5] for t in row if t] == ["State", "Regions", "Total", "Fund", "Grant"]


def test_a_bracket_left_open_is_closed_in_the_same_row():
    """Narrow columns break an interval in two; the other columns have one line."""
    sheet, rows = Sheet(), [["Sector", "Firms", "Share", "Ratio"]]
    lines = [(100, ["Sector", "Firms", "Share", "Ratio"])]
    y = 118
    for k, name in enumerate(["Mining", "Retail", "Finance", "Transport", "Health"]):
        low, high = f"{k}.{k + 1}", f"{k + 3}.5"
        rows.append([name, f"{k * 77 + 12}", f"{k + 11}.4", f"{low}({low}–{high})"])
        lines += [(y, [name, f"{k * 77 + 12}", f"{k + 11}.4", f"{low} ({low}–"]), (y + 12, ["", "", "", f"{high})"])]
        y += 24
    for top, texts in lines:
        for x, text in zip((50, 200, 280, 360), texts, strict=True):
            if text:
                sheet.text(x, top, text)
    for top in (96, 114, y):
        sheet.across(top, 50, 430)
    assert tables(sheet) == [rows]


INCOME = [["One adult", "19", "4,402", "9,586"], ["Two adults", "1,219", "4,530", "4,631"], ["With children", "5,516", "7,868", "5,584"], ["Other", "1,998", "483", "625"]]
NAMES = ["Household", "Income", "Spending", "Saving"]


def figures(sheet: Sheet, ends, y: float, pitch: float = 14.0) -> list[list[str]]:
    sheet.text(54, y, NAMES[0])
    for x, text in zip(ends, NAMES[1:], strict=True):
        sheet.right(x, y, text)
    for k, row in enumerate(INCOME):
        sheet.text(54, y + 4 + pitch * (k + 1), row[0])
        for x, text in zip(ends, row[1:], strict=True):
            sheet.right(x, y + 4 + pitch * (k + 1), text)
    return [["".join(t.split()) for t in row] for row in [NAMES, *INCOME]]


@pytest.mark.parametrize("heading", [True, False])
def test_a_frame_with_a_rule_behind_the_labels(heading: bool):
    """What the rules leave together has many figures: white parts it."""
    sheet = Sheet()
    rows = figures(sheet, (240.0, 320.0, 396.0), 103)
    for y in (100, *((116,) if heading else ()), 178):
        sheet.across(y, 50, 400)
    for x in (50, 150, 400):
        sheet.down(x, 100, 178)
    assert tables(sheet) == [rows]


def test_boxes_of_text_with_a_figure_or_two_stay_boxes():
    sheet = Sheet()
    for x, title in ((54, "Office"), (204, "Remarks")):
        sheet.text(x, 103, title)
    for k, text in enumerate(["open from 9 to 17", "closed 1 May", "call 555 or 556", "two floors"]):
        sheet.text(204, 122 + 13 * k, text)
    sheet.text(54, 122, "Hill office")
    for y in (100, 118, 178):
        sheet.across(y, 50, 400)
    for x in (50, 200, 400):
        sheet.down(x, 100, 178)
    assert tables(sheet) == [[["Office", "Remarks"], ["Hilloffice", "openfrom9to17closed1Maycall555or556twofloors"]]]


def test_one_shaded_column_says_nothing_of_the_others():
    sheet = Sheet()
    rows = figures(sheet, (260.0, 320.0, 396.0), 103)
    for y in (100, 116, 178):
        sheet.across(y, 50, 400)
    sheet.fills.append((210.0, 116.0, 264.0, 178.0, 0.9))
    assert tables(sheet) == [rows]


def test_sections_over_columns_whose_headings_stand_beside_their_figures():
    """Headings in the middle, figures at the right: the white between them parts no columns, sections in the middle or not."""
    sheet, y = Sheet(), 116.0
    ends, middles = (240.0, 330.0, 440.0, 530.0), (206.0, 296.0, 400.0, 496.0)
    sheet.across(82, 50, 534)
    sheet.text(54, 90, "Level", 9)
    for x, (upper, lower) in zip(middles, [("Safety", "plan"), ("Staff", "training"), ("Drills", "held"), ("Visitor", "sign-in")], strict=True):
        sheet.middle(x, 85, upper, 9)
        sheet.middle(x, 96, lower, 9)
    sheet.across(110, 50, 534)
    want = []
    for n, section in enumerate(["Percent of all schools", "Percent of public schools in rural areas"]):
        sheet.middle(292, y, section, 9, font=1)
        want.append([section.replace(" ", "")])
        y += 14
        for k, name in enumerate(["Elementary", "Secondary", "Combined"]):
            sheet.text(54, y, name, 9)
            row = [f"{(k + 2) * (c + 3) * 7 % 90 + 10}.{n}" for c in range(4)]
            for x, text in zip(ends, row, strict=True):
                sheet.right(x, y, text, 9)
            want.append([name, *row])
            y += 14
    sheet.across(y, 50, 534)
    (rows,) = tables(sheet)
    assert [[t for t in row if t] for row in rows][-len(want) :] == want
    assert len(rows[-1]) == 5


@pytest.mark.parametrize(("foot", "rows"), [("1 / 3", 5), ("1 / x", 6)])
def test_the_number_of_the_page_in_the_white_between_columns_is_no_row(foot: str, rows: int):
    sheet = Sheet()
    figures(sheet, (240.0, 320.0, 396.0), 103)
    for y in (100, 116, 130, 144, 158, 172):
        sheet.across(y, 50, 400)
    left, right = foot.rsplit(" ", 1)
    sheet.right(238, 178, left)
    sheet.text(244, 178, right)
    (found,) = tables(sheet)
    assert len(found) == rows
