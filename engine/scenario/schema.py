"""The JSON Schema of a scenario file, for editors: completion, hover and errors while typing.

It describes what an author writes, which is a little wider than what the models hold: a duration is a text such as
``8w``, an expression may be a bare number or yes/no, one text stands for a list of one.
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from engine.scenario.models import FORMAT, Scenario

DIALECT = "http://json-schema.org/draft-07/schema#"


class _Written(GenerateJsonSchema):
    """Schemas of what is written rather than of what is kept."""

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Mappings, whose keys are texts in YAML as in JSON."""
        made = super().dict_schema(schema)
        made.pop("propertyNames", None)
        return made


def scenario_schema() -> dict[str, Any]:
    """The schema (draft-07) of a scenario file of this format."""
    schema = Scenario.model_json_schema(by_alias=True, schema_generator=_Written, mode="validation")
    return {"$schema": DIALECT, **schema, "title": f"A scenario of Brinkmanship, format {FORMAT}"}
