"""Being stopped as shells stop a job (Ctrl+Z), and taken up again."""

from __future__ import annotations

import os
import signal
import time
from types import FrameType

SOON = 0.1
"""Seconds within which a signal that stops a job has done so."""


def can_stop() -> bool:
    """Whether this system has jobs, and nobody has asked that this one be not stopped."""
    return hasattr(signal, "SIGTSTP") and signal.getsignal(signal.SIGTSTP) is not signal.SIG_IGN


def stop_job(number: int) -> bool:
    """Stop the whole job by a signal, so that its shell knows, and wait until it goes on; False where no shell waits.

    The system stops no job that nobody could take up again: one that no shell has begun.
    """
    went_on: list[int] = []

    def go_on(signal_number: int, _frame: FrameType | None) -> None:
        went_on.append(signal_number)

    before = signal.signal(number, signal.SIG_DFL), signal.signal(signal.SIGCONT, go_on)
    try:
        os.killpg(os.getpgrp(), number)
        time.sleep(SOON)
    finally:
        signal.signal(number, before[0])
        signal.signal(signal.SIGCONT, before[1])
    return bool(went_on)


def stop_alone() -> None:
    """Stop this process, and wait until somebody lets it go on."""
    os.kill(os.getpid(), signal.SIGSTOP)


def wait_for_terminal(terminal: int) -> None:
    """Stay stopped while another job has the terminal, as after ``bg``."""
    while _belongs_to_others(terminal) and stop_job(signal.SIGTTOU):
        pass


def _belongs_to_others(terminal: int) -> bool:
    try:
        return os.tcgetpgrp(terminal) != os.getpgrp()
    except OSError:
        return False
