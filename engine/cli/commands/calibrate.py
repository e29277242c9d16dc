"""`brink calibrate`: numbers of scenarios fitted to what happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.assessment.calibration.calibrating import calibrate, leave_one_out
from engine.assessment.calibration.over import read_calibration
from engine.assessment.calibration.plain import plain, plain_of_crises, posterior_file
from engine.assessment.calibration.running import Running, Size
from engine.assessment.calibration.trial import Crisis, crisis_of
from engine.cli.arguments import DEFAULT_SEED, Arguments
from engine.cli.commands.report import refuse, write
from engine.cli.failures import UsageError
from engine.cli.figures import number
from engine.cli.paper import LOUD, QUIET, Paper, as_text, percent
from engine.cli.printing import print_json
from engine.cli.progress import progress_bar
from engine.cli.targets import scenario_and_targets, there
from engine.prose import counted
from engine.scenario.problems import listed

MOST_VALUES = 12
"""Values of a scenario that one factor moves and that are told one by one."""


def execute(arguments: Arguments) -> int:
    """Fits, scores, prints; writes the posterior if asked to, and never a scenario."""
    check(arguments)
    crises = crises_of(arguments)
    over = read_calibration(there(arguments.over), [one.scenario for one in crises])
    seed = DEFAULT_SEED if arguments.seed is None else arguments.seed
    size = Size(arguments.points, arguments.runs or Size.runs, arguments.waves, arguments.scored)
    with progress_bar() as progress:
        how = Running(size, seed, arguments.workers, progress)
        if arguments.leave_one_out:
            values = plain_of_crises(list(leave_one_out(crises, over, how)), over.title, how)
        else:
            found = calibrate(crises, over, how)
            values = plain(found)
    if arguments.out is not None:
        write({Path(arguments.out): posterior_file(found, values).as_bytes()}, None)
    if arguments.json:
        print_json(values)
        return 0
    paper = Paper()
    if arguments.leave_one_out:
        tell_crises(paper, values)
    else:
        tell(paper, values)
    if arguments.out is not None:
        print(f"written: {arguments.out}")
    return 0


def check(arguments: Arguments) -> None:
    """Raises where words do not go together, or the posterior is there already."""
    if arguments.leave_one_out and arguments.out is not None:
        raise UsageError("--leave-one-out scores what is shared and keeps no posterior: leave out --out")
    if arguments.targets is not None and len(arguments.scenarios) > 1:
        raise UsageError("--targets goes with a single scenario")
    if arguments.out is not None and not arguments.overwrite:
        refuse([Path(arguments.out)])


def crises_of(arguments: Arguments) -> list[Crisis]:
    """Each scenario with what happened, none twice."""
    found: dict[str, Crisis] = {}
    for name in arguments.scenarios:
        crisis = crisis_of(*scenario_and_targets(name, arguments.targets))
        if crisis.scenario.id in found:
            raise UsageError(f"{crisis.scenario.id} is named twice")
        found[crisis.scenario.id] = crisis
    return list(found.values())


def tell(paper: Paper, values: Mapping[str, Any]) -> None:
    """What each number becomes, what that is worth, and how much was tried."""
    paper.title(values["title"])
    paper.put(as_text(f"seed {values['seed']}; {in_words(values)}", QUIET))
    tell_numbers(paper, values)
    tell_diff(paper, values)
    for scenario in values["scenarios"]:
        tell_scores(paper, scenario, values["scored_runs"])
    tell_left_out(paper, values["left_out"])
    tell_notes(paper, values)


def in_words(values: Mapping[str, Any]) -> str:
    """How much was tried."""
    each = f"{counted(values['points'], 'design point')} of {counted(values['runs_of_each'], 'run')}"
    return f"{each}, {counted(values['runs'], 'run')} in all"


def tell_numbers(paper: Paper, values: Mapping[str, Any]) -> None:
    """The posterior, number by number."""
    paper.heading("Posterior", "median and 90 % interval; in brackets the 90 % interval before")
    rows = [
        (
            as_text(f"{number(one['now'])} -> {number(one['median'])}", LOUD),
            between(one["low"], one["high"]),
            f"({between(one['prior_low'], one['prior_high'])})",
            f"{one['title']}{' (a factor)' if one['apply'] == 'times' else ''}",
        )
        for one in values["numbers"]
    ]
    paper.table(rows, heads=("now -> median", "between", "before", "number"), indent=0)


def tell_diff(paper: Paper, values: Mapping[str, Any]) -> None:
    """Each value of each scenario, but for the rest of many that one factor moves."""
    several = {one["name"] for one in values["numbers"] if moves_several(values, one["name"])}
    if not several:
        return
    paper.heading("Values that they are", "now -> median; nothing is changed")
    for name in several_in_order(values, several):
        mine = [one for one in values["diff"] if one["number"] == name]
        rows = [
            (f"{number(one['now'])} -> {number(one['median'])}", between(one["low"], one["high"]), where(values, one))
            for one in mine[:MOST_VALUES]
        ]
        paper.table(rows, indent=0)
        if (more := len(mine) - MOST_VALUES) > 0:
            paper.put(as_text(f"and {more:,} more of {name}, which --json tells", QUIET))


def several_in_order(values: Mapping[str, Any], several: set[str]) -> Iterator[str]:
    """Numbers that are several values, in their order."""
    yield from (one["name"] for one in values["numbers"] if one["name"] in several)


def moves_several(values: Mapping[str, Any], name: str) -> bool:
    """Whether a number is several values, or a factor of one."""
    moved = [one for one in values["diff"] if one["number"] == name]
    return len(moved) > 1


def where(values: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    """The path of a value, with its scenario where there are several."""
    return one["path"] if len(values["scenarios"]) == 1 else f"{one['scenario']}: {one['path']}"


def between(low: float, high: float) -> str:
    """Both ends."""
    return f"{number(low)} to {number(high)}"


def tell_scores(paper: Paper, scenario: Mapping[str, Any], runs: int, used: Sequence[str] = ("fit",)) -> None:
    """Scores of a scenario, before and after; ``used`` are the parts that were fitted to."""
    asked = f"{counted(runs, 'fresh run')}; lower is better; 95 % intervals"
    for part in scenario["parts"]:
        said = "" if part["part"] in used else ", to which nothing was fitted"
        paper.heading(f"{scenario['title']}: {part['part']}{said}", asked)
        rows = [row(one) for one in part["scores"]]
        rows.append(row({"title": "all, 0 to 1", "unit": "", **as_score(part["error"])}))
        paper.table(rows, heads=("now", "with the posterior", "better by", "score"), indent=0)


def as_score(gain: Mapping[str, Any]) -> dict[str, Any]:
    """An error in the form of a score."""
    ends = {"value": gain["gain"], "low": gain["low"], "high": gain["high"]}
    return {"before": {"value": gain["before"]}, "after": {"value": gain["after"]}, "gain": ends}


def row(one: Mapping[str, Any]) -> tuple[Any, ...]:
    """A score."""
    gain = one["gain"]
    style = LOUD if gain["low"] > 0 or gain["high"] < 0 else ""
    better = as_text(f"{signed(gain['value'])} ({signed(gain['low'])} to {signed(gain['high'])})", style)
    return scored(one["before"]), scored(one["after"]), better, one["title"] + (one["unit"] and f", {one['unit']}")


def scored(one: Mapping[str, Any]) -> str:
    """A score with its interval, where it has one."""
    return f"{one['value']:.3f}" + (f" ({one['low']:.3f} to {one['high']:.3f})" if "low" in one else "")


def signed(value: float) -> str:
    """A difference of scores."""
    return f"{value:+.3f}"


def tell_left_out(paper: Paper, gain: Mapping[str, Any] | None) -> None:
    """Whether the gain holds on facets that were left out."""
    if gain is None:
        return
    paper.heading("On facets that were left out", "one after the other; the rest alone was fitted to; first wave only")
    found = f"{signed(gain['gain'])} ({signed(gain['low'])} to {signed(gain['high'])})"
    change = f"The error is {gain['after']:.3f} instead of {gain['before']:.3f}, better by {found}"
    if gain["holds"]:
        paper.item(f"{change}: the gain holds.")
    elif gain["high"] < 0:
        paper.item(f"{change}: what was fitted to some facets makes others worse.")
    else:
        paper.item(f"{change}: the gain does not hold, it may be chance.")


def tell_notes(paper: Paper, values: Mapping[str, Any]) -> None:
    """How the posterior came about, and what no number helps."""
    shares = values["waves"]
    narrowed = f", the last in {percent(shares[-1], 0)} of the space" if len(shares) > 1 else ""
    paper.heading("How it came about")
    paper.item(
        f"{counted(len(shares), 'wave')}{narrowed}; history matching leaves {counted(values['plausible'], 'point')}, "
        f"{values['kept']} are kept, whose error is at most {values['epsilon']:.3f}."
    )
    if not values["plausible"]:
        paper.item("No point is plausible: what is kept is only the nearest, and these ranges do not hold the answer.")
    missed = values["missed_everywhere"]
    if missed:
        names = [f"{one['scenario']}: {one['target']}" for one in missed]
        paper.item(
            f"No point brings about {listed(names, 6)}: these numbers can't help there, so it rules nothing out."
        )
    flat = [one["title"] for one in values["numbers"] if abs(one["narrower"]) < TELLS_NOTHING]
    if flat:
        paper.item(f"What happened says next to nothing about {listed(flat, 6)}: as wide after as before.")


TELLS_NOTHING = 0.1
"""An interval that is narrower by less than this share is as wide after as before."""


def tell_crises(paper: Paper, values: Mapping[str, Any]) -> None:
    """Each crisis with what the others leave."""
    paper.title(values["title"])
    paper.put(as_text(f"seed {values['seed']}; each crisis scored with what was fitted to the others alone", QUIET))
    for one in values["crises"]:
        paper.heading(one["title"], f"fitted to {listed(one['fitted_to'])} alone: {in_words(one)}")
        rows = [(number(n["median"]), between(n["low"], n["high"]), n["title"]) for n in one["numbers"]]
        paper.table(rows, heads=("median", "90 % between", "shared number"), indent=0)
        tell_scores(paper, one, values["scored_runs"], used=())
