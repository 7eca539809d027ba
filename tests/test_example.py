"""The six years of an invented partnership: written whole, sound, honest about it, and complete.

What the six years have to use is asked of the model itself, so that a construct that is added to
it, or taken out of a year, is missed here.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from oscp_report import model
from oscp_report.authoring.shaping import shaped
from oscp_report.checking import Checked, check_year
from oscp_report.comparison.figures import Direction, Verdict, change, points
from oscp_report.comparison.sentences import ASPECTS, pair
from oscp_report.diagnostics import Location
from oscp_report.errors import ReportError
from oscp_report.model import MARKS, Measure, Paragraph, Partnership, Report, Table, Text
from oscp_report.period import Kind as PeriodKind
from oscp_report.pipeline import Builder, BuildOptions, Built
from oscp_report.printed import paragraphs_of
from oscp_report.reading.schema import schemas
from oscp_report.references import Kind as ReferenceKind
from oscp_report.references import Reference, references
from oscp_report.starting import EXAMPLE, start_example
from oscp_report.workspace import Workspace
from oscp_report.year import Year

if TYPE_CHECKING:
    from tests.conftest import Desk

YEARS = ("2019-20", "2020-21", "2021-22", "2022-23", "2023-24", "2024-25")
INVENTED = "nvented for demonstration"
MOST_ACCEPTED = 2
LONGEST_SERIES, FEWEST_LONG_SERIES = 3, 12

# What no year uses, each with its reason.
NOT_USED: dict[str, set[str]] = {
    "Report.status": {"draft"},  # they are all before Council
}


@dataclass(frozen=True)
class Example:
    """The example's workspace, read and checked."""

    root: Path
    written: list[str]
    checked: dict[str, Checked]
    partnership: Partnership

    @cached_property
    def reports(self) -> dict[str, Report]:
        found = {name: checked.report for name, checked in self.checked.items()}
        return {name: report for name, report in found.items() if report is not None}

    @cached_property
    def parts(self) -> list[Any]:
        """Every value of a class of the model, in all years and in the partnership's file."""
        found = list(walk((*self.reports.values(), self.partnership)))
        assert len(found) > 1000, "the model was not walked: these tests would prove nothing"
        return found

    @cached_property
    def references(self) -> list[Reference]:
        return [found for text in self.texts for found in references(text)]

    @cached_property
    def texts(self) -> list[str]:
        return [part.value for part in self.parts if isinstance(part, Text)]


def walk(value: Any) -> Iterator[Any]:
    """A value of the model and all that it holds."""
    if isinstance(value, tuple):
        for each in value:
            yield from walk(each)
    elif hasattr(value, "values"):
        for each in value.values():
            yield from walk(each)
    elif is_dataclass(value) and not isinstance(value, Location):
        yield value
        for field in fields(value):
            if field.name != "places":
                yield from walk(getattr(value, field.name))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    root = tmp_path_factory.mktemp("example")
    return root, start_example(root)


@pytest.fixture(scope="module")
def example(written: tuple[Path, list[str]]) -> Example:
    root, names = written
    checked = {name: check_year(Workspace(root), Year.parse(name)) for name in YEARS}
    partnership = checked[YEARS[0]].partnership
    assert partnership is not None
    return Example(root, names, checked, partnership)


@pytest.fixture(scope="module")
def built(example_built: Desk) -> dict[str, Built]:
    """What the build says of each year, as it does again of what it finds unchanged."""
    with Builder(Workspace(example_built.root), BuildOptions()) as builder:
        return {name: builder.build(Year.parse(name)) for name in YEARS}


def test_it_is_written_whole(written: tuple[Path, list[str]]) -> None:
    root, names = written
    there = sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())
    assert sorted(names) == there
    for name in ("data/partnership.yaml", *(f"data/{year}.yaml" for year in YEARS)):
        assert (root / name).read_bytes() == (EXAMPLE / Path(name).name).read_bytes()
    assert {f"data/{path.name}" for path in EXAMPLE.iterdir()} <= set(names)
    workspace = Workspace(root)
    assert [str(year) for year in workspace.years()] == list(YEARS)
    assert workspace.stale_schemas(schemas()) == {}
    assert {".gitignore", ".gitattributes"} <= set(names)


