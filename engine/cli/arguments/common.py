"""What several commands take."""

from __future__ import annotations

import argparse
from typing import Never

from engine.asked import DEFAULT_SEED, LARGEST_RUN, LARGEST_SEED, MOST_WORKERS
from engine.cli.failures import UsageError
from engine.cli.readers import whole_number

COMPARED_RUNS = 2000
"""Runs of either arm, where two are compared and no number is given."""


class Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with the arguments."""

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


def of_results(parser: Parser) -> None:
    """The folder of results, and ``--json``."""
    parser.add_argument("results", metavar="RESULTS", help="a folder that `brink batch --out` has written")
    nothing_but_json(parser)


def workers(parser: Parser) -> None:
    """``--workers``."""
    read = whole_number("the number of workers", 1, MOST_WORKERS)
    parser.add_argument("--workers", metavar="N", type=read, default=1, help="processes that share the work; 1")
