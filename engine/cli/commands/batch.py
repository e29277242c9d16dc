"""`brink batch`: many games, and how they end."""

from __future__ import annotations

import math
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from rich.text import Text

from engine import batch
from engine.batch.design.options import ASSUMED, POSTERIOR
from engine.batch.design.planning import plan_from_arguments
from engine.batch.extras import extra
from engine.batch.running.address import Tls
from engine.batch.running.expectations import FAIL, PASS, Verdict
from engine.batch.running.making import Job
from engine.batch.running.runner import CHUNK
from engine.batch.statistics import Share
from engine.cli.arguments import DEFAULT_SEED, Arguments
from engine.cli.arguments.batches import RUNS_EACH
from engine.cli.failures import INTERRUPTED, PROBLEMS, UsageError
from engine.cli.figures import below, tell_settings
from engine.cli.paper import BAD, GOOD, LOUD, QUIET, Paper, as_text, percent
from engine.cli.plans import (
    MOST_POINTS_TOLD,
    VERY_MANY_DECISIONS,
    CountedArm,
    announce,
    counted_arms,
    decisions,
    frequent,
    points_as_json,
    tell_points,
)
from engine.cli.printing import print_json
from engine.cli.progress import progress_bar
from engine.cli.scenarios import scenario_of
from engine.cli.targets import there
from engine.executors import NUMBA
from engine.prose import counted
from engine.scenario.models import Scenario

if TYPE_CHECKING:
    from engine.batch.design.plan import Plan
    from engine.batch.design.posterior import Posterior

MOST_ARMS = 4
"""Arms whose endings are told in a table each."""

MOST_UNTIL = 1_000_000
"""Runs at which a batch stops that was told to go on until its intervals are narrow, but not how far."""


NOT_KEPT: Final = "nothing is kept: with --out DIR the same command would go on from what is finished"

GOES_ON: Final = "what is finished is kept in {}, and the same command goes on from there"


@dataclass(frozen=True)
class Outcome:
    """What a batch found, and how long it took."""

    plan: Plan
    tallies: batch.Tallies
    seconds: float
    out: str | None

    @cached_property
    def arms(self) -> tuple[CountedArm, ...]:
        """What may be counted together."""
        return counted_arms(self.plan, self.tallies)

    @property
    def scenario(self) -> Scenario:
        """What was run."""
        return self.plan.scenario


def execute(arguments: Arguments) -> int:
    """Runs, counts, writes results if asked to, and prints."""
    plan = plan_of(arguments)
    begun = time.perf_counter()
    try:
        tallies = run(arguments, plan)
    except KeyboardInterrupt:
        if arguments.out is None:
            print(f"brink: interrupted; {NOT_KEPT}", file=sys.stderr)
            return INTERRUPTED
        print(f"brink: interrupted; {GOES_ON.format(arguments.out)}", file=sys.stderr)
        return INTERRUPTED
    if arguments.until is not None and tallies.widest() > arguments.until:
        say(not_reached(plan.runs, tallies.widest(), arguments.until))
    outcome = Outcome(plan, tallies, time.perf_counter() - begun, arguments.out)
    if arguments.json:
        print_json(as_json(outcome))
    else:
        tell(Paper(), outcome)
    has_failed = any(verdict.verdict == FAIL for verdict in tallies.verdicts())
    return PROBLEMS if arguments.strict and has_failed else 0


def plan_of(arguments: Arguments) -> Plan:
    """What is asked for."""
    if not (arguments.runs or arguments.until or arguments.experiment or arguments.assumed):
        wanted = "--runs N, --until WIDTH or --experiment FILE"
        raise UsageError(f"one of these arguments is required: {wanted} (see brink batch --help)")
    if arguments.out is None and arguments.trajectories != "none":
        raise UsageError("--trajectories needs a folder to write them to: --out DIR")
    if arguments.executor == NUMBA:
        if arguments.cluster is not None:
            raise UsageError("--executor numba and --cluster do not go together: leave one of them out")
        extra("numba", "numba", "fast", "--executor numba")
    if arguments.assumed is not None:
        return of_assumed(arguments)
    if arguments.give_or_take is not None:
        raise UsageError("--give-or-take goes with --assumed POINTS")
    has_own, scenario = arguments.experiment is not None, scenario_of(arguments.scenario)
    return plan_from_arguments(
        scenario,
        arguments.set,
        arguments.vary,
        arguments.experiment,
        MOST_UNTIL if arguments.runs is None and not has_own else arguments.runs,
        DEFAULT_SEED if arguments.seed is None and not has_own else arguments.seed,
        posterior_of(arguments.posterior, scenario),
        arguments.certain,
    )


