"""`brink coders`: how far several coders agree, where they differ, and where the scenario leaves them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.cli.arguments import Arguments
from engine.cli.failures import UsageError
from engine.cli.paper import QUIET, Paper, as_text
from engine.cli.printing import print_json
from engine.cli.scenarios import fit_report
from engine.prose import counted
from engine.scenario.coding.agreement import Agreement
from engine.scenario.coding.compared import Agreed, Apart, Compared, compare
from engine.scenario.coding.holding import Outside
from engine.scenario.coding.pooling import Coded, Way
from engine.scenario.load import Report
from engine.scenario.models import Scenario
from engine.scenario.places import CODERS_FOLDER

MOST_OUTSIDE = 8
"""Saliences told of those that no coder gave."""

MOST_APART = 12
"""Stances told of those on which coders differ."""

NOTES = """\
Krippendorff's alpha for interval data over the stances that two or more have coded: 1 is perfect agreement, 0 what \
chance would give; customary bounds are 0.8 to rely on a coding, and 0.667 for tentative conclusions. The interval is \
the middle 95 % of bootstrap samples of stances; below five stances there is none.
Taken together, issues whose positions lie far apart raise alpha: look at each. Coders who are alike agree more than \
the texts make them."""
"""What the numbers are, one thing a line."""


def execute(arguments: Arguments) -> int:
    """Prints how coders compare, or their stances pooled."""
    report = fit_report(arguments.scenario)
    scenario = report.scenario
    assert scenario is not None
    if not report.coders:
        raise UsageError(f"{scenario.id} has no coders: a file {CODERS_FOLDER}/NAME.yaml beside it is one")
    found = compare(scenario, report.coders)
    if arguments.json:
        print_json(as_json(report, scenario, found))
    elif arguments.pool:
        tell_pooled(scenario, found, arguments.pool)
    else:
        tell(Paper(), report, scenario, found)
    return 0


def tell(paper: Paper, report: Report, scenario: Scenario, found: Compared) -> None:
    """Who coded what, how far they agree, where they differ most, and the scenario beside them."""
    paper.title(f"Coders of {scenario.id}")
    for name, coding in report.coders.items():
        paper.item(f"{name}: {counted(len(coding.codes), 'code')}. {coding.how}")
    several = sum(len(stance.codes) > 1 for stance in found.stances)
    coded = f"{counted(len(found.stances), 'stance')} coded, {several} of them by more than one."
    paper.put(as_text(coded))
    paper.heading("Agreement", "Krippendorff's alpha, with its 95 % interval")
    paper.table(
        [_agreed_row(scenario, agreed) for agreed in found.agreed],
        ("stances", "positions", "stances", "saliences", "Issue"),
        right="rrrrl",
    )
    paper.heading("Where they differ most")
    for apart in found.apart[:MOST_APART]:
        paper.item(_apart_in_words(scenario, apart))
    if not found.apart:
        paper.put("Nowhere.")
    tell_scenario(paper, scenario, found)
    paper.heading("What this is")
    for note in NOTES.split("\n"):
        paper.item(note, style=QUIET)


def tell_scenario(paper: Paper, scenario: Scenario, found: Compared) -> None:
    """Where the scenario leaves its coders, and what they left out."""
    paper.heading("The scenario beside them")
    for out in found.outside:
        low, high = out.between
        paper.item(f"{_named(scenario, out.stance)}: position {out.number:g}, coders allow {low:g} to {high:g}")
    if not found.outside:
        paper.item("Each position that somebody has coded lies within what coders allow.")
    if found.saliences_outside:
        many = counted(len(found.saliences_outside), "salience")
        paper.item(f"{many} below or above all that coders gave; the farthest:")
    for out in found.saliences_outside[:MOST_OUTSIDE]:
        low, high = out.between
        paper.item(f"{_named(scenario, out.stance)}: {out.number:g}, coders {_span(low, high)}", indent=2)
    if found.not_in_scenario:
        names = "; ".join(_named(scenario, stance) for stance in found.not_in_scenario)
        paper.item(f"Coded, and no stance in the scenario: {names}")
    uncoded = ", ".join(f"{scenario.issues[issue].title} {many}" for issue, many in found.uncoded.items() if many)
    if uncoded:
        paper.item(f"Stances of the scenario that nobody has coded, by issue: {uncoded}")


def tell_pooled(scenario: Scenario, found: Compared, way: Way) -> None:
    """Each stance that coders give both numbers of, as an author may write it."""
    for actor in scenario.actors:
        rows = [stance for stance in found.stances if stance.actor == actor]
        lines = [line for stance in rows if (line := _pooled_line(stance, way))]
        if lines:
            print(f"{actor}:")
            print("\n".join(lines))


def _pooled_line(stance: Coded, way: Way) -> str | None:
    pooled = stance.pooled(way)
    if pooled.position is None or pooled.salience is None or pooled.between is None:
        return None
    spread = f", spread: {pooled.spread:.3g}" if pooled.spread else ""
    numbers = f"position: {pooled.position:g}, salience: {round(pooled.salience, 3):g}{spread}, coders: {way}"
    low, high = pooled.between
    return f"  {stance.issue}: {{{numbers}}}  # {low:g} to {high:g}, {', '.join(stance.codes)}"


def _agreed_row(scenario: Scenario, agreed: Agreed) -> Sequence[str]:
    title = "All together" if agreed.issue is None else scenario.issues[agreed.issue].title
    return (*_agreement(agreed.position), *_agreement(agreed.salience), title)


def _agreement(found: Agreement) -> tuple[str, str]:
    interval = "" if found.low is None else f" ({found.low:.2f} to {found.high:.2f})"
    return str(found.units), "-" if found.alpha is None else f"{found.alpha:.2f}{interval}"


def _apart_in_words(scenario: Scenario, apart: Apart) -> str:
    said = ", ".join(f"{coder} {value:g}" for coder, value in apart.values.items())
    return f"{_named(scenario, apart.stance)}, {apart.of}: {said}"


def _span(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _named(scenario: Scenario, stance: Coded) -> str:
    return f"{scenario.actors[stance.actor].title} on {scenario.issues[stance.issue].title}"


def as_json(report: Report, scenario: Scenario, found: Compared) -> dict[str, Any]:
    """The same for programs, every stance with each coder's numbers and both ways of pooling."""
    return {
        "scenario": scenario.id,
        "coders": {name: {"how": coding.how, "codes": len(coding.codes)} for name, coding in report.coders.items()},
        "agreement": [
            {"issue": agreed.issue, "position": _plain(agreed.position), "salience": _plain(agreed.salience)}
            for agreed in found.agreed
        ],
        "stances": [
            {
                "actor": stance.actor,
                "issue": stance.issue,
                "positions": stance.positions,
                "saliences": stance.saliences,
                "between": stance.between,
                "median": _pooled(stance, "median"),
                "mean": _pooled(stance, "mean"),
            }
            for stance in found.stances
        ],
        "outside": [_outside(out, "position") for out in found.outside],
        "saliences_outside": [_outside(out, "salience") for out in found.saliences_outside],
        "not_in_scenario": [{"actor": s.actor, "issue": s.issue} for s in found.not_in_scenario],
        "uncoded": dict(found.uncoded),
    }


def _outside(out: Outside, of: str) -> dict[str, Any]:
    return {"actor": out.stance.actor, "issue": out.stance.issue, of: out.number, "between": out.between}


def _plain(found: Agreement) -> dict[str, Any]:
    return {"units": found.units, "values": found.values, "alpha": found.alpha, "low": found.low, "high": found.high}


def _pooled(stance: Coded, way: Way) -> dict[str, Any]:
    pooled = stance.pooled(way)
    return {"position": pooled.position, "spread": pooled.spread, "salience": pooled.salience}
