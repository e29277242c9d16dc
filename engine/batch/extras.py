"""Libraries that not everybody has: loaded when they are needed, or else a sentence that says how to get them."""

from __future__ import annotations

import importlib
import warnings
from typing import Any

from engine.batch.errors import BatchError
from engine.installed import add_extra


def extra(module: str, library: str, name: str, what: str) -> Any:
    """A module of a library that the extra ``name`` brings; ``what`` needs it.

    Raises :class:`~engine.batch.errors.BatchError` where it is not installed.
    """
    try:
        return load_quietly(module)
    except ImportError:
        raise BatchError(f"{what} needs {library}: {add_extra(name)}") from None


def load_quietly(module: str) -> Any:
    """A module, without what its library says about its own optional parts and folders."""
    import logging  # which nobody else needs

    logging.getLogger(module.partition(".")[0]).setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(module)
