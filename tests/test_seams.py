"""The core stands alone: to import it loads no screen, no plotting, no Mesa and no data frames."""

import subprocess
import sys

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
)
"""Libraries that take long to import, change the program (Mesa sets how processes start) or belong to a screen."""

IMPORT_EVERYTHING = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if not module.name.endswith(".__main__"):
        importlib.import_module(module.name)
print(*sorted(set(sys.argv[2:]) & set(sys.modules)))
"""
"""Imports a package and all of its modules, and prints which of the named libraries came with them."""


def loaded_by(package: str, libraries: tuple[str, ...]) -> list[str]:
    """Return those of the libraries that a fresh interpreter has loaded once it has imported the whole package."""
    command = [sys.executable, "-c", IMPORT_EVERYTHING, package, *libraries]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize(
    "package", ["engine.files", "engine.expressions", "engine.scenario", "engine.rules", "engine.batch"]
)
def test_core_package_loads_nothing_slow(package: str) -> None:
    """A core package imports none of them: what it needs of polars, it imports when it is called."""
    assert loaded_by(package, SLOW_OR_ABOVE) == []


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


def test_the_check_sees_what_is_loaded() -> None:
    """What a package loads only through one of its modules is found, and what it does not load is not."""
    assert loaded_by("html", ("html.parser", "mesa")) == ["html.parser"]


def test_the_first_screens_are_drawn_before_anything_heavy_is_loaded() -> None:
    """Title and choice of a side stand on the terminal while numpy, the models and Mesa are still to come."""
    heavy = ("numpy", "pydantic", "yaml", "mesa", "engine.rules", "engine.scenario.models")
    modules = "tui.app, tui.screens.title, tui.screens.choose"
    code = f"import sys, {modules}; print(*sorted(set(sys.argv[1:]) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr
