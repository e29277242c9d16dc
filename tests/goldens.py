"""Golden playthroughs, and all that the documents show: real output, written by ``make goldens``, read as a diff."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.cli.goldens import goldens_wanted
from engine.cli.odd import odd_of
from engine.cli.reference import pages
from engine.cli.reference.python import surface
from engine.cli.schemas import SCHEMAS
from engine.rules import Rules
from engine.scenario.load import check_scenario, list_scenarios, load_scenario
from engine.scenario.places import BUNDLED
from engine.scenario.schema import as_file
from tests.assessment.small import CARD, fresh_card
from tests.docs.following import renewed
from tests.docs.pages import TOP
from tests.docs.pages import pages as pages_of_documents
from tests.rules import bits


def golden_games() -> Iterator[tuple[Path, str]]:
    """Each golden playthrough of a bundled scenario: its file, and what it should hold."""
    for name in list_scenarios():
        rules = Rules(load_scenario(name))
        for golden in goldens_wanted(BUNDLED / name):
            yield golden.file, golden.fresh(rules)


def documents() -> Iterator[tuple[Path, str]]:
    """Each page that shows what the program prints: its file, and what it should hold."""
    for page in pages_of_documents():
        with TemporaryDirectory() as folder:
            yield page, renewed(page, Path(folder))


def schemas() -> Iterator[tuple[Path, str]]:
    """The JSON Schemas that editors read: each file, and what it should hold."""
    for name, make in SCHEMAS.values():
        yield TOP / "docs" / name, as_file(make())


def public_surface() -> Iterator[tuple[Path, str]]:
    """The names and signatures of the public module."""
    yield TOP / "tests" / "library" / "surface.txt", "\n".join(surface()) + "\n"


def reference() -> Iterator[tuple[Path, str]]:
    """The reference for authors: each page, and what it should hold."""
    for name, text in pages().items():
        yield TOP / "docs" / "reference" / name, text


def described() -> Iterator[tuple[Path, str]]:
    """The description of each bundled scenario by the ODD protocol."""
    for name in list_scenarios():
        yield TOP / "docs" / "reference" / "odd" / f"{name}.md", odd_of(check_scenario(name))


def same_bits() -> Iterator[tuple[Path, str]]:
    """The hashes that every machine must come to."""
    yield bits.KNOWN, "".join(bits.lines())


def small_card() -> Iterator[tuple[Path, str]]:
    """The calibration card of the small scenario of the tests."""
    with TemporaryDirectory() as folder:
        yield CARD, fresh_card(Path(folder))


def main() -> int:
    """Write them all anew."""
    for path, text in chain(
        schemas(),
        reference(),
        described(),
        public_surface(),
        same_bits(),
        small_card(),
        golden_games(),
        documents(),
    ):
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"written anew: {path.relative_to(TOP)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
