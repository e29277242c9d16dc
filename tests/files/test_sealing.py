"""Sealed files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.files import SealedKind, SealError, WrongContentError, seal_of

KIND = SealedKind("a promise", "promise_format", 1, 200, "brink promise", "so nobody is held to it")


def made(content: dict[str, Any]) -> str:
    """What is promised. Raises WrongContentError."""
    if "text" not in content:
        raise WrongContentError("it promises nothing")
    return str(content["text"])


def written(folder: Path, **content: Any) -> Path:
    """A sealed file of this content."""
    path = folder / "promise.json"
    path.write_text(json.dumps({**content, "seal": seal_of(content)}))
    return path


def test_a_sealed_file_is_read_whatever_its_layout(tmp_path: Path) -> None:
    """The seal is that of the content, not of its bytes."""
    path = written(tmp_path, promise_format=1, text="peace", others=[1, 2.5])
    assert KIND.read(path, "p", made) == "peace"
    content = json.loads(path.read_text())
    path.write_text(json.dumps(dict(reversed(content.items())), indent=3))
    assert KIND.read(path, "p", made) == "peace"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "p is no promise: it is no JSON"),
        ("[1]", "p is no promise: `brink promise` writes one"),
        ('{"text": "peace"}', "p is no promise: `brink promise` writes one"),
        ('{"promise_format": 2}', "p is a promise of format 2, and this version reads 1"),
        ('{"promise_format": true}', "p is a promise of format True, and this version reads 1"),
        ('{"promise_format": 1}', "p is damaged: it promises nothing"),
        ('{"promise_format": 1, "text": "war"}', "p is not what was written: its seal does not hold, so nobody"),
        (" " * 201, "p can't be read: it is larger than"),
    ],
)
def test_what_is_not_believed_says_why(tmp_path: Path, text: str, says: str) -> None:
    """Something else, another format, a part, or what somebody has changed."""
    path = tmp_path / "promise.json"
    path.write_text(text)
    with pytest.raises(SealError, match=says):
        KIND.read(path, "p", made)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    """So is a folder."""
    with pytest.raises(SealError, match="p: there is no such file"):
        KIND.read(tmp_path / "nowhere.json", "p", made)
    with pytest.raises(SealError, match="p can't be read"):
        KIND.read(tmp_path, "p", made)
