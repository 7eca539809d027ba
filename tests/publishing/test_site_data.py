"""The figures as data: valid by their own description, and true to the years' files."""

from __future__ import annotations

import csv
import json
import subprocess
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, Schema

from oscp_report.provenance.figures import COLUMNS
from oscp_report.publishing import Archive, site_files
from oscp_report.publishing.data import FIELDS
from tests.publishing import archives
from tests.small_reports import report as small_report

Rows = dict[tuple[str, str], dict[str, str]]

MARKS = {"break": "b", "provisional": "p", "revised": "r"}
NO_VALUE = {"confidential": "c", "not-available": "x", "not-applicable": "z"}


@pytest.fixture(scope="module")
def site() -> Mapping[str, bytes]:
    return archives.example_site()


def of_csv(files: Mapping[str, bytes]) -> list[dict[str, str]]:
    text = files["data/figures.csv"].decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def as_typed(years: Mapping[str, Mapping[str, Any]]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """What the files say of each figure and year: of several files, the last."""
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for year, report in years.items():
        for name, figure in report["figures"].items():
            for earlier, said in figure.get("earlier", {}).items():
                given = said if isinstance(said, dict) else {"value": said}
                found[name, earlier] = {**given, "source": figure.get("source"), "report": year}
            found[name, year] = {**figure, "report": year}
    return found


def test_the_table_agrees_with_the_files_value_by_value(site: Mapping[str, bytes]) -> None:
    years = archives.example_yaml()
    typed = as_typed(years)
    rows: Rows = {(row["id"], row["year"]): row for row in of_csv(site)}
    assert set(rows) == set(typed)
    assert len(rows) > 100
    for key, said in typed.items():
        row = rows[key]
        value = said.get("value")
        given = None if value is None else Decimal(str(value))
        assert (Decimal(row["value"]) if row["value"] else None) == given, key
        assert row["report"] == said["report"], key
        assert row["of"] == str(said.get("of", "")), key
        assert row["source"] == " ".join((said.get("source") or "").split()), key
        marks = {mark for field, mark in MARKS.items() if said.get(field)}
        marks |= {NO_VALUE[said["no_value"]]} if "no_value" in said else set()
        assert set(row["shorthand"].split()) == marks, key
        for field in ("break", "revised"):
            assert " ".join(str(said.get(field, "")).split()) in row["reason"], key
        last = [
            report["figures"][key[0]] for report in years.values() if key[0] in report["figures"]
        ]
        assert row["label"] == " ".join(last[-1]["label"].split()), key


def test_the_rows_of_the_json_are_those_of_the_csv(site: Mapping[str, bytes]) -> None:
    read = json.loads(site["data/figures.json"], parse_float=str, parse_int=str)
    assert [{name: text or "" for name, text in row.items()} for row in read] == of_csv(site)
    assert {type(row["value"]) for row in json.loads(site["data/figures.json"])} == {
        int, float, type(None),
    }  # fmt: skip


def faults(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """What frictionless finds in the package; the JSON is put into it as rows.

    To read that as a file it needs a library of its own.
    """
    data = {name: content for name, content in files.items() if name.startswith("data/")}
    archives.written(folder, data)
    described = json.loads(files["data/datapackage.json"])
    inline = described["resources"][1]
    assert (inline["path"], inline["format"]) == ("figures.json", "json")
    described["resources"][1] = {
        "name": inline["name"],
        "data": json.loads(files["data/figures.json"]),
        "schema": inline["schema"],
    }
    package = Package.from_descriptor(described, basepath=str(folder / "data"))
    report = package.validate()
    assert [task.type for task in report.tasks] == ["table", "table"]
    return [str(found) for found in report.flatten(["type", "fieldName", "message"])]


def test_frictionless_validates_both(site: Mapping[str, bytes], tmp_path: Path) -> None:
    assert faults(tmp_path, site) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "fault"),
    [
        ("data/figures.csv", b",3401,", b",many,", "type-error"),
        ("data/figures.csv", b",2024-25,2024-25,2024-04-01", b",2023-24,2023-24,2024-04-01",
         "primary-key"),
        ("data/figures.csv", b",count,", b",counts,", "constraint-error"),
        ("data/figures.csv", b"id,label", b"identity,label", "incorrect-label"),
        ("data/figures.json", b'"value": 3401', b'"value": "many"', "type-error"),
        ("data/figures.json", b'"unit": "count"', b'"unit": "counts"', "constraint-error"),
    ],
)  # fmt: skip
def test_frictionless_is_not_blind(
    site: Mapping[str, bytes], tmp_path: Path, path: str, old: bytes, new: bytes, fault: str
) -> None:
    assert old in site[path]
    found = faults(tmp_path, {**site, path: site[path].replace(old, new, 1)})
    assert any(fault in each for each in found), found


def described(found: Archive) -> dict[str, Any]:
    package: dict[str, Any] = json.loads(
        site_files(found, archives.TEMPLATES)["data/datapackage.json"]
    )
    return package


def test_the_package_tells_what_it_is(site: Mapping[str, bytes]) -> None:
    package = json.loads(site["data/datapackage.json"])
    assert package["homepage"] == "https://www.example.org/community-safety"
    assert "licenses" not in package, "nobody said one"
    assert {"title": "Exampleshire Police, recorded crime"} in package["sources"]
    for resource in package["resources"]:
        schema = resource["schema"]
        assert [field["name"] for field in schema["fields"]] == list(FIELDS)
        assert all(field["description"] for field in schema["fields"])
        assert (schema["primaryKey"], schema["missingValues"]) == (["id", "year"], [""])
        assert Schema.from_descriptor(schema).field_names == list(FIELDS)
    assert FIELDS[: len(COLUMNS)] == COLUMNS
    bare = described(archives.archive([small_report()], website=""))
    assert {"homepage", "sources"} & set(bare) == set()


ODD: dict[str, dict[str, Any]] = {
    "noughts": {"label": 'Said "so", twice', "value": "3.10", "unit": "ratio"},
    "large": {"label": "Large", "value": "123456789012.125", "unit": "pounds"},
    "negative": {"label": "=SUM(A1:A9)", "value": "-0.50", "unit": "percentage-points"},
    "none": {"label": "None\nyet", "no_value": "not-available"},
    "ranked": {"label": "Place", "value": 3, "of": 15, "unit": "rank"},
}


def test_no_digit_is_lost(tmp_path: Path) -> None:
    files = site_files(archives.archive([small_report(figures=ODD)]), archives.TEMPLATES)
    rows = {row["id"]: row for row in of_csv(files)}
    assert {name: row["value"] for name, row in rows.items()} == {
        "noughts": "3.10", "large": "123456789012.125", "negative": "-0.50", "none": "",
        "ranked": "3",
    }  # fmt: skip
    assert rows["noughts"]["label"] == 'Said "so", twice'
    assert (rows["ranked"]["of"], rows["none"]["shorthand"]) == ("15", "x")
    assert b'"value": 3.10,' in files["data/figures.json"]
    assert b'"value": 123456789012.125,' in files["data/figures.json"]
    assert b'"value": null,' in files["data/figures.json"]
    assert faults(tmp_path, files) == []


def test_a_spreadsheet_is_told_the_encoding_and_frictionless_the_first_column(
    site: Mapping[str, bytes], tmp_path: Path
) -> None:
    assert site["data/figures.csv"].startswith(BOM_UTF8 + b"id,label,")
    archives.written(tmp_path, {path: data for path, data in site.items() if "data/" in path})
    described = tmp_path / "data" / "datapackage.json"
    resource: Any = Package(str(described)).resources[0]  # a table's, which has more
    assert json.loads(described.read_bytes())["resources"][0]["encoding"] == "utf-8"
    with resource:
        assert resource.header[0] == "id"
        first = next(resource.row_stream)
    assert first["id"] == of_csv(site)[0]["id"]


def test_libreoffice_shows_every_cell_as_it_is(
    site: Mapping[str, bytes], tmp_path: Path, program: Callable[[str], str]
) -> None:
    """As it opens in a window: its import sees the byte order mark, and proposes UTF-8.

    Without a window nothing is proposed, so that the test names it (76, below).
    """
    import openpyxl

    source = tmp_path / "figures.csv"
    source.write_bytes(site["data/figures.csv"])
    done = subprocess.run(
        [
            program("soffice"), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless", "--infilter=CSV:44,34,76,1", "--convert-to", "xlsx",
            "--outdir", str(tmp_path), str(source),
        ],
        capture_output=True, encoding="utf-8", timeout=90, check=True,
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "javaldx" not in line]  # of its own set-up
    assert said == []
    (sheet,) = openpyxl.load_workbook(tmp_path / "figures.xlsx").worksheets
    heads, *shown = sheet.iter_rows(values_only=True)
    assert heads == FIELDS
    rows = of_csv(site)
    assert any("’" in text for row in rows for text in row.values()), "nothing to garble"
    for row, cells in zip(rows, shown, strict=True):
        for name, cell in zip(FIELDS, cells, strict=True):
            text = row[name]
            if name in ("value", "of"):
                assert cell == (float(text) if text else None), (row["id"], name)
            elif name in ("from", "to"):
                found = cell.date().isoformat() if isinstance(cell, datetime) else cell
                assert (found or "") == text, (row["id"], name)
            else:
                assert (cell or "") == text, (row["id"], name)


def test_a_site_without_figures_has_an_empty_table(tmp_path: Path) -> None:
    files = site_files(archives.archive([small_report(figures=None)]), archives.TEMPLATES)
    assert of_csv(files) == []
    assert json.loads(files["data/figures.json"]) == []
    assert "<table" not in files["figures.html"].decode()


def test_a_revised_value_stands_for_its_year(site: Mapping[str, bytes]) -> None:
    def years() -> Iterator[tuple[str, str, str]]:
        for row in of_csv(site):
            if row["id"] == "burglary-rate":
                yield row["year"], row["value"], row["report"]

    assert list(years())[-2:] == [("2023-24", "3.69", "2024-25"), ("2024-25", "3.18", "2024-25")]
