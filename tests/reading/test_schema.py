"""The JSON Schemas: current, complete, and of one mind with the reader.

Files are loaded here as an editor loads them: with the core types of YAML 1.2, so that a bare 7292
is a number and ``No`` is a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from oscp_report.reading.loading import load_partnership, load_report
from oscp_report.reading.schema import schemas
from oscp_report.year import Year

YEAR = """\
year: 2018-19
cover:
  - To: Council
priorities:
  lead: "In 2018-19 these were:"
  items:
    - id: street-culture
      title: Street culture
achievements:
  heading: Achievements
  themes:
    - What was done.
figures:
  visits:
    label: Visits
    value: 7292
"""
PARTNERSHIP = "name: Merrow Partnership\nshort_name: MP\ncouncil: Merrow Council\n"


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema (YAML 1.2.2, 10.3.2), which editors go by."""


Core.yaml_implicit_resolvers = {}
for kind, pattern, first in (
    ("null", r"~|null|Null|NULL|", [*"~nN", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.nan",
        list("-+.0123456789"),
    ),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"^(?:{pattern})$"), first)
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value.lower(), 0))


def as_an_editor(text: str) -> Any:
    return yaml.load(text, Core)  # noqa: S506  # a safe loader, with other types


def refusals(name: str, document: Any) -> list[str]:
    schema = json.loads(schemas()[f"{name}.json"])
    return [error.message for error in Draft7Validator(schema).iter_errors(document)]


def read(name: str, text: str) -> list[str]:
    if name == "year":
        return [d.code for d in load_report(text.encode(), "f.yaml", Year(2018)).diagnostics]
    return [d.code for d in load_partnership(text.encode(), "f.yaml").diagnostics]


@pytest.mark.parametrize("name", ["year", "partnership"])
def test_the_file_kept_in_the_repository_is_current(name: str, checkout: Path) -> None:
    kept = (checkout / "data" / "schema" / f"{name}.json").read_bytes()
    assert kept.replace(b"\r\n", b"\n") == schemas()[f"{name}.json"], "run `oscp-report schema`"


@pytest.mark.parametrize("name", ["year", "partnership"])
def test_a_schema_is_valid_and_says_what_it_is(name: str) -> None:
    schema = json.loads(schemas()[f"{name}.json"])
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["title"]


