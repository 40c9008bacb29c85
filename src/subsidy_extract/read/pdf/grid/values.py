"""Texts of one word: which are numbers, marks, or parts of one."""

from __future__ import annotations

import re
from functools import lru_cache

VALUE = re.compile(r"[(\[<>≤≥~〜±+\-−–—‐▲△$€£¥￥≈#*†‡]*[.,]?\d[\d.,:/'’·]*(?:[-–—~〜][$€£]?\d[\d.,]*|[-–—])?[)\]%％‰°*†‡§¶a-e]*")
NO_VALUE = re.compile(r"[-−–—―－ー.…‥:*†‡#xX/§¶○●◯×△]+|n\.?a\.?|NA|N/A|n/a|\((?:\.+|NA|[DLSXZs])\)|…")
MARK = re.compile(r"[$€£¥￥%％‰*†‡§¶#°]+|[()]?[a-z0-9]{1,2}[()]")


@lru_cache(maxsize=4096)
def is_value(text: str) -> bool:
    """A number, or what stands where a number is missing."""
    return bool(VALUE.fullmatch(text) or NO_VALUE.fullmatch(text))


@lru_cache(maxsize=4096)
def is_split_number(left: str, right: str) -> bool:
    """1 234: one number, its thousands set apart by a space."""
    return bool(re.fullmatch(r"[-−+(]?\d{1,3}", left) and re.fullmatch(r"\d{3}[.,)\d%]*", right))


def to_number(text: str) -> float | None:
    """What a text says when it is a plain number, with its signs or without."""
    plain = re.sub(r"[,%$€£¥ ]", "", text).replace("−", "-").replace("–", "-")
    return float(plain) if re.fullmatch(r"-?\d+(?:\.\d+)?", plain) else None
