"""After the game: its secrets, who knew of them and since when, and what each side did not learn at the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.facts.secrecy import Secret, Unheard, secrets_of, unheard_by
from engine.play.wording import short_date, titles
from engine.words import _
from tui.lines.cells import QUIET, hang, plain, row

if TYPE_CHECKING:
    from engine.play.crisis import Scenario
    from tui.match import Match

TOLD = 12
"""What a side did not learn, of which so much is told where the rest is a key away."""

NAMED = 2
"""Actors who are named before the rest are counted."""


def secrecy_lines(match: Match, width: int, most: int | None = None) -> Iterator[str | Content]:
    """Who knew what, and when; nothing where nothing was kept. ``most`` is how much is told of each side."""
    scenario, game = match.scenario, match.session.game
    secrets = secrets_of(game)
    unheard = {actor: unheard_by(game, actor) for actor in match.session.people}
    if not secrets and not any(unheard.values()):
        return
    yield ""
    yield plain(_("Who knew what, and when"), "b $accent")
    for secret in secrets:
        yield from _secret(scenario, secret, width)
    for actor, missed in unheard.items():
        if missed:
            yield plain(_("What {side} did not learn at the time").format(side=scenario.in_text(actor)), "b")
            yield from (_unheard(scenario, one, width) for one in missed[:most])
            if most is not None and len(missed) > most:
                yield plain(_("and {n} more, in the dispatches").format(n=len(missed) - most), QUIET)


def _secret(scenario: Scenario, secret: Secret, width: int) -> Iterator[Content]:
    head = plain(f"{secret.words.rstrip('.')}: ", "b")
    yield hang(Content("  "), row(head, plain(f"{secret.stands}.")), width)
    known = [audience_in_words(scenario, secret.holders)] if secret.holders else []
    known += [
        _("{side} in the turn from {day}").format(side=scenario.actors[actor].title, day=short_date(day))
        for day, actor in secret.learned
    ]
    words = _("Known to {who}.").format(who="; ".join(known)) if known else _("Nobody knew.")
    yield hang(Content("  "), plain(words, QUIET), width)


def _unheard(scenario: Scenario, one: Unheard, width: int) -> Content:
    day = plain(f"{short_date(one.on)}  ", QUIET)
    return hang(Content("  "), row(day, plain(one.words), known_to(scenario, one.known_to)), width)


def known_to(scenario: Scenario, audience: Sequence[str]) -> Content:
    """A remark behind what only some learned of."""
    return plain("  " + _("(known to {who})").format(who=audience_in_words(scenario, audience)), QUIET)


def audience_in_words(scenario: Scenario, actors: Sequence[str]) -> str:
    """Some actors by their titles, the last of many counted."""
    if len(actors) <= NAMED:
        return titles(scenario, actors)
    return _("{names} and {n} more").format(names=titles(scenario, actors[:NAMED]), n=len(actors) - NAMED)
