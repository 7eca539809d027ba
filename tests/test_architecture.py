"""The house keeps its order: floors, single importers, sizes, and nothing of a machine in git.

Imports are read from the source, wherever they stand: at the top, in a function, under
``TYPE_CHECKING``, or in an ``import_module("...")``.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "oscp_report"

# From the bottom. A part is a module or a folder of the package; it may import from the floors
# below its own. On the ground floor, parts may also import each other.
FLOORS: tuple[frozenset[str], ...] = (
    frozenset(
        {
            "days",
            "diagnostics",
            "errors",
            "git",
            "listing",
            "native",
            "period",
            "references",
            "wording",
            "year",
        }
    ),
    frozenset({"model"}),
    frozenset({"printed"}),
    frozenset({"comparison"}),
    frozenset({"checks", "document", "inspection", "reading"}),
    frozenset({"authoring", "briefing", "provenance"}),
    frozenset({"outputs"}),
    frozenset({"publishing"}),
    frozenset({"workspace"}),
    frozenset({"checking"}),
    frozenset({"commits", "pipeline", "revisions", "superseded", "unpacking"}),
    frozenset(
        {
            "archive",
            "bugs",
            "catalogue",
            "desk",
            "doctor",
            "git_setup",
            "preview",
            "starting",
            "verifying",
        }
    ),
    frozenset({"closing"}),
    frozenset({"cli"}),
    frozenset({"__main__"}),
)
# Named above and not built yet. A part that exists must not stand here.
PLANNED = frozenset[str]()

# Where a library may be imported: a module, or a folder with all that is in it.
IMPORTERS = {
    "yaml": ("reading/source.py",),
    "jinja2": ("document/rendering.py", "document/compiled.py"),
    "weasyprint": ("outputs/pdf.py", "outputs/assets.py"),
    "click": ("cli/",),
    "openpyxl": ("authoring/",),
    "pikepdf": ("inspection/", "outputs/tagging/", "provenance/extracting.py"),
    "starlette": ("preview/serving.py",),
    "uvicorn": ("preview/serving.py",),
    "watchfiles": ("preview/watching.py",),
}
# Never imported until a function needs it: what makes no PDF, or serves no preview, does not pay.
LAZY = frozenset({"openpyxl", "pikepdf", "starlette", "uvicorn", "watchfiles", "weasyprint"})
# What the command line must not load before it knows what to do.
HEAVY = ("yaml", "jinja2", "markdown", "nh3", "pikepdf", "uvicorn", "weasyprint")

MODULE_LINES, FUNCTION_LINES = 300, 50
# Longer than the ceiling, each with its reason: "module.py" or "module.py:function".
LONGER: dict[str, str] = {"reading/fields.py": "one rule after another, each with its explanation"}


@dataclass(frozen=True, slots=True)
class Import:
    """One import in ``module``; ``name`` is the dotted name of a module, or of a name in one."""

    module: str
    name: str
    line: int
    in_function: bool


@dataclass(frozen=True)
class House:
    """The package's source: each module's dotted name, its path within the package, its tree."""

    modules: dict[str, tuple[str, ast.Module]]

    @classmethod
    def read(cls, package: Path) -> House:
        modules = {}
        for path in sorted(package.rglob("*.py")):
            relative = path.relative_to(package)
            parts = [package.name, *relative.with_suffix("").parts]
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            modules[name] = relative.as_posix(), ast.parse(path.read_text(encoding="utf-8"))
        assert modules, f"{package} holds no modules: these tests would prove nothing"
        return cls(modules)

    @property
    def package(self) -> str:
        return min(self.modules, key=len)

    def part(self, module: str) -> str:
        """The part of the house a module is in: '' for the package itself."""
        return module.removeprefix(self.package).lstrip(".").partition(".")[0]

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        return tuple(
            found
            for module, (path, tree) in self.modules.items()
            for found in _imports(module, _above(module, path), tree, in_function=False)
        )

    def target(self, found: Import) -> str | None:
        """The module of ours that an import reaches, or None."""
        holder = found.name.rpartition(".")[0]
        return next((name for name in (found.name, holder) if name in self.modules), None)


def _above(module: str, path: str) -> str:
    """The package that a module's relative imports start from."""
    return module if path.endswith("__init__.py") else module.rpartition(".")[0]


def _imports(module: str, above: str, node: ast.AST, *, in_function: bool) -> Iterator[Import]:
    for name in _imported(node, above):
        yield Import(module, name, getattr(node, "lineno", 0), in_function)
    inside = in_function or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for child in ast.iter_child_nodes(node):
        yield from _imports(module, above, child, in_function=inside)


