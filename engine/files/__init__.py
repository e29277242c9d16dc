"""Files: each read through one door, and written whole or not at all; it knows nothing of what is in them."""

from engine.files.locks import take
from engine.files.naming import PlainName
from engine.files.reading import NotPlainError, TooLargeError, digest, read_whole
from engine.files.sealing import SealedKind, SealError, WrongContentError, seal_of, sha256_of
from engine.files.words import NO_ROOM, reason, why_not_written
from engine.files.writing import (
    TEMPORARY,
    make_folders,
    move,
    remove,
    sync_folder,
    temporary_beside,
    unfinished,
    write_whole,
)

__all__ = [
    "NO_ROOM",
    "TEMPORARY",
    "NotPlainError",
    "SealError",
    "SealedKind",
    "TooLargeError",
    "WrongContentError",
    "PlainName",
    "digest",
    "make_folders",
    "move",
    "read_whole",
    "reason",
    "remove",
    "seal_of",
    "sha256_of",
    "sync_folder",
    "take",
    "temporary_beside",
    "unfinished",
    "why_not_written",
    "write_whole",
]
