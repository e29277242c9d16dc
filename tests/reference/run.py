"""How a pace goes, section 2 of the design: its seven phases, one after the other, until a run closes."""

from __future__ import annotations

from typing import Any

from engine.scenario.models import Ending, Event
from engine.scenario.names import Reference
from tests.reference.arithmetic import power
from tests.reference.chance import Chance
from tests.reference.deciding import Taken, answer, chosen, move
from tests.reference.doubts import settled
from tests.reference.effects import cause
from tests.reference.expressions import Standpoint
from tests.reference.gains import score_with
from tests.reference.replies import calls, known_to
from tests.reference.story import Story
from tests.reference.votes import Question, ballots, is_passed
from tests.reference.words import of_words, vows_kept
from tests.reference.world import Change, World, make

Told = dict[str, Any]
"""What happened, as it stands in the record of a game."""


class Run:
    """One run of a scenario in which the rule decides for everybody, told pace by pace."""

    def __init__(self, story: Story, seed: int, run: int) -> None:
        chance = Chance(seed, run)
        if story.scenario.doubts:
            story = Story(settled(story.scenario, chance))
        self.story, self.scenario, self.world = story, story.scenario, World(story, chance)
        self.world.judge = of_words
        self.ending: Ending | None = None
        """How it closed, if it has."""
        self.told: Told = {}
        """What has happened in this pace."""

    def play(self) -> list[Told]:
        """The whole run, pace by pace."""
        paces = []
        while self.ending is None:
            self.told = {"moves": [], "votes": [], "events": [], "asked": []}
            self.calendar()
            taken = self.decide()
            self.act(taken)
            self.vote(taken)
            self.drift()
            self.happen()
            self.close()
            paces.append(self.told)
        return paces

    @property
    def view(self) -> Standpoint:
        """The world as it stands, in which nobody is meant by ``self`` or ``target``."""
        return Standpoint(self.world)

    def make(self, changes: list[Change]) -> None:
        """All changes of a phase at once; the questions that they put are told."""
        put = make(self.world, changes)
        self.told["asked"] += [[question.id, question.who] for question in put]

    # 1. Calendar

    def calendar(self) -> None:
        """Dated events come due: those of the opening day or earlier that were not yet due in the pace before."""
        due = self.scenario.timeline.first_pace_from
        dated = {name: event for name, event in self.scenario.events.items() if event.on is not None}
        now = {name: e for name, e in dated.items() if e.on is not None and max(due(e.on), 0) == self.world.tick}
        self.judge(now, {name: self.view.probability(event.chance) for name, event in now.items()})

    def judge(self, events: dict[str, Event], chances: dict[str, float]) -> None:
        """Those happen whose condition holds, each with its chance, all judged on the world as it stands."""
        changes: list[Change] = []
        for name, event in events.items():
            whether, which, *_ = self.world.chance.uniforms(f"event:{name}", self.world.tick)
            if self.view.holds(event.when) and whether < chances[name]:
                outcome = self.outcome(event, which)
                changes += cause(event.effects, self.view, f"event-effect:{name}")
                if outcome is not None:
                    effects = event.outcomes[outcome].effects
                    changes += cause(effects, self.view, f"event-effect:{name}:{outcome}")
                self.world.happened.add(name)
                self.told["events"].append({"event": name, "outcome": outcome})
        self.make(changes)

    def outcome(self, event: Event, u: float) -> str | None:
        """Which of its outcomes happens; None where no weight is above nothing."""
        weights = [max(self.view.number(outcome.weight), 0.0) for outcome in event.outcomes.values()]
        return [*event.outcomes][chosen(weights, u)] if any(weights) else None

    # 2. Decide

    def decide(self) -> list[Taken]:
        """Every actor moves or does not, and answers what it is asked, at the same moment."""
        taken: list[Taken] = []
        for actor in self.scenario.actors:
            questions = [Reference("asked", ask, actor) for ask in self.scenario.asks]
            taken += move(self.world, actor)
            taken += [answer(self.world, question) for question in questions if question in self.world.put]
        return taken

    # 3. Act

    def act(self, taken: list[Taken]) -> None:
        """All moves and answers take effect together, in the order of their actions, and call for replies."""
        changes: list[Change] = []
        for name, action in self.story.choices.items():
            for option in [one.option for one in taken if one.option.action == name]:
                stream = ":".join(["effect", name, option.actor, *([option.target] if option.target else [])])
                here = Standpoint(self.world, option.actor, option.target)
                changes += cause(action.effects, here, stream, action.each)
        for option in [one.option for one in taken]:
            self.world.done[option] = self.world.tick
            self.world.called.pop(option, None)
            if option.action in self.scenario.answers:
                del self.world.put[Reference("asked", option.action.partition(".")[0], option.actor)]
        for one in taken:
            self.world.called |= dict.fromkeys(calls(self.story, one), self.world.tick)
            self.told["moves"].append(self.told_of(one))
        self.make(changes)

    def told_of(self, taken: Taken) -> Told:
        """A move or an answer as it stands in the record."""
        promised = {"targets": [*taken.targets], "gain": taken.gain, "chance": taken.chance}
        audience = known_to(self.story, taken)
        return {**vars(taken.option), **promised, "known_to": None if audience is None else [*audience]}

    # 4. Vote

    def vote(self, taken: list[Taken]) -> None:
        """The questions that were tabled, in the order of their actions and then of targets."""
        for name, action in self.scenario.actions.items():
            targets = (None,) if action.one_of is None else self.scenario.members(action.one_of)
            for target in targets if action.vote is not None else ():
                sponsors = [t.option.actor for t in taken if (t.option.action, t.option.target) == (name, target)]
                if sponsors:
                    self.put_to_the_vote(Question(name, target), sponsors)

    def put_to_the_vote(self, question: Question, sponsors: list[str]) -> None:
        """Members vote, and what is decided takes place at once."""
        vote, rule = question.vote(self.world), question.body(self.world).passes
        cast = ballots(self.world, question)
        passed = is_passed(rule, cast["yes"], cast["no"])
        kept = vows_kept(self.world, question, cast)
        effects, stream = (vote.passes, "pass") if passed else (vote.fails, "fail")
        follows = cause(effects, Standpoint(self.world, target=question.target), f"{stream}:{question.id}")
        self.make([*follows, *(Change("set", Reference("flag", flag), True) for flag in kept)])
        told = {"institution": vote.institution, "question": question.id, "sponsors": sponsors, "passed": passed}
        vetoes = [member for member in cast["no"] if member in rule.veto]
        self.told["votes"].append({**told, **cast, "vetoed_by": vetoes})

    # 5. Drift

    def drift(self) -> None:
        """Dynamics move things by their weekly rate; then what was delayed and falls due takes place."""
        moved: list[Change] = []
        for dynamic in self.scenario.dynamics.values():
            actors = (None,) if dynamic.each is None else self.scenario.members(dynamic.each)
            for name, rate in dynamic.per_week.items():
                for here in [Standpoint(self.world, actor) for actor in actors]:
                    if here.holds(dynamic.when):
                        amount = here.number(rate) * self.story.weeks
                        moved += [Change("add", place, amount) for place in here.places(name)]
        self.make(moved)
        self.make(self.world.delayed.pop(self.world.tick, []))

    # 6. Chance

    def happen(self) -> None:
        """Undated events happen with their probability: a chance per week of p is 1 - (1 - p)^w in w weeks."""
        undated = {name: event for name, event in self.scenario.events.items() if event.on is None}
        may = {name: e for name, e in undated.items() if not (e.once and name in self.world.happened)}
        weekly = {name: self.view.probability(event.chance_per_week) for name, event in may.items()}
        self.judge(may, {name: 1.0 - power(1.0 - p, self.story.weeks) for name, p in weekly.items()})

    # 7. Close

    def close(self) -> None:
        """The clock moves on, and the first ending that holds closes the run."""
        time = self.scenario.timeline
        self.told |= {"turn": time.turn_at(self.world.tick), "date": time.day_of(self.world.tick).isoformat()}
        self.world.tick += 1
        is_last = self.world.tick == time.paces
        looked_at = [e for e in self.scenario.endings if is_last or not (e.at_end or e.when is None)]
        self.ending = next((ending for ending in looked_at if self.view.holds(ending.when)), None)
        self.told |= self.stands()

    def stands(self) -> Told:
        """The world at the end of a pace."""
        state, s = self.world.state, self.scenario
        numbers = [*(Reference("issue", name) for name in s.issues), *(Reference("value", name) for name in s.values)]
        holders = {f: [a for a in s.actors if state[Reference("actor_flag", f, a)]] for f in s.actor_flags}
        flags = {flag: state[Reference("flag", flag)] for flag in s.flags}
        return {"values": {place.id: state[place] for place in numbers}, "flags": flags, "actor_flags": holders}

    @property
    def scores(self) -> dict[str, float]:
        """How well the world fits what each actor wanted at the start, of those to whom something matters."""
        scores = {actor: score_with(self.world, actor, self.ending) for actor in self.scenario.actors}
        return {actor: number for actor, number in scores.items() if number is not None}