def _imported(node: ast.AST, above: str) -> list[str]:
    """The dotted names that one statement or call imports, seen from the package ``above``."""
    match node:
        case ast.Import():
            return [alias.name for alias in node.names]
        case ast.ImportFrom(level=0):
            return [f"{node.module}.{alias.name}" for alias in node.names]
        case ast.ImportFrom():
            parents = above.split(".")
            base = [*parents[: len(parents) - node.level + 1], node.module or ""]
            return [".".join(filter(None, [*base, alias.name])) for alias in node.names]
        case ast.Call(
            func=ast.Name(id="import_module" | "__import__")
            | ast.Attribute(attr="import_module" | "__import__"),
            args=[ast.Constant(value=str(name)), *_],
        ):
            return [name]
    return []


def between_floors(house: House) -> Iterator[str]:
    """Imports that do not go down."""
    height = {part: floor for floor, parts in enumerate(FLOORS) for part in parts}
    for module in house.modules:
        if house.part(module) not in {"", *height}:
            yield f"{module} stands on no floor: give it one in FLOORS"
    for found in house.imports:
        target = house.target(found) or ""
        here, there = house.part(found.module), house.part(target)
        if here == there or not {here, there} <= set(height):
            continue
        if height[here] <= height[there] and height[here] + height[there] > 0:
            yield f"{found.module}:{found.line} imports {target}, which is not on a floor below"


def cycles(house: House) -> Iterator[str]:
    """A ring of modules that import each other."""
    graph: dict[str, set[str]] = {module: set() for module in house.modules}
    for found in house.imports:
        target = house.target(found)
        if target and target != found.module:
            graph[found.module].add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield "import cycle: " + " <- ".join(error.args[1])


def outside_importers(house: House) -> Iterator[str]:
    """Libraries imported where they do not belong, or too early."""
    for found in house.imports:
        library = found.name.partition(".")[0]
        path = house.modules[found.module][0]
        allowed = IMPORTERS.get(library, (path,))
        if not any(path == place or path.startswith(place) for place in allowed):
            yield f"{path}:{found.line} imports {library}, which only {allowed[0]} may"
        elif library in LAZY and not found.in_function:
            yield f"{path}:{found.line} imports {library} outside a function"


def sizes(package: Path, house: House) -> dict[str, int]:
    """Lines of each module that is over its ceiling, and of each function."""
    over = {}
    for path, tree in house.modules.values():
        lines = len((package / path).read_text(encoding="utf-8").splitlines())
        if lines > MODULE_LINES:
            over[path] = lines
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > FUNCTION_LINES:
                    over[f"{path}:{node.name}"] = length
    return over


@pytest.fixture(scope="module")
def house() -> House:
    return House.read(PACKAGE)


def test_the_modules_were_seen(house: House) -> None:
    assert len(house.modules) >= 25
    assert len(house.imports) >= 100
    named = {part for parts in FLOORS for part in parts}
    built = {house.part(module) for module in house.modules} & named
    assert named - PLANNED - built == set(), "these parts are gone: take them out of FLOORS"
    assert PLANNED & built == set(), "these parts are built: take them out of PLANNED"
    for library, places in IMPORTERS.items():
        if any((PACKAGE / place).exists() for place in places):
            users = {found.module for found in house.imports if _top(found) == library}
            assert users, f"nothing imports {library}: has its module moved?"


def _top(found: Import) -> str:
    return found.name.partition(".")[0]


@pytest.mark.parametrize("rule", [between_floors, cycles, outside_importers])
def test_the_house_keeps(rule: Callable[[House], Iterator[str]], house: House) -> None:
    assert list(rule(house)) == []


