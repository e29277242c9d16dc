"""Everything that an author can write is described, in the schemas and in the reference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from engine.cli.reference import pages
from engine.cli.reference.fields import records
from engine.cli.reference.limits import limits
from engine.cli.schemas import SCHEMAS
from engine.expressions import FUNCTIONS
from engine.scenario.forms import NAMES, PLACES
from engine.scenario.meanings import meanings_of
from engine.scenario.models import Scenario


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each field of a schema: the record and its own name, and what is said of it."""
    for record, body in {**schema.get("$defs", {}), schema["title"]: schema}.items():
        yield from ((record, name, said) for name, said in body.get("properties", {}).items())


@pytest.fixture(scope="module")
def reference() -> dict[str, str]:
    """Every page of the reference, by its name."""
    return dict(pages())


@pytest.mark.parametrize("kind", SCHEMAS)
def test_each_field_of_a_schema_has_a_description(kind: str) -> None:
    """In a sentence or a phrase that ends."""
    _, make = SCHEMAS[kind]
    fields = list(properties(make()))
    assert len(fields) >= 5
    lacking = [
        (record, name) for record, name, said in fields if not re.search(r"\w.*[.)\"`]$", said.get("description", ""))
    ]
    assert lacking == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schemas_are_closed(kind: str) -> None:
    """A key that is not named is a mistake, so that editors mark it; but an index may say more."""
    _, make = SCHEMAS[kind]
    schema = make()
    bodies = [body for body in (schema, *schema.get("$defs", {}).values()) if "properties" in body]
    is_open = [body["title"] for body in bodies if body.get("additionalProperties") is not False]
    assert is_open == (["SourceEntry"] if kind == "sources" else [])


@pytest.mark.slow
def test_each_field_of_a_scenario_is_in_the_reference(reference: dict[str, str]) -> None:
    """Under its record, by the key that an author writes."""
    page = reference["scenario.md"]
    parts = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    for record in records(Scenario):
        assert record.__doc__
        meanings = meanings_of(record)
        for name, field in record.model_fields.items():
            assert f"| `{field.alias or name}` | " in parts[record.__name__], (record, name)
            assert meanings[name], (record, name)


def test_each_function_name_and_place_is_in_the_reference(reference: dict[str, str]) -> None:
    """With its sentence."""
    page = reference["expressions.md"]
    for function in FUNCTIONS.values():
        assert f"| `{function.signature}` | {function.kind.value} | {function.doc} |" in page
    for form in (*NAMES, *PLACES):
        assert f"| `{form.pattern}` | " in page


def test_each_limit_is_explained(reference: dict[str, str]) -> None:
    """By the string under it, which is in the reference."""
    found = list(limits())
    assert {"MOST_PACES", "LARGEST_FILE", "DEEPEST", "MOST_OPTIONS", "MOST"} <= {limit.name for limit in found}
    page = reference["limits.md"]
    for limit in found:
        assert limit.meaning, limit.name
        assert limit.meaning.rstrip(".") in page.replace("\\|", "|"), limit.name


def test_links_of_the_reference_lead_somewhere(reference: dict[str, str]) -> None:
    """To a page and a heading that there are."""
    made = reference
    anchors = {
        name: {
            re.sub(r"[^\w -]", "", h).strip().lower().replace(" ", "-")
            for h in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        }
        for name, text in made.items()
    }
    for name, text in made.items():
        for page, anchor in re.findall(r"\]\(([\w.]*)#?([\w-]*)\)", text):
            assert (page or name) in made, (name, page)
            assert not anchor or anchor in anchors[page or name], (name, page, anchor)
