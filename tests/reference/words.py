"""Section 3 of the design, words between sides: what promises and warnings are worth, or seem to be to others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy

from engine.scenario.models import Vote, Words
from engine.scenario.names import Reference
from engine.scenario.words.exchanges import trust_value
from engine.scenario.words.pledges import Pledge, pledge_of, warning_of
from engine.scenario.words.vows import vows
from tests.reference.arithmetic import exponential, held, logistic
from tests.reference.deciding import hazard, is_free, is_legal
from tests.reference.expressions import Standpoint, total
from tests.reference.gains import Prospect, hurt, prospects, reliefs
from tests.reference.story import Option
from tests.reference.votes import Question, chance_of_passing, leanings
from tests.reference.world import World


def of_words(world: World, name: Reference) -> float:
    """What a name says of words."""
    if name.kind == "possible":
        return any(is_legal(world, option) for option in options(world, pledge(world, name.id)))
    if name.kind in ("worth", "seen"):
        found = worth(as_known(world, name.who if name.kind == "worth" else None), pledge(world, name.id), name.who)
    elif name.kind == "dread":
        found = belief(world, name.id) * harm(as_known(world, name.who), name.id)
    elif name.kind == "threat":
        found = warning(as_known(world, name.who), name.id)
    elif name.kind == "signing":
        found = text(as_known(world, name.who), name.id, name.who)
    else:
        found = amended(as_known(world, name.who), name)
    return held(found, -10.0, 10.0)


def pledge(world: World, name: str) -> Pledge:
    """A pledge by its name."""
    found = pledge_of(world.scenario, name)
    assert found is not None
    return found


def options(world: World, one: Pledge) -> list[Option]:
    """What somebody would do, or would not do."""
    chosen = [option for act in one.acts for option in world.story.moves[one.by] if option.action == act]
    return [option for option in chosen if one.at in (None, option.target)]


def worth(world: World, one: Pledge, judge: str) -> float:
    """What is undertaken, by the chance that the word changes anything."""
    if one.vote is not None:
        return vote(world, one, judge)
    parts = []
    for option in options(world, one):
        changes = -likely(world, option, one.within)
        if not one.refrains:
            changes = (1.0 + changes) * (is_free(world, option) if one.ahead else is_legal(world, option))
        parts.append(changes * value(world, option, judge))
    return total(parts)


def vote(world: World, one: Pledge, judge: str) -> float:
    """How much likelier a question passes if a member votes so, by how likely it is put in time."""
    assert one.vote is not None
    question, relief = Question(one.vote, one.at), 0.0
    own = question.vote(world)
    nobody = Standpoint(world, target=one.at)
    for found in reliefs(world, judge, [*prospects((*own.passes, *own.pass_expects), nobody)]).values():
        relief += found
    for found in reliefs(world, judge, [*prospects((*own.fails, *own.fail_expects), nobody)]).values():
        relief -= found
    free, given = own_leanings(world, question), own_leanings(world, question)
    moved = 0.0
    if one.by in free:
        yes, no = free[one.by]
        given[one.by], becomes = {
            "for": ((1.0, 0.0), 1.0),
            "against": ((0.0, 1.0), -1.0),
            "not for": ((0.0, no), -no),
            "not against": ((yes, 0.0), yes),
        }[str(one.cast)]
        moved = becomes - (yes - no)
    rule = question.body(world).passes
    found = (chance_of_passing(rule, given) - chance_of_passing(rule, free)) * relief
    if judge == one.by:
        lean = total(
            [Standpoint(world, judge, one.at).number(text) for text in own_vote(world, question).leans.values()]
        )
        found += moved * 0.5 * lean
    quiet = 1.0
    for actor in world.scenario.actors:
        for option in world.story.moves.get(actor, ()):
            if (option.action, option.target) == (one.vote, one.at):
                quiet *= 1.0 - likely(world, option, one.within)
    return (1.0 - quiet) * found


def own_vote(world: World, question: Question) -> Vote:
    """What a question is without what words add."""
    action = world.story.own.get(question.action)
    found = question.vote(world) if action is None else action.vote
    assert found is not None
    return found


def own_leanings(world: World, question: Question) -> dict[str, tuple[float, float]]:
    """The chances of each member's yes and no without what words add."""
    return leanings(world, question, own_vote(world, question).leans)


def belief(world: World, name: str) -> float:
    """How likely it seems that a threat would be carried out."""
    each, words = warning_of(world.scenario, name), world.scenario.words or Words()
    trust = world.state[Reference("value", trust_value(each.to, each.threat.by))]
    pays = values(as_known(world, None), name, each.threat.by)
    return logistic((pays + 2.0 * each.honour(words) * trust) / world.story.temperature(each.threat.by))


def harm(world: World, name: str) -> float:
    """What the one who is warned would lose by it."""
    return max(-values(world, name, warning_of(world.scenario, name).to), 0.0)


def warning(world: World, name: str) -> float:
    """What a warning may prevent, less what it may cost."""
    each = warning_of(world.scenario, name)
    giver, sure = each.threat.by, belief(world, name)
    left = exponential(-(sure * harm(world, name) / world.story.temperature(each.to)))
    price = sure * min(values(world, name, giver), 0.0)
    parts = []
    for option in options(world, pledge(world, each.deed)):
        comes = (1.0 - left) * -value(world, option, giver) + left * price
        parts.append(likely(world, option, each.threat.lasts) * comes)
    return total(parts)


