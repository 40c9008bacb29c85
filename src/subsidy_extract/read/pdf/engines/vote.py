"""Pages as the fastest engine reads them + a witness + a judge → pages on which two of three agree, or a doubt.

Every page's characters (white space aside, after the character map) are held against the witness. Where they differ the
judge reads the page: the reader's page stands if the judge saw the same, the judge's page is taken if the witness saw
the same, and what is left is said (`disputed_page`). `Page.witness` is always another engine than the one whose glyphs
the page holds, so that what is counted later is no echo.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from subsidy_extract.errors import ExtractError
from subsidy_extract.model import Doubt, LeftOut, Place
from subsidy_extract.read.pdf.engines.charmap import bag, bag_text
from subsidy_extract.read.pdf.nouns import Page

UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Difference:
    """missing: what the other saw and the page holds neither as glyphs nor as left out. extra: glyphs of the page that
    the other did not see."""

    missing: Counter[str]
    extra: Counter[str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra)

    def __str__(self) -> str:
        return f"-{_some(self.missing)} +{_some(self.extra)}"


def difference(page: Page, other: str) -> Difference:
    """How what another engine saw differs from a page. What nobody sees may be seen by the other or not. A replacement
    character is a character that was seen and could not be named: it stands for any one."""
    glyphs = bag(bag_text(page.glyphs.text))
    aside = bag(bag_text(out.text for out in page.left_out))
    theirs = bag(other)
    missing, extra = theirs - glyphs - aside, glyphs - theirs
    for one, two in ((missing, extra), (extra, missing)):
        nameless = min(one[UNKNOWN], sum(two.values()) - two[UNKNOWN])
        if nameless > 0 and nameless == sum(two.values()) - two[UNKNOWN]:
            one[UNKNOWN] -= nameless
            kept = two[UNKNOWN]
            two.clear()
            two[UNKNOWN] = kept
    return Difference(+missing, +extra)


def agree(page: Page, other: str) -> bool:
    """Whether the other saw the same characters, glyphs and left out alike (the usual page, told in a tenth of the time)."""
    ours = bag_text([*page.glyphs.text.tolist(), *(out.text for out in page.left_out)])
    return len(ours) == len(other) and bool(np.array_equal(_sorted(ours), _sorted(other)))


def _sorted(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.sort(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32))


def settled(pages: Iterable[Page], witness: Callable[[int], str | None], judge: Callable[[int], Page]) -> Iterator[Page]:
    """Each page after the vote. witness: page number → what it saw (None: it can't read the page); judge: page number →
    its page, or ExtractError."""
    for page in pages:
        yield vote(page, witness(page.number), judge)


def vote(page: Page, witness: str | None, judge: Callable[[int], Page]) -> Page:
    """One page: the reader's or the judge's, with a witness that is another engine, and a doubt where no two agree."""
    if witness is not None and agree(page, witness):
        return replace(page, witness=witness)
    differs = difference(page, witness) if witness is not None else None
    if differs is not None and not differs:
        return testified(page, witness or "")
    try:
        third = judge(page.number)
    except ExtractError as error:
        why = f"the second engine sees {differs}" if differs else "the second engine can't read the page"
        return _disputed(page, witness, f"{why}; the third can't read the page ({error.message})")
    seen = bag_text([*third.glyphs.text, *(out.text for out in third.left_out)])
    against = difference(page, seen)
    if not against and not (differs is not None and _unnamed(page, third) & differs.extra):
        return testified(page, seen)
    if differs is not None and _nameless(differs) and _nameless(against):  # what draws something and is mapped to white space
        return testified(page, witness or "")
    if witness is None:
        return _disputed(page, seen, f"the second engine can't read the page, the third sees {against}")
    if not difference(third, witness):
        third = without_hidden(third, page)
        return testified(replace(third, links=page.links or third.links, doubts=(*third.doubts, *_kept(page))), witness)
    return _disputed(page, witness, f"the second engine sees {differs}, the third {against}")


def _nameless(differs: Difference) -> bool:
    """Whether the page has characters without a name, of which its fonts are said not to tell, and no other difference."""
    return not differs.missing and set(differs.extra) == {UNKNOWN}


def _unnamed(page: Page, third: Page) -> Counter[str]:
    """Characters of the page for which the judge has no name: it confirms none of them."""
    return bag(bag_text(page.glyphs.text)) - bag(bag_text(third.glyphs.text)) if UNKNOWN in third.glyphs.text else Counter()


def testified(page: Page, witness: str) -> Page:
    """The page with its witness. What nobody sees, and the witness did not see either (it drops text drawn twice, hidden
    text, text outside), is added to it: the witness of a page counts glyphs and left out alike."""
    whole = bag(bag_text([*page.glyphs.text, *(out.text for out in page.left_out)]))
    unseen = whole - bag(witness)
    aside = bag(bag_text(out.text for out in page.left_out))
    return replace(page, witness=witness + "".join((unseen & aside).elements()))


def without_hidden(third: Page, page: Page) -> Page:
    """The judge's page less what the reader knows nobody sees (the judge is told of no clip and no render mode): its
    glyphs inside a box that the reader left out, of the same characters, where the reader shows none."""
    theirs, ours = third.glyphs, page.glyphs
    gone = np.zeros(len(theirs), np.bool_)
    aside: list[LeftOut] = []
    x, y = (theirs.x0 + theirs.x1) / 2, (theirs.top + theirs.bottom) / 2
    for out in page.left_out:
        if out.place.bbox is None or out.reason not in ("invisible", "clipped_duplicate"):
            continue
        x0, top, x1, bottom = out.place.bbox
        here = np.flatnonzero(~gone & (x >= x0 - 1) & (x <= x1 + 1) & (y >= top - 1) & (y <= bottom + 1))
        found = [
            i for i in here.tolist()
            if theirs.text[i] in out.text
            and not ((ours.text == theirs.text[i]) & (np.abs(ours.x0 - theirs.x0[i]) < 1) & (np.abs(ours.bottom - theirs.bottom[i]) < 1)).any()
        ]  # fmt: skip
        if found:
            gone[found] = True
            aside.append(replace(out, text="".join(theirs.text[found].tolist())))
    return replace(third, glyphs=theirs.take(~gone), left_out=(*third.left_out, *aside)) if aside else third


def _kept(page: Page) -> tuple[Doubt, ...]:
    """What the reader noticed holds for the page whoever reads it, except what it could not decode."""
    return tuple(d for d in page.doubts if d.code != "unknown_font")


def _disputed(page: Page, witness: str | None, detail: str) -> Page:
    doubt = Doubt("disputed_page", detail, (Place(page=page.number, bbox=(0.0, 0.0, page.width, page.height)),))
    page = replace(page, doubts=(*page.doubts, doubt))
    return testified(page, witness) if witness is not None else page


def _some(characters: Counter[str]) -> str:
    said = "".join(c * n for c, n in characters.most_common(12))[:24]
    total = sum(characters.values())
    return f"{total} ({said}{'…' if total > len(said) else ''})" if total else "0"
