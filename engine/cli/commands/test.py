"""`brink test`: whether a scenario keeps what its author promises."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from rich.text import Text

from engine import batch
from engine.batch.design.planning import plan_from_arguments
from engine.batch.running.cases import CaseVerdict, ClaimVerdict, try_case
from engine.batch.running.expectations import FAIL, PASS, UNSURE, Verdict, bounds, runs_needed, share_bounds
from engine.cli.arguments import Arguments
from engine.cli.failures import PROBLEMS
from engine.cli.figures import share_in_words
from engine.cli.goldens import Golden, first_difference, goldens_in, update_goldens
from engine.cli.paper import BAD, GOOD, LOUD, QUIET, Paper, as_text
from engine.cli.printing import print_json
from engine.cli.progress import at_work, progress_bar
from engine.cli.scenarios import scenario_of
from engine.prose import counted
from engine.rules import Rules
from engine.scenario.models import Scenario
from engine.scenario.orders import moment_in_words
from engine.scenario.places import find_scenario

EXPECT, NEVER, CASES, GOLDENS = "expect", "never", "cases", "golden"
"""Kinds of test, in the order in which they are told."""

HEADINGS = {
    EXPECT: "Expectations",
    NEVER: "What must never hold",
    CASES: "Cases",
    GOLDENS: "Golden playthroughs",
}

TONES = {PASS: GOOD, FAIL: BAD}


@dataclass(frozen=True)
class Tested:
    """One line of the table: a promise, what was found, and whether it is kept."""

    kind: str
    name: str
    verdict: str
    found: str
    """What was found, in a few words."""
    notes: tuple[str, ...] = ()
    """What is to be known where it is not kept, or not told yet."""
    command: str | None = None
    """What shows the first run in which it is broken."""
    runs_needed: int | None = None
    """How many runs would tell, where it is too close."""


def execute(arguments: Arguments) -> int:
    """Runs every test, or writes the golden playthroughs anew, and prints the verdicts."""
    scenario = scenario_of(arguments.scenario)
    rules = Rules(scenario)
    folder = find_scenario(arguments.scenario).file.parent
    if arguments.update_goldens:
        with at_work("playing the golden playthroughs anew"):
            written = [str(path) for path in update_goldens(rules, folder)]
        print("\n".join(f"written anew: {path}" for path in written) or "the golden playthroughs are as they were")
        return 0
    tests = Tests(arguments, scenario, rules)
    tested = [*tests.of_runs(), *tests.of_cases(), *(tests.of_golden(golden) for golden in goldens_in(folder))]
    if arguments.json:
        print_json(as_json(arguments, scenario, tested))
    else:
        tell(Paper(), arguments, scenario, tested)
    return PROBLEMS if any(test.verdict == FAIL for test in tested) else 0


@dataclass(frozen=True)
class Tests:
    """The tests of one scenario."""

    arguments: Arguments
    scenario: Scenario
    rules: Rules

    def of_runs(self) -> Iterator[Tested]:
        """Its expectations and invariants, on many runs; the invariants last."""
        if not self.scenario.expect:
            return
        plan = plan_from_arguments(self.scenario, runs=self.arguments.runs, seed=self.arguments.seed)
        with progress_bar() as progress:
            verdicts = batch.count_plan(plan, workers=self.arguments.workers, progress=progress).verdicts()
        yield from (self._expectation(one) for one in verdicts if one.expectation.never is None)
        yield from (self._invariant(one) for one in verdicts if one.expectation.never is not None)

    def _expectation(self, one: Verdict) -> Tested:
        found = one.found
        among = f"{share_in_words(found.share)} of {found.of:,}" if found.of else "no run tells"
        if one.verdict != UNSURE:
            notes = (one.expectation.because,) if one.verdict == FAIL else ()
            return Tested(EXPECT, one.text, one.verdict, among, notes)
        needed = runs_needed(found, *bounds(one.expectation)) if found.of else None
        if needed is not None:
            needed = -(-needed * (self.arguments.runs or 1) // found.of)
        return Tested(EXPECT, one.text, UNSURE, among, (in_need_of(needed),), runs_needed=needed)

    def _invariant(self, one: Verdict) -> Tested:
        assert one.expectation.never is not None
        found = f"{one.found.count:,} of {one.found.of:,} runs"
        if one.first_breach is None:
            return Tested(NEVER, one.expectation.never, one.verdict, found)
        run, tick = one.first_breach
        note = f"first in run {run}, on {self._day(tick)}; {one.expectation.because}"
        return Tested(NEVER, one.expectation.never, one.verdict, found, (note,), self._command(run))

    def _day(self, tick: int) -> str:
        """The day of a pace, and its hour where it is not the first."""
        return moment_in_words(self.scenario.timeline.moment_of(tick))

    def of_cases(self) -> Iterator[Tested]:
        """Its scripted tests."""
        for name in self.scenario.cases:
            with at_work(f"playing the case {name}"):
                verdict = try_case(self.rules, name, self.arguments.seed or 0)
            yield self._case(verdict)

    def _case(self, one: CaseVerdict) -> Tested:
        notes, bad = [], []
        for undone in one.undone:
            move = undone.option.action + (f":{undone.option.target}" if undone.option.target else "")
            many = f"{undone.count:,} of {counted(one.case.runs, 'run')}"
            day = self._day(undone.tick)
            notes.append(f"{undone.actor} could not {move} on {day} in {many}, first in run {undone.first_run}")
            bad.append(undone.first_run)
        for claim in one.claims:
            if claim.verdict != PASS:
                notes.append(claim_in_words(claim))
                bad += [] if claim.first_miss is None else [claim.first_miss]
        held = sum(claim.verdict == PASS for claim in one.claims)
        found = f"{held} of {counted(len(one.claims), 'claim')}, {counted(one.case.runs, 'run')}"
        command = self._command(min(bad), one.id) if bad else None
        return Tested(CASES, f"{one.id}: {one.case.title}", one.verdict, found, tuple(notes), command)

    def of_golden(self, golden: Golden) -> Tested:
        """One playthrough, held against the game as it is played now."""
        name = f"{golden.file.parent.name}/{golden.file.name}"
        with at_work(f"playing {name} again"):
            fresh = golden.fresh(self.rules)
        if fresh == golden.kept:
            return Tested(GOLDENS, name, PASS, "word for word")
        line, before, now = first_difference(golden.kept or "", fresh)
        notes = (f"kept: {before.strip() or '(nothing)'}", f"now:  {now.strip() or '(nothing)'}")
        again = f"brink test {shlex.quote(self.arguments.scenario)} --update-goldens"
        return Tested(GOLDENS, name, FAIL, f"differs in line {line}", notes, again)

    def _command(self, run: int, case: str | None = None) -> str:
        """What prints one run as a game."""
        words = ["brink", "run", self.arguments.scenario, "--seed", str(self.arguments.seed), "--run", str(run)]
        return shlex.join([*words, *(("--case", case) if case else ())])


def in_need_of(runs: int | None) -> str:
    """How many runs would tell."""
    if runs is None:
        return "the share found is all but the bound itself: no number of runs will tell"
    return f"about {runs:,} runs would tell, should the share stay as it is (--runs {runs})"


def claim_in_words(claim: ClaimVerdict) -> str:
    """A claim that is not kept, or not told yet."""
    found = f"held in {claim.found.count:,} of {counted(claim.found.of, 'run')}"
    limits = share_bounds(claim.claim)
    if claim.verdict == UNSURE and limits is not None:
        needed = runs_needed(claim.found, *limits)
        told = "no number of runs will tell" if needed is None else f"`runs: {needed}` would tell"
        return f"{claim.text}: {found}, too close to its bounds: {told}"
    first = "" if claim.first_miss is None else f", not in run {claim.first_miss}"
    return f"{claim.text}: {found}{first}"


def tell(paper: Paper, arguments: Arguments, scenario: Scenario, tested: list[Tested]) -> None:
    """The table of verdicts, part by part, and their sum."""
    paper.title(scenario.title)
    runs = counted(arguments.runs or 0, "run") if scenario.expect else "no expectations"
    paper.put(as_text(f"{scenario.id}, seed {arguments.seed}, {runs}", QUIET))
    for kind, heading in HEADINGS.items():
        lines = [test for test in tested if test.kind == kind]
        if lines:
            paper.heading(heading)
        for test in lines:
            tell_test(paper, test)
    paper.blank()
    paper.put(as_text(sum_of(tested), LOUD))


def tell_test(paper: Paper, test: Tested) -> None:
    """One line, and what belongs to it."""
    verdict = Text(f"{test.verdict.upper():<9}", f"{LOUD} {TONES.get(test.verdict, '')}".strip())
    paper.item(Text.assemble(as_text(test.name), "  ", as_text(f"({test.found})", QUIET)), mark=verdict)
    for note in test.notes:
        paper.put(as_text(note), indent=10)
    if test.command is not None:
        paper.put(as_text(f"see {test.command}", QUIET), indent=10)


def sum_of(tested: list[Tested]) -> str:
    """How many tests there are of each verdict."""
    if not tested:
        return "There is nothing to test: the scenario has no expect, no cases, and no golden playthroughs beside it."
    counts = Counter(test.verdict for test in tested)
    return ", ".join(f"{counts[verdict]:,} {verdict}" for verdict in (PASS, FAIL, UNSURE) if counts[verdict])


def as_json(arguments: Arguments, scenario: Scenario, tested: list[Tested]) -> dict[str, Any]:
    """The same in plain dictionaries and lists."""
    return {
        "scenario": scenario.id,
        "seed": arguments.seed,
        "runs": arguments.runs,
        "ok": not any(test.verdict == FAIL for test in tested),
        "tests": [asdict(test) for test in tested],
    }
