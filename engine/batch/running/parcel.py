"""What a worker of a cluster sends: bytes, which are looked at before anything is believed.

A parcel is a header in JSON, the length of which comes first, and the files of one part. Nothing in it is a Python
object, so to open it runs nobody's code. Whether it is the part that was asked for, ``arrival`` looks.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError

from engine.batch.running.kind import Kind
from engine.batch.running.making import Made, Notes
from engine.scenario.problems import escaped, shortened

_LENGTH = struct.Struct(">Q")

MOST_HEADER = 64 << 20
"""Bytes of a header: notes have a few numbers for each run at most."""


MOST_TRACEBACK = 20_000
"""Characters of a traceback that are shown."""


class WrongParcelError(ValueError):
    """What came is not what was asked for: why, as the end of a sentence about who sent it."""


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _File(_Told):
    name: Literal["runs", "counts", "followed"]
    bytes: NonNegativeInt
    sha256: str


class _Header(_Told):
    number: NonNegativeInt | None = None
    """Of the part; none where there is none, but a word of why."""
    files: tuple[_File, ...] = ()
    notes: dict[str, Any] | None = None
    kind: Kind | None = None
    """What the worker is."""
    fault: str | None = None
    """The traceback of an own fault."""


@dataclass(frozen=True)
class Parcel:
    """A parcel that could be read; whether it is the right one is not said yet."""

    made: Made | None = None
    kind: Kind | None = None
    fault: str | None = None


def pack(made: Made) -> bytes:
    """A part as a parcel."""
    files = {"runs": made.runs, "counts": made.counts, "followed": made.followed}
    there = {name: content for name, content in files.items() if content is not None}
    listed = tuple(
        _File.model_validate({"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
        for name, content in there.items()
    )
    return _seal(_Header(number=made.number, files=listed, notes=made.notes.plain()), there.values())


def pack_words(*, kind: Kind | None = None, fault: str | None = None) -> bytes:
    """What a worker is, or why it could make no part."""
    return _seal(_Header(kind=kind, fault=fault), ())


def _seal(header: _Header, files: Iterable[bytes]) -> bytes:
    told = header.model_dump_json(exclude_none=True).encode()
    return b"".join((_LENGTH.pack(len(told)), told, *files))


def read(content: object) -> Parcel:
    """A parcel from what came; raises :class:`WrongParcelError`."""
    if not isinstance(content, bytes):
        raise WrongParcelError(f"sent no bytes but {shortened(type(content).__name__)}")
    header, rest = _header(content)
    if header.number is None or header.notes is None:
        if not (header.kind or header.fault):
            raise WrongParcelError("sent neither a part nor a word")
        return Parcel(kind=header.kind, fault=header.fault and _lines(header.fault))
    files = dict(_files(header, rest))
    try:
        notes = Notes.read(header.notes)
    except ValueError:
        raise WrongParcelError("sent notes that are none") from None
    runs = files.get("runs", b"")
    return Parcel(Made(header.number, runs, notes, files.get("counts"), files.get("followed")))


def _lines(text: str) -> str:
    """A traceback as it may be shown on a terminal."""
    return "\n".join(escaped(line) for line in text[:MOST_TRACEBACK].splitlines())


def _header(content: bytes) -> tuple[_Header, memoryview]:
    size = _LENGTH.unpack_from(content)[0] if len(content) >= _LENGTH.size else -1
    end = _LENGTH.size + size
    if not 0 <= size <= MOST_HEADER or end > len(content):
        raise WrongParcelError("sent something that is cut or foreign")
    try:
        return _Header.model_validate_json(content[_LENGTH.size : end]), memoryview(content)[end:]
    except (ValidationError, RecursionError):
        raise WrongParcelError("sent a header that can't be read") from None


def _files(header: _Header, rest: memoryview) -> Iterator[tuple[str, bytes]]:
    begin = 0
    for file in header.files:
        content = bytes(rest[begin : begin + file.bytes])
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise WrongParcelError(f"sent {file.name} whose bytes are not those that it names")
        yield file.name, content
        begin += file.bytes
    if begin != len(rest):
        raise WrongParcelError("sent more than it names")
