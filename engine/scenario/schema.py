"""JSON Schemas of the files that authors write, for editors: completion, hover and errors while typing.

They describe what an author writes, which is a little wider than what the models hold: a duration is a text such as
``8w``, an expression may be a bare number or yes/no, one text stands for a list of one.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from engine.scenario.coding.models import Coding
from engine.scenario.doubts import IN_DOUBT, NumberInDoubt
from engine.scenario.history import History
from engine.scenario.meanings import meanings_of
from engine.scenario.models import FORMAT, Scenario
from engine.scenario.sources import SourceIndex

DIALECT = "http://json-schema.org/draft-07/schema#"


class _Written(GenerateJsonSchema):
    """Schemas of what is written rather than of what is kept."""

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Mappings, whose keys are texts in YAML as in JSON."""
        made = super().dict_schema(schema)
        made.pop("propertyNames", None)
        return made

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Records, each field with what it means."""
        made, record = super().model_schema(schema), schema["cls"]
        for name, meaning in meanings_of(record).items():
            made["properties"][record.model_fields[name].alias or name]["description"] = meaning
        return made


def schema_of(model: type[BaseModel], title: str) -> dict[str, Any]:
    """The schema (draft-07) of a file that holds one record."""
    schema = _made(model)
    doubt = _made(NumberInDoubt)
    told = _doubts_told(schema)
    if told is not schema:
        told["$defs"] = {**told.get("$defs", {}), **doubt.pop("$defs", {}), IN_DOUBT: doubt}
    return {"$schema": DIALECT, **told, "title": title}


def _made(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True, schema_generator=_Written, mode="validation")


def _doubts_told(part: Any) -> Any:
    """The same schema, with that of a number in doubt wherever it is named."""
    if part == {"$comment": IN_DOUBT}:
        return {"$ref": f"#/$defs/{IN_DOUBT}"}
    if isinstance(part, dict):
        parts = {key: _doubts_told(value) for key, value in part.items()}
        return parts if any(parts[key] is not value for key, value in part.items()) else part
    if isinstance(part, list):
        members = [_doubts_told(value) for value in part]
        return members if any(new is not old for new, old in zip(members, part, strict=True)) else part
    return part


def scenario_schema() -> dict[str, Any]:
    """The schema of a scenario file of this format."""
    return schema_of(Scenario, f"A scenario of Brinkmanship, format {FORMAT}")


def history_schema() -> dict[str, Any]:
    """The schema of a history beside a scenario."""
    return schema_of(History, "What really happened, format 1")


def coding_schema() -> dict[str, Any]:
    """The schema of what one coder read."""
    return schema_of(Coding, "What one coder read, format 1")


def sources_schema() -> dict[str, Any]:
    """The schema of an index of sources."""
    return schema_of(SourceIndex, "The sources that a scenario may quote")


def as_file(schema: dict[str, Any]) -> str:
    """A schema as it is written into a file."""
    return json.dumps(schema, indent=1) + "\n"
