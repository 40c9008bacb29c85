"""Text of cells → text that is safe to look at: what can't be seen is shown, and only a real address becomes a link."""

from __future__ import annotations

# shown as what they are, never obeyed: controls, zero-width characters, bidi controls, fillers, tags. Variation
# selectors of ideographs (U+E0100 on) stay: they say which form of a name's character is meant.
RANGES = (
    (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160),
    (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0xFFFE, 0xFFFF), (0xE0000, 0xE00FF),
)  # fmt: skip
UNSEEN = {c: f"⟨U+{c:04X}⟩" for first, last in RANGES for c in range(first, last + 1)}
LINKS = ("http://", "https://", "mailto:", "tel:")


def visible(text: object) -> str:
    """Text with what can't be seen made visible: «A⟨U+202E⟩B»."""
    return str(text if text is not None else "").translate(UNSEEN)


def for_script() -> str:
    """RANGES as a character class of a regular expression of JavaScript with the flag u."""
    return "".join(f"\\u{{{first:X}}}-\\u{{{last:X}}}" for first, last in RANGES)


def safe_href(url: str) -> str | None:
    """The URL if it is one of http, https, mailto, tel; nothing else is ever a link."""
    plain = url.strip()
    return plain if plain.lower().startswith(LINKS) and not any(ord(c) < 33 or ord(c) in UNSEEN for c in plain) else None
