"""Counts what a program asks of the system for writing, and lets one request fail."""

from __future__ import annotations

import contextlib
import errno
import functools
import os
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Self

from tests.faults.disk import Disk

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
"""Flags with which a file is opened for writing."""

COUNTED = ("open", "write", "fsync", "replace", "rename", "mkdir", "unlink", "remove", "rmdir", "ftruncate", "truncate")
"""What may fail: functions of ``os``. Opening to read is left alone."""

FULL, BROKEN, KILLED, POWER = "disk full", "disk broken", "killed", "power lost"
ERRORS = {FULL: errno.ENOSPC, BROKEN: errno.EIO}
"""Ways to fail in which the program goes on, and what it is told."""

DEATHS = (KILLED, POWER)
"""Ways to fail in which it does not: nothing that it asks for afterwards happens; where the power is lost, what was
not flushed to the disk is gone too."""


class Died(BaseException):
    """The program has ended here. No program catches it for good: whatever it does afterwards has no effect."""


class Fault:
    """A context in which operation ``at`` fails, from 1; a write that fails has written its first half."""

    def __init__(self, at: int, how: str) -> None:
        self.at, self.how = at, how
        self.count = 0
        self.failed: str | None = None
        """The operation that failed; None as long as none has."""
        self.error: BaseException | None = None
        """With what the block ended, whether it was due to the fault or not."""
        self.in_order = bool(at % 2)
        """Whether a disk without power has lost everything that was not flushed, or has put off some of it."""
        self._disk = Disk()
        self._stack = contextlib.ExitStack()

    def __repr__(self) -> str:
        return f"{self.how} at operation {self.at} ({self.failed or 'none'})"

    @property
    def is_death(self) -> bool:
        """Whether the program ends by it."""
        return self.how in DEATHS

    def __enter__(self) -> Self:
        for name in COUNTED:
            self._replace(name)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> bool:
        self._stack.close()
        self.error = error
        if self.failed and self.how == POWER:
            self._disk.lose_power(self.in_order)
        return isinstance(error, Died)

    def _replace(self, name: str) -> None:
        real = getattr(os, name)
        setattr(os, name, functools.wraps(real)(functools.partial(self._called, name, real)))
        self._stack.callback(setattr, os, name, real)

    def _called(self, name: str, real: Callable[..., Any], *given: Any, **named: Any) -> Any:
        is_reading = name == "open" and not (given[1] if len(given) > 1 else named["flags"]) & WRITING
        if not is_reading:
            self._may_fail(name, real, given)
        with self._disk.seeing(name, given, named) as seen:
            answer = None if name == "fsync" else real(*given, **named)  # the disk below is a made-up one
            seen(answer)
        return answer

    def _may_fail(self, name: str, real: Callable[..., Any], given: tuple[Any, ...]) -> None:
        self.count += 1
        if self.failed and self.is_death:
            raise Died
        if self.count != self.at:
            return
        self.failed = f"{name} {given[0]}"
        if name == "write":
            real(given[0], bytes(given[1])[: len(given[1]) // 2])
        if self.is_death:
            raise Died
        raise OSError(ERRORS[self.how], os.strerror(ERRORS[self.how]))


def every_fault(ways: tuple[str, ...] = (*ERRORS, *DEATHS), most: int = 100_000, step: int = 1) -> Iterator[Fault]:
    """Each way to fail at each operation in turn, until the block ends before the operation comes.

    ``step`` tries every so manieth operation only. At the least one operation must have been counted.
    """
    for how in ways:
        for at in range(1, most, step):
            fault = Fault(at, how)
            yield fault
            assert fault.count, "nothing was written: there is nothing to let fail"
            if fault.failed is None:
                break
