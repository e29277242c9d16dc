"""How dispatches are written: the texts of the scenario with their placeholders filled in."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from engine.play.record import VoteResult
from engine.play.wording import long_date
from engine.prose import capital, series
from engine.rules.options import Option
from engine.scenario.models import Scenario, Vote

NOBODY = "nobody"
"""Who has tabled or vetoed what nobody has."""


class Newsroom:
    """Writes the dispatches of one game; texts that a scenario gives several of take turns."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._told: Counter[tuple[str, ...]] = Counter()
        self.decided: dict[str, VoteResult] = {}
        """The latest result of each question, for the news of what follows from it later."""

    def of_move(self, texts: tuple[str, ...], option: Option, day: dt.date, targets: Sequence[str] = ()) -> str:
        """The news of a move, perhaps at several at once, or of an effect that it has."""
        parties = self._parties(option.actor, option.target)
        if targets:
            names = series([self._scenario.in_text(target) for target in targets])
            parties += [("targets", names), ("Targets", capital(names))]
        return self._fill(texts, (*parties, *self._asked(option), _on(day)))

    def of_vote(self, texts: tuple[str, ...], vote: Vote, result: VoteResult, target: str | None, day: dt.date) -> str:
        """The news of a vote, or of an effect that it has."""
        rule = self._scenario.institutions[vote.institution].passes
        votes = {
            "sponsors": series([self._scenario.in_text(actor) for actor in result.sponsors]) or NOBODY,
            "yes": str(rule.votes_of(result.yes)),
            "no": str(rule.votes_of(result.no)),
            "abstain": str(rule.votes_of(result.abstain)),
            "vetoed_by": series([self._scenario.in_text(actor) for actor in result.vetoed_by]) or NOBODY,
        }
        return self._fill(texts, (*votes.items(), *self._parties(None, target), *self._body(vote), _on(day)))

    def of_event(self, texts: tuple[str, ...], day: dt.date) -> str:
        """The news of an event."""
        return self._fill(texts, (_on(day),))

    def of_ask(self, texts: tuple[str, ...], actors: Sequence[str], day: dt.date) -> str:
        """The news of a question that is put to some actors."""
        to = series([self._scenario.in_text(actor) for actor in actors])
        return self._fill(texts, (("to", to), ("To", capital(to)), _on(day)))

    def _fill(self, texts: tuple[str, ...], fields: Sequence[tuple[str, str]]) -> str:
        text = texts[self._told[texts] % len(texts)]
        self._told[texts] += 1
        return text.format_map(dict(fields))

    def _parties(self, actor: str | None, target: str | None) -> list[tuple[str, str]]:
        found = []
        for word, who in (("by", actor), ("target", target)):
            if who is not None:
                name = self._scenario.in_text(who)
                found += [(word, name), (word.capitalize(), capital(name))]
        return found

    def _asked(self, option: Option) -> list[tuple[str, str]]:
        vote = self._scenario.choice(option.action).vote
        return [] if vote is None else self._body(vote)

    def _body(self, vote: Vote) -> list[tuple[str, str]]:
        institution = self._scenario.institutions[vote.institution]
        return [("institution", institution.in_text or institution.title), ("question", vote.question)]


def _on(day: dt.date) -> tuple[str, str]:
    return "date", long_date(day)
