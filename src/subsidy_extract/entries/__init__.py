"""A document's tables → the programmes they list: columns named, sections, merged and ditto cells resolved, cards opened."""

from subsidy_extract.entries.build import entries, headings
from subsidy_extract.entries.fold import fold
from subsidy_extract.entries.meaning import area_code_in, meaning_of, unit_in
from subsidy_extract.entries.nouns import HeadingSeen, Meaning, Total, Understood

__all__ = ["HeadingSeen", "Meaning", "Total", "Understood", "area_code_in", "entries", "fold", "headings", "meaning_of", "unit_in"]
