"""Nothing rests on the cache: what is wrong with it is as good as not there, and what is there is what was kept."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from engine.files import arrays, cache
from tests.faults import Died, every_fault

KEY = "thing-0001"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, which is not there yet."""
    monkeypatch.setenv("BRINK_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "cache"


def entry(place: Path, key: str = KEY) -> Path:
    """The file of an entry."""
    return place / f"{key}{cache.SUFFIX}"


def test_what_is_kept_is_found(place: Path) -> None:
    """Under its key alone, in a folder that nobody else may read or write."""
    assert cache.load(KEY) is None
    assert cache.held() == cache.Held(0, 0)
    cache.keep(KEY, b"content")
    assert cache.load(KEY) == b"content"
    assert cache.load("thing-0002") is None
    assert place.stat().st_mode & 0o777 == 0o700
    assert cache.held() == cache.Held(1, entry(place).stat().st_size)
    cache.keep(KEY, b"")
    assert cache.load(KEY) == b""


def test_an_entry_with_any_byte_changed_or_cut_anywhere_is_none(place: Path) -> None:
    """Also one that stands under the name of another."""
    cache.keep(KEY, b"content")
    whole = entry(place).read_bytes()
    for number in range(len(whole)):
        entry(place).write_bytes(whole[:number] + bytes([whole[number] ^ 1]) + whole[number + 1 :])
        assert cache.load(KEY) is None
        entry(place).write_bytes(whole[:number])
        assert cache.load(KEY) is None
    entry(place, "thing-0002").write_bytes(whole)
    assert cache.load("thing-0002") is None
    entry(place).write_bytes(whole)
    assert cache.load(KEY) == b"content"


@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777])
def test_nothing_is_believed_where_others_may_write(place: Path, mode: int) -> None:
    """Nor is anything kept there."""
    cache.keep(KEY, b"content")
    place.chmod(mode)
    assert cache.load(KEY) is None
    assert cache.why_unsafe(place) == "others may write into it"
    cache.keep("thing-0002", b"content")
    assert not entry(place, "thing-0002").exists()
    place.chmod(0o755)
    assert cache.load(KEY) == b"content"


def test_a_folder_of_somebody_else_is_not_believed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its permissions are."""
    cache.keep(KEY, b"content")
    own = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    assert cache.load(KEY) is None
    assert cache.why_unsafe(place) == "it belongs to somebody else"


def test_a_link_is_no_entry(place: Path, tmp_path: Path) -> None:
    """It may lead to what others write."""
    cache.keep(KEY, b"content")
    entry(place).rename(tmp_path / "elsewhere")
    entry(place).symlink_to(tmp_path / "elsewhere")
    assert cache.load(KEY) is None


@pytest.mark.parametrize("spoil", [lambda place: place.write_text(""), lambda place: (place / KEY).mkdir(parents=True)])
def test_what_is_in_the_way_is_left_alone(place: Path, spoil: Callable[[Path], object]) -> None:
    """A file where the folder would be, or a folder where the entry would be."""
    place.parent.mkdir()
    spoil(place)
    cache.keep(f"{KEY}/deeper", b"content")
    assert cache.load(f"{KEY}/deeper") in (None, b"content")
    cache.keep(KEY, b"content")
    assert cache.load(KEY) in (None, b"content")
    assert cache.held().entries <= 1


def test_whatever_fails_the_entry_is_whole_or_none(place: Path) -> None:
    """And no error reaches anybody."""
    tried = 0
    for fault in every_fault():
        cache.keep(KEY, b"old")
        with fault:
            try:
                cache.keep(KEY, b"new" * 1000)
            except Died:
                pass
        tried += 1
        assert cache.load(KEY) in (b"old", b"new" * 1000)
    assert tried > 5


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """As for a user whom the system does not know."""
    monkeypatch.delenv("BRINK_HOME")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: Path("~") / ".cache" / "brinkmanship")
    cache.keep(KEY, b"content")
    assert cache.folder() is None
    assert cache.load(KEY) is None
    assert cache.held() == cache.Held(0, 0)


def test_the_platform_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where BRINK_HOME does not."""
    monkeypatch.delenv("BRINK_HOME")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    if sys.platform.startswith("linux"):
        assert cache.folder() == tmp_path / "caches" / "brinkmanship"


