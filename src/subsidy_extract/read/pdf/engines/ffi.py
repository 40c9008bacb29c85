"""The few dozen functions of PDFium that the reader calls, declared so that a million calls take half a second.

`PyDLL` keeps the interpreter's lock (PDFium must never run in two threads), pointers travel as plain integers, and
`each` calls a function once per number inside one C loop, answers landing in a numpy array.
Measured on 305,000 glyphs: 0.15 s for a box each, where the usual one call per glyph with `byref` takes 0.8 s or more.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable
from ctypes import c_char_p, c_float, c_int, c_uint, c_ulong, c_void_p
from importlib import import_module
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path
from typing import Any


def _path() -> str:
    """Where pypdfium2 keeps PDFium. Its own bindings declare 400 functions (20 ms); they are asked only where the
    library is not beside them (a system's PDFium)."""
    package = find_spec("pypdfium2_raw")
    for folder in (package.submodule_search_locations or ()) if package else ():
        for name in ("libpdfium.so", "libpdfium.dylib", "pdfium.dll"):
            if (Path(folder) / name).is_file():
                return str(Path(folder) / name)
    return str(import_module("pypdfium2_raw.bindings")._libs["pdfium"]._name)


_LIBRARY = ctypes.PyDLL(_path())


def _declare(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    function: Any = getattr(_LIBRARY, name)
    function.restype = result
    function.argtypes = arguments
    return function  # type: ignore[no-any-return]


_P = c_void_p
init_library = _declare("FPDF_InitLibrary", None)
load_document = _declare("FPDF_LoadDocument", _P, c_char_p, c_char_p)
last_error = _declare("FPDF_GetLastError", c_ulong)
close_document = _declare("FPDF_CloseDocument", None, _P)
cross_reference_valid = _declare("FPDF_DocumentHasValidCrossReferenceTable", c_int, _P)
page_count = _declare("FPDF_GetPageCount", c_int, _P)
load_page = _declare("FPDF_LoadPage", _P, _P, c_int)
close_page = _declare("FPDF_ClosePage", None, _P)
page_width = _declare("FPDF_GetPageWidthF", c_float, _P)
page_height = _declare("FPDF_GetPageHeightF", c_float, _P)
page_box = _declare("FPDF_GetPageBoundingBox", c_int, _P, _P)
page_rotation = _declare("FPDFPage_GetRotation", c_int, _P)

text_load = _declare("FPDFText_LoadPage", _P, _P)
text_close = _declare("FPDFText_ClosePage", None, _P)
text_count = _declare("FPDFText_CountChars", c_int, _P)
text_get = _declare("FPDFText_GetText", c_int, _P, c_int, c_int, _P)
char_unicode = _declare("FPDFText_GetUnicode", c_uint, _P, c_int)
char_object = _declare("FPDFText_GetTextObject", ctypes.c_size_t, _P, c_int)  # 0, not None: it goes into an array
char_loose_box = _declare("FPDFText_GetLooseCharBox", c_int, _P, c_int, _P)
char_box = _declare("FPDFText_GetCharBox", c_int, _P, c_int, _P, _P, _P, _P)
is_hyphen = _declare("FPDFText_IsHyphen", c_int, _P, c_int)
char_unmapped = _declare("FPDFText_HasUnicodeMapError", c_int, _P, c_int)

count_objects = _declare("FPDFPage_CountObjects", c_int, _P)
get_object = _declare("FPDFPage_GetObject", _P, _P, c_int)
form_count = _declare("FPDFFormObj_CountObjects", c_int, _P)
form_object = _declare("FPDFFormObj_GetObject", _P, _P, c_ulong)
object_type = _declare("FPDFPageObj_GetType", c_int, _P)
object_bounds = _declare("FPDFPageObj_GetBounds", c_int, _P, _P, _P, _P, _P)
object_matrix = _declare("FPDFPageObj_GetMatrix", c_int, _P, _P)
object_fill = _declare("FPDFPageObj_GetFillColor", c_int, _P, _P, _P, _P, _P)
object_stroke = _declare("FPDFPageObj_GetStrokeColor", c_int, _P, _P, _P, _P, _P)
object_stroke_width = _declare("FPDFPageObj_GetStrokeWidth", c_int, _P, _P)
object_active = _declare("FPDFPageObj_SetIsActive", c_int, _P, c_int)
object_transparent = _declare("FPDFPageObj_HasTransparency", c_int, _P)
object_clip = _declare("FPDFPageObj_GetClipPath", _P, _P)
count_marks = _declare("FPDFPageObj_CountMarks", c_int, _P)
get_mark = _declare("FPDFPageObj_GetMark", _P, _P, c_ulong)
mark_value_type = _declare("FPDFPageObjMark_GetParamValueType", c_int, _P, c_char_p)
clip_paths = _declare("FPDFClipPath_CountPaths", c_int, _P)
clip_segments = _declare("FPDFClipPath_CountPathSegments", c_int, _P, c_int)
clip_segment = _declare("FPDFClipPath_GetPathSegment", _P, _P, c_int, c_int)
path_mode = _declare("FPDFPath_GetDrawMode", c_int, _P, _P, _P)
path_segments = _declare("FPDFPath_CountSegments", c_int, _P)
path_segment = _declare("FPDFPath_GetPathSegment", _P, _P, c_int)
segment_point = _declare("FPDFPathSegment_GetPoint", c_int, _P, _P, _P)
segment_type = _declare("FPDFPathSegment_GetType", c_int, _P)
segment_closes = _declare("FPDFPathSegment_GetClose", c_int, _P)
text_mode = _declare("FPDFTextObj_GetTextRenderMode", c_int, _P)
text_size = _declare("FPDFTextObj_GetFontSize", c_int, _P, _P)
text_font = _declare("FPDFTextObj_GetFont", _P, _P)
font_embedded = _declare("FPDFFont_GetIsEmbedded", c_int, _P)
font_data = _declare("FPDFFont_GetFontData", c_int, _P, _P, ctypes.c_size_t, _P)
glyph_width = _declare("FPDFFont_GetGlyphWidth", c_int, _P, c_uint, c_float, _P)

link_enumerate = _declare("FPDFLink_Enumerate", c_int, _P, _P, _P)
link_rect = _declare("FPDFLink_GetAnnotRect", c_int, _P, _P)
link_action = _declare("FPDFLink_GetAction", _P, _P)
action_type = _declare("FPDFAction_GetType", c_ulong, _P)
action_uri = _declare("FPDFAction_GetURIPath", c_ulong, _P, _P, _P, c_ulong)

annot_count = _declare("FPDFPage_GetAnnotCount", c_int, _P)
annot = _declare("FPDFPage_GetAnnot", _P, _P, c_int)
close_annot = _declare("FPDFPage_CloseAnnot", None, _P)
annot_kind = _declare("FPDFAnnot_GetSubtype", c_int, _P)
annot_flags = _declare("FPDFAnnot_GetFlags", c_int, _P)
annot_rect = _declare("FPDFAnnot_GetRect", c_int, _P, _P)
annot_string = _declare("FPDFAnnot_GetStringValue", c_ulong, _P, c_char_p, _P, c_ulong)
flatten = _declare("FPDFPage_Flatten", c_int, _P, c_int)

bitmap_create = _declare("FPDFBitmap_CreateEx", _P, c_int, c_int, c_int, _P, c_int)
picture_drawn = _declare("FPDFImageObj_GetRenderedBitmap", _P, _P, _P, _P)
bitmap_width = _declare("FPDFBitmap_GetWidth", c_int, _P)
bitmap_height = _declare("FPDFBitmap_GetHeight", c_int, _P)
bitmap_stride = _declare("FPDFBitmap_GetStride", c_int, _P)
bitmap_format = _declare("FPDFBitmap_GetFormat", c_int, _P)
bitmap_buffer = _declare("FPDFBitmap_GetBuffer", _P, _P)
bitmap_destroy = _declare("FPDFBitmap_Destroy", None, _P)
render_page = _declare("FPDF_RenderPageBitmap", None, _P, _P, c_int, c_int, c_int, c_int, c_int, c_int)

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5

_started = False


def start() -> None:
    """Start PDFium, once per process."""
    global _started
    if not _started:
        init_library()
        _started = True


def each(function: Callable[..., Any], *columns: Iterable[Any]) -> None:
    """Call for its effect: answers land at the addresses among the columns."""
    deque(map(function, *columns), maxlen=0)


def gather(function: Callable[..., Any], first: Any, rest: Iterable[Any]) -> list[Any]:
    """[function(first, x) for x in rest] in one C loop."""
    return list(map(function, repeat(first), rest))
