"""The source articles are evidence, so they stay as they were received, and the index tells the truth about them."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml

SEEDS = Path(__file__).parent.parent / "seeds"

CHECKSUMS = {
    "000_60c3097315855f5d.txt": "a24bd684af47e185e9db9c4391edbf55a6798ca15d90f082258c0fbaeab10f6d",
    "001_aecf3d93b9e5e647.txt": "51af7ebc16cd9d6e972f0d91c2dec86c3b7658449552ef9e5b5009197c0b3f57",
    "002_b80603fe2cc2756b.txt": "e0db258143a24f4084cb53f980743d5023a312436447e2d0bd7d582833f1a36a",
    "003_fdcf9c4c5854652f.txt": "08b65eb01cb10bf858f6b13835419ca26046951d3f58b74819e563769c43c927",
    "004_88c1d4bd90c12416.txt": "ff7f49c67d9c2a97414f50810d51f2d58a772fa394f096b42566d6d4899e2ce0",
}
"""SHA-256 of each article as received; written here too, so that an article and the index cannot change together."""

SOURCES: dict[str, dict[str, Any]] = yaml.safe_load((SEEDS / "index.yaml").read_text(encoding="utf-8"))["sources"]


@pytest.mark.parametrize("file", CHECKSUMS)
def test_article_is_unchanged(file: str) -> None:
    """An article has the bytes that it had when it was received."""
    assert hashlib.sha256((SEEDS / file).read_bytes()).hexdigest() == CHECKSUMS[file]


def test_index_lists_the_articles_and_nothing_else() -> None:
    """Each article stands in the index once, with its checksum, and each entry has its article."""
    assert len(SOURCES) == len(CHECKSUMS)
    assert {source["file"]: source["sha256"] for source in SOURCES.values()} == CHECKSUMS
    assert {path.name for path in SEEDS.glob("*.txt")} == set(CHECKSUMS)


@pytest.mark.parametrize("source_id", SOURCES)
def test_index_agrees_with_the_article(source_id: str) -> None:
    """Headline, date and publisher of an entry are those that its article prints."""
    source = SOURCES[source_id]
    lines = (SEEDS / source["file"]).read_text(encoding="utf-8").splitlines()
    updated = next(line for line in lines if line.startswith("Last Updated:"))
    assert source["title"] in lines
    assert f"{source['date']:%A}, {source['date'].day} {source['date']:%B %Y}" in updated
    assert source_id == f"bbc-{source['date'].isoformat()}"
    assert source["publisher"] == "BBC News"
    assert any(line.upper().startswith("BBC NEWS") or line.endswith("BBC NEWS CHANNEL") for line in lines[:4])