def posterior_of(file: str | None, scenario: Scenario) -> Posterior | None:
    """What runs draw from, if a file is named."""
    if file is None:
        return None
    from engine.batch.storage.posteriors import read_posterior  # few batches have one

    return read_posterior(there(file)).of(scenario)


def of_assumed(arguments: Arguments) -> Plan:
    """All that the scenario assumes, as an experiment."""
    from engine.batch.design.assumed import plan_of_assumed  # reads evidence, and with it YAML

    others = {"--experiment": arguments.experiment, "--vary": arguments.vary, "--until": arguments.until}
    others |= {POSTERIOR: arguments.posterior, "--certain": arguments.certain}
    for option, given in others.items():
        if given:
            raise UsageError(f"{ASSUMED} and {option} do not go together: leave one of them out")
    return plan_of_assumed(
        scenario_of(arguments.scenario),
        arguments.assumed,
        arguments.runs or RUNS_EACH,
        DEFAULT_SEED if arguments.seed is None else arguments.seed,
        arguments.give_or_take,
        arguments.set,
    )


def run(arguments: Arguments, plan: Plan) -> batch.Tallies:
    """Counts, with a folder of results if asked for."""
    chunk = arguments.chunk or CHUNK
    is_more = arguments.out is not None or arguments.experiment is not None or len(plan.points) > 1
    if is_more or decisions(plan) >= VERY_MANY_DECISIONS:
        job = Job(plan, chunk, arguments.trajectories, executor=arguments.executor)
        announce(job, arguments.workers, arguments.out is not None)
    with progress_bar() as progress:
        if arguments.out is None:
            return batch.count_plan(
                plan,
                workers=arguments.workers,
                cluster=arguments.cluster,
                tls=tls_of(arguments),
                chunk=chunk,
                until=arguments.until,
                executor=arguments.executor,
                progress=progress,
                notice=say,
            )
        results = batch.run_plan(
            plan,
            arguments.out,
            workers=arguments.workers,
            cluster=arguments.cluster,
            tls=tls_of(arguments),
            chunk=chunk,
            trajectories=arguments.trajectories,
            until=arguments.until,
            executor=arguments.executor,
            command=arguments.words,
            progress=progress,
            notice=say,
        )
        for caveat in results.caveats:
            say(caveat)
        return results.tallies


def not_reached(most: int, widest: float, wanted: float) -> str:
    """That a batch has stopped at its most runs, and how many would have been needed."""
    needed = math.ceil(most * (widest / wanted) ** 2 / 100) * 100
    far = f"the widest interval still reaches {100 * widest:.2g} points to either side, not {100 * wanted:.2g}"
    return f"stopped at {counted(most, 'run')}: {far}; about --runs {needed} would do"


def tls_of(arguments: Arguments) -> Tls:
    """The certificates for a cluster."""
    return Tls(arguments.tls_ca_file, arguments.tls_cert, arguments.tls_key)


def say(sentence: str) -> None:
    """Something that is worth knowing, but no result."""
    print(f"brink: {sentence}", file=sys.stderr)


def tell(paper: Paper, outcome: Outcome) -> None:
    """The endings and what became of the expectations."""
    scenario, tallies = outcome.scenario, outcome.tallies
    paper.title(scenario.title)
    made = f"{counted(tallies.runs, 'run')}, {outcome.seconds:.1f} s"
    paper.put(as_text(f"{scenario.id}, seed {outcome.plan.seed}, {made}", QUIET))
    experiment = outcome.plan.experiment
    if experiment.set or experiment.certain or experiment.posterior:
        tell_settings(paper, experiment.model_dump(mode="json", by_alias=True))
    if len(outcome.arms) <= MOST_ARMS:
        for arm in outcome.arms:
            tell_endings(paper, outcome, arm)
    elif outcome.plan.points.levers:
        tell_in_short(paper, outcome)
    verdicts = tallies.verdicts()
    if verdicts:
        paper.heading("Expectations of the scenario")
    for verdict in verdicts:
        tell_verdict(paper, verdict, outcome.scenario)
    tell_points(paper, outcome.plan, tallies)
    if outcome.out is not None:
        paper.put(as_text(f"The results are in {outcome.out}.", QUIET))


