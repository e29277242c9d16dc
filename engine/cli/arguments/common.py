"""What several commands take."""

from __future__ import annotations

import argparse
from typing import Any, Never

from engine.asked import DEFAULT_SEED, LARGEST_RUN, LARGEST_SEED, MOST_WORKERS
from engine.cli.failures import UsageError
from engine.cli.readers import time_limit, whole_number

COMPARED_RUNS = 2000
"""Runs of either arm, where two are compared and no number is given."""


class Once(argparse.Action):
    """Keeps the value of an option, which is given once: of two values neither would be what is meant."""

    def __call__(
        self, parser: argparse.ArgumentParser, asked: argparse.Namespace, value: Any, option: str | None = None
    ) -> None:
        """Keep it, or refuse a second."""
        given = asked.__dict__.setdefault("given", {})
        if option is not None and self.dest in given:
            parser.error(f"{option} is given twice: {in_a_word(given[self.dest])} and {in_a_word(value)}")
        given[self.dest] = value
        setattr(asked, self.dest, value)


class OncePerName(argparse.Action):
    """Collects the values of an option, of which no two are about one name: the word, or the first of a pair."""

    def __call__(
        self, parser: argparse.ArgumentParser, asked: argparse.Namespace, value: Any, option: str | None = None
    ) -> None:
        """One more, or refuse a second about the same."""
        kept = list(getattr(asked, self.dest) or ())
        twin = next((one for one in kept if name_in(one) == name_in(value)), None)
        if twin is not None:
            about = f"about {name_in(value)} twice: " if twin != value else "twice: "
            parser.error(f"{option} is given {about}{in_a_word(twin)} and {in_a_word(value)}")
        setattr(asked, self.dest, [*kept, value])


def name_in(value: Any) -> str:
    """What a value is about."""
    return str(value[0] if isinstance(value, tuple) else value)


def in_a_word(value: Any) -> str:
    """A value as it was typed."""
    return "=".join(value) if isinstance(value, tuple) else str(value)[:60]


class Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with the arguments."""

    def __init__(self, *names: Any, **about: Any) -> None:
        super().__init__(*names, **about)
        self.register("action", None, Once)

    def error(self, message: str) -> Never:
        """Raise instead of leaving."""
        raise UsageError(f"{message} (see {self.prog} --help)")


def nothing_but_json(parser: Parser) -> None:
    """``--json``."""
    parser.add_argument("--json", action="store_true", help="print one JSON object, for programs")


def one_scenario(parser: Parser) -> None:
    """The scenario, and ``--json``."""
    parser.add_argument("scenario", metavar="SCENARIO", help="the name of a bundled scenario, a folder or a file")
    nothing_but_json(parser)


def seed(parser: Parser, default: int | None = DEFAULT_SEED, said: str = f"{DEFAULT_SEED} if left out") -> None:
    """``--seed``."""
    read = whole_number("a seed", 0, LARGEST_SEED)
    parser.add_argument("--seed", metavar="N", type=read, default=default, help=f"the chance of the game; {said}")


def run_number(parser: Parser) -> None:
    """``--run``, which run of the seed."""
    read = whole_number("a run", 0, LARGEST_RUN)
    parser.add_argument("--run", metavar="K", type=read, default=0, help="which run of the seed; 0 if left out")


def seconds(parser: Parser, default: float, said: str) -> None:
    """``--seconds``."""
    read = time_limit
    parser.add_argument("--seconds", metavar="S", type=read, default=default, help=f"{said}; {default:g}")


def of_results(parser: Parser) -> None:
    """The folder of results, and ``--json``."""
    parser.add_argument("results", metavar="RESULTS", help="a folder that `brink batch --out` has written")
    nothing_but_json(parser)


def certain(parser: Parser) -> None:
    """``--certain``."""
    said = "draw nothing that is in doubt: each number and each position is its best guess"
    parser.add_argument("--certain", action="store_true", help=said)


def workers(parser: Parser) -> None:
    """``--workers``."""
    read = whole_number("the number of workers", 1, MOST_WORKERS)
    parser.add_argument("--workers", metavar="N", type=read, default=1, help="processes that share the work; 1")
