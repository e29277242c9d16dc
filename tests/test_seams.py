"""The core stands alone: to import it loads no screen, no plotting, no Mesa and no data frames."""

import ast
import graphlib
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

SLOW_OR_ABOVE = (
    "mesa",
    "textual",
    "rich",
    "matplotlib",
    "scipy",
    "pandas",
    "polars",
    "SALib",
    "duckdb",
    "ema_workbench",
    "distributed",
    "numba",
)
"""Libraries that take long to import, change the program (Mesa sets how processes start) or belong to a screen."""

IMPORT_EVERYTHING = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if not module.name.endswith(".__main__") and not module.name.startswith("engine.rules.machine."):
        importlib.import_module(module.name)
print(*sorted(set(sys.argv[2:]) & set(sys.modules)))
"""
"""Imports a package and all of its modules, and prints which of the named libraries came with them.

The compiled executor is left out: it is imported where somebody asks for it, and needs an extra.
"""


def loaded_by(package: str, libraries: tuple[str, ...]) -> list[str]:
    """Return those of the libraries that a fresh interpreter has loaded once it has imported the whole package."""
    command = [sys.executable, "-c", IMPORT_EVERYTHING, package, *libraries]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.slow
@pytest.mark.parametrize(
    "package",
    ["engine.files", "engine.expressions", "engine.scenario", "engine.rules", "engine.batch", "engine.assessment"],
)
def test_core_package_loads_nothing_slow(package: str) -> None:
    """A core package imports none of them: what it needs of polars, it imports when it is called."""
    assert loaded_by(package, SLOW_OR_ABOVE) == []


@pytest.mark.slow
def test_command_line_loads_nothing_slow() -> None:
    """The command line prints with Rich, and imports Mesa, Textual and tables only in the command that needs them."""
    assert loaded_by("engine.cli", tuple(library for library in SLOW_OR_ABOVE if library != "rich")) == []


def test_facts_load_no_game_and_no_screen() -> None:
    """What players are told is there before Mesa is, and knows no screen."""
    assert loaded_by("engine.play.facts", SLOW_OR_ABOVE) == []


def test_a_check_loads_neither_numpy_nor_rich() -> None:
    """An author who saves and checks waits for neither."""
    program = "import sys, engine.cli; engine.cli.main(['check', 'kosovo-2007'])"
    command = f"{program}; print(*{{'numpy', 'rich'}} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.endswith("\n\n")


@pytest.mark.slow
def test_a_batch_that_only_counts_loads_what_it_needs() -> None:
    """Neither YAML and its checks, once the scenario is known, nor the rooms where results are stored and compared.

    Nor numba, whose code is loaded without it, nor what pydantic builds schemas with, since nothing is validated again.
    """
    said = ["batch", "cuba-1962", "--runs", "1", "--json"]
    program = f"import sys, engine.cli; engine.cli.main({said})"
    others = (
        "yaml",
        "numba",
        "polars",
        "engine.scenario.load",
        "engine.batch.storage.manifest",
        "engine.batch.analysis",
    )
    command = f"{program}; print(*{{*{others}}} & {{*sys.modules}})"
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.endswith("}\n\n")


def test_the_check_sees_what_is_loaded() -> None:
    """What a package loads only through one of its modules is found, and what it does not load is not."""
    assert loaded_by("html", ("html.parser", "mesa")) == ["html.parser"]


def test_the_first_screens_are_drawn_before_anything_heavy_is_loaded() -> None:
    """Title and choice of a side stand on the terminal while numpy, the models and Mesa are still to come."""
    heavy = ("numpy", "pydantic", "yaml", "mesa", "engine.rules", "engine.scenario.models")
    modules = "tui.app, tui.screens.title, tui.screens.choose"
    code = f"import sys, {modules}; print(*sorted(set(sys.argv[1:]) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=False, timeout=300
    )
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr


TOP = Path(__file__).parents[1]

OURS = ("engine", "tui", "brinkmanship")


def sources() -> dict[str, Path]:
    """The file of every module, by its name."""
    files = [file for package in OURS for file in (TOP / package).rglob("*.py")]
    return {".".join(file.relative_to(TOP).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imports(name: str, tree: ast.AST, known: Mapping[str, Path]) -> Iterator[str]:
    """The modules that one imports anywhere: in functions and for type checkers too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name}: imports are absolute here"
            base = str(node.module)
            inner = [f"{base}.{alias.name}" for alias in node.names if f"{base}.{alias.name}" in known]
            yield from inner if len(inner) == len(node.names) or base not in known else (*inner, base)


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """Modules that import each other in turn; none where there is no circle."""
    try:
        tuple(graphlib.TopologicalSorter(graph).static_order())
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Whatever a module imports, wherever it does, can be understood without it."""
    known = sources()
    assert len(known) > 300
    graph = {name: set(imports(name, ast.parse(file.read_bytes()), known)) - {name} for name, file in known.items()}
    assert circle(graph) == []


def test_the_circle_test_sees_what_it_should() -> None:
    """In functions and behind TYPE_CHECKING, from packages and from modules."""
    known = dict.fromkeys(("a", "a.b", "a.c"), Path())
    text = "if TYPE_CHECKING:\n  from a.c import x\ndef f():\n  from a import b, y\n  import a.c"
    assert set(imports("d", ast.parse(text), known)) == {"a", "a.b", "a.c"}
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})[0] in "abc"
    assert circle({"a": {"b"}, "b": set()}) == []
