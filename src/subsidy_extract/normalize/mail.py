"""Mails: the text of a contact goes in; every mail address comes out, deliverable or kept as published, with the repair that is evident."""

from __future__ import annotations

from functools import lru_cache

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Context, Email, Found
from subsidy_extract.normalize.host import evident_repair, public, split_host
from subsidy_extract.normalize.patterns import each
from subsidy_extract.normalize.width import fold

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]"
_WORD_SIGN = r"\[\s?(?:at|AT|At|a|A|アット|アットマーク|あっと|@)\s?\]|\(\s?(?:at|AT|At|アット|アットマーク|あっと|@)\s?\)|[{<【〔《＜]\s?(?:at|AT|At|アット|アットマーク|あっと|@)\s?[}>】〕》＞]|_at_|_AT_|-at-|アットマーク"
_LETTER_SIGN = r"\(\s?[aA]\s?\)"
_SURE = "★☆■□●○◆◇▲△▼▽◎※♯†‡♦♥♠♣♪♡〓＊"
_MARKS = "★☆■□●○◆◇▲△▼▽◎※♯#*†‡♦♥♠♣♪♡〓＊&%$!^~_"
_DOMAIN = r"[A-Za-z0-9](?:[A-Za-z0-9-]|[.,](?=[.,]{0,2}[A-Za-z0-9]))*"

_PLAIN = compiled(rf"(?P<local>{_ATOM}{{1,64}}+)(?P<gap>\s?)(?P<sign>@)\s?(?P<domain>{_DOMAIN})")
_SPELLED = compiled(rf"(?P<local>[A-Za-z0-9._+-]{{1,64}}+)\s?(?P<sign>{_WORD_SIGN}|{_LETTER_SIGN})\s?(?P<domain>{_DOMAIN})")
_MARKED = compiled(rf"(?P<local>[A-Za-z0-9._+-]{{1,64}}+)\s?(?P<sign>[{regex.escape(_MARKS)}])\s?(?P<domain>{_DOMAIN})")
_NOTE = compiled(
    r"(?P<sign>※|[(\[{<【〔]\s?(?:at|AT|At|[aA]|アット(?:マーク)?|あっと|@)\s?[)\]}>】〕]|[_-](?:at|AT)[_-]|[^\w\s.,、。「」『』\"'()\[\]【】〔〕{}<>@]{1,2})"
    r"\s?[」』\"')】\]]?\s?(?:の?(?:記号|部分|文字|マーク|箇所))?(?:の部分)?\s?(?:を|は|→|⇒|=)\s?[「『\"'(]?\s?(?:半角の?)?\s?(?:@|アットマーク|あっとまーく)"
)
_INSTEAD = compiled(r"[をは→⇒=]\s?[「『\"'(]?\s?(?:半角の?)?\s?(?:@|アットマーク|あっとまーく)")
_ANY_SPELLED = compiled(rf"{_WORD_SIGN}|{_LETTER_SIGN}")
_ANY_MARK = compiled(rf"[A-Za-z0-9]\s?[{regex.escape(_SURE)}]\s?[A-Za-z0-9]")
_SPELLED_SIGNS, _SURE_SIGNS = frozenset("[({<【〔《＜_ア"), frozenset(_SURE)
"""One of them stands where the pattern can match: asking for them first is the quicker way."""
_LABEL = compiled(r"^(?:E-?mail|e-mail|E-?Mail|E-?MAIL|e-?Mail|Mail(?=[a-z0-9])|MAIL(?=[a-z0-9]))(?=[A-Za-z0-9])(?![a-z]{0,2}[.]?$)")
_GLUED_END = compiled(r"(?<=\.(?:jp|com|net|org|info|biz))(?:TEL|Tel|FAX|Fax|URL|HP|https?|E-?[Mm]ail|www).*$")
_WEB = compiled(r"https?://[!-~]+")
_CLAUSE = compiled(r"[。\n]|※(?![」』\"'\s]?[」』\"')]?\s?(?:を|は|の))")
_IS_LETTER = compiled(_LETTER_SIGN + r"|\[\s?[aA]\s?\]|-at-")
_KNOWN_END = compiled(r"(?:jp|com|net|org)$")
_EVERYDAY = compiled(r"[A-Za-z0-9_]+(?:[.+-][A-Za-z0-9_]+)*+@(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*+\.)++(?:jp|com|net|org)")
_DOTS = compiled(r"\.{2,}")
_NEXT_CHUNK = compiled(r"(?P<dot>\.)?\s(?P<rest>\.?[a-z0-9][a-z0-9.-]{1,60})(?![A-Za-z0-9@])")


