"""The arguments of every command, described without a single slow import, so that help comes at once."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from engine import __version__
from engine.asked import DEFAULT_SEED
from engine.cli.arguments import assessment, batches, games, installation, scenarios
from engine.cli.arguments.common import COMPARED_RUNS, Parser, one_scenario
from engine.cli.failures import unknown
from engine.prose import capital

__all__ = ["COMMANDS", "COMPARED_RUNS", "DEFAULT_SEED", "Arguments", "parse", "whole_parser"]

DESCRIPTION = "Brinkmanship: play, run and check crises in which each stance has a quoted source."

EPILOG = (
    "Start with: brink play kosovo-2007. Help on a command: brink run --help. "
    "Exit codes: 0 all is well; 1 what was read is wrong or does not hold, or something can't be written; "
    "2 the words of the command are wrong, or name what is not there; 130 Ctrl-C."
)


class Arguments(argparse.Namespace):
    """What was asked for; which of these are set depends on the command."""

    command: str
    json: bool
    plain: bool
    ascii: bool
    sides: list[str] | None
    side: str | None
    level: str | None
    scenario: Any
    """A name or a path; None where `brink play` is to begin with the title."""
    place: str | None
    """Where the scenario of a save is now."""
    actor: str
    institution: str
    pool: Any
    day: str | None
    seed: int | None
    run: int
    seconds: float
    runs: int | None
    set: list[str]
    vary: list[str]
    experiment: str | None
    until: float | None
    out: str | None
    workers: int
    cluster: str | None
    tls_ca_file: str | None
    tls_cert: str | None
    tls_key: str | None
    chunk: int | None
    executor: str
    trajectories: str
    words: tuple[str, ...]
    """Everything as it was typed."""
    turn: str
    seat: list[str] | None
    orders: list[str] | None
    policy: list[tuple[str, str]] | None
    save: str | None
    strict: bool
    results: Any
    """A folder; None where `brink play` is not to look through one."""
    case: str | None
    paired: int
    name: str
    second: str
    origin: str | None
    kind: str
    update_goldens: bool
    page: str
    figures: str | None
    overwrite: bool
    parquet: bool
    shell: str
    names: bool
    other: str | None
    against: list[str]
    lever: str | None
    every: bool
    outcome: str
    method: str | None
    at: list[tuple[str, str]]
    when: str
    often: float | None
    step: int | None
    sql: str
    watch: bool
    baseline: str | None
    write_baseline: bool
    explain: str | None
    codes: bool
    dry_run: bool
    in_place: bool
    targets: str | None
    cards: list[str]
    stale: str | None
    stances: bool
    lock: str
    record: str | None
    scenarios: list[str]
    over: str
    posterior: str | None
    points: int
    waves: int
    scored: int
    leave_one_out: bool
    afterwards: str | None
    known: str | None
    last_day: dt.date
    worlds: int


def parse(argv: Sequence[str]) -> Arguments | None:
    """What was asked for; None where help or the version was asked for, and has been printed.

    Raises :class:`UsageError`.
    """
    parser = whole_parser()
    if not argv:
        parser.print_help()
        return None
    if argv[0] not in COMMANDS and not argv[0].startswith("-"):
        raise unknown("command", argv[0], COMMANDS)
    try:
        arguments = parser.parse_args(argv, namespace=Arguments())
    except SystemExit:
        return None
    if not getattr(arguments, "command", None):
        parser.error("a command is missing")
    arguments.words = ("brink", *argv)
    return arguments


def whole_parser() -> Parser:
    """The parser of all commands."""
    parser = Parser("brink", description=DESCRIPTION, epilog=EPILOG, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"brink {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", parser_class=Parser)
    for name, (summary, describe) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=f"{capital(summary)}.", allow_abbrev=False)
        describe(command)
    return parser


COMMANDS: dict[str, tuple[str, Callable[[Parser], None]]] = {
    "play": ("play a scenario", games.play),
    "list": ("list the bundled scenarios", scenarios.listed),
    "show": ("show the briefing of a scenario: sides, issues, institutions, calendar, sources", one_scenario),
    "dossier": ("show what is known of an actor: stances with their quotes, seats, actions", games.dossier),
    "power": (
        "show how power is shared in an institution: the indices of Shapley and Shubik, and of Banzhaf",
        scenarios.power,
    ),
    "run": ("run one game, told turn by turn", games.run),
    "explain": ("explain an actor's options at one moment of a game", games.explain),
    "batch": ("run many games, and count how they end", batches.batch),
    "summary": ("sum up the results of a batch: endings, times, outcomes, scores", batches.summary),
    "compare": ("compare two arms whose runs share their chance", batches.compare),
    "sensitivity": ("find what an outcome hangs on", batches.sensitivity),
    "discover": ("find the assumptions under which something happens", batches.discover),
    "query": ("ask results in SQL", batches.query),
    "report": ("make a page of the results of a batch, with figures", batches.report),
    "export": ("write the tables of results for a spreadsheet or another program", batches.export),
    "backtest": ("hold a scenario against what happened, beside baselines", assessment.backtest),
    "calibrate": ("fit numbers of scenarios to what happened, and say what that is worth", assessment.calibrate),
    "forecast": ("say what may come, given what had happened by a day", assessment.forecast),
    "lock": ("write down what a scenario forecasts before it is known, sealed", assessment.lock),
    "score": ("score a locked forecast, once it is known what came", assessment.score),
    "new": ("write a new scenario to begin from", scenarios.new),
    "try": ("write a scenario with its findings and a game beside it, played again after each save", scenarios.try_out),
    "check": ("check a scenario, every problem at once", scenarios.check),
    "coders": ("compare what several coders read in the sources, and the scenario with them", scenarios.coders),
    "upgrade": ("bring a scenario up to the format of today", scenarios.upgrade),
    "test": ("test what a scenario promises: expect, never, cases, golden playthroughs", scenarios.test),
    "dry-run": ("find what never happens in a scenario, and what its sides do best", scenarios.dry_run),
    "diff": ("tell what changed in meaning between two scenarios, and what comes of it", scenarios.diff),
    "docs": ("print the reference for authors: fields, functions, names, places, limits", scenarios.docs),
    "odd": ("describe a scenario by the ODD protocol: entities, scales, schedule, submodels, sources", scenarios.odd),
    "schema": ("print the JSON Schema that editors check a file against", scenarios.schema),
    "doctor": ("look whether everything is there that the game needs", installation.doctor),
    "completion": ("print the script by which bash, zsh or fish completes what is typed", installation.completion),
    "replay": ("tell the game of a save again", games.replay),
}
"""Each command: what it does, and what it takes."""
