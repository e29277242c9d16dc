"""A file is written whole or not at all, whatever fails and whenever; what is no plain file is not read."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from engine.files import (
    TEMPORARY,
    NotPlainError,
    TooLargeError,
    make_folders,
    move,
    read_whole,
    reason,
    remove,
    unfinished,
    why_not_written,
    write_whole,
)
from engine.scenario.creation import create
from tests.faults import DEATHS, Died, every_fault
from tests.fuzz.effort import cases

OLD, NEW = b"old" * 1000, b"new" * 2000


def test_whatever_fails_the_old_file_stands_or_the_new(tmp_path: Path) -> None:
    """Every operation fails in turn, in every way; what was said to be written is there even without power."""
    path, tried = tmp_path / "a" / "file", 0
    for fault in every_fault():
        make_folders(path.parent)
        write_whole(path, OLD)
        named, done = "", False
        with fault:
            try:
                write_whole(path, NEW)
                done = True
            except OSError as error:
                named = error.filename
        tried += 1
        assert path.read_bytes() in ((NEW,) if done else (OLD, NEW))
        assert named in ("", str(path))
        if not fault.is_death:
            assert [found.name for found in path.parent.iterdir()] == ["file"]
        for left in path.parent.glob(f"{TEMPORARY}*"):
            left.unlink()
    assert tried >= 4 * 6


def test_folders_moves_and_removals_last(tmp_path: Path) -> None:
    """A folder that was made, a file that was moved and one that was removed stay so when the power is lost."""
    for fault in every_fault():
        root = tmp_path / f"{fault.how}-{fault.at}"
        root.mkdir()
        write_whole(root / "one", OLD)
        write_whole(root / "two", OLD)
        done = False
        with fault:
            try:
                make_folders(root / "x" / "y")
                move(root / "one", root / "x" / "y" / "one")
                remove(root / "two")
                done = True
            except OSError:
                pass
        places = [root / "one", root / "x" / "y" / "one"]
        assert [path.read_bytes() for path in places if path.exists()] == [OLD]
        assert done or fault.failed
        if done:
            assert (places[1].exists(), (root / "two").exists()) == (True, False)


def test_a_harsh_disk_keeps_only_what_was_flushed(tmp_path: Path) -> None:
    """The fault injector sees a program that forgets to flush a file, or its folder."""
    from tests.faults import Fault

    for forgotten in ("file", "folder"):
        path = tmp_path / forgotten
        with Fault(99, DEATHS[1]) as fault:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT)
            os.write(handle, OLD)
            if forgotten == "folder":
                os.fsync(handle)
            os.close(handle)
            if forgotten == "file":
                folder = os.open(tmp_path, os.O_RDONLY)
                os.fsync(folder)
                os.close(folder)
            fault.at, fault.in_order = fault.count + 1, True
            (tmp_path / "more").mkdir()
        assert isinstance(fault.error, Died)
        assert not path.exists() if forgotten == "folder" else path.read_bytes() == OLD[:1500]


def test_a_link_is_replaced_and_never_written_through(tmp_path: Path) -> None:
    """Neither at the path nor at the temporary name."""
    other = tmp_path / "other"
    other.write_bytes(OLD)
    path = tmp_path / "link"
    path.symlink_to(other)
    write_whole(path, NEW)
    assert (other.read_bytes(), path.is_symlink(), path.read_bytes()) == (OLD, False, NEW)
    for number in range(3):
        (tmp_path / f"{TEMPORARY}{os.getpid()}-{number}").symlink_to(other)
    write_whole(path, NEW)
    assert other.read_bytes() == OLD


def test_what_is_no_plain_file_is_not_read(tmp_path: Path) -> None:
    """A pipe, a device, a folder, a socket, a link where none is wanted, and what is too large."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "socket"))
    (tmp_path / "file").write_bytes(bytes(11))
    (tmp_path / "link").symlink_to("file")
    for name in ("pipe", "zero", "socket", "."):
        with pytest.raises(NotPlainError) as caught:
            read_whole(tmp_path / name, 10)
        assert reason(caught.value) == "it is not a plain file"
    assert read_whole(tmp_path / "link", 11) == bytes(11)
    with pytest.raises(NotPlainError):
        read_whole(tmp_path / "link", 11, follow=False)
    with pytest.raises(TooLargeError) as too_large:
        read_whole(tmp_path / "file", 10)
    assert reason(too_large.value) == "it is larger than 1e-05 MB"
    with pytest.raises(FileNotFoundError):
        read_whole(tmp_path / "nothing", 10)


def test_what_dead_programs_had_begun_to_write_is_known(tmp_path: Path) -> None:
    """And what a program that is alive is writing is left alone."""
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        pass
    for writer in (dead.pid, os.getpid(), "x", 10**30):
        (tmp_path / f"{TEMPORARY}{writer}-0").write_bytes(b"")
    found = {path.name for path in unfinished(tmp_path)}
    assert found == {f"{TEMPORARY}{writer}-0" for writer in (dead.pid, "x", 10**30)}


def test_why_not_is_said_in_words(tmp_path: Path) -> None:
    """Of a folder that is not there it is not said that there is no such file."""
    with pytest.raises(OSError, match="x") as caught:
        write_whole(tmp_path / "nothing" / "x", b"")
    assert why_not_written(caught.value) == "there is no such folder"
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="x") as caught:
        make_folders(tmp_path / "file" / "x")
    assert why_not_written(caught.value) == "a part of its path is a file, not a folder"


@pytest.mark.slow
def test_a_new_scenario_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """Whatever fails as it is written; the error names the folder that was asked for."""
    whole = tmp_path / "whole"
    names = {str(path.relative_to(whole)) for path in create(whole)}
    for fault in every_fault(("disk full", "power lost"), step=1 if cases(1) > 1 else 3):
        target, said = tmp_path / "new", ""
        with fault:
            try:
                create(target)
            except OSError as error:
                said = error.filename
        assert said in ("", str(target)), fault
        if target.exists():
            assert {str(path.relative_to(target)) for path in target.rglob("*") if path.is_file()} == names
            assert all((target / name).stat().st_size for name in names), fault
        else:
            assert fault.failed
        for left in tmp_path.glob(f"{TEMPORARY}*"):
            assert fault.is_death, fault
            shutil.rmtree(left)
        shutil.rmtree(target, ignore_errors=True)
