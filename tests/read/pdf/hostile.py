"""Files made to do harm to a reader, each a few kilobytes."""

from __future__ import annotations

import zlib

from tests.read.pdf.handmade import Leaf, Pdf, pdf, say


def one_page(out: Pdf, content: int, resources: str = "") -> bytes:
    tree = len(out.objects) + 2
    leaf = out.add(f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 400 300] /Contents {content} 0 R /Resources << {resources} >> >>")
    out.add(f"<< /Type /Pages /Count 1 /Kids [{leaf} 0 R] >>")
    return out.bytes(out.add(f"<< /Type /Catalog /Pages {tree} 0 R >>"))


def looping_tree() -> bytes:
    """A page tree whose only child is itself."""
    out = Pdf()
    out.add("<< /Type /Pages /Count 1000000 /Kids [1 0 R] >>")
    return out.bytes(out.add("<< /Type /Catalog /Pages 1 0 R >>"))


def nested_forms(depth: int = 200) -> bytes:
    """Every form draws the one before twice: 2^200 drawings."""
    out = Pdf()
    last = out.stream(b"0 0 1 1 re f", "/Type /XObject /Subtype /Form /BBox [0 0 1 1]")
    for _ in range(depth):
        last = out.stream(b"/F Do /F Do", f"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /F {last} 0 R >> >>")
    return one_page(out, out.stream(b"/F Do"), f"/XObject << /F {last} 0 R >>")


def nested_at(number: int, pages: int) -> bytes:
    """A document of some pages, all harmless but one."""
    head = "/Type /XObject /Subtype /Form /BBox [0 0 1 1]"
    forms = [f"<< {head} /Length 12 >>\nstream\n0 0 1 1 re f\nendstream"]
    for k in range(1, 200):
        forms.append(f"<< {head} /Resources << /XObject << /F {k} 0 R >> >> /Length 11 >>\nstream\n/F Do /F Do\nendstream")
    bomb, harmless = Leaf("/F Do", resources=f"/XObject << /F {len(forms)} 0 R >>"), Leaf(say("一覧", 50, 50))
    return pdf(*(bomb if k == number else harmless for k in range(1, pages + 1)), first=tuple(forms))


def form_in_itself() -> bytes:
    out = Pdf()
    out.stream(b"/F Do", "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /F 1 0 R >> >>")
    return one_page(out, out.stream(b"/F Do"), "/XObject << /F 1 0 R >>")


def flate_bomb(megabytes: int = 500) -> bytes:
    """A content stream of half a gigabyte of spaces, packed twice: a few kilobytes."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(megabytes)) + packer.flush()
    twice = zlib.compress(once, 9)
    out = Pdf()
    content = out.add(f"<< /Length {len(twice)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n".encode() + twice + b"\nendstream")
    return one_page(out, content)


def predictor_bomb() -> bytes:
    """A predictor of a billion columns."""
    data = zlib.compress(b"\x02" + b"0" * 2000)
    out = Pdf()
    more = "/DecodeParms << /Predictor 12 /Columns 1000000000 /Colors 32 /BitsPerComponent 16 >>"
    content = out.add(f"<< /Length {len(data)} /Filter /FlateDecode {more} >>\nstream\n".encode() + data + b"\nendstream")
    return one_page(out, content)


def deep_dictionary(depth: int = 100_000) -> bytes:
    out = Pdf()
    out.add(b"<< /A " * depth + b">>" * depth)
    return one_page(out, out.stream(b"0 0 1 1 re f"), "/Properties << /P 1 0 R >>")


def deep_array_in_content(depth: int = 200_000) -> bytes:
    out = Pdf()
    return one_page(out, out.stream(b"[" * depth + b"]" * depth + b" TJ"))


def many_rectangles(count: int = 500_000) -> bytes:
    out = Pdf()
    return one_page(out, out.stream(b"".join(b"%d %d 3 3 re f\n" % (k % 390, k % 290) for k in range(count))))


def many_saves(count: int = 3_000_000) -> bytes:
    out = Pdf()
    return one_page(out, out.stream(b"q " * count))


def many_pages(count: int) -> bytes:
    return pdf(*[Leaf(say("頁", 50, 50))] * count)


BOMBS = {f.__name__: f for f in (looping_tree, nested_forms, form_in_itself, flate_bomb, predictor_bomb, deep_dictionary, deep_array_in_content, many_saves)}
