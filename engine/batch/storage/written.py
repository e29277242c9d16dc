"""An experiment as a manifest holds it, read again as far as anything is made of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

from engine.batch.design.experiment import FORMAT, Choice, Experiment, Lever, Uncertainty
from engine.batch.design.outcomes import Outcome
from engine.batch.design.posterior import Posterior
from engine.scenario.overrides import Relative

Model = TypeVar("Model", bound=BaseModel)


class _Shape(BaseModel):
    """The types of what is read elsewhere as it stands; names are free, since the command line gives any."""

    model_config = ConfigDict(strict=True)

    scenario: str
    title: str | None = None
    question: str | None = None
    set: dict[str, Any] = {}
    posterior: dict[str, Any] | None = None
    uncertainties: dict[str, dict[str, Any]] = {}
    levers: dict[str, dict[str, Any]] = {}
    outcomes: dict[str, dict[str, Any]] = {}
    design: dict[str, Any] = {}


def experiment_of(content: Mapping[str, Any]) -> Experiment:
    """What was asked, as far as arms and tables need it. Raises ValueError where it can't be read."""
    shape = _Shape.model_validate(content)
    try:
        return Experiment.model_construct(
            experiment_format=FORMAT,
            scenario=shape.scenario,
            title=shape.title,
            question=shape.question,
            set={path: _setting(value) for path, value in shape.set.items()},
            posterior=None if shape.posterior is None else _read(Posterior, shape.posterior),
            uncertainties={name: _read(Uncertainty, written) for name, written in shape.uncertainties.items()},
            levers={name: _lever(written) for name, written in shape.levers.items()},
            outcomes={name: _read(Outcome, written) for name, written in shape.outcomes.items()},
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(str(error)) from None


def _read(model: type[Model], written: Mapping[str, Any]) -> Model:
    return model.model_validate_json(json.dumps(written))


def _lever(written: Mapping[str, Any]) -> Lever:
    title = _Shape(scenario="", title=written.get("title")).title
    choices = {name: _choice(choice) for name, choice in written["choices"].items()}
    return Lever.model_construct(title=title, choices=choices)


def _choice(written: Mapping[str, Any]) -> Choice:
    """A choice, as it was before it became JSON."""
    settings = {path: _setting(value) for path, value in written.get("set", {}).items()}
    choice = _read(Choice, {key: value for key, value in written.items() if key != "set"})
    by_turn = {"orders": _by_turn(choice.orders), "agenda": _by_turn(choice.agenda)}
    return choice.model_copy(update={"set": settings, **by_turn})


def _by_turn(told: Mapping[str, Mapping[Any, Any]]) -> dict[str, dict[Any, Any]]:
    """What actors are told by turn or day; JSON has made texts of the numbers of turns."""
    return {
        actor: {int(when) if str(when).isdigit() else when: what for when, what in by_turn.items()}
        for actor, by_turn in told.items()
    }


def _setting(value: Any) -> Any:
    """A value as an experiment has it; a change such as ``*0.5`` may stand there in its two parts."""
    if isinstance(value, Mapping):
        return Relative(str(value["sign"]), float(value["amount"]))
    return value
