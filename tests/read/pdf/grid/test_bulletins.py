"""Statistics bulletins: wrapped labels, stacked tables, headings beside their texts, counted headings."""

from .sheet import Sheet, tables

XS = (220, 300, 380, 460)


def figures(k: int) -> list[str]:
    return [str(100 + (37 * k + 11 * c) ** 2 % 389) for c in range(len(XS))]


def row(sheet: Sheet, top: float, label: str, values: list[str], left: float = 40) -> None:
    sheet.text(left, top, label)
    for x, text in zip(XS, values, strict=True):
        sheet.right(x, top, text)


def test_a_lone_label_is_a_part_of_a_row():
    sheet = Sheet()
    heads = ["1994", "1995", "1996", "1997"]
    names = ["Canals", "Ferries", "Bridges", "Harbours", "Lighthouses and", "Locks", "Rivers", "Weirs", "Docks", "Piers"]
    row(sheet, 60, "Works", heads)
    sheet.across(72, 38, 462)
    y = 76.0
    want = [["Works", *heads]]
    for k, name in enumerate(names):
        label = name
        if name.endswith("and"):
            sheet.text(40, y, name)
            y += 12
            name, label = "beacons", "Lighthouses and⏎beacons"
        row(sheet, y, name, figures(k))
        want.append([label.replace(" ", ""), *figures(k)])
        y += 12
    assert [[t.replace("⏎", "") for t in r] for r in tables(sheet)[0]] == [[t.replace("⏎", "") for t in r] for r in want]


def test_a_table_below_another_has_a_heading_with_a_rule_of_its_own():
    sheet = Sheet()
    y = 60.0
    for heads in (["May", "June", "July", "August"], ["Weight", "March", "April", "Change"]):
        row(sheet, y, "Group", heads)
        sheet.across(y + 12, 38, 462)
        for k in range(4):
            row(sheet, y + 16 + 12 * k, ("North", "South", "East", "West")[k], figures(k))
        sheet.text(40, y + 80, "By main group")
        y += 100
    assert [t[0][1] for t in tables(sheet)] == ["May", "Weight"]


def test_a_heading_beside_long_labels_is_theirs():
    sheet = Sheet()
    heads = ["1996", "1997", "1998", "1999"]
    row(sheet, 60, "", heads)
    sheet.middle(115, 60, "Item")
    for y in (58, 72):
        sheet.across(y, 38, 462)
    for k, name in enumerate(("Salt", "Potash", "Amendmentstotheplan", "Gypsum")):
        row(sheet, 76 + 12 * k, name, figures(k))
    sheet.across(126, 38, 462)
    (got,) = tables(sheet)
    assert got[0] == ["Item", *heads]
    assert got[3] == ["Amendmentstotheplan", *figures(2)]


def test_counts_above_a_heading_are_a_row():
    sheet = Sheet()
    row(sheet, 60, "Exports", ["(1)", "(2)", "(3)", "(4)"])
    row(sheet, 72, "", ["OLS", "IV", "OLS", "IV"])
    for y in (58, 85):
        sheet.across(y, 38, 462)
    for k in range(5):
        row(sheet, 88 + 12 * k, ("Size", "Border", "Distance", "Language", "Coast")[k], figures(k))
    sheet.across(150, 38, 462)
    assert tables(sheet)[0][:2] == [["Exports", "(1)", "(2)", "(3)", "(4)"], ["", "OLS", "IV", "OLS", "IV"]]
