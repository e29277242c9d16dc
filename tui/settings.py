"""What a person likes: colours, signs, speed and keys, in files of the platform's folder, never in the checkout.

``settings.yaml`` is written by the settings screen, ``keys.yaml`` by hand::

    end_turn: ctrl+t        # a command, and its key; several keys are separated by commas
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from engine.files import make_folders, why_not_written, write_whole
from engine.files.home import own_home

SETTINGS_FILE, KEYS_FILE = "settings.yaml", "keys.yaml"

THEMES = ("dark", "light", "contrast", "safe")
GLYPHS = ("auto", "unicode", "ascii")
CHOICES: Mapping[str, tuple[str, ...]] = {"theme": THEMES, "glyphs": GLYPHS}
"""The settings that are one of a few words."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, with what holds where nobody has said otherwise."""

    theme: str = "dark"
    glyphs: str = "auto"
    language: str = ""
    """The language of the texts, such as ``de``; that of the system where empty."""
    confirm: bool = True
    """Whether the advisers are heard before a turn is sent."""
    curtain: bool = True
    """Whether the screen is covered between two people at one terminal."""
    replay_seconds: float = 1.5
    """How long a replay that plays by itself shows a turn."""


def config_folder() -> Path:
    """Where settings are kept."""
    home = own_home()
    if home is not None:
        return home
    from platformdirs import user_config_path

    return user_config_path("brinkmanship", appauthor=False)


def read_settings(folder: Path) -> tuple[Settings, tuple[str, ...]]:
    """The settings of a folder, and what is wrong with the file, a sentence each; what is wrong is left out."""
    found, troubles = read_mapping(folder / SETTINGS_FILE)
    known = {field.name: field.default for field in fields(Settings)}
    kept: dict[str, Any] = {}
    for key, value in found.items():
        doubt = _doubt(key, value, known)
        if doubt:
            troubles.append(f"{folder / SETTINGS_FILE}: {doubt}")
        else:
            kept[key] = float(value) if isinstance(known[key], float) else value
    return replace(Settings(), **kept), tuple(troubles)


def _doubt(key: str, value: object, known: Mapping[str, object]) -> str | None:
    """Why a setting can't be meant."""
    if key not in known:
        return f'unknown setting "{key}"{_near(key, known)}'
    if key in CHOICES and value not in CHOICES[key]:
        return f'{key}: "{value}" is none of {", ".join(CHOICES[key])}{_near(str(value), CHOICES[key])}'
    wanted = known[key]
    is_number = isinstance(wanted, float) and isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and not 0.1 <= float(value) <= 60:  # type: ignore[arg-type]  # a number, as was just found
        return f"{key}: {value} is not between 0.1 and 60"
    if not is_number and type(value) is not type(wanted):
        return f"{key}: {value!r} should be {_kind(wanted)}"
    return None


def _kind(example: object) -> str:
    if isinstance(example, bool):
        return "true or false"
    return "a number" if isinstance(example, float) else "a word"


def read_keys(folder: Path, commands: Mapping[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The keys of a folder by command, and what is wrong with the file: unknown commands, two commands on one key.

    A command that is in doubt keeps the key that it has.
    """
    found, troubles = read_mapping(folder / KEYS_FILE)
    kept: dict[str, str] = {}
    for command, keys in found.items():
        if command not in commands:
            troubles.append(f'{folder / KEYS_FILE}: unknown command "{command}"{_near(command, commands)}')
        elif not isinstance(keys, (str, int)) or isinstance(keys, bool) or not str(keys).strip():
            troubles.append(f"{folder / KEYS_FILE}: {command}: write a key, such as ctrl+t, not {keys!r}")
        else:
            names = [key_name(key.strip()) for key in (str(keys).split(",") if str(keys).strip() != "," else [","])]
            wrong = next((name for name in names if name not in known_keys()), None)
            if wrong is None:
                kept[command] = ",".join(names)
            else:
                near = _near(wrong.rpartition("+")[2], {name.rpartition("+")[2] for name in known_keys()})
                troubles.append(f'{folder / KEYS_FILE}: {command}: no key is called "{wrong}"{near}')
    for command, other, key in list(_conflicts(kept, commands)):
        troubles.append(f'{folder / KEYS_FILE}: {command}: the key "{key}" is that of {other} on the same screen')
        kept.pop(command, None)
    return kept, tuple(troubles)


def key_name(key: str) -> str:
    """A key by the name that Textual has for it: ``?`` is ``question_mark``."""
    from textual.keys import _character_to_key

    before, _plus, last = key.rpartition("+") if len(key) > 1 else ("", "", key)
    name = _character_to_key(last) if len(last) == 1 else last
    return f"{before}+{name}" if before else name


@cache
def known_keys() -> frozenset[str]:
    """Every key by its name."""
    from textual.keys import Keys

    characters = {key_name(chr(code)) for code in range(ord("!"), ord("~") + 1)}
    plain = {name for name in {key.value for key in Keys} if "+" not in name and not name.startswith("<")}
    return frozenset(
        f"{before}{name}" for name in characters | plain for before in ("", "ctrl+", "shift+", "alt+", "ctrl+shift+")
    )


def _conflicts(kept: Mapping[str, str], commands: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Commands that were given a key that another command of the same screen has."""
    everywhere = {"app", "screen"}
    for command in kept:
        places = set(commands[command].places)
        for other, rule in commands.items():
            meets = places & set(rule.places) or everywhere & (places | set(rule.places))
            if other == command or not meets:
                continue
            shared = set(kept[command].split(",")) & set(kept.get(other, rule.keys).split(","))
            if shared:
                yield command, other, min(shared)
                break


def write_settings(folder: Path, settings: Settings) -> str | None:
    """Keeps settings, whole or not at all; a sentence where that can't be done."""
    target = folder / SETTINGS_FILE
    try:
        write_mapping(target, asdict(settings))
    except OSError as error:
        return f"{target} can't be written: {why_not_written(error)}"
    return None


def write_mapping(path: Path, mapping: Mapping[str, Any]) -> None:
    """Write a file of settings, whole or not at all. Raises ``OSError``."""
    import yaml

    make_folders(path.parent)
    write_whole(path, yaml.safe_dump(dict(mapping), sort_keys=False, allow_unicode=True).encode())


def read_mapping(path: Path) -> tuple[dict[str, Any], list[str]]:
    """The mapping in a file of settings; nothing where there is no file."""
    if not path.is_file():
        return {}, []
    import yaml

    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        return {}, [f"{path} can't be read: {error.strerror}"]
    except (ValueError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        return {}, [f"{path} is no YAML{where}: the usual settings hold"]
    if found is None:
        return {}, []
    if not isinstance(found, dict):
        return {}, [f"{path} should hold names and values, such as theme: light"]
    return {str(key): value for key, value in found.items()}, []


def _near(word: str, known: Any) -> str:
    near = get_close_matches(word, list(known), 1)
    return f', did you mean "{near[0]}"?' if near else ""
