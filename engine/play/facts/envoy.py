"""The adviser who knows what was said: words that are due, words that a plan breaks, offers that would be taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.play.facts.advice import AGAINST, FOR, INDIFFERENT, Advice
from engine.play.facts.parley import Sayable, sayables
from engine.play.facts.words import Given, words_given
from engine.play.openness import Candour
from engine.play.plans import now
from engine.play.wording import long_date
from engine.rules.options import Option
from engine.scenario.words.speech import Offer
from engine.words import _

if TYPE_CHECKING:
    from engine.play.sight.seen import Played

SOON = 7
"""Days before a word is due from which on the envoy speaks of it."""

HOPEFUL = 0.5
"""How likely an offer has to be taken to be worth naming."""


def envoy(game: Played, actor: str, plan: Sequence[Option], candour: Candour) -> Advice | None:
    """What the envoy says of a plan, which may be to do nothing; None where it has nothing to say."""
    done = {now(option).action for option in plan}
    owed = [word for word in words_given(game) if word.standing == "in force" and word.giver == actor]
    broken = next((word for word in owed if word.refrains and done & set(word.acts)), None)
    if broken is not None:
        text = _("This breaks our word to {whom}, {what}: it will trust us less, and owes us nothing more.")
        return _said(AGAINST, _of(game, text, broken))
    due = [word for word in owed if not word.refrains and (word.until - game.day).days <= SOON]
    kept = next((word for word in due if done & set(word.acts)), None)
    if kept is not None:
        return _said(FOR, _of(game, _("This keeps our word to {whom}, {what}."), kept))
    if due:
        return _said(AGAINST, _of(game, _("By {day} we owe {whom} this: {what}. It is not in the plan."), due[0]))
    best = _best_offer(game, actor, plan, candour)
    return None if best is None else _said(INDIFFERENT, _named(game, best))


def _best_offer(game: Played, actor: str, plan: Sequence[Option], candour: Candour) -> Sayable | None:
    """The offer that promises most, as likely as it is taken, of those that would rather be taken than not."""
    offers = [
        word
        for word in sayables(game, actor, candour)
        if isinstance(word.speech, Offer) and word.explained.legal and word.option not in plan
    ]
    hopeful = [word for word in offers if word.worth > 0 and (word.chance is None or word.chance >= HOPEFUL)]
    return max(hopeful, key=lambda word: word.worth * (1.0 if word.chance is None else word.chance), default=None)


def _named(game: Played, word: Sayable) -> str:
    offer = word.speech
    assert isinstance(offer, Offer)
    text = _("We might ask {whom} {wanted}, and undertake {given}: it takes that with {chance}.")
    if word.chance is None:
        text = _("We might ask {whom} {wanted}, and undertake {given}; whether it takes that I can't say.")
    chance = "" if word.chance is None else f"{word.chance:.0%}"
    whom = game.rules.scenario.in_text(offer.wants.by)
    wanted, given = offer.wants.undertaking.title, offer.gives.undertaking.title
    return text.format(whom=whom, wanted=wanted, given=given, chance=chance)


def _of(game: Played, text: str, word: Given) -> str:
    return text.format(whom=game.rules.scenario.in_text(word.to), what=word.title, day=long_date(word.until))


def _said(verdict: str, words: str) -> Advice:
    return Advice("envoy", _("The envoy"), verdict, words)
