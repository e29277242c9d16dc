"""Advisers at the moment of decision: each looks at one thing, says what its numbers say, and they need not agree.

What a plan does at once is found by letting the side alone act, in some worlds that differ only by chance, with the
votes that it calls for; everybody's own stances then say who has gained and who has lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from engine.play.facts.advice import AGAINST, FOR, INDIFFERENT, Advice
from engine.play.facts.council import Motion, motion_of
from engine.play.facts.envoy import envoy
from engine.play.forecast import with_plans
from engine.play.openness import Candour
from engine.play.plans import now, put_off
from engine.play.wording import named, titles
from engine.rules.arrays import Numbers
from engine.rules.decide import NO_MOVE, chance_to_move
from engine.rules.draws import Draws, stream_key
from engine.rules.options import Option
from engine.rules.world import World
from engine.scenario.models import Effect, Scenario
from engine.scenario.names import Reference
from engine.words import _

if TYPE_CHECKING:
    from engine.play.sight.seen import Played

TRIALS = 200
"""Worlds in which a plan is tried."""

FELT = 0.1
"""Points of a score that somebody must gain or lose at once to be worth naming."""

SHARED = 0.02
"""Points that the others must gain or lose on the mean, each counted by its weight, for it to count for anything."""

STIRRED = 0.02
"""By how much a response must become likelier to be worth naming."""


@dataclass(frozen=True, slots=True)
class Odds:
    """What futures say of a plan against holding; all of it is given from outside."""

    shares: Mapping[str, float]
    """The share of futures with each ending, by its id."""
    holding: Mapping[str, float]
    """The same where the side holds."""
    difference: float
    """Points of the side's mean score, the plan less holding."""
    margin: float
    """Within this much of nothing the difference may be chance."""
    share_margin: float = 0.0
    """The same for the difference of two shares."""
    scores: Mapping[str, float] = field(default_factory=dict)
    """The side's mean score in each ending, where it is known."""


@dataclass(frozen=True)
class Trial:
    """A plan tried: the worlds just after the side alone has acted on it, and the votes are taken."""

    game: Played
    actor: str
    plan: tuple[Option, ...]
    after: World
    candour: Candour = Candour.OPEN
    """What the side is shown of the stances of others, on which their gains and votes rest."""

    @property
    def has_numbers(self) -> bool:
        """Whether the side is shown numbers of all stances."""
        return self.candour in (Candour.OPEN, Candour.CODED)

    @property
    def scenario(self) -> Scenario:
        """The scenario of the game."""
        return self.game.rules.scenario

    @cached_property
    def changes(self) -> Numbers:
        """Points that each actor's score changes at once: shape (actors, trials); 0 for those without stances."""
        rules = self.game.rules
        return np.nan_to_num(rules.scores(self.after) - rules.scores(self.game.world))

    def change(self, actor: str) -> float:
        """The mean of an actor's change."""
        return float(self.changes[self.game.rules.layout.actors[actor]].mean())


def try_plan(game: Played, actor: str, plan: Sequence[Option], trials: int = TRIALS) -> Trial:
    """What a plan does at once: its options are taken together, where they are legal now."""
    rules, world = game.rules, game.world
    seed = stream_key(f"trials of run {world.draws.first_run} of seed {world.draws.seed} in turn {world.tick}")
    after = replace(world, guesses=None).multiplied(Draws(seed, 0, trials))
    nothing = np.full((len(rules.layout.actors), trials), NO_MOVE, dtype=np.intp)
    moment = rules.timeline.moment_of(world.tick)
    at_once = [{actor: tuple(put_off(now(option), moment) for option in plan)}]
    moves = with_plans(rules, nothing, at_once, world.tick)
    rules.act(after, rules.appraise(after), moves)
    return Trial(game, actor, tuple(now(option) for option in plan), after)


def advise(
    game: Played, actor: str, plan: Sequence[Option], odds: Odds | None = None, candour: Candour = Candour.OPEN
) -> tuple[Advice, ...]:
    """What the advisers say of a plan of legal options; of a plan to do nothing only what was promised and may be.

    Where the stances of others are not shown in numbers, no number is told that would give them away.
    """
    said = envoy(game, actor, plan, candour)
    words = () if said is None else (said,)
    if not plan:
        return words
    trial = replace(try_plan(game, actor, plan), candour=candour)
    return (
        _strategist(trial, odds),
        _jurist(trial),
        _analyst(trial),
        _cautious(trial, odds),
        _treasurer(trial),
        *words,
    )


def _verdict(amount: float, margin: float) -> str:
    return INDIFFERENT if abs(amount) <= margin else FOR if amount > 0 else AGAINST


def _strategist(trial: Trial, odds: Odds | None) -> Advice:
    """The expected score: by the futures where they are there, else by what the plan promises."""
    if odds is not None:
        verdict = _verdict(odds.difference, odds.margin)
        text = {
            FOR: _("We end {points} points better than by holding (give or take {margin})."),
            AGAINST: _("We end {points} points worse than by holding (give or take {margin})."),
            INDIFFERENT: _("In the end it is the same as holding: {points} points, give or take {margin}."),
        }[verdict]
        words = text.format(points=f"{abs(odds.difference):.1f}", margin=f"{odds.margin:.1f}")
        return Advice("strategist", _("The strategist"), verdict, words)
    gains = {e.option: e.gain for e in trial.game.view(trial.actor).legal}
    gain = sum(gains.get(option, 0.0) for option in trial.plan)
    text = _(
        "By what we want, it is worth {gain} to us; above 0 is better than holding. I have no futures to go by yet."
    )
    return Advice("strategist", _("The strategist"), _verdict(gain, 0.0), text.format(gain=f"{gain:+.3f}"))


def _jurist(trial: Trial) -> Advice:
    """The votes: those that the plan calls for, and those that it makes safer or puts at risk."""
    motions = [motion_of(trial.game, question) for question in _asked(trial.plan, trial.game)]
    if motions:
        worst = min(motions, key=lambda motion: motion.chance)
        return Advice("jurist", _("The jurist"), _verdict(worst.chance - 0.5, 0.0), _vote_in_words(trial, worst))
    moved = _question_moved_most(trial)
    if moved is None:
        words = _("Nothing in this goes to a vote, and no vote that may come depends on it.")
        return Advice("jurist", _("The jurist"), INDIFFERENT, words)
    motion, chance, gain = moved
    text = _('Nothing in this goes to a vote, but "{question}" would pass with {after} instead of {before}.')
    if trial.candour is Candour.WORDS:
        likelier = _('Nothing in this goes to a vote, but it makes it likelier that "{question}" passes.')
        less = _('Nothing in this goes to a vote, but it makes it less likely that "{question}" passes.')
        text = likelier if chance > motion.chance else less
    words = text.format(question=motion.words, after=f"{100 * chance:.0f}%", before=f"{100 * motion.chance:.0f}%")
    better = (chance - motion.chance) * gain
    wish = _("We want it to pass.") if gain > 0 else _("We want it to fail.")
    return Advice("jurist", _("The jurist"), _verdict(better, 0.0), f"{words} {wish}")


def _asked(plan: Sequence[Option], game: Played) -> Iterator[str]:
    """The questions that a plan puts to the vote."""
    for question in game.rules.questions:
        if any((option.action, option.target) == (question.action, question.target) for option in plan):
            yield question.id


def _vote_in_words(trial: Trial, motion: Motion) -> str:
    text = _('"{question}" passes with {chance}: {yes} yes, {abstain} abstaining, {no} no are likely.')
    tally = motion.tally
    if trial.candour is Candour.WORDS:
        text = _('"{question}" goes to a vote: {yes} yes, {abstain} abstaining, {no} no are likely.')
    words = text.format(
        question=motion.words, chance=f"{100 * motion.chance:.0f}%", yes=tally.yes, abstain=tally.abstain, no=tally.no
    )
    if tally.vetoes:
        blocking = titles(trial.scenario, tally.vetoes[:3])
        return f"{words} {_('{members} would block it.').format(members=blocking)}"
    if trial.candour is Candour.WORDS:
        return words
    wavering = sorted(motion.ballots, key=lambda ballot: ballot.sure)[:2]
    members = ", ".join(f"{ballot.title} ({100 * ballot.sure:.0f}%)" for ballot in wavering)
    return f"{words} {_('Least sure: {members}.').format(members=members)}"


