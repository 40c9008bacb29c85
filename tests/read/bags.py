"""What the tests of every reader hold a Document to."""

from __future__ import annotations

from collections import Counter

from subsidy_extract.model import Document, Table


def bag(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def conserved(document: Document) -> bool:
    """Cells and what was left out are, character for character, what the second count saw; pieces are their cells."""
    seen: Counter[str] = Counter()
    for w in document.witness:
        seen += bag(w.text)
    owned: Counter[str] = Counter()
    for t in document.tables:
        for r in t.rows:
            assert len(r.cells) == t.width
            for c in r.cells:
                if c is not None:
                    assert bag("".join(p.text for p in c.pieces)) == bag(c.text)
                    assert c.text == c.text.strip()
                    assert all(0 <= k.start < k.end <= len(c.text) for k in c.links)
                    owned += bag(c.text)
    for out in document.left_out:
        owned += bag(out.text)
    assert seen == owned, (seen - owned, owned - seen)
    return True


def texts(table: Table) -> list[list[str | None]]:
    return [[None if c is None else c.text for c in r.cells] for r in table.rows]


def codes(document: Document) -> list[str]:
    return [d.code for d in document.doubts]
