"""How dispatches are written: the texts of the scenario with their placeholders filled in."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from engine.play.record import VoteResult
from engine.rules.options import Option
from engine.scenario.models import Scenario, Vote


def long_date(day: dt.date) -> str:
    """A day as it is written in a sentence: 4 December 2007."""
    return f"{day.day} {day:%B %Y}"


def listed(names: Sequence[str], nobody: str = "nobody") -> str:
    """Names in a sentence: "France, Italy and Spain"."""
    if not names:
        return nobody
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


class Newsroom:
    """Writes the dispatches of one game; texts that a scenario gives several of take turns."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._told: Counter[tuple[str, ...]] = Counter()
        self.decided: dict[str, VoteResult] = {}
        """The latest result of each question, for the news of what follows from it later."""

    def of_move(self, texts: tuple[str, ...], option: Option, day: dt.date) -> str:
        """The news of a move, or of an effect that it has."""
        return self._fill(texts, (*self._parties(option.actor, option.target), *self._asked(option), _on(day)))

    def of_vote(self, texts: tuple[str, ...], vote: Vote, result: VoteResult, target: str | None, day: dt.date) -> str:
        """The news of a vote, or of an effect that it has."""
        votes = {
            "sponsors": listed([self._scenario.in_text(actor) for actor in result.sponsors]),
            "yes": str(len(result.yes)),
            "no": str(len(result.no)),
            "abstain": str(len(result.abstain)),
            "vetoed_by": listed([self._scenario.in_text(actor) for actor in result.vetoed_by]),
        }
        return self._fill(texts, (*votes.items(), *self._parties(None, target), *self._body(vote), _on(day)))

    def of_event(self, texts: tuple[str, ...], day: dt.date) -> str:
        """The news of an event."""
        return self._fill(texts, (_on(day),))

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
        vote = self._scenario.actions[option.action].vote
        return [] if vote is None else self._body(vote)

    def _body(self, vote: Vote) -> list[tuple[str, str]]:
        institution = self._scenario.institutions[vote.institution]
        return [("institution", institution.in_text or institution.title), ("question", vote.question)]


def _on(day: dt.date) -> tuple[str, str]:
    return "date", long_date(day)
