"""Two worlds that differ in all that a seat can't know, and in nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.belief.eyes import SeatEyes
from engine.belief.kept import SECRETS
from engine.play.crisis import Crisis, open_crisis
from engine.play.facts.advisers import advise
from engine.play.facts.beliefs import beliefs_about
from engine.play.facts.council import chambers, what_would_flip
from engine.play.facts.dossier import record_of
from engine.play.facts.headlines import headlines
from engine.play.facts.impact import impact_of
from engine.play.game import Game
from engine.play.policies import GreedyPolicy, RolloutPolicy, View
from engine.play.record import Asked, Dispatch, EventResult, Lapse, Move, Turn
from engine.play.sight.observer import Observer
from engine.play.sight.witness import Pace
from engine.rules.layout import NO_STAMP, NOT_ASKED
from engine.scenario.names import Reference, thing_of
from tests.scenario.minimal import replaced, write
from tests.scenario.test_knowledge import STORY

SEAT = "us"
"""The seat that can't know of the pact, the arms, and who is armed."""

SECRETIVE = replaced("lean: 0.1 * self.is.kosovo", "lean: 0.4 * pact if self.is.russia else 0.1", STORY)
"""The same story, in which the pact bears on how Moscow votes."""


def crisis_in(folder: Path, text: str = SECRETIVE) -> Crisis:
    """A crisis with secrets."""
    return open_crisis(str(write(folder, text)))


def otherwise(game: Game, seat: str, seed: int) -> None:
    """Change everything in a game that a seat can't know: secrets, who has learned them, what was done unseen."""
    chance, rules, observer = np.random.default_rng(seed), game.rules, Observer(game.rules, seat)
    rows, cells = rules.layout.rows, game.world.cells
    learned = {thing for thing in rules.layout.knowledge.revealed if game_knows(game, thing, seat)}
    for place in rules.layout.knowledge.state():
        if place.kind in SECRETS and not observer.knows(place, learned):
            low, high = (bounds[rows[place]] for bounds in rules.layout.bounds)
            is_flag = place.kind != "value"
            cells[rows[place], 0] = float(chance.uniform() < 0.5) if is_flag else chance.uniform(low, high)
            if is_flag:
                stamp = rules.layout.stamps[rows[place]]
                cells[stamp, 0] = (
                    np.floor(chance.uniform(0, game.world.day[0] + 1)) if cells[rows[place], 0] else NO_STAMP
                )
    for row in (row for place, row in rows.items() if place.kind == "knows" and place.who != seat):
        cells[row, 0] = float(chance.uniform() < 0.5)
    for block in rules.blocks:
        for number, option in enumerate(block.options):
            if block.memory is not None and option in observer.kept.traceless:
                cells[block.memory + number, 0] = chance.choice([-1.0e9, 0.0, float(game.world.day[0])])
    for ask in observer.kept.questions:
        for actor in rules.scenario.members(rules.scenario.asks[ask].to):
            cells[rows[Reference("asked", ask, actor)], 0] = chance.choice([NOT_ASKED, float(game.world.day[0]) + 5])
    game.turns[:] = [changed(game, turn, observer, chance) for turn in game.turns]
    for pace in game._witness.paces:
        unseen(game, pace, seat, chance)
    game.appraisal = rules.appraise(game.world)
    game._rule_choice = rules.decide(game.world, game.appraisal)
    if not game.is_candid:
        elsewhere(game, observer, learned, chance)
    game.appraisal = rules.appraise(game.world)
    game._seen.clear()
    game._minds.clear()


def elsewhere(game: Game, observer: Observer, learned: set[str], chance: np.random.Generator) -> None:
    """Let those stand somewhere else of whom a seat does not know where they stand."""
    rows, (low, high) = game.rules.layout.rows, game.rules.layout.bounds
    for place, row in rows.items():
        if place.kind == "position" and not observer.knows_position(place.id, place.who, learned):
            game.world.cells[row, 0] = chance.uniform(low[row], high[row])