def text(world: World, name: str, judge: str, moved: str = "", step: float = 0.0) -> float:
    """What a draft is worth to a party: gains as likely as all others sign it, losses in full."""
    own = draft(world, name, judge, moved, step)
    found = max(own, 0.0)
    for party in world.scenario.members(world.scenario.texts[name].parties):
        if party != judge:
            found *= logistic(draft(world, name, party, moved, step) / world.story.temperature(party))
    return min(own, 0.0) + found


def amended(world: World, name: Reference) -> float:
    """What it is worth more with a term moved by a step."""
    which, issue = name.id.split(".")
    step = world.scenario.texts[which].terms[issue].step
    assert step is not None
    step *= 1.0 if name.kind == "amends_up" else -1.0
    return text(world, which, name.who, issue, step) - text(world, which, name.who)


def draft(world: World, name: str, judge: str, moved: str, step: float) -> float:
    """How much smaller a party's loss would be with the terms of a draft."""
    found, weights = 0.0, world.story.weights[judge]
    for issue, term in world.scenario.texts[name].terms.items():
        if issue in weights:
            wanted = world.state[Reference("position", issue, judge)]
            place = world.state[Reference("value", f"draft_{name}_{issue}")]
            if issue == moved:
                place = held(place + step, *world.story.scales[issue])
            expected = term.reversion.get(judge) if isinstance(term.reversion, dict) else term.reversion
            without = world.state[Reference("issue", issue)] if expected is None else expected
            found += (hurt(world, issue, abs(without - wanted)) - hurt(world, issue, abs(place - wanted))) * weights[
                issue
            ]
    return found


def values(world: World, name: str, judge: str) -> float:
    """What all acts of a pledge are worth to a judge, whether they would be done or not."""
    return total([value(world, option, judge) for option in options(world, pledge(world, name))])


def value(world: World, option: Option, judge: str) -> float:
    """What an option is worth: its gain to its doer, the relief to anybody else."""
    if judge == option.actor:
        return gain(world, option)
    return relieved(world, option, judge)


def relieved(world: World, option: Option, judge: str) -> float:
    """By how much an option is expected to make a judge's loss smaller."""
    found, rule = 0.0, world.story.choices[option.action].vote
    if rule is None:
        for relief in reliefs(world, judge, foreseen(world, option)).values():
            found += relief
        return found
    question, nobody = Question(option.action, option.target), Standpoint(world, target=option.target)
    chance = chance_of_passing(question.body(world).passes, own_leanings(world, question))
    follows = foreseen(world, option)
    passed = reliefs(world, judge, [*follows, *prospects((*rule.passes, *rule.pass_expects), nobody)])
    failed = reliefs(world, judge, [*follows, *prospects((*rule.fails, *rule.fail_expects), nobody)])
    for issue in dict.fromkeys((*passed, *failed)):
        found += chance * passed.get(issue, 0.0) + (1.0 - chance) * failed.get(issue, 0.0)
    return found


def gain(world: World, option: Option) -> float:
    """What an option promises its doer, without what words add."""
    here, own = Standpoint(world, option.actor, option.target), world.story.own[option.action]
    found = relieved(world, option, option.actor)
    for text in own.appeals.values():
        found += here.number(text)
    for text in own.costs.values():
        found -= here.number(text)
    return found


def foreseen(world: World, option: Option) -> list[Prospect]:
    """What may follow from an option."""
    action = world.story.choices[option.action]
    here = Standpoint(world, option.actor, option.target)
    return list(prospects([*action.effects, *action.expects], here, action.each))


def likely(world: World, option: Option, days: float) -> float:
    """The chance that an option would be taken within so many days, if nothing else were."""
    tempo = world.story.choices[option.action].tempo
    rate = hazard(gain(world, option), world.story.temperature(option.actor)) * (1.0 / tempo)
    return 1.0 - exponential(-(rate * is_legal(world, option) * days))


def as_known(world: World, knower: str | None) -> World:
    """The world as an actor knows it: others stand where they were coded, where there is doubt about that."""
    seen = copy(world)
    seen.state = dict(world.state)
    for actor, record in world.scenario.actors.items():
        for issue, stance in record.stances.items():
            if stance.spread and actor != knower:
                seen.state[Reference("position", issue, actor)] = stance.position
    return seen


def vows_kept(world: World, question: Question, cast: Mapping[str, Sequence[str]]) -> list[str]:
    """The flags of the words that members have kept or broken by how they voted."""
    found = []
    for vow in vows(world.scenario):
        mine = next((ballot for ballot, members in cast.items() if vow.member in members), None)
        if (
            (vow.action, vow.at) == (question.action, question.target)
            and mine
            and world.state[Reference("flag", vow.bound)]
        ):
            so = {"for": mine == "yes", "against": mine == "no", "not for": mine != "yes", "not against": mine != "no"}
            found.append(vow.kept if so[vow.cast] else vow.broken)
    return found
