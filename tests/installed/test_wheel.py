"""The wheel, built from the sdist, holds the whole game: it is installed beside the libraries of this environment."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.installed.use import use

TOP = Path(__file__).parents[2]

BUILD = "import sys; from hatchling.build import build_sdist, build_wheel; print(globals()[sys.argv[1]](sys.argv[2]))"


def built(what: str, source: Path, folder: Path) -> Path:
    """What hatchling builds from a folder, without a network."""
    command = [sys.executable, "-c", BUILD, f"build_{what}", str(folder)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=True, timeout=120)
    return folder / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    sdist = built("sdist", TOP, folder)
    with tarfile.open(sdist) as packed:
        packed.extractall(folder / "source")  # our own archive; 3.11.2 knows no filter
    (source,) = (folder / "source").iterdir()
    return built("wheel", source, folder)


@pytest.mark.slow
def test_the_wheel_holds_what_the_game_reads(wheel: Path) -> None:
    """Scenarios and articles in our own package, marks for types, styles and templates; no tests."""
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    for part in ("scenarios", "seeds"):
        files = {path.relative_to(TOP) for path in (TOP / part).rglob("*") if path.is_file()}
        assert {f"brinkmanship/{path}" for path in files} <= names
    assert {f"{package}/py.typed" for package in ("brinkmanship", "engine", "tui")} <= names
    assert {"tui/brink.tcss", "engine/report/page.css", "engine/scenario/template/scenario.yaml"} <= names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"brinkmanship", "engine", "tui"}


@pytest.mark.slow
def test_the_installed_game_does_its_work(wheel: Path, tmp_path: Path) -> None:
    """From another folder, without a network, with a HOME that can't be used."""
    env = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(env)], check=True, timeout=120)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(env / "bin" / "python")]
    subprocess.run([*pip, "-q", "install", "--no-deps", "--no-index", str(wheel)], check=True, timeout=120)
    paths = {"base": str(env), "platbase": str(env)}
    site = Path(sysconfig.get_path("purelib", vars=paths))
    # the libraries, but not the checkout, which stands in a .pth file that is not read from there
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    assert use(env / "bin", tmp_path / "elsewhere", is_whole=False) == []