def described(schema: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a schema, by its path."""
    if isinstance(schema, list):
        for part in schema:
            yield from described(part, name)
    if isinstance(schema, dict):
        for key, field in schema.get("properties", {}).items():
            yield f"{name}.{key}", field
            yield from described(field, f"{name}.{key}")
        for word in ("items", "additionalProperties", "anyOf", "allOf"):
            yield from described(schema.get(word), name)


@pytest.mark.parametrize(("name", "least"), [("year", 55), ("partnership", 11)])
def test_every_field_is_described_and_its_examples_are_valid(name: str, least: int) -> None:
    schema = json.loads(schemas()[f"{name}.json"])
    fields = [*described(schema), *described(schema["definitions"]["paragraph"], "paragraph")]
    assert len(fields) >= least
    examples = 0
    for path, field in fields:
        says = field["description"]
        assert re.match("[A-Z`].*[^.]$", says), path
        whole = {**field, "definitions": schema["definitions"]}
        for example in field.get("examples", []):
            assert list(Draft7Validator(whole).iter_errors(example)) == [], path
            examples += 1
    assert examples >= 5


def test_the_real_files_are_valid_in_an_editor(checkout: Path) -> None:
    years = sorted((checkout / "data").glob("*-*.yaml"))
    assert years
    for path in years:
        document = as_an_editor(path.read_text(encoding="utf-8"))
        assert refusals("year", document) == [], path
        value = document["figures"]["sharps-collected"]["value"]
        assert value == (7292 if document["status"] == "final" else None)
        assert {"Key decision": "No"} in document["summary"]
    partnership = (checkout / "data" / "partnership.yaml").read_text(encoding="utf-8")
    assert refusals("partnership", as_an_editor(partnership)) == []


def test_the_example_of_a_new_workspace_is_valid_in_an_editor(checkout: Path) -> None:
    starter = checkout / "oscp_report" / "starter"
    year = (starter / "year.yaml").read_text(encoding="utf-8")
    for token, text in {"@YEAR@": "2018-19", "@NEXT@": "2019-20", "@MEETING@": "22 July"}.items():
        year = year.replace(token, text)
    partnership = (starter / "partnership.yaml").read_text(encoding="utf-8")
    assert read("year", year) == []
    assert refusals("year", as_an_editor(year)) == []
    assert refusals("partnership", as_an_editor(partnership)) == []


Change = Callable[[str], str]


def becomes(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert text.count(old) == 1, old
        return text.replace(old, new)

    return change


def added(more: str) -> Change:
    return lambda text: text + more


SOUND = {
    "as it is": added(""),
    "year with a slash": becomes("2018-19\n", "2018/19\n"),
    "year with a dash": becomes("2018-19\n", "2018–19\n"),
    "number with separators": becomes("7292", "7,292"),
    "number in quotes": becomes("7292", '"7292"'),
    "number below nought": becomes("7292", "-12.5"),
    "number with a real minus": becomes("7292", "−12"),
    "text that looks like a number": becomes("To: Council", "Item: 7"),
    "text that looks like a flag": becomes("To: Council", "Key decision: true"),
    "text No": becomes("To: Council", "Key decision: No"),
    "page": added("first_page: 155\n"),
    "page in quotes": added('first_page: "155"\n'),
    "row with items": becomes("To: Council", "{Recommendation: {text: That, items: [a, b]}}"),
    "theme with achievements": becomes(
        "- What was done.", "- {priority: street-culture, text: T, achievements: [a, {text: b}]}"
    ),
    "items in items": becomes(
        "- What was done.", "- {text: a, achievements: [{text: b, items: [c]}]}"
    ),
    "appendices as text": added("appendices: None\n"),
    "appendices": added("appendices: [Map, {title: Plan, file: plan.pdf}]\n"),
    "papers": added("background_papers: [one, two]\n"),
    "contacts": added("contacts: [{Report author: A. Officer, Telephone: 01632 960123}]\n"),
    "accepted": added("accepted: [{rule: PRI101, about: a, because: b}]\n"),
    "every field of a figure": becomes(
        "value: 7292",
        "value: 0.5\n    unit: percent\n    period: May\n    source: S\n    note: N"
        "\n    better: lower",
    ),
    "next year": added("next_priorities: {year: 2019-20, lead: L, items: [{id: a, title: T}]}\n"),
    "sections": added("sections_after: [{heading: H, paragraphs: [P], id: s}]\n"),
    "status": added("status: draft\n"),
}  # fmt: skip
WRONG: dict[str, tuple[Change, str]] = {
    "misspelled field": (becomes("priorities:", "priorites:"), "FLD001"),
    "unknown field": (added("colour: red\n"), "FLD001"),
    "unknown field of a figure": (becomes("value: 7292", "value: 7292\n    colour: red"), "FLD001"),
    "no year": (becomes("year: 2018-19\n", ""), "FLD002"),
    "no cover": (becomes("cover:\n  - To: Council\n", ""), "FLD002"),
    "no priorities": (lambda t: re.sub(r"(?s)priorities:.*(?=achievements)", "", t), "FLD002"),
    "no id": (becomes("id: street-culture\n      ", ""), "FLD002"),
    "no label": (becomes("label: Visits\n    ", ""), "FLD002"),
    "no reason": (added("accepted: [{rule: PRI101, about: a}]\n"), "FLD002"),
    "text for a list": (becomes("items:\n    - id: street-culture\n      title: Street culture",
                                "items: none"), "FLD003"),
    "list for text": (becomes("lead: \"In 2018-19 these were:\"", "lead: [a, b]"), "FLD003"),
    "fields for text": (becomes("label: Visits", "label: {a: b, c: d}"), "FLD003"),
    "fields for a list": (becomes("  - To: Council", "  To: Council\n  Date: 1 May"), "FLD003"),
    "text for a figure": (becomes("visits:\n    label: Visits\n    value: 7292", "visits: 7292"),
                          "FLD003"),
    "list for figures": (lambda t: t[: t.index("figures:")] + "figures: [a]\n", "FLD003"),
    "text for a row": (becomes("- To: Council", "- Council"), "FLD003"),
    "two rows in one": (becomes("- To: Council", "- To: Council\n    Date: 1 May"), "FLD003"),
    "text for a priority": (becomes("id: street-culture\n      title: Street culture", "Streets"),
                            "FLD003"),
    "text for a contact": (added("contacts: [A. Officer]\n"), "FLD003"),
    "colon in a text": (becomes("- What was done.", "- Hate crime: a plan."), "FLD009"),
    "list below a colon": (becomes("What was done.", "What was done:\n        - one"), "FLD009"),
    "nothing": (becomes("heading: Achievements", "heading:"), "FLD004"),
    "nothing in quotes": (becomes("heading: Achievements", 'heading: " "'), "FLD004"),
    "nothing in a row": (becomes("To: Council", "To:"), "FLD004"),
    "a label of nothing": (becomes("To: Council", '"": Council'), "FLD004"),
    "an empty list": (becomes("\n  - To: Council", " []"), "FLD004"),
    "an empty item": (becomes("- What was done.", "-"), "FLD004"),
    "no acceptances left": (added("accepted:\n"), "FLD004"),
    "an empty contact": (added("contacts: [{}]\n"), "FLD004"),
    "words for a number": (becomes("7292", "about 7000"), "FLD005"),
    "a unit with a number": (becomes("7292", "12 %"), "FLD005"),
    "separators in odd places": (becomes("7292", "72,92"), "FLD005"),
    "a continental number": (becomes("7292", "7.292,5"), "FLD005"),
    "an endless number": (becomes("7292", "1" * 16), "FLD005"),
    "a boundless number": (becomes("7292", ".inf"), "FLD005"),
    "a page of nought": (added("first_page: 0\n"), "FLD005"),
    "a page with words": (added("first_page: p. 5\n"), "FLD005"),
    "a page of a half": (added("first_page: 1.5\n"), "FLD005"),
    "a calendar year": (becomes("2018-19\n", "2018\n"), "FLD006"),
    "a year of four digits twice": (becomes("2018-19\n", "2018-2019\n"), "FLD006"),
    "a year before any": (becomes("2018-19\n", "0218-19\n"), "FLD006"),
    "a word that is no status": (added("status: finnal\n"), "FLD007"),
    "a unit that is none": (becomes("value: 7292", "value: 7292\n    unit: heads"), "FLD007"),
    "capitals in an id": (becomes("id: street-culture", "id: Street-Culture"), "FLD008"),
    "an underscore in an id": (becomes("visits:", "the_visits:"), "FLD008"),
    "an endless id": (becomes("id: street-culture", f"id: {'a' * 61}"), "FLD008"),
    "an endless priority": (becomes("title: Street culture", f"title: {'ab ' * 400}"), "FLD013"),
}  # fmt: skip
# What JSON Schema cannot say, or what an editor has already turned into another thing.
ONLY_THE_READER: dict[str, tuple[Change, str]] = {
    "years that do not follow": (becomes("2018-19\n", "2018-20\n"), "FLD006"),
    "year of another file": (becomes("year: 2018-19\n", "year: 2017-18\n"), "FLD011"),
    "a number as computers write it": (becomes("7292", "7e3"), "FLD005"),
    "brackets": (becomes("heading: Achievements", f"heading: '{'[' * 500}'"), "FLD010"),
}


@pytest.mark.parametrize("change", SOUND.values(), ids=SOUND)
def test_a_sound_file_is_taken_by_both(change: Change) -> None:
    text = change(YEAR)
    assert read("year", text) == []
    assert refusals("year", as_an_editor(text)) == []


@pytest.mark.parametrize(("change", "code"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_refused_by_both_for_one_reason(change: Change, code: str) -> None:
    text = change(YEAR)
    assert read("year", text) == [code]
    assert refusals("year", as_an_editor(text))


@pytest.mark.parametrize(("change", "code"), ONLY_THE_READER.values(), ids=ONLY_THE_READER)
def test_what_the_reader_alone_refuses(change: Change, code: str) -> None:
    text = change(YEAR)
    assert read("year", text) == [code]
    assert refusals("year", as_an_editor(text)) == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        pytest.param("", "", id="as it is"),
        pytest.param("language: cy\nreport_name: Review\npartners: [a]\n", "", id="all is well"),
        pytest.param("abbreviations: {TVP: Thames Valley Police}\n", "", id="abbreviations"),
        pytest.param("labels: {summary: At a glance}\ncover: [{To: Council}]\n", "", id="labels"),
        pytest.param("langauge: cy\n", "FLD001", id="misspelled field"),
        pytest.param("labels: {title: a}\n", "FLD001", id="unknown label"),
        pytest.param("partners: many\n", "FLD003", id="text for a list"),
        pytest.param("abbreviations: [TVP]\n", "FLD003", id="list for fields"),
        pytest.param("abbreviations: {TVP: }\n", "FLD004", id="nothing meant"),
        pytest.param("language: English\n", "FLD014", id="a language in words"),
        pytest.param(f"report_name: {'ab ' * 40}\n", "FLD013", id="an endless name"),
    ],
)
def test_the_partnerships_file(more: str, code: str) -> None:
    text = PARTNERSHIP + more
    assert read("partnership", text) == ([code] if code else [])
    assert bool(refusals("partnership", as_an_editor(text))) == bool(code)
