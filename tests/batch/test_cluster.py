"""What a cluster makes is the same to the byte, and what comes from it is looked at before it is believed."""

from __future__ import annotations

import pickle
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.batch import BatchError, count_plan, run_plan
from engine.batch.running import cluster as cluster_module
from engine.batch.running import parcel
from engine.batch.running.address import Address, Tls
from engine.batch.running.cluster import greet, make_on_worker
from engine.batch.running.executors import InProcess
from engine.batch.running.kind import Kind
from engine.batch.running.making import Job, Maker
from engine.batch.running.parts import cut
from tests.batch.batches import files, small_plan

distributed = pytest.importorskip("distributed")

pytestmark = pytest.mark.slow


def local(host: str = "127.0.0.1", workers: int = 2, scheme: str = "tcp", security: Any = None) -> Any:
    """A cluster of threads of this process, which is reached over the loopback all the same."""
    return distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=False,
        protocol=f"{scheme}://",
        host=host,
        dashboard_address=None,
        security=security,
    )


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where a scheduler with two workers is."""
    with local() as running:
        yield running.scheduler_address


def test_the_same_bytes_as_here(address: str, tmp_path: Path):
    """Runs, trajectories and designs, at two points; and the same counts where none are kept."""
    plan = small_plan(tmp_path / "scenario", 40, vary=["values.unrest.start=0.1,0.3"])
    for name, where in (("there", address), ("here", None)):
        run_plan(plan, tmp_path / name, cluster=where, trajectories="all")
    assert files(tmp_path / "there") == files(tmp_path / "here")
    assert count_plan(plan, cluster=address).shares() == count_plan(plan).shares()


class Booby:
    """Whoever opens it writes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.touch, (self.path,)


def booby_trap(path: str) -> Callable[..., Any]:
    """A worker that sends one."""
    return lambda *_: Booby(Path(path))


def answering(answer: Any) -> Callable[..., Any]:
    """A worker that always says the same."""
    return lambda *_: answer