@lru_cache(maxsize=2048)
def emails(text: str, ctx: Context) -> tuple[Found[Email], ...]:
    """Every mail address of a text, in order, case kept. A sign that stands for @ counts when the text or ctx.notes explains
    it; unexplained only where nothing else can be meant ([at], (at); ★ between a name and a public domain). Never raises.

    A broken address is kept as published with valid False; `suggestion` is the repair that the address itself shows.
    Doubts: broken_address, space_in_address, unexplained_at_sign.
    """
    plain = fold(text)
    if "." not in plain and "@" not in plain:
        return ()
    signs = _explained(plain, ctx.notes)
    found: list[Found[Email]] = []
    taken: list[tuple[int, int]] = []
    hidden = _urls_hidden(plain)
    if "@" in plain:
        for m in each(_PLAIN, hidden):
            _add(found, taken, text, plain, m, None)
    if (not _SPELLED_SIGNS.isdisjoint(plain) or "-at-" in plain) and _ANY_SPELLED.search(plain):
        for m in each(_SPELLED, hidden):
            if not _is_note(plain, m):
                letter = _IS_LETTER.fullmatch(m["sign"]) is not None
                _add(found, taken, text, plain, m, "".join(m["sign"].split()) in signs or not letter)
    if signs or (not _SURE_SIGNS.isdisjoint(plain) and _ANY_MARK.search(plain)):
        for m in each(_MARKED, hidden):
            explained = m["sign"] in signs
            if not explained and (m["sign"] not in _SURE or not _looks_sure(m)):
                continue
            _add(found, taken, text, plain, m, explained)
        for sign in signs:
            if len(sign) > 1 or sign not in _MARKS:
                pattern = regex.compile(rf"(?<![A-Za-z0-9._+-])(?P<local>[A-Za-z0-9._+-]{{1,64}}?)\s?(?P<sign>{regex.escape(sign)})\s?(?P<domain>{_DOMAIN})")
                for m in each(pattern, hidden):
                    _add(found, taken, text, plain, m, True)
    return tuple(sorted(found, key=lambda f: f.start))


def _urls_hidden(plain: str) -> str:
    if "://" not in plain:
        return plain
    return str(_WEB.sub(lambda m: " " * len(m.group()), plain))


def _explained(plain: str, notes: str) -> frozenset[str]:
    """The signs that a note says to replace by @: ★, (at), …"""
    signs = _signs_of(plain) if _INSTEAD.search(plain) else frozenset()
    return signs | _signs_of(fold(notes)) if notes else signs


@lru_cache(maxsize=256)
def _signs_of(place: str) -> frozenset[str]:
    signs: set[str] = set()
    for clause in _CLAUSE.split(place):
        if _INSTEAD.search(clause):
            signs.update("".join(m["sign"].split()) for m in each(_NOTE, clause[:400]))
    return frozenset(signs)


def _is_note(plain: str, m: regex.Match[str]) -> bool:
    return plain[m.end() : m.end() + 2].lstrip()[:1] == "を" and "." not in m["domain"]


def _looks_sure(m: regex.Match[str]) -> bool:
    return len(m["local"]) >= 2 and public(m["domain"].lower()) and split_host(m["domain"].lower()).suffix.endswith(("jp", "com", "net", "org", "info"))


def _add(found: list[Found[Email]], taken: list[tuple[int, int]], text: str, plain: str, m: regex.Match[str], explained: bool | None) -> None:
    start, end = m.start("local"), m.end("domain")
    if any(s < end and start < e for s, e in taken[-8:]):
        return
    local, domain = m["local"], m["domain"]
    label = _LABEL.match(local)
    cut = label.end() if label and label.end() < len(local) else 0
    while cut < len(local) and local[cut] in "-./'*~=|{}!#$%&?^`+":
        cut += 1
    local, start = local[cut:], start + cut
    if not local:
        return
    glued = _GLUED_END.search(domain)
    if glued:
        end -= len(domain) - glued.start()
        domain = domain[: glued.start()]
    trimmed = domain.rstrip(".,-")
    end -= len(domain) - len(trimmed)
    domain = trimmed
    gap = m["sign"] == "@" and end - start > len(local) + 1 + len(domain)
    if gap and not public(domain.lower()):
        return  # abc @ something: two words, no address
    doubt = "space_in_address" if gap else None
    if explained is not None and "." not in domain:
        return
    if not public(domain.lower()):
        more = _NEXT_CHUNK.match(plain, end)
        whole = domain + (more["dot"] or "") + more["rest"].rstrip(".-") if more else ""
        if more and public(whole.lower()) and (more["dot"] or more["rest"].startswith(".")):
            domain, end, doubt = whole, more.start("rest") + len(more["rest"].rstrip(".-")), "space_in_address"
    if "." not in domain and explained is None and not _KNOWN_END.search(domain):
        return  # @名 of a social network, not a mail
    value = _judged(local, domain)
    if doubt is None and not value.valid:
        doubt = "broken_address"
    if doubt is None and explained is False:
        doubt = "unexplained_at_sign"
    taken.append((start, end))
    found.append(Found(value, text[start:end], start, end, doubt))


@lru_cache(maxsize=4096)
def _judged(local: str, domain: str) -> Email:
    """Syntax by email-validator, the domain by the public suffixes; both offline."""
    address = f"{local}@{domain}"
    repair = evident_repair(domain)
    mended_local = _DOTS.sub(".", local).strip(".")
    suggestion = f"{mended_local}@{repair or domain}" if repair or mended_local != local else None
    valid = _well_formed(address) and public(domain.lower()) and repair is None
    return Email(address, valid, None if valid else suggestion)


def _well_formed(address: str) -> bool:
    """What email-validator says of the syntax. Of an everyday address it is known without: to load the library takes 0.05 s."""
    if len(address) <= 64 and _EVERYDAY.fullmatch(address):
        return True
    import email_validator

    try:
        email_validator.validate_email(address, check_deliverability=False, test_environment=True)
    except email_validator.EmailNotValidError:
        return False
    return True
