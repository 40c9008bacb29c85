"""URLs: the text of a cell goes in; every web address comes out, whole and without what was glued to it."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import unquote

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Context, Found, Url
from subsidy_extract.normalize.host import public
from subsidy_extract.normalize.patterns import each, first
from subsidy_extract.normalize.width import fold

_HOST = r"(?:[A-Za-z0-9\p{Hiragana}\p{Katakana}\p{Han}ー][A-Za-z0-9\p{Hiragana}\p{Katakana}\p{Han}ー-]*\.)+[A-Za-z\p{Han}\p{Katakana}]+"
_SIGNS = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%|^{}\\]"
_SCHEME = r"(?:h?t{1,3}ps?|Https?|HTTPS?)\s?[:;]?\s?(?:/\s?/|//|/(?=w{3}\.))\s?"
_URL = compiled(
    rf"(?:(?<![A-Za-z0-9])|(?=https?://))(?P<scheme>{_SCHEME})(?P<rest>(?:(?!h?ttps?://){_SIGNS}|(?<=[=/])h?ttps?://|[\p{{Hiragana}}\p{{Katakana}}\p{{Han}}ー](?=[\p{{Hiragana}}\p{{Katakana}}\p{{Han}}ー-]{{0,30}}\.[a-z])){{1,2000}}+)"
    r"|(?<![A-Za-z0-9@./_-])(?P<bare>www\d?\.(?:(?!h?ttps?://)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%])+)"
)
_BARE_HOST = compiled(r"(?<![A-Za-z0-9@./_-])(?P<bare>(?:[A-Za-z0-9][A-Za-z0-9-]*\.){1,6}[A-Za-z]{2,6}(?![A-Za-z0-9@-])(?:/[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*)?)")
_SITE_LABEL = compiled(r"(?:URL|HP|ＨＰ|ホームページ|ウェブサイト|Webサイト|サイト)\s?[:]?\s?$", regex.IGNORECASE)
_SITE_WORD = compiled(r"URL|HP|ホームページ|サイト", regex.IGNORECASE)
_HOST_FIRST = compiled(_HOST)
_JAPANESE = compiled(r"[\p{Hiragana}\p{Katakana}\p{Han}ー]")
_PARTS = compiled(r"https?://(?:[^/@\s]*@)?(?P<host>[^/:?#\s]+)(?::[0-9]{1,5})?(?:[/?#]|$)", regex.IGNORECASE)
_WIDE = frozenset("（）／，；：！？＆＝＃［］｛｝｜＜＞＂＇＊＋％＠～〜．")
_CLOSING = {")": "(", "]": "[", "}": "{"}


@lru_cache(maxsize=2048)
def urls(text: str, ctx: Context) -> tuple[Found[Url], ...]:
    """Every URL of a text, in order. One that begins in half width ends at a full-width sign or a Japanese letter (those in
    the host aside); commas and balanced brackets belong to it, a full stop or an open bracket at its end does not. Never raises.

    An address without scheme (www.…; in a site column any host) is kept as published, valid False, with the whole one suggested.
    Doubts: no_scheme, broken_url, space_in_url.
    """
    plain = fold(text)
    site = ctx.column == "site" or (ctx.heading is not None and _SITE_WORD.search(fold(ctx.heading)) is not None)
    lower = plain.lower() if len(plain) < 4000 else plain
    slashes, www = "//" in plain or "/ /" in plain or "tp:/" in lower or "tps:/" in lower, "www" in lower
    if not slashes and not www and not (site and "." in plain) and not (".jp" in lower and _any_label(plain)):
        return ()
    found: list[Found[Url]] = []
    stop = 0
    if slashes or www:
        while (m := first(_URL, plain, stop)) is not None:
            one = _one(text, plain, m)
            stop = m.end()
            if one is not None:
                found.append(one)
                stop = max(one.end, m.start() + 1)
    if "." in plain:
        for m in each(_BARE_HOST, plain):
            if any(f.start < m.end() and m.start() < f.end for f in found):
                continue
            if not (site or _SITE_LABEL.search(plain[max(0, m.start() - 12) : m.start()])):
                continue
            one = _bare(text, m.start("bare"), _ended(text, plain, m.start("bare"), m.end("bare")), plain)
            if one is not None:
                found.append(one)
    return tuple(sorted(found, key=lambda f: f.start))


def _any_label(plain: str) -> bool:
    return _SITE_WORD.search(plain) is not None


def _ended(text: str, plain: str, start: int, end: int) -> int:
    """Where a URL that begins at start and was read up to end really ends."""
    wide = ord(text[start]) > 0x7F
    if not wide:
        for at in range(start, end):
            if text[at] in _WIDE and not (text[at] in "～〜" and text[at - 1] == "/"):
                end = at
                break
    while end > start:
        sign = plain[end - 1]
        if sign in _CLOSING:
            body = plain[start:end]
            if body.count(sign) <= body.count(_CLOSING[sign]):
                break
        elif sign not in ".,;:!?'\"|*\\^([{":
            break
        end -= 1
    return end


def _one(text: str, plain: str, m: regex.Match[str]) -> Found[Url] | None:
    if m["bare"]:
        return _bare(text, m.start(), _ended(text, plain, m.start(), m.end()), plain)
    start = m.start("scheme")
    rest = m.start("rest")
    end = _ended(text, plain, rest, m.end("rest")) if ord(text[start]) < 0x80 else _ended_wide(plain, start, m.end("rest"))
    end = min(end, _host_end(plain, rest, end))
    if end <= rest:
        return None
    scheme, body = m["scheme"], plain[rest:end]
    tight = "".join(scheme.split())
    whole = ("https://" if "s" in scheme.lower().split(":")[0].split("/")[0] else "http://") + body
    if tight.lower() in ("http://", "https://"):
        valid = _valid(tight.lower() + body)
        url = tight + body
        spaced = tight != scheme
        doubt = "space_in_url" if spaced else None if valid else "broken_url"
        return Found(Url(url, valid, None), text[start:end], start, end, doubt)
    if not _valid(whole):
        return None
    return Found(Url(tight + body, False, whole), text[start:end], start, end, "broken_url")


def _ended_wide(plain: str, start: int, end: int) -> int:
    """A URL written in full width throughout ends only where its signs end."""
    while end > start and plain[end - 1] in ".,;:!?'\"|)]}":
        body = plain[start:end]
        sign = plain[end - 1]
        if sign in _CLOSING and body.count(sign) <= body.count(_CLOSING[sign]):
            break
        end -= 1
    return end


def _host_end(plain: str, start: int, end: int) -> int:
    """Japanese letters belong to the host only (日本語.jp); in the path they are the text that follows."""
    m = _HOST_FIRST.match(plain[start:end])
    host_end = start + (m.end() if m else 0)
    tail = _JAPANESE.search(plain[host_end:end])
    return host_end + tail.start() if tail else end


def _bare(text: str, start: int, end: int, plain: str) -> Found[Url] | None:
    body = plain[start:end]
    if not _valid("https://" + body):
        return None
    return Found(Url(body, False, "https://" + body), text[start:end], start, end, "no_scheme")


@lru_cache(maxsize=4096)
def _valid(url: str) -> bool:
    m = _PARTS.match(url)
    return m is not None and public(m["host"].lower())


def plain_target(address: str) -> str:
    """What a link leads to, for comparing: without its scheme, what a mail program is told (?subject=), and a slash at its
    end; escapes read, the host in small letters."""
    kind, colon, rest = address.partition(":")
    if colon and kind.lower() in ("http", "https", "mailto"):
        address = rest.removeprefix("//")
        if kind.lower() == "mailto":
            address = address.partition("?")[0]
    host, slash, path = unquote(address).strip().partition("/")
    return (host.lower() + slash + path).rstrip("/")
