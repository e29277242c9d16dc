"""What the commands of players take, and those that look at one game."""

from __future__ import annotations

from engine.asked import DEFAULT_SEED
from engine.cli.arguments.common import (
    OncePerName,
    Parser,
    certain,
    nothing_but_json,
    one_scenario,
    run_number,
    seconds,
    seed,
)
from engine.cli.readers import pair

RUN_SECONDS = 10.0
"""The time for runs that a score is held against: Kosovo's take a second or two."""

HELD_AGAINST = "processor time for the runs that scores are held against, 0 for none"


def play(parser: Parser) -> None:
    """``brink play``."""
    parser.add_argument(
        "scenario", metavar="SCENARIO", nargs="?", help="a bundled scenario, a folder or a file; the title if left out"
    )
    seed(parser, None, f"a new one each time if left out, and {DEFAULT_SEED} where it plays by itself")
    parser.add_argument("--plain", action="store_true", help="line by line, for screen readers and pipes")
    parser.add_argument("--ascii", action="store_true", help="no signs but those of ASCII")
    parser.add_argument(
        "--as", dest="sides", action=OncePerName, metavar="SIDE", help="a side to play; again for each other person"
    )
    parser.add_argument("--level", metavar="LEVEL", help="student, attache, envoy or statesman")
    later = "who plays your side in the futures that odds are made of, after the open turn; rule"
    parser.add_argument("--afterwards", choices=("rule", "hold", "greedy"), help=later)
    parser.add_argument("--load", dest="save", metavar="FILE", help="go on with the game of a save")
    parser.add_argument("--scenario", dest="place", metavar="PATH", help="with --load: where its scenario is now")
    parser.add_argument("--results", metavar="FOLDER", help="look through the runs of a batch")


def dossier(parser: Parser) -> None:
    """``brink dossier``."""
    one_scenario(parser)
    parser.add_argument("actor", metavar="ACTOR", help="the id of an actor, as `brink show` prints it")


def run(parser: Parser) -> None:
    """``brink run``."""
    one_scenario(parser)
    seed(parser)
    run_number(parser)
    parser.add_argument(
        "--seat", metavar="ACTOR", action=OncePerName, help="whom the --orders of the same rank decide for"
    )
    parser.add_argument("--orders", metavar="FILE", action="append", help="what that seat does, turn by turn (YAML)")
    policies = "let a simple policy decide for an actor: greedy, random, hold, rollout or rule"
    read = pair("ACTOR=POLICY", "russia=greedy")
    parser.add_argument("--policy", metavar="ACTOR=POLICY", action=OncePerName, type=read, help=policies)
    seconds(parser, RUN_SECONDS, HELD_AGAINST)
    case = "play a scripted test of the scenario, as `brink test` does"
    parser.add_argument("--case", metavar="NAME", help=case)
    certain(parser)
    parser.add_argument(
        "--save", metavar="FILE", help="write a save that `brink replay` reads; never over another file"
    )


def explain(parser: Parser) -> None:
    """``brink explain``."""
    one_scenario(parser)
    seed(parser)
    run_number(parser)
    parser.add_argument("--turn", metavar="T", required=True, help="the number of a turn, 0 first, or a day in it")
    parser.add_argument("--actor", metavar="ACTOR", required=True, help="whose options")
    certain(parser)


def replay(parser: Parser) -> None:
    """``brink replay``."""
    parser.add_argument("save", metavar="SAVE", help="a file that `brink run --save` has written")
    parser.add_argument("--scenario", metavar="PATH", help="where its scenario is, if it is no longer where it was")
    seconds(parser, RUN_SECONDS, HELD_AGAINST)
    nothing_but_json(parser)
