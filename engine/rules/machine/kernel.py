"""The code of the compiled executor: compiled once on a machine, kept, and from then on loaded without numba.

To load it takes a twentieth of a second, where numba takes ten times that to be imported and to read what it keeps.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
from collections.abc import Callable
from functools import cache
from typing import Final

import llvmlite
import llvmlite.binding as llvm

from engine.files import cache as kept
from engine.rules.machine import readiness
from engine.rules.machine.handover import ENTRY

STATIC: Final = ("x86", "i386", "i686", "amd64")
"""How the names of processors begin whose code LLVM can load only where it does not care where it stands in memory."""

Paces = Callable[[int, float], int]
"""Called with where a table of words stands (``handover.py``), and the days of a pace; the interpreter is let go."""


@cache
def paces() -> Paces:
    """The function that executes programs."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    triple, name, features = llvm.get_process_triple(), *_processor()
    machine = llvm.Target.from_triple(triple).create_target_machine(
        cpu=name,
        features=features,
        opt=3,
        reloc="static" if triple.startswith(STATIC) else "default",
        codemodel="jitdefault",
        jit=True,
    )
    return _linked(machine, _kept(machine, repr((triple, name, features, llvmlite.__version__))))


def _processor() -> tuple[str, str]:
    """The name and the features of this machine's processor, unless numba is told of another."""
    name = os.environ.get("NUMBA_CPU_NAME") or llvm.get_host_cpu_name()
    features = os.environ.get("NUMBA_CPU_FEATURES")
    return name, llvm.get_host_cpu_features().flatten() if features is None else features


def _kept(machine: llvm.TargetMachine, kind: str) -> bytes:
    """The names that the code refers to, as a line, and the code: as it is kept, or else compiled now, and kept."""
    place, key = readiness.folder(), f"{readiness.KIND}-{hashlib.sha256(kind.encode()).hexdigest()[:16]}"
    content = None if place is None else kept.load(key, place)
    if content is None:
        from engine.rules.machine.building import built

        readiness.forget_others()
        code, asked = built(machine)
        content = " ".join(asked).encode() + b"\n" + code
        if place is not None:
            kept.keep(key, content, place)
    return content


def _linked(machine: llvm.TargetMachine, content: bytes) -> Paces:
    """The function in some code, which stays in memory as long as the process."""
    asked, _, code = content.partition(b"\n")
    for name in asked.decode().split():
        if llvm.address_of_symbol(name) is None:  # numba's own, for errors and memory; the executor knows neither
            llvm.add_symbol(name, _never())
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.object_file.ObjectFileRef.from_data(code))
    engine.finalize_object()
    _engines.append(engine)
    return ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_double)(engine.get_function_address(ENTRY))


def _never() -> int:
    """Where something stands that ends the process."""
    place = ctypes.cast(ctypes.pythonapi.Py_FatalError, ctypes.c_void_p).value
    assert place is not None
    return place


_engines: Final[list[llvm.ExecutionEngine]] = []
