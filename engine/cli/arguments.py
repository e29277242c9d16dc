"""The arguments of every command, described without a single slow import, so that help comes at once."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any, Never

from engine import __version__
from engine.cli.failures import UsageError, unknown
from engine.cli.readers import half_width, pair, share, whole_number
from engine.prose import capital

LARGEST_SEED = 2**64 - 1
"""Seeds are from 0 to this."""

LARGEST_RUN = 2**63 - 1
"""Run numbers are from 0 to this."""

MOST_RUNS = 10_000_000
"""Runs of one batch."""

MOST_WORKERS = 1024
"""Processes of one batch."""

DEFAULT_SEED = 1
"""The seed where none is given, so that the same command prints the same game."""

TEST_RUNS = 5000
"""Runs on which a scenario's expectations are tested, where no number is given."""

DRY_RUNS = 10_000
"""Runs in which it is looked what happens, where no number is given."""

PAIRED_RUNS = 200
"""Runs on which the strategies of a side are tried, where no number is given."""

COMPARED_RUNS = 2000
"""Runs of either arm, where two are compared and no number is given."""

DESCRIPTION = "Brinkmanship: play, run and check crises in which each stance has a quoted source."

EPILOG = "Start with: brink play kosovo-2007. Help on a command: brink run --help."


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
    actor: str
    seed: int | None
    run: int
    runs: int | None
    set: list[str]
    vary: list[str]
    experiment: str | None
    until: float | None
    out: str | None
    workers: int
    cluster: str | None
    chunk: int | None
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


class Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with the arguments."""

    def error(self, message: str) -> Never:
        """Raise instead of leaving."""
        raise UsageError(f"{message} (see {self.prog} --help)")


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


def _nothing_but_json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object, for programs")


def _scenario(parser: Parser) -> None:
    parser.add_argument("scenario", metavar="SCENARIO", help="the name of a bundled scenario, a folder or a file")
    _nothing_but_json(parser)


def _seed(parser: Parser, default: int | None = DEFAULT_SEED, said: str = f"{DEFAULT_SEED} if left out") -> None:
    read = whole_number("a seed", 0, LARGEST_SEED)
    parser.add_argument("--seed", metavar="N", type=read, default=default, help=f"the chance of the game; {said}")


def _run_number(parser: Parser) -> None:
    read = whole_number("a run", 0, LARGEST_RUN)
    parser.add_argument("--run", metavar="K", type=read, default=0, help="which run of the seed; 0 if left out")


def _dossier(parser: Parser) -> None:
    _scenario(parser)
    parser.add_argument("actor", metavar="ACTOR", help="the id of an actor, as `brink show` prints it")


def _run(parser: Parser) -> None:
    _scenario(parser)
    _seed(parser)
    _run_number(parser)
    parser.add_argument(
        "--seat", metavar="ACTOR", action="append", help="whom the --orders of the same rank decide for"
    )
    parser.add_argument("--orders", metavar="FILE", action="append", help="what that seat does, turn by turn (YAML)")
    policies = "let a simple policy decide for an actor: greedy, random, hold, rollout or rule"
    read = pair("ACTOR=POLICY", "russia=greedy")
    parser.add_argument("--policy", metavar="ACTOR=POLICY", action="append", type=read, help=policies)
    case = "play a scripted test of the scenario, as `brink test` does"
    parser.add_argument("--case", metavar="NAME", help=case)
    parser.add_argument(
        "--save", metavar="FILE", help="write a save that `brink replay` reads; never over another file"
    )


def _explain(parser: Parser) -> None:
    _scenario(parser)
    _seed(parser)
    _run_number(parser)
    parser.add_argument("--turn", metavar="T", required=True, help="the number of a turn, 0 first, or a day in it")
    parser.add_argument("--actor", metavar="ACTOR", required=True, help="whose options")


def _batch(parser: Parser) -> None:
    _scenario(parser)
    read = whole_number("the number of runs", 1, MOST_RUNS)
    runs = "how many runs, of each design point; with --until, the most"
    parser.add_argument("--runs", metavar="N", type=read, help=runs)
    enough = "stop as soon as the interval of every ending reaches no farther than this to either side, such as 0.005"
    parser.add_argument("--until", metavar="WIDTH", type=half_width, help=enough)
    _seed(parser, None, f"that of the experiment, or {DEFAULT_SEED}, if left out")
    _assumptions(parser)
    parser.add_argument("--strict", action="store_true", help="exit with 1 where an expectation fails")
    _results(parser)
    _execution(parser)


def _assumptions(parser: Parser) -> None:
    one = "change a value of the scenario, such as actors.russia.stances.status.salience=0, or =*0.5, or =+10"
    parser.add_argument("--set", metavar="PATH=VALUE", action="append", default=[], help=one)
    several = "try several values, such as values.troops.start=8,12,16; every combination where repeated"
    parser.add_argument("--vary", metavar="PATH=A,B,C", action="append", default=[], help=several)
    parser.add_argument("--experiment", metavar="FILE", help="try what an experiment says (YAML)")


def _results(parser: Parser) -> None:
    out = "write a folder of results; the same command goes on with one that was interrupted"
    parser.add_argument("--out", metavar="DIR", help=out)
    parser.add_argument(
        "--trajectories",
        nargs="?",
        choices=("summary", "all"),
        const="summary",
        default="none",
        help="write how the world moves, too: means and quantiles turn by turn, or `all` for every run",
    )


def _execution(parser: Parser) -> None:
    workers = whole_number("the number of workers", 1, MOST_WORKERS)
    parser.add_argument("--workers", metavar="N", type=workers, default=1, help="processes that share the work; 1")
    parser.add_argument("--cluster", metavar="ADDRESS", help="the address of a dask scheduler whose workers do it")
    chunk = whole_number("a chunk", 1, MOST_RUNS)
    parser.add_argument("--chunk", metavar="N", type=chunk, help="runs side by side; changes the speed, not the runs")


def _of_results(parser: Parser) -> None:
    parser.add_argument("results", metavar="RESULTS", help="a folder that `brink batch --out` has written")
    _nothing_but_json(parser)


def _compare(parser: Parser) -> None:
    first = "a folder of results; or a scenario, to run two arms of it now"
    parser.add_argument("results", metavar="RESULTS", help=first)
    second = "another folder; if left out, the choices of each lever are held against its base"
    parser.add_argument("other", metavar="OTHER", nargs="?", help=second)
    parser.add_argument("--lever", metavar="NAME", help="only the choices of this lever")
    setting = "of a scenario: run it with this value, and hold it against the scenario as it is"
    parser.add_argument("--set", metavar="PATH=VALUE", action="append", default=[], help=setting)
    against = "of a scenario: hold it against these values instead"
    parser.add_argument("--against", metavar="PATH=VALUE", action="append", default=[], help=against)
    parser.add_argument(
        "--experiment", metavar="FILE", help="of a scenario: hold the choices of its levers against them"
    )
    runs = whole_number("the number of runs", 2, MOST_RUNS)
    parser.add_argument(
        "--runs", metavar="N", type=runs, help=f"of a scenario: how many runs of each arm; {COMPARED_RUNS}"
    )
    _seed(parser, None, f"that of the experiment, or {DEFAULT_SEED}, if left out")
    workers = whole_number("the number of workers", 1, MOST_WORKERS)
    parser.add_argument("--workers", metavar="N", type=workers, default=1, help="processes that share the work; 1")
    parser.add_argument("--all", dest="every", action="store_true", help="tell also what is the same within noise")
    _nothing_but_json(parser)


def _sensitivity(parser: Parser) -> None:
    _of_results(parser)
    outcome = "an outcome, ending.ID, score_ACTOR, ever.FLAG, first_FLAG, or an expression over these"
    parser.add_argument("--outcome", metavar="NAME", required=True, help=outcome)
    method = "sobol (of a design saltelli), morris (of a design morris), or pawn; what the design was made for"
    parser.add_argument("--method", metavar="METHOD", choices=("sobol", "morris", "pawn"), help=method)
    at = "only where a lever stands so"
    read = pair("LEVER=CHOICE", "kfor=halved")
    parser.add_argument("--at", metavar="LEVER=CHOICE", type=read, action="append", default=[], help=at)


def _discover(parser: Parser) -> None:
    _of_results(parser)
    when = 'what is looked for, such as "ending.settled" or "worst_violence > 40 and not ending.war"'
    parser.add_argument("--when", metavar="CONDITION", required=True, help=when)
    often = "in what share of its runs a design point must have it; 0.5, or as often as in the upper quarter"
    parser.add_argument("--often", metavar="SHARE", type=share, help=often)
    read = whole_number("a step", 0, MOST_RUNS)
    parser.add_argument("--step", metavar="K", type=read, help="the box of this step of the peeling")


def _query(parser: Parser) -> None:
    _of_results(parser)
    views = "one SELECT over runs, designs, failures, trajectories and every_run"
    parser.add_argument("sql", metavar="SQL", help=views)


def _report(parser: Parser) -> None:
    parser.add_argument("results", metavar="RESULTS", help="a folder that `brink batch --out` has written")
    page = "the page that is written; report.html"
    parser.add_argument("-o", "--out", dest="page", metavar="FILE", default="report.html", help=page)
    parser.add_argument("--figures", metavar="DIR", help="write the figures as SVG and PNG, too")
    parser.add_argument("--overwrite", action="store_true", help="write over files that are there already")


def _check(parser: Parser) -> None:
    path = "a folder or a file, or the name of a bundled scenario"
    parser.add_argument("scenario", metavar="PATH", nargs="?", help=path)
    _nothing_but_json(parser)
    parser.add_argument("--strict", action="store_true", help="exit with 1 for warnings, too")
    parser.add_argument("--watch", action="store_true", help="check again after each save, until Ctrl-C")
    parser.add_argument("--baseline", metavar="FILE", help="tell only what is not in this file of old findings")
    parser.add_argument("--write-baseline", action="store_true", help="write all findings to the --baseline FILE")
    parser.add_argument("--explain", metavar="CODE", help="show what a finding means, such as E203")
    parser.add_argument("--codes", action="store_true", help="list every finding")


def _upgrade(parser: Parser) -> None:
    parser.add_argument("scenario", metavar="PATH", help="a folder or a file")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--dry-run", action="store_true", help="only show what would change; so it is if left out")
    way.add_argument("--in-place", action="store_true", help="change the file, and keep the old one as FILE.bak")


def _new(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME", help="the name of the scenario, which is also that of its new folder")
    origin = "copy this scenario, with its sources, in place of the small one that plays at once"
    parser.add_argument("--from", dest="origin", metavar="SCENARIO", help=origin)


def _schema(parser: Parser) -> None:
    kinds = ("scenario", "history", "sources", "orders", "experiment", "all")
    said = f"which kind of file: {', '.join(kinds)}; scenario if left out"
    parser.add_argument("kind", metavar="KIND", nargs="?", choices=kinds, default=kinds[0], help=said)
    out = "write it into this file; with all, every schema into this folder"
    parser.add_argument("--out", dest="page", metavar="FILE", default="", help=out)


def _docs(parser: Parser) -> None:
    parser.add_argument("--out", dest="page", metavar="FOLDER", default="", help="write the pages into this folder")


def _test(parser: Parser) -> None:
    _scenario(parser)
    runs = whole_number("the number of runs", 1, MOST_RUNS)
    said = f"runs for expect and never; {TEST_RUNS}"
    parser.add_argument("--runs", metavar="N", type=runs, default=TEST_RUNS, help=said)
    _seed(parser)
    workers = whole_number("the number of workers", 1, MOST_WORKERS)
    parser.add_argument("--workers", metavar="N", type=workers, default=1, help="processes that share the work; 1")
    goldens = "write the golden playthroughs beside the scenario anew, three where there are none"
    parser.add_argument("--update-goldens", action="store_true", help=goldens)


def _dry_run(parser: Parser) -> None:
    _scenario(parser)
    runs = whole_number("the number of runs", 1, MOST_RUNS)
    parser.add_argument("--runs", metavar="N", type=runs, default=DRY_RUNS, help=f"how many runs; {DRY_RUNS}")
    paired = "runs of each strategy of each side, 0 for none"
    read = whole_number("the number of paired runs", 0, 100_000)
    parser.add_argument("--paired", metavar="N", type=read, default=PAIRED_RUNS, help=f"{paired}; {PAIRED_RUNS}")
    _seed(parser)


def _diff(parser: Parser) -> None:
    parser.add_argument("scenario", metavar="A", help="the name of a bundled scenario, a folder or a file")
    parser.add_argument("second", metavar="B", help="another, or another version of it")
    runs = whole_number("the number of runs", 0, MOST_RUNS)
    said = f"how many runs of each are held against each other, 0 for none; {COMPARED_RUNS}"
    parser.add_argument("--runs", metavar="N", type=runs, default=COMPARED_RUNS, help=said)
    _seed(parser)
    workers = whole_number("the number of workers", 1, MOST_WORKERS)
    parser.add_argument("--workers", metavar="N", type=workers, default=1, help="processes that share the work; 1")
    parser.add_argument("--all", dest="every", action="store_true", help="tell also what is the same within noise")
    _nothing_but_json(parser)


def _replay(parser: Parser) -> None:
    parser.add_argument("save", metavar="SAVE", help="a file that `brink run --save` has written")
    parser.add_argument("--scenario", metavar="PATH", help="the folder or file of a scenario that is not bundled")
    _nothing_but_json(parser)


def _play(parser: Parser) -> None:
    parser.add_argument(
        "scenario", metavar="SCENARIO", nargs="?", help="a bundled scenario, a folder or a file; the title if left out"
    )
    _seed(parser, None, f"a new one each time if left out, and {DEFAULT_SEED} where there is no terminal")
    parser.add_argument("--plain", action="store_true", help="line by line, for screen readers and pipes")
    parser.add_argument("--ascii", action="store_true", help="no signs but those of ASCII")
    parser.add_argument("--as", dest="sides", action="append", metavar="SIDE", help="with --plain: a side to play")
    parser.add_argument("--level", metavar="LEVEL", help="with --plain: student, attache, envoy or statesman")
    parser.add_argument("--load", dest="save", metavar="FILE", help="go on with the game of a save")
    parser.add_argument("--results", metavar="FOLDER", help="look through the runs of a batch")


def _try(parser: Parser) -> None:
    parser.add_argument("scenario", metavar="SCENARIO", help="a folder or a file, or the name of a bundled scenario")
    _seed(parser)
    parser.add_argument("--as", dest="side", metavar="SIDE", help="whom you play; the first side if left out")
    parser.add_argument("--ascii", action="store_true", help="no signs but those of ASCII")


COMMANDS: dict[str, tuple[str, Callable[[Parser], None]]] = {
    "play": ("play a scenario", _play),
    "list": ("list the bundled scenarios", _nothing_but_json),
    "show": ("show the briefing of a scenario: sides, issues, institutions, calendar, sources", _scenario),
    "dossier": ("show what is known of an actor: stances with their quotes, seats, actions", _dossier),
    "run": ("run one game, told turn by turn", _run),
    "explain": ("explain an actor's options at one moment of a game", _explain),
    "batch": ("run many games, and count how they end", _batch),
    "summary": ("sum up the results of a batch: endings, times, outcomes, scores", _of_results),
    "compare": ("compare two arms whose runs share their chance", _compare),
    "sensitivity": ("find what an outcome hangs on", _sensitivity),
    "discover": ("find the assumptions under which something happens", _discover),
    "query": ("ask results in SQL", _query),
    "report": ("make a page of the results of a batch, with figures", _report),
    "new": ("write a new scenario to begin from", _new),
    "try": ("write a scenario with its findings and a game beside it, played again after each save", _try),
    "check": ("check a scenario, every problem at once", _check),
    "upgrade": ("bring a scenario up to the format of today", _upgrade),
    "test": ("test what a scenario promises: expect, never, cases, golden playthroughs", _test),
    "dry-run": ("find what never happens in a scenario, and what its sides do best", _dry_run),
    "diff": ("tell what changed in meaning between two scenarios, and what comes of it", _diff),
    "docs": ("print the reference for authors: fields, functions, names, places, limits", _docs),
    "schema": ("print the JSON Schema that editors check a file against", _schema),
    "replay": ("tell the game of a save again", _replay),
}
"""Each command: what it does, and what it takes."""
