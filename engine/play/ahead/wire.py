"""Messages between the game and its workers: each is its length and then the message, over a pipe.

Both ends are processes of this program, and nobody else writes into the pipe, so that pickle is safe here.
"""

from __future__ import annotations

import pickle
import struct
from typing import IO, Any

LENGTH = struct.Struct("<Q")
"""How the length of a message stands before it."""


def send(pipe: IO[bytes], message: Any) -> None:
    """Write a message; OSError or ValueError where nobody reads any more."""
    content = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(LENGTH.pack(len(content)) + content)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """The next message; EOFError where the other end is gone."""
    (length,) = LENGTH.unpack(_exactly(pipe, LENGTH.size))
    return pickle.loads(_exactly(pipe, length))  # noqa: S301 # written by the other end of our own pipe


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    content = pipe.read(size)
    if len(content) < size:
        raise EOFError
    return content
