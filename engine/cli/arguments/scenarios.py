"""What the commands of authors take."""

from __future__ import annotations

from engine.asked import MOST_RUNS
from engine.cli.arguments.common import COMPARED_RUNS, Parser, nothing_but_json, one_scenario, seed, workers
from engine.cli.readers import whole_number

TEST_RUNS = 5000
"""Runs on which a scenario's expectations are tested, where no number is given."""

DRY_RUNS = 10_000
"""Runs in which it is looked what happens, where no number is given."""

PAIRED_RUNS = 200
"""Runs on which the strategies of a side are tried, where no number is given."""


def listed(parser: Parser) -> None:
    """``brink list``."""
    nothing_but_json(parser)
    parser.add_argument("--names", action="store_true", help="print the names alone, a line each")


def new(parser: Parser) -> None:
    """``brink new``."""
    parser.add_argument("name", metavar="NAME", help="the name of the scenario, which is also that of its new folder")
    origin = "copy this scenario, with its sources, in place of the small one that plays at once"
    parser.add_argument("--from", dest="origin", metavar="SCENARIO", help=origin)


def try_out(parser: Parser) -> None:
    """``brink try``."""
    parser.add_argument("scenario", metavar="SCENARIO", help="a folder or a file, or the name of a bundled scenario")
    seed(parser)
    parser.add_argument("--as", dest="side", metavar="SIDE", help="whom you play; the first side if left out")
    parser.add_argument("--ascii", action="store_true", help="no signs but those of ASCII")


def check(parser: Parser) -> None:
    """``brink check``."""
    path = "a folder or a file, or the name of a bundled scenario"
    parser.add_argument("scenario", metavar="PATH", nargs="?", help=path)
    nothing_but_json(parser)
    parser.add_argument("--strict", action="store_true", help="exit with 1 for warnings, too")
    parser.add_argument("--watch", action="store_true", help="check again after each save, until Ctrl-C")
    parser.add_argument("--baseline", metavar="FILE", help="tell only what is not in this file of old findings")
    parser.add_argument("--write-baseline", action="store_true", help="write all findings to the --baseline FILE")
    parser.add_argument("--explain", metavar="CODE", help="show what a finding means, such as E203")
    parser.add_argument("--codes", action="store_true", help="list every finding")


def upgrade(parser: Parser) -> None:
    """``brink upgrade``."""
    parser.add_argument("scenario", metavar="PATH", help="a folder or a file")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--dry-run", action="store_true", help="only show what would change; so it is if left out")
    way.add_argument("--in-place", action="store_true", help="change the file, and keep the old one as FILE.bak")


def test(parser: Parser) -> None:
    """``brink test``."""
    one_scenario(parser)
    runs = whole_number("the number of runs", 1, MOST_RUNS)
    said = f"runs for expect and never; {TEST_RUNS}"
    parser.add_argument("--runs", metavar="N", type=runs, default=TEST_RUNS, help=said)
    seed(parser)
    workers(parser)
    goldens = "write the golden playthroughs beside the scenario anew, three where there are none"
    parser.add_argument("--update-goldens", action="store_true", help=goldens)


def dry_run(parser: Parser) -> None:
    """``brink dry-run``."""
    one_scenario(parser)
    runs = whole_number("the number of runs", 1, MOST_RUNS)
    parser.add_argument("--runs", metavar="N", type=runs, default=DRY_RUNS, help=f"how many runs; {DRY_RUNS}")
    paired = "runs of each strategy of each side, 0 for none"
    read = whole_number("the number of paired runs", 0, 100_000)
    parser.add_argument("--paired", metavar="N", type=read, default=PAIRED_RUNS, help=f"{paired}; {PAIRED_RUNS}")
    seed(parser)


def diff(parser: Parser) -> None:
    """``brink diff``."""
    parser.add_argument("scenario", metavar="A", help="the name of a bundled scenario, a folder or a file")
    parser.add_argument("second", metavar="B", help="another, or another version of it")
    runs = whole_number("the number of runs", 0, MOST_RUNS)
    said = f"how many runs of each are held against each other, 0 for none; {COMPARED_RUNS}"
    parser.add_argument("--runs", metavar="N", type=runs, default=COMPARED_RUNS, help=said)
    seed(parser)
    workers(parser)
    parser.add_argument("--all", dest="every", action="store_true", help="tell also what is the same within noise")
    nothing_but_json(parser)


def coders(parser: Parser) -> None:
    """``brink coders``."""
    one_scenario(parser)
    pool = "print what coders say together, median or mean, as stances to write into the scenario"
    parser.add_argument("--pool", metavar="WAY", choices=("median", "mean"), help=pool)


def power(parser: Parser) -> None:
    """``brink power``."""
    one_scenario(parser)
    parser.add_argument("institution", metavar="INSTITUTION", help="the id of one of its institutions")
    sits = "with those who sit in it on this day, such as 2008-01-15; the first day of the scenario if left out"
    parser.add_argument("--on", dest="day", metavar="DAY", help=sits)


def docs(parser: Parser) -> None:
    """``brink docs``."""
    parser.add_argument("--out", dest="page", metavar="FOLDER", default="", help="write the pages into this folder")


def odd(parser: Parser) -> None:
    """``brink odd``."""
    parser.add_argument("scenario", metavar="SCENARIO", help="the name of a bundled scenario, a folder or a file")


def schema(parser: Parser) -> None:
    """``brink schema``."""
    kinds = ("scenario", "history", "coding", "sources", "orders", "experiment", "calibration", "all")
    said = f"which kind of file: {', '.join(kinds)}; scenario if left out"
    parser.add_argument("kind", metavar="KIND", nargs="?", choices=kinds, default=kinds[0], help=said)
    out = "write it into this file; with all, every schema into this folder"
    parser.add_argument("--out", dest="page", metavar="FILE", default="", help=out)