def _question_moved_most(trial: Trial) -> tuple[Motion, float, float] | None:
    """Of the questions on which the side has a view, the one whose chance the plan moves most, if it moves any."""
    found = []
    rules = trial.game.rules
    number = rules.layout.actors[trial.actor]
    for question in rules.questions:
        body = question.body(trial.game.world.tick)
        if number in body.members:
            seat = body.names.index(trial.actor)
            gain = float(rules.leaning(trial.game.world, question).gain[seat, 0])
            before = float(rules.passing(trial.game.world, question)[0])
            after = float(rules.passing(trial.after, question).mean())
            found.append((abs(after - before), question.id, after, gain))
    moved, question_id, after, gain = max(found, default=(0.0, "", 0.0, 0.0))
    return (motion_of(trial.game, question_id), after, gain) if moved >= STIRRED else None


def _analyst(trial: Trial) -> Advice:
    """The others: who gains and loses most at once, how they fare on the whole, and what answer becomes likelier."""
    actors = {actor: record for actor, record in trial.scenario.actors.items() if actor != trial.actor}
    changes = {actor: trial.change(actor) for actor in actors}
    weight = sum(record.capability for record in actors.values())
    weighed = sum(record.capability * changes[actor] for actor, record in actors.items())
    balance = weighed / weight if weight else 0.0
    said = [*_gains_and_losses(trial, changes), _balance_in_words(trial, balance), _likeliest_answer(trial)]
    return Advice("analyst", _("The analyst"), _verdict(balance, SHARED), " ".join(filter(None, said)))


def _gains_and_losses(trial: Trial, changes: Mapping[str, float]) -> Iterator[str]:
    text = {FOR: _("Gains most: {actor} ({points} points)."), AGAINST: _("Loses most: {actor} ({points} points).")}
    if not trial.has_numbers:
        return
    for sign, wanted in ((1, FOR), (-1, AGAINST)):
        most = max(changes, key=lambda actor: sign * changes[actor], default=None)
        if most is not None and sign * changes[most] >= FELT:
            title = trial.scenario.actors[most].title
            yield text[wanted].format(actor=title, points=f"{changes[most]:+.1f}")


def _balance_in_words(trial: Trial, balance: float) -> str:
    if abs(balance) <= SHARED:
        return _("On the whole the others hardly feel it at once.")
    if not trial.has_numbers:
        return _("On the whole the others gain by it.") if balance > 0 else _("On the whole the others lose by it.")
    return _("On the whole, each counted by its weight, the others move {points} points.").format(
        points=f"{balance:+.2f}"
    )


def _likeliest_answer(trial: Trial) -> str | None:
    """The option of another actor whose chance in a turn the plan raises most, of those that the side would hear of."""
    before, after = _chances(trial, trial.game.world), _chances(trial, trial.after)
    more = after - before
    more[trial.game.rules.actor_options[trial.actor]] = 0.0
    more[[not trial.game.hears_of(option) for option in trial.game.rules.options]] = 0.0
    if more.max() < STIRRED:
        return None
    number = int(more.argmax())
    option = trial.game.rules.options[number]
    text = _("Likelier becomes: {actor}, {words} (from {before} to {after} a turn).")
    if not trial.has_numbers:
        text = _("Likelier becomes: {actor}, {words}.")
    return text.format(
        actor=trial.scenario.actors[option.actor].title,
        words=named(trial.scenario, option),
        before=f"{100 * before[number]:.0f}%",
        after=f"{100 * after[number]:.0f}%",
    )


def _chances(trial: Trial, world: World) -> Numbers:
    """How likely the rule is to take each option in a turn, on the mean over worlds: shape (options,)."""
    rules = trial.game.rules
    rates = rules.appraise(world).rates
    chances: Numbers = np.zeros(len(rules.options))
    for numbers in rules.actor_options.values():
        total = rates[numbers].sum(axis=0)
        share = rates[numbers] / np.where(total > 0, total, 1.0)
        chances[numbers] = (share * chance_to_move(total, rules.scenario.step)).mean(axis=1)
    return chances


