"""`brink list`: the bundled scenarios."""

from __future__ import annotations

from typing import Any

from engine.cli.arguments import Arguments
from engine.cli.paper import BAD, Paper
from engine.cli.printing import print_json
from engine.play.wording import playable, titles
from engine.scenario.kept import usable_scenario
from engine.scenario.models import Scenario
from engine.scenario.places import list_scenarios
from engine.scenario.problems import ScenarioError


def execute(arguments: Arguments) -> int:
    """Prints each scenario; one that can't be used is named with its first problem."""
    if arguments.names:
        for name in list_scenarios():
            print(name)
        return 0
    found = {name: loaded(name) for name in list_scenarios()}
    if arguments.json:
        print_json({"scenarios": [as_json(name, scenario) for name, scenario in found.items()]})
        return 0
    paper = Paper()
    for number, (name, scenario) in enumerate(found.items()):
        if number:
            paper.blank()
        tell(paper, name, scenario)
    if not found:
        paper.put("There are no bundled scenarios.")
    return 0


def loaded(name: str) -> Scenario | ScenarioError:
    """A scenario, or why it can't be used."""
    try:
        return usable_scenario(name)
    except ScenarioError as error:
        return error


def tell(paper: Paper, name: str, scenario: Scenario | ScenarioError) -> None:
    """One scenario."""
    paper.title(name)
    if isinstance(scenario, ScenarioError):
        paper.item(f"can't be used: {scenario.problems[0]}", mark="!", indent=2, style=BAD)
        return
    paper.table(
        [
            ("title", scenario.title),
            ("dates", f"{scenario.start} to {scenario.end}, {scenario.turns} turns"),
            ("sides", titles(scenario, playable(scenario)) or "none"),
        ]
    )


def as_json(name: str, scenario: Scenario | ScenarioError) -> dict[str, Any]:
    """One scenario in plain dictionaries and lists."""
    if isinstance(scenario, ScenarioError):
        return {"name": name, "problem": str(scenario.problems[0])}
    return {
        "name": name,
        "title": scenario.title,
        "start": scenario.start.isoformat(),
        "end": scenario.end.isoformat(),
        "turns": scenario.turns,
        "sides": [{"actor": actor, "title": scenario.actors[actor].title} for actor in playable(scenario)],
    }
