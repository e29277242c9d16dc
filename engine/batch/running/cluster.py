"""Making parts on a cluster of dask.distributed (extra ``cluster``), which is imported only here, and late.

What a worker sends is bytes (``parcel``) and is looked at (``arrival``), and dask is told to open nothing else as a
result. But dask itself opens Python objects that come over its lines, such as the exception of a task: whoever runs the
scheduler or a worker can run code here, as whoever gives the command can run code there. Only loopback or TLS, whose
certificates say who takes part, keeps others out.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import pickle
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from types import TracebackType
from typing import Any, Self

from engine.batch.errors import BatchError
from engine.batch.extras import extra
from engine.batch.running import arrival, parcel
from engine.batch.running.address import Address, Tls
from engine.batch.running.executors import MakersLostError
from engine.batch.running.kind import Kind
from engine.batch.running.making import Advance, Job, Made, Maker
from engine.batch.running.parts import Part
from engine.scenario.problems import shortened

PATIENCE = 8.0
"""Seconds that a scheduler has to answer, and then again a first worker to be there."""

GREETING = 30.0
"""Seconds that workers have to say what they are; who is busy for longer says it with its first part."""

AHEAD = 3
"""Parts that wait on the cluster for each thread of a worker, so that none is idle and little is held."""

OPENED = ["msgpack"]
"""What dask may open as a result: bytes, numbers and texts, and no Python object."""


class Cluster:
    """Makes parts on the workers of a dask scheduler; a worker that is lost is replaced by another."""

    def __init__(self, job: Job, address: str, tls: Tls | None = None) -> None:
        """Raises :class:`BatchError` where nobody answers within some seconds, or a worker is of another kind."""
        self._job, self._sent = job, pickle.dumps(job)
        self._address = Address.read(address, tls)
        self._client = _connect(self._address, tls or Tls())
        try:
            self._kind = Kind.of(Maker(job))
            self._greet()
        except BaseException:
            self._leave()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._leave()

    def _leave(self) -> None:
        with contextlib.suppress(OSError, TimeoutError):
            self._client.close(timeout=2)

    def _greet(self) -> None:
        """Every worker that is there says what it is, before any gets a part."""
        from distributed import as_completed

        asked = self._kind.model_dump_json()
        answers = [
            self._client.submit(greet, self._sent, asked, workers=[worker], priority=100, pure=False)
            for worker in self._client.nthreads()
        ]
        with contextlib.suppress(TimeoutError):
            for future in as_completed(answers, loop=self._client.loop, timeout=GREETING):
                self._opened(future)
                future.release()

    def make(self, parts: Iterable[Part], advance: Advance) -> Iterator[Made]:
        """As they are ready; dask gives the part of a lost worker to another one, some times."""
        try:
            for made in self._made(iter(parts)):
                advance(made.notes.runs)
                yield made
        except (OSError, TimeoutError):
            raise MakersLostError(f"the cluster at {self._address} is gone") from None

    def _made(self, left: Iterator[Part]) -> Iterator[Made]:
        from distributed import as_completed

        asked = dict(self._send(left, self._room()))
        ready = as_completed(list(asked), loop=self._client.loop)
        for future in ready:
            made = self._received(future, asked.pop(future))
            future.release()
            for following, part in self._send(left, max(1, self._room() - ready.count())):
                asked[following] = part
                ready.add(following)
            yield made

    def _room(self) -> int:
        threads: int = sum(self._client.nthreads().values())
        return AHEAD * max(1, threads)

    def _send(self, parts: Iterator[Part], most: int) -> Iterator[tuple[Any, Part]]:
        asked = self._kind.model_dump_json()
        for part in islice(parts, most):
            yield self._client.submit(make_on_worker, self._sent, part, asked, pure=False), part

    def _received(self, future: Any, part: Part) -> Made:
        """The part that was asked for; raises :class:`MakersLostError` where something else came."""
        opened = self._opened(future)
        try:
            if opened.made is None:
                raise parcel.WrongParcelError(f"sent no part where part {part.number} was asked for")
            arrival.check(opened.made, part, self._job)
        except parcel.WrongParcelError as wrong:
            raise MakersLostError(f"{self._sender(future)} {wrong}") from None
        return opened.made

    def _opened(self, future: Any) -> parcel.Parcel:
        """What a worker has sent, if it is of the kind that is wanted."""
        try:
            opened = parcel.read(self._result(future))
        except parcel.WrongParcelError as wrong:
            raise MakersLostError(f"{self._sender(future)} {wrong}") from None
        if opened.kind is not None and opened.kind != self._kind:
            raise BatchError(f"{self._sender(future)} {opened.kind.against(self._kind)}")
        if opened.fault is not None:
            raise RuntimeError(f"{self._sender(future)} has failed:\n{opened.fault}")
        return opened

    def _result(self, future: Any) -> object:
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        try:
            return future.result()
        except KilledWorker:
            raise MakersLostError(f"part after part has killed its worker on {self._address}") from None
        except FutureCancelledError:
            raise TimeoutError from None
        except (OSError, TimeoutError):
            raise
        except ModuleNotFoundError as error:
            missing = shortened(error)
            raise BatchError(f"a worker of {self._address} has no brinkmanship installed: {missing}") from None
        except Exception as error:  # noqa: BLE001 # ours are told in parcels; this is what dask makes of foreign ones
            if future.status == "finished":
                raise parcel.WrongParcelError("sent a Python object, which is not opened") from None
            told = f"{type(error).__name__}: {shortened(error, 200)}"
            raise MakersLostError(f"a worker of {self._address} can't do what is asked ({told})") from None

    def _sender(self, future: Any) -> str:
        """Who has sent a result, as the scheduler knows."""
        with contextlib.suppress(OSError, TimeoutError, ValueError):
            for workers in self._client.who_has([future]).values():
                for worker in workers:
                    return f"the worker at {shortened(worker, 100)}"
        return f"a worker of {self._address}"


def _connect(address: Address, tls: Tls) -> Any:
    distributed = extra("distributed", "dask", "cluster", "a cluster")
    for name in ("distributed", "distributed.comm", "distributed.client", "distributed.protocol"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    security = tls.security() if address.is_secret else None
    try:
        client = distributed.Client(
            str(address), timeout=PATIENCE, set_as_default=False, security=security, deserializers=OPENED
        )
    except (OSError, TimeoutError):
        raise BatchError(f"no dask scheduler answers at {address}: {address.silence(PATIENCE, security)}") from None
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        client.close(timeout=2)
        raise BatchError(f"the cluster at {address} has no workers: start one with `dask worker {address}`") from None
    return client


_here = threading.local()
"""For each thread of a worker, the maker of the job that it was last asked about, and what that shows it to be."""


def greet(job: bytes, asked: str) -> bytes:
    """What a worker says of itself before it gets a part."""
    return _guarded(lambda: parcel.pack_words(kind=_get_ready(job, Kind.model_validate_json(asked))))


def make_on_worker(job: bytes, part: Part, asked: str) -> bytes:
    """What a worker does: a part, or what it is, where that is not what is asked for (a kind as JSON)."""

    def make() -> bytes:
        wanted = Kind.model_validate_json(asked)
        kind = _get_ready(job, wanted)
        if kind != wanted:
            return parcel.pack_words(kind=kind)
        maker: Maker = _here.maker
        return parcel.pack(maker.make(part))

    return _guarded(make)


def _get_ready(job: bytes, asked: Kind) -> Kind:
    """For a job; one that was sent by other versions can't even be opened."""
    here = Kind.here()
    if not here.has_versions_of(asked):
        return here
    name = hashlib.sha256(job).digest()
    if getattr(_here, "name", None) != name:
        _here.name, _here.maker = None, Maker(pickle.loads(job))  # noqa: S301 # a worker does what its client asks
        _here.kind, _here.name = Kind.of(_here.maker), name
    kind: Kind = _here.kind
    return kind


def _guarded(work: Callable[[], bytes]) -> bytes:
    try:
        return work()
    except Exception:  # noqa: BLE001 # whatever it is, it is told to the process that conducts the batch
        return parcel.pack_words(fault=traceback.format_exc())
