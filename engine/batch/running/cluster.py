"""Making parts on a cluster of dask.distributed (extra ``cluster``), which is imported only here, and late."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import pickle
import re
import threading
from collections.abc import Iterable, Iterator
from itertools import islice
from types import TracebackType
from typing import Any, Self

import numpy as np

import engine
from engine.batch.extras import extra
from engine.batch.running.executors import MakersLostError
from engine.batch.running.making import Advance, Job, Made, Maker
from engine.batch.running.parts import Part
from engine.batch.storage.manifest import BatchError
from engine.scenario.problems import shortened

PATIENCE = 8.0
"""Seconds that a scheduler has to answer, and then again a first worker to be there."""

AHEAD = 3
"""Parts that wait on the cluster for each thread of a worker, so that none is idle and little is held."""


class Cluster:
    """Makes parts on the workers of a dask scheduler; a worker that is lost is replaced by another."""

    def __init__(self, job: Job, address: str) -> None:
        """Raises :class:`BatchError` where nobody answers within some seconds."""
        self._job = pickle.dumps(job)
        self._address = address
        self._client = _connect(address)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with contextlib.suppress(OSError, TimeoutError):
            self._client.close(timeout=2)

    def make(self, parts: Iterable[Part], advance: Advance) -> Iterator[Made]:
        """As they are ready; dask gives the part of a lost worker to another one, some times."""
        try:
            for made in self._made(iter(parts)):
                advance(made.notes.runs)
                yield made
        except (OSError, TimeoutError):
            raise MakersLostError(f"the cluster at {self._shown()} is gone") from None

    def _made(self, left: Iterator[Part]) -> Iterator[Made]:
        from distributed import as_completed

        ready = as_completed(self._send(left, self._room()), loop=self._client.loop)
        for future in ready:
            made = self._result(future)
            future.release()
            for following in self._send(left, max(1, self._room() - ready.count())):
                ready.add(following)
            yield made

    def _room(self) -> int:
        threads: int = sum(self._client.nthreads().values())
        return AHEAD * max(1, threads)

    def _send(self, parts: Iterator[Part], most: int) -> list[Any]:
        asked = (engine.__version__, np.__version__)
        among = islice(parts, most)
        return [self._client.submit(make_on_worker, self._job, part, asked, pure=False) for part in among]

    def _result(self, future: Any) -> Made:
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        try:
            made: Made = future.result()
        except KilledWorker:
            raise MakersLostError(f"part after part has killed its worker on {self._shown()}") from None
        except FutureCancelledError:
            raise TimeoutError from None
        except ModuleNotFoundError as error:
            raise BatchError(f"a worker of {self._shown()} has no brinkmanship installed: {error}") from None
        return made

    def _shown(self) -> str:
        return shortened(self._address, 100)


def _connect(address: str) -> Any:
    distributed = extra("distributed", "dask", "cluster", "a cluster")
    for name in ("distributed", "distributed.comm", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    shown = shortened(address, 100)
    if not re.fullmatch(r"((tcp|tls|ws|wss|ucx)://)?[^\s:/]+:[0-9]{1,5}", address):
        raise BatchError(f"{shown} is no address of a dask scheduler, such as tcp://10.0.0.1:8786")
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError):
        raise BatchError(f"no dask scheduler answers at {shown}") from None
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        client.close(timeout=2)
        raise BatchError(f"the cluster at {shown} has no workers: start one with `dask worker {shown}`") from None
    return client


_here = threading.local()
"""For each thread of a worker, the maker of the job that it was last asked about."""


def make_on_worker(job: bytes, part: Part, asked: tuple[str, str]) -> Made:
    """What a worker does.

    Raises :class:`BatchError` where it has other versions of the engine or of numpy, and so might compute other runs.
    """
    versions = (engine.__version__, np.__version__)
    if versions != asked:
        raise BatchError(
            f"a worker of the cluster has brinkmanship {versions[0]} and numpy {versions[1]}, "
            f"and not {asked[0]} and {asked[1]} as here: its runs might be others"
        )
    name = hashlib.sha256(job).digest()
    if getattr(_here, "name", None) != name:
        _here.name, _here.maker = name, Maker(pickle.loads(job))  # noqa: S301 # dask itself sends what it runs so
    made: Made = _here.maker.make(part)
    return made
