"""The floors of the house: imports go down, never up and never in a circle, and no room outgrows its walls."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "subsidy_extract"
FLOORS = (
    ("__init__", "model", "errors", "settings", "compiled", "patience"),
    ("normalize", "read"),
    ("columns",),
    ("entries", "record", "frame"),
    ("check", "corrections", "origin"),
    ("write",),
    ("diff", "report"),
    ("pipeline",),
    ("cli", "__main__"),
)
LEVEL = {room: i for i, floor in enumerate(FLOORS) for room in floor}
# read and normalize stand side by side: neither may know the other
APART = {("read", "normalize"), ("normalize", "read")}
PDF = ("engines", "grid", "stitch")
"""Wings of read.pdf: none knows another; what they share stands beside them."""
GRID = ("grid.regions", "grid.alignment", "grid.lattice")
"""Wings of read.pdf.grid: each knows those before it."""
# what a command compares or shows is read by the command
MODULES = sorted(SRC.rglob("*.py"))
LINES = 420


def name_of(path: Path) -> str:
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def imports_of(path: Path) -> set[str]:
    """Modules of the house that a module imports, wherever in it, save for TYPE_CHECKING."""
    tree = ast.parse(path.read_text(encoding="utf8"))
    skipped = {
        id(n)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in node.body
        for n in ast.walk(inner)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("subsidy_extract"):
            base = (node.module or "").removeprefix("subsidy_extract").lstrip(".")
            found |= {f"{base}.{a.name}".lstrip(".") for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.removeprefix("subsidy_extract.") for a in node.names if a.name.startswith("subsidy_extract.")}
    return found


def room(module: str) -> str:
    first = module.split(".")[0]
    return first if first in LEVEL else "__init__"


def test_every_room_has_a_floor() -> None:
    rooms = {name_of(p).split(".")[0] for p in MODULES}
    assert rooms <= set(LEVEL), f"no floor for {rooms - set(LEVEL)}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_import_goes_up(path: Path) -> None:
    here = room(name_of(path))
    for target in imports_of(path):
        there = room(target)
        assert LEVEL[there] <= LEVEL[here], f"{name_of(path)} ({here}) imports {target}, a floor above it"
        assert (here, there) not in APART, f"{name_of(path)} imports {target}: these two stand apart"


def wing(module: str, wings: tuple[str, ...]) -> str:
    return next((w for w in wings if f"{module}.".startswith(f"read.pdf.{w}.")), "")


@pytest.mark.parametrize("path", [p for p in MODULES if name_of(p).startswith("read.pdf")], ids=name_of)
def test_the_wings_of_the_pdf_reader_stand_apart(path: Path) -> None:
    here = name_of(path)
    for target in imports_of(path):
        mine, other = wing(here, PDF), wing(target, PDF)
        assert not (mine and other) or mine == other, f"{here} imports {target}: these wings stand apart"
        mine, other = wing(here, GRID), wing(target, GRID)
        beside = here.count(".") > 2 and not mine  # what the wings of grid share; grid itself calls them all
        assert not other or (not beside and (not mine or GRID.index(other) <= GRID.index(mine))), f"{here} imports {target}, a wing after it"


def test_no_circle() -> None:
    names = {name_of(p) for p in MODULES}
    graph = {}
    for path in MODULES:
        targets = set()
        for found in imports_of(path):
            module = found if found in names else found.rpartition(".")[0]
            if module in names and module != name_of(path):
                targets.add(module)
        graph[name_of(path)] = targets
    done: set[str] = set()

    def walk(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, f"circle: {' → '.join([*trail[trail.index(module):], module])}"
        if module not in done:
            for target in graph[module]:
                walk(target, (*trail, module))
            done.add(module)

    for module in graph:
        walk(module, ())


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_room_outgrows_its_walls(path: Path) -> None:
    assert len(path.read_text(encoding="utf8").splitlines()) <= LINES


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_passes_through(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf8"))), f"{path.name} has no docstring"


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    heavy = {"pandas", "pyarrow", "pdfplumber", "pypdfium2", "pdf_oxide", "phonenumbers", "openpyxl", "docx", "lxml"}
    allowed = {"read.pdf"}  # the child that reads PDFs has nothing else to do
    for path in MODULES:
        if any(name_of(path).startswith(a) for a in allowed):
            continue
        for node in ast.parse(path.read_text(encoding="utf8")).body:
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            loaded = {n.split(".")[0] for n in names} & heavy
            assert not loaded, f"{name_of(path)} imports {loaded} at the top"