def test_it_writes_over_nothing(tmp_path: Path) -> None:
    own = tmp_path / "data" / "2021-22.yaml"
    own.parent.mkdir()
    own.write_text("mine", "utf-8")
    with pytest.raises(ReportError, match=r"already has `data/2021-22\.yaml`"):
        start_example(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [own]
    assert own.read_text("utf-8") == "mine"


@pytest.mark.parametrize("path", sorted(EXAMPLE.iterdir()), ids=lambda path: str(path.name))
def test_every_file_says_that_it_is_invented(path: Path) -> None:
    assert INVENTED in path.read_text("utf-8")


@pytest.mark.parametrize("year", YEARS)
def test_cover_summary_and_introduction_say_that_it_is_invented(
    example: Example, year: str
) -> None:
    report = example.reports[year]
    assert any(INVENTED in str(row.value.text) for row in report.cover)
    assert any(
        "invented" in str(row.value.text) or "does not exist" in str(row.value.text)
        for row in report.summary
    )
    assert report.introduction is not None
    assert any("invented" in str(each.text) for each in report.introduction.paragraphs)
    assert INVENTED in str(example.partnership.name)


def test_its_people_can_be_reached_nowhere(example: Example) -> None:
    rows = [row for report in example.reports.values() for one in report.contacts for row in one]
    telephones = [str(row.value.text) for row in rows if str(row.label) == "Telephone"]
    addresses = [word for text in example.texts for word in re.findall(r"\S+@(\S+)", text)]
    links = [word for text in example.texts for word in re.findall(r"https?://([^/\s)]+)", text)]
    assert len(telephones) >= len(YEARS)
    assert len(addresses) >= len(YEARS)
    # The numbers that Ofcom keeps for plays and films, and the names that RFC 2606 keeps free.
    assert [number for number in telephones if not re.fullmatch("01632 960[0-9]{3}", number)] == []
    assert {name.removeprefix("www.") for name in (*addresses, *links)} == {"example.org"}


@pytest.mark.parametrize("year", YEARS)
def test_each_year_checks_clean(example: Example, year: str) -> None:
    checked = example.checked[year]
    assert checked.report is not None
    assert checked.report.status == "final"
    assert [str(found) for found in checked.open] == []
    assert len(checked.diagnostics) == len(checked.report.accepted) <= MOST_ACCEPTED


@pytest.mark.parametrize("name", ["partnership", *YEARS])
def test_each_file_is_in_the_canonical_shape(name: str) -> None:
    data = (EXAMPLE / f"{name}.yaml").read_bytes()
    assert shaped(data, f"data/{name}.yaml").data.decode() == data.decode()


@pytest.mark.parametrize("year", YEARS)
def test_each_year_builds(built: dict[str, Built], year: str) -> None:
    done = built[year]
    assert done.findings == ""
    assert {Path(name).suffix for name in done.files} == {".html", ".pdf"}
    assert done.pages >= 2


@pytest.mark.parametrize("year", YEARS)
def test_every_page_in_html_says_that_it_is_invented(built: dict[str, Built], year: str) -> None:
    (name,) = (name for name in built[year].files if name.endswith(".html"))
    page = (built[year].folder / name).read_text("utf-8")
    masthead = re.search('<header class="masthead">(.*?)</header>', page, re.DOTALL)
    assert masthead
    assert INVENTED in masthead[1]


@pytest.mark.parametrize("year", YEARS)
def test_every_page_on_paper_says_that_it_is_invented(
    built: dict[str, Built], year: str, program: Callable[[str], str]
) -> None:
    (name,) = (name for name in built[year].files if name.endswith(".pdf"))
    command = [program("pdftotext"), "-enc", "UTF-8", str(built[year].folder / name), "-"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    *pages, rest = done.stdout.split("\f")
    assert rest == ""
    assert len(pages) == built[year].pages
    assert [number for number, page in enumerate(pages, 1) if INVENTED not in page] == []


def classes() -> list[type]:
    """The model's classes, those of the enclosed parts first named once."""
    found = [getattr(model, name) for name in model.__all__]
    return [each for each in found if isinstance(each, type) and is_dataclass(each)]


def own_fields(cls: type) -> list[Field[Any]]:
    """A class's fields without those that it has from another, and without places in a file."""
    inherited = {
        field.name for base in cls.__bases__ if is_dataclass(base) for field in fields(base)
    }
    return [
        field
        for field in fields(cls)
        if field.name not in {*inherited, "location", "places", "source"}
    ]


def is_given(part: Any, field: Field[Any]) -> bool:
    """Whether a file gives a field: something else than the default, or the default itself."""
    value = getattr(part, field.name)
    if field.default is MISSING and field.default_factory is MISSING:
        return bool(value) or value == 0
    default = field.default_factory() if callable(field.default_factory) else field.default
    return bool(value != default) or field.name in getattr(part, "places", {})


@pytest.mark.parametrize("cls", classes(), ids=lambda cls: str(cls.__name__))
def test_every_field_of_the_model_is_used(example: Example, cls: type) -> None:
    parts = [part for part in example.parts if isinstance(part, cls)]
    unused = {
        field.name for field in own_fields(cls) if not any(is_given(part, field) for part in parts)
    }
    assert unused == set()


def words_of(hint: Any) -> set[str]:
    """The words that a field may hold, where its type lists them."""
    if get_origin(hint) is Literal:
        return set(get_args(hint))
    if get_origin(hint) in (Union, UnionType):
        return set().union(*(words_of(each) for each in get_args(hint)))
    return set()


def choices() -> list[Any]:
    """The fields of the model with a choice of words."""
    found = []
    for cls in classes():
        hints = get_type_hints(cls)
        for field in own_fields(cls):
            if words := words_of(hints[field.name]):
                found.append(
                    pytest.param(cls, field.name, words, id=f"{cls.__name__}.{field.name}")
                )
    return found


def test_the_choices_were_seen() -> None:
    names = {str(each.id) for each in choices()}
    assert names >= {"Figure.unit", "Figure.better", "Measure.no_value", "Report.numbering"}


@pytest.mark.parametrize(("cls", "name", "words"), choices())
def test_every_choice_is_made(example: Example, cls: type, name: str, words: set[str]) -> None:
    chosen = [getattr(part, name) for part in example.parts if isinstance(part, cls)]
    used = {word for word in chosen if isinstance(word, str)}
    assert words - used == NOT_USED.get(f"{cls.__name__}.{name}", set())


def test_every_kind_of_figure_is_there(example: Example) -> None:
    measures = [part for part in example.parts if isinstance(part, Measure)]
    periods = {
        figure.covers(report.year).kind
        for report in example.reports.values()
        for figure in report.figures.values()
    }
    assert {mark for measure in measures for mark in measure.marks} == set(MARKS)
    assert periods == set(get_args(PeriodKind)) - {"words"}
    assert any(measure.value == 0 for measure in measures), "a nought"
    last = example.reports[YEARS[-1]]
    assert all(figure.confirmed for figure in last.figures.values())
    first = example.reports[YEARS[0]]
    assert any(year < first.year for figure in first.figures.values() for year in figure.earlier)


def test_every_form_of_reference_is_there(example: Example) -> None:
    assert {found.kind for found in example.references} == set(get_args(ReferenceKind))
    assert {found.aspect for found in example.references} == {"", *ASPECTS}
    assert {found.form for found in example.references} == {"", "words"}


def test_twelve_figures_have_three_years_or_more_and_one_has_a_gap(example: Example) -> None:
    reports = list(example.reports.values())
    names = {name for report in reports for name in report.figures}
    series = {name: points(name, reports) for name in names}
    valued = {
        name: [point.year for point in known if point.measure.value is not None]
        for name, known in series.items()
    }
    long = [name for name, years in valued.items() if len(years) >= LONGEST_SERIES]
    gaps = [
        n for n, known in series.items() if any(a.year.next != b.year for a, b in pairwise(known))
    ]
    assert len(long) >= FEWEST_LONG_SERIES
    assert gaps != []


def test_figures_go_every_way(example: Example) -> None:
    reports = list(example.reports.values())
    found = []
    for report in reports[1:]:
        for figure in report.figures.values():
            before, after = pair(points(figure.id, reports), report.year)
            found.append(change(before, after, figure.better))
    # None is dropped: a figure that was published goes on.
    assert {each.direction for each in found} == set(get_args(Direction)) - {"dropped"}
    assert {each.verdict for each in found} == set(get_args(Verdict))
    reasons = " ".join(each.reason for each in found)
    assert all(
        words in reasons for words in ("break", "fixed day", "confidential", "not available")
    )


def test_priorities_meet_every_fate(example: Example) -> None:
    fates: Counter[str] = Counter()
    for before, after in pairwise(example.reports.values()):
        assert before.next_priorities is not None
        announced = {each.id: str(each.title) for each in before.next_priorities.items}
        then = {each.id: str(each.title) for each in before.priorities.items}
        now = {each.id: str(each.title) for each in after.priorities.items}
        fates["not taken up"] += len(announced.keys() - now.keys())
        fates["new"] += len(now.keys() - then.keys())
        fates["dropped"] += len(then.keys() - now.keys())
        both = then.keys() & now.keys()
        fates["reworded"] += sum(then[name] != now[name] for name in both)
        fates["continued"] += sum(then[name] == now[name] for name in both)
        answered = {str(theme.priority) for theme in after.achievements.themes if theme.priority}
        assert answered == now.keys(), after.year
    assert fates["not taken up"] == 1
    assert min(fates.values()) >= 1
    assert len(fates) == 5


def labels(report: Report) -> list[str]:
    return [str(row.label) for row in (*report.cover, *report.summary)]


def depth(paragraph: Paragraph) -> int:
    return 1 + max((depth(item) for item in paragraph.items), default=0)


def recommended(report: Report) -> Paragraph:
    (found,) = (row.value for row in report.summary if str(row.label).startswith("Recommendation"))
    return found


CONSTRUCTS: dict[str, Callable[[Report], bool]] = {
    "one recommendation": lambda r: not recommended(r).items,
    "several recommendations under a stem": lambda r: len(recommended(r).items) >= 2,
    "nested recommendations": lambda r: depth(recommended(r)) == 3,
    "a reason for each": lambda r: bool(recommended(r).items)
    and all(
        item.items and str(item.items[0].text).startswith("Reason:")
        for item in recommended(r).items
    ),
    "a label twice": lambda r: max(Counter(labels(r)).values()) > 1,
    "two reporting officers": lambda r: labels(r).count("Report of") == 2,
    "portfolio holders": lambda r: labels(r).count("Portfolio holder") == 2,
    "agenda item": lambda r: "Agenda item" in labels(r),
    "publication status": lambda r: "Publication status" in labels(r),
    "wards": lambda r: "Wards affected" in labels(r),
    "consultation in the summary": lambda r: "Consultation" in labels(r),
    "consultation as a section": lambda r: "Consultation" in headings(r),
    "corporate priority": lambda r: "Corporate priority" in labels(r),
    "policy framework": lambda r: "Policy framework" in labels(r),
    "two contacts": lambda r: len(r.contacts) == 2,
    "implications as sections": lambda r: {"Legal implications", "Financial implications",
                                           "Equality implications"} <= headings(r),
    "implications below a heading": lambda r: any(
        {str(each.heading) for each in section.sections} == {"Legal", "Financial", "Equality"}
        for section in r.sections_after
    ),
    "no appendices": lambda r: isinstance(r.appendices, Text),
    "several appendices": lambda r: isinstance(r.appendices, tuple) and len(r.appendices) == 2,
    "no background papers": lambda r: isinstance(r.background_papers, Text),
    "several background papers": lambda r: isinstance(r.background_papers, tuple)
    and len(r.background_papers) >= 2,
    "a table with grouped heads": lambda r: any(
        column.columns for table in tables(r) for column in table.columns
    ),
    "a table of states in a word": lambda r: any(
        str(table.columns[-1].label) == "Status" for table in tables(r)
    ),
    "items below items": lambda r: any(
        depth(each) == 2 for theme in r.achievements.themes for each in theme.achievements
    ),
    "a priority in parts": lambda r: any(each.items for each in r.priorities.items),
    "a theme of no priority": lambda r: not all(each.priority for each in r.achievements.themes),
    "a link": lambda r: "](https://" in str(r.background_papers),
}  # fmt: skip


def headings(report: Report) -> set[str]:
    return {str(section.heading) for section in report.sections_after}


def tables(report: Report) -> list[Table]:
    return [part for part in walk(report) if isinstance(part, Table)]


@pytest.mark.parametrize("construct", CONSTRUCTS.values(), ids=CONSTRUCTS)
def test_every_construct_of_real_reports_is_there(
    example: Example, construct: Callable[[Report], bool]
) -> None:
    assert [year for year, report in example.reports.items() if construct(report)] != []


def test_the_head_of_the_report_changes_from_year_to_year(example: Example) -> None:
    heads = {tuple(labels(report)) for report in example.reports.values()}
    assert len(heads) == len(YEARS)


@pytest.mark.parametrize(
    ("year", "figure"),
    [("2021-22", "asb-incidents"), ("2024-25", "asb-incidents"), ("2024-25", "fund-spent")],
)
def test_its_tables_add_up_to_the_figures(example: Example, year: str, figure: str) -> None:
    reports = list(example.reports.values())
    series = points(figure, reports)
    before, after = pair(series, Year.parse(year))
    assert before is not None
    assert after is not None
    (table,) = (t for t in tables(example.reports[year]) if f"{{{figure}}}" in str(t.rows[-1]))
    *rows, total = table.rows
    expected = {f"{{{figure}.previous}}": before, f"{{{figure}}}": after}
    found = {str(cell): column for column, cell in enumerate(total) if str(cell) in expected}
    assert found.keys() == expected.keys()
    for reference, column in found.items():
        count = sum(int(str(row[column]).replace(",", "")) for row in rows)
        assert count == expected[reference].measure.value


def test_its_appendix_by_month_adds_up(example: Example) -> None:
    lines = (EXAMPLE / "2021-22-reports-by-month.csv").read_text("utf-8").splitlines()
    months = [int(line.partition(",")[2]) for line in lines[1:]]
    assert len(months) == 12
    assert sum(months) == example.reports["2021-22"].figures["asb-incidents"].value


def test_the_last_year_is_the_fullest(example: Example) -> None:
    sizes = {year: sum(1 for _ in paragraphs_of(r)) for year, r in example.reports.items()}
    assert max(sizes, key=lambda year: sizes[year]) == YEARS[-1]