@pytest.mark.parametrize(
    ("rule", "path", "source", "expected"),
    [
        (between_floors, "model.py", "import oscp_report.reading.source", "not on a floor below"),
        (between_floors, "checks/prose.py", "from oscp_report.reading import source", "reading"),
        (between_floors, "year.py", "def f():\n    from oscp_report import model", "model"),
        (between_floors, "errors.py", "if TYPE_CHECKING:\n    from .model import A", "model"),
        (between_floors, "checks/a.py", "from ..document.views import A", "document.views"),
        (between_floors, "extra.py", "", "stands on no floor"),
        (cycles, "year.py", "def f():\n    from oscp_report.errors import A", "import cycle"),
        (cycles, "reading/source.py", "from . import loading", "import cycle"),
        (outside_importers, "checks/a.py", "import yaml.nodes", "only reading/source.py may"),
        (outside_importers, "reading/loading.py", "from yaml import parse", "yaml"),
        (outside_importers, "outputs/html.py", "def f():\n    import weasyprint", "weasyprint"),
        (outside_importers, "outputs/pdf.py", "from weasyprint import HTML", "outside a function"),
        (outside_importers, "pipeline.py", "importlib.import_module('jinja2')", "jinja2"),
        (outside_importers, "pipeline.py", "__import__('yaml')", "only reading/source.py may"),
        (outside_importers, "checks/a.py", "import pikepdf", "only inspection/ may"),
        (outside_importers, "inspection/a.py", "import pikepdf", "outside a function"),
        (outside_importers, "pipeline.py", "from click import echo", "only cli/ may"),
    ],
)
def test_a_planted_fault_is_found(
    tmp_path: Path,
    rule: Callable[[House], Iterator[str]],
    path: str,
    source: str,
    expected: str,
) -> None:
    package = tmp_path / "oscp_report"
    sound = {
        "__init__.py": "",
        "errors.py": "from oscp_report.year import Year",
        "year.py": "",
        "model.py": "from oscp_report.errors import ReportError",
        "checks/__init__.py": "from oscp_report.checks import prose",
        "checks/prose.py": "from .. import model",
        "document/views.py": "",
        "inspection/objects.py": "",
        "reading/__init__.py": "",
        "reading/loading.py": "from oscp_report.reading import source",
        "reading/source.py": "import yaml",
        "outputs/pdf.py": "def f():\n    import weasyprint",
        "cli/main.py": "import click",
    }
    for name, text in sound.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text, encoding="utf-8")
    assert list(rule(House.read(package))) == []

    (package / path).write_text(source, encoding="utf-8")
    assert [fault for fault in rule(House.read(package)) if expected in fault]


def test_no_module_or_function_is_longer_than_its_ceiling(house: House) -> None:
    over = sizes(PACKAGE, house)
    assert {name: lines for name, lines in over.items() if name not in LONGER} == {}
    assert {name for name in LONGER if name not in over} == set(), "no longer needed in LONGER"


def test_a_long_module_and_a_long_function_are_found(tmp_path: Path) -> None:
    body = "    pass\n" * FUNCTION_LINES
    (tmp_path / "a.py").write_text(f"def f():\n{body}", encoding="utf-8")
    (tmp_path / "b.py").write_text("1\n" * (MODULE_LINES + 1), encoding="utf-8")
    assert sizes(tmp_path, House.read(tmp_path)) == {
        "a.py:f": FUNCTION_LINES + 1,
        "b.py": MODULE_LINES + 1,
    }


def test_the_command_line_loads_no_more_than_it_needs() -> None:
    imports = "import sys, oscp_report.cli, oscp_report.pipeline"
    script = f"{imports}; print(sorted(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def tracked(git: str) -> dict[str, bytes]:
    """The files that are in git or would be added to it."""
    command = [git, "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others"]
    command.append("--exclude-standard")
    listed = subprocess.run(
        command, cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    ).stdout
    paths = {name: PACKAGE.parent / name for name in listed.split("\0") if name}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}


# A folder of somebody's machine, and no part of an address or of a longer path.
MACHINE_PATH = re.compile(rb"(?<![\w.~/])/(?:work|root|tmp/v)(?![\w-])")


def test_git_holds_no_path_of_a_machine_and_nothing_built(program: Callable[[str], str]) -> None:
    git = program("git")
    if not (PACKAGE.parent / ".git").exists() and os.environ.get("CI") != "true":
        pytest.skip("this copy of the source is no git checkout")
    files = tracked(git)
    assert {"pyproject.toml", "oscp_report/errors.py", "templates/fonts/LICENSE.txt"} <= set(files)
    assert [name for name in files if name.startswith(("build/", ".venv/"))] == []
    # This file is left out: it spells what it looks for.
    here = Path(__file__).name
    holding = {name for name, content in files.items() if MACHINE_PATH.search(content)}
    assert {name for name in holding if not name.endswith(here)} == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"see /work/main/a.py", True),
        (b"in '/root'.", True),
        (b"`/tmp/v/bin/python`", True),
        (b"https://example.org/work/a", False),
        (b"~/work, framework/work, ../root and /workspace", False),
        (b"/tmp/venv and /work-life", False),
    ],
)
def test_a_path_of_a_machine_is_known(text: bytes, expected: bool) -> None:
    assert bool(MACHINE_PATH.search(text)) == expected


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_names_exact_versions_and_hashes_and_no_host(name: str) -> None:
    lines = (PACKAGE.parent / name).read_text(encoding="utf-8").splitlines()
    pin = re.compile(r"[a-z0-9-]+==[\w.]+( ; [\w\s.'<>=!()]+)? \\")
    sha = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    pins = [line for line in lines if pin.fullmatch(line)]
    odd = [line for line in lines[2:] if not pin.fullmatch(line) and not sha.fullmatch(line)]
    assert lines[1] == "#    make lock"
    assert odd == []
    assert len(pins) >= 20
    assert "weasyprint==70.0 \\" in pins
