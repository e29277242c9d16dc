"""Arrays in the user's cache: numbers and their shapes, and nothing that could be executed."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

from engine.files import cache

Arrays = Mapping[str, np.ndarray[Any, Any]]

TYPES: Final = ("|b1", "|u1", "<i4", "<i8", "<u4", "<u8", "<f4", "<f8")
"""The types that numbers may have, in the words of numpy."""

_LENGTH: Final = struct.Struct("<I")
"""How long the list of arrays is, which comes first."""


def load(key: str) -> dict[str, np.ndarray[Any, Any]] | None:
    """The arrays that are kept under a key, each whole and writable; None where there are none."""
    content = cache.load(key)
    try:
        return None if content is None else unpacked(content)
    except (ValueError, RecursionError):
        return None


def keep(key: str, arrays: Arrays) -> None:
    """Keep arrays under a key, if that can be done; of TYPES only."""
    cache.keep(key, packed(arrays))


def packed(arrays: Arrays) -> bytes:
    """Arrays as bytes: a list of their names, types and shapes, and their numbers in the order of rows."""
    listed, numbers = [], []
    for name, array in arrays.items():
        kind = array.dtype.newbyteorder("<").str
        assert kind in TYPES, f"{name} is of {array.dtype}"
        listed.append([name, kind, list(array.shape)])
        numbers.append(np.ascontiguousarray(array, dtype=kind).tobytes())
    head = json.dumps(listed, separators=(",", ":")).encode()
    return b"".join((_LENGTH.pack(len(head)), head, *numbers))


def unpacked(content: bytes) -> dict[str, np.ndarray[Any, Any]]:
    """Arrays from bytes. Raises ValueError where they are none."""
    if len(content) < _LENGTH.size:
        raise ValueError("it is cut")
    begin = _LENGTH.size + _LENGTH.unpack_from(content)[0]
    arrays = {}
    for name, kind, shape in _listed(json.loads(content[_LENGTH.size : begin])):
        many = math.prod(shape)
        array = np.frombuffer(content, dtype=kind, count=many, offset=begin) if many else np.empty(0, dtype=kind)
        arrays[name] = array.reshape(shape).astype(np.dtype(kind).newbyteorder("="))  # a copy, which may be written
        begin += array.nbytes
    if begin != len(content):
        raise ValueError("there is more than is listed")
    return arrays


def _listed(head: Any) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """The name, type and shape of each array, once they are known to be that."""
    if not isinstance(head, list):
        raise ValueError("it is no list of arrays")
    for entry in head:
        match entry:
            case [str() as name, str() as kind, list() as shape] if kind in TYPES:
                if not all(type(length) is int and 0 <= length <= cache.LARGEST for length in shape):
                    raise ValueError("a length is none")
                yield name, kind, tuple(shape)
            case _:
                raise ValueError("an array is not described")
