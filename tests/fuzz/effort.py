"""How hard a fuzzer tries: a few cases in `make test`, the same each time; as many as minutes allow in `make fuzz`.

A fuzzer is a test. It asks ``cases`` how many cases to try and, where it rolls dice of its own, ``seed`` for them;
hypothesis takes its seed from the command line. What breaks is put where ``keeping`` says.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MINUTES = "BRINK_FUZZ_MINUTES"
"""For how many minutes each fuzzer is to run, roughly; without it a fuzzer is short."""

SEED = "BRINK_FUZZ_SEED"
"""Where the dice of a fuzzer begin."""

FOLDER = "BRINK_FUZZ_FOLDER"
"""Where inputs are put that broke something."""

SHORT_SECONDS = 3
"""About how long the short form of a fuzzer takes."""


def cases(short: int) -> int:
    """How many cases to try, where ``short`` are right for some three seconds in `make test`."""
    minutes = float(os.environ.get(MINUTES) or 0)
    return max(short, round(short * minutes * 60 / SHORT_SECONDS)) if minutes else short


def seed() -> int:
    """Where dice begin that are not hypothesis': the same in `make test`, another each round in `make fuzz`."""
    return int(os.environ.get(SEED) or 0)


@contextmanager
def keeping(fuzzer: str, tried: Path | bytes | str) -> Iterator[None]:
    """Keep what is tried, a file, a folder or its content, if that fails; the last to fail is kept."""
    try:
        yield
    except BaseException:
        _keep(Path(os.environ.get(FOLDER) or "fuzz-failures") / fuzzer, tried)
        raise


def _keep(folder: Path, tried: Path | bytes | str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if not isinstance(tried, Path):
        (folder / "input").write_bytes(tried if isinstance(tried, bytes) else tried.encode("utf-8", "surrogatepass"))
    elif tried.is_dir():
        shutil.copytree(tried, folder / "input", symlinks=True, ignore=_neither_file_nor_folder)
    else:
        shutil.copyfile(tried, folder / tried.name)


def _neither_file_nor_folder(folder: str, names: list[str]) -> list[str]:
    """Pipes and devices, which would be read for ever."""
    inside = {name: Path(folder) / name for name in names}
    return [name for name, path in inside.items() if not (path.is_symlink() or path.is_file() or path.is_dir())]
