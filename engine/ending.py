"""How a program is ended from outside: by which signals, what is finished first, and with which exit code."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

NAMES = (
    "SIGINT",
    "SIGTERM",
    "SIGHUP",
    "SIGQUIT",
    "SIGABRT",
    "SIGALRM",
    "SIGUSR1",
    "SIGUSR2",
    "SIGXCPU",
    "SIGVTALRM",
    "SIGPROF",
    "SIGPWR",
    "SIGIO",
    "SIGSTKFLT",
    "SIGSYS",
    "SIGTRAP",
)
"""Signals that end a program which does not listen, and that it can hear."""

REAL_TIME = range(getattr(signal, "SIGRTMIN", 0), getattr(signal, "SIGRTMAX", -1) + 1)
"""Signals without a meaning of their own, which end a program as well."""

ENDINGS = (*(getattr(signal, name) for name in NAMES if hasattr(signal, name)), *map(int, REAL_TIME))
"""Those that this system has."""

HANG_UP = getattr(signal, "SIGHUP", signal.SIGTERM)
"""The signal that says that a terminal is gone."""

PATIENCE = 2.0
"""Seconds that a program has to end well; whoever asks again after them is obeyed at once."""

LONGEST_LEAVE = 10
"""Seconds within which Python itself has to end once everything is done."""

SHOW_CURSOR = "\x1b[?25h"
"""What a bar of progress leaves undone where it is cut short."""

Handler = Callable[[int, FrameType | None], object] | int | signal.Handlers | None
"""What a signal does, as Python has it."""

Tell = Callable[[int], None]
"""Told the number of a signal, on the main thread."""


class Ended(KeyboardInterrupt):
    """Somebody has ended the program by a signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def exit_code(number: int) -> int:
    """With what a program leaves that a signal has ended, as shells count."""
    return 128 + number


def name_of(number: int) -> str:
    """A signal by its name; those of real time are counted from the first."""
    if number in REAL_TIME and number != REAL_TIME.start:
        return f"SIGRTMIN+{number - REAL_TIME.start}"
    return signal.Signals(number).name


class Interruption:
    """Hears the signals that end the program: at the first, once what is held is finished, it raises :class:`Ended`.

    What is then done to end well is not disturbed by further signals for a while.
    """

    def __init__(self) -> None:
        self.heard: int | None = None
        """The signal that has ended the program."""
        self.tell: Tell = _raise
        self.at_once: Tell = end_at_once
        """Ends the process without more ado, with an exit code."""
        self._since = 0.0
        self._held = 0
        self._is_due = False

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        """A signal has come."""
        if self.heard is None:
            self.heard, self._since = number, time.monotonic()
            self._is_due = True
            self._tell_if_due()
        elif time.monotonic() - self._since > PATIENCE:
            self.at_once(exit_code(self.heard))

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """What is done here is finished before a signal ends the program."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            self._tell_if_due()

    def _tell_if_due(self) -> None:
        if self._is_due and not self._held and self.heard is not None:
            self._is_due = False
            self.tell(self.heard)


def _raise(number: int) -> None:
    raise Ended(number)


def end_at_once(code: int) -> None:
    """Leave without more ado; a bar of progress gives the cursor back."""
    with contextlib.suppress(OSError, ValueError):
        if sys.__stderr__ is not None and sys.__stderr__.isatty():
            os.write(sys.__stderr__.fileno(), SHOW_CURSOR.encode())
    os._exit(code)


_open: list[Interruption] = []
"""What hears the signals of this process, if anything does."""


@contextlib.contextmanager
def interruptible(is_last: bool = False) -> Iterator[Interruption]:
    """Every signal that ends the program raises :class:`Ended` here; one that it was started deaf to does not.

    Where nothing is done behind it (``is_last``), a program that was ended by a signal leaves undisturbed by others.
    """
    if _open:
        yield _open[-1]
        return
    interruption = Interruption()
    before = {number: signal.getsignal(number) for number in ENDINGS}
    heard = [number for number, was in before.items() if was not in (signal.SIG_IGN, None)]
    _open.append(interruption)
    try:
        for number in heard:
            signal.signal(number, interruption)
        with _watched(interruption):
            yield interruption
    finally:
        if is_last and interruption.heard is not None:
            _leave_in_peace(heard)
        else:
            _give_back({number: before[number] for number in heard})
        _open.remove(interruption)


def _give_back(before: dict[int, Handler]) -> None:
    """Signals do again what they did before; Python's way to leave is not to be disturbed either."""
    for number, handler in before.items():
        signal.signal(number, signal.SIG_DFL if handler is signal.default_int_handler else handler)


def _leave_in_peace(heard: list[int]) -> None:
    """No further signal changes how the program leaves, which Python would let it; if it hangs, an alarm ends it."""
    for number in heard:
        signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "alarm"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(LONGEST_LEAVE)


@contextlib.contextmanager
def told(tell: Tell, at_once: Tell) -> Iterator[Interruption]:
    """At a signal ``tell`` is called in place of an exception, and ``at_once`` where that does not end the program."""
    with interruptible() as interruption:
        before = interruption.tell, interruption.at_once
        interruption.tell, interruption.at_once = tell, at_once
        try:
            yield interruption
        finally:
            interruption.tell, interruption.at_once = before


@contextlib.contextmanager
def held() -> Iterator[None]:
    """What the main thread does here is finished before a signal ends the program, where it listens to signals."""
    if not _open or threading.current_thread() is not threading.main_thread():
        yield
        return
    with _open[-1].held():
        yield


@contextlib.contextmanager
def _watched(interruption: Interruption) -> Iterator[None]:
    """A thread ends the process where the main one is inside a library that hears nothing, such as a query."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    threading.Thread(target=_watch, args=(reading, interruption), name="signals", daemon=True).start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        os.close(writing)


def _watch(reading: int, interruption: Interruption) -> None:
    while came := os.read(reading, 1):
        if came[0] in ENDINGS:
            time.sleep(PATIENCE)
            if interruption.heard is None:
                interruption.at_once(exit_code(came[0]))
    os.close(reading)