def test_an_object_is_not_opened(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A result that would run code here when it is unpickled."""
    monkeypatch.setattr(cluster_module, "make_on_worker", booby_trap(str(tmp_path / "opened")))
    with pytest.raises(BatchError, match=r"^the worker at tcp://127.0.0.1:\d+ sent a Python object, which is not open"):
        run_plan(small_plan(tmp_path / "scenario", 5), cluster=address)
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"", "sent something that is cut or foreign"),
        (17, "sent no bytes but int"),
        ("a\x1b[2Jtext", "sent no bytes but str"),
        (parcel.pack_words(kind=Kind(engine="0.0.9", numpy="1.26")), "has brinkmanship 0.0.9 and numpy 1.26, and not"),
        (parcel.pack_words(kind=Kind.here()), "plays the first 8 runs otherwise than this machine"),
    ],
)
def test_a_wrong_answer_is_told_with_its_worker(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: object, told: str
):
    """Both before there is a part to make, and in its place; in one sentence."""
    plan = small_plan(tmp_path / "scenario", 5)
    for function in ("greet", "make_on_worker"):
        with monkeypatch.context() as patch:
            patch.setattr(cluster_module, function, answering(answer))
            with pytest.raises(BatchError, match=rf"^the worker at tcp://127.0.0.1:\d+ {told}") as caught:
                run_plan(plan, tmp_path / "out", cluster=address)
            assert "\n" not in str(caught.value)


def test_another_part_is_not_taken(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs that are right, but that nobody asked for; what came before stays, and the command goes on."""
    plan = small_plan(tmp_path / "scenario", 5)
    job = Job(small_plan(tmp_path / "scenario", 9))
    other = parcel.pack(Maker(job).make(next(cut(1, 0, 9))))
    with monkeypatch.context() as patch:
        patch.setattr(cluster_module, "make_on_worker", answering(other))
        with pytest.raises(BatchError, match=r"sent, as part 0, notes of other runs .* the same command goes on"):
            run_plan(plan, tmp_path / "out", cluster=address)
    assert not list((tmp_path / "out").glob("runs/*"))
    run_plan(plan, tmp_path / "out", cluster=address)
    run_plan(plan, tmp_path / "here")
    assert files(tmp_path / "out") == files(tmp_path / "here")


def fail(*_: object) -> bytes:
    """A worker on which nothing works."""
    raise ZeroDivisionError("\x1b[2J")


def test_a_worker_that_fails_is_told_in_one_sentence(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whatever dask makes of it."""
    monkeypatch.setattr(cluster_module, "greet", fail)
    with pytest.raises(BatchError, match=r"^a worker of tcp://\S+ can't do what is asked \(ZeroDivisionError: .x1b"):
        run_plan(small_plan(tmp_path / "scenario", 5), cluster=address)


def test_an_own_fault_on_a_worker_is_told_with_its_traceback(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """So that it can be mended; it comes as text."""
    monkeypatch.setattr(Maker, "make", fail)
    with pytest.raises(RuntimeError, match=r"^the worker at \S+ has failed:\nTraceback(.|\n)*ZeroDivisionError: .x1b"):
        count_plan(small_plan(tmp_path / "scenario", 5), cluster=address)


def test_a_worker_shows_what_it_is_by_its_runs(tmp_path: Path):
    """Versions are compared before the job is opened; the first runs, to the bit; only then is a part made."""
    job = Job(small_plan(tmp_path / "scenario", 50))
    part, sent, here = next(cut(1, 0, 50)), pickle.dumps(job), Kind.of(Maker(job))
    assert parcel.read(greet(sent, here.model_dump_json())).kind == here
    assert parcel.read(make_on_worker(sent, part, here.model_dump_json())).made == Maker(job).make(part)
    others = Kind(engine="0.0.9", numpy="1.26", bits=here.bits), here.model_copy(update={"bits": "0" * 64})
    for other in others:
        assert parcel.read(make_on_worker(sent, part, other.model_dump_json())).made is None
    assert parcel.read(make_on_worker(b"no pickle", part, others[0].model_dump_json())).kind == Kind.here()
    assert len({Kind.of(Maker(Job(small_plan(tmp_path / "scenario", 50, seed=seed)))).bits for seed in (5, 6)}) == 2


# Addresses -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("tcp://10.0.0.1:8786", "tcp://10.0.0.1:8786"),
        ("nodes.example:1", "tcp://nodes.example:1"),
        ("[::1]:8786", "tcp://[::1]:8786"),
        ("tls://[2001:db8::7]:65535/", "tls://[2001:db8::7]:65535"),
        ("tcp://[fe80::1%eth0]:8786", "tcp://[fe80::1%eth0]:8786"),
        ("tcp://[fe80::1%25eth0]:8786", "tcp://[fe80::1%eth0]:8786"),
    ],
)
def test_addresses_of_both_internets(written: str, is_read: str):
    """IPv6 in brackets, with the zone that link-local ones need, however that is written."""
    assert str(Address.read(written)) == is_read
    assert str(Address.read(is_read)) == is_read


@pytest.mark.parametrize(
    ("written", "told"),
    [
        *((word, "is no address of a dask scheduler, such as tcp://10") for word in ("nowhere", "bla://x:1", "")),
        *(
            (word, "is no address of a dask scheduler, such as tcp://10")
            for word in ("tcp://:1", "tcp://a:b", "a:99999")
        ),
        ("::1:8786", r"such as tcp://\[::1\]:8786: an IPv6 address stands in brackets"),
        ("tcp://fe80::1:8786", "an IPv6 address stands in brackets"),
        ("tcp://[::1]", "is no address"),
        ("tcp://[scheduler]:8786", "has no IPv6 address in its brackets"),
        ("tcp://a b:8786", "is no address"),
    ],
)
def test_an_address_that_is_none_is_said(tmp_path: Path, written: str, told: str):
    """Before anybody waits, and before anything is written."""
    with pytest.raises(BatchError, match=told):
        run_plan(small_plan(tmp_path / "scenario", 5), tmp_path / "out", cluster=written)
    assert not (tmp_path / "out").exists()


def test_who_is_asked_in_the_open_is_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Of an address on another machine without TLS, and of no other."""
    here = ["tcp://localhost:1", "tcp://127.9.9.9:1", "tcp://[::1]:1", "tls://10.0.0.1:1", "wss://10.0.0.1:1"]
    assert [Address.read(text).warning for text in here] == [None] * 5
    for text in ("tcp://10.0.0.1:1", "localhost.example:1", "tcp://[fe80::1%lo]:1", "ws://0.0.0.0:1"):
        assert "is asked without TLS: whoever can reach it" in (Address.read(text).warning or "")
    told: list[str] = []
    monkeypatch.setattr(cluster_module, "Cluster", lambda job, *_: InProcess(job))
    for text in ("tcp://10.0.0.1:1", "tcp://127.0.0.1:1"):
        count_plan(small_plan(tmp_path / "scenario", 5), cluster=text, notice=told.append)
    assert told == [Address.read("tcp://10.0.0.1:1").warning]


def test_ipv6_is_spoken(tmp_path: Path):
    """A cluster on ::1."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            pass
    except OSError:
        pytest.skip("this machine has no IPv6")
    with local("[::1]", 1) as running:
        assert "[::1]" in running.scheduler_address
        assert count_plan(small_plan(tmp_path / "scenario", 5), cluster=running.scheduler_address).runs == 5


# TLS -------------------------------------------------------------------------------------------------------


def certificates(folder: Path, name: str) -> Tls:
    """An authority, and a certificate that it has signed."""
    folder.mkdir(exist_ok=True)
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    begin = ("openssl", "req", "-x509", *key, "-subj", f"/CN={name}")
    own = Tls(*(str(folder / f"{name}{end}.pem") for end in ("-ca", "", "-key")))
    authority = ("-CA", str(own.ca_file), "-CAkey", str(folder / f"{name}-ca-key.pem"))
    subprocess.run(
        [*begin, "-out", str(own.ca_file), "-keyout", str(folder / f"{name}-ca-key.pem")],
        check=True,
        capture_output=True,
    )
    plain = ("openssl", "req", *key[:-2], "-subj", f"/CN={name}-member", "-keyout", str(own.key))
    asked = subprocess.run(plain, check=True, capture_output=True).stdout
    signed = ("openssl", "x509", "-req", *authority, "-CAcreateserial", "-days", "2", "-out", str(own.cert))
    subprocess.run(signed, input=asked, check=True, capture_output=True)
    return own


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    """Who takes part in the cluster."""
    if shutil.which("openssl") is None:
        pytest.skip("makes certificates with openssl")
    return certificates(tmp_path_factory.mktemp("own"), "own")


@pytest.fixture(scope="module")
def secret(tls: Tls) -> Iterator[str]:
    """Where a scheduler is that speaks TLS alone."""
    named = {"tls_ca_file": tls.ca_file}
    for role in ("client", "scheduler", "worker"):
        named |= {f"tls_{role}_cert": tls.cert, f"tls_{role}_key": tls.key}
    security = distributed.Security(require_encryption=True, **named)
    with local(workers=1, scheme="tls", security=security) as running:
        yield running.scheduler_address


def test_a_cluster_with_certificates(secret: str, tls: Tls, tmp_path: Path):
    """The scheme may be left out, since certificates are for TLS."""
    plan = small_plan(tmp_path / "scenario", 5)
    assert count_plan(plan, cluster=secret, tls=tls).runs == 5
    assert count_plan(plan, cluster=secret.removeprefix("tls://"), tls=tls).runs == 5


def test_strangers_are_refused(secret: str, tls: Tls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Another authority's certificates, on either side; and nobody waits for long."""
    monkeypatch.setattr(cluster_module, "PATIENCE", 1.0)
    plan, other = small_plan(tmp_path / "scenario", 5), certificates(tmp_path / "other", "other")
    with pytest.raises(BatchError, match=r"no dask scheduler answers at tls://\S+: its certificate is not to be trust"):
        count_plan(plan, cluster=secret, tls=other)
    with pytest.raises(BatchError, match=r"perhaps it wants tls://"):
        count_plan(plan, cluster=secret.replace("tls", "tcp"))


def test_certificates_that_are_none_are_said(secret: str, tls: Tls, tmp_path: Path):
    """Which file it is, and what is wrong with it."""
    plan, other = small_plan(tmp_path / "scenario", 5), certificates(tmp_path / "other", "other")
    text = tmp_path / "text.pem"
    text.write_text("no certificate")
    locked = tmp_path / "locked.pem"
    locked.write_text("-----BEGIN ENCRYPTED PRIVATE KEY-----\n")

    def told(tls: Tls | None, cluster: str | None = secret) -> str:
        with pytest.raises(BatchError) as caught:
            count_plan(plan, cluster=cluster, tls=tls)
        assert "\n" not in str(caught.value)
        return str(caught.value)

    assert told(None) == "a tls:// address needs certificates: --tls-ca-file, --tls-cert and --tls-key"
    assert told(Tls(tls.ca_file)) == "a tls:// address needs certificates: --tls-ca-file, --tls-cert and --tls-key"
    assert told(Tls(str(tmp_path / "none"), tls.cert, tls.key)).endswith("none: there is no such file")
    assert told(Tls(tls.ca_file, tls.cert, str(locked))).endswith(
        "is locked with a passphrase, and dask can't ask for it"
    )
    assert "can't be used for TLS" in told(Tls(tls.ca_file, str(text), tls.key))
    assert "key values mismatch" in told(Tls(tls.ca_file, tls.cert, other.key))
    assert "write tls:// before it" in told(tls, secret.replace("tls", "tcp"))
    assert told(tls, None) == "certificates are for a cluster, and none is named"
