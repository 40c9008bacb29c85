"""What several tests share: the real list, extracted once."""

from __future__ import annotations

from pathlib import Path

import pytest

from subsidy_extract.model import Dataset
from subsidy_extract.pipeline import extract, extract_to

ROOT = Path(__file__).parents[1]
REAL = ROOT / "raw" / "kagoshima-r8.txt"
PRINT = ROOT / "raw" / "kagoshima-r8-print.pdf"


@pytest.fixture(scope="session")
def real() -> Dataset:
    return extract(REAL)


@pytest.fixture(scope="session")
def real_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the real list."""
    return extract_to(REAL, tmp_path_factory.mktemp("output"))[1]


@pytest.fixture(scope="session")
def print_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the real list, printed as PDF by an office program."""
    return extract_to(PRINT, tmp_path_factory.mktemp("output"))[1]
