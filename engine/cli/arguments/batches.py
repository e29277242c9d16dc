"""What the commands of analysts take."""

from __future__ import annotations

from engine.asked import DEFAULT_SEED, MOST_POINTS, MOST_RUNS, QUERY_SECONDS
from engine.cli.arguments.common import (
    COMPARED_RUNS,
    OncePerName,
    Parser,
    certain,
    nothing_but_json,
    of_results,
    one_scenario,
    seconds,
    seed,
    workers,
)
from engine.cli.readers import half_width, pair, share, whole_number
from engine.executors import BEST, EXECUTORS

RUNS_EACH = 8
"""Runs of each point of all that is assumed."""


def batch(parser: Parser) -> None:
    """``brink batch``."""
    one_scenario(parser)
    read = whole_number("the number of runs", 1, MOST_RUNS)
    runs = "how many runs, of each design point; with --until, the most"
    parser.add_argument("--runs", metavar="N", type=read, help=runs)
    enough = "stop as soon as the interval of every ending reaches no farther than this to either side, such as 0.005"
    parser.add_argument("--until", metavar="WIDTH", type=half_width, help=enough)
    seed(parser, None, f"that of the experiment, or {DEFAULT_SEED}, if left out")
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
    drawn = "let each run draw its numbers from a posterior that `brink calibrate --out` has written"
    parser.add_argument("--posterior", metavar="FILE", help=drawn)
    certain(parser)
    _assumed(parser)


def _assumed(parser: Parser) -> None:
    """``--assumed`` and ``--give-or-take``."""
    read = whole_number("the number of points", 1, MOST_POINTS)
    every = (
        "try so many points of all that is assumed: each number in doubt and each position with a spread, over what it "
        "may be (a Latin hypercube)"
    )
    parser.add_argument("--assumed", metavar="POINTS", type=read, help=every)
    also = "with --assumed: also each number that is assumed without a source, so far either way, such as 0.2"
    parser.add_argument("--give-or-take", metavar="SHARE", type=share, help=also)


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
    workers(parser)
    _cluster(parser)
    chunk = whole_number("a chunk", 1, MOST_RUNS)
    parser.add_argument("--chunk", metavar="N", type=chunk, help="runs side by side; changes the speed, not the runs")
    compiled = (
        "what works the rules out, `numpy` or compiled by `numba`; by itself the better one; the runs are the same"
    )
    parser.add_argument("--executor", choices=EXECUTORS, default=BEST, help=compiled)


def _cluster(parser: Parser) -> None:
    address = (
        "the address of a dask scheduler whose workers do it, such as tls://10.0.0.1:8786 or tcp://[::1]:8786; whoever "
        "runs it or a worker can run programs here, so ask one on this machine, or one with TLS"
    )
    parser.add_argument("--cluster", metavar="ADDRESS", help=address)
    authority = "of a cluster with TLS: the certificate (PEM) of the authority that has signed all others"
    parser.add_argument("--tls-ca-file", metavar="FILE", help=authority)
    parser.add_argument("--tls-cert", metavar="FILE", help="of a cluster with TLS: the certificate of this machine")
    parser.add_argument("--tls-key", metavar="FILE", help="of a cluster with TLS: the key of that certificate")


def compare(parser: Parser) -> None:
    """``brink compare``."""
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
    seed(parser, None, f"that of the experiment, or {DEFAULT_SEED}, if left out")
    workers(parser)
    certain(parser)
    parser.add_argument("--all", dest="every", action="store_true", help="tell also what is the same within noise")
    nothing_but_json(parser)


def summary(parser: Parser) -> None:
    """``brink summary``."""
    of_results(parser)
    at_a_choice(parser)


def at_a_choice(parser: Parser) -> None:
    """``--at``."""
    read = pair("LEVER=CHOICE", "kfor=halved")
    at = "only where a lever stands so"
    parser.add_argument("--at", metavar="LEVER=CHOICE", type=read, action=OncePerName, default=[], help=at)


def sensitivity(parser: Parser) -> None:
    """``brink sensitivity``."""
    what = "a folder that `brink batch --out` has written; with --assumed, a scenario"
    parser.add_argument("results", metavar="RESULTS", help=what)
    nothing_but_json(parser)
    outcome = "an outcome, ending.ID, score_ACTOR, ever.FLAG, first_FLAG, or an expression over these"
    parser.add_argument("--outcome", metavar="NAME", required=True, help=outcome)
    method = "sobol (of a design saltelli), morris (of a design morris), or pawn; what the design was made for"
    parser.add_argument("--method", metavar="METHOD", choices=("sobol", "morris", "pawn"), help=method)
    at_a_choice(parser)
    _assumed(parser)
    runs = whole_number("the number of runs", 1, MOST_RUNS)
    many = f"with --assumed: runs of each point; {RUNS_EACH} if left out"
    parser.add_argument("--runs", metavar="N", type=runs, help=many)
    seed(parser)
    workers(parser)


def discover(parser: Parser) -> None:
    """``brink discover``."""
    of_results(parser)
    when = 'what is looked for, such as "ending.settled" or "worst_violence > 40 and not ending.war"'
    parser.add_argument("--when", metavar="CONDITION", required=True, help=when)
    often = "in what share of its runs a design point must have it; 0.5, or as often as in the upper quarter"
    parser.add_argument("--often", metavar="SHARE", type=share, help=often)
    read = whole_number("a step", 0, MOST_RUNS)
    parser.add_argument("--step", metavar="K", type=read, help="the box of this step of the peeling")


def query(parser: Parser) -> None:
    """``brink query``."""
    of_results(parser)
    views = "one SELECT over runs, designs, failures, trajectories and every_run"
    parser.add_argument("sql", metavar="SQL", help=views)
    seconds(parser, QUERY_SECONDS, "how long the answer may take")


def report(parser: Parser) -> None:
    """``brink report``."""
    parser.add_argument("results", metavar="RESULTS", help="a folder that `brink batch --out` has written")
    page = "the page that is written; report.html"
    parser.add_argument("-o", "--out", dest="page", metavar="FILE", default="report.html", help=page)
    parser.add_argument("--figures", metavar="DIR", help="write the figures as SVG and PNG, too")
    parser.add_argument("--overwrite", action="store_true", help="write over files that are there already")


def export(parser: Parser) -> None:
    """``brink export``."""
    parser.add_argument("results", metavar="RESULTS", help="a folder that `brink batch --out` has written")
    target = "an Excel workbook, where it ends in .xlsx; else a folder, which gets a CSV file for each table"
    parser.add_argument("page", metavar="TARGET", help=target)
    parser.add_argument("--parquet", action="store_true", help="write Parquet files in place of CSV")
    parser.add_argument("--overwrite", action="store_true", help="write over files that are there already")
