"""What is written, as analysts read it: pandas, polars, DuckDB, frictionless; the same source gives the same bytes."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from subsidy_extract.columns import FIELDS
from subsidy_extract.frame import CELLS, cells_schema, programs_schema
from subsidy_extract.pipeline import extract_to

from .conftest import REAL

FILES = {"programs.parquet", "programs.csv", "programs.json", "cells.parquet", "report.json", "datapackage.json"}


def test_files(real_output: Path) -> None:
    assert {p.name for p in real_output.iterdir()} >= FILES


def test_same_source_same_bytes(real_output: Path, tmp_path: Path) -> None:
    again = extract_to(REAL, tmp_path)[1]
    for path in real_output.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name


def test_schema_is_the_table_of_fields(real_output: Path) -> None:
    schema = pq.read_schema(real_output / "programs.parquet")
    assert schema.names == [f.name for f in FIELDS]
    assert schema.equals(programs_schema())
    assert schema.field("fiscal_year").type == pa.int16()
    assert schema.field("phones").type.value_type.field("e164").type == pa.string()
    assert pq.read_schema(real_output / "cells.parquet").equals(cells_schema())


def test_pandas(real_output: Path) -> None:
    frame = pd.read_parquet(real_output / "programs.parquet")
    assert len(frame) == 46
    assert frame["id"].is_unique
    assert frame.loc[0, "cap_yen"] == 5_000_000
    assert frame.loc[0, "phones"][0]["number"] == "099-226-9156"


def test_polars(real_output: Path) -> None:
    frame = pl.read_parquet(real_output / "programs.parquet")
    assert frame.height == 46
    assert frame.select(pl.col("emails").list.len().sum()).item() == 46


def test_duckdb(real_output: Path) -> None:
    ask = f"select count(*), max(cap_yen), sum(len(phones)) from '{real_output}/programs.parquet'"
    assert duckdb.sql(ask).fetchall() == [(46, 5_000_000, 47)]
    pages = duckdb.sql(f"select count(distinct page) from '{real_output}/cells.parquet'").fetchall()
    assert pages == [(5,)]


def test_csv_and_json_say_the_same(real_output: Path) -> None:
    raw = (real_output / "programs.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    rows = json.loads((real_output / "programs.json").read_text(encoding="utf8"))
    with open(real_output / "programs.csv", encoding="utf8", newline="") as source:
        lines = list(csv.DictReader(source))
    assert raw.count(b"\n") == len(lines) + 1, "a line each"
    for line, row in zip(lines, rows, strict=True):
        assert list(line) == list(row) == [f.name for f in FIELDS]
        for name, value in row.items():
            if isinstance(value, list):
                assert json.loads(line[name]) == value
            else:
                assert line[name] == ("" if value is None else str(value))


def test_parquet_and_json_say_the_same(real_output: Path) -> None:
    rows = json.loads((real_output / "programs.json").read_text(encoding="utf8"))
    stored = pq.read_table(real_output / "programs.parquet").to_pylist()
    assert json.loads(json.dumps(stored, default=str)) == rows


def test_datapackage_is_valid(real_output: Path) -> None:
    from frictionless import Package

    package = json.loads((real_output / "datapackage.json").read_text(encoding="utf8"))
    assert {r["path"] for r in package["resources"]} == {p.name for p in real_output.iterdir()} - {"datapackage.json"}
    for resource in package["resources"]:
        content = (real_output / resource["path"]).read_bytes()
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert resource["bytes"] == len(content)
    report = Package(str(real_output / "datapackage.json")).get_resource("programs-csv").validate()
    assert report.valid, report.flatten(["message"])


def test_cells_stand_where_the_text_is(real_output: Path) -> None:
    lines = REAL.read_text(encoding="utf8").splitlines()
    cells = pq.read_table(real_output / "cells.parquet").to_pylist()
    assert list(cells[0]) == list(CELLS)
    for cell in cells:
        assert cell["text"] in lines[cell["line"] - 1]


def test_report(real_output: Path) -> None:
    report = json.loads((real_output / "report.json").read_text(encoding="utf8"))
    whole = report["coverage"]
    assert whole["characters"] == whole["in_cells"] + whole["left_out"]
    assert whole["unaccounted"] == 0
    assert report["summary"]["programs"] == 46
    assert sum(report["summary"]["by_rule"].values()) == len(report["issues"])
    assert report["fields"]["emails"] == {"filled": 46, "valid": 45}
    assert report["source"]["encoding"] == "utf-8"
    failed = {c["rule"]: c["failed"] for c in report["checks"]}
    assert {r: n for r, n in failed.items() if n} == report["summary"]["by_rule"]