def unseen(game: Game, pace: Pace, seat: str, chance: np.random.Generator) -> None:
    """Change what happened in a pace and a seat did not see: where the state stood, what was done, and events."""
    eyes = SeatEyes(game.rules, seat, game.is_candid)
    hidden = np.flatnonzero(~eyes.rows(pace.cells))
    pace.cells[hidden] = chance.choice([0.0, 1.0, 7.0], len(hidden))
    others = [option.actor != seat for option in game.rules.options]
    pace.legal[others] = chance.uniform(size=sum(others)) < 0.5
    secret = [number for number, heard in enumerate(eyes.eyes.options) if not heard]
    heard = tuple(number for number in pace.moves if number not in secret)
    pace.moves = (*heard, *(number for number in secret if chance.uniform() < 0.5))
    for number, is_heard in enumerate(eyes.eyes.events):
        if not is_heard:
            pace.events[number] = -1


def game_knows(game: Game, thing: str, actor: str) -> bool:
    """Whether an actor has learned something."""
    row = game.rules.layout.rows.get(Reference("knows", thing, actor))
    return row is not None and bool(game.world.cells[row, 0])


def changed(game: Game, turn: Turn, observer: Observer, chance: np.random.Generator) -> Turn:
    """A turn in which more was done unseen, and secrets stood otherwise."""
    scenario, kept = game.rules.scenario, observer.kept
    hidden = next(option for option in game.rules.options if not kept.hears_of(option))
    when = turn.moves[0].when if turn.moves else game.rules.timeline.moment_of(0)
    known_to = scenario.audience(scenario.choice(hidden.action).known_to, hidden.actor, hidden.target)
    unheard = [event for event in scenario.events if not kept.hears_of_event(event)]
    asked = [(ask, scenario.audience(one.known_to, *scenario.members(one.to))) for ask, one in scenario.asks.items()]
    secrets = [place for place in kept.places if observer.actor not in turn.knows.get(thing_of(place), ())]
    numbers = {one.id: chance.uniform(*scenario.values[one.id].range) for one in secrets if one.kind == "value"}
    flags = {one.id: not turn.flags[one.id] for one in secrets if one.kind == "flag"}
    own = {one for one in secrets if one.kind == "actor_flag"}
    return replace(
        turn,
        moves=(
            *(move for move in turn.moves if kept.hears(move.known_to)),
            Move(hidden, 0.5, 0.5, {}, known_to, when),
        ),
        events=(*turn.events, *(EventResult(event, None, when) for event in unheard)),
        dispatches=(
            *turn.dispatches,
            Dispatch(turn.date, "UNHEARD", "move", hidden.action, hidden.actor, None, known_to),
        ),
        asked=(*turn.asked, *(Asked(ask, heard or (), heard, when) for ask, heard in asked if not kept.hears(heard))),
        lapses=(*turn.lapses, Lapse(when, hidden, ("UNHEARD",))),
        values={**turn.values, **numbers},
        flags={**turn.flags, **flags},
        actor_flags={
            flag: tuple(who for who in scenario.actors if (who in told) != (Reference("actor_flag", flag, who) in own))
            for flag, told in turn.actor_flags.items()
        },
        knows={thing: (observer.actor,) for thing, them in turn.knows.items() if observer.actor in them},
    )


def told(game: Game, seat: str | None, asker: str = SEAT, most: int = 100) -> list[object]:
    """What facts tell a seat of a game, or whoever watches, of what a side may do."""
    seen, scenario = game.seen_by(seat), game.rules.scenario
    view = game.view(asker)
    plans = [(explained.option,) for explained in view.legal[:most]]
    return [
        [turn.as_json() for turn in (*seen.turns, seen.opening)],
        [headlines(scenario, turn, seat) for turn in seen.turns],
        [record_of(seen, actor) for actor in scenario.actors],
        [beliefs_about(seen, actor) for actor in scenario.actors],
        chambers(seen),
        [what_would_flip(seen, question.id) for question in game.rules.questions],
        [impact_of(seen, asker, plan) for plan in plans],
        [advise(seen, asker, plan) for plan in plans],
    ]


def of_view(view: View, futures: int = 20) -> list[object]:
    """What a policy can read of a view, and what those make of it that look ahead."""
    world, appraisal = view.world, view.appraisal
    arrays = (world.cells, world.due.amounts, appraisal.legal, appraisal.gain, appraisal.rates)
    return [
        dict(view.state),
        [array.tobytes() for array in arrays],
        view.options,
        view.asked,
        GreedyPolicy().decide(view),
        RolloutPolicy(futures).decide(view),
    ]