def _cautious(trial: Trial, odds: Odds | None) -> Advice:
    """The tail: the worst ending that becomes likelier; without futures, the worst that chance may do at once."""
    if odds is not None and odds.scores:
        return _worst_ending(trial, odds)
    own = trial.changes[trial.game.rules.layout.actors[trial.actor]]
    worst = float(np.sort(own)[: max(1, len(own) // 20)].mean())
    text = {
        AGAINST: _("If it goes badly, as in one case of twenty, we lose {points} points at once."),
        FOR: _("Even in the worst case of twenty we gain {points} points at once."),
        INDIFFERENT: _("Even in the worst case of twenty nothing is lost at once."),
    }
    verdict = _verdict(worst, FELT)
    return Advice("cautious", _("The cautious one"), verdict, text[verdict].format(points=f"{abs(worst):.1f}"))


def _worst_ending(trial: Trial, odds: Odds) -> Advice:
    title = {ending.id: ending.title for ending in trial.scenario.endings}
    ranked = sorted(odds.scores, key=lambda ending: odds.scores[ending])
    worse = ranked[: max(1, len(ranked) // 2)]
    more = {ending: odds.shares.get(ending, 0.0) - odds.holding.get(ending, 0.0) for ending in worse}
    risen = [ending for ending in worse if more[ending] > odds.share_margin]
    shown = risen[0] if risen else min(worse, key=lambda ending: more[ending])
    numbers = {
        "ending": title[shown],
        "score": f"{odds.scores[shown]:.0f}",
        "after": f"{100 * odds.shares.get(shown, 0.0):.0f}%",
        "before": f"{100 * odds.holding.get(shown, 0.0):.0f}%",
    }
    if risen:
        text = _("It makes a bad end likelier: {ending}, {after} instead of {before}, where we score {score}.")
        return Advice("cautious", _("The cautious one"), AGAINST, text.format(**numbers))
    if more[shown] < -odds.share_margin:
        text = _("It makes a bad end less likely: {ending}, {after} instead of {before}, where we score {score}.")
        return Advice("cautious", _("The cautious one"), FOR, text.format(**numbers))
    words = _("No bad end becomes likelier by it than it is.")
    return Advice("cautious", _("The cautious one"), INDIFFERENT, words)


def _treasurer(trial: Trial) -> Advice:
    """The chances: what the plan uses up, what it closes, and what it opens."""
    numbers = trial.game.rules.actor_options[trial.actor]
    before = trial.game.appraisal.rates[numbers, 0] > 0
    after = (trial.game.rules.appraise(trial.after).rates[numbers] > 0).mean(axis=1) >= 0.5
    options = trial.game.rules.options[numbers]
    closed = [o for o, was, is_now in zip(options, before, after, strict=True) if was and not is_now]
    opened = [o for o, was, is_now in zip(options, before, after, strict=True) if is_now and not was]
    lost = [option for option in closed if option not in trial.plan]
    said = list(_used_up(trial))
    if lost:
        said.append(_("It closes: {options}.").format(options=_some(trial, lost)))
    if opened:
        said.append(_("It opens: {options}.").format(options=_some(trial, opened)))
    final = list(_for_good(trial))
    if final:
        said.append(_("It can't be undone: {flags}").format(flags=" ".join(final[:2])))
    words = " ".join(said) or _("It closes nothing, and we can do it again.")
    return Advice("treasurer", _("The treasurer"), _verdict(len(opened) - len(lost) - len(final), 0.0), words)


def _used_up(trial: Trial) -> Iterator[str]:
    for option in trial.plan:
        action = trial.scenario.choice(option.action)
        if action.once:
            yield _("We can do this only once.")
        elif action.cooldown:
            yield _("We can do this again only after {days} days.").format(days=f"{action.cooldown:g}")


def _some(trial: Trial, options: Sequence[Option]) -> str:
    told = list(dict.fromkeys(trial.scenario.choice(option.action).title for option in options))
    more = len(told) - 3
    return "; ".join(told[:3]) + (" " + _("and {more} more").format(more=more) if more > 0 else "")


def _for_good(trial: Trial) -> Iterator[str]:
    """What becomes true of the world and nothing in the scenario makes untrue again."""
    scenario, layout = trial.scenario, trial.game.rules.layout
    undone = {place for effect in all_effects(scenario) for place, value in effect.set.items() if value != "True"}
    for flag, words in scenario.flags.items():
        row = layout.rows[Reference("flag", flag)]
        is_new = not trial.game.world.cells[row, 0] and trial.after.cells[row].mean() >= 0.5
        if is_new and flag not in undone and trial.game.tells(Reference("flag", flag)):
            yield words


def all_effects(scenario: Scenario) -> Iterator[Effect]:
    """Every effect in a scenario: of actions, answers, votes, events and their outcomes."""
    for action in scenario.choices.values():
        yield from action.effects
        if action.vote is not None:
            yield from (*action.vote.passes, *action.vote.fails)
    for event in scenario.events.values():
        yield from event.effects
        yield from (effect for outcome in event.outcomes.values() for effect in outcome.effects)
