"""`brink power`: how power is shared among the members of an institution, exactly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from engine.cli.arguments import Arguments
from engine.cli.failures import UsageError, unknown
from engine.cli.paper import QUIET, Paper, as_text, percent
from engine.cli.printing import print_json
from engine.cli.progress import at_work
from engine.cli.scenarios import scenario_of
from engine.play.wording import long_date, rule_in_words, titles, voters
from engine.power.bodies import BodyPower, body_power
from engine.power.figures import decimals, fraction
from engine.power.indices import Power
from engine.prose import counted
from engine.scenario.models import Scenario

NOTES = """\
Shapley-Shubik: members say yes one after the other, every order as likely; the share of orders in which this member's \
yes is the one that decides (Shapley and Shubik 1954). The shares of all members sum to 1.
Banzhaf: the others vote by chance, each ballot as likely; how often the outcome depends on this member (absolute: \
Penrose 1946), and the same as a share of the sum over all members (Banzhaf 1965).
Both are of the rule alone: who agrees with whom does not enter. How likely members are to vote how, on the questions \
of a game, stands on its screen of institutions."""
"""What the numbers are, one thing a line."""


@dataclass(frozen=True)
class Line:
    """Members who are alike, and the power of each of them."""

    members: tuple[str, ...]
    power: Power


def execute(arguments: Arguments) -> int:
    """Prints the power of each member."""
    scenario = scenario_of(arguments.scenario)
    if arguments.institution not in scenario.institutions:
        hint = f"`brink show {scenario.id}` lists them" if scenario.institutions else f"{scenario.id} has none"
        raise unknown("institution", arguments.institution, scenario.institutions, hint)
    day = _day(scenario, arguments.day)
    with at_work("counting the ways to vote"):
        found = body_power(scenario, arguments.institution, day)
    if arguments.json:
        print_json(as_json(scenario, found))
    else:
        tell(Paper(), scenario, found)
    return 0


def _day(scenario: Scenario, text: str | None) -> dt.date:
    if text is None:
        return scenario.timeline.day_of(0)
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--on {text[:40]}: a day is written year-month-day, such as {scenario.start}") from None


def tell(paper: Paper, scenario: Scenario, found: BodyPower) -> None:
    """The rule, both games, and what the numbers mean."""
    body = scenario.institutions[found.institution]
    paper.title(f"Power in {body.in_text or body.title}")
    members = counted(len(found.members), "member")
    words = f"{scenario.id}, {long_date(found.day)}, {members}; {rule_in_words(scenario, body.passes)}"
    paper.put(as_text(words, QUIET))
    measured, abstaining = found.measured, found.abstaining
    paper.heading("Everybody votes yes or no")
    share = _percent(measured.winning, measured.coalitions)
    paper.put(f"{measured.winning:,} of {measured.coalitions:,} coalitions win ({share}).")
    are = "is minimal: it loses" if measured.minimal == 1 else "are minimal: each loses"
    paper.put(f"{measured.minimal:,} of them {are} without any one of its members.")
    tell_lines(paper, scenario, found, [Line(kind.members, kind.power) for kind in found.kinds])
    paper.blank()
    for said, which in (
        ("Nothing passes without", measured.blockers),
        ("Never decide anything", measured.dummies),
        ("Decides alone", (measured.dictator,) if measured.dictator else ()),
    ):
        if which:
            paper.put(as_text(f"{said}: {titles(scenario, which)}."))
    if abstaining is None:
        paper.put("An abstention is as good as a no here, so this is the whole game.")
    else:
        paper.heading("Everybody votes yes, abstains, or votes no")
        share = _percent(abstaining.passing, abstaining.ways)
        paper.put(f"A question passes in {abstaining.passing:,} of {abstaining.ways:,} ways to vote ({share}).")
        lines = [Line(kind.members, kind.if_abstaining) for kind in found.kinds if kind.if_abstaining]
        tell_lines(paper, scenario, found, lines)
    paper.heading("What this is")
    for note in NOTES.split("\n"):
        paper.item(note, style=QUIET)


def tell_lines(paper: Paper, scenario: Scenario, found: BodyPower, lines: Sequence[Line]) -> None:
    """Members who are alike in a row, the most powerful first."""
    rule = scenario.institutions[found.institution].passes
    paper.blank()
    paper.table(
        [
            (
                decimals(line.power.shapley_shubik),
                fraction(line.power.shapley_shubik),
                decimals(line.power.banzhaf_normalised),
                fraction(line.power.banzhaf_normalised),
                decimals(line.power.banzhaf),
                _each(line.members) + voters(scenario, rule, line.members),
            )
            for line in lines
        ],
        ("Shapley-Shubik", "", "Banzhaf", "", "absolute", "Members"),
        right="rrrrrl",
    )


def _each(members: Sequence[str]) -> str:
    return f"each of {len(members)}: " if len(members) > 1 else ""


def _percent(part: int, whole: int) -> str:
    share = part / whole
    return percent(share, 1 if share >= 0.01 else 4) if share >= 1e-6 else f"{share:.0e}"


def as_json(scenario: Scenario, found: BodyPower) -> dict[str, Any]:
    """The same for programs: each share as a number, and exactly, as a fraction."""
    measured, abstaining = found.measured, found.abstaining
    with_abstention = None
    if abstaining is not None:
        with_abstention = {
            "ways": abstaining.ways,
            "passing": abstaining.passing,
            "members": {power.voter: _shares(power) for power in abstaining.powers},
        }
    return {
        "scenario": scenario.id,
        "institution": found.institution,
        "day": found.day.isoformat(),
        "coalitions": measured.coalitions,
        "winning": measured.winning,
        "minimal": measured.minimal,
        "dummies": list(measured.dummies),
        "blockers": list(measured.blockers),
        "dictator": measured.dictator,
        "members": {power.voter: _shares(power) for power in measured.powers},
        "with_abstention": with_abstention,
    }


def _shares(power: Power) -> dict[str, dict[str, Any]]:
    return {
        "shapley_shubik": _share(power.shapley_shubik),
        "banzhaf_absolute": _share(power.banzhaf),
        "banzhaf_normalised": _share(power.banzhaf_normalised),
    }


def _share(share: Fraction) -> dict[str, Any]:
    return {"share": float(share), "exact": str(share)}