def tell_endings(paper: Paper, outcome: Outcome, arm: CountedArm) -> None:
    """How often each ending closed the runs of an arm."""
    together = f"over {counted(len(arm.points), 'design point')}, " if len(arm.points) > 1 else ""
    rough = ", no narrower than that of one point" if len(arm.points) > 1 else ""
    title = f"Endings: {arm.title}" if arm.title else "Endings"
    paper.heading(title, f"{together}with the 95 % interval of each share (Wilson{rough})")
    shares, scenario = arm.shares, outcome.scenario
    paper.table(
        (
            (
                percent(shares[ending.id].share, 2),
                limits(shares[ending.id]),
                f"{shares[ending.id].count:,}",
                ending.title,
            )
            for ending in scenario.endings
        ),
        heads=("share", "between", "runs", "ending"),
        right="rrrl",
        indent=0,
    )


def tell_in_short(paper: Paper, outcome: Outcome) -> None:
    """The most frequent endings of each of many arms."""
    paper.heading("Arms", "and how so many runs of them end")
    told = [
        (arm.title, f"{len(arm.points) * outcome.plan.runs:,}", frequent(arm.shares))
        for arm in outcome.arms[:MOST_POINTS_TOLD]
    ]
    paper.table(told, heads=("", "runs", ""), right="lrl", indent=0)
    if more := len(outcome.arms) - len(told):
        paper.put(as_text(f"and {more:,} more, which --json tells", QUIET))


def limits(share: Share) -> str:
    """Both ends of the interval of a share, or the upper one where no run has it."""
    return f"{percent(share.low, 2)} to {percent(share.high, 2)}" if share.count else below(share.high)


def tell_verdict(paper: Paper, verdict: Verdict, scenario: Scenario) -> None:
    """One expectation, what was found, and why it is expected."""
    style = {PASS: GOOD, FAIL: BAD}.get(verdict.verdict, LOUD)
    found = verdict.found
    paper.item(Text.assemble((verdict.verdict.upper(), f"{LOUD} {style}"), "  ", as_text(verdict.text)))
    of = f"{found.count:,} of {found.of:,} runs"
    where = f", {percent(found.share, 2)} ({percent(found.low, 2)} to {percent(found.high, 2)})" if found.of else ""
    breach = verdict.first_breach
    first = f"; first in run {breach[0]}, on {scenario.timeline.day_of(breach[1])}" if breach else ""
    paper.put(as_text(f"{of}{where}{first}"), indent=2)
    paper.put(as_text(verdict.expectation.because, QUIET), indent=2)


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The result in plain dictionaries and lists."""
    arms = outcome.arms
    return {
        "scenario": outcome.scenario.id,
        "seed": outcome.plan.seed,
        "runs": outcome.tallies.runs,
        "seconds": round(outcome.seconds, 3),
        **({"posterior": drawn_as_json(posterior)} if (posterior := outcome.plan.experiment.posterior) else {}),
        **({"results": outcome.out} if outcome.out is not None else {}),
        **({"endings": endings_as_json(outcome, arms[0])} if len(arms) == 1 else {"arms": arms_as_json(outcome)}),
        "expect": [
            {
                "text": verdict.text,
                "share": verdict.found.share,
                "low": verdict.found.low,
                "high": verdict.found.high,
                "verdict": verdict.verdict,
            }
            for verdict in outcome.tallies.verdicts()
        ],
        **({"points": points_as_json(outcome.plan, outcome.tallies)} if len(outcome.plan.points) > 1 else {}),
    }


def drawn_as_json(posterior: Posterior) -> dict[str, Any]:
    """What runs drew from."""
    told = {name: {"median": one.median, "between": list(one.ends)} for name, one in posterior.numbers.items()}
    return {"seal": posterior.seal, "points": posterior.points, "numbers": told}


def endings_as_json(outcome: Outcome, arm: CountedArm) -> list[dict[str, Any]]:
    """How often each ending closed the runs of an arm."""
    return [
        {
            "id": ending.id,
            "title": ending.title,
            "count": arm.shares[ending.id].count,
            "share": arm.shares[ending.id].share,
            "low": arm.shares[ending.id].low,
            "high": arm.shares[ending.id].high,
        }
        for ending in outcome.scenario.endings
    ]


def arms_as_json(outcome: Outcome) -> list[dict[str, Any]]:
    """The endings of each arm."""
    return [
        {"name": arm.name, "title": arm.title, "points": len(arm.points), "endings": endings_as_json(outcome, arm)}
        for arm in outcome.arms
    ]
