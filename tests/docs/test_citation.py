"""How the program wants to be cited."""

from __future__ import annotations

import re

import yaml

from engine import __version__
from tests.docs.pages import TOP

NEEDED = {"cff-version", "message", "title", "authors"}
"""Keys that version 1.2.0 of the Citation File Format asks for."""

ALLOWED = NEEDED | {
    *("abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords", "license", "license-url"),
    *("preferred-citation", "references", "repository", "repository-artifact", "repository-code", "type", "url"),
    "version",
}
"""Keys that it knows."""


def test_the_citation_file_is_one() -> None:
    """Its keys are those of the format, and it speaks of this version and this licence."""
    cited = yaml.safe_load((TOP / "CITATION.cff").read_text(encoding="utf-8"))
    assert set(cited) >= NEEDED
    assert set(cited) <= ALLOWED
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] in ("software", "dataset")
    assert all("name" in author or {"family-names", "given-names"} & set(author) for author in cited["authors"])
    project = (TOP / "pyproject.toml").read_text(encoding="utf-8")
    assert re.search(r'^version = "(.*)"$', project, re.MULTILINE)[1] == cited["version"] == __version__  # type: ignore[index]
    assert re.search(r'^license = "(.*)"$', project, re.MULTILINE)[1] == cited["license"]  # type: ignore[index]
