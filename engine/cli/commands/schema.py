"""`brink schema`: the JSON Schemas that editors check files against."""

from __future__ import annotations

from pathlib import Path

from engine.cli.arguments import Arguments
from engine.cli.failures import UsageError
from engine.cli.schemas import SCHEMAS
from engine.files import make_folders, write_whole
from engine.scenario.schema import as_file


def execute(arguments: Arguments) -> int:
    """Prints one schema, or writes one into a file, or all into a folder."""
    kind = arguments.kind
    if kind == "all":
        write_all(arguments.page)
        return 0
    _, make = SCHEMAS[kind]
    text = as_file(make())
    if not arguments.page:
        print(text, end="")
        return 0
    write_whole(Path(arguments.page), text.encode())
    print(f"written: {arguments.page}")
    return 0


def write_all(folder: str) -> None:
    """Every schema under its own name."""
    if not folder:
        raise UsageError("all schemas are written into a folder: brink schema all --out FOLDER")
    make_folders(Path(folder))
    for name, make in SCHEMAS.values():
        write_whole(Path(folder) / name, as_file(make()).encode())
        print(f"written: {Path(folder) / name}")
