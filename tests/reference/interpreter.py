"""The scenario language once more: one run, one agent at a time, one loop after the other.

A model of the kind that Mesa's tutorials teach, written from ``docs/design.md`` alone. It shares the
reader, the parser and the draws with the engine and nothing else, so that the lockstep engine can be
held against it, in what it does and in how long it takes. One long file, so that a turn can be read from
top to bottom.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

import mesa

from engine.rules.doubts import settled
from engine.rules.draws import Draws
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from tests.reference.evaluation import add_up, evaluate, logistic, truth
from tests.reference.program import (
    ActionProgram,
    Change,
    EffectProgram,
    EventProgram,
    Option,
    Program,
    VoteProgram,
    question_name,
)

STEEPEST = 30.0
"""Gains are held to this many temperatures on either side."""


class Prospect:
    """What may happen to the issues, and with what probability."""

    def __init__(self, chance: float) -> None:
        self.chance = chance
        self.adds: dict[str, float] = {}
        self.sets: dict[str, float] = {}

    def bears_on(self, issue: str) -> bool:
        """Whether it would move this issue."""
        return issue in self.adds or issue in self.sets


class Changes:
    """Amounts and new values that take effect together."""

    def __init__(self) -> None:
        self.adds: dict[Reference, float] = {}
        self.sets: dict[Reference, float] = {}
        self.told: set[tuple[str, str]] = set()
        """What is revealed, by name, and to whom."""
        self.asks: dict[tuple[str, str], float] = {}
        """By question and actor, the day by which it is to be answered."""

    def ask(self, question: str, actor: str, until: float) -> None:
        """One more question that is put."""
        self.asks[question, actor] = max(self.asks.get((question, actor), until), until)

    def add(self, place: Reference, amount: float) -> None:
        """One more amount."""
        self.adds[place] = self.adds.get(place, 0.0) + amount

    def set(self, place: Reference, value: float) -> None:
        """One more claim to a place; the larger wins, and yes over no."""
        self.sets[place] = max(self.sets.get(place, value), value)


class Chance:
    """The uniforms of one stream in one pace, drawn when the first is wanted."""

    def __init__(self, model: ReferenceModel, stream: str) -> None:
        self.model, self.stream = model, stream
        self.uniforms: list[float] = []

    def __getitem__(self, index: int) -> float:
        if not self.uniforms:
            self.uniforms = [float(u[0]) for u in self.model.draws.uniforms(self.stream, self.model.tick)]
        return self.uniforms[index]


class ActorAgent(mesa.Agent):
    """One actor: what it wants, what it is, and what it remembers."""

    model: ReferenceModel

    def __init__(self, model: ReferenceModel, name: str) -> None:
        super().__init__(model)
        actor = model.crisis.actors[name]
        self.name = name
        self.capability = actor.capability
        self.temperature = actor.temperature or model.crisis.temperature
        self.options = model.program.options[name]
        self.positions: dict[str, float] = {}
        self.saliences: dict[str, float] = {}
        for issue, record in model.crisis.issues.items():
            stance = actor.stances.get(issue)
            self.saliences[issue] = stance.salience if stance else 0.0
            self.positions[issue] = stance.position if stance else record.start
            if stance and stance.spread:
                deviate = float(model.draws.normal(f"stance:{name}:{issue}", 0)[0])
                low, high = model.program.scales[issue]
                self.positions[issue] = min(max(stance.position + stance.spread * deviate, low), high)
        self.wanted = dict(self.positions)
        self.flags = {flag: model.drawn_flag(flag, name) for flag in model.crisis.actor_flags}
        self.since: dict[str, float] = {flag: 0.0 if yes else -1.0 for flag, yes in self.flags.items()}
        self.calls: dict[Option, float] = {}
        """The day of the latest call for each reply that has not been made."""
        self.last_move: dict[Option, float] = {}

    def loss(self) -> float:
        """How far the world is from what this actor wants."""
        return sum(self.loss_on(issue, self.model.issues[issue]) for issue in self.model.issues)

    def loss_on(self, issue: str, where: float) -> float:
        """Its loss on one issue, were the world there."""
        return self.saliences[issue] * self.model.hurt(issue, abs(where - self.positions[issue]))

    def expected_loss(self, prospects: list[Prospect]) -> float:
        """Its loss after what may happen, over every way in which the chances may fall."""
        total = 0.0
        for issue, now in self.model.issues.items():
            if self.saliences[issue] == 0:
                continue
            bearing = [prospect for prospect in prospects if prospect.bears_on(issue)]
            for chance, where in self.model.distribution(issue, now, bearing):
                total += chance * self.loss_on(issue, where)
        return total

    def is_legal(self, option: Option) -> bool:
        """Whether the actor may do this now."""
        action = self.model.program.actions[option.action]
        if option in self.last_move:
            if action.once:
                return False
            if action.cooldown is not None and self.model.day - self.last_move[option] < action.cooldown:
                return False
        if action.each is not None and not self.aims(action):
            return False
        if action.replies_to and (option not in self.calls or self.model.day - self.calls[option] > action.within):
            return False
        return all(truth(condition, self.model, self.name, option.target) for condition in action.conditions)

    def gain(self, option: Option, loss_now: float) -> float:
        """What it believes it would win by doing this alone, now."""
        return self.gain_of(self.model.program.actions[option.action], option, loss_now)

    def aims(self, action: ActionProgram) -> list[str] | None:
        """At whom an act is directed all at once; None where it is not directed so."""
        if action.each is None:
            return None
        others = [name for name in action.among if name != self.name]
        return [name for name in others if truth(action.each, self.model, self.name, name)]

    def gain_of(self, action: ActionProgram, option: Option, loss_now: float) -> float:
        """The same of an action or an answer."""
        model = self.model
        prospects = model.prospects([*action.effects, *action.expects], self.name, option.target, self.aims(action))
        if action.vote is None:
            loss_after = self.expected_loss(prospects)
        else:
            passing, if_passed, if_failed = model.foresee(action.name, option.target)
            loss_after = passing * self.expected_loss(prospects + if_passed)
            loss_after += (1 - passing) * self.expected_loss(prospects + if_failed)
        appeal = sum(evaluate(amount, model, self.name, option.target) for amount in action.appeals)
        cost = sum(evaluate(amount, model, self.name, option.target) for amount in action.costs)
        return loss_now - loss_after + appeal - cost

    def decide(self) -> dict[str, Any] | None:
        """The move it makes this pace, if any: options compete as hazards."""
        if not self.options:
            return None
        choices = []
        loss_now = self.loss()
        for option in self.options:
            if self.is_legal(option):
                gain = self.gain(option, loss_now)
                steepness = min(max(gain / self.temperature, -STEEPEST), STEEPEST)
                rate = math.exp(steepness) / self.model.program.actions[option.action].tempo
                choices.append((option, gain, rate))
        total = sum(rate for _, _, rate in choices)
        moving = -math.expm1(-self.model.program.days * total)
        draw = Chance(self.model, f"actor:{self.name}")
        if not choices or draw[0] >= moving:
            return None
        option, gain, rate = pick(choices, draw[1] * total)
        return {
            "actor": self.name,
            "action": option.action,
            "target": option.target,
            "targets": self.aims(self.model.program.actions[option.action]) or [],
            "gain": gain,
            "chance": moving * rate / total,
            "known_to": self.audience(option),
        }

    def answers(self) -> list[dict[str, Any]]:
        """What it answers to the questions that are put to it: by the logit over what it may say."""
        said = []
        loss_now = self.loss()
        for name, ask in self.model.program.asks.items():
            if (name, self.name) not in self.model.asked:
                continue
            choices = []
            for answer in ask.answers.values():
                option = Option(answer.name, None)
                if all(truth(condition, self.model, self.name) for condition in answer.conditions):
                    gain = self.gain_of(answer, option, loss_now)
                    steepness = gain / (ask.temperature or self.temperature)
                    choices.append((option, gain, math.exp(min(max(steepness, -STEEPEST), STEEPEST))))
            total = sum(rate for _, _, rate in choices)
            option, gain, rate = pick(choices, Chance(self.model, f"ask:{name}:{self.name}")[0] * total)
            said.append(
                {
                    "actor": self.name,
                    "action": option.action,
                    "target": None,
                    "targets": [],
                    "gain": gain,
                    "chance": rate / total,
                    "known_to": self.audience(option),
                }
            )
        return said

    def audience(self, option: Option) -> list[str] | None:
        """Who learns of its move: None for everybody, else those named and the parties."""
        scenario, groups = self.model.program.scenario, self.model.program.groups
        known_to = scenario.choice(option.action).known_to
        if known_to is None:
            return None
        told = {self.name, option.target}
        if "." not in option.action:
            told |= set(self.aims(self.model.program.actions[option.action]) or [])
        for name in known_to:
            told |= set(groups.get(name, (name,)))
        return [actor for actor in scenario.actors if actor in told]

    def vote(self, action: str, target: str | None, chances: tuple[float, float]) -> str:
        """How it votes, given its probabilities of voting against and for."""
        against, in_favour = chances
        u = Chance(self.model, f"vote:{':'.join(filter(None, (action, target, self.name)))}")[0]
        if u < against:
            return "no"
        return "abstain" if u < 1 - in_favour else "yes"

    def score(self) -> float | None:
        """How well the world fits what it wanted at the start, 0 to 100; None where it wanted nothing."""
        loss = worst = 0.0
        for issue, salience in self.saliences.items():
            low, high = self.model.program.scales[issue]
            wanted = self.wanted[issue]
            loss += salience * self.model.hurt(issue, abs(self.model.issues[issue] - wanted))
            worst += salience * self.model.hurt(issue, max(wanted - low, high - wanted))
        return 100 * (1 - loss / worst) if worst > 0 else None


class ReferenceModel(mesa.Model):
    """One run of a scenario, named by (scenario, seed, run number)."""

    def __init__(self, scenario: Scenario, seed: int, run: int = 0, program: Program | None = None) -> None:
        super().__init__(rng=0)  # Mesa's own generators decide nothing here
        self.crisis = scenario = settled(scenario, seed, run)
        self.program = program or Program(scenario)
        self.draws = Draws(seed, run, 1)
        self.tick = 0
        self.day = 0.0
        self.issues = {name: issue.start for name, issue in scenario.issues.items()}
        self.values = {name: self.drawn_value(name) for name in scenario.values}
        self.flags = {name: self.drawn_flag(name) for name in scenario.flags}
        self.since: dict[str, float] = {flag: 0.0 if yes else -1.0 for flag, yes in self.flags.items()}
        self.told: set[tuple[str, str]] = set()
        """What has been revealed, by name, and to whom."""
        self.measures: dict[str, float] = {}
        self.delayed: dict[int, Changes] = {}
        self.happened: set[str] = set()
        self.asked: dict[tuple[str, str], float] = {}
        """By question and actor, the day by which it is to be answered, while it stands."""
        self.put_this_turn: list[list[str]] = []
        self.foresights: dict[tuple[str, str | None], tuple[float, list[Prospect], list[Prospect]]] = {}
        self.history: list[dict[str, Any]] = []
        self.ending: str | None = None
        self.actors = {name: ActorAgent(self, name) for name in scenario.actors}

    def drawn_flag(self, *name: str) -> bool:
        """Whether a flag is yes when the story opens."""
        secret = self.crisis.secrets.get(name[0])
        if secret is None or secret.chance is None:
            return False
        return bool(Chance(self, f"secret:{'.'.join(name)}")[0] < secret.chance)

    def drawn_value(self, name: str) -> float:
        """Where a value starts."""
        secret = self.crisis.secrets.get(name)
        if secret is None or not secret.among:
            return self.crisis.values[name].start
        numbers = list(secret.among.items())
        return float(pick(numbers, Chance(self, f"secret:{name}")[0] * add_up(list(secret.among.values())))[0])

    def knows(self, actor: str, thing: str) -> bool:
        """Whether an actor knows something, from the start or since it was revealed."""
        match thing.split("."):
            case ["position", owner, issue]:
                stance = self.crisis.actors[owner].stances.get(issue)
                is_known = stance is None or not stance.spread or owner == actor
            case [name, *owner]:
                secret = self.crisis.secrets.get(name)
                is_known = secret is None or actor in (*self.crisis.members(secret.known_to), *owner)
        return is_known or (thing, actor) in self.told

    def play(self) -> list[dict[str, Any]]:
        """The whole run, pace by pace."""
        while self.running:
            self.step()
        return self.history

    @property
    def scores(self) -> dict[str, float]:
        """How well the world fits what each actor wanted at the start; those who want nothing have none."""
        scores = {name: actor.score() for name, actor in self.actors.items()}
        return {name: score for name, score in scores.items() if score is not None}

    def step(self) -> None:
        """One pace: calendar, decide, act, vote, drift, chance, close."""
        events = self.chance(self.due_events())
        moves = self.decide()
        self.act(moves)
        votes = self.hold_votes(moves)
        self.drift()
        events += self.chance(self.undated_events())
        self.record(moves, votes, events)
        self.put_this_turn.clear()
        self.tick += 1
        self.day = float(self.tick * self.program.pace)
        self.measures.clear()
        self.close()

    def hurt(self, issue: str, distance: float) -> float:
        """What a distance on an issue counts for, by the form of its loss."""
        form, (low, high) = self.crisis.loss_of(issue), self.program.scales[issue]
        share = distance / (high - low)
        counted = max(share - form.zone, 0.0)
        if form.form == "quadratic":
            counted = counted**2
        elif form.form == "gaussian":
            counted = 1 - math.exp(-(counted**2) / (2 * (form.width or 1.0) ** 2))
        return counted + ((form.steeper or 1.0) - 1) * max(share - (form.reserve or 0.0), 0.0)

    # Calendar and chance

    def due_events(self) -> list[tuple[EventProgram, float]]:
        """Dated events that come due now, each with its probability."""
        due = []
        for event in self.program.events:
            comes_due = event.day is not None and self.day - self.program.days < event.day <= self.day
            if comes_due and truth(event.when, self):
                due.append((event, 1.0 if event.chance is None else evaluate(event.chance, self)))
        return due

    def undated_events(self) -> list[tuple[EventProgram, float]]:
        """Undated events that may happen now, each with its probability."""
        possible = []
        for event in self.program.events:
            if event.day is not None or (event.once and event.name in self.happened):
                continue
            if truth(event.when, self):
                possible.append((event, self.hazard(event)))
        return possible

    def hazard(self, event: EventProgram) -> float:
        """The probability that an undated event happens in this pace."""
        if event.chance_per_week is not None:
            weekly = min(max(evaluate(event.chance_per_week, self), 0.0), 1.0)
            return float(1 - (1 - weekly) ** self.program.weeks)
        return 1.0

    def chance(self, possible: list[tuple[EventProgram, float]]) -> list[dict[str, Any]]:
        """The events that happen out of those that may, all judged on the world as it stands."""
        changes, happened = Changes(), []
        for event, probability in possible:
            draw = Chance(self, f"event:{event.name}")
            if draw[0] >= probability:
                continue
            self.happened.add(event.name)
            outcome = self.turn_out(event, draw[1])
            happened.append({"event": event.name, "outcome": outcome})
            self.cause(changes, event.effects, f"event-effect:{event.name}")
            if outcome is not None:
                effects = event.outcomes[outcome].effects
                self.cause(changes, effects, f"event-effect:{event.name}:{outcome}")
        self.apply(changes)
        return happened

    def turn_out(self, event: EventProgram, u: float) -> str | None:
        """Which of its outcomes an event has."""
        weights = [(outcome.name, max(evaluate(outcome.weight, self), 0.0)) for outcome in event.outcomes.values()]
        total = sum(weight for _, weight in weights)
        return pick(weights, u * total)[0] if total > 0 else None

    # Decide and act

    def decide(self) -> list[dict[str, Any]]:
        """What the actors do, all at the same moment."""
        self.foresights.clear()
        moves: list[dict[str, Any]] = []
        for actor in self.actors.values():
            move = actor.decide()
            moves += [*([] if move is None else [move]), *actor.answers()]
        return moves

    def act(self, moves: list[dict[str, Any]]) -> None:
        """All moves take effect together."""
        changes = Changes()
        answered = []
        for move in moves:
            option = Option(move["action"], move["target"])
            if "." in option.action:
                ask, answer = option.action.split(".")
                effects = self.program.asks[ask].answers[answer].effects
                self.cause(changes, effects, f"effect:{option.action}:{move['actor']}", move["actor"])
                answered.append((ask, move["actor"]))
                continue
            stream = f"effect:{':'.join(filter(None, (option.action, move['actor'], option.target)))}"
            action = self.program.actions[option.action]
            aims = self.actors[move["actor"]].aims(action)
            self.cause(changes, action.effects, stream, move["actor"], option.target, aims)
            self.actors[move["actor"]].last_move[option] = self.day
        for question in answered:  # what is answered may be put again by what follows
            del self.asked[question]
        for move in moves:
            self.actors[move["actor"]].calls.pop(Option(move["action"], move["target"]), None)
        for move in moves:
            self.call(move)
        self.apply(changes)

    def call(self, move: dict[str, Any]) -> None:
        """Whoever a move is directed at, or everybody else who learns of it, may reply from the next pace on."""
        for actor in self.actors.values():
            meant = [move["target"]] if move["target"] else move["targets"]
            is_meant = actor.name in meant if meant else actor.name != move["actor"]
            if is_meant and (move["known_to"] is None or actor.name in move["known_to"]):
                for option in actor.options:
                    is_reply = move["action"] in self.program.actions[option.action].replies_to
                    if is_reply and option.target in (None, move["actor"]):
                        actor.calls[option] = self.day

    # Votes

    def foresee(self, action: str, target: str | None) -> tuple[float, list[Prospect], list[Prospect]]:
        """The probability that a question would pass now, and what would follow if it did and if it did not."""
        if (action, target) not in self.foresights:
            vote = self.vote_of(action)
            chances = self.vote_chances(vote, target)
            self.foresights[action, target] = (
                chance_of_passing(vote, chances),
                self.prospects([*vote.passes, *vote.pass_expects], None, target),
                self.prospects([*vote.fails, *vote.fail_expects], None, target),
            )
        return self.foresights[action, target]

    def vote_of(self, action: str) -> VoteProgram:
        """The vote that an action tables."""
        vote = self.program.actions[action].vote
        assert vote is not None
        return vote

    def vote_chances(self, vote: VoteProgram, target: str | None) -> dict[str, tuple[float, float]]:
        """Each member's probability of voting against and for."""
        if_passed = self.prospects([*vote.passes, *vote.pass_expects], None, target)
        if_failed = self.prospects([*vote.fails, *vote.fail_expects], None, target)
        chances = {}
        for member in self.members(vote):
            actor = self.actors[member]
            gain = actor.expected_loss(if_failed) - actor.expected_loss(if_passed)
            gain += sum(evaluate(amount, self, member, target) for amount in vote.leans)
            temperature = vote.temperature or actor.temperature
            against = logistic((-gain - vote.threshold) / temperature)
            chances[member] = (against, logistic((gain - vote.threshold) / temperature))
        return chances

    def members(self, vote: VoteProgram) -> list[str]:
        """Who sits in the institution on the opening day: a seat is held for whole days, its last one too."""
        today = math.floor(self.day)
        return list(dict.fromkeys(seat.actor for seat in vote.seats if seat.first <= today <= seat.last))

    def hold_votes(self, moves: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The questions that were tabled, one after the other."""
        tabled: dict[tuple[str, str | None], list[str]] = {}
        for move in moves:
            action = self.program.actions.get(move["action"])
            if action is not None and action.vote is not None:
                tabled.setdefault((move["action"], move["target"]), []).append(move["actor"])
        docket = [question for question in self.program.questions if question in tabled]
        return [self.hold_vote(action, target, tabled[action, target]) for action, target in docket]

    def hold_vote(self, action: str, target: str | None, sponsors: list[str]) -> dict[str, Any]:
        """One question: how each member votes, whether it passes, and what follows."""
        vote = self.vote_of(action)
        ballots: dict[str, list[str]] = {"yes": [], "no": [], "abstain": []}
        for member, chances in self.vote_chances(vote, target).items():
            ballots[self.actors[member].vote(action, target, chances)].append(member)
        vetoed_by = [member for member in ballots["no"] if member in vote.veto]
        in_favour = sum(vote.weight_of(member) for member in ballots["yes"])
        seated = sum(len(members) for members in ballots.values())
        against = sum(vote.weight_of(member) for member in ballots["no"])
        passed = not vetoed_by and vote.is_carried(in_favour, against, seated)
        question = question_name(action, target)
        changes = Changes()
        outcome = "pass" if passed else "fail"
        self.cause(changes, vote.passes if passed else vote.fails, f"{outcome}:{question}", None, target)
        self.apply(changes)
        return {
            "institution": vote.institution,
            "question": question,
            "sponsors": sponsors,
            **ballots,
            "vetoed_by": vetoed_by,
            "passed": passed,
        }

    # Drift and close

    def drift(self) -> None:
        """What moves by itself, and then what falls due."""
        changes = Changes()
        for dynamic in self.program.dynamics:
            for owner in dynamic.each:
                if truth(dynamic.when, self, owner):
                    for change in dynamic.per_week:
                        amount = evaluate(change.amount, self, owner) * self.program.weeks
                        for place in self.places(change, owner, None):
                            changes.add(place, amount)
        self.apply(changes)
        self.apply(self.delayed.pop(self.tick, Changes()))

    def close(self) -> None:
        """The first ending whose condition holds closes the run; the last takes whatever is left.

        The clock stands at the moment after the pace.
        """
        is_last_pace = self.tick == self.program.paces
        for ending in self.program.endings:
            if (ending.at_end or ending.when is None) and not is_last_pace:
                continue
            if ending.when is None or truth(ending.when, self):
                self.ending = ending.name
                self.running = False
                return

    def record(self, moves: list[dict[str, Any]], votes: list[dict[str, Any]], events: list[dict[str, Any]]) -> None:
        """Writes the pace down."""
        self.history.append(
            {
                "turn": self.tick // self.program.paces_in_turn,
                "date": (self.crisis.start + dt.timedelta(days=math.floor(self.day))).isoformat(),
                "moves": moves,
                "votes": votes,
                "events": events,
                "asked": sorted(self.put_this_turn),
                "values": self.issues | self.values,
                "flags": dict(self.flags),
                "actor_flags": {
                    flag: [name for name, actor in self.actors.items() if actor.flags[flag]]
                    for flag in self.crisis.actor_flags
                },
            }
        )

    # Effects

    def happening(
        self, effects: Iterable[EffectProgram], me: str | None, target: str | None, aims: list[str] | None
    ) -> Iterator[tuple[EffectProgram, float, str | None]]:
        """The effects whose condition holds, each with its probability and its target.

        Of an act at several at once, what says ``target`` is looked at for each of ``aims``.
        """
        for effect in effects:
            for who in aims if aims is not None and effect.says_target else [target]:
                if effect.when is None or truth(effect.when, self, me, who):
                    chance = 1.0 if effect.chance is None else evaluate(effect.chance, self, me, who)
                    yield effect, min(max(chance, 0.0), 1.0), who

    def prospects(
        self, effects: Iterable[EffectProgram], me: str | None, target: str | None, aims: list[str] | None = None
    ) -> list[Prospect]:
        """What effects and beliefs may do to the issues, worked out on the world as it stands."""
        found = []
        foreseen = [effect for effect in effects if not effect.unforeseen]
        for effect, chance, who in self.happening(foreseen, me, target, aims):
            prospect = Prospect(chance)
            for change in effect.adds:
                if change.issue is not None:
                    amount = evaluate(change.amount, self, me, who)
                    prospect.adds[change.issue] = prospect.adds.get(change.issue, 0.0) + amount
            for change in effect.sets:
                if change.issue is not None:
                    value = evaluate(change.amount, self, me, who)
                    prospect.sets[change.issue] = max(prospect.sets.get(change.issue, value), value)
            if prospect.adds or prospect.sets:
                found.append(prospect)
        return found

    def distribution(self, issue: str, now: float, prospects: list[Prospect]) -> Iterator[tuple[float, float]]:
        """Where an issue may be after these prospects, and with what probability."""
        uncertain = [prospect for prospect in prospects if prospect.chance < 1]
        low, high = self.program.scales[issue]
        for falls in product((True, False), repeat=len(uncertain)):
            chance, happens = 1.0, {id(prospect) for prospect, fell in zip(uncertain, falls, strict=True) if fell}
            added, claims = 0.0, []
            for prospect in prospects:
                if prospect.chance < 1:
                    chance *= prospect.chance if id(prospect) in happens else 1 - prospect.chance
                    if id(prospect) not in happens:
                        continue
                added += prospect.adds.get(issue, 0.0)
                if issue in prospect.sets:
                    claims.append(prospect.sets[issue])
            where = max(claims) if claims else now + added
            yield chance, min(max(where, low), high)

    def cause(
        self,
        changes: Changes,
        effects: Iterable[EffectProgram],
        stream: str,
        me: str | None = None,
        target: str | None = None,
        aims: list[str] | None = None,
    ) -> None:
        """Works out what effects do, into changes for now and for later."""
        draws: dict[str, Chance] = {}
        for effect, chance, who in self.happening(effects, me, target, aims):
            name = stream if who == target else f"{stream}:{who}"
            draw = draws.setdefault(name, Chance(self, name))
            if effect.draw is not None and draw[effect.draw] >= chance:
                continue
            into, due = changes, self.tick
            if effect.paces_later:
                due = self.tick + effect.paces_later
                while due * self.program.pace < effect.not_before:
                    due += 1
                into = self.delayed.setdefault(due, Changes())
            self.put_into(into, effect, due, me, who)

    def put_into(self, into: Changes, effect: EffectProgram, due: int, me: str | None, who: str | None) -> None:
        """Everything that an effect changes, tells or asks, into the changes of the pace in which it is due."""
        parts = {"self": me, "target": who}
        for change in effect.adds:
            amount = evaluate(change.amount, self, me, who)
            for place in self.places(change, me, who):
                into.add(place, amount)
        for change in effect.sets:
            value = evaluate(change.amount, self, me, who)
            for place in self.places(change, me, who):
                into.set(place, value)
        for places, learners in effect.reveals:
            for place in self.made_out(places, me, who):
                for learner in learners:
                    into.told.add((name_of(place), parts.get(learner, learner) or ""))
        if effect.ask is not None:
            ask = self.program.asks[effect.ask]
            until = float(due * self.program.pace) + ask.within
            for word in effect.asked:
                actor = parts.get(word, word) or ""
                if actor in ask.to:
                    into.ask(effect.ask, actor, until)

    def places(self, change: Change, me: str | None, target: str | None) -> list[Reference]:
        """Where a change lands."""
        return self.made_out(change.places, me, target)

    def made_out(self, places: Iterable[Reference], me: str | None, target: str | None) -> list[Reference]:
        """Places, with ``self`` and ``target`` made out."""
        named = {"self": me, "target": target}
        return [Reference(p.kind, p.id, named.get(p.who, p.who) or "") for p in places]

    def apply(self, changes: Changes) -> None:
        """All amounts are added, then places are set, then held to their range."""
        for place, amount in changes.adds.items():
            if place not in changes.sets:
                self.put(place, self.numbers_of(place)[place.id] + amount)
        for place, value in changes.sets.items():
            if place.kind in ("flag", "actor_flag"):
                self.put_flag(place, bool(value))
            else:
                self.put(place, value)
        self.told |= changes.told
        for question, until in changes.asks.items():
            if question not in self.asked:
                self.asked[question] = until
                self.put_this_turn.append(list(question))
        self.measures.clear()

    def numbers_of(self, place: Reference) -> dict[str, float]:
        """Where the number that a place names is kept."""
        if place.kind == "position":
            return self.actors[place.who].positions
        return self.issues if place.kind == "issue" else self.values

    def put(self, place: Reference, number: float) -> None:
        """A number, held to its range."""
        low, high = self.program.ranges[place.id] if place.kind == "value" else self.program.scales[place.id]
        self.numbers_of(place)[place.id] = min(max(float(number), low), high)

    def put_flag(self, place: Reference, yes: bool) -> None:
        """A flag, which remembers the day on which it became yes."""
        owner = self.actors[place.who] if place.kind == "actor_flag" else self
        if yes and not owner.flags[place.id]:
            owner.since[place.id] = self.day
        if not yes:
            owner.since[place.id] = -1
        owner.flags[place.id] = yes


def name_of(place: Reference) -> str:
    """The name by which something is known."""
    if place.kind == "position":
        return f"position.{place.who}.{place.id}"
    return f"{place.id}.{place.who}" if place.kind == "actor_flag" else place.id


def pick(choices: list[Any], where: float) -> Any:
    """The choice in whose stretch of the running sum a point falls; its weight is the last part of a choice."""
    reached = 0.0
    for choice in choices:
        reached += choice[-1]
        if where < reached:
            return choice
    return next(choice for choice in reversed(choices) if choice[-1] > 0)


def chance_of_passing(vote: VoteProgram, chances: dict[str, tuple[float, float]]) -> float:
    """The exact probability that a question passes: the Poisson-binomial distribution, member by member."""
    counts = {(0, 0): 1.0}
    for member, (against, in_favour) in chances.items():
        weight, has_veto = vote.weight_of(member), member in vote.veto
        after: dict[tuple[int, int], float] = {}
        for (yes, no), probability in counts.items():
            after[yes, no] = after.get((yes, no), 0.0) + probability * max(1 - against - in_favour, 0.0)
            after[yes + weight, no] = after.get((yes + weight, no), 0.0) + probability * in_favour
            if not has_veto:  # a veto ends it, so these are the ways without one
                after[yes, no + weight] = after.get((yes, no + weight), 0.0) + probability * against
        counts = after
    return sum(probability for (yes, no), probability in counts.items() if vote.is_carried(yes, no, len(chances)))
