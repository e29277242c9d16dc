"""What a request asks for, part by part, as answers that must not clash: options, and all that an experiment says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.batch.design.experiment import Choice, Experiment
from engine.batch.design.plan import SWITCHED
from engine.batch.design.policies import EVERY_QUESTION
from engine.batch.design.seats import OrderError, pace_of
from engine.scenario.answers import Alternative, Answer, Clash, clashes
from engine.scenario.document import Document, Path
from engine.scenario.models import Scenario
from engine.scenario.orders import called
from engine.scenario.overrides import answer_at
from engine.scenario.problems import Problem
from engine.scenario.shape import dotted

ONE_LEVER = "; what is decided either way is two choices of one lever"
"""What to do where two levers answer one question."""


def refusals(answers: Iterable[Answer]) -> Iterator[Problem]:
    """A problem at the second of any two parts that answer one question, which names the first."""
    for clash in clashes(answers):
        second = clash.second
        yield Problem(second.file, *second.place, "error", second.where, clash.message + advice(clash))


def advice(clash: Clash) -> str:
    """What to do about it."""
    levers = [answer.alternative[0] for answer in (clash.first, clash.second) if answer.alternative]
    return ONE_LEVER if len(set(levers)) == 2 else ""


def of_options(scenario: Scenario, option: str, arguments: Iterable[tuple[str, str]]) -> Iterator[Answer]:
    """What values given one by one say: pairs of a path and the whole argument."""
    for path, argument in arguments:
        answer = answer_at(scenario, path, said=f"{option} {argument}", file=option)
        if answer is not None:
            yield answer


@dataclass(frozen=True)
class Written:
    """An experiment as it is written, of one scenario."""

    scenario: Scenario
    experiment: Experiment
    document: Document

    def answers(self) -> Iterator[Answer]:
        """What it sets everywhere, then its posterior, its uncertainties and its levers."""
        for path in self.experiment.set:
            yield from self.value(path, ("set", path), "set")
        if self.experiment.posterior is not None:
            for name, number in self.experiment.posterior.numbers.items():
                for path in number.path:
                    yield from self.value(path, ("posterior", "numbers", name), f"posterior.numbers.{name}")
        for name, uncertainty in self.experiment.uncertainties.items():
            keys: Sequence[Path] = [("uncertainties", name, "path", number) for number in range(len(uncertainty.path))]
            for path, key in zip(uncertainty.path, keys, strict=True):
                yield from self.value(path, key if len(keys) > 1 else key[:-1], f"uncertainties.{name}")
        for lever, record in self.experiment.levers.items():
            for choice, settings in record.choices.items():
                yield from self.choice(settings, ("levers", lever, "choices", choice), (lever, choice))

    def choice(self, choice: Choice, path: Path, alternative: Alternative) -> Iterator[Answer]:
        """The values of a choice, what it takes out, and whom it tells what to do."""
        for where in choice.set:
            yield from self.value(where, (*path, "set", where), dotted(path), alternative)
        for number, name in enumerate(choice.off):
            parts = [(part, name) for part in SWITCHED if name in getattr(self.scenario, part)]
            if parts:
                yield self.answer(tuple(parts), (*path, "off", number), alternative)
        for actor in dict.fromkeys((*choice.policy, *choice.agenda, *choice.orders)):
            part = next(part for part in ("policy", "agenda", "orders") if actor in getattr(choice, part))
            yield self.answer(self.moves(choice, actor), (*path, part, actor), alternative)
        for actor, votes in choice.votes.items():
            heading = f"how {actor} votes"
            each: tuple[Path, ...] = tuple((heading, f"on {name}") for name in votes)
            yield self.answer(((heading,),) if EVERY_QUESTION in votes else each, (*path, "votes", actor), alternative)

    def moves(self, choice: Choice, actor: str) -> tuple[Path, ...]:
        """What an actor is told to do: all the time, or in some turns."""
        heading = f"what {actor} does"
        if actor in choice.policy or actor in choice.agenda:
            return ((heading,),)
        times: list[Path] = []
        for when in choice.orders[actor]:
            try:
                times.append((heading, f"in {called(self.scenario, pace_of(self.scenario, when))}"))
            except OrderError:  # told where orders are checked
                continue
        return tuple(times)

    def value(self, path: str, key: Path, said: str, alternative: Alternative | None = None) -> Iterator[Answer]:
        """What the value at a path of the scenario is said to be, if there is such a path."""
        is_key = key[-1] == path
        place = self.document.locate(key, is_key)
        about = {"said": said, "file": self.document.file, "place": place, "where": dotted(key)}
        answer = answer_at(self.scenario, path, **about, alternative=alternative)
        if answer is not None:
            yield answer

    def answer(self, leaves: tuple[Path, ...], key: Path, alternative: Alternative) -> Answer:
        """What a choice says of anything but a value."""
        place = self.document.locate(key, key=key[-2] != "off")
        return Answer(dotted(key[:4]), leaves, self.document.file, place, dotted(key), alternative=alternative)
