"""New scenarios: a folder with a small one that plays at once, or with a copy of another under a new name."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from engine.errors import BrinkmanshipError
from engine.files import make_folders, move, temporary_beside, write_whole
from engine.scenario.coding.reading import files_of_coders
from engine.scenario.evidence import sourced_records
from engine.scenario.fields import ScenarioName
from engine.scenario.files import read_text
from engine.scenario.load import Report, check_scenario
from engine.scenario.places import CODERS_FOLDER, HISTORY_FILE, SCENARIO_FILE, SEEDS, SOURCES_FOLDER, find_scenario
from engine.scenario.problems import Problems, ScenarioError, quoted
from engine.scenario.schema import as_file, coding_schema, history_schema, scenario_schema
from engine.scenario.sources import INDEX, Source, read_sources

TEMPLATE = Path(__file__).parent / "template"
"""The small scenario that plays at once."""

SCHEMAS = "schemas"
"""The folder, beside a new scenario, of the schemas for editors."""

EXPERIMENTS = "experiments"
"""The folder, beside a scenario, of its experiments."""

SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=.*\n")
ID_LINE = re.compile(r"^id:[ \t]*[^#\n]*?(?=[ \t]*(?:#.*)?$)", re.MULTILINE)


class CreationError(BrinkmanshipError):
    """A scenario that can't be written, says why in a sentence."""


def create(target: Path, origin: str | None = None) -> list[Path]:
    """Write a new scenario into a folder that is not there yet; gives its files, in alphabetical order.

    ``origin`` is the name, folder or file of a scenario to copy. Raises :class:`CreationError`,
    :class:`~engine.scenario.problems.ScenarioError` where the origin can't be used, and OSError.
    """
    check_name(target.name)
    if target.exists() or target.is_symlink():
        raise CreationError(f"{target} is there already, and is never written over: choose another name")
    if not target.parent.is_dir():
        raise CreationError(f"there is no folder {target.parent} to write {quoted(target.name)} into")
    content = copy_of(target.name, origin) if origin is not None else small_crisis(target.name)
    unfinished = temporary_beside(target)
    try:
        for name, text in content.items():
            make_folders((unfinished / name).parent)
            write_whole(unfinished / name, text)
        move(unfinished, target)
    except BaseException as error:
        if isinstance(error, OSError):
            error.filename = str(target)
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return sorted(target / name for name in content)


def check_name(name: str) -> None:
    """Raises :class:`CreationError` where a scenario can't be called so."""
    try:
        TypeAdapter(ScenarioName).validate_python(name)
    except ValidationError:
        rule = "small letters, digits, _ and -, and starts with a letter; it has at most 60 of them"
        raise CreationError(
            f"{quoted(name)} is no name for a scenario: a name is made of {rule}, such as {quoted(mended(name))}"
        ) from None


def mended(name: str) -> str:
    """The nearest name that a scenario may have."""
    kept = re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-_").lstrip("0123456789-_")[:60]
    return kept or "my-crisis"


Content = Mapping[str, bytes]
"""Files by name, with what is in them."""


def small_crisis(name: str) -> Content:
    """The files of the small scenario, under this name."""
    found = {str(path.relative_to(TEMPLATE)): path.read_bytes() for path in TEMPLATE.rglob("*") if path.is_file()}
    found[SCENARIO_FILE] = renamed(found[SCENARIO_FILE].decode(), name).encode()
    return {**found, **schemas()}


def copy_of(name: str, origin: str) -> Content:
    """The files of another scenario under this name, with every source that it quotes."""
    report = check_scenario(origin)
    if report.scenario is None or report.errors:
        raise ScenarioError(report.errors, report.left_out)
    place = find_scenario(origin)
    found = {SCENARIO_FILE: renamed(text_of(place.file), name).encode()}
    history = place.folder / HISTORY_FILE
    if report.history is not None:
        found[HISTORY_FILE] = pointed(text_of(history), "history-1").encode()
    for path in files_of_coders(place.folder):
        found[f"{CODERS_FOLDER}/{path.name}"] = SCHEMA_LINE.sub("", text_of(path), count=1).encode()
    found.update(sources_of(place.folder / SOURCES_FOLDER, report))
    for path in sorted((place.folder / EXPERIMENTS).glob("*")):
        if path.is_file() and not path.is_symlink():
            found[f"{EXPERIMENTS}/{path.name}"] = of_scenario(path.read_bytes(), report.scenario.id, name)
    return {**found, **schemas()}


def text_of(path: Path) -> str:
    """The text of a file that has been read without a problem, in whichever encoding its mark says."""
    return read_text(path, Problems(str(path))) or ""


def renamed(text: str, name: str) -> str:
    """A scenario's text under another id, its first line pointing to the schema beside it; all else as it stands."""
    return pointed(ID_LINE.sub(f"id: {name}", text, count=1), "scenario-1")


def pointed(text: str, schema: str) -> str:
    """The text with a first line that tells editors where its schema is."""
    line = f"# yaml-language-server: $schema={SCHEMAS}/{schema}.schema.json\n"
    return line + SCHEMA_LINE.sub("", text, count=1)


def of_scenario(content: bytes, old: str, new: str) -> bytes:
    """An experiment's file, about the new scenario."""
    return re.sub(
        rb"(?m)^scenario:[ \t]*" + re.escape(old.encode()) + rb"(?=\s|$)", b"scenario: " + new.encode(), content
    )


def schemas() -> Content:
    """What editors check the files against."""
    return {
        f"{SCHEMAS}/scenario-1.schema.json": as_file(scenario_schema()).encode(),
        f"{SCHEMAS}/history-1.schema.json": as_file(history_schema()).encode(),
        f"{SCHEMAS}/coding-1.schema.json": as_file(coding_schema()).encode(),
    }


def sources_of(folder: Path, report: Report) -> Content:
    """The scenario's own sources, and those of the seeds that it quotes, under one index."""
    own = read_sources(folder).sources if folder.is_dir() else {}
    quoted_ids = sources_quoted(report)
    borrowed = [source for id_, source in report.sources.items() if id_ in quoted_ids and id_ not in own]
    found = {
        f"{SOURCES_FOLDER}/{source.entry.file}": (folder / source.entry.file).read_bytes() for source in own.values()
    }
    found |= {f"{SOURCES_FOLDER}/{s.entry.file}": (SEEDS / s.entry.file).read_bytes() for s in borrowed}
    if found:
        index = text_of(folder / INDEX) if own else "# The texts that this scenario may quote.\nsources:\n"
        found[f"{SOURCES_FOLDER}/{INDEX}"] = (index.rstrip("\n") + "\n" + "".join(map(entry, borrowed))).encode()
    return found


def entry(source: Source) -> str:
    """A source as it stands in an index."""
    said = source.entry
    fields = {"file": said.file, "publisher": said.publisher, "date": said.date.isoformat(), "title": said.title}
    lines = (
        f"    {key}: {value if key == 'date' else json.dumps(value, ensure_ascii=False)}\n"
        for key, value in fields.items()
    )
    return f"  {source.id}:\n" + "".join(lines)


def sources_quoted(report: Report) -> set[str]:
    """The sources that a scenario, its history and its coders quote."""
    entries = report.history.entries if report.history is not None else ()
    found = {evidence.source for entry in entries for evidence in entry.evidence}
    found |= {code.source for coding in report.coders.values() for code in coding.codes}
    for _, record in sourced_records(report.scenario) if report.scenario is not None else ():
        found |= {evidence.source for evidence in record.evidence}
    return found
