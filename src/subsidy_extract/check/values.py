"""Checks of what was read in one programme: mails, phones, URLs, doubts, empty fields."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from subsidy_extract.check.doubts import doubt
from subsidy_extract.check.facts import Facts, issue, places_of, where
from subsidy_extract.model import Column, Email, Found, Issue, Outcome, Phone, Record, Url
from subsidy_extract.normalize.host import near_miss, same_office, suggest_domain
from subsidy_extract.normalize.url import plain_target

MOST = 0.6  # a field that this share of the programmes fills is missed in the others
FORMULA = ("=", "+", "-", "@")


def _found(record: Record, name: str) -> Iterator[tuple[str, Found[object]]]:
    yield from record.found.get(name, ())


def hosts(record: Record) -> tuple[str, ...]:
    """Hosts of the URLs of one programme, www. left away."""
    found = (f.value.url for _, f in _found(record, "urls") if isinstance(f.value, Url))
    return tuple(dict.fromkeys((urlsplit(u).hostname or "").removeprefix("www.") for u in found))


def domains(record: Record) -> tuple[str, ...]:
    """Domains of the valid mail addresses of one programme."""
    found = (f.value for _, f in _found(record, "emails") if isinstance(f.value, Email))
    return tuple(dict.fromkeys(m.address.rpartition("@")[2].lower() for m in found if m.valid))


def check_mails(facts: Facts) -> tuple[Outcome, ...]:
    """A broken address, with the repair that the host of the URL beside it makes evident."""
    issues: list[Issue] = []
    checked = 0
    for record in facts.records:
        for key, found in _found(record, "emails"):
            if not isinstance(mail := found.value, Email):
                continue
            checked += 1
            if mail.valid:
                continue
            local, _, domain = mail.address.rpartition("@")
            better = suggest_domain(domain, hosts(record))
            suggestion = f"{local}@{better}" if better and local else mail.suggestion
            issues.append(
                issue("invalid_email", record, field="emails", value=mail.address, suggestion=suggestion, places=where(record, key, found))
            )
    return (Outcome("invalid_email", checked, tuple(issues)),)


def check_phones(facts: Facts) -> tuple[Outcome, ...]:
    invalid: list[Issue] = []
    mobile: list[Issue] = []
    checked = 0
    for record in facts.records:
        for key, found in _found(record, "phones"):
            if not isinstance(phone := found.value, Phone):
                continue
            checked += 1
            at = where(record, key, found)
            if not phone.valid:
                invalid.append(issue("invalid_phone", record, field="phones", value=phone.number, places=at))
            elif phone.type == "mobile" and phone.kind == "tel":
                mobile.append(issue("mobile_number", record, field="phones", value=phone.number, places=at))
    return Outcome("invalid_phone", checked, tuple(invalid)), Outcome("mobile_number", checked, tuple(mobile))


def check_urls(facts: Facts) -> tuple[Outcome, ...]:
    """URLs that can't be one, and hosts that are almost the mail domain of the same office.

    pref.X.jp and pref.X.lg.jp are one office, and a campaign site of another name is nobody's error.
    """
    invalid: list[Issue] = []
    near: list[Issue] = []
    checked = 0
    for record in facts.records:
        known = domains(record)
        for key, found in _found(record, "urls"):
            if not isinstance(url := found.value, Url):
                continue
            checked += 1
            if not url.valid:
                invalid.append(issue("invalid_url", record, field="urls", value=url.url, suggestion=url.suggestion, places=where(record, key, found)))
                continue
            host = (urlsplit(url.url).hostname or "").removeprefix("www.")
            if any(same_office(host, d) for d in known):
                continue
            for domain in known:
                if near_miss(host, domain):
                    better = url.url.replace(host, domain, 1)
                    near.append(
                        issue("url_host_near_miss", record, field="urls", value=host, suggestion=better, detail=domain, places=where(record, key, found))
                    )
                    break
    return Outcome("invalid_url", checked, tuple(invalid)), Outcome("url_host_near_miss", checked, tuple(near))


def check_links(facts: Facts) -> tuple[Outcome, ...]:
    """A printed URL or mail address, and the link that the source draws behind it: two witnesses of one address."""
    issues: list[Issue] = []
    checked = 0
    for record in facts.records:
        for field in ("urls", "emails"):
            for key, found in _found(record, field):
                printed = found.value.url if isinstance(found.value, Url) else found.value.address if isinstance(found.value, Email) else ""
                behind = [x.url for x in record.entry.columns[key].links if x.start < found.end and found.start < x.end and x.url.startswith(("http:", "https:", "mailto:"))]
                if found.doubt == "link" or not behind:
                    continue
                checked += 1
                if all(plain_target(url) != plain_target(printed) for url in behind):
                    issues.append(issue("link_differs", record, field=field, value=printed, suggestion=behind[0].removeprefix("mailto:"), places=where(record, key, found)))
    return (Outcome("link_differs", checked, tuple(issues)),)


def _missing(facts: Facts, rule: str, field: str, names: tuple[str, ...], columns: set[str]) -> Outcome:
    """The programmes without a value, where most have one; a table without such a column owes none."""
    owing = {seen.table for seen in facts.understood.headings if columns & set(seen.keys)}
    records = [r for r in facts.records if r.entry.table in owing]
    bare = [r for r in records if not any(r.found.get(n) for n in names)]
    total = len(records)
    share = (total - len(bare)) / total if total else 0.0
    issues: list[Issue] = []
    if MOST <= share < 1:
        for record in bare:
            at = next((record.entry.columns[k] for k in ("name",) if k in record.entry.columns), None)
            issues.append(issue(rule, record, field=field, detail=f"{total - len(bare)} / {total}", places=places_of(at)[:1] if at else ()))
    return Outcome(rule, total, tuple(issues))


def check_missing(facts: Facts) -> tuple[Outcome, ...]:
    return (
        _missing(facts, "missing_url", "urls", ("urls",), {"contact", "site"}),
        _missing(facts, "missing_contact", "phones", ("phones", "emails"), {"contact"}),
    )


def check_groups(facts: Facts) -> tuple[Outcome, ...]:
    """Programmes without 区分 or 市町村 in a table where others have one: where no rule says how far a label speaks, it may
    speak for them."""
    issues: list[Issue] = []
    tables: dict[int, list[Record]] = {}
    for record in facts.records:
        tables.setdefault(record.entry.table, []).append(record)
    for records in tables.values():
        for key in ("municipality", "category"):
            bare = [r for r in records if key not in r.entry.columns]
            if not 0 < len(bare) < len(records):
                continue
            heading = next(c.heading for r in records if key in r.entry.columns for c in r.entry.columns[key].cells)
            for record in bare:
                at = record.entry.columns.get("name")
                issues.append(issue("missing_group", record, field=key, value=heading, detail=f"{len(records) - len(bare)} / {len(records)}", places=places_of(at)[:1] if at else ()))
    return (Outcome("missing_group", len(facts.records), tuple(issues)),)


# harmless completions that the origin itself tells, and what has a check of its own
SILENT = frozenset({"link", "corrected", "completed_area_code", "completed_number", "tel_and_fax", "rolled_year", "relative_year", "no_scheme"})
# the list itself is vague there: nothing to mend
VAGUE = frozenset({"vague_date", "approximate_date", "recurring_date", "until_quota"})


def check_doubts(facts: Facts) -> tuple[Outcome, ...]:
    """Every value that a normaliser read with a doubt."""
    issues: dict[str, list[Issue]] = {"doubtful_value": [], "vague_value": []}
    checked = 0
    for record in facts.records:
        for name, pairs in record.found.items():
            for key, found in pairs:
                checked += 1
                bad = isinstance(found.value, (Email, Phone, Url)) and not found.value.valid
                if found.doubt and found.doubt not in SILENT and not bad:
                    rule = "vague_value" if found.doubt in VAGUE else "doubtful_value"
                    issues[rule].append(issue(rule, record, field=name, value=found.text, detail=doubt(found.doubt, "en"), detail_ja=doubt(found.doubt, "ja"), places=where(record, key, found)))
        for key, seen in record.doubts:
            checked += 1
            issues["doubtful_value"].append(
                issue("doubtful_value", record, field=key, value=seen.text, detail=doubt(seen.value, "en"), detail_ja=doubt(seen.value, "ja"), places=where(record, key, seen))
            )
    return tuple(Outcome(rule, checked, tuple(some)) for rule, some in issues.items())


OWN = (
    ("amount_text", "amounts", "unread_amount", ("amounts", "rates", "terms")),
    ("rate_text", "rates", "unread_value", ("amounts", "rates", "terms")),
    ("period_text", "periods", "unread_value", ("periods",)),
)
"""The columns of values: their field, the rule for a cell in which nothing was read, what may be read there."""


def check_own_cells(facts: Facts) -> tuple[Outcome, ...]:
    """Cells with figures, in a column of amounts, rates or periods, in which nothing was read."""
    issues: dict[str, list[Issue]] = {"unread_amount": [], "unread_value": []}
    checked = dict.fromkeys(issues, 0)
    for record in facts.records:
        columns = record.entry.columns
        for key, field, rule, names in OWN:
            if (column := columns.get(key)) is None:
                continue
            checked[rule] += 1
            if not any(c.isdigit() for c in column.text):
                continue
            same = {k for k, c in columns.items() if c.text == column.text}  # 補助率・上限額 is one column with two keys
            if not any(k in same for k, _ in record.doubts) and not any(k in same for name in names for k, _ in _found(record, name)):
                issues[rule].append(issue(rule, record, field=field, value=column.text, places=places_of(column)))
    return tuple(Outcome(rule, checked[rule], tuple(found)) for rule, found in issues.items())


def check_formulas(facts: Facts) -> tuple[Outcome, ...]:
    """Cells that a spreadsheet would take for a formula; a lone dash or a signed number is none."""
    issues: list[Issue] = []
    checked = 0
    for record in facts.records:
        for key, column in record.entry.columns.items():
            checked += 1
            text = column.text
            if text.startswith(FORMULA) and len(text) > 1 and not text[1:].replace(",", "").replace(".", "").strip(" -").isdigit():
                issues.append(issue("formula_like", record, field=key, value=text[:40], places=places_of(column)))
    return (Outcome("formula_like", checked, tuple(issues)),)


PLACES = 20  # of one column


def check_nameless_columns(facts: Facts) -> tuple[Outcome, ...]:
    """Columns with texts and no heading: what they mean nobody is told, and a column may have been cut in two."""
    found: dict[int, list[Column]] = {}
    for record in facts.records:
        for heading, column in record.entry.extra:
            if not heading.strip() and column.text.strip():
                found.setdefault(record.entry.table, []).append(column)
    issues = tuple(
        issue("nameless_column", field="extra", value=columns[0].text[:40], detail=str(len(columns)), places=tuple(p for c in columns[:PLACES] for p in places_of(c)[:1]))
        for columns in found.values()
    )
    return (Outcome("nameless_column", len(facts.records), issues),)
