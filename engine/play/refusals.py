"""Why an order can't be given: each reason in one sentence, in the scenario's words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engine.errors import BrinkmanshipError
from engine.play.budget import WORDS_A_TURN, gives_way, is_word, moves_in
from engine.play.plans import Later, Plan, now, ordered, trouble_with
from engine.play.policies import View
from engine.rules import Rules
from engine.rules.options import Option
from engine.rules.votes import BALLOTS
from engine.scenario.models import Scenario
from engine.scenario.orders import OrderError, moment_in_words
from engine.scenario.problems import listed, quoted
from engine.scenario.spelling import instead


class OrderRefused(BrinkmanshipError):  # noqa: N818 - nothing has failed: the table says no, and why
    """An order that can't be given, in one sentence."""


def named(scenario: Scenario, option: Option) -> str:
    """What people call an option."""
    aim = f" ({scenario.actors[option.target].title})" if option.target else ""
    day = f" on {moment_in_words(option.on)}" if isinstance(option, Later) else ""
    return f"{quoted(scenario.choice(option.action).title)}{aim}{day}"


def for_day(option: Option, day: str | None) -> Option:
    """An option, put off to the day that somebody has written. Raises :class:`OrderRefused`."""
    try:
        return ordered(option, day)
    except OrderError as error:
        raise OrderRefused(str(error)) from None


def check_move(view: View, option: Option, chosen: Plan) -> None:
    """Refuse an option that the actor does not have, may not take now, has chosen, or has no room for."""
    scenario = view.rules.scenario
    known = {explained.option: explained for explained in view.options}
    if now(option) not in known:
        own = dict.fromkeys(str(mine) for mine in known)
        what = quoted(str(option))
        raise OrderRefused(f"{scenario.in_text(view.actor)} has no option {what}{instead(str(option), own)}")
    name = named(scenario, option)
    trouble = trouble_with(option, view.turn, view.rules.timeline)
    if trouble is not None:
        raise OrderRefused(f"{name} can't be put off: {trouble}")
    if not isinstance(option, Later) and not known[option].legal:
        missing = "; ".join(known[option].missing)
        raise OrderRefused(f"{name} is not possible now, for this does not hold: {missing}")
    chosen = tuple(move for move in chosen if not move.answers)
    if option in chosen:
        raise OrderRefused(f"{name} is chosen already")
    if gives_way(view.rules, chosen, option) is not None:
        raise OrderRefused(_no_room(view.rules, chosen, option))


def _no_room(rules: Rules, chosen: Plan, option: Option) -> str:
    scenario = rules.scenario
    if is_word(rules, now(option)):
        return f"a side may send {WORDS_A_TURN} words a turn, and has chosen as many: withdraw one first"
    most = scenario.moves_per_turn
    allowed, are = ("one move", "is") if most == 1 else (f"{most} moves", "are")
    taken = listed([named(scenario, move) for move in moves_in(rules, chosen)])
    return f"a side may make {allowed} a turn, and {taken} {are} chosen: withdraw one first"


def check_answer(view: View, ask: str, option: Option | None) -> None:
    """Refuse an answer to a question that is not put to the actor, or that can't be given now."""
    scenario = view.rules.scenario
    if ask not in view.asked:
        known = f"there is no question {quoted(ask)}{instead(ask, scenario.asks)}"
        title = scenario.asks[ask].title if ask in scenario.asks else ""
        raise OrderRefused(f"{quoted(title)} is not put to {scenario.in_text(view.actor)} now" if title else known)
    if option is None:
        return
    known_answers = {explained.option: explained for explained in view.options if explained.option.answers == ask}
    if option not in known_answers:
        said = dict.fromkeys(answer.said for answer in known_answers)
        raise OrderRefused(
            f"{quoted(scenario.asks[ask].title)} has no answer {quoted(option.said)}{instead(option.said, said)}"
        )
    if not known_answers[option].legal:
        missing = "; ".join(known_answers[option].missing)
        raise OrderRefused(f"{named(scenario, option)} is not possible now, for this does not hold: {missing}")


def check_ballot(
    rules: Rules, tick: int, actor: str, question_id: str, open_to: Collection[str], ballot: int | None
) -> None:
    """Refuse a vote that can't be cast; ``open_to`` are the questions on which the actor may vote."""
    if question_id not in open_to:
        raise OrderRefused(_no_question(rules, tick, actor, question_id))
    if ballot is not None and ballot not in BALLOTS.values():
        raise OrderRefused(f"a vote is {listed(BALLOTS, last='or')}")


def check_shares(scenario: Scenario, shares: Mapping[str, float]) -> None:
    """Refuse probabilities of endings that there are not, and such as are none."""
    endings = [ending.id for ending in scenario.endings]
    for ending, share in shares.items():
        if ending not in endings:
            raise OrderRefused(f"there is no ending {quoted(ending)}{instead(ending, endings)}")
        if not 0 <= share <= 1:
            raise OrderRefused(f"a probability is from 0 to 1, not {share:g}")


def _no_question(rules: Rules, tick: int, actor: str, question_id: str) -> str:
    known = {question.id: question for question in rules.questions}
    if question_id not in known:
        return f"there is no question {quoted(question_id)}{instead(question_id, known)}"
    question = known[question_id]
    body = rules.scenario.institutions[question.vote.institution]
    if actor not in question.body(tick).names:
        return f"{rules.scenario.in_text(actor)} has no seat in {body.in_text or body.title} this turn"
    return f"nobody can table {quoted(question_id)} this turn"
