"""Why a manifest is not believed: the format that it says, what it holds, and the digest of it all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from engine.scenario.problems import shortened

FORMAT: Final = 2
"""The version of the folder that this engine reads and writes."""


class DamagedError(Exception):
    """What is wrong with a manifest; goes on from the name of the file."""


class OtherFormatError(Exception):
    """That a manifest is of another format; goes on from the name of the file."""


ANOTHER_FOLDER: Final = "the command of the batch makes the same runs again in another folder"
"""What to do about a manifest without which nobody knows what the parts are."""


def sealed(content: Mapping[str, Any]) -> str:
    """The digest of what a manifest says, but for the digest; the order of its entries counts."""
    rest = {key: value for key, value in content.items() if key != "seal"}
    return hashlib.sha256(json.dumps(rest, separators=(",", ":")).encode()).hexdigest()


def check_format(content: Any) -> None:
    """That a manifest is of the format read here. Raises :class:`DamagedError` or :class:`OtherFormatError`."""
    version = content.get("results_format") if isinstance(content, dict) else None
    if not isinstance(version, int) or isinstance(version, bool):
        raise DamagedError(" is damaged: it does not say which format the results have")
    if version == FORMAT:
        return
    if version > FORMAT:
        raise OtherFormatError(
            f": results of format {version}; this version reads format {FORMAT}: it takes a newer brink"
        )
    raise OtherFormatError(
        f": results of format {version}, which do not say what files belong to them; this version reads format "
        f"{FORMAT}. The batch makes the same runs again in another folder{as_it_was_made(content)}"
    )


def as_it_was_made(content: Mapping[str, Any]) -> str:
    """The command of an old manifest, if it names one."""
    command = content.get("command")
    words = [word for word in command if isinstance(word, str)] if isinstance(command, list) else []
    return f": it was made by `{shortened(' '.join(words), 200)}`" if words else ""


def is_utf8(raw: bytes) -> bool:
    """Whether bytes are text."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
