"""What the commands take that hold a scenario against what happened."""

from __future__ import annotations

from engine.asked import DEFAULT_SEED, MOST_BACKTEST_RUNS, MOST_CALIBRATION_POINTS
from engine.cli.arguments.common import Parser, certain, nothing_but_json, one_scenario, seed, workers
from engine.cli.readers import day, whole_number
from engine.executors import BEST, EXECUTORS

BACKTEST_RUNS = 1000
"""Runs of the rule and of each baseline that plays, where no number is given."""


def backtest(parser: Parser) -> None:
    """``brink backtest``."""
    _forecasting(parser)
    stances = "move each main actor's position by a tenth of the scale, too, and tell what comes of it"
    parser.add_argument("--stances", action="store_true", help=stances)
    said = "write a calibration card: its values where the file ends in .json, else a page in Markdown; may be repeated"
    parser.add_argument("--card", metavar="FILE", dest="cards", action="append", default=[], help=said)
    parser.add_argument("--overwrite", action="store_true", help="write over cards that are there already")
    check = "write nothing: say whether this card is still of the scenario, its targets, the rules and the method"
    parser.add_argument("--check", metavar="FILE", dest="stale", help=check)


CALIBRATION = {"points": 200, "runs": 64, "waves": 2, "scored": 1000}
"""How much work a calibration is, where nothing is said."""


def calibrate(parser: Parser) -> None:
    """``brink calibrate``."""
    several = "bundled scenarios, folders or files; several share what the file says without naming one"
    parser.add_argument("scenarios", metavar="SCENARIO", nargs="+", help=several)
    nothing_but_json(parser)
    over = "the numbers, each with what it may be (YAML)"
    parser.add_argument("--over", metavar="FILE", required=True, help=over)
    for name, least, most, said in (
        ("points", 20, MOST_CALIBRATION_POINTS, "design points of each wave"),
        ("runs", 8, MOST_BACKTEST_RUNS, "runs of each point, of each scenario"),
        ("waves", 1, 10, "waves at most, each within what the one before has left as plausible"),
        ("scored", 2, MOST_BACKTEST_RUNS, "fresh runs by which scores before and after are told"),
    ):
        read = whole_number(f"the number of {name}", least, most)
        default = CALIBRATION[name]
        parser.add_argument(f"--{name}", metavar="N", type=read, default=default, help=f"{said}; {default}")
    seed(parser, DEFAULT_SEED)
    targets = "of a single scenario: another history (YAML), whose targets are taken in place of those beside it"
    parser.add_argument("--targets", metavar="FILE", help=targets)
    out = "write the posterior into this file, from which `brink batch --posterior` draws"
    parser.add_argument("--out", metavar="FILE", help=out)
    parser.add_argument("--overwrite", action="store_true", help="write over a posterior that is there already")
    each = "fit to all scenarios but one, and score it with what they leave; each in turn"
    parser.add_argument("--leave-one-out", action="store_true", help=each)
    workers(parser)


WORLDS = 2048
"""Worlds that a record is taken in by, where no number is given."""


def forecast(parser: Parser) -> None:
    """``brink forecast``."""
    one_scenario(parser)
    until = "the last day of which anything is known, such as 2008-01-01"
    parser.add_argument("--until", metavar="DATE", dest="last_day", type=day, required=True, help=until)
    known = "what had happened by then: a history (YAML); that beside the scenario if left out"
    parser.add_argument("--known", metavar="FILE", help=known)
    read = whole_number("the number of worlds", 2, MOST_BACKTEST_RUNS)
    worlds = f"worlds side by side that take in the record, each of which goes on once to its end; {WORLDS}"
    parser.add_argument("--worlds", metavar="N", type=read, default=WORLDS, help=worlds)
    seed(parser, DEFAULT_SEED)
    certain(parser)


def lock(parser: Parser) -> None:
    """``brink lock``."""
    _forecasting(parser)
    out = "the file that is written, where there is none yet; SCENARIO-DATE.lock.json"
    parser.add_argument("-o", "--out", metavar="FILE", help=out)


def score(parser: Parser) -> None:
    """``brink score``."""
    parser.add_argument("lock", metavar="LOCK", help="a file that `brink lock` has written")
    nothing_but_json(parser)
    record = "what came: a history (YAML) whose targets are answered; that of the bundled scenario if left out"
    parser.add_argument("--record", metavar="FILE", help=record)


def _forecasting(parser: Parser) -> None:
    one_scenario(parser)
    read = whole_number("the number of runs", 2, MOST_BACKTEST_RUNS)
    runs = f"runs of the rule, and of each baseline that plays; {BACKTEST_RUNS}"
    parser.add_argument("--runs", metavar="N", type=read, default=BACKTEST_RUNS, help=runs)
    seed(parser, DEFAULT_SEED)
    one = "change a value of the scenario first, as `brink batch --set` does"
    parser.add_argument("--set", metavar="PATH=VALUE", action="append", default=[], help=one)
    certain(parser)
    targets = "another history (YAML), whose targets are taken in place of those beside the scenario"
    parser.add_argument("--targets", metavar="FILE", help=targets)
    workers(parser)
    compiled = (
        "`numba` works the rules out in compiled form where no act and no vote is asked about; the digits are the same"
    )
    parser.add_argument("--executor", choices=EXECUTORS, default=BEST, help=compiled)