def test_what_was_not_used_for_longest_goes_first(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as the entries together are too large; and what was used lately stays."""
    for number in range(10):
        cache.keep(f"thing-{number}", bytes(1000))
        os.utime(entry(place, f"thing-{number}"), (1_000_000 + number, 1_000_000 + number))
    (place / ".unfinished-999999999-0").write_text("cut")
    assert cache.load("thing-0") == bytes(1000)  # notes that it was used
    monkeypatch.setattr(cache, "MOST", 8000)
    cache.keep("thing-new", bytes(1000))
    left = {path.stem for path in place.iterdir()}
    assert left == {"thing-0", "thing-new", "thing-7", "thing-8", "thing-9"}


def test_what_is_too_large_is_not_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor read, should it be there."""
    cache.keep(KEY, bytes(100))
    monkeypatch.setattr(cache, "LARGEST", 50)
    assert cache.load(KEY) is None
    cache.keep("thing-0002", bytes(100))
    assert not entry(place, "thing-0002").exists()


def test_keys_tell_parts_and_code_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept by other code is not found again."""
    keys = {cache.key_of("a", "bc", "d"), cache.key_of("a", "b", "cd"), cache.key_of("a", "bcd"), cache.key_of("b")}
    assert len(keys) == 4
    before = cache.key_of("a", "bc", "d")
    assert before == cache.key_of("a", "bc", "d")
    monkeypatch.setattr(cache, "code_mark", lambda: "another")
    assert cache.key_of("a", "bc", "d") != before


WRITE = """
import sys
from engine.files import cache
for number in range(200):
    cache.keep("thing", sys.argv[1].encode() * 5000)
    found = cache.load("thing")
    assert found is None or (len(found) == 5000 and len(set(found)) == 1), "half an entry"
"""


def test_several_processes_write_at_once() -> None:
    """Each reads what one of them has written."""
    writers = [subprocess.Popen([sys.executable, "-c", WRITE, word]) for word in "abc"]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    assert cache.load("thing") in {word.encode() * 5000 for word in "abc"}


KINDS = st.sampled_from(["bool", "u1", "i4", "i8", "u4", "u8", "f4", "f8"])

ANY_ARRAYS = st.dictionaries(
    st.text(max_size=5),
    KINDS.flatmap(lambda kind: arrays_of.arrays(kind, arrays_of.array_shapes(min_dims=0, min_side=0))),
)


@given(ANY_ARRAYS)
def test_arrays_come_back_as_they_were(given: dict[str, np.ndarray[Any, Any]]) -> None:
    """In their order, to the bit, and ready to be written."""
    found = arrays.unpacked(arrays.packed(given))
    assert list(found) == list(given)
    for name, array in given.items():
        assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
        assert found[name].tobytes() == array.tobytes()
        assert found[name].flags.writeable
        assert found[name].flags.c_contiguous


@given(ANY_ARRAYS, st.data())
def test_bytes_that_are_no_arrays_are_refused(given: dict[str, np.ndarray[Any, Any]], data: st.DataObject) -> None:
    """Whatever they are, nothing but ValueError comes of it."""
    content = arrays.packed(given)
    at = data.draw(st.integers(0, len(content) - 1))
    for broken in (content[:at], content + b"x"):
        with pytest.raises(ValueError):
            arrays.unpacked(broken)
    changed = content[:at] + bytes([content[at] ^ data.draw(st.integers(1, 255))]) + content[at + 1 :]
    for other in (changed, data.draw(st.binary(max_size=60))):
        with contextlib.suppress(ValueError):
            arrays.unpacked(other)


def test_arrays_are_kept() -> None:
    """And an entry that holds something else is none."""
    numbers = np.arange(6, dtype=np.int32).reshape(2, 3)
    arrays.keep(KEY, {"numbers": numbers, "none": np.zeros(0)})
    found = arrays.load(KEY)
    assert found is not None
    assert (found["numbers"] == numbers).all()
    assert found["none"].shape == (0,)
    cache.keep(KEY, b"no arrays")
    assert arrays.load(KEY) is None
    assert arrays.load("thing-0002") is None


def test_only_numbers_are_kept() -> None:
    """An array of objects would have to be pickled."""
    with pytest.raises(AssertionError, match="names is of object"):
        arrays.packed({"names": np.array([None])})
