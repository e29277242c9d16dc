"""The documents as a site: no page leads nowhere, and nothing is fetched from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.docs.pages import TOP

FETCHED = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src", "object": "data"}
"""What a browser fetches by itself, and the attribute that says from where."""


class Fetched(HTMLParser):
    """Collects the addresses that a page makes a browser fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One tag."""
        address = dict(attrs).get(FETCHED.get(tag, ""))
        if address is not None:
            self.addresses.append(address)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built with warnings as errors."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "--quiet", "build", "--strict", "--site-dir", str(folder)],
        cwd=TOP,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.mark.slow
def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    """Scripts, styles, fonts and pictures are files of the site."""
    found = list(site.rglob("*.html"))
    assert len(found) > 25
    for page in found:
        reader = Fetched()
        reader.feed(page.read_text(encoding="utf-8"))
        assert len(reader.addresses) > 3
        for address in reader.addresses:
            assert not re.match(r"(?:\w+:)?//", address), f"{page.name}: {address}"
            if page.name != "404.html" and not address.startswith(("data:", "#")):
                assert (page.parent / address.partition("?")[0].partition("#")[0]).exists(), f"{page.name}: {address}"
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(?:\w+:)?//", style.read_text(encoding="utf-8")), style.name


@pytest.mark.slow
def test_every_page_can_be_searched_without_a_server(site: Path) -> None:
    """The index is a script, which a page opened from disk can read, and knows every page."""
    index = (site / "search" / "search_index.js").read_text(encoding="utf-8")
    assert index.startswith("var __index = ")
    for page in (TOP / "docs").rglob("*.md"):
        name = page.relative_to(TOP / "docs").with_suffix(".html").as_posix().replace("README.html", "index.html")
        assert f'"location":"{name}' in index, name
